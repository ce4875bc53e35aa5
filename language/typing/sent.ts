// A `match` that sends its value, `match p.e -> q.x`: what the patterns give to those who are sent it, and that each
// branch is one case, whose name is the label of the message.
import type { Branch, Decision, Receiver } from '../ir/choreography.js';
import type { Name, Pattern, TextRange } from '../ir/expression.js';
import type { ByMessage } from '../ir/message.js';
import { namesOfTarget, wholeTarget } from '../ir/target.js';
import { printRole, printTarget } from '../syntax/print.js';
import { excerpt, report, typed } from './context.js';
import type { Context, Variable } from './context.js';
import { missingCases } from './coverage.js';
import { mismatch } from './env.js';
import type { Roles, RoleState } from './role-state.js';
import { settle, taken } from './targets.js';
import type { Owner } from './targets.js';
import { nothing, prune, showMeaning, tupleOf, unify, unknown } from './types.js';
import type { Type } from './types.js';

/**
 * The types of what the patterns of a choreography give to those who are sent a case, by `role.name`: a name is one
 * variable of theirs.
 */
export type Fields = Map<string, Variable>;

/** Gives the value to those who keep it. */
export function keepValue(
  context: Context,
  sent: readonly Receiver[],
  owner: (receiver: Receiver) => Owner,
  value: Type,
): void {
  for (const receiver of sent) {
    const { into } = receiver;
    if (!into) continue;
    const own = owner(receiver);
    settle(context, own, into, taken(context, own, into), value);
  }
}

/** Those who are sent the value, as roles of the choreography. */
export function sentTo({ all }: Roles, { sent = [] }: Decision): readonly RoleState[] {
  return [...new Set(sent.flatMap(({ role }) => all.get(role.name.text) ?? []))];
}

/**
 * Checks what a branch sends: what its pattern takes lives at those who are sent it, too, under names that mean nothing
 * else there.
 * @param locals what the pattern binds
 */
export function checkSent(
  context: Context,
  roles: Roles,
  decision: Decision,
  { pattern, label, body }: Branch,
  locals: ReadonlyMap<string, Variable>,
  fields: Fields,
  payloads: ByMessage<Type[]>,
): void {
  const types = fieldTypes(context, pattern, locals);
  const [only, ...more] = types.map(({ type }) => type);
  const payload = only ? (more.length === 0 ? only : tupleOf(only, ...more)) : nothing;
  for (const { role } of decision.sent ?? []) {
    const message = { sender: decision.decider.key, receiver: role.key, label };
    const known = payloads.get(message);
    if (known) known.push(payload);
    else payloads.set(message, [payload]);
  }
  // What is carried stands where the fields stand.
  const carried = body.statements.find(
    (statement) => statement.kind === 'communication' && statement.implied === true && statement.value !== undefined,
  );
  if (carried?.kind === 'communication' && carried.value) typed(context, carried.value.origin, payload);
  if (more.length > 0) for (const { origin, type } of types) typed(context, origin, type);
  // What is known of other names matters, too.
  if (roles.trace) roles.trace.open = true;
  const made = new Set(
    pattern
      ? namesOfTarget({ kind: 'pattern', pattern }).flatMap(({ text, written }) =>
          written === undefined ? [] : [text],
        )
      : [],
  );
  for (const state of sentTo(roles, decision)) {
    const { name: role } = state.symbol;
    const keeps = (decision.sent ?? []).some(
      ({ role: { name }, into }) => name.text === role && wholeTarget(into)?.text !== '_',
    );
    for (const [text, local] of locals) {
      if (made.has(text) && !keeps) continue;
      const name: Name = { text, origin: local.symbol.origin ?? decision.head };
      if (isTaken(context, roles, state, role, name, made.has(text))) continue;
      const key = `${role}.${text}`;
      const first = fields.get(key);
      if (!first) fields.set(key, local);
      else if (!unify(first.type, local.type))
        mismatch(
          context,
          name.origin,
          local.type,
          { by: 'variable', name: key, type: showMeaning(first.type) },
          first.type,
        );
    }
    if (pattern?.kind === 'constructor' && !pattern.args && !locals.has(pattern.name.text))
      isTaken(context, roles, state, role, pattern.name);
  }
}

/**
 * Reports a name that means something else at a role that is sent it.
 * @param made it stands in place of a `_`, and is read at the head of the branch alone: in a branch around it may stand
 *   for another
 */
function isTaken(
  context: Context,
  { members }: Roles,
  state: RoleState,
  role: string,
  name: Name,
  made = false,
): boolean {
  const around = made ? [] : state.locals;
  const first =
    state.variables.get(name.text) ??
    around.flatMap((locals) => locals.get(name.text) ?? [])[0] ??
    members.find(name.text);
  if (!first) return false;
  report(context, 'duplicate-name', name.origin, {
    name,
    what: 'variable',
    kept: role,
    ...(first.symbol.origin ? { first: { uri: context.uri, origin: first.symbol.origin } } : {}),
  });
  return true;
}

/** The types of the fields of a case. */
function fieldTypes(
  context: Context,
  pattern: Pattern | undefined,
  locals: ReadonlyMap<string, Variable>,
): readonly { readonly origin: TextRange; readonly type: Type }[] {
  if (pattern?.kind !== 'constructor' || !pattern.args) return [];
  const typeOf = (each: Pattern): Type => {
    if (each.kind === 'tuple') return tupleOf(...each.items.map(typeOf));
    if (each.kind !== 'constructor') return unknown();
    if (!each.args) return locals.get(each.name.text)?.type ?? unknown();
    const [only] = context.world.cases(each.name.text, context.uri);
    if (only) return context.world.caseSignature(only).result;
    const record = context.scope.lookup(each.name.text);
    return (record && context.world.declared(record)) ?? unknown();
  };
  return pattern.args.map((arg) => ({ origin: arg.origin, type: typeOf(arg) }));
}

/**
 * Reports branches that are not one case each, as they have to be where the case is the label of a message. To be
 * called when the patterns were checked.
 */
export function checkCases(context: Context, decision: Decision, value: Type): void {
  const [to] = decision.sent ?? [];
  const [guard] = decision.guards;
  if (!to || !guard) return;
  const t = prune(value);
  if (t.kind === 'unknown' || (t.kind === 'variable' && t.need === undefined)) return;
  const common = {
    value: excerpt(context, guard.origin),
    to: `${printRole(to.role)}${to.into ? `.${printTarget(to.into)}` : ''}`,
  };
  const fieldsOf = casesOf(context, t);
  if (!fieldsOf) {
    report(context, 'case-needed', to.origin, {
      kind: 'type',
      ...common,
      type: showMeaning(value),
      decision: decision.origin,
    });
    return;
  }
  const isOne = ({ pattern }: Branch): boolean =>
    pattern !== undefined && (pattern.kind !== 'constructor' || fieldsOf.has(pattern.name.text));
  for (const branch of decision.branches) {
    const { pattern } = branch;
    if (!pattern || !isOne(branch)) {
      const cases = missingCases(
        context.world,
        decision.branches.flatMap((other) => (other.pattern && isOne(other) ? [other.pattern] : [])),
        value,
      ).missing;
      // What is no case is told here.
      const bound = context.binders.findIndex(({ name }) => name.origin.start === pattern?.origin.start);
      if (bound >= 0) context.binders.splice(bound, 1);
      const written = pattern ? excerpt(context, pattern.origin) : 'else';
      report(context, 'case-needed', pattern?.origin ?? wordElse(context, branch), {
        kind: 'rest',
        ...common,
        written,
        cases,
        branch: branch.origin,
        body: branch.body.origin,
      });
      continue;
    }
    if (pattern.kind !== 'constructor') continue;
    const fields = fieldsOf.get(pattern.name.text) ?? [];
    if (!pattern.args && fields.length > 0)
      report(context, 'case-needed', pattern.origin, {
        kind: 'fields',
        ...common,
        case: pattern.name.text,
        count: fields.length,
      });
    pattern.args?.forEach((arg, index) => {
      const field = fields[index];
      if (field && missingCases(context.world, [arg], field).missing.length > 0)
        report(context, 'case-needed', arg.origin, {
          kind: 'inner',
          ...common,
          pattern: excerpt(context, arg.origin),
          case: pattern.name.text,
        });
    });
  }
}

/** The cases of a type, with the types of their fields; undefined where it has none. */
function casesOf(context: Context, type: Type): ReadonlyMap<string, readonly Type[]> | undefined {
  switch (type.kind) {
    case 'option':
      return new Map<string, readonly Type[]>([
        ['some', [type.item]],
        ['none', []],
      ]);
    case 'basic':
      return type.name === 'bool' ? new Map() : undefined;
    case 'named':
      return type.form === 'enum'
        ? new Map(
            context.world
              .casesOf(type)
              .map((each) => [each.symbol.name, context.world.caseSignature(each).params.map((param) => param.type)]),
          )
        : undefined;
    case 'function':
    case 'list':
    case 'map':
    case 'set':
    case 'tuple':
    case 'unknown':
    case 'variable':
      return undefined;
  }
}

function wordElse(context: Context, { origin }: Branch): TextRange {
  const start = context.text.lastIndexOf('else', origin.start);
  return { start, end: start + 'else'.length };
}
