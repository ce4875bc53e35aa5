// A unified diff of two texts, by lines.

/**
 * The shortest edit script by the greedy algorithm of Myers (1986), as a unified diff with three lines of context.
 * @returns the empty string where the texts are equal. Cost: the lines times the differences
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const [left, right] = [before, after].map(splitLines) as [string[], string[]];
  const lines = script(left, right);
  const context = 3;
  const hunks: string[] = [];
  for (let i = 0; i < lines.length;) {
    const first = lines.findIndex((line, at) => at >= i && line.sign !== ' ');
    if (first === -1) break;
    let last = first;
    for (let j = first; j < lines.length && j <= last + 2 * context + 1; j++) if (lines[j]?.sign !== ' ') last = j;
    const from = Math.max(i, first - context);
    const to = Math.min(lines.length, last + context + 1);
    hunks.push(hunk(lines, from, to));
    i = to;
  }
  return `--- a/${path}\n+++ b/${path}\n${hunks.join('')}`;
}

interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** Lines with their ends, so that a missing last line end shows. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function hunk(lines: readonly Line[], from: number, to: number): string {
  const startOf = (sign: '-' | '+'): number =>
    lines.slice(0, from).filter((l) => l.sign !== (sign === '-' ? '+' : '-')).length;
  const own = lines.slice(from, to);
  const lengthOf = (sign: '-' | '+'): number => own.filter((l) => l.sign === ' ' || l.sign === sign).length;
  const place = (sign: '-' | '+'): string =>
    `${lengthOf(sign) === 0 ? startOf(sign) : startOf(sign) + 1},${lengthOf(sign)}`;
  const body = own.map((l) => `${l.sign}${l.text}${l.text.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`);
  return `@@ -${place('-')} +${place('+')} @@\n${body.join('')}`;
}

function script(left: readonly string[], right: readonly string[]): Line[] {
  // furthest.get(k): how far in `left` the best path on the diagonal k came; one map for each number of edits, for the
  // way back.
  const rounds: Map<number, number>[] = [];
  let furthest = new Map<number, number>([[1, 0]]);
  for (let edits = 0; edits <= left.length + right.length; edits++) {
    rounds.push(new Map(furthest));
    const next = new Map(furthest);
    for (let k = -edits; k <= edits; k += 2) {
      let x = down(furthest, k, edits) ? (furthest.get(k + 1) ?? 0) : (furthest.get(k - 1) ?? 0) + 1;
      while (x < left.length && x - k < right.length && left[x] === right[x - k]) x++;
      next.set(k, x);
      furthest = next;
      if (x >= left.length && x - k >= right.length) return wayBack(left, right, rounds);
    }
  }
  return [];
}

/** Whether the best way onto diagonal k is an insertion. */
function down(furthest: ReadonlyMap<number, number>, k: number, edits: number): boolean {
  return k === -edits || (k !== edits && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
}

function wayBack(
  left: readonly string[],
  right: readonly string[],
  rounds: readonly ReadonlyMap<number, number>[],
): Line[] {
  const lines: Line[] = [];
  let x = left.length;
  let y = right.length;
  for (let edits = rounds.length - 1; edits >= 0; edits--) {
    const furthest = rounds[edits] as ReadonlyMap<number, number>;
    const k = x - y;
    const inserted = down(furthest, k, edits);
    const previous = inserted ? k + 1 : k - 1;
    const startX = furthest.get(previous) ?? 0;
    const startY = startX - previous;
    for (; x > startX && y > startY && x > 0 && y > 0; y--) lines.push({ sign: ' ', text: left[--x] as string });
    if (edits === 0) break;
    if (inserted) lines.push({ sign: '+', text: right[--y] as string });
    else lines.push({ sign: '-', text: left[--x] as string });
  }
  return lines.reverse();
}
