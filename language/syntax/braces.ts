// Unbalanced braces, put right by the indentation: which `}` is too many, and where one is missing. Text whose braces
// balance is never touched, however it is laid out.

export interface Balance {
  /** The indices of closing braces that close nothing. */
  readonly extra: readonly number[];
  /** Where a closing brace is missing: before which token, and the index of the brace that stays open. In order. */
  readonly missing: readonly { readonly before: number; readonly opener: number }[];
}

/**
 * Balances the braces of one declaration.
 * @param tokens its tokens, without comments
 * @param lineStart the column of a token that is the first on its line, else -1
 * @param indent the column of the first token on a token's line
 */
export function balance(
  tokens: readonly { readonly text: string }[],
  lineStart: (index: number) => number,
  indent: (index: number) => number,
): Balance {
  let surplus = 0;
  let nests = true;
  for (const { text } of tokens) {
    if (text === '{') surplus++;
    else if (text === '}' && --surplus < 0) nests = false;
  }
  const extra: number[] = [];
  const missing: { before: number; opener: number }[] = [];
  if (surplus === 0 && nests) return { extra, missing };
  const open: { index: number; indent: number }[] = [];
  const lineOf = (index: number): string | undefined => {
    let first = index;
    while (first > 0 && lineStart(first) < 0) first--;
    return tokens[first]?.text;
  };
  /** Whether an `else` as far in as the line of the innermost block may stand in that. */
  const hasElse = (): boolean => lineOf(open.at(-1)?.index ?? 0) === 'match';
  tokens.forEach(({ text }, index) => {
    const column = lineStart(index);
    if (column >= 0 && text !== '{') {
      // What goes on with a block may stand one further in, behind where its `}` was.
      const slack = Number(continuing.has(text) && top(open) === column - 1);
      const ends = (): boolean =>
        text === '}' || (text === 'else' && hasElse()) ? top(open) > column : top(open) >= column - slack;
      // A block ends where a line is indented no deeper than the line that opens it.
      while (surplus > 0 && open.length > 1 && ends()) {
        missing.push({ before: index, opener: open.pop()?.index ?? 0 });
        surplus--;
      }
    }
    if (text === '{') open.push({ index, indent: indent(index) });
    if (text !== '}') return;
    if (open.length === 0 || (surplus < 0 && column > top(open))) {
      extra.push(index);
      surplus++;
    } else open.pop();
  });
  for (const { index } of open.reverse()) missing.push({ before: tokens.length, opener: index });
  return { extra, missing };
}

/** What stands behind the `}` of a block, and begins another one of the same statement. */
const continuing: ReadonlySet<string> = new Set(['else', 'or', 'and']);

function top(open: readonly { indent: number }[]): number {
  return open.at(-1)?.indent ?? -1;
}
