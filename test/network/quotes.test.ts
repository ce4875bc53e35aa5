// How the messages of networks name what stands elsewhere: each label as code of its own, and a line with its file
// where that is another.
import { describe, expect, it, test } from 'vitest';
import { Workspace } from '../../language/workspace.js';
import { inWords } from '../in-words.js';
import { runOf } from '../../language/findings/finding.js';

const uri = 'file:///shop/a.chor';

function told(text: string, others: Readonly<Record<string, string>> = {}): string[] {
  const workspace = new Workspace();
  for (const [path, other] of Object.entries(others)) workspace.set(new URL(path, uri).href, other);
  workspace.set(uri, text);
  return (workspace.analyze(uri)?.findings ?? [])
    .filter((f) => f.severity === 'error' || f.severity === 'warning')
    .flatMap((f) => [
      inWords(f, workspace).message,
      ...inWords(f, workspace).related.map((r) => r.message),
      ...(runOf(f)?.ends ?? []).map((e) => e.text),
    ]);
}

const branches = 'receive from A {\n keep {}\n undo {}\n }';

describe('labels that are waited for', () => {
  test.each<[string, string, string]>([
    [
      'that can’t come',
      `network N {\n process A { send to B: done send to C: more rec X { send to C: more continue X } }\n process B { receive from A: done\n ${branches} }\n process C { rec X { receive from A: more continue X } }\n}\n`,
      'B waits for `keep` or `undo` from A',
    ],
    [
      'whose sender has ended',
      `network N {\n process A { send to B: done }\n process B { receive from A: done\n ${branches} }\n}\n`,
      'B waits for `keep` or `undo` from A',
    ],
    [
      'in a circle',
      `network N {\n process A { receive from B: go\n send to B: keep }\n process B { ${branches}\n send to A: go }\n}\n`,
      'B waits for `keep` or `undo` from A at line 4',
    ],
    [
      'instead of another',
      `network N {\n process A { send to B: other }\n process B { ${branches} }\n}\n`,
      'B waits for `keep` or `undo`',
    ],
    [
      'for ever',
      `network N {\n process A { rec X { send to C: more continue X } }\n process B { ${branches} }\n process C { rec X { receive from A: more continue X } }\n}\n`,
      'B waits for `keep` or `undo` from A',
    ],
  ])('%s', (_, text, expected) => {
    const all = told(text);
    expect(all.join('\n')).toContain(expected);
    // What stands in each pair of backticks.
    for (const message of all)
      for (const [i, part] of message.split('`').entries()) if (i % 2 === 1) expect(part).not.toMatch(/ or |, /);
  });
});

describe('a line', () => {
  const callee =
    '\n\n\nnetwork Wait {\n  process P {\n    receive x from Q\n    send x to Q\n  }\n  process Q {\n    receive x from P\n    send x to P\n  }\n}\n';
  const caller = (path: string): string =>
    `import { Wait } from "${path}"\nnetwork N {\n  process A { do Wait(A, B) }\n  process B { do Wait(A, B) }\n}\n`;
  it('of another file has its name', () => {
    expect(told(caller('./wait.chor'), { 'wait.chor': callee })[0]).toBe(
      'A and B wait for each other, and neither can go on: A waits for `x` from B at line 6 of `wait.chor`, B waits for `x` from A at line 10 of `wait.chor`. Let one of them send before it waits.',
    );
  });
  it('of a file in another folder has the way there', () => {
    expect(told(caller('./lib/wait.chor'), { 'lib/wait.chor': callee })[0]).toContain('at line 6 of `lib/wait.chor`');
    expect(told(caller('../wait.chor'), { '../wait.chor': callee })[0]).toContain('at line 6 of `../wait.chor`');
  });
  it('of the same file has none', () => {
    expect(told(`${caller('./wait.chor').replace(/^import.*\n/, '')}${callee}`)[0]).toContain(
      'at line 10, B waits for `x` from A at line 14.',
    );
  });
  it('of a projection is that of the choreography', () => {
    const design = 'choreography C(A, B) {\n  A.1 -> B.x\n  B.x -> A._y\n}\n';
    expect(
      told(
        'import { C } from "./c.chor"\nnetwork N implements C {\n  process A {\n    receive _y from B\n    send 1 to B\n  }\n}\n',
        { 'c.chor': design },
      )[0],
    ).toBe(
      'A and B wait for each other, and neither can go on: A waits for `_y` from B at line 4, B waits for `x` from A at line 2 of `c.chor`. Let one of them send before it waits.',
    );
  });
  it('of what is sent has its file as well', () => {
    const sender =
      'network Talk {\n  process P {\n    send "two" to Q\n  }\n  process Q {\n    receive _n from P\n  }\n}\n';
    expect(
      told(
        'import { Talk } from "./talk.chor"\nnetwork N {\n  process A { do Talk(A, B) }\n  process B { receive n: int from A\n log(n) }\n}\nextern log(n: int)\n',
        { 'talk.chor': sender },
      )[0],
    ).toContain('sends a `string` at line 3 of `talk.chor`');
  });
});
