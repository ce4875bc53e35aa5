// Text in the room that there is for it.
import { mostNoteLines } from './limits.js';

/** How wide a text is. */
export type Measure = (text: string) => number;

/** The text, or as much of it as there is room for. */
export function fit(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text;
  const letters = [...text];
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(`${letters.slice(0, middle).join('')}…`) <= width) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join('').trimEnd()}…`;
}

/** The text in lines, the last of them cut where there is more. */
export function wrap(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = '';
  const words = text.split(' ');
  for (const [i, word] of words.entries()) {
    const longer = line ? `${line} ${word}` : word;
    if (!line || measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (lines.length === mostNoteLines - 1) {
      line = [line, ...words.slice(i)].join(' ');
      break;
    }
    lines.push(fit(line, width, measure));
    line = word;
  }
  return [...lines, fit(line, width, measure)];
}
