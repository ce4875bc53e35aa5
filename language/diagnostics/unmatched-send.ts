// unmatched-send: a message that is never received.
import type { Send } from '../ir/process.js';
import type { Run } from '../network/verdict.js';
import { removal } from './network-edits.js';
import { runRelated, sentence } from './network-ends.js';
import type { End } from './network-ends.js';
import { defineRule } from './rule.js';

export interface UnmatchedSendData {
  /** Where the message was sent. */
  readonly sender: End;
  /** Where its receiver is when it can’t be received any more. */
  readonly receiver: End;
  readonly send: Send;
  /** What is sent, in words. */
  readonly what: string;
  /** It was sent and lies in the queue; otherwise the sender waits with it. */
  readonly delivered: boolean;
  readonly condition: string;
  readonly run: Run;
}

export const unmatchedSend = defineRule<UnmatchedSendData>({
  code: 'unmatched-send',
  severity: 'error',
  summary: 'A message is sent that nobody ever receives.',
  explanation: 'On some run a message is left over: its receiver has ended, or receives nothing more from this sender. In a `sync` network the sender then waits for ever.',
  advice: 'Add the missing `receive` in the other process, or remove the `send`. The quick fixes offer both, at each place where it helps.',
  bad: `network Unheard {
  process Alice {
    send "hello" to Bob
    send "anybody?" to Bob
  }
  process Bob {
    receive greeting from Alice
    log(greeting)
  }
}
extern log(text: string)
`,
  good: `network Heard {
  process Alice {
    send "hello" to Bob
    send "anybody?" to Bob
  }
  process Bob {
    receive greeting from Alice
    log(greeting)
    receive question from Alice
    log(question)
  }
}
extern log(text: string)
`,
  message({ sender, receiver, what, delivered, condition }) {
    const message = what === 'a message' ? 'a message' : `\`${what}\``;
    const empty = receiver.process?.body.actions.length === 0;
    const why = receiver.action ? `${receiver.role} receives nothing more from ${sender.role}` : empty ? `${receiver.role} does nothing, its process is empty` : `${receiver.role} has ended by then`;
    const effect = delivered ? 'is never received' : 'is never taken, and the sender waits for ever';
    return `${sender.role} sends ${message} to ${receiver.role}, which ${effect}: ${why}.${sentence(condition)} Let ${receiver.role} receive it, or don’t send it.`;
  },
  related({ sender, receiver, run }) {
    return [
      { uri: sender.uri, origin: sender.origin, message: `${sender.role} sends here` },
      { uri: receiver.uri, origin: receiver.origin, message: receiver.action ? `${receiver.role} is here, and receives nothing from ${sender.role} from here on` : `${receiver.role} ends without receiving it` },
      ...runRelated(run.steps),
    ];
  },
  run: ({ run }) => run,
  // What is missing, or in the wrong place, is looked for in the whole network (mend/).
  fixes: ({ sender, send }, { uri, text }) => (sender.process ? [{ title: `Remove this \`send\` from ${sender.role}`, edits: removal(uri, text, send), cost: { removes: true } }] : []),
});
