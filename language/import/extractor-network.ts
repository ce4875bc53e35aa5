// A process of the choreography extractor's language as an automaton: procedures are gone into, and who a name stands
// for is known in every state.
import type { Behaviour, NetProcess, Procedure } from './extractor-tree.js';
import { ImportFailure } from './result.js';
import type { ImportError } from './result.js';
import type { Word } from './scan.js';
import { mostStatesOfProcess } from './limits.js';

/** What happens on a way from one state to another; names are those of processes, and not of variables. */
export type Happening =
  | { readonly kind: 'send'; readonly peer: string; readonly value: Word }
  | { readonly kind: 'receive'; readonly peer: string }
  | { readonly kind: 'select'; readonly peer: string; readonly label: string }
  | { readonly kind: 'offer'; readonly peer: string; readonly label: string }
  /** Tells `peer` of `other`; and is told of it. */
  | { readonly kind: 'introduce' | 'introduced'; readonly peer: string; readonly other: string }
  | { readonly kind: 'then' | 'else'; readonly condition: Word };

export interface ProcessWay {
  readonly from: string;
  readonly to: string;
  readonly happening: Happening;
}

export interface ProcessGraph {
  readonly initial: string;
  readonly transitions: readonly ProcessWay[];
}

/** Whom each process tells of whom: from one process to another, those that the other may hear of. */
type Introductions = Map<string, Set<string>>;

/**
 * Makes the graphs of all processes. Variables stand for processes, and what a process learns of another by an
 * introduction is one of finitely many: each has its own states.
 * @returns the graphs, or what has no counterpart
 * Cost: linear in the states, for each round in which more introductions are found; there are as many as pairs of
 * processes at most
 */
export function graphsOf(
  network: readonly NetProcess[],
): { readonly graphs: readonly ProcessGraph[] } | { readonly errors: readonly ImportError[] } {
  const known: Introductions = new Map();
  for (;;) {
    const before = count(known);
    const errors: ImportError[] = [];
    const graphs = network.map((process) => graphOf(process, network, known, errors));
    if (errors.length > 0) return { errors };
    if (count(known) === before) return { graphs };
  }
}

function count(introductions: Introductions): number {
  return [...introductions.values()].reduce((sum, { size }) => sum + size, 0);
}

/** Where a process is: at a behaviour, with these to come after it, and these meanings of names. */
interface State {
  readonly at: Behaviour;
  readonly rest: Rest | undefined;
  readonly names: ReadonlyMap<string, string>;
}

interface Rest {
  readonly first: Behaviour;
  readonly next: Rest | undefined;
}

function graphOf(
  process: NetProcess,
  network: readonly NetProcess[],
  known: Introductions,
  errors: ImportError[],
): ProcessGraph {
  const own = process.name.text;
  const ids = new Map<Behaviour, number>();
  const states = new Set<string>();
  const todo: { readonly key: string; readonly state: State }[] = [];
  const transitions: ProcessWay[] = [];
  const idOf = (behaviour: Behaviour): number => {
    let id = ids.get(behaviour);
    if (id === undefined) ids.set(behaviour, (id = ids.size));
    return id;
  };
  const problem = (error: ImportError): void => {
    if (!errors.some((e) => e.at === error.at && e.kind === error.kind)) errors.push(error);
  };
  /** The state where a process does something next; the end is a state without ways on. */
  const enter = (from: State): string => {
    const state = settle(from, process);
    const stack: number[] = [];
    for (let rest = state?.rest; rest; rest = rest.next) stack.push(idOf(rest.first));
    const key = state
      ? `${idOf(state.at)} ${stack.join(' ')} ${[...state.names]
          .filter(([name, to]) => name !== to)
          .map(([name, to]) => `${name}=${to}`)
          .sort()
          .join(' ')}`
      : 'end';
    if (!states.has(key)) {
      if (states.size >= mostStatesOfProcess)
        throw new ImportFailure(
          'too-large',
          `\`${own}\` goes through more than ${mostStatesOfProcess} states: too many for code that anybody would read.`,
          process.name.at,
        );
      states.add(key);
      if (state) todo.push({ key, state });
    }
    return key;
  };
  /** The process that a name stands for. */
  const peer = (name: Word, { names }: State): string => {
    const found = names.get(name.text) ?? name.text;
    if (found === own)
      problem({
        kind: 'self-communication',
        message: `\`${own}\` sends to itself here, or receives from itself; a role of Chor has no queue to itself.`,
        at: name.at,
      });
    else if (!network.some((p) => p.name.text === found))
      problem({
        kind: 'unknown-name',
        message: `There is no process \`${found}\`. Write it out, or correct its name.`,
        at: name.at,
      });
    return found;
  };
  const initial = enter({ at: process.main, rest: undefined, names: new Map() });
  for (let item = todo.pop(); item; item = todo.pop()) {
    const { key, state } = item;
    const way = (happening: Happening, at: Behaviour, more: Partial<State> = {}): void => {
      transitions.push({ from: key, to: enter({ ...state, at, ...more }), happening });
    };
    const { at } = state;
    switch (at.kind) {
      case 'send':
        way({ kind: 'send', peer: peer(at.peer, state), value: at.value }, at.next);
        break;
      case 'receive':
        way({ kind: 'receive', peer: peer(at.peer, state) }, at.next);
        break;
      case 'select':
        way({ kind: 'select', peer: peer(at.peer, state), label: at.label.text }, at.next);
        break;
      case 'offer': {
        const from = peer(at.peer, state);
        for (const { label, body } of at.branches)
          way({ kind: 'offer', peer: from, label: label.text }, body, after(state, at.next, at.peer.at));
        break;
      }
      case 'if':
        way({ kind: 'then', condition: at.condition }, at.then, after(state, at.next, at.at));
        way({ kind: 'else', condition: at.condition }, at.else, after(state, at.next, at.at));
        break;
      case 'introduce': {
        const [left, right] = [peer(at.left, state), peer(at.right, state)];
        if (left === right)
          problem({ kind: 'self-communication', message: `\`${left}\` is told of itself here.`, at: at.left.at });
        note(known, own, left, right);
        note(known, own, right, left);
        const between = `${key} then`;
        transitions.push({ from: key, to: between, happening: { kind: 'introduce', peer: left, other: right } });
        transitions.push({
          from: between,
          to: enter({ ...state, at: at.next }),
          happening: { kind: 'introduce', peer: right, other: left },
        });
        break;
      }
      case 'introduced': {
        const from = peer(at.peer, state);
        // Where nobody is known yet, this may be known in the next round; else it waits for ever.
        const others = [...(known.get(`${from} ${own}`) ?? [])].sort();
        for (const other of others)
          way({ kind: 'introduced', peer: from, other }, at.next, {
            names: new Map([...state.names, [at.variable.text, other]]),
          });
        if (others.length === 0)
          transitions.push({
            from: key,
            to: enter({ at: { kind: 'stop' }, rest: undefined, names: new Map() }),
            happening: { kind: 'introduced', peer: from, other: '' },
          });
        break;
      }
      // These are gone into when a state is entered.
      case 'call':
      case 'stop':
      case 'nothing':
        break;
    }
  }
  return { initial, transitions };
}

function after(state: State, next: Behaviour | undefined, place: number): Partial<State> {
  return next ? { rest: push(state.rest, next, place) } : {};
}

/**
 * Puts what comes next before the rest. @throws ImportFailure where it waits already: it would come again and again,
 * each time with more to follow
 */
function push(rest: Rest | undefined, first: Behaviour, place: number): Rest | undefined {
  if (first.kind === 'nothing') return rest;
  for (let under = rest; under; under = under.next) {
    if (under.first === first)
      throw new ImportFailure(
        'recursion',
        'This comes back here before what follows it is done. A loop of Chor has one place to go on: let the call that leads back come last.',
        place,
      );
  }
  return { first, next: rest };
}

function note(known: Introductions, by: string, to: string, other: string): void {
  const key = `${by} ${to}`;
  known.set(key, (known.get(key) ?? new Set()).add(other));
}

/** Goes into calls and on from what ends, to where something is done; undefined at the end of the process. */
function settle(from: State, { procedures }: NetProcess): State | undefined {
  const seen = new Map<Behaviour, Rest | undefined>();
  let { at, rest, names } = from;
  for (;;) {
    if (at.kind === 'stop') return undefined;
    if (at.kind === 'nothing') {
      if (!rest) return undefined;
      at = rest.first;
      rest = rest.next;
    } else if (at.kind === 'call') {
      const { callee, args, next } = at;
      if (seen.has(at) && seen.get(at) === rest)
        throw new ImportFailure(
          'recursion',
          `\`${callee.text}\` calls itself for ever here, and does nothing on the way. Let it send or receive something first.`,
          callee.at,
        );
      seen.set(at, rest);
      const procedure: Procedure<Behaviour> | undefined = procedures.find((p) => p.name.text === callee.text);
      if (!procedure)
        throw new ImportFailure('unknown-name', `There is no procedure \`${callee.text}\` in this process.`, callee.at);
      if (procedure.params.length !== args.length)
        throw new ImportFailure(
          'arity',
          `\`${callee.text}\` takes ${procedure.params.length} names, and is given ${args.length}.`,
          callee.at,
        );
      if (next) rest = push(rest, next, callee.at);
      const values: readonly (readonly [string, string])[] = procedure.params.map((param, i) => {
        const value = args[i]?.text ?? '';
        return [param.text, names.get(value) ?? value] as const;
      });
      names = new Map([...names, ...values]);
      at = procedure.body;
    } else return { at, rest, names };
  }
}
