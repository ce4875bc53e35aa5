// Broken text: one thing wrong is told once, and all around it stays.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { walkBlock } from '../../language/ir/choreography.js';
import type { Statement } from '../../language/ir/choreography.js';
import { lowerFile } from '../../language/lowering/source.js';
import { walkActions } from '../../language/ir/process.js';
import { parse } from '../../language/syntax/parse.js';
import { samples } from './samples.js';

/** The error messages of a text, each with the text that it is about. */
function errors(text: string): string[] {
  return lowerFile('a', text).syntaxErrors.map((e) => `${text.slice(e.origin.start, e.origin.end)}: ${e.message}`);
}

/** A choreography around some lines. */
const around = (lines: string): string =>
  `choreography C(X, Y) {\n  X.before -> Y.b: first\n${lines}\n  X.after -> Y.a: last\n}\nrecord Next {}\n`;
/** A process around some lines. */
const inProcess = (lines: string): string =>
  `network N {\n  process P {\n    send before to Q: first\n${lines}\n    send after to Q: last\n  }\n  process Q { send x to P: other }\n}\nrecord Next {}\n`;

/** The labels of all messages that could be read, in order. */
function labels(text: string): string[] {
  const found: string[] = [];
  for (const declaration of lowerFile('a', text).declarations) {
    if (declaration.kind === 'record') found.push(declaration.name.text);
    if (declaration.kind === 'choreography')
      walkBlock(declaration.body.statements, (s: Statement) => {
        if (s.kind === 'communication' && s.label) found.push(s.label.name.text);
      });
    if (declaration.kind === 'network')
      for (const p of declaration.processes)
        walkActions(p.body.actions, (a) => {
          if (a.kind === 'send' && a.label) found.push(a.label.name.text);
        });
  }
  return found;
}

describe('one error, and the rest stays', () => {
  test.each<[string, string]>([
    ['  X.a ->', 'X: Expected a receiving role'],
    ['  X ->', ''],
    ['  X.a -> Y.', ''],
    ['  X.a -> Y.b:', ': Expected'],
    ['  X.a -> Y.b,', ''],
    ['  X', 'X: What should `X` do?'],
    ['  X.a', 'X.a: The value of `X.a` goes nowhere'],
    ['  X.a + -> Y.b', 'Expected an expression after `+`'],
    ['  X.a b -> Y', ''],
    ['  X.f( -> Y', 'Expected an argument or `)`'],
    ['  X.f(1, -> Y', 'Expected'],
    ['  X.f(1 -> Y.b', 'Expected `,` or `)`'],
    ['  X.y =', 'Expected an expression'],
    ['  X = 1', '`X` is a role; to give one of its variables a value'],
    [
      '  X.f() = 1',
      'Only a variable can stand on the left of `=`, or a pattern with brackets such as `(x, y)`, not `f()`',
    ],
    ['  X.(f(), y) = 1', 'not `f()`'],
    ['  X.(a, ', ''],
    ['  X.(a, b', ''],
    ['  X.(a, b) =', ''],
    ['  X.(a, b) -> Y.(', ''],
    ['  X.(a, b) -> Y.(c,', ''],
    ['  X.(a, b) -> Y.(c, d', ''],
    ['  X.(a, b) -> Y.(c, d):', ''],
    ['  X.(a, b) -> Y.(c, 1 + 2)', ''],
    ['  X.a, Y.b', ''],
    ['  X.a, Y.b =', ''],
    ['  X.a, Y.b = do', ''],
    ['  X.a, Y.b = 1', 'Only the results of a call go to several roles at once'],
    ['  X.a, Y = do Q(X, Y)', 'What takes the result is missing: `Y.x`'],
    ['  X.a -> Y.1', 'A value goes into a variable'],
    ['  X.a -> Y.(b, c)[0]', 'A place of a list takes a whole value'],
    ['  X.a && X.b -> Y.c', 'did you mean `and`?'],
    ['  # X.a -> Y.b', '`#` means nothing here'],
    ['  X."abc -> Y.b', 'This string has no closing `"`.'],
    ['  return X.a', '`return` can only stand at the end'],
    ['  let x = 1', '`let` names a part of an expression'],
    ['  X.record -> Y.b', ''],
    ['  X.while -> Y.b', '`while` is a reserved word, write `^while` to use it as a name'],
    ['  do C(X, Y', 'Expected `,` or `)`'],
    ['  continue', 'Expected the loop’s name'],
    ['  if X.a {', 'A closing `}` is missing: the block of `if X.a` is still open here.'],
    ['  if X.a', 'Expected a `{`'],
    ['  }', 'This `}` closes nothing'],
    ['  {', 'A closing `}` is missing'],
    ['  and { X.a -> Y.b }', 'This `and` belongs to no `par`'],
    ['  par X { X.a -> Y.b }', ''],
    ['  par { X.a -> Y.b } and X.c -> Y.d', ''],
    ['  at X { send a to Y }', 'What stands in `at`'],
    ['  for i R { }', 'Expected'],
    ['  for in R { }', ''],
    ['  for i in { X.a -> Y.b }', ''],
    ['  for i in 0 until { X.a -> Y.b }', ''],
    ['  pick', 'To go on with one member'],
    ['  pick k', ''],
    ['  pick k in', ''],
    ['  pick k in Y', ''],
    ['  pick k in Y by', ''],
    ['  pick k in Y by X', ''],
    ['  pick k in Y by X.', ''],
    ['  pick k in Y by X.a', 'To go on with one member'],
    ['  pick k in Y by X.a ->', ''],
    ['  pick some', ''],
    ['  pick some k', ''],
    ['  pick 3 k in Y by X.a', ''],
    ['  pick some 3 k in Y by X.a { X.a -> Y.b }', ''],
    ['  pick in Y by X.a { X.a -> Y.b }', ''],
    ['  pick k in Y X.a { X.a -> Y.b }', ''],
    ['  pick k in Y by X.a { X.a -> Y[k.b }', ''],
    ['  property safe always X.a > 0', '`property` is not supported yet'],
    ['  may crash 1 of Y', '`may crash` is not supported yet'],
    ['  X.a -> Y.b within 5s else { }', '`within` (a time limit) is not supported yet'],
    ['  X.a -> Y.b any', 'How many messages'],
    ['  X.a -> Y.b any 2 by', ''],
    ['  X.a -> Y.b majority', 'How many of several messages are waited for stands behind `any`'],
    ['  X.a -> Y.b by who', 'Whose messages came is kept behind'],
    ['  at X { X.a -> Y.b }', 'What stands in `at`'],
    ['  at X { X.a = 1 }', 'What `X` does stands here without its name'],
    ['  pick k in Y by 0 { X.a -> Y.b }', 'Who picks is missing behind `by`'],
    ['  par { X.a -> Y.b } or { X.c -> Y.d }', 'The branches of a `par` are joined by `and`'],
    ['  X.a -> Y[0 to 2].b', 'Expected `until` or `]`, but found `to`'],
    ['  foreach i in Y { X.a -> Y.b }', 'There is no `foreach`: `for i in Node { … }`'],
    ['  Y[].a -> X.b', ''],
    ['  Y[0.a -> X.b', ''],
    ['  match X.a { cas b { } }', ''],
    ['  match X.a { default { } }', 'else'],
    ['  else { }', 'This `else` belongs to no `if` or `match`'],
    ['  case x { }', 'This `case` stands in no `match`'],
  ])('%s', (line, message) => {
    const text = around(line);
    expect(errors(text).join('\n')).toContain(
      message.replace('X: Expected a receiving role', 'Expected a receiving role'),
    );
    expect(errors(text)).toHaveLength(1);
    const found = labels(text);
    expect(found[0]).toBe('first');
    expect(found).toContain('last');
    expect(found.at(-1)).toBe('Next');
  });

  test.each<[string, string]>([
    ['    send', 'Expected'],
    ['    send x', ''],
    ['    send x to', 'Expected a role'],
    ['    send to', ''],
    ['    receive', ''],
    ['    receive x', ''],
    ['    receive x from', ''],
    ['    receive x from Q:', ''],
    ['    receive frm Q', ''],
    ['    x', '`x` does nothing'],
    ['    x.y', '`x.y` does nothing'],
    ['    x + 1', ''],
    ['    f() = 1', 'Only a variable can stand on the left of `=`'],
    ['    (', ''],
    ['    (x', ''],
    ['    (x,', ''],
    ['    (x, y)', '`(x, y)` does nothing'],
    ['    (x, y) =', ''],
    ['    (x, y + 1) = z', 'not `y + 1`'],
    ['    receive (', ''],
    ['    receive (x, y', ''],
    ['    receive (x, y)', ''],
    ['    receive (x, y) from', ''],
    ['    receive (x, y)[0] from Q', 'A place of a list takes a whole value'],
    ['    receive from Q { ok(x: int, y) { } }', 'Of several values either all have their types beside them or none'],
    ['    receive from Q { ok(x[0], y) { } }', 'A place of a list takes a whole value'],
    ['    x.y = 1', 'Only a variable can stand on the left of `=`'],
    ['    x =', ''],
    ['    5', 'Expected an action or a `}`, but found `5`'],
    ['    X.a -> Q', ''],
    ['    receive from Q { ok( { } }', ''],
    ['    receive from Q { ok { } 5 { } no { } }', ''],
    ['    if { }', 'Expected an expression after `if`'],
    ['    while x', ''],
    ['    choice { } or', ''],
  ])('in a process: %s', (line, message) => {
    const text = inProcess(line);
    expect(errors(text).join('\n')).toContain(message);
    expect(errors(text)).toHaveLength(1);
    const found = labels(text);
    expect(found[0]).toBe('first');
    expect(found).toEqual(expect.arrayContaining(['last', 'other', 'Next']));
  });

  test.each<[string, string, string[]]>([
    ['choreography C(X, Y {\n  X -> Y: a\n}', 'Expected `,` or `)`', ['a']],
    ['choreography C(X, ) {\n  X -> Y: a\n}', 'Expected a role', ['a']],
    ['choreography C(X, Y)\n  X -> Y: a\n}', 'Expected a `{`', ['a']],
    ['choreography C {\n  X -> Y: a\n}', 'Expected `(`', ['a']],
    ['choreography C(X, Y): @Y {\n  X -> Y: a\n}', 'Expected a type', ['a']],
    ['choreography C(X[], Y) {\n  X -> Y: a\n}', 'Expected', ['a']],
    ['choreography C(X[n >= ], Y) {\n  X -> Y: a\n}', 'Expected', ['a']],
    ['choreography C(X[-1], Y) {\n  X -> Y: a\n}', 'Expected', ['a']],
    ['choreography C(X, step: choreography(A, B) {\n  X -> Y: a\n}', 'Expected `,` or `)`', ['a']],
    ['choreography C(X, step: choreography) {\n  X -> Y: a\n}', 'Expected `(`', ['a']],
    ['choreography C(X, step: ) {\n  X -> Y: a\n}', 'Expected a type after `:`', ['a']],
    ['choreography C(X, step: choreography(A): @A) {\n  X -> Y: a\n}', 'Expected a type', ['a']],
    ['choreography C(X, rounds: int, Y) {\n  X -> Y: a\n}', 'The roles come first in a header', ['a']],
    ['choreography C(X, server rounds: int) {\n  X -> Y: a\n}', 'Only a role can be a server', ['a']],
    ['choreography C(X, f: choreography(A, g: choreography(A))) {\n  X -> Y: a\n}', 'Expected a type after `:`', ['a']],
    ['choreography C(X, Y) {\n  do D(X, 1 + )\n  X -> Y: a\n}', 'Expected an expression after `+`', ['a']],
    ['choreography C(X, Y) {\n  do D(X, )\n  X -> Y: a\n}', 'Expected a role', ['a']],
    ['network N(rounds: ) {\n  process P { send to Q: a }\n}', 'Expected a type after `:`', ['a']],
    [
      'choreography C(X, Y) {\n  if X. {\n    X -> Y: a\n  } else {\n    X -> Y: b\n  }\n}',
      'Expected an expression',
      ['a', 'b'],
    ],
    [
      'choreography C(X, Y) {\n  if X.x {\n    X -> Y: a\n  } els {\n    X -> Y: b\n  }\n}',
      'did you mean `else`?',
      ['a', 'b'],
    ],
    [
      'choreography C(X, Y) {\n  if X.x {\n    X -> Y: a\n  X -> Y: b\n}',
      'A closing `}` is missing: the block of `if X.x`',
      ['a', 'b'],
    ],
    [
      'choreography C(X, Y) {\n  if X.x {\n    X -> Y: a\n    }\n  }\n  X -> Y: b\n}',
      'This `}` closes nothing',
      ['a', 'b'],
    ],
    [
      'choreography C(X, Y) {\n  match X.x {\n    case { X -> Y: a }\n    case b { X -> Y: b }\n  }\n  X -> Y: c\n}',
      'Expected a pattern',
      ['a', 'b', 'c'],
    ],
    [
      'choreography C(X, Y) {\n  X -> Y: a\n  /* note\n  X -> Y: b\n}\nrecord R {}',
      'This comment has no closing `*/`.',
      ['a', 'R'],
    ],
    ['choreography C(X, Y) {\n  X -> Y: a\n', 'A closing `}` is missing', ['a']],
    ['choreography C(X, Y) {\n  X -> Y: a\n}\n}\nrecord R {}', 'This `}` closes nothing', ['a', 'R']],
    ['choreography (X, Y) {\n  X -> Y: a\n}\nrecord R {}', 'Expected the choreography’s name', ['R']],
    [
      'network N {\n  process {\n    send to Q: a\n  }\n  process Q { send to P: b }\n}',
      'Expected the process’s name',
      ['b'],
    ],
    ['network N {\n  process P( {\n    send to Q: a\n  }\n  process Q { send to P: b }\n}', '', ['a', 'b']],
    [
      'network N {\n  proces P {\n    send to Q: a\n  }\n  process Q { send to P: b }\n}',
      'Expected a `process` or a `}`',
      ['b'],
    ],
    ['record R { a: }\nrecord S {}', 'Expected a type', ['S']],
    ['import { A } fro "x"\nrecord S {}', 'Expected `from`', ['S']],
    ['verify Paxos(P[2])\nrecord S {}', '`verify` is not supported yet', ['S']],
    ['hello\nrecord S {}', 'Expected a declaration', ['S']],
    ['record while { }\nrecord S {}', '`while` is a reserved word, write `^while`', ['S']],
  ])('%j', (text, message, kept) => {
    expect(errors(text).join('\n')).toContain(message);
    expect(errors(text)).toHaveLength(1);
    expect(labels(text)).toEqual(expect.arrayContaining(kept));
  });

  const braces = `enum E {
  a,
  b
}
choreography C(A, B) {
  match A.e() -> B {
    case a {
      A -> B: one
    }
    else {
      A -> B: two
    }
  }
  if A.g() -> B {
    A -> B: three
  } else {
    A -> B: four
  }
  choice at A {
    A -> B: five
  } or {
    A -> B: six
  }
}
network N {
  process A {
    match e() {
      case a { send to B: seven }
    }
    if g() {
      send to B: eight
    } else {
      send to B: nine
    }
    par {
      send to B: ten
    } and {
      send to B: eleven
    }
  }
}
`;
  test.each(
    [...braces.matchAll(/[{}]/g)].map(({ 0: brace, index }) => ({
      brace,
      line: braces.slice(0, index).split('\n').length,
      index,
    })),
  )('a $brace left out in line $line', ({ index }) => {
    const told = errors(braces.slice(0, index) + braces.slice(index + 1));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/`[{}]`/);
  });

  test('a declaration after a half-typed one is whole', () => {
    for (const half of [
      'choreography',
      'choreography C(',
      'record R {',
      'enum E { a,',
      'function f(',
      'network N {',
      'import {',
      'type T =',
      'extern',
    ]) {
      expect(labels(`${half}\nrecord S {}`)).toContain('S');
    }
  });
});

describe('text of all kinds is read', () => {
  test.each([['\r\n'], ['\t'], ['\uFEFF'], ['\u00A0']])('with %j', (space) => {
    expect(errors(`${space}choreography C(X, Y) {${space}\nX -> Y: a${space}\n}${space}`)).toEqual([]);
  });
  const keywords = [
    'import',
    'choreography',
    'network',
    'record',
    'enum',
    'type',
    'function',
    'extern',
    'process',
    'if',
    'then',
    'else',
    'match',
    'case',
    'choice',
    'or',
    'and',
    'not',
    'while',
    'rec',
    'continue',
    'do',
    'return',
    'send',
    'receive',
    'true',
    'false',
    'none',
    'from',
    'to',
    'with',
    'at',
    'implements',
    'any',
  ];
  test.each(keywords.map((k) => [k]))('names that begin with `%s`', (keyword) => {
    for (const name of [`${keyword}s`, `${keyword}_`, `${keyword}1`, `${keyword}é`, `^${keyword}`]) {
      expect(
        errors(
          `choreography ${name}(${name}, Y) {\n  ${name}.${name} -> Y.${name}: ${name}\n  rec ${name} { continue ${name} }\n}`,
        ),
      ).toEqual([]);
    }
  });
  test.each([
    ['from'],
    ['to'],
    ['with'],
    ['at'],
    ['any'],
    ['buffer'],
    ['sync'],
    ['fifo'],
    ['implements'],
    ['int'],
    ['list'],
    ['majority'],
    ['within'],
    ['first'],
  ])('`%s` is a name', (name) => {
    expect(errors(`choreography ${name}(${name}, Y) {\n  ${name}.${name} -> Y.${name}: ${name}\n}`)).toEqual([]);
    expect(
      errors(
        `network N { process ${name} {\n  send ${name} to Q: ${name}\n  receive ${name} from Q\n  ${name} = ${name}\n} }`,
      ),
    ).toEqual([]);
  });
  test('Unicode names', () => {
    expect(errors('choreography Großhändler(Käufer, 卖家) {\n  Käufer.naïve -> 卖家.价格: заказ\n}')).toEqual([]);
  });
});

describe('whatever the text', () => {
  const within = (text: string): void => {
    const file = lowerFile('a', text);
    for (const error of file.syntaxErrors) {
      expect(error.origin.start).toBeGreaterThanOrEqual(0);
      expect(error.origin.start).toBeLessThanOrEqual(error.origin.end);
      expect(error.origin.end).toBeLessThanOrEqual(text.length);
      expect(error.message).not.toMatch(/something else|undefined|NaN|Ident|EOF/);
      expect(error.message).toMatch(/[.?]$/);
    }
  };
  test('random text is read without a crash', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), within), { numRuns: 300 });
  });
  const words = fc.constantFrom(
    ...'choreography network process record enum if else match case choice at or while rec continue do return send receive from to X Y.a -> = : { } ( ) [ ] < , ; . + - not => @ 1 "s" "x // /* */ \n'.split(
      ' ',
    ),
    '\n',
    '\n  ',
  );
  test('random tokens are read without a crash', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 80 }), (tokens) => {
        within(`choreography C(X, Y) {\n${tokens.join(' ')}`);
        within(tokens.join(' '));
        within(`network N { process P {\n${tokens.join(' ')}`);
      }),
      { numRuns: 300 },
    );
  });
  test('valid files with a piece cut out or put in are read without a crash', () => {
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.nat(), fc.nat(30), words, (sample, at, length, word) => {
        const start = at % sample.length;
        within(sample.slice(0, start) + sample.slice(start + length));
        within(`${sample.slice(0, start)} ${word} ${sample.slice(start)}`);
      }),
      { numRuns: 500 },
    );
  });
  test('with one line of messages broken, all others are still read, and the error is one', () => {
    const line = fc.constantFrom(
      'X ->',
      'X.a ->',
      'X.a + -> Y',
      'X.f(',
      '# X',
      'X.a ==',
      'X = ',
      'if',
      'while X.',
      'do',
      'X.a -> Y.b: (',
      '"abc',
      'match X.a',
      'zzz',
      '->',
      ') X',
      'X.[1',
      'case',
      'process',
      'else',
    );
    fc.assert(
      fc.property(fc.nat(9), line, (at, broken) => {
        const lines = Array.from({ length: 10 }, (_, i) => (i === at ? `  ${broken}` : `  X.v${i} -> Y.w${i}: l${i}`));
        const text = `choreography C(X, Y) {\n${lines.join('\n')}\n}\nrecord S {}\n`;
        const found = labels(text);
        for (let i = 0; i < 10; i++) if (i !== at) expect(found).toContain(`l${i}`);
        expect(found).toContain('S');
        expect(errors(text).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });
  test('segments cover every token', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (tokens) => {
        const text = tokens.join(' ');
        const covered = parse(text).flatMap((s) =>
          s.tokens.map((t) => text.slice(s.offset + t.start, s.offset + t.end) === t.text),
        );
        expect(covered.every(Boolean)).toBe(true);
      }),
    );
  });
});

describe('a half-typed statement does not take the next line for its rest', () => {
  test.each<[string, string]>([
    ['  X.', '.: Expected an expression after `X.`, but the line ends here.'],
    ['  X.a ->', '->: Expected a receiving role after `->`, but the line ends here.'],
    ['  X.a -> Y.', '.: Expected a variable after `Y.`, but the line ends here.'],
    ['  X.a -> Y.b:', ':: Expected a label after `:`, but the line ends here.'],
    ['  X.a =', '=: Expected an expression after `=`, but the line ends here.'],
    ['  X.a.', '.: Expected a name after `a.`, but the line ends here.'],
    ['  if X.', '.: Expected an expression after `X.`, but the line ends here.'],
    ['  while X.', '.: Expected an expression after `X.`, but the line ends here.'],
  ])('%s', (line, message) => {
    for (const next of ['  Y.x -> X.y: next', '  Y -> X: next', '  Y.f(x)\n  Y -> X: next']) {
      const text = around(`${line}\n${next}`);
      expect(errors(text)).toEqual([message]);
      expect(labels(text)).toEqual(['first', 'next', 'last', 'Next']);
    }
  });
  test.each(['    x =\n    f(x)\n    send to Q: next', '    send x to Q:\n    send to Q: next'])(
    'in a process: %s',
    (lines) => {
      const text = inProcess(lines);
      expect(errors(text)).toHaveLength(1);
      expect(errors(text)[0]).toContain('but the line ends here');
      expect(labels(text)).toContain('next');
    },
  );
  test('a line further in goes on with the statement', () => {
    expect(errors(around('  X.a ->\n    Y.b,\n    Y.c:\n      next\n  X.d =\n    1 +\n    2'))).toEqual([]);
  });
});
