// Limits: how much is looked at for names and types, and how much of it is shown.

/**
 * Characters from the start of an expression to the place whose type is looked for: expressions that are longer are
 * not searched for what is inside.
 */
export const farthestBefore = 10_000;

/** Misspelt names of a file for which others are looked up: each look-up goes through all names. */
export const mostMisspelt = 200;

/** Ways of calling that are followed for one network: roles may come to every place. */
export const mostCallsFollowed = 500;

/**
 * Functions whose results need each other's: these are made together, once for each of them. Of more functions, those
 * that are not stated stay unknown.
 */
export const mostInferredTogether = 30;

/**
 * Patterns before one, beginning alike, with which it is compared: for a few it is worth knowing that one of them
 * takes all.
 */
export const mostPatternsCompared = 100;

/**
 * Patterns that are looked at for one `match`, some tens of milliseconds: the question is as hard as any of logic, so
 * that there has to be an end.
 */
export const mostPatternsLooked = 100_000;

/**
 * Messages of a branch that are compared with those of others; more calls than that are not gone into. Each is
 * compared with each.
 */
export const mostMessagesCompared = 2000;

/** Members by which a family is made larger for a try, where it has too few: who needs more states it. */
export const mostMembersAdded = 100;

/**
 * Calls that are looked at on the way back to where a chain of calls began: of a longer way, nobody reads where it
 * goes.
 */
export const longestWay = 100;

/** Parts of a type that are made anew: a type that is made of open ones again and again doubles each time. */
export const mostPartsRenewed = 200;

/** Long texts of types that have numbers at the same time: each is kept with its number. */
export const mostNumbersKept = 20_000;

/** Characters of the text that stands for a type, but for names: a longer one is a number instead. */
export const longestPart = 100;

/** Lists, options and sets inside each other that are told apart: nobody asks what is in more. */
export const deepestSymbolType = 8;

/**
 * Characters of a type that is shown: about what can be taken in at a glance. What is longer is shown from the
 * outside, with `…` inside.
 */
export const longestShown = 160;

/** Characters of a type that a fix writes: nobody would keep a longer one. */
export const longestWritten = 400;

/** Loops over members inside each other in which it is looked for what is written whatever is decided: nobody reads deeper ones. */
export const deepestLoops = 8;

/** Values that are missing, and roles that are not the ones that were meant, among which one mistake is looked for. */
export const mostMisled = 40;
