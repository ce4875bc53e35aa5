// Who somebody is in the outermost choreography: a role, or members of a family by their numbers.
import { freeNames } from '../../ir/expression.js';
import type { Expr } from '../../ir/expression.js';
import { staticKey } from '../../ir/static.js';
import { all, both, compare, equal, not } from './conditions.js';
import type { Condition } from './conditions.js';

/** A role as the outermost choreography calls it: by itself, or a member of a family by its number. */
export interface One {
  readonly name: string;
  readonly at?: Expr;
}

/** Several members of a family: from a number up to another, but for one. */
export interface Several {
  readonly name: string;
  readonly from: Expr;
  readonly until: Expr;
  readonly except?: Expr;
  /** Some of these, or none: which ones are picked is not known here. */
  readonly some?: true;
}

export type Who = One | Several;

export function isOne(who: Who): who is One {
  return !('from' in who);
}

/** Whether it is not known who is meant: those who were picked. */
export function isPicked(who: Who): boolean {
  return !isOne(who) && who.some === true;
}

/** Whether one is the other, or among them: a condition on their numbers, or what it is whatever these are. */
export function same(who: Who, other: Who): Condition {
  if (who.name !== other.name) return false;
  if (!isOne(other)) return isOne(who) ? same(other, who) : true;
  if (!other.at) return true;
  if (isOne(who)) return who.at ? equal(who.at, other.at) : true;
  const within = all([compare('>=', other.at, who.from), compare('<', other.at, who.until)]);
  return who.except ? both(within, not(equal(other.at, who.except))) : within;
}

/** Whether the number of a member depends on another one. */
export function mentions({ at }: One, name: string): boolean {
  return at !== undefined && freeNames(at).has(name);
}

/** A text that stands for them. */
export function textOfWho(who: Who): string {
  if (isOne(who)) return who.at ? `${who.name}[${staticKey(who.at)}]` : who.name;
  return `${who.name}[${staticKey(who.from)} until ${staticKey(who.until)}${who.some ? ' picked' : ''}${who.except ? ` but ${staticKey(who.except)}` : ''}]`;
}
