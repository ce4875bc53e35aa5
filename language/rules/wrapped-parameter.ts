// wrapped-parameter: a parameter that is a choreography is put into another choreography that is given.
import { defineRule } from './rule.js';

export const wrappedParameter = defineRule({
  code: 'wrapped-parameter',
  summary: 'A choreography that is a parameter is wrapped in another one, instead of being handed on as it is.',
  explanation:
    'A choreography that is given is put in where it is called, so that each projection can be written out: there is one for each choreography that is given. A parameter can be handed on as it is. Wrapped in another choreography, or with some of its places taken, it would be something new in each call, and a choreography that calls itself ' +
    'could go on making new ones for ever.',
  advice:
    'Hand the parameter on as it is; or write the choreography that wraps it as one that takes a choreography itself, and call it: `do Twice(Buyer, decide)`.',
  bad: 'choreography Buy(Buyer, Seller, decide: choreography(Buyer): bool@Buyer) {\n  Buyer.ok = do Ask(Buyer, Twice(_, decide))\n  Buyer.ok -> Seller.sold\n}\n\nchoreography Ask(Someone, decide: choreography(Someone): bool@Someone): bool@Someone {\n  Someone.yes = do decide(Someone)\n  return Someone.yes\n}\n\nchoreography Twice(Someone, decide: choreography(Someone): bool@Someone): bool@Someone {\n  Someone.one = do decide(Someone)\n  Someone.two = do decide(Someone)\n  return Someone.one and two\n}\n',
  good: 'choreography Buy(Buyer, Seller, decide: choreography(Buyer): bool@Buyer) {\n  Buyer.ok = do Twice(Buyer, decide)\n  Buyer.ok -> Seller.sold\n}\n\nchoreography Twice(Someone, decide: choreography(Someone): bool@Someone): bool@Someone {\n  Someone.one = do decide(Someone)\n  Someone.two = do decide(Someone)\n  return Someone.one and two\n}\n',
  message: ({ parameter, kind, shown }) =>
    kind === 'wrapped'
      ? `\`${parameter}\` is a parameter, and can’t be wrapped in another choreography, as in \`${shown}\`: it is handed on as it is. Call what wraps it instead, and give it \`${parameter}\`.`
      : `\`${parameter}\` is a parameter, and its places can’t be taken before it is handed on, as in \`${shown}\`: write \`${parameter}\` alone.`,
});
