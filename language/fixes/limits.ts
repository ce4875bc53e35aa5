// Limits: how long fixes are tried, and how many.

/** Milliseconds in which candidates are tried by how likely they are alone. */
export const longestByLikelihood = 500;

/**
 * Milliseconds that fixes of one finding are tried where somebody waits for them: those of a network that takes long
 * to explore may come to be many.
 */
export const longestWait = 2000;

/** What a trial costs beside the text that it analyses, in characters: a copy of the workspace. */
export const leastEffort = 500;

/** Candidates beside the rule's own that are tried where each takes long, as its network does to be explored. */
export const mostTriedSlowly = 8;

/** Fixes of one finding that are looked for, of which the best are offered. */
export const mostFound = 24;

/** Fixes of one finding that are offered: of more, nobody reads the last. */
export const mostOffered = 12;

/** Places of one new statement of a choreography for which candidates are made. */
export const mostPlacesOfStatement = 8;

/** Places of one new action of a process for which candidates are made, told apart by their titles. */
export const mostPlacesOfAction = 24;

/** Kinds of messages that are looked at for one process. */
export const mostKindsOfMessage = 30;

/** Messages of other branches that a new one may have as well. */
export const mostAlike = 6;

/** Arguments of one call that are looked at. */
export const mostArguments = 8;

/** Cases of a `match` that stand for one that is missing, told apart by who is told what in them. */
export const mostTemplates = 4;

/** Ways to name members that are tried: candidates multiply with them. */
export const mostWaysToName = 4;

/** Places of a declaration that are looked at for one error: those around it. */
export const mostSites = 300;

/** Characters of a statement in a title: nobody reads longer titles. */
export const longestStatement = 40;

/** Candidates that are made for one error of syntax. */
export const mostOfSyntax = 90;

/** Aliases inside each other that types are compared without. */
export const deepestAliases = 10;

/** Records and cases inside each other of a value that is made up. */
export const deepestMade = 4;

/** Ways to fill the branches of a new receive that are tried at each place. */
export const mostWaysToFill = 32;

/** Tokens on the lines around a syntax error up to which words and signs are looked for that were left out there. */
export const mostTokensAround = 150;
