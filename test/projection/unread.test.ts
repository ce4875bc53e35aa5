// A role that in some branch only sets what nobody reads has nothing to know: its projection leaves that out there.
import { describe, expect, it } from 'vitest';
import { projectText, roleText } from './helpers.js';
import { inWords } from '../in-words.js';

const errors = (text: string): string[] =>
  projectText(text).flatMap((p) =>
    p.findings.filter((f) => f.severity === 'error').map((f) => `${f.code}: ${inWords(f).message}`),
  );

const externs = 'extern use(n: int)\nextern log(s: string)\nextern ask(): int\n';
const inMain = (
  decision: string,
  after = '  B."end" -> A.word\n  A.log(word)\n',
): string => `${externs}choreography M(A(ok: bool), B(b: bool)) {
  A.1 -> B.x
  B.use(x)
${decision}
${after}}
`;

describe('what nobody reads', () => {
  it('is left out where the role can’t follow', () => {
    const text = inMain('  if A.ok {\n    B.seen = true\n  }');
    expect(errors(text)).toEqual([]);
    expect(roleText(text, 'B')).toBe('process B(b: bool) {\n  receive x from A\n  use(x)\n  send "end" to A\n}\n');
  });
  it.each([
    ['in different branches', '  if A.ok { B.seen = 1 } else { B.seen = 2; B.last = seen }'],
    ['at the end', '  if A.ok { B.seen = x + 1 }', ''],
    ['by decisions of its own', '  if A.ok { if B.b { B.seen = 1 } else { B.seen = 2 } }'],
    ['before a value that is read', '  if A.ok { B.seen = 1 }\n  B.seen = 2\n  B.use(seen)'],
    ['round a loop', '  rec Again {\n    if A.ok {\n      B.seen = true\n      continue Again\n    }\n  }'],
    ['in a round', '  while A.ok { A.ok = false; B.seen = 3 }'],
  ])('is left out %s', (_, decision, after?: string) => {
    expect(errors(inMain(decision, after))).toEqual([]);
  });
  it('is left out in a called choreography', () => {
    expect(errors(`${inMain('  if A.ok { do Note(A, B) }')}choreography Note(A, B) { B.seen = 1 }\n`)).toEqual([]);
  });
  it('stays where the role knows', () => {
    const text = inMain('  if A.ok -> B {\n    B.seen = true\n  }');
    expect(roleText(text, 'B')).toContain('seen = true');
  });
  it.each([
    ['a host function is called', '  if A.ok { B.seen = ask() }'],
    ['it is read afterwards', '  B.seen = 0\n  if A.ok { B.seen = 1 }\n  B.use(seen)'],
    ['it is read in the next round', '  B.seen = 0\n  while A.ok { B.use(seen); B.seen = 1 }'],
    ['it is printed', '  if A.ok { B.log("here") }'],
    ['a decision of its own goes on differently', '  if A.ok { if B.b { B.seen = 1 } else { B.use(1) } }'],
  ])('is an error where %s', (_, decision) => {
    expect(errors(inMain(decision)).map((e) => e.split(':')[0])).toEqual(['knowledge-of-choice']);
  });
  it('is an error where it is the result', () => {
    expect(
      errors('choreography M(A(ok: bool), B): int@B {\n  B.x = 1\n  if A.ok { B.x = 2 }\n  return B.x\n}\n').length,
    ).toBe(1);
  });
});
