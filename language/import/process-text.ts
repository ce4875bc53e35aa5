// The code of a process as text, whatever it was made of.
import type { Code, Edge } from './structure.js';

/** What one way on from a state is written as. */
export type Written =
  | { readonly kind: 'line'; readonly text: string }
  /** `text` where it is the only way on, `head` among others from the same `peer`. */
  | { readonly kind: 'receive'; readonly peer: string; readonly text: string; readonly head: string }
  /** One of the ways that a process may take by itself. */
  | { readonly kind: 'choice' }
  /** The first way of a state is `then`, the second `else`. */
  | { readonly kind: 'if'; readonly condition: string };

export interface Way extends Edge {
  readonly written: Written;
}

/** Prints code, not laid out. Cost: linear. */
export function printCode(code: readonly Code<Way>[]): string {
  return code.map(statement).join('\n');
}

function statement(code: Code<Way>): string {
  switch (code.kind) {
    case 'act':
      return line(code.transition.written);
    case 'rec':
      return `rec ${code.name} {\n${printCode(code.body)}\n}`;
    case 'continue':
      return `continue ${code.name}`;
    case 'branch': {
      const first = code.branches[0]?.transition.written;
      const bodies = code.branches.map(({ transition, body }) =>
        [line(transition.written), printCode(body)].filter((text) => text !== '').join('\n'),
      );
      switch (first?.kind) {
        case undefined:
          return '';
        case 'receive': {
          const peers = new Set(
            code.branches.map(({ transition: { written } }) =>
              written.kind === 'receive' ? written.peer : first.peer,
            ),
          );
          const branch = ({ transition: { written }, body }: (typeof code.branches)[number]): string => {
            const head =
              written.kind === 'receive' ? `${written.head}${peers.size > 1 ? ` from ${written.peer}` : ''}` : '_';
            return `${head} {\n${printCode(body)}\n}`;
          };
          return `receive ${peers.size > 1 ? '' : `from ${first.peer} `}{\n${code.branches.map(branch).join('\n')}\n}`;
        }
        case 'if':
          return `if ${first.condition} {\n${bodies[0] ?? ''}\n}${bodies[1] ? ` else {\n${bodies[1]}\n}` : ''}`;
        case 'line':
        case 'choice':
          return `choice ${bodies.map((body) => `{\n${body}\n}`).join(' or ')}`;
      }
    }
  }
}

function line(written: Written): string {
  return written.kind === 'line' || written.kind === 'receive' ? written.text : '';
}
