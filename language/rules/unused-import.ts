// unused-import: an import that nothing in the file needs.
import { defineRule } from './rule.js';
import { removeItem, removeStatement } from '../edits/text.js';

export const unusedImport = defineRule({
  code: 'unused-import',
  summary: 'An import that nothing uses.',
  explanation: 'Nothing in the file names what is imported here. It does no harm, and it is shown faded.',
  advice: 'Remove it.',
  bad: 'import { Title } from "./imported.chor"\n\nchoreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting\n}\n',
  good: 'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting\n}\n',
  tags: ['unnecessary'],
  message: ({ name }) => (name === undefined ? 'Nothing of this import is used.' : `Nothing uses \`${name}\`.`),
  fixes: ({ name, origin }, context) => [
    {
      title: name === undefined ? 'Remove the import' : `Remove \`${name}\` from the import`,
      edits: [name === undefined ? removeStatement(context, origin) : removeItem(context, origin)],
      preferred: true,
    },
  ],
});
