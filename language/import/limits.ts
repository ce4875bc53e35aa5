// Limits: how large other tools' texts may be to become code.

/** Things that stand in one another: what is read has to be readable in this language too. */
export const deepestText = 100;

/** Statements of one process: code that is longer, nobody reads. */
export const mostStatements = 5_000;

/** Statements inside each other: code that is deeper, nobody reads. */
export const deepestCode = 100;

/**
 * Ways on that are looked at for one process before it is given up: where states branch, what follows is looked at
 * again and again.
 */
export const mostWaysOn = 20_000_000;

/** Choreographies that the calls with parameters of a file may make: each is one more with the size of its protocol. */
export const mostCallees = 500;

/** States of one process: code that goes through more, nobody reads. */
export const mostStatesOfProcess = 20_000;
