// Text to the core: a file is parsed, and what changed in it lowered.
import { lower } from './lower.js';
import type { Declaration, ImportDeclaration, SourceFile } from '../ir/file.js';
import type { Name } from '../ir/expression.js';
import { plainName } from '../syntax/names.js';
import { parse } from '../syntax/parse.js';
import type { Segment } from '../syntax/parse.js';

/**
 * Parses and lowers a file.
 * @param uri the file's address, kept as it is
 * @param text its text; any text will do, syntax errors end up in the result
 * @param before what was made of an earlier text of the file, if that is known
 * @returns the file's core. Cost: linear in the declarations that changed, but for comparing the texts and going
 *   through the declarations; without `before`, linear in the text, where unchanged declarations are neither parsed nor
 *   lowered again
 */
export function lowerFile(uri: string, text: string, before?: SourceFile): SourceFile {
  const imports: ImportDeclaration[] = [];
  const declarations: Declaration[] = [];
  const lost: Name[] = [];
  const syntaxErrors: SourceFile['syntaxErrors'][number][] = [];
  const pieces = before && segmentsOf.get(before);
  const segments = parse(text, before && pieces && { text: before.text, pieces });
  for (const segment of segments) {
    for (const issue of segment.issues) {
      syntaxErrors.push({
        message: issue.message,
        origin: { start: segment.offset + issue.start, end: segment.offset + issue.end },
      });
    }
    const lowered = lower(segment);
    if (!lowered) {
      const name = nameOfLost(segment);
      if (name) lost.push(name);
    } else if (lowered.kind === 'import') imports.push(lowered.import);
    else declarations.push(lowered.declaration);
  }
  const file = { uri, text, imports, declarations, lost, syntaxErrors };
  segmentsOf.set(file, segments);
  return file;
}

const segmentsOf = new WeakMap<SourceFile, readonly Segment[]>();

/** The word after the keyword of a declaration that could not be parsed. */
function nameOfLost(segment: Segment): Name | undefined {
  const words = segment.tokens.filter((token) => token.kind !== 'comment');
  const index = words[0]?.text === 'extern' && words[1]?.text === 'type' ? 2 : 1;
  const name = words[index];
  if (!name || name.kind !== 'word' || words[0]?.text === 'import') return undefined;
  return { text: plainName(name.text), origin: { start: segment.offset + name.start, end: segment.offset + name.end } };
}
