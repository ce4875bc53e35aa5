// shadows-constant: a variable or a pattern's name that is called like a constant.
import { writeName } from '../syntax/names.js';
import { defineRule } from './rule.js';

export const shadowsConstant = defineRule({
  code: 'shadows-constant',
  summary: 'A variable, or a name in a pattern, that is called like a constant.',
  explanation:
    'Nothing can be assigned to a constant, and a pattern does not compare with one: a variable of that name is a variable of its own, and a name in a pattern takes whatever value there is. Both look as if the constant were meant.',
  advice: 'Give the variable another name. To compare with the constant, use `if`, or write its value as a literal.',
  bad: 'const limit = 3\n\nchoreography Count(Alice(n: int), Bob) {\n  Alice.limit = n + 1\n  Alice.limit -> Bob.count\n}\n',
  good: 'const limit = 3\n\nchoreography Count(Alice(n: int), Bob) {\n  Alice.next = min(n + 1, limit)\n  Alice.next -> Bob.count\n}\n',
  message: ({ name, what, role }) =>
    what === 'pattern'
      ? `This takes any value, and calls it \`${name.text}\`; it does not compare with the constant \`${name.text}\`. To compare, use \`if\`.`
      : `\`${name.text}\` is a constant; this is a variable of ${role ?? 'its role'} with the same name, which hides it. Give it another name.`,
  related: ({ name, constant }) => [{ ...constant, message: `The constant \`${name.text}\`` }],
  fixes: ({ name }, { workspace, uri }) => {
    const analysis = workspace.analyze(uri);
    const own = analysis?.occurrences.find(
      ({ origin, role }) => role === 'definition' && origin.start === name.origin.start,
    )?.symbol;
    if (!analysis || !own) return [];
    const taken = new Set(analysis.occurrences.map(({ symbol }) => symbol.name));
    let next = 2;
    while (taken.has(`${name.text}${next}`)) next++;
    const newText = writeName(`${name.text}${next}`);
    const edits = analysis.occurrences
      .filter(({ symbol }) => symbol.id === own.id)
      .map(({ origin }) => ({ uri, ...origin, newText }));
    return [{ title: `Rename to \`${newText}\``, edits, preferred: true }];
  },
});
