// Types as inference sees them, and their unification: Hindley and Milner's, with variables that are bound in place.
import { longestShown } from './limits.js';

/**
 * What a variable may still become: `number` is int or float, `ordered` also string, `addable` also a list. Each
 * includes the one before.
 */
export type Need = 'number' | 'ordered' | 'addable';

export interface TypeVariable {
  readonly kind: 'variable';
  bound?: Type;
  need?: Need;
  /** How it is shown while it is unbound: `A`, in the signatures of the library. */
  label?: string;
}

/** The type of something wrong or not known: it fits everywhere, so that an error is told once. */
export interface UnknownType {
  readonly kind: 'unknown';
  /** The first type that it was used as, for quick fixes that declare what is missing. */
  guess?: Type;
}

/**
 * What is declared under another name, `type Title = string`, is shown by it. It is the same type all the same: nothing
 * but showing looks at this.
 */
interface Named {
  readonly alias?: string;
}

export interface NamedType extends Named {
  readonly kind: 'named';
  readonly form: 'record' | 'enum' | 'extern';
  readonly name: string;
  /** The id of its symbol: two named types are the same exactly if their ids are. */
  readonly id: string;
  readonly uri: string;
}

export type Type =
  | (Named & { readonly kind: 'basic'; readonly name: 'int' | 'float' | 'bool' | 'string' })
  | (Named & { readonly kind: 'list' | 'option' | 'set'; readonly item: Type })
  | (Named & { readonly kind: 'map'; readonly key: Type; readonly value: Type })
  /** Without items: the type of what gives no value. */
  | (Named & { readonly kind: 'tuple'; readonly items: readonly Type[] })
  | { readonly kind: 'function'; readonly params: readonly Type[]; readonly result: Type }
  | NamedType
  | TypeVariable
  | UnknownType;

export const int: Type = { kind: 'basic', name: 'int' };
export const float: Type = { kind: 'basic', name: 'float' };
export const bool: Type = { kind: 'basic', name: 'bool' };
export const string: Type = { kind: 'basic', name: 'string' };
/** The type of what gives no value. */
export const nothing: Type = { kind: 'tuple', items: [] };

export const listOf = (item: Type): Type => ({ kind: 'list', item });
export const optionOf = (item: Type): Type => ({ kind: 'option', item });
export const setOf = (item: Type): Type => ({ kind: 'set', item });
export const mapOf = (key: Type, value: Type): Type => ({ kind: 'map', key, value });
export const tupleOf = (...items: Type[]): Type => ({ kind: 'tuple', items });
export const functionOf = (params: readonly Type[], result: Type): Type => ({ kind: 'function', params, result });
export const variable = (need?: Need, label?: string): TypeVariable => ({ kind: 'variable', need, label });
export const unknown = (): UnknownType => ({ kind: 'unknown' });

/** The type behind bound variables. */
export function prune(type: Type): Type {
  let current = type;
  while (current.kind === 'variable' && current.bound) current = current.bound;
  return current;
}

/** A type under the name of an alias. What is open or not known has none. */
export function underName(type: Type, alias: string): Type {
  const t = prune(type);
  return t.kind === 'variable' || t.kind === 'unknown' || t.kind === 'function' ? t : { ...t, alias };
}

/** The same type under its own name: that of a value made from others, which is none of what the alias stands for. */
export function withoutName(type: Type): Type {
  const t = prune(type);
  return 'alias' in t && t.alias !== undefined ? { ...t, alias: undefined } : type;
}

/** What has to be put back to undo a unification. */
export type Trail = { readonly variable: TypeVariable; readonly bound?: Type; readonly need?: Need }[];

export function undo(trail: Trail): void {
  for (const { variable: v, bound, need } of trail.reverse()) {
    v.bound = bound;
    v.need = need;
  }
}

/** Whether two types can be the same; neither is changed. */
export function fits(left: Type, right: Type): boolean {
  const trail: Trail = [];
  const result = unify(left, right, trail);
  undo(trail);
  return result;
}

/** Pairs of types that were met. Few are met in most cases: then looking them up would cost more than it spares. */
class Pairs {
  private met = 0;
  private readonly seen = new Map<Type, Set<Type>>();

  /** Whether a pair is met for the first time, as far as is known. */
  isNew(left: Type, right: Type): boolean {
    if (++this.met < 50) return true;
    let others = this.seen.get(left);
    if (!others) this.seen.set(left, (others = new Set()));
    if (others.has(right)) return false;
    others.add(right);
    return true;
  }
}

/** The types that a type is made of. */
function partsOf(type: Type): readonly Type[] {
  switch (type.kind) {
    case 'list':
    case 'option':
    case 'set':
      return [type.item];
    case 'map':
      return [type.key, type.value];
    case 'tuple':
      return type.items;
    case 'function':
      return [...type.params, type.result];
    case 'basic':
    case 'named':
    case 'unknown':
    case 'variable':
      return [];
  }
}

/** Whether two types, both of the same form, have as many parts. */
function sameForm(a: Type, b: Type): boolean {
  switch (a.kind) {
    case 'basic':
      return b.kind === 'basic' && a.name === b.name;
    case 'named':
      return b.kind === 'named' && a.id === b.id;
    case 'tuple':
      return b.kind === 'tuple' && a.items.length === b.items.length;
    case 'function':
      return b.kind === 'function' && a.params.length === b.params.length;
    case 'list':
    case 'map':
    case 'option':
    case 'set':
    case 'unknown':
    case 'variable':
      return a.kind === b.kind;
  }
}

/**
 * Makes two types equal by binding variables.
 * @param trail where bindings are noted, for `undo`; unknown types learn nothing while there is one
 * @returns false where they can't be equal; then some of their variables may be bound
 * Cost: linear in the different parts of both; parts that are shared count once, and types may be as deep as they like
 */
export function unify(left: Type, right: Type, trail?: Trail): boolean {
  const work: Type[] = [left, right];
  const pairs = new Pairs();
  for (;;) {
    const [second, first] = [work.pop(), work.pop()];
    if (!first || !second) return true;
    const a = prune(first);
    const b = prune(second);
    if (a === b || !pairs.isNew(a, b)) continue;
    if (a.kind === 'unknown' || b.kind === 'unknown') {
      if (!trail) forget(a, b);
    } else if (a.kind === 'variable' || b.kind === 'variable') {
      if (!(a.kind === 'variable' ? bind(a, b, trail) : bind(b as TypeVariable, a, trail))) return false;
    } else {
      if (!sameForm(a, b)) return false;
      const [mine, others] = [partsOf(a), partsOf(b)];
      for (let i = mine.length - 1; i >= 0; i--) work.push(mine[i] as Type, others[i] as Type);
    }
  }
}

/**
 * Whether two types are known to be the same, as far as they are known. Neither is changed. Cost: as that of `unify`.
 */
export function isSame(left: Type, right: Type): boolean {
  const work: Type[] = [left, right];
  const pairs = new Pairs();
  /** What is open counts as what it is shown as. */
  const shown = (type: Type): Type => {
    const t = prune(type);
    return t.kind === 'variable' && t.need === 'number' ? int : t.kind === 'variable' ? unknown() : t;
  };
  for (;;) {
    const [second, first] = [work.pop(), work.pop()];
    if (!first || !second) return true;
    const [a, b] = [shown(first), shown(second)];
    if (a === b || !pairs.isNew(a, b)) continue;
    if (!sameForm(a, b)) return false;
    partsOf(a).forEach((part, i) => work.push(part, partsOf(b)[i] as Type));
  }
}

/** What meets an unknown type is unknown as well; the unknown remembers what it met first. */
function forget(left: Type, right: Type): void {
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (one.kind !== 'unknown' || other.kind === 'unknown') continue;
    if (other.kind === 'variable') {
      if (other.need === 'number') one.guess ??= int;
      other.bound = one;
    } else one.guess ??= other;
    return;
  }
}

function bind(target: TypeVariable, type: Type, trail: Trail | undefined): boolean {
  if (type.kind === 'variable') {
    trail?.push({ variable: type, bound: type.bound, need: type.need });
    type.need = stricter(type.need, target.need);
  } else if (!satisfies(type, target.need) || occurs(target, type)) return false;
  trail?.push({ variable: target, bound: target.bound, need: target.need });
  target.bound = type;
  return true;
}

const needs: readonly (Need | undefined)[] = ['number', 'ordered', 'addable', undefined];

function stricter(left: Need | undefined, right: Need | undefined): Need | undefined {
  return needs[Math.min(needs.indexOf(left), needs.indexOf(right))];
}

function satisfies(type: Type, need: Need | undefined): boolean {
  if (!need || type.kind === 'unknown') return true;
  if (type.kind === 'list') return need === 'addable';
  if (type.kind !== 'basic') return false;
  return type.name === 'int' || type.name === 'float' || (type.name === 'string' && need !== 'number');
}

/** Types in which nothing is open: that stays so. */
const closed = new WeakSet<Type>();

/** Whether a variable is part of a type. Cost: linear in the parts that are not known to be closed. */
function occurs(target: TypeVariable, type: Type): boolean {
  const seen = new Set<Type>();
  const work = [type];
  /** What was gone into, outer types first. */
  const order: Type[] = [];
  for (let next = work.pop(); next; next = work.pop()) {
    const t = prune(next);
    if (t === target) return true;
    if (closed.has(t) || seen.has(t)) continue;
    seen.add(t);
    const parts = partsOf(t);
    if (parts.length === 0) continue;
    order.push(t);
    work.push(...parts);
  }
  const isOpen = (part: Type): boolean => {
    const t = prune(part);
    return t.kind === 'variable' || t.kind === 'unknown' || (partsOf(t).length > 0 && !closed.has(t));
  };
  for (const t of order.reverse()) if (!partsOf(t).some(isOpen)) closed.add(t);
  return false;
}

/**
 * The parts of a type that have something open or not known in them, the type itself included.
 * Cost: linear in the parts that are not known to be closed, shared ones once; without the stack
 */
export function openParts(type: Type): ReadonlySet<Type> {
  const open = new Set<Type>();
  const entered = new Set<Type>();
  const work = [prune(type)];
  for (let t = work.at(-1); t; t = work.at(-1)) {
    const parts = partsOf(t).map(prune);
    if (!entered.has(t) && !closed.has(t)) {
      entered.add(t);
      work.push(...parts);
      continue;
    }
    // All that it is made of is known now.
    work.pop();
    if (closed.has(t) || open.has(t)) continue;
    if (t.kind === 'variable' || t.kind === 'unknown' || parts.some((part) => open.has(part))) open.add(t);
    else closed.add(t);
  }
  return open;
}

/** A type in which numbers that are still open are `int`s. The type itself is changed. Cost: as that of `openParts` */
export function settled(type: Type): Type {
  for (const part of openParts(type)) if (part.kind === 'variable' && part.need === 'number') unify(part, int);
  return type;
}

/** Restricts a type to what an operator takes. False where it can't be. */
export function restrict(type: Type, need: Need): boolean {
  const t = prune(type);
  if (t.kind === 'unknown') return true;
  if (t.kind !== 'variable') return satisfies(t, need);
  t.need = stricter(t.need, need);
  return true;
}

/** Whether something is known of the type at its top. A number that is still open counts: it is an `int`. */
export function isKnown(type: Type): boolean {
  const t = prune(type);
  return t.kind !== 'unknown' && (t.kind !== 'variable' || t.need === 'number');
}

/**
 * The type as it is written in source, aliases by their names; what is open is shown as `?`, and what is too long as
 * `…`.
 * Cost: linear in what is shown, however large the type is
 */
export function showType(type: Type): string {
  return shownAs(type, true);
}

/** The same with what aliases mean in their place. */
export function showMeaning(type: Type): string {
  return shownAs(type, false);
}

function shownAs(type: Type, aliases: boolean): string {
  for (let depth = 32; depth > 1; depth >>= 1) {
    const shown = write(type, aliases, depth);
    if (shown !== undefined) return shown;
  }
  return write(type, aliases, 1) ?? '…';
}

/**
 * Undefined where it becomes longer. Each level writes something, so that there are no more of them than characters.
 */
function write(type: Type, aliases: boolean, deepest: number): string | undefined {
  const longest = longestShown;
  let text = '';
  const all = (types: readonly Type[], depth: number, start: string, end: string): boolean => {
    text += start;
    for (const [i, item] of types.entries()) {
      if (i > 0) text += ', ';
      if (!visit(item, depth)) return false;
    }
    text += end;
    return true;
  };
  const visit = (each: Type, depth: number): boolean => {
    if (text.length > longest) return false;
    const t = prune(each);
    if (aliases && 'alias' in t && t.alias !== undefined) {
      text += t.alias;
      return text.length <= longest || each === type;
    }
    if (depth === 0 && partsOf(t).length > 0) {
      text += '…';
      return true;
    }
    switch (t.kind) {
      case 'basic':
      case 'named':
        text += t.name;
        break;
      case 'list':
      case 'map':
      case 'option':
      case 'set':
        text += t.kind;
        return all(partsOf(t), depth - 1, '<', '>');
      case 'tuple':
        return all(t.items, depth - 1, '(', ')');
      case 'function':
        return all(t.params, depth - 1, '(', ') => ') && visit(t.result, depth - 1);
      case 'variable':
        text += t.label ?? (t.need === 'number' ? 'int' : '?');
        break;
      case 'unknown':
        text += '?';
    }
    return text.length <= longest || each === type;
  };
  return visit(type, deepest) &&
    (text.length <= longest || (aliases && 'alias' in prune(type)) || partsOf(prune(type)).length === 0)
    ? text
    : undefined;
}

/** The type of what a list holds that is put together place by place. */
export function itemOf(list: Type): Type {
  const item = variable();
  return unify(list, listOf(item)) ? item : unknown();
}
