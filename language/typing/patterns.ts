// Patterns: what they bind, and whether they fit the value that they are held against.
import type { Name, TextRange, Pattern } from '../ir/expression.js';
import type { RecordDeclaration } from '../ir/file.js';
import { isCase } from '../scoping/cases.js';
import { closest } from '../syntax/closest.js';
import { missingCases } from './coverage.js';
import {
  builtinSymbol,
  createVariable,
  excerpt,
  localId,
  occur,
  report,
  declaredAt,
  after,
  checkShadowing,
} from './context.js';
import type { Context, Variable } from './context.js';
import { optionOf, prune, restrict, showMeaning, tupleOf, unify, unknown, variable } from './types.js';
import type { Type } from './types.js';
import type { EnumCase } from './world.js';
import type { Typer, Env } from './env.js';
import { isLeast, mismatch } from './env.js';

/** What becomes of a name that a pattern binds; `inner` where it stands in another pattern. */
interface Bind {
  /** Every name without brackets is one: no case of an enum is meant. */
  readonly always?: boolean;
  readonly bind: (name: Name, type: Type, inner: boolean) => void;
}

/**
 * Checks a pattern.
 * @param type the type of the value
 * @param locals where the names that it binds are put
 */
export function checkPattern(
  typer: Typer,
  context: Context,
  env: Env,
  pattern: Pattern,
  type: Type,
  locals: Map<string, Variable>,
): void {
  checkPatternInto(typer, context, env, pattern, type, {
    bind: (name, part, inner) => {
      local(context, env, name, part, locals, inner);
    },
  });
}

/**
 * Checks a pattern whose names may be more than names of this place.
 * @param bind is told of each name with the type of the part that it stands for
 * @param inner it stands in another pattern
 */
export function checkPatternInto(
  typer: Typer,
  context: Context,
  env: Env,
  pattern: Pattern,
  type: Type,
  bind: Bind,
  inner = false,
): void {
  switch (pattern.kind) {
    case 'literal': {
      const found =
        pattern.negative && pattern.value.kind === 'int' && isLeast(pattern.value.text)
          ? variable('number')
          : typer.infer(context, env, pattern.value);
      if (pattern.negative) restrict(found, 'number');
      fit(context, pattern, found, type);
      return;
    }
    case 'none': {
      fit(context, pattern, optionOf(variable()), type);
      return;
    }
    case 'tuple': {
      const items = pattern.items.map(() => variable());
      const fits = fit(context, pattern, tupleOf(...items), type);
      pattern.items.forEach((item, index) =>
        checkPatternInto(typer, context, env, item, fits ? (items[index] ?? unknown()) : unknown(), bind, true),
      );
      return;
    }
    case 'constructor':
      constructor(typer, context, env, pattern, type, bind, inner);
  }
}

function fit(context: Context, pattern: Pattern, found: Type, type: Type): boolean {
  if (unify(type, found)) return true;
  report(context, 'type-mismatch', pattern.origin, {
    kind: 'demand',
    subject: excerpt(context, pattern.origin),
    actual: showMeaning(found),
    demand: { by: 'matched', type: showMeaning(type) },
  });
  return false;
}

function constructor(
  typer: Typer,
  context: Context,
  env: Env,
  pattern: Extract<Pattern, { kind: 'constructor' }>,
  type: Type,
  bind: Bind,
  inner: boolean,
): void {
  const { name, args } = pattern;
  if (name.text === '_' && !args) return;
  if (!args && bind.always) return bind.bind(name, type, inner);
  const value = prune(type);
  const own = value.kind === 'named' && value.form === 'enum' ? context.world.casesOf(value) : [];
  const found = own.find((c) => c.symbol.name === name.text);
  if (found && !args && !isCase(name.text, context.scope)) return notImported(context, name, found);
  if (found) return enumCase(typer, context, env, pattern, found, bind);
  if (name.text === 'some' && args) {
    const builtin = builtinSymbol('some');
    if (builtin) occur(context, builtin, name.origin, 'read');
    const item = variable();
    const fits = fit(context, pattern, optionOf(item), type);
    args.forEach((arg) => checkPatternInto(typer, context, env, arg, fits ? item : unknown(), bind, true));
    if (args.length !== 1) report(context, 'wrong-arguments', pattern.origin, { kind: 'some', given: args.length });
    return;
  }
  const declared = args && context.scope.lookup(name.text);
  if (args && declared?.declaration.kind === 'record')
    return record(typer, context, env, pattern, args, declared.declaration, declared.uri, type, bind);
  const [other] = context.world.cases(name.text, context.uri);
  if (other) {
    const enumType = context.world.caseSignature(other).result;
    if (value.kind === 'variable' || value.kind === 'unknown') unify(value, enumType);
    else mismatch(context, name.origin, enumType, { by: 'matched', type: showMeaning(value) });
    return enumCase(typer, context, env, pattern, other, bind);
  }
  if (!args) return bind.bind(name, type, inner);
  args.forEach((arg) => checkPatternInto(typer, context, env, arg, unknown(), bind, true));
  if (value.kind !== 'unknown' && !context.scope.isLost(name.text)) unknownCase(context, name, value, own);
}

/**
 * Reports a name that is no case of the enum that the value is of, or of no enum where the value is of another type.
 */
function unknownCase(context: Context, name: Name, value: Type, own: readonly EnumCase[], bound = false): void {
  const [first] = own;
  if (first?.declaration.broken) return;
  const known = own.map((c) => c.symbol.name);
  report(context, 'unknown-name', name.origin, {
    name,
    wanted: 'enum case',
    owner: value.kind === 'named' ? value.name : undefined,
    similar: closest(name.text, known),
    known,
    valueType: value.kind === 'named' && value.form === 'enum' ? undefined : showMeaning(value),
    add:
      first && bound
        ? {
            uri: first.uri,
            at: endOfCases(context, first),
            first: { start: first.declaration.origin.end - 1, end: first.declaration.origin.end - 1 },
          }
        : undefined,
    bound,
  });
}

/** Without its enum a name is no case here, however well it fits the value; that it binds would be a surprise. */
function notImported(context: Context, name: Name, found: EnumCase): void {
  occur(context, found.symbol, name.origin, 'read');
  const owner = found.declaration.name.text;
  if (!context.scope.isLost(owner))
    report(context, 'unknown-name', name.origin, { name, wanted: 'enum case', owner, similar: [], hidden: true });
}

/**
 * Reports the names that were bound to a value of an enum and that nothing uses: they are meant for cases, as `_` and
 * `else` take any value; inside of other patterns only what looks like a case. To be called when all of a declaration
 * was looked at.
 */
export function checkBinders(context: Context): void {
  for (const { name, variable: bound, type, inner } of context.binders.splice(0)) {
    const value = prune(type);
    if (bound.used || value.kind !== 'named' || value.form !== 'enum' || context.scope.isLost(name.text)) continue;
    const own = context.world.casesOf(value);
    if (
      !inner ||
      closest(
        name.text,
        own.map((c) => c.symbol.name),
      ).length > 0
    )
      unknownCase(context, name, value, own, true);
  }
}

/** Where the last case of an enum ends. */
function endOfCases(context: Context, c: EnumCase): TextRange | undefined {
  const last = c.declaration.cases.at(-1);
  if (!last) return undefined;
  const field = last.fields.at(-1);
  if (!field) return after(last.name.origin);
  const text = context.world.files.file(c.uri)?.text ?? '';
  const end = text.indexOf(')', field.type.origin.end) + 1;
  return { start: end, end };
}

function enumCase(
  typer: Typer,
  context: Context,
  env: Env,
  pattern: Extract<Pattern, { kind: 'constructor' }>,
  found: EnumCase,
  bind: Bind,
): void {
  occur(context, found.symbol, pattern.name.origin, 'read');
  const { params } = context.world.caseSignature(found);
  const args = pattern.args ?? [];
  args.forEach((arg, index) =>
    checkPatternInto(typer, context, env, arg, params[index]?.type ?? unknown(), bind, true),
  );
  // Without brackets a case matches whatever it holds.
  if (pattern.args && args.length !== params.length && !found.declaration.broken) {
    report(context, 'wrong-arguments', pattern.origin, {
      kind: 'case',
      case: pattern.name.text,
      parameters: params.map((p) => p.name),
      given: args.length,
      ...declaredAt(found.symbol),
    });
  }
}

/** A record by its fields, in order. */
function record(
  typer: Typer,
  context: Context,
  env: Env,
  pattern: Extract<Pattern, { kind: 'constructor' }>,
  args: readonly Pattern[],
  declaration: RecordDeclaration,
  uri: string,
  type: Type,
  bind: Bind,
): void {
  const symbol = context.world.symbol({ uri, declaration });
  occur(context, symbol, pattern.name.origin, 'read');
  const own = context.world.declared({ uri, declaration }) ?? unknown();
  fit(context, pattern, own, type);
  args.forEach((arg, index) => {
    const field = declaration.fields[index];
    checkPatternInto(typer, context, env, arg, field ? context.world.type(field.type, uri) : unknown(), bind, true);
  });
  if (args.length !== declaration.fields.length && !declaration.broken) {
    report(context, 'wrong-arguments', pattern.origin, {
      kind: 'case',
      case: pattern.name.text,
      parameters: declaration.fields.map((f) => f.name.text),
      given: args.length,
      ...declaredAt(symbol),
    });
  }
}

function local(
  context: Context,
  env: Env,
  name: Name,
  type: Type,
  locals: Map<string, Variable>,
  inner: boolean,
): void {
  const first = locals.get(name.text);
  if (first) {
    report(context, 'duplicate-name', name.origin, {
      name,
      what: 'name in this pattern',
      first: { uri: context.uri, origin: first.symbol.origin ?? name.origin },
    });
    return;
  }
  checkShadowing(context, name, 'pattern');
  const made = createVariable(
    { id: localId(env.owner, name), kind: 'local', name: name.text, uri: context.uri, origin: name.origin },
    type,
  );
  locals.set(name.text, made);
  // In place of a `_`: nobody wrote it.
  if (name.written !== undefined) return;
  occur(context, made.symbol, name.origin, 'definition');
  context.binders.push({ name, variable: made, type, inner });
}

/** Reports a pattern that leaves values out, where there is no other way to go. */
export function checkIrrefutable(context: Context, pattern: Pattern, subject: TextRange, type: Type): void {
  const { missing } = missingCases(context.world, [pattern], type);
  if (missing.length > 0)
    report(context, 'refutable-pattern', pattern.origin, {
      pattern: excerpt(context, pattern.origin),
      subject: excerpt(context, subject),
      missing,
    });
}

/**
 * Reports the values that a `match` without `else` leaves out.
 * @param last where its last case stands, if cases can be added after it
 */
export function checkCoverage(
  context: Context,
  subject: TextRange,
  patterns: readonly Pattern[],
  type: Type,
  last?: TextRange,
): void {
  const { missing, unsure } = missingCases(context.world, patterns, type);
  if (missing.length > 0)
    report(context, 'missing-case', subject, { missing, subject: excerpt(context, subject), last });
  else if (unsure) report(context, 'too-large', subject, { what: 'match', name: excerpt(context, subject), last });
}
