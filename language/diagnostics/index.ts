// All the rules. A code that is not listed here does not exist.
import type { Rule } from './rule.js';
import { syntaxError } from './syntax-error.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the data's type is each rule's own
export const rules: readonly Rule<any>[] = [
  syntaxError,
];
