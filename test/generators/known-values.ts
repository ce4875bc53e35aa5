// Random choreographies in which constants are values that all know, which `Main` is given and each call hands on.
import type { Program } from './choreographies.js';

/** The text with its constants as values that all know: `unit` and `most`. */
export function shared(text: string): string {
  const values = ['unit', 'most'];
  const typed = values.map((name) => `${name}: int`).join(', ');
  return text
    .replace(/^const .*\n/gm, '')
    .replace(/^(choreography \w+\(.*)\)((?:: \w+@\w+)? \{)$/gm, `$1, ${typed})$2`)
    .replace(/\bdo (\w+)\(([^\n]*)\)$/gm, `do $1($2, ${values.join(', ')})`);
}

/**
 * The same with other names for them in each choreography, so that a call gives them by what they are called there; and
 * with other values in each round of one that calls itself.
 */
export function renamed(text: string): string {
  return shared(text)
    .split(/^(?=choreography )/m)
    .map((part) => {
      const name = /^choreography (\w+)/.exec(part)?.[1];
      if (name === undefined) return part;
      return part
        .replace(/\b(unit|most)\b/g, `$1${name}`)
        .replace(/, unit\w+, most\w+\)$/gm, (given) =>
          given.includes('Main') ? given : `, most${name} - 1, unit${name} + most${name})`,
        );
    })
    .join('');
}

/** A program with values that all know. */
export function withShared(program: Program): Program {
  return { ...program, text: renamed(program.text) };
}
