// Mistakes that make a text unreadable: signs and words of other languages, and what is left out.
import type { TextRange } from '../../language/ir/expression.js';
import { misspelt } from './mistake.js';
import type { Add } from './mistake.js';

/** Signs and words of other languages, and what is left out: each place once. */
export function syntaxMutants(text: string, { start, end }: TextRange, add: Add): void {
  const own = text.slice(start, end);
  const each = (kind: string, pattern: RegExp, to: (match: RegExpMatchArray) => string, quotes = false): void => {
    const found = [...own.matchAll(pattern)];
    // A few places stand for all.
    for (const match of found.slice(0, 3)) {
      if (!quotes && inString(own, match.index)) continue;
      add(kind, [{ start: start + match.index, end: start + match.index + match[0].length, text: to(match) }]);
    }
  };
  for (const arrow of ['=>', '→', '-->', '>']) each(`syntax: ${arrow} for ->`, /->/g, () => arrow);
  each('syntax: && and || for and, or', /\b(and|or)\b(?! \{)/g, (m) => (m[0] === 'and' ? '&&' : '||'));
  each('syntax: ! for not', /\bnot /g, () => '!');
  each('syntax: := for =', /(?<![=!<>:]) = /g, () => ' := ');
  each('syntax: = for ==', / == /g, () => ' = ');
  each('syntax: single quotes', /"([^"']*)"/g, (m) => `'${m[1] ?? ''}'`);
  each('syntax: } missing', /\n *\}(?=\n)/g, () => '');
  each('syntax: ) missing', /\)(?=[\n ,])/g, () => '');
  each('syntax: , missing', /, /g, () => ' ');
  // The second one of a string that stands on its line.
  each('syntax: " missing', /(?<=^[^"\n]*"[^"\n]*)"(?=[ ,)\n])/gm, () => '', true);
  each('syntax: keyword misspelt', /\b(receive|send|process|continue|while|match|case|else)\b/g, (m) => misspelt(m[0]));
  each(
    'syntax: word of a head misspelt',
    /\b(choreography|network|rec|if|do|or|choice|return|from|to)\b(?! *[=.,:)])/g,
    (m) => misspelt(m[0]),
  );
  each('syntax: { missing', / \{(?=\n)/g, () => '');
  each('syntax: -> missing', / -> /g, () => ' ');
  each('syntax: : missing', /: (?=\w)/g, () => ' ');
  each('syntax: first " missing', /"(?=[^"\n]*")/g, () => '');
  each('syntax: do missing', /\bdo (?=\w+\()/g, () => '');
  each('syntax: rec missing', /\brec (?=\w+ \{)/g, () => '');
  each('syntax: loop for rec', /\brec (?=\w+ \{)/g, () => 'loop ');
  each('syntax: case missing', /\bcase (?=\w)/g, () => '');
  each('syntax: from or to missing', /\b(from|to) (?=\w)/g, () => '');
  each('syntax: = missing', / = /g, () => ' ');
  each('syntax: name of a loop missing', /\b(continue) \w+/g, (m) => m[1] ?? '');
  each('syntax: role of a value missing', /\b[A-Z]\w*\.(?=\w+\b(?! =|\())/g, () => '');
  each('syntax: } too many', /\n *\}(?=\n)/g, (m) => `${m[0]}${m[0]}`);
  each('syntax: then after if', /\bif ([^{}\n]*) \{/g, (m) => `if ${m[1] ?? ''} then {`);
  each(
    'syntax: brackets around a condition',
    /\bif (\w+\.)?([^{}\n>]*?) \{/g,
    (m) => `if (${m[1] ?? ''}${m[2] ?? ''}) {`,
  );
  each('syntax: ; for ,', /, (?=\w+\()/g, () => '; ');
}

function inString(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return (line.match(/"/g)?.length ?? 0) % 2 === 1;
}
