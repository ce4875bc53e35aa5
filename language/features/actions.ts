// Repairs at a place, and all the safe ones of a file at once.
import { applyEdits, fixesFor, tryFixes } from '../diagnostics/fixes.js';
import type { Tried } from '../diagnostics/fixes.js';
import type { Edit, Finding, Fix } from '../diagnostics/rule.js';
import type { Origin } from '../ir/expression.js';
import type { Workspace } from '../workspace.js';

/** A finding, and those of its fixes that were tried. */
export interface Repairs extends Tried {
  readonly finding: Finding;
}

/** The most findings whose fixes are tried for one request: each try is an analysis. */
const mostTried = 20;

/** What was tried for each state of a file, since every state has findings of its own. */
const tried = new WeakMap<Finding, Tried>();

/**
 * The fixes of the findings that touch a range, each tried; a candidate at a time, so that the caller can let others have a turn.
 * Where a network takes too long to be explored meanwhile, the fixes of what was found in it are left to somebody else: they are unsure.
 * @param workspace may not change while this runs
 * @param longest for how many milliseconds fixes are tried, for all findings together; what is not tried until then is left out, and tried when it is asked for again
 */
export function* repairs(workspace: Workspace, uri: string, range: Origin, longest = Infinity): Generator<Repairs | undefined> {
  const until = workspace.watch.now() + longest;
  const analysis = workspace.analyze(uri);
  const slow = new Set(analysis?.explored.flatMap((each) => (each.slow ? each.findings : [])));
  const touching = (analysis?.findings ?? []).filter((f) => f.origin.start <= range.end && range.start <= f.origin.end);
  for (const finding of touching.slice(0, mostTried)) {
    const left = until - workspace.watch.now();
    let known = tried.get(finding);
    if (!known) {
      if (left <= 0) break;
      known = slow.has(finding) ? { fixes: [], unsure: true } : yield* silently(tryFixes(workspace, finding, left < Infinity ? { longest: left } : {}));
      // What may have been ended before its time says less than there is to say.
      if (workspace.watch.now() < until) tried.set(finding, known);
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

const mostRounds = 200;

/**
 * Applies the safe fixes of a file one after the other, each to what the ones before left.
 * @param longest for how many milliseconds fixes are looked for; what is not done until then is left for the next time
 * @returns the edits of this file that do them all; none where there is nothing safe to do. Only fixes within the file are taken.
 */
export function fixAll(workspace: Workspace, uri: string, longest = Infinity): Edit[] {
  const until = workspace.watch.now() + longest;
  const before = workspace.text(uri);
  if (before === undefined) return [];
  const trial = workspace.fork();
  const passed = new Set<string>();
  for (let round = 0; round < mostRounds && workspace.watch.now() < until; round++) {
    const next = nextSafe(trial, uri, passed);
    if (!next) break;
    trial.set(uri, applyEdits(trial.text(uri) ?? '', next.edits));
  }
  const after = trial.text(uri) ?? before;
  return after === before ? [] : smallestEdits(uri, before, after);
}

function nextSafe(trial: Workspace, uri: string, passed: Set<string>): Fix | undefined {
  for (const finding of trial.analyze(uri)?.findings ?? []) {
    const key = `${finding.code} ${finding.message}`;
    if (passed.has(key)) continue;
    const text = trial.text(uri) ?? '';
    // Most findings have no safe candidate: those are not tried.
    const hasSafe = finding.candidates({ workspace: trial, uri, text }).some((f) => f.safe);
    const fix = hasSafe ? fixesFor(trial, finding, { wanted: ({ safe }) => safe === true }).find((f) => f.safe && f.edits.every((e) => e.uri === uri)) : undefined;
    if (fix) return fix;
    passed.add(key);
  }
  return undefined;
}

/** The edits, line by line, that make one text of another: what did not change stays untouched. */
function smallestEdits(uri: string, before: string, after: string): Edit[] {
  const left = lines(before);
  const right = lines(after);
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end++;
  const middleLeft = left.slice(start, left.length - end);
  const middleRight = right.slice(start, right.length - end);
  const offset = left.slice(0, start).join('').length;
  if (middleLeft.length * middleRight.length > 4_000_000) {
    return [{ uri, start: offset, end: offset + middleLeft.join('').length, newText: middleRight.join('') }];
  }
  return diff(uri, offset, middleLeft, middleRight);
}

/** The longest common subsequence of lines, by the table (Wagner and Fischer). */
function diff(uri: string, base: number, left: readonly string[], right: readonly string[]): Edit[] {
  const width = right.length + 1;
  const table = new Uint32Array((left.length + 1) * width);
  const at = (i: number, j: number): number => table[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      table[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const edits: Edit[] = [];
  let offset = base;
  let pending: { start: number; end: number; newText: string } | undefined;
  const close = (): void => {
    if (pending) edits.push({ uri, ...pending });
    pending = undefined;
  };
  for (let i = 0, j = 0; i < left.length || j < right.length;) {
    const l = left[i];
    const r = right[j];
    if (l !== undefined && l === r) {
      close();
      offset += l.length;
      i++;
      j++;
      continue;
    }
    pending ??= { start: offset, end: offset, newText: '' };
    if (r === undefined || (l !== undefined && at(i + 1, j) >= at(i, j + 1))) {
      offset += (l ?? '').length;
      pending.end = offset;
      i++;
    } else {
      pending.newText += r;
      j++;
    }
  }
  close();
  return edits;
}

function lines(text: string): string[] {
  return text.split(/(?<=\n)/);
}
