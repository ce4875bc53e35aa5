// Results of networks that are kept: where the text only moved, or was only laid out anew, their places go along.
import { relocated } from '../../findings/relocate.js';
import type { TextRange } from '../../ir/expression.js';
import type { Part } from './fingerprint.js';
import type { NetworkResult } from './verdict.js';

type KeptPart = Pick<Part, 'uri' | 'origin' | 'tokens'>;

export interface Kept {
  readonly parts: readonly KeptPart[];
  readonly result: NetworkResult;
}

/**
 * What is kept of a result.
 * @param parts what it depends on, where it stood when the result was made
 * @returns undefined where the result tells of a place that is in none of the parts
 */
export function keep(result: NetworkResult, parts: readonly Part[]): Kept | undefined {
  const kept = { result, parts: parts.map(({ uri, origin, tokens }) => ({ uri, origin, tokens })) };
  return moved(kept, parts) && kept;
}

/**
 * A result where its parts stand now.
 * @returns undefined where it tells of a place that can't be told any more. Cost: linear in the result
 */
export function moved({ parts: old, result }: Kept, parts: readonly Part[]): NetworkResult | undefined {
  let lost = false;
  const now = relocated(result, '', (uri, origin) => {
    const there = movedOrigin(old, parts, uri, origin);
    lost ||= !there;
    return there ?? origin;
  });
  return lost ? undefined : now;
}

/** Where a range of an old part is now; undefined where it is in none, or ends within what is no token. */
function movedOrigin(
  old: readonly KeptPart[],
  parts: readonly Part[],
  uri: string,
  origin: TextRange,
): TextRange | undefined {
  const index = old.findIndex(
    (part) => part.uri === uri && part.origin.start <= origin.start && origin.end <= part.origin.end,
  );
  const [from, to] = [old[index], parts[index]];
  if (!from || !to) return undefined;
  if (from.tokens.length === 0)
    return {
      start: origin.start - from.origin.start + to.origin.start,
      end: origin.end - from.origin.start + to.origin.start,
    };
  const start = movedStart(from, to, origin.start - from.origin.start);
  const end = origin.end === origin.start ? start : movedEnd(from, to, origin.end - from.origin.start);
  return start === undefined || end === undefined
    ? undefined
    : { start: start + to.origin.start, end: end + to.origin.start };
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
  return offset < (from.tokens[2 * token + 1] ?? 0)
    ? offset + (to.tokens[2 * token] ?? 0) - (from.tokens[2 * token] ?? 0)
    : undefined;
}

function movedEnd(from: KeptPart, to: Part, offset: number): number | undefined {
  const token = tokenAt(from.tokens, offset - 1);
  return offset <= (from.tokens[2 * token + 1] ?? 0)
    ? offset + (to.tokens[2 * token] ?? 0) - (from.tokens[2 * token] ?? 0)
    : undefined;
}
