// Who sends what to whom in a network, and who waits for it: what is sent and awaited on both sides needs no mending.
import type { Action, Process } from '../../ir/process.js';
import { walkActions } from '../../ir/process.js';

/** A kind of message: from whom, to whom, with which label. */
export interface Message {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
}

/** How often a kind of message stands at either end. */
interface Count {
  readonly message: Message;
  sends: number;
  receives: number;
}

/** A change of one of these numbers. */
export interface Change {
  readonly message: Message;
  readonly end: 'sends' | 'receives';
  readonly by: 1 | -1;
}

export interface Balance {
  readonly counts: readonly Count[];
  countOf(message: Message): { readonly sends: number; readonly receives: number };
  /** How far the ends are from each other after changes: 0 is the least. */
  after(changes: readonly Change[]): number;
}

function keyOf({ from, to, label }: Message): string {
  return `${from}>${to}:${label ?? ''}`;
}

/** The messages of an action alone. */
export function messagesOf(action: Action, own: string): Change[] {
  if (action.kind === 'send') return [{ message: { from: own, to: action.receiver.key, label: action.label?.name.text }, end: 'sends', by: 1 }];
  if (action.kind === 'gather') return action.senders.map(({ key }) => ({ message: { from: key, to: own, label: action.label?.text }, end: 'receives', by: 1 }));
  if (action.kind === 'receive') return action.branches.map((b) => ({ message: { from: b.sender.key, to: own, label: b.label?.text }, end: 'receives', by: 1 }));
  return [];
}

/** The weight of a kind of message by its numbers: that one end is missing altogether counts most. */
function weight(sends: number, receives: number): number {
  return (sends === 0) !== (receives === 0) ? 4 + Math.abs(sends - receives) : Math.abs(sends - receives) > 0 ? 1 : 0;
}

/** @param processes all roles of a network, written or designed */
export function balanceOf(processes: readonly Process[]): Balance {
  const counts = new Map<string, Count>();
  const add = (into: Map<string, Count>, { message, end, by }: Change): void => {
    const key = keyOf(message);
    const known = into.get(key) ?? { message, sends: 0, receives: 0 };
    into.set(key, { ...known, [end]: known[end] + by });
  };
  for (const process of processes) walkActions(process.body.actions, (action) => messagesOf(action, process.name.text).forEach((change) => add(counts, change)));
  const total = (all: Iterable<Count>): number => [...all].reduce((sum, { sends, receives }) => sum + weight(sends, receives), 0);
  const before = total(counts.values());
  return {
    counts: [...counts.values()],
    countOf: (message) => counts.get(keyOf(message)) ?? { sends: 0, receives: 0 },
    after(changes) {
      const changed = new Map<string, Count>();
      for (const change of changes) {
        const key = keyOf(change.message);
        if (!changed.has(key)) changed.set(key, counts.get(key) ?? { message: change.message, sends: 0, receives: 0 });
        add(changed, change);
      }
      let result = before;
      for (const [key, { sends, receives }] of changed) {
        const was = counts.get(key);
        result += weight(sends, receives) - (was ? weight(was.sends, was.receives) : 0);
      }
      return result;
    },
  };
}
