// Limits: how large an answer may be, and what it may take.

/** Characters of an answer: a longer text is no answer to an exercise. */
export const longestAnswer = 50_000;

/** Errors that are told at once: of more, nobody reads the last. */
export const mostErrors = 3;

/** Milliseconds that one network is explored: somebody waits for the answer. */
export const longestExploring = 300;
