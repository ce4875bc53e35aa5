// What the tests of families share.
import { declaredAt, sizedScope } from '../../language/families/sized.js';
import type { Choreography } from '../../language/ir/choreography.js';
import { localBlocksOf } from '../../language/ir/process.js';
import type { Action, LocalBlock, Network, Process } from '../../language/ir/process.js';
import { lowerFile } from '../../language/lowering/source.js';
import { printExpr } from '../../language/syntax/print.js';
import { printNetwork, printProcess } from '../../language/projection/print.js';
import { project } from '../../language/projection/project.js';
import type { Projected } from '../../language/projection/project.js';
import { givenScope, withGiven } from '../../language/parameters/scope.js';
import { scopeOf } from '../../language/scoping/scope.js';
import type { Scope } from '../../language/scoping/scope.js';

export const uri = 'file:///t/main.chor';

interface Read {
  readonly choreography: Choreography;
  readonly scope: Scope;
  readonly projected: Projected;
}

/** The first choreography of a text, with its projections. */
export function read(text: string): Read {
  const file = lowerFile(uri, text);
  if (file.syntaxErrors.length > 0)
    throw new Error(file.syntaxErrors.map((error) => `${error.message} at ${error.origin.start}`).join());
  const scope = sizedScope(givenScope(scopeOf(file, { file: (other) => (other === uri ? file : undefined) })));
  const choreography = file.declarations.find(
    (declaration): declaration is Choreography => declaration.kind === 'choreography',
  );
  if (!choreography) throw new Error('no choreography');
  return { choreography: withGiven(choreography, scope), scope, projected: project(choreography, scope) };
}

/** The projection of a role, as text. */
export function roleText(text: string, role: string): string {
  const process = read(text).projected.network.processes.find((each) => each.name.text === role);
  return process ? printProcess(process).text : '';
}

/** A place in a process: what is done next, and where it goes on behind that block. */
interface Place {
  readonly actions: readonly Action[];
  readonly index: number;
  readonly up?: Place;
  readonly loops: ReadonlyMap<string, Place>;
  /** Two places with one key are the same. */
  readonly key: string;
}

/** What is done at a place, and where each way leads from there. */
interface Step {
  readonly does: string;
  /** Of a receive, by what is received; of anything else, in their order. */
  readonly ways: ReadonlyMap<string, Place | undefined>;
}

/**
 * Whether two processes do the same, step by step, whatever their loops look like.
 * @param more whether the first may wait for messages besides, which nobody sends
 */
function doTheSame(one: Process, other: Process, more: boolean): boolean {
  const ids = new Map<readonly Action[], number>();
  const idOf = (actions: readonly Action[]): number => ids.get(actions) ?? ids.set(actions, ids.size).size - 1;
  const at = (
    actions: readonly Action[],
    index: number,
    up: Place | undefined,
    loops: ReadonlyMap<string, Place>,
  ): Place | undefined =>
    index < actions.length
      ? { actions, index, ...(up ? { up } : {}), loops, key: `${idOf(actions)}.${index} ${up?.key ?? ''}` }
      : up;
  const empty: LocalBlock = { actions: [], origin: { start: 0, end: 0 } };
  const text = (action: Action): string =>
    printProcess({
      name: { text: 'P', origin: { start: 0, end: 0 } },
      params: [],
      body: { actions: [action], origin: { start: 0, end: 0 } },
      origin: { start: 0, end: 0 },
    }).text;
  const step = (place: Place | undefined): Step => {
    const action = asked(place?.actions[place.index]);
    if (!place || !action) return { does: 'nothing', ways: new Map() };
    const next = at(place.actions, place.index + 1, place.up, place.loops);
    const into = (block: LocalBlock, behind = next): Place | undefined => at(block.actions, 0, behind, place.loops);
    if (action.kind === 'rec') {
      const inside = at(action.body.actions, 0, next, new Map(place.loops).set(action.name.text, place));
      return inside === place ? { does: 'nothing', ways: new Map() } : step(inside);
    }
    // What is decided for nobody: among those who are picked there may be none.
    if (isIdle(action)) return step(next);
    if (action.kind === 'continue') return step(place.loops.get(action.name.text));
    if (action.kind === 'receive')
      return {
        does: 'receive',
        ways: new Map(
          action.branches.map((branch) => [
            text({ ...action, form: 'branching', branches: [{ ...branch, body: { ...branch.body, actions: [] } }] }),
            into(branch.body),
          ]),
        ),
      };
    const blocks = localBlocksOf(action);
    // What goes on at the same time is followed by what comes when all is over.
    const ways =
      action.kind === 'par'
        ? [...blocks.map((block) => into(block, undefined)), next]
        : blocks.length > 0
          ? blocks.map((block) => into(block))
          : [next];
    return { does: text(mapBlocks(action, () => empty)), ways: new Map(ways.map((way, i) => [String(i), way])) };
  };
  const seen = new Set<string>();
  const work = [
    [at(one.body.actions, 0, undefined, new Map()), at(other.body.actions, 0, undefined, new Map())] as const,
  ];
  for (const [left, right] of work) {
    const key = `${left?.key ?? ''} | ${right?.key ?? ''}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const [a, b] = [step(left), step(right)];
    const waitsMore = more && a.does === 'receive';
    if (waitsMore && b.does === 'nothing' && one.server) continue;
    if (a.does !== b.does || (waitsMore ? a.ways.size < b.ways.size : a.ways.size !== b.ways.size)) return false;
    for (const [name, way] of b.ways) {
      if (!a.ways.has(name)) return false;
      work.push([a.ways.get(name), way]);
    }
  }
  return (one.returns && printExpr(one.returns)) === (other.returns && printExpr(other.returns));
}

/** A decision by what is asked, and not by its opposite. */
function asked(action: Action | undefined): Action | undefined {
  return action?.kind === 'if' && action.condition.kind === 'unary' && action.condition.operator === 'not'
    ? { ...action, condition: action.condition.operand, then: action.else, else: action.then }
    : action;
}

/** Whether an action is a decision of which nothing follows. */
function isIdle(action: Action): boolean {
  return (
    (action.kind === 'if' || action.kind === 'match') &&
    localBlocksOf(action).every(({ actions }) => actions.every(isIdle))
  );
}

function mapBlocks(action: Action, change: (block: LocalBlock) => LocalBlock): Action {
  switch (action.kind) {
    case 'receive':
      return { ...action, branches: action.branches.map((branch) => ({ ...branch, body: change(branch.body) })) };
    case 'if':
    case 'when':
      return { ...action, then: change(action.then), else: change(action.else) };
    case 'match':
      return {
        ...action,
        cases: action.cases.map((each) => ({ ...each, body: change(each.body) })),
        ...(action.else ? { else: change(action.else) } : {}),
      };
    case 'choice':
    case 'par':
      return { ...action, branches: action.branches.map(change) };
    case 'while':
    case 'rec':
    case 'for':
    case 'at':
    case 'pick':
      return { ...action, body: change(action.body) };
    case 'assignment':
    case 'call':
    case 'continue':
    case 'leave':
    case 'effect':
    case 'gather':
    case 'hole':
    case 'send':
      return action;
  }
}

/** A process whose threads stand in the order of their texts: in which they are written, means nothing. */
function withThreadsInOrder(process: Process): Process {
  const written = (body: LocalBlock): string => printProcess({ ...process, body }).text;
  const inOrder = (block: LocalBlock): LocalBlock => ({
    ...block,
    actions: block.actions.map((action) => {
      const made = mapBlocks(action, inOrder);
      return made.kind === 'par'
        ? { ...made, branches: made.branches.toSorted((one, other) => (written(one) < written(other) ? -1 : 1)) }
        : made;
    }),
  });
  return { ...process, body: inOrder(process.body) };
}

/**
 * What the projection for any size is at one, and what the choreography at that size projects to; whether both do the
 * same. In small families, members may wait for what nobody sends them in one of that size.
 * @param more whether they may do so in families of any size
 */
export function atSize(
  { choreography, scope, projected }: Read,
  size: number,
  more = false,
): { readonly own: string; readonly unrolled: string; readonly same: boolean; readonly wrong: boolean } {
  const sizes = new Map(
    choreography.roles.flatMap(({ name, family }) =>
      family ? [[name.text, Math.max(size, family.least)] as const] : [],
    ),
  );
  const [whole, sized] = [declaredAt(choreography, sizes, scope), declaredAt(projected.network, sizes, scope)];
  if (!whole || !sized) throw new Error('too long to be written out');
  const unrolled = project(whole, scope);
  const inOrder = (network: Network): Network => ({
    ...network,
    processes: network.processes.map(withThreadsInOrder),
  });
  const [own, others] = [inOrder(sized), inOrder(unrolled.network)];
  return {
    own: printNetwork(own, 'Sized').text,
    unrolled: printNetwork(others, 'Sized').text,
    same:
      own.processes.length === others.processes.length &&
      own.processes.every((process, i) =>
        doTheSame(
          process,
          others.processes[i] ?? process,
          more ||
            [...sizes].some(
              ([name, own]) =>
                own < 2 + (choreography.roles.find((role) => role.name.text === name)?.family?.least ?? 0),
            ),
        ),
      ),
    wrong: unrolled.findings.some(({ severity }) => severity === 'error'),
  };
}
