// chor import: what it prints checks clean; what can't be imported is told by place.
import { expect, test } from 'vitest';
import { sandbox } from './helpers.js';

const scribble = 'module T;\nglobal protocol P(role A, role B) {\n  hi(int) from A to B;\n}\n';

test('prints a file that checks clean', async () => {
  const { chor, read } = sandbox({ 'a.scr': scribble });
  expect(await chor('import', 'a.scr')).toEqual({
    code: 0,
    out: 'choreography P(A, B) {\n  A -> B: hi(int)\n}\n',
    err: '',
  });
  expect(await chor('import', 'a.scr', '-o', 'a.chor')).toEqual({ code: 0, out: '', err: '' });
  expect(read('a.chor')).toContain('choreography P');
  expect(await chor('check', 'a.chor')).toMatchObject({ code: 0 });
});

test('names a network after its file', async () => {
  const { out } = await sandbox({ 'two-buyers.fsm': 'A: B!l; end\nB: A?l; end' }).chor('import', 'two-buyers.fsm');
  expect(out).toContain('network TwoBuyers {');
});

test('reads standard input, whose text tells what it is', async () => {
  expect(await sandbox({}).pipe(scribble, 'import', '-')).toMatchObject({ code: 0, err: '' });
  expect(await sandbox({}).pipe('hello', 'import', '-')).toEqual({
    code: 2,
    out: '',
    err: 'chor: can’t tell what standard input is written in; say so with --format scribble, kmc or extractor\n',
  });
});

test('what has no counterpart is told by line and column, and nothing is written', async () => {
  const { chor } = sandbox({ 'a.scr': 'module T;\nglobal protocol P(role A, role B) {\n  wrap A to B;\n}\n' });
  const { code, out, err } = await chor('import', 'a.scr', '-o', 'a.chor');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^a\.scr:3:3: connection: `wrap` has no counterpart.*\n$/);
  expect(await chor('check', 'a.chor')).toMatchObject({ code: 2 });
});
