// Communicating automata as the k-MC tool has them, in JSON: states that send or receive, and nothing else.
import type { TextRange } from '../ir/expression.js';
import { ExportFailure } from './failure.js';
import type { Machine, Machines, Message, Node } from './machines.js';

type Transition = readonly [from: string, way: '!' | '?', peer: string, label: string, to: string];

/**
 * A system of automata, as `chor import` and `chor check` read it.
 * @param about what it is made from, for what can't be said of all of it
 * @throws ExportFailure for queues that are not unbounded, and where a role decides by itself between other things than
 *   messages to send
 * Cost: linear in the machines, but for decisions inside each other
 */
export function cfsmOf(
  { channels, machines }: Machines,
  about: { readonly uri: string; readonly origin: TextRange },
): string {
  if (channels.kind !== 'fifo')
    throw new ExportFailure(
      `queues that are \`${channels.kind}\` can’t be said: those of automata are unbounded`,
      about.uri,
      about.origin,
    );
  const lines = machines.map((machine) => {
    const transitions = transitionsOf(machine);
    const written = transitions.map(
      (transition) => `\n        ${JSON.stringify(transition).replaceAll('","', '", "')}`,
    );
    return `    ${JSON.stringify(machine.role)}: {\n      "initial": "s0",\n      "transitions": [${written.join(',')}${written.length > 0 ? '\n      ' : ''}]\n    }`;
  });
  return `{\n  "roles": ${JSON.stringify(machines.map(({ role }) => role)).replaceAll('","', '", "')},\n  "machines": {\n${lines.join(',\n')}\n  }\n}\n`;
}

/** A state is a set of places: those that the role may go on from, having decided by itself. */
function transitionsOf({ role, nodes }: Machine): Transition[] {
  const names = new Map<string, string>();
  const work: number[][] = [];
  const state = (place: number): string => {
    const heads = headsOf(nodes, place);
    const first = nodes[place];
    const sending = heads.every((each) => nodes[each]?.kind === 'send');
    if (heads.length > 1 && !sending && first && first.kind !== 'end')
      throw new ExportFailure(
        `\`${role}\` decides by itself ${ways(heads, nodes)}: an automaton can only choose between messages to send`,
        first.place.uri,
        first.place.origin,
      );
    if (heads.length === 0 && first && first.kind !== 'end')
      throw new ExportFailure(
        `\`${role}\` decides for ever, and neither sends, receives nor ends`,
        first.place.uri,
        first.place.origin,
      );
    const key = heads.join(' ');
    const known = names.get(key);
    if (known !== undefined) return known;
    const name = `s${names.size}`;
    names.set(key, name);
    work.push(heads);
    return name;
  };
  state(0);
  const transitions = new Map<string, Transition>();
  const add = (...transition: Transition): void => {
    transitions.set(JSON.stringify(transition), transition);
  };
  // It grows while it is gone through.
  for (const heads of work) {
    const from = names.get(heads.join(' ')) ?? '';
    for (const head of heads) {
      const node = nodes[head];
      if (node?.kind === 'send') add(from, '!', node.peer, labelOf(node.message), state(node.next));
      if (node?.kind === 'receive')
        for (const { peer, message, next } of node.options) add(from, '?', peer, labelOf(message), state(next));
    }
  }
  return [...transitions.values()];
}

/** The places that send, receive or end, which a role can be at after decisions alone; in order. */
function headsOf(nodes: readonly Node[], place: number): number[] {
  const seen = new Set([place]);
  for (const at of seen) {
    const node = nodes[at];
    if (node?.kind === 'choose') for (const way of node.ways) seen.add(way);
  }
  return [...seen].filter((at) => nodes[at]?.kind !== 'choose').sort((a, b) => a - b);
}

function ways(heads: readonly number[], nodes: readonly Node[]): string {
  const words = heads.map((head) => {
    const node = nodes[head];
    switch (node?.kind) {
      case 'send':
        return `sending to \`${node.peer}\``;
      case 'receive':
        return `receiving from \`${node.options[0]?.peer ?? ''}\``;
      case 'end':
      case 'choose':
      case undefined:
        return 'ending';
    }
  });
  const distinct = [...new Set(words)];
  return distinct.length > 1
    ? `between ${distinct.slice(0, -1).join(', ')} and ${distinct.at(-1) ?? ''}`
    : `which messages to wait for`;
}

/** A message as the tool has it: `offer(int)`, and `EMPTY_OP` for the anonymous label. */
function labelOf({ label, types }: Message): string {
  return `${label === '' ? 'EMPTY_OP' : label}${types.length > 0 ? `(${types.join(', ')})` : ''}`;
}
