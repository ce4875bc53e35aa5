// Limits: how far values are computed.

/** Steps of computing one expression: nobody waits for more. What takes more is unknown. */
export const mostStepsOfExpression = 20_000;

/** Steps of a call of a function that calls itself: where that is not enough, the call is a value of its own. */
export const mostStepsOfRecursion = 4000;

/** Calls inside each other in what is computed: the stack has to be enough for it. */
export const deepestCalls = 250;

/** Keys of a map that are gone through in one step: what bounds steps bounds that too. */
export const keysInStep = 4;

/** Items of a list, and letters of a text, that are made: what is longer, nobody compares, and it takes memory. */
export const longestList = 20_000n;

/** Parts of the ends of an `if` for what is asked of it to be asked of each: that doubles what is asked. */
export const largestChoice = 40;

/** Rounds in which facts are brought in line with each other: each may tell something new of others. */
export const mostReconciling = 48;

/** Values that are tried for one set of conditions, all in all: combinations multiply. */
export const mostValuesTried = 2500;

/** Steps that computing with these values takes, all in all. */
export const mostStepsOfSolving = 600_000;

/** Values that are tried of one unknown: the likely ones come first. */
export const mostCandidates = 14;

/** Parts of what has to be defined to be tried to be: what is larger rarely comes out. */
export const largestDefined = 60;
