// What a fix costs, and the order in which fixes are tried and offered: what a person would do first comes first.
import type { Fix } from '../edits/fix.js';

/** A fix that was tried: how many errors are left after it. */
export interface Outcome {
  readonly fix: Fix;
  readonly left: number;
}

const usual = 10;

function doubtOf({ cost }: Fix): number {
  return cost?.doubt ?? usual;
}

/** Whether nothing else can be meant. */
export function isCertain({ cost }: Fix): boolean {
  return cost?.doubt === 0 && !cost.messages;
}

function sizeOf({ edits }: Fix): number {
  return edits.reduce((sum, edit) => sum + edit.newText.length + (edit.end - edit.start), 0);
}

/** What it costs altogether: a message counts as much as two doubts, a new channel as one. */
function costOf(fix: Fix): number {
  return 2 * (fix.cost?.messages ?? 0) + (fix.cost?.channels ?? 0) + doubtOf(fix);
}

function removes({ cost }: Fix): number {
  return Number(cost?.removes ?? false);
}

/** Compares candidates: which is to be tried first. */
export function byLikelihood(a: Fix, b: Fix): number {
  return removes(a) - removes(b) || costOf(a) - costOf(b);
}

/** Compares fixes that help: what takes something away comes last; then by what is left, by cost, and by size. */
export function byCost(a: Outcome, b: Outcome): number {
  return (
    removes(a.fix) - removes(b.fix) ||
    a.left - b.left ||
    costOf(a.fix) - costOf(b.fix) ||
    (a.fix.cost && b.fix.cost ? sizeOf(a.fix) - sizeOf(b.fix) : 0)
  );
}

/** Whether nothing speaks for the first rather than for the second but their sizes. */
export function isTied(a: Outcome, b: Outcome): boolean {
  return removes(a.fix) === removes(b.fix) && a.left === b.left && costOf(b.fix) - costOf(a.fix) < 0.05;
}
