// quorum-too-large: more messages are waited for than are sent, or none.
import { leastSize, sayLeast, sayValues } from './family-words.js';
import { count } from '../text/words.js';
import { defineRule } from './rule.js';

export const quorumTooLarge = defineRule({
  code: 'quorum-too-large',
  summary: 'A quorum waits for more messages than are sent, or for none.',
  explanation:
    '`any k` goes on with the first `k` messages that come, each of another sender, and `any majority` with those of more than half of the senders. With fewer senders it would wait for ever; with `any 0`, nothing would be waited for. Whether there are enough is found out for all sizes that the header allows, ' +
    'and all numbers of the loops around: the message has the smallest of them for which there are not. A majority of nobody is one too many as well.',
  advice: 'Wait for fewer, or ask for more members in the header (`Acceptor[n >= 1]`).',
  bad: 'choreography Ask(Asker, Member[n](vote: bool)) {\n  Member.vote -> Asker.votes any 2\n}\n',
  good: 'choreography Ask(Asker, Member[n >= 2](vote: bool)) {\n  Member.vote -> Asker.votes any 2\n}\n',
  message: ({ needed, sent, senders, values, header, uncounted }) => {
    if (uncounted !== undefined)
      return `How many ${senders} are is not known before, so there may be too few to wait for. Say how many are picked: \`pick 3 ${uncounted} in …\`.`;
    const where = values.length > 0 ? `Where ${sayValues(values)}, ` : '';
    const start = (text: string): string => (where ? where + text : text.charAt(0).toUpperCase() + text.slice(1));
    if (needed < 1) return `${start(`this waits for ${count(needed, 'message')}`)}: a quorum is one message at least.`;
    return `${start(`${count(needed, 'message')} ${needed === 1 ? 'is' : 'are'} waited for`)}, and ${sent === 0 ? 'there is nobody to send one' : `only ${sent === 1 ? 'one is' : `${sent} are`} sent by ${senders}`}.${header ? sayLeast(header) : ''}`;
  },
  fixes: ({ header, values, sent, needed, origin }, context) => {
    if (header) return leastSize(header, context);
    return values.length === 0 && sent > 0 && needed > sent
      ? [
          {
            title: `Wait for ${sent}`,
            edits: [{ uri: context.uri, ...origin, newText: String(sent) }],
            preferred: true,
          },
        ]
      : [];
  },
});
