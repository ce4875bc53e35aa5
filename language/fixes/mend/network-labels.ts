// Other labels, of what is there: those that the other end has.
import type { Edit, Fix } from '../../edits/fix.js';
import { rangeOf } from '../../edits/process.js';
import type { Action } from '../../ir/process.js';
import { writeName } from '../../syntax/names.js';
import { messagesOf } from './channels.js';
import type { Change, Message } from './channels.js';
import { doubtOf } from './scene.js';
import type { Scene } from './scene.js';
import type { Site } from './sites.js';
import { distance } from '../../syntax/closest.js';
import { isWord } from '../../text/common-words.js';
import { undone } from './channels.js';

/** Labels that the other end has. */
export function labels(scene: Scene, { process, action }: Site): Fix[] {
  const { uri, text } = scene.context;
  const own = process.name.text;
  const { counts } = scene.balance;
  if (action.kind === 'send') {
    const before = messagesOf(action, own);
    const label = action.label?.name;
    const wanted = counts.filter(
      ({ message, receives }) =>
        receives > 0 && message.from === own && message.to === action.receiver.key && message.label !== label?.text,
    );
    return wanted.map(({ message }): Fix => {
      const end = rangeOf(action).end;
      const edit: Edit = !label
        ? { uri, start: end, end, newText: `: ${writeName(message.label ?? '')}` }
        : message.label !== undefined
          ? { uri, ...label.origin, newText: writeName(message.label) }
          : {
              uri,
              start: text.lastIndexOf(':', label.origin.start),
              end: action.label?.origin.end ?? end,
              newText: '',
            };
      return {
        title:
          message.label === undefined
            ? 'Send it without a label'
            : `Send \`${message.label}\` instead${label ? ` of \`${label.text}\`` : ''}`,
        edits: [edit],
        preferred: true,
        cost: {
          doubt: doubtOf(
            scene,
            [...undone(before), { message, end: 'sends', by: 1 }],
            rangeOf(action),
            relabelling(scene, label?.text, message, 'sends'),
          ),
        },
      };
    });
  }
  if (action.kind !== 'receive') return [];
  const sent = counts.filter(
    ({ message, sends }) =>
      sends > 0 &&
      message.to === own &&
      action.branches.some((b) => b.sender.key === message.from) &&
      !action.branches.some((b) => b.sender.key === message.from && b.label?.text === message.label),
  );
  return action.branches.flatMap((branch) =>
    sent
      .filter(({ message }) => message.from === branch.sender.key)
      .flatMap(({ message }): Fix[] => {
        const edit = labelEdit(scene, action, branch, message.label);
        if (!edit) return [];
        const was: Change = { message: { ...message, label: branch.label?.text }, end: 'receives', by: -1 };
        return [
          {
            title:
              message.label === undefined
                ? 'Wait for a message without a label instead'
                : `Wait for \`${message.label}\` instead${branch.label ? ` of \`${branch.label.text}\`` : ''}`,
            edits: [edit],
            preferred: true,
            cost: {
              doubt: doubtOf(
                scene,
                [was, { message, end: 'receives', by: 1 }],
                rangeOf(action),
                relabelling(scene, branch.label?.text, message, 'receives'),
              ),
            },
          },
        ];
      }),
  );
}

/** Whether one of two names is the other with a slip, of a letter or two. */
function isSlip(left: string, right: string): boolean {
  return distance(left, right, 2) <= (Math.min(left.length, right.length) > 3 ? 2 : 1);
}

/** How unlikely it is that a label should be another one. */
function relabelling(
  { balance }: Scene,
  from: string | undefined,
  { label: to, ...ends }: Message,
  end: 'sends' | 'receives',
): number {
  if (from === undefined) return 0;
  // A label is left out by oversight, and hardly ever written so.
  if (to === undefined) return 2;
  const elsewhere = (label: string): boolean =>
    balance.counts.some(
      ({ message }) => message.label === label && (message.from !== ends.from || message.to !== ends.to),
    );
  if (isSlip(from, to))
    return isWord(to) && !isWord(from)
      ? 0
      : isWord(from) && !isWord(to)
        ? 3
        : elsewhere(from) && !elsewhere(to)
          ? 2
          : elsewhere(to) && !elsewhere(from)
            ? 0
            : 1;
  // Where the label stands for another message between the two, it was taken from there.
  const other = balance.countOf({ ...ends, label: from });
  const own = balance.countOf({ ...ends, label: to });
  const twice = (count: { sends: number; receives: number }): boolean => count.sends + count.receives > 1;
  if (twice(other) !== twice(own)) return twice(other) ? 0 : 2;
  return (elsewhere(from) === elsewhere(to) ? 1 : elsewhere(from) ? 0 : 2) + (end === 'sends' ? 0 : 0.1);
}

function labelEdit(
  { context: { uri, text } }: Scene,
  action: Extract<Action, { kind: 'receive' }>,
  branch: (typeof action.branches)[number],
  label: string | undefined,
): Edit | undefined {
  const own = branch.origins[0];
  if (!own) return undefined;
  if (action.form === 'branching')
    return {
      uri,
      ...(branch.label?.origin ?? { start: own.start, end: own.start + 1 }),
      newText: label === undefined ? '_' : writeName(label),
    };
  const { end } = rangeOf(action);
  if (branch.label && label !== undefined) return { uri, ...branch.label.origin, newText: writeName(label) };
  if (label !== undefined) return { uri, start: end, end, newText: `: ${writeName(label)}` };
  return (
    branch.label && {
      uri,
      start: text.lastIndexOf(':', branch.label.origin.start),
      end: branch.label.origin.end,
      newText: '',
    }
  );
}
