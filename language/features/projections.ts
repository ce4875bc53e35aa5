// The projections of a file's choreographies and the processes of its networks, as an editor shows them: live ones, and
// the last good ones of what does not parse now.
import { sequenceOf } from '../diagram/sequence.js';
import type { SequenceDiagram } from '../diagram/sequence.js';
import type { StateDiagram } from '../diagram/states.js';
import { statesIn } from '../export/states.js';
import type { TextRange } from '../ir/expression.js';
import type { Network } from '../ir/process.js';
import { chosenSizes, declaredAt, namedSizes, sizedScope } from '../families/sized.js';
import type { NamedSize } from '../families/sized.js';
import { givenScope, withGiven } from '../parameters/scope.js';
import { whyNone } from '../projection/file.js';
import { printProcess } from '../projection/print.js';
import { project } from '../projection/project.js';
import type { Projected } from '../projection/project.js';
import type { Scope } from '../scoping/scope.js';
import type { FileAnalysis, Workspace } from '../workspace.js';
import { touches } from './cursor.js';
import { calledAmong, membersOfProcess } from './members.js';
import { lineNumber } from '../text/lines.js';
import { mostMembersShown } from './limits.js';

export interface RoleView {
  readonly role: string;
  /** Which members of a family: `[i in 0 until n]`. */
  readonly members?: string;
  readonly text: string;
  readonly map: readonly { readonly local: TextRange; readonly source: TextRange }[];
  readonly holes: readonly { readonly local: TextRange; readonly code: string; readonly message: string }[];
}

/** The projection of one choreography, or the processes of one network, of the text that they were made from. */
export interface DeclarationView {
  readonly kind: 'choreography' | 'network';
  readonly name: string;
  /** The choreography that a network implements. */
  readonly implements?: string;
  readonly range: TextRange;
  readonly roles: () => readonly RoleView[];
  /**
   * Of a choreography with families whose sizes have names: these, and the same view at sizes; undefined where a size
   * is less than the least, or there would be too much to show.
   */
  readonly sizes?: readonly NamedSize[];
  readonly at?: (
    sizes: ReadonlyMap<string, number>,
  ) => Pick<DeclarationView, 'roles' | 'sequence' | 'states'> | undefined;
  /** Of a network that of the choreography which it implements; undefined where there is none. Made anew each time. */
  readonly sequence: () => SequenceDiagram | undefined;
  /** Made anew each time. */
  readonly states: () => StateDiagram;
  readonly text: string;
  readonly version: number;
  /** Why it is not that of the newest text; undefined where it is. */
  readonly reason?: string;
}

function viewsOf(network: Network): readonly RoleView[] {
  return network.processes.map((process) => {
    const members = membersOfProcess(process, network);
    return {
      role: calledAmong(process, network),
      ...(members === undefined ? {} : { members }),
      ...printProcess(process),
    };
  });
}

const printed = new WeakMap<Projected, readonly RoleView[]>();

/** The roles' views of a projection; printed once. */
export function roleViews(projected: Projected): readonly RoleView[] {
  let views = printed.get(projected);
  if (!views) {
    const why = whyNone(projected.choreography);
    const all = viewsOf(projected.network);
    views = why === undefined ? all : all.map((view) => behind(`// ${why}.\n`, view));
    printed.set(projected, views);
  }
  return views;
}

const written = new WeakMap<Network, readonly RoleView[]>();

/** A view with a comment before it. */
function behind(comment: string, view: RoleView): RoleView {
  const moved = <L extends { readonly local: TextRange }>(link: L): L => ({
    ...link,
    local: { start: link.local.start + comment.length, end: link.local.end + comment.length },
  });
  return { ...view, text: comment + view.text, map: view.map.map(moved), holes: view.holes.map(moved) };
}

/** The processes of a network as they are written; printed once. */
export function processViews(network: Network): readonly RoleView[] {
  let views = written.get(network);
  if (!views) {
    views = viewsOf(network);
    written.set(network, views);
  }
  return views;
}

/**
 * What the choreography that a network implements wants of its roles.
 * @param uri the network's file
 * @param name the choreography, as it is called there
 * @returns its views with the text that they come from; undefined where there is no such choreography
 */
export function designOf(
  workspace: Workspace,
  uri: string,
  name: string,
):
  | {
      readonly uri: string;
      readonly name: string;
      readonly text: string;
      readonly range: TextRange;
      readonly roles: readonly RoleView[];
    }
  | undefined {
  const found = workspace.analyze(uri)?.scope.lookup(name);
  if (found?.declaration.kind !== 'choreography') return undefined;
  const analysis = workspace.analyze(found.uri);
  const projected = analysis?.projections.find(
    ({ choreography }) => choreography.name.text === found.declaration.name.text,
  );
  return analysis && projected
    ? {
        uri: found.uri,
        name: found.declaration.name.text,
        text: analysis.file.text,
        range: projected.choreography.origin,
        roles: roleViews(projected),
      }
    : undefined;
}

/** The views of one file over time. */
export interface ViewHistory {
  /**
   * Takes in a new state of the file. Cost: linear in its choreographies; nothing is printed.
   * @param version the version of the text that was analysed
   */
  update(analysis: FileAnalysis, version: number): void;
  /** Those of the choreographies, in the order of the text; what does not parse keeps its place. */
  views(): readonly DeclarationView[];
  /** Those of the networks. */
  networks(): readonly DeclarationView[];
  /** The views around an offset of the newest text; all of them where none is there. */
  at(offset: number): readonly DeclarationView[];
}

/**
 * Remembers the last good projection of every choreography of a file, and the processes of every network.
 * What is declared is forgotten when it is gone from a text without syntax errors.
 */
export function createViewHistory(): ViewHistory {
  let current: readonly DeclarationView[] = [];
  let places: readonly { readonly name: string; readonly range: TextRange }[] = [];
  let seen: FileAnalysis | undefined;

  return {
    update(analysis, version) {
      if (seen === analysis) {
        current = current.map((view) => (view.reason === undefined ? { ...view, version } : view));
        return;
      }
      seen = analysis;
      const before = new Map(current.map((view) => [view.name, view]));
      const networks = analysis.file.declarations.filter((d) => d.kind === 'network');
      const all = [...analysis.projections.map(({ choreography }) => choreography), ...networks].sort(
        (x, y) => x.origin.start - y.origin.start,
      );
      const projected = new Map(analysis.projections.map((each) => [each.choreography, each]));
      const next: DeclarationView[] = all
        .map((declaration) => {
          const { name, origin, broken } = declaration;
          const projection = declaration.kind === 'choreography' ? projected.get(declaration) : undefined;
          const live =
            declaration.kind === 'network'
              ? networkView(declaration, analysis.scope, version)
              : projection
                ? liveView(projection, analysis.scope, version)
                : undefined;
          if (!live || !broken) return live ?? [];
          const reason = reasonAt(analysis, origin);
          const last = before.get(name.text);
          // Opened broken: what could be read is better than nothing.
          return last?.kind === live.kind ? { ...last, reason } : { ...live, reason };
        })
        .flat();
      const names = new Set(next.map((view) => view.name));
      if (analysis.file.syntaxErrors.length > 0) {
        current.forEach((view, index) => {
          if (names.has(view.name)) return;
          const lost = analysis.file.lost.find((name) => name.text === view.name);
          next.splice(Math.min(index, next.length), 0, { ...view, reason: reasonAt(analysis, lost?.origin) });
        });
      }
      current = next;
      places = all.map(({ name, origin }) => ({ name: name.text, range: origin }));
    },
    views: () => current.filter((view) => view.kind === 'choreography'),
    networks: () => current.filter((view) => view.kind === 'network'),
    at(offset) {
      const place = places.find(({ range }) => touches(range, offset));
      const found =
        place ??
        (places.length < current.length
          ? current.find((view) => view.reason !== undefined && touches(view.range, offset))
          : undefined);
      return found ? current.filter((view) => view.name === found.name) : current;
    },
  };
}

/** Made apart from the history: a function made there would hold on to all states of the file that were. */
function liveView(projected: Projected, scope: Scope, version: number): DeclarationView {
  const { choreography } = projected;
  const { name, origin } = choreography;
  const given = givenScope(scope);
  const sizes = namedSizes(withGiven(choreography, given), given);
  return {
    kind: 'choreography',
    name: name.text,
    range: origin,
    roles: () => roleViews(projected),
    sequence: () => sequenceOf(choreography, scope),
    states: () => statesIn(choreography, scope),
    text: scope.file.text,
    version,
    ...(sizes.length > 0 ? { sizes, at: (wanted) => viewAt(projected, scope, wanted) } : {}),
  };
}

/** By the projection: what is called may be another one where the choreography is the same. */
const sized = new WeakMap<Projected, Map<string, Projected>>();

/**
 * A choreography with its members as roles of their own, projected. Cost: that of projecting it, once for each sizes
 */
function viewAt(
  whole: Projected,
  scope: Scope,
  wanted: ReadonlyMap<string, number>,
): ReturnType<NonNullable<DeclarationView['at']>> {
  const given = givenScope(scope);
  const choreography = withGiven(whole.choreography, given);
  const chosen = chosenSizes(choreography, given, wanted);
  if (!chosen || chosen.members > mostMembersShown) return undefined;
  const known = sized.get(whole) ?? new Map<string, Projected>();
  sized.set(whole, known);
  const key = [...chosen.sizes.values()].join();
  const there = sizedScope(given);
  const at = known.get(key)?.choreography ?? declaredAt(choreography, chosen.sizes, there);
  if (!at) return undefined;
  const projected = known.get(key) ?? project(at, there);
  known.set(key, projected);
  return {
    roles: () => roleViews(projected),
    sequence: () => sequenceOf(at, there),
    states: () => statesIn(at, there),
  };
}

function networkView(network: Network, scope: Scope, version: number): DeclarationView {
  const { name, origin, implements: implemented } = network;
  const sequence = (): SequenceDiagram | undefined => {
    const found = implemented && scope.lookup(implemented.text);
    const there = found && scope.at(found.uri);
    return found?.declaration.kind === 'choreography' && there ? sequenceOf(found.declaration, there) : undefined;
  };
  return {
    kind: 'network',
    name: name.text,
    range: origin,
    roles: () => processViews(network),
    sequence,
    states: () => statesIn(network, scope),
    text: scope.file.text,
    version,
    ...(implemented ? { implements: implemented.text } : {}),
  };
}

/** The first syntax error in a range, else the first of the file: its message and line. */
function reasonAt(analysis: FileAnalysis, origin: TextRange | undefined): string {
  const { syntaxErrors, text } = analysis.file;
  const error = syntaxErrors.find((e) => origin && touches(origin, e.origin.start)) ?? syntaxErrors[0];
  if (!error) return 'The text can’t be read.';
  return `Line ${lineNumber(text, error.origin.start)}: ${error.message}`;
}
