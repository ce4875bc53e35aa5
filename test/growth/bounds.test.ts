// Texts that once took time that doubled with each line, or more of the stack than there is: each is answered, with
// what is right.
import { describe, expect, test } from 'vitest';
import { guarded } from '../../language/checked.js';
import { inlays } from '../../language/features/inlays.js';
import { format } from '../../language/syntax/format.js';
import { parse } from '../../language/syntax/parse.js';
import { renewed } from '../../language/typing/renewed.js';
import {
  isSame,
  listOf,
  openParts,
  showType,
  string,
  tupleOf,
  int,
  unify,
  variable,
} from '../../language/typing/types.js';
import type { Type } from '../../language/typing/types.js';
import { Workspace } from '../../language/workspace.js';
import { inWords } from '../in-words.js';

const uri = 'file:///bounds.chor';

function analyse(text: string, options: ConstructorParameters<typeof Workspace>[0] = {}) {
  const workspace = new Workspace(options);
  workspace.set(uri, text);
  const analysis = workspace.analyze(uri);
  if (!analysis) throw new Error('no analysis');
  return analysis;
}
const errors = (text: string): string[] =>
  analyse(text)
    .findings.filter((f) => f.severity === 'error')
    .map((f) => f.code);
const times = (n: number, item: (i: number) => string, between = '\n'): string =>
  Array.from({ length: n }, (_, i) => item(i)).join(between);

describe('the parser', () => {
  const receives = (n: number): string =>
    `network N {\n  process P {\n${times(n, (i) => `receive from Q { no${i} {} yes${i} {`)}\nreceive from Q: end\n${times(n, () => '} }')}\n  }\n  process Q { ${times(n, (i) => `send to P: yes${i}`)} send to P: end }\n}\n`;
  test('reads branches of `receive` in each other once', () => {
    const text = receives(60);
    expect(parse(text).flatMap((s) => s.issues)).toEqual([]);
    expect(format(format(text))).toBe(format(text));
    expect(errors(receives(22))).toEqual([]);
  });
  test.each([
    [
      '`else if`',
      `choreography G(A(x: int), B) { ${times(400, (i) => `if A.x == ${i} -> B { A -> B: m }`, ' else ')} else { } }`,
    ],
    [
      '`else if` of a process',
      `network N { process P(x: int) { ${times(5000, (i) => `if x == ${i} { }`, ' else ')} } }`,
    ],
    ['brackets', `function f() = ${'('.repeat(10_000)}1${')'.repeat(10_000)}`],
    ['lists', `function f() = ${'['.repeat(10_000)}1${']'.repeat(10_000)}`],
    ['options', `function f() = ${'some('.repeat(10_000)}1${')'.repeat(10_000)}`],
    ['`not`', `function f() = ${'not '.repeat(10_000)}true`],
    ['a sum', `function f() = 1${' + 1'.repeat(100_000)}`],
    ['types', `type T = ${'list<'.repeat(10_000)}int${'>'.repeat(10_000)}`],
    [
      'patterns',
      `function f(o: option<int>) = match o { case ${'some('.repeat(10_000)}x${')'.repeat(10_000)} => 1, else => 2 }`,
    ],
    ['blocks', `choreography G(A, B) { ${'if A.x { '.repeat(10_000)}${'}'.repeat(10_000)} }`],
  ])('tells too many levels of %s once, and checks the rest of the file', (_, deep) => {
    const found = analyse(`${deep}\nchoreography Other(A, B) { A.nothing -> B.y }\n`).findings.filter(
      (f) => f.severity === 'error',
    );
    expect(found.map((f) => f.code)).toEqual(['syntax-error', 'unknown-variable']);
    expect(found.map((f) => inWords(f).message)[0]).toContain('nested too deeply');
  });
  test('tells of a megabyte of braces what is wrong, in few words', () => {
    const issues = parse('{'.repeat(1_000_000)).flatMap((s) => s.issues);
    expect(issues.length).toBeLessThan(5);
    expect(Math.max(...issues.map((i) => i.message.length))).toBeLessThan(300);
  });
});

describe('types that share parts', () => {
  const doubled = (n: number, last: Type): Type =>
    Array.from({ length: n }).reduce<Type>((type) => tupleOf(type, type), last);
  test('are compared once for each part, however deep', () => {
    expect(unify(doubled(5000, int), doubled(5000, int))).toBe(true);
    expect(unify(doubled(60, int), doubled(60, string))).toBe(false);
    expect(isSame(doubled(60, int), doubled(60, int))).toBe(true);
    const open = variable();
    expect(unify(open, doubled(5000, listOf(open)))).toBe(false);
  });
  test('are open anew for each caller as far as they have few open parts, and whole where nothing is open', () => {
    const [open, closed] = [doubled(5, variable()), doubled(5000, int)];
    expect(renewed(closed)).toBe(closed);
    expect(renewed(listOf(open))).not.toBe(open);
    expect(unify(renewed(open), doubled(5, int))).toBe(true);
    expect(isSame(open, doubled(5, int))).toBe(false);
    expect(openParts(renewed(doubled(5000, variable()))).size).toBeLessThan(300);
    expect(openParts(tupleOf(closed, int))).toEqual(new Set());
  });
  test('are shown from the outside, in a line', () => {
    expect(showType(doubled(2, int))).toBe('((int, int), (int, int))');
    expect(showType(doubled(60, int))).toBe(
      '((((…, …), (…, …)), ((…, …), (…, …))), (((…, …), (…, …)), ((…, …), (…, …))))',
    );
  });
  test.each([
    ['(x, x)', 30],
    ['[(x, x)]', 30],
    ['some((x, x))', 30],
    ['map([x], y => (y, x))', 30],
  ])('%s, again and again, has short hints', (value, n) => {
    const analysis = analyse(
      `choreography X(A(x: int), B) {\n${times(n, (i) => `  A.x${i} = ${value.replaceAll('x', i === 0 ? 'x' : `x${i - 1}`)}`)}\n  A.x${n - 1} -> B.z\n}\n`,
    );
    expect(analysis.findings.filter((f) => f.severity === 'error')).toEqual([]);
    const hints = inlays(analysis, { start: 0, end: analysis.file.text.length }, { types: true, choice: true });
    expect(hints.length).toBeGreaterThanOrEqual(n);
    expect(Math.max(...hints.map((hint) => hint.text.length))).toBeLessThan(170);
  });
  test('are shared in aliases and in functions too', () => {
    expect(
      errors(
        `type T0 = int\n${times(60, (i) => `type T${i + 1} = (T${i}, T${i})`)}\nextern use(x: T60): T60\nchoreography G(A(x: T60), B) { A.use(x) -> B.y }`,
      ),
    ).toEqual([]);
    expect(
      errors(
        `function f0(x: int) = (x, x)\n${times(60, (i) => `function f${i + 1}(x: int) = (f${i}(x), f${i}(x))`)}\nchoreography G(A, B) { A.f60(1) -> B.y }`,
      ),
    ).toEqual([]);
  });
});

describe('long chains', () => {
  test('of aliases, records, functions and calls are followed without the stack', () => {
    expect(
      errors(
        `${times(5000, (i) => `type T${i} = T${i + 1}`)}\ntype T5000 = int\nextern f(x: T0)\nchoreography G(A, B) { A.f(1) A -> B: x }`,
      ),
    ).toEqual([]);
    expect(errors(`${times(5000, (i) => `record T${i} { f: T${i + 1} }`)}\nrecord T5000 { f: T4999 }`)).toEqual([
      'type-is-recursive',
      'type-is-recursive',
    ]);
    expect(
      errors(
        `${times(5000, (i) => `function f${i}(x: int) = f${i + 1}(x)`)}\nfunction f5000(x: int) = x\nchoreography G(A, B) { A.f0(1) -> B.y }`,
      ),
    ).toEqual([]);
    const calls = analyse(
      `${times(2000, (i) => `choreography C${i}(A, B) { A -> B: l${i} do C${i + 1}(A, B) }`)}\nchoreography C2000(A, B) { A -> B: x }`,
    );
    expect(calls.findings).toEqual([]);
    expect(calls.verdicts.every(({ verdict }) => verdict === 'proved')).toBe(true);
  }, 120_000);
  test('of networks that call each other are explored as deep as they go', () => {
    const called = (n: number, body: string): string =>
      `network C0 { process A { send to B: x } process B { receive from A: x } }\n${times(n, (i) => `network C${i + 1} { process A { ${body.replaceAll('C', `C${i}`)} } process B { ${body.replaceAll('C', `C${i}`)} } }`)}`;
    const all = analyse(called(60, 'do C(A, B)'));
    expect(all.findings).toEqual([]);
    expect(all.verdicts.map(({ verdict }) => verdict)).toEqual(times(61, () => 'proved', ' ').split(' '));
    const twice = analyse(called(12, 'do C(A, B) do C(A, B)'));
    expect(twice.verdicts.every(({ verdict }) => verdict === 'proved')).toBe(true);
  }, 120_000);
  test('of types and functions that lead back to themselves are unknown, and told where that is wrong', () => {
    expect(
      errors(
        `${times(300, (i) => `type T${i} = list<T${(i + 1) % 300}>`)}\nextern f(x: T7): T200\nchoreography G(A, B) { A.f(1) -> B.y B.y + 1 -> A.z A.log(z) }\nextern log(x: int)`,
      ),
    ).toEqual(times(300, () => 'type-is-recursive', ' ').split(' '));
    const ring = (n: number): string =>
      `${times(n, (i) => `function f${i}(x: int) = if x == ${i} then 1 else f${(i + 1) % n}(x)`)}\nchoreography G(A, B) { A.f0(1) -> B.y B.(y + "s") -> A.z A.log(z) }\nextern log(x: int)`;
    expect(errors(ring(300))).toEqual([]);
    // What they state is known all the same.
    expect(errors(ring(300).replace('f0(x: int)', 'f0(x: int): int'))).toEqual(['type-mismatch']);
  });
  test('that lead back are told at each, in few words', () => {
    const { findings } = analyse(times(500, (i) => `choreography C${i}(A, B) { do C${(i + 1) % 500}(A, B) }`));
    const found = findings.filter((f) => f.code === 'unguarded-recursion');
    expect(found).toHaveLength(500);
    expect(Math.max(...found.map((f) => inWords(f).message.length))).toBeLessThan(300);
  });
});

describe('what has no short answer', () => {
  test('loops in loops: what none of them assigns stays known in all', () => {
    const nested = (n: number): string =>
      `choreography X(A(c: bool), B) {\n  A.c -> B.c\n${times(n, (i) => `rec L${i} {`)}\n  if A.c, B.c { A -> B: x } else { A -> B: y\n continue L0 }\n${'}\n'.repeat(n)}}\n`;
    expect(errors(nested(22))).toEqual([]);
    expect(errors(nested(52))).toEqual([]);
  });
  test('a match of many flags: that not all was looked at is said, and an `else` is enough', () => {
    const flags = (n: number, end: string): string =>
      `function f(v: (${times(n, () => 'bool', ', ')})) = match v { ${times(n, (row) => `case (${times(n, (i) => (i === row ? 'true' : i === (row + 1) % n ? 'false' : '_'), ', ')}) => ${row}`)} case (${times(n, () => 'true', ', ')}) => 1 case (${times(n, () => 'false', ', ')}) => 2 ${end}}\n`;
    expect(analyse(flags(4, '')).findings).toEqual([]);
    expect(analyse(flags(20, '')).findings.map((f) => f.code)).toEqual(['too-large']);
    expect(analyse(flags(20, 'else => 3')).findings).toEqual([]);
  });
  test('a match of nested enums names what is missing', () => {
    const text = `enum T0 { a0, b0 }\n${times(8, (i) => `enum T${i + 1} { a${i + 1}(x: T${i}, y: T${i}), b${i + 1} }`)}\nfunction f(v: T8) = match v { case a8(_, b7) => 1 case a8(b7, _) => 2 case b8 => 3 }`;
    expect(analyse(text).findings.map((f) => [f.code, inWords(f).message.slice(0, 40)])).toEqual([
      ['missing-case', expect.stringContaining('No case takes `a8(a7(')],
    ]);
  });
});

describe('where the stack is too small', () => {
  test('it is told, and is no mistake of ours', () => {
    const told: string[] = [];
    const endless = (): number => endless() + 1;
    expect(
      guarded(
        endless,
        () => told.push('crashed'),
        () => told.push('deep'),
      ),
    ).toBeUndefined();
    expect(told).toEqual(['deep']);
  });
});
