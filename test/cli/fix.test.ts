// chor fix: applies preferred fixes until none is left, in one step for each file, or shows what it would do.
import { readdirSync, statSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sandbox } from './helpers.js';

const self = 'choreography C(A, B) {\n  A.1 -> A.x // kept\n  A.x -> B.y\n  B.note(y)\n}\nextern note(n: int)\n';
const fixed = self.replace('A.1 -> A.x', 'A.x = 1');

test('applies a preferred fix, keeps the rest of the text, and says what it did', async () => {
  const { chor, read } = sandbox({ 'a.chor': self });
  const { code, out, err } = await chor('fix', 'a.chor');
  expect(read('a.chor')).toBe(fixed);
  expect(out).toMatch(/^a\.chor:2:\d+: self-communication: /);
  expect(out).toMatch(/1 fix applied, 0 errors left\n$/);
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test('goes on until none is left', async () => {
  const { chor, read } = sandbox({ 'a.chor': self.replace('  A.x -> B.y', '  B.2 -> B.z\n  B.note(z)\n  A.x -> B.y') });
  expect(await chor('fix', 'a.chor')).toMatchObject({
    code: 0,
    out: expect.stringContaining('2 fixes applied, 0 errors left'),
  });
  expect(read('a.chor')).toBe(fixed.replace('  A.x -> B.y', '  B.z = 2\n  B.note(z)\n  A.x -> B.y'));
});

test('--dry-run prints a diff and changes nothing', async () => {
  const { chor, read } = sandbox({ 'a.chor': self });
  const { code, out, err } = await chor('fix', 'a.chor', '--dry-run');
  expect(read('a.chor')).toBe(self);
  expect(out).toMatch(/^--- a\/a\.chor\n\+\+\+ b\/a\.chor\n@@ -1,5 \+1,5 @@\n choreography/);
  expect(out).toContain('-  A.1 -> A.x // kept\n+  A.x = 1 // kept\n');
  expect(err).toContain('1 fix to apply');
  expect(code).toBe(0);
});

test('--code leaves other codes alone', async () => {
  const { chor, read } = sandbox({ 'a.chor': self });
  const { code, out } = await chor('fix', 'a.chor', '--code', 'deadlock');
  expect(read('a.chor')).toBe(self);
  expect(out).toBe('0 fixes applied, 1 error left\n');
  expect(code).toBe(1);
});

test('- takes standard input and gives the result', async () => {
  const { code, out, err } = await sandbox({}).pipe(self, 'fix', '-');
  expect(out).toBe(fixed);
  expect(err).toContain('1 fix applied');
  expect(code).toBe(0);
});

test('leaves no temporary file, and keeps the mode of the file', async () => {
  const { chor, folder } = sandbox({ 'a.chor': self });
  chmodSync(join(folder, 'a.chor'), 0o640);
  await chor('fix', 'a.chor');
  expect(readdirSync(folder)).toEqual(['a.chor']);
  expect(statSync(join(folder, 'a.chor')).mode & 0o777).toBe(0o640);
});

test('a file without errors is not written', async () => {
  const { chor, folder } = sandbox({ 'a.chor': fixed });
  const before = statSync(join(folder, 'a.chor')).mtimeMs;
  expect(await chor('fix', 'a.chor')).toMatchObject({ code: 0, out: '0 fixes applied, 0 errors left\n' });
  expect(statSync(join(folder, 'a.chor')).mtimeMs).toBe(before);
});

const told =
  'choreography T(A(ok: bool), B) {\n  if A.ok -> B {\n    A."good morning" -> B.words: formal\n  } else {\n    A."hi" -> B.words: casual\n  }\n  B.note(words)\n}\nextern note(line: string)\n';

test('what is no error is changed only where its code is named', async () => {
  const { chor, read } = sandbox({ 'a.chor': told });
  expect(await chor('fix', 'a.chor')).toMatchObject({ code: 0, out: '0 fixes applied, 0 errors left\n' });
  expect(read('a.chor')).toBe(told);
  expect(await chor('fix', 'a.chor', '--code', 'redundant-selection')).toMatchObject({
    code: 0,
    out: expect.stringContaining('1 fix applied'),
  });
  expect(read('a.chor')).toBe(told.replace(' -> B {', ' {'));
});

test('what removes a message is done only where its code is named', async () => {
  const text = 'choreography R(A, B) {\n  A -> A: again\n  A.1 -> B.x\n}\n';
  const { chor, read } = sandbox({ 'a.chor': text });
  await chor('fix', 'a.chor');
  expect(read('a.chor')).toContain('again');
});

test('no other declaration than that of the error is changed', async () => {
  const callee = 'choreography Quote(Client(title: string), Shop) {\n  Client.title -> Shop.wanted\n}\n\n';
  const text = `${callee}choreography Main(Alice(title: string), Bob) {\n  do Quote(Alice, Bob)\n  Alice.titel -> Bob.again\n}\n`;
  const { chor, read } = sandbox({ 'a.chor': text });
  await chor('fix', 'a.chor');
  expect(read('a.chor').startsWith(callee)).toBe(true);
  expect(read('a.chor')).toContain('Alice.title -> Bob.again');
});
