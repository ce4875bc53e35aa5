// Types as declarations write them, for fixes that declare what is missing.
import { prune, showMeaning } from './types.js';
import type { Type } from './types.js';
import { longestWritten } from './limits.js';

/**
 * The type as source.
 * @param open what to write where nothing is known
 * @returns undefined for what can't be written: functions, the type of what gives no value, and what is too long
 */
export function writeType(type: Type, open: string): string | undefined {
  let text = '';
  const all = (types: readonly Type[], start: string, end: string): boolean => {
    text += start;
    const written = types.every((item, i) => {
      if (i > 0) text += ', ';
      return visit(item);
    });
    text += end;
    return written;
  };
  const visit = (each: Type): boolean => {
    if (text.length > longestWritten) return false;
    const t = prune(each);
    switch (t.kind) {
      case 'unknown':
        if (t.guess) return visit(t.guess);
        text += open;
        return true;
      case 'variable':
        text += t.need === 'number' ? 'int' : open;
        return true;
      case 'list':
      case 'option':
      case 'set':
        text += t.kind;
        return all([t.item], '<', '>');
      case 'map':
        text += t.kind;
        return all([t.key, t.value], '<', '>');
      case 'tuple':
        return t.items.length > 0 && all(t.items, '(', ')');
      case 'function':
        return false;
      case 'basic':
      case 'named':
        text += showMeaning(t);
        return true;
    }
  };
  return visit(type) && text.length <= longestWritten ? text : undefined;
}
