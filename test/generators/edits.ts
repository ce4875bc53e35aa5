// Random edits of a text, as somebody makes them who does not care for what comes of it.
import fc from 'fast-check';

export interface Change {
  readonly kind: number;
  readonly at: number;
  readonly with: number;
}

export const changes = fc.array(fc.record({ kind: fc.nat(7), at: fc.nat(), with: fc.nat() }), {
  minLength: 1,
  maxLength: 8,
});

/**
 * One edit: a line above, a line more or less, a word for another, other numbers, declarations in another order, an
 * enum more.
 */
export function edited(text: string, change: Change): string {
  const words = [...text.matchAll(/[\w^]+/g)];
  const word = words[change.at % Math.max(1, words.length)];
  const other = words[change.with % Math.max(1, words.length)];
  const lines = text.split('\n');
  const line = change.at % lines.length;
  switch (change.kind) {
    case 0:
      return `// A line above.\n${text}`;
    case 1:
      return ` ${text}`;
    case 2:
      return [...lines.slice(0, line), '', ...lines.slice(line)].join('\n');
    case 3:
      return [...lines.slice(0, line), ...lines.slice(line + 1)].join('\n');
    case 4:
      return word && other ? text.slice(0, word.index) + other[0] + text.slice(word.index + word[0].length) : text;
    case 5:
      return text.replace(/\d+/g, (n) => String(Number(n) + (change.with % 9)));
    case 6: {
      const parts = text.split(/\n(?=(?:network|choreography|enum|record|function|type|extern) )/);
      return [...parts.slice(change.at % parts.length), ...parts.slice(0, change.at % parts.length)].join('\n');
    }
    default:
      return `enum Extra${change.with % 3} { ${word && /^[a-z]\w*$/.test(word[0]) ? word[0] : 'extra'} }\n${text}`;
  }
}

/** Something to write at a place of a choreography, or to take away there. */
const pieces = [
  '',
  '',
  '',
  'A.1 -> B.x',
  'A.x -> B.y: go\n',
  'B.y = x + 1\n',
  'A',
  '.',
  '->',
  '=',
  ': ',
  '(',
  ')',
  ';',
  ' ',
  '\n',
  '\n\n',
  '// A comment.\n',
  '/* Another. */',
  '{',
  '}',
  ' { }',
  'if A.b -> B { } else { A.x -> B }\n',
  'while A.x > 3 -> B, C { A.x = x - 1 }\n',
  'rec X { if A.b -> B { continue X } }\n',
  'continue X',
  'do Sub0(A, B)\n',
  'do Main(A, B)\n',
  'else ',
  'if A.b ',
  'choice at A { A -> B: one } or { A -> B: two }\n',
  'match A.v { case accept { A.1 -> B.x } else { } }\n',
  'A.none -> B.o\n',
  'B.[] -> A.l\n',
  'C.q -> A\n',
  '"',
  "A.'",
  'A.log(1)\n',
  'return A.x',
  'Pair',
  'x',
  'n',
  '7',
  'accept',
];

/** One edit somewhere in a text, of a few characters or a statement, as they are typed: it may stand anywhere. */
export function typedInside(text: string, { kind, at, with: what }: Change): string {
  const lines = [...text.matchAll(/^.*$/gm)];
  const line = lines[at % lines.length];
  const words = [...text.matchAll(/\w+|[^\w\s]/g)];
  const word = words[at % Math.max(1, words.length)];
  const piece = pieces[what % pieces.length] ?? '';
  const place = at % (text.length + 1);
  switch (kind) {
    // A line taken out, put in, or doubled; a word, a sign or a character changed or taken out.
    case 0:
      return line ? text.slice(0, line.index) + text.slice(line.index + line[0].length + 1) : text;
    case 1:
      return line ? `${text.slice(0, line.index)}  ${piece.trimEnd()}\n${text.slice(line.index)}` : text;
    case 2:
      return line ? `${text.slice(0, line.index)}${line[0]}\n${text.slice(line.index)}` : text;
    case 3:
      return word
        ? text.slice(0, word.index) + (words[what % words.length]?.[0] ?? '') + text.slice(word.index + word[0].length)
        : text;
    case 4:
      return word ? text.slice(0, word.index) + text.slice(word.index + word[0].length) : text;
    case 5:
      return text.slice(0, place) + text.slice(place + 1);
    case 6:
      return word ? `${text.slice(0, word.index)}${word[0]}${piece}${text.slice(word.index + word[0].length)}` : text;
    default:
      return text.slice(0, place) + piece + text.slice(place);
  }
}
