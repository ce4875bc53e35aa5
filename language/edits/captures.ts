// What an import would take the place of.
import type { Declaration } from '../ir/file.js';
import { idOf } from '../scoping/declared.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import type { FileAnalysis } from '../workspace.js';

/**
 * Whether importing a declaration by its name changes what something means that stands in the file: the library's
 * function of that name, or names that are its cases.
 * @param uri the file of the declaration
 * Cost: linear in the names of the file, once for an analysis
 */
export function importCaptures(analysis: FileAnalysis, uri: string, declaration: Declaration): boolean {
  let names = captured.get(analysis);
  if (!names) {
    names = new Map();
    for (const { symbol } of analysis.occurrences) {
      if (!['builtin', 'constant', 'function', 'record', 'enum-case', 'local'].includes(symbol.kind)) continue;
      const list = names.get(symbol.name);
      if (!list) names.set(symbol.name, [symbol]);
      else if (!list.some(({ id }) => id === symbol.id)) list.push(symbol);
    }
    captured.set(analysis, names);
  }
  if (names.get(declaration.name.text)?.some(({ kind }) => kind === 'builtin')) return true;
  const own = `${idOf(uri, declaration)}/`;
  return (
    declaration.kind === 'enum' &&
    declaration.cases.some(({ name }) => names.get(name.text)?.some(({ id }) => !id.startsWith(own)))
  );
}

const captured = new WeakMap<FileAnalysis, Map<string, ChorSymbol[]>>();
