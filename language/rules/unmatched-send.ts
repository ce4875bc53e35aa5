// unmatched-send: a message that is never received.
import { actionAt, processOf } from '../edits/find.js';
import { removal } from '../edits/process.js';
import { sentence } from './network-words.js';
import { doesNothing } from './family-words.js';
import { defineRule } from './rule.js';

export const unmatchedSend = defineRule({
  code: 'unmatched-send',
  summary: 'A message is sent that nobody ever receives.',
  explanation:
    'On some run a message is left over: its receiver has ended, or receives nothing more from this sender. In a `sync` network the sender then waits for ever.',
  advice:
    'Add the missing `receive` in the other process, or remove the `send`. The quick fixes offer both, at each place where it helps.',
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
  message({ sender, receiver, what, delivered, takesOthers, condition }) {
    const message = what === 'a message' ? 'a message' : `\`${what}\``;
    const why = takesOthers
      ? `no thread of ${receiver.role} takes it`
      : !receiver.ended
        ? `${receiver.role} receives nothing more from ${sender.role}`
        : receiver.idle
          ? doesNothing(receiver.role)
          : `${receiver.role} has ended by then`;
    const effect = delivered ? 'is never received' : 'is never taken, and the sender waits for ever';
    return `${sender.role} sends ${message} to ${receiver.role}, which ${effect}: ${why}.${sentence(condition)} Let ${receiver.role} receive it, or don’t send it.`;
  },
  related({ sender, receiver, takesOthers }) {
    return [
      { uri: sender.uri, origin: sender.origin, message: `${sender.role} sends here` },
      {
        uri: receiver.uri,
        origin: receiver.origin,
        message: receiver.ended
          ? `${receiver.role} ends without receiving it`
          : takesOthers
            ? `${receiver.role} is here, and takes only other messages from ${sender.role} from here on`
            : `${receiver.role} is here, and receives nothing from ${sender.role} from here on`,
      },
    ];
  },
  // What is missing, or in the wrong place, is looked for in the whole network (mend/).
  fixes({ sender }, context) {
    const process = processOf(context, context.origin, sender);
    const send = process && actionAt(process, sender.origin);
    return process && send
      ? [
          {
            title: `Remove this \`send\` from ${process.name.text}`,
            edits: removal(context.uri, context.text, send),
            cost: { removes: true },
          },
        ]
      : [];
  },
});
