// not-located-here: a value is used at a role that does not hold it.
import type { TextRange } from '../ir/expression.js';
import { isName, writeName } from '../syntax/names.js';
import { listed } from '../text/words.js';
import { givenOtherwise } from '../edits/names.js';
import type { Choreography } from '../ir/choreography.js';
import { closest } from '../syntax/closest.js';
import { defineRule, placesOf, usedElsewhere } from './rule.js';
import type { Repairing } from './rule.js';
import { insertBefore } from '../edits/text.js';
import { sendCase } from '../edits/amend.js';
import { choreographyAt } from '../edits/find.js';
import type { Fix, FixContext } from '../edits/fix.js';
import { heldAt } from '../edits/held.js';

/** What a role keeps under a name like the one that is read, and does not read. */
function keptOtherwise(choreography: Choreography, role: string, name: string, context: Repairing): Fix[] {
  const names = heldAt(choreography, role, () => undefined).flatMap((held) => (held.used ? [] : [held.name]));
  return givenOtherwise(
    context,
    { name, similar: closest(name, names), places: placesOf(context).length },
    (symbol) =>
      (symbol.kind === 'variable' || symbol.kind === 'input') &&
      symbol.role === role &&
      symbol.container === choreography.name.text,
  );
}

export const notLocatedHere = defineRule({
  code: 'not-located-here',
  summary: 'A value is used at a role that does not hold it.',
  explanation:
    'Every variable lives at one role: `Buyer.price` and `Seller.price` are two variables, and what Seller knows, Buyer does not. The role before an expression locates the whole of it, so every name in it has to be that role’s own. Values get from one role to another by communication alone.',
  advice:
    'Send the value to the role that uses it, before it does: `Seller.price -> Buyer.price`. Or let the role that holds it work out the expression, and send the outcome.',
  bad: 'extern priceOf(title: string): int\n\nchoreography Ask(Buyer(title: string), Seller) {\n  Seller.priceOf(title) -> Buyer.price\n}\n',
  good: 'extern priceOf(title: string): int\n\nchoreography Ask(Buyer(title: string), Seller) {\n  Buyer.title -> Seller.title\n  Seller.priceOf(title) -> Buyer.price\n}\n',
  message: ({ kind, name, here, owners, tell, many }) => {
    const [owner = ''] = owners ?? [];
    switch (kind) {
      case 'variable':
        return `\`${name}\` is ${(owners ?? []).join('’s and ')}’s, and ${here} does not have it. Send it there first: \`${owner}.${name} -> ${here}.${name}\`.`;
      case 'case':
        return `\`${name}\` is taken by the pattern at ${listed(owners ?? [])}, and ${here} does not have it. Send it the case with its values: \`-> ${here}._\`.`;
      case 'foreign':
        return `\`${owner}.${name}\` can’t be part of what ${here} works out: it is ${owner}’s. Send it there first: \`${owner}.${name} -> ${here}.${name}\`.`;
      case 'repeated':
        return `The role stands once, before the whole expression: write \`${name}\`, not \`${here}.${name}\`.`;
      case 'picked':
        return `${here} is not told which ${many ? 'members are' : 'member is'} picked, so \`${name}\` is no ${many ? 'list' : 'number'} that it knows. Tell it: \`… -> ${tell?.who ?? here} { … }\`.`;
      case 'process':
        return `${here} can’t see what ${owner} holds. Receive \`${name}\` from ${owner} first.`;
      case 'return':
        return `The header of \`${name}\` says that the result is ${owner}’s, but ${here} returns it here. Send it to ${owner}, and return it there.`;
    }
  },
  elsewhere: (_, count) => usedElsewhere('It', count),
  fixes: ({ kind, name, here, owners, origin, anchor, tell }, context) => {
    const { uri } = context;
    const replace = (newText: string): Fix['edits'][number] => ({ uri, ...origin, newText });
    const send = (owner: string): Fix['edits'][number] =>
      insertBefore(
        context,
        anchor.start,
        `${writeName(owner)}.${writeName(name)} -> ${writeName(here)}.${writeName(name)}`,
      );
    switch (kind) {
      // Who is to send it, or what else is meant, is looked for in the whole choreography (mend/).
      case 'variable': {
        const choreography = choreographyAt(context, origin);
        return choreography ? keptOtherwise(choreography, here, name, context) : [];
      }
      case 'case': {
        const choreography = choreographyAt(context, origin);
        return choreography ? sendCase(choreography, here, name, origin, context) : [];
      }
      case 'foreign':
        return (owners ?? [])
          .filter((owner) => !cameFrom(context, origin, owner, name, here))
          .map((owner) => ({
            title: `Send \`${owner}.${name}\` to ${here} first (1 more message)`,
            edits: [send(owner), replace(writeName(name))],
            preferred: true,
            cost: { messages: 1, doubt: 0 },
          }));
      case 'repeated':
        return [{ title: `Write \`${name}\` alone`, edits: [replace(writeName(name))], preferred: true }];
      case 'process':
        return [];
      case 'picked':
        return tell
          ? [
              {
                title: `Tell ${tell.who} (1 more message)`,
                edits: [{ uri, ...tell.at, newText: `${tell.before}${tell.who}` }],
                preferred: true,
                cost: { messages: 1 },
              },
            ]
          : [];
      case 'return': {
        const [owner] = owners ?? [];
        if (!owner) return [];
        const value = context.text.slice(origin.end + 1, anchor.end);
        const fixes: Fix[] = [{ title: `Return it at ${owner}`, edits: [replace(writeName(owner))] }];
        if (isName(value.replace(/^\^/, ''))) {
          const at = context.text.lastIndexOf('return', origin.start);
          fixes.push({
            title: `Send it to ${owner} first (1 more message)`,
            edits: [
              insertBefore(context, at, `${writeName(here)}.${value} -> ${writeName(owner)}.${value}`),
              replace(writeName(owner)),
            ],
            preferred: true,
          });
        }
        return fixes;
      }
    }
  },
});

/** Whether a role has a variable from another one: then it does not go back there. */
function cameFrom(
  { workspace, uri }: FixContext,
  place: TextRange,
  owner: string,
  name: string,
  from: string,
): boolean {
  const around = workspace
    .file(uri)
    ?.declarations.find((d) => d.origin.start <= place.start && place.end <= d.origin.end);
  return (
    around?.kind === 'choreography' &&
    heldAt(around, owner, () => undefined).some((h) => h.name === name && h.from.has(from))
  );
}
