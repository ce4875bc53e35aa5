// What a network can do next, as statements of a choreography: both ends of a message at once, a decision with its branches.
import { walkExpr } from '../ir/expression.js';
import type { Expr } from '../ir/expression.js';
import type { Action, Channels, LocalCall, Receive, ReceiveBranch, Send } from '../ir/process.js';
import { writeName } from '../syntax/names.js';
import { printExpr, printPattern, printType } from '../syntax/print.js';
import { actionOf, originOf, Unextractable } from './extract-terms.js';
import type { Term, Terms } from './extract-terms.js';

/** A line, or the head of a decision with the heads of its branches. */
export interface Step {
  readonly text: string;
  readonly form: 'line' | 'if' | 'match' | 'choice';
  readonly heads: readonly string[];
}

export type State = readonly (Term | undefined)[];

/** Something that can be done next, with what it leads to; decisions lead to several states. */
export interface Candidate {
  readonly actors: readonly number[];
  /** Smaller is better: messages, local steps, calls, decisions, messages that are received before they are due. */
  readonly rank: number;
  readonly step: Step;
  readonly next: readonly State[];
}

/** A choreography that a call leads to. */
export interface Callee {
  readonly name: string;
  readonly places: readonly { readonly takesPart: boolean; readonly inputs: number }[];
}

export interface Setting {
  readonly names: readonly string[];
  readonly channels: Channels;
  readonly terms: Terms;
  /** What a call means; throws where it means nothing. */
  callee(call: LocalCall): Callee;
}

const line = (text: string): Step => ({ text, form: 'line', heads: [] });

/** Everything that a network can do in a state. Cost: linear in the processes, and in how far a crosswise exchange looks ahead. */
export function candidates(state: State, setting: Setting): Candidate[] {
  const found: Candidate[] = [];
  state.forEach((term, p) => {
    if (term) found.push(...own(state, p, term, setting));
  });
  if (setting.channels.kind === 'sync') return found;
  const moving = new Set(found.flatMap((c) => c.actors));
  state.forEach((term, p) => {
    const early = term && isStuck(state, p, moving, setting) ? ahead(state, p, term, setting) : undefined;
    if (early) found.push(early);
  });
  return found;
}

/** The process that another waits for. */
export function waitsFor(state: State, p: number, { names, callee }: Setting): number | undefined {
  const term = state[p];
  if (!term) return undefined;
  const action = actionOf(term);
  const peer = action.kind === 'send' ? action.receiver.text : action.kind === 'receive' ? action.sender.text : undefined;
  if (peer !== undefined) return names.indexOf(peer);
  if (action.kind !== 'call') return undefined;
  const { places } = callee(action);
  const late = action.args.find((arg, i) => places[i]?.takesPart && !isAt(state, names.indexOf(arg.role.text), action, callee));
  return late && names.indexOf(late.role.text);
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

function peerOf(p: number, action: Send | Receive, names: readonly string[]): number {
  const name = action.kind === 'send' ? action.receiver.text : action.sender.text;
  const peer = names.indexOf(name);
  if (peer < 0) throw new Unextractable(`${names[p]} ${action.kind === 'send' ? `sends to ${name}` : `waits for ${name}`}, which is no process of the network: a choreography has both ends of a message.`, originOf(action));
  return peer;
}

function own(state: State, p: number, term: Term, setting: Setting): Candidate[] {
  const { names, terms } = setting;
  const action = actionOf(term);
  const to = (next: Term | undefined): State => state.map((t, i) => (i === p ? next : t));
  const role = writeName(names[p] ?? '');
  switch (action.kind) {
    case 'receive':
      peerOf(p, action, names);
      return [];
    case 'send': {
      const q = peerOf(p, action, names);
      const other = state[q];
      const receive = other && actionOf(other);
      if (!other || receive?.kind !== 'receive' || receive.sender.text !== names[p]) return [];
      const branch = branchFor(action, receive);
      if (!branch) return [];
      const next = state.map((t, i) => (i === p ? terms.after(term) : i === q ? terms.enter(other, branch.body.actions) : t));
      return [{ actors: [p, q], rank: 0, step: message(role, action, branch), next: [next] }];
    }
    case 'assignment':
      return [{ actors: [p], rank: 1, step: line(`${role}.${writeName(action.variable.text)} = ${printExpr(action.value)}`), next: [to(terms.after(term))] }];
    case 'effect':
      return [{ actors: [p], rank: 1, step: line(`${role}.${printExpr(action.value)}`), next: [to(terms.after(term))] }];
    case 'call': return call(state, p, action, setting);
    case 'if':
      return [{
        actors: [p], rank: 3, step: { text: `if ${role}.${printExpr(action.condition)}`, form: 'if', heads: ['', 'else'] },
        next: [action.then, action.else].map((block) => to(terms.enter(term, block.actions))),
      }];
    case 'while':
      return [{
        actors: [p], rank: 3, step: { text: `if ${role}.${printExpr(action.condition)}`, form: 'if', heads: ['', 'else'] },
        next: [to(terms.repeat(term, action.body.actions)), to(terms.after(term))],
      }];
    case 'match': {
      const heads = [...action.cases.map((c) => `case ${printPattern(c.pattern)}`), ...(action.else ? ['else'] : [])];
      const blocks = [...action.cases.map((c) => c.body), ...(action.else ? [action.else] : [])];
      return [{
        actors: [p], rank: 3, step: { text: `match ${role}.${printExpr(action.value)}`, form: 'match', heads },
        next: blocks.map((block) => to(terms.enter(term, block.actions))),
      }];
    }
    case 'choice':
      return [{
        actors: [p], rank: 4, step: { text: `choice at ${role}`, form: 'choice', heads: action.branches.map((_, i) => (i === 0 ? '' : 'or')) },
        next: action.branches.map((block) => to(terms.enter(term, block.actions))),
      }];
    case 'hole': throw new Unextractable(`What ${names[p]} does here is not known.`, originOf(action));
    case 'rec': case 'continue': return [];
  }
}

function branchFor(send: Send, receive: Receive): ReceiveBranch | undefined {
  return receive.branches.find((branch) => (branch.label?.text ?? '') === (send.label?.name.text ?? ''));
}

function message(sender: string, send: Send, { variable }: ReceiveBranch): Step {
  const value = send.value ? `.${printExpr(send.value)}` : '';
  const into = variable ? `.${writeName(variable.text)}` : '';
  const { label } = send;
  const types = label && label.types.length > 0 ? `(${label.types.map(printType).join(', ')})` : '';
  return line(`${sender}${value} -> ${writeName(send.receiver.text)}${into}${label ? `: ${writeName(label.name.text)}${types}` : ''}`);
}

/** Whether a process is at the same call. */
function isAt(state: State, q: number, call: LocalCall, callee: Setting['callee']): boolean {
  const term = state[q];
  const action = term && actionOf(term);
  return action?.kind === 'call' && callee(action).name === callee(call).name
    && action.args.length === call.args.length && action.args.every((arg, i) => arg.role.text === call.args[i]?.role.text);
}

/** A call is made when all that take part are at it. */
function call(state: State, p: number, action: LocalCall, { names, terms, callee }: Setting): Candidate[] {
  const { name, places } = callee(action);
  const args: string[] = [];
  const actors: number[] = [];
  let target = '';
  for (const [i, arg] of action.args.entries()) {
    const q = names.indexOf(arg.role.text);
    if (q < 0) throw new Unextractable(`${arg.role.text} is no process of the network.`, arg.role.origin);
    const term = state[q];
    const place = places[i];
    const other = term && actionOf(term);
    if (other?.kind !== 'call' || !isAt(state, q, action, callee)) {
      if (place?.takesPart) return [];
      if (place && place.inputs > 0) throw new Unextractable(`${name} needs inputs of ${arg.role.text}, which does not call it.`, originOf(action));
      args.push(writeName(arg.role.text));
      continue;
    }
    actors.push(q);
    const inputs = place && place.inputs === 0 ? [] : other.args[i]?.inputs ?? [];
    args.push(`${writeName(arg.role.text)}${inputs.length > 0 ? `(${inputs.map((e) => printExpr(e)).join(', ')})` : ''}`);
    if (other.target) target = `${writeName(arg.role.text)}.${writeName(other.target.text)} = `;
  }
  // It is found once, at the first of them.
  if (Math.min(...actors) !== p) return [];
  const next = state.map((term, q) => (term && actors.includes(q) ? terms.after(term) : term));
  return [{ actors, rank: 2, step: line(`${target}do ${writeName(name)}(${args.join(', ')})`), next: [next] }];
}

/** How many actions a message may come before. */
const farthest = 32;

/** A message to a process that sends others first: with queues it may as well be received at once, where the others do not depend on it. */
function ahead(state: State, p: number, term: Term, { names, terms, channels }: Setting): Candidate | undefined {
  const send = actionOf(term);
  if (send.kind !== 'send') return undefined;
  const q = names.indexOf(send.receiver.text);
  const before: Action[] = [];
  let at = state[q];
  // A bounded queue holds one at least.
  if (channels.kind === 'buffer' && at?.postponed) return undefined;
  for (; at && before.length < farthest; at = terms.after(at)) {
    const action = actionOf(at);
    if (action.kind === 'receive') {
      const branch = action.sender.text === names[p] ? branchFor(send, action) : undefined;
      if (!branch || before.some((other) => touches(other, branch.variable?.text))) return undefined;
      const then = terms.postpone(before, terms.enter(at, branch.body.actions));
      const next = state.map((t, i) => (i === p ? terms.after(term) : i === q ? then : t));
      return { actors: [p, q], rank: 5, step: message(writeName(names[p] ?? ''), send, branch), next: [next] };
    }
    if (action.kind !== 'send' && action.kind !== 'assignment' && action.kind !== 'effect') return undefined;
    before.push(action);
  }
  return undefined;
}

/** Whether a local action reads or sets a variable. */
function touches(action: Action, variable: string | undefined): boolean {
  const value: Expr | undefined = action.kind === 'send' || action.kind === 'assignment' || action.kind === 'effect' ? action.value : undefined;
  let found = action.kind === 'assignment' && action.variable.text === variable;
  if (value) walkExpr(value, (e) => { found ||= e.kind === 'name' && e.name.text === variable; });
  return found;
}
