// label-mismatch: the next message is none that its receiver takes.
import { actionAt, mayBe, processOf } from '../edits/find.js';
import type { Fix } from '../edits/fix.js';
import { followers, move, removal } from '../edits/process.js';
import { sentence } from './network-words.js';
import { defineRule } from './rule.js';

function said(label: string | undefined): string {
  return label ? `\`${label}\`` : 'a message without a label';
}

export const labelMismatch = defineRule({
  code: 'label-mismatch',
  summary: 'A message arrives whose label its receiver does not take.',
  explanation:
    'On some run the next message in the queue has a label that the waiting `receive` has no branch for. The receiver can’t go on, and takes nothing that comes later either.',
  advice:
    'Add a branch for the label at the receiver, or use a label that it takes. When two messages come in another order than they are received, exchange them on one side.',
  bad: `network Market {
  process Buyer {
    send to Seller: maybe
  }
  process Seller {
    receive from Buyer {
      accept { }
      reject { }
    }
  }
}
`,
  good: `network Market {
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
  message({ sender, receiver, sent, taken: labels, condition }) {
    const taken = labels.map(said);
    const list = taken.length <= 1 ? (taken[0] ?? 'nothing') : `${taken.slice(0, -1).join(', ')} or ${taken.at(-1)}`;
    return `${sender.role} sends ${said(sent)}, but ${receiver.role} waits for ${list}.${sentence(condition)} Add a branch for it at ${receiver.role}, or send what ${receiver.role} takes.`;
  },
  related({ sender, receiver, sent }) {
    return [
      { uri: sender.uri, origin: sender.origin, message: `${sender.role} sends ${said(sent)} here` },
      { uri: receiver.uri, origin: receiver.origin, message: `${receiver.role} waits here` },
    ];
  },
  fixes({ sender, receiver, sent: label, taken }, context) {
    const { uri, text } = context;
    const [sending, receiving] = [sender, receiver].map((end) => processOf(context, context.origin, end));
    const send = sending && actionAt(sending, sender.origin);
    const receive = receiving && actionAt(receiving, receiver.origin);
    // Other labels, and what is missing, are looked for in the whole network (mend/).
    const fixes: Fix[] = [];
    const later =
      receiving &&
      receive &&
      followers(receiving, receive).find(
        (a) =>
          a.kind === 'receive' &&
          a.form === 'single' &&
          mayBe(a.from, sender.role) &&
          a.branches[0]?.label?.text === label,
      );
    if (receiving && later && receive)
      fixes.push({
        title: `Let ${receiving.name.text} receive ${said(label)} first`,
        edits: move(uri, text, later, receive),
        preferred: true,
        cost: { doubt: 0.9 },
      });
    const wanted =
      sending &&
      send &&
      followers(sending, send).find(
        (a) => a.kind === 'send' && mayBe(a.receiver, receiver.role) && taken.includes(a.label?.name.text),
      );
    if (sending && send && wanted?.kind === 'send')
      fixes.push({
        title: `Let ${sending.name.text} send ${said(wanted.label?.name.text)} first`,
        edits: move(uri, text, wanted, send),
        preferred: true,
        cost: { doubt: 0.9 },
      });
    if (sending && send)
      fixes.push({
        title: `Remove the \`send\` from ${sending.name.text}`,
        edits: removal(uri, text, send),
        cost: { removes: true },
      });
    if (receiving && receive?.kind === 'receive' && receive.form === 'single')
      fixes.push({
        title: `Remove this \`receive\` from ${receiving.name.text}`,
        edits: removal(uri, text, receive),
        cost: { removes: true },
      });
    return fixes;
  },
});
