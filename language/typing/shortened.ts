// Texts that stand for types, kept short: a type may hold another one very often.

/** Long texts of types, each by a number that no other text ever gets. */
const numbers = new Map<string, number>();
let next = 0;
const mostNumbers = 20_000;
/** A text is no longer than this, but for names. */
const longestText = 100;

/**
 * Texts that are the same stay the same, and others others; once all numbers are forgotten, the same may be another.
 */
export function shortened(text: string): string {
  if (text.length <= longestText) return text;
  if (numbers.size >= mostNumbers) numbers.clear();
  const number = numbers.get(text) ?? next++;
  numbers.set(text, number);
  return `#${number}`;
}
