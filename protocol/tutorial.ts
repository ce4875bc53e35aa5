// Exercises of the tutorial, checked.
import * as v from 'valibot';
import { toServer } from './message.js';
import { AboutDocument } from './places.js';

/** Whether an answer does what its exercise asks for; what is missing and why, in whole sentences. */
export interface Answer {
  readonly solved: boolean;
  readonly notYet: readonly string[];
}

/** The open document is the answer; the texts are those of `NN-name.check.json` and of `NN-name.solution.chor`. */
const AnswerParams = v.object({ ...AboutDocument.entries, check: v.string(), solution: v.string() });

export const checkAnswer = toServer<Answer>()(
  'chor/checkAnswer',
  'whether a document solves an exercise of the tutorial, and if not, what is missing',
  AnswerParams,
);
