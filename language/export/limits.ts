// Limits: how large what other tools read may be.

/** Places that one role may be at: what has more, nobody reads, and no tool takes. */
export const mostPlacesOfRole = 20_000;

/** Processes, and labels, of a model: a byte numbers each, and one process looks at the end. */
export const mostOfSpin = 254;

/** Messages of one sender that a role of a model may have gone on without; then it waits for one of them to come. */
export const mostLate = 8;

/** Parts of a type that is written out: what it is made of may be doubled again and again. */
export const mostPartsOfType = 2000;

/** Interactions that a file makes of itself: what is longer, nobody reads. */
export const mostInteractions = 5000;

/** Characters of the text of a transition: in a picture, there is no room for more. */
export const longestTransition = 60;
