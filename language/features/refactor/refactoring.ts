// What a refactoring is, and whether it may be offered: what it makes is read, typed and projected as before.
import type { TextRange } from '../../ir/expression.js';
import { applyEdits } from '../../edits/fix.js';
import type { Edit } from '../../edits/fix.js';
import { scan } from '../../syntax/tokens.js';
import type { FileAnalysis, Workspace } from '../../workspace.js';

export interface Refactoring {
  /** Named for its effect. */
  readonly title: string;
  readonly kind: 'extract' | 'inline' | 'rewrite';
  readonly edits: readonly Edit[];
  /** The code of the findings that it may bring, as they say what is to be done next. */
  readonly brings?: string;
}

/** Where a refactoring is asked for. */
export interface Asked {
  readonly workspace: Workspace;
  readonly uri: string;
  readonly text: string;
  readonly analysis: FileAnalysis;
  readonly range: TextRange;
}

/**
 * Tries a refactoring in a copy.
 * @param until when to end, by the clock of the workspace: what is not known by then is not offered
 * @returns whether no file that it can matter to has an error or a warning that it had not before
 * Cost: an analysis of the files that are edited and of those that import them, directly or not
 */
export function isSound(workspace: Workspace, { edits, brings }: Refactoring, until: number): boolean {
  const before = workspace.settled();
  const trial = before.fork();
  const edited = new Set(edits.map(({ uri }) => uri));
  for (const uri of edited) {
    const text = workspace.text(uri);
    if (text === undefined) return false;
    trial.set(uri, applyEdits(text, edits.filter((edit) => edit.uri === uri)));
  }
  const affected = new Set([...edited].flatMap((uri) => [...workspace.dependents(uri)]));
  for (const uri of affected) {
    if (workspace.watch.now() > until) return false;
    const [then, now] = [before.analyze(uri), trial.analyze(uri)];
    if (!now || (then && (now.cut && !then.cut))) return false;
    const left = counts(then);
    for (const [code, count] of counts(now)) if (code !== brings && count > (left.get(code) ?? 0)) return false;
  }
  return true;
}

/** How many errors and warnings there are of each code. */
function counts(analysis: FileAnalysis | undefined): Map<string, number> {
  const result = new Map<string, number>();
  for (const { code, severity } of analysis?.findings ?? []) if (severity === 'error' || severity === 'warning') result.set(code, (result.get(code) ?? 0) + 1);
  return result;
}

/** Whether a comment stands in a part of a text. */
export function hasComment(text: string, { start, end }: TextRange): boolean {
  return scan(text.slice(start, end)).some(({ kind }) => kind === 'comment');
}

/** A name that none of some others is: itself, or with a number behind it. */
export function freshName(name: string, taken: { has(name: string): boolean }): string {
  let fresh = name;
  for (let count = 2; taken.has(fresh); count++) fresh = `${name}${count}`;
  return fresh;
}

/** Code without the indentation that all of its lines have, and without the empty lines around it. */
export function dedented(code: string): string {
  const lines = code.replace(/^(?:[ \t]*\r?\n)+/, '').trimEnd().split(/\r?\n/);
  const [first = '', ...rest] = lines;
  const starts = (/^\s/.test(first) ? lines : rest).filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const common = starts.length > 0 ? Math.min(...starts) : 0;
  return lines.map((line, index) => (index === 0 ? line.trimStart() : line.slice(Math.min(common, /^[ \t]*/.exec(line)?.[0].length ?? 0)))).join('\n');
}

/** Code with each line but the first one, and empty ones, indented. */
export function indented(code: string, indent: string): string {
  return code.replace(/\n(?=[^\n])/g, `\n${indent}`);
}

/** Where the item of a list begins that something stands in: behind the comma, colon or bracket before it. */
export function startOfItem(text: string, at: number): number {
  const before = /[^,:{}()]*$/.exec(text.slice(0, at))?.[0] ?? '';
  return at - before.trimStart().length;
}
