// A message that was left out is told in the branch that lacks it, though it may come to light at a decision inside
// another one.
import { describe, expect, it, test } from 'vitest';
import { fixesFor } from '../../language/fixes/try.js';
import { Workspace } from '../../language/workspace.js';
import { uri } from './helpers.js';
import { applyEdits } from '../../language/edits/fix.js';
import { inWords } from '../in-words.js';

interface Told {
  readonly at: string;
  readonly lacks: string;
  readonly message: string;
  readonly fixed: readonly string[];
}

function told(body: string): Told[] {
  const text = `extern ok(): bool\nextern note(n: int)\nchoreography S(A(n: int), B, C) {\n${body}\n}\n`;
  const workspace = new Workspace();
  workspace.set(uri, text);
  const line = (offset: number): string =>
    text.slice(text.lastIndexOf('\n', offset - 1) + 1, text.indexOf('\n', offset)).trim();
  return (workspace.analyze(uri)?.findings ?? [])
    .filter((f) => f.code === 'knowledge-of-choice')
    .map((f) => {
      const nothing = inWords(f).related.find((r) => r.message.includes('does nothing'));
      return {
        at: line(f.origin.start),
        message: inWords(f).message,
        // Where its branch ends: the last statement before that.
        lacks: nothing ? line(text.slice(0, nothing.origin.start).trimEnd().length - 1) : '',
        fixed: fixesFor(workspace, f).map((fix) =>
          applyEdits(text, fix.edits)
            .split('\n')
            .filter((l) => !text.split('\n').includes(l))
            .map((l) => l.trim())
            .join('; '),
        ),
      };
    });
}

const loop = (inside: string, stop: string): string => `  rec Loop {
    choice at A {
      A -> B: more
${inside}
    } or {
      A -> B: stop
${stop}
    }
  }`;

describe('a forgotten `stop`', () => {
  test.each<[string, string]>([
    [
      'behind an `if` that tells in one branch only',
      '      if B.ok() {\n        continue Loop\n      } else {\n        B -> C: x\n        continue Loop\n      }',
    ],
    ['behind an `if` without an `else`', '      if B.ok() {\n        B -> C: x\n      }\n      continue Loop'],
    [
      'behind a choice',
      '      choice at B {\n        B -> A: fine\n      } or {\n        B -> C: x\n        B -> A: bad\n      }\n      continue Loop',
    ],
    [
      'behind an `if` in an `if`',
      '      if B.ok() {\n        if B.ok() {\n          B -> C: x\n        }\n      }\n      continue Loop',
    ],
    [
      'behind a `match`',
      '      match B.ok() {\n        case true { B -> C: x }\n        case false { }\n      }\n      continue Loop',
    ],
  ])('%s', (_, inside) => {
    const all = told(loop(inside, ''));
    expect(all.map((t) => [t.at, t.lacks])).toEqual([['choice at A {', 'A -> B: stop']]);
    expect(all[0]?.message).toContain(
      'C can’t tell whether A chose `more` or `stop`: it gets `x` from B in one branch and nothing in the other.',
    );
    expect(all[0]?.fixed).toContain('B -> C: stop');
    // With it, all is well.
    expect(told(loop(inside, '      B -> C: stop'))).toEqual([]);
  });

  it('of a loop is told after it', () => {
    const body = '  while A.n > 0 -> B {\n    A.n = n - 1\n    if B.ok() {\n      B -> C: x\n    }\n  }';
    const all = told(body);
    expect(all.map((t) => t.at)).toEqual(['while A.n > 0 -> B {']);
    expect(all[0]?.message).toContain('it gets `x` from B in a round and nothing after the last.');
    expect(all[0]?.fixed).toContain('B -> C: done');
    expect(told(`${body}\n  B -> C: over`)).toEqual([]);
  });
});

describe('a message that was left out inside', () => {
  it('is told inside', () => {
    const inside = (more: string): string =>
      loop(
        `      if B.ok() {\n        B -> C: x\n        continue Loop\n      } else {\n        B -> A: enough\n${more}\n      }`,
        '      B -> C: stop',
      ).replace('        continue Loop', '        B -> A: next\n        continue Loop');
    expect(told(inside('')).map((t) => [t.at, t.lacks])).toEqual([['if B.ok() {', 'B -> A: enough']]);
    expect(told(inside('        B -> C: enough'))).toEqual([]);
  });
  it('is told at the one decision that there is', () => {
    expect(
      told('  if A.n > 0 -> B {\n    B -> C: x\n  } else {\n    B.note(1)\n  }').map((t) => [t.at, t.lacks]),
    ).toEqual([['if A.n > 0 -> B {', 'B.note(1)']]);
  });
});

describe('two messages that were left out', () => {
  it('in two loops are both told', () => {
    const one = loop('      if B.ok() {\n        B -> C: x\n      }\n      continue Loop', '');
    const all = told(`${one}\n${one.replaceAll('Loop', 'Again').replaceAll(': x', ': y')}`);
    expect(all.length).toBeGreaterThan(0);
    // The second loop is the last thing that C has to do with.
    expect(all.at(-1)?.at).toBe('choice at A {');
  });
  it('one for each of two roles are both told', () => {
    const all = told(
      loop('      if B.ok() {\n        B -> C: x\n      }\n      continue Loop', '')
        .replace('S(', 'S(')
        .replace('B -> C: x', 'B -> C: x\n        B -> A: y'),
    );
    expect(all.map((t) => t.message.slice(0, 12))).toContain('C can’t tell');
    expect(all.map((t) => t.message.slice(0, 12))).toContain('A can’t tell');
  });
});
