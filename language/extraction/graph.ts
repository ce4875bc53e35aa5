// Symbolic execution of a network to a graph whose nodes are states and whose edges are statements (Cruz-Filipe, Larsen
// and Montesi, "The paths to choreography extraction", FoSSaCS 2017). One thing is done in each state. As what one
// process does does not keep others from theirs, the order is free, but for who is left out of a cycle.
import type { TextRange } from '../ir/expression.js';
import { actionOf, originOf, Unextractable } from './terms.js';
import { candidates, waitsFor } from './steps.js';
import type { Candidate, Node, Setting, State, Step } from './state.js';
import { mostStates } from './limits.js';

interface Raw {
  readonly state: State;
  readonly chosen?: Candidate;
  readonly next: Raw[];
}

/**
 * What is done first. `patient`: decisions when nothing else can be done, and first those that others wait for; reads
 * best, and may leave processes out that loop apart from others. `fair`: whoever has not moved for longest, so that
 * nobody is left out who could always move.
 */
export type Strategy = 'patient' | 'fair';

/** What is run is only a part of what goes on. */
export interface Within {
  /** Whether it may be over, although some of those that take part have more to do. */
  isOver(state: State): boolean;
  /** What is still done then: nothing, what needs no decision, or all that can be done. */
  readonly then: 'nothing' | 'simple' | 'all';
  /** Called for each state; it may throw. */
  spend(): void;
}

/** What was run. */
export interface Explored {
  readonly graph: Node;
  /** The states that it is over in. */
  readonly ends: readonly State[];
}

/**
 * Runs a network symbolically.
 * @param first the state that it starts in, and `place` where to tell that it is too large
 * @param within given for a part of what goes on
 * @throws Unextractable where it gets stuck, or goes on for ever without one of its processes
 * Cost: linear in the states reached, times the processes; then n log n or so for making equal ones one
 */
export function explore(
  first: State,
  setting: Setting,
  strategy: Strategy,
  place: TextRange,
  within?: Within,
): Explored {
  const known = new Map<string, Raw>();
  const todo: { node: Raw; marks: ReadonlySet<number>; urgent: number | undefined }[] = [];
  const nodeOf = (state: State, marks: ReadonlySet<number>, urgent: number | undefined): Raw => {
    const isOver = within?.isOver(state) === true;
    const possible = candidates(state, setting).filter(
      ({ rank }) => !isOver || within.then === 'all' || (within.then === 'simple' && rank <= 2),
    );
    const live = new Set([...marks].filter((p) => state.at[p]));
    // All that can move have moved: a new round.
    const counted = strategy === 'fair' ? possible : possible.filter((c) => c.rank <= 2);
    const before = counted.some((c) => c.actors.some((p) => !live.has(p))) ? live : new Set<number>();
    const hurry = urgent !== undefined && possible.some((c) => c.actors.includes(urgent)) ? urgent : undefined;
    const key = `${state.at.map((t) => t?.id ?? '').join(' ')}|${state.known.key}|${[...before].sort((a, b) => a - b).join(' ')}|${hurry ?? ''}`;
    const old = known.get(key);
    if (old) return old;
    if (known.size >= mostStates)
      throw new Unextractable(
        `The network has more than ${mostStates} states: that is too many for a choreography that anybody would read.`,
        place,
      );
    const chosen = choose(possible, before, hurry, strategy, () => waiting(state, setting));
    if (!chosen && !isOver && state.at.some((t) => t)) throw stuck(state, setting);
    within?.spend();
    const node: Raw = { state, next: [], ...(chosen ? { chosen } : {}) };
    known.set(key, node);
    if (chosen)
      todo.push({
        node,
        marks: new Set([...before, ...chosen.actors]),
        urgent:
          chosen.step.form === 'choice'
            ? chosen.actors[0]
            : hurry !== undefined && chosen.actors.length > 1 && chosen.actors.includes(hurry)
              ? undefined
              : hurry,
      });
    return node;
  };
  const root = nodeOf(first, new Set(), undefined);
  for (let item = todo.pop(); item; item = todo.pop()) {
    for (const state of item.node.chosen?.next ?? []) item.node.next.push(nodeOf(state, item.marks, item.urgent));
  }
  const all = [...known.values()];
  checkProgress(all, setting);
  return { graph: minimal(root, all), ends: all.flatMap(({ chosen, state }) => (chosen ? [] : [state])) };
}

/** Who has chosen goes on first; then as the strategy says; then the simplest. */
function choose(
  possible: readonly Candidate[],
  marks: ReadonlySet<number>,
  urgent: number | undefined,
  strategy: Strategy,
  waits: () => readonly number[],
): Candidate | undefined {
  const decisions = possible.filter((c) => c.rank > 2).length;
  const waited = strategy === 'patient' && decisions > 1 && decisions === possible.length ? waits() : [];
  const weight = (c: Candidate): number => {
    // Who has chosen has to be the first that sends.
    const hurried =
      (urgent === undefined || c.actors[0] === urgent ? 0 : c.actors.includes(urgent) ? 25_000 : 100_000) +
      (c.early ? 50_000 : 0);
    const fresh = c.actors.some((p) => !marks.has(p)) ? 0 : 1;
    if (strategy === 'fair') return hurried + 10 * fresh + c.rank;
    if (c.rank <= 2) return hurried + 10 * fresh + c.rank;
    return (
      hurried + (c.rank === 5 ? 20_000 : 10_000) + 10 * (possible.length - (waited[c.actors[0] ?? 0] ?? 0)) + c.rank
    );
  };
  let best: Candidate | undefined;
  for (const c of possible) if (!best || weight(c) < weight(best)) best = c;
  return best;
}

/** How many wait for each process, perhaps over others. */
function waiting(state: State, setting: Setting): readonly number[] {
  const counts = state.at.map(() => 0);
  for (const p of state.at.keys()) {
    const seen = new Set([p]);
    for (let at = waitsFor(state, p, setting); at !== undefined && !seen.has(at); at = waitsFor(state, at, setting)) {
      seen.add(at);
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
  return counts;
}

function stuck(state: State, setting: Setting): Unextractable {
  const { names, present } = setting;
  const { refused } = setting.together(state, setting);
  if (refused) return refused;
  const waiting = state.at.flatMap((term, p) => (term ? [{ p, action: actionOf(term) }] : []));
  const told = waiting.map(({ p, action }) => {
    const peer = waitsFor(state, p, setting);
    const other = peer === undefined ? 'others' : (names[peer] ?? 'others');
    const ended =
      peer === undefined || state.at[peer]
        ? ''
        : present?.has(peer) === false
          ? ', which does something else at that time'
          : ', which has ended';
    if (action.kind === 'send')
      return `${names[p]} sends ${action.label ? `\`${action.label.name.text}\`` : 'a message'} to ${other}${ended}`;
    if (action.kind === 'call') return `${names[p]} calls \`${action.callee.text}\` with ${other}${ended}`;
    const labels =
      action.kind === 'receive'
        ? action.branches.map((b) => (b.label ? `\`${b.label.text}\`` : 'a message')).join(' or ')
        : '';
    return `${names[p]} waits for ${labels} from ${other}${ended}`;
  });
  const first = waiting.find(({ action }) => action.kind === 'receive') ?? waiting[0];
  return new Unextractable(
    `nobody can go on from here. ${told.join('; ')}.`,
    first ? originOf(first.action) : { start: 0, end: 0 },
    'stuck',
  );
}

/** From every state, every process can still come to move or has ended. */
function checkProgress(all: readonly Raw[], { names }: Setting): void {
  const previous = new Map<Raw, Raw[]>();
  for (const node of all) {
    for (const next of node.next) {
      const list = previous.get(next);
      if (list) list.push(node);
      else previous.set(next, [node]);
    }
  }
  for (const [p, name] of names.entries()) {
    // Where a part is over, everybody goes on with something else.
    const good = new Set(all.filter((node) => !node.state.at[p] || !node.chosen || node.chosen.actors.includes(p)));
    for (const node of good) for (const before of previous.get(node) ?? []) good.add(before);
    const bad = all.find((node) => !good.has(node))?.state.at[p];
    if (bad)
      throw new Unextractable(
        `the others may go on for ever, and ${name} never gets past this.`,
        originOf(actionOf(bad)),
        'left',
      );
  }
}

/** Makes nodes from which the same is done one node (Moore's partition refinement). */
function minimal(root: Raw, all: readonly Raw[]): Node {
  let classes = new Map<Raw, number>();
  for (let count = 0; ;) {
    const keys = new Map<string, number>();
    const next = new Map<Raw, number>();
    for (const node of all) {
      const own = node.chosen ? `${node.chosen.step.form} ${node.chosen.step.text}` : '';
      const key = `${own}|${node.chosen?.step.heads.join('|') ?? ''}|${classes.size > 0 ? `${classes.get(node) ?? ''}|${node.next.map((n) => classes.get(n)).join(' ')}` : ''}`;
      let id = keys.get(key);
      if (id === undefined) keys.set(key, (id = keys.size));
      next.set(node, id);
    }
    classes = next;
    if (keys.size === count) break;
    count = keys.size;
  }
  const nodes = new Map<number, { step?: Step; next: Node[] }>();
  for (const node of all) {
    const id = classes.get(node) ?? 0;
    if (!nodes.has(id)) nodes.set(id, { next: [], ...(node.chosen ? { step: node.chosen.step } : {}) });
  }
  const filled = new Set<number>();
  for (const node of all) {
    const id = classes.get(node) ?? 0;
    if (filled.has(id)) continue;
    filled.add(id);
    for (const next of node.next) {
      const other = nodes.get(classes.get(next) ?? 0);
      if (other) nodes.get(id)?.next.push(other);
    }
  }
  // A choice after which all goes on in the same way is none.
  const real = (from: Node): Node => {
    let node = from;
    for (
      let [next] = node.next;
      node.step?.form === 'choice' && next && next !== node && node.next.every((n) => n === next);
      [next] = node.next
    )
      node = next;
    return node;
  };
  for (const node of nodes.values()) node.next = node.next.map(real);
  return real(nodes.get(classes.get(root) ?? 0) ?? { next: [] });
}
