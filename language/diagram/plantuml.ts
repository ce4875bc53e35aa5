// Diagrams in PlantUML's language.
import { countText } from './counts.js';
import { headOf } from './shown.js';
import type { Drawing, Shown } from './shown.js';
import type { StateDiagram } from './states.js';
import { oneLine } from './words.js';

/**
 * Text that PlantUML takes as text: what may have a meaning of its own in it is written as the number of its character.
 */
function plantText(text: string): string {
  const escaped = oneLine(text).replace(/[^\p{L}\p{M}\p{N} ]/gu, (c) =>
    /^[.,=()+?!':]$/.test(c) ? c : `<U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
  );
  return escaped === '' ? '<U+00A0>' : escaped;
}

/**
 * A sequence diagram: decisions are `alt` or `opt`, loops `loop`, an unfolded call a `group`, a folded one a `ref`.
 * Cost: linear in what is shown
 */
export function plantSequence<P>({ name, lanes, items, count }: Drawing<P>): string {
  const ids = new Map(lanes.map(({ lane }, i) => [lane, `r${i}`]));
  const id = (lane: number): string => ids.get(lane) ?? 'r0';
  const lines = [
    `title ${plantText(`${name}: ${countText(count)}`)}`,
    ...lanes.map(({ lane, title }) => `participant "${plantText(title)}" as ${id(lane)}`),
  ];
  const over = (own: readonly number[]): string => {
    const all = own.length > 0 ? own : lanes.map(({ lane }) => lane);
    const places = all.map((lane) => lanes.findIndex((each) => each.lane === lane));
    const ends = [...new Set([Math.min(...places), Math.max(...places)])];
    return ends.map((place) => `r${place}`).join(', ');
  };
  const write = (all: readonly Shown<P>[], indent: string): void => {
    for (const item of all) {
      switch (item.kind) {
        case 'message':
          lines.push(`${indent}${id(item.from)} -> ${id(item.to)} : ${plantText(item.text)}`);
          break;
        case 'step':
          lines.push(`${indent}note over ${id(item.lane)} : ${plantText(item.text)}`);
          break;
        case 'jump':
          lines.push(`${indent}... ${plantText(item.text)} ...`);
          break;
        case 'frame': {
          if (!item.open) {
            lines.push(
              `${indent}ref over ${over(item.lanes)} : ${plantText(`${item.title}: ${countText(item.count, true)}`)}`,
            );
            break;
          }
          const word = item.form === 'do' ? 'group' : item.form;
          item.parts.forEach((part, i) => {
            const title = headOf(item, i);
            lines.push(`${indent}${i === 0 ? word : 'else'}${title === '' ? '' : ` ${plantText(title)}`}`);
            write(part.items, `${indent}  `);
          });
          if (item.parts.length === 0) lines.push(`${indent}opt ${plantText(item.title)}`);
          lines.push(`${indent}end`);
        }
      }
    }
  };
  if (lanes.length > 0) write(items, '');
  return `@startuml\n${lines.map((line) => `${line}\n`).join('')}@enduml\n`;
}

/**
 * The automaton of each role, one composite state a role.
 * Cost: linear in the graph
 */
export function plantStates<P>({ name, roles }: StateDiagram<P>): string {
  const lines = [`title ${plantText(name)}`, 'hide empty description'];
  roles.forEach(({ role, states, transitions, problem }, index) => {
    const at = (state: number): string => (states[state]?.kind === 'end' ? '[*]' : `m${index}s${state}`);
    lines.push(`state "${plantText(role)}" as m${index} {`);
    if (problem) lines.push(`  state "${plantText(problem.message)}" as m${index}p`);
    states.forEach(({ kind }, i) => {
      if (kind !== 'end') lines.push(`  state ${kind === 'decides' ? `${at(i)} <<choice>>` : `" " as ${at(i)}`}`);
    });
    if (!problem) lines.push(`  [*] --> ${at(0)}`);
    for (const { from, to, text } of transitions)
      lines.push(`  ${at(from)} --> ${at(to)}${text ? ` : ${plantText(text)}` : ''}`);
    lines.push('}');
  });
  return `@startuml\n${lines.map((line) => `${line}\n`).join('')}@enduml\n`;
}
