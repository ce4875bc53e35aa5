// Whether a change of texts leaves what every name means, and what is found, as it is: in the files that it edits, and
// in those that import them, directly or not.
import { resolvePath } from '../scoping/paths.js';
import type { ChorSymbol, Occurrence } from '../scoping/symbols.js';
import type { FileAnalysis, Workspace } from '../workspace.js';
import { applyEdits } from '../edits/fix.js';
import type { Edit } from '../edits/fix.js';
import type { Finding } from '../findings/finding.js';
import { messageOf, linesIn } from '../rules/render.js';
import { longestExploring } from './limits.js';

export interface Changed {
  readonly uri: string;
  /** Where the first difference shows, in the text before. */
  readonly offset: number;
  /** A sentence: what would be different there. */
  readonly sentence: string;
}

/** What is known of a change; each that is left out may be so. */
interface About {
  /** The new address of a file that moves. */
  readonly moved?: (uri: string) => string;
  /** Whether other files can see what changes. */
  readonly reach?: boolean;
  /** Whether it may change what networks do though every name means what it meant, as labels can. */
  readonly runs?: boolean;
}

/**
 * Makes a change in a copy, and compares.
 * @param edits the change
 * @returns the first difference, in the edited files first; undefined where there is none
 * Cost: an analysis of the files that are edited and of those that import them, directly or not, and a second for
 * exploring networks, if `runs`
 */
export function changeOfMeaning(
  workspace: Workspace,
  edits: readonly Edit[],
  { moved = (uri) => uri, reach = true, runs = true }: About = {},
): Changed | undefined {
  const until = runs ? workspace.watch.now() + longestExploring : -Infinity;
  const watch = {
    now: () => workspace.watch.now(),
    interrupted: (states?: number) => workspace.watch.interrupted(states) || workspace.watch.now() > until,
  };
  const before = workspace.fork({ watch });
  const trial = workspace.fork({ watch });
  const uris = workspace.uris();
  const byFile = new Map<string, Edit[]>();
  for (const edit of edits) byFile.set(edit.uri, [...(byFile.get(edit.uri) ?? []), edit]);
  const texts = uris.flatMap((uri) => {
    const own = byFile.get(uri) ?? [];
    const text = own.length === 0 && moved(uri) === uri ? undefined : workspace.text(uri);
    return text === undefined ? [] : [{ uri, text: applyEdits(text, own) }];
  });
  for (const { uri } of texts) if (moved(uri) !== uri) trial.delete(uri);
  for (const { uri, text } of texts) trial.set(moved(uri), text);
  const shifts = new Map([...byFile].map(([uri, own]) => [uri, shiftOf(own)]));
  const shift = (uri: string, offset: number): number => shifts.get(uri)?.(offset) ?? offset;

  const touched = texts.map(({ uri }) => uri);
  // What is written over means something else to those who import it.
  const overwritten = uris.filter(
    (uri) => moved(uri) === uri && touched.some((one) => one !== uri && moved(one) === uri),
  );
  const affected = reach ? importersOf(workspace, [...touched, ...overwritten]) : touched;
  const ids = new Map<string, string>();
  const back = new Map<string, string>();
  for (const uri of affected) {
    const [then, now] = [before.analyze(uri), trial.analyze(moved(uri))];
    if (!then || !now || overwritten.includes(uri)) continue;
    const place = (symbol: ChorSymbol): string =>
      symbol.origin ? `${moved(symbol.uri)} ${shift(symbol.uri, symbol.origin.start)} ${symbol.kind}` : symbol.id;
    const placed = ({ uri: home, origin, kind, id }: ChorSymbol): string =>
      origin ? `${home} ${origin.start} ${kind}` : id;
    const length = Math.max(then.occurrences.length, now.occurrences.length);
    for (let i = 0; i < length; i++) {
      const [was, is] = [then.occurrences[i], now.occurrences[i]];
      const gone = !is || (was && shift(uri, was.origin.start) < is.origin.start);
      const came = !was || (is && is.origin.start < shift(uri, was.origin.start));
      if (was && is && !gone && !came && place(was.symbol) === placed(is.symbol)) {
        const [id, name] = [ids.get(was.symbol.id) ?? is.symbol.id, back.get(is.symbol.id) ?? was.symbol.id];
        ids.set(was.symbol.id, is.symbol.id);
        back.set(is.symbol.id, was.symbol.id);
        if (id === is.symbol.id && name === was.symbol.id) continue;
      }
      return {
        uri,
        offset: (came && is ? unshift(then, is, (offset) => shift(uri, offset)) : was?.origin.start) ?? 0,
        sentence: different(came ? undefined : was, gone ? undefined : is),
      };
    }
    const found = newFinding(then, now, (offset) => shift(uri, offset));
    if (found)
      return {
        uri,
        offset: unshift(then, found, (offset) => shift(uri, offset)),
        sentence: `There would be a new ${found.severity}: ${messageOf(found, linesIn(trial))}`,
      };
  }
  return undefined;
}

/** Where an offset is after edits. Cost of a look-up: logarithmic in them */
function shiftOf(edits: readonly Edit[]): (offset: number) => number {
  const sorted = [...edits].sort((a, b) => a.end - b.end);
  let sum = 0;
  const sums = sorted.map((edit) => (sum += edit.newText.length - (edit.end - edit.start)));
  return (offset) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.end ?? Infinity) <= offset) low = middle + 1;
      else high = middle;
    }
    return offset + (sums[low - 1] ?? 0);
  };
}

/** Where something of the text after stands in the text before, or near it. */
function unshift(
  before: FileAnalysis,
  { origin }: Pick<Occurrence, 'origin'>,
  shift: (offset: number) => number,
): number {
  let low = 0;
  let high = before.file.text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (shift(middle) <= origin.start) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The files themselves, then those that import them, nearest first. Cost: linear in the imports of all known files */
function importersOf(workspace: Workspace, uris: readonly string[]): string[] {
  const importers = new Map<string, string[]>();
  for (const uri of workspace.uris()) {
    for (const { path } of workspace.file(uri)?.imports ?? []) {
      const target = resolvePath(uri, path.text);
      const list = importers.get(target);
      if (list) list.push(uri);
      else importers.set(target, [uri]);
    }
  }
  const found = new Set(uris);
  // It grows while it is gone through.
  for (const uri of found) for (const importer of importers.get(uri) ?? []) found.add(importer);
  return [...found];
}

function different(was: Occurrence | undefined, is: Occurrence | undefined): string {
  const name = was?.symbol.name ?? is?.symbol.name ?? '';
  if (!was) return `\`${name}\`, which means nothing now, would mean ${shown(is?.symbol)}.`;
  return is
    ? `\`${name}\` means ${shown(was.symbol)} now, and would mean ${shown(is.symbol)}.`
    : `\`${name}\` would not mean ${shown(was.symbol)} any more.`;
}

function shown(symbol: ChorSymbol | undefined): string {
  if (!symbol) return 'nothing';
  if (!symbol.origin) return `the library’s \`${symbol.name}\``;
  if (symbol.kind === 'local') return 'a name that is bound there';
  const kind = { 'enum-case': 'case', recursion: '`rec`', builtin: 'function' }[symbol.kind as string] ?? symbol.kind;
  return `the ${kind} \`${symbol.name}\` of ${symbol.container ?? symbol.uri.slice(symbol.uri.lastIndexOf('/') + 1)}`;
}

/** An error or warning that was not there before. What exploring says counts where it came to an end both times. */
function newFinding(before: FileAnalysis, after: FileAnalysis, shift: (offset: number) => number): Finding | undefined {
  const cut = before.cut || after.cut;
  const serious = (analysis: FileAnalysis): Finding[] => {
    const explored = new Set(cut ? analysis.explored.flatMap(({ findings }) => findings) : []);
    return analysis.findings.filter((f) => (f.severity === 'error' || f.severity === 'warning') && !explored.has(f));
  };
  const known = new Map<string, number>();
  for (const { code, origin } of serious(before))
    known.set(`${code} ${shift(origin.start)}`, (known.get(`${code} ${shift(origin.start)}`) ?? 0) + 1);
  return serious(after).find(({ code, origin }) => {
    const key = `${code} ${origin.start}`;
    const left = known.get(key) ?? 0;
    known.set(key, left - 1);
    return left <= 0;
  });
}
