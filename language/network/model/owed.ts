// The messages that a machine is still to drop: of those that sent in vain, since it went on with what came first.
import { areBeside } from './running-threads.js';
import type { RunningThread } from './places.js';

interface Owing {
  readonly peer: number;
  readonly label: number;
  readonly count: number;
  /** The thread that went on; undefined where that is the machine itself. */
  readonly owner?: RunningThread;
}

/**
 * How many messages are dropped, by who sends them and their label. In the order of the senders, and of the time, but
 * for threads that go on beside each other.
 */
export interface Owed {
  readonly of: readonly Owing[];
  /** The same text exactly for the same. */
  readonly key: string;
}

export const owesNothing: Owed = { of: [], key: '' };

/**
 * Whether messages of a sender are to be dropped before a thread goes on with others of it: those that others beside it
 * owe are none of its own.
 */
export function owes({ of }: Owed, peer: number, thread: RunningThread | undefined): boolean {
  return of.some((each) => each.peer === peer && !areBeside(each.owner, thread));
}

/** What is dropped next of each sender: what was owed first, and what threads beside that owe. */
export function droppedNext({ of }: Owed): Owed['of'] {
  return of.filter((each, i) => !of.slice(0, i).some((before) => comesFirst(before, each)));
}

/** Whether one has to wait for another that was owed before. */
function comesFirst(before: Owing, each: Owing): boolean {
  return before.peer === each.peer && !areBeside(before.owner, each.owner);
}

function owedOf(of: Owed['of']): Owed {
  return of.length === 0
    ? owesNothing
    : {
        of,
        key: of
          .map(({ peer, label, count, owner }) => `${peer}:${label}:${count}${owner ? `:${owner.id}` : ''}`)
          .join(),
      };
}

/** One message more of a sender, after those that it owes already. */
export function oweMore({ of }: Owed, peer: number, label: number, owner: RunningThread | undefined): Owed {
  const added: Owing = { peer, label, count: 1, ...(owner ? { owner } : {}) };
  const last = of.findLastIndex((each) => comesFirst(each, added));
  const known = of[last];
  if (known?.owner === owner && known?.label === label)
    return owedOf(of.with(last, { ...known, count: known.count + 1 }));
  // Of those that may come in any order, one order.
  const at = of.findIndex(
    (each, i) => i > last && (each.peer > peer || (each.peer === peer && (each.owner?.id ?? 0) > (owner?.id ?? 0))),
  );
  return owedOf(at < 0 ? [...of, added] : of.toSpliced(at, 0, added));
}

/** One message less of a sender, the one that comes first. */
export function oweOneLess({ of }: Owed, peer: number, owner: RunningThread | undefined): Owed {
  const first = of.find((each) => each.peer === peer && each.owner === owner);
  return owedOf(
    of.flatMap((each) => (each !== first ? [each] : each.count > 1 ? [{ ...each, count: each.count - 1 }] : [])),
  );
}
