// Where a network is while it is run symbolically, and how it comes from one state to the next.
import type { Expr } from '../ir/expression.js';
import type { Channels, LocalCall, Network } from '../ir/process.js';
import { actionOf, originOf, Unextractable } from './terms.js';
import type { Continuation, Terms } from './terms.js';
import { nothingKnown, questionOf } from './values.js';
import type { Knowledge, Known } from './values.js';

/** A variable of a process, by the number of the process. */
export type Variable = readonly [number, string];

/** A statement, or the head of a decision with the heads of its branches. */
export interface Step {
  /** Of one line; several, where messages cross. */
  readonly text: string;
  readonly form: 'line' | 'if' | 'match' | 'choice';
  readonly heads: readonly string[];
  /** Who takes part. */
  readonly roles: readonly number[];
  readonly reads: readonly Variable[];
  /** Those that it gives a value to in any case. */
  readonly writes: readonly Variable[];
  /** Those that it may give a value to, where these are more. */
  readonly mayWrite?: readonly Variable[];
  /** What goes on at the same time: one graph for each branch. */
  readonly together?: readonly Node[];
}

/** A statement and what follows it; `step` is undefined at the end. */
export interface Node {
  readonly step?: Step;
  readonly next: Node[];
}

/** Where every process is, and what is known of their values. */
export interface State {
  readonly at: readonly (Continuation | undefined)[];
  readonly known: Known;
}

/** Something that can be done next, with what it leads to; decisions lead to several states. */
export interface Candidate {
  readonly actors: readonly number[];
  /** Smaller is better: messages, local steps, calls, decisions, messages that are received before they are due. */
  readonly rank: number;
  /** It is a choice, and whoever chooses can't tell of it at once in each branch. */
  readonly early?: boolean;
  readonly step: Step;
  readonly next: readonly State[];
}

/** A choreography that a call leads to. */
export interface Callee {
  readonly name: string;
  /** The network from which it is extracted, if it is. */
  readonly network?: Network;
  readonly places: readonly { readonly takesPart: boolean; readonly inputs: number }[];
}

export interface Setting {
  readonly names: readonly string[];
  /** The inputs and variables of each. */
  readonly variables: readonly ReadonlySet<string>[];
  readonly channels: Channels;
  /** Whether messages that cross may be written as what goes on at the same time, not one before the other. */
  readonly crossing: boolean;
  readonly terms: Terms;
  /** Undefined where values are not followed. */
  readonly knowledge: Knowledge | undefined;
  /** Whether computing an expression does more than that. */
  isEffectful(expr: Expr): boolean;
  /** What a call means; throws where it means nothing. */
  callee(call: LocalCall): Callee;
  /** The processes of which a thread is followed, and not all that they do. */
  readonly threads: ReadonlySet<number>;
  /** Those that may do something, where it is not all. */
  readonly present?: ReadonlySet<number>;
  /** What the processes do that are about to do several things at the same time. */
  together(state: State, setting: Setting): Together;
}

/** What can be put side by side in a state, and why something can't. */
export interface Together {
  readonly candidates: readonly Candidate[];
  readonly refused?: Unextractable;
}

/** The state that processes come to, each of them at another place. */
export function moved(
  state: State,
  places: readonly (readonly [number, Continuation | undefined])[],
  setting: Setting,
  known = state.known,
): State {
  const at = [...state.at];
  for (const [p, term] of places) at[p] = term;
  return arrive(at, known, setting);
}

/** Lets processes pass the decisions whose answer is known already, and forgets what is of no use any more. */
export function arrive(from: readonly (Continuation | undefined)[], known: Known, setting: Setting): State {
  const { knowledge } = setting;
  if (!knowledge) return { at: from, known: nothingKnown };
  const at = [...from];
  for (const [p, start] of from.entries()) {
    const seen = new Set<Continuation>();
    let term = start;
    for (
      let head = term && headOf(p, term, known, setting);
      term && head !== undefined;
      head = term && headOf(p, term, known, setting)
    ) {
      if (seen.has(term))
        throw new Unextractable('This loop goes round for ever and does nothing on the way.', originOf(actionOf(term)));
      seen.add(term);
      term = branchOf(term, head, setting.terms);
    }
    at[p] = term;
  }
  return { at, known: knowledge.tidy(known, at) };
}

/** The way that a process takes at a decision whose answer is known. */
function headOf(p: number, term: Continuation, known: Known, { knowledge }: Setting): string | undefined {
  const asked = knowledge?.ask(p, actionOf(term), known);
  if (!asked) return undefined;
  const {
    key,
    question: { heads },
  } = asked;
  const fact = known.facts.get(key) ?? (key === 'true' ? 'then' : key === 'false' ? 'else' : undefined);
  return fact !== undefined && heads.includes(fact) ? fact : undefined;
}

/** Where a process goes from its decision. */
export function branchOf(term: Continuation, head: string, terms: Terms): Continuation | undefined {
  const action = actionOf(term);
  switch (action.kind) {
    case 'if':
      return terms.enter(term, (head === 'then' ? action.then : action.else).actions);
    case 'while':
      return head === 'then' ? terms.repeat(term, action.body.actions) : terms.after(term);
    case 'match': {
      const heads = questionOf(action)?.heads ?? [];
      const block = action.cases[heads.indexOf(head)]?.body ?? action.else;
      return block && terms.enter(term, block.actions);
    }
    case 'assignment':
    case 'call':
    case 'choice':
    case 'continue':
    case 'effect':
    case 'gather':
    case 'hole':
    case 'leave':
    case 'rec':
    case 'for':
    case 'par':
    case 'at':
    case 'when':
    case 'pick':
    case 'receive':
    case 'send':
      return term;
  }
}
