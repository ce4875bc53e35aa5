// not-conformant: a process of a network that implements a choreography does not do what its projection does.
import type { Origin } from '../ir/expression.js';
import type { Process } from '../ir/process.js';
import type { Run } from '../network/verdict.js';
import { printProcess } from '../projection/print.js';
import { indentAt } from './network-edits.js';
import { listed } from './network-ends.js';
import { defineRule } from './rule.js';
import type { Edit } from './rule.js';

export interface NotConformantData {
  readonly role: string;
  readonly choreography: string;
  readonly process: Process;
  /** The projection. */
  readonly designed: Process;
  /** All processes of the network that differ, this one too. */
  readonly all: readonly { readonly process: Process; readonly designed: Process }[];
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
  fixes({ role, process, designed, all }, { uri, text }) {
    const take = (from: { process: Process; designed: Process }): Edit[] => rewritten(uri, text, from.process.origin, printProcess(from.designed).text);
    const own = { title: `Take the projection’s code for ${role}`, edits: take({ process, designed }), preferred: all.length === 1 };
    if (all.length === 1) return [own];
    return [own, { title: `Take the projection’s code for ${listed(all.map((d) => d.process.name.text))}`, edits: all.flatMap(take), preferred: true }];
  },
});

/** Rewrites a process line by line: lines that are the same stay, and so do comments. */
function rewritten(uri: string, text: string, origin: Origin, code: string): Edit[] {
  const indent = indentAt(text, origin.start);
  const wanted = code.trim().split('\n').map((line, i) => (i === 0 || line === '' ? line : indent + line));
  const starts: number[] = [origin.start];
  for (let at = text.indexOf('\n', origin.start); at !== -1 && at < origin.end; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const present = starts.map((start, i) => text.slice(start, starts[i + 1] ?? origin.end + 1));
  const bare = (line: string): string => line.trim().replace(/\s*\/\/.*$/, '');
  const kept = common(present.map(bare), wanted.map(bare));
  const edits: Edit[] = [];
  let own = 0;
  let other = 0;
  for (const [i, j] of [...kept, [present.length, wanted.length] as const]) {
    const added = wanted.slice(other, j).map((line) => `${line}\n`).join('');
    const dropped = present.flatMap((line, k) => (k >= own && k < i && bare(line) !== '' ? [k] : []));
    const at = dropped[0] ?? i;
    const start = starts[at] ?? origin.end;
    if (added || dropped.length > 0) edits.push({ uri, start, end: dropped.length > 0 ? start + (present[at]?.length ?? 0) : start, newText: added });
    for (const k of dropped.slice(1)) edits.push({ uri, start: starts[k] ?? start, end: (starts[k] ?? start) + (present[k]?.length ?? 0), newText: '' });
    own = i + 1;
    other = j + 1;
  }
  return edits;
}

/** The longest common subsequence of lines that are not empty, as pairs of places. */
function common(left: readonly string[], right: readonly string[]): [number, number][] {
  const best: number[][] = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  const at = (i: number, j: number): number => best[i]?.[j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const same = left[i] === right[j] && left[i] !== '';
      (best[i] as number[])[j] = Math.max(same ? at(i + 1, j + 1) + 1 : 0, at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (left[i] === right[j] && left[i] !== '' && at(i, j) === at(i + 1, j + 1) + 1) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
