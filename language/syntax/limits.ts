// Limits: how long and how deep a text may be that is read, and how much is kept.

/**
 * Rules inside each other: what works on the tree goes as deep, and the stack has to be enough for it, Node's main
 * thread's being the smallest. Some three rules make one pair of brackets, four or five a block, so that more than a
 * hundred of each are read.
 */
export const deepestRules = 500;

/** Tokens of a chain of operators: it becomes a tree as deep. */
export const longestOperators = 1000;

/** Characters of the texts whose trees are kept, together: a tree takes some hundred times the memory of its text. */
export const mostParsed = 700_000;
