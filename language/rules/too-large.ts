// too-large: a check that was left out, or ended, since it would take too long or need too much memory.
import { defineRule } from './rule.js';
import { indentOf } from '../edits/text.js';

const flags = 16;
const row = (i: number): string =>
  Array.from({ length: flags }, (_, j) => (j === i ? 'true' : j === (i + 1) % flags ? 'false' : '_')).join(', ');
const match = (
  end: string,
): string => `function which(switches: (${Array.from({ length: flags }, () => 'bool').join(', ')})): int = match switches {
${Array.from({ length: flags }, (_, i) => `  case (${row(i)}) => ${i}`).join('\n')}
${end}}
`;

export const tooLarge = defineRule({
  code: 'too-large',
  summary: 'Something too large or too deep to be checked to the end.',
  explanation:
    'Every check has an end that it surely comes to, so that nobody waits for it for ever. Some questions have no short answer: whether the cases of a `match` take every value, with many parts that each go two ways, is one of them. Others need more memory than there is, where declarations or blocks are very deep inside each other. What was found until then is told as ever; of the rest nothing is known, and this says so.',
  advice:
    'Let a `match` have an `else`, or decide one part after the other. Split a declaration that is very deep into several, and a long chain of calls into fewer.',
  bad: `${match(`  case (${row(0).replace('false', 'true').replaceAll('_', 'true')}) => 15\n  case (${row(0).replace('true', 'false').replaceAll('_', 'false')}) => 16\n`)}`,
  good: match('  else => 15\n'),
  message: ({ what, name }) => {
    switch (what) {
      case 'match':
        return `Whether some case takes every value of \`${name}\` was not found out: there are too many combinations. Add an \`else\`, or decide one part after the other.`;
      case 'file':
        return 'The names and types of this file were not checked: something in it, or in what it imports, is nested or chained too deep. Split it.';
      case 'names':
        return `The names and types of \`${name}\` were not checked to the end: it, or what it uses, is nested or chained too deep. Split it.`;
      case 'projection':
        return `\`${name}\` was not projected: it, or what it calls, is nested or chained too deep. Split it.`;
      case 'given':
        return `\`${name}\` is given other choreographies in more ways than are looked at: each way is projected for itself. Let it hand on what it is given in fewer orders.`;
      case 'network':
        return `\`${name}\` was not explored: it, or what it calls, is nested or chained too deep. Split it.`;
    }
  },
  fixes: ({ what, last }, { uri, text }) => {
    if (what !== 'match' || !last) return [];
    const indent = indentOf(text, last.start);
    return [
      {
        title: 'Add an empty `else`',
        edits: [{ uri, start: last.end, end: last.end, newText: `\n${indent}else {\n${indent}}` }],
      },
    ];
  },
});
