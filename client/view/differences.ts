// Where a process that is written by hand does something else than its design wants, line by line: what is sent to
// whom, received from whom, under which label, and what is decided. What variables are called, what is computed alone,
// and what values are, is no difference.
import type { RoleProjection } from '../../protocol/projections.js';

export interface Differences {
  /** Lines of the process that the design does not have. */
  readonly written: ReadonlySet<number>;
  /** Lines of the design that the process does not have. */
  readonly wanted: ReadonlySet<number>;
}

const known = new WeakMap<RoleProjection, { readonly design: RoleProjection; readonly found: Differences }>();
const none: Differences = { written: new Set(), wanted: new Set() };
/** Beyond this many lines that differ on each side, comparing takes longer than anybody waits. */
const most = 1500;

/**
 * Compares two printed processes; kept until one of them changes. Cost: the product of the lines between the first and
 * the last that differ
 */
export function differencesOf(process: RoleProjection, design: RoleProjection): Differences {
  const before = known.get(process);
  if (before?.design === design) return before.found;
  const found = process.text === '' ? none : compared(linesOf(process.text), linesOf(design.text));
  known.set(process, { design, found });
  return found;
}

interface Line {
  readonly number: number;
  readonly key: string;
}

/** The lines that count, by what they do. */
function linesOf(text: string): Line[] {
  return text.split('\n').flatMap((line, number) => {
    const key = keyOf(line.trim());
    return key === undefined ? [] : [{ number, key }];
  });
}

function keyOf(line: string): string | undefined {
  const sent = /^send(?<value> .+)? to (?<peer>[^\s:]+)(?:: (?<label>[^\s(]+).*)?$/u.exec(line)?.groups;
  if (sent)
    return `send${sent['value'] === undefined ? '' : ' a value'} to ${sent['peer'] ?? ''}: ${sent['label'] ?? '_'}`;
  const received = /^receive(?<variable> .+)? from (?<peer>[^\s:]+)(?:: (?<label>[^\s(]+).*?)?(?<open> \{)?$/u.exec(
    line,
  )?.groups;
  // Taking one label alone is the same however it is written.
  if (received)
    return received['open'] === undefined
      ? `receive from ${received['peer'] ?? ''}: ${received['label'] ?? '_'}`
      : `receive from ${received['peer'] ?? ''} {`;
  const word = /^(?:\} )?(if|else|match|case|choice|or|while|rec|continue|leave|return)\b/u.exec(line)?.[1];
  if (word !== undefined) return word === 'case' ? line : word;
  const called = /(?:^|= )do ([^\s(]+)\(/u.exec(line)?.[1];
  if (called !== undefined) return `do ${called}`;
  const branch = /^([^\s(]+)(?:\(.*\))? \{(\})?$/u.exec(line);
  return branch && !line.startsWith('process ') ? `${branch[1] ?? ''} {` : undefined;
}

/** The lines that are in no longest common sequence. */
function compared(left: readonly Line[], right: readonly Line[]): Differences {
  let start = 0;
  while (start < left.length && start < right.length && left[start]?.key === right[start]?.key) start++;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left.at(-1 - end)?.key === right.at(-1 - end)?.key)
    end++;
  const [a, b] = [left.slice(start, left.length - end), right.slice(start, right.length - end)];
  if (a.length > most || b.length > most) return none;
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] =
        a[i]?.key === b[j]?.key
          ? (longest[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(longest[(i + 1) * width + j] ?? 0, longest[i * width + j + 1] ?? 0);
    }
  }
  const [written, wanted] = [new Set(a.map(({ number }) => number)), new Set(b.map(({ number }) => number))];
  for (let [i, j] = [0, 0]; i < a.length && j < b.length;) {
    const [own, other] = [a[i], b[j]];
    if (own?.key === other?.key) {
      if (own) written.delete(own.number);
      if (other) wanted.delete(other.number);
      i++;
      j++;
    } else if ((longest[(i + 1) * width + j] ?? 0) >= (longest[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
  return { written, wanted };
}
