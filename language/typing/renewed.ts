// A type with variables of its own.
import { prune } from './types.js';
import type { Type } from './types.js';

/** So many parts are made anew: a type that is made of open ones again and again doubles each time. */
const mostParts = 2_000;

/**
 * A type in which what is open is open anew; the type itself where nothing is. Of a very large one, nothing is known of the rest.
 * Cost: linear in the parts of the type, each counted once
 */
export function renewed(type: Type): Type {
  const known = new Map<Type, Type>();
  const unknown: Type = { kind: 'unknown' };
  const all = (types: readonly Type[]): readonly Type[] => {
    const now = types.map(visit);
    return now.some((one, i) => one !== types[i]) ? now : types;
  };
  const visit = (of: Type): Type => {
    const t = prune(of);
    let now = known.get(t);
    if (!now && known.size >= mostParts) return unknown;
    if (!now) known.set(t, now = copy(t));
    return now;
  };
  const copy = (t: Type): Type => {
    switch (t.kind) {
      case 'variable': return { ...t };
      case 'unknown': return { kind: 'unknown' };
      case 'list': case 'option': {
        const item = visit(t.item);
        return item === t.item ? t : { kind: t.kind, item };
      }
      case 'tuple': {
        const items = all(t.items);
        return items === t.items ? t : { kind: 'tuple', items };
      }
      case 'function': {
        const [params, result] = [all(t.params), visit(t.result)];
        return params === t.params && result === t.result ? t : { kind: 'function', params, result };
      }
      case 'basic': case 'named': return t;
    }
  };
  return visit(type);
}
