// Limits: what is kept of declarations.

/**
 * Characters of the texts of all declarations of which something is kept: what is made of a declaration takes hundreds
 * of times the memory of its text.
 */
export const mostKept = 1_000_000;

/** Channels of what goes on at the same time, of one choreography, that are looked at for whether threads share one. */
export const mostChannels = 100_000;
