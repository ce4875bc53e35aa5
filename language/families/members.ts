// The members of families at sizes that are given: roles like any others, called `Node[2]`.
import type { Expr, Name, TextRange } from '../ir/expression.js';
import type { MemberRange, Quorum } from '../ir/choreography.js';
import type { Members } from '../ir/process.js';
import { roleOf } from '../ir/role.js';
import type { RoleRef } from '../ir/role.js';
import { evaluate } from '../ir/static.js';
import type { Valuation } from '../ir/static.js';
import { replaceNames } from './replace.js';
import type { Sizes } from './sizes.js';
import { mostWrittenOut } from './limits.js';

/** Counts what is written out. */
/** A label at sizes: with the numbers that it carries in its text. No label of a text has brackets. */
export function labelAt<T extends Name | undefined>(label: T, valuation: Valuation): T {
  if (!label?.rounds) return label;
  const { rounds, ...name } = label;
  return { ...name, text: `${label.text}[${rounds.map((each) => String(evaluate(each, valuation))).join()}]` } as T;
}

export class Budget {
  private left = mostWrittenOut;

  /** @returns whether that much may still be written */
  take(steps = 1): boolean {
    this.left -= steps;
    return this.left >= 0;
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
 * left out.
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
    return value === undefined ? undefined : { kind: 'int', text: String(value), origin };
  });
}
