// Inferred types as editors look at them.
import type { SymbolType } from '../scoping/symbols.js';
import { isKnown, prune, showMeaning, showType } from './types.js';
import type { Type } from './types.js';
import { deepestSymbolType } from './limits.js';

/**
 * A type, for the symbol of what has it.
 * @returns undefined where nothing is known of it. Cost: linear in what is shown
 */
export function symbolType(type: Type, depth = deepestSymbolType): SymbolType | undefined {
  if (!isKnown(type)) return undefined;
  const t = prune(type);
  const shown = { text: showType(t), meaning: showMeaning(t) };
  const alias = 'alias' in t && t.alias !== undefined ? [t.alias] : [];
  switch (t.kind) {
    case 'named':
      return { ...shown, names: [...alias, t.name] };
    case 'list':
    case 'option':
    case 'set': {
      const item = depth > 0 ? symbolType(t.item, depth - 1) : undefined;
      return { ...shown, names: alias, ...(item ? { holds: { form: t.kind, item } } : {}) };
    }
    case 'basic':
    case 'map':
    case 'tuple':
    case 'function':
    case 'variable':
    case 'unknown':
      return { ...shown, names: alias };
  }
}
