// A run as a Mermaid sequence diagram, to be put into an issue or a page.
import { mermaidText, mermaidTitle } from '../diagram/mermaid.js';
import { endTitle, endsInOrder } from './run.js';
import { repetitionsIn } from './run-repeats.js';
import type { Repetition } from './run-repeats.js';
import type { Run } from '../findings/run.js';

/**
 * The text of the diagram. A message that is taken at once is an arrow to its receiver; one that lies in the queue for
 * a while has an open arrow, and a note where it is taken; at the end, notes say where the roles stand, and crossed
 * arrows who waits for whom.
 * @param title what stands above it
 */
export function mermaidOf(run: Run, title: string): string {
  const ids = new Map(run.roles.map((role, i) => [role, `r${i}`]));
  const id = (role: string): string => ids.get(role) ?? 'r0';
  const lines = [mermaidTitle(title), ...run.roles.map((role) => `participant ${id(role)} as ${mermaidText(role)}`)];
  const note = (role: string, text: string): number => lines.push(`Note over ${id(role)}: ${mermaidText(text)}`);
  const loops = new Map(repetitionsIn(run.steps).map((loop) => [loop.start, loop]));
  let loop: Repetition | undefined;
  for (let index = 0; index < run.steps.length; index++) {
    if (loop && index === loop.start + loop.length) {
      lines.push('end');
      index += loop.length * (loop.times - 1);
      loop = undefined;
    }
    const started = loops.get(index);
    if (started) lines.push(`loop ${started.times} times`);
    loop = started ?? loop;
    const step = run.steps[index];
    if (!step) break;
    switch (step.kind) {
      case 'send':
        lines.push(
          `${id(step.role)}${step.taken === index + 1 ? '->>' : '-)'}${id(step.to)}: ${mermaidText(step.message)}`,
        );
        break;
      case 'receive':
        if (step.sent === undefined) lines.push(`${id(step.from)}->>${id(step.role)}: ${mermaidText(step.message)}`);
        else if (step.sent !== index - 1) note(step.role, `receives ${step.message} from ${step.from}`);
        break;
      case 'decide':
      case 'choose':
        note(step.role, step.fact);
    }
  }
  if (loop) lines.push('end');
  const [first, last] = [run.roles[0], run.roles.at(-1)];
  if (first !== undefined && last !== undefined)
    lines.push(`Note over ${first === last ? id(first) : `${id(first)},${id(last)}`}: ${mermaidText(endTitle(run))}`);
  for (const message of run.queues) note(message.to, `in the queue from ${message.from}: ${message.message}`);
  for (const end of endsInOrder(run)) {
    if (end.kind === 'waits') lines.push(`${id(end.role)}--x${id(end.on)}: ${mermaidText(end.text)}`);
    else note(end.role, end.kind === 'differs' ? `${end.text}, not: ${end.expected}` : end.text);
  }
  return `sequenceDiagram\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
