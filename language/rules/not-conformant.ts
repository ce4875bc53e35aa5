// not-conformant: a process of a network that implements a choreography does not do what its projection does.
import { designedProcesses, networkAt } from '../edits/find.js';
import type { Fix, FixContext } from '../edits/fix.js';
import { rewritten } from '../edits/rewrite.js';
import type { Finding } from '../findings/finding.js';
import type { Run } from '../findings/run.js';
import type { TextRange } from '../ir/expression.js';
import type { Process } from '../ir/process.js';
import { printProcess } from '../projection/print.js';
import { listed } from '../text/words.js';
import { defineRule } from './rule.js';

/** The last steps before the difference: `sends x to Bob, then receives y from Bob`. */
export function afterText({ steps }: Run): string {
  const last = steps.slice(-3).map((step) => step.text.slice(step.role.length + 1));
  return `${steps.length > last.length ? '…, then ' : ''}${last.join(', then ')}`;
}

export const notConformant = defineRule({
  code: 'not-conformant',
  summary: 'A process does not do what the choreography says of its role.',
  explanation:
    'A network that `implements` a choreography is compared with it, process by process: what each sends and receives, in which order, whatever it computes in between. It may send fewer of the choices that it has, and receive more. This one does something that the choreography does not have, or refuses what it has; the message tells the shortest run after which they differ. Where everything still works together with the other roles as they are designed, `reordered-but-safe` says so instead.',
  advice:
    'The quick fix takes the code of the projection for this process. Otherwise change the process at the place that is shown, or the choreography.',
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
  message({ role, choreography, run: before, actual, expected }) {
    const when =
      before.steps.length > 0 ? `After it ${afterText(before)}, ${role} ${actual}` : `${role} first ${actual}`;
    return `${role} does not do what \`${choreography}\` says. ${when}, where the choreography has it that ${role} ${expected}. Take the projection’s code, or change the choreography.`;
  },
  related: ({ role, expected, design }) => [{ ...design, message: `here ${role} ${expected}` }],
  fixes({ role, differing }, context) {
    const all = designsOf(context, context.origin, differing);
    const own = takeProjection(
      context.uri,
      context.text,
      all.filter(({ process }) => process.name.text === role),
    );
    if (all.length <= 1) return [{ ...own, preferred: true }];
    return [own, { ...takeProjection(context.uri, context.text, all), preferred: true }];
  },
});

/** A process, and what it is designed to be. */
interface Designed {
  readonly process: Process;
  readonly designed: Process;
}

/** The processes of some roles in the network around a place, with their projections. */
function designsOf(context: FixContext, place: TextRange, roles: readonly string[]): Designed[] {
  const network = networkAt(context, place);
  if (!network) return [];
  const designs = designedProcesses(context, network);
  return roles.flatMap((role): Designed[] => {
    const process = network.processes.find((p) => p.name.text === role);
    const designed = designs.find((p) => p.name.text === role);
    return process && designed ? [{ process, designed }] : [];
  });
}

/**
 * For an error of a network that implements a choreography, one fix more: processes that differ from their projections
 * take their code.
 */
export function orProjection({ args, origin }: Finding, context: FixContext): readonly Fix[] {
  if (!('differing' in args) || 'design' in args || !args.differing) return [];
  const all = designsOf(context, origin, args.differing);
  return all.length === 0 ? [] : [{ ...takeProjection(context.uri, context.text, all), cost: { doubt: 7 } }];
}

/** Gives processes the code of their projections. */
export function takeProjection(uri: string, text: string, all: readonly Designed[]): Fix {
  return {
    title: `Take the projection’s code for ${listed(all.map((d) => d.process.name.text))}`,
    edits: all.flatMap(({ process, designed }) =>
      rewritten(uri, text, process.origin, printProcess(designed).text.trim()),
    ),
  };
}
