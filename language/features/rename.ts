// Renaming: every occurrence in every file, or a sentence that says why not.
import type { TextRange } from '../ir/expression.js';
import { isName, mayMention, plainName, reservedWords, writeName } from '../syntax/names.js';
import { scan } from '../syntax/tokens.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import { changeOfMeaning } from './meaning.js';
import type { Workspace } from '../workspace.js';
import { occurrenceAt } from './cursor.js';
import { occurrencesOf } from './navigation.js';
import type { Edit } from '../edits/fix.js';
import { lineNumber } from '../text/lines.js';

export type RenameAnswer<T> = T | { readonly refused: string };

/** What can be renamed at an offset: its range and its name. */
export function prepareRename(
  workspace: Workspace,
  uri: string,
  offset: number,
): RenameAnswer<{ readonly range: TextRange; readonly name: string }> {
  const analysis = workspace.analyze(uri);
  const occurrence = analysis && occurrenceAt(analysis, offset);
  if (!occurrence) return { refused: 'There is no name here that can be changed.' };
  const { symbol, origin } = occurrence;
  if (!symbol.origin) return { refused: `\`${symbol.name}\` is part of the language; it can’t be renamed.` };
  return { range: origin, name: symbol.name };
}

/**
 * The edits that rename what is under the cursor.
 * @param newName as typed; a reserved word is written with its `^`
 * @returns the edits, or why the name can’t be used; a renaming that would change what any name means is refused
 * Cost: an analysis of the files that it touches, and of those that import them, directly or not (see changeOfMeaning)
 */
export function rename(
  workspace: Workspace,
  uri: string,
  offset: number,
  newName: string,
): RenameAnswer<{ readonly edits: readonly Edit[] }> {
  const prepared = prepareRename(workspace, uri, offset);
  if ('refused' in prepared) return prepared;
  const symbol = occurrenceAt(workspace.analyze(uri) as NonNullable<ReturnType<Workspace['analyze']>>, offset)
    ?.symbol as ChorSymbol;
  const plain = plainName(newName.trim());
  if (!isName(newName.trim().replace(/^\^/, ''))) {
    return {
      refused: `\`${newName}\` can’t be a name: a name is made of letters, digits and \`_\`, and does not start with a digit.`,
    };
  }
  if (plain === '_') return { refused: '`_` stands for what has no name; choose another.' };
  if (plain === symbol.name) return { edits: [] };
  const written = reservedWords.has(plain) ? writeName(plain) : plain;
  const edits = occurrencesOf(workspace, symbol).map(({ uri: file, origin }): Edit => ({
    uri: file,
    start: origin.start,
    end: origin.end,
    newText: written,
  }));
  const reason = unreadableUse(workspace, symbol) ?? clashOf(workspace, symbol, plain, edits);
  return reason ? { refused: reason } : { edits };
}

/** A use of the name may stand where the text can’t be read: it would be left behind. */
function unreadableUse(workspace: Workspace, symbol: ChorSymbol): string | undefined {
  for (const uri of workspace.uris()) {
    const analysis = mayMention(workspace.text(uri) ?? '', symbol.name) ? workspace.analyze(uri) : undefined;
    if (!analysis || analysis.file.syntaxErrors.length === 0) continue;
    const { text, declarations } = analysis.file;
    const known = new Set(analysis.occurrences.map((o) => o.origin.start));
    const lost = scan(text).find(
      (token) =>
        token.kind === 'word' &&
        plainName(token.text) === symbol.name &&
        !known.has(token.start) &&
        !declarations.some((d) => !d.broken && d.origin.start <= token.start && token.end <= d.origin.end),
    );
    if (lost) {
      const line = lineNumber(text, lost.start);
      return `Line ${line} of ${uri.slice(uri.lastIndexOf('/') + 1)} has \`${symbol.name}\` where the text can’t be read: put the syntax right first, so that nothing is left behind.`;
    }
  }
  return undefined;
}

/** Only the declaration that they stand in can name these. */
const inner: readonly ChorSymbol['kind'][] = ['variable', 'local', 'recursion'];

/**
 * What may stand for labels, or tell processes from each other: the runs of networks depend on these names, and on no
 * others.
 */
const labels: readonly ChorSymbol['kind'][] = ['label', 'enum-case', 'local', 'role', 'process'];

/** Tries the renaming: it may bring no error, and every name must mean what it meant, in all files. */
function clashOf(workspace: Workspace, symbol: ChorSymbol, name: string, edits: readonly Edit[]): string | undefined {
  const changed = changeOfMeaning(workspace, edits, {
    reach: !inner.includes(symbol.kind),
    runs: labels.includes(symbol.kind),
  });
  if (!changed) return undefined;
  const { uri, offset, sentence } = changed;
  const file = uri.slice(uri.lastIndexOf('/') + 1);
  const line = lineNumber(workspace.text(uri) ?? '', offset);
  const edited = edits.some((edit) => edit.uri === uri);
  const where = edited && symbol.container ? `in ${symbol.container}` : edited ? 'here' : `in ${file}`;
  return `\`${name}\` already means something else ${where}: renaming \`${symbol.name}\` to it would change what the text means. Line ${line} of ${file}: ${sentence}`;
}
