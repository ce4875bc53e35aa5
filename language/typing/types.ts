// Types as inference sees them, and their unification: Hindley and Milner's, with variables that are bound in place.

/** What a variable may still become: `number` is int or float, `ordered` also string, `addable` also a list. Each includes the one before. */
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

export interface NamedType {
  readonly kind: 'named';
  readonly form: 'record' | 'enum' | 'extern';
  readonly name: string;
  /** The id of its symbol: two named types are the same exactly if their ids are. */
  readonly id: string;
  readonly uri: string;
}

export type Type =
  | { readonly kind: 'basic'; readonly name: 'int' | 'float' | 'bool' | 'string' }
  | { readonly kind: 'list' | 'option'; readonly item: Type }
  /** Without items: the type of what gives no value. */
  | { readonly kind: 'tuple'; readonly items: readonly Type[] }
  | { readonly kind: 'function'; readonly params: readonly Type[]; readonly result: Type }
  | NamedType | TypeVariable | UnknownType;

export const int: Type = { kind: 'basic', name: 'int' };
export const float: Type = { kind: 'basic', name: 'float' };
export const bool: Type = { kind: 'basic', name: 'bool' };
export const string: Type = { kind: 'basic', name: 'string' };
/** The type of what gives no value. */
export const nothing: Type = { kind: 'tuple', items: [] };

export const listOf = (item: Type): Type => ({ kind: 'list', item });
export const optionOf = (item: Type): Type => ({ kind: 'option', item });
export const tupleOf = (...items: Type[]): Type => ({ kind: 'tuple', items });
export const functionOf = (params: readonly Type[], result: Type): Type => ({ kind: 'function', params, result });
export const variable = (need?: Need, label?: string): TypeVariable => ({ kind: 'variable', need, label });
export const unknown = (): Type => ({ kind: 'unknown' });

/** The type behind bound variables. */
export function prune(type: Type): Type {
  let current = type;
  while (current.kind === 'variable' && current.bound) current = current.bound;
  return current;
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

/**
 * Makes two types equal by binding variables.
 * @param trail where bindings are noted, for `undo`; unknown types learn nothing while there is one
 * @returns false where they can't be equal; then some of their variables may be bound
 */
export function unify(left: Type, right: Type, trail?: Trail): boolean {
  const a = prune(left);
  const b = prune(right);
  if (a === b) return true;
  if (a.kind === 'unknown' || b.kind === 'unknown') {
    if (!trail) forget(a, b);
    return true;
  }
  if (a.kind === 'variable') return bind(a, b, trail);
  if (b.kind === 'variable') return bind(b, a, trail);
  switch (a.kind) {
    case 'basic': return b.kind === 'basic' && a.name === b.name;
    case 'list': return b.kind === 'list' && unify(a.item, b.item, trail);
    case 'option': return b.kind === 'option' && unify(a.item, b.item, trail);
    case 'tuple': return b.kind === 'tuple' && unifyAll(a.items, b.items, trail);
    case 'function': return b.kind === 'function' && unifyAll(a.params, b.params, trail) && unify(a.result, b.result, trail);
    case 'named': return b.kind === 'named' && a.id === b.id;
  }
}

/** What meets an unknown type is unknown as well; the unknown remembers what it met first. */
function forget(left: Type, right: Type): void {
  for (const [one, other] of [[left, right], [right, left]] as const) {
    if (one.kind !== 'unknown' || other.kind === 'unknown') continue;
    if (other.kind === 'variable') {
      if (other.need === 'number') one.guess ??= int;
      other.bound = one;
    } else one.guess ??= other;
    return;
  }
}

function unifyAll(left: readonly Type[], right: readonly Type[], trail: Trail | undefined): boolean {
  return left.length === right.length && left.every((type, index) => unify(type, right[index] as Type, trail));
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

function occurs(target: TypeVariable, type: Type): boolean {
  const t = prune(type);
  switch (t.kind) {
    case 'variable': return t === target;
    case 'list': case 'option': return occurs(target, t.item);
    case 'tuple': return t.items.some((item) => occurs(target, item));
    case 'function': return t.params.some((p) => occurs(target, p)) || occurs(target, t.result);
    default: return false;
  }
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

/** Whether nothing in the type is left open: it can be written down. */
export function isClosed(type: Type): boolean {
  const t = prune(type);
  switch (t.kind) {
    case 'list': case 'option': return isClosed(t.item);
    case 'tuple': return t.items.length > 0 && t.items.every(isClosed);
    case 'function': return false;
    default: return isKnown(t);
  }
}

/** The type as it is written in source; what is open is shown as `?`. */
export function showType(type: Type): string {
  const t = prune(type);
  switch (t.kind) {
    case 'basic': case 'named': return t.name;
    case 'list': case 'option': return `${t.kind}<${showType(t.item)}>`;
    case 'tuple': return `(${t.items.map(showType).join(', ')})`;
    case 'function': return `(${t.params.map(showType).join(', ')}) => ${showType(t.result)}`;
    case 'variable': return t.label ?? (t.need === 'number' ? 'int' : '?');
    case 'unknown': return '?';
  }
}
