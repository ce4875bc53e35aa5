// unknown-role: a role that the header does not have.
import { writeName } from '../syntax/names.js';
import { givenOtherwise, renameFixes } from '../edits/names.js';
import { alikeFixes, alikeOf, sayAlike } from './look-alikes.js';
import { defineRule, placesOf, usedElsewhere } from './rule.js';
import type { Fix } from '../edits/fix.js';
import { didYouMean } from '../text/words.js';

export const unknownRole = defineRule({
  code: 'unknown-role',
  summary: 'A role that is not in the header.',
  explanation:
    'Everything that happens in a choreography happens at one of its roles, and its header says which these are. In a network, the roles are its processes, and with `implements` those of the choreography as well. A name that is none of them can’t send, receive or decide.',
  advice:
    'Correct the name, or add the role to the header. A choreography that gets another role needs another place filled wherever it is called.',
  bad: 'choreography Order(Buyer, Seller) {\n  Buyer."two apples" -> Seller.order\n  Seller.order -> Shipper.parcel\n}\n',
  good: 'choreography Order(Buyer, Seller, Shipper) {\n  Buyer."two apples" -> Seller.order\n  Seller.order -> Shipper.parcel\n}\n',
  message: ({ name, container, similar, known, process, value, families }) => {
    if (families)
      return `\`${name}\` is a number, and no role of \`${container}\`: the member with that number is \`${families.map((family) => `${family}[${name}]`).join('` or `')}\`.`;
    if (value) return `\`${name}\` is no role: \`${container}\` wants one of ${known.join(', ')} in this place.`;
    const alike = alikeOf(name, similar);
    if (alike !== undefined)
      return `\`${container}\` has no ${process ? 'process' : 'role'} ${name}.${sayAlike(name, alike)}`;
    const roles = known.length === 0 ? 'it has none' : `its roles are ${known.join(', ')}`;
    if (process)
      return `\`${container}\` has no process ${name}: its ${known.length === 1 ? 'only process is' : 'processes are'} ${known.join(', ')}.${didYouMean(similar)}${similar.length === 0 ? ' Add one, or use one of these.' : ''}`;
    return `\`${container}\` has no role ${name}: ${roles}.${didYouMean(similar)}${similar.length === 0 ? ' Add it to the header, or use one of these.' : ''}`;
  },
  elsewhere: ({ name }, count) => usedElsewhere(name, count),
  fixes: (data, context) => {
    if (data.families)
      return data.families.map((family) => ({
        title: `Write \`${family}[${data.name}]\``,
        edits: placesOf(context).map((at) => ({
          uri: context.uri,
          ...at,
          newText: `${writeName(family)}[${writeName(data.name)}]`,
        })),
        preferred: true,
        cost: { doubt: -2 },
      }));
    const alike = alikeOf(data.name, data.similar);
    if (alike !== undefined)
      return alikeFixes(
        context,
        placesOf(context),
        data.name,
        alike,
        ({ kind, container }) => (kind === 'role' || kind === 'process') && container === data.container,
      );
    const places = placesOf(context).length;
    const given = (similar: readonly string[]): Fix[] =>
      givenOtherwise(
        context,
        { name: data.name, similar, places },
        ({ kind, container }) => (kind === 'role' || kind === 'process') && container === data.container,
      );
    // Where it is like none of them, it is the only one that nobody names.
    const unnamed = data.similar.length > 0 ? [] : data.known.flatMap((name) => given([name]));
    const fixes = [
      ...(unnamed.length > 1 ? [] : unnamed),
      ...given(data.similar),
      ...renameFixes(context, placesOf(context), data.similar),
    ];
    if (data.insert) {
      const newText = data.insert.first ? writeName(data.name) : `, ${writeName(data.name)}`;
      fixes.push({
        title: `Add ${data.name} to the roles of \`${data.container}\``,
        edits: [{ uri: context.uri, ...data.insert.at, newText }],
        preferred: data.similar.length === 0,
      });
    }
    if (data.process) {
      fixes.push({
        title: `Add a process ${data.name}`,
        edits: [{ uri: context.uri, ...data.process.after, newText: `\n  process ${writeName(data.name)} {\n  }` }],
      });
    }
    return fixes;
  },
});
