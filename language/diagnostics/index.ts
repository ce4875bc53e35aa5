// All the rules. A code that is not listed here does not exist.
import type { Rule } from './rule.js';
import { choiceNotStarted } from './choice-not-started.js';
import { deadlock } from './deadlock.js';
import { guardsMayDiffer } from './guards-may-differ.js';
import { knowledgeOfChoice } from './knowledge-of-choice.js';
import { labelMismatch } from './label-mismatch.js';
import { redundantSelection } from './redundant-selection.js';
import { resultElsewhere } from './result-elsewhere.js';
import { syntaxError } from './syntax-error.js';
import { unmatchedReceive } from './unmatched-receive.js';
import { unmatchedSend } from './unmatched-send.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the data's type is each rule's own
export const rules: readonly Rule<any>[] = [
  choiceNotStarted,
  guardsMayDiffer,
  knowledgeOfChoice,
  redundantSelection,
  resultElsewhere,
  syntaxError,
  deadlock,
  labelMismatch,
  unmatchedReceive,
  unmatchedSend,
];
