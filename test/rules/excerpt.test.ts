// Fixes are tried on the part of a file that they can matter to: what is left out must not matter.
import { expect, test } from 'vitest';
import { excerpt } from '../../language/fixes/excerpt.js';
import { fixesFor } from '../../language/fixes/try.js';
import { lowerFile } from '../../language/lowering/source.js';
import { Workspace } from '../../language/workspace.js';
import { inWords } from '../in-words.js';

const text = `extern note(n: int)
choreography Callee(A, B) { A -> B: hi }
choreography Middle(A, B) { do Callee(A, B) }
choreography Caller(A, B) { do Middle(A, B) }
choreography Other(A, B) { A -> B: ho }
network Wide implements Middle {
}
`;
const at = (name: string): { start: number; end: number } => ({
  start: text.indexOf(`${name}(`),
  end: text.indexOf(`${name}(`) + 1,
});
const names = (part: string): string[] => lowerFile('file:///a.chor', part).declarations.map((d) => d.name.text);

test('keeps what a declaration names and what names it, at the same offsets', () => {
  const part = excerpt(lowerFile('file:///a.chor', text), [at('Middle')]);
  expect(names(part)).toEqual(['note', 'Callee', 'Middle', 'Caller', 'Wide']);
  expect(part.length).toBe(text.length);
  expect(part.indexOf('network')).toBe(text.indexOf('network'));
});

test('keeps what an edit names', () => {
  expect(names(excerpt(lowerFile('file:///a.chor', text), [at('Callee')], ['Other']))).toContain('Other');
  expect(names(excerpt(lowerFile('file:///a.chor', text), [at('Other')]))).toEqual(['note', 'Other']);
});

test('is the whole text where a place stands outside of choreographies and networks', () => {
  expect(excerpt(lowerFile('file:///a.chor', text), [{ start: 0, end: 1 }])).toBe(text);
});

test('a fix that would break a caller is not offered, however far away the caller stands', () => {
  const workspace = new Workspace();
  const filler = Array.from({ length: 20 }, (_, i) => `choreography Filler${i}(A, B) { A -> B: hi }\n`).join('');
  // Without its third role `Callee` would be fine, and `Caller`, which gives it three, would not.
  const uri = 'file:///a.chor';
  workspace.set(
    uri,
    `choreography Callee(A, B, C) { A -> B: hi }\n${filler}choreography Caller(A, B, C) { do Callee(A, B, C)\n C -> A: ho }\n`,
  );
  const unused = workspace.analyze(uri)?.findings.find((f) => f.code === 'unused-role');
  for (const fix of unused ? fixesFor(workspace, unused) : []) {
    const trial = workspace.fork();
    expect(fix.edits.every((edit) => edit.uri === uri)).toBe(true);
    const [edit] = fix.edits;
    const source = workspace.text(uri) ?? '';
    if (edit && fix.edits.length === 1)
      trial.set(uri, source.slice(0, edit.start) + edit.newText + source.slice(edit.end));
    if (fix.edits.length === 1)
      expect(
        trial
          .analyze(uri)
          ?.findings.filter((f) => f.severity === 'error')
          .map((f) => inWords(f).message),
      ).toEqual([]);
  }
  expect(unused).toBeDefined();
});
