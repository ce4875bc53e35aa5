// redundant-selection: a role is told a choice that it does not need to be told.
import type { Communication, Decision, While } from '../ir/choreography.js';
import type { Edit } from './rule.js';
import { defineRule } from './rule.js';

export interface RedundantSelection {
  readonly uri: string;
  readonly decision: Decision | While;
  /** The selections that can go together. */
  readonly selections: readonly Communication[];
  readonly role: string;
}

export const redundantSelection = defineRule<RedundantSelection>({
  code: 'redundant-selection',
  severity: 'hint',
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
  message: ({ role, selections }) => `${role} does not need to be told: it ${selections[0]?.implied ? 'can go on without knowing, or finds out by its next message' : 'finds out by its next message, or goes on the same way'}. Taking this out saves a message.`,
  fixes: ({ uri, decision, selections, role }, { text }) => [{ title: `Don’t tell ${role} (1 message fewer)`, edits: removal(uri, text, decision, selections), preferred: true }],
});

function removal(uri: string, text: string, decision: Decision | While, selections: readonly Communication[]): Edit[] {
  const [first] = selections;
  if (!first?.implied) return selections.map(({ origin }) => wholeLine(uri, text, origin.start, origin.end));
  const index = decision.tells.findIndex((name) => name.origin.start === first.origin.start);
  const own = decision.tells[index];
  if (!own) return [];
  const before = decision.tells[index - 1];
  const after = decision.tells[index + 1];
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
  return alone && from >= 0 ? { uri, start: from, end: end + rest, newText: '' } : { uri, start, end: end + rest, newText: '' };
}
