// Diagrams in Mermaid's language.
import { countText } from './counts.js';
import { headOf } from './shown.js';
import type { Drawing, Shown } from './shown.js';
import type { StateDiagram } from './states.js';
import { oneLine } from './words.js';

/** Text that Mermaid takes as text: what has a meaning of its own in it is written as the number of its character. */
export function mermaidText(text: string): string {
  const escaped = oneLine(text)
    .replace(/[#;<>&$%\\{}]/g, (c) => `#${c.codePointAt(0)};`)
    .replace(/^((?:no)?wrap):/i, '$1#58;');
  return escaped === '' ? '#32;' : escaped;
}

/** The line of a title for who can't see. */
export function mermaidTitle(text: string): string {
  return `accTitle: ${oneLine(text).replaceAll(';', ',')}`;
}

/**
 * A sequence diagram: decisions are `alt` or `opt`, loops `loop`, an unfolded call a `rect` with its name above it, a
 * folded one a note.
 * Cost: linear in what is shown
 */
export function mermaidSequence<P>({ name, lanes, items, count }: Drawing<P>): string {
  const ids = new Map(lanes.map(({ lane }, i) => [lane, `r${i}`]));
  const order = new Map(lanes.map(({ lane }, i) => [lane, i]));
  const id = (lane: number): string => ids.get(lane) ?? 'r0';
  const lines = [
    mermaidTitle(`${name}: ${countText(count)}`),
    ...lanes.map(({ lane, title }) => `participant ${id(lane)} as ${mermaidText(title)}`),
  ];
  const over = (own: readonly number[], text: string, indent: string): void => {
    const sorted = (own.length > 0 ? [...own] : lanes.map(({ lane }) => lane)).sort(
      (a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0),
    );
    const [first, last] = [sorted[0], sorted.at(-1)];
    if (first === undefined || last === undefined) return;
    lines.push(`${indent}Note over ${first === last ? id(first) : `${id(first)},${id(last)}`}: ${mermaidText(text)}`);
  };
  const write = (all: readonly Shown<P>[], indent: string): void => {
    for (const item of all) {
      switch (item.kind) {
        case 'message':
          lines.push(`${indent}${id(item.from)}->>${id(item.to)}: ${mermaidText(item.text)}`);
          break;
        case 'step':
          over([item.lane], item.text, indent);
          break;
        case 'jump':
          over([], item.text, indent);
          break;
        case 'frame':
          if (!item.open) over(item.lanes, `${item.title}: ${countText(item.count, true)}`, indent);
          else if (item.form === 'do') {
            lines.push(`${indent}rect rgba(128, 128, 128, 0.1)`);
            over(item.lanes, item.title, `${indent}  `);
            for (const part of item.parts) write(part.items, `${indent}  `);
            lines.push(`${indent}end`);
          } else {
            item.parts.forEach((part, i) => {
              const title = headOf(item, i);
              lines.push(
                `${indent}${i === 0 ? item.form : item.form === 'par' ? 'and' : 'else'} ${mermaidText(title)}`,
              );
              write(part.items, `${indent}  `);
            });
            if (item.parts.length === 0) lines.push(`${indent}opt ${mermaidText(item.title)}`);
            lines.push(`${indent}end`);
          }
      }
    }
  };
  write(items, '');
  return `sequenceDiagram\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

/**
 * The automaton of each role, one composite state a role; states have numbers, since one without a text would show its
 * id.
 * Cost: linear in the graph
 */
export function mermaidStates<P>({ name, roles }: StateDiagram<P>): string {
  const lines = [mermaidTitle(name)];
  roles.forEach(({ role, states, transitions, problem }, index) => {
    const at = (state: number): string => (states[state]?.kind === 'end' ? '[*]' : `m${index}s${state}`);
    lines.push(`state ${stateText(role)} as m${index} {`);
    if (problem) lines.push(`  state ${stateText(problem.message)} as m${index}p`);
    else lines.push(`  [*] --> ${at(0)}`);
    states.forEach(({ kind }, i) => {
      if (kind === 'decides') lines.push(`  state ${at(i)} <<choice>>`);
      else if (kind !== 'end') lines.push(`  state "${i + 1}" as ${at(i)}`);
    });
    for (const { from, to, text } of transitions)
      lines.push(`  ${at(from)} --> ${at(to)}${text ? `: ${mermaidText(text)}` : ''}`);
    lines.push('}');
  });
  return `stateDiagram-v2\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

function stateText(text: string): string {
  return `"${mermaidText(text).replaceAll('"', '#34;')}"`;
}
