// payload-mismatch: a message carries another type than its receiver binds, or nothing where something is bound.
import { originOfTarget } from '../ir/target.js';
import { printTarget } from '../syntax/print.js';
import { actionAt, processOf } from '../edits/find.js';
import type { Fix } from '../edits/fix.js';
import { article } from '../text/words.js';
import { defineRule } from './rule.js';

function nameOf(variable: string | undefined): string {
  return variable === undefined ? 'a value' : `\`${variable}\``;
}

export const payloadMismatch = defineRule({
  code: 'payload-mismatch',
  summary: 'What a message carries is not what its receiver binds.',
  explanation:
    'A send and a receive that meet on some run don’t agree on the type of what is sent: the receiver’s annotation says another type, or another send to the same place has another type, or the message carries nothing and the receiver binds a variable. A receiver may leave out the variable; what is carried is then dropped. The error comes with the shortest run that was found up to where the message is sent and its receiver is about to take it; of a message that no run brings there, nothing is said.',
  advice:
    'Send what is expected, or change the annotation; where a message carries nothing, leave out the variable or send a value.',
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
  message({ sender, receiver, variable, actual, expected, other }, { line }) {
    const name = nameOf(variable);
    if (actual === undefined)
      return `${receiver.role} takes ${name} from a message that carries nothing: ${sender.role} sends no value at ${line(sender)}. Send a value, or leave out ${name}.`;
    const why = other
      ? `, but at ${line(other)} it sends ${article(expected ?? '?')} to the same place`
      : `, but ${receiver.role} takes ${name} as ${article(expected ?? '?')}`;
    return `${sender.role} sends ${article(actual)} at ${line(sender)}${why}. Send what is expected${other ? ', or use another label' : ', or change the annotation'}.`;
  },
  related({ sender, receiver, actual, other }) {
    return [
      {
        uri: sender.uri,
        origin: sender.origin,
        message: `${sender.role} sends ${actual === undefined ? 'no value' : article(actual)} here`,
      },
      { uri: receiver.uri, origin: receiver.origin, message: `${receiver.role} receives it here` },
      ...(other ? [{ uri: other.uri, origin: other.origin, message: `${sender.role} sends another type here` }] : []),
    ];
  },
  fixes({ receiver, branch: index, actual }, context) {
    const { uri, text } = context;
    const process = processOf(context, context.origin, receiver);
    const receive = process && actionAt(process, receiver.origin);
    const branch = receive?.kind === 'receive' ? receive.branches[index] : undefined;
    if (receive?.kind !== 'receive' || !branch) return [];
    const fixes: Fix[] = [];
    const [first, ...more] = branch.types;
    const [last] = more.slice(-1);
    // The types of a tuple stand in brackets; those beside the parts are not changed at once.
    const annotation =
      first && last
        ? branch.into?.kind === 'variable'
          ? { start: text.lastIndexOf('(', first.origin.start), end: text.indexOf(')', last.origin.end) + 1 }
          : undefined
        : first?.origin;
    if (actual !== undefined && annotation)
      fixes.push({
        title: `Change the annotation to \`${actual}\``,
        edits: [{ uri, ...annotation, newText: actual }],
        cost: { doubt: 4.5 },
      });
    if (actual === undefined && branch.into) {
      const [own, taken] = [originOfTarget(branch.into), printTarget(branch.into)];
      const end = branch.types.at(-1)?.origin.end ?? own.end;
      if (receive.form === 'single')
        fixes.push({
          title: `Leave out \`${taken}\``,
          edits: [{ uri, start: own.start, end: text.indexOf('from', end), newText: '' }],
        });
      else {
        const close = text.indexOf(')', end) + 1;
        fixes.push({
          title: `Leave out \`${taken}\``,
          edits: [{ uri, start: text.indexOf('(', branch.origins[0]?.start ?? own.start), end: close, newText: '' }],
        });
      }
    }
    return fixes;
  },
});
