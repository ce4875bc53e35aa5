// redundant-selection: a role is told a choice that it does not need to be told.
import { choreographyAt, decisionAt } from '../edits/find.js';
import type { Edit, FixContext } from '../edits/fix.js';
import type { TextRange } from '../ir/expression.js';
import { defineRule } from './rule.js';

export const redundantSelection = defineRule({
  code: 'redundant-selection',
  summary: 'A role is told a choice that it can do without.',
  explanation: `A selection costs a message. This one tells a role which branch was taken although the role does the same in all of them, or
finds out anyway by the next message that it receives. Without it everything still projects.`,
  advice: 'Take it out, if it is there only to tell the choice.',
  bad: `choreography Greet(Alice(polite: bool), Bob) {
  if Alice.polite -> Bob {
    Alice."good morning" -> Bob.words: formal
  } else {
    Alice."hi" -> Bob.words: casual
  }
}
`,
  good: `choreography Greet(Alice(polite: bool), Bob) {
  if Alice.polite {
    Alice."good morning" -> Bob.words: formal
  } else {
    Alice."hi" -> Bob.words: casual
  }
}
`,
  tags: ['unnecessary'],
  message: ({ role, implied }) =>
    `${role} does not need to be told: it ${implied ? 'can go on without knowing, or finds out by its next message' : 'finds out by its next message, or goes on the same way'}. Taking this out saves a message.`,
  fixes({ decision, selections, implied, role }, context) {
    const { uri, text } = context;
    const edits = implied
      ? untold(context, decision, selections)
      : selections.map(({ start, end }) => wholeLine(uri, text, start, end));
    return [{ title: `Don’t tell ${role} (1 message fewer)`, edits, preferred: true }];
  },
});

/** The arrow list without a role. */
function untold(context: FixContext, place: TextRange, [selection]: readonly TextRange[]): Edit[] {
  const { uri, text } = context;
  const choreography = choreographyAt(context, place);
  const decision = choreography && decisionAt(choreography, place);
  if (!decision) return [];
  const index = decision.informs.findIndex((name) => name.origin.start === selection?.start);
  const own = decision.informs[index];
  if (!own) return [];
  const before = decision.informs[index - 1];
  const after = decision.informs[index + 1];
  if (before) return [{ uri, start: before.origin.end, end: own.origin.end, newText: '' }];
  if (after) return [{ uri, start: own.origin.start, end: after.origin.start, newText: '' }];
  const arrow = text.lastIndexOf('->', own.origin.start);
  const start = text.slice(0, arrow).trimEnd().length;
  return [{ uri, start, end: own.origin.end, newText: '' }];
}

/** The range with its line, where nothing else stands on it. */
function wholeLine(uri: string, text: string, start: number, end: number): Edit {
  const from = text.lastIndexOf('\n', start - 1);
  const rest = /^[ \t]*;?[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
  const alone = text.slice(from + 1, start).trim() === '' && /^(\r?\n|$)/.test(text.slice(end + rest));
  return alone && from >= 0
    ? { uri, start: from, end: end + rest, newText: '' }
    : { uri, start, end: end + rest, newText: '' };
}
