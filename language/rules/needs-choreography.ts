// needs-choreography: something runs a choreography that is to be given others by who calls it.
import { listed } from '../text/words.js';
import { defineRule } from './rule.js';

export const needsChoreography = defineRule({
  code: 'needs-choreography',
  summary: 'A choreography that takes others as parameters can’t be run without them.',
  explanation:
    'What a choreography does with a parameter such as `decide: choreography(Buyer): bool@Buyer` is known once a choreography is given for it. So it has no projection by itself: it is checked for whatever may be given, and projected in what calls it. A network can’t implement it, and a process can’t call it.',
  advice:
    'Write a choreography that calls it and gives what it wants, `do Buy(B, S, Alone)`, and implement or call that one.',
  bad: 'choreography Buy(Buyer, Seller, decide: choreography(Buyer): bool@Buyer) {\n  Buyer.ok = do decide(Buyer)\n  Buyer.ok -> Seller.sold\n}\n\nchoreography Alone(Someone): bool@Someone {\n  return Someone.yes()\n}\n\nnetwork Shop implements Buy {\n  process Seller {\n    receive sold: bool from Buyer\n    print(sold)\n  }\n}\n\nextern yes(): bool\nextern print(sold: bool)\n',
  good: 'choreography Buy(Buyer, Seller, decide: choreography(Buyer): bool@Buyer) {\n  Buyer.ok = do decide(Buyer)\n  Buyer.ok -> Seller.sold\n}\n\nchoreography Alone(Someone): bool@Someone {\n  return Someone.yes()\n}\n\nchoreography BuyAlone(Buyer, Seller) {\n  do Buy(Buyer, Seller, Alone)\n}\n\nnetwork Shop implements BuyAlone {\n  process Seller {\n    receive sold: bool from Buyer\n  }\n}\n\nextern yes(): bool\n',
  message: ({ choreography, parameters, by }) =>
    `\`${choreography}\` is given ${listed(parameters.map((name) => `\`${name}\``))} by who calls it, and can’t be ${by === 'network' ? 'implemented' : 'run by a process'} without: write a choreography that calls \`${choreography}\`, and ${by === 'network' ? 'implement' : 'call'} that one.`,
  related: ({ choreography, declared }) => [{ ...declared, message: `\`${choreography}\` is declared here` }],
});
