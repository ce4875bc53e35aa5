// What is seen of a text: folds, selections, colours, lenses, hints, outline, signatures, and projections over time.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { colouredTokens } from '../../language/features/colours.js';
import { inlays } from '../../language/features/inlays.js';
import { lenses } from '../../language/features/lenses.js';
import { createViewHistory, roleViews } from '../../language/features/projections.js';
import { signatureHelp } from '../../language/features/signature.js';
import { folds, selectionsAt } from '../../language/features/structure.js';
import { outline, workspaceSymbols } from '../../language/features/symbols.js';
import type { FileAnalysis } from '../../language/workspace.js';
import { Workspace } from '../../language/workspace.js';
import { mainUri, marked } from './marked.js';
import { bookseller } from './texts.js';

function analysed(text: string): FileAnalysis {
  const workspace = new Workspace();
  workspace.set(mainUri, text);
  return workspace.analyze(mainUri) as FileAnalysis;
}

describe('structure', () => {
  test('folds blocks, comments and imports', () => {
    const text =
      '// one\n// two\nimport { A } from "./a.chor"\nimport "./b.chor"\n/**\n * Doc.\n */\nchoreography C(A, B) {\n  if A.x {\n    A.1 -> B.y\n  }\n}\n';
    expect(
      folds(text).map(
        (f) =>
          `${f.kind} ${text.slice(0, f.range.start).split('\n').length}-${text.slice(0, f.range.end).split('\n').length}`,
      ),
    ).toEqual(['comment 1-2', 'imports 3-4', 'comment 5-7', 'block 8-12', 'block 9-11']);
  });
  test('selections grow from the word to the file, each inside the next, wherever the cursor is', () => {
    fc.assert(
      fc.property(
        fc.nat(bookseller.length),
        fc.constantFrom(bookseller, bookseller.replaceAll('}', ''), '', '}}}((('),
        (n, text) => {
          const ranges = selectionsAt(text, Math.min(n, text.length));
          expect(ranges.length).toBeGreaterThan(0);
          for (const [index, range] of ranges.entries()) {
            const outer = ranges[index + 1];
            if (outer) expect(outer.start <= range.start && range.end <= outer.end).toBe(true);
          }
          expect(ranges.at(-1)).toEqual({ start: 0, end: text.length });
        },
      ),
    );
    const offset = bookseller.indexOf('wanted) ->') + 2;
    const shown = selectionsAt(bookseller, offset).map(({ start, end }) => bookseller.slice(start, end));
    expect(shown.slice(0, 4)).toEqual([
      'wanted',
      '(wanted)',
      'Seller.priceOf(wanted)',
      'Seller.priceOf(wanted) -> Buyer.price',
    ]);
  });
  test('the outline has declarations with their roles', () => {
    expect(outline(analysed(bookseller).file).map((i) => [i.name, i.kind, i.children.map((c) => c.name)])).toEqual([
      ['Title', 'type', []],
      ['priceOf', 'function', []],
      ['date', 'function', []],
      ['Bookseller', 'choreography', ['Buyer', 'Seller', 'Shipper']],
    ]);
  });
  test('workspace symbols are found by letters in order', () => {
    const { workspace } = marked(`${bookseller}<|>`, { 'b.chor': 'choreography Bob(A, B) {\n}\n' });
    expect(workspaceSymbols(workspace, 'bksl').map((s) => s.name)).toEqual(['Bookseller']);
    expect(
      workspaceSymbols(workspace, 'bo')
        .map((s) => s.name)
        .sort(),
    ).toEqual(['Bob', 'Bookseller']);
  });
});

describe('colours', () => {
  test('every role has its number, and its variables have the same', () => {
    const analysis = analysed(bookseller);
    const of = (part: string): readonly string[] =>
      colouredTokens(analysis).find((t) => t.origin.start === bookseller.indexOf(part))?.modifiers ?? [];
    expect(of('Buyer(title')).toEqual(['declaration', 'role0']);
    expect(of('wanted\n')).toEqual(['declaration', 'role1']);
    expect(of('Shipper.date')).toEqual(['role2']);
  });
  test('tokens are in order and do not overlap', () => {
    const tokens = colouredTokens(analysed(bookseller));
    tokens.forEach((token, index) =>
      expect(token.origin.start).toBeGreaterThanOrEqual(tokens[index - 1]?.origin.end ?? 0),
    );
  });
});

test('texts with carriage returns look the same', () => {
  const returned = bookseller.replaceAll('\n', '\r\n');
  const [plain, windows] = [analysed(bookseller), analysed(returned)];
  expect(lenses(windows).map((l) => l.title)).toEqual(lenses(plain).map((l) => l.title));
  expect(colouredTokens(windows).map((t) => [returned.slice(t.origin.start, t.origin.end), t.modifiers])).toEqual(
    colouredTokens(plain).map((t) => [bookseller.slice(t.origin.start, t.origin.end), t.modifiers]),
  );
  expect(folds(returned).length).toBe(folds(bookseller).length);
  expect(windows.projections.flatMap(roleViews).map((v) => v.text)).toEqual(
    plain.projections.flatMap(roleViews).map((v) => v.text),
  );
});

describe('lenses and hints', () => {
  test('a lens says size and verdict', () => {
    expect(lenses(analysed(bookseller)).map((l) => l.title)).toEqual(['3 roles · 7 messages · deadlock-free']);
    expect(lenses(analysed(bookseller.replace('Seller -> Shipper: idle\n', '\n'))).map((l) => l.title)).toEqual([
      '3 roles · 6 messages · 1 error',
    ]);
  });
  test('types stand where variables come to be, and choices say who learns of them', () => {
    const analysis = analysed(bookseller);
    const everywhere = { start: 0, end: bookseller.length };
    const shown = inlays(analysis, everywhere, { types: true, choice: true }).map(
      (i) => `${bookseller.slice(0, i.offset).split('\n').length}${i.text}`,
    );
    expect(shown).toEqual(['8 ‹Title›', '9 ‹int›', '10 Seller and Shipper will learn', '12 ‹Title›', '13 ‹string›']);
    expect(inlays(analysis, everywhere, { types: false, choice: false })).toEqual([]);
  });
  test('types in networks, where they can be written', () => {
    const analysis = analysed(
      'network N {\n  process A { send 1 to B }\n  process B {\n    receive x from A\n    receive y: string from A\n    z = x\n  }\n}\n',
    );
    expect(
      inlays(analysis, { start: 0, end: analysis.file.text.length }, { types: true, choice: true }).map((i) => i.text),
    ).toEqual([': int', ': int']);
  });
});

describe('signature help', () => {
  const help = (source: string): string | undefined => {
    const { workspace, uri, offset } = marked(source);
    const found = signatureHelp(workspace, uri, offset);
    return found && `${found.signatures[0]?.label ?? ''} @${found.active}`;
  };
  test('knows functions, choreographies, records and the library, in broken text', () => {
    expect(help('extern f(a: int, b: int): int\nchoreography C(A, B) {\n  A.f(1, <|>')).toBe(
      'f(a: int, b: int): int @1',
    );
    expect(help('choreography Q(X(n: int), Y) {\n}\nchoreography C(A, B) {\n  do Q(A(1), <|>')).toBe(
      'choreography Q(X(n: int), Y) @1',
    );
    expect(help('record R { a: int, b: int }\nchoreography C(A, B) {\n  A.R(b: <|>')).toBe('R(a: int, b: int): R @1');
    expect(help('choreography C(A, B) {\n  A.startsWith("x", <|>')).toBe(
      'startsWith(text: string, piece: string): bool @1',
    );
    expect(help('choreography C(A, B) {\n  <|>')).toBeUndefined();
  });
});

describe('projections over time', () => {
  const two = 'choreography One(A, B) {\n  A.1 -> B.x\n}\nchoreography Two(A, B) {\n  A.2 -> B.y\n}\n';
  const states = (texts: readonly string[]): ReturnType<ReturnType<typeof createViewHistory>['views']> => {
    const workspace = new Workspace();
    const history = createViewHistory();
    texts.forEach((text, index) => {
      workspace.set(mainUri, text);
      history.update(workspace.analyze(mainUri) as FileAnalysis, index + 1);
    });
    return history.views();
  };
  test('a broken choreography keeps its last good view, and the others stay live', () => {
    const views = states([two, two.replace('-> B.x', '->')]);
    expect(views.map((v) => [v.name, v.version, v.reason === undefined])).toEqual([
      ['One', 1, false],
      ['Two', 2, true],
    ]);
    expect(views[0]?.roles()[0]?.text).toContain('send 1 to B');
  });
  test('a declaration of which nothing can be read keeps its view too', () => {
    const views = states([two, two.replace('choreography One', 'choreogra One')]);
    expect(views.map((v) => v.name)).toEqual(['One', 'Two']);
  });
  test('it comes back when the text does, and is gone when it is taken out', () => {
    expect(states([two, two.replace('-> B.x', '->'), two]).map((v) => v.reason)).toEqual([undefined, undefined]);
    expect(states([two, two.slice(two.indexOf('choreography Two'))]).map((v) => v.name)).toEqual(['Two']);
  });
});
