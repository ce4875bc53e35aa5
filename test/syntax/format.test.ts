// The formatter: what it makes of single things, and its two laws on random layouts.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { format, formatEdits, formatRange } from '../../language/syntax/format.js';
import { parse } from '../../language/syntax/parse.js';
import { sameTree } from '../../language/syntax/same-tree.js';
import { samples } from './samples.js';
import { scrambled } from './scramble.js';

describe('format', () => {
  test('one statement a line, indented by two', () => {
    expect(format('choreography A( X ,Y ){X.a->Y.b;X . c -> Y.d : ok ;if X.a==1{X->Y:yes}else{X->Y:no}}')).toBe(
      'choreography A(X, Y) {\n  X.a -> Y.b\n  X.c -> Y.d: ok\n  if X.a == 1 { X -> Y: yes } else { X -> Y: no }\n}\n',
    );
  });
  test('`else` and `or` go on the line of the brace before', () => {
    expect(
      format(
        'choreography A(X, Y) {\nif X.a {\nX -> Y\n}\nelse\n{\nY -> X\n}\nchoice at X {\nX -> Y\n}\nor {\nX -> Y: b }\n}',
      ),
    ).toBe(
      'choreography A(X, Y) {\n  if X.a {\n    X -> Y\n  } else {\n    Y -> X\n  }\n  choice at X {\n    X -> Y\n  } or {\n    X -> Y: b\n  }\n}\n',
    );
  });
  test('comments stay where they are', () => {
    expect(
      format(
        'choreography A(X, Y) { // first\n      // about the next\n  X.a -> Y.b   // trailing\n\n\n\n// last\n}   // end\n',
      ),
    ).toBe('choreography A(X, Y) { // first\n  // about the next\n  X.a -> Y.b // trailing\n\n  // last\n} // end\n');
  });
  test('documentation goes with its declaration', () => {
    expect(format('  /**\n      * One.\n   * Two.\n */\n  record A { x: int }')).toBe(
      '/**\n * One.\n * Two.\n */\nrecord A { x: int }\n',
    );
  });
  test('lists that were broken over lines stay broken', () => {
    expect(
      format('record A {\nx: int,\n   y: list< option<int> > }\nenum B{ a ,b( x:int ) }\nimport{A,B}from"./x.chor"'),
    ).toBe(
      'record A {\n  x: int,\n  y: list<option<int>>\n}\nenum B { a, b(x: int) }\nimport { A, B } from "./x.chor"\n',
    );
    expect(format('enum B { a,\nb }')).toBe('enum B {\n  a,\n  b\n}\n');
  });
  test('operators have spaces, brackets and signs have none', () => {
    expect(format('function f(x:int):int=-x+ -  1*( x-2 )[0].y with(a:1)')).toBe(
      'function f(x: int): int = -x + -1 * (x - 2)[0].y with (a: 1)\n',
    );
  });
  test('networks', () => {
    expect(
      format('network N implements C{process X{receive from Y{ok(x){send x to Y:ok}no{}}\nreturn 1}\nprocess Y{}}'),
    ).toBe(
      'network N implements C {\n  process X {\n    receive from Y {\n      ok(x) { send x to Y: ok }\n      no {}\n    }\n    return 1\n  }\n  process Y {}\n}\n',
    );
  });
  test('a long statement stays broken where its author broke it', () => {
    expect(format('choreography A(X, Y) {\n X.f(1,\n 2)\n  +  3 -> Y.b\n}')).toBe(
      'choreography A(X, Y) {\n  X.f(1,\n    2)\n    + 3 -> Y.b\n}\n',
    );
  });
  test('a declaration that does not parse is left alone, its neighbours are not', () => {
    const broken = 'choreography A(X, Y) {\n X.a   ->\n}';
    expect(format(`record  A{ }\n${broken}\nrecord  B{ }`)).toBe(`record A {}\n${broken}\nrecord B {}\n`);
  });
  test('line ends stay what they are', () => {
    expect(format('record A {\r\nx: int\r\n}\r\n')).toBe('record A {\r\n  x: int\r\n}\r\n');
  });
  test('line ends become those of most lines, also in comments', () => {
    expect(format('/* a\nb\r\n*/\r\nrecord A {\r\nx: int // c\n}\r\n')).toBe(
      '/* a\r\nb\r\n*/\r\nrecord A {\r\n  x: int // c\r\n}\r\n',
    );
    expect(format('record A {\r\n  x: int\n}\n')).toBe('record A {\n  x: int\n}\n');
    expect(format('record A {\r  x: int\r}\r')).toBe('record A {\r  x: int\r}\r');
    expect(formatEdits('// a\r\nrecord A { x: int }\r\n')).toEqual([]);
  });
  test('a range whose end is the start of a line leaves that line alone', () => {
    for (const end of ['\n', '\r\n']) {
      for (const after of ['', '  ']) {
        const text = [
          'choreography G(A, B) {',
          '      A -> B: one',
          `      A -> B: two${after}`,
          '',
          '',
          '      A -> B: three',
          '}',
          '',
        ].join(end);
        const [start, next] = [text.indexOf('      A -> B: two'), text.indexOf(end, text.indexOf('two')) + end.length];
        expect(formatRange(text, start, next)).toEqual([
          { start, end: start + 6, newText: '  ' },
          ...(after === '' ? [] : [{ start: next - end.length - 2, end: next - end.length, newText: '' }]),
        ]);
        expect(formatRange(text, start, start)).toEqual(formatRange(text, start, next));
      }
    }
  });
  test('a range touches its lines only', () => {
    const text = 'choreography A(X, Y) {\nX.a->Y.b\nX.c->Y.d\n}\n';
    const at = text.indexOf('X.c');
    expect(formatRange(text, at, at + 3).map((e) => text.slice(0, e.start).split('\n').length)).toEqual([3, 3, 3]);
  });

  test.each(samples.map((sample, i) => [i, sample] as const))(
    'sample %i in any layout: formatting is idempotent and changes no meaning',
    (_, sample) => {
      fc.assert(
        fc.property(scrambled(sample), (text) => {
          const once = format(text);
          expect(format(once)).toBe(once);
          const [before, after] = [parse(text), parse(once)];
          expect(after.length).toBe(before.length);
          before.forEach((segment, i) => {
            expect(sameTree(segment, after[i] as typeof segment)).toBe(true);
          });
        }),
        { numRuns: 60 },
      );
    },
  );
  test.each(samples.map((sample, i) => [i, sample] as const))(
    'sample %i in any layout is really formatted',
    (_, sample) => {
      fc.assert(
        fc.property(scrambled(sample), (text) => {
          expect(parse(text).every((s) => s.issues.length === 0)).toBe(true);
          for (const line of format(text).split('\n')) expect(line).not.toMatch(/^[^/*]*[^\s/*{] {2,}\S/);
        }),
        { numRuns: 30 },
      );
    },
  );
});
