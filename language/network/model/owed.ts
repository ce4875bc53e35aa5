// The messages that a machine is still to drop: of those that sent in vain, since it went on with what came first.
import { chainOf } from './running-threads.js';
import type { RunningThread } from './places.js';

interface Owing {
  readonly peer: number;
  readonly label: number;
  readonly count: number;
  /** The thread that went on; undefined where that is the machine itself. */
  readonly owner?: RunningThread;
}

/** How many messages are dropped, by who sends them and their label. In the order of the senders. */
export interface Owed {
  readonly of: readonly Owing[];
  /** The same text exactly for the same. */
  readonly key: string;
}

export const owesNothing: Owed = { of: [], key: '' };

/** Whether messages of a sender are to be dropped before a thread goes on with others of it: by itself, or by what it is a part of. */
export function owes({ of }: Owed, peer: number, thread: RunningThread | undefined): boolean {
  if (of.length === 0) return false;
  const chain = chainOf(thread);
  return of.some((each) => each.peer === peer && (!each.owner || chain.includes(each.owner)));
}

/** What is dropped next of each sender, by each of those that owe it: what a thread is a part of owes before it. */
export function droppedNext({ of }: Owed): Owed['of'] {
  return of.filter((each, i) => of.findIndex((other) => isAlike(each, other)) === i
    && !of.some(({ peer, owner }) => peer === each.peer && owner !== each.owner && (!owner || chainOf(each.owner).includes(owner))));
}

function isAlike(one: Owing, other: Owing): boolean {
  return one.peer === other.peer && one.owner === other.owner;
}

function owedOf(of: Owed['of']): Owed {
  return of.length === 0 ? owesNothing : { of, key: of.map(({ peer, label, count, owner }) => `${peer}:${label}:${count}${owner ? `:${owner.id}` : ''}`).join() };
}

/** One message more of a sender, after those that it owes already. */
export function oweMore(owed: Owed, peer: number, label: number, owner: RunningThread | undefined): Owed {
  return owedOf(more(owed.of, { peer, label, count: 1, ...(owner ? { owner } : {}) }));
}

function more(of: Owed['of'], added: Owing): Owed['of'] {
  const own = of.filter((each) => isAlike(each, added));
  const last = own.at(-1);
  const made = last?.label === added.label ? [...own.slice(0, -1), { ...last, count: last.count + added.count }] : [...own, added];
  return [...of.filter((each) => !isAlike(each, added)), ...made].sort((a, b) => a.peer - b.peer || (a.owner?.id ?? 0) - (b.owner?.id ?? 0));
}

/** One message less of a sender, the one that comes first. */
export function oweOneLess({ of }: Owed, peer: number, owner: RunningThread | undefined): Owed {
  const first = of.find((each) => each.peer === peer && each.owner === owner);
  return owedOf(of.flatMap((each) => (each !== first ? [each] : each.count > 1 ? [{ ...each, count: each.count - 1 }] : [])));
}

/** What threads owe that have come to their end, as owed by what they are a part of. */
export function handedOver(owed: Owed, threads: readonly (RunningThread | undefined)[]): Owed {
  if (!owed.of.some(({ owner }) => owner && threads.includes(owner))) return owed;
  return owedOf(owed.of.reduce<Owed['of']>((made, { owner, ...each }) => {
    const to = owner && threads.includes(owner) ? owner.outer : owner;
    return more(made, { ...each, ...(to ? { owner: to } : {}) });
  }, []));
}
