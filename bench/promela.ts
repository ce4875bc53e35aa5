// Networks as Promela in the form that is fastest for SPIN: each place of a process is a label, each message a step of
// its own, and no step is there for its own sake. Only for networks in which no message is of a label that its receiver
// does not take.
import type { Network } from '../language/ir/process.js';
import { flowOf } from '../test/network/flow.js';
import type { Flow } from '../test/network/flow.js';

/**
 * The model of a network without data and calls, `sync` or `buffer n`. SPIN has the states that the checker has, as
 * long as no process begins with a choice: what a process does alone is part of the message before it. Queues are said
 * to be used by one process at either end, which SPIN's reduction needs.
 */
export function fastPromela(network: Network): string {
  const { channels } = network;
  if (channels.kind === 'fifo') throw new Error('SPIN has no queues without a bound');
  const capacity = channels.kind === 'sync' ? 0 : channels.size;
  const labels: string[] = [];
  const numberOf = (label: string): number =>
    (labels.includes(label) ? labels.indexOf(label) : labels.push(label) - 1) + 1;
  const used = new Set<string>();
  const queue = (from: string, to: string): string => {
    used.add(`${from}_${to}`);
    return `q_${from}_${to}`;
  };
  const processes = network.processes.map((process) => {
    const flow = flowOf(process);
    const places = [...settled(flow, flow.start)];
    if (places.length > 1) throw new Error(`${flow.name} begins with a choice`);
    const done = new Set<number>();
    const texts: string[] = [];
    const own = { sent: new Set<string>(), taken: new Set<string>() };
    for (let at = places.pop(); at !== undefined; at = places.pop()) {
      if (done.has(at)) continue;
      done.add(at);
      const node = flow.nodes[at];
      const go = (step: string, next: number): string[] =>
        [...settled(flow, next)].map((to) => {
          places.push(to);
          return `${step} -> goto L${to}`;
        });
      let ways: string[] = [];
      if (node?.kind === 'send') {
        own.sent.add(queue(flow.name, node.to));
        ways = go(`${queue(flow.name, node.to)}!${numberOf(node.label)}`, node.next);
      } else if (node?.kind === 'receive') {
        for (const { from } of node.options) own.taken.add(queue(from, flow.name));
        ways = node.options.flatMap((o) => go(`${queue(o.from, flow.name)}?${numberOf(o.label)}`, o.next));
      }
      const text = ways.length > 1 ? `if ${ways.map((way) => `:: ${way}`).join(' ')} fi` : (ways[0] ?? 'end: false');
      texts.push(`L${at}: ${text};`);
    }
    const claims =
      capacity === 0 ? [] : [...[...own.sent].map((q) => `xs ${q};`), ...[...own.taken].map((q) => `xr ${q};`)];
    return [
      `active proctype ${flow.name}() {`,
      ...(claims.length > 0 ? [`  ${claims.join(' ')}`] : []),
      ...texts.map((t) => `  ${t}`),
      '}',
    ].join('\n');
  });
  return [...[...used].map((q) => `chan q_${q} = [${capacity}] of { byte };`), ...processes, ''].join('\n');
}

/** The places where a process next sends, receives or ends, when it goes on from a node. */
function settled(flow: Flow, from: number): Set<number> {
  const found = new Set<number>();
  const seen = new Set([from]);
  for (const at of seen) {
    const node = flow.nodes[at];
    if (node?.kind === 'choose') for (const way of node.ways) seen.add(way);
    else if (node?.kind === 'send' || node?.kind === 'receive' || node?.kind === 'end') found.add(at);
    else throw new Error('data is not for this form');
  }
  return found;
}
