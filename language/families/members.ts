// The members of families at sizes that are given: roles like any others, called `Node[2]`.
import type { Expr, Name, TextRange } from '../ir/expression.js';
import type { MemberRange, Picked, Quorum } from '../ir/choreography.js';
import type { Members } from '../ir/process.js';
import { roleOf } from '../ir/role.js';
import type { RoleRef } from '../ir/role.js';
import { evaluate, listAt, pickedNumbers } from '../ir/static.js';
import type { Valuation } from '../ir/static.js';
import { replaceNames } from './replace.js';
import type { Sizes } from './sizes.js';
import { mostSubsets, mostWrittenOut } from './limits.js';

/** A label at sizes: with the numbers that it carries in its text. No label of a text has brackets. */
export function labelAt<T extends Name | undefined>(label: T, valuation: Valuation): T {
  if (!label?.rounds) return label;
  const { rounds, ...name } = label;
  const shown = (each: Expr): string => {
    const list = listAt(each, valuation);
    return list ? `[${list.join(', ')}]` : String(evaluate(each, valuation));
  };
  return { ...name, text: `${label.text}[${rounds.map(shown).join()}]` } as T;
}

/** Counts what is written out. */
export class Budget {
  private left = mostWrittenOut;

  /** @returns whether that much may still be written */
  take(steps = 1): boolean {
    this.left -= steps;
    return this.left >= 0;
  }

  /** All that may be picked; nothing where these are too many. */
  choices(pick: Picked, sizes: Sizes, valuation: Valuation): readonly PickedAt[] {
    const found = choicesOf(pick, sizes, valuation);
    if (!found) this.left = Math.min(this.left, -1);
    return found ?? [];
  }

  get exceeded(): boolean {
    return this.left < 0;
  }
}

/** Whole numbers from one up to, and without, another; no more than are needed to see that there are too many. */
function wholes(from: number, until: number): readonly number[] {
  return Array.from({ length: Math.max(0, Math.min(until - from, mostWrittenOut + 1)) }, (_, i) => from + i);
}

/** What a member is called. */
export function memberName(family: string, index: number): string {
  return `${family}[${index}]`;
}

/** Whether a name is one of `memberName`. */
export function isMemberName(name: string): boolean {
  return name.endsWith(']');
}

/**
 * The numbers of the members that a role means; undefined for a role that is no family. Those that are not there are
 * left out. Of those that are picked by a list that has no value here, all that may be are meant.
 */
export function indicesOf(
  { name, index }: RoleRef,
  sizes: Sizes,
  valuation: Valuation,
  speaks?: RoleRef,
): readonly number[] | undefined {
  const size = sizes.get(name.text);
  if (size === undefined) return undefined;
  const within = (from: number, until: number): readonly number[] => wholes(Math.max(0, from), Math.min(until, size));
  switch (index?.kind) {
    case undefined:
      return within(0, size);
    case 'member': {
      const at = evaluate(index.at, valuation);
      return typeof at === 'number' ? within(at, at + 1) : [];
    }
    case 'part': {
      const [from, until] = [evaluate(index.from, valuation), evaluate(index.until, valuation)];
      return typeof from === 'number' && typeof until === 'number' ? within(from, until) : [];
    }
    case 'others': {
      const own =
        speaks?.name.text === name.text && speaks.index?.kind === 'member'
          ? evaluate(speaks.index.at, valuation)
          : undefined;
      return within(0, size).filter((i) => i !== own);
    }
    case 'picked': {
      const list = listAt(index.list, valuation);
      if (list) return list.filter((i) => i >= 0 && i < size);
      const [from, until] = index.part
        ? [evaluate(index.part.from, valuation), evaluate(index.part.until, valuation)]
        : [0, size];
      return typeof from === 'number' && typeof until === 'number' ? within(from, until) : [];
    }
  }
}

/** The roles that are meant, as roles of their own. */
export function rolesMeant(role: RoleRef, sizes: Sizes, valuation: Valuation, speaks?: RoleRef): readonly RoleRef[] {
  return indicesOf(role, sizes, valuation, speaks)?.map((index) => member(role.name, index, role.origin)) ?? [role];
}

export function member(family: Name, index: number, origin: TextRange): RoleRef {
  return { ...roleOf({ text: memberName(family.text, index), origin: family.origin }), origin };
}

/**
 * A quorum at sizes: with its number, and with those of the members that it is about.
 * @param senders as they are written, `count` of them in all
 * @returns `none` where there is no such quorum
 */
export function quorumAt(
  quorum: Quorum | undefined,
  senders: readonly RoleRef[],
  count: number,
  sizes: Sizes,
  valuation: Valuation,
): Quorum | undefined | 'none' {
  if (!quorum) return undefined;
  const needed = quorum.count ? evaluate(quorum.count, valuation) : majorityOf(count);
  if (typeof needed !== 'number' || needed < 1 || needed > count) return 'none';
  const [only] = senders;
  const numbers = only && senders.length === 1 ? indicesOf(only, sizes, valuation) : undefined;
  return {
    ...quorum,
    count: { kind: 'int', text: String(needed), origin: quorum.count?.origin ?? quorum.origin },
    ...(numbers ? { numbers } : {}),
  };
}

/** More than half. */
export function majorityOf(count: number): number {
  return Math.floor(count / 2) + 1;
}

/** The members that a process is of. */
export function memberIndices(members: Members, size: number, sizes: Sizes, valuation: Valuation): readonly number[] {
  switch (members.kind) {
    case 'all':
      return wholes(0, size);
    case 'part':
      return numbersOf({ kind: 'numbers', from: members.from, until: members.until }, sizes, valuation).filter(
        (i) => i >= 0 && i < size,
      );
    case 'one':
      return [evaluate(members.at, valuation)].filter(
        (at): at is number => typeof at === 'number' && at >= 0 && at < size,
      );
  }
}

/** The numbers that a loop goes through. */
export function numbersOf(range: MemberRange, sizes: Sizes, valuation: Valuation): readonly number[] {
  if (range.kind === 'members') return indicesOf(range.of, sizes, valuation) ?? [];
  const [from, until] = [evaluate(range.from, valuation), evaluate(range.until, valuation)];
  return typeof from === 'number' && typeof until === 'number' ? wholes(from, until) : [];
}

/** An expression with sizes and numbers of members as what they are. */
export function valued(expr: Expr, valuation: Valuation): Expr {
  if (valuation.size === 0) return expr;
  return replaceNames(expr, (name, origin) => {
    const value = valuation.get(name);
    return typeof value === 'object'
      ? { kind: 'list', items: value.map((each) => intExpr(each, origin)), origin }
      : value === undefined
        ? undefined
        : intExpr(value, origin);
  });
}

function intExpr(value: number, origin: TextRange): Expr {
  return { kind: 'int', text: String(value), origin };
}

/** What may be picked: a number, or some of them in their order. */
export interface PickedAt {
  readonly at: number | readonly number[];
  /** By what it is matched: the number itself, or that of `maskOf`. */
  readonly matched: number;
}

/**
 * All that may be picked at sizes; of several members each choice of them.
 * @returns undefined where these are too many
 */
function choicesOf({ of, many }: Picked, sizes: Sizes, valuation: Valuation): readonly PickedAt[] | undefined {
  const numbers = indicesOf(of, sizes, valuation) ?? [];
  if (!many) return numbers.map((at) => ({ at, matched: at }));
  if (2 ** numbers.length > mostSubsets) return undefined;
  return Array.from({ length: 2 ** numbers.length }, (_, bits) => numbers.filter((__, i) => (bits & (1 << i)) !== 0))
    .filter((at) => many.count === undefined || at.length === many.count)
    .map((at) => ({ at, matched: maskOf(at) }));
}

/** A number that says which different numbers are in a list. */
function maskOf(numbers: readonly number[]): number {
  return numbers.reduce((mask, each) => mask + 2 ** each, 0);
}

/** What the value by which members are picked is matched as; of a list, the numbers in it, in whatever order. */
export function matchedBy(value: Expr, { many }: Picked): Expr {
  if (!many) return value;
  const { origin } = value;
  return { kind: 'call', callee: { text: pickedNumbers, origin: { start: -1, end: -1 } }, args: [{ value }], origin };
}
