// `let` in expressions: what it names, what hides what, and which patterns may stand in it; patterns of records.
import { describe, expect, it } from 'vitest';
import { complete } from '../../language/features/completion.js';
import { rename } from '../../language/features/rename.js';
import { lowerFile } from '../../language/lowering/source.js';
import { projectionFile } from '../../language/projection/file.js';
import { format } from '../../language/syntax/format.js';
import { printExpr } from '../../language/syntax/print.js';
import { applyEdits } from '../../language/edits/fix.js';
import { messages, problems, uri, workspaceOf } from './helpers.js';

const declared =
  'record Order { title: string, copies: int }\nenum One { only(n: int) }\nenum Two { left(n: int), right }\n';
const within = (value: string): string =>
  `${declared}choreography C(A(n: int, o: Order, p: (int, string), w: One, t: Two, xs: list<int>), B) {\n  A.(${value}) -> B.y\n}\n`;

describe('let', () => {
  it.each([
    'let x = n in x + x',
    'let x = 1 in let y = x + 1 in x * y',
    'let x = let y = 1 in y + n in x',
    'let (a, b) = p in b + toString(a)',
    'let Order(t, c) = o in t + toString(c)',
    'let only(k) = w in k + n',
    'let ((a, _), Order(_, c)) = (p, o) in a + c',
    'let _ = n in 1',
    'let n = n + 1 in n',
    'map(xs, x => let y = x * x in y + n)',
    'if let x = n in x > 1 then 1 else 2',
    'match n { case 1 => let x = 2 in x, else => 3 }',
    'let in = 1 in in + 1',
  ])('is read and typed: %s', (value) => expect(problems(within(value))).toEqual([]));

  it('gives the type that is needed to its body', () => {
    expect(messages(within('1 + (let x = n in toString(x))'))).toEqual([
      '`(let x = n in toString(x))` is a `string` here, but `1`, on the other side of `+`, is an `int`.',
    ]);
    expect(messages('function f(n: int): string = let x = n in x\n')).toEqual([
      '`x` is an `int` here, but `f` gives a `string`.',
    ]);
    expect(problems('function f(n: int): list<float> = let x = 1 in [1, 2]\n')).toEqual([]);
  });
  it('names values, and no functions', () =>
    expect(problems(within('let f = x => x + 1 in map(xs, f)'))).toEqual(['type-mismatch: x => x + 1']));
  it('names nothing outside of its body', () => {
    expect(problems(within('(let x = 1 in x) + x'))).toEqual(['unknown-variable: x']);
    expect(problems(within('let x = x in x'))).toEqual(['unknown-variable: x']);
  });
  it.each([
    [
      'let some(x) = head(xs) in x',
      '`some(x)` does not take every value of `head(xs)`, which may be `none`. Use `match`, which says what happens then.',
    ],
    [
      'let left(k) = t in k',
      '`left(k)` does not take every value of `t`, which may be `right`. Use `match`, which says what happens then.',
    ],
    [
      'let (1, s) = p in s',
      '`(1, s)` does not take every value of `p`, which may be `(_, _)`. Use `match`, which says what happens then.',
    ],
    [
      'let Order("a", c) = o in c',
      '`Order("a", c)` does not take every value of `o`, which may be `Order(_, _)`. Use `match`, which says what happens then.',
    ],
  ])('takes every value: %s', (value, message) => expect(messages(within(value))).toEqual([message]));
  it('takes no pattern of another type', () => {
    expect(problems(within('let (a, b, c) = p in a'))).toEqual(['type-mismatch: (a, b, c)']);
    expect(problems(within('let Order(a) = o in a'))).toEqual(['wrong-arguments: Order(a)']);
    expect(problems(within('let Order(a, b) = n in a'))).toEqual(['type-mismatch: Order(a, b)']);
    expect(problems(within('let (a, a) = p in a'))).toEqual(['duplicate-name: a']);
  });
});

describe('a record in a pattern', () => {
  it('takes its fields in order', () => {
    expect(problems(within('match o { case Order("a", c) => c, case Order(_, c) => c + 1 }'))).toEqual([]);
    expect(messages(within('match o { case Order("a", c) => c }'))).toEqual([
      expect.stringContaining('No case takes `Order(_, _)`'),
    ]);
    expect(
      problems(
        `${declared}choreography C(A(o: Order), B) {\n  match A.o -> B { case Order(t, c) { A.(t + toString(c)) -> B.y } }\n}\n`,
      ),
    ).toEqual([]);
  });
});

describe('the text of a let', () => {
  const value = (text: string): string => {
    const [declaration] = lowerFile(uri, `function f(x: int) = ${text}\n`).declarations;
    return declaration?.kind === 'function' ? printExpr(declaration.body) : '';
  };
  it.each([
    'let x = 1 in x + 1',
    '1 + (let x = 1 in x)',
    'let x = let y = 1 in y in x',
    'f(let x = 1 in x, 2)',
    '(let (a, b) = p in a, 2)',
    'let x = if a then 1 else 2 in x',
    'x => let y = x in y',
  ])('is printed with the brackets that it needs: %s', (text) => {
    expect(value(text)).toBe(text);
  });
  it('is laid out, with the line breaks that are there', () => {
    expect(format('function f(x: int)=let   y=x  in\n\n y+1')).toBe('function f(x: int) = let y = x in\n  y + 1\n');
    expect(format('function f(x: int)=\nlet y=x\nin y')).toBe('function f(x: int) =\n  let y = x\n  in y\n');
  });
  it('is told where a statement starts with it', () => {
    expect(
      lowerFile(uri, 'choreography C(A, B) {\n  let x = 1\n  A -> B: m\n}\n').syntaxErrors.map((e) => e.message),
    ).toEqual([
      '`let` names a part of an expression, `let x = 1 in x + 1`; a variable comes to be where it is first assigned, as in `Role.x = 1`.',
    ]);
    expect(lowerFile(uri, 'function f(x: int) = let y = x\n').syntaxErrors.map((e) => e.message)).toEqual([
      'Expected `in`, but the text ends here.',
    ]);
  });
});

describe('projecting a let', () => {
  it('keeps its names apart from those of the code around, where a call is written out', () => {
    const text = `choreography Callee(P(k: int), Q) {
  P.k -> Q.x: item
  Q.log(let k = x + 1 in k * x)
}
extern log(n: int)
choreography C(A(n: int), B) {
  A.n -> B.k: item
  if A.n > 1 {
    do Callee(A(n), B)
  } else {
    A -> B: over
  }
  B.log(k)
}
`;
    expect(problems(text)).toEqual([]);
    const made = projectionFile(workspaceOf(text), uri, 'C', { role: 'B' })?.text ?? '';
    expect(made).toContain('let k = x + 1 in k * x');
    expect(problems(text, { 'p.chor': made })).toEqual([]);
  });
});

describe('in the editor, a let', () => {
  it('is completed behind its `in`, and not where its name is made up', () => {
    const labels = (source: string): string[] =>
      complete(workspaceOf(source.replace('|', '')), uri, source.indexOf('|')).items.map((item) => item.label);
    expect(labels('function f(x: int) = let total = x in |')).toEqual(expect.arrayContaining(['total', 'x']));
    expect(labels('choreography C(A(n: int), B) {\n  A.x = let sum = n in |\n}\n')).toEqual(
      expect.arrayContaining(['sum', 'n']),
    );
    expect(labels('function f(x: int) = let |')).toEqual([]);
    expect(labels('function f(x: (int, int)) = let (a, |')).toEqual([]);
    expect(labels('function f(x: int) = |')).toContain('let');
  });
  it('is renamed in its body alone', () => {
    const text = 'function f(x: int): int = (let y = x in y + y) + x\n';
    const workspace = workspaceOf(text);
    const answer = rename(workspace, uri, text.indexOf('y ='), 'z');
    expect('refused' in answer ? answer.refused : applyEdits(text, answer.edits)).toBe(
      'function f(x: int): int = (let z = x in z + z) + x\n',
    );
    const used = 'function f(x: int): int = let y = x in y + x\n';
    expect('refused' in rename(workspaceOf(used), uri, used.indexOf('y ='), 'x')).toBe(true);
  });
});
