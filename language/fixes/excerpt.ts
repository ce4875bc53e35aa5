// The part of a file that an edit can matter to, so that trying a fix does not cost an analysis of the whole file.
import type { TextRange } from '../ir/expression.js';
import type { Declaration, SourceFile } from '../ir/file.js';
import { plainName } from '../syntax/names.js';
import { scan } from '../syntax/tokens.js';

/**
 * Blanks the choreographies and networks that have nothing to do with the places given: what is left keeps its offsets
 * and lines. Kept are the declarations of the places, all that these name, all that name these, directly or not, and
 * whatever is no choreography or network.
 * @param places where something is found or edited
 * @param words what an edit writes: the declarations of these names matter too
 * @returns the text with the rest blanked; the whole text if a place stands in no declaration, so that it may concern
 *   all of them.
 * Cost: linear in the text
 */
export function excerpt(file: SourceFile, places: readonly TextRange[], words: readonly string[] = []): string {
  const big = file.declarations.filter((d) => d.kind === 'choreography' || d.kind === 'network');
  const touched = new Set<Declaration>();
  for (const place of places) {
    const around = file.declarations.find((d) => d.origin.start <= place.start && place.end <= d.origin.end);
    if (!around || (around.kind !== 'choreography' && around.kind !== 'network')) return file.text;
    touched.add(around);
  }
  const written = new Set(words);
  for (const d of big) if (written.has(d.name.text)) touched.add(d);
  const kept = related(file, touched);
  let result = '';
  let position = 0;
  for (const { origin } of big.filter((d) => !kept.has(d))) {
    result +=
      file.text.slice(position, origin.start) + file.text.slice(origin.start, origin.end).replace(/[^\n\r]/g, ' ');
    position = origin.end;
  }
  return result + file.text.slice(position);
}

const mentions = new WeakMap<SourceFile, ReadonlyMap<Declaration, ReadonlySet<Declaration>>>();

/** Which declarations of the file each one names. */
function mentionsOf(file: SourceFile): ReadonlyMap<Declaration, ReadonlySet<Declaration>> {
  let known = mentions.get(file);
  if (!known) {
    const named = new Map<string, Declaration[]>();
    for (const d of file.declarations) named.set(d.name.text, [...(named.get(d.name.text) ?? []), d]);
    known = new Map(
      file.declarations.map((d) => {
        const words = scan(file.text.slice(d.origin.start, d.origin.end)).filter((token) => token.kind === 'word');
        return [d, new Set(words.flatMap((token) => named.get(plainName(token.text)) ?? []))];
      }),
    );
    mentions.set(file, known);
  }
  return known;
}

function related(file: SourceFile, touched: ReadonlySet<Declaration>): ReadonlySet<Declaration> {
  const names = mentionsOf(file);
  const kept = new Set(touched);
  // First those that name what is touched, then all that any of these name.
  for (const one of kept) for (const [other, named] of names) if (named.has(one)) kept.add(other);
  for (const one of kept) for (const other of names.get(one) ?? []) kept.add(other);
  return kept;
}
