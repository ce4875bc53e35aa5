// Calls of choreographies: what they are given, and who takes their results.
import { choreographiesOf, resultAt } from '../../ir/choreography.js';
import type { Call, Taker } from '../../ir/choreography.js';
import type { Name } from '../../ir/expression.js';
import type { RoleRef } from '../../ir/role.js';
import { originOfTarget } from '../../ir/target.js';
import { argumentsOf } from '../../parameters/arguments.js';
import { closest } from '../../syntax/closest.js';
import { declaredAt, occur, report } from '../context.js';
import type { Context } from '../context.js';
import { checkCounts } from '../counts.js';
import { mismatch } from '../env.js';
import { calledBy, checkGiven, checkRoleArg } from '../given.js';
import type { Called } from '../given.js';
import type { Roles } from '../role-state.js';
import { checkFits, shownTarget, taken } from '../targets.js';
import { showMeaning, unify, unknown } from '../types.js';
import { checkOne, checkApart } from './named-roles.js';
import { ownerOf } from './state.js';
import type { ChoreographyState } from './state.js';

/** A call of a choreography. */
export function checkChoreographyCall(context: Context, state: ChoreographyState, current: Call): void {
  const { roles, choreography } = state;
  const name = current.callee.text;
  const callee = calledBy(context, choreography, name);
  if (callee) occur(context, callee.symbol, current.callee.origin, 'read');
  else reportUnknownCallee(context, state, current.callee);
  const header = callee && !callee.broken ? callee : undefined;
  if (header && current.args.length !== header.roles.length + header.parameters.length) {
    report(context, 'wrong-arguments', current.origin, {
      kind: 'roles',
      callee: name,
      roles: [...header.roles, ...header.parameters].map((each) => each.name.text),
      given: current.args.length,
      ...(header.parameters.length > 0 ? { besides: header.parameters.length } : {}),
      ...declaredAt(header.symbol),
    });
  }
  const { roles: args, given: more } = argumentsOf(
    current.args,
    header ?? { roles: current.args.map(() => undefined), parameters: [] },
  );
  const given = new Map<string, RoleRef>();
  const standing = new Set(args.map((arg) => arg.role.key));
  const others = [...roles.all.keys()].filter((role) => !standing.has(role));
  args.forEach((arg, index) => {
    // Of what is not known to be called, nobody knows what it takes.
    if (
      !header &&
      (arg.role.name.text === '' || (!roles.all.has(arg.role.name.text) && isKnown(context, state, arg.role.name.text)))
    )
      return;
    const before = given.get(arg.role.key);
    if (before && roles.all.has(arg.role.name.text))
      report(context, 'role-given-twice', arg.role.origin, {
        role: arg.role.key,
        callee: name,
        origin: arg.role.origin,
        others,
        first: { uri: context.uri, origin: before.origin },
      });
    else given.set(arg.role.key, arg.role);
    checkRoleArg(context, roles, header, header?.roles[index], arg);
  });
  if (header)
    checkCounts(
      context,
      roles.members,
      name,
      header.roles,
      args.map(({ role }) => role),
    );
  for (const { parameter, arg } of more)
    if (header && arg) checkGiven(context, state, header, parameter, arg, [...given.values()]);
  current.takers.forEach((to, index) => {
    roles.use(to.role);
    checkApart(context, roles, current.takers.slice(0, index), to.role, 'result taken at', to.origin);
    checkTaker(context, roles, current, to, callee);
  });
}

function reportUnknownCallee(context: Context, { choreography }: ChoreographyState, callee: Name): void {
  const name = callee.text;
  const resolved = context.scope.lookup(name);
  if (resolved) occur(context, context.world.symbol(resolved), callee.origin, 'read');
  if (context.scope.isLost(name)) return;
  const known = [
    ...choreographiesOf(choreography.parameters).map((each) => each.name.text),
    ...[...context.scope.all()]
      .filter(([n, r]) => r.declaration.kind === 'choreography' && n !== choreography.name.text)
      .map(([n]) => n),
  ];
  report(context, 'unknown-name', callee.origin, {
    name: callee,
    wanted: 'choreography',
    found: resolved && context.world.symbol(resolved).kind,
    similar: closest(name, known),
    known,
  });
}

/** Whether a name that is no role is something else that a call may give. */
function isKnown(context: Context, { roles, choreography }: ChoreographyState, name: string): boolean {
  return (
    context.scope.lookup(name) !== undefined ||
    roles.members.find(name) !== undefined ||
    choreographiesOf(choreography.parameters).some((each) => each.name.text === name)
  );
}

/** What takes a result of a call. */
function checkTaker(context: Context, roles: Roles, current: Call, to: Taker, callee: Called | undefined): void {
  const known = callee && !callee.broken ? callee : undefined;
  const result = known && resultAt(known, current.args, to.role);
  // Where a family stands in the place of one, each member has its own.
  if (!result || result.role.index) checkOne(context, roles, to.role, 'target');
  const owner = ownerOf(roles, to.role);
  const type = taken(context, owner, to.into);
  const at = originOfTarget(to.into);
  if (!known) {
    unify(type, unknown());
    return;
  }
  const { name, uri } = known;
  const [only, second] = known.results;
  if (!only) {
    unify(type, unknown());
    if (to === current.takers[0])
      report(context, 'type-mismatch', at, {
        kind: 'no-result',
        callee: name,
        target: shownTarget(owner, to.into),
        remove: { start: current.origin.start, end: context.text.indexOf('do', current.takers.at(-1)?.origin.end) },
      });
    return;
  }
  // Who takes it where nobody gives it is told by the projection.
  const given = result ?? (second ? undefined : only);
  const found = given ? context.world.type(given.type, uri) : unknown();
  if (unify(type, found)) checkFits(context, to.into, current.callee.origin, type);
  else mismatch(context, at, type, { by: 'result', of: name, role: false, type: showMeaning(found) });
}
