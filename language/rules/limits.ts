// Limits: how long what is said may be.

/** Characters of a message: what is longer, such as one with a name as long, is cut. */
export const longestMessage = 2000;

/** Places that are shown at which the same is wrong. */
export const mostPlacesShown = 12;

/** Messages that cross, as the branches of a `par`: more, nobody would write so. */
export const mostCrossing = 4;
