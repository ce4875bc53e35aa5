// maybe-unassigned: a variable is read where some path has given it no value.
import type { Origin } from '../ir/expression.js';
import { defineRule } from './rule.js';

export interface MaybeUnassigned {
  readonly role: string;
  readonly name: string;
  /** The condition of a path that gives it none; without one, no path does before this point. */
  readonly reason?: string;
  readonly first: { readonly uri: string; readonly origin: Origin };
}

export const maybeUnassigned = defineRule<MaybeUnassigned>({
  code: 'maybe-unassigned',
  severity: 'error',
  summary: 'A variable is read where some path has given it no value.',
  explanation: 'A variable comes to be where its role first receives or assigns it. If that happens in one branch of a decision, or in the body of a loop that may not be entered, then after it there is a path on which the variable has no value. The check follows every path: `if`, `match`, `choice`, `while`, `rec` and `continue`.',
  advice: 'Give the variable a value in the other branch too, or before the decision, or use it inside the branch that gives it one.',
  bad: 'extern dateOf(title: string): string\n\nchoreography Deal(Buyer(ok: bool), Seller): string@Buyer {\n  if Buyer.ok {\n    Buyer -> Seller: accept\n    Seller.dateOf("book") -> Buyer.when\n  } else {\n    Buyer -> Seller: reject\n  }\n  return Buyer.when\n}\n',
  good: 'extern dateOf(title: string): string\n\nchoreography Deal(Buyer(ok: bool), Seller): string@Buyer {\n  if Buyer.ok {\n    Buyer -> Seller: accept\n    Seller.dateOf("book") -> Buyer.when\n  } else {\n    Buyer -> Seller: reject\n    Buyer.when = "never"\n  }\n  return Buyer.when\n}\n',
  message: ({ role, name, reason }) => (reason
    ? `\`${role}.${name}\` has no value if ${reason}. Give it one there too, or before.`
    : `\`${role}.${name}\` has no value yet: it is given one only further on.`),
  related: ({ role, name, first }) => [{ ...first, message: `\`${role}.${name}\` gets a value here` }],
});
