// What is kept of a network, and of each of its processes, while it is checked; and how their names are resolved.
import type { Choreography, Picked } from '../ir/choreography.js';
import type { Expr, Name, TextRange } from '../ir/expression.js';
import type { ByMessage } from '../ir/message.js';
import type { LocalBlock, Network, Process } from '../ir/process.js';
import { closest } from '../syntax/closest.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import { occur, report } from './context.js';
import type { Context, OpenSymbol, Variable } from './context.js';
import { infer } from './expressions.js';
import type { Flow } from './flow.js';
import type { Assignable } from './written.js';
import type { DeclaredFamily } from './known-members.js';
import type { Members } from './members.js';
import type { TailState } from './tail.js';
import { int, listOf, unknown } from './types.js';
import type { Type } from './types.js';
import type { Env } from './env.js';
import type { Owner } from './targets.js';
import { roleOf } from '../ir/role.js';
import type { RoleRef } from '../ir/role.js';

/** A channel on which several sends carry something. */
export interface Several {
  readonly sent: Type[];
  readonly received: { readonly type: Type; readonly origin: TextRange; readonly sender: string }[];
}

/** What the processes of a network share. */
export interface Shared {
  readonly network: Network;
  /** What roles and labels belong to: the choreography that is implemented, else the network. */
  readonly owner: string;
  readonly design?: Choreography;
  readonly roles: ReadonlyMap<string, ChorSymbol>;
  /** What may be a family: the roles of the design, else what the network's header says. */
  readonly families: readonly DeclaredFamily[];
  readonly variables: ReadonlyMap<string, ReadonlyMap<string, Variable>>;
  readonly labels: Map<string, OpenSymbol>;
  readonly payloads: ByMessage<Type>;
  /** What the choreography says that the messages of the written processes carry. */
  readonly agreed: ByMessage<Type>;
  /** The channels with several sends of values, which may differ in type: what is received there is told at the end. */
  readonly several: ByMessage<Several>;
  /** The channels on which a send was seen. */
  readonly sent: ByMessage<true>;
}

/** One process. */
export interface State extends Shared, TailState {
  readonly process: Process;
  readonly own: ReadonlyMap<string, Variable>;
  readonly locals: ReadonlyMap<string, Variable>[];
  readonly env: Env;
  readonly flow: Flow<Assignable>;
  readonly members: Members;
}

/** Resolves a variable that is written; it has a value after it. */
function write(context: Context, state: State, name: Name, place?: Expr): Type {
  const target = state.env.find(name.text);
  if (!target) return unknown();
  occur(
    context,
    target.symbol,
    name.origin,
    target.symbol.origin?.start === name.origin.start ? 'definition' : 'write',
  );
  target.written = true;
  state.members.write(target, undefined, undefined, place);
  return target.type;
}

/** A process as what takes values. */
export function ownerOf(context: Context, state: State): Owner {
  return {
    env: state.env,
    prefix: '',
    write: (name, place) => write(context, state, name, place),
    isStatic: (place) => state.members.isStatic(place, 'place'),
  };
}

/** Resolves the other role of an action. */
export function useRole(context: Context, state: State, role: RoleRef): void {
  const { name, index } = role;
  const symbol = state.roles.get(name.text);
  if (symbol) {
    occur(context, symbol, name.origin, 'read');
    if (!state.members.checkIndex(role)) return;
    state.members.checkSpeaker(role, roleOf(state.process.name), undefined, { process: true });
    if (index?.kind === 'member') infer(context, state.env, index.at, int);
    if (index?.kind === 'picked') infer(context, state.env, index.list, listOf(int));
    if (index?.kind === 'part') [index.from, index.until].forEach((bound) => infer(context, state.env, bound, int));
    return;
  }
  // Of a choreography that is not found, the roles are not known.
  if (state.design?.broken || (state.network.implements && !state.design)) return;
  const known = [...state.roles.keys()];
  const last = state.network.processes.at(-1);
  report(context, 'unknown-role', name.origin, {
    name: name.text,
    origin: name.origin,
    container: state.design?.name.text ?? state.network.name.text,
    similar: closest(name.text, known),
    known,
    process: !state.design && last ? { after: { start: last.origin.end, end: last.origin.end } } : undefined,
  });
}

/** Where the process knows which member was picked. */
export function picking(context: Context, state: State, picked: Picked, run: () => void): void {
  const { index } = picked;
  const nowhere = { at: index.origin, before: '' };
  state.members.pick(picked, { of: picked.of, knows: [roleOf(state.process.name)], tell: nowhere }, () => {
    const found = state.members.find(index.text);
    if (found) occur(context, found.symbol, index.origin, 'definition');
    run();
  });
}

/** A label where it stands, with the type of what it carries, if that is written. */
export function label(context: Context, state: State, name: Name | undefined): void {
  name?.rounds?.forEach((each) => {
    const isList = each.kind === 'name' && state.members.isList(each.name.text);
    infer(context, state.env, each, isList ? listOf(int) : int);
  });
  if (name?.text === '') return;
  if (!name) return;
  let symbol = state.labels.get(name.text);
  const first = !symbol;
  symbol ??= {
    id: `${state.owner}/:${name.text}`,
    kind: 'label',
    name: name.text,
    uri: context.uri,
    origin: name.origin,
    container: state.network.name.text,
    detail: `label ${name.text}`,
  };
  state.labels.set(name.text, symbol);
  occur(context, symbol, name.origin, first && !state.design ? 'definition' : 'read');
}

/** The range of a block, where it is written. */
export function blockOf(context: Context, body: LocalBlock): TextRange | undefined {
  return context.text.charAt(body.origin.start) === '{' ? body.origin : undefined;
}
