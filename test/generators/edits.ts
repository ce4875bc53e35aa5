// Random edits of a text, as somebody makes them who does not care for what comes of it.
import fc from 'fast-check';

export interface Change { readonly kind: number; readonly at: number; readonly with: number }

export const changes = fc.array(fc.record({ kind: fc.nat(7), at: fc.nat(), with: fc.nat() }), { minLength: 1, maxLength: 8 });

/** One edit: a line above, a line more or less, a word for another, other numbers, declarations in another order, an enum more. */
export function edited(text: string, change: Change): string {
  const words = [...text.matchAll(/[\w^]+/g)];
  const word = words[change.at % Math.max(1, words.length)];
  const other = words[change.with % Math.max(1, words.length)];
  const lines = text.split('\n');
  const line = change.at % lines.length;
  switch (change.kind) {
    case 0: return `// A line above.\n${text}`;
    case 1: return ` ${text}`;
    case 2: return [...lines.slice(0, line), '', ...lines.slice(line)].join('\n');
    case 3: return [...lines.slice(0, line), ...lines.slice(line + 1)].join('\n');
    case 4: return word && other ? text.slice(0, word.index) + other[0] + text.slice(word.index + word[0].length) : text;
    case 5: return text.replace(/\d+/g, (n) => String(Number(n) + change.with % 9));
    case 6: {
      const parts = text.split(/\n(?=(?:network|choreography|enum|record|function|type|extern) )/);
      return [...parts.slice(change.at % parts.length), ...parts.slice(0, change.at % parts.length)].join('\n');
    }
    default: return `enum Extra${change.with % 3} { ${word && /^[a-z]\w*$/.test(word[0]) ? word[0] : 'extra'} }\n${text}`;
  }
}
