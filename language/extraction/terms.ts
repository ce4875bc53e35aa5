// Where a process stands, as a term: what it does next and what comes after. Equal terms are the same object, so that a
// state that comes back is found again.
import type { TextRange } from '../ir/expression.js';
import type { Action, Network } from '../ir/process.js';

/** What is left of a process: it is at `block[index]`, then goes on with `next`. Undefined is the end. */
export interface Continuation {
  readonly id: number;
  readonly block: readonly Action[];
  readonly index: number;
  readonly next: Continuation | undefined;
  readonly loops: Loops | undefined;
  /** It stands for actions that a message was received before. */
  readonly postponed: boolean;
}

/** The loops around a term; `start` is where each is entered. */
interface Loops {
  readonly id: number;
  readonly name: string;
  readonly start: Continuation;
  readonly outer: Loops | undefined;
}

/** There is no choreography, or none that is found: why, and where. */
export class Unextractable extends Error {
  /**
   * `why`: nobody can go on, one process is left out for ever, threads of processes don't fit together, or it can only
   * not be written in this style. Of the first three, the message is a clause.
   */
  constructor(
    message: string,
    readonly origin: TextRange,
    readonly why?: 'stuck' | 'left' | 'threads' | 'style',
  ) {
    super(message);
  }
}

/** Inputs of a called network that nobody uses have to be kept, as a host function is called for them. */
export class InputsMatter extends Error {
  constructor(readonly network: Network) {
    super();
  }
}

export interface Terms {
  /** Runs from the start of a block, then on with `next`. */
  start(block: readonly Action[]): Continuation | undefined;
  /** Runs a block that stands in the action of a term, then what follows it. */
  enter(term: Continuation, block: readonly Action[]): Continuation | undefined;
  /** Runs the body of the loop that a term is at, then comes back. */
  repeat(term: Continuation, block: readonly Action[]): Continuation | undefined;
  /** What follows the action of a term. */
  after(term: Continuation): Continuation | undefined;
  /** Runs these actions first, which hold no others. */
  postpone(actions: readonly Action[], then: Continuation | undefined): Continuation | undefined;
}

/** The action that a term is at. */
export function actionOf(term: Continuation): Action {
  const action = term.block[term.index];
  if (!action) throw new Error('a term is at an action');
  return action;
}

export function originOf(action: Action): TextRange {
  return action.origins[0] ?? { start: 0, end: 0 };
}

/**
 * Makes the terms of one network.
 * @param steps the `at`s that are one step, since another thread of the process might come between
 * Each operation costs what it passes on the way: ends of blocks, loops that are
 * entered.
 */
export function createTerms(steps: ReadonlySet<Action>): Terms {
  const terms = new Map<string, Continuation>();
  const loops = new Map<string, Loops>();
  const blocks = new Map<readonly Action[], number>();
  const singles = new Map<Action, readonly Action[]>();

  const blockId = (block: readonly Action[]): number => {
    let id = blocks.get(block);
    if (id === undefined) blocks.set(block, (id = blocks.size));
    return id;
  };
  const at = (
    block: readonly Action[],
    index: number,
    next: Continuation | undefined,
    around: Loops | undefined,
    postponed = false,
  ): Continuation | undefined => {
    if (index >= block.length) return next;
    const key = `${blockId(block)} ${index} ${next?.id ?? ''} ${around?.id ?? ''}`;
    let term = terms.get(key);
    if (!term) terms.set(key, (term = { id: terms.size, block, index, next, loops: around, postponed }));
    return term;
  };
  const rest = (term: Continuation): Continuation | undefined => at(term.block, term.index + 1, term.next, term.loops);
  const loopOf = (name: string, start: Continuation, outer: Loops | undefined): Loops => {
    const key = `${name} ${start.id} ${outer?.id ?? ''}`;
    let loop = loops.get(key);
    if (!loop) loops.set(key, (loop = { id: loops.size, name, start, outer }));
    return loop;
  };
  /** On to the next thing that a process does. */
  const settle = (from: Continuation | undefined): Continuation | undefined => {
    const seen = new Set<Continuation>();
    for (let term = from; term;) {
      const action: Action = actionOf(term);
      if (action.kind === 'at' && steps.has(action)) return term;
      if (action.kind !== 'rec' && action.kind !== 'continue' && action.kind !== 'leave' && action.kind !== 'at') {
        // A loop that is never left needs no decision.
        if (action.kind !== 'while' || action.condition.kind !== 'bool') return term;
      }
      if (seen.has(term))
        throw new Unextractable('This loop goes round for ever and does nothing on the way.', originOf(action));
      seen.add(term);
      if (action.kind === 'at') term = at(action.body.actions, 0, rest(term), term.loops);
      else if (action.kind === 'rec')
        term = at(action.body.actions, 0, rest(term), loopOf(action.name.text, term, term.loops));
      else if (action.kind === 'while')
        term =
          action.condition.kind === 'bool' && action.condition.value
            ? at(action.body.actions, 0, term, term.loops)
            : rest(term);
      else {
        let loop = term.loops;
        while (loop && loop.name !== action.name.text) loop = loop.outer;
        if (!loop) throw new Unextractable(`\`${action.name.text}\` is no loop around this.`, originOf(action));
        term = action.kind === 'leave' ? rest(loop.start) : loop.start;
      }
    }
    return undefined;
  };
  return {
    start: (block) => settle(at(block, 0, undefined, undefined)),
    enter: (term, block) => settle(at(block, 0, rest(term), term.loops)),
    repeat: (term, block) => settle(at(block, 0, term, term.loops)),
    after: (term) => settle(rest(term)),
    postpone: (actions, then) =>
      actions.reduceRight<Continuation | undefined>((next, action) => {
        let single = singles.get(action);
        if (!single) singles.set(action, (single = [action]));
        return at(single, 0, next, undefined, true);
      }, then),
  };
}
