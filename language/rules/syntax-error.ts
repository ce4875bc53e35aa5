// syntax-error: the text can't be read.
import { defineRule } from './rule.js';

export const syntaxError = defineRule({
  code: 'syntax-error',
  summary: 'The text can’t be read as Chor.',
  explanation:
    'Something is missing, or stands where it can’t. The rest of the declaration stays live: the projection, hovers and completion work on what could be read. Nothing else is reported for the declaration until it reads.',
  advice:
    'The message says what was expected at the place. A reserved word is used as a name by putting `^` before it.',
  bad: 'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> \n}\n',
  good: 'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting\n}\n',
  message: ({ message }) => message,
});
