// race: two messages of branches that go on at the same time can't be told apart.
import { writeName } from '../syntax/names.js';
import { listed } from '../text/words.js';
import { inOrder } from './in-order.js';
import { defineRule } from './rule.js';

export const race = defineRule({
  code: 'race',
  summary: 'Two messages that are under way at the same time can’t be told apart.',
  explanation:
    'The branches of a `par` go on at the same time: a role in several of them is several threads, and each takes, of what one sender has sent, the messages with labels of its own. So messages from one role to another need different labels in different branches, those of an arrow list and of calls included; a message without a label counts as one more label. ' +
    'In `par i in Client { … }`, messages between `Client[i]` and others are told apart by who `Client[i]` is, and all others carry the number by themselves; but not those of what is called, which stand there for all callers.',
  advice: 'Give one of the messages another label, or put the branches one after the other.',
  bad: 'choreography Both(Alice, Bob) {\n  par {\n    Alice."red" -> Bob.colour\n  } and {\n    Alice."long" -> Bob.size\n  }\n}\n',
  good: 'choreography Both(Alice, Bob) {\n  par {\n    Alice."red" -> Bob.colour: colour\n  } and {\n    Alice."long" -> Bob.size: size\n  }\n}\n',
  message: ({ sender, receiver, label, calls = [], rounds }) => {
    const what = label === undefined ? 'a message without a label' : `\`${label}\``;
    const where = calls.length > 0 ? ` (in ${listed(calls.map((call) => `\`${call}\``))})` : '';
    if (rounds)
      return `${receiver} can’t tell whose round ${what} of ${sender}${where} belongs to: the rounds go on at the same time, and what is called carries no number.`;
    return `${receiver} can’t tell which of two ${label === undefined ? 'messages without a label' : `messages ${what}`} of ${sender}${where} it has: both may be under way at the same time.`;
  },
  related: ({ first, second }, context) =>
    first.start === second.start
      ? []
      : [{ uri: context.uri, origin: first, message: 'The other one, in a branch that goes on at the same time' }],
  fixes: ({ relabel, par, branches, rounds }, context) => [
    ...(relabel
      ? [
          {
            title: `${relabel.missing ? 'Give' : 'Call'} this one ${relabel.missing ? 'the label ' : ''}\`${relabel.label}\``,
            edits: [
              { uri: context.uri, ...relabel.at, newText: `${relabel.missing ? ': ' : ''}${writeName(relabel.label)}` },
            ],
            preferred: true,
            cost: { doubt: 1 },
          },
        ]
      : []),
    ...(rounds
      ? []
      : [
          { title: 'Put the branches one after the other', edits: inOrder(par, branches, context), cost: { doubt: 3 } },
        ]),
  ],
});
