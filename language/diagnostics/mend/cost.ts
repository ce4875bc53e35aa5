// What a fix costs, and the order in which fixes are tried and offered: what a person would do first comes first.
import type { Fix } from '../rule.js';

/** What a fix costs; the first difference counts. */
export interface Cost {
  /** Messages more on a run. What a choreography that is implemented asks for costs nothing. */
  readonly messages?: number;
  /** Pairs of roles that did not talk before. */
  readonly channels?: number;
  /** How unlikely it is, going by what else the text says: 0 is as good as certain. */
  readonly doubt?: number;
  /** It takes something away that was meant, perhaps: that is never the first thing to do. */
  readonly removes?: boolean;
}

/** A fix that was tried: how many errors are left after it. */
export interface Outcome {
  readonly fix: Fix;
  readonly left: number;
}

const usual = 10;

function doubtOf({ cost }: Fix): number {
  return cost?.doubt ?? usual;
}

function sizeOf({ edits }: Fix): number {
  return edits.reduce((sum, edit) => sum + edit.newText.length + (edit.end - edit.start), 0);
}

/** Compares candidates: which is to be tried first. */
export function byLikelihood(a: Fix, b: Fix): number {
  return Number(a.cost?.removes ?? false) - Number(b.cost?.removes ?? false) || doubtOf(a) - doubtOf(b) || (a.cost?.messages ?? 0) - (b.cost?.messages ?? 0);
}

/** Compares fixes that help: by what is left, then by messages, channels, doubt and size. */
export function byCost(a: Outcome, b: Outcome): number {
  return Number(a.fix.cost?.removes ?? false) - Number(b.fix.cost?.removes ?? false)
    || a.left - b.left
    || (a.fix.cost?.messages ?? 0) - (b.fix.cost?.messages ?? 0)
    || (a.fix.cost?.channels ?? 0) - (b.fix.cost?.channels ?? 0)
    || doubtOf(a.fix) - doubtOf(b.fix)
    || (doubtOf(a.fix) === usual ? 0 : sizeOf(a.fix) - sizeOf(b.fix));
}

/** Whether nothing speaks for the first rather than for the second but their sizes. */
export function isTied(a: Outcome, b: Outcome): boolean {
  return a.left === b.left && (a.fix.cost?.messages ?? 0) === (b.fix.cost?.messages ?? 0) && (a.fix.cost?.channels ?? 0) === (b.fix.cost?.channels ?? 0) && doubtOf(a.fix) === doubtOf(b.fix);
}
