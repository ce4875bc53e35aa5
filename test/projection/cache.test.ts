// Projections that are kept against projections made anew: after any edits, the same.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rules } from '../../language/rules/index.js';
import { project } from '../../language/projection/project.js';
import type { Projected } from '../../language/projection/project.js';
import { printProcess } from '../../language/projection/print.js';
import { Workspace } from '../../language/workspace.js';
import { programs } from '../generators/choreographies.js';
import { changes, edited } from '../generators/edits.js';
import { sketches } from '../generators/sketches.js';

const uri = 'file:///a.chor';
const library = 'file:///library.chor';

const plain = ({ network, findings }: Projected): unknown => ({
  processes: network.processes.map(printProcess),
  findings,
});

/** Whether what the workspace says is what projecting gives. */
function expectFresh(workspace: Workspace, at: string): void {
  const analysis = workspace.analyze(at);
  for (const projected of analysis?.projections ?? []) {
    if (analysis) expect(plain(projected)).toEqual(plain(project(projected.choreography, analysis.scope)));
  }
}

const texts = fc.oneof(
  programs(10).map(({ text }) => text),
  programs(10, true, true).map(({ text }) => text),
  sketches(),
  fc.constantFrom(...rules.flatMap((rule) => [rule.bad, rule.good])),
);

describe('kept projections', () => {
  it('are those that would be made anew, whatever is edited', () => {
    fc.assert(
      fc.property(texts, changes, (start, list) => {
        const workspace = new Workspace({ limits: { states: 50, buffer: 1 } });
        let text = start;
        workspace.set(uri, text);
        for (const change of list) {
          expectFresh(workspace, uri);
          text = edited(text, change);
          workspace.set(uri, text);
        }
        expectFresh(workspace, uri);
      }),
      { numRuns: 150 },
    );
  });

  it('are those that would be made anew, where what is called stands in another file', () => {
    fc.assert(
      fc.property(programs(8), changes, ({ text: called }, list) => {
        const workspace = new Workspace();
        const user =
          'import "./library.chor"\nchoreography Use(A(n: int, b: bool), B(n: int, b: bool)) {\n  do Sub0(A(n, b), B(n, b))\n  do Sub1(B(n, b), A(n, b))\n  A.twice(ask(n)) -> B.n\n}\n';
        let text = called;
        workspace.set(library, text);
        workspace.set(uri, user);
        for (const change of list) {
          expectFresh(workspace, uri);
          text = edited(text, change);
          workspace.set(library, text);
        }
        expectFresh(workspace, uri);
      }),
      { numRuns: 80 },
    );
  });

  it('are the same objects below and above an edit that moves nothing, and new ones where a callee changed', () => {
    const workspace = new Workspace();
    const text = (effect: string, n: number): string =>
      `function f(n: int): int = n${effect}\nchoreography A(X, Y) {\n  X.f(1) -> Y.n\n}\nchoreography B(X, Y) {\n  do A(X, Y)\n}\nchoreography C(X, Y) {\n  X.${n} -> Y.n\n}\n`;
    const after = (next: string): readonly Projected[] => {
      workspace.set(uri, next);
      return workspace.analyze(uri)?.projections ?? [];
    };
    const first = after(text(' + 1', 1));
    const second = after(text(' + 1', 2));
    expect(first.map((p, i) => p === second[i])).toEqual([true, true, false]);
    const third = after(text(' * 1', 2));
    expect(second.map((p, i) => p === third[i])).toEqual([false, false, true]);
  });
});
