// What can be said of a file by itself and the declarations that it names, apart from exploring its networks.
import type { SourceFile } from './ir/file.js';
import type { Network } from './ir/process.js';
import { projectAgain } from './projection/cache.js';
import type { Projected } from './projection/project.js';
import { scopeOf } from './scoping/scope.js';
import type { Files, Scope } from './scoping/scope.js';
import { misleadingIn } from './syntax/misleading.js';
import { checkNames } from './typing/check.js';
import { causedByNames, withFollowing } from './typing/following.js';
import type { TypingResult } from './typing/check.js';
import { unknown } from './typing/types.js';
import { rememberNames } from './values/types.js';
import { finding } from './findings/finding.js';
import type { Finding } from './findings/finding.js';

export interface Checked {
  readonly file: SourceFile;
  readonly scope: Scope;
  readonly names: TypingResult;
  readonly projections: readonly Projected[];
  /** Those that can be explored. */
  readonly networks: readonly Network[];
  /** But for those of explorations. */
  readonly findings: readonly Finding[];
  /** The choreographies of the file without an error of their own. */
  readonly sound: ReadonlySet<string>;
}

/** Told of a failure of ours; without it, failures are thrown. */
export type Crashed = ((error: unknown) => void) | undefined;

/**
 * Checks a file.
 * @param files where imported files are taken from
 * Cost: linear in the file and what it imports, where projections are known; else that of projecting
 */
export function checkFile(file: SourceFile, files: Files, crashed: Crashed): Checked {
  const scope = scopeOf(file, files);
  const findings: Finding[] = file.syntaxErrors.map((error) => finding('syntax-error', file.uri, error.origin, error));
  findings.push(...misleadingIn(file.text).map((found) => finding('misleading-character', file.uri, found, found)));
  const [top] = file.declarations;
  const checked = guarded(
    () => checkNames(scope, files),
    crashed,
    () => {
      if (top) findings.push(finding('too-large', file.uri, top.name.origin, { what: 'file', name: top.name.text }));
    },
  );
  const names = checked ?? noNames;
  const first = findings.length;
  if (checked) rememberNames(scope, checked);
  const projections: Projected[] = [];
  const networks: Network[] = [];
  const sound = new Set<string>();
  const roots = new Map<Finding, Finding>();
  const errors = names.findings.filter((f) => f.severity === 'error');
  for (const declaration of file.declarations) {
    // Nothing is said to be proved of what was not checked.
    const own = errors.filter((f) => inside(f, declaration.origin));
    const wrong = !checked || declaration.broken || own.length > 0;
    if (declaration.kind === 'choreography') {
      const projected = guarded(
        () => projectAgain(declaration, scope),
        crashed,
        () => {
          findings.push(
            finding('too-large', file.uri, declaration.name.origin, {
              what: 'projection',
              name: declaration.name.text,
            }),
          );
        },
      );
      if (!projected) continue;
      projections.push(projected);
      if (declaration.broken) continue;
      findings.push(...projected.findings);
      for (const [found, root] of causedByNames(projected.findings, own)) roots.set(found, root);
      if (!wrong && !projected.findings.some((f) => f.severity === 'error')) sound.add(declaration.name.text);
    } else if (declaration.kind === 'network' && !wrong) networks.push(declaration);
  }
  const all = withFollowing([...findings.slice(0, first), ...names.findings, ...findings.slice(first)], roots);
  return { file, scope, names, projections, networks, findings: all, sound };
}

const noNames: TypingResult = {
  findings: [],
  occurrences: [],
  variables: new Map(),
  typeAt: () => undefined,
  typeOf: () => undefined,
  meant: () => unknown(),
  payloads: new Map(),
};

/**
 * Runs a check; where `crashed` is there, a failure is told to it and leaves no answer.
 * @param deep is called where the stack or a table was too small for what is checked: that is no mistake of ours, and
 *   has to be told
 */
export function guarded<T>(run: () => T, crashed: Crashed, deep: () => void): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) deep();
    else if (crashed) crashed(error);
    else throw error;
    return undefined;
  }
}

function inside(finding: Finding, origin: { start: number; end: number }): boolean {
  return finding.origin.start >= origin.start && finding.origin.end <= origin.end;
}
