// How large a text may be.

/**
 * What is larger than this, in bytes, is not read, and a document that is longer, in characters, is not checked: no
 * person wrote it.
 */
export const largest = 8 * 1024 * 1024;

/** Why, as the end of a sentence. */
export const tooLarge = 'it is larger than 8 MiB';
