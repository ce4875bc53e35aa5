// chor fmt: lays files out anew, or says which it would.
import { expect, test } from 'vitest';
import { sandbox } from './helpers.js';

const laidOut = 'choreography C(A, B) {\n  A.1 -> B.x // one\n  B.note(x)\n}\n\nextern note(n: int)\n';
const messy = 'choreography C( A,B ){\nA.1->B.x // one\n    B.note(x);\n}\n\nextern note(n:int)\n';

test('writes what changes', async () => {
  const { chor, read } = sandbox({ 'a.chor': messy, 'b.chor': laidOut });
  const { code, out } = await chor('fmt', '*.chor');
  expect(read('a.chor')).toBe(laidOut);
  expect(read('b.chor')).toBe(laidOut);
  expect(out).toBe('a.chor\n');
  expect(code).toBe(0);
});

test('--check writes nothing, names the files, and ends with 1', async () => {
  const { chor, read } = sandbox({ 'a.chor': messy, 'b.chor': laidOut });
  expect(await chor('fmt', '--check', '*.chor')).toMatchObject({ code: 1, out: 'a.chor\n' });
  expect(read('a.chor')).toBe(messy);
  expect(await chor('fmt', '--check', 'b.chor')).toMatchObject({ code: 0, out: '' });
});

test('- takes standard input and gives the result', async () => {
  expect(await sandbox({}).pipe(messy, 'fmt', '-')).toEqual({ code: 0, out: laidOut, err: '' });
});

test('a file that can’t be read as Chor is left as it is, and said so', async () => {
  const broken = 'choreography C(A, B) {\n  A.1 ->\n}\n';
  const { chor, read } = sandbox({ 'a.chor': broken, 'b.chor': messy });
  const { code, err } = await chor('fmt', 'a.chor', 'b.chor');
  expect(read('a.chor')).toBe(broken);
  expect(read('b.chor')).toBe(laidOut);
  expect(err).toMatch(/^a\.chor:\d+:\d+: .*\n$/);
  expect(code).toBe(1);
});
