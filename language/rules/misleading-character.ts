// misleading-character: what nobody sees, or what looks like something else.
import { unicodeName } from '../syntax/characters.js';
import { defineRule } from './rule.js';
import type { Edit, Fix } from '../edits/fix.js';

export const misleadingCharacter = defineRule({
  code: 'misleading-character',
  summary: 'A character that nobody sees, or that looks like another.',
  explanation:
    'Text that comes from a web page, a chat or a text processor often has characters in it that look right and are not: quotation marks that lean, an arrow of one character, dashes in place of a minus, spaces that are no blanks, and some that are not shown at all, such as the zero width space. They are read as what they are meant for, so that the rest of the file stays checked, but have to be put right.\n\nCharacters that turn the direction of text around can make a file read otherwise than it is: what looks like a comment may be code. They are told wherever they stand, also in strings and comments. Right-to-left names and texts do without them.',
  advice:
    'Take the fix: it removes the character, or puts the one there that is meant. Where a string needs a character that is not seen, write it as `\\u{…}`.',
  bad: 'choreography Greeting(Alice, Bob) {\n  Alice.“hello” → Bob.greeting\n  Bob.print(greeting)\n}\n\nextern print(line: string)\n',
  good: 'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting\n  Bob.print(greeting)\n}\n\nextern print(line: string)\n',
  message: ({ kind, character, where, meant }) => {
    const name = unicodeName(character);
    switch (kind) {
      case 'hidden':
        return `Here stands ${name}, which nobody sees and which means nothing. Remove it.`;
      case 'mark':
        return `Here stands ${name}, which nobody sees; it gives a direction to the text beside it. Remove it.`;
      case 'space':
        return `This is ${name}: it looks like ${meant.startsWith('\n') ? 'a line break' : 'a blank'}, but other programs take it for something else. Put ${meant.startsWith('\n') ? 'a line break' : 'a blank'} there.`;
      case 'turn':
        return `Here stands ${name}, which nobody sees: it turns the text around it, so that it may read otherwise than it is. Remove it${where === 'string' ? ', or write it as an escape' : ''}.`;
      case 'likeness':
        return `This is ${name}, which means nothing in Chor. Write \`${meant}\`.`;
    }
  },
  fixes: ({ kind, character, start, end, where, meant, partner }, { uri, text }) => {
    const name = unicodeName(character);
    const edits: Edit[] = [
      { uri, start, end, newText: meant },
      ...(partner ? [{ uri, ...partner, newText: meant }] : []),
    ];
    const title =
      kind === 'likeness'
        ? `Change \`${text.slice(start, end)}\` to \`${meant}\``
        : kind === 'space'
          ? `Put a ${meant.startsWith('\n') ? 'line break' : 'blank'} in place of ${name}`
          : `Remove ${name}`;
    const fixes: Fix[] = [{ title, edits, preferred: true }];
    if (kind === 'turn' && where === 'string') {
      const escape = `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
      fixes.push({
        title: `Write it as \`${escape}\``,
        edits: [{ uri, start, end, newText: escape.repeat((end - start) / character.length) }],
      });
    }
    return fixes;
  },
});
