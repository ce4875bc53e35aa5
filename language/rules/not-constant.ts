// not-constant: a constant whose value is not fixed before anything runs.
import { listed } from '../text/words.js';
import { defineRule } from './rule.js';

export const notConstant = defineRule({
  code: 'not-constant',
  summary: 'A constant whose value is not fixed.',
  explanation:
    'A constant is one value, known before anything runs, and the same at every role that uses it. So it can’t be computed from itself, and it can’t ask the host program, whose answer at one role may be another at the next.',
  advice:
    'Write the value out. What the host program answers is asked by one role, which sends it to the others; what several places compute alike is a `function`.',
  bad: 'extern readRate(): int\n\nconst rate = readRate()\n\nchoreography Ask(Buyer(price: int), Seller) {\n  Buyer.price * rate -> Seller.total\n}\n',
  good: 'const rate = 3\n\nchoreography Ask(Buyer(price: int), Seller) {\n  Buyer.price * rate -> Seller.total\n}\n',
  message({ kind, name, by }) {
    if (kind === 'circle') {
      const others = by.slice(0, -1);
      const way =
        others.length === 0
          ? ''
          : `, by way of ${listed(others.slice(0, 4).map((other) => `\`${other}\``))}${others.length > 4 ? ' and others' : ''}`;
      return `\`${name}\` is computed from itself${way}: it has no value. Write its value out.`;
    }
    return `A constant is the same wherever it is used, but ${listed(by.slice(0, 3).map((each) => `\`${each}\``))} ${by.length > 1 ? 'are' : 'is'} for the host program to answer. Let one role ask, and send the answer to the others.`;
  },
});
