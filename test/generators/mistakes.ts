// Mistakes in the text of processes: lines struck out, doubled, exchanged, and messages with another label, peer or
// value.
import fc from 'fast-check';

/** A mistake: what kind, and numbers that say where and how. */
export interface Mistake {
  readonly kind: 'strike' | 'double' | 'exchange' | 'label' | 'value' | 'annotate';
  readonly at: number;
  readonly how: number;
}

export const mistakes: fc.Arbitrary<readonly Mistake[]> = fc.array(
  fc.record({
    kind: fc.constantFrom<Mistake['kind'][]>(
      'strike',
      'strike',
      'double',
      'exchange',
      'exchange',
      'label',
      'value',
      'annotate',
    ),
    at: fc.nat(9999),
    how: fc.nat(9999),
  }),
  { minLength: 1, maxLength: 2 },
);

const labels = ['a', 'b', 'go', 'stop'];
const values = ['1', '"word"', 'true'];
const types = ['int', 'string', 'bool'];

/**
 * The text with mistakes made in its lines that send or receive one message; those that start a block are left alone.
 */
export function spoiled(text: string, made: readonly Mistake[]): string {
  const lines = text.split('\n');
  for (const { kind, at, how } of made) {
    const places = lines.flatMap((line, i) => (/^\s*(send|receive)\b/.test(line) && !/[{}]/.test(line) ? [i] : []));
    const place = places[at % Math.max(1, places.length)];
    const line = place === undefined ? undefined : lines[place];
    if (place === undefined || line === undefined) continue;
    const label = labels[how % labels.length] ?? '';
    switch (kind) {
      case 'strike':
        lines.splice(place, 1);
        break;
      case 'double':
        lines.splice(place, 0, line);
        break;
      case 'exchange':
        if (places.includes(place + 1)) lines.splice(place, 2, lines[place + 1] ?? '', line);
        break;
      case 'label':
        lines[place] =
          / : | ?: ?\w+$/.test(line) && !/receive \w+:/.test(line)
            ? line.replace(/ ?: ?[\w^]+(\([^)]*\))?$/, `: ${label}`)
            : `${line}: ${label}`;
        break;
      case 'value':
        lines[place] = line.replace(/^(\s*send)\b.* to /, `$1 ${values[how % values.length] ?? ''} to `);
        break;
      case 'annotate':
        lines[place] = line.replace(
          /^(\s*receive) (?:\w+(?:: \w+)? )?from /,
          `$1 given: ${types[how % types.length] ?? ''} from `,
        );
        break;
    }
  }
  return lines.join('\n');
}
