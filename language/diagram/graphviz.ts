// Diagrams in Graphviz's language.
import { countText } from './counts.js';
import { headOf } from './shown.js';
import type { Drawing, Shown } from './shown.js';
import type { RoleStates, StateDiagram } from './states.js';

/**
 * A sequence diagram: a row for each element, on which the lifelines of all roles have a point. Frames have no boxes,
 * since rows and boxes don't go together there: a line at the left says where each part starts and ends.
 * Cost: what is shown times the lanes
 */
export function dotSequence<P>({ name, lanes, items, count }: Drawing<P>): string {
  const columns = new Map(lanes.map(({ lane }, i) => [lane, i]));
  const rows: string[] = [];
  const point = (row: number, column: number): string => `"${row}.${column}"`;
  const at = (lane: number): number => columns.get(lane) ?? 0;
  const add = (line: (row: number) => string, margin = ''): void => {
    const row = rows.length + 1;
    const points = lanes.map((_, column) => point(row, column));
    rows.push(
      `  { rank=same; "${row}" [shape=plaintext, label=${dotString(margin)}]; ${points.join(' ')} }\n${line(row)}`,
    );
  };
  const box =
    (lane: number, text: string) =>
    (row: number): string =>
      `  ${point(row, at(lane))} [shape=box, style=rounded, width=0, height=0, margin="0.08,0.04", label=${dotString(text)}];\n`;
  const write = (all: readonly Shown<P>[], depth: number): void => {
    const indent = '  '.repeat(depth);
    const line = (text: string): void => {
      add(() => '', `${indent}${text}`);
    };
    for (const item of all) {
      switch (item.kind) {
        case 'message': {
          const same = item.from === item.to;
          add(
            (row) =>
              `  ${point(row, at(item.from))} -> ${point(row, at(item.to))} [label=${dotString(item.text)}${same ? '' : ', constraint=false'}, arrowhead=normal];\n`,
          );
          break;
        }
        case 'step':
          add(box(item.lane, item.text));
          break;
        case 'jump':
          line(item.text);
          break;
        case 'frame':
          if (!item.open) {
            line(`${item.title}: ${countText(item.count, true)}`);
            break;
          }
          item.parts.forEach((part, i) => {
            line(`${i === 0 ? item.form : 'else'} ${headOf(item, i)}`.trim());
            write(part.items, depth + 1);
          });
          line('end');
      }
    }
  };
  write(items, 0);
  const heads = lanes.map(
    ({ title }, column) => `${point(0, column)} [shape=box, width=0.8, height=0.3, label=${dotString(title)}];`,
  );
  const lifelines = lanes.map(
    (_, column) => `  ${[...rows.keys(), rows.length].map((row) => point(row, column)).join(' -> ')} [weight=1000];\n`,
  );
  const margin = `  ${[...rows.keys(), rows.length].map((row) => `"${row}"`).join(' -> ')} [style=invis];\n`;
  // The heads stand from left to right as they are to.
  const order = ['"0"', ...lanes.map((_, column) => point(0, column))].join(' -> ');
  return (
    `digraph ${dotString(name)} {\n  label=${dotString(countText(count))};\n  node [shape=point, width=0.02, height=0.02];\n  edge [arrowhead=none];\n` +
    `  { rank=same; "0" [shape=plaintext, label=""]; ${heads.join(' ')} ${order} [style=invis]; }\n${rows.join('')}${lifelines.join('')}${margin}}\n`
  );
}

/**
 * The automaton of each role, one cluster a role: states as circles, decisions of its own as diamonds, its end as a
 * double circle.
 * Cost: linear in the graph
 */
export function dotStates<P>({ name, roles }: StateDiagram<P>): string {
  return `digraph ${dotString(name)} {\n  rankdir=LR;\n  node [shape=circle, label="", width=0.2];\n${roles.map(cluster).join('')}}\n`;
}

function cluster<P>({ role, states, transitions, problem }: RoleStates<P>, index: number): string {
  const at = (state: number): string => `"${index}.${state}"`;
  const shapes = states.map(
    ({ kind }, i) =>
      `    ${at(i)}${kind === 'end' ? ' [shape=doublecircle]' : kind === 'decides' ? ' [shape=diamond]' : ''};\n`,
  );
  const edges = transitions.map(({ from, to, kind, text }) => {
    const label = text === '' ? [] : [`label=${dotString(text)}`];
    const attributes = [...label, ...(kind === 'decide' ? ['style=dashed'] : [])];
    return `    ${at(from)} -> ${at(to)}${attributes.length > 0 ? ` [${attributes.join(', ')}]` : ''};\n`;
  });
  const start = problem
    ? `    "${index}." [shape=plaintext, label=${dotString(problem.message)}];\n`
    : `    "${index}." [shape=none];\n    "${index}." -> ${at(0)};\n`;
  return `  subgraph cluster_${index} {\n    label=${dotString(role)};\n${start}${shapes.join('')}${edges.join('')}  }\n`;
}

/** A text as a string of that language. */
function dotString(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
