// The messages that a machine is still to drop: of those that sent in vain, since it went on with what came first.

/** How many messages are dropped, by who sends them and their label. In the order of the senders. */
export interface Owed {
  readonly of: readonly { readonly peer: number; readonly label: number; readonly count: number }[];
  /** The same text exactly for the same. */
  readonly key: string;
}

export const owesNothing: Owed = { of: [], key: '' };

/** Whether messages of a sender are to be dropped. */
export function owes({ of }: Owed, peer: number): boolean {
  return of.some((each) => each.peer === peer);
}

/** What is dropped next of each sender. */
export function droppedNext({ of }: Owed): Owed['of'] {
  return of.filter(({ peer }, i) => of.findIndex((other) => other.peer === peer) === i);
}

function owedOf(of: Owed['of']): Owed {
  return of.length === 0 ? owesNothing : { of, key: of.map(({ peer, label, count }) => `${peer}:${label}:${count}`).join() };
}

/** One message more of a sender, after those that it owes already. */
export function oweMore({ of }: Owed, peer: number, label: number): Owed {
  const own = of.filter((each) => each.peer === peer);
  const last = own.at(-1);
  const more = last?.label === label ? [...own.slice(0, -1), { ...last, count: last.count + 1 }] : [...own, { peer, label, count: 1 }];
  return owedOf([...of.filter((each) => each.peer !== peer), ...more].sort((a, b) => a.peer - b.peer));
}

/** One message less of a sender, the one that comes first. */
export function oweOneLess({ of }: Owed, peer: number): Owed {
  const first = of.find((each) => each.peer === peer);
  return owedOf(of.flatMap((each) => (each !== first ? [each] : each.count > 1 ? [{ ...each, count: each.count - 1 }] : [])));
}
