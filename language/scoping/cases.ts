// Which names in patterns are cases of enums, and which ones bind: that is told by what can be named in the file, not
// by types.
import { namesOf } from '../ir/expression.js';
import type { Pattern } from '../ir/expression.js';
import type { Resolved, Scope } from './scope.js';

type Enums = ReadonlyMap<string, readonly Resolved[]>;
const enums = new WeakMap<Scope, Enums>();

/**
 * The enums that can be named in a file, by the names of their cases. Cost: linear in what can be named, once for a
 * scope.
 */
export function enumsByCase(scope: Scope): Enums {
  let known = enums.get(scope);
  if (!known) {
    const made = new Map<string, Resolved[]>();
    for (const resolved of scope.all().values()) {
      if (resolved.declaration.kind !== 'enum') continue;
      for (const { name } of resolved.declaration.cases) {
        const list = made.get(name.text);
        if (list) list.push(resolved);
        else made.set(name.text, [resolved]);
      }
    }
    enums.set(scope, (known = made));
  }
  return known;
}

/** Whether a name is a case of some enum that can be named, `some` or `none`. */
export function isCase(name: string, scope: Scope): boolean {
  return name === 'some' || name === 'none' || enumsByCase(scope).has(name);
}

/**
 * The name that a pattern binds the whole value to; undefined where it takes the value apart, compares it or drops it.
 */
export function binderOf(pattern: Pattern, scope: Scope): string | undefined {
  if (pattern.kind !== 'constructor' || pattern.args || pattern.name.text === '_') return undefined;
  return isCase(pattern.name.text, scope) ? undefined : pattern.name.text;
}

/** The names that a pattern binds, in order. */
export function bindersOf(pattern: Pattern, scope: Scope): string[] {
  return namesOf(pattern).filter((name) => name !== '_' && !isCase(name, scope));
}
