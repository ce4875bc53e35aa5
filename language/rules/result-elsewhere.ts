// result-elsewhere: the result of a call is taken at a role that it is not given to.
import { defineRule } from './rule.js';

export const resultElsewhere = defineRule({
  code: 'result-elsewhere',
  summary: 'The result of a call is taken at a role that does not get it.',
  explanation:
    'A choreography gives its results to roles of its own: `choreography Quote(Buyer, Seller): int@Buyer`. In a call, the role that stands in such a place has the result, and nobody else; where a family does, each of its members has its own.',
  advice:
    'Take the result at the role that has it, and send it on if another needs it. A result that another role is to have as well can be given to both: `int@Buyer, int@Seller`.',
  bad: `choreography Quote(Buyer, Seller): int@Buyer {
  Seller.5 -> Buyer.price
  return Buyer.price
}

choreography Shop(Alice, Bob) {
  Bob.price = do Quote(Alice, Bob)
}
`,
  good: `choreography Quote(Buyer, Seller): int@Buyer {
  Seller.5 -> Buyer.price
  return Buyer.price
}

choreography Shop(Alice, Bob) {
  Alice.price = do Quote(Alice, Bob)
}
`,
  message: ({ callee, target, place, actual, taken }) =>
    taken
      ? `\`${callee}\` gives no result to ${target.role}.`
      : `\`${callee}\` gives its result to ${place}, which is ${actual} here, not ${target.role}. Take it at ${actual}, and send it to ${target.role} if it is needed there.`,
  fixes: ({ target, actual, write, taken }, { uri }) =>
    taken
      ? []
      : [
          {
            title: `Take the result at ${actual}`,
            edits: [{ uri, ...target.origin, newText: write }],
            preferred: true,
          },
        ],
});
