// Projections as whole files: what they import, and what they call.
import { describe, expect, test } from 'vitest';
import { projectionFile } from '../../language/projection/file.js';
import { inWords } from '../in-words.js';
import { uri, workspaceOf } from '../typing/helpers.js';

/** The projection, and what is wrong with it as a file beside its source. */
function projected(main: string, other: string, role?: string): { readonly text: string; readonly told: string[] } {
  const workspace = workspaceOf(main, { 'other.chor': other });
  expect(workspace.analyze(uri)?.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const text = projectionFile(workspace, uri, 'Main', role === undefined ? {} : { role })?.text ?? '';
  const beside = uri.replace('main', 'projected');
  workspace.set(beside, text);
  const analysis = workspace.analyze(beside);
  return {
    text,
    told: [
      ...(analysis?.findings ?? []).filter(({ severity }) => severity !== 'hint').map((each) => inWords(each).message),
      ...(analysis?.verdicts ?? []).flatMap(({ name, verdict }) => (verdict === 'proved' ? [] : `${name}: ${verdict}`)),
    ],
  };
}

describe('names that mean something else in another file', () => {
  const other = `record Row { n: int }
extern rows(): list<Row>
const limit = 2
function cut(row: Row): int = row.n + limit
choreography Send(S, T[t >= 1], deep: int): int@T {
  S.map(rows(), row => cut(row)) -> T.xs: rows
  T.m = do Again(S, T, deep)
  return T.(m + max(xs))
}
choreography Again(S, T[t >= 1], deep: int): int@T {
  S.length(rows()) -> T.x: again
  return T.(x + deep)
}
choreography Plain(S, T) { S.limit -> T.x: plain }
`;
  const main = (calls: string): string => `import { Send, Plain } from "./other.chor"
record Row { n: string }
const limit = "x"
extern rows(): string
extern show(x: int, row: Row)
function cut(text: string): int = 1
choreography Main(A, B[n >= 1]) {
${calls}
  B.show(cut(rows()), Row(limit))
  do Plain(A, B[0])
}
`;
  const call = '  B.m = do Send(A, B, n + 1)\n  B.show(m, Row("m"))';
  test('are no names of the projection: what uses them is called itself', () => {
    const { text, told } = projected(main(call), other);
    expect(told).toEqual([]);
    expect(text).toContain('do Send(A, B, n + 1)');
    expect(text).not.toContain('network Send');
  });
  test.each(['A', 'B'])('are no matter where %s does not use both', (role) => {
    const { text, told } = projected(main(call), other, role);
    expect(told).toEqual([]);
    expect(text).toContain('network Send_');
  });
  test('change nothing where they are not used', () => {
    const { text, told } = projected(main('').replace('B.show(cut(rows()), Row(limit))', 'A -> B: nothing2'), other);
    expect(told).toEqual([]);
    expect(text).toContain('network Plain_Network implements Plain');
  });
});
