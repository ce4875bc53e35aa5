// Names and types of a network: what each of its processes does alone, and what the messages between them carry.
import { continueNotLast } from '../diagnostics/continue-not-last.js';
import { maybeUnassigned } from '../diagnostics/maybe-unassigned.js';
import { notLocatedHere } from '../diagnostics/not-located-here.js';
import { roleGivenTwice } from '../diagnostics/role-given-twice.js';
import { selfCommunication } from '../diagnostics/self-communication.js';
import { typeMismatch } from '../diagnostics/type-mismatch.js';
import { unknownName } from '../diagnostics/unknown-name.js';
import { unknownRole } from '../diagnostics/unknown-role.js';
import { unknownVariable } from '../diagnostics/unknown-variable.js';
import type { Choreography, Label } from '../ir/choreography.js';
import type { Expr, Name, Origin, Pattern } from '../ir/expression.js';
import { walkActions } from '../ir/process.js';
import type { Action, LocalBlock, LocalCall, Network, Process, Receive, Send } from '../ir/process.js';
import { closest } from '../scoping/closest.js';
import { idOf, processSymbol, roleSymbol } from '../scoping/declared.js';
import type { Resolved } from '../scoping/scope.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import { printType } from '../syntax/print.js';
import { channelKey } from './choreography.js';
import type { ChoreographyTypes } from './choreography.js';
import { complete, createVariable, excerpt, occur, report } from './context.js';
import type { Context, Variable } from './context.js';
import { checkDistinct, checkType, valueNames } from './declarations.js';
import { article, check, condition, effect, infer, inferValue, mismatch, reportArguments } from './expressions.js';
import type { Env } from './expressions.js';
import { createFlow } from './flow.js';
import type { Flow } from './flow.js';
import { checkCoverage, checkPattern } from './patterns.js';
import { checkLocalRec } from './recursion.js';
import { nothing, showType, tupleOf, unify, unknown, variable } from './types.js';
import type { Type } from './types.js';
import { checkUnusedLocally } from './unused.js';

interface Shared {
  readonly network: Network;
  /** What roles and labels belong to: the choreography that is implemented, else the network. */
  readonly owner: string;
  readonly design?: Choreography;
  readonly roles: ReadonlyMap<string, ChorSymbol>;
  readonly variables: ReadonlyMap<string, ReadonlyMap<string, Variable>>;
  readonly labels: Map<string, ChorSymbol>;
  readonly payloads: Map<string, Type>;
  /** The channels with several sends of values, which may differ in type: what is received there is told at the end. */
  readonly several: ReadonlyMap<string, Several>;
  /** The channels on which a send was seen. */
  readonly sent: Set<string>;
}

interface State extends Shared {
  readonly process: Process;
  readonly own: ReadonlyMap<string, Variable>;
  readonly locals: ReadonlyMap<string, Variable>[];
  readonly env: Env;
  readonly flow: Flow<Variable>;
  readonly recursions: Map<string, { readonly symbol: ChorSymbol; readonly depth: number }>;
  depth: number;
  tail: { readonly depth: number; readonly next?: Origin };
}

/**
 * Checks the names and types of a network.
 * @param typesOf what is known of the choreography that it implements
 */
export function checkNetworkNames(
  context: Context, network: Network, typesOf: (resolved: Resolved & { readonly declaration: Choreography }) => ChoreographyTypes,
): ChoreographyTypes {
  const design = designOf(context, network);
  const owner = design ? idOf(design.uri, design.declaration) : idOf(context.uri, network);
  checkDistinct(context, network.processes.map((p) => ({ name: p.name })), 'process');
  const roles = new Map<string, ChorSymbol>();
  for (const role of design?.declaration.roles ?? []) roles.set(role.name.text, roleSymbol(design?.uri ?? context.uri, design?.declaration as Choreography, role));
  for (const process of network.processes) {
    const role = roles.get(process.name.text);
    const own = processSymbol(context.uri, owner, network, process);
    const symbol: ChorSymbol = { ...own, doc: own.doc ?? role?.doc };
    occur(context, symbol, process.name.origin, 'definition');
    if (design && !design.declaration.broken && !roles.has(process.name.text)) {
      const known = design.declaration.roles.map((r) => r.name.text);
      report(context, unknownRole, process.name.origin, {
        name: process.name.text, origin: process.name.origin, container: design.declaration.name.text, similar: closest(process.name.text, known), known,
      });
    }
    roles.set(process.name.text, symbol);
  }
  const variables = new Map<string, Map<string, Variable>>();
  for (const process of network.processes) if (!variables.has(process.name.text)) variables.set(process.name.text, collect(context, network, process));
  // What the processes that are not written out send is taken from the choreography.
  const written = new Set(network.processes.map((p) => p.name.text));
  const payloads = new Map<string, Type>();
  if (design && !design.declaration.broken) {
    for (const [key, type] of typesOf(design).payloads) if (!written.has(key.slice(0, key.indexOf('>')))) payloads.set(key, type);
  }
  const shared: Shared = { network, owner, design: design?.declaration, roles, variables, labels: new Map(), payloads, sent: new Set(), several: severalSends(network) };
  for (const process of network.processes) checkProcess(context, shared, process);
  settleSeveral(context, shared);
  for (const own of variables.values()) own.forEach(complete);
  for (const process of network.processes) checkUnusedLocally(context, process, variables.get(process.name.text) ?? new Map());
  return { variables: new Map([...variables].map(([role, own]) => [role, [...own.values()].map((v) => v.symbol)])), payloads };
}

interface Several {
  readonly sent: Type[];
  readonly received: { readonly type: Type; readonly origin: Origin; readonly sender: string }[];
}

/** The channels, by label, on which more than one `send` carries something. */
function severalSends(network: Network): Map<string, Several> {
  const seen = new Set<string>();
  const several = new Map<string, Several>();
  for (const process of network.processes) {
    walkActions(process.body.actions, (action) => {
      if (action.kind !== 'send') return;
      const key = channelKey(process.name.text, action.receiver.text, action.label?.name.text);
      if (seen.has(key)) several.set(key, { sent: [], received: [] });
      seen.add(key);
    });
  }
  return several;
}

/** Where all sends of a channel agree, what is received there has their type; where they differ, it depends on the order. */
function settleSeveral(context: Context, shared: Shared): void {
  for (const [key, { sent, received }] of shared.several) {
    const [first] = sent;
    const agree = first && new Set(sent.map(showType)).size === 1;
    shared.payloads.set(key, agree ? first : unknown());
    if (!agree) continue;
    for (const { type, origin, sender } of received) if (!unify(type, first)) mismatch(context, origin, type, `${sender} sends ${article(showType(first))}`);
  }
}

function designOf(context: Context, network: Network): (Resolved & { readonly declaration: Choreography }) | undefined {
  const name = network.implements;
  if (!name) return undefined;
  const resolved = context.scope.lookup(name.text);
  if (resolved) occur(context, context.world.symbol(resolved), name.origin, 'read');
  if (resolved?.declaration.kind === 'choreography') return { uri: resolved.uri, declaration: resolved.declaration };
  if (!context.scope.isLost(name.text)) {
    const known = [...context.scope.all()].filter(([, r]) => r.declaration.kind === 'choreography').map(([n]) => n);
    report(context, unknownName, name.origin, { name, wanted: 'choreography', found: resolved && context.world.symbol(resolved).kind, similar: closest(name.text, known), known });
  }
  return undefined;
}

/** The inputs and variables of a process. */
function collect(context: Context, network: Network, process: Process): Map<string, Variable> {
  const found = new Map<string, Variable>();
  const id = `${idOf(context.uri, network)}/${process.name.text}`;
  const add = (name: Name, kind: 'input' | 'variable', type: Type): Variable | undefined => {
    if (found.has(name.text) || name.text === '_') return undefined;
    const made = createVariable({
      id: `${id}.${name.text}`, kind, name: name.text, uri: context.uri, origin: name.origin, role: process.name.text, container: network.name.text,
    }, type);
    found.set(name.text, made);
    return made;
  };
  for (const param of process.params) {
    const input = add(param.name, 'input', context.world.type(param.type, context.uri));
    if (input) input.symbol.detail = `${process.name.text}.${param.name.text}: ${printType(param.type)}`;
  }
  walkActions(process.body.actions, (action) => {
    if (action.kind === 'receive') action.branches.forEach((b) => b.variable && add(b.variable, 'variable', variable()));
    else if (action.kind === 'assignment') add(action.variable, 'variable', variable());
    else if (action.kind === 'call' && action.target) add(action.target, 'variable', variable());
  });
  return found;
}

function checkProcess(context: Context, shared: Shared, process: Process): void {
  const own = shared.variables.get(process.name.text) ?? new Map<string, Variable>();
  const flow = createFlow<Variable>();
  const told = new Set<Variable>();
  const locals: ReadonlyMap<string, Variable>[] = [];
  const role = process.name.text;
  const find = (name: string): Variable | undefined => {
    for (let i = locals.length - 1; i >= 0; i--) {
      const local = locals[i]?.get(name);
      if (local) return local;
    }
    return own.get(name);
  };
  const env: Env = {
    owner: `${idOf(context.uri, shared.network)}/${role}`,
    find,
    missing(name) {
      const type = unknown();
      const owners = [...shared.variables].filter(([other, vars]) => other !== role && vars.has(name.text)).map(([other]) => other);
      const similar = closest(name.text, [...own.keys(), ...valueNames(context)]);
      const last = process.params.at(-1);
      const at = last ? last.type.origin.end : process.name.origin.end;
      report(context, unknownVariable, name.origin, { name, role, similar, type, elsewhere: owners, header: { at, form: last ? 'next' : 'first' } });
      return type;
    },
    read(read, origin) {
      if (read.symbol.kind !== 'variable' || flow.has(read) || told.has(read)) return;
      told.add(read);
      report(context, maybeUnassigned, origin, { role, name: read.symbol.name, reason: flow.reason(read), type: read.type, process: true, first: { uri: context.uri, origin: read.symbol.origin ?? origin } });
    },
    foreign(other, field) {
      const symbol = shared.roles.get(other.text);
      if (!symbol) return false;
      occur(context, symbol, other.origin, 'read');
      const origin = { start: other.origin.start, end: field.origin.end };
      report(context, notLocatedHere, origin, { kind: other.text === role ? 'repeated' : 'process', name: field.text, here: role, owners: [other.text], origin, anchor: origin });
      return true;
    },
    names: () => own.keys(),
  };
  checkDistinct(context, process.params, 'input');
  for (const param of process.params) {
    checkType(context, param.type);
    const input = own.get(param.name.text);
    if (!input) continue;
    occur(context, input.symbol, param.name.origin, 'definition');
    flow.assign(input);
  }
  const result = process.result && checkType(context, process.result);
  const state: State = { ...shared, process, own, locals, env, flow, recursions: new Map(), depth: 0, tail: { depth: 0 } };
  block(context, state, process.body.actions);
  if (process.returns) {
    context.anchor = process.returns.origin;
    if (result) check(context, env, process.returns, result, (shown) => `${role} returns ${article(shown)}`);
    else {
      infer(context, env, process.returns);
      report(context, typeMismatch, process.returns.origin, {
        subject: '', origin: process.returns.origin, actual: '', demand: '', sentence: `${role} returns a value, but its header promises none: write \`process ${role}(): …\`, or leave out the \`return\`.`,
      });
    }
  } else if (process.result && result && !flow.dead) {
    report(context, typeMismatch, process.result.origin, {
      subject: '', origin: process.result.origin, actual: '', demand: '', sentence: `${role} promises ${article(showType(result))}, but never returns one. End its body with \`return …\`.`,
    });
  }
}

function block(context: Context, state: State, actions: readonly Action[]): void {
  const outer = state.tail;
  actions.forEach((action, index) => {
    context.anchor = action.origins[0];
    const next = actions[index + 1]?.origins[0];
    if (next) state.tail = { depth: state.depth, next: { start: next.start, end: actions.at(-1)?.origins[0]?.end ?? next.end } };
    checkAction(context, state, action);
    state.tail = outer;
  });
}

function write(context: Context, state: State, name: Name): Type {
  const target = state.env.find(name.text);
  if (!target) return unknown();
  occur(context, target.symbol, name.origin, target.symbol.origin?.start === name.origin.start ? 'definition' : 'write');
  state.flow.assign(target);
  return target.type;
}

function useRole(context: Context, state: State, name: Name): void {
  const symbol = state.roles.get(name.text);
  if (symbol) {
    occur(context, symbol, name.origin, 'read');
    return;
  }
  if (state.design?.broken) return;
  const known = [...state.roles.keys()];
  const last = state.network.processes.at(-1);
  report(context, unknownRole, name.origin, {
    name: name.text, origin: name.origin, container: state.design?.name.text ?? state.network.name.text, similar: closest(name.text, known), known,
    process: !state.design && last ? { after: last.origin.end } : undefined,
  });
}

/** A label where it stands, with the type of what it carries, if that is written. */
function label(context: Context, state: State, name: Name | undefined): void {
  if (!name) return;
  let symbol = state.labels.get(name.text);
  const first = !symbol;
  symbol ??= {
    id: `${state.owner}/:${name.text}`, kind: 'label', name: name.text, uri: context.uri, origin: name.origin, container: state.network.name.text, detail: `label ${name.text}`,
  };
  state.labels.set(name.text, symbol);
  occur(context, symbol, name.origin, first && !state.design ? 'definition' : 'read');
}

function checkAction(context: Context, state: State, action: Action): void {
  const { env, flow } = state;
  switch (action.kind) {
    case 'send': return send(context, state, action);
    case 'receive': return receive(context, state, action);
    case 'assignment': {
      const target = env.find(action.variable.text);
      check(context, env, action.value, target?.type ?? unknown(), (type) => `\`${action.variable.text}\` is ${article(type)}`);
      write(context, state, action.variable);
      return;
    }
    case 'effect': {
      effect(context, env, action.value);
      return;
    }
    case 'call': return call(context, state, action);
    case 'if': {
      condition(context, env, action.condition);
      const shown = (): string => excerpt(context, action.condition.origin);
      flow.fork([
        { run: () => block(context, state, action.then.actions), condition: () => `\`${shown()}\` is true`, place: action.then.origin },
        { run: () => block(context, state, action.else.actions), condition: () => `\`${shown()}\` is false`, place: blockOf(context, action.else) },
      ]);
      return;
    }
    case 'match': {
      const value = infer(context, env, action.value);
      const shown = (): string => excerpt(context, action.value.origin);
      const paths = action.cases.map((c) => ({
        run: () => matchCase(context, state, c, value), condition: () => `\`${shown()}\` is \`${excerpt(context, c.pattern.origin)}\``, place: c.body.origin,
      }));
      const { else: other } = action;
      if (other) paths.push({ run: () => block(context, state, other.actions), condition: () => `\`${shown()}\` is none of the cases`, place: other.origin });
      flow.fork(paths);
      if (!other) checkCoverage(context, action.value.origin, action.cases.map((c) => c.pattern), value, lastCase(context, action.cases));
      return;
    }
    case 'choice': {
      flow.fork(action.branches.map((branch, index) => ({ run: () => block(context, state, branch.actions), condition: () => `the ${['first', 'second', 'third'][index] ?? `${index + 1}th`} way is taken`, place: branch.origin })));
      return;
    }
    case 'while': {
      condition(context, env, action.condition);
      const outer = state.tail;
      state.tail = { depth: state.depth };
      flow.fork([
        { run: () => block(context, state, action.body.actions), condition: () => 'the loop goes on' },
        { run: () => undefined, condition: () => `\`${excerpt(context, action.condition.origin)}\` is false from the start` },
      ]);
      state.tail = outer;
      return;
    }
    case 'rec': {
      const { name } = action;
      const symbol: ChorSymbol = {
        id: `${idOf(context.uri, state.network)}/${state.process.name.text}/rec ${name.text}@${name.origin.start}`, kind: 'recursion', name: name.text, uri: context.uri, origin: name.origin,
        container: state.network.name.text, detail: `rec ${name.text}`,
      };
      occur(context, symbol, name.origin, 'definition');
      const previous = state.recursions.get(name.text);
      state.recursions.set(name.text, { symbol, depth: state.depth });
      state.depth++;
      block(context, state, action.body.actions);
      state.depth--;
      if (previous) state.recursions.set(name.text, previous);
      else state.recursions.delete(name.text);
      checkLocalRec(context, name, action.body.actions);
      return;
    }
    case 'continue': {
      const target = state.recursions.get(action.name.text);
      const [origin] = action.origins;
      if (target) occur(context, target.symbol, action.name.origin, 'read');
      else report(context, unknownName, action.name.origin, { name: action.name, wanted: 'rec', similar: closest(action.name.text, state.recursions.keys()), known: [...state.recursions.keys()] });
      if (target && origin && target.depth < state.tail.depth) {
        const following = state.tail.next;
        const direct = following && context.text.slice(origin.end, following.start).trim().replace(/^;/, '') === '';
        report(context, continueNotLast, origin, { name: action.name.text, following: following && { uri: context.uri, origin: following }, origin, direct: !!direct });
      }
      flow.leave();
      return;
    }
    case 'hole': return;
  }
}

/** The range of a block, where it is written. */
function blockOf(context: Context, body: LocalBlock): Origin | undefined {
  return context.text.charAt(body.origin.start) === '{' ? body.origin : undefined;
}

/** Where the last case stands. */
function lastCase(context: Context, cases: readonly { readonly pattern: Pattern; readonly body: LocalBlock }[]): Origin | undefined {
  const last = cases.at(-1);
  return last && { start: context.text.lastIndexOf('case', last.pattern.origin.start), end: last.body.origin.end };
}

function matchCase(context: Context, state: State, c: { readonly pattern: Pattern; readonly body: LocalBlock }, value: Type): void {
  const locals = new Map<string, Variable>();
  checkPattern(context, state.env, c.pattern, value, locals);
  (state.locals as ReadonlyMap<string, Variable>[]).push(locals);
  block(context, state, c.body.actions);
  (state.locals as ReadonlyMap<string, Variable>[]).pop();
  locals.forEach(complete);
}

/** What a message carries by its label and its value. */
function payload(context: Context, env: Env, value: Expr | undefined, written: Label | undefined): Type {
  const found = value ? inferValue(context, env, value) : nothing;
  const types = (written?.types ?? []).map((type) => checkType(context, type));
  const [only] = types;
  if (!only || !written) return found;
  const declared = types.length === 1 ? only : tupleOf(...types);
  if (value && !unify(declared, found)) mismatch(context, value.origin, found, `\`${written.name.text}\` carries ${article(showType(declared))}`);
  return declared;
}

function send(context: Context, state: State, action: Send): void {
  useRole(context, state, action.receiver);
  label(context, state, action.label?.name);
  const type = payload(context, state.env, action.value, action.label);
  const role = state.process.name.text;
  const [origin] = action.origins;
  if (action.receiver.text === role && origin) {
    report(context, selfCommunication, origin, { role, statement: origin, receiver: action.receiver.origin, only: true, implied: false, process: true });
  }
  const key = channelKey(role, action.receiver.text, action.label?.name.text);
  const several = state.several.get(key);
  if (several) {
    several.sent.push(type);
    return;
  }
  const known = state.payloads.get(key);
  // Sends that differ among themselves are the network's matter (`payload-mismatch`): nothing is concluded from them here.
  if (!known) state.payloads.set(key, type);
  else if (!unify(known, type)) {
    if (!state.sent.has(key) && action.value) mismatch(context, action.value.origin, type, `${action.receiver.text} uses what it receives as ${article(showType(known))}`, known);
    state.payloads.set(key, unknown());
  }
  state.sent.add(key);
}

function receive(context: Context, state: State, action: Receive): void {
  useRole(context, state, action.sender);
  const role = state.process.name.text;
  const [origin] = action.origins;
  if (action.sender.text === role && origin) {
    report(context, selfCommunication, origin, { role, statement: origin, receiver: action.sender.origin, only: true, implied: false, process: true });
  }
  state.flow.fork(action.branches.map((branch) => ({
    place: blockOf(context, branch.body),
    condition: () => (branch.label ? `${action.sender.text} goes the \`${branch.label.text}\` way` : `${action.sender.text} sends a message without a label`),
    run() {
      label(context, state, branch.label);
      const written = branch.types.map((type) => checkType(context, type));
      const [only] = written;
      const key = channelKey(action.sender.text, role, branch.label?.text);
      if (branch.variable) {
        const type = write(context, state, branch.variable);
        if (only) {
          const stated = written.length === 1 ? only : tupleOf(...written);
          if (!unify(type, stated)) mismatch(context, branch.variable.origin, type, `here it is received as ${article(showType(stated))}`);
        } else if (state.several.has(key)) {
          state.several.get(key)?.received.push({ type, origin: branch.variable.origin, sender: action.sender.text });
        } else {
          let carried = state.payloads.get(key);
          if (!carried) {
            carried = state.variables.has(action.sender.text) ? variable() : unknown();
            state.payloads.set(key, carried);
          }
          if (!unify(type, carried)) mismatch(context, branch.variable.origin, type, `${action.sender.text} sends ${article(showType(carried))}`);
        }
      }
      block(context, state, branch.body.actions);
    },
  })));
}

function call(context: Context, state: State, current: LocalCall): void {
  const name = current.callee.text;
  const resolved = context.scope.lookup(name);
  const declaration = resolved?.declaration;
  if (resolved) occur(context, context.world.symbol(resolved), current.callee.origin, 'read');
  const callee = declaration?.kind === 'network' || declaration?.kind === 'choreography' ? declaration : undefined;
  if (!callee && !context.scope.isLost(name)) {
    const known = [...context.scope.all()].filter(([, r]) => r.declaration.kind === 'choreography' || r.declaration.kind === 'network').map(([n]) => n);
    report(context, unknownName, current.callee.origin, { name: current.callee, wanted: 'network', found: resolved && context.world.symbol(resolved).kind, similar: closest(name, known), known });
  }
  const places = callee && resolved && !callee.broken ? placesOf(context, resolved) : undefined;
  const symbol = resolved && context.world.symbol(resolved);
  const [origin] = current.origins;
  if (places && origin && current.args.length !== places.length) {
    reportArguments(context, origin, `\`${name}\` has ${places.length} role${places.length === 1 ? '' : 's'} (${places.map((p) => `\`${p.name.text}\``).join(', ')}); here ${current.args.length === 1 ? 'is' : 'are'} ${current.args.length}.`, symbol);
  }
  const given = new Map<string, Name>();
  const standing = new Set(current.args.map((arg) => arg.role.text));
  const others = [...state.roles.keys()].filter((role) => !standing.has(role));
  const self = state.process.name.text;
  let own: number | undefined;
  current.args.forEach((arg, index) => {
    useRole(context, state, arg.role);
    const before = given.get(arg.role.text);
    if (before) report(context, roleGivenTwice, arg.role.origin, { role: arg.role.text, callee: name, origin: arg.role.origin, others, first: { uri: context.uri, origin: before.origin } });
    else given.set(arg.role.text, arg.role);
    const place = places?.[index];
    if (arg.role.text === self) own ??= index;
    arg.inputs.forEach((input, at) => {
      const param = place?.params[at];
      if (!param || !resolved) infer(context, state.env, input);
      else check(context, state.env, input, context.world.type(param.type, resolved.uri), (shown) => `\`${name}\` takes ${article(shown)} for \`${param.name.text}\``);
    });
    // The inputs of the others are theirs to give.
    const wanted = arg.role.text === self ? place?.params.length : 0;
    if (place && arg.inputs.length !== wanted) {
      const message = arg.role.text === self
        ? `${place.name.text} has ${place.params.length} input${place.params.length === 1 ? '' : 's'} in \`${name}\`; here ${arg.inputs.length === 1 ? 'is' : 'are'} ${arg.inputs.length}.`
        : `${self} can’t give inputs to ${arg.role.text}: each process gives its own where it calls \`${name}\` itself.`;
      reportArguments(context, arg.role.origin, message, symbol);
    }
  });
  if (places && origin && own === undefined) {
    reportArguments(context, origin, `${self} takes no part in this call: it has to stand in one of the places of \`${name}\` itself.`, symbol);
  }
  if (!current.target) return;
  const type = write(context, state, current.target);
  const result = own === undefined || !places ? undefined : places[own]?.result;
  if (!places || own === undefined || !resolved) unify(type, unknown());
  else if (!result) {
    unify(type, unknown());
    report(context, typeMismatch, current.target.origin, {
      subject: '', origin: current.target.origin, actual: '', demand: '', sentence: `\`${name}\` returns nothing to ${places[own]?.name.text ?? self}, so \`${current.target.text}\` gets no value.`,
      remove: origin && { start: origin.start, end: context.text.indexOf('do', current.target.origin.end) },
    });
  } else {
    const found = context.world.type(result, resolved.uri);
    if (!unify(type, found)) mismatch(context, current.target.origin, type, `\`${name}\` returns ${article(showType(found))}`);
  }
}

/** The places of a network or choreography in a call, in order. */
function placesOf(context: Context, resolved: Resolved): readonly { name: Name; params: Process['params']; result?: Process['result'] }[] | undefined {
  const { declaration } = resolved;
  if (declaration.kind === 'choreography') {
    return declaration.roles.map((role) => ({ name: role.name, params: role.params, result: declaration.result?.role.text === role.name.text ? declaration.result.type : undefined }));
  }
  if (declaration.kind !== 'network') return undefined;
  if (!declaration.implements) return declaration.processes;
  const design = context.world.scope(resolved.uri).lookup(declaration.implements.text);
  if (design?.declaration.kind !== 'choreography') return undefined;
  const written = new Map(declaration.processes.map((p) => [p.name.text, p]));
  return placesOf(context, design)?.map((place) => written.get(place.name.text) ?? place);
}
