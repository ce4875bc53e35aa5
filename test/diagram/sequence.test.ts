// Choreographies as sequence diagrams: what stands where, what folds, how many messages and rounds.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countText } from '../../language/diagram/counts.js';
import type { Count } from '../../language/diagram/counts.js';
import { flat, shownOf } from '../../language/diagram/shown.js';
import { sequenceGeometry } from '../../language/diagram/layout.js';
import { guessed } from '../../language/diagram/svg.js';
import { programs } from '../generators/choreographies.js';
import { drawingOf, idsOf, outline, sequenceIn, uri } from './helpers.js';

const seed =
  process.env['CHOR_SEED'] === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env['CHOR_SEED']);
const numRuns = Number(process.env['CHOR_RUNS'] ?? 100);

const shop = `choreography Shop(Buyer(n: int), Seller, Shipper): int@Buyer {
  Buyer.n -> Seller.wanted: order
  if Buyer.n > 2 -> Seller {
    Seller -> Shipper: ship
    Shipper.print("on its way")
  } else {
    Seller -> Shipper: idle
  }
  Buyer.n -> Seller.m, Shipper.m
  return Buyer.n
}
extern print(line: string)
`;

describe('what is drawn', () => {
  test('a message for each receiver, what each role does alone, decisions with the outcome that is told', () => {
    expect(outline(drawingOf(shop))).toEqual([
      'Buyer > Seller: order(n)',
      'alt',
      ' [Buyer: n > 2] 2-2',
      '  Buyer > Seller: yes (implied)',
      '  Seller > Shipper: ship',
      '  Shipper: print("on its way")',
      ' [else] 2-2',
      '  Buyer > Seller: no (implied)',
      '  Seller > Shipper: idle',
      'Buyer > Seller: n',
      'Buyer > Shipper: n',
      'Buyer: return n',
    ]);
  });

  test('each element has its place in the text', () => {
    for (const item of flat(drawingOf(shop).items)) {
      expect(item.place.uri).toBe(uri);
      if (item.kind === 'message' && !item.implied)
        expect(shop.slice(item.place.origin.start, item.place.origin.end)).toMatch(/^(Buyer|Seller|Shipper)\b.*->/);
    }
  });

  test('loops, jumps, choices, matches, sketches and decisions without an else', () => {
    const text = `enum Answer { yes, perhaps(when: int) }
extern ask(): Answer
choreography All(A(n: int), B) {
  rec Again {
    while A.n > 0 -> B { A -> B: item(int, string) }
    choice at A { A -> B: left leave Again } or { A -> B: right }
    A.a = ask()
    match A.a -> B { case perhaps(when) { A.when -> B.w } else {} }
    if A.n > 1 { A.n = 1 }
    continue Again
  }
}
`;
    expect(outline(drawingOf(text))).toEqual([
      'loop Again',
      ' [] 4-6',
      '  loop',
      '   [A: n > 0] 2-2',
      '    A > B: again (implied)',
      '    A > B: item(int, string)',
      '  A > B: done (implied)',
      '  alt',
      '   [A: first] 1-1',
      '    A > B: left',
      '    leave Again',
      '   [second] 1-1',
      '    A > B: right',
      '  A: a = ask()',
      '  alt',
      '   [A: a is perhaps(when)] 2-2',
      '    A > B: perhaps (implied)',
      '    A > B: when',
      '   [else] 1-1',
      '    A > B: otherwise (implied)',
      '  opt',
      '   [A: n > 1] 0-0',
      '    A: n = 1',
      '  continue Again',
    ]);
  });

  test('of what is broken, what could be read; of what is not known, nothing', () => {
    expect(
      outline(
        drawingOf(
          'choreography C(A, B) {\n  A -> B: one\n  A -> Nobody: two\n  do Gone(A, B)\n  do C(A)\n  A ->\n  B -> A: three\n}\n',
        ),
      ),
    ).toEqual(['A > B: one', 'folded do Gone(A, B)', 'folded do C(A)', 'B > A: three']);
  });
});

describe('folding', () => {
  const calls = `choreography Main(A, B, C) {
  A -> B: first
  do Ask(B, C)
  do Ask(C, A)
}
choreography Ask(Client, Server) {
  Client -> Server: question
  do Ask(Server, Client)
}
`;

  test('calls are folded, and unfold in place with the roles that they are given', () => {
    const folded = drawingOf(calls);
    expect(outline(folded)).toEqual(['A > B: first', 'folded do Ask(B, C)', 'folded do Ask(C, A)']);
    const [id = ''] = idsOf(folded, 'do Ask(C, A)');
    const open = drawingOf(calls, { turned: new Set([id]) });
    expect(outline(open)).toEqual([
      'A > B: first',
      'folded do Ask(B, C)',
      'do do Ask(C, A)',
      ' [] 1-1',
      '  C > A: question',
      '  folded do Ask(Server, Client)',
    ]);
    const [inner = ''] = idsOf(open, 'do Ask(Server, Client)');
    expect(outline(drawingOf(calls, { turned: new Set([id, inner]) })).slice(5)).toEqual([
      '  do do Ask(Server, Client)',
      '   [] 1-1',
      '    A > C: question',
      '    folded do Ask(Server, Client)',
    ]);
  });

  test('all of them unfold, but what leads back to itself', () => {
    expect(outline(drawingOf(calls, { all: true })).filter((line) => line.includes('question'))).toEqual([
      '  B > C: question',
      '  C > A: question',
    ]);
  });

  test('frames fold to their counts, and keep their names while the text around them is edited', () => {
    const [id = ''] = idsOf(drawingOf(shop), 'n > 2');
    const folded = drawingOf(
      shop.replace('  Buyer.n -> Seller.wanted', '  Seller -> Buyer: hello\n  Buyer.n -> Seller.wanted'),
      { turned: new Set([id]) },
    );
    expect(outline(folded)[2]).toBe('folded if Buyer: n > 2');
    expect(folded.items[2]).toMatchObject({ count: { least: 2, most: 2 } });
  });

  test('roles are hidden with what they take part in, and stand in another order', () => {
    const drawing = drawingOf(shop, { lanes: [2, 1] });
    expect(drawing.lanes.map(({ role }) => role)).toEqual(['Shipper', 'Seller']);
    expect(outline(drawing)).toEqual([
      'alt',
      ' [Buyer: n > 2] 2-2',
      '  Seller > Shipper: ship',
      '  Shipper: print("on its way")',
      ' [else] 2-2',
      '  Seller > Shipper: idle',
    ]);
  });

  test('what unfolds to more than anybody reads is cut, and says so', () => {
    const chain = Array.from(
      { length: 20 },
      (_, i) =>
        `choreography C${i}(A, B) {\n${i === 19 ? '  A -> B: m\n' : `  do C${i + 1}(A, B)\n  do C${i + 1}(A, B)\n`}}\n`,
    ).join('');
    const diagram = sequenceIn(chain);
    expect(shownOf(diagram)).toMatchObject({ cut: false, count: { least: 2 ** 19, most: 2 ** 19 } });
    expect(shownOf(diagram, { all: true })?.cut).toBe(true);
  });

  test('calls in calls are unfolded together as deep as anybody reads, and the next one is folded', () => {
    const chain = Array.from(
      { length: 3_000 },
      (_, i) => `choreography C${i}(A, B) {\n  A -> B: m${i}\n${i === 2_999 ? '' : `  do C${i + 1}(A, B)\n`}}\n`,
    ).join('');
    const lines = outline(drawingOf(chain, { all: true }));
    expect(lines.filter((line) => line.includes('A > B'))).toHaveLength(1 + 100);
    expect(lines.at(-1)).toContain('C101(');
  });
});

describe('messages and rounds', () => {
  const count = (body: string, more = ''): Count => drawingOf(`choreography C(A, B, D) {\n${body}\n}\n${more}`).count;

  test.each([
    ['what waits for each other', 'A -> B: a\nB -> D: b\nD -> A: c', '3 messages, 3 rounds'],
    ['what goes out at once', 'A.1 -> B.x, D.y', '2 messages, 1 round'],
    [
      'what is sent at once, and answered by one after the other',
      'A -> B: a\nA -> D: b\nB -> A: c\nD -> A: d',
      '4 messages, 2 rounds',
    ],
    [
      'the longer branch, and both counts',
      'choice at A { A -> B: x\nB -> D: y } or { A -> D: z }',
      '1–2 messages, 2 rounds',
    ],
    ['a branch that may be passed over', 'if A.true { A -> B: x }', '0–1 messages, 1 round'],
    [
      'chains through both branches',
      'choice at A { A -> B: l\nB -> D: on } or { A -> D: r }\nD -> A: end',
      '2–3 messages, 3 rounds',
    ],
    ['a loop, once', 'rec X { A -> B: go\nB -> A: ok\ncontinue X }', '2 messages, 2 rounds, each loop once'],
    [
      'what follows a loop that is left from inside of another',
      'rec X { rec Y { choice at A { A -> B: out\nleave X } or { A -> B: on } continue Y } }\nB -> A: bye',
      '2 messages, 2 rounds, each loop once',
    ],
    [
      'loops of one name in each other',
      'rec X { rec X { A -> B: a\nleave X } B -> A: b\nleave X }\nA -> B: c',
      '3 messages, 3 rounds, each loop once',
    ],
    ['nothing', '', '0 messages, 0 rounds'],
  ])('%s', (_, body, expected) => expect(countText(count(body))).toBe(expected));

  test('a call has what it calls, from where its roles are', () => {
    const two = 'choreography Two(P, Q) {\n  P -> Q: a\n  Q -> P: b\n}\n';
    expect(countText(count('D -> A: go\ndo Two(A, B)\nA -> D: end', two))).toBe('4 messages, 4 rounds');
    expect(countText(count('D -> A: go\ndo Two(B, A)', two))).toBe('3 messages, 2 rounds');
    expect(
      countText(
        count('do Round(A, B)', 'choreography Round(P, Q) {\n  P -> Q: m\n  if P.true -> Q { do Round(Q, P) }\n}\n'),
      ),
    ).toBe('0 messages, 0 rounds, each loop once');
  });

  test(`of random choreographies without loops are those of their ways, gone one by one (CHOR_SEED=${seed})`, () => {
    let counted = 0;
    fc.assert(
      fc.property(programs(), ({ text }) => {
        const diagram = sequenceIn(text);
        const main = diagram.sections[diagram.main];
        if (!main || main.count.repeats || Object.values(diagram.sections).some(({ count: { repeats } }) => repeats))
          return;
        const drawing = shownOf(diagram, { all: true });
        const ways = drawing
          ? waysOf(drawing.items, [
              new Map<number, number>([
                [-1, 0],
                [-2, 0],
              ]),
            ])
          : [];
        if (ways.length > 500) return;
        counted++;
        expect(main.count).toEqual({
          least: Math.min(...ways.map((way) => way.get(-2) ?? 0)),
          most: Math.max(...ways.map((way) => way.get(-2) ?? 0)),
          rounds: Math.max(...ways.map((way) => way.get(-1) ?? 0)),
          repeats: false,
        });
      }),
      { seed, numRuns },
    );
    expect(counted).toBeGreaterThan(0);
  });
});

/** Each way: how long a chain each lane has waited for; under -1 the longest, under -2 the messages. */
function waysOf(
  items: ReturnType<typeof drawingOf>['items'],
  before: readonly Map<number, number>[],
): Map<number, number>[] {
  let ways = [...before];
  for (const item of items) {
    if (ways.length > 500) return ways;
    if (item.kind === 'message') {
      ways = ways.map((way) => {
        const chain = (way.get(item.from) ?? 0) + 1;
        return new Map([
          ...way,
          [item.to, Math.max(way.get(item.to) ?? 0, chain)],
          [-1, Math.max(way.get(-1) ?? 0, chain)],
          [-2, (way.get(-2) ?? 0) + 1],
        ]);
      });
    }
    if (item.kind === 'frame')
      ways = [...item.parts.flatMap((part) => waysOf(part.items, ways)), ...(item.form === 'opt' ? ways : [])];
  }
  return ways;
}

describe('where things stand', () => {
  test(`nothing stands on anything else, frames are around what is in them (CHOR_SEED=${seed})`, () => {
    fc.assert(
      fc.property(programs(), fc.boolean(), ({ text }, all) => {
        const drawing = shownOf(sequenceIn(text), { all });
        if (!drawing) throw new Error('nothing is drawn');
        const geometry = sequenceGeometry(drawing, guessed);
        const rows = [
          ...geometry.messages.map(({ area }) => area),
          ...geometry.steps.map(({ area }) => area),
          ...geometry.jumps.map(({ area }) => area),
        ].sort((a, b) => a.y - b.y);
        rows.forEach((area, i) => {
          if (i > 0) expect(area.y).toBeGreaterThanOrEqual((rows[i - 1]?.y ?? 0) + (rows[i - 1]?.height ?? 0) - 1);
        });
        const areas = new Map(
          [...geometry.messages, ...geometry.steps, ...geometry.frames].map(({ item, area }) => [item.id, area]),
        );
        for (const { item, area } of geometry.frames) {
          for (const inner of item.parts.flatMap((part) => part.items)) {
            const within = areas.get(inner.id);
            if (!within || inner.kind === 'message') continue;
            expect([
              within.x >= area.x - 0.1,
              within.y >= area.y,
              within.x + within.width <= area.x + area.width + 0.1 || inner.kind === 'frame',
              within.y + within.height <= area.y + area.height,
            ]).toEqual([true, true, true, true]);
          }
        }
        expect(geometry.order.map(({ y }) => y)).toEqual([...geometry.order.map(({ y }) => y)].sort((a, b) => a - b));
        expect(new Set(geometry.order.map(({ id }) => id)).size).toBe(geometry.order.length);
        for (const { area } of [...geometry.steps, ...geometry.frames])
          expect(area.x + area.width).toBeLessThanOrEqual(geometry.width);
      }),
      { seed, numRuns },
    );
  });

  test('lanes stand further apart where there is room, but not too far', () => {
    const drawing = drawingOf('choreography C(A, B) {\n  A -> B: m\n}\n');
    const gap = (room: number): number => {
      const [left, right] = sequenceGeometry(drawing, guessed, { room }).lanes;
      return (right?.x ?? 0) - (left?.x ?? 0);
    };
    expect(gap(0)).toBeLessThan(gap(300));
    expect(gap(3000)).toBe(280);
  });
});
