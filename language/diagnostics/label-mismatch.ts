// label-mismatch: the next message is none that its receiver takes.
import type { Receive, Send } from '../ir/process.js';
import type { Run } from '../network/verdict.js';
import { writeName } from '../syntax/names.js';
import type { Scope } from '../scoping/scope.js';
import { missingReceives, missingSends } from './counterparts.js';
import { followers, indentAt, move, removal } from './network-edits.js';
import { runRelated, sentence } from './network-ends.js';
import type { End } from './network-ends.js';
import { defineRule } from './rule.js';
import type { Edit, Fix } from './rule.js';

export interface LabelMismatchData {
  readonly sender: End;
  readonly receiver: End;
  readonly send: Send;
  readonly receive: Receive;
  /** What the choreography lets the sender send to the receiver. */
  readonly designed: readonly Send[];
  readonly scope: Scope;
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
  fixes({ sender, receiver, send, receive, designed, scope }, { uri, text }) {
    const fixes: Fix[] = [];
    const label = send.label?.name.text;
    const close = receive.origins[0]?.end;
    if (receiver.process && receive.form === 'branching' && close !== undefined) {
      const binder = send.value?.kind === 'name' ? `(${writeName(send.value.name.text)})` : send.value ? '(value)' : '';
      for (const head of new Set([`${label ? writeName(label) : '_'}${binder}`, label ? writeName(label) : '_'])) {
        fixes.push({ title: `Add the branch \`${head}\` to ${receiver.role}`, edits: [branch(uri, text, receive, head, close)] });
      }
    }
    if (sender.process) {
      for (const { label: wanted } of receive.branches) {
        fixes.push({ title: wanted ? `Send \`${wanted.text}\` instead` : 'Send it without a label', edits: [relabelled(uri, text, send, wanted?.text)] });
      }
    }
    if (receiver.process) {
      for (const b of receive.branches) {
        const edits = renamed(uri, text, receive, b, label);
        if (edits) fixes.push({ title: label ? `Wait for \`${label}\` instead${b.label && receive.branches.length > 1 ? ` of \`${b.label.text}\`` : ''}` : 'Wait for a message without a label instead', edits });
      }
    }
    const later = receiver.process && followers(receiver.process, receive).find((a) => a.kind === 'receive' && a.form === 'single'
      && a.sender.text === sender.role && a.branches[0]?.label?.text === label);
    if (later) fixes.push({ title: `Let ${receiver.role} receive ${said(label)} first`, edits: move(uri, text, later, receive) });
    const wanted = sender.process && followers(sender.process, send).find((a) => a.kind === 'send' && a.receiver.text === receiver.role
      && receive.branches.some((b) => b.label?.text === a.label?.name.text));
    if (wanted?.kind === 'send') fixes.push({ title: `Let ${sender.role} send ${said(wanted.label?.name.text)} first`, edits: move(uri, text, wanted, send) });
    if (receiver.uri === uri) fixes.push(...missingReceives(receiver, sender, send, text));
    if (sender.uri === uri) fixes.push(...missingSends(sender, receiver, receive, designed, scope, text));
    if (sender.process) fixes.push({ title: `Remove the \`send\` from ${sender.role}`, edits: removal(uri, text, send) });
    if (receiver.process && receive.form === 'single') fixes.push({ title: `Remove this \`receive\` from ${receiver.role}`, edits: removal(uri, text, receive) });
    return fixes;
  },
});

/** A new last branch. */
function branch(uri: string, text: string, receive: Receive, head: string, close: number): Edit {
  const last = receive.branches.at(-1)?.origins[0];
  if (last) {
    const multiline = text.slice(last.end, close).includes('\n');
    return { uri, start: last.end, end: last.end, newText: multiline ? `\n${indentAt(text, last.start)}${head} { }` : ` ${head} { }` };
  }
  return { uri, start: close - 1, end: close - 1, newText: `${head} { } ` };
}

function relabelled(uri: string, text: string, send: Send, wanted: string | undefined): Edit {
  const own = send.origins[0] ?? { start: 0, end: 0 };
  if (!send.label) return { uri, start: own.end, end: own.end, newText: `: ${writeName(wanted ?? '')}` };
  if (wanted) return { uri, ...send.label.name.origin, newText: writeName(wanted) };
  const colon = text.lastIndexOf(':', send.label.origin.start);
  return { uri, start: colon, end: send.label.origin.end, newText: '' };
}

function renamed(uri: string, text: string, receive: Receive, b: Receive['branches'][number], label: string | undefined): Edit[] | undefined {
  const own = b.origins[0];
  if (!own) return undefined;
  if (receive.form === 'branching') {
    const at = b.label?.origin ?? { start: own.start, end: own.start + 1 };
    return [{ uri, ...at, newText: label ? writeName(label) : '_' }];
  }
  if (b.label && label) return [{ uri, ...b.label.origin, newText: writeName(label) }];
  if (label) return [{ uri, start: own.end, end: own.end, newText: `: ${writeName(label)}` }];
  if (!b.label) return undefined;
  return [{ uri, start: text.lastIndexOf(':', b.label.origin.start), end: own.end, newText: '' }];
}
