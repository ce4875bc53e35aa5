// What goes on at the same time, one after the other: a fix that several rules have.
import { indentAt } from '../edits/text.js';
import type { Edit, FixContext } from '../edits/fix.js';
import type { TextRange } from '../ir/expression.js';

/** The branches without the words and braces around them, each line further out by what it was further in. */
export function inOrder(
  par: TextRange,
  branches: readonly TextRange[],
  { text, uri }: Pick<FixContext, 'text' | 'uri'>,
): Edit[] {
  const indent = indentAt(text, par.start);
  const bodies = branches.map(({ start, end }) => {
    const lines = text
      .slice(start + 1, end - 1)
      .split('\n')
      .filter((line, i, all) => line.trim() !== '' || (i > 0 && i < all.length - 1));
    const least = Math.min(
      ...lines.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)?.[0].length ?? 0),
    );
    return lines.map((line) => (line.trim() === '' ? '' : indent + line.slice(least).trimEnd()));
  });
  return [{ uri, start: par.start, end: par.end, newText: bodies.flat().join('\n').trimStart() }];
}
