// The call hierarchy: which choreographies, networks and functions call which.
import { kindOf } from '../scoping/declared.js';
import type { TextRange } from '../ir/expression.js';
import type { Occurrence, SymbolKind } from '../scoping/symbols.js';
import type { Workspace } from '../workspace.js';
import { contains, occurrenceAt } from './cursor.js';

export interface CallItem {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly uri: string;
  readonly range: TextRange;
  readonly selection: TextRange;
}

export interface Calls {
  readonly item: CallItem;
  /** Where the calls stand, in the caller's file. */
  readonly ranges: readonly TextRange[];
}

const callable = new Set<SymbolKind>(['choreography', 'network', 'function']);

/** What can be called at an offset. */
export function callItem(workspace: Workspace, uri: string, offset: number): CallItem | undefined {
  const analysis = workspace.analyze(uri);
  const symbol = analysis && occurrenceAt(analysis, offset)?.symbol;
  return symbol?.origin && callable.has(symbol.kind) ? itemOf(workspace, symbol.uri, symbol.origin) : undefined;
}

/** The callable declaration whose name stands at a place. */
export function itemOf(workspace: Workspace, uri: string, name: TextRange): CallItem | undefined {
  const declaration = workspace.file(uri)?.declarations.find((d) => d.name.origin.start === name.start);
  if (!declaration) return undefined;
  return {
    name: declaration.name.text,
    kind: kindOf(declaration),
    uri,
    range: declaration.origin,
    selection: declaration.name.origin,
  };
}

/** Who calls it, over the workspace. Cost: an analysis of the files that have its name. */
export function incomingCalls(workspace: Workspace, item: CallItem): Calls[] {
  const id = `${item.uri}#${item.name}`;
  const found: Calls[] = [];
  for (const uri of workspace.uris()) {
    if (!workspace.text(uri)?.includes(item.name)) continue;
    const analysis = workspace.analyze(uri);
    for (const declaration of analysis?.file.declarations ?? []) {
      const ranges = (analysis?.occurrences ?? [])
        .filter((o) => o.symbol.id === id && o.role !== 'definition' && contains(declaration.origin, o.origin))
        .map((o) => o.origin);
      const caller = ranges.length > 0 ? itemOf(workspace, uri, declaration.name.origin) : undefined;
      if (caller) found.push({ item: caller, ranges });
    }
  }
  return found;
}

/** What it calls. */
export function outgoingCalls(workspace: Workspace, item: CallItem): Calls[] {
  const analysis = workspace.analyze(item.uri);
  const byCallee = new Map<string, Occurrence[]>();
  for (const occurrence of analysis?.occurrences ?? []) {
    if (
      occurrence.role === 'definition' ||
      !callable.has(occurrence.symbol.kind) ||
      !contains(item.range, occurrence.origin)
    )
      continue;
    byCallee.set(occurrence.symbol.id, [...(byCallee.get(occurrence.symbol.id) ?? []), occurrence]);
  }
  return [...byCallee.values()].flatMap((occurrences): Calls[] => {
    const symbol = occurrences[0]?.symbol;
    const callee = symbol?.origin && itemOf(workspace, symbol.uri, symbol.origin);
    return callee ? [{ item: callee, ranges: occurrences.map((o) => o.origin) }] : [];
  });
}
