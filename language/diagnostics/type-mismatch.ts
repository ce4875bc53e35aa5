// type-mismatch: a value of one type where another is needed.
import type { Origin } from '../ir/expression.js';
import { writeName } from '../syntax/names.js';
import type { Type } from '../typing/types.js';
import { writeType } from '../typing/write.js';
import { defineRule } from './rule.js';
import type { Edit, Fix } from './rule.js';

export interface TypeMismatch {
  /** The expression as it stands, shortened. */
  readonly subject: string;
  readonly origin: Origin;
  readonly actual: string;
  readonly expected?: string;
  /** Who needs what: `greet` takes a `string`. */
  readonly demand: string;
  /** The whole message, where it is of another form. */
  readonly sentence?: string;
  /** What the demand comes from. */
  readonly because?: { readonly uri: string; readonly origin?: Origin; readonly message: string };
  /** What a fix may take away. */
  readonly remove?: Origin;
  /** Where a header takes a result. */
  readonly header?: { readonly at: number; readonly role: string; readonly type: Type };
}

export const typeMismatch = defineRule<TypeMismatch>({
  code: 'type-mismatch',
  severity: 'error',
  summary: 'A value of one type where another is needed.',
  explanation: 'Types are inferred: a variable has the type of what it first receives or is assigned, and it keeps that type throughout its choreography. `int` and `float` do not mix, but a whole number written out, such as `2`, is a `float` where one is needed. Nothing is converted by itself.',
  advice: 'The message says what the value is and what is needed. Convert with `toString`, `toFloat`, `round` or `parseInt`; wrap with `some(…)` where an option is needed, and take out with `getOr(option, otherwise)` or by `match`.',
  bad: 'extern greet(name: string)\n\nchoreography Sale(Seller(price: int), Buyer) {\n  Seller.price -> Buyer.price\n  Buyer.greet(price)\n}\n',
  good: 'extern greet(name: string)\n\nchoreography Sale(Seller(price: int), Buyer) {\n  Seller.price -> Buyer.price\n  Buyer.greet(toString(price))\n}\n',
  message: ({ subject, actual, demand, sentence }) => {
    if (sentence) return sentence;
    const is = actual === '()' ? 'gives no value' : `is ${/^[aeiou]/i.test(actual) ? 'an' : 'a'} \`${actual}\``;
    return `\`${subject}\` ${is} here, but ${demand}.`;
  },
  related: ({ because }) => (because?.origin ? [{ uri: because.uri, origin: because.origin, message: because.message }] : []),
  fixes: (data, context) => {
    const { uri } = context;
    const { origin, actual, expected } = data;
    const fixes: Fix[] = [];
    if (data.remove) fixes.push({ title: 'Take no value', edits: [{ uri, ...data.remove, newText: '' }] });
    if (data.header) {
      const type = writeType(data.header.type, 'string');
      if (type) fixes.push({ title: `Add the result \`${type}@${data.header.role}\` to the header`, edits: [{ uri, start: data.header.at, end: data.header.at, newText: `: ${type}@${writeName(data.header.role)}` }], preferred: true });
    }
    const wrap = (before: string, after = ')'): Edit[] => [{ uri, start: origin.start, end: origin.start, newText: before }, { uri, start: origin.end, end: origin.end, newText: after }];
    const offer = (before: string, after = ')'): void => void fixes.push({ title: `Convert: \`${before}…${after}\``, edits: wrap(before, after) });
    if (expected === `option<${actual}>`) offer('some(');
    if (expected === 'string' && ['int', 'float', 'bool'].includes(actual)) offer('toString(');
    if (expected === 'float' && actual === 'int') offer('toFloat(');
    if (expected === 'int' && actual === 'float') offer('round(');
    if (expected === 'option<int>' && actual === 'string') offer('parseInt(');
    if (expected === 'option<float>' && actual === 'string') offer('parseFloat(');
    const only = fixes.length === 1 ? fixes[0] : undefined;
    return only ? [{ ...only, preferred: true }] : fixes;
  },
});
