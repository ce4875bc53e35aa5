// Letters, marks and look-alikes: what is a name, which names are the same, what is read in place of characters that
// mislead.
import { describe, expect, it } from 'vitest';
import { importFixes } from '../../language/edits/names.js';
import { fixesFor } from '../../language/fixes/try.js';
import { rename } from '../../language/features/rename.js';
import { occurrencesOf } from '../../language/features/navigation.js';
import { format } from '../../language/syntax/format.js';
import { looksLike } from '../../language/syntax/look-alike.js';
import { misleadingIn } from '../../language/syntax/misleading.js';
import { isName, plainName } from '../../language/syntax/names.js';
import { parse } from '../../language/syntax/parse.js';
import { stockParser } from './stock-parser.js';
import { scan } from '../../language/syntax/tokens.js';
import { Workspace } from '../../language/workspace.js';
import { fixed, messages, problems, uri, workspaceOf } from '../typing/helpers.js';
import { applyEdits } from '../../language/edits/fix.js';
import { inWords } from '../in-words.js';

const greet = (one: string, other: string, more = ''): string =>
  `choreography G(${one}, B) {\n  ${other}."x" -> B.y\n  B.show(y)\n}\nextern show(s: string)\n${more}`;
const codes = (text: string): string[] =>
  (workspaceOf(text).analyze(uri)?.findings ?? []).map((f) => `${f.code} ${f.severity}`);

describe('names', () => {
  it.each([
    ['Hindi', 'ग्राहक'],
    ['Hindi, with vowels', 'विक्रेता'],
    ['Thai', 'ผู้ซื้อ'],
    ['Tamil', 'வாங்குபவர்'],
    ['Hebrew, with points', 'מוֹכֵר'],
    ['Arabic, with vowels', 'بَائِع'],
    ['Burmese', 'ဝယ်သူ'],
    ['decomposed Latin', 'Cafe\u0301'],
    ['Vietnamese, decomposed', 'ngu\u031bo\u031b\u0300i'],
    ['Persian, with a non-joiner', 'می\u200cخواهم'],
    ['Sinhala, with a joiner', 'ශ්\u200dරී'],
    ['Malayalam, with a joiner at the end', 'അവന്\u200d'],
    ['letters beyond the basic plane', '𐐷𐑊'],
    ['Roman numerals', 'Ⅷ'],
  ])('of %s', (_, name) => {
    expect(isName(name)).toBe(true);
    expect(problems(greet(name, name))).toEqual([]);
    expect(codes(greet(name, name))).toEqual([]);
    expect(scan(`${name}.x`).map((t) => t.kind)).toEqual(['word', 'symbol', 'word']);
  });
  it('do not begin with marks or digits, nor have joiners between Latin letters', () => {
    for (const name of ['\u0301e', '1a', 'a\u200db', 'a\u200cb', 'a\u200bb', 'a b', '', 'a\u00adb'])
      expect(isName(name)).toBe(false);
  });
  it('are the same composed and decomposed, in one file and over several', () => {
    expect(problems(greet('Caf\u00e9', 'Cafe\u0301'))).toEqual([]);
    expect(problems(greet('A, Cafe\u0301', 'A'))).toEqual(['unused-role: Cafe\u0301']);
    expect(problems('record Pre\u0301 { n: int }\nrecord Pr\u00e9 { n: int }')).toEqual(['duplicate-name: Pr\u00e9']);
    expect(
      problems('import { Pre\u0301 } from "./o.chor"\nextern f(p: Pr\u00e9)', {
        'o.chor': 'record Pr\u00e9 { n: int }',
      }),
    ).toEqual([]);
    // A letter that is composed in no normal form.
    expect(problems(greet('\u0958', '\u0915\u093c'))).toEqual([]);
  });
  it('are found and renamed however they are composed', () => {
    const workspace = workspaceOf(greet('Caf\u00e9', 'Cafe\u0301'));
    const symbol = workspace.analyze(uri)?.occurrences.find((o) => o.symbol.name === 'Caf\u00e9')?.symbol;
    expect(symbol && occurrencesOf(workspace, symbol).length).toBe(2);
    const answer = rename(workspace, uri, 15, 'ग्राहक');
    expect('edits' in answer && applyEdits(workspace.text(uri) ?? '', answer.edits)).toBe(greet('ग्राहक', 'ग्राहक'));
    expect(rename(workspace, uri, 15, 'a\u200bb')).toHaveProperty('refused');
    expect(rename(workspace, uri, 15, 'Cafe\u0301')).toEqual({ edits: [] });
  });
  it('are imported where another file composes them otherwise', () => {
    const workspace = workspaceOf('extern f(p: Pre\u0301)', { 'o.chor': 'record Pr\u00e9 { n: int }' });
    expect(importFixes({ workspace, uri, text: workspace.text(uri) ?? '' }, 'Pr\u00e9', ['record']).length).toBe(1);
  });
  it('are read alike by the engine and by the stock parser', () => {
    const text = greet('Cafe\u0301', 'वि\u200bक्रेता');
    const own = JSON.stringify(parse(text)[0]?.node, (key, value: unknown) =>
      key.startsWith('$') ? undefined : value,
    );
    const stock = stockParser().parse(text.slice(0, text.indexOf('extern')).trim());
    const names = (json: string): string[] => [...json.matchAll(/"name":"([^"]+)"/g)].map((m) => m[1] ?? '');
    expect(names(own)).toContain('विक्रेता');
    expect(
      new Set(names(JSON.stringify(stock.value, (key, inner: unknown) => (key.startsWith('$') ? undefined : inner)))),
    ).toEqual(new Set(names(own)));
  });
  it('are compared by their plain form', () => {
    expect(plainName('^if')).toBe('if');
    expect(plainName('gre\u200bet\u00ading')).toBe('greeting');
    expect(plainName('می\u200cخواهم')).toBe('می\u200cخواهم');
  });
});

describe('look-alikes', () => {
  it.each([
    ['\u0410', 'A'],
    ['\u0443', 'y'],
    ['\uff21', 'A'],
    ['p\u0430yer', 'payer'],
    ['\u039f', 'O'],
    ['\u{1d400}', 'A'],
    ['\u0391', '\u0410'],
  ])('%s and %s', (one, other) => expect(looksLike(one, other)).toBe(true));
  it('are not letters with an accent, nor ASCII', () => {
    for (const [one, other] of [
      ['é', 'e'],
      ['ä', 'a'],
      ['l', '1'],
      ['rn', 'm'],
      ['Ж', 'X'],
    ] as const)
      expect(looksLike(one, other)).toBe(false);
  });
  it('among roles are told by their letters, and put right in the header', () => {
    const text = greet('\u0410', 'A');
    expect(messages(text)).toEqual([
      '`G` has no role A. There is `\u0410`, which looks the same, but is written with U+0410 CYRILLIC CAPITAL LETTER A where this has U+0041 LATIN CAPITAL LETTER A.',
    ]);
    const fixes = fixed(text, 'unknown-role');
    expect(Object.values(fixes)[0]).toBe(greet('A', 'A'));
    expect(Object.keys(fixes)).toEqual([
      'Write `\u0410` with U+0041 LATIN CAPITAL LETTER A',
      'Write it with U+0410 CYRILLIC CAPITAL LETTER A, as there',
    ]);
  });
  it('are put right where they are used, if the header is plain', () => {
    expect(fixed(greet('A', '\u0410'), 'unknown-role')).toEqual({
      'Write it with U+0041 LATIN CAPITAL LETTER A, as there': greet('A', 'A'),
    });
  });
  it('among variables, functions, types, fields, cases, choreographies and imports', () => {
    const check = (text: string, code: string, after: string, others?: Record<string, string>): void => {
      expect(messages(text, others)[0]).toContain('which looks the same, but is written with U+');
      expect(Object.values(fixed(text, code, others))[0]).toBe(after);
    };
    check(
      'choreography G(A, B) {\n  A."x" -> B.\u0443\n  B.show(y)\n  A."y" -> A2.y\n}\nextern show(s: string)'.replace(
        'G(A, B)',
        'G(A, B, A2)',
      ),
      'unknown-variable',
      'choreography G(A, B, A2) {\n  A."x" -> B.y\n  B.show(y)\n  A."y" -> A2.y\n}\nextern show(s: string)',
    );
    check(
      'extern \u0440ay(s: string)\nchoreography G(A) {\n  A.pay("x")\n}',
      'unknown-name',
      'extern pay(s: string)\nchoreography G(A) {\n  A.pay("x")\n}',
    );
    check(
      'record \u041erder { n: int }\nextern f(o: Order)',
      'unknown-name',
      'record Order { n: int }\nextern f(o: Order)',
    );
    check(
      'record Order { \u0441ount: int }\nfunction f(o: Order): int = o.count',
      'unknown-name',
      'record Order { count: int }\nfunction f(o: Order): int = o.count',
    );
    check(
      'enum V { \u0430ccept, reject }\nfunction f(v: V): int = match v { case accept => 1, else => 2 }',
      'unknown-name',
      'enum V { accept, reject }\nfunction f(v: V): int = match v { case accept => 1, else => 2 }',
    );
    check(
      'choreography \u0410sk(A, B) {\n  A -> B: x\n}\nchoreography G(A, B) {\n  do Ask(A, B)\n}',
      'unknown-name',
      'choreography Ask(A, B) {\n  A -> B: x\n}\nchoreography G(A, B) {\n  do Ask(A, B)\n}',
    );
    check(
      'import { \u041erder } from "./o.chor"\nextern f(o: \u041erder)',
      'import-not-found',
      'import { Order } from "./o.chor"\nextern f(o: Order)',
      { 'o.chor': 'record Order { n: int }' },
    );
    check(
      'network N {\n  process \u0410 { send 1 to B }\n  process B { receive x from A show(x) }\n}\nextern show(n: int)',
      'unknown-role',
      'network N {\n  process A { send 1 to B }\n  process B { receive x from A show(x) }\n}\nextern show(n: int)',
    );
  });
  it('that nothing uses', () => {
    const text = 'choreography G(A, B) {\n  B.y = "x"\n  A."x" -> B.\u0443\n  B.show(y)\n}\nextern show(s: string)';
    const finding = workspaceOf(text)
      .analyze(uri)
      ?.findings.find((f) => f.code === 'unused-variable');
    expect(finding && inWords(finding).message).toContain(
      'U+0079 LATIN SMALL LETTER Y where this has U+0443 CYRILLIC SMALL LETTER U',
    );
    expect(finding && Object.values(fixed(text, 'unused-variable'))[0]).toBe(text.replace('\u0443', 'y'));
    expect(messages('choreography G(\u0410, A, B) {\n  A."x" -> B\n}').join()).toContain(
      'There is `A`, which looks the same',
    );
  });
});

describe('characters that mislead', () => {
  const line = (text: string): string => `choreography G(A, B) {\n  ${text}\n  B.show(y)\n}\nextern show(s: string)\n`;
  const right = line('A."x" -> B.y');
  /** Takes every fix, one after the other. */
  const allFixed = (text: string): string => {
    for (let i = 0; i < 20; i++) {
      const workspace = workspaceOf(text);
      const finding = workspace.analyze(uri)?.findings.find((f) => f.code === 'misleading-character');
      const [fix] = finding ? fixesFor(workspace, finding) : [];
      if (!fix) return text;
      text = applyEdits(text, fix.edits);
    }
    return text;
  };
  it.each([
    ['ZERO WIDTH SPACE behind a string', 'A."x"\u200b -> B.y', 'U+200B ZERO WIDTH SPACE', 'error'],
    ['ZERO WIDTH SPACE in a name', 'A."x" -> B.\u200by', 'U+200B ZERO WIDTH SPACE', 'error'],
    ['byte order mark', '\ufeffA."x" -> B.y', 'U+FEFF ZERO WIDTH NO-BREAK SPACE', 'error'],
    ['soft hyphen', 'A."x" -> \u00adB.y', 'U+00AD SOFT HYPHEN', 'error'],
    ['WORD JOINER', 'A\u2060."x" -> B.y', 'U+2060 WORD JOINER', 'error'],
    ['joiner between Latin letters', 'A."x" -> B\u200d.y', 'U+200D ZERO WIDTH JOINER', 'error'],
    ['control character', 'A."x" \u0008-> B.y', 'U+0008 control character', 'error'],
    ['variation selector', 'A\ufe0f."x" -> B.y', 'U+FE0F VARIATION SELECTOR-16', 'error'],
    ['NO-BREAK SPACE', 'A."x"\u00a0-> B.y', 'U+00A0 NO-BREAK SPACE', 'warning'],
    ['ideographic space', 'A."x" ->\u3000B.y', 'U+3000 IDEOGRAPHIC SPACE', 'warning'],
    ['LEFT-TO-RIGHT MARK', 'A."x" \u200e-> B.y', 'U+200E LEFT-TO-RIGHT MARK', 'warning'],
    ['override', 'A."x" \u202e-> B.y', 'U+202E RIGHT-TO-LEFT OVERRIDE', 'warning'],
    ['leaning quotation marks', 'A.\u201cx\u201d -> B.y', 'U+201C LEFT DOUBLE QUOTATION MARK', 'error'],
    ['single quotation marks', 'A.\u2018x\u2019 -> B.y', 'U+2018 LEFT SINGLE QUOTATION MARK', 'error'],
    ['a string that ends otherwise', 'A."x\u201d -> B.y', 'U+201D RIGHT DOUBLE QUOTATION MARK', 'error'],
    ['arrow', 'A."x" \u2192 B.y', 'U+2192 RIGHTWARDS ARROW', 'error'],
    ['dash', 'A."x" \u2013> B.y', 'U+2013 EN DASH', 'error'],
    ['minus sign of full width', 'A."x" \uff0d\uff1e B.y', 'U+FF0D FULLWIDTH HYPHEN-MINUS', 'error'],
    ['full stop of full width', 'A\uff0e"x" -> B.y', 'U+FF0E FULLWIDTH FULL STOP', 'error'],
  ])('%s', (_, text, name, severity) => {
    const found = workspaceOf(line(text)).analyze(uri)?.findings ?? [];
    expect(found.map((f) => f.code).filter((c) => c !== 'misleading-character')).toEqual([]);
    expect(found.map((f) => inWords(f).message)[0]).toContain(name);
    expect(found[0]?.severity).toBe(severity);
    expect(allFixed(line(text)).replace(/ +/g, ' ')).toBe(right.replace(/ +/g, ' '));
  });
  it('as brackets, semicolons, digits and operators of full width', () => {
    const text =
      'choreography G\uff08A\uff08n\uff1a int\uff09\uff0c B\uff09 \uff5b\n  if A.n \u2265 \uff11\uff12 \uff5b A.1 -> B: l \uff5d\uff1b\n  A.x \uff1d n \u2212 1\uff1b\n\uff5d';
    const found = workspaceOf(text).analyze(uri)?.findings ?? [];
    expect(found.filter((f) => f.code === 'syntax-error')).toEqual([]);
    expect(allFixed(text)).toBe('choreography G(A(n: int), B) {\n  if A.n >= 12 { A.1 -> B: l };\n  A.x = n - 1;\n}');
  });
  it('are fine in strings and comments, but for what turns the text', () => {
    expect(
      codes(`// \u201cquoted\u201d \u2192 \u00a0\u200b\n${line('A."\u201cx\u201d \u2192\u00a0\u200b" -> B.y')}`),
    ).toEqual([]);
    for (const turn of ['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069']) {
      expect(codes(`// a ${turn} b\n${right}`)).toEqual(['misleading-character warning']);
      expect(codes(`/* a ${turn}\n b */\n${right}`)).toEqual(['misleading-character warning']);
      expect(codes(line(`A."a ${turn} b" -> B.y`))).toEqual(['misleading-character warning']);
    }
    expect(fixed(line('A."a\u202eb" -> B.y'), 'misleading-character')['Write it as `\\u{202E}`']).toContain(
      '"a\\u{202E}b"',
    );
  });
  it('may be a byte order mark at the start of a file, and there alone', () => {
    expect(misleadingIn(`\ufeff${right}`)).toEqual([]);
    expect(codes(`\ufeff\ufeff${right}`)).toEqual(['misleading-character error']);
  });
  it('between joined letters, in Mongolian and in emoji of strings are none', () => {
    expect(codes(line('A."👩\u200d👩\u200d👧 \ufe0f" -> B.y'))).toEqual([]);
    expect(misleadingIn('// ᠮᠣᠩᠭᠣᠯ\u180b\nrecord ᠮᠣᠩ\u180bᠭᠣᠯ { n: int }')).toEqual([]);
  });
  it('do not keep the text from being laid out', () => {
    expect(format('record R{n:\u00a0int}')).toBe('record R { n: int }\n');
  });
  it('are found in time that grows with the text', () => {
    const text = (n: number): string => 'A\u200b."x"\u00a0\u2192 B.\u200cy\n'.repeat(n);
    expect(misleadingIn(text(2000)).length).toBe(2 * misleadingIn(text(1000)).length);
  });
  it('leave workspaces of others alone', () => {
    const workspace = new Workspace();
    workspace.set(uri, right);
    expect(workspace.analyze(uri)?.findings).toEqual([]);
  });
});
