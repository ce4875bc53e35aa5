// What `chor check` found, in the shape of its JSON: every output format is made from this.
import { fixesFor } from '../language/fixes/try.js';
import type { Effort } from '../language/fixes/try.js';
import { endText, runOfVerdict, runsOf } from '../language/features/run.js';
import { mermaidOf } from '../language/features/run-mermaid.js';
import { runLines } from '../language/features/run-text.js';
import { boundOf, forQueues, forSizes, suspicion, whyUndecided } from '../language/network/verdict/verdict.js';
import type { Verdict } from '../language/network/verdict/verdict.js';
import type { Diagnostic } from '../language/rules/render.js';
import type { Workspace } from '../language/workspace.js';
import type { Input } from './files.js';
import { linesOf } from './positions.js';
import type { Lines, Range } from './positions.js';
import type { Finding, Severity } from '../language/findings/finding.js';
import type { Run, RunMessage, RunPlace } from '../language/findings/run.js';
import { diagnosticsIn } from '../language/rules/render.js';

export interface Report {
  readonly files: readonly FileReport[];
}

export interface FileReport {
  readonly path: string;
  readonly diagnostics: readonly DiagnosticReport[];
  readonly verdicts: readonly VerdictReport[];
  /** For how many of the diagnostics no fix was looked for: there were too many. */
  readonly untried?: number;
}

export interface DiagnosticReport {
  readonly code: string;
  readonly severity: Severity;
  /** It may go wrong: no values were found that its run happens with. */
  readonly suspected?: boolean;
  readonly message: string;
  readonly range: Range;
  readonly related: readonly { readonly path: string; readonly range: Range; readonly message: string }[];
  readonly fixes: readonly {
    readonly title: string;
    readonly edits: readonly { readonly path: string; readonly range: Range; readonly newText: string }[];
  }[];
  /** The run that leads to it, where there is one. */
  readonly run?: RunReport;
}

export interface RunReport {
  readonly network: string;
  /** The roles that take part, in the order of the network. */
  readonly roles: readonly string[];
  readonly steps: readonly StepReport[];
  readonly ends: readonly EndReport[];
  readonly queues: readonly RunMessage[];
  readonly cycle: readonly string[];
  readonly mermaid: string;
}

interface PlaceReport {
  readonly path: string;
  readonly range: Range;
}

interface StepReport extends PlaceReport {
  readonly kind: 'send' | 'receive' | 'decide' | 'choose';
  readonly text: string;
  readonly role: string;
  readonly to?: string;
  readonly from?: string;
  readonly message?: string;
  readonly fact?: string;
  /** Of a send, the step that receives it; of a receive, the step that sent it; counted from 0. */
  readonly taken?: number;
  readonly sent?: number;
}

interface EndReport extends PlaceReport {
  readonly kind: 'waits' | 'ended' | 'stands' | 'active' | 'takes' | 'differs';
  readonly role: string;
  readonly text: string;
  readonly on?: string;
}

export interface VerdictReport {
  readonly name: string;
  readonly kind: 'choreography' | 'network';
  readonly verdict: Verdict['verdict'];
  readonly states: number;
  readonly buffer: number;
  /** Of what is `bounded`: how far it was explored, by the bound that was met; why, and what to do. */
  readonly bound?: string;
  readonly why?: string;
  /** Of what is `proved`, but not for every buffer size: for which queues, in words. */
  readonly queues?: string;
  /** Where there are families: the sizes that it holds for, or for which it is refuted, in words. */
  readonly sizes?: string;
  readonly run: readonly string[];
  /**
   * How the run is told to people: what repeats only once, then how it ends. Not in the JSON, which has the whole run
   * at the diagnostic.
   */
  readonly lines: readonly LineReport[];
}

export interface LineReport {
  readonly kind: 'step' | 'again' | 'title' | 'end' | 'queue';
  readonly text: string;
  readonly place?: PlaceReport;
  readonly wrong: boolean;
}

/** How long one network may be explored, in milliseconds. */
export const timeout = 10_000;

/**
 * What trying fixes for a file may cost, in characters that are analysed: a second or two. A fix of each of a few
 * hundred errors is more than anybody reads.
 */
const mostEffort = 200_000;

/** The lines of the files of a workspace, counted once each, by address. */
export function lineIndex(workspace: Workspace): (uri: string) => Lines {
  const known = new Map<string, Lines>();
  return (uri) => {
    const lines = known.get(uri) ?? linesOf(workspace.text(uri) ?? '');
    known.set(uri, lines);
    return lines;
  };
}

/**
 * Checks one input.
 * @param workspace where the texts of all were set
 * @param path how addresses are shown
 * Cost: that of the analysis, and one more for each fix that is tried, up to `mostEffort`
 */
export function reportOn(input: Input, workspace: Workspace, path: (uri: string) => string): FileReport {
  const lines = lineIndex(workspace);
  const place = ({ uri, origin }: RunPlace): PlaceReport => ({ path: path(uri), range: lines(uri).range(origin) });
  const runReport = (network: string, found: Finding, run: Run): RunReport => ({
    network,
    roles: run.roles,
    steps: run.steps.map(({ uri, origin, ...step }) => ({ ...step, ...place({ uri, origin }) })),
    ends: run.ends.map((end) => ({
      kind: end.kind,
      role: end.role,
      text: endText(end),
      ...(end.kind === 'waits' ? { on: end.on } : {}),
      ...place(end),
    })),
    queues: run.queues,
    cycle: run.cycle,
    mermaid: mermaidOf(run, `${network}: ${found.code}`),
  });
  const effort: Effort = { left: mostEffort };
  let untried = 0;
  const fixes = (found: Finding): DiagnosticReport['fixes'] => {
    if (effort.left <= 0) untried++;
    return fixesFor(workspace, found, { effort }).map((fix) => ({
      title: fix.title,
      edits: fix.edits.map((edit) => ({
        path: path(edit.uri),
        range: lines(edit.uri).range(edit),
        newText: edit.newText,
      })),
    }));
  };
  const diagnostic = (found: Diagnostic, network: string | undefined): DiagnosticReport => ({
    code: found.code,
    severity: found.severity,
    ...(found.suspected ? { suspected: true } : {}),
    message: found.message,
    range: lines(found.uri).range(found.origin),
    related: found.related.map((r) => ({ path: path(r.uri), range: lines(r.uri).range(r.origin), message: r.message })),
    fixes: fixes(found.finding),
    ...(found.run && network !== undefined ? { run: runReport(network, found.finding, found.run) } : {}),
  });
  const analysis = workspace.analyze(input.uri);
  if (!analysis) return { path: input.path, diagnostics: [], verdicts: [] };
  const runs = runsOf(analysis);
  const networks = new Map(runs.map(({ finding, network }) => [finding, network]));
  const diagnostics = diagnosticsIn(workspace, input.uri).map((found) =>
    diagnostic(found, networks.get(found.finding)),
  );
  return {
    path: input.path,
    diagnostics,
    ...(untried > 0 ? { untried } : {}),
    verdicts: analysis.verdicts.map((verdict) =>
      verdictReport(verdict, linesOfRun(verdict, runOfVerdict(verdict, runs), place)),
    ),
  };
}

function verdictReport(found: Verdict, lines: readonly LineReport[]): VerdictReport {
  const { name, subject, verdict, states, buffer, run } = found;
  const sizes = forSizes(found).trim();
  const why = found.undecided
    ? { bound: boundOf(found), why: whyUndecided(found) }
    : found.verdict === 'suspected'
      ? { why: suspicion(found) }
      : {};
  return {
    name,
    kind: subject,
    verdict,
    states,
    buffer,
    ...why,
    ...(found.verdict === 'proved' && found.provedFor && found.provedFor.queues !== 'every'
      ? { queues: forQueues(found) }
      : {}),
    ...(sizes === '' ? {} : { sizes }),
    run: run.map((step) => step.text),
    lines,
  };
}

/** The lines of a verdict's run; only its steps, where no finding tells how it ends. */
function linesOfRun(verdict: Verdict, run: Run | undefined, placeOf: (place: RunPlace) => PlaceReport): LineReport[] {
  const told = runLines(run ?? { roles: [], steps: verdict.run, ends: [], queues: [], cycle: [] });
  return told.map(({ place, ...line }) => ({ ...line, ...(place ? { place: placeOf(place) } : {}) }));
}

/** The report as JSON has it. */
export function jsonOf({ files }: Report): unknown {
  return {
    files: files.map((file) => ({ ...file, verdicts: file.verdicts.map(({ lines: _lines, ...verdict }) => verdict) })),
  };
}

/** Whether a report has an error: warnings and hints do not fail a check. */
export function hasErrors(report: Report): boolean {
  return report.files.some((file) => file.diagnostics.some((d) => d.severity === 'error'));
}
