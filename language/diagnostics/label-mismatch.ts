// label-mismatch: the next message is none that its receiver takes.
import type { Receive, Send } from '../ir/process.js';
import type { Run } from '../network/verdict.js';
import { followers, move, removal } from './network-edits.js';
import { runRelated, sentence } from './network-ends.js';
import type { End } from './network-ends.js';
import { defineRule } from './rule.js';
import type { Fix } from './rule.js';

export interface LabelMismatchData {
  readonly sender: End;
  readonly receiver: End;
  readonly send: Send;
  readonly receive: Receive;
  readonly condition: string;
  readonly run: Run;
}

function said(label: string | undefined): string {
  return label ? `\`${label}\`` : 'a message without a label';
}

export const labelMismatch = defineRule<LabelMismatchData>({
  code: 'label-mismatch',
  severity: 'error',
  summary: 'A message arrives whose label its receiver does not take.',
  explanation: 'On some run the next message in the queue has a label that the waiting `receive` has no branch for. The receiver can’t go on, and takes nothing that comes later either.',
  advice: 'Add a branch for the label at the receiver, or use a label that it takes. When two messages come in another order than they are received, exchange them on one side.',
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
  message({ sender, receiver, send, receive, condition }) {
    const taken = receive.branches.map((b) => said(b.label?.text));
    const list = taken.length <= 1 ? taken[0] ?? 'nothing' : `${taken.slice(0, -1).join(', ')} or ${taken.at(-1)}`;
    return `${sender.role} sends ${said(send.label?.name.text)}, but ${receiver.role} waits for ${list}.${sentence(condition)} Add a branch for it at ${receiver.role}, or send what ${receiver.role} takes.`;
  },
  related({ sender, receiver, send, run }) {
    return [
      { uri: sender.uri, origin: sender.origin, message: `${sender.role} sends ${said(send.label?.name.text)} here` },
      { uri: receiver.uri, origin: receiver.origin, message: `${receiver.role} waits here` },
      ...runRelated(run.steps),
    ];
  },
  run: ({ run }) => run,
  fixes({ sender, receiver, send, receive }, { uri, text }) {
    // Other labels, and what is missing, are looked for in the whole network (mend/).
    const fixes: Fix[] = [];
    const label = send.label?.name.text;
    const later = receiver.process && followers(receiver.process, receive).find((a) => a.kind === 'receive' && a.form === 'single'
      && a.sender.text === sender.role && a.branches[0]?.label?.text === label);
    if (later) fixes.push({ title: `Let ${receiver.role} receive ${said(label)} first`, edits: move(uri, text, later, receive), preferred: true, cost: { doubt: 0.9 } });
    const wanted = sender.process && followers(sender.process, send).find((a) => a.kind === 'send' && a.receiver.text === receiver.role
      && receive.branches.some((b) => b.label?.text === a.label?.name.text));
    if (wanted?.kind === 'send') fixes.push({ title: `Let ${sender.role} send ${said(wanted.label?.name.text)} first`, edits: move(uri, text, wanted, send), preferred: true, cost: { doubt: 0.9 } });
    if (sender.process) fixes.push({ title: `Remove the \`send\` from ${sender.role}`, edits: removal(uri, text, send), cost: { removes: true } });
    if (receiver.process && receive.form === 'single') fixes.push({ title: `Remove this \`receive\` from ${receiver.role}`, edits: removal(uri, text, receive), cost: { removes: true } });
    return fixes;
  },
});
