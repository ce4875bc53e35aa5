// Texts that stand for types, kept short: a type may hold another one very often.
import { mostNumbersKept, longestPart } from './limits.js';

/** Long texts of types, each by a number that no other text ever gets. */
const numbers = new Map<string, number>();
let next = 0;

/**
 * Texts that are the same stay the same, and others others; once all numbers are forgotten, the same may be another.
 */
export function shortened(text: string): string {
  if (text.length <= longestPart) return text;
  if (numbers.size >= mostNumbersKept) numbers.clear();
  const number = numbers.get(text) ?? next++;
  numbers.set(text, number);
  return `#${number}`;
}
