// The laws of endpoint projection, on random choreographies. CHOR_SEED replays, CHOR_RUNS says how many.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixesFor } from '../../language/fixes/try.js';
import { takersIn, walkBlock } from '../../language/ir/choreography.js';
import type { Choreography } from '../../language/ir/choreography.js';
import { freeNames } from '../../language/ir/expression.js';
import type { TextRange } from '../../language/ir/expression.js';
import { namesOfTarget } from '../../language/ir/target.js';
import { printTarget } from '../../language/syntax/print.js';
import type { Declaration } from '../../language/ir/file.js';
import { lowerFile } from '../../language/lowering/source.js';
import { walkActions } from '../../language/ir/process.js';
import type { Network } from '../../language/ir/process.js';
import { projectionFile } from '../../language/projection/file.js';
import { format } from '../../language/syntax/format.js';
import { Workspace } from '../../language/workspace.js';
import { involvement } from '../../language/projection/involvement.js';
import { projectRole } from '../../language/projection/role.js';
import { scopeOf } from '../../language/scoping/scope.js';
import { programs } from '../generators/choreographies.js';
import { withShared } from '../generators/known-values.js';
import type { Program } from '../generators/choreographies.js';
import { withoutOrigins } from './helpers.js';
import { runChoreography, runNetwork, show } from './reference.js';
import type { Trace, World } from './reference.js';
import { applyEdits } from '../../language/edits/fix.js';
import type { Finding } from '../../language/findings/finding.js';
import { inWords } from '../in-words.js';
import { holds } from '../property.js';

const seed =
  process.env['CHOR_SEED'] === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env['CHOR_SEED']);
const runs = Number(process.env['CHOR_RUNS'] ?? 200);
const settings = { seed, numRuns: runs, endOnFailure: process.env['CHOR_SHRINK'] === undefined };
const source = 'file:///project/main.chor';
const beside = 'file:///project/main.projection.chor';
const limits = { states: 1500, buffer: 3 };

function workspaceOf(text: string): { workspace: Workspace; findings: readonly Finding[]; errors: readonly Finding[] } {
  const workspace = new Workspace({ limits });
  workspace.set(source, text);
  const findings = workspace.analyze(source)?.findings ?? [];
  return { workspace, findings, errors: findings.filter((f) => f.severity === 'error') };
}

/** With and without decisions that are found out late, and with servers. */
function oneOf(size: number): fc.Arbitrary<Program> {
  return fc.oneof(
    { arbitrary: programs(size), weight: 2 },
    { arbitrary: programs(size, true), weight: 2 },
    { arbitrary: programs(size, true, true), weight: 1 },
  );
}

/** How many decisions of a text merge on the automaton only. */
function determinedIn(text: string): number {
  const file = lowerFile(source, text);
  const scope = scopeOf(file, { file: (uri) => (uri === source ? file : undefined) });
  return file.declarations
    .flatMap((d) =>
      d.kind === 'choreography'
        ? d.roles.map((role) => projectRole(d, role.name.text, scope, involvement(d, scope)).determined)
        : [],
    )
    .reduce((a, b) => a + b, 0);
}

/**
 * The variables of a role that its projection sets where the choreography does not, in some branch, or the other way
 * round, because nothing reads them there: from others where a message has several names, by a message that another
 * branch does not keep, and by assignments that are left out where the role could not follow otherwise.
 */
function unreadIn(workspace: Workspace, role: string): ReadonlySet<string> {
  const analysis = workspace.analyze(source);
  const process = analysis?.projections
    .find((p) => p.choreography.name.text === 'Main')
    ?.network.processes.find((p) => p.name.text === role);
  const names = new Set<string>();
  const kept = new Set<number>();
  walkActions(process?.body.actions ?? [], (action) => action.origins.forEach((origin) => kept.add(origin.start)));
  for (const declaration of analysis?.file.declarations ?? []) {
    if (declaration.kind !== 'choreography' || declaration.name.text !== 'Main') continue;
    // Where a role can't tell two ways apart but by what it only does for itself, that is left out in one of them.
    const unused = new Set(
      analysis?.findings.flatMap(({ code, args, origin }) =>
        code === 'unused-variable' &&
        args.role === role &&
        declaration.origin.start <= origin.start &&
        origin.end <= declaration.origin.end
          ? [args.name]
          : [],
      ),
    );
    walkBlock(declaration.body.statements, (statement) => {
      if (statement.kind === 'assignment') return;
      for (const taker of takersIn(statement))
        if (taker.role.key === role) namesOfTarget(taker.into).forEach(({ text }) => unused.delete(text));
    });
    walkBlock(declaration.body.statements, (statement) => {
      if (statement.kind !== 'assignment' || statement.role.key !== role) return;
      for (const { text } of namesOfTarget(statement.into))
        if (unused.has(text) || !kept.has(statement.origin.start)) names.add(text);
    });
  }
  const written = (origins: readonly TextRange[]): string[] =>
    origins.map((origin) => analysis?.file.text.slice(origin.start, origin.end) ?? '');
  walkActions(process?.body.actions ?? [], (action) => {
    if (action.kind === 'assignment' && written(action.origins)[0]?.includes('->')) {
      namesOfTarget(action.into).forEach(({ text }) => names.add(text));
      freeNames(action.value).forEach((name) => names.add(name));
    }
    if (action.kind !== 'receive') return;
    for (const { into, origins } of action.branches) {
      if (into && written(origins).some((text) => text.includes('->') && !text.includes(`.${printTarget(into)}`)))
        namesOfTarget(into).forEach(({ text }) => names.add(text));
    }
  });
  return names;
}

function declarationsOf(text: string): Map<string, Declaration> {
  return new Map(lowerFile(source, text).declarations.map((d) => [d.name.text, d]));
}

function say(findings: readonly Finding[]): string {
  return findings.map((f) => `${f.code}: ${inWords(f).message}`).join('\n');
}

describe(`laws of projection (CHOR_SEED=${seed})`, () => {
  it('projects to a network without errors, that prints and reads back as it is', { timeout: 3_600_000 }, async () => {
    let clean = 0;
    let determined = 0;
    await holds(
      [oneOf(14)],
      ({ text }) => {
        const { workspace, errors } = workspaceOf(text);
        if (errors.length > 0) return;
        clean++;
        determined += determinedIn(text);
        const file = projectionFile(workspace, source, 'Main');
        expect(file?.holes).toEqual([]);
        // It is laid out as the formatter would.
        expect(format(file?.text ?? '')).toBe(file?.text);
        workspace.set(beside, file?.text ?? '');
        // Nobody starves either.
        const wrong =
          workspace
            .analyze(beside)
            ?.findings.filter((f) => f.severity === 'error' || (f.code === 'starvation' && f.severity === 'warning')) ??
          [];
        expect(say(wrong), `${text}\n${file?.text ?? ''}`).toBe('');
        // Each network implements its choreography, so that also those are proved whose calls wait for each other ever
        // deeper.
        expect(
          workspace.analyze(beside)?.verdicts.filter((v) => v.verdict !== 'proved'),
          `${text}\n${file?.text ?? ''}`,
        ).toEqual([]);
        const projected = workspace.analyze(source)?.projections ?? [];
        for (const declaration of workspace.file(beside)?.declarations ?? []) {
          if (declaration.kind !== 'network') continue;
          const original = projected.find((p) => p.choreography.name.text === declaration.implements?.text)?.network;
          const called = (processes: unknown): unknown =>
            JSON.parse(JSON.stringify(withoutOrigins(processes)).replaceAll('_Network"', '"'));
          expect(called(declaration.processes)).toEqual(called(original?.processes));
        }
      },
      settings,
    );
    // The generator gives a good share of each.
    if (runs >= 100) expect(clean / runs).toBeGreaterThan(0.2);
    if (runs >= 100) expect(determined).toBeGreaterThan(runs / 40);
  });

  it('projects every role alone to a network that checks', { timeout: 3_600_000 }, async () => {
    await holds(
      [oneOf(8), fc.nat(3)],
      ({ text }, index) => {
        const { workspace, errors } = workspaceOf(text);
        if (errors.length > 0) return;
        const main = workspace.file(source)?.declarations.find((d) => d.name.text === 'Main') as Choreography;
        const role = main.roles[index % main.roles.length]?.name.text ?? '';
        const file = projectionFile(workspace, source, 'Main', { role });
        workspace.set(beside, file?.text ?? '');
        const wrong = workspace.analyze(beside)?.findings.filter((f) => f.severity === 'error') ?? [];
        expect(say(wrong), `${text}\n${file?.text ?? ''}`).toBe('');
      },
      { ...settings, numRuns: Math.ceil(runs / 2) },
    );
  });

  it('gives networks whose runs are those of the choreography', { timeout: 3_600_000 }, async () => {
    await holds(
      [
        fc.oneof(oneOf(14), oneOf(14), oneOf(14).map(withShared)),
        fc.array(fc.nat(9999), { minLength: 5, maxLength: 20 }),
      ],
      ({ text, oracle }, order) => {
        const { workspace, errors } = workspaceOf(text);
        if (errors.length > 0) return;
        const projected = projectionFile(workspace, source, 'Main')?.text ?? '';
        const global: World = { declarations: declarationsOf(text), oracle };
        const main = global.declarations.get('Main') as Choreography;
        const wanted = runChoreography(main, global, 400);
        const local: World = { declarations: new Map([...global.declarations, ...declarationsOf(projected)]), oracle };
        for (let shift = 0; shift < 4; shift++) {
          let at = shift;
          // The first schedule always moves the first that can, the second the last, the others any.
          const schedule = (count: number): number =>
            shift === 0 ? 0 : shift === 1 ? count - 1 : (order[at++ % order.length] ?? 0) % count;
          const actual = runNetwork(local.declarations.get('Main_Network') as Network, local, schedule, 4000);
          for (const [role, trace] of wanted.traces)
            sameTrace(trace, actual.traces.get(role) ?? [], wanted.stores !== undefined && actual.stores !== undefined);
          if (!wanted.stores || !actual.stores) continue;
          for (const [role, store] of wanted.stores) {
            const unread = unreadIn(workspace, role);
            for (const [name, value] of store)
              if (name !== 'w' && !unread.has(name))
                expect(show(actual.stores.get(role)?.get(name)), `${role}.${name}`).toBe(show(value));
          }
        }
      },
      settings,
    );
  });

  it('is total: nothing throws, and every error has its hole', { timeout: 3_600_000 }, async () => {
    await holds(
      [oneOf(14)],
      ({ text }) => {
        const { workspace, findings } = workspaceOf(text);
        const unknown = findings.filter((f) => f.code === 'knowledge-of-choice');
        const file = projectionFile(workspace, source, 'Main');
        const holes =
          workspace
            .analyze(source)
            ?.projections.flatMap((p) => p.findings.filter((f) => f.code === 'knowledge-of-choice')) ?? [];
        expect(holes.length).toBe(unknown.length);
        if ((file?.holes.length ?? 0) > 0) expect(unknown.length).toBeGreaterThan(0);
      },
      settings,
    );
  });

  it('offers fixes that repair', { timeout: 3_600_000 }, async () => {
    let offered = 0;
    let unknown = 0;
    await holds(
      [oneOf(8)],
      ({ text }) => {
        const { workspace, findings } = workspaceOf(text);
        for (const finding of findings
          .filter((f) => ['knowledge-of-choice', 'guards-may-differ', 'redundant-selection'].includes(f.code))
          .slice(0, 2)) {
          const fixes = fixesFor(workspace, finding);
          if (finding.code === 'knowledge-of-choice') unknown++;
          if (finding.code === 'knowledge-of-choice' && fixes.length > 0) offered++;
          for (const fix of fixes) {
            const after = workspaceOf(applyEdits(text, fix.edits)).findings;
            expect(after.filter((f) => f.code === 'syntax-error')).toEqual([]);
            expect(after.filter((f) => f.code === finding.code).length, fix.title).toBeLessThan(
              findings.filter((f) => f.code === finding.code).length,
            );
          }
        }
      },
      { ...settings, numRuns: Math.ceil(runs / 5) },
    );
    if (unknown > 10) expect(offered / unknown).toBeGreaterThan(0.7);
  });
});

/** Equal, or where one was cut off, equal as far as both go. */
function sameTrace(wanted: Trace, actual: Trace, whole: boolean): void {
  const length = whole ? Math.max(wanted.length, actual.length) : Math.min(wanted.length, actual.length);
  expect(actual.slice(0, length)).toEqual(wanted.slice(0, length));
}
