// unknown-variable: a name in an expression that nothing gives a value.
import { writeName } from '../syntax/names.js';
import { givenOtherwise, importFixes, renameFixes } from '../edits/names.js';
import { alikeFixes, alikeOf, sayAlike } from './look-alikes.js';
import { defineRule, placesOf, usedElsewhere } from './rule.js';
import { didYouMean } from '../text/words.js';

export const unknownVariable = defineRule({
  code: 'unknown-variable',
  summary: 'A variable that is given a value nowhere.',
  explanation:
    'A variable comes to be where its role first receives or assigns it, or as an input in the header. This name is none of the role’s variables, and no constant, function or enum case either.',
  advice:
    'Correct the name; or receive or assign it before it is used; or make it an input of the role, as in `Buyer(budget: int)`. If it is a constant, a case or a function of another file, import it.',
  bad: 'choreography Ask(Buyer, Seller) {\n  Buyer.titel -> Seller.wanted\n}\n',
  good: 'choreography Ask(Buyer(titel: string), Seller) {\n  Buyer.titel -> Seller.wanted\n}\n',
  message: ({ name, role, similar, elsewhere }) => {
    const alike = alikeOf(name.text, similar);
    if (alike !== undefined)
      return `${role ? `${role} has no variable` : 'There is no parameter, constant or function'} \`${name.text}\`.${sayAlike(name.text, alike)}`;
    if (!role) return `There is no parameter, constant or function \`${name.text}\` here.${didYouMean(similar)}`;
    if (elsewhere && elsewhere.length > 0 && similar.length === 0)
      return `${role} has no variable \`${name.text}\`: that one is ${elsewhere.join('’s and ')}’s. ${role} has to receive it first.`;
    const advice = similar.length > 0 ? didYouMean(similar) : ` ${role} has to receive or assign it first.`;
    return `${role} has no variable \`${name.text}\`.${advice}`;
  },
  elsewhere: (_, count) => usedElsewhere('It', count),
  fixes: (data, context) => {
    const { name, header, role } = data;
    const places = placesOf(context);
    const around = context.workspace
      .file(context.uri)
      ?.declarations.find(({ origin }) => origin.start <= name.origin.start && name.origin.end <= origin.end)
      ?.name.text;
    const alike = alikeOf(name.text, data.similar);
    if (alike !== undefined) {
      return alikeFixes(
        context,
        places,
        name.text,
        alike,
        (symbol) =>
          (symbol.role === role && symbol.container === around) ||
          (symbol.uri === context.uri && ['constant', 'function', 'enum-case', 'parameter'].includes(symbol.kind)),
      );
    }
    const fixes = [
      ...(role === undefined
        ? []
        : givenOtherwise(
            context,
            { name: name.text, similar: data.similar, places: places.length },
            (symbol) =>
              (symbol.kind === 'variable' || symbol.kind === 'input') &&
              symbol.role === role &&
              symbol.container === around,
          )),
      ...renameFixes(context, places, data.similar),
      ...importFixes(context, name.text, ['const', 'enum-case', 'function', 'extern-function']),
    ];
    const type =
      data.type ??
      context.consequences.flatMap((other) => (other.code === 'unknown-variable' ? (other.args.type ?? []) : []))[0];
    if (header && type) {
      const input = `${writeName(name.text)}: ${type}`;
      fixes.push({
        title: `Make \`${name.text}: ${type}\` an input of ${role ?? ''}`,
        edits: [{ uri: context.uri, ...header.at, newText: header.form === 'first' ? `(${input})` : `, ${input}` }],
      });
    }
    return fixes;
  },
});
