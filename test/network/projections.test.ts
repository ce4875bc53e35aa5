// A law: what a choreography without errors projects to is proved free of deadlock, lost messages and starvation by
// exploring it, for queues without a bound, bounded ones, and rendezvous. CHOR_SEED replays, CHOR_RUNS says how many.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Network } from '../../language/ir/process.js';
import { checkNetwork } from '../../language/network/verdict/check.js';
import type { Verdict } from '../../language/network/verdict/verdict.js';
import { projectionFile } from '../../language/projection/file.js';
import { Workspace } from '../../language/workspace.js';
import { programs } from '../generators/choreographies.js';
import { inWords } from '../in-words.js';
import { holds } from '../property.js';

const seed =
  process.env['CHOR_SEED'] === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env['CHOR_SEED']);
const runs = Number(process.env['CHOR_RUNS'] ?? 100);
const settings = { seed, numRuns: runs, endOnFailure: process.env['CHOR_SHRINK'] === undefined };
const source = 'file:///project/main.chor';
const beside = 'file:///project/main.projection.chor';
const limits = { states: 3000, buffer: 3 };

describe(`projections, explored (CHOR_SEED=${seed})`, { timeout: 3_600_000 }, () => {
  const kinds: readonly [string, Network['channels']][] = [
    ['queues without a bound', { kind: 'fifo' }],
    ['queues of one message', { kind: 'buffer', size: 1 }],
    ['rendezvous', { kind: 'sync' }],
  ];
  it.each(kinds)('are proved, with %s', async (_, channels) => {
    const counts = { proved: 0, bounded: 0 };
    const because = { calls: 0, states: 0, queues: 0 };
    await holds(
      [programs(10)],
      ({ text }) => {
        const workspace = new Workspace({ limits });
        workspace.set(source, text);
        if (workspace.analyze(source)?.findings.some((f) => f.severity === 'error')) return;
        workspace.set(beside, projectionFile(workspace, source, 'Main')?.text ?? '');
        const projection = workspace.analyze(beside);
        if (!projection) throw new Error('no projection');
        for (const declaration of projection.file.declarations) {
          if (declaration.kind !== 'network') continue;
          const { verdict, findings } = checkNetwork({ ...declaration, channels }, projection.scope, limits, {
            names: projection.names,
          });
          const wrong = findings
            .filter((f) => f.severity === 'error' || (f.code === 'starvation' && f.severity === 'warning'))
            .map((f) => `${f.code}: ${inWords(f).message}`);
          expect(wrong.join('\n'), `${text}\n${projection.file.text}`).toBe('');
          // The rest is not known for one of three reasons: too many states, queues that may grow, or calls that wait
          // for calls.
          if (verdict.verdict !== 'proved') {
            if (verdict.states >= limits.states) because.states++;
            else if (verdict.buffer > 0) because.queues++;
            else {
              because.calls++;
              expect(projection.file.text).toContain('do ');
            }
          }
          counts[verdict.verdict === 'proved' ? 'proved' : 'bounded']++;
        }
      },
      settings,
    );
    if (process.env['CHOR_RUNS']) console.log(channels, counts, because);
    expect(counts.proved).toBeGreaterThan(counts.bounded * 4);
  });

  /**
   * A choreography, and beside it the network of its projections; a line of one process left out, if there is one to be
   * left out there.
   */
  const copyOf = (text: string, leftOut?: number): string | undefined => {
    const workspace = new Workspace({ limits });
    workspace.set(source, text);
    if (workspace.analyze(source)?.findings.some((f) => f.severity === 'error')) return undefined;
    const [, body = ''] =
      /^network Main_Network implements Main (\{\n[^]*?\n\})$/m.exec(
        projectionFile(workspace, source, 'Main')?.text ?? '',
      ) ?? [];
    const lines = body.replaceAll('_Network(', '(').split('\n');
    const actions = lines.flatMap((line, i) => (/^\s+(send|receive|do) [^{]*$/.test(line) ? [i] : []));
    const at = leftOut === undefined ? undefined : actions[leftOut % Math.max(1, actions.length)];
    return `${text}\nnetwork Copy implements Main ${lines.filter((_, i) => i !== at).join('\n')}\n`;
  };
  const verdictOf = (text: string, bounds: typeof limits): Verdict | undefined => {
    const workspace = new Workspace({ limits: bounds });
    workspace.set(source, text);
    return workspace.analyze(source)?.verdicts.find((v) => v.name === 'Copy');
  };

  it('are proved by construction where they are written as a network, however little is explored', async () => {
    let byDesign = 0;
    await holds(
      [programs(10)],
      ({ text }) => {
        const copy = copyOf(text);
        if (copy === undefined) return;
        const verdict = verdictOf(copy, { states: 1, buffer: 1 });
        expect(verdict?.verdict, copy).toBe('proved');
        if (verdict?.byDesign === true) byDesign++;
      },
      settings,
    );
    expect(byDesign).toBeGreaterThan(runs / 10);
  });
  it('are not proved by construction where a line is left out that matters', async () => {
    let refuted = 0;
    await holds(
      [programs(10), fc.nat()],
      ({ text }, leftOut) => {
        const copy = copyOf(text, leftOut);
        if (copy === undefined) return;
        const verdict = verdictOf(copy, limits)?.verdict;
        if (verdict !== 'refuted') return;
        refuted++;
        expect(verdictOf(copy, { states: 1, buffer: 1 })?.byDesign, copy).not.toBe(true);
      },
      settings,
    );
    expect(refuted).toBeGreaterThan(runs / 10);
  });
});
