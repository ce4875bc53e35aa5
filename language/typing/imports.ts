// Imports: whether their files and names are there, and whether anything uses them.
import type { ImportDeclaration } from '../ir/file.js';
import { resolvePath } from '../scoping/paths.js';
import { closest } from '../syntax/closest.js';
import { occur, report } from './context.js';
import type { Context } from './context.js';

export function checkImports(context: Context): void {
  const { scope, world, uri } = context;
  const own = new Map(scope.file.declarations.map((d) => [d.name.text, d]));
  const before = new Map<string, { readonly from: string; readonly start: number; readonly end: number }>();
  for (const imported of scope.file.imports) {
    const address = resolvePath(uri, imported.path.text);
    const file = world.files.file(address);
    if (!file) {
      if (!imported.broken)
        report(context, 'import-not-found', imported.path.origin, {
          kind: 'file',
          path: imported.path.text,
          origin: imported.path.origin,
          unread: world.files.unread?.(address),
        });
      continue;
    }
    const from = file.uri;
    for (const name of imported.names ?? []) {
      const declaration = file.declarations.find((d) => d.name.text === name.text);
      if (declaration) occur(context, world.symbol({ uri: from, declaration }), name.origin, 'read');
      else if (!file.lost.some((lost) => lost.text === name.text)) {
        report(context, 'import-not-found', name.origin, {
          kind: 'name',
          path: imported.path.text,
          name: name.text,
          origin: name.origin,
          similar: closest(
            name.text,
            file.declarations.map((d) => d.name.text),
          ),
        });
        continue;
      }
      const other = own.get(name.text);
      const earlier = before.get(name.text);
      if (other)
        report(context, 'duplicate-name', name.origin, {
          name,
          what: 'declaration',
          first: { uri, origin: other.name.origin },
          imported: true,
        });
      else if (earlier && earlier.from !== from)
        report(context, 'duplicate-name', name.origin, {
          name,
          what: 'import',
          first: { uri, origin: earlier },
          imported: true,
        });
      else before.set(name.text, { from, ...name.origin });
    }
  }
}

/** Reports a name that is used and comes from this import of a whole file and from an earlier one. */
function checkWhole(context: Context, imported: ImportDeclaration, used: ReadonlySet<string>): void {
  const { scope, world, uri } = context;
  const file = world.files.file(resolvePath(uri, imported.path.text));
  for (const { name } of file?.declarations ?? []) {
    const meant = scope.lookup(name.text);
    if (!meant || meant.uri === uri || meant.uri === file?.uri || !used.has(`${meant.uri}#${name.text}`)) continue;
    const by = scope.file.imports.find(
      (other) => world.files.file(resolvePath(uri, other.path.text))?.uri === meant.uri,
    );
    // Where a name is imported by itself, that says which one is meant.
    if (!by || by.names) continue;
    report(context, 'duplicate-name', imported.path.origin, {
      name: { text: name.text, origin: imported.path.origin },
      what: 'import',
      first: { uri, origin: by.path.origin },
      whole: true,
    });
    return;
  }
}

/**
 * Reports imports that nothing uses; to be called when all names are resolved.
 * @param foreign the addresses of the other files that declarations use, each with the id of what they use
 */
export function checkUnusedImports(context: Context, foreign: ReadonlySet<string>): void {
  const { scope, world, uri } = context;
  // What could not be read may use anything.
  if (scope.file.imports.length === 0 || scope.file.syntaxErrors.length > 0) return;
  const usedFiles = new Set([...foreign].map((use) => use.slice(0, use.indexOf('\n'))));
  const usedIds = new Set([...foreign].map((use) => use.slice(use.indexOf('\n') + 1)));
  for (const imported of scope.file.imports) if (!imported.names) checkWhole(context, imported, usedIds);
  // A name that is there already is told to be so.
  const twice = new Set(context.reported.flatMap((f) => (f.code === 'duplicate-name' ? [f.origin] : [])));
  for (const imported of scope.file.imports) {
    const file = world.files.file(resolvePath(uri, imported.path.text));
    if (!file || twice.has(imported.path.origin) || imported.names?.some((name) => twice.has(name.origin))) continue;
    const unused = (imported.names ?? []).filter(
      (name) => file.declarations.some((d) => d.name.text === name.text) && !usedIds.has(`${file.uri}#${name.text}`),
    );
    const all = imported.names ? unused.length === imported.names.length : !usedFiles.has(file.uri);
    if (all) report(context, 'unused-import', imported.origin, { origin: imported.origin });
    else
      for (const name of unused)
        report(context, 'unused-import', name.origin, { name: name.text, origin: name.origin });
  }
}
