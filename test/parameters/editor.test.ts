// The editor's view of what choreographies are given: hovers, rename, completion, signature help, refactorings,
// diagrams, exports.
import { describe, expect, test } from 'vitest';
import { sequenceOf } from '../../language/diagram/sequence.js';
import { applyEdits } from '../../language/edits/fix.js';
import { exportDeclaration } from '../../language/export/export.js';
import { complete } from '../../language/features/completion.js';
import { hover } from '../../language/features/hover.js';
import { roleViews } from '../../language/features/projections.js';
import { refactorings } from '../../language/features/refactorings.js';
import { rename } from '../../language/features/rename.js';
import { signatureHelp } from '../../language/features/signature.js';
import { format } from '../../language/syntax/format.js';
import { marked } from '../features/marked.js';

const buy = `extern yes(): bool
extern note(x: int)
/** Asks. */
choreography Buy(Buyer, Seller, decide: choreography(Buyer): bool@Buyer, rounds: int) {
  Buyer.ok = do decide(Buyer)
  if Buyer.ok -> Seller { Buyer.rounds -> Seller.n  Seller.note(n + rounds) }
}
choreography Alone(Someone): bool@Someone { return Someone.yes() }
`;

function labels(source: string): string[] {
  const { workspace, uri, offset } = marked(source);
  return complete(workspace, uri, offset).items.map(({ label }) => label);
}

describe('completion', () => {
  const main = (line: string): string =>
    `${buy}choreography Main(B, S, limit: int, own: choreography(B): bool@B) {\n  ${line}\n}\n`;

  test('in a call: roles, choreographies, values, by their places', () => {
    expect(labels(main('do Buy(<|>)'))).toEqual(expect.arrayContaining(['B', 'S']));
    expect(labels(main('do Buy(B, S, <|>)'))).toEqual(expect.arrayContaining(['own', 'Alone']));
    expect(labels(main('do Buy(B, S, <|>)'))).not.toContain('S');
    expect(labels(main('do Buy(B, S, own, <|>)'))).toContain('limit');
  });

  test('what is given is called, and used', () => {
    expect(labels(main('B.x = do <|>'))).toEqual(expect.arrayContaining(['own', 'Alone']));
    expect(labels(main('B.x = <|>'))).toContain('limit');
    expect(labels(main('for i in 0 until <|> {\n  }'))).toContain('limit');
  });

  test('no parameter is a role', () => expect(labels(main('<|>'))).not.toContain('limit'));

  test('the type of one', () => expect(labels('choreography C(A, f: <|>) {\n}\n')).toContain('choreography'));
});

test('a hover shows what it is called with', () => {
  const { workspace, uri, offset } = marked(buy.replace('do decide', 'do dec<|>ide'));
  expect(JSON.stringify(hover(workspace, uri, offset))).toContain('decide: choreography(Buyer): bool@Buyer');
});

test.each([
  ['dec<|>ide(Buyer)', 'choose', 2],
  ['n + rou<|>nds', 'times', 3],
])('rename of %s', (at, name, count) => {
  const { workspace, uri, offset } = marked(buy.replace(at.replace('<|>', ''), at));
  const answer = rename(workspace, uri, offset, name);
  expect('edits' in answer ? answer.edits : answer).toHaveLength(count);
});

test('signature help', () => {
  const { workspace, uri, offset } = marked(`${buy}choreography Main(B, S) { do Buy(B, S, <|>) }\n`);
  const help = signatureHelp(workspace, uri, offset);
  expect(help?.active).toBe(2);
  expect(help?.signatures[0]?.parameters.map(({ label }) => label)).toEqual([
    'Buyer',
    'Seller',
    'decide: choreography(Buyer): bool@Buyer',
    'rounds: int',
  ]);
  const inner = marked(buy.replace('do decide(Buyer)', 'do decide(<|>)'));
  expect(signatureHelp(inner.workspace, inner.uri, inner.offset)?.signatures[0]?.label).toBe(
    'decide: choreography(Buyer): bool@Buyer',
  );
});

test('the formatter lays headers out', () => {
  expect(
    format('choreography C( A,f :choreography( A ( x:int ) ) :bool @ A,n:int){ do f(A(n) ) do D(A , n-1,E( _,A )) }'),
  ).toBe(
    'choreography C(A, f: choreography(A(x: int)): bool@A, n: int) {\n  do f(A(n))\n  do D(A, n - 1, E(_, A))\n}\n',
  );
});

/** The text after a refactoring of some title. */
function refactored(source: string, title: string): string | undefined {
  const start = source.indexOf('<|');
  const end = source.indexOf('|>') - 2;
  const { workspace, uri, text } = marked(source.replace('<|', '').replace('|>', '<|>'));
  for (const found of refactorings(workspace, uri, { start, end }, 10_000))
    if (found?.title.includes(title))
      return applyEdits(
        text,
        found.edits.filter((edit) => edit.uri === uri),
      );
  return undefined;
}

describe('refactorings', () => {
  test('a call with a value is inlined', () => {
    const text =
      'extern note(n: int)\nchoreography Twice(A, B, n: int) { A.n * 2 -> B.x  B.note(x) }\nchoreography Main(P, Q, k: int) {\n  <|do Twice(P, Q, k + 1)|>\n}\n';
    expect(refactored(text, 'Inline')).toContain('  P.(k + 1) * 2 -> Q.x');
  });

  test('a call with a choreography is inlined', () => {
    const text =
      'extern yes(): bool\nchoreography Ask(A, B, d: choreography(A): bool@A) {\n  A.x = do d(A)\n  A.x -> B.y\n  B.note(y)\n}\nextern note(y: bool)\nchoreography Alone(A): bool@A { return A.yes() }\nchoreography Main(P, Q) {\n  <|do Ask(P, Q, Alone)|>\n}\n';
    expect(refactored(text, 'Inline')).toContain('P.x = do Alone(P)');
  });

  test('what all know is handed to what is extracted', () => {
    const text =
      'extern note(n: int)\nchoreography Main(P, Q, k: int) {\n  <|P.k -> Q.x\n  Q.note(x + k)|>\n  Q -> P: over\n}\n';
    const after = refactored(text, 'Extract');
    expect(after).toContain('do MainPart(P, Q, k)');
    expect(after).toContain('choreography MainPart(P, Q, k: int) {');
  });

  test('another role stands before what is given', () => {
    const text =
      'choreography Sub(A, B, k: int) {\n  A.k -> B.x\n  B.note(x)\n}\nextern note(n: int)\nchoreography Main(P, Q) { do Sub(P, Q, 3) }\n'.replace(
        'choreography Sub',
        'choreography S<||>ub',
      );
    const after = refactored(text, 'Add a role');
    expect(after).toContain('choreography Sub(A, B, Role, k: int)');
    expect(after).toContain('do Sub(P, Q, Role, 3)');
  });
});

describe('what is shown and written', () => {
  const main = `${buy}choreography Main(B, S) { do Buy(B, S, Alone, 2) }\n`;

  test('a sequence diagram unfolds the callee with what it is given', () => {
    const { workspace, uri } = marked(`${main}<|>`);
    const analysis = workspace.analyze(uri);
    const declaration = analysis?.file.declarations.find(({ name }) => name.text === 'Main');
    if (!analysis || declaration?.kind !== 'choreography') throw new Error('no choreography');
    const diagram = sequenceOf(declaration, analysis.scope);
    expect(Object.values(diagram.sections).map(({ name }) => name)).toEqual(['Main', 'Buy_Alone', 'Alone']);
  });

  test('the view of one that is given others says so', () => {
    const { workspace, uri } = marked(`${main}<|>`);
    const projected = workspace.analyze(uri)?.projections.find(({ choreography }) => choreography.name.text === 'Buy');
    const [view] = projected ? roleViews(projected) : [];
    expect(view?.text).toMatch(/^\/\/ `Buy` is given `decide` by who calls it/);
    expect(view?.text).toContain('ok = do decide(Buyer)');
  });

  test.each(['scribble', 'cfsm', 'promela', 'dot', 'asyncapi'] as const)('%s', (form) => {
    const { workspace, uri } = marked(`${main}<|>`);
    const analysis = workspace.analyze(uri);
    const [alone, whole] = ['Buy', 'Main'].map((name) =>
      analysis?.file.declarations.find((each) => each.name.text === name),
    );
    if (!analysis || alone?.kind !== 'choreography' || whole?.kind !== 'choreography')
      throw new Error('no choreography');
    const refused = exportDeclaration(alone, analysis.scope, form);
    expect(refused.kind === 'failed' && refused.message).toContain('it is given `decide` by who calls it');
    expect(exportDeclaration(whole, analysis.scope, form).kind).toBe('exported');
  });
});
