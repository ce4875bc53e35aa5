// chor fix: applies the preferred fixes of errors, one at a time, and looks again after each.
import { applyPreferred } from '../language/fixes/all.js';
import { rules } from '../language/rules/index.js';
import { Workspace } from '../language/workspace.js';
import { unifiedDiff } from './diff.js';
import { Failure } from './failure.js';
import { diskFiles, readInputs, withMarkOf, writeBack } from './files.js';
import type { Input } from './files.js';
import type { Io } from './io.js';
import { linesOf } from './positions.js';
import { timeout } from './report.js';
import { count } from '../language/text/words.js';

export interface FixOptions {
  /** Only these codes; the errors where none is given. */
  readonly code: readonly string[];
  readonly dryRun?: boolean;
}

/** @returns the exit code: 1 where errors remain, and 2 where a file can’t be written */
export function fix(files: readonly string[], options: FixOptions, io: Io): number {
  for (const code of options.code)
    if (!rules.some((rule) => rule.code === code)) throw new Failure(`there is no code ${code}`);
  const inputs = readInputs(files, io);
  const workspace = new Workspace({ ...diskFiles(), timeout });
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
  const left = inputs
    .flatMap((input) => workspace.analyze(input.uri)?.findings ?? [])
    .filter((f) => f.severity === 'error');
  say(
    `${count(done.length, 'fix', 'fixes')} ${options.dryRun ? 'to apply' : 'applied'}, ${count(left.length, 'error')} left\n`,
  );
  return unwritten.length > 0 ? 2 : left.length > 0 ? 1 : 0;
}

/** Whether the new text of an input is where it belongs. */
function finish(input: Input, text: string, options: FixOptions, io: Io): boolean {
  if (options.dryRun)
    io.out(
      unifiedDiff(
        input.path === '-' ? 'stdin.chor' : input.path,
        withMarkOf(input, input.text),
        withMarkOf(input, text),
      ),
    );
  else if (input.path === '-') io.out(withMarkOf(input, text));
  else if (text !== input.text) return writeBack(input, text, io);
  return true;
}

/** A fix that was applied: what to say of it, and the files that it changed. */
interface Applied {
  readonly line: string;
  readonly uris: readonly string[];
}

/** Applies to the workspace; says what it did. */
function fixAll(input: Input, workspace: Workspace, inputs: readonly Input[], codes: readonly string[]): Applied[] {
  const within = (uri: string): boolean => inputs.some((other) => other.uri === uri);
  return [...applyPreferred(workspace, input.uri, { codes, within })].map(
    ({ finding, fix: { title, edits }, text }) => {
      const { line, character } = linesOf(text).position(finding.origin.start);
      return {
        line: `${input.path}:${line + 1}:${character + 1}: ${finding.code}: ${title}`,
        uris: edits.map((edit) => edit.uri),
      };
    },
  );
}
