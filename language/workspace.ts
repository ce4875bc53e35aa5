// The language as one object: texts in, analyses out. It knows no editor, no files and no protocol; every answer is
// computed when it is asked for and kept until a text that it depends on changes.
import { checkFile, guarded } from './checked.js';
import type { Checked } from './checked.js';
import { choreographiesOf } from './ir/choreography.js';
import type { Choreography } from './ir/choreography.js';
import { sharesChannels } from './ir/shared-channels.js';
import type { SourceFile } from './ir/file.js';
import { calledFrom } from './parameters/scope.js';
import type { Network } from './ir/process.js';
import { createNetworkCache, isPending } from './network/verdict/cache.js';
import type { Budget, Pending, Watch } from './network/verdict/cache.js';
import { isUnfinished } from './network/verdict/verdict.js';
import type { NetworkResult, Verdict } from './network/verdict/verdict.js';
import type { Projected } from './projection/project.js';
import { resolvePath } from './scoping/paths.js';
import { scopeOf } from './scoping/scope.js';
import type { Files, Scope } from './scoping/scope.js';
import { lowerFile } from './lowering/source.js';
import type { Occurrence } from './scoping/symbols.js';
import { checkNames } from './typing/check.js';
import type { TypingResult } from './typing/check.js';
import { finding } from './findings/finding.js';
import type { Finding } from './findings/finding.js';
import type { ExplorationLimits } from './network/model/exploration.js';

/** Everything that is known of one file in one state of the workspace. */
export interface FileAnalysis {
  readonly file: SourceFile;
  readonly scope: Scope;
  readonly names: TypingResult;
  readonly occurrences: readonly Occurrence[];
  /** One for each choreography of the file, broken ones too (of what could be read), in order. */
  readonly projections: readonly Projected[];
  /** One for each choreography and network that reads, in order; but for those networks that are pending. */
  readonly verdicts: readonly Verdict[];
  /**
   * The networks whose exploration was put off, in order: nothing is said of their runs yet. None without `background`.
   */
  readonly pending: readonly Pending[];
  /** In source order. */
  readonly findings: readonly Finding[];
  /** What of that exploring found, by the networks, in no order. */
  readonly explored: readonly ExploredNetwork[];
  /** The exploration of a network was ended by `timeout`: there may be more to find. */
  readonly cut: boolean;
}

/** A network that was explored, and what was found. */
export interface ExploredNetwork {
  readonly network: Network;
  /** It takes too long to be explored while somebody waits. */
  readonly slow: boolean;
  readonly findings: readonly Finding[];
}

/** A file that is there, and that is not read. */
export interface Unread {
  /** Why, as the end of a sentence: `it is larger than 8 MiB`. */
  readonly unread: string;
}

export interface WorkspaceOptions {
  /**
   * The text of a file that was not set, for imports; undefined where there is none, and the reason where it is not
   * read.
   */
  readonly read?: (uri: string) => string | Unread | undefined;
  /**
   * The one address of a file that has several, by links: all of them mean one text, and one declaration of each name.
   * What a file imports is relative to that address. Constant while no file changes; without it, each address is a file
   * of its own.
   */
  readonly same?: (uri: string) => string;
  readonly limits?: ExplorationLimits;
  /**
   * How long one network may be explored, in milliseconds: the verdict is `bounded` then. Without it, as far as the
   * limits allow.
   */
  readonly timeout?: number;
  /** The clock of `timeout`, and who may end an exploration. */
  readonly watch?: Watch;
  /**
   * Puts long explorations off: what takes longer than `each` milliseconds, or than `total` for all networks of a file,
   * is pending in the analysis, until `learn` or `giveUp` tell the result. Copies of the workspace put nothing off;
   * `timeout` is for them.
   */
  readonly background?: {
    readonly each: number;
    readonly total: number;
    /** Told when something came to be pending. */
    deferred(): void;
  };
  /**
   * Told when checking a declaration failed by a mistake of ours; the rest of the file stays checked. Without it, it is
   * thrown.
   */
  readonly crashed?: (error: unknown) => void;
}

const nobody: Watch = { now: () => Date.now(), interrupted: () => false };

export const defaultLimits: ExplorationLimits = { states: 1_000_000, buffer: 8 };

/** How many files are remembered that are not there. */
const mostMissed = 10_000;

export class Workspace implements Files {
  private readonly texts = new Map<string, string>();
  private readonly lowered = new Map<string, SourceFile>();
  /** What was made of the texts that files had before, until it is made of those that they have now. */
  private readonly before = new Map<string, SourceFile>();
  /** Of the files as they are now. */
  readonly scopes = new Map<string, Scope>();
  /**
   * For each address, whether the choreographies of the file are without error, with all that they call, as far as it
   * is known.
   */
  private readonly soundness = new Map<string, Map<Choreography, Soundness>>();
  /** For each address, the files that were read and import it. */
  private readonly importers = new Map<string, Set<string>>();
  private readonly checked = new Map<string, Checked>();
  private readonly analyses = new Map<string, FileAnalysis>();
  /** The files that were looked for and have no text, with the reason where they are there. */
  private readonly missing = new Map<string, string | undefined>();
  /** The files of which something else may be to be said than before, and nobody was told yet. */
  private outdated = new Set<string>();
  private networks = createNetworkCache();

  constructor(private readonly options: WorkspaceOptions = {}) {}

  get watch(): Watch {
    return this.options.watch ?? nobody;
  }

  get limits(): ExplorationLimits {
    return this.options.limits ?? defaultLimits;
  }

  /** The one address of a file. */
  private same(uri: string): string {
    return this.options.same?.(uri) ?? uri;
  }

  /** Sets the text of a file: an open document, or one on disk. */
  set(address: string, text: string): void {
    const uri = this.same(address);
    if (this.texts.get(uri) === text) return;
    this.texts.set(uri, text);
    this.invalidate(uri);
  }

  /** Forgets the text of a file; it is read again when it is needed. */
  delete(address: string): void {
    const uri = this.same(address);
    this.texts.delete(uri);
    this.networks.forget(uri);
    this.invalidate(uri);
    this.before.delete(uri);
  }

  /** The addresses of all files known, set or read. */
  uris(): string[] {
    return [...this.texts.keys()];
  }

  /** The addresses of files that were looked for and have no text. */
  missed(): string[] {
    return [...this.missing.keys()];
  }

  text(address: string): string | undefined {
    const uri = this.same(address);
    const known = this.texts.get(uri);
    if (known !== undefined || this.missing.has(uri)) return known;
    const text = this.options.read?.(uri);
    if (typeof text === 'string') {
      this.texts.set(uri, text);
      return text;
    }
    // They are looked for again when they are needed.
    if (this.missing.size >= mostMissed) this.missing.clear();
    this.missing.set(uri, text?.unread);
    return undefined;
  }

  unread(uri: string): string | undefined {
    return this.missing.get(this.same(uri));
  }

  file(address: string): SourceFile | undefined {
    const uri = this.same(address);
    const known = this.lowered.get(uri);
    if (known) return known;
    const text = this.text(uri);
    if (text === undefined) return undefined;
    const file = lowerFile(uri, text, this.before.get(uri));
    this.before.delete(uri);
    this.lowered.set(uri, file);
    for (const { path } of file.imports) this.importersOf(this.same(resolvePath(uri, path.text))).add(uri);
    return file;
  }

  /** Analyses a file. Undefined where there is no such file. Never throws for what stands in the text. */
  analyze(address: string): FileAnalysis | undefined {
    const uri = this.same(address);
    const known = this.analyses.get(uri);
    if (known) return known;
    const file = this.file(uri);
    if (!file) return undefined;
    const checked = this.check(file);
    const { scope, names, projections } = checked;
    const { verdicts, findings, pending, explored, cut } = this.explore(checked);
    const { wrong, sharing } = this.soundnessOf(
      uri,
      projections.map((p) => p.choreography),
    );
    verdicts.push(
      ...projections
        .filter((p) => !wrong.has(p.choreography) && choreographiesOf(p.choreography.parameters).length === 0)
        .map((p) => proved(uri, p.choreography, sharing.has(p.choreography))),
    );
    verdicts.sort((a, b) => a.origin.start - b.origin.start);
    const analysis: FileAnalysis = {
      file,
      scope,
      names,
      projections,
      verdicts,
      pending,
      findings,
      explored,
      cut,
      get occurrences() {
        return names.occurrences;
      },
    };
    this.analyses.set(uri, analysis);
    if (pending.length > 0) this.options.background?.deferred();
    return analysis;
  }

  /**
   * The addresses of the files, known ones and missing ones, of which something else may be to be said since this was
   * asked last: their texts changed, or those that they import, directly or not, or something came to be known of their
   * networks.
   */
  takeOutdated(): string[] {
    const all = [...this.outdated];
    this.outdated = new Set();
    return all;
  }

  /** What is pending in the files that were analysed, as they are now. */
  pending(): Pending[] {
    return [...this.analyses.values()].flatMap((analysis) => analysis.pending);
  }

  /**
   * Takes in the result of a network that was pending; its file is then to be analysed again.
   * @param milliseconds how long it took
   * @returns whether something was waiting for it
   */
  learn(key: string, result: NetworkResult, milliseconds: number): boolean {
    return this.networks.learn(key, result, milliseconds) && this.forgetPending(key);
  }

  /**
   * As `learn`, where there will be no result: the verdict is `bounded`, with the reason and the states made until
   * then.
   */
  giveUp(key: string, reason: string, states: number): boolean {
    return this.networks.giveUp(key, reason, states) && this.forgetPending(key);
  }

  /**
   * Has all networks explored again whose exploration was ended before its bounds were met: they are pending, or
   * explored at once.
   * @returns whether there are any; the files that have them are then to be analysed again
   */
  exploreAgain(): boolean {
    this.networks.forgetUnfinished();
    const unfinished = [...this.analyses].filter(([, { verdicts }]) => verdicts.some(isUnfinished));
    for (const [uri] of unfinished) this.outdate(uri);
    return unfinished.length > 0;
  }

  private forgetPending(key: string): boolean {
    for (const [uri, { pending }] of this.analyses) if (pending.some((p) => p.key === key)) this.outdate(uri);
    return true;
  }

  /** The file is to be analysed again. */
  private outdate(uri: string): void {
    this.analyses.delete(uri);
    this.outdated.add(uri);
  }

  /** What is known of the runs of a file's networks, together with what else was found in it. */
  private explore({ file, scope, names, networks, findings: others }: Checked): {
    verdicts: Verdict[];
    findings: Finding[];
    pending: Pending[];
    explored: ExploredNetwork[];
    cut: boolean;
  } {
    const { timeout, background, crashed } = this.options;
    const budget: Budget | undefined = background && { each: background.each, left: background.total };
    const verdicts: Verdict[] = [];
    const findings = [...others];
    const pending: Pending[] = [];
    const explored: ExploredNetwork[] = [];
    let cut = false;
    // The small ones first, so that their verdicts do not come and go behind a big one's attempt.
    for (const network of budget ? [...networks].sort((a, b) => lengthOf(a) - lengthOf(b)) : networks) {
      const answer = guarded(
        () => this.networks.check(network, scope, this.limits, { names, timeout, budget, watch: this.watch }),
        crashed,
        () => {
          findings.push(
            finding('too-large', file.uri, network.name.origin, { what: 'network', name: network.name.text }),
          );
        },
      );
      if (!answer) continue;
      if (isPending(answer)) {
        pending.push(answer);
        continue;
      }
      verdicts.push(answer.verdict);
      findings.push(...answer.findings);
      explored.push({ network, slow: this.networks.isSlow(file.uri, network.name.text), findings: answer.findings });
      cut ||= answer.cut;
    }
    findings.sort((a, b) => a.origin.start - b.origin.start || a.origin.end - b.origin.end);
    pending.sort((a, b) => a.origin.start - b.origin.start);
    return { verdicts, findings, pending, explored, cut };
  }

  /**
   * What exploring the network says that starts at a place of a file; it is not put off.
   * @returns undefined where there is no network
   */
  exploreAt(uri: string, start: number): NetworkResult | undefined {
    const file = this.file(uri);
    const network = file?.declarations.find((d) => d.origin.start === start);
    if (!file || network?.kind !== 'network') return undefined;
    const scope = scopeOf(file, this);
    const answer = this.networks.check(network, scope, this.limits, {
      names: checkNames(scope, this),
      timeout: this.options.timeout,
      watch: this.watch,
    });
    return isPending(answer) ? undefined : answer;
  }

  private check(file: SourceFile): Checked {
    let checked = this.checked.get(file.uri);
    if (!checked) {
      checked = checkFile(file, this, this.options.crashed);
      this.checked.set(file.uri, checked);
    }
    return checked;
  }

  /**
   * Which of some choreographies have an error, or call one that has, directly or not; and of which threads share a
   * channel, in the same way.
   * Cost: linear in what they call and is not known yet
   */
  private soundnessOf(
    uri: string,
    from: readonly Choreography[],
  ): { readonly wrong: ReadonlySet<Choreography>; readonly sharing: ReadonlySet<Choreography> } {
    const [wrong, sharing] = [new Set<Choreography>(), new Set<Choreography>()];
    const callers = new Map<Choreography, Choreography[]>();
    const seen = new Map(from.map((choreography) => [choreography, uri]));
    const work = [...seen.keys()];
    for (let choreography = work.pop(); choreography; choreography = work.pop()) {
      const current = choreography;
      const at = seen.get(current) ?? uri;
      const known = this.soundness.get(at)?.get(current);
      if (known !== undefined) {
        if (!known.right) wrong.add(current);
        if (known.shares) sharing.add(current);
        continue;
      }
      const file = this.file(at);
      const checked = file && this.check(file);
      if (!checked?.sound.has(current.name.text)) {
        wrong.add(current);
        continue;
      }
      // Without the word, no statement is looked at.
      const { start, end } = current.origin;
      if (/\bpar\b/.test(file?.text.slice(start, end) ?? '') && sharesChannels(current)) sharing.add(current);
      for (const callee of calledFrom(current, checked.scope)) {
        if (!callee) {
          // Nothing can be said of what calls something that is not there.
          wrong.add(current);
          continue;
        }
        const { declaration } = callee;
        const list = callers.get(declaration);
        if (list) list.push(current);
        else callers.set(declaration, [current]);
        if (seen.has(declaration)) continue;
        seen.set(declaration, callee.uri);
        work.push(declaration);
      }
    }
    // It grows while it is gone through.
    for (const all of [wrong, sharing])
      for (const each of all) for (const caller of callers.get(each) ?? []) all.add(caller);
    for (const [each, at] of seen) {
      const known = this.soundness.get(at) ?? new Map<Choreography, Soundness>();
      this.soundness.set(at, known.set(each, { right: !wrong.has(each), shares: sharing.has(each) }));
    }
    return { wrong, sharing };
  }

  /** The same where nothing is put off: what is pending here is explored there, with `timeout`. */
  settled(): Workspace {
    return this.options.background ? this.fork() : this;
  }

  /**
   * A copy to try a change in; what is known already is shared.
   * @param options what is different there
   */
  fork(options: WorkspaceOptions = {}): Workspace {
    const copy = new Workspace({ ...this.options, background: undefined, ...options });
    copy.networks = this.networks;
    for (const [uri, text] of this.texts) copy.texts.set(uri, text);
    for (const [uri, file] of this.lowered) copy.lowered.set(uri, file);
    for (const [uri, file] of this.before) copy.before.set(uri, file);
    for (const [uri, scope] of this.scopes) copy.scopes.set(uri, scope);
    for (const [uri, from] of this.importers) copy.importers.set(uri, new Set(from));
    for (const [uri, checked] of this.checked) copy.checked.set(uri, checked);
    for (const [uri, analysis] of this.analyses) if (analysis.pending.length === 0) copy.analyses.set(uri, analysis);
    return copy;
  }

  /**
   * Forgets the answers that depend on a file: its own, and those of the files that import it, directly or not, whether
   * somebody asked about these or they were only read. Cost: linear in the imports among them
   */
  private invalidate(uri: string): void {
    for (const { path } of this.lowered.get(uri)?.imports ?? [])
      this.importersOf(this.same(resolvePath(uri, path.text))).delete(uri);
    const old = this.lowered.get(uri);
    if (old) this.before.set(uri, old);
    this.lowered.delete(uri);
    this.missing.delete(uri);
    for (const other of this.dependents(uri)) {
      this.scopes.delete(other);
      this.soundness.delete(other);
      this.checked.delete(other);
      this.outdate(other);
    }
  }

  /**
   * A file, and those that import it, directly or not, as far as they were read. Cost: linear in the imports among them
   */
  dependents(address: string): ReadonlySet<string> {
    const found = new Set([this.same(address)]);
    // It grows while it is gone through.
    for (const one of found) for (const other of this.importers.get(one) ?? []) found.add(other);
    return found;
  }

  private importersOf(uri: string): Set<string> {
    let known = this.importers.get(uri);
    if (!known) this.importers.set(uri, (known = new Set()));
    return known;
  }
}

/** Of a choreography, with all that it calls: whether there is no error, and whether threads share a channel. */
interface Soundness {
  readonly right: boolean;
  readonly shares: boolean;
}

/**
 * A choreography that projects is free of deadlock by construction, for every buffer size; where threads share a
 * channel, as long as no queue can be full.
 */
function proved(uri: string, { name }: Choreography, shares: boolean): Verdict {
  return {
    name: name.text,
    provedFor: { queues: shares ? 'unbounded' : 'every' },
    subject: 'choreography',
    uri,
    origin: name.origin,
    verdict: 'proved',
    states: 0,
    buffer: 0,
    run: [],
  };
}

function lengthOf({ origin }: Network): number {
  return origin.end - origin.start;
}
