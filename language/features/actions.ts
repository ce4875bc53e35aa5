// Repairs at a place, and the preferred ones of a file's errors at once.
import { applyPreferred, preferredSteps } from '../fixes/all.js';
import { tryFixes } from '../fixes/try.js';
import type { Tried } from '../fixes/try.js';
import type { TextRange } from '../ir/expression.js';
import type { Workspace, FileAnalysis } from '../workspace.js';
import type { Edit } from '../edits/fix.js';
import type { Finding } from '../findings/finding.js';
import { mostFindingsTried, largestTable } from './limits.js';
import { commonPairs } from '../text/common.js';

/** A finding, and those of its fixes that were tried. */
export interface Repairs extends Tried {
  readonly finding: Finding;
}

/** What was tried for each state of a file, by its findings: what helps depends on all of it. */
const tried = new WeakMap<FileAnalysis, Map<Finding, Tried>>();

/**
 * The fixes of the findings that touch a range, each tried; a candidate at a time, so that the caller can let others
 * have a turn. Where a network takes too long to be explored meanwhile, the fixes of what was found in it are left to
 * somebody else: they are unsure.
 * @param workspace may not change while this runs
 * @param longest for how many milliseconds fixes are tried, for all findings together; what is not tried until then is
 *   left out, and tried when it is asked for again
 * @param longestOwn and for how many those of each finding's own rule
 */
export function* repairs(
  workspace: Workspace,
  uri: string,
  range: TextRange,
  longest = Infinity,
  longestOwn = longest,
): Generator<Repairs | undefined> {
  const begun = workspace.watch.now();
  const analysis = workspace.analyze(uri);
  const slow = new Set(analysis?.explored.flatMap((each) => (each.slow ? each.findings : [])));
  const touching = (analysis?.findings ?? []).filter((f) => f.origin.start <= range.end && range.start <= f.origin.end);
  for (const finding of touching.slice(0, mostFindingsTried)) {
    const left = begun + longest - workspace.watch.now();
    let known = analysis && tried.get(analysis)?.get(finding);
    if (!known) {
      if (left <= 0 && finding !== touching[0]) break;
      known = slow.has(finding)
        ? { fixes: [], unsure: true }
        : yield* silently(
            tryFixes(
              workspace,
              finding,
              left < Infinity ? { longest: left, longestOwn: left + longestOwn - longest } : {},
            ),
          );
      // What may have been ended before its time says less than there is to say.
      if (analysis && workspace.watch.now() < begun + longest)
        tried.set(analysis, (tried.get(analysis) ?? new Map<Finding, Tried>()).set(finding, known));
    }
    yield { finding, ...known };
  }
}

/** The same steps, of which nothing is told but that they are made. */
function* silently<T>(steps: Generator<unknown, T>): Generator<undefined, T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield undefined;
  }
}

/**
 * What `chor fix` would do to a file.
 * @param timeout for so many milliseconds, fixes are looked for
 * @returns the edits of this file; none where there is nothing to do. Only fixes within the file are taken.
 */
export function fixAll(workspace: Workspace, uri: string, timeout: number): Edit[] {
  const before = workspace.text(uri);
  if (before === undefined) return [];
  const trial = workspace.fork();
  const applied = [
    ...applyPreferred(trial, uri, { within: (other) => other === uri, until: trial.watch.now() + timeout }),
  ];
  const after = trial.text(uri) ?? before;
  return applied.length === 0 || after === before ? [] : smallestEdits(uri, before, after);
}

/** What fixing several files comes to. */
export interface FixedFiles {
  readonly edits: readonly Edit[];
  /** How many fixes were applied, and how many errors are left. */
  readonly applied: number;
  readonly left: number;
}

/**
 * What `chor fix` would do to several files, a candidate at a time, so that the caller can let others have a turn; it
 * tells the file under way.
 * @param workspace it is copied at the start: what changes in it meanwhile is not seen
 * @param longest for how many milliseconds fixes are looked for in each file
 */
export function* fixFiles(
  workspace: Workspace,
  uris: readonly string[],
  longest: number,
): Generator<string, FixedFiles> {
  const trial = workspace.fork();
  const all = new Map(uris.map((uri) => [uri, workspace.text(uri)]));
  let applied = 0;
  for (const uri of uris) {
    const steps = preferredSteps(trial, uri, { within: (other) => all.has(other), until: trial.watch.now() + longest });
    for (const step of steps) {
      if (step) applied++;
      yield uri;
    }
    yield uri;
  }
  let left = 0;
  for (const uri of uris) {
    left += trial.analyze(uri)?.findings.filter(({ severity }) => severity === 'error').length ?? 0;
    yield uri;
  }
  const edits = uris.flatMap((uri) => {
    const [before, after] = [all.get(uri), trial.text(uri)];
    return before === undefined || after === undefined || before === after ? [] : smallestEdits(uri, before, after);
  });
  return { edits, applied, left };
}

/** The edits, line by line, that make one text of another: what did not change stays untouched. */
function smallestEdits(uri: string, before: string, after: string): Edit[] {
  const left = lines(before);
  const right = lines(after);
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (
    end < left.length - start &&
    end < right.length - start &&
    left[left.length - 1 - end] === right[right.length - 1 - end]
  )
    end++;
  const middleLeft = left.slice(start, left.length - end);
  const middleRight = right.slice(start, right.length - end);
  const offset = left.slice(0, start).join('').length;
  if (middleLeft.length * middleRight.length > largestTable) {
    return [{ uri, start: offset, end: offset + middleLeft.join('').length, newText: middleRight.join('') }];
  }
  const edits: Edit[] = [];
  let [i, j, at] = [0, 0, offset];
  for (const [same, other] of [
    ...commonPairs(middleLeft, middleRight),
    [middleLeft.length, middleRight.length] as const,
  ]) {
    const stop = at + middleLeft.slice(i, same).join('').length;
    if (same > i || other > j) edits.push({ uri, start: at, end: stop, newText: middleRight.slice(j, other).join('') });
    at = stop + (middleLeft[same]?.length ?? 0);
    [i, j] = [same + 1, other + 1];
  }
  return edits;
}

function lines(text: string): string[] {
  return text.split(/(?<=\n)/);
}
