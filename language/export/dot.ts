// The automaton of each role as a drawing, in Graphviz's language.
import type { Machine, Machines, Message } from './machines.js';

/**
 * One cluster a role: places as circles, decisions of its own as diamonds, its end as a double circle.
 * Cost: linear in the machines
 */
export function dotOf({ machines }: Machines, name: string): string {
  return `digraph ${quoted(name)} {\n  rankdir=LR;\n  node [shape=circle, label="", width=0.2];\n${machines.map(cluster).join('')}}\n`;
}

function cluster({ role, nodes }: Machine, index: number): string {
  const at = (node: number): string => `"${index}.${node}"`;
  const shapes = nodes.map((node, i) => {
    const shape = node.kind === 'end' ? ' [shape=doublecircle]' : node.kind === 'choose' ? ' [shape=diamond]' : '';
    return `    ${at(i)}${shape};\n`;
  });
  const edges = nodes.flatMap((node, i): string[] => {
    switch (node.kind) {
      case 'send': return [`    ${at(i)} -> ${at(node.next)} [label=${quoted(`${node.peer}!${words(node.message)}`)}];\n`];
      case 'receive': return node.options.map(({ peer, message, next }) => `    ${at(i)} -> ${at(next)} [label=${quoted(`${peer}?${words(message)}`)}];\n`);
      case 'choose': return node.ways.map((way) => `    ${at(i)} -> ${at(way)} [style=dashed];\n`);
      case 'end': return [];
    }
  });
  return `  subgraph cluster_${index} {\n    label=${quoted(role)};\n    "${index}." [shape=none];\n    "${index}." -> ${at(0)};\n${shapes.join('')}${edges.join('')}  }\n`;
}

function words({ label, types }: Message): string {
  return `${label === '' ? '_' : label}${types.length > 0 ? `(${types.join(', ')})` : ''}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
