// A type with variables of its own.
import { openParts, prune } from './types.js';
import type { Type } from './types.js';
import { mostPartsRenewed } from './limits.js';

/**
 * A type in which what is open is open anew; the type itself where nothing is. Of one with very many open parts,
 * nothing is known of the rest.
 * Cost: linear in the parts of the type that are not known to be closed, each counted once
 */
export function renewed(type: Type): Type {
  const open = openParts(type);
  const made = new Map<Type, Type>();
  const unknown: Type = { kind: 'unknown' };
  const visit = (of: Type): Type => {
    const t = prune(of);
    if (!open.has(t)) return of;
    let now = made.get(t);
    if (!now && made.size >= mostPartsRenewed) return unknown;
    if (!now) {
      // It counts before what is in it does: nothing is nested deeper.
      made.set(t, unknown);
      made.set(t, (now = copy(t)));
    }
    return now;
  };
  const copy = (t: Type): Type => {
    switch (t.kind) {
      case 'variable':
        return { ...t };
      case 'list':
      case 'option':
      case 'set':
        return { kind: t.kind, item: visit(t.item) };
      case 'map':
        return { kind: 'map', key: visit(t.key), value: visit(t.value) };
      case 'tuple':
        return { kind: 'tuple', items: t.items.map(visit) };
      case 'function':
        return { kind: 'function', params: t.params.map(visit), result: visit(t.result) };
      case 'unknown':
      case 'basic':
      case 'named':
        return { kind: 'unknown' };
    }
  };
  return visit(type);
}
