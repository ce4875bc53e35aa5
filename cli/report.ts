// What `chor check` found, in the shape of its JSON: every output format is made from this.
import { fixesFor } from '../language/diagnostics/fixes.js';
import type { Finding, Severity } from '../language/diagnostics/rule.js';
import { whyUndecided } from '../language/network/verdict.js';
import type { Verdict } from '../language/network/verdict.js';
import type { Workspace } from '../language/workspace.js';
import { pathOf } from './files.js';
import type { Input } from './files.js';
import type { Io } from './io.js';
import { linesOf } from './positions.js';
import type { Lines, Range } from './positions.js';

export interface Report { readonly files: readonly FileReport[] }

export interface FileReport {
  readonly path: string;
  readonly diagnostics: readonly DiagnosticReport[];
  readonly verdicts: readonly VerdictReport[];
}

export interface DiagnosticReport {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly related: readonly { readonly path: string; readonly range: Range; readonly message: string }[];
  readonly fixes: readonly { readonly title: string; readonly edits: readonly { readonly path: string; readonly range: Range; readonly newText: string }[] }[];
}

export interface VerdictReport {
  readonly name: string;
  readonly kind: 'choreography' | 'network';
  readonly verdict: 'proved' | 'bounded' | 'refuted';
  readonly states: number;
  readonly buffer: number;
  /** Of what is `bounded`: why, and what to do. */
  readonly why?: string;
  readonly run: readonly string[];
}

/** How long one network may be explored, in milliseconds. */
export const patience = 10_000;

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
 * Cost: that of the analysis, and one more for each fix that is tried
 */
export function reportOn(input: Input, workspace: Workspace, io: Io): FileReport {
  const lines = lineIndex(workspace);
  const diagnostic = (found: Finding): DiagnosticReport => ({
    code: found.code, severity: found.severity, message: found.message, range: lines(found.uri).range(found.origin),
    related: found.related.map((r) => ({ path: pathOf(r.uri, io), range: lines(r.uri).range(r.origin), message: r.message })),
    fixes: fixesFor(workspace, found).map((fix) => ({
      title: fix.title,
      edits: fix.edits.map((edit) => ({ path: pathOf(edit.uri, io), range: lines(edit.uri).range(edit), newText: edit.newText })),
    })),
  });
  const analysis = workspace.analyze(input.uri);
  return { path: input.path, diagnostics: (analysis?.findings ?? []).map(diagnostic), verdicts: (analysis?.verdicts ?? []).map(verdictReport) };
}

function verdictReport(found: Verdict): VerdictReport {
  const { name, subject, verdict, states, buffer, run } = found;
  return { name, kind: subject, verdict, states, buffer, ...(found.undecided ? { why: whyUndecided(found) } : {}), run: run.map((step) => step.text) };
}

/** Whether a report has an error: warnings and hints do not fail a check. */
export function hasErrors(report: Report): boolean {
  return report.files.some((file) => file.diagnostics.some((d) => d.severity === 'error'));
}
