// Limits: how far networks are explored, and what is kept of that.

/** Calls of one process inside each other in what is explored; what lies beyond is unknown. */
export const deepestSelfCalls = 2;

/**
 * Places of one receive of several messages, one for each set of who has sent so far. Beyond, nothing is known of it.
 */
export const mostGathered = 4096;

/** Ways from one communication to the next that are looked at; more are left out. */
export const mostSilentWays = 200_000;

/**
 * Decisions that are gone through one by one there; from then on, ways that come together with the same known of all
 * values are one.
 */
export const mostWaysApart = 64;

/**
 * Values that one place computes that are told apart: few, so that most loops come to an end, or as many as there may
 * be.
 */
export const mostValuesApart = { coarse: 32, fine: 20_000 };

/**
 * Operations inside each other of a value that is not known: deeper ones are a value of their own, so that loops come
 * to an end.
 */
export const deepestUnknown = 6;

/** Problems told of one system; more are consequences, or a second look. */
export const mostProblems = 20;

/** Configurations more that are kept for each problem: where values decide, the first may be one that none lead to. */
export const mostConfigurationsEach = 7;

/**
 * Configurations that are looked at for other mistakes once something is found to be wrong, beside as many again as
 * that took.
 */
export const mostAfterProblem = 20_000;

/** Characters that keeping track of values may cost before configurations count as too many, whatever is allowed. */
export const mostCharacters = 2_000_000;

/** Characters more for each configuration that is allowed. */
export const mostCharactersPerState = 20;

/** Configurations that are looked at again without any reduction. */
export const mostUnreduced = 4000;

/** Local steps from one thing that is told to the next; more are not followed. */
export const mostLocalSteps = 20_000;

/** Runs that are done anew for one error: somebody waits for it. */
export const mostRunsAnew = 24;

/** Events of one of these runs, beyond the double of those of the first. */
export const mostEventsMore = 200;

/** Events of all these runs together: that much is worth knowing which decisions matter. */
export const mostEventsOfAll = 1000;

/**
 * Times that a machine decides alike where it might as well not, after all that it decided in the first run: then it
 * goes round for ever.
 */
export const mostRoundsAlike = 12;

/** Decisions that are looked at, the last ones first: no more are told. */
export const mostDecisionsTold = 12;

/** Moves that are looked at for senders that race: each channel may be followed through all configurations. */
export const mostRaceSteps = 2_000_000;

/**
 * Configurations, times machines, beyond which the unfair reading is not looked at: it costs a pass over all moves for
 * each machine.
 */
export const mostLivenessWork = 2_000_000;

/**
 * Pairs of sets of states in which a process is compared with its projection: there may be as many as sets. Beyond, it
 * is open.
 */
export const mostPairsCompared = 5000;

/** Messages that the one may be ahead of the other: the places to look at multiply with them. */
export const mostMessagesAhead = 8;

/** Places of the projection that are looked at in all; where that is not enough, it counts as another exchange. */
export const mostPlacesAhead = 50_000;

/** States of a network that is right by construction that are looked at, for what may be unreachable or starve. */
export const mostForHints = 20_000;

/** Characters of the texts whose explorations are kept, together: there has to be an end to the memory. */
export const mostExplorationsKept = 2_000_000;

/** Milliseconds: what took no longer is explored at once the next time. */
export const longestQuick = 5;

/** Networks that may be pending; those that are pending for the longest are asked for again when they are needed. */
export const mostPending = 500;
