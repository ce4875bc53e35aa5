// What is known after edits is what a workspace finds that never saw another text.
import fc from 'fast-check';
import { describe, expect, it, test, vi } from 'vitest';
import { rules } from '../language/rules/index.js';
import { cut, recut } from '../language/syntax/cut.js';
import type { Piece } from '../language/syntax/cut.js';
import { forgetTrees } from '../language/syntax/parse.js';
import { contentOf } from '../language/lowering/lower.js';
import { lowerFile } from '../language/lowering/source.js';
import { Passage } from '../language/syntax/passage.js';
import { Workspace } from '../language/workspace.js';
import { programs } from './generators/choreographies.js';
import { changes, edited, typedInside } from './generators/edits.js';
import { familyChoreographies } from './generators/families.js';
import { candidatesOf } from '../language/rules/render.js';
import { linesIn } from '../language/rules/render.js';
import { render } from '../language/rules/render.js';

const uri = 'file:///a.chor';
const library = 'file:///b.chor';
const projectTexts = fc.oneof(
  { weight: 4, arbitrary: programs(10).map(({ text }) => text) },
  familyChoreographies,
  fc.constantFrom(...rules.flatMap((rule) => [rule.bad, rule.good])),
);
const limits = { states: 50, buffer: 2 };

/** All that an analysis says, as plain data; what networks are told is in the findings. */
function said(workspace: Workspace, of: string): unknown {
  const analysis = workspace.analyze(of);
  if (!analysis) return undefined;
  const { findings, occurrences, projections, verdicts, file, names } = analysis;
  const context = { workspace, uri: of, text: file.text };
  return {
    // Candidates are asked for without being tried.
    findings: findings.map((found) => ({ ...render(found, linesIn(workspace)), fixes: candidatesOf(found, context) })),
    occurrences: occurrences.map(({ symbol, ...rest }) => ({ ...rest, symbol: { ...symbol } })),
    projections: projections.map(({ network, choreography }) => ({
      network: JSON.stringify(network),
      name: choreography.name,
    })),
    verdicts: verdicts.map(({ name, origin, verdict }) => ({ name, origin, verdict })),
    file: JSON.stringify(file),
    types: Array.from({ length: 40 }, (_, i) => names.typeAt(Math.floor((file.text.length * i) / 40))),
  };
}

/** What is wrong, without asking for more. */
function told(workspace: Workspace): readonly unknown[] | undefined {
  return workspace.analyze(uri)?.findings;
}

function freshly(text: string): Workspace {
  forgetTrees();
  const workspace = new Workspace({ limits });
  workspace.set(uri, text);
  return workspace;
}

function fresh(texts: ReadonlyMap<string, string>, of: string): unknown {
  forgetTrees();
  const workspace = new Workspace({ limits });
  for (const [at, text] of texts) workspace.set(at, text);
  return said(workspace, of);
}

/** A character taken out or put in anywhere: what opens or closes, above all. */
const keys = fc.array(
  fc.record({
    at: fc.nat(),
    with: fc.constantFrom('', '{', '}', '"', '/*', '*/', '//', '\n', 'choreography ', 'extern ', ':', 'x', ' '),
  }),
  { minLength: 1, maxLength: 6 },
);

function typed(text: string, key: { readonly at: number; readonly with: string }): string {
  const at = key.at % (text.length + 1);
  return key.with === ''
    ? text.slice(0, at) + text.slice(at + 1 + (key.at % 3))
    : text.slice(0, at) + key.with + text.slice(at);
}

describe('cutting again', () => {
  const bare = (pieces: readonly Piece[]): unknown => pieces.map(({ start, end, open }) => ({ start, end, open }));
  it('gives the pieces of cutting anew, whatever is typed', () => {
    fc.assert(
      fc.property(projectTexts, keys, (start, list) => {
        let text = start;
        let pieces: readonly Piece[] = cut(text);
        for (const key of list) {
          const next = typed(text, key);
          const { kept, again, rest, by } = recut(next, { text, pieces });
          pieces = [
            ...pieces.slice(0, kept),
            ...again,
            ...pieces.slice(rest).map(({ start: from, end, open }) => ({ start: from + by, end: end + by, open })),
          ];
          expect(bare(pieces)).toEqual(bare(cut(next)));
          text = next;
        }
      }),
    );
  });
  test.each([
    [
      'a comment that closes far below',
      'network A {}\n/* x\nnetwork B {}\nnetwork C {}\nnetwork D {}\n',
      (text: string) => `${text}*/ network E {}\n`,
    ],
    [
      'a comment that opens far above',
      'type A = int\n/* x */\ntype B = int\ntype C = int\n',
      (text: string) => `/*${text}`,
    ],
    [
      'a string without its end',
      'type A = int\ntype B = int\ntype C = int\n',
      (text: string) => text.replace('B', '"B'),
    ],
    [
      'a keyword that becomes a name',
      'type A =\ntype B = int\ntype C = int\ntype D = int\n',
      (text: string) => text.replace('=\n', '= ('),
    ],
    [
      'a piece that is taken out',
      'type A = int\ntype B = int\ntype C = int\ntype D = int\n',
      (text: string) => text.replace('type B = int\n', ''),
    ],
    ['nothing at all', '', () => 'type A = int'],
    ['everything', 'type A = int', () => ''],
  ])('%s', (_, text, edit) => {
    const next = edit(text);
    const { kept, again, rest, by } = recut(next, { text, pieces: cut(text) });
    const pieces = [
      ...cut(text).slice(0, kept),
      ...again,
      ...cut(text)
        .slice(rest)
        .map((p) => ({ ...p, start: p.start + by, end: p.end + by })),
    ];
    expect(bare(pieces)).toEqual(bare(cut(next)));
  });
  test('scans what is around an edit alone', () => {
    const text = Array.from({ length: 1000 }, (_, i) => `type A${i} = int\n`).join('');
    const { kept, again, rest } = recut(text.replace('A500 = int', 'A500 = (int, int)'), { text, pieces: cut(text) });
    expect([kept, rest]).toEqual([499, 501]);
    expect(again.length).toBe(2);
  });
});

describe('an analysis after edits', () => {
  it('is that of a fresh workspace, whatever is edited', () => {
    fc.assert(
      fc.property(projectTexts, changes, keys, (start, list, more) => {
        const workspace = new Workspace({ limits });
        let text = start;
        workspace.set(uri, text);
        workspace.analyze(uri);
        for (const next of [
          ...list.map((change) => () => edited(text, change)),
          ...more.map((key) => () => typed(text, key)),
        ]) {
          text = next();
          workspace.set(uri, text);
          expect(said(workspace, uri)).toEqual(fresh(new Map([[uri, text]]), uri));
        }
      }),
      { numRuns: Number(process.env['CHOR_RUNS'] ?? 15) },
    );
  }, 600_000);

  it('is that of a fresh workspace where the file that it imports is edited', () => {
    fc.assert(
      fc.property(projectTexts, changes, (start, list) => {
        const importing = `import "./b.chor"\n${start.replace(/^import.*$/gm, '')}`;
        let text = start;
        const workspace = new Workspace({ limits });
        workspace.set(uri, importing.slice(0, 400));
        for (const change of list) {
          workspace.set(library, text);
          expect(said(workspace, uri)).toEqual(
            fresh(
              new Map([
                [uri, importing.slice(0, 400)],
                [library, text],
              ]),
              uri,
            ),
          );
          text = edited(text, change);
        }
      }),
      { numRuns: Number(process.env['CHOR_RUNS'] ?? 10) },
    );
  }, 600_000);

  it('is that of a fresh workspace, whatever is written in a long choreography', () => {
    const steps = fc.array(
      fc.record({ change: fc.record({ kind: fc.nat(7), at: fc.nat(), with: fc.nat() }), back: fc.nat(9) }),
      { minLength: 20, maxLength: 30 },
    );
    fc.assert(
      fc.property(
        fc.boolean().chain((late) => programs(40, late)),
        steps,
        ({ text: start }, list) => {
          const workspace = new Workspace({ limits });
          let [text, before] = [start, start];
          for (const { change, back } of list) {
            workspace.set(uri, text);
            // In most cases only what is wrong is asked for, as while somebody types: then little is looked at again.
            if (back % 4 === 0) expect(said(workspace, uri)).toEqual(fresh(new Map([[uri, text]]), uri));
            else expect(told(workspace)).toEqual(told(freshly(text)));
            // What is wrong is often taken back, so that there is something to keep.
            const wrong = workspace.analyze(uri)?.findings.some((f) => f.severity === 'error') ?? false;
            [text, before] = back < (wrong ? 6 : 1) ? [before, text] : [typedInside(text, change), text];
          }
        },
      ),
      { numRuns: Number(process.env['CHOR_RUNS'] ?? 8) },
    );
  }, 3_600_000);

  it('is that of a fresh workspace, whatever is tried in copies', () => {
    const tries = fc.array(fc.record({ kind: fc.nat(7), at: fc.nat(), with: fc.nat() }), {
      minLength: 5,
      maxLength: 10,
    });
    fc.assert(
      fc.property(
        fc.boolean().chain((late) => programs(12, late)),
        tries,
        ({ text }, list) => {
          const workspace = freshly(text);
          const before = told(workspace);
          for (const change of list) {
            const next = typedInside(text, change);
            const copy = workspace.fork();
            copy.set(uri, next);
            const found = told(copy);
            // What is the same text again is looked at as before, in a copy that knows nothing of the file.
            const again = new Workspace({ limits });
            again.set(uri, text);
            expect(told(again)).toEqual(before);
            expect(found).toEqual(told(freshly(next)));
          }
        },
      ),
      { numRuns: Number(process.env['CHOR_RUNS'] ?? 10) },
    );
  }, 3_600_000);

  test.each([
    ['a number', 'Buyer.budget + 500 -> ', 'Buyer.budget + 7 -> '],
    [
      'a statement more',
      '  Buyer.budget + 500 -> Seller.offer\n',
      '  Buyer.budget + 500 -> Seller.offer\n  Seller.offer -> Buyer.price\n',
    ],
    ['a statement less', '  Buyer.budget + 500 -> Seller.offer\n', ''],
    ['a statement that does not read', 'Buyer.budget + 500 -> ', 'Buyer.budget + 500 - '],
    ['a decision', 'Buyer.budget + 500 -> Seller.offer', 'if Buyer.budget > 1 -> Seller { Buyer.1 -> Seller.offer }'],
  ])('looks at few statements after an edit: %s', (_, from, to) => {
    const lines = Array.from({ length: 1000 }, (_line, i) =>
      i % 10 === 5
        ? `  if Buyer.price > ${i} -> Seller {\n    Buyer.1 -> Seller.paid\n  }`
        : `  Buyer.budget + ${i} -> Seller.offer`,
    );
    const text = `choreography Long(Buyer(budget: int), Seller) {\n  Buyer.budget -> Seller.offer\n  Seller.offer -> Buyer.price\n${lines.join('\n')}\n}\n`;
    const workspace = new Workspace({ limits });
    const passages = (): readonly Passage[] => {
      const [choreography] = workspace.file(uri)?.declarations ?? [];
      return choreography ? (contentOf(choreography).body?.passages.list ?? []) : [];
    };
    workspace.set(uri, text);
    workspace.analyze(uri);
    const before = new Set(passages());
    expect(before.size).toBe(1002);
    for (const next of [text.replace(from, to), text]) {
      workspace.set(uri, next);
      const looked = vi.spyOn(Passage.prototype, 'at');
      const found = told(workspace);
      expect(looked.mock.calls.length).toBeLessThan(100);
      looked.mockRestore();
      expect(found).toEqual(told(freshly(next)));
    }
    expect(passages().filter((passage) => !before.has(passage)).length).toBeLessThan(10);
  });

  test('shows a type by the name that it has now, also far below the edit', () => {
    const text = `type Title = string\n\nchoreography Long(A(t: Title, s: string), B) {\n  A.t -> B.x\n${'  A.1 -> B.n\n'.repeat(50)}  B.x -> A.y\n}\n`;
    const workspace = new Workspace({ limits });
    for (const next of [text, text.replace('A.t -> B.x', 'A.s -> B.x'), text]) {
      workspace.set(uri, next);
      expect(said(workspace, uri)).toEqual(said(freshly(next), uri));
    }
  });

  test('keeps what did not change, and lowers what moved only when somebody looks into it', () => {
    const text = 'type A = int\nchoreography B(P, Q) {\n  P.1 -> Q.x\n}\n';
    const before = lowerFile(uri, text);
    const after = lowerFile(uri, `// Above.\n${text}`, before);
    expect(after.declarations[1]?.origin.start).toBe((before.declarations[1]?.origin.start ?? NaN) + 10);
    expect(JSON.stringify(after.declarations)).toBe(JSON.stringify(lowerFile(uri, `// Above.\n${text}`).declarations));
    const below = lowerFile(uri, `${text}// Below.\n`, before);
    expect(below.declarations[0]).toBe(before.declarations[0]);
  });

  test.each([
    [
      'an open result that two use differently',
      'function none() = []\nchoreography C(A, B) {\n  A.(none() + [1]) -> B.x\n  B.length(x) -> A.n\n  A.n -> B\n}\nchoreography D(A, B) {\n  A.(none() + ["a"]) -> B.x\n  B.length(x) -> A.n\n  A.n -> B\n}\n',
      /\[1\]/,
      '[true]',
    ],
    [
      'functions that call each other',
      'function f(x: int) = if x > 0 then g(x) else 1\nfunction g(x: int) = f(x)\nchoreography C(A, B) {\n  A.g(1) -> B.x\n  B.(x + "a") -> A\n}\n',
      /x > 0/,
      'x > 1',
    ],
    [
      'aliases that lead to each other',
      'type A = (B, int)\ntype B = A\nchoreography C(P(x: B), Q) {\n  P.x -> Q\n}\n',
      /int/,
      'bool',
    ],
    ['a name that is misspelt', 'type Number = int\ntype Other = Nunber\n', /Number/, 'Nunbers'],
  ])('%s', (_, text, from, to) => {
    const workspace = new Workspace({ limits });
    workspace.set(uri, text);
    said(workspace, uri);
    for (const next of [text.replace(from, to), `\n${text.replace(from, to)}`, text]) {
      workspace.set(uri, next);
      expect(said(workspace, uri)).toEqual(fresh(new Map([[uri, next]]), uri));
    }
  });
});
