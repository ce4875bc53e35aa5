// chor check --watch: what is checked again, and when; and the problem matcher reads what it says.
import { mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../../cli/main.js';
import { sandbox } from './helpers.js';

const good = (name: string): string =>
  `choreography ${name}(A, B) {\n  A.1 -> B.x\n  B.note(x)\n}\nextern note(n: int)\n`;
const bad = (name: string): string => good(name).replace('A.1', 'A.one');

interface Watching {
  readonly folder: string;
  readonly round: () => Promise<string>;
  readonly end: () => Promise<number | undefined>;
}

/** The command in a folder; `round` gives what it says until it waits for changes. */
function watching(files: Readonly<Record<string, string>>, ...args: string[]): Watching {
  const { folder } = sandbox(files);
  let out = '';
  const ending = new AbortController();
  onTestFinished(() => ending.abort());
  const ended = run(['check', '--watch', ...args], {
    cwd: folder,
    env: {},
    terminal: false,
    ended: ending.signal,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      out += text;
    },
    input: () => Buffer.of(),
  });
  const waits = 'chor: watching for changes\n';
  return {
    folder,
    async round() {
      await expect.poll(() => out, { timeout: 20_000 }).toContain(waits);
      const said = out;
      out = '';
      return said.replace(waits, '');
    },
    end() {
      ending.abort();
      return ended;
    },
  };
}

test('checks again what changed, what imports it, and what came', async () => {
  const { folder, round, end } = watching(
    {
      'a.chor': bad('A1'),
      'deep/b.chor':
        'import { f } from "../lib/c.chor"\nchoreography B1(A, B) {\n  A.f() -> B.x\n  B.note(x)\n}\nextern note(n: int)\n',
    },
    '**/*.chor',
  );
  const first = await round();
  expect(first).toMatch(/^chor: checking\n/);
  expect(first).toContain('--> a.chor:2:5');
  expect(first).toContain('error[import-not-found]');
  mkdirSync(join(folder, 'lib'));
  writeFileSync(join(folder, 'lib/c.chor'), 'extern f(): int\n');
  const second = await round();
  expect(second).toMatch(/^chor: checking again\n/);
  expect(second).not.toContain('import-not-found');
  expect(second).toContain('3 files: 1 error');
  writeFileSync(join(folder, 'a.chor'), good('A1'));
  expect(await round()).toContain('3 files: no errors');
  unlinkSync(join(folder, 'deep/b.chor'));
  expect(await round()).toContain('2 files: no errors');
  expect(await end()).toBeUndefined();
});

test('goes on where a file is not there, and looks at what is imported from elsewhere', async () => {
  const { folder, round } = watching({ 'x/c.chor': 'extern f(): int\n' }, 'a.chor');
  expect(await round()).toContain('chor: can’t read a.chor: there is no such file\n');
  writeFileSync(
    join(folder, 'a.chor'),
    'import { f } from "./x/c.chor"\nchoreography B1(A, B) {\n  A.f() -> B.x\n  B.note(x)\n}\nextern note(n: int)\n',
  );
  expect(await round()).toContain('1 file: no errors');
  writeFileSync(join(folder, 'x/c.chor'), 'extern g(): int\n');
  expect(await round()).toContain('error[import-not-found]');
});

test('goes on when a folder went and is there again, or another one by its name', async () => {
  const { folder, round } = watching(
    {
      'lib/f.chor': 'extern f(): int\n',
      'd/a.chor':
        'import { f } from "../lib/f.chor"\nchoreography A1(A, B) {\n  A.f() -> B.x\n  B.note(x)\n}\nextern note(n: int)\n',
    },
    'd/*.chor',
  );
  expect(await round()).toContain('1 file: no errors');
  renameSync(join(folder, 'd'), join(folder, 'e'));
  expect(await round()).toContain('chor: no file matches d/*.chor');
  renameSync(join(folder, 'e'), join(folder, 'd'));
  expect(await round()).toContain('1 file: no errors');
  // As a checkout of another branch does.
  rmSync(join(folder, 'd'), { recursive: true });
  mkdirSync(join(folder, 'd'));
  writeFileSync(join(folder, 'd/b.chor'), bad('B1'));
  expect(await round()).toContain('--> d/b.chor:2:5');
  writeFileSync(join(folder, 'd/b.chor'), good('B1'));
  expect(await round()).toContain('1 file: no errors');
  writeFileSync(join(folder, 'd/c.chor'), 'import { f } from "../lib/f.chor"\n');
  expect(await round()).toMatch(/2 files: (no errors|1 hint)/);
  rmSync(join(folder, 'lib'), { recursive: true });
  expect(await round()).toContain('error[import-not-found]');
  mkdirSync(join(folder, 'lib'));
  writeFileSync(join(folder, 'lib/f.chor'), 'extern f(): int\n');
  expect(await round()).toMatch(/2 files: (no errors|1 hint)/);
});

test('says what it can’t do', async () => {
  const { chor, pipe } = sandbox({ 'a.chor': good('A1') });
  expect(await chor('check', '--watch', '--format', 'json', 'a.chor')).toEqual({
    code: 2,
    out: '',
    err: 'chor: --watch reports as text, again and again: leave out --format, or --watch\n',
  });
  expect(await pipe('', 'check', '--watch', '-')).toEqual({
    code: 2,
    out: '',
    err: 'chor: --watch can’t read standard input again and again: name files\n',
  });
});

test('the problem matchers read the reports', async () => {
  interface Matcher {
    readonly name: string;
    readonly pattern: readonly { readonly regexp: string }[];
    readonly background?: { readonly beginsPattern: string; readonly endsPattern: string };
  }
  const {
    contributes: { problemMatchers },
  } = JSON.parse(readFileSync('package.json', 'utf8')) as { contributes: { problemMatchers: readonly Matcher[] } };
  const { chor } = sandbox({ 'a b.chor': `${bad('A1')}choreography Unused(A, B, C) {\n  A -> B: go\n}\n` });
  const lines = (await chor('check', '--hints', 'a b.chor')).out.split('\n');
  for (const {
    pattern: [head, place],
  } of problemMatchers) {
    const found = lines.flatMap((line, index) => {
      const message = new RegExp(head?.regexp ?? '').exec(line);
      const where = new RegExp(place?.regexp ?? '').exec(lines[index + 1] ?? '');
      return message && where ? [[message[1], message[2], where[1], where[2], where[3]]] : [];
    });
    expect(found).toContainEqual(['error', 'unknown-variable', 'a b.chor', '2', '5']);
    expect(found.length).toBe(lines.filter((line) => /^(?:error|warning|information|hint)\[/.test(line)).length);
  }
  const background = problemMatchers.find(({ name }) => name === 'chor-watch')?.background;
  expect('chor: checking again').toMatch(new RegExp(background?.beginsPattern ?? 'none'));
  expect('chor: watching for changes').toMatch(new RegExp(background?.endsPattern ?? 'none'));
});
