// The language as one object: texts in, analyses out. It knows no editor, no files and no protocol; every answer is
// computed when it is asked for and kept until a text that it depends on changes.
import { syntaxError } from './diagnostics/syntax-error.js';
import { finding } from './diagnostics/rule.js';
import type { Finding } from './diagnostics/rule.js';
import { walkBlock } from './ir/choreography.js';
import type { Choreography } from './ir/choreography.js';
import type { SourceFile } from './ir/file.js';
import { lowerFile } from './ir/lower.js';
import { createNetworkCache } from './network/cache.js';
import type { NetworkCache } from './network/cache.js';
import type { ExplorationLimits, NetworkResult, Verdict } from './network/verdict.js';
import { projectAgain } from './projection/cache.js';
import type { Projected } from './projection/project.js';
import { resolvePath, scopeOf } from './scoping/scope.js';
import type { Files, Scope } from './scoping/scope.js';
import type { Occurrence } from './scoping/symbols.js';
import { checkNames } from './typing/check.js';
import type { Names } from './typing/check.js';

/** Everything that is known of one file in one state of the workspace. */
export interface FileAnalysis {
  readonly file: SourceFile;
  readonly scope: Scope;
  readonly names: Names;
  readonly occurrences: readonly Occurrence[];
  /** One for each choreography of the file, broken ones too (of what could be read), in order. */
  readonly projections: readonly Projected[];
  /** One for each choreography and network that reads, in order. */
  readonly verdicts: readonly Verdict[];
  /** In source order. */
  readonly findings: readonly Finding[];
}

export interface WorkspaceOptions {
  /** The text of a file that was not set, for imports; undefined where there is none. */
  readonly read?: (uri: string) => string | undefined;
  readonly limits?: ExplorationLimits;
  /** How long one network may be explored, in milliseconds: the verdict is `bounded` then. Without it, as far as the limits allow. */
  readonly patience?: number;
  /** Told when checking a declaration failed by a mistake of ours; the rest of the file stays checked. Without it, it is thrown. */
  readonly crashed?: (error: unknown) => void;
}

export const defaultLimits: ExplorationLimits = { states: 1_000_000, buffer: 8 };

export class Workspace implements Files {
  private readonly texts = new Map<string, string>();
  private readonly lowered = new Map<string, SourceFile>();
  private readonly checked = new Map<string, Checked>();
  private readonly analyses = new Map<string, FileAnalysis>();
  /** The files that were looked for and not there. */
  private readonly missing = new Set<string>();
  private networks = createNetworkCache();

  constructor(private readonly options: WorkspaceOptions = {}) {}

  /** Sets the text of a file: an open document, or one on disk. */
  set(uri: string, text: string): void {
    if (this.texts.get(uri) === text) return;
    this.texts.set(uri, text);
    this.invalidate(uri);
  }

  /** Forgets the text of a file; it is read again when it is needed. */
  delete(uri: string): void {
    this.texts.delete(uri);
    this.invalidate(uri);
  }

  /** The addresses of all files known, set or read. */
  uris(): string[] {
    return [...this.texts.keys()];
  }

  text(uri: string): string | undefined {
    const known = this.texts.get(uri);
    if (known !== undefined || this.missing.has(uri)) return known;
    const text = this.options.read?.(uri);
    if (text === undefined) this.missing.add(uri);
    else this.texts.set(uri, text);
    return text;
  }

  file(uri: string): SourceFile | undefined {
    const known = this.lowered.get(uri);
    if (known) return known;
    const text = this.text(uri);
    if (text === undefined) return undefined;
    const file = lowerFile(uri, text);
    this.lowered.set(uri, file);
    return file;
  }

  /** Analyses a file. Undefined where there is no such file. Never throws for what stands in the text. */
  analyze(uri: string): FileAnalysis | undefined {
    const known = this.analyses.get(uri);
    if (known) return known;
    const file = this.file(uri);
    if (!file) return undefined;
    const { scope, names, projections, networks, findings } = this.check(file);
    const proven = new Set<Choreography>();
    const verdicts = [...networks.map((n) => n.verdict), ...projections.filter((p) => this.isSound(uri, p.choreography, proven)).map((p) => proved(uri, p.choreography))];
    verdicts.sort((a, b) => a.origin.start - b.origin.start);
    const analysis = { file, scope, names, occurrences: names.occurrences, projections, verdicts, findings };
    this.analyses.set(uri, analysis);
    return analysis;
  }

  private check(file: SourceFile): Checked {
    let checked = this.checked.get(file.uri);
    if (!checked) {
      checked = checkFile(file, this, this.options, this.networks);
      this.checked.set(file.uri, checked);
    }
    return checked;
  }

  /** Whether a choreography and all that it calls are without error; those found to be are added to `known`. */
  private isSound(uri: string, choreography: Choreography, known: Set<Choreography>): boolean {
    const seen = new Set<Choreography>();
    const visit = (at: string, current: Choreography): boolean => {
      if (seen.has(current) || known.has(current)) return true;
      seen.add(current);
      const file = this.file(at);
      if (!file) return false;
      const { sound, scope } = this.check(file);
      if (!sound.has(current.name.text)) return false;
      let all = true;
      walkBlock(current.body.statements, (statement) => {
        if (statement.kind !== 'call') return;
        const callee = scope.lookup(statement.callee.text);
        // Nothing can be said of what calls something that is not there.
        all &&= callee?.declaration.kind === 'choreography' && visit(callee.uri, callee.declaration);
      });
      return all;
    };
    const sound = visit(uri, choreography);
    if (sound) for (const each of seen) known.add(each);
    return sound;
  }

  /** A copy to try a change in; what is known already is shared. */
  fork(): Workspace {
    const copy = new Workspace(this.options);
    copy.networks = this.networks;
    for (const [uri, text] of this.texts) copy.texts.set(uri, text);
    for (const [uri, file] of this.lowered) copy.lowered.set(uri, file);
    for (const [uri, checked] of this.checked) copy.checked.set(uri, checked);
    for (const [uri, analysis] of this.analyses) copy.analyses.set(uri, analysis);
    return copy;
  }

  /** Forgets the answers that depend on a file: its own, and those of the files that import it, directly or not. */
  private invalidate(uri: string): void {
    this.lowered.delete(uri);
    this.missing.delete(uri);
    const stale = new Set([uri]);
    for (let grown = true; grown;) {
      grown = false;
      for (const [other, { file }] of this.checked) {
        if (stale.has(other)) continue;
        if (file.imports.some((i) => stale.has(resolvePath(other, i.path.text)))) {
          stale.add(other);
          grown = true;
        }
      }
    }
    for (const other of stale) {
      this.checked.delete(other);
      this.analyses.delete(other);
    }
  }
}

/** A choreography that projects is free of deadlock by construction, for every buffer size. */
function proved(uri: string, { name }: Choreography): Verdict {
  return { name: name.text, subject: 'choreography', uri, origin: name.origin, verdict: 'proved', states: 0, buffer: 0, run: [] };
}

interface Checked {
  readonly file: SourceFile;
  readonly scope: Scope;
  readonly names: Names;
  readonly projections: readonly Projected[];
  readonly networks: readonly NetworkResult[];
  readonly findings: readonly Finding[];
  /** The choreographies of the file without an error of their own. */
  readonly sound: ReadonlySet<string>;
}

/** What can be said of a file by itself and the declarations that it names. */
function checkFile(file: SourceFile, files: Files, { limits = defaultLimits, patience, crashed }: WorkspaceOptions, cache: NetworkCache): Checked {
  const scope = scopeOf(file, files);
  const checked = guarded(() => checkNames(scope, files), crashed);
  const names = checked ?? noNames;
  const findings: Finding[] = file.syntaxErrors.map((error) => finding(syntaxError, file.uri, error.origin, error));
  findings.push(...names.findings);
  const projections: Projected[] = [];
  const networks: NetworkResult[] = [];
  const sound = new Set<string>();
  const errors = names.findings.filter((f) => f.severity === 'error');
  for (const declaration of file.declarations) {
    // Nothing is said to be proved of what was not checked.
    const wrong = !checked || declaration.broken || errors.some((f) => inside(f, declaration.origin));
    if (declaration.kind === 'choreography') {
      const projected = guarded(() => projectAgain(declaration, scope), crashed);
      if (!projected) continue;
      projections.push(projected);
      if (declaration.broken) continue;
      findings.push(...projected.findings);
      if (!wrong && !projected.findings.some((f) => f.severity === 'error')) sound.add(declaration.name.text);
    } else if (declaration.kind === 'network' && !wrong) {
      const result = guarded(() => cache.check(declaration, scope, limits, { names, ...(patience === undefined ? {} : { patience }) }), crashed);
      if (!result) continue;
      findings.push(...result.findings);
      networks.push(result);
    }
  }
  findings.sort((a, b) => a.origin.start - b.origin.start || a.origin.end - b.origin.end);
  return { file, scope, names, projections, networks, findings, sound };
}

const noNames: Names = { findings: [], occurrences: [], variables: new Map(), typeAt: () => undefined, typeOf: () => undefined, payloads: new Map() };

/** Runs a check; where `crashed` is there, a failure is told to it and leaves no answer. */
function guarded<T>(run: () => T, crashed: WorkspaceOptions['crashed']): T | undefined {
  if (!crashed) return run();
  try {
    return run();
  } catch (error) {
    crashed(error);
    return undefined;
  }
}

function inside(finding: Finding, origin: { start: number; end: number }): boolean {
  return finding.origin.start >= origin.start && finding.origin.end <= origin.end;
}
