// Those who know that a message was received.
import { ask } from '../../families/solve.js';
import type { Known } from '../../families/solve.js';
import { freeNames } from '../../ir/expression.js';
import { all, compare, either, holds, nameOf, unknownValue } from './conditions.js';
import { isOne, isPicked, same, textOfWho } from './who.js';
import type { One, Who } from './who.js';

/** Those who know, by a text that stands for each. */
export type Informed = ReadonlyMap<string, Who>;

/** Whether somebody is sure to be among those who know. */
export function knows(who: One, informed: Informed, known: Known): boolean {
  if (informed.has(textOfWho(who))) return true;
  if (!who.at) return false;
  const ways = [...informed.values()].map((each) => same(each, who)).filter((way) => way !== false);
  if (ways.includes(true)) return true;
  const may = ways.filter((way) => way !== true);
  return may.length > 0 && ask(known, may.reduce(either)) === 'always';
}

/** Whether one of those who are meant knows. */
export function someKnow(who: Who, informed: Informed, known: Known): boolean {
  if (isOne(who)) return knows(who, informed, known);
  // Of those who were picked, there may be none.
  if (isPicked(who)) return false;
  return [...informed.values()].some((each) =>
    isOne(each)
      ? holds(same(who, each), known) === 'always'
      : each.name === who.name &&
        !each.except &&
        !who.except &&
        ask(
          known,
          all([
            compare('<', who.from, who.until),
            compare('<=', each.from, who.from),
            compare('<', who.from, each.until),
          ]),
        ) === 'always',
  );
}

/** Whether all of those who are meant know. */
export function allKnow(who: Who, informed: Informed, known: Known): boolean {
  if (isOne(who)) return knows(who, informed, known);
  const each = '#each';
  return knows({ name: who.name, at: nameOf(each) }, informed, {
    ...known,
    indices: [...known.indices, { name: each, from: who.from, until: who.until }],
    holds: [...known.holds, ...(who.except ? [compare('!=', nameOf(each), who.except)] : [])],
  });
}

/** Those who know, and somebody else, where what is known of them is the same later on. */
export function adding(informed: Informed, who: Who): Informed {
  // Which ones they are is not known.
  if (isPicked(who)) return informed;
  // What a value was in one call, it need not be in the next.
  const numbers = isOne(who) ? [who.at] : [who.from, who.until, who.except];
  if (numbers.some((each) => each && [...freeNames(each)].some((name) => name.startsWith(unknownValue))))
    return informed;
  const key = textOfWho(who);
  return informed.has(key) ? informed : new Map(informed).set(key, who);
}
