// What takes a value: a variable, a place of a list, or a pattern, whose names take the parts of the value.
import type { Expr, Name, Pattern, TextRange } from './expression.js';

export type Target =
  /** `place` is where in a list the value goes: `q.x[i]`. */
  | { readonly kind: 'variable'; readonly name: Name; readonly place?: Expr }
  /**
   * `(x, y)`, `Order(title, _)`: it takes every value, and has brackets. Each name without brackets in it is a
   * variable, as where it stands alone, whatever cases of enums there are.
   */
  | { readonly kind: 'pattern'; readonly pattern: Pattern };

export function variableTarget(name: Name, place?: Expr): Target {
  return { kind: 'variable', name, ...(place ? { place } : {}) };
}

/** The target that a pattern is: a name alone is a variable. */
export function patternTarget(pattern: Pattern): Target {
  return pattern.kind === 'constructor' && !pattern.args ? variableTarget(pattern.name) : { kind: 'pattern', pattern };
}

/** The variables that take a value, or a part of one, in order. */
export function namesOfTarget(target: Target | undefined): readonly Name[] {
  if (!target) return [];
  return target.kind === 'variable' ? [target.name] : namesOfPattern(target.pattern);
}

function namesOfPattern(pattern: Pattern): readonly Name[] {
  switch (pattern.kind) {
    case 'literal':
    case 'none':
      return [];
    case 'tuple':
      return pattern.items.flatMap(namesOfPattern);
    case 'constructor':
      return pattern.args ? pattern.args.flatMap(namesOfPattern) : pattern.name.text === '_' ? [] : [pattern.name];
  }
}

/** The variable that takes the whole value; undefined where a list or a pattern does. */
export function wholeTarget(target: Target | undefined): Name | undefined {
  return target?.kind === 'variable' && !target.place ? target.name : undefined;
}

/** The variable that takes the value, whole or at a place; undefined for a pattern. */
export function variableOfTarget(target: Target | undefined): Name | undefined {
  return target?.kind === 'variable' ? target.name : undefined;
}

/** Where in a list the value goes. */
export function placeOfTarget(target: Target | undefined): Expr | undefined {
  return target?.kind === 'variable' ? target.place : undefined;
}

/** Where it stands. */
export function originOfTarget(target: Target): TextRange {
  if (target.kind === 'pattern') return target.pattern.origin;
  // A place ends with a bracket.
  return target.place ? { start: target.name.origin.start, end: target.place.origin.end + 1 } : target.name.origin;
}

/** The target with other variables. */
export function mapTarget(target: Target, change: (name: Name) => Name): Target {
  if (target.kind === 'variable') return { ...target, name: change(target.name) };
  const within = (pattern: Pattern): Pattern => {
    switch (pattern.kind) {
      case 'literal':
      case 'none':
        return pattern;
      case 'tuple':
        return { ...pattern, items: pattern.items.map(within) };
      case 'constructor':
        if (pattern.args) return { ...pattern, args: pattern.args.map(within) };
        return pattern.name.text === '_' ? pattern : { ...pattern, name: change(pattern.name) };
    }
  };
  return { kind: 'pattern', pattern: within(target.pattern) };
}

/** A target that takes a part of a value; `path` is where in it, empty for the whole. */
export interface Part {
  readonly into: Target;
  readonly value: Expr;
  readonly path: string;
}

/** What takes which part of a value: where tuples are written out on both sides, each item by itself. Cost: linear */
export function itemsOfTarget(into: Target, value: Expr, path = ''): readonly Part[] {
  const pattern = into.kind === 'pattern' ? into.pattern : undefined;
  if (pattern?.kind !== 'tuple' || value.kind !== 'tuple' || pattern.items.length !== value.items.length)
    return [{ into, value, path }];
  return pattern.items.flatMap((item, index) =>
    itemsOfTarget(patternTarget(item), value.items[index] as Expr, `${path}.${index}`),
  );
}

/** The variables of a target, and where in the value their parts are. Cost: linear */
export function pathsOfTarget(target: Target, path = ''): readonly { readonly name: Name; readonly path: string }[] {
  if (target.kind === 'variable') return target.name.text === '_' ? [] : [{ name: target.name, path }];
  const { pattern } = target;
  const inside = pattern.kind === 'tuple' ? pattern.items : pattern.kind === 'constructor' ? pattern.args : undefined;
  return (inside ?? []).flatMap((each, index) => pathsOfTarget(patternTarget(each), `${path}.${index}`));
}

/** The value that a target took, as an expression; undefined where it keeps only a part of it. */
export function valueOfTarget(target: Target | undefined): Expr | undefined {
  if (!target || (target.kind === 'variable' && target.place)) return undefined;
  if (target.kind === 'variable') return { kind: 'name', name: target.name, origin: target.name.origin };
  return valueOfPattern(target.pattern);
}

function valueOfPattern(pattern: Pattern): Expr | undefined {
  const { origin } = pattern;
  const all = (patterns: readonly Pattern[]): readonly Expr[] | undefined => {
    const found = patterns.flatMap((each) => valueOfPattern(each) ?? []);
    return found.length === patterns.length ? found : undefined;
  };
  switch (pattern.kind) {
    case 'literal':
    case 'none':
      return undefined;
    case 'tuple': {
      const items = all(pattern.items);
      return items && { kind: 'tuple', items, origin };
    }
    case 'constructor': {
      if (!pattern.args) return pattern.name.text === '_' ? undefined : { kind: 'name', name: pattern.name, origin };
      const args = all(pattern.args);
      return args && { kind: 'call', callee: pattern.name, args: args.map((value) => ({ value })), origin };
    }
  }
}
