// Random layouts of a text: the same tokens in the same order, with other white space and more comments between them.
import fc from 'fast-check';
import { scan } from '../../language/syntax/tokens.js';

const spaces = fc.constantFrom(
  '',
  ' ',
  '  ',
  '\n',
  '\n\n\n',
  '\t',
  '\r\n',
  ' // note\n',
  '\n// own line\n',
  ' /* in */ ',
  '\n/* a\n   b */\n',
  '\n  /**\n  * doc\n */\n',
);

/** The tokens of a text again, with random white space and comments between them; comments of the text are kept. */
export function scrambled(text: string): fc.Arbitrary<string> {
  const tokens = scan(text);
  return fc
    .array(fc.tuple(spaces, fc.integer({ min: 0, max: 9 })), {
      minLength: tokens.length + 1,
      maxLength: tokens.length + 1,
    })
    .map((gaps) => {
      let result = '';
      tokens.forEach((token, i) => {
        const [space, chance] = gaps[i] as [string, number];
        const before = tokens[i - 1];
        const source = text.slice(before?.end ?? 0, token.start);
        // Most gaps stay simple, so that lines stay lines now and then.
        let gap = chance < 4 ? source : chance < 7 ? ' ' : space;
        if (before && gap === '' && glued(before.text, token.text)) gap = ' ';
        // What comes after these signs has to stay on their line, or further in.
        if (before && /^([.=:,]|->)$/.test(before.text) && /[\n\r]/.test(gap)) gap = ' ';
        // And round brackets with the name that they belong to, which is never a keyword in front of a statement.
        if (before && token.text === '(' && /^[\p{L}_^]/u.test(before.text) && source === '' && /[\n\r]/.test(gap))
          gap = ' ';
        if (before?.text.startsWith('//') && !gap.startsWith('\n')) gap = `\n${gap}`;
        result += gap + token.text;
      });
      return result + (gaps.at(-1)?.[0] ?? '');
    });
}

/** Whether two tokens would be read otherwise without space between them. */
function glued(left: string, right: string): boolean {
  const tokens = scan(left + right);
  return tokens.length !== 2 || tokens[0]?.text !== left;
}
