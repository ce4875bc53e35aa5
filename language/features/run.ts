// The runs of a file: each finding that comes with one, by the network that it is in, and the networks of which nothing
// is known now.
import type { TextRange } from '../ir/expression.js';
import type { Verdict } from '../network/verdict/verdict.js';
import type { FileAnalysis, Workspace } from '../workspace.js';
import { contains } from './cursor.js';
import type { Finding } from '../findings/finding.js';
import type { Run, RunEnd, RunStep } from '../findings/run.js';
import { messageOf, linesIn } from '../rules/render.js';
import { runOf } from '../findings/finding.js';
import { listed } from '../text/words.js';

/** A finding with the run that leads to it. */
export interface FoundRun {
  readonly network: string;
  /** The network's declaration. */
  readonly range: TextRange;
  readonly finding: Finding;
  readonly run: Run;
}

/** A network that was not run, and the error that stands in the way. */
export interface Unchecked {
  readonly network: string;
  readonly reason: string;
}

/** The runs of a file, in the order of its findings. Cost: linear in declarations times findings. */
export function runsOf(analysis: FileAnalysis): FoundRun[] {
  return analysis.findings.flatMap((finding): FoundRun[] => {
    const run = runOf(finding);
    const network =
      run && analysis.file.declarations.find((d) => d.kind === 'network' && contains(d.origin, finding.origin));
    return run && network ? [{ network: network.name.text, range: network.origin, finding, run }] : [];
  });
}

/**
 * The networks that can't be run for an error of their own, or whose exploration has no answer yet; also those that do
 * not parse at all.
 */
export function uncheckedIn(workspace: Workspace, { file, verdicts, findings, pending }: FileAnalysis): Unchecked[] {
  const reasonAt = (origin: TextRange): string => {
    if (pending.some((p) => contains(origin, p.origin))) return 'It is being explored.';
    const error =
      findings.find((f) => f.severity === 'error' && contains(origin, f.origin)) ??
      findings.find((f) => f.code === 'syntax-error');
    if (!error) return 'It can’t be checked now.';
    return errorLine(workspace, error);
  };
  const checked = new Set(verdicts.map((v) => v.origin.start));
  const networks = file.declarations.filter((d) => d.kind === 'network' && !checked.has(d.name.origin.start));
  return [
    ...networks.map(({ name, origin }) => ({ network: name.text, reason: reasonAt(origin) })),
    ...file.lost.map((name) => ({ network: name.text, reason: reasonAt(name.origin) })),
  ];
}

/** An error with its line, where there is no other place for it. */
function errorLine(workspace: Workspace, error: Finding): string {
  const lineOf = linesIn(workspace);
  return `Line ${lineOf(error) ?? 1}: ${messageOf(error, lineOf)}`;
}

/** The whole run of a refuted network: that of the finding whose run the verdict tells, the shortest one. */
export function runOfVerdict(verdict: Verdict, runs: readonly FoundRun[]): Run | undefined {
  if (verdict.verdict !== 'refuted' && verdict.verdict !== 'suspected') return undefined;
  return runs.find(
    ({ range, finding, run }) =>
      (finding.severity === 'error' || finding.milder === true) &&
      contains(range, verdict.origin) &&
      sameSteps(run.steps, verdict.run),
  )?.run;
}

function sameSteps(left: readonly RunStep[], right: readonly RunStep[]): boolean {
  return (
    left.length === right.length &&
    left.every((step, i) => step.text === right[i]?.text && step.origin.start === right[i]?.origin.start)
  );
}

/** Where a role stands at the end, as a sentence: `Alice waits for `reply` from Bob`. */
export function endText(end: RunEnd): string {
  return end.kind === 'differs'
    ? `${end.role} ${end.text}, where the choreography has it that ${end.role} ${end.expected}`
    : `${end.role} ${end.text}`;
}

/** Whether a role, or a thread of it, waits in the circle: for the next one. */
export function isInCircle({ cycle }: Pick<Run, 'cycle'>, end: RunEnd): boolean {
  const at = cycle.indexOf(end.role);
  return at >= 0 && (end.kind !== 'waits' || end.on === cycle[(at + 1) % cycle.length]);
}

/** The ends of a run, those in the circle first, in its order. */
export function endsInOrder(run: Run): readonly RunEnd[] {
  const { cycle, ends } = run;
  const circle = cycle.flatMap((role) => ends.filter((end) => end.role === role && isInCircle(run, end)));
  return [...circle, ...ends.filter((end) => !circle.includes(end))];
}

/** What heads the end of a run. */
export function endTitle({ cycle, ends, queues }: Run): string {
  if (cycle.length > 1) return `${listed(cycle)} wait for each other${cycle.length > 2 ? ' in a circle' : ''}`;
  const waiting = ends.filter((end) => end.kind === 'waits');
  const lost = queues.find((message) => message.wrong);
  const differing = ends.find((end) => end.kind === 'differs');
  const mistaking = ends.find((end) => end.kind === 'takes');
  const [first] = waiting;
  if (mistaking) return `${mistaking.role} takes what ${mistaking.from} sends for something else`;
  if (differing) return `${differing.role} differs from the choreography`;
  if (lost)
    return waiting.length > 0
      ? `${lost.to} does not take what comes`
      : `${lost.to} never receives what ${lost.from} sent`;
  if (first && ends.some((end) => end.kind === 'active')) return `${first.role} may wait for ever`;
  return first && waiting.length === 1 ? `${first.role} waits in vain` : 'Nobody can go on';
}
