// What is there, changed: another peer, or two actions in the other order.
import type { Fix } from '../../edits/fix.js';
import { exchanged, rangeOf } from '../../edits/process.js';
import { walkExpr } from '../../ir/expression.js';
import { localBlocksOf } from '../../ir/process.js';
import type { Action } from '../../ir/process.js';
import { namesOfTarget, wholeTarget } from '../../ir/target.js';
import { writeName } from '../../syntax/names.js';
import { printExpr, printRole, printTarget } from '../../syntax/print.js';
import { messagesOf } from './channels.js';
import type { Change } from './channels.js';
import { doubtOf } from './scene.js';
import type { Scene } from './scene.js';
import type { Site } from './sites.js';
import { undone } from './channels.js';
import { firstLine } from './titles.js';

/** A message in words: its label, else what it carries. */
function said(action: Action): string {
  if (action.kind === 'send')
    return action.label
      ? `\`${action.label.name.text}\``
      : action.value
        ? `\`${printExpr(action.value)}\``
        : 'the message';
  if (action.kind === 'receive') {
    const names = action.branches.flatMap((b) => b.label?.text ?? (b.into ? printTarget(b.into) : []));
    return names.length === 0 ? 'the message' : names.map((n) => `\`${n}\``).join(' or ');
  }
  return 'it';
}

/** Whether messages that go to, or come from, several roles in a row do so in the order of these. */
function isInOrder(scene: Scene, { block, index, action }: Site, role: string): boolean {
  const place = (name: string): number => scene.processes.findIndex((p) => p.name.text === name);
  const peerOf = (other: Action | undefined): string | undefined =>
    other?.kind === 'send' && action.kind === 'send'
      ? other.receiver.key
      : other?.kind === 'receive' && action.kind === 'receive'
        ? other.from?.key
        : undefined;
  const [before, after] = [peerOf(block.actions[index - 1]), peerOf(block.actions[index + 1])];
  return (before === undefined || place(before) < place(role)) && (after === undefined || place(role) < place(after));
}

/** How little a name that is bound or sent has of a role's. */
function unlike(action: Action, role: string): number {
  const name =
    action.kind === 'receive'
      ? wholeTarget(action.branches[0]?.into)?.text
      : action.kind === 'send' && action.value?.kind === 'name'
        ? action.value.name.text
        : undefined;
  return name?.toLowerCase() === role.toLowerCase() ? 0 : 0.5;
}

/** The other role of a message exchanged for another one. */
export function peers(scene: Scene, site: Site): Fix[] {
  const { process, action } = site;
  if (action.kind !== 'send' && action.kind !== 'receive') return [];
  const { uri } = scene.context;
  const own = process.name.text;
  const peer = action.kind === 'send' ? action.receiver : action.from;
  if (!peer) return [];
  const before = messagesOf(action, own);
  // Of two that say the same, either may be told of.
  const { text } = scene.context;
  const same = text.slice(rangeOf(action).start, rangeOf(action).end);
  const twins = [site.block.actions[site.index - 1], action, site.block.actions[site.index + 1]].flatMap((other) =>
    other && text.slice(rangeOf(other).start, rangeOf(other).end) === same ? [rangeOf(other)] : [],
  );
  const place = {
    start: Math.min(...twins.map(({ start }) => start)),
    end: Math.max(...twins.map(({ end }) => end)),
  };
  return scene.processes
    .map((p) => p.name.text)
    .filter((role) => role !== own && role !== peer.key)
    .map((role): Fix => {
      const after = before.map((change): Change => ({
        ...change,
        message: { ...change.message, [action.kind === 'send' ? 'to' : 'from']: role },
      }));
      return {
        title:
          action.kind === 'send'
            ? `Send ${said(action)} to ${role} instead of ${printRole(peer)}`
            : `Wait for ${said(action)} from ${role} instead of ${printRole(peer)}`,
        edits: [{ uri, ...peer.origin, newText: writeName(role) }],
        preferred: true,
        cost: {
          doubt: doubtOf(
            scene,
            [...undone(before), ...after],
            place,
            (isInOrder(scene, site, role) ? 0 : 0.6) + unlike(action, role),
          ),
        },
      };
    });
}

/** Two actions after each other in the other order. */
export function exchanges(scene: Scene, { process, block, index, action }: Site): Fix[] {
  const next = block.actions[index + 1];
  if (!next) return [];
  const { uri, text } = scene.context;
  const [first, second] = [rangeOf(action), rangeOf(next)];
  const [one, other] = [text.slice(first.start, first.end), text.slice(second.start, second.end)];
  // What one of them does not touch makes no difference where neither is a message.
  if (
    one === other ||
    !(action.kind === 'continue' || talks(action) || talks(next) || reads(next, action) || reads(action, next))
  )
    return [];
  if (next.kind === 'continue' || next.kind === 'leave') return [];
  const place = { start: first.start, end: second.end };
  return [
    {
      title: `Let ${process.name.text} do \`${firstLine(other)}\` before \`${firstLine(one)}\``,
      edits: exchanged(uri, text, first, second),
      preferred: true,
      cost: { doubt: doubtOf(scene, [], place, action.kind === 'continue' ? 0 : 1) },
    },
  ];
}

function talks(action: Action): boolean {
  return (
    action.kind === 'send' ||
    action.kind === 'receive' ||
    action.kind === 'gather' ||
    localBlocksOf(action).some((block) => block.actions.some(talks))
  );
}

/** Whether the first reads what the second gives a value. */
function reads(first: Action, second: Action): boolean {
  const set =
    second.kind === 'assignment' || second.kind === 'call' ? namesOfTarget(second.into).map(({ text }) => text) : [];
  if (set.length === 0 || (first.kind !== 'assignment' && first.kind !== 'effect')) return false;
  let found = false;
  walkExpr(first.value, (e) => {
    found ||= e.kind === 'name' && set.includes(e.name.text);
  });
  return found;
}
