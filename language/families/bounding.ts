// Values that all know and that loops, indices and places of lists are made of: how often something is done depends on
// them, as on the sizes of families. So they are treated as sizes are.
import { placeOfTarget } from '../ir/target.js';
import { valuesOf, walkBlock } from '../ir/choreography.js';
import type { Call, Choreography, MemberRange } from '../ir/choreography.js';
import type { Expr } from '../ir/expression.js';
import { walkExpr } from '../ir/expression.js';
import { walkActions } from '../ir/process.js';
import type { LocalCall, Network } from '../ir/process.js';
import type { RoleRef } from '../ir/role.js';
import type { Scope } from '../scoping/scope.js';
import type { Declared } from './sizes.js';

/**
 * What a declaration does with names of values: those that bound something there, and what it gives to the values of
 * others.
 */
interface Uses {
  readonly names: Set<string>;
  readonly calls: { readonly callee: string; readonly values: readonly Expr[] }[];
}

const known = new WeakMap<Scope, WeakMap<Choreography, ReadonlySet<string>>>();

/**
 * The values that bound something in a choreography, or in what it calls.
 * @param scope of its file, with choreographies as parameters/ makes them
 * Cost: linear in all that it calls, once for a scope
 */
function boundingOf(choreography: Choreography, scope: Scope): ReadonlySet<string> {
  if (valuesOf(choreography.parameters).length === 0) return none;
  const before = known.get(scope)?.get(choreography);
  if (before) return before;
  const group = new Map<Choreography, { readonly found: Set<string>; readonly uses: Uses; readonly scope: Scope }>();
  const open = [{ choreography, scope }];
  for (let at = open.pop(); at; at = open.pop()) {
    const { choreography: each, scope: there } = at;
    if (group.has(each)) continue;
    const uses = usesIn(each);
    group.set(each, {
      found: new Set(valuesOf(each.parameters).flatMap(({ name }) => (uses.names.has(name.text) ? [name.text] : []))),
      uses,
      scope: there,
    });
    for (const { callee } of uses.calls) {
      const to = choreographyAt(callee, there);
      if (to) open.push(to);
    }
  }
  for (let grown = true; grown;) {
    grown = false;
    for (const [each, { found, uses, scope: there }] of group) {
      for (const name of passedOn(uses, (callee) => {
        const to = choreographyAt(callee, there);
        return (
          to && { values: valuesOf(to.choreography.parameters), bounding: group.get(to.choreography)?.found ?? none }
        );
      })) {
        if (found.has(name) || !valuesOf(each.parameters).some((value) => value.name.text === name)) continue;
        found.add(name);
        grown = true;
      }
    }
  }
  for (const [each, { found, scope: there }] of group) {
    let own = known.get(there);
    if (!own) known.set(there, (own = new WeakMap()));
    own.set(each, found);
  }
  return known.get(scope)?.get(choreography) ?? none;
}

/** The values of a choreography that bound something, as what has a size. */
export function boundingValues(choreography: Choreography, scope: Scope): readonly Declared[] {
  const bounding = boundingOf(choreography, scope);
  return asDeclared(valuesOf(choreography.parameters), bounding);
}

/** The same for the values of a network that no choreography gives. */
export function boundingIn(network: Network, scope: Scope): readonly Declared[] {
  if (network.values.length === 0) return [];
  const uses = usesInNetwork(network);
  const names = new Set([
    ...uses.names,
    ...passedOn(uses, (callee) => {
      const to = choreographyAt(callee, scope);
      if (to) return { values: valuesOf(to.choreography.parameters), bounding: boundingOf(to.choreography, to.scope) };
      const found = scope.lookup(callee);
      if (found?.declaration.kind !== 'network' || found.declaration === network) return undefined;
      const there = found.uri === scope.file.uri ? scope : (scope.at(found.uri) ?? scope);
      return {
        values: found.declaration.values,
        bounding: new Set(boundingIn(found.declaration, there).map(({ name }) => name.text)),
      };
    }),
  ]);
  return asDeclared(network.values, names);
}

const none: ReadonlySet<string> = new Set();

function asDeclared(values: Network['values'], bounding: ReadonlySet<string>): readonly Declared[] {
  return values.flatMap(({ name, origin }, i) =>
    bounding.has(name.text) ? [{ name, family: { size: name, least: 0, origin }, value: i }] : [],
  );
}

function choreographyAt(
  name: string,
  scope: Scope,
): { readonly choreography: Choreography; readonly scope: Scope } | undefined {
  const found = scope.lookup(name);
  const there = found && (found.uri === scope.file.uri ? scope : scope.at(found.uri));
  return there && found.declaration.kind === 'choreography'
    ? { choreography: found.declaration, scope: there }
    : undefined;
}

/** The names in what is given to values that bound something. */
function* passedOn(
  { calls }: Uses,
  of: (callee: string) => { readonly values: Network['values']; readonly bounding: ReadonlySet<string> } | undefined,
): Iterable<string> {
  for (const { callee, values } of calls) {
    const to = of(callee);
    for (const [i, value] of to?.values.entries() ?? []) {
      const given = values[i];
      if (given && to?.bounding.has(value.name.text)) yield* namesIn(given);
    }
  }
}

function namesIn(expr: Expr): string[] {
  const names: string[] = [];
  walkExpr(expr, (each) => {
    if (each.kind === 'name') names.push(each.name.text);
  });
  return names;
}

function noting(uses: Uses): {
  readonly expr: (expr: Expr | undefined) => void;
  readonly role: (role: RoleRef | undefined) => void;
  readonly range: (range: MemberRange) => void;
  readonly call: (call: Call | LocalCall) => void;
} {
  const expr = (each: Expr | undefined): void => {
    if (each) for (const name of namesIn(each)) uses.names.add(name);
  };
  const role = (each: RoleRef | undefined): void => {
    if (each?.index?.kind === 'member') expr(each.index.at);
    if (each?.index?.kind === 'part') [each.index.from, each.index.until].forEach(expr);
  };
  return {
    expr,
    role,
    range(range) {
      if (range.kind === 'members') role(range.of);
      else [range.from, range.until].forEach(expr);
    },
    call(call) {
      for (const arg of call.args) role(arg.role);
      if (call.values && call.values.length > 0) uses.calls.push({ callee: call.callee.text, values: call.values });
    },
  };
}

function usesIn({ body, returns }: Choreography): Uses {
  const uses: Uses = { names: new Set(), calls: [] };
  const note = noting(uses);
  walkBlock(body.statements, (statement) => {
    switch (statement.kind) {
      case 'communication':
        note.role(statement.sender);
        for (const { role, into } of statement.receivers) {
          note.role(role);
          note.expr(placeOfTarget(into));
        }
        return;
      case 'gather':
        statement.senders.forEach(({ role }) => {
          note.role(role);
        });
        note.role(statement.receiver.role);
        return note.expr(statement.quorum?.count);
      case 'assignment':
        note.expr(placeOfTarget(statement.into));
        return note.role(statement.role);
      case 'effect':
      case 'at':
        return note.role(statement.role);
      case 'call':
        statement.takers.forEach(({ role, into }) => {
          note.role(role);
          note.expr(placeOfTarget(into));
        });
        return note.call(statement);
      case 'decision':
      case 'while':
        if (statement.kind === 'decision') note.role(statement.pick?.of);
        return [...statement.guards.map(({ role }) => role), ...statement.informs].forEach(note.role);
      case 'for':
        return note.range(statement.range);
      case 'when':
        return note.expr(statement.condition);
      case 'continue':
      case 'leave':
      case 'rec':
      case 'par':
        return;
    }
  });
  returns.forEach(({ role }) => {
    note.role(role);
  });
  return uses;
}

function usesInNetwork({ processes }: Network): Uses {
  const uses: Uses = { names: new Set(), calls: [] };
  const note = noting(uses);
  for (const { members, body } of processes) {
    if (members?.kind === 'one') note.expr(members.at);
    if (members?.kind === 'part') [members.from, members.until].forEach(note.expr);
    walkActions(body.actions, (action) => {
      switch (action.kind) {
        case 'send':
          return note.role(action.receiver);
        case 'receive':
          for (const { sender, pick, into } of action.branches) {
            note.role(sender);
            note.role(pick?.of);
            note.expr(placeOfTarget(into));
          }
          return;
        case 'gather':
          action.senders.forEach(note.role);
          return note.expr(action.quorum?.count);
        case 'assignment':
          return note.expr(placeOfTarget(action.into));
        case 'call':
          note.expr(placeOfTarget(action.into));
          return note.call(action);
        case 'for':
          return note.range(action.range);
        case 'pick':
          return note.role(action.of);
        case 'when':
          return note.expr(action.condition);
        case 'choice':
        case 'continue':
        case 'effect':
        case 'hole':
        case 'if':
        case 'leave':
        case 'match':
        case 'rec':
        case 'while':
        case 'par':
        case 'at':
          return;
      }
    });
  }
  return uses;
}
