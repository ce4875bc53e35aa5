// Limits: how much is looked at for what somebody waits for, and how much of it is shown.

/** Findings whose fixes are tried for one request: each try is an analysis. */
export const mostFindingsTried = 20;

/**
 * Pairs of lines that are compared for small edits, in a table of that size: what differs in more is replaced as a
 * whole.
 */
export const largestTable = 4_000_000;

/** Aliases inside each other that are looked through for what a type has. */
export const deepestAlias = 10;

/** Steps to the next communication: loops in which nothing happens come round for ever. */
export const mostSilentSteps = 1000;

/** Lines of a choreography that comes of a network before it is looked whether parts are much shorter. */
export const longestUndivided = 120;

/**
 * Milliseconds that networks are explored to compare what an edit means, all together; what exploring says is not
 * compared where that is not time enough.
 */
export const longestExploring = 1000;

/** Members of a family that are shown one by one. */
export const mostMembersShown = 12;

/** Characters of the list of roles that one is added to: no person writes a longer one. */
export const longestHead = 10_000;

/** Members of a family that are written out. */
export const mostMembersWritten = 8;

/** Steps of a loop in a run: longer ones are not looked for. */
export const longestLoop = 60;

/** Symbols of the workspace that are found for one query: more, nobody reads. */
export const mostSymbols = 1000;
