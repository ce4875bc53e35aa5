// Results of networks that are kept: where the text only moved, or was only laid out anew, their places and the lines that
// their messages name go along.
import type { Finding, Fix, FixContext } from '../diagnostics/rule.js';
import type { Origin } from '../ir/expression.js';
import { tokenLines } from './parts.js';
import type { Part } from './parts.js';
import type { NetworkResult, Verdict } from './verdict.js';

/** A finding without its candidates for fixes, which hold on to all that they were made from. It is plain data. */
export type PlainFinding = Omit<Finding, 'candidates'>;

export interface PlainResult {
  readonly verdict: Verdict;
  readonly findings: readonly PlainFinding[];
}

/** A result as plain data, that can be kept and sent. */
export function plainResult({ verdict, findings }: NetworkResult): PlainResult {
  return { verdict, findings: findings.map(({ candidates: _, ...finding }) => finding) };
}

interface KeptPart {
  readonly uri: string;
  readonly origin: Origin;
  readonly tokens: Int32Array;
  /** Where messages name lines: the lines of the tokens. */
  readonly lines: Int32Array;
}

export interface Kept {
  readonly parts: readonly KeptPart[];
  readonly result: PlainResult;
  readonly quotes: boolean;
}

const quoted = /\bline (\d+)/g;

/**
 * What is kept of a result.
 * @param parts what it depends on, where it stood when the result was made
 * @returns undefined where the result tells of a place that is in none of the parts, or names lines that can't be told from the user's words
 */
export function keep(result: PlainResult, parts: readonly Part[]): Kept | undefined {
  let quotes = false;
  relocated(result, { place: (_, origin) => origin, text: (text) => {
    quotes ||= /\bline \d/.test(text);
    return text;
  } });
  // A line that the user's own text speaks of would be moved as well.
  if (quotes && parts.some(({ scope, origin, tokens }) => tokens.length > 0 && /\bline \d/.test(scope.file.text.slice(origin.start, origin.end)))) return undefined;
  const kept = {
    quotes, result,
    parts: parts.map((part) => ({ uri: part.uri, origin: part.origin, tokens: part.tokens, lines: quotes ? tokenLines(part) : new Int32Array() })),
  };
  let lost = false;
  relocated(result, { text: (text) => text, place: (uri, origin) => {
    lost ||= !movedOrigin(kept.parts, parts, uri, origin);
    return origin;
  } });
  return lost ? undefined : kept;
}

/**
 * A result where its parts stand now.
 * @param explore computes it anew, for the candidates for fixes, which are seldom asked for
 * @returns undefined where a message names a line that can't be told any more
 */
export function moved({ parts: old, result, quotes }: Kept, parts: readonly Part[], explore: () => NetworkResult): NetworkResult | undefined {
  const lines = quotes ? movedLines(old, parts) : undefined;
  let lost = false;
  const { verdict, findings } = relocated(result, {
    place(uri, origin) {
      const there = movedOrigin(old, parts, uri, origin);
      lost ||= !there;
      return there ?? origin;
    },
    text: (text) => (lines ? text.replace(quoted, (all, line: string) => {
      const now = lines.get(Number(line));
      lost ||= now === undefined;
      return now === undefined ? all : `line ${now}`;
    }) : text),
  });
  if (lost) return undefined;
  let fresh: NetworkResult | undefined;
  const candidatesOf = (finding: PlainFinding, context: FixContext): readonly Fix[] => {
    fresh ??= explore();
    return fresh.findings.find((f) => f.code === finding.code && f.message === finding.message && f.origin.start === finding.origin.start)?.candidates(context) ?? [];
  };
  return { verdict, findings: findings.map((finding) => ({ ...finding, candidates: (context) => candidatesOf(finding, context) })) };
}

/** Plain data with each place (what has a `uri` and an `origin`) and each text in it taken anew. Cost: linear in the data */
function relocated<T>(data: T, anew: { place(uri: string, origin: Origin): Origin; text(text: string): string }): T {
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return anew.text(value);
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    const result: Record<string, unknown> = {};
    const { uri, origin } = value as { uri?: unknown; origin?: Origin };
    for (const [key, item] of Object.entries(value)) result[key] = key === 'uri' ? item : visit(item);
    if (typeof uri === 'string' && origin) result['origin'] = anew.place(uri, origin);
    return result;
  };
  // The same shape comes out as went in.
  return visit(data) as T;
}

/** What old lines are now; a line that is several now is left out. Undefined where nothing is another line. */
function movedLines(old: readonly KeptPart[], parts: readonly Part[]): ReadonlyMap<number, number> | undefined {
  const now = new Map<number, number>();
  const torn = new Set<number>();
  let changed = false;
  old.forEach(({ lines }, index) => {
    const part = parts[index];
    const there = part ? tokenLines(part) : new Int32Array();
    lines.forEach((line, i) => {
      // The first token of a line is the one that the line was named for, as a rule; that of another file may be in its way.
      if (i > 0 && lines[i - 1] === line) {
        if (there[i] !== there[i - 1]) torn.add(line);
        return;
      }
      const moved = there[i] ?? line;
      changed ||= moved !== line;
      if (now.has(line) && now.get(line) !== moved) torn.add(line);
      now.set(line, moved);
    });
  });
  for (const line of torn) now.delete(line);
  return changed || torn.size > 0 ? now : undefined;
}

/** Where a range of an old part is now; undefined where it is in none, or ends within what is no token. */
function movedOrigin(old: readonly KeptPart[], parts: readonly Part[], uri: string, origin: Origin): Origin | undefined {
  const index = old.findIndex((part) => part.uri === uri && part.origin.start <= origin.start && origin.end <= part.origin.end);
  const [from, to] = [old[index], parts[index]];
  if (!from || !to) return undefined;
  if (from.tokens.length === 0) return { start: origin.start - from.origin.start + to.origin.start, end: origin.end - from.origin.start + to.origin.start };
  const start = movedStart(from, to, origin.start - from.origin.start);
  const end = origin.end === origin.start ? start : movedEnd(from, to, origin.end - from.origin.start);
  return start === undefined || end === undefined ? undefined : { start: start + to.origin.start, end: end + to.origin.start };
}

/** The last token that starts at or before an offset. Cost: logarithmic in the tokens */
function tokenAt(tokens: Int32Array, offset: number): number {
  let [low, high] = [0, tokens.length / 2];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((tokens[2 * middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

function movedStart(from: KeptPart, to: Part, offset: number): number | undefined {
  const token = tokenAt(from.tokens, offset);
  return offset < (from.tokens[2 * token + 1] ?? 0) ? offset + (to.tokens[2 * token] ?? 0) - (from.tokens[2 * token] ?? 0) : undefined;
}

function movedEnd(from: KeptPart, to: Part, offset: number): number | undefined {
  const token = tokenAt(from.tokens, offset - 1);
  return offset <= (from.tokens[2 * token + 1] ?? 0) ? offset + (to.tokens[2 * token] ?? 0) - (from.tokens[2 * token] ?? 0) : undefined;
}
