// Edits that fixes share: removing a statement with its line, inserting a line, taking an item out of a list.
import type { Origin } from '../ir/expression.js';
import type { Edit, FixContext, Fix } from './rule.js';
import { relativePath, resolvePath } from '../scoping/paths.js';
import { writeName } from '../syntax/names.js';
import { escapeString } from '../syntax/strings.js';
import { importCaptures } from './meaning.js';

/** “Did you mean …?”, with a blank before it; nothing where there is no candidate. */
export function didYouMean(similar: readonly string[]): string {
  if (similar.length === 0) return '';
  return ` Did you mean ${similar.map((name) => `\`${name}\``).join(' or ')}?`;
}

/** Fixes that put another name in place of a misspelt one. */
export function renameFixes(context: FixContext, origin: Origin, similar: readonly string[]): Fix[] {
  return similar.map((name) => ({
    title: `Change to \`${name}\``, edits: [{ uri: context.uri, ...origin, newText: writeName(name) }], preferred: similar.length === 1,
  }));
}

/** Where the line of an offset starts. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line of an offset ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return text.charAt(end - 1) === '\r' ? end - 1 : end;
}

/** The blanks at the start of a line. */
export function indentOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}

/** Puts a statement before another: on a line of its own where the other begins one, else on the same line. */
export function insertBefore(context: FixContext, at: number, statement: string): Edit {
  const { text, uri } = context;
  const before = text.slice(lineStart(text, at), at);
  const newText = before.trim() === '' ? `${statement}\n${before}` : `${statement}; `;
  return { uri, start: at, end: at, newText };
}

/** Takes a statement away; with its lines where nothing else stands on them. */
export function removeStatement(context: FixContext, origin: Origin): Edit {
  const { text, uri } = context;
  let { end } = origin;
  while (/[ \t;]/.test(text.charAt(end))) end++;
  const from = lineStart(text, origin.start);
  const until = lineEnd(text, end);
  const alone = text.slice(from, origin.start).trim() === '' && text.slice(end, until).trim() === '';
  if (!alone) return { uri, start: origin.start, end, newText: '' };
  const next = text.indexOf('\n', until);
  return { uri, start: from, end: next < 0 ? text.length : next + 1, newText: '' };
}

/** Takes an item out of a comma-separated list, with one of the commas beside it. */
export function removeItem(context: FixContext, origin: Origin): Edit {
  const { text, uri } = context;
  const after = /^\s*,\s*/.exec(text.slice(origin.end));
  if (after) return { uri, start: origin.start, end: origin.end + after[0].length, newText: '' };
  const before = /\s*,\s*$/.exec(text.slice(0, origin.start));
  return { uri, start: origin.start - (before?.[0].length ?? 0), end: origin.end, newText: '' };
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
      const asCase = declaration.kind === 'enum' && kinds.includes('enum-case') && declaration.cases.some((c) => c.name.text === name);
      if (!asCase && !(declaration.name.text === name && kinds.includes(declaration.kind))) continue;
      if (analysis && importCaptures(analysis, other, declaration)) continue;
      const path = relativePath(uri, other);
      if (path !== undefined) fixes.push({ title: `Import \`${declaration.name.text}\` from ${escapeString(path)}`, edits: [importEdit(context, other, path, declaration.name.text)] });
    }
  }
  return fixes.length === 1 && fixes[0] ? [{ ...fixes[0], preferred: true }] : fixes;
}

function importEdit({ workspace, uri, text }: FixContext, other: string, path: string, name: string): Edit {
  const imports = workspace.file(uri)?.imports ?? [];
  const last = imports.find((i) => i.names && i.names.length > 0 && workspace.file(resolvePath(uri, i.path.text))?.uri === other)?.names?.at(-1);
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
