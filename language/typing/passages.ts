// The check of a choreography passage by passage: where the words of one mean the same, and its variables have the
// types and values that they had, it has the same effect on what follows, and nothing is wrong with it that was not
// before.
import type { Choreography, Statement } from '../ir/choreography.js';
import { contentOf } from '../lowering/lower.js';
import { moved } from '../ir/moved.js';
import { meaningOf } from '../scoping/dependencies.js';
import { keptWithPassages, surroundingsOf } from '../scoping/passages.js';
import type { Standing } from '../scoping/passages.js';
import type { Context, Variable } from './context.js';
import type { Reason } from './flow.js';
import { prune } from './types.js';
import type { Type } from './types.js';
import type { World } from './world.js';
import { shortened } from './shortened.js';
import type { Roles, Trace, Met } from './role-state.js';

/** A variable that was looked for in a passage. */
interface Looked {
  readonly role: string;
  readonly name: string;
  /** See `typeText`: the passage leaves it as it is. Undefined where there is no such variable. */
  readonly type: string | undefined;
  /** Whether it has a value before the passage, and after it. */
  readonly before: boolean;
  readonly after: boolean;
  readonly used: boolean;
  readonly written: boolean;
  /**
   * Why it may have no value after the passage, if that has to do with the passage; the place counts from its start.
   */
  readonly reason: Reason | undefined;
}

/** The effect of a passage with which nothing is wrong. */
interface Effect {
  readonly variables: readonly Looked[];
  readonly roles: readonly string[];
  readonly foreign: readonly string[];
  /** What follows it is not reached. */
  readonly leaves: boolean;
}

const effects = keptWithPassages<Effect>();
/** The variables that a passage gives values to, as `role.name`. */
const writes = keptWithPassages<readonly string[]>();
const nothingAround = { meanings: new Map<string, string>(), text: '' };

/**
 * Whether something is known of the statements of a choreography. Cost: constant, where something is known of the most
 */
export function knowsStatements(choreography: Choreography): boolean {
  return contentOf(choreography).body?.passages.list.some((passage) => effects.knows(passage)) ?? false;
}

/** Notes that a variable was looked for. */
export function noteLooked(
  trace: Trace,
  world: World,
  roles: Roles,
  role: string,
  name: string,
  variable: Variable | undefined,
): void {
  const key = `${role}.${name}`;
  if (trace.variables.has(key)) return;
  const type = variable && typeText(world, variable, trace.met);
  trace.variables.set(key, {
    role,
    name,
    variable,
    type,
    before: variable !== undefined && roles.flow.has(variable),
    used: variable?.used ?? false,
    reason: variable && roles.flow.reason(variable),
  });
  // Whether this passage uses it.
  if (variable) variable.used = false;
}

/**
 * Declares the variables of a choreography: each at the first statement that gives it a value.
 * @param declare does so for one statement
 */
export function declarePassages(
  passages: readonly Standing[],
  variablesOf: (statements: readonly Statement[]) => readonly string[],
  declare: (statements: readonly Statement[]) => void,
): void {
  const seen = new Set<string>();
  for (const standing of passages) {
    const { passage } = standing;
    let own = writes.get(passage, nothingAround);
    if (!own) writes.set(passage, nothingAround, (own = variablesOf(standing.statements())));
    let fresh = false;
    for (const name of own) {
      if (seen.has(name)) continue;
      seen.add(name);
      fresh = true;
    }
    if (fresh) declare(standing.statements());
  }
}

/**
 * Checks the passages of a choreography.
 * @param check checks the statements of one
 * Cost: for each passage whose effect is known, constant in the variables that it names
 */
export function checkPassages(
  context: Context,
  roles: Roles,
  choreography: Choreography,
  passages: readonly Standing[],
  check: (statements: readonly Statement[]) => void,
): void {
  const around = surroundingsOf(choreography, context.scope);
  for (const standing of passages) {
    const { passage, start } = standing;
    const { flow } = roles;
    const known = context.brief && !flow.dead ? effects.get(passage, around) : undefined;
    if (known && take(context, roles, known, start)) continue;
    const [dead, reports, binders, foreign] = [flow.dead, context.reports, context.binders.length, context.foreign];
    const trace: Trace = { variables: new Map(), roles: new Set(), met: new Map(), open: dead };
    context.foreign = new Set();
    roles.trace = trace;
    check(standing.statements());
    roles.trace = undefined;
    const met: Met = new Map();
    const variables = [...trace.variables.values()].map(
      ({ role, name, variable, type, before, used, reason: old }): Looked => {
        const reason = variable && flow.reason(variable);
        const looked = {
          role,
          name,
          type,
          before,
          after: variable !== undefined && flow.has(variable),
          used: variable?.used ?? false,
          written: variable?.written ?? false,
          reason: reason === old ? undefined : reason && { way: reason.way, place: moved(reason.place, -start) },
        };
        // What is decided about its type here matters to others.
        if (variable && typeText(context.world, variable, met) !== type) trace.open = true;
        if (variable) variable.used ||= used;
        return looked;
      },
    );
    if (!trace.open && context.reports === reports && context.binders.length === binders) {
      effects.set(passage, around, {
        variables,
        roles: [...trace.roles],
        foreign: [...context.foreign],
        leaves: flow.dead,
      });
    }
    for (const one of context.foreign) foreign.add(one);
    context.foreign = foreign;
  }
}

/** Lets a known effect happen; false where it would be another one now. */
function take(
  context: Context,
  roles: Roles,
  { variables, roles: active, foreign, leaves }: Effect,
  start: number,
): boolean {
  let met: Met | undefined;
  for (const { role, name, type, before } of variables) {
    const state = roles.all.get(role);
    const variable = state?.variables.get(name);
    if (
      !state ||
      (variable ? (variable.settled ?? typeText(context.world, variable, (met ??= new Map()))) : undefined) !== type ||
      (variable !== undefined && roles.flow.has(variable) !== before)
    )
      return false;
  }
  for (const role of active) if (!roles.all.has(role)) return false;
  for (const { role, name, before, after, used, written, reason } of variables) {
    const variable = roles.all.get(role)?.variables.get(name);
    if (!variable) continue;
    if (used) variable.used = true;
    if (written) variable.written = true;
    if (after && !before) roles.flow.assign(variable);
    if (reason) roles.flow.explain(variable, { way: reason.way, place: moved(reason.place, start) });
  }
  for (const role of active) {
    const state = roles.all.get(role);
    if (state) state.active = true;
  }
  for (const one of foreign) context.foreign.add(one);
  if (leaves) roles.flow.leave();
  return true;
}

/** The variables of inference that were met, each by its number. */

/**
 * The kind and the type of a variable as a text, with what the types mean that it names. Texts that were made with the
 * same numbers are the same where the same of them is open. Cost: linear in the different parts of the type
 */
function typeText(world: World, variable: Variable, met: Met): string {
  if (variable.settled !== undefined) return variable.settled;
  let open = false;
  const known = new Map<Type, string>();
  const keyOf = (type: Type): string => {
    const t = prune(type);
    const text =
      known.get(t) ??
      shortened(
        partsText(world, t, met, keyOf, () => {
          open = true;
        }),
      );
    known.set(t, text);
    return text;
  };
  const text = `${variable.symbol.kind} ${keyOf(variable.type)}`;
  if (!open) variable.settled = text;
  return text;
}

function partsText(world: World, t: Type, met: Met, keyOf: (type: Type) => string, open: () => void): string {
  const all = (types: readonly Type[]): string => types.map(keyOf).join();
  switch (t.kind) {
    case 'basic':
      return t.name;
    case 'list':
    case 'option':
    case 'set':
      return `${t.kind}(${keyOf(t.item)})`;
    case 'map':
      return `map(${keyOf(t.key)},${keyOf(t.value)})`;
    case 'tuple':
      return `(${all(t.items)})`;
    case 'function':
      return `(${all(t.params)})=>${keyOf(t.result)}`;
    case 'variable': {
      open();
      const number = met.get(t) ?? met.size;
      met.set(t, number);
      return `?${t.need ?? ''}${number}`;
    }
    case 'unknown':
      open();
      return '?';
    case 'named': {
      const scope = world.scope(t.uri);
      const declared = scope.lookup(t.name);
      return `${t.id} ${declared ? meaningOf(declared.declaration, scope) : ''}`;
    }
  }
}
