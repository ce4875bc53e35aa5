// Which roles a statement involves, and which places of a choreography its calls involve: the others need no code
// there.
import { blocksOf, isStep, rolesNamed, walkBlock } from '../ir/choreography.js';
import type { Call, Choreography, Statement } from '../ir/choreography.js';
import type { RoleRef } from '../ir/role.js';
import type { Scope } from '../scoping/scope.js';
import { calleeOf } from './callee.js';
import type { Callee } from './callee.js';
import { isEffectful } from '../scoping/effects.js';
import { endingsOfStatement, reached } from './endings.js';
import type { Endings } from './endings.js';

/** What a structured statement is about. */
export interface Involved {
  readonly roles: ReadonlySet<string>;
  /** The loops around it that it continues or leaves. */
  readonly jumps: ReadonlySet<string>;
  /** Whether some way through it comes to its end, and whether some way stays inside. */
  readonly endings: Endings;
}

/** The roles that a call involves: those whose place in the callee takes part in something. */
export function rolesOfCall(call: Call, scope: Scope): string[] {
  const callee = calleeOf(call.callee.text, scope);
  if (!callee) return [...call.args.map((arg) => arg.role.key), ...call.takers.map(({ role }) => role.key)];
  const places = involvedPlaces(callee);
  const roles = call.args
    .filter((arg, i) => {
      const place = callee.choreography.roles[i];
      return !place || places.has(place.name.text) || arg.inputs.some((input) => isEffectful(input, scope));
    })
    .map((arg) => arg.role.key);
  return [...roles, ...call.takers.map(({ role }) => role.key)];
}

const closures = new WeakMap<Scope, WeakMap<Choreography, ReadonlySet<string>>>();

/**
 * The roles of a choreography that take part in something, by itself or in what it calls; the least such sets, so that
 * a role that is only handed on in a recursion is not involved.
 * Cost: linear in the choreographies that can be reached, once for each scope
 */
export function involvedPlaces(callee: Callee): ReadonlySet<string> {
  let known = closures.get(callee.scope);
  if (!known) closures.set(callee.scope, (known = new WeakMap()));
  const done = known.get(callee.choreography);
  if (done) return done;
  const group = new Map<
    Choreography,
    { roles: Set<string>; calls: { call: Call; to: Callee | undefined }[]; scope: Scope }
  >();
  const order: Choreography[] = [];
  const enter = ({
    choreography,
    scope,
  }: Callee): { calls: { call: Call; to: Callee | undefined }[]; next: number; choreography: Choreography } => {
    const calls: { call: Call; to: Callee | undefined }[] = [];
    const roles = new Set<string>();
    for (const { role } of choreography.returns) roles.add(role.name.text);
    group.set(choreography, { roles, calls, scope });
    directRoles(choreography.body.statements, scope, roles, (call) => {
      calls.push({ call, to: calleeOf(call.callee.text, scope) });
    });
    return { calls, next: 0, choreography };
  };
  // What is called comes first. Chains of calls may be longer than the stack is deep.
  const work = [enter(callee)];
  for (let top = work.at(-1); top; top = work.at(-1)) {
    const next = top.calls[top.next++];
    if (!next) {
      work.pop();
      order.push(top.choreography);
    } else if (next.to && !group.has(next.to.choreography) && !closures.get(next.to.scope)?.has(next.to.choreography))
      work.push(enter(next.to));
  }
  for (let grown = true; grown;) {
    grown = false;
    for (const choreography of order) {
      const entry = group.get(choreography);
      for (const { call, to } of entry?.calls ?? []) {
        const places = to && (group.get(to.choreography)?.roles ?? closures.get(to.scope)?.get(to.choreography));
        call.args.forEach((arg, i) => {
          const place = to?.choreography.roles[i];
          if (!entry || entry.roles.has(arg.role.name.text)) return;
          if (
            !places ||
            !place ||
            places.has(place.name.text) ||
            arg.inputs.some((input) => isEffectful(input, entry.scope))
          ) {
            entry.roles.add(arg.role.name.text);
            grown = true;
          }
        });
      }
    }
  }
  for (const [choreography, { roles, scope }] of group) {
    let map = closures.get(scope);
    if (!map) closures.set(scope, (map = new WeakMap()));
    map.set(choreography, roles);
  }
  return known.get(callee.choreography) ?? new Set();
}

/** The names of the roles that statements involve: of whichever members of a family, its name. */
function directRoles(
  statements: readonly Statement[],
  scope: Scope,
  roles: Set<string>,
  onCall: (call: Call) => void,
): void {
  for (const statement of reached(statements, scope)) {
    for (const { name } of ownRefs(statement)) roles.add(name.text);
    if (statement.kind === 'call') {
      for (const { role } of statement.takers) roles.add(role.name.text);
      onCall(statement);
    }
    for (const block of blocksOf(statement)) directRoles(block, scope, roles, onCall);
  }
}

/** The roles that a statement itself, without what stands in its blocks and calls, involves. */
export function ownRoles(statement: Statement): string[] {
  return ownRefs(statement).map(({ key }) => key);
}

function ownRefs(statement: Statement): readonly RoleRef[] {
  switch (statement.kind) {
    case 'communication':
      return [statement.sender, ...statement.receivers.map(({ role }) => role)];
    case 'gather':
      return rolesNamed(statement);
    case 'assignment':
    case 'effect':
    case 'at':
      return [statement.role];
    case 'decision':
      return statement.guards.length > 0 ? statement.guards.map(({ role }) => role) : [statement.decider];
    case 'while':
      return statement.guards.map(({ role }) => role);
    case 'call':
    case 'rec':
    case 'continue':
    case 'leave':
    case 'for':
    case 'par':
    case 'when':
      return [];
  }
}

/** Whether a role takes part in statements, or is given to what they call. */
export function takesPart(block: readonly Statement[], role: string): boolean {
  let found = false;
  walkBlock(block, (inner) => {
    found ||=
      ownRoles(inner).includes(role) || (inner.kind === 'call' && inner.args.some((arg) => arg.role.key === role));
  });
  return found;
}

/**
 * For every structured statement, the roles in it.
 * @param from the statements to look at, as far as they can be reached; all of the choreography, if not given
 * Cost: linear in statements times roles
 */
export function involvement(
  choreography: Choreography,
  scope: Scope,
  from?: readonly Statement[],
  result = new Map<Statement, Involved>(),
): ReadonlyMap<Statement, Involved> {
  const visit = (statement: Statement): Involved => {
    if (statement.kind === 'continue' || statement.kind === 'leave')
      return { roles: none, jumps: new Set([statement.name.text]), endings: endingsOfStatement(statement, scope) };
    if (statement.kind === 'call') {
      const involved = {
        roles: new Set(rolesOfCall(statement, scope)),
        jumps: none,
        endings: endingsOfStatement(statement, scope),
      };
      result.set(statement, involved);
      return involved;
    }
    const roles = new Set(ownRoles(statement));
    const jumps = new Set<string>();
    const blocks = blocksOf(statement);
    for (const block of blocks) {
      for (const inner of reached(block, scope)) {
        if (isStep(inner)) {
          for (const role of ownRoles(inner)) roles.add(role);
          continue;
        }
        const below = visit(inner);
        for (const jump of below.jumps) jumps.add(jump);
        for (const role of below.roles) roles.add(role);
      }
    }
    if (statement.kind === 'rec') jumps.delete(statement.name.text);
    const involved = { roles, jumps, endings: endingsOfStatement(statement, scope) };
    if (blocks.length > 0) result.set(statement, involved);
    return involved;
  };
  for (const statement of reached(from ?? choreography.body.statements, scope)) {
    if (!isStep(statement)) visit(statement);
  }
  return result;
}

const none: ReadonlySet<string> = new Set();
