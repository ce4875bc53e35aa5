// payload-mismatch: a message carries another type than its receiver binds, or nothing where something is bound.
import { asWritten } from '../ir/expression.js';
import type { Origin } from '../ir/expression.js';
import type { Receive, ReceiveBranch, Send } from '../ir/process.js';
import type { Run } from '../network/verdict.js';
import { lineText, runRelated } from './network-ends.js';
import type { Line } from './network-ends.js';
import { defineRule } from './rule.js';
import type { Fix } from './rule.js';

/** A place that the message names. */
export interface Named {
  readonly uri: string;
  readonly origin: Origin;
  readonly at: Line;
  readonly written: boolean;
}

interface Side extends Named {
  readonly role: string;
}

export interface PayloadMismatchData {
  readonly sender: Side;
  readonly receiver: Side;
  readonly send: Send;
  readonly branch: ReceiveBranch;
  readonly form: Receive['form'];
  /** What the message carries; undefined for nothing. */
  readonly actual?: string;
  /** What is expected, where that is known. */
  readonly expected?: string;
  /** The other send that the receiver gets its type from. */
  readonly other?: Named;
  /** The run that leads to the message, and to where it is taken. */
  readonly run?: Run;
}

/** What the receiver takes the message for, behind its name: `takes `copies` as an `int`, not a `string``. */
export function takesText({ branch, actual, expected, other }: Pick<PayloadMismatchData, 'branch' | 'actual' | 'expected' | 'other'>): string {
  const name = nameOf(branch);
  if (actual === undefined) return `takes ${name} from a message that carries nothing`;
  return `takes ${name} as ${article(expected ?? '?')}${other ? ' from another `send`' : ''}, not ${article(actual)}`;
}

function nameOf({ variable }: ReceiveBranch): string {
  return variable ? `\`${asWritten(variable).text}\`` : 'a value';
}

function article(type: string): string {
  return `${/^[aeio]/.test(type) ? 'an' : 'a'} \`${type}\``;
}

export const payloadMismatch = defineRule<PayloadMismatchData>({
  code: 'payload-mismatch',
  severity: 'error',
  summary: 'What a message carries is not what its receiver binds.',
  explanation: 'A send and a receive that meet on some run don’t agree on the type of what is sent: the receiver’s annotation says another type, or another send to the same place has another type, or the message carries nothing and the receiver binds a variable. A receiver may leave out the variable; what is carried is then dropped. The error comes with the shortest run that was found up to where the message is sent and its receiver is about to take it; of a message that no run brings there, nothing is said.',
  advice: 'Send what is expected, or change the annotation; where a message carries nothing, leave out the variable or send a value.',
  bad: `network Shop {
  process Buyer {
    send "two" to Seller
  }
  process Seller {
    receive copies: int from Buyer
    order(copies)
  }
}
extern order(copies: int)
`,
  good: `network Shop {
  process Buyer {
    send 2 to Seller
  }
  process Seller {
    receive copies: int from Buyer
    order(copies)
  }
}
extern order(copies: int)
`,
  message({ sender, receiver, branch, actual, expected, other }) {
    const name = nameOf(branch);
    if (actual === undefined) return `${receiver.role} takes ${name} from a message that carries nothing: ${sender.role} sends no value at ${lineText(sender.at)}. Send a value, or leave out ${name}.`;
    const why = other ? `, but at ${lineText(other.at)} it sends ${article(expected ?? '?')} to the same place` : `, but ${receiver.role} takes ${name} as ${article(expected ?? '?')}`;
    return `${sender.role} sends ${article(actual)} at ${lineText(sender.at)}${why}. Send what is expected${other ? ', or use another label' : ', or change the annotation'}.`;
  },
  related({ sender, receiver, actual, other, run }) {
    return [
      { uri: sender.uri, origin: sender.origin, message: `${sender.role} sends ${actual === undefined ? 'no value' : article(actual)} here` },
      { uri: receiver.uri, origin: receiver.origin, message: `${receiver.role} receives it here` },
      ...(other ? [{ uri: other.uri, origin: other.origin, message: `${sender.role} sends another type here` }] : []),
      ...runRelated(run?.steps ?? []),
    ];
  },
  run: ({ run }) => run,
  fixes({ receiver, branch, form, actual }, { uri, text }) {
    const fixes: Fix[] = [];
    const [first, ...more] = branch.types;
    if (receiver.written && actual !== undefined && first && more.length === 0) {
      fixes.push({ title: `Change the annotation to \`${actual}\``, edits: [{ uri, ...first.origin, newText: actual }], cost: { doubt: 4.5 } });
    }
    if (receiver.written && actual === undefined && branch.variable) {
      const end = first ? first.origin.end : branch.variable.origin.end;
      if (form === 'single') fixes.push({ title: `Leave out \`${branch.variable.text}\``, edits: [{ uri, start: branch.variable.origin.start, end: text.indexOf('from', end), newText: '' }] });
      else {
        const close = text.indexOf(')', end) + 1;
        fixes.push({ title: `Leave out \`${branch.variable.text}\``, edits: [{ uri, start: text.lastIndexOf('(', branch.variable.origin.start), end: close, newText: '' }] });
      }
    }
    return fixes;
  },
});
