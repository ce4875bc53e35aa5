// Which names loops have in projections: their own, with a number where a loop around has it.
import { describe, expect, test } from 'vitest';
import { Workspace } from '../../language/workspace.js';
import { inWords } from '../in-words.js';
import { roleText, uri } from './helpers.js';

/** What a role's projection says of loops, line by line. */
const loops = (text: string, role: string): string[] =>
  roleText(text, role)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^(rec|continue|while) /.test(line))
    .map((line) => line.replace(/ \{$/, ''));

/** The text as it would be if the projection of the role were in it, and what is wrong with that. */
function errorsOf(text: string, role: string): string[] {
  const workspace = new Workspace();
  workspace.set(uri, `${text}network Of {\n${roleText(text, role)}\n}\n`);
  return (workspace.analyze(uri)?.findings ?? [])
    .filter(({ code }) => code === 'unknown-name' || code === 'duplicate-name' || code === 'syntax-error')
    .map((found) => inWords(found).message);
}

const told = (inner: string): string => `extern go(): bool\nchoreography C(A, B) {\n${inner}}\n`;

describe('a loop', () => {
  test('whose loop around needs no name has no number', () => {
    const text = told('  while B.go() -> A {\n    while A.go() -> B {\n      A.1 -> B.n\n    }\n  }\n');
    expect(loops(text, 'B')).toEqual(['while go()', 'rec Loop', 'continue Loop']);
    expect(loops(text, 'A')).toEqual(['rec Loop', 'while go()', 'continue Loop']);
    expect(errorsOf(text, 'B')).toEqual([]);
  });
  test('in a loop without a name is numbered', () => {
    const text = told('  while A.go() -> B {\n    A.1 -> B.n\n    while A.go() -> B {\n      A.2 -> B.m\n    }\n  }\n');
    expect(loops(text, 'B')).toEqual(['rec Loop', 'rec Loop2', 'continue Loop2', 'continue Loop']);
    expect(errorsOf(text, 'B')).toEqual([]);
  });
  test('gets a number that no loop around has as a part of its name', () => {
    const text = told(
      '  rec Loop {\n    A.0 -> B.k\n    rec Loop2 {\n      A.1 -> B.n\n      while A.go() -> B {\n        A.2 -> B.m\n      }\n      if A.go() -> B {\n        continue Loop2\n      }\n    }\n    if A.go() -> B {\n      continue Loop\n    }\n  }\n',
    );
    expect(loops(text, 'B')).toEqual([
      'rec Loop',
      'rec Loop2',
      'rec Loop3',
      'continue Loop3',
      'continue Loop2',
      'continue Loop',
    ]);
    expect(errorsOf(text, 'B')).toEqual([]);
  });
  test('of the name of the one around, which it hides, goes round itself', () => {
    const text = told(
      '  rec X {\n    A.0 -> B.k\n    rec X {\n      A.1 -> B.n\n      rec X {\n        A.2 -> B.m\n        if A.go() -> B {\n          continue X\n        }\n      }\n      if A.go() -> B {\n        continue X\n      }\n    }\n    if A.go() -> B {\n      continue X\n    }\n  }\n',
    );
    expect(loops(text, 'B')).toEqual(['rec X', 'rec X2', 'rec X3', 'continue X3', 'continue X2', 'continue X']);
    expect(loops(text, 'A')).toEqual(['rec X', 'rec X2', 'rec X3', 'continue X3', 'continue X2', 'continue X']);
    expect(errorsOf(text, 'B')).toEqual([]);
  });
  test('after another is called as that is', () => {
    const text = told('  while A.go() -> B {\n    A.1 -> B.n\n  }\n  while A.go() -> B {\n    A.2 -> B.m\n  }\n');
    expect(loops(text, 'B')).toEqual(['rec Loop', 'continue Loop', 'rec Loop', 'continue Loop']);
  });
  test('that stands in both branches in the same way is one', () => {
    const text = told(
      '  if A.go() {\n    rec X {\n      A.1 -> B.n\n      if A.go() -> B {\n        continue X\n      }\n    }\n  } else {\n    rec X {\n      A.2 -> B.n\n      if A.go() -> B {\n        continue X\n      }\n    }\n  }\n',
    );
    expect(loops(text, 'B')).toEqual(['rec X', 'continue X']);
  });
  test('of another name in the other branch is the same', () => {
    const text = told(
      '  if A.go() {\n    rec X {\n      A.1 -> B.n\n      if A.go() -> B {\n        continue X\n      }\n    }\n  } else {\n    rec Y {\n      A.2 -> B.n\n      if A.go() -> B {\n        continue Y\n      }\n    }\n  }\n',
    );
    expect(loops(text, 'B')).toEqual(['rec X', 'continue X']);
  });
  test('that a role finds out about late is called as in the source', () => {
    const text = told(
      '  if A.go() {\n    rec X {\n      A -> B: on\n      if A.go() {\n        continue X\n      } else {\n        A -> B: left\n      }\n    }\n  } else {\n    rec Y {\n      A -> B: on\n      if A.go() {\n        continue Y\n      } else {\n        A -> B: right\n      }\n    }\n  }\n',
    );
    const names = loops(text, 'B');
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) expect(name).toMatch(/^(rec|continue) [XY]$/);
    expect(errorsOf(text, 'B')).toEqual([]);
  });
});
