// Limits: how much is looked at for a role's code, and how large that may be.

/** Statements that are projected to find out what message would help; beyond, an error stays where it came to light. */
export const mostTriedForLacking = 20_000;

/**
 * Statements that are projected again to make sure that a selection is not needed; what is beyond is not told before
 * something else is mended.
 */
export const mostTriedForSelections = 20_000;

/** Conditions that are told apart where a member is picked; nobody reads what comes of more. */
export const mostConditions = 6;

/**
 * Times that the cases of a member that was picked are looked at apart for who may be in them: each is projected by
 * itself.
 */
export const mostCasesSplit = 32;

/**
 * Loops of a role that are looked at for being settled: each may be looked at several times, and those inside each
 * time.
 */
export const mostLoopsSettled = 500;

/** Parts that a loop is taken apart into: each is a loop to be read. */
export const mostLoopParts = 6;

/** Lines of a behaviour that are never too many, however short its choreography is. */
export const fewLines = 100;

/** Pairs of statements that are looked at for a single merge: there may be as many as pairs of all that follows. */
export const mostMergeSteps = 100_000;

/** Passes over a loop before equalities inside it are given up. */
export const mostPassesOfLoop = 6;

/**
 * Visits of the statements of a choreography, `each` for every one on average, and `least` in any case: loops in loops
 * ask for more with each level.
 */
export const mostVisits = { each: 40, least: 5000 };

/** Characters of the text that stands for a value; longer ones get a short name, so that they don't grow. */
export const longestValueText = 60;

/**
 * Calls inside each other that are gone into to see who is the first to do something: deeper, it counts as whoever it
 * has to be.
 */
export const deepestFirstCalls = 8;

/** Called choreographies that may stand in one role's code: nobody reads more in place of a call. */
export const mostCalleesInside = 60;

/**
 * States that are looked at for merging on the automaton of one role: sets of them may be as many as there are
 * subsets.
 */
export const mostStatesLooked = 300_000;

/** Calls that are gone into at one place before it is given up. */
export const mostCallsUnfolded = 60;

/** Places that a role may be at, as far as it knows, from one decision on: there may be as many as sets of states. */
export const mostPlacesOfDecision = 400;

/** Lists of statements that are made of an automaton, in case that nothing can be shared. */
export const mostLists = 5000;

/**
 * Pairs of a place and those who know that are looked at for one question; beyond, it is answered as if a message may
 * overtake.
 */
export const mostPairsLooked = 20_000;

/** Calls inside each other that are looked into for what each sender has heard; nobody reads deeper ones. */
export const deepestFrames = 12;

/** Calls with different roles that are looked into for what each sender has heard: as many as ways to call, else. */
export const mostFrames = 5_000;

/** Rounds of a loop on members that are looked at by themselves: each is another question. */
export const mostRoundsApart = 6;

/** Kinds of members of one family that are projected each for itself, where what they do can't be told otherwise. */
export const mostKinds = 6;

/** Statements of a choreography up to which that is tried: each kind takes a projection or two of its own. */
export const mostStatementsByKind = 1000;
