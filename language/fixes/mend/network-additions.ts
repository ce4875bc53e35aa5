// What is missing, added where it may stand: receives, sends, another round, values.
import type { Fix } from '../../edits/fix.js';
import { rangeOf } from '../../edits/process.js';
import type { Action, Process } from '../../ir/process.js';
import { writeName } from '../../syntax/names.js';
import { writeType } from '../../typing/write.js';
import { mostKindsOfMessage, mostPlacesOfAction } from '../limits.js';
import type { Balance, Change, Message } from './channels.js';
import { doubtOf, isNear, namesFor, payloads, sendText } from './scene.js';
import type { Scene } from './scene.js';
import { blocksOf, gapsOf, insertAt, placeOf, sitesOf } from './sites.js';
import type { Gap } from './sites.js';
import { plainOf, valuesFor } from './values.js';
import { firstLine } from './titles.js';

/** A new action at each place of its process. */
function placed(
  scene: Scene,
  process: Process,
  statement: string,
  changes: readonly Change[],
  more: (gap: Gap) => number | undefined,
  messages: number,
): Fix[] {
  const { uri, text } = scene.context;
  const found = gapsOf(process)
    .flatMap((gap, index): { gap: Gap; doubt: number; index: number }[] => {
      const extra = more(gap);
      if (extra === undefined) return [];
      return [
        {
          gap,
          index,
          doubt:
            doubtOf(scene, changes, undefined, extra) -
            (stands(scene, process, gap) ? (scene.lacksValue && changes.length > 0 ? 0.3 : 3) : 0) -
            (changes.some((c) => isBeside(scene, gap, c)) ? 3.2 : 0) -
            (changes.some((c) => isAnswer(gap, c)) ? 0.4 : 0) +
            (changes.some((c) => c.end === 'sends') && isLocal(gap.after) ? 0.2 : 0) +
            (isOtherWay(gap) ? 1.5 : 0),
        },
      ];
    })
    .sort((a, b) => a.doubt - b.doubt || a.index - b.index)
    .slice(0, mostPlacesOfAction);
  return found.flatMap(({ gap, doubt }, i): Fix[] => {
    const edits = insertAt(uri, text, gap, statement);
    if (edits.length === 0) return [];
    const next = gap.after && firstLine(text.slice(rangeOf(gap.after).start, rangeOf(gap.after).end));
    const where =
      i === 0
        ? ''
        : next === undefined
          ? gap.block === process.body
            ? ', at its end'
            : ', at the end of a branch'
          : `, before \`${next}\``;
    return [
      {
        title: `Add \`${statement}\` to ${process.name.text}${where}`,
        edits,
        preferred: true,
        cost: { doubt: doubt + 0.01 * i, messages },
      },
    ];
  });
}

/** Whether a process stands at a place at the end of the run. */
function stands(scene: Scene, process: Process, { block, before, after }: Gap): boolean {
  if (after && isNear(scene, rangeOf(after))) return true;
  const last = scene.last.get(process.name.text);
  if (!last) return !after && isNear(scene, { start: block.origin.end - 1, end: block.origin.end });
  // What came last may stand inside of the last action, in a branch.
  if (before) return !after && rangeOf(before).start <= last.start && last.end <= rangeOf(before).end;
  // A branch without anything in it, into which the last step led.
  return (
    !after &&
    last.start <= block.origin.start &&
    block.origin.end <= last.end + block.origin.end - block.origin.start + 2
  );
}

/** Whether a place is behind an `if` that goes round a loop: what is done there was to stand in its `else`. */
function isOtherWay({ before }: Gap): boolean {
  return before?.kind === 'if' && before.else.actions.length === 0 && before.then.actions.at(-1)?.kind === 'continue';
}

/** Whether an action is of its process alone. */
function isLocal(action: Action | undefined): boolean {
  return action?.kind === 'assignment' || action?.kind === 'effect';
}

/** Whether a message comes right after one the other way, with nothing but local steps in between. */
function isAnswer({ block, before }: Gap, { message, end }: Change): boolean {
  const last = block.actions.slice(0, before ? block.actions.indexOf(before) + 1 : 0).findLast((a) => !isLocal(a));
  return end === 'sends'
    ? last?.kind === 'receive' && last.from?.key === message.to
    : last?.kind === 'send' && last.receiver.key === message.from;
}

/** Whether the same is said to, or heard from, other roles right there, in the order of the roles. */
function isBeside(scene: Scene, { before, after }: Gap, { message, end }: Change): boolean {
  const place = (role: string): number => scene.processes.findIndex((p) => p.name.text === role);
  const role = end === 'sends' ? message.to : message.from;
  const peerOf = (action: Action | undefined): string | undefined => {
    if (end === 'sends')
      return action?.kind === 'send' && action.label?.name.text === message.label ? action.receiver.key : undefined;
    return action?.kind === 'receive' && action.form === 'single' && action.branches[0]?.label?.text === message.label
      ? action.from?.key
      : undefined;
  };
  const [left, right] = [peerOf(before), peerOf(after)];
  return (
    (left !== undefined || right !== undefined) &&
    (left === undefined || place(left) < place(role)) &&
    (right === undefined || place(role) < place(right))
  );
}

/** Those whose ends are furthest from each other. */
function worst(counts: Balance['counts']): Balance['counts'] {
  if (counts.length <= mostKindsOfMessage) return counts;
  return [...counts]
    .sort((a, b) => Math.abs(b.sends - b.receives) - Math.abs(a.sends - a.receives))
    .slice(0, mostKindsOfMessage);
}

/** Receives of what is sent and not received. */
export function receives(scene: Scene, process: Process): Fix[] {
  const own = process.name.text;
  const missing = scene.missing(process);
  const beginners = scene.processes.filter((p) => p.body.actions[0]?.kind === 'send').length;
  return worst(scene.balance.counts.filter(({ message, sends }) => message.to === own && sends > 0)).flatMap(
    ({ message, sends, receives: known }) => {
      const carries = scene.carried(message) !== '';
      const wanted = carries
        ? missing.filter(
            ({ name }) => scene.lacksValue || !scene.held(process).some((h) => h.name === name) || known > 0,
          )
        : [];
      const names: (string | undefined)[] =
        wanted.length > 0
          ? [...new Set(wanted.map((w) => w.name))]
          : carries
            ? [sentName(scene, message, process)]
            : [undefined];
      return names.flatMap((name) =>
        namesFor(scene, process, message.from).flatMap((role) => {
          const use = Math.min(...wanted.filter((w) => w.name === name).map((w) => w.at));
          const statement = `receive ${name === undefined ? '' : `${writeName(name)} `}from ${role}${message.label === undefined ? '' : `: ${writeName(message.label)}`}`;
          return placed(
            scene,
            process,
            statement,
            [{ message, end: 'receives', by: 1 }],
            (gap) => {
              const at = placeOf(gap);
              if (at > use) return undefined;
              // Who begins by speaking, where another one does too, was to be spoken to first.
              if (!gap.before && gap.block === process.body && gap.after?.kind === 'send' && beginners > 1) return -3;
              // The nearest place before what needs it.
              return use === Infinity ? 0.5 : 0.5 + Math.min(2, (use - at) / 400);
            },
            sends > known ? 0 : 1,
          );
        }),
      );
    },
  );
}

/** A name for what is received: that of the variable that is sent, if the process has none of the name. */
function sentName(scene: Scene, { from, to, label }: Message, process: Process): string | undefined {
  const sender = scene.processes.find((p) => p.name.text === from);
  if (!sender) return undefined;
  for (const { action } of sitesOf(sender)) {
    if (
      action.kind !== 'send' ||
      action.receiver.key !== to ||
      action.label?.name.text !== label ||
      action.value?.kind !== 'name'
    )
      continue;
    const { text } = action.value.name;
    return scene.held(process).some((h) => h.name === text) ? undefined : text;
  }
  return undefined;
}

/** A loop gone round again from its own end, or that of a branch. */
export function continues(scene: Scene, process: Process): Fix[] {
  const { uri, text } = scene.context;
  return blocksOf(process).flatMap(({ block, owner, loops, tail }): Fix[] => {
    const loop = loops.at(-1);
    if (loop === undefined || !tail || ['continue', 'leave'].includes(block.actions.at(-1)?.kind ?? '')) return [];
    const statement = `continue ${writeName(loop)}`;
    const edits = insertAt(uri, text, { process, block, before: block.actions.at(-1) }, statement);
    const branch = owner.kind === 'receive' ? owner.branches.find((b) => b.body === block)?.label?.text : undefined;
    return [
      {
        title: `Add \`${statement}\` ${owner.kind === 'rec' ? 'at the end of the loop' : `to ${branch === undefined ? 'this branch' : `the branch \`${branch}\``}`} of ${process.name.text}`,
        edits,
        preferred: true,
        cost: { doubt: doubtOf(scene, [], block.origin, 2) },
      },
    ];
  });
}

/**
 * A value for a variable that a process reads and has not: what a function gives that nobody calls, else one to start
 * from.
 */
export function assignments(scene: Scene, process: Process): Fix[] {
  const {
    context: { workspace, uri },
  } = scene;
  const analysis = workspace.analyze(uri);
  if (!analysis) return [];
  const first = new Map<string, number>();
  for (const { name, at } of scene.missing(process))
    if (scene.lacksValue || !scene.held(process).some((h) => h.name === name))
      first.set(name, Math.min(at, first.get(name) ?? Infinity));
  return [...first].flatMap(([name, use]) => {
    const known = analysis.names.typeOf({ start: use, end: use + name.length });
    const type = known && writeType(known, '?');
    const open = type === undefined || type.includes('?') ? undefined : type;
    const called = valuesFor(scene.held(process), analysis.scope, open, name, '', use).filter((v) =>
      v.text.endsWith(')'),
    );
    const plain =
      open === undefined ? ['0', '""', 'false'] : [plainOf(open, analysis.scope)].filter((v) => v !== undefined);
    const unused =
      open === undefined
        ? []
        : scene
            .held(process)
            .filter((h) => !h.used && h.type === open && h.since <= use)
            .slice(0, 1);
    const values = [
      ...unused.map((h) => ({ text: writeName(h.name), guess: 0.5 })),
      ...called.map((v) => ({ text: v.text, guess: v.doubt })),
      ...plain.map((text) => ({ text, guess: 3 })),
    ];
    return values.slice(0, 3).flatMap(({ text: value, guess }) =>
      placed(
        scene,
        process,
        `${writeName(name)} = ${value}`,
        [],
        (gap) => {
          const at = placeOf(gap);
          return at > use ? undefined : guess + 0.5 + Math.min(2, (use - at) / 400);
        },
        0,
      )
        .slice(0, 6)
        .map((fix) => (guess > 0 ? { ...fix, preferred: false } : fix)),
    );
  });
}

/** Sends of what is waited for and not sent. */
export function sends(scene: Scene, process: Process): Fix[] {
  const own = process.name.text;
  return worst(
    scene.balance.counts.filter(({ message, receives: awaited }) => message.from === own && awaited > 0),
  ).flatMap(({ message, sends: known, receives: awaited }) => {
    return payloads(scene, process, message)
      .slice(0, 3)
      .flatMap((value) =>
        namesFor(scene, process, message.to).flatMap((role) => {
          const statement = sendText(value.text, message, role);
          return placed(
            scene,
            process,
            statement,
            [{ message, end: 'sends', by: 1 }],
            (gap) => {
              const at = placeOf(gap);
              const held = scene.held(process).find((h) => writeName(h.name) === value.text);
              // Who has ended could have said it at the end.
              return held && held.since > at ? undefined : value.doubt + (gap.after && scene.ended.has(own) ? 0.5 : 0);
            },
            awaited > known ? 0 : 1,
          ).map((fix) => (value.doubt >= 3 ? { ...fix, preferred: false } : fix));
        }),
      );
  });
}
