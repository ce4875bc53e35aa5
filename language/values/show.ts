// Values as text, as they are written in the language.
import { writeName } from '../syntax/names.js';
import { entriesIn, inOrder } from './order.js';
import type { Term } from './terms.js';

/** Entries as somebody finds them who goes through them. */
function inSequence(term: Term): ReturnType<typeof entriesIn> {
  const entries = entriesIn(term);
  return [...(inOrder(entries, ([key]) => key) ?? entries)];
}

/** A value that is known, as one would write it: `[1, 2]`, `put("a", 3)`, `1.0`. */
export function showValue(term: Term): string {
  const all = (): string => term.args.map(showValue).join(', ');
  switch (term.kind) {
    case 'scalar': {
      if (typeof term.value === 'string') return JSON.stringify(term.value);
      return typeof term.value === 'number' && Number.isInteger(term.value) && Math.abs(term.value) < 1e21
        ? `${term.value}.0`
        : String(term.value);
    }
    case 'list':
      return `[${all()}]`;
    case 'map':
      return `mapOf([${inSequence(term)
        .map(([key, value]) => `(${showValue(key)}, ${value ? showValue(value) : '?'})`)
        .join(', ')}])`;
    case 'set':
      return `setOf([${inSequence(term)
        .map(([item]) => showValue(item))
        .join(', ')}])`;
    case 'made':
      if (term.shape.id === 'none') return 'none';
      return term.shape.name === ''
        ? `(${all()})`
        : `${writeName(term.shape.name)}${term.args.length > 0 ? `(${all()})` : ''}`;
    case 'function':
      return '…';
    case 'asked':
    case 'bound':
    case 'unknown':
      return '?';
  }
}
