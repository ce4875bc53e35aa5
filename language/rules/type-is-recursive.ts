// type-is-recursive: a type that is made of itself without end.
import { defineRule } from './rule.js';

export const typeIsRecursive = defineRule({
  code: 'type-is-recursive',
  summary: 'A type that is made of itself without end.',
  explanation:
    'A `type` is another name for a type, so it can’t stand for something with itself in it. A record that holds one of its own kind could never be made: each would need another one first.',
  advice:
    'In a record, let the inner one be missing, `next: option<Node>`, or be one of many, `children: list<Node>`. Instead of an alias, declare a record or an enum.',
  bad: 'record Node { value: int, next: Node }\n',
  good: 'record Node { value: int, next: option<Node> }\n',
  message: ({ name, kind }) =>
    kind === 'alias'
      ? `\`${name}\` stands for itself. Declare a record or an enum instead.`
      : `A \`${name}\` always holds another \`${name}\`, so none can ever be made. Let it be missing: \`option<${name}>\`.`,
  fixes: ({ kind, type }, { uri }) =>
    kind === 'record'
      ? [
          {
            title: 'Let it be missing: `option<…>`',
            edits: [
              { uri, start: type.start, end: type.start, newText: 'option<' },
              { uri, start: type.end, end: type.end, newText: '>' },
            ],
            preferred: true,
          },
        ]
      : [],
});
