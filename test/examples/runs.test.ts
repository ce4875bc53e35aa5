// What examples with families come to when their projections are run with values, at some sizes and under random
// schedules.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { declaredAt } from '../../language/families/sized.js';
import { project } from '../../language/projection/project.js';
import { read } from '../families/helpers.js';
import { numbers } from '../threads/agreement.js';
import { run, runnable } from '../threads/schedules.js';
import type { Given, Outcome, Value } from '../threads/schedules.js';

/** A choreography of an example, and a way to run its projection once. */
function example(
  file: string,
  name: string,
): (
  sizes: Readonly<Record<string, number>>,
  random: () => number,
  given?: Given,
  inputs?: (process: string, input: string) => Value,
) => Outcome {
  const { scope } = read(readFileSync(`examples/families/${file}.chor`, 'utf8'));
  const networkOf = (called: string): ReturnType<typeof project>['network'] => {
    const found = scope.lookup(called)?.declaration;
    if (found?.kind !== 'choreography') throw new Error(`no ${called}`);
    return project(found, scope).network;
  };
  const whole = networkOf(name);
  return (sizes, random, given = {}, inputs = () => null) => {
    const network = declaredAt(whole, new Map(Object.entries(sizes)), scope);
    if (!network) throw new Error('too long');
    return run(runnable(network, scope.file.declarations, { called: networkOf, ...given }), random, inputs);
  };
}

/** A variable of each member, in their order. */
function each({ variables }: Outcome, family: string, variable: string): readonly Value[] {
  return [...variables].flatMap(([name, own]) => (name.startsWith(`${family}[`) ? [own.get(variable) ?? null] : []));
}

const mapped = (entries: Iterable<readonly [string, string]>): Value => ({
  case: 'map',
  args: [...entries].sort(([a], [b]) => (a < b ? -1 : 1)),
});
const itemsOf = (value: Value | undefined): readonly Value[] =>
  value !== null && typeof value === 'object' && 'args' in value ? value.args : [];
const rounds = 100;

describe('Chang and Roberts', () => {
  const election = example('chang-roberts', 'Election');
  test('whose identity is the greatest leads, and nobody else', () => {
    const random = numbers();
    for (let i = 0; i < rounds; i++) {
      const ids = Array.from(
        { length: 2 + Math.floor(random() * 5) },
        (_, place) => Math.floor(random() * 100) * 10 + place,
      );
      const outcome = election(
        { Node: ids.length },
        random,
        {},
        (process) => ids[Number(/\d+/.exec(process)?.[0])] ?? 0,
      );
      expect([each(outcome, 'Node', 'return'), outcome.waiting]).toEqual([
        ids.map((id) => id === Math.max(...ids)),
        [],
      ]);
    }
  });
});

describe('gossip', () => {
  const gossip = example('gossip', 'Gossip');
  const known = (nodes: number, links: readonly (readonly [number, number])[], times: number): readonly Value[] => {
    const set = (items: readonly Value[]): Value => ({ case: 'set', args: items });
    const outcome = gossip({ Node: nodes, rounds: times }, numbers(), {
      values: new Map([['links', set(links)]]),
      host: (process) => set([process]),
    });
    expect(outcome.waiting).toEqual([]);
    return each(outcome, 'Node', 'known').map(itemsOf);
  };
  const all = (nodes: number): readonly string[] => Array.from({ length: nodes }, (_, i) => `Node[${i}]`);
  test('in a line it takes as many rounds as there are links at most', () => {
    for (let nodes = 2; nodes <= 5; nodes++)
      expect(
        known(
          nodes,
          Array.from({ length: nodes - 1 }, (_, i) => [i, i + 1]),
          nodes - 1,
        ),
      ).toEqual(all(nodes).map(() => all(nodes)));
  });
  test('in a star, two', () => {
    for (let nodes = 2; nodes <= 5; nodes++)
      expect(
        known(
          nodes,
          Array.from({ length: nodes - 1 }, (_, i) => [0, i + 1]),
          2,
        ),
      ).toEqual(all(nodes).map(() => all(nodes)));
  });
  test('what is not linked hears nothing', () => {
    expect(known(3, [[0, 2]], 2)).toEqual([['Node[0]', 'Node[2]'], ['Node[1]'], ['Node[0]', 'Node[2]']]);
  });
});

describe('the lottery', () => {
  const lottery = example('lottery', 'Lottery');
  const digest = (args: readonly Value[]): Value => `digest of ${JSON.stringify(args)}`;
  test('all find the same winner', () => {
    const random = numbers();
    for (let i = 0; i < rounds; i++) {
      const parties = 2 + Math.floor(random() * 4);
      const outcome = lottery({ Party: parties }, random, {
        host: (process, name, args) =>
          name === 'digest' ? digest(args) : name === 'draw' ? Math.floor(random() * 1000) : `salt of ${process}`,
      });
      const results = each(outcome, 'Party', 'return');
      expect(results).toEqual(results.map(() => ({ case: 'some', args: [expect.any(Number)] })));
      expect([new Set(results.map((result) => JSON.stringify(result))).size, outcome.waiting]).toEqual([1, []]);
    }
  });
  test('who opens something else is found out', () => {
    // It commits to a number that it has not drawn, here and to both others.
    let asked = 0;
    const outcome = lottery({ Party: 3 }, numbers(), {
      host: (process, name, args) =>
        name === 'digest' ? (process === 'Party[1]' && asked++ < 3 ? 'another' : digest(args)) : 1,
    });
    expect(each(outcome, 'Party', 'return')).toEqual([null, null, null]);
  });
});

describe('the auction', () => {
  const auction = example('auction', 'Auction');
  test('whoever goes highest wins, for no more than that', () => {
    const random = numbers();
    for (let i = 0; i < rounds; i++) {
      const worth = Array.from({ length: 1 + Math.floor(random() * 4) }, () => Math.floor(random() * 50));
      const won: { readonly by: number; readonly price: number }[] = [];
      const outcome = auction({ Bidder: worth.length }, random, {
        host: (process, name, [amount]) => {
          const by = Number(/\d+/.exec(process)?.[0]);
          if (name === 'reserve') return 10;
          if (name === 'bid')
            return Number(amount) < (worth[by] ?? 0) ? { case: 'some', args: [Number(amount) + 1] } : null;
          won.push({ by, price: Number(amount) });
          return null;
        },
      });
      const highest = Math.max(...worth);
      expect(outcome.waiting).toEqual([]);
      expect(won.map(({ by, price }) => [worth[by], price])).toEqual(highest > 10 ? [[highest, highest]] : []);
    }
  });
});

describe('the key-value store', () => {
  const store = example('key-value-store', 'KeyValueStore');
  test('what one replica has lost, the others give it back', () => {
    const random = numbers();
    for (let i = 0; i < rounds; i++) {
      const replicas = 3 + Math.floor(random() * 3);
      const wanted = new Map<string, string>();
      let left = 6;
      let write = 0;
      const found: Value[] = [];
      const expected: Value[] = [];
      const outcome = store({ Replica: replicas }, random, {
        host: (process, name, args) => {
          if (name === 'digest') return JSON.stringify(args);
          if (name === 'show') {
            found.push(args[0] ?? null);
            return null;
          }
          if (name === 'written') {
            const [old, key, value] = args;
            // One replica loses what it should write.
            if (process === `Replica[${write % replicas}]`) return old ?? null;
            return mapped([
              ...itemsOf(old)
                .map((entry) => entry as readonly [string, string])
                .filter(([other]) => other !== key),
              [String(key), String(value)],
            ]);
          }
          if (left-- === 0) return { case: 'stop', args: [] };
          const key = random() < 0.5 ? 'a' : 'b';
          if (random() < 0.4) {
            const value = wanted.get(key);
            expected.push(value === undefined ? null : { case: 'some', args: [value] });
            return { case: 'get', args: [key] };
          }
          write++;
          wanted.set(key, `value ${write}`);
          return { case: 'put', args: [key, `value ${write}`] };
        },
      });
      expect([found, outcome.waiting]).toEqual([expected, []]);
      expect(each(outcome, 'Replica', 'store')).toEqual(Array.from({ length: replicas }, () => mapped(wanted)));
    }
  });
});
