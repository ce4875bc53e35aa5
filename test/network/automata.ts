// A system of communicating automata as the graphs of processes, for what is measured and compared on ../shared/corpus.
import type { Name } from '../../language/ir/expression.js';
import type { Process, Receive, Send } from '../../language/ir/process.js';
import { systemOf } from '../../language/network/model/system.js';
import type { System } from '../../language/network/model/system.js';
import type { GraphNode, ControlFlowGraph } from '../../language/network/model/control-flow.js';
import { read } from './helpers.js';
import { roleOf } from '../../language/ir/role.js';

export interface Automata {
  readonly roles: readonly string[];
  readonly machines: Readonly<
    Record<
      string,
      {
        readonly initial: string;
        readonly transitions: readonly (readonly [string, '!' | '?', string, string, string])[];
      }
    >
  >;
}

const origin = { start: 0, end: 0 };
const nameOf = (text: string): Name => ({ text, origin });
const { scope } = read('');

/**
 * An automaton as the graph of a process; undefined where a state sends and receives, or takes one message in two ways:
 * no process does.
 */
function cfgOf(role: string, { roles, machines }: Automata): ControlFlowGraph | undefined {
  const machine = machines[role];
  const block = { actions: [], origin };
  const process: Process = { name: nameOf(role), params: [], body: block, origin };
  const nodes: GraphNode[] = [];
  const ids = new Map<string, number>();
  const idOf = (state: string): number => {
    let id = ids.get(state);
    if (id === undefined) {
      ids.set(state, (id = nodes.length));
      nodes.push({ kind: 'end' });
    }
    return id;
  };
  const transitions = machine?.transitions ?? [];
  const start = idOf(machine?.initial ?? '');
  for (const state of new Set(transitions.map(([from]) => from))) {
    const own = transitions.filter(([from]) => from === state);
    const sends = own.filter(([, what]) => what === '!');
    if (sends.length > 0 && sends.length < own.length) return undefined;
    if (sends.length === 0 && new Set(own.map(([, , peer, label]) => `${peer} ${label}`)).size < own.length)
      return undefined;
    const id = idOf(state);
    if (sends.length > 0) {
      const branches = sends.map(([, , peer, label, to]) => {
        const action: Send = {
          kind: 'send',
          receiver: roleOf(nameOf(peer)),
          label: { name: nameOf(label), types: [], origin },
          origins: [origin],
        };
        return nodes.push({ kind: 'send', action, peer, label, next: idOf(to) }) - 1;
      });
      nodes[id] = { kind: 'choice', action: { kind: 'choice', branches: [], origins: [origin] }, branches };
    } else {
      const branches = own.map(([, , peer, label]) => ({
        sender: roleOf(nameOf(peer)),
        label: nameOf(label),
        types: [],
        body: block,
        origins: [origin],
      }));
      const action: Receive = { kind: 'receive', form: 'branching', branches, origins: [origin] };
      const options = own.map(([, , peer, label, to], i) => ({
        peer,
        label,
        branch: branches[i] as (typeof branches)[number],
        next: idOf(to),
      }));
      nodes[id] = { kind: 'receive', action, options };
    }
  }
  return {
    name: role,
    uri: 'file:///corpus.chor',
    scope,
    process,
    places: roles,
    nodes,
    start,
    variables: new Set(),
    server: false,
    written: true,
    shared: new Set(),
  };
}

/** The system with queues without a bound; undefined where some state is one that no process has. */
export function systemOfAutomata(automata: Automata): System | undefined {
  const cfgs = automata.roles.flatMap((role) => cfgOf(role, automata) ?? []);
  return cfgs.length < automata.roles.length
    ? undefined
    : systemOf(cfgs, { kind: 'fifo' }, { roles: () => undefined, rolesOf: () => [], designOf: () => undefined });
}
