// Who sends what to whom in a network, and who waits for it: what is sent and awaited on both sides needs no mending.
import type { Action, Process } from '../../ir/process.js';
import { mapActions, walkActions } from '../../ir/process.js';
import { membersOf } from '../../ir/role.js';
import type { RoleIndex, RoleRef } from '../../ir/role.js';

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

/** Changes that take others back. */
export function undone(changes: readonly Change[]): Change[] {
  return changes.map((change) => ({ ...change, by: change.by === 1 ? -1 : 1 }));
}

export interface Balance {
  readonly counts: readonly Count[];
  countOf(message: Message): { readonly sends: number; readonly receives: number };
  /** How far the ends are from each other after changes: 0 is the least. */
  after(changes: readonly Change[]): number;
}

/** The process, in which members of families are called by these: all of them have one text. */
export function withoutNumbers(process: Process): Process {
  const plain = <R extends RoleRef | undefined>(role: R): R => (role?.index ? { ...role, key: role.name.text } : role);
  return {
    ...process,
    body: mapActions(process.body, (action) => {
      switch (action.kind) {
        case 'send':
          return { ...action, receiver: plain(action.receiver) };
        case 'receive':
          return {
            ...action,
            from: plain(action.from),
            branches: action.branches.map((branch) => ({ ...branch, sender: plain(branch.sender) })),
          };
        case 'gather':
          return { ...action, senders: action.senders.map(plain) };
        case 'assignment':
        case 'at':
        case 'call':
        case 'choice':
        case 'continue':
        case 'effect':
        case 'for':
        case 'hole':
        case 'if':
        case 'leave':
        case 'match':
        case 'par':
        case 'pick':
        case 'rec':
        case 'when':
        case 'while':
          return action;
      }
    }),
  };
}

/**
 * The process of a family in which a member's number is called as in another one; as it is, where it has that name for
 * something else. Cost: linear
 */
export function numberedAs(process: Process, other: Process): Process {
  const [own, wanted] = [process.members, other.members];
  if (own?.kind !== 'all' || wanted?.kind !== 'all' || own.index.text === wanted.index.text) return process;
  let taken = false;
  const visit = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(visit);
    if (typeof part !== 'object' || part === null) return part;
    if ('text' in part && 'origin' in part && part.text === wanted.index.text) taken = true;
    if ('text' in part && 'origin' in part && part.text === own.index.text) return { ...part, text: wanted.index.text };
    const inner = Object.fromEntries(
      Object.entries(part).map(([key, value]: [string, unknown]) => [key, visit(value)]),
    );
    return isMember(part)
      ? { ...inner, key: membersOf(part.name, (inner as { index: RoleIndex }).index, part.origin).key }
      : inner;
  };
  // The same shape comes out as went in.
  const renamed = visit(process) as Process;
  return taken ? process : renamed;
}

function isMember(part: object): part is RoleRef {
  return 'key' in part && 'index' in part && part.index !== undefined;
}

/** What is called by a name in a run: a role, or the family of a member. */
export function familyName(role: string): string {
  return role.replace(/\[\d+\]$/, '');
}

function keyOf({ from, to, label }: Message): string {
  return `${from}>${to}:${label ?? ''}`;
}

/** The messages of an action alone. */
export function messagesOf(action: Action, own: string): Change[] {
  if (action.kind === 'send')
    return [{ message: { from: own, to: action.receiver.key, label: action.label?.name.text }, end: 'sends', by: 1 }];
  if (action.kind === 'gather')
    return action.senders.map(({ key }) => ({
      message: { from: key, to: own, label: action.label?.text },
      end: 'receives',
      by: 1,
    }));
  if (action.kind === 'receive')
    return action.branches.map((b) => ({
      message: { from: b.sender.key, to: own, label: b.label?.text },
      end: 'receives',
      by: 1,
    }));
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
  for (const process of processes)
    walkActions(process.body.actions, (action) =>
      messagesOf(action, process.name.text).forEach((change) => add(counts, change)),
    );
  const total = (all: Iterable<Count>): number =>
    [...all].reduce((sum, { sends, receives }) => sum + weight(sends, receives), 0);
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
