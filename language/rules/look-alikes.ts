// What messages say of names that look alike, and the fixes that write both with the same letters.
import type { TextRange } from '../ir/expression.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import { isPlainer, looksLike, partingOf } from '../syntax/look-alike.js';
import { mayMention, writeName } from '../syntax/names.js';
import type { Edit, Fix, FixContext } from '../edits/fix.js';

/** Two names that look the same are meant to be the same. */
const certain = { doubt: 0 };

/** Of the names that could be meant, the one that looks just like the one that stands there. */
export function alikeOf(name: string, similar: readonly string[]): string | undefined {
  return similar.find((other) => looksLike(name, other));
}

/** A sentence on two names that look alike, with a blank before it. */
export function sayAlike(name: string, other: string): string {
  const { left, right } = partingOf(name, other);
  return ` There is \`${other}\`, which looks the same, but is written with ${right} where this has ${left}.`;
}

/**
 * The fix that writes a name, wherever it stands, as one that looks like it.
 * @param is tells the symbol that has the name now
 */
export function writeAlike(
  context: FixContext,
  name: string,
  other: string,
  is: (symbol: ChorSymbol) => boolean,
): Fix[] {
  const { workspace, uri } = context;
  const id = workspace.analyze(uri)?.occurrences.find(({ symbol }) => symbol.name === other && is(symbol))?.symbol.id;
  if (id === undefined) return [];
  const edits = workspace.uris().flatMap((file): Edit[] => {
    if (!mayMention(workspace.text(file) ?? '', other)) return [];
    const found = workspace.analyze(file)?.occurrences.filter(({ symbol }) => symbol.id === id) ?? [];
    return found.map(({ origin }) => ({ uri: file, ...origin, newText: writeName(name) }));
  });
  return [{ title: `Write \`${other}\` with ${partingOf(name, other).left}`, edits, preferred: true, cost: certain }];
}

/**
 * The fixes of a name that is not there, where one is that looks like it: the plainer of both is written in place of
 * the other.
 * @param is tells the symbol that is meant
 */
export function alikeFixes(
  context: FixContext,
  origins: readonly TextRange[],
  name: string,
  other: string,
  is: (symbol: ChorSymbol) => boolean,
): Fix[] {
  const edits = origins.map(({ start, end }) => ({ uri: context.uri, start, end, newText: writeName(other) }));
  const here: Fix = { title: `Write it with ${partingOf(name, other).right}, as there`, edits, cost: certain };
  return isPlainer(name, other) ? [...writeAlike(context, name, other, is), here] : [{ ...here, preferred: true }];
}
