// What a network can do next, as statements of a choreography: both ends of a message at once, a decision with its
// branches.
import type { Expr } from '../ir/expression.js';
import type { Action, LocalAt, LocalCall, LocalGather, Send } from '../ir/process.js';
import { expressionsOf, targetsIn, variablesGathered, walkActions } from '../ir/process.js';
import { variableTarget } from '../ir/target.js';
import { writtenByActions } from '../ir/threads.js';
import { printAction } from '../projection/print.js';
import { writeName } from '../syntax/names.js';
import { printExpr, printQuorum, printTarget, printRole } from '../syntax/print.js';
import { ahead, crossing } from './crosswise.js';
import { branchFor, fromOne, line, message, peerOf, readBy, received, writtenBy } from './messages.js';
import { branchOf, moved } from './state.js';
import type { Candidate, Setting, State, Variable } from './state.js';
import { actionOf, InputsMatter, originOf, Unextractable } from './terms.js';
import type { Continuation } from './terms.js';
import { forgotten, questionOf } from './values.js';

/**
 * Everything that a network can do in a state. Cost: linear in the processes, and in how far a crosswise exchange looks
 * ahead.
 */
export function candidates(state: State, setting: Setting): Candidate[] {
  const found: Candidate[] = [];
  state.at.forEach((term, p) => {
    if (term) found.push(...own(state, p, term, setting));
  });
  found.push(...setting.together(state, setting).candidates);
  if (setting.channels.kind === 'sync') return found;
  const moving = new Set(found.flatMap((c) => c.actors));
  const crossed = new Set<number>();
  state.at.forEach((term, p) => {
    if (!term || crossed.has(p) || !isStuck(state, p, moving, setting)) return;
    const crosswise = setting.crossing && actionOf(term).kind === 'send' ? crossing(state, p, setting) : undefined;
    const one = crosswise ?? ahead(state, p, term, setting);
    if (one) found.push(one);
    for (const q of crosswise?.actors ?? []) crossed.add(q);
  });
  return found;
}

/** The process that another waits for. */
export function waitsFor(state: State, p: number, { names, callee }: Setting): number | undefined {
  const term = state.at[p];
  if (!term) return undefined;
  const action = actionOf(term);
  const peer =
    action.kind === 'send'
      ? action.receiver.key
      : action.kind === 'receive'
        ? fromOne(action).key
        : action.kind === 'gather'
          ? lateIn(state, action, p, names)
          : undefined;
  if (peer !== undefined) return names.indexOf(peer);
  if (action.kind !== 'call') return undefined;
  const { places } = callee(action);
  const late = action.args.find(
    (arg, i) => places[i]?.takesPart && !isAt(state, names.indexOf(arg.role.key), action, callee),
  );
  return late && names.indexOf(late.role.key);
}

/** Who is not about to send what a gather takes. */
function lateIn(state: State, { senders }: LocalGather, p: number, names: readonly string[]): string | undefined {
  return senders.find(({ key }) => {
    const term = state.at[names.indexOf(key)];
    const action = term && actionOf(term);
    return action?.kind !== 'send' || action.receiver.key !== names[p];
  })?.key;
}

/** Whether a process waits, perhaps over others, for none that can move. */
function isStuck(state: State, p: number, moving: ReadonlySet<number>, setting: Setting): boolean {
  const seen = new Set<number>();
  for (let at: number | undefined = p; at !== undefined && !seen.has(at); at = waitsFor(state, at, setting)) {
    if (moving.has(at)) return false;
    seen.add(at);
  }
  return true;
}

function own(state: State, p: number, term: Continuation, setting: Setting): Candidate[] {
  const { names, terms, knowledge } = setting;
  const action = actionOf(term);
  const role = writeName(names[p] ?? '');
  switch (action.kind) {
    case 'receive':
      peerOf(p, action, names);
      return [];
    case 'send': {
      const q = peerOf(p, action, names);
      const other = state.at[q];
      const receive = other && actionOf(other);
      if (!other || receive?.kind !== 'receive' || fromOne(receive).key !== names[p]) return [];
      const branch = branchFor(action, receive);
      if (!branch) return [];
      const known = received(state.known, p, q, action, branch, setting);
      const next = moved(
        state,
        [
          [p, terms.after(term)],
          [q, terms.enter(other, branch.body.actions)],
        ],
        setting,
        known,
      );
      return [{ actors: [p, q], rank: 0, step: message(p, q, action, branch, setting), next: [next] }];
    }
    case 'assignment': {
      const known = knowledge?.assign(state.known, p, action.into, p, action.value);
      return [
        {
          actors: [p],
          rank: 1,
          step: line(
            `${role}.${printTarget(action.into)} = ${printExpr(action.value)}`,
            [p],
            readBy(p, action.value, setting),
            writtenBy(p, action.into),
          ),
          next: [moved(state, [[p, terms.after(term)]], setting, known)],
        },
      ];
    }
    case 'effect':
      return [
        {
          actors: [p],
          rank: 1,
          step: line(`${role}.${printExpr(action.value)}`, [p], readBy(p, action.value, setting)),
          next: [moved(state, [[p, terms.after(term)]], setting)],
        },
      ];
    case 'call':
      return call(state, p, action, setting);
    case 'if':
    case 'while':
    case 'match':
      return [decision(state, p, term, setting)];
    case 'choice':
      return [
        {
          actors: [p],
          rank: 4,
          early: !action.branches.every((block) => sendsNow(state, p, terms.enter(term, block.actions), setting)),
          step: {
            text: `choice at ${role}`,
            form: 'choice',
            heads: action.branches.map((_, i) => (i === 0 ? '' : 'or')),
            roles: [p],
            reads: [],
            writes: [],
          },
          next: action.branches.map((block) => moved(state, [[p, terms.enter(term, block.actions)]], setting)),
        },
      ];
    case 'gather':
      return gather(state, p, action, setting);
    case 'hole':
      throw new Unextractable(`What ${names[p]} does here is not known.`, originOf(action));
    case 'at':
      return [oneStep(state, p, term, action, setting)];
    // Loops are entered (terms.ts), threads are put together (threads.ts), and what depends on numbers is not followed
    // (extract.ts).
    case 'par':
    case 'rec':
    case 'continue':
    case 'leave':
    case 'for':
    case 'when':
    case 'pick':
      return [];
  }
}

/** Several steps of a thread, between which no other comes. */
function oneStep(state: State, p: number, term: Continuation, action: LocalAt, setting: Setting): Candidate {
  const { names, terms, knowledge } = setting;
  const inner: Action[] = [];
  walkActions(action.body.actions, (each) => inner.push(each));
  const written = [...writtenByActions(inner).keys()];
  return {
    actors: [p],
    rank: 1,
    step: {
      text: `at ${writeName(names[p] ?? '')}${printAction(action).trimEnd().slice('at'.length)}`,
      form: 'line',
      heads: [],
      roles: [p],
      reads: inner.flatMap((each) => expressionsOf(each).flatMap((value) => readBy(p, value, setting))),
      writes: action.body.actions.flatMap((each) => targetsIn(each).flatMap((into) => writtenBy(p, into))),
      mayWrite: written.map((name): Variable => [p, name]),
    },
    next: [moved(state, [[p, terms.after(term)]], setting, knowledge && forgotten(knowledge, state.known, p, written))],
  };
}

/** Messages of several are one step where all of them are about to send. */
function gather(state: State, p: number, action: LocalGather, setting: Setting): Candidate[] {
  const { names, terms, knowledge } = setting;
  const sends = action.senders.map(({ key }): readonly [number, Send] | undefined => {
    const q = names.indexOf(key);
    if (q < 0)
      throw new Unextractable(
        `${names[p]} waits for ${key}, which is no process of the network: a choreography has both ends of a message.`,
        originOf(action),
      );
    const term = state.at[q];
    const send = term && actionOf(term);
    return send?.kind === 'send' &&
      send.receiver.key === names[p] &&
      (send.label?.name.text ?? '') === (action.label?.text ?? '')
      ? [q, send]
      : undefined;
  });
  const all = sends.flatMap((send) => (send ? [send] : []));
  if (all.length < sends.length) return [];
  const from = all
    .map(([q, send]) => `${writeName(names[q] ?? '')}${send.value ? `.${printExpr(send.value)}` : ''}`)
    .join(', ');
  const { variable, quorum, label } = action;
  const text = `${from} -> ${writeName(names[p] ?? '')}${variable ? `.${writeName(variable.text)}` : ''}${quorum ? ` ${printQuorum(quorum)}` : ''}${label ? `: ${writeName(label.text)}` : ''}`;
  const reads = all.flatMap(([q, send]) => readBy(q, send.value, setting));
  const written = variablesGathered(action);
  const known = written.reduce(
    (before, name) => knowledge?.assign(before, p, variableTarget(name), p, undefined) ?? before,
    state.known,
  );
  const places = [p, ...all.map(([q]) => q)].map((q) => [q, terms.after(state.at[q] as Continuation)] as const);
  return [
    {
      actors: places.map(([q]) => q),
      rank: 0,
      step: line(
        text,
        places.map(([q]) => q),
        reads,
        written.map(({ text: name }): Variable => [p, name]),
      ),
      next: [moved(state, places, setting, known)],
    },
  ];
}

/** Whether a process sends here what its receiver takes. */
function sendsNow(state: State, p: number, term: Continuation | undefined, { names }: Setting): boolean {
  const action = term && actionOf(term);
  if (action?.kind !== 'send') return false;
  const other = state.at[names.indexOf(action.receiver.key)];
  const receive = other && actionOf(other);
  return receive?.kind === 'receive' && fromOne(receive).key === names[p] && branchFor(action, receive) !== undefined;
}

/** A decision by a value; those who hold copies of it, and decide by them now or later, decide with it. */
function decision(state: State, p: number, term: Continuation, setting: Setting): Candidate {
  const { names, knowledge, terms } = setting;
  const action = actionOf(term);
  const { heads, expr } = questionOf(action) ?? { heads: [], expr: undefined };
  const asked = knowledge?.ask(p, action, state.known);
  const actors = [p];
  // Those that decide later do so by what is remembered.
  let waits = knowledge?.remembers === true;
  const guards: (readonly [number, Expr])[] = expr ? [[p, expr]] : [];
  if (asked) {
    for (const [q, other] of state.at.entries()) {
      const same = q === p ? undefined : knowledge?.later(q, other, asked.key, heads, state.known);
      if (!same) continue;
      guards.push([q, same.expr]);
      if (other && knowledge?.ask(q, actionOf(other), state.known)?.key === asked.key) actors.push(q);
      else waits = true;
    }
  }
  const match = action.kind === 'match';
  return {
    actors,
    rank: 3,
    step: {
      text: `${match ? 'match' : 'if'} ${guards.map(([q, e]) => `${writeName(names[q] ?? '')}.${printExpr(e)}`).join(', ')}`,
      form: match ? 'match' : 'if',
      heads: match ? heads.map((head) => (head === 'else' ? head : `case ${head}`)) : ['', 'else'],
      roles: guards.map(([q]) => q),
      reads: guards.flatMap(([q, e]) => readBy(q, e, setting)),
      writes: [],
    },
    next: heads.map((head) => {
      const places = actors.map((q) => [q, branchOf(state.at[q] ?? term, head, terms)] as const);
      return moved(
        state,
        places,
        setting,
        asked && waits ? knowledge?.answer(state.known, asked.key, head) : undefined,
      );
    }),
  };
}

/** Whether a process is at the same call. */
function isAt(state: State, q: number, call: LocalCall, callee: Setting['callee']): boolean {
  const term = state.at[q];
  const action = term && actionOf(term);
  return (
    action?.kind === 'call' &&
    callee(action).name === callee(call).name &&
    action.args.length === call.args.length &&
    action.args.every((arg, i) => arg.role.key === call.args[i]?.role.key) &&
    valuesIn(action, callee).join() === valuesIn(call, callee).join()
  );
}

/** The values that all know which a call gives behind its roles, as they are written. */
function valuesIn(call: LocalCall, callee: Setting['callee']): readonly string[] {
  const behind = call.args.slice(callee(call).places.length).flatMap(({ value }) => value ?? []);
  return [...behind, ...(call.values ?? [])].map((value) => printExpr(value));
}

/** A call is made when all that take part are at it. */
function call(state: State, p: number, action: LocalCall, setting: Setting): Candidate[] {
  const { names, terms, callee, knowledge } = setting;
  const { name, places, network } = callee(action);
  const args: string[] = [];
  const actors: number[] = [];
  const roles: number[] = [];
  const reads: Variable[] = [];
  const writes: Variable[] = [];
  const takers: string[] = [];
  let { known } = state;
  for (const [i, arg] of action.args.slice(0, places.length).entries()) {
    const q = names.indexOf(arg.role.key);
    if (q < 0) throw new Unextractable(`${arg.role.key} is no process of the network.`, arg.role.origin);
    roles.push(q);
    const term = state.at[q];
    const place = places[i];
    const other = term && actionOf(term);
    if (other?.kind !== 'call' || !isAt(state, q, action, callee)) {
      if (place?.takesPart) return [];
      // It may still come to the call.
      if (place && place.inputs > 0 && term) return [];
      if (place && place.inputs > 0)
        throw new Unextractable(`${name} needs inputs of ${arg.role.key}, which does not call it.`, originOf(action));
      args.push(printRole(arg.role));
      continue;
    }
    actors.push(q);
    if (network && place?.inputs === 0 && other.args[i]?.inputs.some((input) => setting.isEffectful(input)))
      throw new InputsMatter(network);
    const inputs = place && place.inputs === 0 ? [] : (other.args[i]?.inputs ?? []);
    args.push(`${printRole(arg.role)}${inputs.length > 0 ? `(${inputs.map((e) => printExpr(e)).join(', ')})` : ''}`);
    reads.push(...inputs.flatMap((e) => readBy(q, e, setting)));
    if (!other.into) continue;
    writes.push(...writtenBy(q, other.into));
    takers.push(`${printRole(arg.role)}.${printTarget(other.into)}`);
    known = knowledge?.assign(known, q, other.into, q, undefined) ?? known;
  }
  // It is found once, at the first of them.
  if (Math.min(...actors) !== p) return [];
  args.push(...valuesIn(action, callee));
  const next = moved(
    state,
    actors.map((q) => [q, state.at[q] && terms.after(state.at[q])] as const),
    setting,
    known,
  );
  return [
    {
      actors,
      rank: 2,
      step: line(
        `${takers.length > 0 ? `${takers.join(', ')} = ` : ''}do ${writeName(name)}(${args.join(', ')})`,
        roles,
        reads,
        writes,
      ),
      next: [next],
    },
  ];
}
