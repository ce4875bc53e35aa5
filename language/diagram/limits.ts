// Limits: how much is drawn.

/** Lines of a note: more hide what it stands beside. */
export const mostNoteLines = 3;

/** Characters of a text in a diagram; where it is told in full, twice as many. There is no room for more. */
export const longestDrawn = 80;

/** Elements of a diagram that is unfolded: more than this, nobody reads. */
export const mostElements = 20_000;

/** Calls in each other that are unfolded together: frames in as many frames, nobody reads. */
export const deepestUnfolded = 100;

/** States of one graph: more than this, nobody reads, and laying them out takes seconds. */
export const mostStatesDrawn = 300;
