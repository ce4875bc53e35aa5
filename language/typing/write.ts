// Types as declarations write them, for fixes that declare what is missing.
import { prune, showType } from './types.js';
import type { Type } from './types.js';

/**
 * The type as source.
 * @param open what to write where nothing is known
 * @returns undefined for what can't be written: functions, and the type of what gives no value
 */
export function writeType(type: Type, open: string): string | undefined {
  const t = prune(type);
  switch (t.kind) {
    case 'unknown': return t.guess ? writeType(t.guess, open) : open;
    case 'variable': return t.need === 'number' ? 'int' : open;
    case 'list': case 'option': {
      const item = writeType(t.item, open);
      return item && `${t.kind}<${item}>`;
    }
    case 'tuple': {
      const items = t.items.map((item) => writeType(item, open));
      return items.length === 0 || items.includes(undefined) ? undefined : `(${items.join(', ')})`;
    }
    case 'function': return undefined;
    case 'basic': case 'named': return showType(t);
  }
}
