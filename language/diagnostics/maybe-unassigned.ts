// maybe-unassigned: a variable is read where some path has given it no value.
import type { Origin } from '../ir/expression.js';
import { writeName } from '../syntax/names.js';
import { prune } from '../typing/types.js';
import type { Type } from '../typing/types.js';
import { indentOf, lineStart } from './edits.js';
import { defineRule } from './rule.js';

export interface MaybeUnassigned {
  readonly role: string;
  readonly name: string;
  /** The condition of a path that gives it none, with its block, which is empty where an `else` could stand; without one, no path does before this point. */
  readonly reason?: { readonly text: string; readonly place?: Origin };
  readonly type: Type;
  /** It is a variable of a process, which is written without its role. */
  readonly process: boolean;
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
    ? `\`${role}.${name}\` has no value if ${reason.text}. Give it one there too, or before.`
    : `\`${role}.${name}\` has no value yet: it is given one only further on.`),
  related: ({ role, name, first }) => [{ ...first, message: `\`${role}.${name}\` gets a value here` }],
  fixes: ({ role, name, reason, type, process }, { uri, text }) => {
    const value = plainValue(type);
    if (!value || !reason?.place) return [];
    const statement = `${process ? '' : `${writeName(role)}.`}${writeName(name)} = ${value}`;
    const { start, end } = reason.place;
    if (start === end) {
      const own = indentOf(text, lineStart(text, start) + (/^[ \t]*/.exec(text.slice(lineStart(text, start)))?.[0].length ?? 0));
      return [{ title: `Give it a value there: \`else { ${statement} }\``, edits: [{ uri, start, end, newText: ` else {\n${own}  ${statement}\n${own}}` }], cost: { doubt: 6 } }];
    }
    // Last in the block: on a line of its own where the closing brace has one.
    const brace = end - 1;
    const indent = indentOf(text, brace);
    const alone = text.slice(lineStart(text, brace), brace).trim() === '';
    const empty = text.slice(start + 1, brace).trim() === '';
    const edit = alone
      ? { uri, start: brace - indent.length, end: brace - indent.length, newText: `${indent}  ${statement}\n` }
      : { uri, start: brace, end: brace, newText: empty && text.charAt(brace - 1) !== ' ' ? ` ${statement} ` : `${text.charAt(brace - 1) === ' ' ? '' : ' '}${statement} ` };
    return [{ title: `Give it a value there: \`${statement}\``, edits: [edit], cost: { doubt: 6 } }];
  },
});

/** A value to begin with, for the types that have one. */
function plainValue(type: Type): string | undefined {
  const t = prune(type);
  switch (t.kind) {
    case 'list': return '[]';
    case 'option': return 'none';
    case 'variable': return t.need === 'number' ? '0' : undefined;
    case 'basic': return { int: '0', float: '0.0', bool: 'false', string: '""' }[t.name];
    case 'function': case 'named': case 'tuple': case 'unknown': return undefined;
  }
}
