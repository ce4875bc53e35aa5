// From networks and choreographies to what other tools read.
import { dotStates } from '../diagram/graphviz.js';
import type { Choreography } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import type { Network } from '../ir/process.js';
import type { Scope } from '../scoping/scope.js';
import { asyncapiOf } from './asyncapi.js';
import { cfsmOf } from './cfsm.js';
import { ExportFailure } from './failure.js';
import { machinesFor, refuseFamilies } from './machines.js';
import { promelaOf } from './promela.js';
import { scribbleOf } from './scribble.js';
import { statesOf } from './states.js';
import { noTypes } from './types.js';
import type { Types } from './types.js';
import { yamlOf } from './yaml.js';

export const exportFormats = ['promela', 'cfsm', 'scribble', 'nuscr', 'dot', 'asyncapi'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export type Exported =
  | { readonly kind: 'exported'; readonly text: string }
  /** What can't be said, without a point at its end, and where it stands. */
  | { readonly kind: 'failed'; readonly message: string; readonly uri: string; readonly origin: TextRange };

/** What an export may want to know besides the declaration. */
export interface ExportDetails {
  /** The types of what is sent, where they are known. */
  readonly types?: Types;
  /** Of `asyncapi`: as JSON, and not as YAML. */
  readonly json?: boolean;
  /** Of `asyncapi`: the operations of this role alone. */
  readonly role?: string;
}

/**
 * Exports a declaration.
 * @param scope of its file
 * @returns the text, or the first construct that the format can't say. Cost: that of projection, then linear in the
 *   places of what it does
 */
export function exportDeclaration(
  declaration: Network | Choreography,
  scope: Scope,
  format: ExportFormat,
  { types = noTypes, json = false, role }: ExportDetails = {},
): Exported {
  const about = { uri: scope.file.uri, origin: declaration.name.origin };
  if (declaration.broken) return { kind: 'failed', message: 'it can’t be read; `chor check` tells why', ...about };
  try {
    refuseFamilies(declaration, scope, format !== 'asyncapi');
    if (format === 'asyncapi') {
      const document = asyncapiOf(declaration, scope, types, role);
      return { kind: 'exported', text: json ? `${JSON.stringify(document, undefined, 2)}\n` : yamlOf(document) };
    }
    if (format === 'scribble' || format === 'nuscr') {
      if (declaration.kind === 'network')
        throw new ExportFailure(
          'it is a network, and protocols are global; `chor extract` finds the choreography that it carries out',
          about.uri,
          about.origin,
        );
      return { kind: 'exported', text: scribbleOf(declaration, scope, format, types) };
    }
    const machines = machinesFor(declaration, scope, format === 'promela');
    switch (format) {
      case 'promela':
        return { kind: 'exported', text: promelaOf(machines, declaration.name.text, about) };
      case 'cfsm':
        return { kind: 'exported', text: cfsmOf(machines, about) };
      case 'dot':
        return { kind: 'exported', text: dotStates(statesOf(machines, declaration.name.text)) };
    }
  } catch (error) {
    if (!(error instanceof ExportFailure)) throw error;
    return { kind: 'failed', message: error.message, uri: error.uri, origin: error.origin };
  }
}
