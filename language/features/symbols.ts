// The outline of a file, and the names of the whole workspace.
import { walkBlock } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import type { Declaration, SourceFile } from '../ir/file.js';
import { declaredAs, kindOf } from '../scoping/declared.js';
import type { SymbolKind } from '../scoping/symbols.js';
import { printType } from '../syntax/print.js';
import type { Workspace } from '../workspace.js';
import { mostSymbols } from './limits.js';

export interface OutlineItem {
  readonly name: string;
  readonly detail: string;
  readonly kind: SymbolKind;
  readonly range: TextRange;
  /** The name itself, inside `range`. */
  readonly selection: TextRange;
  readonly children: readonly OutlineItem[];
}

/** The declarations of a file with their parts. Cost: linear in the file. */
export function outline(file: SourceFile): OutlineItem[] {
  return file.declarations.map((declaration) => ({
    name: declaration.name.text,
    detail: declaredAs(declaration).trim(),
    kind: kindOf(declaration),
    range: declaration.origin,
    selection: declaration.name.origin,
    children: partsOf(declaration),
  }));
}

function partsOf(declaration: Declaration): OutlineItem[] {
  const leaf = (
    name: { text: string; origin: TextRange },
    kind: SymbolKind,
    detail: string,
    range = name.origin,
  ): OutlineItem => ({ name: name.text, detail, kind, range, selection: name.origin, children: [] });
  switch (declaration.kind) {
    case 'choreography': {
      const items = declaration.roles.map((role): OutlineItem => ({
        ...leaf(role.name, 'role', '', role.origin),
        children: role.params.map((p) => leaf(p.name, 'input', printType(p.type))),
      }));
      walkBlock(declaration.body.statements, (s) => {
        if (s.kind === 'rec') items.push(leaf(s.name, 'recursion', '', s.origin));
      });
      return items;
    }
    case 'network':
      return declaration.processes.map((process) => ({
        ...leaf(process.name, 'process', '', process.origin),
        children: process.params.map((p) => leaf(p.name, 'input', printType(p.type))),
      }));
    case 'record':
      return declaration.fields.map((f) => leaf(f.name, 'field', printType(f.type)));
    case 'enum':
      return declaration.cases.map((c) => leaf(c.name, 'enum-case', c.fields.map((f) => printType(f.type)).join(', ')));
    case 'const':
    case 'extern-function':
    case 'extern-type':
    case 'function':
    case 'type':
      return [];
  }
}

export interface WorkspaceItem {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly container?: string;
  readonly uri: string;
  readonly origin: TextRange;
}

/** Declarations, roles and processes of all files whose name has the letters of the query in order. */
export function workspaceSymbols(workspace: Workspace, query: string): WorkspaceItem[] {
  const found: WorkspaceItem[] = [];
  for (const uri of workspace.uris()) {
    const file = workspace.file(uri);
    if (!file) continue;
    for (const item of outline(file)) {
      if (matches(item.name, query)) found.push({ name: item.name, kind: item.kind, uri, origin: item.selection });
      for (const part of item.children) {
        if (matches(part.name, query))
          found.push({ name: part.name, kind: part.kind, container: item.name, uri, origin: part.selection });
      }
      if (found.length >= mostSymbols) return found;
    }
  }
  return found;
}

function matches(name: string, query: string): boolean {
  const letters = name.toLowerCase();
  let position = 0;
  for (const letter of query.toLowerCase()) {
    position = letters.indexOf(letter, position) + 1;
    if (position === 0) return false;
  }
  return true;
}
