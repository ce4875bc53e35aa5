// unmatched-receive: a receive whose message can't come any more.
import type { Receive } from '../ir/process.js';
import type { Run } from '../network/verdict.js';
import { removal } from './network-edits.js';
import { quotedWait, runRelated, sentence, waitingText, waitsHere } from './network-ends.js';
import type { End, WaitingEnd } from './network-ends.js';
import { defineRule } from './rule.js';

export interface UnmatchedReceiveData {
  readonly receiver: WaitingEnd;
  /** The one that the message should come from. */
  readonly sender: End;
  /** Where the sender waits for the receiver in turn: all who wait in the circle, the receiver first. */
  readonly circle: readonly WaitingEnd[];
  readonly receive: Receive;
  readonly condition: string;
  readonly run: Run;
}

export const unmatchedReceive = defineRule<UnmatchedReceiveData>({
  code: 'unmatched-receive',
  severity: 'error',
  summary: 'A process waits for a message that nobody sends.',
  explanation: 'On some run a process comes to a `receive` whose message can’t come any more: the sender has ended, or sends nothing more to this process. It then waits for ever, and so do those that wait for it; these are not reported again.',
  advice: 'Add the missing `send` in the other process, or remove the `receive`. The quick fixes offer both, at each place where it helps. When the other process sends in one of its branches only, the receiver has to be told which branch was taken.',
  bad: `network Silent {
  process Alice {
    receive reply from Bob
    log(reply)
  }
  process Bob {
    receive greeting: string from Alice
    log(greeting)
    send "hi" to Alice
  }
}
extern log(text: string)
`,
  good: `network Spoken {
  process Alice {
    send "hello" to Bob
    receive reply from Bob
    log(reply)
  }
  process Bob {
    receive greeting: string from Alice
    log(greeting)
    send "hi" to Alice
  }
}
extern log(text: string)
`,
  message({ receiver, sender, circle, condition }) {
    const what = quotedWait(receiver.what, 'receive');
    const empty = sender.process?.body.actions.length === 0;
    const why = sender.action ? `${sender.role} never sends it` : empty ? `${sender.role} does nothing, its process is empty` : `${sender.role} has ended`;
    return `${receiver.role} waits for ${what} from ${sender.role} that can’t come any more: ${why}.${circle.length > 0 ? ` This is a deadlock, as ${circle.slice(1).map(waitingText).join(', ')}.` : ''}${sentence(condition)} Let ${sender.role} send it, or don’t wait for it.`;
  },
  related({ receiver, sender, circle, run }) {
    if (circle.length > 0) {
      const story = circle.map((w, i) => ({ uri: w.uri, origin: w.origin, message: `${i > 0 ? 'and ' : ''}${waitsHere(w)}${i === 1 ? `, and sends nothing to ${receiver.role} from here on` : ''}${i > 0 && i === circle.length - 1 ? ', which closes the circle' : ''}` }));
      return [...story, ...runRelated(run.steps)];
    }
    const where = sender.action ? `${sender.role} is here, and sends nothing to ${receiver.role} from here on` : `${sender.role} ends without sending it`;
    return [
      { uri: receiver.uri, origin: receiver.origin, message: `${receiver.role} waits here` },
      { uri: sender.uri, origin: sender.origin, message: where },
      ...runRelated(run.steps),
    ];
  },
  run: ({ run }) => run,
  // What is missing, or in the wrong place, is looked for in the whole network (mend/).
  fixes: ({ receiver, receive }, { uri, text }) => (receiver.process && receive.form === 'single'
    ? [{ title: `Remove this \`receive\` from ${receiver.role}`, edits: removal(uri, text, receive), cost: { removes: true } }] : []),
});
