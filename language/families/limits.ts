// Limits: how much is looked at of families: their sizes, members and numbers.

/**
 * Steps, processes and items of lists of a declaration whose families and loops are written out: it is read by every
 * pass as if it were written so.
 */
export const mostWrittenOut = 20_000;

/** Choices of several members that are picked, at one size: each is a branch. */
export const mostSubsets = 256;

/** Sizes at which one declaration is looked at: each is another declaration. */
export const mostSizesAtOnce = 64;

/**
 * Loops around a place where questions are answered; nobody reads more. Deeper, nothing is found wrong, and nothing is
 * simplified.
 */
export const deepestPlace = 12;

/**
 * Cases, and rounds of loops on the way to them, that are looked at for one question; fewer where loops are nested
 * deeper than anybody reads.
 */
export const mostCases = (depth: number): number => 40_000 / Math.max(1, depth - 4) ** 2;

/**
 * How far two constants of a question are from each other; those that are farther are brought as near: cases multiply
 * with it.
 */
export const widestGap = 6;

/** Answers that are kept, of whatever text: the same few questions come again and again. */
export const mostAnswersKept = 20_000;
