// case-needed: a branch of a `match` that sends its value is not one case, whose name would be the label.
import type { TextRange } from '../ir/expression.js';
import { wholeTarget } from '../ir/target.js';
import { insertBefore } from '../edits/text.js';
import { choreographyAt, decisionAt } from '../edits/find.js';
import type { Fix, FixContext } from '../edits/fix.js';
import { writeName } from '../syntax/names.js';
import { count, listed } from '../text/words.js';
import { defineRule } from './rule.js';

export const caseNeeded = defineRule({
  code: 'case-needed',
  summary: 'A branch of a `match` that sends its value is not one case.',
  explanation:
    '`match p.e -> q.x` sends the value to `q`: its case is the label of the message, and the fields of the case are what it carries. So `e` is of an enum, an option or `bool`, each branch is one case, with all of its fields, and the fields are taken whatever they are: the label alone says which way it goes.',
  advice:
    'Write a branch for each case, with a name or `_` for each of its fields, and look at the fields in a `match` inside. A value without cases is sent before, `p.e -> q.x`, and both decide together: `match p.e, q.x`.',
  bad: 'enum Command { nick(name: string), quit, ping }\nextern next(): Command\nextern note(name: string)\n\nchoreography Irc(Client, Server) {\n  match Client.next() -> Server._ {\n    case nick(name) { Server.note(name) }\n    else { Server.note("gone") }\n  }\n}\n',
  good: 'enum Command { nick(name: string), quit, ping }\nextern next(): Command\nextern note(name: string)\n\nchoreography Irc(Client, Server) {\n  match Client.next() -> Server._ {\n    case nick(name) { Server.note(name) }\n    case quit { Server.note("gone") }\n    case ping { Server.note("here") }\n  }\n}\n',
  message: (args) => {
    const { value, to } = args;
    switch (args.kind) {
      case 'type':
        return `\`${value}\` would be sent to \`${to}\` with its case for a label, but it is of type \`${args.type}\`, which has no cases: enums, options and \`bool\` have. Send it before, and let both decide: \`match p.x, q.x { … }\`.`;
      case 'rest': {
        const { cases, written } = args;
        const shown = cases.slice(0, 4).map((each) => `\`${each}\``);
        if (cases.length === 0)
          return `\`${written}\` is no case of \`${value}\`, and each branch here is the case that is sent to \`${to}\`.`;
        return `\`${written}\` may be ${listed(shown, 'or')}${cases.length > shown.length ? ` and ${cases.length - shown.length} more` : ''}, and each branch is one case: its name is the label of the message to \`${to}\`. Write ${cases.length === 1 ? 'the case' : 'the cases'}.`;
      }
      case 'fields':
        return `\`${args.case}\` has ${count(args.count, 'field')}, which ${args.count === 1 ? 'is' : 'are'} sent to \`${to}\`: write \`${withFields(args.case, args.count)}\`.`;
      case 'inner':
        return `\`${args.pattern}\` does not take every value of its field, but which way it goes, \`${to}\` is told by the label \`${args.case}\` alone. Take the field by a name, and look at it in a \`match\` inside.`;
    }
  },
  fixes: (args, context) => {
    const { uri, text, origin } = context;
    if (args.kind === 'type') return sentFirst(context, args.decision);
    if (args.kind === 'fields') {
      return [
        {
          title: `Write \`${withFields(args.case, args.count)}\``,
          edits: [
            {
              uri,
              start: origin.end,
              end: origin.end,
              newText: `(${Array.from({ length: args.count }, () => '_').join(', ')})`,
            },
          ],
          preferred: true,
        },
      ];
    }
    if (args.kind !== 'rest' || args.cases.length === 0 || args.cases.includes('_')) return [];
    const { cases, body } = args;
    const start = args.written === 'else' ? origin.start : args.branch.start;
    const lineStart = text.lastIndexOf('\n', start) + 1;
    const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
    const block = text.slice(body.start, body.end);
    return [
      {
        title: cases.length === 1 ? `Write the case \`${cases[0] ?? ''}\`` : `Write the ${cases.length} cases`,
        preferred: true,
        edits: [
          { uri, start, end: body.end, newText: cases.map((each) => `case ${each} ${block}`).join(`\n${indent}`) },
        ],
      },
    ];
  },
});

/** The value sent before, where it is a variable, and the decision made by all who have it. */
function sentFirst(context: FixContext, place: TextRange): Fix[] {
  const { uri, text } = context;
  const choreography = choreographyAt(context, place);
  const decision = choreography && decisionAt(choreography, place);
  const [guard, other] = decision?.guards ?? [];
  if (decision?.kind !== 'decision' || !decision.sent || !guard || other || guard.value.kind !== 'name') return [];
  const said = (origin: TextRange): string => text.slice(origin.start, origin.end);
  if (decision.sent.some(({ into }) => wholeTarget(into)?.text === '_')) return [];
  const to = decision.sent.map(({ origin }) => said(origin));
  const told = decision.informs.map(({ origin }) => said(origin)).filter((each) => !to.includes(each));
  const end = decision.informs.at(-1)?.origin.end ?? guard.origin.end;
  return [
    {
      title: `Send \`${said(guard.origin)}\` first, and let all decide`,
      preferred: true,
      cost: { messages: 1 },
      edits: [
        insertBefore(context, place.start, `${said(guard.origin)} -> ${to.join(', ')}`),
        {
          uri,
          start: guard.origin.end,
          end,
          newText: `, ${to.join(', ')}${told.length > 0 ? ` -> ${told.join(', ')}` : ''}`,
        },
      ],
    },
  ];
}

function withFields(name: string, fields: number): string {
  return `${writeName(name)}(${Array.from({ length: fields }, () => '_').join(', ')})`;
}
