// Which declaration a top-level name means in a file: its own, then what it imports. Imports are not passed on.
import type { Declaration, ImportDeclaration, SourceFile } from '../ir/file.js';
import { resolvePath } from './paths.js';

/** A declaration and the file that it stands in. */
export interface Resolved {
  readonly uri: string;
  readonly declaration: Declaration;
}

/** Where other files come from. */
export interface Files {
  /**
   * The file at an address, or undefined where there is none or it can't be read. Its own address may be another, where
   * a file has several.
   */
  file(uri: string): SourceFile | undefined;
  /** The scopes of files as they are now, where these are kept: then each is made once, whoever asks. */
  readonly scopes?: Map<string, Scope>;
  /** Why a file that is there is not read; undefined for what is not there, or is read. */
  unread?(uri: string): string | undefined;
}

export interface Scope {
  readonly file: SourceFile;
  /** The declaration that a name means here; the first one where a name is declared twice. */
  lookup(name: string): Resolved | undefined;
  /** Every name that can be used here, with what it means. */
  all(): ReadonlyMap<string, Resolved>;
  /**
   * Whether the name may belong to a declaration that could not be read, or to a file that is not found: nothing is
   * known of it.
   */
  isLost(name: string): boolean;
  /** The names that can be used in another file, for looking into what a name leads to. */
  at(uri: string): Scope | undefined;
  /** Of a scope with names that are made: that of the file alone. */
  readonly plain?: Scope;
}

/**
 * The names that can be used in a file. Cost: linear in the declarations of the file and of those it imports, once
 * where scopes are kept
 * @param file the file
 * @param files where imported files are taken from
 */
export function scopeOf(file: SourceFile, files: Files): Scope {
  const known = files.scopes?.get(file.uri);
  if (known?.file === file) return known;
  const scope = createScope(file, files);
  files.scopes?.set(file.uri, scope);
  return scope;
}

function createScope(file: SourceFile, files: Files): Scope {
  const names = new Map<string, Resolved>();
  const others = new Map<string, Scope | undefined>();
  const lost = new Set(file.lost.map((name) => name.text));
  // What an import of a whole file that is not found would have brought is not known: it may be anything.
  const open = file.imports.some(
    (imported) => !imported.names && !files.file(resolvePath(file.uri, imported.path.text)),
  );
  for (const declaration of file.declarations) {
    if (!names.has(declaration.name.text)) names.set(declaration.name.text, { uri: file.uri, declaration });
  }
  // What is imported by its name is meant rather than what comes with a whole file.
  for (const whole of [false, true]) {
    for (const imported of file.imports)
      if (!imported.names === whole) addImport(imported, file.uri, files, names, lost);
  }
  return {
    file,
    lookup: (name) => names.get(name),
    all: () => names,
    isLost: (name) => lost.has(name) || (open && !names.has(name)),
    at: (uri) => {
      if (!others.has(uri)) {
        const other = files.file(uri);
        others.set(uri, other && scopeOf(other, files));
      }
      return others.get(uri);
    },
  };
}

/**
 * A scope with names of other files besides its own.
 * @param names the files that declare them, by name; what the scope has itself comes first
 */
export function widened(scope: Scope, names: ReadonlyMap<string, string>): Scope {
  if (names.size === 0) return scope;
  const more = new Map<string, Resolved>();
  for (const [name, uri] of names) {
    const found = scope.lookup(name) ? undefined : scope.at(uri)?.lookup(name);
    if (found) more.set(name, found);
  }
  const all = new Map([...scope.all(), ...more]);
  return {
    ...scope,
    lookup: (name) => more.get(name) ?? scope.lookup(name),
    all: () => all,
    isLost: (name) => !more.has(name) && scope.isLost(name),
  };
}

function addImport(
  imported: ImportDeclaration,
  from: string,
  files: Files,
  names: Map<string, Resolved>,
  lost: Set<string>,
): void {
  const other = files.file(resolvePath(from, imported.path.text));
  // An import that is not found is reported once, on the path: its names are known to be missing.
  if (!other) imported.names?.forEach((name) => lost.add(name.text));
  const wanted = imported.names && new Set(imported.names.map((name) => name.text));
  // So is a name that the file does not have.
  const there = other && imported.names && new Set(other.declarations.map((declaration) => declaration.name.text));
  for (const name of imported.names ?? []) if (there && !there.has(name.text)) lost.add(name.text);
  for (const name of other?.lost ?? []) if (!wanted || wanted.has(name.text)) lost.add(name.text);
  for (const declaration of other?.declarations ?? []) {
    const name = declaration.name.text;
    if (other && (!wanted || wanted.has(name)) && !names.has(name)) names.set(name, { uri: other.uri, declaration });
  }
}
