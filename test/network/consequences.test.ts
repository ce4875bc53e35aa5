// What has one root is told once, with the rest as related places; what is independent is told for itself.
import { describe, expect, it, test } from 'vitest';
import { fixesFor } from '../../language/fixes/try.js';
import { Workspace } from '../../language/workspace.js';
import { check } from './helpers.js';
import { applyEdits } from '../../language/edits/fix.js';
import { inWords } from '../in-words.js';

const log = 'extern log(x: int)\nextern more(): bool\n';

function told(text: string): { code: string; message: string; also: string[] }[] {
  return check(text)
    .findings.filter((f) => f.severity === 'error')
    .map((f) => ({
      code: f.code,
      message: inWords(f).message.split(/[:.] /)[0] ?? '',
      also: inWords(f)
        .related.map((r) => r.message)
        .filter((m) => m.startsWith('also, ')),
    }));
}

const network = (...processes: string[]): string => `network N {\n  ${processes.join('\n  ')}\n}\n${log}`;

describe('one mistake', () => {
  it('a branching receive that was left out', () => {
    const all = told(
      network('process A { if more() { send 1 to B: line } else { send to B: quit } }', 'process B { log(1) }'),
    );
    expect(all.map((t) => [t.code, t.message])).toEqual([
      ['unmatched-send', 'A sends `line(1)` to B, which is never received'],
    ]);
    expect(all[0]?.also).toEqual(['also, A sends here']);
  });
  it('a `continue` that was left out', () => {
    const all = told(
      network(
        'process A { rec L { if more() { send 1 to B: line continue L } else { send to B: quit } } }',
        'process B { rec L { receive from A { line(x) { log(x) } quit { } } } }',
      ),
    );
    expect(all.map((t) => t.code)).toEqual(['unmatched-send']);
    expect(all[0]?.also).toEqual(['also, A sends here']);
  });
  it('two calls in the other order', () => {
    const called =
      'choreography First(A, B) { choice at A { A -> B: a } or { A -> B: b } or { A -> B: c } }\nchoreography Second(A, B) { choice at A { A -> B: d } or { A -> B: e } or { A -> B: f } }\n';
    const all = told(
      `${network('process A { do First(A, B) do Second(A, B) }', 'process B { do Second(A, B) do First(A, B) }')}${called}`,
    );
    expect(all.map((t) => t.code)).toEqual(['label-mismatch']);
    expect(all[0]?.also).toHaveLength(2);
  });
  it('a label that no longer fits several sends', () => {
    const all = told(
      network(
        'process A { if more() { send 1 to B: a } else { send 2 to B: b } }',
        'process B { receive x from A: c log(x) }',
      ),
    );
    expect(all.map((t) => [t.code, t.also.length])).toEqual([['label-mismatch', 1]]);
  });
  it('is still mended by what mends a part of it, one after the other', () => {
    const uri = 'file:///a.chor';
    const text = network(
      'process A { if more() { send 1 to B: a } else { send 2 to B: b } }',
      'process B { receive from A { c(x) { log(x) } } }',
    );
    const workspace = new Workspace();
    workspace.set(uri, text);
    const [found] = workspace.analyze(uri)?.findings.filter((f) => f.severity === 'error') ?? [];
    const fixes = found ? fixesFor(workspace, found) : [];
    expect(fixes.length).toBeGreaterThan(0);
    // After each, less is wrong than before, counting what waited.
    for (const fix of fixes) {
      const trial = new Workspace();
      trial.set(uri, applyEdits(text, fix.edits));
      const left = trial.analyze(uri)?.findings.filter((f) => f.severity === 'error') ?? [];
      expect(left.reduce((sum, f) => sum + 1 + (f.consequences?.length ?? 0), 0)).toBeLessThan(2);
    }
  });
});

describe('independent mistakes are both told', () => {
  test.each<[string, string[], string[]]>([
    [
      'receives left out in two branches',
      [
        'process A { if more() { send to B: l send 1 to B } else { send to B: r send 2 to B } }',
        'process B { receive from A { l { } r { } } }',
      ],
      ['A sends `1` to B', 'A sends `2` to B'],
    ],
    [
      'receives from two others left out at one place',
      ['process A { send 1 to C }', 'process B { send 2 to C }', 'process C { log(1) }'],
      ['A sends `1` to C', 'B sends `2` to C'],
    ],
    [
      'sends to two others left out at one place',
      ['process A { log(1) }', 'process B { receive x from A log(x) }', 'process C { receive x from A log(x) }'],
      ['B waits for `x` from A', 'C waits for `x` from A'],
    ],
    [
      'labels at two receives',
      [
        'process A { if more() { send to B: l send to B: x } else { send to B: r send to B: y } }',
        'process B { receive from A { l { receive from A: p } r { receive from A: q } } }',
      ],
      ['A sends `x`, but B waits for `p`', 'A sends `y`, but B waits for `q`'],
    ],
    [
      'in parts that have nothing to do with each other',
      ['process A { send 1 to B }', 'process B { log(1) }', 'process C { send 1 to D }', 'process D { log(1) }'],
      ['A sends `1` to B', 'C sends `1` to D'],
    ],
    [
      'in what two processes decide',
      [
        'process A { send 1 to B }',
        'process B { if more() { receive x from A log(x) } }',
        'process C { if more() { receive x from D log(x) } }',
        'process D { send 1 to C }',
      ],
      ['A sends `1` to B', 'D sends `1` to C'],
    ],
  ])('%s', (_, processes, expected) => {
    const all = told(network(...processes));
    expect(all.map((t) => t.message.replace(/, which.*| that can.*/, '')).sort()).toEqual(expected.sort());
    expect(all.flatMap((t) => t.also)).toEqual([]);
  });
});
