// Diagrams as text for other tools, and as pictures: well-formed, whatever stands in them. Mermaid itself reads them in
// test/e2e/mermaid.test.ts.
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dotSequence, dotStates } from '../../language/diagram/graphviz.js';
import { mermaidSequence, mermaidStates } from '../../language/diagram/mermaid.js';
import { plantSequence, plantStates } from '../../language/diagram/plantuml.js';
import { flat, shownOf } from '../../language/diagram/shown.js';
import { elkOf, placedStates } from '../../language/diagram/states-layout.js';
import { guessed, svgSequence } from '../../language/diagram/svg.js';
import { svgStates } from '../../language/diagram/svg-states.js';
import { layOut } from '../../cli/layout.js';
import { programs } from '../generators/choreographies.js';
import { awkward } from './awkward.js';
import { drawingOf, idsOf, sequenceIn, statesDrawn } from './helpers.js';

const seed =
  process.env['CHOR_SEED'] === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env['CHOR_SEED']);
const numRuns = Number(process.env['CHOR_RUNS'] ?? 30);

/** Throws where XML is not well-formed. */
function xmlChecked(text: string): void {
  const open: string[] = [];
  const rest = text.replace(
    /<(\/?)([A-Za-z]\w*)((?:\s+[\w:-]+="[^"<&]*")*)\s*(\/?)>/g,
    (_, closing: string, name: string, __: string, empty: string) => {
      if (closing) expect(open.pop()).toBe(name);
      else if (!empty) open.push(name);
      return '';
    },
  );
  expect(open).toEqual([]);
  expect(rest.replace(/&#\d+;/g, '')).not.toMatch(/[<&]/);
}

/** That blocks are closed: how deep they went. */
function blocksChecked(lines: readonly string[], opens: RegExp): number {
  let [depth, deepest] = [0, 0];
  for (const line of lines.map((each) => each.trim())) {
    if (opens.test(line)) depth++;
    if (/^else\b/.test(line)) expect(depth).toBeGreaterThan(0);
    if (line === 'end') expect(--depth).toBeGreaterThanOrEqual(0);
    deepest = Math.max(deepest, depth);
  }
  expect(depth).toBe(0);
  return deepest;
}

describe('a sequence diagram', () => {
  const shop =
    'choreography Shop(Buyer(n: int), Seller) {\n  if Buyer.n > 2 {\n    Buyer -> Seller: accept\n    do Ship(Seller, Buyer)\n  } else {\n    Buyer -> Seller: reject\n  }\n}\nchoreography Ship(From, To) {\n  From -> To: parcel\n}\n';
  const ids = idsOf(drawingOf(shop), 'do Ship(Seller, Buyer)');

  test('in Mermaid', () => {
    expect(mermaidSequence(drawingOf(shop))).toBe(
      'sequenceDiagram\n  accTitle: Shop: 1–2 messages, 2 rounds\n  participant r0 as Buyer\n  participant r1 as Seller\n  alt Buyer: n #62; 2\n    r0->>r1: accept\n    Note over r0,r1: do Ship(Seller, Buyer): 1 message\n  else #32;\n    r0->>r1: reject\n  end\n',
    );
    expect(mermaidSequence(drawingOf(shop, { turned: new Set(ids) }))).toContain(
      '    rect rgba(128, 128, 128, 0.1)\n      Note over r0,r1: do Ship(Seller, Buyer)\n      r1->>r0: parcel\n    end\n',
    );
  });

  test('in PlantUML', () => {
    expect(plantSequence(drawingOf(shop))).toBe(
      '@startuml\ntitle Shop: 1<U+2013>2 messages, 2 rounds\nparticipant "Buyer" as r0\nparticipant "Seller" as r1\nalt Buyer: n <U+003E> 2\n  r0 -> r1 : accept\n  ref over r0, r1 : do Ship(Seller, Buyer): 1 message\nelse\n  r0 -> r1 : reject\nend\n@enduml\n',
    );
    expect(plantSequence(drawingOf(shop, { turned: new Set(ids) }))).toContain(
      '  group do Ship(Seller, Buyer)\n    r1 -> r0 : parcel\n  end\n',
    );
  });

  test('as a picture, with all that is said in it', () => {
    const svg = svgSequence(drawingOf(shop));
    xmlChecked(svg);
    for (const text of [
      'Shop',
      '1–2 messages, 2 rounds',
      'Buyer',
      'Seller',
      'accept',
      '[Buyer: n &#62; 2]',
      '[else]',
      '2 messages',
      'do Ship(Seller, Buyer)',
    ])
      expect(svg).toContain(`>${text}</text>`);
  });

  test.each([
    ['as it is', false],
    ['with what it calls', true],
  ])('has nothing in it that is taken for something else, %s', (_, all) => {
    const drawing = drawingOf(awkward, { all });
    xmlChecked(svgSequence(drawing));
    expect(blocksChecked(mermaidSequence(drawing).split('\n'), /^(alt|opt|loop|rect)\b/)).toBe(2);
    expect(blocksChecked(plantSequence(drawing).split('\n'), /^(alt|opt|loop|group)\b/)).toBe(2);
    expect(plantSequence(drawing)).not.toMatch(/[*~&[\]{}$%#;\\]|\/\/|__|<(?!U\+)/);
  });

  test(`of random choreographies has each message once in every form (CHOR_SEED=${seed})`, () => {
    fc.assert(
      fc.property(programs(), fc.boolean(), ({ text }, all) => {
        const drawing = shownOf(sequenceIn(text), { all });
        if (!drawing) throw new Error('nothing is drawn');
        const messages = flat(drawing.items).filter(({ kind }) => kind === 'message').length;
        const count = (written: string, what: RegExp): number => [...written.matchAll(what)].length;
        expect(count(mermaidSequence(drawing), /^ *r\d+->>r\d+: /gm)).toBe(messages);
        expect(count(plantSequence(drawing), /^ *r\d+ -> r\d+ : /gm)).toBe(messages);
        expect(count(dotSequence(drawing), /arrowhead=normal/g)).toBe(messages);
        const svg = svgSequence(drawing);
        xmlChecked(svg);
        expect(count(svg, /marker-end="url\(#tip\)"/g)).toBe(messages);
      }),
      { seed, numRuns },
    );
  });

  test('without roles is a diagram all the same', () => {
    const none = drawingOf('choreography C(A, B) {\n  A -> B: m\n}\n', { lanes: [] });
    xmlChecked(svgSequence(none));
    expect([mermaidSequence(none), plantSequence(none), dotSequence(none)].join('')).not.toContain('undefined');
  });
});

describe('the states of roles', () => {
  const stream =
    'choreography Stream(Camera(left: int), Screen) {\n  rec Next {\n    Camera.left -> Screen.picture: picture\n    if Camera.left > 0 {\n      continue Next\n    } else {\n      Camera -> Screen: over\n    }\n  }\n}\n';

  test('are a graph, each transition with its place', () => {
    const [camera, screen] = statesDrawn(stream).roles;
    expect(camera?.states.map(({ kind }) => kind)).toEqual(['sends', 'decides', 'sends', 'end']);
    expect(camera?.transitions.map(({ from, to, text }) => [from, to, text])).toEqual([
      [0, 1, 'Screen!picture(left)'],
      [1, 0, 'left > 0'],
      [1, 2, 'else'],
      [2, 3, 'Screen!over'],
    ]);
    expect(
      screen?.transitions.map(({ from, to, text, peer, place }) => [
        from,
        to,
        text,
        peer,
        stream.slice(place.origin.start, place.origin.end),
      ]),
    ).toEqual([
      [0, 1, 'Camera?picture(picture)', 0, 'Camera.left -> Screen.picture: picture'],
      [1, 1, 'Camera?picture(picture)', 0, 'Camera.left -> Screen.picture: picture'],
      [1, 2, 'Camera?over', 0, 'Camera -> Screen: over'],
    ]);
  });

  test('of a network are those of its processes', () => {
    expect(
      statesDrawn(
        'network N {\n  process A { choice { send to B: x } or { send 1 to B: y } }\n  process B { receive from A { x {} y(n) {} } }\n}\n',
      ).roles.map(({ transitions }) => transitions.map(({ text }) => text)),
    ).toEqual([
      ['', '', 'B!x', 'B!y(1)'],
      ['A?x', 'A?y(n)'],
    ]);
  });

  test('of one role are drawn where another’s can’t be made, which says why', () => {
    const [a, b, d] = statesDrawn(
      'choreography C(A, B, D) {\n  choice at A {\n    A -> B: l\n    B -> D: x\n  } or {\n    A -> B: r\n  }\n}\n',
    ).roles;
    expect([a?.problem, b?.problem, a?.transitions.length]).toEqual([undefined, undefined, 4]);
    expect(d).toMatchObject({
      states: [],
      problem: { message: 'what `D` does here is not known, as there is an error; `chor check` tells it' },
    });
  });

  test('in Mermaid, PlantUML and Graphviz', () => {
    const diagram = statesDrawn(stream);
    expect(mermaidStates(diagram)).toContain(
      '  state "Screen" as m1 {\n    [*] --> m1s0\n    state "1" as m1s0\n    state "2" as m1s1\n    m1s0 --> m1s1: Camera?picture(picture)\n    m1s1 --> m1s1: Camera?picture(picture)\n    m1s1 --> [*]: Camera?over\n  }\n',
    );
    expect(plantStates(diagram)).toContain(
      'state "Screen" as m1 {\n  state " " as m1s0\n  state " " as m1s1\n  [*] --> m1s0\n  m1s0 --> m1s1 : Camera?picture(picture)\n',
    );
    expect(dotStates(diagram)).toContain('    "0.1" -> "0.0" [label="left > 0", style=dashed];\n');
  });

  test('as a picture: every transition and every label stands somewhere, and nothing overlaps', async () => {
    for (const text of [stream, awkward]) {
      const diagram = statesDrawn(text);
      const placed = await Promise.all(
        diagram.roles.map(async (role) => placedStates(await layOut(elkOf(role, guessed)))),
      );
      const svg = svgStates(diagram, placed);
      xmlChecked(svg);
      diagram.roles.forEach(({ states, transitions }, i) => {
        const { states: places = [], transitions: ways = [], width = 0, height = 0 } = placed[i] ?? {};
        expect([places.length, ways.length]).toEqual([states.length, transitions.length + 1]);
        for (const { points, label } of ways) {
          expect(points.length).toBeGreaterThan(1);
          if (label) expect(label.x + label.width <= width && label.y <= height).toBe(true);
        }
        places.forEach((a, j) =>
          places
            .slice(j + 1)
            .forEach((b) =>
              expect(a.x + a.size <= b.x || b.x + b.size <= a.x || a.y + a.size <= b.y || b.y + b.size <= a.y).toBe(
                true,
              ),
            ),
        );
      });
    }
  });
});

/** Whether a program is there; it is no part of what `npm ci` brings. */
const graphviz = (() => {
  try {
    execFileSync('dot', ['-V'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!graphviz)(`Graphviz reads what is written for it, where it is installed (CHOR_SEED=${seed})`, () => {
  const read = (text: string): string =>
    execFileSync('dot', ['-Tplain'], { input: text, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
  expect(read(dotSequence(drawingOf(awkward, { all: true })))).toMatch(/^graph /);
  expect(read(dotStates(statesDrawn(awkward)))).toMatch(/^graph /);
  const texts = fc.sample(programs(), { seed, numRuns: 5 });
  for (const { text } of texts) expect(read(dotSequence(drawingOf(text)))).toMatch(/^graph /);
});
