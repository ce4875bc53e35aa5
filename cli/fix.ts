// chor fix: applies preferred fixes, one at a time, and looks again after each.
import { createHash } from 'node:crypto';
import { applyEdits, fixesFor } from '../language/diagnostics/fixes.js';
import { rules } from '../language/diagnostics/index.js';
import type { Finding, Fix } from '../language/diagnostics/rule.js';
import { Workspace } from '../language/workspace.js';
import { unifiedDiff } from './diff.js';
import { Failure } from './failure.js';
import { diskFiles, readInputs, withMarkOf, writeBack } from './files.js';
import type { Input } from './files.js';
import type { Io } from './io.js';
import { linesOf } from './positions.js';
import { patience } from './report.js';
import { count } from './text.js';

export interface FixOptions {
  /** Only these codes; all where none is given. */
  readonly code: readonly string[];
  readonly dryRun?: boolean;
}

/** @returns the exit code: 1 where errors remain, and 2 where a file can’t be written */
export function fix(files: readonly string[], options: FixOptions, io: Io): number {
  for (const code of options.code) if (!rules.some((rule) => rule.code === code)) throw new Failure(`there is no code ${code}`);
  const inputs = readInputs(files, io);
  const workspace = new Workspace({ ...diskFiles(), patience });
  for (const input of inputs) workspace.set(input.uri, input.text);
  const piped = inputs.some((input) => input.path === '-');
  // What is said goes where it can't be taken for the text or the diff.
  const say = options.dryRun || piped ? io.err : io.out;
  const applied = inputs.flatMap((input) => fixAll(input, workspace, inputs, options.code));
  const unwritten = inputs.filter((input) => !finish(input, workspace.text(input.uri) ?? input.text, options, io));
  // What is not written is as it was.
  for (const { uri, text } of unwritten) workspace.set(uri, text);
  const done = applied.filter(({ uris }) => !unwritten.some(({ uri }) => uris.includes(uri)));
  for (const { line } of done) say(`${line}\n`);
  const left = inputs.flatMap((input) => workspace.analyze(input.uri)?.findings ?? []).filter((f) => f.severity === 'error');
  say(`${count(done.length, 'fix').replace('fixs', 'fixes')} ${options.dryRun ? 'to apply' : 'applied'}, ${count(left.length, 'error')} left\n`);
  return unwritten.length > 0 ? 2 : left.length > 0 ? 1 : 0;
}

/** Whether the new text of an input is where it belongs. */
function finish(input: Input, text: string, options: FixOptions, io: Io): boolean {
  if (options.dryRun) io.out(unifiedDiff(input.path === '-' ? 'stdin.chor' : input.path, withMarkOf(input, input.text), withMarkOf(input, text)));
  else if (input.path === '-') io.out(withMarkOf(input, text));
  else if (text !== input.text) return writeBack(input, text, io);
  return true;
}

/** A fix that was applied: what to say of it, and the files that it changed. */
interface Applied {
  readonly line: string;
  readonly uris: readonly string[];
}

/** Applies to the workspace; says what it did. It ends: a text that was there before is never gone back to. */
function fixAll(input: Input, workspace: Workspace, inputs: readonly Input[], codes: readonly string[]): Applied[] {
  const applied: Applied[] = [];
  const seen = new Set([stateOf(workspace, inputs)]);
  // What has no fix is not tried again after each other fix, but once more when nothing else is left.
  const passed = new Set<string>();
  let again = false;
  for (;;) {
    const next = nextFix(input, workspace, inputs, codes, seen, passed);
    if (!next && again) {
      passed.clear();
      again = false;
      continue;
    }
    if (!next) return applied;
    again = passed.size > 0;
    const { start } = next.finding.origin;
    const { line, character } = linesOf(workspace.text(input.uri) ?? '').position(start);
    applied.push({ line: `${input.path}:${line + 1}:${character + 1}: ${next.finding.code}: ${next.fix.title}`, uris: next.fix.edits.map((edit) => edit.uri) });
    apply(workspace, next.fix);
    seen.add(stateOf(workspace, inputs));
  }
}

/** The first preferred fix that stays within the files given. */
function nextFix(input: Input, workspace: Workspace, inputs: readonly Input[], codes: readonly string[], seen: ReadonlySet<string>, passed: Set<string>): { finding: Finding; fix: Fix } | undefined {
  for (const finding of workspace.analyze(input.uri)?.findings ?? []) {
    if (codes.length > 0 && !codes.includes(finding.code)) continue;
    const key = `${finding.code} ${finding.message}`;
    if (passed.has(key)) continue;
    const preferred = fixesFor(workspace, finding, { wanted: (candidate) => candidate.preferred === true }).find((candidate) => candidate.preferred);
    if (preferred?.edits.every((edit) => inputs.some((other) => other.uri === edit.uri))) {
      const trial = workspace.fork();
      apply(trial, preferred);
      if (!seen.has(stateOf(trial, inputs))) return { finding, fix: preferred };
    }
    passed.add(key);
  }
  return undefined;
}

function apply(workspace: Workspace, { edits }: Fix): void {
  for (const uri of new Set(edits.map((edit) => edit.uri))) {
    workspace.set(uri, applyEdits(workspace.text(uri) ?? '', edits.filter((edit) => edit.uri === uri)));
  }
}

/** The texts as they are, in short: there may be as many states as fixes. */
function stateOf(workspace: Workspace, inputs: readonly Input[]): string {
  return createHash('sha256').update(JSON.stringify(inputs.map((input) => workspace.text(input.uri)))).digest('base64');
}
