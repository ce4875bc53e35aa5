// Labels that are named like types.
import { expect, test } from 'vitest';
import { fixesFor } from '../../language/fixes/try.js';
import { Workspace } from '../../language/workspace.js';

const uri = 'file:///a.chor';

/** What is said of labels, each with the text that the first fix leaves of its line. */
function said(text: string): string[] {
  const workspace = new Workspace();
  workspace.set(uri, text);
  return (workspace.analyze(uri)?.findings ?? [])
    .filter((f) => f.code === 'label-named-as-type')
    .map((finding) => {
      const [fix] = fixesFor(workspace, finding);
      const fixed = [...(fix?.edits ?? [])]
        .sort((a, b) => b.start - a.start)
        .reduce((now, e) => now.slice(0, e.start) + e.newText + now.slice(e.end), text);
      const line = text.slice(0, finding.origin.start).split('\n').length - 1;
      return `${text.slice(finding.origin.start, finding.origin.end)} | ${fixed.split('\n')[line]?.trim() ?? ''}`;
    });
}

const around = (line: string, more = ''): string =>
  `choreography G(A(x: int), B) {\n  ${line}\n  B.show(y)\n}\nextern show(n: int)\n${more}`;

test.each([
  ['A.x -> B.y: int', 'int | A.x -> B.y'],
  ['A.x -> B.y : int // a comment', 'int | A.x -> B.y // a comment'],
  ['A.x -> B.y: Price', 'Price | A.x -> B.y'],
])('%s', (line, expected) => {
  expect(said(around(line, 'type Price = int\n'))).toEqual([expected]);
});

test.each(['A.x -> B.y: price', 'A.x -> B.y: show', 'A.x -> B.y: integer'])('%s is a label', (line) => {
  expect(said(around(line))).toEqual([]);
});

test('a label without a value is a label, whatever its name', () => {
  expect(said('choreography G(A, B) {\n  A -> B: int\n  A -> B: string(int)\n}\n')).toEqual([]);
});

test('in a process, the type goes beside the variable', () => {
  expect(
    said(
      'network N {\n  process A {\n    send 1 to B\n  }\n  process B {\n    receive x from A: int\n    show(x)\n  }\n}\nextern show(n: int)\n',
    ),
  ).toEqual(['int | receive x: int from A']);
});
