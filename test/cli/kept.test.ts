// Nothing of a person's is lost: bytes, line ends, other names of a file, what was saved meanwhile.
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../cli/report.js';
import { linesOf } from '../../cli/positions.js';
import { writeText } from '../../system/write.js';
import { sandbox } from './helpers.js';
import { applyEdits } from '../../language/edits/fix.js';

const messy = 'choreography   C(A, B) {\nA.1->B.x\n  B.note(x)\n}\nextern note(n: int)\n';
const laidOut = 'choreography C(A, B) {\n  A.1 -> B.x\n  B.note(x)\n}\nextern note(n: int)\n';
const unknown =
  'choreography Shop(Buyer, Seller(price: int)) {\n  Buyer -> Seller: ask\n  Buyer.show(price)\n}\n\nextern show(n: int)\n';
const greeting = 'choreography Greeting(A, B) {\n  A.1 -> B.n\n  B.note(n)\n}\nextern note(n: int)\n';
const network = 'network N {\n  process A { send to B: hi }\n  process B { receive from A: hi }\n}\n';

/** A text in Latin-1, as bytes. */
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const crlf = (text: string): string => text.replaceAll('\n', '\r\n');

describe('what is not UTF-8', () => {
  const bytes = latin1('// für Käufer\nchoreography   C(A, B) {\nA.f(n)\n}\n');
  test.each([
    ['check'],
    ['fmt'],
    ['fmt', '--check'],
    ['fix'],
    ['fix', '--dry-run'],
    ['project'],
    ['extract'],
    ['import', '--format', 'scribble'],
  ])('is refused by `chor %s %s`, in one line, and left as it is', async (...args) => {
    const { chor, folder } = sandbox({});
    writeFileSync(join(folder, 'a.chor'), bytes);
    expect(await chor(...args, 'a.chor')).toEqual({
      code: 2,
      out: '',
      err: 'chor: can’t read a.chor: it is not UTF-8 (line 1)\n',
    });
    expect(readFileSync(join(folder, 'a.chor'))).toEqual(bytes);
  });
  test('is told at its import', async () => {
    const { chor, folder } = sandbox({ 'main.chor': 'import "./a.chor"\n' });
    writeFileSync(join(folder, 'a.chor'), bytes);
    expect(await chor('check', 'main.chor')).toMatchObject({
      code: 1,
      out: expect.stringContaining('"./a.chor" is not read: it is not UTF-8 (line 1).'),
    });
  });
  test('is refused on standard input, and as UTF-16', async () => {
    const { pipe, chor, folder } = sandbox({});
    expect(await pipe(bytes, 'fmt', '-')).toEqual({
      code: 2,
      out: '',
      err: 'chor: can’t read standard input: it is not UTF-8 (line 1)\n',
    });
    writeFileSync(join(folder, 'a.chor'), Buffer.from('\uFEFFrecord A {}', 'utf16le'));
    expect(await chor('fmt', 'a.chor')).toEqual({
      code: 2,
      out: '',
      err: 'chor: can’t read a.chor: it is UTF-16, not UTF-8\n',
    });
  });
  test('leaves a replacement character that somebody wrote alone', async () => {
    const { chor, read } = sandbox({ 'a.chor': `// \uFFFD\n${messy}` });
    expect(await chor('fmt', 'a.chor')).toMatchObject({ code: 0, err: '' });
    expect(read('a.chor')).toBe(`// \uFFFD\n${laidOut}`);
  });
});

describe('line ends and the byte order mark', () => {
  test('stay what they are in `fmt` and `fix`', async () => {
    const { chor, read } = sandbox({ 'fmt.chor': `\uFEFF${crlf(messy)}`, 'fix.chor': `\uFEFF${crlf(unknown)}` });
    expect(await chor('fmt', 'fmt.chor')).toMatchObject({ code: 0, err: '' });
    expect(read('fmt.chor')).toBe(`\uFEFF${crlf(laidOut)}`);
    await chor('fix', 'fix.chor');
    const fixed = read('fix.chor');
    expect(fixed).not.toBe(`\uFEFF${crlf(unknown)}`);
    expect(fixed).toBe(`\uFEFF${crlf(fixed.replace('\uFEFF', '').replaceAll('\r\n', '\n'))}`);
  });
  test('stay what they are on standard output', async () => {
    const { pipe } = sandbox({});
    expect(await pipe(`\uFEFF${crlf(messy)}`, 'fmt', '-')).toMatchObject({ out: `\uFEFF${crlf(laidOut)}` });
    expect((await pipe(`\uFEFF${crlf(unknown)}`, 'fix', '-')).out).toMatch(/^\uFEFF(?:[^\r\n]*\r\n)+$/);
  });
  test('are in the diff of `--dry-run`', async () => {
    const { out } = await sandbox({ 'a.chor': `\uFEFF${crlf(unknown)}` }).chor('fix', 'a.chor', '--dry-run');
    expect(out).toMatch(/^ \uFEFFchoreography Shop/m);
    expect(
      out
        .split('\n')
        .slice(3)
        .filter((line) => line !== '' && !line.endsWith('\r')),
    ).toEqual([]);
  });
  test.each(['json', 'sarif'])('are in the edits of `--format %s`', async (format) => {
    const text = crlf(unknown);
    const { out } = await sandbox({ 'a.chor': text }).chor('check', 'a.chor', '--format', format);
    const added =
      format === 'json'
        ? (JSON.parse(out) as Report).files
            .flatMap((f) => f.diagnostics)
            .flatMap((d) => d.fixes)
            .flatMap((f) => f.edits)
            .map((e) => e.newText)
        : [...out.matchAll(/"insertedContent": \{\s*"text": (".*")/g)].map(
            ([, literal]) => JSON.parse(literal ?? '') as string,
          );
    const lines = added.filter((newText) => newText.includes('\n'));
    expect(lines.length).toBeGreaterThan(0);
    for (const newText of lines) expect(newText).not.toMatch(/(?<!\r)\n/);
  });
  test('become those of most lines in `fmt`, and `fmt --check` does not pass several kinds', async () => {
    const mixed = laidOut.replace('x\n', 'x\r\n');
    const { chor, read } = sandbox({
      'lf.chor': mixed,
      'crlf.chor': crlf(laidOut).replace('x\r\n', 'x\n'),
      'comment.chor': '/* a\r\nb\n*/\nrecord A {}\n',
    });
    expect(await chor('fmt', '--check', '*.chor')).toMatchObject({
      code: 1,
      out: 'comment.chor\ncrlf.chor\nlf.chor\n',
    });
    expect(await chor('fmt', '*.chor')).toMatchObject({ code: 0 });
    expect(read('lf.chor')).toBe(laidOut);
    expect(read('crlf.chor')).toBe(crlf(laidOut));
    expect(read('comment.chor')).toBe('/* a\nb\n*/\nrecord A {}\n');
    expect(await chor('fmt', '--check', '*.chor')).toMatchObject({ code: 0, out: '' });
  });
  test('of a fix are those of its file', async () => {
    const text = crlf(unknown);
    const { out } = await sandbox({ 'a.chor': text }).chor('check', 'a.chor', '--format', 'json');
    const fixes = (JSON.parse(out) as Report).files.flatMap((f) => f.diagnostics).flatMap((d) => d.fixes);
    const lines = linesOf(text);
    const offset = ({ line, character }: { line: number; character: number }): number =>
      ([...text.matchAll(/(?<=^|\n)/g)][line]?.index as number) + character;
    for (const { edits } of fixes) {
      const after = applyEdits(
        text,
        edits.map((e) => ({ uri: '', start: offset(e.range.start), end: offset(e.range.end), newText: e.newText })),
      );
      expect(after).not.toMatch(/(?<!\r)\n/);
    }
    expect(lines.line(0)).toBe(unknown.split('\n')[0]);
  });
});

describe('what a command reads is not written over', () => {
  test.each([
    ['by its name', 'a.chor'],
    ['by another spelling', './sub/../a.chor'],
    ['by a symbolic link', 'link.chor'],
    ['by a hard link', 'hard.chor'],
    ['as an import', 'lib.chor'],
    ['as a link to an import', 'lib-link.chor'],
  ])('%s', async (_, output) => {
    const text = `import { note } from "./lib.chor"\nchoreography C(A, B) {\n  A.1 -> B.n\n  B.note(n)\n}\n${network}`;
    const { chor, folder, read } = sandbox({ 'a.chor': text, 'lib.chor': 'extern note(n: int)\n', 'sub/x': '' });
    symlinkSync('a.chor', join(folder, 'link.chor'));
    symlinkSync('lib.chor', join(folder, 'lib-link.chor'));
    linkSync(join(folder, 'a.chor'), join(folder, 'hard.chor'));
    for (const command of ['project', 'extract']) {
      const { code, out, err } = await chor(command, 'a.chor', '-o', output);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/^chor: can’t write .*what this is made from; name another file\n$/);
    }
    expect([read('a.chor'), read('lib.chor')]).toEqual([text, 'extern note(n: int)\n']);
  });
  test('by `import`', async () => {
    const protocol = 'global protocol P(role A, role B) {\n  hi() from A to B;\n}\n';
    const { chor, folder, read } = sandbox({ 'p.scr': protocol });
    symlinkSync('p.scr', join(folder, 'p.chor'));
    expect(await chor('import', 'p.scr', '-o', 'p.chor')).toMatchObject({
      code: 2,
      err: 'chor: can’t write p.chor: it is p.scr, what this is made from; name another file\n',
    });
    expect(read('p.scr')).toBe(protocol);
  });
});

describe('a file that is written', () => {
  test('keeps its mode, its owner, and the links to it', async () => {
    const { chor, folder, read } = sandbox({ 'real/a.chor': messy, 'real/b.chor': messy });
    const at = (name: string): string => join(folder, name);
    symlinkSync('real/a.chor', at('a.chor'));
    linkSync(at('real/b.chor'), at('other.chor'));
    chmodSync(at('real/a.chor'), 0o640);
    if (process.getuid?.() === 0) chownSync(at('real/a.chor'), 1234, 1235);
    const before = statSync(at('real/a.chor'));
    expect(await chor('fmt', 'a.chor', 'real/b.chor')).toMatchObject({ code: 0 });
    const after = statSync(at('real/a.chor'));
    expect([after.mode, after.uid, after.gid]).toEqual([before.mode, before.uid, before.gid]);
    expect(lstatSync(at('a.chor')).isSymbolicLink()).toBe(true);
    expect(readlinkSync(at('a.chor'))).toBe('real/a.chor');
    expect([read('real/a.chor'), read('other.chor')]).toEqual([laidOut, laidOut]);
    expect(statSync(at('other.chor')).ino).toBe(statSync(at('real/b.chor')).ino);
    expect(readdirSync(at('real')).sort()).toEqual(['a.chor', 'b.chor']);
  });
  test('may be what a link leads to that is not there yet', async () => {
    const { chor, folder, read } = sandbox({ 'a.chor': greeting });
    symlinkSync('later.chor', join(folder, 'link.chor'));
    expect(await chor('project', 'a.chor', '-o', 'link.chor')).toMatchObject({ code: 0, err: '' });
    expect(read('later.chor')).toContain('process A');
    expect(lstatSync(join(folder, 'link.chor')).isSymbolicLink()).toBe(true);
  });
  test('is left as it is if somebody saved it meanwhile', () => {
    const { folder, read } = sandbox({ 'a.chor': 'saved meanwhile', 'hard.chor': 'saved, too' });
    linkSync(join(folder, 'hard.chor'), join(folder, 'link.chor'));
    for (const name of ['a.chor', 'hard.chor', 'gone.chor']) {
      expect(writeText(join(folder, name), 'new', Buffer.from('as it was read'))).toBe(
        'it was changed meanwhile, and is left as it is; run this again',
      );
    }
    expect([read('a.chor'), read('hard.chor'), existsSync(join(folder, 'gone.chor'))]).toEqual([
      'saved meanwhile',
      'saved, too',
      false,
    ]);
    expect(readdirSync(folder).sort()).toEqual(['a.chor', 'hard.chor', 'link.chor']);
  });
  test('has what an earlier write left, when that was killed, removed', async () => {
    const { chor, folder } = sandbox({
      'a.chor': messy,
      '.chor-4194305-abcdef.tmp': 'half',
      '.chor-1-abcdef.tmp': 'of somebody who is at it',
      'other.tmp': '',
    });
    await chor('fmt', 'a.chor');
    expect(readdirSync(folder).sort()).toEqual(['.chor-1-abcdef.tmp', 'a.chor', 'other.tmp']);
  });
  test('may have a name as long as names may be', async () => {
    const name = `${'x'.repeat(250)}.chor`;
    const { chor, read } = sandbox({ [name]: messy });
    expect(await chor('fmt', name)).toMatchObject({ code: 0, err: '' });
    expect(read(name)).toBe(laidOut);
  });
  test('is not a folder', async () => {
    const { chor, folder } = sandbox({ 'a.chor': greeting });
    mkdirSync(join(folder, 'out'));
    expect(await chor('project', 'a.chor', '-o', 'out')).toEqual({
      code: 2,
      out: '',
      err: 'chor: can’t write out: it is a folder\n',
    });
  });
});

test('one file that can’t be written does not keep the others from it', async () => {
  const { folder, read } = sandbox({ 'a.chor': messy, 'b.chor': messy, 'c.chor': messy });
  // A file that changes as soon as another one is written.
  const pipe = join(folder, 'b.chor');
  const changing = {
    out: (): void => {
      writeFileSync(pipe, 'record Saved {}\n');
    },
  };
  const { run } = await import('../../cli/main.js');
  let err = '';
  const code = await run(['fmt', 'a.chor', 'b.chor', 'c.chor'], {
    cwd: folder,
    env: {},
    terminal: false,
    input: () => new Uint8Array(),
    err: (text) => {
      err += text;
    },
    ...changing,
  });
  expect({ code, err }).toEqual({
    code: 2,
    err: 'chor: can’t write b.chor: it was changed meanwhile, and is left as it is; run this again\n',
  });
  expect([read('a.chor'), read('b.chor'), read('c.chor')]).toEqual([laidOut, 'record Saved {}\n', laidOut]);
});
