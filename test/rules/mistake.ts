// A mistake in a text, and how names are misspelt.
import type { TextRange } from '../../language/ir/expression.js';

/** A mistake: the text with it, where it was made, and the text where it was not. */
export interface Mutant {
  readonly program: string;
  readonly kind: string;
  readonly text: string;
  readonly original: string;
  readonly at: number;
  /** What can't be known from the rest of the text; a repair that puts something else there of the same kind counts. */
  readonly unknowable?: 'value' | 'body' | 'label' | 'constant' | 'argument' | 'result';
}

/** A part of a text, and what stands there instead. */
export interface Cut {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Notes a mistake of a kind. */
export type Add = (kind: string, edits: readonly Cut[], unknowable?: Mutant['unknowable']) => void;

/** A misspelt name: its second and third letter exchanged, or one doubled. */
export function misspelt(name: string): string {
  if (name.length >= 3 && name.charAt(1) !== name.charAt(2))
    return name.charAt(0) + name.charAt(2) + name.charAt(1) + name.slice(3);
  return `${name}${name.at(-1) ?? 'x'}`;
}

/** Each part of a list with the comma that goes with it; nothing where it is the only one. */
export function inList(parts: readonly TextRange[]): TextRange[] {
  return parts.length < 2
    ? []
    : parts.map(({ start, end }, i) =>
        i > 0 ? { start: parts[i - 1]?.end ?? start, end } : { start, end: parts[1]?.start ?? end },
      );
}
