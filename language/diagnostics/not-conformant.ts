// not-conformant: a process of a network that implements a choreography does not do what its projection does.
import type { Origin } from '../ir/expression.js';
import type { Process } from '../ir/process.js';
import type { Run } from '../network/verdict.js';
import { printProcess } from '../projection/print.js';
import { listed } from './network-ends.js';
import { rewritten } from './rewrite.js';
import { defineRule } from './rule.js';
import type { Finding, Fix } from './rule.js';

/** A process that differs from its projection. */
export interface Differing {
  readonly process: Process;
  readonly designed: Process;
}

export interface NotConformantData extends Differing {
  readonly role: string;
  readonly choreography: string;
  /** All processes of the network that differ, this one too. */
  readonly all: readonly Differing[];
  /** What it does before it differs. */
  readonly before: Run;
  readonly actual: string;
  readonly expected: string;
  /** Where the choreography says so. */
  readonly design: { readonly uri: string; readonly origin: Origin };
}

/** The last steps before the difference: `sends x to Bob, then receives y from Bob`. */
export function afterText({ steps }: Run): string {
  const last = steps.slice(-3).map((step) => step.text.slice(step.role.length + 1));
  return `${steps.length > last.length ? '…, then ' : ''}${last.join(', then ')}`;
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
    const when = before.steps.length > 0 ? `After it ${afterText(before)}, ${role} ${actual}` : `${role} first ${actual}`;
    return `${role} does not do what \`${choreography}\` says. ${when}, where the choreography has it that ${role} ${expected}. Take the projection’s code, or change the choreography.`;
  },
  related: ({ role, expected, design }) => [{ ...design, message: `here ${role} ${expected}` }],
  run: ({ before }) => before,
  fixes({ process, designed, all }, { uri, text }) {
    const own = takeProjection(uri, text, [{ process, designed }]);
    if (all.length === 1) return [{ ...own, preferred: true }];
    return [own, { ...takeProjection(uri, text, all), preferred: true }];
  },
});

/** An error of a network that implements a choreography, with one fix more: processes that differ from their projections take their code. */
export function orProjection(finding: Finding, all: readonly Differing[]): Finding {
  if (all.length === 0) return finding;
  return { ...finding, candidates: (context) => [...finding.candidates(context), { ...takeProjection(context.uri, context.text, all), cost: { doubt: 7 } }] };
}

/** Gives processes the code of their projections. */
export function takeProjection(uri: string, text: string, all: readonly Differing[]): Fix {
  return {
    title: `Take the projection’s code for ${listed(all.map((d) => d.process.name.text))}`,
    edits: all.flatMap(({ process, designed }) => rewritten(uri, text, process.origin, printProcess(designed).text.trim())),
  };
}
