// Fixes are tried before they are offered: what remains after the edit must not have the error, and have no new one.
import { resolvePath } from '../scoping/paths.js';
import { lineEndOf, withLineEnds } from '../syntax/line-ends.js';
import type { LineEnd } from '../syntax/line-ends.js';
import { scan } from '../syntax/tokens.js';
import type { Workspace } from '../workspace.js';
import { excerpt } from './excerpt.js';
import { byCost, byLikelihood, isCertain, isTied } from './cost.js';
import type { Outcome } from './cost.js';
import { mends } from './mend/mends.js';
import { candidatesOf, gistOf } from '../rules/render.js';
import { applyEdits } from '../edits/fix.js';
import type { Edit, Fix } from '../edits/fix.js';
import { runOf } from '../findings/finding.js';
import type { Finding } from '../findings/finding.js';
import { longestByLikelihood, longestWait, leastEffort, mostTriedSlowly, mostFound, mostOffered } from './limits.js';

export interface TryOptions {
  /** For so many milliseconds, candidates are tried. */
  readonly longest?: number;
  /**
   * And for so many those of the rule itself: they are few, and the likeliest may be among them on a machine that is
   * slow. As long as `longest`, where it is not given.
   */
  readonly longestOwn?: number;
  readonly effort?: Effort;
  readonly wanted?: (fix: Fix) => boolean;
}

/** The fixes of a finding that were tried, and help. */
export interface Tried {
  readonly fixes: readonly Fix[];
  /** There may be more: what their networks do could not be found out in the time that there was. */
  readonly unsure: boolean;
}

/** What trying fixes may cost in all, in characters that are analysed: unlike time, it is the same on every machine. */
export interface Effort {
  left: number;
}

/**
 * The fixes of a finding that help.
 * @param asked the state the finding was made in; it is not changed
 * @param options `effort` is what may be spent, on several findings together: where none is left, nothing is tried.
 *   `wanted` are the candidates to be tried
 * @param finding one of its findings
 * @returns the rule's candidates, less those that leave the error or bring a new error or warning. They are tried, best
 *   first, for two seconds.
 * Cost: for each candidate an analysis of what it can matter to, which is a part of its file or the files that it
 * touches
 */
export function fixesFor(asked: Workspace, finding: Finding, options: TryOptions = {}): readonly Fix[] {
  const trying = tryFixes(asked, finding, options);
  for (;;) {
    const { done, value } = trying.next();
    if (done) return value.fixes;
  }
}

/**
 * As `fixesFor`, one candidate at a time, so that the caller can let others have a turn; after each it tells the fixes
 * so far. Where `asked` puts explorations off, there is little time for them here: then a candidate for what exploring
 * found, whose networks are not explored to the end, is not offered, and the answer is unsure.
 */
export function* tryFixes(
  asked: Workspace,
  finding: Finding,
  { longest = longestWait, longestOwn = longest, effort, wanted = () => true }: TryOptions = {},
): Generator<readonly Fix[], Tried> {
  if (effort && effort.left <= 0) return { fixes: [], unsure: false };
  // What is compared must have been explored before and after.
  const workspace = asked.settled();
  const text = workspace.text(finding.uri);
  if (text === undefined) return { fixes: [], unsure: false };
  const strict =
    workspace !== asked &&
    (asked.analyze(finding.uri)?.explored.some(({ findings }) => findings.includes(finding)) ?? false);
  const parts = new Map<string, Workspace>();
  const { watch } = workspace;
  const begun = watch.now();
  const context = { workspace, uri: finding.uri, text };
  const own = candidatesOf(finding, context);
  // Where the rule knows what is meant, nothing else is looked for.
  let looked = !own.some(isCertain);
  const others = looked ? mends(finding, context) : [];
  const slow =
    workspace
      .analyze(finding.uri)
      ?.explored.some(
        (each) =>
          each.slow && each.findings.some((f) => f.origin.start === finding.origin.start && f.code === finding.code),
      ) ?? false;
  const likely = slow ? [...others].sort(byLikelihood).slice(0, mostTriedSlowly) : others;
  const candidates = [...withFilesLineEnds(workspace, [...own, ...likely].filter(wanted).sort(byLikelihood))];
  const titles = new Set(own.map((fix) => fix.title));
  const helping: Outcome[] = [];
  const results = new Map<string, number | undefined>();
  // Without the time to find the error again, there are no candidates either.
  let unsure = strict && candidates.length === 0;
  let tries = 0;
  for (;;) {
    // What the rule knows may not help all the same.
    if (candidates.length === 0 && helping.length === 0 && !looked) {
      looked = true;
      candidates.push(...withFilesLineEnds(workspace, mends(finding, context).filter(wanted).sort(byLikelihood)));
    }
    if (candidates.length === 0) break;
    const spent = watch.now() - begun;
    // Where each takes long, the rule's own come next: they are few, and of different kinds.
    const ofRule =
      spent < Math.min(longestByLikelihood, longest) ? 0 : candidates.findIndex(({ title }) => titles.has(title));
    // However slow the machine is, the likeliest is tried.
    if (tries > 0 && spent > (ofRule < 0 ? longest : Math.max(longest, longestOwn))) break;
    tries++;
    const [fix] = candidates.splice(Math.max(0, ofRule), 1) as [Fix];
    // Of two that nobody could tell apart, the first is the likelier.
    if (helping.some(({ fix: other }) => other.title === fix.title)) continue;
    const result = resultOf(workspace, fix);
    if (results.has(result)) {
      // The same by another way: the likelier one says better what it is.
      const place = results.get(result);
      const before = place === undefined ? undefined : helping[place];
      if (place !== undefined && before && byLikelihood(fix, before.fix) < 0) helping[place] = { ...before, fix };
      continue;
    }
    results.set(result, undefined);
    const part = partFor(workspace, finding, fix, parts);
    if (effort) {
      if (effort.left <= 0) break;
      effort.left -= [...new Set([finding.uri, ...fix.edits.map((edit) => edit.uri)])].reduce(
        (sum, uri) => sum + lengthOf(part, uri),
        leastEffort,
      );
    }
    const { helps, left, cut } = outcomeOf(part, finding, fix);
    // What was ended from outside says nothing.
    if (watch.interrupted()) break;
    unsure ||= strict && cut;
    if (helps && !(strict && cut)) results.set(result, helping.push({ fix, left }) - 1);
    yield offered(helping);
    if (helping.length >= mostFound) break;
  }
  return { fixes: offered(helping), unsure };
}

/** The same fixes, with the line ends that the files have which they change. */
function withFilesLineEnds(workspace: Workspace, fixes: readonly Fix[]): readonly Fix[] {
  const ends = new Map<string, LineEnd>();
  const endOf = (uri: string): LineEnd => {
    const end = ends.get(uri) ?? lineEndOf(workspace.text(uri) ?? '');
    ends.set(uri, end);
    return end;
  };
  return fixes.map((fix) => ({
    ...fix,
    edits: fix.edits.map((edit) =>
      /[\r\n]/.test(edit.newText) ? { ...edit, newText: withLineEnds(edit.newText, endOf(edit.uri)) } : edit,
    ),
  }));
}

/** How much of a file there is to be analysed: what is blanked out costs nothing. */
function lengthOf(workspace: Workspace, uri: string): number {
  return workspace.file(uri)?.declarations.reduce((sum, { origin }) => sum + origin.end - origin.start, 0) ?? 0;
}

/** Those that help, the cheapest first; it is preferred where it may be, and nothing else is as good. */
function offered(helping: readonly Outcome[]): readonly Fix[] {
  const outcomes = helping
    .map((outcome, index) => ({ ...outcome, index }))
    .sort((a, b) => byCost(a, b) || a.index - b.index);
  const [first, second] = outcomes;
  const sure = first?.fix.preferred && !(second?.fix.preferred && isTied(first, second));
  return outcomes
    .slice(0, mostOffered)
    .map(({ fix }, index) => (fix.preferred && !(sure && index === 0) ? { ...fix, preferred: false } : fix));
}

/** What a fix makes of the files, but for layout and comments. */
function resultOf(workspace: Workspace, { edits }: Fix): string {
  return [...new Set(edits.map((edit) => edit.uri))]
    .map((uri) =>
      scan(
        applyEdits(
          workspace.text(uri) ?? '',
          edits.filter((edit) => edit.uri === uri),
        ),
      )
        .filter((token) => token.kind !== 'comment')
        .map((token) => token.text)
        .join(' '),
    )
    .join('\n');
}

/** The workspace with what the fix can't matter to blanked out of the file; the whole one where that can't be told. */
function partFor(workspace: Workspace, finding: Finding, fix: Fix, parts: Map<string, Workspace>): Workspace {
  const file = workspace.file(finding.uri);
  if (!file || fix.edits.some((edit) => edit.uri !== finding.uri) || isImportedBack(workspace, finding.uri))
    return workspace;
  const words = fix.edits.flatMap((edit) => scan(edit.newText).map((token) => token.text));
  const text = excerpt(file, [finding.origin, ...fix.edits], words);
  if (text === file.text) return workspace;
  let part = parts.get(text);
  if (!part) {
    part = workspace.fork();
    part.set(finding.uri, text);
    parts.set(text, part);
  }
  return part;
}

/** Whether what a file imports leads back to it. */
function isImportedBack(workspace: Workspace, uri: string): boolean {
  const seen = new Set<string>();
  const work = [uri];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    for (const { path } of workspace.file(next)?.imports ?? []) {
      const address = resolvePath(next, path.text);
      const other = workspace.file(address)?.uri ?? address;
      if (other === uri) return true;
      if (!seen.has(other)) work.push(other);
      seen.add(other);
    }
  }
  return false;
}

/** Whether a fix helps, how many errors are left then, and whether less was explored for that than the bounds allow. */
function outcomeOf(
  workspace: Workspace,
  finding: Finding,
  fix: Fix,
): { readonly helps: boolean; readonly left: number; readonly cut: boolean } {
  const uris = [...new Set([finding.uri, ...fix.edits.map((edit) => edit.uri)])];
  const trial = workspace.fork();
  for (const uri of uris)
    trial.set(
      uri,
      applyEdits(
        workspace.text(uri) ?? '',
        fix.edits.filter((edit) => edit.uri === uri),
      ),
    );
  const cut = uris.some((uri) => [workspace, trial].some((w) => w.analyze(uri)?.cut));
  // Errors; and who has nothing left to do was meant to do something.
  const idle = (w: Workspace, uri: string): number =>
    w.analyze(uri)?.findings.filter((f) => f.code === 'unused-role').length ?? 0;
  const left = uris.reduce(
    (sum, uri) =>
      sum +
      serious(trial, uri).filter((f) => f.severity === 'error').length +
      Math.max(0, idle(trial, uri) - idle(workspace, uri)),
    0,
  );
  return { helps: helps(workspace, trial, uris, finding, fix), left, cut };
}

function helps(workspace: Workspace, trial: Workspace, uris: readonly string[], finding: Finding, fix: Fix): boolean {
  const before = uris.flatMap((uri) => serious(workspace, uri));
  const after = uris.flatMap((uri) => serious(trial, uri));
  const family = ({ code }: Pick<Finding, 'code'>): string => familyOf(code);
  const [keysBefore, keysAfter] = [tally(before, gistOf), tally(after, gistOf)];
  const [codesBefore, codesAfter] = [tally(before, family), tally(after, family)];
  const more = (now: ReadonlyMap<string, number>, then: ReadonlyMap<string, number>, key: string): boolean =>
    (now.get(key) ?? 0) > (then.get(key) ?? 0);
  const hint = finding.severity === 'hint' || finding.severity === 'information';
  const own = (w: Workspace): number =>
    w.analyze(finding.uri)?.findings.filter((f) => f.code === finding.code).length ?? 0;
  if (
    hint
      ? own(trial) >= own(workspace)
      : (codesAfter.get(family(finding)) ?? 0) >= (codesBefore.get(family(finding)) ?? 0)
  )
    return false;
  // Where others follow from it, that these are fewer is not enough, and a name that is not there has to be gone
  // altogether; those of a run come one after the other.
  const gist = gistOf(finding);
  const enough = ['unknown-role', 'unknown-name'].includes(finding.code) ? 0 : (keysBefore.get(gist) ?? 1) - 1;
  if (finding.consequences && !runOf(finding) && (keysAfter.get(gist) ?? 0) > enough) return false;
  const places = new Map(
    [...new Set([finding, ...before].map(({ uri }) => uri))].map((uri) => [
      uri,
      placesIn(fix.edits.filter((edit) => edit.uri === uri)),
    ]),
  );
  const unmoved = placesIn([]);
  // It is this one that is to go, and not another one like it.
  const here = places.get(finding.uri)?.(finding);
  if (after.some((f) => unmoved(f) === here && gistOf(f) === gist)) return false;
  // What does not read has no other errors yet.
  if (finding.code === 'syntax-error') return true;
  // A message may quote what the fix itself rewrites: then the error is the one that stood there before.
  const moved = new Set(before.map((f) => places.get(f.uri)?.(f)));
  // Who has nothing left to do afterwards does no harm.
  return after.every(
    (f) =>
      family(f) === family(finding) ||
      f.code === 'unused-role' ||
      (!more(codesAfter, codesBefore, family(f)) && (!more(keysAfter, keysBefore, gistOf(f)) || moved.has(unmoved(f)))),
  );
}

/** Codes that tell of the same: that a role has no value. Which of them it is depends on who else has one. */
function familyOf(code: string): string {
  return ['unknown-variable', 'not-located-here', 'maybe-unassigned'].includes(code) ? 'no-value' : code;
}

function tally(findings: readonly Finding[], nameOf: (finding: Finding) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const found of findings) counts.set(nameOf(found), (counts.get(nameOf(found)) ?? 0) + 1);
  return counts;
}

/** Where a finding stands after the edits of its file. */
function placesIn(edits: readonly Edit[]): (finding: Finding) => string {
  const shift = (offset: number): number =>
    offset + edits.filter((e) => e.end <= offset).reduce((sum, e) => sum + e.newText.length - (e.end - e.start), 0);
  return ({ code, uri, origin }) => `${code} ${uri} ${shift(origin.start)} ${shift(origin.end)}`;
}

/** Errors and warnings, those that wait for others too: a fix may mend some of them alone. */
function serious(workspace: Workspace, uri: string): Finding[] {
  return (
    workspace
      .analyze(uri)
      ?.findings.flatMap((f) => [f, ...(f.consequences ?? [])])
      .filter((f) => f.severity === 'error' || f.severity === 'warning') ?? []
  );
}
