// What a new message may carry: values by their type and by where they come from. A value never goes back to whom it
// came from.
import { namesOfTarget } from '../../ir/target.js';
import type { Expr, Param, TypeExpr } from '../../ir/expression.js';
import { walkExpr } from '../../ir/expression.js';
import type { Declaration } from '../../ir/file.js';
import type { Process } from '../../ir/process.js';
import { expressionsOf, variablesGathered, walkActions } from '../../ir/process.js';
import type { Scope } from '../../scoping/scope.js';
import { printType } from '../../syntax/print.js';
import { writeName } from '../../syntax/names.js';
import type { Held } from '../../edits/held.js';
import { deepestAliases, deepestMade } from '../limits.js';

/** An expression, and how unlikely it is that it is the one. */
export interface Value {
  readonly text: string;
  readonly doubt: number;
  /** It is worked out of what came from who is to get it. */
  readonly answers?: boolean;
}

/** The variables of a process. */
export function heldBy(process: Process, typeOf: (name: string) => string | undefined): Held[] {
  const used = new Set<string>();
  const from = new Map<string, Set<string>>();
  const since = new Map<string, number>(process.params.map((p) => [p.name.text, 0]));
  const read = (expr: Expr): void =>
    walkExpr(expr, (e) => {
      if (e.kind === 'name') used.add(e.name.text);
    });
  if (process.returns) read(process.returns);
  walkActions(process.body.actions, (a) => {
    expressionsOf(a).forEach(read);
    const at = a.origins[0]?.end ?? 0;
    const write = (name: string, sender?: string): void => {
      if (!since.has(name))
        since.set(name, a.kind === 'receive' && a.form === 'branching' ? (a.origins[0]?.start ?? at) : at);
      if (sender !== undefined) from.set(name, (from.get(name) ?? new Set()).add(sender));
    };
    if (a.kind === 'assignment' || a.kind === 'call') for (const { text } of namesOfTarget(a.into)) write(text);
    if (a.kind === 'gather') for (const { text } of variablesGathered(a)) write(text);
    if (a.kind === 'receive')
      for (const b of a.branches) for (const { text } of namesOfTarget(b.into)) write(text, b.sender.key);
  });
  return [...since].map(([name, at]) => ({
    name,
    type: typeOf(name),
    from: from.get(name) ?? new Set(),
    used: used.has(name),
    since: at,
  }));
}

/** A type as it is written, with what aliases mean in their place: so types are compared. */
export function meaningOf(type: TypeExpr, scope: Scope, depth = 0): string {
  if (type.kind === 'tuple') return `(${type.items.map((t) => meaningOf(t, scope, depth)).join(', ')})`;
  const found = scope.lookup(type.name.text);
  const there = found && (scope.at(found.uri) ?? scope);
  if (there && found.declaration.kind === 'type' && depth < deepestAliases)
    return meaningOf(found.declaration.type, there, depth + 1);
  return type.args.length > 0
    ? `${writeName(type.name.text)}<${type.args.map((t) => meaningOf(t, scope, depth)).join(', ')}>`
    : printType(type);
}

/**
 * The functions of the host, and whether nothing calls them: where a message is missing, it is likely to have carried
 * what such a one gives.
 */
function hostFunctions(
  scope: Scope,
): { readonly declared: Extract<Declaration, { kind: 'extern-function' }>; readonly unused: boolean }[] {
  const { text } = scope.file;
  return [...scope.all().values()].flatMap(({ declaration: d, uri }) => {
    if (d.kind !== 'extern-function' || !d.result) return [];
    const uses = text.match(new RegExp(`(?<![\\p{L}\\p{Nd}_])${d.name.text}(?![\\p{L}\\p{Nd}_])`, 'gu'))?.length ?? 0;
    return [{ declared: d, unused: uses <= 1 && (uses === 1 || uri !== scope.file.uri) }];
  });
}

/**
 * Expressions of a type that a role can work out, the likeliest first.
 * @param type as it is written, without aliases; undefined where any will do
 * @param wanted the name that the receiver gives it
 * @param receiver what came from there does not go back
 * @param before only what has a value at this place
 */
export function valuesFor(
  held: readonly Held[],
  scope: Scope,
  type: string | undefined,
  wanted: string | undefined,
  receiver: string,
  before: number,
): Value[] {
  const values: Value[] = [];
  const fits = (other: string | undefined): boolean => type === undefined || other === undefined || other === type;
  const there = held.filter((h) => h.since <= before && h.name !== '_');
  for (const { declared: f, unused } of hostFunctions(scope)) {
    if (!f.result || !fits(meaningOf(f.result, scope))) continue;
    const args = f.params.map((p) => argument(p, there, scope));
    if (!args.every((a) => a !== undefined)) continue;
    // What it takes is held for it, where nothing else reads that; and what came from the receiver is answered.
    const answers = args.some((a) => a.from.has(receiver));
    const own = args.some((a) => !a.used) ? 0 : args.length === 0 || answers ? 0.5 : 1.5;
    values.push({
      text: `${writeName(f.name.text)}(${args.map((a) => writeName(a.name)).join(', ')})`,
      doubt: own + (unused ? 0 : 2.5) + (type === undefined ? 1 : 0),
      answers,
    });
  }
  for (const h of there) {
    if (!fits(h.type) || h.from.has(receiver)) continue;
    values.push({
      text: writeName(h.name),
      doubt:
        (h.used ? 1.5 : 0) +
        (h.name === wanted ? 0 : h.used ? 2 : 1) +
        (h.from.size > 0 ? 0.7 : 0) +
        (type === undefined ? 2 : 0),
    });
  }
  return values.sort((a, b) => a.doubt - b.doubt);
}

function argument({ name, type }: Param, held: readonly Held[], scope: Scope): Held | undefined {
  const wanted = meaningOf(type, scope);
  const fitting = held.filter((h) => h.type === undefined || h.type === wanted);
  return fitting.find((h) => !h.used) ?? fitting.find((h) => h.name === name.text) ?? fitting[0];
}

/** A value of a type to start from; undefined where none is known. */
export function sample(type: TypeExpr, scope: Scope, depth = 0): string | undefined {
  if (depth > deepestMade) return undefined;
  if (type.kind === 'tuple') {
    const items = type.items.map((t) => sample(t, scope, depth + 1));
    return items.every((i) => i !== undefined) ? `(${items.join(', ')})` : undefined;
  }
  switch (type.name.text) {
    case 'int':
      return '0';
    case 'float':
      return '0.0';
    case 'string':
      return '""';
    case 'bool':
      return 'false';
    case 'list':
      return '[]';
    case 'option':
      return 'none';
    case 'map':
      return 'mapOf([])';
    case 'set':
      return 'setOf([])';
    default:
  }
  const found = scope.lookup(type.name.text)?.declaration;
  if (found?.kind === 'type') return sample(found.type, scope, depth + 1);
  if (found?.kind === 'enum') {
    const plain = found.cases.find((c) => c.fields.length === 0);
    return plain && writeName(plain.name.text);
  }
  if (found?.kind === 'record') {
    const fields = found.fields.map((f) => ({ name: f.name.text, value: sample(f.type, scope, depth + 1) }));
    return fields.every((f) => f.value !== undefined)
      ? `${writeName(found.name.text)}(${fields.map((f) => `${writeName(f.name)}: ${f.value}`).join(', ')})`
      : undefined;
  }
  return undefined;
}

const nowhere = { start: 0, end: 0 };

/** A value to start from, of a type as it is written; undefined where none is known. */
export function plainOf(type: string, scope?: Scope): string | undefined {
  if (type.startsWith('(')) {
    const items = splitTuple(type.slice(1, -1)).map((item) => plainOf(item, scope));
    return items.every((i) => i !== undefined) ? `(${items.join(', ')})` : undefined;
  }
  const plain =
    { int: '0', float: '0.0', string: '""', bool: 'false' }[type] ??
    Object.entries({ list: '[]', option: 'none', map: 'mapOf([])', set: 'setOf([])' }).find(([name]) =>
      type.startsWith(`${name}<`),
    )?.[1];
  return (
    plain ??
    (scope && /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(type)
      ? sample({ kind: 'named', name: { text: type, origin: nowhere }, args: [], origin: nowhere }, scope)
      : undefined)
  );
}

function splitTuple(types: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let from = 0;
  [...types].forEach((c, i) => {
    if (c === '(' || c === '<') depth++;
    if (c === ')' || c === '>') depth--;
    if (c === ',' && depth === 0) {
      items.push(types.slice(from, i).trim());
      from = i + 1;
    }
  });
  return [...items, types.slice(from).trim()];
}
