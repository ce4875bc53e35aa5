// The rounds of a loop over members, and the members that they are about.
import { walkBlock, rolesNamed } from '../../ir/choreography.js';
import type { For } from '../../ir/choreography.js';
import { freeNames } from '../../ir/expression.js';
import type { Expr } from '../../ir/expression.js';
import { exprOf, linearOf, plus, staticKey, times } from '../../ir/static.js';
import { mostRoundsApart } from '../limits.js';
import { nowhere } from './conditions.js';
import type { Informed } from './informed.js';
import type { Numbers, Place, Places } from './places.js';
import { isOne, textOfWho } from './who.js';
import type { One } from './who.js';

/** The members that a round of a loop is about: each may know at the beginning of every round. */
export function candidates(
  places: Places,
  statement: For,
  place: Place,
  numbers: Numbers,
  index: string,
): readonly One[] {
  const found = new Map<string, One>();
  walkBlock(statement.body.statements, (inner) => {
    for (const role of rolesNamed(inner)) {
      const who = places.who(role, place.frame, numbers);
      const names = isOne(who) && who.at ? freeNames(who.at) : new Set<string>();
      // Numbers of loops inside mean nothing at the beginning.
      if (
        isOne(who) &&
        names.has(index) &&
        [...names].every((name) => !name.includes('#') || numbers.indices.some((own) => own.name === name))
      )
        found.set(textOfWho(who), who);
    }
  });
  return [...found.values()];
}

/** The rounds of a loop that are about members who know. */
export function roundsAbout(
  places: Places,
  statement: For,
  place: Place,
  numbers: Numbers,
  index: string,
  informed: Informed,
): readonly Expr[] {
  const found = new Map<string, Expr>();
  for (const member of candidates(places, statement, place, numbers, index)) {
    const own = member.at && linearOf(member.at);
    if (own?.terms.get(index) !== 1 || own.modulo !== undefined) continue;
    for (const who of informed.values()) {
      const at = isOne(who) && who.name === member.name && who.at ? linearOf(who.at) : undefined;
      if (!at || at.modulo !== undefined) continue;
      const value = exprOf(
        plus(
          at,
          times({ constant: own.constant, terms: new Map([...own.terms].filter(([name]) => name !== index)) }, -1),
        ),
        nowhere,
      );
      found.set(staticKey(value), value);
    }
  }
  return [...found.values()].slice(0, mostRoundsApart);
}
