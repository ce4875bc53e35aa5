// Renaming: every occurrence in every file, or a sentence that says why not.
import type { Edit } from '../diagnostics/rule.js';
import type { Origin } from '../ir/expression.js';
import { isName, mayMention, plainName, reservedWords, writeName } from '../syntax/names.js';
import { scan } from '../syntax/tokens.js';
import type { Finding } from '../diagnostics/rule.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import { applyEdits } from '../diagnostics/fixes.js';
import type { Workspace } from '../workspace.js';
import { occurrenceAt } from './cursor.js';
import { occurrencesOf } from './navigation.js';

export type RenameAnswer<T> = T | { readonly refused: string };

/** What can be renamed at an offset: its range and its name. */
export function prepareRename(workspace: Workspace, uri: string, offset: number): RenameAnswer<{ readonly range: Origin; readonly name: string }> {
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
 * Cost: an analysis of the files that it touches
 */
export function rename(workspace: Workspace, uri: string, offset: number, newName: string): RenameAnswer<{ readonly edits: readonly Edit[] }> {
  const prepared = prepareRename(workspace, uri, offset);
  if ('refused' in prepared) return prepared;
  const symbol = occurrenceAt(workspace.analyze(uri) as NonNullable<ReturnType<Workspace['analyze']>>, offset)?.symbol as ChorSymbol;
  const plain = plainName(newName.trim());
  if (!isName(newName.trim().replace(/^\^/, ''))) {
    return { refused: `\`${newName}\` can’t be a name: a name is made of letters, digits and \`_\`, and does not start with a digit.` };
  }
  if (plain === '_') return { refused: '`_` stands for what has no name; choose another.' };
  if (plain === symbol.name) return { edits: [] };
  const written = reservedWords.has(plain) ? writeName(plain) : plain;
  const edits = occurrencesOf(workspace, symbol).map(({ uri: file, origin }): Edit => ({ uri: file, start: origin.start, end: origin.end, newText: written }));
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
    const lost = scan(text).find((token) => token.kind === 'word' && plainName(token.text) === symbol.name && !known.has(token.start)
      && !declarations.some((d) => !d.broken && d.origin.start <= token.start && token.end <= d.origin.end));
    if (lost) {
      const line = text.slice(0, lost.start).split('\n').length;
      return `Line ${line} of ${uri.slice(uri.lastIndexOf('/') + 1)} has \`${symbol.name}\` where the text can’t be read: put the syntax right first, so that nothing is left behind.`;
    }
  }
  return undefined;
}

/** Tries the renaming: it may bring no error, and every name must mean what it meant. */
function clashOf(workspace: Workspace, symbol: ChorSymbol, name: string, edits: readonly Edit[]): string | undefined {
  const trial = workspace.fork();
  const uris = [...new Set(edits.map((edit) => edit.uri))];
  for (const uri of uris) trial.set(uri, applyEdits(workspace.text(uri) ?? '', edits.filter((edit) => edit.uri === uri)));
  const clash = `\`${name}\` already means something else ${symbol.container ? `in ${symbol.container}` : 'here'}: renaming \`${symbol.name}\` to it would change what the text means.`;
  for (const uri of uris) {
    const before = workspace.analyze(uri);
    const after = trial.analyze(uri);
    if (!before || !after) continue;
    const errors = (list: readonly Finding[]): number => list.filter((f) => f.severity === 'error').length;
    if (errors(after.findings) > errors(before.findings)) return clash;
    // Occurrences are in source order, and renaming keeps that: they must pair off.
    if (after.occurrences.length !== before.occurrences.length) return clash;
    const meant = new Map<string, string>();
    for (const [index, occurrence] of before.occurrences.entries()) {
      const now = after.occurrences[index]?.symbol.id ?? '';
      const known = meant.get(occurrence.symbol.id);
      if (known !== undefined && known !== now) return clash;
      meant.set(occurrence.symbol.id, now);
    }
    if (new Set(meant.values()).size !== meant.size) return clash;
  }
  return undefined;
}
