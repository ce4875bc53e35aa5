// What calls give besides roles: values that all know, and choreographies, perhaps with roles and values of the
// caller's own.
import { argumentOf, valueOfArgument } from '../ir/argument.js';
import type { Choreography, ChoreographyParameter, Parameter, RoleArg, Role, Signature } from '../ir/choreography.js';
import { choreographiesOf, valuesOf } from '../ir/choreography.js';
import { freeNames, walkExpr } from '../ir/expression.js';
import type { Expr, Name, TextRange } from '../ir/expression.js';
import type { RoleRef } from '../ir/role.js';
import { isPlace } from '../parameters/arguments.js';
import { choreographySymbol } from '../scoping/declared.js';
import { isEffectful } from '../scoping/effects.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import { printType } from '../syntax/print.js';
import { closest } from '../syntax/closest.js';
import { declaredAt, excerpt, occur, report } from './context.js';
import type { Context, Variable } from './context.js';
import { checkDistinct, checkType } from './declarations.js';
import { checkValue, infer } from './expressions.js';
import type { Env } from './env.js';
import type { Roles } from './role-state.js';
import { isSame, showMeaning, unknown } from './types.js';
import type { Type } from './types.js';
import type { Misfit } from '../findings/typing.js';

/** What a call leads to: a choreography, or a parameter that is one. */
export interface Called extends Signature {
  readonly name: string;
  readonly uri: string;
  readonly symbol: ChorSymbol;
  readonly broken: boolean;
  /** A parameter of the choreography that calls. */
  readonly own: boolean;
}

/** The choreography that a name means in a choreography: first one of its own parameters. */
export function calledBy(context: Context, { name, parameters }: Choreography, callee: string): Called | undefined {
  const own = choreographiesOf(parameters).find((each) => each.name.text === callee);
  if (own)
    return {
      ...own,
      name: callee,
      uri: context.uri,
      symbol: choreographySymbol(context.uri, name.text, own),
      broken: false,
      own: true,
    };
  const found = context.scope.lookup(callee);
  if (found?.declaration.kind !== 'choreography') return undefined;
  const { roles, parameters: all, results, broken } = found.declaration;
  return {
    name: callee,
    uri: found.uri,
    symbol: context.world.symbol(found),
    roles,
    parameters: all,
    results,
    broken,
    own: false,
  };
}

/** The header of a parameter that is a choreography. */
function checkSignature(context: Context, { roles, parameters, results }: Signature): void {
  checkDistinct(context, [...roles, ...parameters], 'role');
  for (const role of roles) {
    checkDistinct(context, role.params, 'input');
    for (const param of role.params) checkType(context, param.type);
  }
  for (const parameter of valuesOf(parameters)) checkType(context, parameter.type);
  const known = roles.map(({ name }) => name.text);
  const first = new Map<string, TextRange>();
  for (const {
    type,
    role: { name, origin },
  } of results) {
    checkType(context, type);
    if (!known.includes(name.text))
      report(context, 'unknown-role', name.origin, {
        name: name.text,
        origin: name.origin,
        container: 'choreography',
        similar: closest(name.text, known),
        known,
      });
    const before = first.get(name.text);
    if (before)
      report(context, 'duplicate-name', name.origin, {
        name,
        what: 'result of',
        item: { start: type.origin.start, end: origin.end },
        role: true,
        first: { uri: context.uri, origin: before },
      });
    else first.set(name.text, name.origin);
  }
}

/** Where a call stands. */
export interface Calling {
  readonly choreography: Choreography;
  readonly roles: Roles;
}

/**
 * Checks what a call gives for one parameter.
 * @param callee what it is a parameter of
 * @param given the roles that the callee gets, and those that come with what is given
 */
export function checkGiven(
  context: Context,
  calling: Calling,
  callee: Called,
  parameter: Parameter,
  arg: RoleArg,
  given: readonly RoleRef[],
): void {
  if (parameter.kind === 'value')
    return checkShared(
      context,
      sharing(context, calling),
      callee.name,
      parameter.name.text,
      context.world.type(parameter.type, callee.uri),
      valueOfArgument(arg),
      arg.role,
    );
  checkChoreography(context, calling, callee, parameter, arg, given);
}

/** What all know where a value is given that all have to know, and what only some do. */
export interface Sharing {
  readonly owner: string;
  find(name: string): Variable | undefined;
  known(): Iterable<string>;
  /** Whose variable a name is. */
  ownersOf(name: string): readonly string[];
  isRole(name: string): boolean;
}

function sharing(context: Context, { choreography, roles }: Calling): Sharing {
  return {
    owner: `${context.uri}#${choreography.name.text}`,
    find: (name) => roles.members.find(name),
    known: () => roles.members.all(),
    isRole: (name) => roles.all.has(name),
    ownersOf(name) {
      if (roles.trace) roles.trace.open = true;
      return [...roles.all].flatMap(([owner, { variables }]) => {
        const variable = variables.get(name);
        if (variable) variable.used = true;
        return variable ? [owner] : [];
      });
    },
  };
}

/**
 * Checks a value that all have to know.
 * @param value what is given; without it, a role is
 */
export function checkShared(
  context: Context,
  all: Sharing,
  callee: string,
  parameter: string,
  type: Type,
  value: Expr | undefined,
  role: RoleRef,
): void {
  const place = { callee, parameter };
  if (!value) return report(context, 'not-shared', role.origin, { ...place, kind: 'role', name: role.key });
  const env: Env = {
    owner: all.owner,
    find: (name) => all.find(name),
    read: () => undefined,
    names: () => all.known(),
    missing(name) {
      const known = [...all.known()];
      const owners = all.ownersOf(name.text);
      if (owners.length === 0 && all.isRole(name.text))
        report(context, 'not-shared', name.origin, { ...place, kind: 'role', name: name.text });
      else
        report(context, 'not-shared', name.origin, {
          ...place,
          kind: 'variable',
          name: name.text,
          owners,
          known,
          similar: closest(name.text, known),
        });
      return unknown();
    },
  };
  const stranger = strangerIn(value, all);
  if (stranger) {
    env.missing(stranger);
    return;
  }
  const before = context.reports;
  checkValue(context, env, value, type, (shown) => ({ by: 'parameter', callee, parameter, type: shown }));
  if (context.reports === before && isEffectful(value, context.scope))
    report(context, 'not-shared', value.origin, { ...place, kind: 'host', name: excerpt(context, value.origin) });
}

/** A name in a value that is a variable of some role: it is meant, whatever else has its name. */
function strangerIn(value: Expr, all: Sharing): Name | undefined {
  const free = freeNames(value);
  let found: Name | undefined;
  walkExpr(value, (each) => {
    if (
      each.kind === 'name' &&
      free.has(each.name.text) &&
      !all.find(each.name.text) &&
      all.ownersOf(each.name.text).length > 0
    )
      found ??= each.name;
  });
  return found;
}

/** What is to be called. */
function checkChoreography(
  context: Context,
  calling: Calling,
  callee: Called,
  parameter: ChoreographyParameter,
  arg: RoleArg,
  given: readonly RoleRef[],
): void {
  const value = valueOfArgument(arg);
  const name = value?.kind === 'name' ? value.name : value?.kind === 'call' ? value.callee : undefined;
  const actual = name && calledBy(context, calling.choreography, name.text);
  const about = { parameter: parameter.name.text, callee: callee.name, wanted: showSignature(parameter) };
  if (!name || !actual) {
    unknownChoreography(context, calling, arg, name, about);
    return;
  }
  occur(context, actual.symbol, name.origin, 'read');
  if (actual.broken) return;
  if (actual.own && value?.kind === 'call') {
    report(context, 'wrapped-parameter', arg.origin, {
      parameter: name.text,
      kind: 'taken',
      shown: excerpt(context, arg.origin),
    });
    return;
  }
  const all = actual.roles.length + actual.parameters.length;
  if (value?.kind === 'call') checkTaken(context, calling, callee, actual, value, given);
  // That there are too few or too many is told.
  if (value?.kind === 'call' && value.args.length !== all) return;
  const free = freePlaces(actual, value);
  const misfit = misfitOf(context, parameter, callee.uri, actual, free);
  if (misfit)
    report(context, 'wrong-choreography', arg.origin, {
      ...about,
      actual: name.text,
      misfit,
      ...declaredAt(actual.symbol),
    });
}

function unknownChoreography(
  context: Context,
  { choreography, roles }: Calling,
  arg: RoleArg,
  name: Name | undefined,
  about: { readonly parameter: string; readonly callee: string; readonly wanted: string },
): void {
  const { role, origin } = arg;
  const value = valueOfArgument(arg);
  const known = [
    ...choreographiesOf(choreography.parameters).map((each) => each.name.text),
    ...[...context.scope.all()].filter(([, each]) => each.declaration.kind === 'choreography').map(([each]) => each),
  ];
  if (name && context.scope.isLost(name.text)) return;
  if (!name || roles.all.has(name.text) || (value?.kind !== 'name' && value?.kind !== 'call')) {
    if (roles.all.has(role.name.text)) roles.use(role);
    report(context, 'wrong-choreography', origin, {
      ...about,
      actual: excerpt(context, origin),
      misfit: { kind: 'none' },
    });
    return;
  }
  const found = context.scope.lookup(name.text);
  if (found) occur(context, context.world.symbol(found), name.origin, 'read');
  report(context, 'unknown-name', name.origin, {
    name,
    wanted: 'choreography',
    found: found && context.world.symbol(found).kind,
    similar: closest(name.text, known),
    known,
  });
}

/** The roles and values that come with what is given. */
function checkTaken(
  context: Context,
  calling: Calling,
  callee: Called,
  actual: Called,
  value: Extract<Expr, { kind: 'call' }>,
  given: readonly RoleRef[],
): void {
  const { roles } = calling;
  const all = actual.roles.length + actual.parameters.length;
  if (value.args.length !== all)
    report(context, 'wrong-arguments', value.origin, {
      kind: 'roles',
      callee: actual.name,
      roles: [...actual.roles, ...actual.parameters].map((each) => each.name.text),
      given: value.args.length,
      ...declaredAt(actual.symbol),
    });
  value.args.forEach(({ value: each }, i) => {
    if (isPlace(each)) return;
    const place = actual.roles[i];
    const arg = argumentOf(each);
    const parameter = actual.parameters[i - actual.roles.length];
    if (!place) {
      if (parameter?.kind === 'choreography' && wraps(context, calling.choreography, arg))
        report(context, 'wrapped-parameter', each.origin, {
          parameter: excerpt(context, each.origin),
          kind: 'wrapped',
          shown: excerpt(context, value.origin),
        });
      else if (parameter) checkGiven(context, calling, actual, parameter, arg, given);
      return;
    }
    if (choreographiesOf(calling.choreography.parameters).some(({ name }) => name.text === arg.role.name.text)) {
      report(context, 'wrapped-parameter', each.origin, {
        parameter: arg.role.name.text,
        kind: 'wrapped',
        shown: excerpt(context, value.origin),
      });
      return;
    }
    checkRoleArg(context, roles, actual, place, arg);
    const twice = given.find((role) => role.key === arg.role.key || roles.members.meets(role, arg.role));
    if (twice && roles.all.has(arg.role.name.text))
      report(context, 'role-given-twice', arg.role.origin, {
        role: arg.role.key,
        callee: callee.name,
        origin: arg.role.origin,
        others: [],
        first: { uri: context.uri, origin: twice.origin },
        captured: actual.name,
      });
  });
}

/** Whether what is given holds a parameter of who gives it. */
function wraps(context: Context, choreography: Choreography, arg: RoleArg): boolean {
  const value = valueOfArgument(arg);
  const own = new Set(choreographiesOf(choreography.parameters).map(({ name }) => name.text));
  if (value?.kind === 'name') return own.has(value.name.text);
  return value?.kind === 'call' && value.args.some((each) => wraps(context, choreography, argumentOf(each.value)));
}

/** A role in a place, with its inputs. */
export function checkRoleArg(
  context: Context,
  roles: Roles,
  callee: Called | undefined,
  place: Role | undefined,
  arg: RoleArg,
): void {
  if (arg.role.name.text === '') {
    if (place)
      report(context, 'unknown-role', arg.origin, {
        name: excerpt(context, arg.origin),
        origin: arg.origin,
        container: callee?.name ?? '',
        similar: [],
        known: [...roles.all.keys()],
        value: true,
      });
    return;
  }
  roles.use(arg.role);
  const env = roles.env(arg.role);
  if (place && !place.family && roles.members.isSeveral(arg.role))
    report(context, 'wrong-members', arg.role.origin, {
      kind: 'one-needed',
      role: arg.role.key,
      as: 'callee',
      place: place.name.text,
    });
  if (place?.family && callee && !roles.members.families.has(arg.role.name.text) && roles.all.has(arg.role.name.text))
    report(context, 'wrong-members', arg.role.origin, {
      kind: 'family-needed',
      role: arg.role.key,
      place: place.name.text,
      callee: callee.name,
    });
  const named = arg.value?.kind === 'call' ? arg.value.args.find(({ name }) => name)?.name : undefined;
  if (named)
    report(context, 'unknown-name', named.origin, {
      name: named,
      wanted: 'parameter',
      owner: place?.name.text ?? arg.role.name.text,
      similar: [],
      known: [],
    });
  arg.inputs.forEach((input, at) => {
    const param = place?.params[at];
    if (!param || !callee) infer(context, env, input);
    else
      checkValue(context, env, input, context.world.type(param.type, callee.uri), (shown) => ({
        by: 'parameter',
        callee: callee.name,
        parameter: param.name.text,
        type: shown,
      }));
  });
  if (place && callee && place.params.length !== arg.inputs.length) {
    report(context, 'wrong-arguments', arg.origin, {
      kind: 'inputs',
      role: place.name.text,
      callee: callee.name,
      inputs: place.params.map((p) => p.name.text),
      given: arg.inputs.length,
      ...declaredAt(callee.symbol),
    });
  }
}

/** The roles and parameters of what is given that nothing stands for yet. */
function freePlaces(actual: Called, value: Expr | undefined): Signature {
  const args = value?.kind === 'call' ? value.args : undefined;
  const isFree = (index: number): boolean => !args || args[index] === undefined || isPlace(args[index].value);
  return {
    roles: actual.roles.filter((_, i) => isFree(i)),
    parameters: actual.parameters.filter((_, i) => isFree(actual.roles.length + i)),
    results: actual.results,
  };
}

/** Why a choreography is not what a parameter wants; undefined where it is. */
function misfitOf(
  context: Context,
  wanted: ChoreographyParameter,
  uri: string,
  actual: Called,
  free: Signature,
): Misfit | undefined {
  const typeOf = (type: Role['params'][0]['type'], where: string): Type => context.world.type(type, where);
  if (free.parameters.some(({ kind }) => kind === 'choreography'))
    return { kind: 'needs', parameter: free.parameters.find(({ kind }) => kind === 'choreography')?.name.text ?? '' };
  if (free.roles.length !== wanted.roles.length)
    return { kind: 'roles', has: free.roles.map(({ name }) => name.text), wanted: wanted.roles.length };
  for (const [i, role] of wanted.roles.entries()) {
    const own = free.roles[i] as Role;
    if (!!own.family !== !!role.family)
      return { kind: 'family', role: own.name.text, several: !!own.family, place: role.name.text };
    if (own.family && role.family && own.family.least > role.family.least)
      return { kind: 'least', role: own.name.text, least: own.family.least, place: role.name.text };
    if (own.server === true && role.server !== true)
      return { kind: 'server', role: own.name.text, place: role.name.text };
    if (own.params.length !== role.params.length)
      return { kind: 'inputs', role: own.name.text, has: own.params.length, wanted: role.params.length };
    for (const [k, param] of role.params.entries()) {
      const [is, should] = [typeOf((own.params[k] as Role['params'][0]).type, actual.uri), typeOf(param.type, uri)];
      if (!isSame(is, should))
        return {
          kind: 'input',
          role: own.name.text,
          input: own.params[k]?.name.text ?? '',
          is: showMeaning(is),
          should: showMeaning(should),
        };
    }
  }
  const [values, expected] = [valuesOf(free.parameters), valuesOf(wanted.parameters)];
  if (values.length !== expected.length)
    return { kind: 'values', has: values.map(({ name }) => name.text), wanted: expected.length };
  for (const [i, value] of expected.entries()) {
    const own = values[i];
    if (!own) continue;
    const [is, should] = [typeOf(own.type, actual.uri), typeOf(value.type, uri)];
    if (!isSame(is, should))
      return { kind: 'value', name: own.name.text, is: showMeaning(is), should: showMeaning(should) };
  }
  for (const asked of wanted.results) {
    const place = wanted.roles.findIndex(({ name }) => name.text === asked.role.name.text);
    const at = free.roles[place]?.name.text ?? '';
    const own = actual.results.find(({ role }) => role.name.text === at);
    const [only, ...more] = actual.results;
    const result = own ?? (more.length === 0 && wanted.results.length === 1 ? only : undefined);
    if (!result) return { kind: 'result', wanted: showMeaning(typeOf(asked.type, uri)), role: asked.role.key };
    const [is, should] = [typeOf(result.type, actual.uri), typeOf(asked.type, uri)];
    if (!isSame(is, should)) return { kind: 'result-type', is: showMeaning(is), should: showMeaning(should) };
    if (!own && place >= 0) return { kind: 'result-role', is: result.role.key, should: at };
  }
  return undefined;
}

/** A choreography as a parameter says it: `choreography(Buyer): bool@Buyer`. */
function showSignature({ roles, parameters, results }: Signature): string {
  const role = ({ name, params, server, family }: Role): string =>
    `${server === true ? 'server ' : ''}${name.text}${family ? '[]' : ''}${params.length > 0 ? `(${params.map((param) => printType(param.type)).join(', ')})` : ''}`;
  const all = [...roles.map(role), ...valuesOf(parameters).map(({ type }) => printType(type))];
  return `choreography(${all.join(', ')})${results.length > 0 ? `: ${results.map(({ type, role: at }) => `${printType(type)}@${at.key}`).join(', ')}` : ''}`;
}

/** What all know is declared in the header. */
export function checkParameters(
  context: Context,
  { name, parameters }: Choreography,
  roles: Roles,
  nameTaken: (name: Name, what: string, first: TextRange | undefined) => void,
): void {
  const first = new Map<string, ChorSymbol>();
  for (const parameter of parameters) {
    const { text } = parameter.name;
    const before = roles.members.find(text)?.symbol ?? roles.all.get(text)?.symbol ?? first.get(text);
    if (before) nameTaken(parameter.name, before.kind, before.origin);
    if (parameter.kind === 'choreography') {
      const symbol = choreographySymbol(context.uri, name.text, parameter);
      if (!before) first.set(text, symbol);
      occur(context, symbol, parameter.name.origin, 'definition');
      checkSignature(context, parameter);
      continue;
    }
    const type = checkType(context, parameter.type);
    const made = roles.members.share(parameter, type, name.text);
    occur(context, made.symbol, parameter.name.origin, 'definition');
  }
}
