// What a refactoring is, and whether it may be offered: what it makes is read, typed and projected as before.
import type { TextRange } from '../../ir/expression.js';
import { applyEdits } from '../../edits/fix.js';
import type { Edit } from '../../edits/fix.js';
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
    trial.set(
      uri,
      applyEdits(
        text,
        edits.filter((edit) => edit.uri === uri),
      ),
    );
  }
  const affected = new Set([...edited].flatMap((uri) => [...workspace.dependents(uri)]));
  for (const uri of affected) {
    if (workspace.watch.now() > until) return false;
    const [then, now] = [before.analyze(uri), trial.analyze(uri)];
    if (!now || (then && now.cut && !then.cut)) return false;
    const left = counts(then);
    for (const [code, count] of counts(now)) if (code !== brings && count > (left.get(code) ?? 0)) return false;
  }
  return true;
}

/** How many errors and warnings there are of each code. */
function counts(analysis: FileAnalysis | undefined): Map<string, number> {
  const result = new Map<string, number>();
  for (const { code, severity } of analysis?.findings ?? [])
    if (severity === 'error' || severity === 'warning') result.set(code, (result.get(code) ?? 0) + 1);
  return result;
}

/** A name that none of some others is: itself, or with a number behind it. */
export function freshName(name: string, taken: { has(name: string): boolean }): string {
  let fresh = name;
  for (let count = 2; taken.has(fresh); count++) fresh = `${name}${count}`;
  return fresh;
}

/** Where the item of a list begins that something stands in: behind the comma, colon or bracket before it. */
export function startOfItem(text: string, at: number): number {
  const before = /[^,:{}()]*$/.exec(text.slice(0, at))?.[0] ?? '';
  return at - before.trimStart().length;
}
