// continue-not-last: something stands after a `continue` or `leave` that it would never come back to.
import { defineRule } from './rule.js';
import { removeStatement } from '../edits/text.js';

export const continueNotLast = defineRule({
  code: 'continue-not-last',
  summary: '`continue` or `leave` where the loop’s body goes on after it.',
  explanation:
    '`continue X` goes back to the head of `rec X` and never returns. It can only be the last thing that the body of the loop does on its path: what stands after it would be left open, once for each time around. So it may not stand before other statements of the body, nor inside a `while` in it. `leave X` goes on behind `rec X` instead, from wherever it stands in the loop, also inside of a `while` or of another `rec`; only behind it, in its own block, nothing may stand. Neither of them leaves a `for`, which goes through all of its numbers, nor a branch of a `par`.',
  advice: 'Move what follows before the `continue`, or into the branches that do not go on, or behind the loop.',
  bad: 'choreography Loop(Alice, Bob) {\n  rec X {\n    Alice."again" -> Bob.word\n    continue X\n    Bob."never" -> Alice.word\n  }\n}\n',
  good: 'choreography Loop(Alice, Bob) {\n  rec X {\n    Alice."again" -> Bob.word\n    Bob."always" -> Alice.word\n    continue X\n  }\n}\n',
  message: ({ word, name, following, direct, across }) => {
    if (across === 'for')
      return `\`${word} ${name}\` can’t leave a \`for\`: it goes through all of its numbers, and \`rec ${name}\` stands around it. Decide behind the \`for\`, or put the \`rec\` into it.`;
    if (across)
      return `\`${word} ${name}\` can’t leave what goes on at the same time: \`rec ${name}\` stands around it. What follows a \`par\` begins when all of its branches are over.`;
    if (word === 'leave')
      return `What follows \`leave ${name}\` is never reached: it goes on behind \`rec ${name}\`. Move it before, or take it away.`;
    if (!following)
      return `\`continue ${name}\` can’t stand in a \`while\` or \`for\` inside \`rec ${name}\`: that would never be finished. Only the last thing in \`rec ${name}\` can go back to it.`;
    return direct
      ? `What follows \`continue ${name}\` is never reached: it goes back to \`rec ${name}\` for good. Move it before, or take it away.`
      : `\`continue ${name}\` goes back to \`rec ${name}\` for good, but the loop’s body goes on after this decision. Move what follows into the branches that do not go back.`;
  },
  related: ({ following }) => (following ? [{ ...following, message: 'This follows in the same loop' }] : []),
  fixes: ({ word, name, origin, following, direct, across }, context) => {
    if (across) return [{ title: `Remove \`${word} ${name}\``, edits: [removeStatement(context, origin)] }];
    if (!following) return [];
    if (!direct) return [{ title: `Remove \`${word} ${name}\``, edits: [removeStatement(context, origin)] }];
    return [
      { title: 'Remove what is never reached', edits: [removeStatement(context, following.origin)] },
      { title: `Remove \`${word} ${name}\``, edits: [removeStatement(context, origin)] },
    ];
  },
});
