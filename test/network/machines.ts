// Small machines from short texts, and random ones.
import fc from 'fast-check';
import type { Automaton } from '../../language/import/automaton.js';

/** `0 B!x 1, 1 B?y 0`: the first state named is where it begins. */
function machine(role: string, text: string): Automaton {
  const transitions = text
    .split(',')
    .filter((t) => t.trim())
    .map((t) => {
      const [, from = '', peer = '', way, label = '', to = ''] = /^\s*(\w+) (\w+)([!?])(\w+) (\w+)\s*$/.exec(t) ?? [];
      return { from, to, peer, label, way: way === '!' ? ('send' as const) : ('receive' as const), at: 0 };
    });
  return { role, initial: transitions[0]?.from ?? '0', transitions, at: 0 };
}
/** A system of them, by role. */
export const system = (machines: Readonly<Record<string, string>>): Automaton[] =>
  Object.entries(machines).map(([role, text]) => machine(role, text));

const roles = ['A', 'B', 'C'];
const transition = (role: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.nat(2),
      fc.constantFrom(...roles.filter((r) => r !== role)),
      fc.constantFrom('!', '?'),
      fc.constantFrom('x', 'y'),
      fc.nat(3),
    )
    .map(([from, peer, way, label, to]) => `${from} ${peer}${way}${label} ${to}`);
const alone = (role: string): fc.Arbitrary<string> =>
  fc.array(transition(role), { maxLength: 4 }).map((list) => [...new Set(list)].sort().join(', '));
/** Pairs of a send and the receive of it, so that more goes well. */
const together = fc
  .array(
    fc.tuple(
      fc.constantFrom(...roles),
      fc.constantFrom(...roles),
      fc.constantFrom('x', 'y'),
      fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }),
    ),
    { maxLength: 6 },
  )
  .map((list) => {
    const lines: Record<string, string[]> = { A: [], B: [], C: [] };
    for (const [from, to, label, [a = 0, b = 0, c = 0, d = 0]] of list) {
      if (from === to) continue;
      lines[from]?.push(`${a} ${to}!${label} ${b}`);
      lines[to]?.push(`${c} ${from}?${label} ${d}`);
    }
    return Object.fromEntries(Object.entries(lines).map(([role, own]) => [role, [...new Set(own)].sort().join(', ')]));
  });
/** Three machines: all by chance, or in pairs of a send and its receive. */
export const random = fc.oneof(fc.record({ A: alone('A'), B: alone('B'), C: alone('C') }), together);

/**
 * Three machines made of walks from where they begin: in each step one sends, another takes it, and both get a way for
 * it where they had none. No state sends and receives, or goes two ways on one message, so that more races go well.
 */
export const walked = fc
  .array(
    fc.record({
      from: fc.nat(2),
      to: fc.nat(1),
      label: fc.constantFrom('x', 'x', 'y'),
      next: fc.tuple(fc.nat(3), fc.nat(3)),
      again: fc.nat(3),
    }),
    { minLength: 4, maxLength: 10 },
  )
  .map((walk) => {
    const ways = roles.map(() => new Map<string, number>());
    let at = [0, 0, 0];
    for (const { from, to: other, label, next, again } of walk) {
      if (again === 0) at = [0, 0, 0];
      const to = (from + 1 + other) % 3;
      const ends = [
        { machine: from, peer: to, way: '!', next: next[0] },
        { machine: to, peer: from, way: '?', next: next[1] },
      ];
      if (
        ends.some(({ machine, way }) =>
          [...(ways[machine]?.keys() ?? [])].some((key) => key.startsWith(`${at[machine]} `) && !key.includes(way)),
        )
      )
        continue;
      for (const { machine, peer, way, next: state } of ends) {
        const key = `${at[machine]} ${roles[peer]}${way}${label}`;
        if (ways[machine]?.has(key) !== true) ways[machine]?.set(key, state);
        at[machine] = ways[machine]?.get(key) ?? 0;
      }
    }
    return Object.fromEntries(
      roles.map((role, i) => [
        role,
        [...(ways[i] ?? [])]
          .map(([key, next]) => `${key} ${next}`)
          .sort()
          .join(', '),
      ]),
    );
  });
