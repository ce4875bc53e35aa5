// Where a name is introduced, and everywhere it stands.
import type { TextRange } from '../ir/expression.js';
import { resolvePath } from '../scoping/paths.js';
import { mayMention } from '../syntax/names.js';
import type { ChorSymbol, Occurrence } from '../scoping/symbols.js';
import type { Workspace } from '../workspace.js';
import { occurrenceAt, touches } from './cursor.js';

export interface Place {
  readonly uri: string;
  readonly origin: TextRange;
}

/** Where the name under the cursor is introduced; for an import's path, the start of that file. */
export function definition(workspace: Workspace, uri: string, offset: number): Place | undefined {
  const analysis = workspace.analyze(uri);
  if (!analysis) return undefined;
  const imported = analysis.file.imports.find((i) => touches(i.path.origin, offset));
  if (imported) {
    const target = workspace.file(resolvePath(uri, imported.path.text));
    return target && { uri: target.uri, origin: { start: 0, end: 0 } };
  }
  const symbol = occurrenceAt(analysis, offset)?.symbol;
  return symbol?.origin && { uri: symbol.uri, origin: symbol.origin };
}

/** Where the type of the name under the cursor is declared; of a list or an option, that of what is in it. */
export function typeDefinition(workspace: Workspace, uri: string, offset: number): Place | undefined {
  const analysis = workspace.analyze(uri);
  const symbol = analysis && occurrenceAt(analysis, offset)?.symbol;
  let type = symbol?.type;
  while (type?.holds && !type.names.some((name) => analysis?.scope.lookup(name))) type = type.holds.item;
  const found = type?.names.map((name) => analysis?.scope.lookup(name)).find((declared) => declared);
  return found && { uri: found.uri, origin: found.declaration.name.origin };
}

/** The networks that implement the choreography under the cursor, or the processes that play the role under it. */
export function implementations(workspace: Workspace, uri: string, offset: number): Place[] {
  const analysis = workspace.analyze(uri);
  const symbol = analysis && occurrenceAt(analysis, offset)?.symbol;
  if (!symbol || (symbol.kind !== 'choreography' && symbol.kind !== 'role')) return [];
  const design = symbol.kind === 'role' ? symbol.container : symbol.name;
  const places: Place[] = [];
  for (const other of workspace.uris()) {
    if (!workspace.text(other)?.includes('implements')) continue;
    const home = workspace.analyze(other);
    for (const network of home?.file.declarations ?? []) {
      if (network.kind !== 'network' || network.implements === undefined || network.implements.text !== design)
        continue;
      const target = home?.scope.lookup(network.implements.text);
      if (target?.uri !== symbol.uri) continue;
      if (symbol.kind === 'choreography') places.push({ uri: other, origin: network.name.origin });
      else
        places.push(
          ...network.processes
            .filter((p) => p.name.text === symbol.name)
            .map((p) => ({ uri: other, origin: p.name.origin })),
        );
    }
  }
  return places;
}

/** An occurrence with its file. */
export interface Found extends Place {
  readonly role: Occurrence['role'];
}

/**
 * Every occurrence of a symbol in all the files that are known.
 * Cost: an analysis of the files whose text has the name; those that were analysed before are taken as they are
 */
export function occurrencesOf(workspace: Workspace, symbol: ChorSymbol): Found[] {
  const found: Found[] = [];
  // The parts of a declaration are named in other files only where fields, cases and labels can be.
  const uris = symbol.origin === undefined ? [] : workspace.uris();
  for (const uri of uris) {
    if (!mayMention(workspace.text(uri) ?? '', symbol.name)) continue;
    for (const occurrence of workspace.analyze(uri)?.occurrences ?? []) {
      if (occurrence.symbol.id === symbol.id) found.push({ uri, origin: occurrence.origin, role: occurrence.role });
    }
  }
  return found;
}

/** References to the name under the cursor, over the workspace. */
export function references(workspace: Workspace, uri: string, offset: number, withDefinition: boolean): Found[] {
  const analysis = workspace.analyze(uri);
  const symbol = analysis && occurrenceAt(analysis, offset)?.symbol;
  if (!symbol) return [];
  if (symbol.origin === undefined) {
    return analysis.occurrences
      .filter((o) => o.symbol.id === symbol.id)
      .map((o) => ({ uri, origin: o.origin, role: o.role }));
  }
  return occurrencesOf(workspace, symbol).filter((o) => withDefinition || o.role !== 'definition');
}

/** The occurrences, in this file, of the name under the cursor. */
export function highlights(workspace: Workspace, uri: string, offset: number): Occurrence[] {
  const analysis = workspace.analyze(uri);
  const symbol = analysis && occurrenceAt(analysis, offset)?.symbol;
  return symbol ? analysis.occurrences.filter((o) => o.symbol.id === symbol.id) : [];
}
