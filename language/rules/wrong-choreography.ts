// wrong-choreography: what is given is not the choreography that a parameter wants.
import type { Misfit } from '../findings/typing.js';
import { count, listed } from '../text/words.js';
import { defineRule } from './rule.js';

export const wrongChoreography = defineRule({
  code: 'wrong-choreography',
  summary: 'A choreography that is given has other roles, inputs or another result than the parameter wants.',
  explanation:
    'A parameter such as `decide: choreography(Buyer): bool@Buyer` says how it is called: with which roles, which inputs each of them gets, which values all know, and what it gives back at which role. What is given has to be called the same way: as many places that are still open, ' +
    'with inputs of the same types, the same result at the same place; a place that stays a server only where the parameter says `server`. What its roles and inputs are called does not matter.',
  advice:
    'Give a choreography that fits, or take its other roles along: `do Buy(B, S, TwoBuyers(_, Friend))`, where `_` are the places that the callee fills, in order. Or change what the parameter says.',
  bad: 'choreography Buy(Buyer, Seller, decide: choreography(Buyer): bool@Buyer) {\n  Buyer.ok = do decide(Buyer)\n  Buyer.ok -> Seller.sold\n}\n\nchoreography Together(One, Other): bool@One {\n  Other.yes() -> One.agrees\n  return One.agrees\n}\n\nchoreography Main(B, S, Friend) {\n  do Buy(B, S, Together)\n  B."bye" -> Friend.end\n}\n\nextern yes(): bool\n',
  good: 'choreography Buy(Buyer, Seller, decide: choreography(Buyer): bool@Buyer) {\n  Buyer.ok = do decide(Buyer)\n  Buyer.ok -> Seller.sold\n}\n\nchoreography Together(One, Other): bool@One {\n  Other.yes() -> One.agrees\n  return One.agrees\n}\n\nchoreography Main(B, S, Friend) {\n  do Buy(B, S, Together(_, Friend))\n  B."bye" -> Friend.end\n}\n\nextern yes(): bool\n',
  message: ({ actual, parameter, wanted, callee, misfit }) =>
    `\`${actual}\` is not what \`${callee}\` wants for \`${parameter}\`, \`${wanted}\`: ${sayMisfit(misfit)}.`,
  related: ({ declared }) =>
    declared?.origin
      ? [{ uri: declared.uri, origin: declared.origin, message: `\`${declared.name}\` is declared here` }]
      : [],
});

function sayMisfit(misfit: Misfit): string {
  switch (misfit.kind) {
    case 'none':
      return 'it is no choreography';
    case 'needs':
      return `it is to be given a choreography itself, \`${misfit.parameter}\``;
    case 'roles': {
      const open =
        misfit.has.length === 0
          ? 'no place is open'
          : `${count(misfit.has.length, 'place')} ${misfit.has.length === 1 ? 'is' : 'are'} open (${misfit.has.join(', ')})`;
      const advice =
        misfit.has.length > misfit.wanted ? '; a role of your own can be given with it, in the place of a `_`' : '';
      return `${open}, and it is called with ${count(misfit.wanted, 'role')}${advice}`;
    }
    case 'family':
      return misfit.several
        ? `its ${misfit.role} is a family, and it is called with a single role, ${misfit.place}`
        : `its ${misfit.role} is a single role, and it is called with a family, ${misfit.place}`;
    case 'least':
      return `its ${misfit.role} has ${count(misfit.least, 'member')} at least, and ${misfit.place} may have fewer`;
    case 'server':
      return `its ${misfit.role} is a server, which may wait for ever, and the parameter does not say so of ${misfit.place}`;
    case 'inputs':
      return `its ${misfit.role} has ${misfit.has === 0 ? 'no inputs' : count(misfit.has, 'input')}, and it is called with ${misfit.wanted === 0 ? 'none' : misfit.wanted}`;
    case 'input':
      return `\`${misfit.input}\` of its ${misfit.role} is of type \`${misfit.is}\`, and not \`${misfit.should}\``;
    case 'values':
      return `${misfit.has.length === 0 ? 'it takes no value that all know' : `all know ${listed(misfit.has.map((name) => `\`${name}\``))} in it`}, and it is called with ${misfit.wanted === 0 ? 'none' : count(misfit.wanted, 'such value')}`;
    case 'value':
      return `\`${misfit.name}\` is of type \`${misfit.is}\` in it, and not \`${misfit.should}\``;
    case 'result':
      return `it gives nothing back there, and \`${misfit.wanted}\` is wanted at ${misfit.role}`;
    case 'result-type':
      return `it gives back \`${misfit.is}\`, and \`${misfit.should}\` is wanted`;
    case 'result-role':
      return `it gives its result back at ${misfit.is}, and it is wanted at ${misfit.should}`;
  }
}
