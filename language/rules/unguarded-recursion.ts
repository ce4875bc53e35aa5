// unguarded-recursion: a loop or a call comes back to its beginning with nothing done on the way.
import { defineRule } from './rule.js';
import { removeStatement } from '../edits/text.js';

export const unguardedRecursion = defineRule({
  code: 'unguarded-recursion',
  summary: 'A loop that goes round without doing anything.',
  explanation:
    'Between the head of a `rec` and each `continue` back to it, something has to happen: a message, a local step or a call. The same holds for a choreography that calls itself, at once or by way of others: if it does so first thing, it would call itself for ever and never communicate.',
  advice:
    'Put the communication that the loop is about before the `continue`, or before the call; or take the `continue` away.',
  bad: 'choreography Talk(Alice, Bob) {\n  do Talk(Alice, Bob)\n}\n',
  good: 'choreography Talk(Alice, Bob) {\n  Alice."hello" -> Bob.word\n  do Talk(Alice, Bob)\n}\n',
  message: ({ kind, name, chain }) => {
    if (kind === 'rec')
      return `\`continue ${name}\` goes back to \`rec ${name}\` with nothing done on the way: this would go round for ever. Put a communication or a local step before it.`;
    const others = chain?.slice(0, -1) ?? [];
    const shown = others
      .slice(0, 4)
      .map((c) => `\`${c}\``)
      .join(' and ');
    const way =
      others.length > 0 ? `, by way of ${shown}${others.length > 4 ? ` and ${others.length - 4} more` : ''},` : '';
    return `\`${name}\` begins by calling itself${way} before anything is done: this would never end. Put a communication or a local step before the call.`;
  },
  related: ({ kind, name, head }) => [
    { ...head, message: kind === 'rec' ? `\`rec ${name}\` begins here` : `\`${name}\` begins here` },
  ],
  fixes: ({ kind, name, origin }, context) =>
    kind === 'rec' ? [{ title: `Remove \`continue ${name}\``, edits: [removeStatement(context, origin)] }] : [],
});
