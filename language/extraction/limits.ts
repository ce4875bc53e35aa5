// Limits: how large a choreography may come of a network.

/** States of a network that are gone through: of more comes no choreography that anybody would read. */
export const mostStates = 5000;

/** States that are gone through in search of threads that belong together, in all: each place with `par` is one more. */
export const mostStatesOfThreads = 20_000;

/** Lines of a choreography: of more, nobody reads any. */
export const mostLines = 3000;

/** Actions of one process that a message may come before: pairs of processes are looked at for each. */
export const farthestAhead = 32;

/** Statements that may stand in several places, rather than in a choreography of their own. */
export const mostRepeated = 3;
