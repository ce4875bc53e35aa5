// Servers: roles that need not find out that the conversation is over, as they may wait for ever.
import type { Choreography } from '../ir/choreography.js';

/** Whether a role of a choreography may wait for ever. */
export function isServer({ roles }: Choreography, role: string): boolean {
  return roles.some(({ name, server }) => name.text === role && server === true);
}

/** The choreography, in which a role has to find out that it is over. */
export function withoutServer(choreography: Choreography, role: string): Choreography {
  return {
    ...choreography,
    roles: choreography.roles.map((each) => (each.name.text === role ? { ...each, server: false } : each)),
  };
}
