// index-out-of-range: a member that is not there.
import { leastSize, sayLeast, sayValues } from './family-words.js';
import { count } from '../text/words.js';
import { defineRule } from './rule.js';

export const indexOutOfRange = defineRule({
  code: 'index-out-of-range',
  summary: 'An index means a member that the family does not have.',
  explanation: 'The members of a family of `n` are numbered from 0 to `n - 1`. Whether an index is one of them is found out for all sizes that the header allows, and all numbers of the loops around: the message has the smallest of them for which it is not. '
    + 'A part, `Node[a until b]`, goes from `a` up to, and without, `b`; it may be empty, but not begin or end outside.',
  advice: 'Let the loop go less far (`for i in 0 until n - 1`), go round (`Node[(i + 1) % n]`), or ask for more members in the header (`Node[n >= 2]`).',
  bad: 'choreography Pass(Node[n](value: int)) {\n  for i in Node {\n    Node[i].value -> Node[i + 1].got\n  }\n}\n',
  good: 'choreography Pass(Node[n](value: int)) {\n  for i in 0 until n - 1 {\n    Node[i].value -> Node[i + 1].got\n  }\n}\n',
  message: ({ role, index, values, value, size, header }) => {
    const there = size === 0 ? `${role} has no members then` : `${role} has ${count(size, 'member')} then, ${size === 1 ? 'number 0' : `0 to ${size - 1}`}`;
    const what = String(value) === index ? `There may be no ${role}[${index}]` : `\`${index}\` is no member of ${role}`;
    return `${what} where ${sayValues(values)}: ${String(value) === index ? '' : `it is ${value}, and `}${there}.${sayLeast(header, values)}`;
  },
  fixes: ({ header, values }, context) => leastSize(header, values, context),
});
