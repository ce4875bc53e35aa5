// chor project: what it prints is a file that checks clean beside its source.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../cli/report.js';
import { Workspace } from '../../language/workspace.js';
import { sandbox } from './helpers.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const greeting =
  'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting\n  Bob.print(greeting)\n}\n\nextern print(line: string)\n';

test('prints every role of every choreography', async () => {
  const { chor } = sandbox({ 'a.chor': greeting });
  const { code, out, err } = await chor('project', 'a.chor');
  expect(out).toMatch(/import .*"\.\/a\.chor"/);
  expect(out).toContain('process Alice {\n    send "hello" to Bob\n  }');
  expect(out).toContain('process Bob {\n    receive greeting from Alice\n    print(greeting)\n  }');
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test('--role prints this role, as a process of a network that implements the choreography', async () => {
  const { out } = await sandbox({ 'a.chor': greeting }).chor('project', 'a.chor', '--role', 'Bob');
  expect(out).toContain('implements Greeting');
  expect(out).toContain('process Bob');
  expect(out).not.toContain('process Alice');
});

test('--choreography prints this one', async () => {
  const { out } = await sandbox({ 'a.chor': `${greeting}\nchoreography Other(X, Y) {\n  X -> Y: hi\n}\n` }).chor(
    'project',
    'a.chor',
    '--choreography',
    'Other',
  );
  expect(out).toContain('process X');
  expect(out).not.toContain('process Alice');
});

test('--format json maps the two texts to each other', async () => {
  const { out } = await sandbox({ 'a.chor': greeting }).chor(
    'project',
    'a.chor',
    '--format',
    'json',
    '--role',
    'Alice',
  );
  const {
    choreographies: [only],
  } = JSON.parse(out) as {
    choreographies: {
      name: string;
      range: unknown;
      roles: { role: string; text: string; map: { local: unknown; source: unknown }[]; holes: unknown[] }[];
    }[];
  };
  expect(only).toMatchObject({
    name: 'Greeting',
    range: { start: { line: 0, character: 0 } },
    roles: [{ role: 'Alice', holes: [] }],
  });
  const { text, map } = only?.roles[0] ?? { text: '', map: [] };
  const line = text.split('\n').findIndex((l) => l.includes('send "hello"'));
  expect(map).toContainEqual({
    local: {
      start: { line, character: text.split('\n')[line]?.indexOf('send') },
      end: { line, character: text.split('\n')[line]?.length },
    },
    source: { start: { line: 1, character: 2 }, end: { line: 1, character: 31 } },
  });
});

test('-o writes a file whose imports lead back to the source', async () => {
  const { chor, read } = sandbox({ 'a.chor': greeting, 'out/x': '' });
  expect(await chor('project', 'a.chor', '-o', 'out/a.chor')).toEqual({ code: 0, out: '', err: '' });
  expect(read('out/a.chor')).toContain('"../a.chor"');
  expect(await chor('check', 'out/a.chor')).toMatchObject({ code: 0 });
});

test('a file that can’t be written is told in one line', async () => {
  expect(await sandbox({ 'a.chor': greeting }).chor('project', 'a.chor', '-o', 'nowhere/a.chor')).toEqual({
    code: 2,
    out: '',
    err: 'chor: can’t write nowhere/a.chor: its folder does not exist\n',
  });
});

test('what can’t be projected is a hole, told on standard error, with exit code 1', async () => {
  const text =
    'choreography C(A(go: bool), B, D) {\n  if A.go {\n    A -> B: yes\n    B -> D: yes\n  } else {\n    A -> B: no\n  }\n}\n';
  const { code, out, err } = await sandbox({ 'a.chor': text }).chor('project', 'a.chor');
  expect(out).toContain('process A');
  expect(err).toMatch(/^a\.chor:2:3: knowledge-of-choice: D /);
  expect(code).toBe(1);
});

describe('the projection of each example', () => {
  const files = globSync('**/*.chor', { cwd: join(root, 'examples') })
    .filter((file) => !file.startsWith('wrong/'))
    .sort();
  const texts = Object.fromEntries(files.map((file) => [file, readFileSync(join(root, 'examples', file), 'utf8')]));
  const withChoreographies = files.filter((file) => {
    const workspace = new Workspace({});
    workspace.set(`file:///${file}`, texts[file] ?? '');
    return workspace.file(`file:///${file}`)?.declarations.some((d) => d.kind === 'choreography');
  });
  test.each(withChoreographies)('%s checks clean beside it', async (file) => {
    const { chor } = sandbox(texts);
    const target = join(dirname(file), 'projected.chor');
    expect(await chor('project', file, '-o', target)).toEqual({ code: 0, out: '', err: '' });
    const { out } = await chor('check', target, '--format', 'json');
    const [report] = (JSON.parse(out) as Report).files;
    expect(report?.diagnostics.filter((d) => d.severity === 'error').map((d) => d.message)).toEqual([]);
    expect(report?.verdicts.map((v) => v.verdict)).not.toContain('refuted');
  });
});
