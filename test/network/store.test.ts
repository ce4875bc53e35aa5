// The packed tables of the engine against plain ones.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGraph } from '../../language/network/search/graph.js';
import { Queues } from '../../language/network/search/queues.js';
import { createStore } from '../../language/network/search/store.js';

describe('the store of configurations', () => {
  const number = fc.oneof(fc.nat(1), fc.nat(7), fc.nat(300), fc.nat(2 ** 31 - 1));
  const step = fc.oneof(
    {
      weight: 20,
      arbitrary: fc.record({
        kind: fc.constant('row' as const),
        values: fc.array(number, { minLength: 12, maxLength: 12 }),
      }),
    },
    {
      weight: 20,
      arbitrary: fc.record({
        kind: fc.constant('near' as const),
        of: fc.nat(),
        fields: fc.array(fc.nat(11), { minLength: 3, maxLength: 3 }),
        values: fc.array(number, { minLength: 3, maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('field' as const) }) },
  );
  it('numbers rows as a map does, and gives them back, whatever grows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 300 }), (first, steps) => {
        const store = createStore(first);
        let width = first;
        const rows: number[][] = [];
        const known = (row: number[]): number =>
          rows.findIndex((r) => r.every((v, i) => v === (row[i] ?? 0)) && row.slice(r.length).every((v) => v === 0));
        for (const one of steps) {
          if (one.kind === 'field') {
            if (width < 12) expect(store.addField()).toBe(width++);
            continue;
          }
          const near = one.kind === 'near' && rows.length > 0 ? one.of % rows.length : -1;
          if (one.kind === 'near' && near < 0) continue;
          const row =
            one.kind === 'row'
              ? one.values.slice(0, width)
              : Array.from({ length: width }, (_, i) => rows[near]?.[i] ?? 0);
          const fields =
            one.kind === 'near' ? one.fields.map((f, i) => (f < width && one.fields.indexOf(f) === i ? f : -1)) : [];
          if (one.kind === 'near')
            fields.forEach((f, i) => {
              if (f >= 0) row[f] = one.values[i] ?? 0;
            });
          const expected = known(row);
          const packed = Int32Array.from(row);
          const id =
            one.kind === 'row'
              ? store.intern(packed)
              : store.internNear(near, packed, fields[0] ?? -1, fields[1] ?? -1, fields[2] ?? -1);
          expect(id).toBe(expected < 0 ? rows.length : expected);
          if (expected < 0) rows.push(row);
          expect(store.count()).toBe(rows.length);
        }
        rows.forEach((row, id) => {
          const into = new Int32Array(width);
          store.read(id, into);
          expect([...into]).toEqual(Array.from({ length: width }, (_, i) => row[i] ?? 0));
        });
      }),
      { numRuns: 300 },
    );
  });
  it('holds small numbers in few bytes', () => {
    const store = createStore(20);
    const row = new Int32Array(20);
    for (let i = 0; i < 100_000; i++) {
      for (let field = 0; field < 20; field++) row[field] = (i >> field) & 1;
      store.intern(row);
    }
    expect(store.count()).toBe(100_000);
    expect(store.bytes() / store.count()).toBeLessThan(16);
  });
});

describe('the queues of a channel', () => {
  it('do what lists do', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(3), fc.constant(-1)), { maxLength: 60 }), (steps) => {
        const queues = new Queues((message) => message % 2);
        const seen = new Map<string, number>([['', 0]]);
        let list: number[] = [];
        let queue = 0;
        for (const step of steps) {
          if (step >= 0) {
            list = [...list, step];
            queue = queues.push(queue, step);
          } else if (list.length > 0) {
            list = list.slice(1);
            queue = queues.tails[queue] as number;
          }
          expect(queues.lengths[queue]).toBe(list.length);
          expect(queues.labels[queue]).toBe(list.length > 0 ? (list[0] as number) % 2 : -1);
          if (list.length > 0) expect(queues.heads[queue]).toBe(list[0]);
          // The same contents always have the same number.
          const known = seen.get(list.join());
          if (known !== undefined) expect(queue).toBe(known);
          seen.set(list.join(), queue);
        }
        expect(new Set(seen.values()).size).toBe(seen.size);
      }),
    );
  });
});

describe('the graph of configurations', () => {
  const edges = fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(2)), { maxLength: 30 });
  /** Both ways round, by trying. */
  const reaches = (list: readonly (readonly [number, number, number])[], from: number): Set<number> => {
    const seen = new Set([from]);
    for (const at of seen) for (const [a, b] of list) if (a === at) seen.add(b);
    return seen;
  };
  const graphOf = (
    list: readonly (readonly [number, number, number])[],
    late: number,
  ): ReturnType<typeof createGraph> => {
    const graph = createGraph(3, true);
    for (let id = 0; id < 10; id++) graph.add(-1, 0);
    const early = list.slice(0, Math.max(0, list.length - late));
    for (let id = 0; id < 10; id++) {
      graph.open(id);
      for (const [from, to, mover] of early) if (from === id) graph.connect(to, mover);
    }
    for (const [from, to, mover] of list.slice(early.length)) {
      graph.reopen(from);
      graph.connect(to, mover);
    }
    return graph;
  };
  it('finds what is not left again', () => {
    fc.assert(
      fc.property(edges, fc.nat(5), (list, late) => {
        const expected = [...Array(10).keys()].flatMap((id) => {
          const members = [...reaches(list, id)].sort((a, b) => a - b);
          if (!members.every((m) => reaches(list, m).has(id)) || members[0] !== id) return [];
          return [
            {
              members,
              moved: [...new Set(list.filter(([from]) => members.includes(from)).map(([, , mover]) => mover))].sort(),
            },
          ];
        });
        const found = graphOf(list, late)
          .lasting()
          .map(({ members, moved }) => ({ members: [...members], moved: [...moved].sort() }));
        expect(found.sort((a, b) => (a.members[0] ?? 0) - (b.members[0] ?? 0))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
  it('finds what goes round without a machine, and outside of some configurations', () => {
    fc.assert(
      fc.property(
        edges,
        fc.nat(5),
        fc.nat(2),
        fc.uniqueArray(fc.nat(9), { maxLength: 4 }),
        (list, late, machine, left) => {
          const rest = list.filter(([from, , mover]) => mover !== machine && !left.includes(from));
          const expected = [...Array(10).keys()].flatMap((id) => {
            const members = [...reaches(rest, id)].filter((m) => reaches(rest, m).has(id)).sort((a, b) => a - b);
            const moved = [
              ...new Set(
                rest.filter(([from, to]) => members.includes(from) && members.includes(to)).map(([, , mover]) => mover),
              ),
            ].sort();
            return members[0] === id && moved.length > 0 ? [{ members, moved }] : [];
          });
          const found = graphOf(list, late)
            .rounds(
              machine,
              Uint8Array.from({ length: 10 }, (_, id) => (left.includes(id) ? 1 : 0)),
            )
            .map(({ members, moved }) => ({ members: [...members], moved: [...moved].sort() }));
          expect(found.sort((a, b) => (a.members[0] ?? 0) - (b.members[0] ?? 0))).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});
