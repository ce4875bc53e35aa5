// Members of a family that all wait for each other: one of them begins, and the others wait as before.
import type { Action, Process } from '../../ir/process.js';
import { membersOf } from '../../ir/role.js';
import { printRole } from '../../syntax/print.js';
import { writeName } from '../../syntax/names.js';
import { assignedBy, namesIn, rangeOf } from '../../edits/process.js';
import type { Fix } from '../../edits/fix.js';
import { indentAt, linesOf } from '../../edits/text.js';
import { doubtOf } from './scene.js';
import type { Scene } from './scene.js';
import { sitesOf } from './sites.js';
import type { Site } from './sites.js';
import { plainOf } from './values.js';

/** A message of another member, and what is sent to one next, with local steps between them. */
interface Turn {
  readonly receive: Action;
  readonly send: Extract<Action, { kind: 'send' }>;
  readonly between: readonly Action[];
}

/** The process, in which the first member sends before it waits. */
export function begins(scene: Scene, process: Process): Fix[] {
  const { members } = process;
  if (members?.kind !== 'all') return [];
  const { uri, text } = scene.context;
  return sitesOf(process)
    .flatMap((site) => turnAt(site) ?? [])
    .flatMap(({ receive, send, between }): Fix[] => {
      const lines = [receive, ...between, send].map((action) => linesOf(text, rangeOf(action)));
      const [first, last] = [lines[0], lines.at(-1)];
      if (!first || !last || lines.includes(undefined)) return [];
      const later = new Set([receive, ...between].flatMap((action) => [...assignedBy(action)]));
      const waits = [...namesIn(send.value)].some((name) => later.has(name));
      // What it would have passed on is not there yet: it starts with something.
      const { name, index, origin } = send.receiver;
      const type = scene.carried({
        from: process.name.text,
        to: index ? membersOf(name, index, origin).key : name.text,
        label: send.label?.name.text,
      });
      const value = waits
        ? (type !== undefined && plainOf(type, scene.context.workspace.analyze(uri)?.scope)) || '0'
        : undefined;
      const { start, end } = rangeOf(send);
      const sent =
        value === undefined || !send.value
          ? text.slice(start, end)
          : text.slice(start, send.value.origin.start) + value + text.slice(send.value.origin.end, end);
      const indent = indentAt(text, rangeOf(receive).start);
      const inside = (code: string): string => code.replace(/^(?=.*\S)/gm, '  ');
      const whole = text.slice(first.start, last.end).replace(/(?<!\n)$/, '\n');
      const rest = text.slice(first.start, last.start);
      return [
        {
          title: `Let ${process.name.text}[0] send to ${printRole(send.receiver)} before it receives`,
          edits: [
            {
              uri,
              start: first.start,
              end: last.end,
              newText: `${indent}when ${writeName(members.index.text)} == 0 {\n${indent}  ${sent}\n${inside(rest)}${indent}} else {\n${inside(whole)}${indent}}\n`,
            },
          ],
          preferred: true,
          cost: { doubt: doubtOf(scene, [], rangeOf(receive), value === undefined ? 1.5 : 2.5) },
        },
      ];
    });
}

function turnAt({ process, block: { actions }, index, action: receive }: Site): Turn | undefined {
  const family = process.name.text;
  if (receive.kind !== 'receive' || receive.form !== 'single' || receive.from?.name.text !== family) return undefined;
  const next = actions.findIndex((action, i) => i > index && action.kind !== 'assignment' && action.kind !== 'effect');
  const send = actions[next];
  return send?.kind === 'send' && send.receiver.name.text === family
    ? { receive, send, between: actions.slice(index + 1, next) }
    : undefined;
}
