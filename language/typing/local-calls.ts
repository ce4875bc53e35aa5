// Calls in a process: of a network or a choreography, at the place that the process stands in itself.
import { valueOfArgument } from '../ir/argument.js';
import type { Expr, Name } from '../ir/expression.js';
import type { LocalCall, Process } from '../ir/process.js';
import { closest } from '../syntax/closest.js';
import type { Resolved } from '../scoping/scope.js';
import { ask } from '../families/solve.js';
import { among, both, compare } from '../families/specialise.js';
import { placesIn } from '../parameters/network.js';
import { excerpt, occur, report, declaredAt } from './context.js';
import type { Context } from './context.js';
import { checkValue, infer } from './expressions.js';
import { checkShared } from './given.js';
import type { Sharing } from './given.js';
import { originOfTarget } from '../ir/target.js';
import { ownerOf, useRole } from './process-state.js';
import { checkCounts } from './counts.js';
import type { State } from './process-state.js';
import { checkFits, shownTarget, taken } from './targets.js';
import { showMeaning, unify, unknown } from './types.js';
import { mismatch } from './env.js';
import type { Family, RoleRef } from '../ir/role.js';

/** Whether a role that is given is the process itself, as far as its number is known at a place. */
function standsAs({ process, members }: State, { name, index, origin }: RoleRef): ReturnType<typeof ask> {
  if (name.text !== process.name.text) return 'never';
  if (!process.members || !index || index.kind === 'others') return 'always';
  const own: Expr =
    process.members.kind === 'one' ? process.members.at : { kind: 'name', name: process.members.index, origin };
  return ask(
    members.known,
    index.kind === 'member'
      ? compare('==', own, index.at)
      : index.kind === 'picked'
        ? among(index.list, own)
        : both(compare('>=', own, index.from), compare('<', own, index.until)),
  );
}

/** Checks a call: its places, its own inputs, and what its result is taken for. */
export function call(context: Context, state: State, current: LocalCall): void {
  const name = current.callee.text;
  const resolved = context.scope.lookup(name);
  const declaration = resolved?.declaration;
  if (resolved) occur(context, context.world.symbol(resolved), current.callee.origin, 'read');
  const callee = declaration?.kind === 'network' || declaration?.kind === 'choreography' ? declaration : undefined;
  if (!callee && !context.scope.isLost(name)) {
    const known = [...context.scope.all()]
      .filter(([, r]) => r.declaration.kind === 'choreography' || r.declaration.kind === 'network')
      .map(([n]) => n);
    report(context, 'unknown-name', current.callee.origin, {
      name: current.callee,
      wanted: 'network',
      found: resolved && context.world.symbol(resolved).kind,
      similar: closest(name, known),
      known,
    });
  }
  const places = callee && resolved && !callee.broken ? placesOf(context, resolved) : undefined;
  const symbol = resolved && context.world.symbol(resolved);
  const [origin] = current.origins;
  const apart = places && placesIn(context.scope, name);
  const values = apart?.values ?? [];
  if (places && origin && current.args.length !== places.length + values.length) {
    report(context, 'wrong-arguments', origin, {
      kind: 'roles',
      callee: name,
      roles: [...places, ...values].map((p) => p.name.text),
      given: current.args.length,
      ...(values.length > 0 ? { besides: values.length } : {}),
      ...declaredAt(symbol),
    });
  }
  if (apart && apart.needs.length > 0 && symbol) {
    report(context, 'needs-choreography', current.callee.origin, {
      choreography: name,
      parameters: apart.needs,
      by: 'process',
      declared: { uri: symbol.uri, origin: symbol.origin ?? current.callee.origin },
    });
    return;
  }
  const roles = places
    ? [...current.args.slice(0, places.length), ...current.args.slice(places.length + values.length)]
    : current.args;
  const given = new Map<string, RoleRef>();
  const standing = new Set(roles.map((arg) => arg.role.key));
  const others = [...state.roles.keys()].filter((role) => !standing.has(role));
  const self = state.process.name.text;
  let own: number | undefined;
  let surely = false;
  roles.forEach((arg, index) => {
    if (arg.role.name.text === '') {
      const known = [...state.roles.keys()];
      if (places)
        report(context, 'unknown-role', arg.role.origin, {
          name: excerpt(context, arg.role.origin),
          origin: arg.role.origin,
          container: name,
          similar: [],
          known,
          value: true,
        });
      return;
    }
    useRole(context, state, arg.role);
    const before = given.get(arg.role.key);
    if (before && state.roles.has(arg.role.key))
      report(context, 'role-given-twice', arg.role.origin, {
        role: arg.role.key,
        callee: name,
        origin: arg.role.origin,
        others,
        first: { uri: context.uri, origin: before.origin },
      });
    else given.set(arg.role.key, arg.role);
    const place = places?.[index];
    // A part of its own family may be where it is, too: which, its number says, and what is known of it here.
    const stands = standsAs(state, arg.role);
    const isOwn = stands !== 'never';
    if (stands === 'always' ? !surely : isOwn) own = stands === 'always' ? index : (own ?? index);
    surely ||= stands === 'always';
    arg.inputs.forEach((input, at) => {
      const param = place?.params[at];
      if (!param || !resolved) infer(context, state.env, input);
      else
        checkValue(context, state.env, input, context.world.type(param.type, resolved.uri), (shown) => ({
          by: 'parameter',
          callee: name,
          parameter: param.name.text,
          type: shown,
        }));
    });
    // The inputs of the others are theirs to give.
    const wanted = isOwn ? place?.params.length : 0;
    if (place && arg.inputs.length !== wanted) {
      report(
        context,
        'wrong-arguments',
        arg.role.origin,
        isOwn
          ? {
              kind: 'inputs',
              role: place.name.text,
              callee: name,
              inputs: place.params.map((p) => p.name.text),
              given: arg.inputs.length,
              ...declaredAt(symbol),
            }
          : { kind: 'inputs-of-another', self, role: arg.role.key, callee: name, ...declaredAt(symbol) },
      );
    }
  });
  if (places)
    checkCounts(
      context,
      state.members,
      name,
      places,
      roles.map(({ role }) => (role.name.text === '' ? undefined : role)),
    );
  values.forEach((parameter, i) => {
    const arg = places && current.args[places.length + i];
    if (arg && apart)
      checkShared(
        context,
        sharing(state),
        name,
        parameter.name.text,
        context.world.type(parameter.type, apart.uri),
        valueOfArgument(arg),
        arg.role,
      );
  });
  if (places && origin && own === undefined) {
    report(context, 'wrong-arguments', origin, { kind: 'no-place', self, callee: name, ...declaredAt(symbol) });
  }
  const { into } = current;
  if (!into) return;
  const type = taken(context, ownerOf(context, state), into);
  const at = originOfTarget(into);
  const result = own === undefined || !places ? undefined : places[own]?.result;
  if (!places || own === undefined || !resolved) unify(type, unknown());
  else if (!result) {
    unify(type, unknown());
    report(context, 'type-mismatch', at, {
      kind: 'no-result',
      callee: name,
      place: places[own]?.name.text ?? self,
      target: shownTarget({ prefix: '' }, into),
      remove: origin && { start: origin.start, end: context.text.indexOf('do', at.end) },
    });
  } else {
    const found = context.world.type(result, resolved.uri);
    if (unify(type, found)) checkFits(context, into, current.callee.origin, type);
    else mismatch(context, at, type, { by: 'result', of: name, role: false, type: showMeaning(found) });
  }
}

/** What all processes of a network know. */
function sharing({ members, own, env, process }: State): Sharing {
  return {
    owner: env.owner,
    find: (name) => members.find(name),
    known: () => members.all(),
    ownersOf: (name) => (own.has(name) ? [process.name.text] : []),
    isRole: () => false,
  };
}

/** What stands for a role in a call. */
interface Place {
  readonly name: Name;
  readonly family?: Family;
  readonly params: Process['params'];
  readonly result?: Process['result'];
}

/** The places of a network or choreography in a call, in order. */
function placesOf(context: Context, resolved: Resolved): readonly Place[] | undefined {
  const { declaration } = resolved;
  if (declaration.kind === 'choreography') {
    return declaration.roles.map((role) => ({
      name: role.name,
      params: role.params,
      ...(role.family ? { family: role.family } : {}),
      result: declaration.results.find((result) => result.role.key === role.name.text)?.type,
    }));
  }
  if (declaration.kind !== 'network') return undefined;
  if (!declaration.implements) {
    const { families, processes } = declaration;
    // Several processes may be of one family.
    return [...new Map(processes.map((process) => [process.name.text, process])).values()].map((process) => {
      const family = families.find(({ name }) => name.text === process.name.text)?.family;
      return { ...process, ...(family ? { family } : {}) };
    });
  }
  const design = context.world.scope(resolved.uri).lookup(declaration.implements.text);
  if (design?.declaration.kind !== 'choreography') return undefined;
  const written = new Map(declaration.processes.map((p) => [p.name.text, p]));
  return placesOf(context, design)?.map((place) => ({ ...place, ...written.get(place.name.text) }));
}
