// unmatched-receive: a receive whose message can't come any more.
import { actionAt, processOf } from '../edits/find.js';
import { removal } from '../edits/process.js';
import { listed, quotedWait } from '../text/words.js';
import { awaited, sentence, waitingText, waitsHere } from './network-words.js';
import { doesNothing } from './family-words.js';
import { defineRule } from './rule.js';

export const unmatchedReceive = defineRule({
  code: 'unmatched-receive',
  summary: 'A process waits for a message that nobody sends.',
  explanation:
    'On some run a process comes to a `receive` whose message can’t come any more: the sender has ended, or sends nothing more to this process. It then waits for ever, and so do those that wait for it; these are not reported again.',
  advice:
    'Add the missing `send` in the other process, or remove the `receive`. The quick fixes offer both, at each place where it helps. When the other process sends in one of its branches only, the receiver has to be told which branch was taken.',
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
  message({ receiver, sender, circle, condition, run }, at) {
    const what = quotedWait(receiver.what, 'receive');
    const senders = receiver.from ?? [sender.role];
    // There may have been others like it.
    const before = run.steps.some(
      (step) => step.kind === 'send' && step.to === receiver.role && senders.includes(step.role),
    );
    const why = receiver.from
      ? `${listed(receiver.from)} ${before ? 'send it no more' : 'never send it'}`
      : !sender.ended
        ? `${sender.role} ${before ? 'sends it no more' : 'never sends it'}`
        : sender.idle
          ? doesNothing(sender.role)
          : `${sender.role} has ended`;
    return `${receiver.role} waits for ${what} from ${awaited(receiver)} that can’t come any more: ${why}.${
      circle.length > 0
        ? ` This is a deadlock, as ${circle
            .slice(1)
            .map((end) => waitingText(end, at))
            .join(', ')}.`
        : ''
    }${sentence(condition)} Let ${awaited(receiver)} send it, or don’t wait for it.`;
  },
  related({ receiver, sender, others, circle }) {
    if (circle.length > 0) {
      return circle.map((w, i) => ({
        uri: w.uri,
        origin: w.origin,
        message: `${i > 0 ? 'and ' : ''}${waitsHere(w)}${i === 1 ? `, and sends nothing to ${receiver.role} from here on` : ''}${i > 0 && i === circle.length - 1 ? ', which closes the circle' : ''}`,
      }));
    }
    return [
      { uri: receiver.uri, origin: receiver.origin, message: `${receiver.role} waits here` },
      ...[sender, ...others].map((each) => ({
        uri: each.uri,
        origin: each.origin,
        message: each.ended
          ? `${each.role} ends without sending it`
          : `${each.role} is here, and sends nothing to ${receiver.role} from here on`,
      })),
    ];
  },
  // What is missing, or in the wrong place, is looked for in the whole network (mend/).
  fixes({ receiver }, context) {
    const process = processOf(context, context.origin, receiver);
    const receive = process && actionAt(process, receiver.origin);
    return process && receive?.kind === 'receive' && receive.form === 'single'
      ? [
          {
            title: `Remove this \`receive\` from ${process.name.text}`,
            edits: removal(context.uri, context.text, receive),
            cost: { removes: true },
          },
        ]
      : [];
  },
});
