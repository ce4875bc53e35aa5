// Who sends what to whom in a declaration, in no order: calls gone into, each kind of message once at each of its ends.
import { messagesIn, walkBlock } from '../ir/choreography.js';
import type { Choreography, Communication, Label } from '../ir/choreography.js';
import type { Expr, Name, TextRange, TypeExpr } from '../ir/expression.js';
import { walkActions } from '../ir/process.js';
import type { Action, Network, Process } from '../ir/process.js';
import type { RoleRef } from '../ir/role.js';
import { readableName } from '../parameters/closure.js';
import { scopeAt } from '../parameters/instance.js';
import { givenScope, withGiven } from '../parameters/scope.js';
import type { Scope } from '../scoping/scope.js';
import { isSame, nothing, showMeaning, tupleOf, unknown } from '../typing/types.js';
import type { Type } from '../typing/types.js';
import { ExportFailure } from './failure.js';
import type { Types } from './types.js';

/** What a message carries, with where it is written. */
export interface Payload {
  readonly type: Type;
  readonly uri: string;
  readonly origin: TextRange;
}

/** One end of a kind of message. */
export interface End {
  readonly role: string;
  readonly way: 'send' | 'receive';
  readonly peer: string;
  /** Empty for a message without one. */
  readonly label: string;
  /** The same object for the same type; none where this end says nothing of it. */
  readonly payload?: Payload;
}

export interface Talk {
  readonly roles: readonly { readonly name: string; readonly doc?: string; readonly server: boolean }[];
  /** In the order of the text, with what is called behind it. */
  readonly ends: readonly End[];
}

/** A declaration of which the ends are collected, and the calls of it: there they are those of other roles. */
interface Unit {
  readonly declaration: Choreography | Network;
  readonly scope: Scope;
  readonly roles: readonly string[];
  readonly ends: Map<string, End>;
  readonly calls: Call[];
}

interface Call {
  readonly by: Unit;
  /** For each role of what is called, the caller's. */
  readonly roles: ReadonlyMap<string, string>;
  /** The roles that do what they do there; all without it. */
  readonly only?: ReadonlySet<string>;
}

/**
 * The messages of a declaration; of a network that implements a choreography, with those of the roles that it does not
 * write.
 * @param from the scope of its file
 * @throws ExportFailure for roles and calls that are not there
 * Cost: linear in what it calls, and for each call in the kinds of messages of what is called, however calls lead back
 */
export function talkOf(declaration: Choreography | Network, from: Scope, types: Types): Talk {
  const scope = givenScope(from);
  const units = new Map<Choreography | Network, Unit>();
  const payloads = payloadTable();
  const unitFor = (written: Choreography | Network, there: Scope): Unit => {
    const known = units.get(written);
    if (known) return known;
    const unit: Unit = {
      declaration: written,
      scope: there,
      roles: rolesOf(written, there).map(({ name }) => name),
      ends: new Map(),
      calls: [],
    };
    units.set(written, unit);
    return unit;
  };
  const root = unitFor(withGiven(declaration, scope), scope);
  // It grows while it is gone through.
  for (const unit of units.values()) read(unit, unitFor, types, payloads);
  const work = [...units.values()].flatMap((unit) => [...unit.ends.values()].map((end) => ({ unit, end })));
  for (const { unit, end } of work) {
    for (const { by, roles, only } of unit.calls) {
      if (only && !only.has(end.role)) continue;
      const moved = { ...end, role: roles.get(end.role) ?? end.role, peer: roles.get(end.peer) ?? end.peer };
      if (add(by, moved)) work.push({ unit: by, end: moved });
    }
  }
  return { roles: rolesOf(root.declaration, scope), ends: [...root.ends.values()] };
}

/**
 * The roles of a declaration in the order in which a call gives them: of what a network implements, then those that it
 * has besides.
 */
export function rolesOf(declaration: Choreography | Network, scope: Scope): Talk['roles'] {
  if (declaration.kind === 'choreography')
    return declaration.roles.map(({ name, doc, server }) => ({ name: name.text, doc, server: server === true }));
  const design = designOf(declaration, scope);
  const wanted = design ? rolesOf(design.declaration, design.scope) : [];
  const own = new Map(declaration.processes.map((process) => [process.name.text, process]));
  return [
    ...wanted.map((role) => ({ ...role, doc: own.get(role.name)?.doc ?? role.doc })),
    ...declaration.processes
      .filter(({ name }) => !wanted.some((role) => role.name === name.text))
      .map(({ name, doc, server }) => ({ name: name.text, doc, server: server === true })),
  ];
}

function designOf(
  { implements: design }: Network,
  scope: Scope,
): { readonly declaration: Choreography; readonly scope: Scope } | undefined {
  const found = design && scope.lookup(design.text);
  if (found?.declaration.kind !== 'choreography') return undefined;
  return { declaration: found.declaration, scope: scopeAt(scope, found.uri) ?? scope };
}

function add(unit: Unit, end: End): boolean {
  const { role, way, peer, label, payload } = end;
  const key = JSON.stringify([
    role,
    way,
    peer,
    label,
    payload ? [payload.uri, payload.origin.start, payload.origin.end] : null,
  ]);
  if (unit.ends.has(key)) return false;
  unit.ends.set(key, end);
  return true;
}

type UnitFor = (declaration: Choreography | Network, scope: Scope) => Unit;

function read(unit: Unit, unitFor: UnitFor, types: Types, payloads: PayloadTable): void {
  const { declaration, scope } = unit;
  const { uri } = scope.file;
  const roleIn = (role: RoleRef): string => {
    if (!unit.roles.includes(role.name.text))
      throw new ExportFailure(`there is no role \`${role.key}\` here`, uri, role.origin);
    return role.name.text;
  };
  const carried = (value: Expr | undefined, stated: readonly TypeExpr[], origin: TextRange): Payload => {
    if (stated.length === 0 && !value) return payloads({ type: nothing, uri, origin });
    const type = stated.length > 0 ? statedType(stated, uri, types) : value && types.of(uri, value.origin);
    return payloads({ type: type ?? unknown(), uri, origin });
  };
  const sent = (
    way: End['way'],
    sender: RoleRef,
    receiver: RoleRef,
    label: Name | undefined,
    payload: Payload | undefined,
  ): void => {
    const [from, to] = [roleIn(sender), roleIn(receiver)];
    add(unit, {
      role: way === 'send' ? from : to,
      way,
      peer: way === 'send' ? to : from,
      label: label?.text ?? '',
      ...(payload ? { payload } : {}),
    });
  };
  const message = ({ sender, receivers, value, label, origin }: Communication): void => {
    const payload = carried(value, label?.types ?? [], origin);
    for (const { role } of receivers)
      for (const way of ['send', 'receive'] as const) sent(way, sender, role, label?.name, payload);
  };
  const call = (callee: Name, args: readonly RoleRef[], origin: TextRange, plays?: Process): void => {
    const found = scope.lookup(callee.text);
    const name = readableName(callee.text);
    const other = found?.declaration;
    if (!other || (other.kind !== 'choreography' && (other.kind !== 'network' || !plays)) || other.broken)
      throw new ExportFailure(`\`${name}\` is not to be found, or can’t be read`, uri, origin);
    const called = unitFor(other, scopeAt(scope, found.uri) ?? scope);
    const own = plays && called.roles[args.findIndex(({ name: { text } }) => text === plays.name.text)];
    if (called.roles.length !== args.length || (plays && own === undefined))
      throw new ExportFailure(`\`${name}\` is called with other roles than it has`, uri, origin);
    called.calls.push({
      by: unit,
      roles: new Map(called.roles.map((role, i): [string, string] => [role, roleIn(args[i] as RoleRef)])),
      ...(own === undefined ? {} : { only: new Set([own]) }),
    });
  };
  if (declaration.kind === 'choreography') {
    walkBlock(declaration.body.statements, (statement) => {
      if (statement.kind === 'communication') message(statement);
      else if (statement.kind === 'gather') messagesIn(statement).forEach(message);
      else if (statement.kind === 'call')
        call(
          statement.callee,
          statement.args.map(({ role }) => role),
          statement.origin,
        );
    });
    return;
  }
  const design = designOf(declaration, scope);
  if (design) {
    if (design.declaration.broken)
      throw new ExportFailure(
        `\`${readableName(design.declaration.name.text)}\` can’t be read`,
        uri,
        declaration.implements?.origin ?? declaration.name.origin,
      );
    const written = new Set(declaration.processes.map(({ name }) => name.text));
    const others = design.declaration.roles.map(({ name }) => name.text).filter((role) => !written.has(role));
    if (others.length > 0)
      unitFor(design.declaration, design.scope).calls.push({ by: unit, roles: new Map(), only: new Set(others) });
  }
  for (const process of withGiven(declaration, scope).processes) {
    const self: RoleRef = { name: process.name, key: process.name.text, origin: process.name.origin };
    walkActions(process.body.actions, (action) => {
      inProcess(action, process, self, { sent, carried, call });
    });
  }
}

interface Reader {
  readonly sent: (
    way: End['way'],
    sender: RoleRef,
    receiver: RoleRef,
    label: Name | undefined,
    payload: Payload | undefined,
  ) => void;
  readonly carried: (value: Expr | undefined, stated: readonly TypeExpr[], origin: TextRange) => Payload;
  readonly call: (callee: Name, args: readonly RoleRef[], origin: TextRange, plays?: Process) => void;
}

/** What a process takes it says nothing of, where it states no type: who sends it does. */
function inProcess(action: Action, process: Process, self: RoleRef, { sent, carried, call }: Reader): void {
  const stated = (types: readonly TypeExpr[], at: TextRange): Payload | undefined =>
    types.length > 0 ? carried(undefined, types, at) : undefined;
  const origin = action.origins[0] ?? process.name.origin;
  switch (action.kind) {
    case 'send':
      sent('send', self, action.receiver, action.label?.name, carried(action.value, typesOf(action.label), origin));
      return;
    case 'receive':
      for (const { sender, label, types, origins } of action.branches)
        sent('receive', sender, self, label, stated(types, origins[0] ?? origin));
      return;
    case 'gather':
      for (const sender of action.senders) sent('receive', sender, self, action.label, stated(action.types, origin));
      return;
    case 'call':
      call(
        action.callee,
        action.args.map(({ role }) => role),
        origin,
        process,
      );
      return;
    case 'assignment':
    case 'effect':
    case 'if':
    case 'match':
    case 'choice':
    case 'while':
    case 'rec':
    case 'continue':
    case 'leave':
    case 'for':
    case 'par':
    case 'at':
    case 'when':
    case 'pick':
    case 'hole':
      return;
  }
}

function typesOf(label: Label | undefined): readonly TypeExpr[] {
  return label?.types ?? [];
}

function statedType(stated: readonly TypeExpr[], uri: string, types: Types): Type | undefined {
  const all = stated.flatMap((each) => types.meant(uri, each) ?? []);
  if (all.length < stated.length) return undefined;
  return all.length === 1 ? all[0] : tupleOf(...all);
}

type PayloadTable = (payload: Payload) => Payload;

/** Gives the first of those that have the same type. Cost: linear in those that are shown alike */
function payloadTable(): PayloadTable {
  const known = new Map<string, Payload[]>();
  return (payload) => {
    const shown = showMeaning(payload.type);
    const alike = known.get(shown) ?? [];
    known.set(shown, alike);
    const before = alike.find(({ type }) => isSame(type, payload.type));
    if (!before) alike.push(payload);
    return before ?? payload;
  };
}
