// A law: what a choreography without errors projects to is proved free of deadlock, lost messages and starvation by exploring
// it, for queues without a bound, bounded ones, and rendezvous. CHOR_SEED replays, CHOR_RUNS says how many.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Network } from '../../language/ir/process.js';
import { checkNetwork } from '../../language/network/check.js';
import { projectionFile } from '../../language/projection/file.js';
import { Workspace } from '../../language/workspace.js';
import { programs } from '../generators/choreographies.js';

const seed = process.env['CHOR_SEED'] === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env['CHOR_SEED']);
const runs = Number(process.env['CHOR_RUNS'] ?? 100);
const settings = { seed, numRuns: runs, endOnFailure: false };
const source = 'file:///project/main.chor';
const beside = 'file:///project/main.projection.chor';
const limits = { states: 3000, buffer: 3 };

describe(`projections, explored (CHOR_SEED=${seed})`, { timeout: 3_600_000 }, () => {
  const kinds: readonly [string, Network['channels']][] = [
    ['queues without a bound', { kind: 'fifo' }], ['queues of one message', { kind: 'buffer', size: 1 }], ['rendezvous', { kind: 'sync' }],
  ];
  it.each(kinds)('are proved, with %s', (_, channels) => {
    const counts = { proved: 0, bounded: 0 };
    const because = { calls: 0, states: 0, queues: 0 };
    fc.assert(fc.property(programs(10), ({ text }) => {
      const workspace = new Workspace({ limits });
      workspace.set(source, text);
      if (workspace.analyze(source)?.findings.some((f) => f.severity === 'error')) return;
      workspace.set(beside, projectionFile(workspace, source, 'Main')?.text ?? '');
      const projection = workspace.analyze(beside);
      if (!projection) throw new Error('no projection');
      for (const declaration of projection.file.declarations) {
        if (declaration.kind !== 'network') continue;
        const { verdict, findings } = checkNetwork({ ...declaration, channels }, projection.scope, limits, { names: projection.names });
        const wrong = findings.filter((f) => f.severity === 'error' || (f.code === 'starvation' && f.severity === 'warning')).map((f) => `${f.code}: ${f.message}`);
        expect(wrong.join('\n'), `${text}\n${projection.file.text}`).toBe('');
        // The rest is not known for one of three reasons: too many states, queues that may grow, or calls that wait for calls.
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
    }), settings);
    if (process.env['CHOR_RUNS']) console.log(channels, counts, because);
    expect(counts.proved).toBeGreaterThan(counts.bounded * 4);
  });
});
