// What a network can do next, as statements of a choreography: both ends of a message at once, a decision with its branches.
import { walkExpr } from '../ir/expression.js';
import type { Expr } from '../ir/expression.js';
import type { Action, LocalCall, LocalGather, Receive, ReceiveBranch, Send } from '../ir/process.js';
import { sendersOf, targetsIn, variablesGathered } from '../ir/process.js';
import { namesOfTarget, variableTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';
import type { RoleRef } from '../ir/role.js';
import { listed } from '../text/words.js';
import { writeName } from '../syntax/names.js';
import { printExpr, printQuorum, printTarget, printType, printRole } from '../syntax/print.js';
import { branchOf, moved } from './state.js';
import type { Candidate, Setting, State, Step, Variable } from './state.js';
import { actionOf, InputsMatter, originOf, Unextractable } from './terms.js';
import type { Continuation } from './terms.js';
import { questionOf } from './values.js';
import type { Known } from './values.js';

function line(text: string, roles: readonly number[], reads: readonly Variable[], writes: readonly Variable[] = []): Step {
  return { text, form: 'line', heads: [], roles, reads, writes };
}

/** The variables of a process that an expression reads. */
/** The variables that take a value. */
function writtenBy(p: number, into: Target | undefined): Variable[] {
  return namesOfTarget(into).map(({ text }): Variable => [p, text]);
}

function readBy(p: number, expr: Expr | undefined, { variables }: Setting): Variable[] {
  const found: Variable[] = [];
  if (expr) walkExpr(expr, (e) => { if (e.kind === 'name' && variables[p]?.has(e.name.text)) found.push([p, e.name.text]); });
  return found;
}

/** Everything that a network can do in a state. Cost: linear in the processes, and in how far a crosswise exchange looks ahead. */
export function candidates(state: State, setting: Setting): Candidate[] {
  const found: Candidate[] = [];
  state.at.forEach((term, p) => {
    if (term) found.push(...own(state, p, term, setting));
  });
  if (setting.channels.kind === 'sync') return found;
  const moving = new Set(found.flatMap((c) => c.actors));
  state.at.forEach((term, p) => {
    const early = term && isStuck(state, p, moving, setting) ? ahead(state, p, term, setting) : undefined;
    if (early) found.push(early);
  });
  return found;
}

/** The process that another waits for. */
export function waitsFor(state: State, p: number, { names, callee }: Setting): number | undefined {
  const term = state.at[p];
  if (!term) return undefined;
  const action = actionOf(term);
  const peer = action.kind === 'send' ? action.receiver.key : action.kind === 'receive' ? fromOne(action).key : action.kind === 'gather' ? lateIn(state, action, p, names) : undefined;
  if (peer !== undefined) return names.indexOf(peer);
  if (action.kind !== 'call') return undefined;
  const { places } = callee(action);
  const late = action.args.find((arg, i) => places[i]?.takesPart && !isAt(state, names.indexOf(arg.role.key), action, callee));
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

/** Whom a receive is from. @throws Unextractable where it takes messages of several: which comes first, no choreography says yet */
function fromOne(action: Receive): RoleRef {
  const senders = sendersOf(action);
  const [from] = senders;
  if (!from || senders.length > 1) throw new Unextractable(`Here a message is taken from ${listed(senders.map(({ key }) => key), 'or')}, whichever comes first: a choreography can’t say that.`, originOf(action));
  return from;
}

function peerOf(p: number, action: Send | Receive, names: readonly string[]): number {
  const name = action.kind === 'send' ? action.receiver.key : fromOne(action).key;
  const peer = names.indexOf(name);
  if (peer < 0) throw new Unextractable(`${names[p]} ${action.kind === 'send' ? `sends to ${name}` : `waits for ${name}`}, which is no process of the network: a choreography has both ends of a message.`, originOf(action));
  return peer;
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
      const next = moved(state, [[p, terms.after(term)], [q, terms.enter(other, branch.body.actions)]], setting, known);
      return [{ actors: [p, q], rank: 0, step: message(p, q, action, branch, setting), next: [next] }];
    }
    case 'assignment': {
      const known = knowledge?.assign(state.known, p, action.into, p, action.value);
      return [{ actors: [p], rank: 1, step: line(`${role}.${printTarget(action.into)} = ${printExpr(action.value)}`, [p], readBy(p, action.value, setting), writtenBy(p, action.into)), next: [moved(state, [[p, terms.after(term)]], setting, known)] }];
    }
    case 'effect':
      return [{ actors: [p], rank: 1, step: line(`${role}.${printExpr(action.value)}`, [p], readBy(p, action.value, setting)), next: [moved(state, [[p, terms.after(term)]], setting)] }];
    case 'call': return call(state, p, action, setting);
    case 'if': case 'while': case 'match': return [decision(state, p, term, setting)];
    case 'choice':
      return [{
        actors: [p], rank: 4, early: !action.branches.every((block) => sendsNow(state, p, terms.enter(term, block.actions), setting)),
        step: { text: `choice at ${role}`, form: 'choice', heads: action.branches.map((_, i) => (i === 0 ? '' : 'or')), roles: [p], reads: [], writes: [] },
        next: action.branches.map((block) => moved(state, [[p, terms.enter(term, block.actions)]], setting)),
      }];
    case 'gather': return gather(state, p, action, setting);
    case 'hole': throw new Unextractable(`What ${names[p]} does here is not known.`, originOf(action));
    case 'par': throw new Unextractable(`${names[p]} does several things at the same time: of networks with \`par\`, no choreography is made.`, originOf(action));
    // What is one step stays in a row.
    case 'at': throw new Unextractable(`${names[p]} does several things in one step: of networks with \`at\`, no choreography is made.`, originOf(action));
    // Families are taken apart before (families/unroll-network.ts).
    case 'rec': case 'continue': case 'leave': case 'for': case 'when': case 'pick': return [];
  }
}

/** Messages of several are one step where all of them are about to send. */
function gather(state: State, p: number, action: LocalGather, setting: Setting): Candidate[] {
  const { names, terms, knowledge } = setting;
  const sends = action.senders.map(({ key }): readonly [number, Send] | undefined => {
    const q = names.indexOf(key);
    if (q < 0) throw new Unextractable(`${names[p]} waits for ${key}, which is no process of the network: a choreography has both ends of a message.`, originOf(action));
    const term = state.at[q];
    const send = term && actionOf(term);
    return send?.kind === 'send' && send.receiver.key === names[p] && (send.label?.name.text ?? '') === (action.label?.text ?? '') ? [q, send] : undefined;
  });
  const all = sends.flatMap((send) => (send ? [send] : []));
  if (all.length < sends.length) return [];
  const from = all.map(([q, send]) => `${writeName(names[q] ?? '')}${send.value ? `.${printExpr(send.value)}` : ''}`).join(', ');
  const { variable, quorum, label } = action;
  const text = `${from} -> ${writeName(names[p] ?? '')}${variable ? `.${writeName(variable.text)}` : ''}${quorum ? ` ${printQuorum(quorum)}` : ''}${label ? `: ${writeName(label.text)}` : ''}`;
  const reads = all.flatMap(([q, send]) => readBy(q, send.value, setting));
  const written = variablesGathered(action);
  const known = written.reduce((before, name) => knowledge?.assign(before, p, variableTarget(name), p, undefined) ?? before, state.known);
  const places = [p, ...all.map(([q]) => q)].map((q) => [q, terms.after(state.at[q] as Continuation)] as const);
  return [{ actors: places.map(([q]) => q), rank: 0, step: line(text, places.map(([q]) => q), reads, written.map(({ text: name }): Variable => [p, name])), next: [moved(state, places, setting, known)] }];
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
    actors, rank: 3,
    step: {
      text: `${match ? 'match' : 'if'} ${guards.map(([q, e]) => `${writeName(names[q] ?? '')}.${printExpr(e)}`).join(', ')}`,
      form: match ? 'match' : 'if', heads: match ? heads.map((head) => (head === 'else' ? head : `case ${head}`)) : ['', 'else'],
      roles: guards.map(([q]) => q), reads: guards.flatMap(([q, e]) => readBy(q, e, setting)), writes: [],
    },
    next: heads.map((head) => {
      const places = actors.map((q) => [q, branchOf(state.at[q] ?? term, head, terms)] as const);
      return moved(state, places, setting, asked && waits ? knowledge?.answer(state.known, asked.key, head) : undefined);
    }),
  };
}

/** What is known once a message is received. */
function received(known: Known, p: number, q: number, send: Send, { into }: ReceiveBranch, { knowledge }: Setting): Known {
  return (into && knowledge?.assign(known, q, into, p, send.value)) ?? known;
}

function branchFor(send: Send, receive: Receive): ReceiveBranch | undefined {
  return receive.branches.find((branch) => (branch.label?.text ?? '') === (send.label?.name.text ?? ''));
}

function message(p: number, q: number, send: Send, branch: ReceiveBranch, setting: Setting): Step {
  const sender = writeName(setting.names[p] ?? '');
  const value = send.value ? `.${printExpr(send.value)}` : '';
  const into = branch.into ? `.${printTarget(branch.into)}` : '';
  const { label } = send;
  const types = label && label.types.length > 0 ? `(${label.types.map(printType).join(', ')})` : '';
  return line(`${sender}${value} -> ${printRole(send.receiver)}${into}${label ? `: ${label.name.text === '' ? '_' : writeName(label.name.text)}${types}` : ''}`, [p, q], readBy(p, send.value, setting), writtenBy(q, branch.into));
}

/** Whether a process is at the same call. */
function isAt(state: State, q: number, call: LocalCall, callee: Setting['callee']): boolean {
  const term = state.at[q];
  const action = term && actionOf(term);
  return action?.kind === 'call' && callee(action).name === callee(call).name
    && action.args.length === call.args.length && action.args.every((arg, i) => arg.role.key === call.args[i]?.role.key);
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
  for (const [i, arg] of action.args.entries()) {
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
      if (place && place.inputs > 0) throw new Unextractable(`${name} needs inputs of ${arg.role.key}, which does not call it.`, originOf(action));
      args.push(printRole(arg.role));
      continue;
    }
    actors.push(q);
    if (network && place?.inputs === 0 && other.args[i]?.inputs.some((input) => setting.isEffectful(input))) throw new InputsMatter(network);
    const inputs = place && place.inputs === 0 ? [] : other.args[i]?.inputs ?? [];
    args.push(`${printRole(arg.role)}${inputs.length > 0 ? `(${inputs.map((e) => printExpr(e)).join(', ')})` : ''}`);
    reads.push(...inputs.flatMap((e) => readBy(q, e, setting)));
    if (!other.into) continue;
    writes.push(...writtenBy(q, other.into));
    takers.push(`${printRole(arg.role)}.${printTarget(other.into)}`);
    known = knowledge?.assign(known, q, other.into, q, undefined) ?? known;
  }
  // It is found once, at the first of them.
  if (Math.min(...actors) !== p) return [];
  const next = moved(state, actors.map((q) => [q, state.at[q] && terms.after(state.at[q])] as const), setting, known);
  return [{ actors, rank: 2, step: line(`${takers.length > 0 ? `${takers.join(', ')} = ` : ''}do ${writeName(name)}(${args.join(', ')})`, roles, reads, writes), next: [next] }];
}

/** How many actions a message may come before. */
const farthest = 32;

/** A message to a process that first sends others, or receives from others: with queues it may as well be received at once, where these do not depend on it. */
function ahead(state: State, p: number, term: Continuation, setting: Setting): Candidate | undefined {
  const { names, terms, channels } = setting;
  const send = actionOf(term);
  if (send.kind !== 'send') return undefined;
  const q = names.indexOf(send.receiver.key);
  const before: Action[] = [];
  let at = state.at[q];
  // A bounded queue holds one at least.
  if (channels.kind === 'buffer' && at?.postponed) return undefined;
  for (; at && before.length < farthest; at = terms.after(at)) {
    const action = actionOf(at);
    if (action.kind === 'receive' && (fromOne(action).key === names[p] || action.branches.length > 1 || action.branches[0]?.body.actions.length !== 0)) {
      const branch = fromOne(action).key === names[p] ? branchFor(send, action) : undefined;
      if (!branch || before.some((other) => namesOfTarget(branch.into).some(({ text }) => touches(other, text)))) return undefined;
      const then = terms.postpone(before, terms.enter(at, branch.body.actions));
      const next = moved(state, [[p, terms.after(term)], [q, then]], setting, received(state.known, p, q, send, branch, setting));
      return { actors: [p, q], rank: 5, step: message(p, q, send, branch, setting), next: [next] };
    }
    if (action.kind !== 'send' && action.kind !== 'receive' && action.kind !== 'assignment' && action.kind !== 'effect') return undefined;
    before.push(action);
  }
  return undefined;
}

/** Whether a local action reads or sets a variable. */
function touches(action: Action, variable: string): boolean {
  const value: Expr | undefined = action.kind === 'send' || action.kind === 'assignment' || action.kind === 'effect' ? action.value : undefined;
  let found = targetsIn(action).some((into) => namesOfTarget(into).some(({ text }) => text === variable));
  if (value) walkExpr(value, (e) => { found ||= e.kind === 'name' && e.name.text === variable; });
  return found;
}
