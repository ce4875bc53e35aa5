// What machines compute on their own, with values as far as they are known: from a message to the next, on all ways
// that decisions may go. Of threads, each goes on by itself, up to a step that makes a difference to others.
import type { Expr, Param } from '../../ir/expression.js';
import { namesOfTarget } from '../../ir/target.js';
import type { Target } from '../../ir/target.js';
import type { Type } from '../../typing/types.js';
import type { Facts } from '../../values/facts.js';
import type { Frame } from '../../values/program.js';
import type { Term } from '../../values/terms.js';
import { typedOf } from '../../values/types.js';
import type { Values } from '../../values/values.js';
import type { GraphNode } from './control-flow.js';
import type { Event } from './exploration.js';
import { oweMore } from './owed.js';
import type { Owed } from './owed.js';
import { slotOf } from './system.js';
import type { Instance, LocalState, System } from './system.js';
import type { Widening } from './widening.js';
import { mostSilentWays, mostWaysApart } from '../limits.js';

/** The thread that is being run, and those beside it. */
export interface Running {
  readonly fork: LocalState;
  /** Where they are; the one that runs, where it began. */
  readonly threads: readonly LocalState[];
  readonly index: number;
  /** The next one that is still to begin. */
  readonly next: number;
  readonly outer?: Running;
}

/** What one machine computes, in the making. */
export interface Draft {
  /** Where it is; while it runs, where the thread is that does. */
  state: LocalState;
  running?: Running | undefined;
  owed: Owed;
  env: Map<string, Term>;
  values: (readonly Term[])[];
  facts: Facts;
  readonly events: Event[];
  symbols: number;
}

/** What is kept count of elsewhere. */
export interface Surroundings {
  readonly system: System;
  readonly values: Values;
  readonly widening: Widening;
  reach(state: LocalState): void;
  labelId(label: string): number;
  /** Whether what is left is to be left out. */
  isOver(): boolean;
  /** There are more ways than are looked at. */
  tooMany(): void;
  /** What a draft comes to: the same text for the same. */
  keyOf(d: Draft): string;
}

export interface Computing {
  fresh(d: Draft, type?: Type): Term;
  inputType(instance: Instance, param: Param): Type | undefined;
  /** The value of an expression that is kept, or sent. */
  valueOf(d: Draft, state: LocalState, expr: Expr): Term;
  assign(d: Draft, instance: Instance, variable: string, value: () => Term): void;
  /** Gives the variables of a target their parts of a value, which is computed once. */
  take(d: Draft, instance: Instance, into: Target | undefined, value: () => Term): void;
  copy(d: Draft): Draft;
  /**
   * Runs what a machine does on its own, up to where it sends, receives or ends, or comes round again; on `most` ways
   * at most.
   * @param begins whether the first step is to be done where it is one of its own
   */
  settle(first: Draft, begins: boolean, most?: number): Draft[];
}

/** Whether a place leads on in one way only. */
const hasOneWay = ({ kind }: GraphNode): boolean =>
  kind === 'skip' || kind === 'assign' || kind === 'call' || kind === 'fork' || kind === 'owe' || kind === 'end';

/** What is computed in a system. */
export function computingOf({
  system,
  values,
  widening,
  reach,
  labelId,
  isOver,
  tooMany,
  keyOf,
}: Surroundings): Computing {
  const { terms } = values.algebra;
  const fresh = (d: Draft, type?: Type): Term => terms.unknown(d.symbols++, type);
  const frameOf = (d: Draft, instance: Instance): Frame => ({
    fresh: (type) => fresh(d, type),
    missing: (_, type) => fresh(d, type),
    variable(name) {
      if (!instance.cfg.variables.has(name)) return undefined;
      const slot = slotOf(instance, name);
      let value = d.env.get(slot);
      // A variable that nobody gave a value yet: unknown, but one value from now on.
      if (value === undefined) d.env.set(slot, (value = fresh(d)));
      return value;
    },
  });
  const computed = (d: Draft, { instance }: LocalState, expr: Expr): Term =>
    values.evaluate(expr, instance.cfg.scope, frameOf(d, instance));
  /** The value of an expression that is kept, or sent. */
  const valueOf = (d: Draft, state: LocalState, expr: Expr): Term =>
    widening.widened(expr, computed(d, state, expr), () => fresh(d, values.typeOf(expr, state.instance.cfg.scope)));
  const inputType = (instance: Instance, param: Param): Type | undefined =>
    typedOf(instance.cfg.scope).type(param.type);
  const assign = (d: Draft, instance: Instance, variable: string, value: () => Term): void => {
    if (system.relevance.isRelevant(instance.cfg, variable)) d.env.set(slotOf(instance, variable), value());
  };
  /** Gives the variables of a target their parts of a value, which is computed once. */
  const take = (d: Draft, instance: Instance, into: Target | undefined, value: () => Term): void => {
    if (!into || !namesOfTarget(into).some(({ text }) => system.relevance.isRelevant(instance.cfg, text))) return;
    for (const [name, part] of values.parts(into, value(), instance.cfg.scope)) assign(d, instance, name, () => part);
  };
  const copy = (d: Draft): Draft => ({ ...d, env: new Map(d.env), values: [...d.values], events: [...d.events] });

  const settle = (first: Draft, begins: boolean, most = Infinity): Draft[] => {
    const done: Draft[] = [];
    const work: { d: Draft; seen: Set<number>; begins: boolean }[] = [{ d: first, seen: new Set(), begins }];
    let decisions = 0;
    const met = new Set<string>();
    for (let item = work.pop(); item; item = work.pop()) {
      if (work.length + done.length > mostSilentWays) tooMany();
      if (done.length >= most || isOver()) break;
      const { d } = item;
      const { state } = d;
      reach(state);
      const { node, instance } = state;
      const over = node.kind === 'end' && !instance.caller;
      const stays =
        over ||
        node.kind === 'send' ||
        node.kind === 'receive' ||
        node.kind === 'hole' ||
        node.kind === 'join' ||
        item.seen.has(state.id) ||
        (!item.begins && system.isStep(state));
      if (stays) {
        // Another thread is still to begin, or all have come to their end.
        if (rest(system, d)) work.push({ d, seen: item.seen, begins: false });
        else done.push(d);
        continue;
      }
      item.seen.add(state.id);
      const own = hasOneWay(node);
      if (!own && ++decisions > mostWaysApart) {
        const key = keyOf(d);
        if (met.has(key)) continue;
        met.add(key);
      }
      let goesOn = false;
      const go = (draft: Draft, to: LocalState): void => {
        draft.state = to;
        goesOn = true;
        work.push({ d: draft, seen: own ? item.seen : new Set(item.seen), begins: false });
      };
      switch (node.kind) {
        case 'skip':
          go(d, system.goto(state, node.next));
          break;
        case 'owe':
          for (const role of node.peers) {
            const peer = system.peer(state, role);
            if (peer !== undefined) d.owed = oweMore(d.owed, peer, labelId(node.label), system.thread(state));
          }
          go(d, system.goto(state, node.next));
          break;
        case 'fork': {
          const threads = node.threads.map((thread) => system.goto(state, thread));
          const [beginning] = threads;
          if (!beginning) break;
          d.running = { fork: state, threads, index: 0, next: 1, ...(d.running ? { outer: d.running } : {}) };
          go(d, beginning);
          break;
        }
        case 'assign': {
          const { into, value } = node.action;
          take(d, instance, into, () => valueOf(d, state, value));
          go(d, system.goto(state, node.next));
          break;
        }
        case 'decide': {
          const answers = values.decide(computed(d, state, node.action.condition), d.facts);
          for (const answer of [...answers].reverse()) {
            const next = copy(d);
            next.facts = answer.facts;
            next.events.push({ kind: 'decide', before: state, answer: answer.value });
            go(next, system.goto(state, answer.value ? node.yes : node.no));
          }
          break;
        }
        case 'match': {
          const { scope } = instance.cfg;
          const value = computed(d, state, node.action.value);
          let open = [d];
          node.cases.forEach(({ pattern, next }, branch) => {
            const last = node.otherwise === undefined && branch === node.cases.length - 1;
            const question = values.fits(pattern, value, scope);
            open = open.flatMap((o) =>
              values.decide(question, o.facts).flatMap((answer) => {
                if (last && !answer.value) return [];
                const way = copy(o);
                way.facts = answer.facts;
                if (!answer.value) return [way];
                way.events.push({ kind: 'branch', before: state, branch });
                for (const [name, part] of values.bindings(pattern, value, scope))
                  assign(way, instance, name, () => part);
                go(way, system.goto(state, next));
                return [];
              }),
            );
          });
          const { otherwise } = node;
          const least = node.cases.at(-1);
          if (otherwise === undefined && least && !goesOn) {
            // Nothing fits what is known, which is the typing's to tell: the last case stands for all that is left.
            d.events.push({ kind: 'branch', before: state, branch: node.cases.length - 1 });
            go(d, system.goto(state, least.next));
          }
          if (otherwise !== undefined) {
            for (const o of open) {
              o.events.push({ kind: 'branch', before: state, branch: node.cases.length });
              go(o, system.goto(state, otherwise));
            }
          }
          break;
        }
        case 'choice':
          node.branches.forEach((next, branch) => {
            const way = copy(d);
            way.events.push({ kind: 'branch', before: state, branch });
            go(way, system.goto(state, next));
          });
          break;
        case 'call': {
          const callee = system.enter(state, node.action, node.next);
          if (!callee) {
            go(d, system.lost(state));
            break;
          }
          const { params } = callee.instance.cfg.process;
          const inputs = node.action.args.find((a) => a.role.key === instance.cfg.name)?.inputs ?? [];
          const given = params.map((param, i) => {
            const input = inputs[i];
            const wanted = input && system.relevance.isRelevant(callee.instance.cfg, param.name.text);
            return wanted ? valueOf(d, state, input) : undefined;
          });
          for (const variable of callee.instance.cfg.variables) d.env.delete(slotOf(callee.instance, variable));
          params.forEach((param, i) =>
            assign(d, callee.instance, param.name.text, () => given[i] ?? fresh(d, inputType(callee.instance, param))),
          );
          go(d, callee);
          break;
        }
        case 'end': {
          const { caller, into } = instance;
          if (!caller) break;
          const { returns } = node;
          take(d, caller.instance, into, () => (returns ? valueOf(d, state, returns) : fresh(d)));
          go(d, caller);
        }
      }
    }
    return done;
  };

  return { fresh, inputType, valueOf, assign, take, copy, settle };
}

/**
 * What comes once the thread that runs has come to where it stays: the next one begins, or, where all are at their end,
 * what follows them.
 * @returns whether there is something to be run; else the draft says where all of them are
 */
function rest(system: System, d: Draft): boolean {
  for (let running = d.running; running; running = d.running) {
    const { fork, index, next, outer } = running;
    const threads = running.threads.with(index, d.state);
    const beginning = threads[next];
    if (beginning) {
      d.running = { ...running, threads, index: next, next: next + 1 };
      d.state = beginning;
      return true;
    }
    d.running = outer;
    const [first] = threads;
    if (first?.node.kind === 'join' && threads.every(isAtEnd)) {
      d.state = system.goto(fork, first.node.next);
      return true;
    }
    d.state = system.compose(fork, threads);
  }
  return false;
}

/** Where a machine is as a whole while one of its threads runs. */
export function wholeOf(system: System, { state, running }: Pick<Draft, 'state' | 'running'>): LocalState {
  let whole = state;
  for (let at = running; at; at = at.outer) whole = system.compose(at.fork, at.threads.with(at.index, whole));
  return whole;
}

/** Whether a thread has come to its end. */
function isAtEnd({ node, threads }: LocalState): boolean {
  return node.kind === 'join' && threads === undefined;
}

/** A thread somewhere in a place, to be run. */
export function runningAt(place: LocalState, path: readonly number[]): Pick<Draft, 'state' | 'running'> {
  let running: Running | undefined;
  let state = place;
  for (const index of path) {
    const { threads = [] } = state;
    running = { fork: state, threads, index, next: threads.length, ...(running ? { outer: running } : {}) };
    state = threads[index] ?? state;
  }
  return { state, running };
}

/**
 * The threads in a place that have not come to their end, each with the way to it; the place itself where there are
 * none.
 */
export function leavesOf(
  place: LocalState,
  path: readonly number[] = [],
): readonly { readonly leaf: LocalState; readonly path: readonly number[] }[] {
  if (!place.threads) return isAtEnd(place) ? [] : [{ leaf: place, path }];
  return place.threads.flatMap((thread, i) => leavesOf(thread, [...path, i]));
}

/** All that goes on at the same time in a place, what has come to its end too. */
export function threadsOf(place: LocalState): readonly LocalState[] {
  return place.threads ? place.threads.flatMap(threadsOf) : [place];
}

/**
 * The place with a thread of it somewhere else; what follows all of them, where it was the last one to come to its end.
 */
export function withThread(system: System, place: LocalState, path: readonly number[], thread: LocalState): LocalState {
  const [index, ...rest] = path;
  const own = index === undefined ? undefined : place.threads?.[index];
  return index === undefined || !own || !place.threads
    ? thread
    : together(system, place, place.threads.with(index, withThread(system, own, rest, thread)));
}

/** Where threads begin. */
export function forked(system: System, fork: LocalState): LocalState {
  return fork.node.kind === 'fork'
    ? together(
        system,
        fork,
        fork.node.threads.map((thread) => system.goto(fork, thread)),
      )
    : fork;
}

function together(system: System, fork: LocalState, threads: readonly LocalState[]): LocalState {
  const [first] = threads;
  return first?.node.kind === 'join' && threads.every(isAtEnd)
    ? system.goto(fork, first.node.next)
    : system.compose(fork, threads);
}
