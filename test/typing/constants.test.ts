// Constants: their types, what they may be computed from, what hides them, and where they may stand.
import { describe, expect, it } from 'vitest';
import { complete } from '../../language/features/completion.js';
import { hover } from '../../language/features/hover.js';
import { rename } from '../../language/features/rename.js';
import { lowerFile } from '../../language/lowering/source.js';
import { projectionFile } from '../../language/projection/file.js';
import { format } from '../../language/syntax/format.js';
import { applyEdits } from '../../language/edits/fix.js';
import { hints, messages, namesOf, problems, uri, workspaceOf } from './helpers.js';

const chor = (body: string): string => `choreography C(A(n: int, r: float), B) {\n  ${body}\n}\n`;

describe('a constant', () => {
  it.each([
    ['const k = 3', 'A.n + k -> B.x'],
    ['const k: float = 3', 'A.r * k -> B.x'],
    ['const k = [1, 2]', 'A.k[0] + length(k) -> B.x'],
    ['const k = l + 1\nconst l = f(2)\nfunction f(x: int) = x * m\nconst m = 7', 'A.k + l + m -> B.x'],
    ['enum E { a, b(x: int) }\nconst k = b(3)', 'match A.k -> B { case b(x) { A.x -> B.y } case a { } }'],
    ['record R { x: int }\nconst k = R(x: 1)', 'A.(k with (x: 2)).x -> B.y'],
    ['const k = none', 'A.(if n > 1 then k else some(1)) -> B.x\n  A.(if n > 1 then k else some("s")) -> B.y'],
    ['const k = 1', 'A.map([n], k => k + 1) -> B.x'],
  ])('is used: %s', (declarations, body) => expect(problems(`${declarations}\n${chor(body)}`)).toEqual([]));

  it('has one type, whatever needs it', () => {
    expect(messages(`const half = 1 / 2\n${chor('A.r * half -> B.x')}`)).toEqual([
      '`half` is an `int` here, but `r`, on the other side of `*`, is a `float`.',
    ]);
    expect(messages('const k: string = 3\n')).toEqual(['`3` is an `int` here, but `k` is declared as a `string`.']);
    expect(namesOf('const k = (1, "a")\n').occurrences.at(0)?.symbol.detail).toBe('const k: (int, string) = (1, "a")');
  });
  it('is no function, and holds none', () => {
    expect(messages(`const k = 3\n${chor('A.k(1) -> B.x')}`)).toEqual([
      '`k` is a constant, but a function has to stand here.',
    ]);
    expect(problems('const f = x => x\nextern ask(): int\nconst g = ask\n')).toEqual([
      'type-mismatch: x => x',
      'type-mismatch: ask',
    ]);
  });
  it('is not computed from itself', () => {
    expect(messages('const k = k + 1\n')).toEqual([
      '`k` is computed from itself: it has no value. Write its value out.',
    ]);
    expect(
      messages('const k = f(1)\nfunction f(x: int): int = if x > 0 then g() else 2\nfunction g(): int = k\n'),
    ).toEqual(['`k` is computed from itself, by way of `f` and `g`: it has no value. Write its value out.']);
    expect(problems('const k = f(3)\nfunction f(x: int): int = if x > 0 then f(x - 1) else 2\n')).toEqual([]);
    // One that only leads to a circle is no part of it.
    expect(problems('const j = k\nconst k = k\n')).toEqual(['not-constant: k']);
    // A parameter of that name is not it.
    expect(problems('const k = f(1)\nfunction f(k: int): int = k\n')).toEqual([]);
    expect(
      problems('import { l } from "./b.chor"\nconst k = l\n', {
        'b.chor': 'import { k } from "./main.chor"\nconst l = k\n',
      }),
    ).toEqual(['not-constant: k']);
  });
  it('asks nobody', () => {
    const asked = 'extern ask(): int\nfunction twice(): int = 2 * ask()\nconst k = twice() + 1\nconst l = k\n';
    expect(messages(asked)).toEqual([
      'A constant is the same wherever it is used, but `ask` is for the host program to answer. Let one role ask, and send the answer to the others.',
    ]);
    expect(problems('const k = map([1], nothingOfThatName)\n')).toEqual(['unknown-variable: nothingOfThatName']);
  });
  it('is declared once, and imported as others are', () => {
    expect(problems('const k = 1\nconst k = 2\n')).toEqual(['duplicate-name: k']);
    expect(
      problems(`import { k } from "./b.chor"\n${chor('A.k -> B.x')}`, { 'b.chor': 'const k = l\nconst l = 1\n' }),
    ).toEqual([]);
    expect(hints('import { k } from "./b.chor"\n', { 'b.chor': 'const k = 1\n' })).toEqual([
      'unused-import: import { k } from "./b.chor"',
    ]);
  });
  it('is hidden by a variable and by a name in a pattern, which is told', () => {
    expect(messages(`const k = 1\n${chor('A.k = n\n  A.k -> B.x')}`)).toEqual([
      '`k` is a constant; this is a variable of A with the same name, which hides it. Give it another name.',
    ]);
    expect(messages(`const k = 1\n${chor('match A.n -> B { case k { A -> B: m } }')}`)).toEqual([
      'This takes any value, and calls it `k`; it does not compare with the constant `k`. To compare, use `if`.',
    ]);
    expect(problems('const k = 1\nfunction f(x: int) = match x { case k => k }\n')).toEqual(['shadows-constant: k']);
    expect(
      problems('const k = 1\nnetwork N {\n  process A { receive k from B }\n  process B { send 1 to A }\n}\n'),
    ).toEqual(['shadows-constant: k']);
    // Who names a parameter, an input or a lambda’s own name says what it is.
    expect(problems(`const n = 1\nfunction f(n: int) = n\n${chor('A.f(n) -> B.x')}`)).toEqual([]);
  });
  it('decides as its value does', () => {
    const text = `const k = 3\n${chor('A.n -> B.n\n  if A.n > k, B.n > 3 { A -> B: m }')}`;
    expect(problems(text)).toEqual([]);
    expect(
      workspaceOf(text)
        .analyze(uri)
        ?.findings.filter((f) => f.severity === 'error'),
    ).toEqual([]);
    expect(
      workspaceOf(
        'const many = 1 < 2\nnetwork N {\n  process A { if many { send to B: m } else { send to B: n } }\n  process B { receive from A: m }\n}\n',
      )
        .analyze(uri)
        ?.findings.map((f) => f.code),
    ).toEqual(['unreachable']);
  });
  it('keeps its name in projections', () => {
    const text = `const k = 3\n${chor('A.n * k -> B.x')}`;
    const made = projectionFile(workspaceOf(text), uri, 'C')?.text ?? '';
    expect(made).toMatch(/^import \{ C, k \} from ".\/main.chor"/);
    expect(made).toContain('send n * k to B');
  });
});

describe('the word `const`', () => {
  const kinds = (text: string): string[] => lowerFile(uri, text).declarations.map((d) => `${d.kind} ${d.name.text}`);
  it.each([
    ['const a = 1\nconst b: int = 2;\nconst c = 3', ['const a', 'const b', 'const c']],
    ['record R { x: int } const b = 3', ['record R', 'const b']],
    ['type T = int const b = 3 const c = 4', ['type T', 'const b', 'const c']],
    ['choreography C(A, B) { A -> B: m }\nconst b = 3', ['choreography C', 'const b']],
    ['choreography C(A, B) { A -> B: m } const b = 3', ['choreography C', 'const b']],
    ['const to = 1', ['const to']],
  ])('starts a declaration: %s', (text, wanted) => {
    expect(kinds(text)).toEqual(wanted);
    expect(lowerFile(uri, text).syntaxErrors).toEqual([]);
  });
  it.each([
    'choreography C(A, B) {\n  A.const = 1\n  A.const -> B.const\n  B.const + 1 -> A.x: const\n}\n',
    'network N {\n  process A {\n    const = 1\n    send const to B\n  }\n  process B {\n    receive const from A\n    x = const\n  }\n}\n',
    'record R { const: int }\nfunction f(const: int): int = const\nenum E { a, const }\n',
  ])('is a name elsewhere: %s', (text) => expect(lowerFile(uri, text).syntaxErrors).toEqual([]));
  it('does not harm what is before it while it is typed', () => {
    const before = 'choreography C(A, B) { A -> B: m }\n';
    for (const typed of ['const', 'const r', 'const rate', 'const rate =', 'const rate = 3 *'])
      expect(lowerFile(uri, `${before}\n${typed}`).declarations[0]?.broken, typed).toBe(false);
    expect(lowerFile(uri, `${before}const = 3\n`).syntaxErrors.map((e) => e.message)).not.toEqual([]);
  });
  it('stands outside of choreographies', () => {
    expect(
      lowerFile(uri, 'choreography C(A, B) {\n  const x = 1\n  A -> B: m\n}\n').syntaxErrors.map((e) => e.message),
    ).toEqual([
      '`const` gives a constant of the file: it stands outside of choreographies and networks. A variable comes to be where it is first assigned, as in `Role.x = 1`.',
    ]);
  });
  it('is laid out', () =>
    expect(format('const  a:int=1+2\n\n\nconst b =  [ a ]')).toBe('const a: int = 1 + 2\n\nconst b = [a]\n'));
});

describe('in the editor, a constant', () => {
  const text = '/** How many. */\nconst most = 3\n\nchoreography C(A(n: int), B) {\n  A.n + most -> B.x\n}\n';
  it('is completed, where values are', () => {
    const labels = (source: string): string[] =>
      complete(workspaceOf(source.replace('|', '')), uri, source.indexOf('|')).items.map((item) => item.label);
    expect(labels(text.replace('n + most', 'n + |'))).toContain('most');
    expect(labels('const a = 1\nconst b = |')).toEqual(expect.arrayContaining(['a', 'length']));
    expect(labels('const a = 1\nconst b = |')).not.toContain('b');
    expect(labels('const a: |')).toContain('int');
    expect(labels('const |')).toEqual([]);
    expect(labels('record R { a: int }\n\nconst |')).toEqual([]);
    expect(labels('con|')).toContain('const');
  });
  it('is shown with its type and value, and renamed everywhere', () => {
    const workspace = workspaceOf(text);
    const at = text.lastIndexOf('most');
    expect(hover(workspace, uri, at)?.markdown).toContain('const most: int = 3');
    expect(hover(workspace, uri, at)?.markdown).toContain('How many.');
    const answer = rename(workspace, uri, at, 'limit');
    expect('refused' in answer ? answer.refused : applyEdits(text, answer.edits)).toBe(
      text.replaceAll('most', 'limit'),
    );
    const taken = rename(workspace, uri, at, 'n');
    expect('refused' in taken).toBe(true);
  });
});
