// Edits of names: another name in place of one, an import, a declaration.
import type { TextRange } from '../ir/expression.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import { relativePath, resolvePath } from '../scoping/paths.js';
import { writeName } from '../syntax/names.js';
import { escapeString } from '../syntax/strings.js';
import { isMoreLikeAWord } from '../text/common-words.js';
import { importCaptures } from './captures.js';
import type { Edit, Fix, FixContext } from './fix.js';
import { lineEnd } from './text.js';

/** Fixes that put another name in place of a misspelt one, wherever it stands. */
export function renameFixes(context: FixContext, origins: readonly TextRange[], similar: readonly string[]): Fix[] {
  const places = origins.length === 1 ? '' : ` in ${origins.length} places`;
  return similar.map((name, i) => ({
    title: `Change to \`${name}\`${places}`,
    edits: origins.map((origin) => ({ uri: context.uri, ...origin, newText: writeName(name) })),
    preferred: similar.length === 1,
    cost: { doubt: i / 10 },
  }));
}

/** A name as it stands in a text, and as it may have been meant. */
interface Slip {
  /** As it is used where nothing has it. */
  readonly name: string;
  /** What has a name that is like it. */
  readonly similar: readonly string[];
  /** In how many places it is used so. */
  readonly places: number;
}

/**
 * Where nothing uses a name but where it is given, and another one like it is used: that it is given under that one.
 * The spelling that stands elsewhere, too, is the likelier one.
 * @param isOwn whether a symbol may be meant
 */
export function givenOtherwise(
  { workspace, uri, text }: FixContext,
  { name, similar, places }: Slip,
  isOwn: (symbol: ChorSymbol) => boolean,
): Fix[] {
  const occurrences = workspace.analyze(uri)?.occurrences ?? [];
  const word = new RegExp(`(?<![\\p{L}\\p{Nd}_])${name}(?![\\p{L}\\p{Nd}_])`, 'gu');
  const elsewhere = (text.match(word)?.length ?? 0) > places;
  // Names of people, as roles have them, are no words.
  const isProper = /^\p{Lu}/u.test(name);
  return similar.flatMap((other): Fix[] => {
    const own = occurrences.filter(({ symbol }) => symbol.name === other && isOwn(symbol));
    if (own.length === 0 || own.some(({ role }) => role === 'read')) return [];
    return [
      {
        title: `Change \`${other}\`, which nobody reads, to \`${name}\``,
        edits: own.map(({ origin }) => ({ uri, ...origin, newText: writeName(name) })),
        preferred: similar.length === 1,
        cost: { doubt: places > 1 || elsewhere || (!isProper && isMoreLikeAWord(name, other)) ? -0.1 : 0.5 },
      },
    ];
  });
}

/** Puts a declaration of one line into a file: after the last of its kind, else before the declaration at `near`. */
export function insertDeclaration(context: FixContext, kind: string, near: number, line: string): Edit {
  const { text, uri } = context;
  const file = context.workspace.file(uri);
  const last = file?.declarations.filter((d) => d.kind === kind).at(-1);
  if (last) {
    const end = lineEnd(text, last.origin.end);
    return { uri, start: end, end, newText: `\n${line}` };
  }
  const around = file?.declarations.find((d) => d.origin.start <= near && near <= d.origin.end);
  const at = beforeComment(text, around?.origin.start ?? 0);
  return { uri, start: at, end: at, newText: `${line}\n\n` };
}

/** Where a declaration starts with the documentation comment before it. */
function beforeComment(text: string, start: number): number {
  const before = text.slice(0, start).trimEnd();
  return before.endsWith('*/') ? before.lastIndexOf('/*') : start;
}

/** Fixes that import a name from the files of the workspace that declare it. */
export function importFixes(context: FixContext, name: string, kinds: readonly string[]): Fix[] {
  const { workspace, uri } = context;
  const fixes: Fix[] = [];
  const analysis = workspace.analyze(uri);
  for (const other of workspace.uris()) {
    if (other === uri) continue;
    for (const declaration of workspace.file(other)?.declarations ?? []) {
      const asCase =
        declaration.kind === 'enum' &&
        kinds.includes('enum-case') &&
        declaration.cases.some((c) => c.name.text === name);
      if (!asCase && !(declaration.name.text === name && kinds.includes(declaration.kind))) continue;
      if (analysis && importCaptures(analysis, other, declaration)) continue;
      const path = relativePath(uri, other);
      if (path !== undefined)
        fixes.push({
          title: `Import \`${declaration.name.text}\` from ${escapeString(path)}`,
          edits: [importEdit(context, other, path, declaration.name.text)],
        });
    }
  }
  return fixes.length === 1 && fixes[0] ? [{ ...fixes[0], preferred: true }] : fixes;
}

function importEdit({ workspace, uri, text }: FixContext, other: string, path: string, name: string): Edit {
  const imports = workspace.file(uri)?.imports ?? [];
  const last = imports
    .find((i) => i.names && i.names.length > 0 && workspace.file(resolvePath(uri, i.path.text))?.uri === other)
    ?.names?.at(-1);
  if (last) return { uri, start: last.origin.end, end: last.origin.end, newText: `, ${writeName(name)}` };
  const line = `import { ${writeName(name)} } from ${escapeString(path)}`;
  const before = imports.at(-1);
  if (before) {
    const end = lineEnd(text, before.origin.end);
    return { uri, start: end, end, newText: `\n${line}` };
  }
  // Before everything but a comment that heads the file.
  const head = /^\s*(\/\/[^\n]*\n)+/.exec(text)?.[0].length ?? 0;
  return { uri, start: head, end: head, newText: `${line}\n\n` };
}
