// missing-case: a `match` without `else` that leaves out some values.
import { defineRule } from './rule.js';
import { withFields } from '../edits/cases.js';
import { indentOf } from '../edits/text.js';
import type { Fix } from '../edits/fix.js';

export const missingCase = defineRule({
  code: 'missing-case',
  summary: 'A `match` that leaves out some values.',
  explanation:
    'A `match` without `else` goes through its cases in order. If none of them fits, its role can’t go on, and those that wait for it wait for ever. So the cases of a `match` should cover every value of its type.',
  advice: 'Add the cases that are missing, or an `else`; an empty one, `else { }`, says that nothing happens then.',
  bad: 'enum Answer { yes, no, maybe }\n\nchoreography Ask(Alice(a: Answer), Bob) {\n  match Alice.a -> Bob {\n    case yes {\n      Alice."fine" -> Bob.word\n    }\n    case no {\n    }\n  }\n}\n',
  good: 'enum Answer { yes, no, maybe }\n\nchoreography Ask(Alice(a: Answer), Bob) {\n  match Alice.a -> Bob {\n    case yes {\n      Alice."fine" -> Bob.word\n    }\n    case no {\n    }\n    case maybe {\n    }\n  }\n}\n',
  message: ({ missing, subject }) => {
    if (missing[0] === '_') return `No case takes every other value of \`${subject}\`. Add an \`else\`.`;
    const shown = missing.slice(0, 4).map((m) => `\`${m}\``);
    const list = shown.length > 1 ? `${shown.slice(0, -1).join(', ')} or ${shown.at(-1) ?? ''}` : shown.join('');
    return `No case takes ${list}${missing.length > 4 ? `, and ${missing.length - 4} more` : ''}, which \`${subject}\` may be. Add ${missing.length === 1 ? 'the case' : 'the cases'}, or an \`else\`.`;
  },
  fixes: ({ missing, last }, context) => {
    if (!last) return [];
    const { uri, text, workspace } = context;
    const scope = workspace.analyze(uri)?.scope;
    const named = missing.map((pattern) => withFields(pattern, scope));
    const indent = indentOf(text, last.start);
    const add = (title: string, heads: readonly string[], preferred: boolean): Fix => ({
      title,
      edits: [
        {
          uri,
          start: last.end,
          end: last.end,
          newText: heads.map((head) => `\n${indent}${head} {\n${indent}}`).join(''),
        },
      ],
      preferred,
    });
    const other = add('Add an empty `else`', ['else'], missing[0] === '_');
    return missing[0] === '_'
      ? [other]
      : [
          add(
            missing.length === 1 ? `Add the case \`${named[0] ?? ''}\`` : `Add the ${missing.length} missing cases`,
            named.map((m) => `case ${m}`),
            true,
          ),
          other,
        ];
  },
});
