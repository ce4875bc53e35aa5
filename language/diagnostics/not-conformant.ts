// not-conformant: a process of a network that implements a choreography does not do what its projection does.
import type { Origin } from '../ir/expression.js';
import type { Process } from '../ir/process.js';
import { printProcess } from '../projection/print.js';
import { indentAt } from './network-edits.js';
import { defineRule } from './rule.js';
import type { Edit } from './rule.js';

export interface NotConformantData {
  readonly role: string;
  readonly choreography: string;
  readonly process: Process;
  /** The projection. */
  readonly designed: Process;
  /** What it does before it differs, in words. */
  readonly before: readonly string[];
  readonly actual: string;
  readonly expected: string;
  /** Where the choreography says so. */
  readonly design: { readonly uri: string; readonly origin: Origin };
}

/** The last steps before the difference: `sends x to Bob, then receives y from Bob`. */
export function afterText(before: readonly string[]): string {
  const last = before.slice(-3);
  return `${before.length > last.length ? '…, then ' : ''}${last.join(', then ')}`;
}

export const notConformant = defineRule<NotConformantData>({
  code: 'not-conformant',
  severity: 'error',
  summary: 'A process does not do what the choreography says of its role.',
  explanation: 'A network that `implements` a choreography is compared with it, process by process: what each sends and receives, in which order, whatever it computes in between. It may send fewer of the choices that it has, and receive more. This one does something that the choreography does not have, or refuses what it has; the message tells the shortest run after which they differ. Where everything still works together with the other roles as they are designed, `reordered-but-safe` says so instead.',
  advice: 'The quick fix takes the code of the projection for this process. Otherwise change the process at the place that is shown, or the choreography.',
  bad: `choreography Greeting(Alice, Bob) {
  Alice."hello" -> Bob.greeting
  Bob.greeting -> Alice.reply
}

network Polite implements Greeting {
  process Alice {
    send "hello" to Bob
    send "how are you?" to Bob
    receive reply from Bob
  }
  process Bob {
    receive greeting from Alice
    receive question from Alice
    send greeting to Alice
  }
}
`,
  good: `choreography Greeting(Alice, Bob) {
  Alice."hello" -> Bob.greeting
  Bob.greeting -> Alice.reply
}

network Polite implements Greeting {
  process Alice {
    send "hello" to Bob
    receive reply from Bob
  }
  process Bob {
    receive greeting from Alice
    send greeting to Alice
  }
}
`,
  message({ role, choreography, before, actual, expected }) {
    const when = before.length > 0 ? `After it ${afterText(before)}, ${role} ${actual}` : `${role} first ${actual}`;
    return `${role} does not do what \`${choreography}\` says. ${when}, where the choreography has it that ${role} ${expected}. Take the projection’s code, or change the choreography.`;
  },
  related: ({ role, expected, design }) => [{ ...design, message: `here ${role} ${expected}` }],
  fixes: ({ role, process, designed }, { uri, text }) => [
    { title: `Take the projection’s code for ${role}`, edits: rewritten(uri, text, process.origin, printProcess(designed).text), preferred: true },
  ],
});

/** Replaces a process by another, leaving alone the lines that are the same at its start and end. */
function rewritten(uri: string, text: string, origin: Origin, code: string): Edit[] {
  const indent = indentAt(text, origin.start);
  const wanted = code.trim().split('\n').map((line, i) => (i === 0 || line === '' ? line : indent + line));
  const present = text.slice(origin.start, origin.end).split('\n');
  let head = 0;
  while (head < Math.min(wanted.length, present.length) - 1 && wanted[head] === present[head]) head++;
  let tail = 0;
  while (tail < Math.min(wanted.length, present.length) - head - 1 && wanted.at(-1 - tail) === present.at(-1 - tail)) tail++;
  const offset = (line: number): number => origin.start + present.slice(0, line).reduce((sum, l) => sum + l.length + 1, 0);
  const start = offset(head);
  const last = present.length - tail;
  const end = Math.min(origin.end, offset(last) - 1);
  if (end < start) return [{ uri, start, end: start, newText: `${wanted.slice(head, wanted.length - tail).join('\n')}\n` }];
  return [{ uri, start, end, newText: wanted.slice(head, wanted.length - tail).join('\n') }];
}
