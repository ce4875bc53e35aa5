// duplicate-name: one name for two things in the same place.
import { writeName } from '../syntax/names.js';
import { defineRule } from './rule.js';
import { removeItem, removeStatement } from '../edits/text.js';
import type { Fix } from '../edits/fix.js';

export const duplicateName = defineRule({
  code: 'duplicate-name',
  summary: 'Two things of one name in the same place.',
  explanation:
    'Choreographies, networks, types and functions of a file share one set of names; so do the roles of a header, the fields of a record, the cases of an enum, the inputs of a role. Where a name stands for two things, the first one is meant, and the other can’t be reached.',
  advice: 'Give one of them another name, or take it away.',
  bad: 'record Order { title: string, copies: int, title: string }\n',
  good: 'record Order { title: string, copies: int, title2: string }\n',
  message: ({ name, what, imported, whole, kept, sizes }) =>
    kept !== undefined
      ? `\`${kept}\` is sent what this pattern takes, and has another \`${name.text}\` already. Give it another name here.`
      : whole
        ? `This brings a second \`${name.text}\`, and nothing says which one is meant. Name what is imported: \`import { … } from …\`.`
        : imported
          ? `\`${name.text}\` is imported, but this file already has something of that name.`
          : `There is already ${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what} \`${name.text}\`${sizes ? `, whose family says how large it may be: write \`[${name.text}]\` for another family of as many` : ''}.`,
  related: ({ name, first, whole }) =>
    first
      ? [{ ...first, message: whole ? `The first \`${name.text}\` comes from here` : `The first \`${name.text}\`` }]
      : [],
  fixes: ({ name, taken, item, branch, imported, whole, role, sizes }, context) => {
    const fixes: Fix[] = [];
    if (whole) return fixes;
    if (imported)
      return [{ title: `Don’t import \`${name.text}\``, edits: [removeItem(context, name.origin)], preferred: true }];
    if (branch) return [{ title: `Remove the second \`${name.text}\``, edits: [removeStatement(context, branch)] }];
    if (sizes)
      fixes.push({
        title: `Of the same size: \`[${name.text}]\``,
        edits: [{ uri: context.uri, ...sizes, newText: `[${writeName(name.text)}]` }],
        preferred: true,
      });
    let next = 2;
    while (taken?.includes(`${name.text}${next}`)) next++;
    if (!role)
      fixes.push({
        title: `Rename to \`${name.text}${next}\``,
        edits: [{ uri: context.uri, ...name.origin, newText: writeName(`${name.text}${next}`) }],
      });
    if (item) fixes.push({ title: `Remove the second \`${name.text}\``, edits: [removeItem(context, item)] });
    return fixes;
  },
});
