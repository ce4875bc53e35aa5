// A law: every fix that is offered for an error of a network helps. Applied to the text it parses, there is less of the
// error, and nothing else is worse; and what is then called proved is so. CHOR_SEED replays, CHOR_RUNS says how many.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixesFor } from '../../language/fixes/try.js';
import { projectionFile } from '../../language/projection/file.js';
import { Workspace } from '../../language/workspace.js';
import { programs } from '../generators/choreographies.js';
import { mistakes, spoiled } from '../generators/mistakes.js';
import { channels, mistaken, networkText } from '../generators/networks.js';
import { networkOf, read } from './helpers.js';
import { slowly } from './slow.js';
import { applyEdits } from '../../language/edits/fix.js';
import type { Finding } from '../../language/findings/finding.js';
import { inWords } from '../in-words.js';

const seed =
  process.env['CHOR_SEED'] === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env['CHOR_SEED']);
const runs = Number(process.env['CHOR_RUNS'] ?? 40);
const source = 'file:///project/main.chor';
const beside = 'file:///project/main.projection.chor';
const limits = { states: 3000, buffer: 3 };
const codes = [
  'deadlock',
  'unmatched-receive',
  'unmatched-send',
  'label-mismatch',
  'payload-mismatch',
  'not-conformant',
];

/** The projection of a file's choreography; undefined where there are errors. */
function projectionOf(text: string): string | undefined {
  const workspace = new Workspace({ limits });
  workspace.set(source, text);
  if (workspace.analyze(source)?.findings.some((f) => f.severity === 'error')) return undefined;
  return projectionFile(workspace, source, 'Main')?.text;
}

/** The networks of a projection as somebody might have written them beside the choreographies, which they implement. */
function implementing(projection: string): string {
  const networks = projection
    .replace(/^import .*\n/gm, '')
    .replace(/^network (\w+) implements/gm, 'network $1Copy implements')
    .replace(/\bdo (\w+)\(/g, 'do $1Copy(');
  return `import "./main.chor"\n${networks}`;
}

type Counts = Record<string, { found: number; repaired: number; fixes: number }>;

const serious = (findings: readonly Finding[]): Finding[] =>
  findings.filter((f) => f.severity === 'error' || f.severity === 'warning');
const say = (findings: readonly Finding[]): string =>
  findings.map((f) => `${f.code}: ${inWords(f).message}`).join('\n');

/** Tries every fix of every error of a file; `after` is told each text that comes of it. */
function tryAll(
  workspace: Workspace,
  uri: string,
  counts: Counts,
  after: (text: string, findings: readonly Finding[], verdicts: readonly string[]) => void,
): void {
  const text = workspace.text(uri) ?? '';
  const before = serious(workspace.analyze(uri)?.findings ?? []);
  for (const finding of before.filter((f) => codes.includes(f.code)).slice(0, 3)) {
    const fixes = fixesFor(workspace, finding);
    const count = (counts[finding.code] ??= { found: 0, repaired: 0, fixes: 0 });
    count.found++;
    count.fixes += fixes.length;
    if (fixes.length > 0) count.repaired++;
    for (const fix of fixes) {
      const trial = workspace.fork();
      for (const other of new Set(fix.edits.map((e) => e.uri)))
        trial.set(
          other,
          applyEdits(
            workspace.text(other) ?? '',
            fix.edits.filter((e) => e.uri === other),
          ),
        );
      const repaired = trial.text(uri) ?? '';
      const analysis = trial.analyze(uri);
      const now = serious(analysis?.findings ?? []);
      const about = `${text}\n${say(before)}\n\n${fix.title}\n\n${repaired}\n${say(now)}`;
      // Those that are told as the consequence of another count as well.
      const numberOf = (list: readonly Finding[], code: string): number =>
        list.flatMap((f) => [f, ...(f.consequences ?? [])]).filter((f) => f.code === code).length;
      expect(analysis?.file.syntaxErrors ?? [], about).toEqual([]);
      expect(numberOf(now, finding.code), about).toBeLessThan(numberOf(before, finding.code));
      // Who has nothing left to do afterwards is told so.
      for (const { code } of now)
        if (code !== finding.code && code !== 'unused-role')
          expect(numberOf(now, code), about).toBeLessThanOrEqual(numberOf(before, code));
      after(repaired, now, analysis?.verdicts.map((v) => v.verdict) ?? []);
    }
  }
}

function report(counts: Counts): void {
  if (process.env['CHOR_RUNS']) console.log(counts);
}

describe(`fixes of networks (CHOR_SEED=${seed})`, { timeout: 3_600_000 }, () => {
  const settings = { seed, numRuns: runs, endOnFailure: process.env['CHOR_SHRINK'] === undefined };
  it('repair random networks', () => {
    const counts: Counts = {};
    fc.assert(
      fc.property(channels, mistaken(), mistakes, (kind, bodies, made) => {
        const workspace = new Workspace({ limits });
        workspace.set(
          source,
          networkText(
            kind,
            bodies.map((b) => spoiled(b, made)),
          ),
        );
        tryAll(workspace, source, counts, (text, _, verdicts) => {
          if (verdicts[0] !== 'proved') return;
          const { file } = read(text);
          expect(slowly(networkOf(file), 3, 1000).bad, text).toBe(false);
        });
      }),
      settings,
    );
    report(counts);
    expect(Object.values(counts).reduce((sum, c) => sum + c.fixes, 0)).toBeGreaterThan(runs / 10);
  });
  it('repair projections with mistakes', () => {
    const counts: Counts = {};
    fc.assert(
      fc.property(programs(8), mistakes, ({ text }, made) => {
        const projection = projectionOf(text);
        if (projection === undefined) return;
        const workspace = new Workspace({ limits });
        workspace.set(source, text);
        workspace.set(beside, spoiled(implementing(projection), made));
        tryAll(workspace, beside, counts, () => undefined);
      }),
      settings,
    );
    report(counts);
    expect(Object.values(counts).reduce((sum, c) => sum + c.fixes, 0)).toBeGreaterThan(runs / 10);
  });
  it('repair projections of another choreography', () => {
    const counts: Counts = {};
    fc.assert(
      fc.property(programs(8), fc.nat(9999), fc.boolean(), ({ text }, at, double) => {
        const lines = text.split('\n');
        const places = lines.flatMap((line, i) => (/^ +\w+(\.[^{}]*)? -> [^{}]*$/.test(line) ? [i] : []));
        const place = places[at % Math.max(1, places.length)];
        if (place === undefined) return;
        const projection = projectionOf(
          lines.flatMap((line, i) => (i !== place ? [line] : double ? [line, line] : [])).join('\n'),
        );
        if (projection === undefined || projectionOf(text) === undefined) return;
        const workspace = new Workspace({ limits });
        workspace.set(source, text);
        workspace.set(beside, implementing(projection));
        tryAll(workspace, beside, counts, () => undefined);
      }),
      settings,
    );
    report(counts);
    expect(counts['not-conformant']?.fixes ?? 0).toBeGreaterThan(runs / 20);
  });
});
