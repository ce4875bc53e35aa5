// unreachable: code that no run comes to.
import { defineRule } from './rule.js';
import { linesOf } from '../edits/text.js';

export const unreachable = defineRule({
  code: 'unreachable',
  summary: 'No run reaches this code.',
  explanation:
    'All behaviours of the network were explored, and none comes here: the branch waits for a label that is never sent, or what is before it never ends. In a choreography it is what follows a `rec` that every branch continues, a decision of which every branch leaves a loop, or a call that never comes to its end; its projections leave it out.',
  advice: 'Remove it, or let the other process send what it waits for.',
  tags: ['unnecessary'],
  bad: `network Shop {
  process Buyer {
    send to Seller: accept
  }
  process Seller {
    receive from Buyer {
      accept { }
      reject { }
    }
  }
}
`,
  good: `network Shop {
  process Buyer {
    choice { send to Seller: accept } or { send to Seller: reject }
  }
  process Seller {
    receive from Buyer {
      accept { }
      reject { }
    }
  }
}
`,
  message({ role, what, label, from }) {
    if (what === 'way') return 'No run of the network gets here: the decision before it always goes another way.';
    if (what === 'case') return 'No value gets here: a case before this one takes all that it would take.';
    if (what === 'endless') return 'No run gets here: the loop before it never ends. Where it is to end, `leave` it.';
    if (what === 'left') return 'No run gets here: every way before it leaves a loop.';
    if (what === 'call')
      return `No run gets here: ${label ? `\`${label}\`, which is called before,` : 'what stands before it'} never comes to its end.`;
    if (what === 'code') return `No run of the network gets here: what ${role} does before it never comes to its end.`;
    return `${role} never takes this branch: ${from} never sends ${label ? `\`${label}\`` : 'a message without a label'} when ${role} waits here.`;
  },
  fixes({ what }, { uri, text, origin }) {
    const { start, end } = linesOf(text, origin) ?? origin;
    return [
      {
        title: what === 'case' ? 'Remove this case' : what === 'branch' ? 'Remove this branch' : 'Remove this code',
        edits: [{ uri, start, end, newText: '' }],
      },
    ];
  },
});
