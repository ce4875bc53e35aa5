// The comments of Scribble and of nuScr's dialect: `// …`, `/* … */`, `(*) …` to the end of the line, and `(* … *)`,
// which nest.
import { ImportFailure } from './result.js';

/**
 * Where the comment ends that starts at an offset; the offset itself where none does.
 * @throws ImportFailure for one that has no end. Cost: linear in the comment
 */
export function skipComment(text: string, at: number): number {
  const two = text.slice(at, at + 2);
  if (two === '//' || text.startsWith('(*)', at)) {
    const end = text.slice(at).search(/[\n\r]/);
    return end === -1 ? text.length : at + end;
  }
  if (two === '/*') {
    const end = text.indexOf('*/', at + 2);
    if (end === -1) throw new ImportFailure('syntax', 'This comment has no closing `*/`.', at);
    return end + 2;
  }
  if (two !== '(*') return at;
  // A `(*)` inside opens no other.
  const marks = /\(\*\)|\(\*|\*\)/g;
  marks.lastIndex = at + 2;
  let depth = 1;
  for (let found = marks.exec(text); found; found = marks.exec(text)) {
    if (found[0] === '(*') depth++;
    else if (found[0] === '*)' && --depth === 0) return marks.lastIndex;
  }
  throw new ImportFailure('syntax', 'This comment has no closing `*)`.', at);
}

/** The text with a blank for each of its comments; what has no end is one, too. Cost: linear */
export function withoutComments(text: string): string {
  let result = '';
  let position = 0;
  for (const { index } of text.matchAll(/\/\/|\/\*|\(\*/g)) {
    if (index < position) continue;
    result += `${text.slice(position, index)} `;
    try {
      position = skipComment(text, index);
    } catch {
      return result;
    }
  }
  return result + text.slice(position);
}
