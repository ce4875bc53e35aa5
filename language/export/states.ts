// The automaton of each role as a graph to be drawn.
import type { Choreography } from '../ir/choreography.js';
import type { Network } from '../ir/process.js';
import type { RoleStates, State, StateDiagram, Transition } from '../diagram/states.js';
import { shortened } from '../diagram/words.js';
import type { Scope } from '../scoping/scope.js';
import { ExportFailure } from './failure.js';
import { eachMachine } from './machines.js';
import type { Machines, Message, Node } from './machines.js';
import { longestTransition } from './limits.js';

/** The graphs of machines. Cost: linear in them */
export function statesOf({ machines }: Machines, name: string): StateDiagram {
  const roles = machines.map(({ role }) => role);
  return { name, roles: machines.map(({ role, nodes }, index) => ({ role, index, ...graphOf(nodes, roles) })) };
}

/**
 * The graphs of the roles of a declaration; where one can't be made, why not.
 * Cost: as `machinesFor`
 */
export function statesIn(declaration: Network | Choreography, scope: Scope): StateDiagram {
  const problemOf = (error: unknown): Pick<RoleStates, 'problem'> => {
    if (!(error instanceof ExportFailure)) throw error;
    return { problem: { message: error.message, place: { uri: error.uri, origin: error.origin } } };
  };
  let roles: ReturnType<typeof eachMachine>['roles'];
  try {
    ({ roles } = eachMachine(declaration, scope));
  } catch (error) {
    const all = declaration.kind === 'choreography' ? declaration.roles : declaration.processes;
    return {
      name: declaration.name.text,
      roles: all.map(({ name: { text: role } }, index) => ({
        role,
        index,
        states: [],
        transitions: [],
        ...problemOf(error),
      })),
    };
  }
  const names = roles.map(({ role }) => role);
  return {
    name: declaration.name.text,
    roles: roles.map(({ role, made }, index) => {
      try {
        return { role, index, ...graphOf(made(), names) };
      } catch (error) {
        return { role, index, states: [], transitions: [], ...problemOf(error) };
      }
    }),
  };
}

function graphOf(nodes: readonly Node[], roles: readonly string[]): { states: State[]; transitions: Transition[] } {
  const states = nodes.map((node): State =>
    node.kind === 'end'
      ? { kind: 'end' }
      : { kind: node.kind === 'choose' ? 'decides' : node.kind === 'send' ? 'sends' : 'waits', place: node.place },
  );
  const transitions = nodes.flatMap((node, from): Transition[] => {
    switch (node.kind) {
      case 'send':
        return [
          {
            from,
            to: node.next,
            kind: 'send',
            peer: roles.indexOf(node.peer),
            text: shortened(`${node.peer}!${words(node.message)}`, longestTransition),
            place: node.place,
          },
        ];
      case 'receive':
        return node.options.map(({ peer, message, next, place }) => ({
          from,
          to: next,
          kind: 'receive',
          peer: roles.indexOf(peer),
          text: shortened(`${peer}?${words(message)}`, longestTransition),
          place,
        }));
      case 'choose':
        return node.ways.map((to, i) => ({
          from,
          to,
          kind: 'decide',
          text: shortened(node.said[i] ?? '', longestTransition),
          place: node.place,
        }));
      case 'end':
        return [];
    }
  });
  return { states, transitions };
}

function words({ label, types, payload, several }: Message): string {
  const carried = payload ?? types.join(', ');
  return label === '' ? carried || '_' : `${label}${carried === '' ? '' : several === true ? carried : `(${carried})`}`;
}
