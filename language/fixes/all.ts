// Applies preferred fixes one after the other, each to what the ones before left: what `chor fix` and fix-all on save
// do.
import type { Declaration } from '../ir/file.js';
import type { Workspace } from '../workspace.js';
import { tryFixes } from './try.js';
import { applyEdits } from '../edits/fix.js';
import type { Finding } from '../findings/finding.js';
import type { Fix } from '../edits/fix.js';
import { gistOf } from '../rules/render.js';

export interface FixAllOptions {
  /** Only findings of these codes, hints too; where none is given, errors alone. */
  readonly codes?: readonly string[];
  /** Whether a file may be changed. */
  readonly within: (uri: string) => boolean;
  /** When to end, by the clock of the workspace; without it, when nothing is left to do. */
  readonly until?: number;
}

export interface AppliedFix {
  readonly finding: Finding;
  readonly fix: Fix;
  /** Where the finding stood, in the text that the fix was applied to. */
  readonly text: string;
}

/**
 * Applies what is preferred, and changes nothing but the declaration that the error stands in: what removes messages,
 * and what is no error, only where its code is asked for. It ends: a text that was there before is never gone back to.
 * @param workspace is changed
 * @param uri the file whose findings are put right
 * @returns each fix when it was applied. Cost: an analysis for each fix that is tried, see `fixesFor`
 */
export function* applyPreferred(
  workspace: Workspace,
  uri: string,
  options: FixAllOptions,
): Generator<AppliedFix, void> {
  for (const applied of preferredSteps(workspace, uri, options)) if (applied) yield applied;
}

/**
 * The same in steps, so that the caller can let others have a turn: after each candidate that was tried, there is
 * nothing yet.
 */
export function* preferredSteps(
  workspace: Workspace,
  uri: string,
  { codes = [], within, until = Infinity }: FixAllOptions,
): Generator<AppliedFix | undefined, void> {
  const seen = new Set([workspace.text(uri)]);
  const passed = new Set<string>();
  let changed = false;
  while (workspace.watch.now() <= until) {
    const text = workspace.text(uri) ?? '';
    const next = yield* nextFix(workspace, uri, codes, within, passed, until);
    // What has no fix is not tried again after each other fix, but once more when nothing else is left.
    if (!next && !changed) return;
    if (!next) {
      passed.clear();
      changed = false;
      continue;
    }
    const result = applyEdits(
      text,
      next.fix.edits.filter((edit) => edit.uri === uri),
    );
    passed.add(gistOf(next.finding));
    if (seen.has(result)) continue;
    seen.add(result);
    for (const other of new Set(next.fix.edits.map((edit) => edit.uri)))
      workspace.set(
        other,
        applyEdits(
          workspace.text(other) ?? '',
          next.fix.edits.filter((edit) => edit.uri === other),
        ),
      );
    changed = true;
    yield { ...next, text };
  }
}

function* nextFix(
  workspace: Workspace,
  uri: string,
  codes: readonly string[],
  within: FixAllOptions['within'],
  passed: Set<string>,
  until: number,
): Generator<undefined, { readonly finding: Finding; readonly fix: Fix } | undefined> {
  const declarations = workspace.file(uri)?.declarations ?? [];
  for (const finding of workspace.analyze(uri)?.findings ?? []) {
    if (workspace.watch.now() > until) return undefined;
    const named = codes.includes(finding.code);
    if (passed.has(gistOf(finding)) || (codes.length > 0 ? !named : finding.severity !== 'error')) continue;
    const trying = tryFixes(workspace, finding, { wanted: ({ preferred }) => preferred === true });
    let step = trying.next();
    for (; !step.done; step = trying.next()) yield undefined;
    const fix = step.value.fixes.find((f) => f.preferred);
    if (
      fix &&
      (named || !fix.cost?.removes) &&
      fix.edits.every((edit) => within(edit.uri)) &&
      staysInside(fix, finding, declarations)
    )
      return { finding, fix };
    passed.add(gistOf(finding));
  }
  return undefined;
}

/** Whether no other declaration of the file is changed. */
function staysInside({ edits }: Fix, { uri, origin }: Finding, declarations: readonly Declaration[]): boolean {
  return declarations.every(
    (d) =>
      (d.origin.start <= origin.start && origin.end <= d.origin.end) ||
      edits.every((edit) => edit.uri !== uri || edit.end <= d.origin.start || d.origin.end <= edit.start),
  );
}
