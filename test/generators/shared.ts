// Random networks whose processes decide by values that they share: booleans that are sent around and tested several
// times, and loops that count. Mostly the processes agree, because a value has one truth; a few mistakes spoil some of
// them.
import fc from 'fast-check';
import { channels, networkText, roles, withMistakes } from './networks.js';
import type { Parts } from './networks.js';

/** Every process starts with these two, unknown and independent of everybody else's. */
const inputs = '(x: bool, y: bool)';
const variable = fc.constantFrom('x', 'y');
const pair = fc.tuple(fc.constantFrom(...roles), fc.constantFrom(...roles)).filter(([p, q]) => p !== q);
const percent = (likely: number): fc.Arbitrary<boolean> => fc.nat(99).map((n) => n >= 100 - likely);

const joined = (list: readonly Parts[]): Parts =>
  roles.map((_, i) =>
    list
      .map((p) => p[i])
      .filter(Boolean)
      .join('\n'),
  );
const at = (of: Readonly<Record<string, string>>): Parts => roles.map((r) => of[r] ?? '');

/** Messages between two roles, either way. */
function exchange(p: string, q: string): fc.Arbitrary<Parts> {
  const one = fc
    .tuple(fc.boolean(), fc.constantFrom(': a', ': b'))
    .map(([back, l]) =>
      back
        ? at({ [q]: `send to ${p}${l}`, [p]: `receive from ${q}${l}` })
        : at({ [p]: `send to ${q}${l}`, [q]: `receive from ${p}${l}` }),
    );
  return fc.array(one, { maxLength: 2 }).map(joined);
}

/** What a role does with a variable of its own, mostly nothing that changes what it is. */
function spoilt(role: string, name: string, compound: boolean): fc.Arbitrary<Parts> {
  const values = fc.constantFrom(
    `not ${name}`,
    'true',
    'false',
    'ask()',
    ...(compound ? ['x and y', 'x or not y'] : []),
  );
  return fc.tuple(percent(12), values).map(([now, value]) => (now ? at({ [role]: `${name} = ${value}` }) : at({})));
}

/** Two roles go the same way because they hold the same value, whether as it is or the other way round. */
function decision(p: string, q: string, own: string, copy: string, depth: number): fc.Arbitrary<Parts> {
  const way = (): fc.Arbitrary<Parts> =>
    depth > 0
      ? fc.oneof(
          { weight: 3, arbitrary: exchange(p, q) },
          { weight: 1, arbitrary: decision(p, q, own, copy, depth - 1) },
        )
      : exchange(p, q);
  return fc.tuple(fc.boolean(), percent(8), way(), way()).map(([flip, wrong, yes, no]) => {
    const [i, j] = [roles.indexOf(p), roles.indexOf(q)];
    const [then, otherwise] = flip ? [no, yes] : [yes, no];
    return at({
      [p]: `if ${own} {\n${yes[i]}\n} else {\n${no[i]}\n}`,
      [q]: `if ${flip !== wrong ? 'not ' : ''}${copy} {\n${then[j]}\n} else {\n${otherwise[j]}\n}`,
    });
  });
}

/** A value is sent, and both decide by it, perhaps twice. */
const agreed = (compound: boolean): fc.Arbitrary<Parts> =>
  fc.tuple(pair, variable, variable).chain(([[p, q], own, copy]) => {
    const sent = fc.constant(at({ [p]: `send ${own} to ${q}: d`, [q]: `receive ${copy} from ${p}: d` }));
    const again = fc.oneof(fc.constant(at({})), decision(p, q, own, copy, 0));
    return fc
      .tuple(sent, spoilt(p, own, compound), spoilt(q, copy, compound), decision(p, q, own, copy, 1), again)
      .map(joined);
  });

/** A value is passed on, and its first and last holder decide by it. */
const passed = (compound: boolean): fc.Arbitrary<Parts> =>
  fc
    .tuple(fc.shuffledSubarray(roles, { minLength: 3, maxLength: 3 }), variable, variable, variable)
    .chain(([[p = '', q = '', r = ''], a, b, c]) => {
      const sent = fc.constant(
        joined([
          at({ [p]: `send ${a} to ${q}: d`, [q]: `receive ${b} from ${p}: d` }),
          at({ [q]: `send ${b} to ${r}: e`, [r]: `receive ${c} from ${q}: e` }),
        ]),
      );
      return fc.tuple(sent, spoilt(p, a, compound), decision(p, r, a, c, 1)).map(joined);
    });

/** Two roles count the same loop, each for itself. */
const counted = fc.tuple(pair, fc.integer({ min: 0, max: 2 }), percent(10)).chain(([[p, q], rounds, wrong]) =>
  exchange(p, q).map((inside) => {
    const loop = (role: string, start: number): string =>
      `k = ${start}\nwhile k > 0 {\nk = k - 1\n${inside[roles.indexOf(role)]}\n}`;
    return at({ [p]: loop(p, rounds), [q]: loop(q, wrong ? rounds + 1 : rounds) });
  }),
);

/**
 * Networks that decide by what they share. They refer to the declarations of `preamble`.
 * @param compound whether values are also made of two others (`x or not y`)
 */
export function sharing(compound: boolean): fc.Arbitrary<string> {
  const parts = fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: agreed(compound) },
        { weight: 1, arbitrary: passed(compound) },
        { weight: 1, arbitrary: counted },
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map(joined);
  return fc
    .tuple(channels, fc.oneof({ weight: 2, arbitrary: parts }, { weight: 1, arbitrary: withMistakes(parts) }))
    .map(([kind, bodies]) => networkText(kind, bodies, inputs));
}
