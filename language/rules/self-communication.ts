// self-communication: a role sends a message to itself.
import { writeName } from '../syntax/names.js';
import { defineRule } from './rule.js';
import { removeItem, removeStatement } from '../edits/text.js';
import { leastSize, sayLeast, sayValues } from './family-words.js';
import type { Fix, FixContext } from '../edits/fix.js';
import type { SelfCommunication } from '../findings/typing.js';

export const selfCommunication = defineRule({
  code: 'self-communication',
  summary: 'A role sends a message to itself.',
  explanation:
    'There is no channel from a role to itself: it would have to wait for what it is about to send. What a role knows, it has.',
  advice: 'Write an assignment, `p.x = e`, or leave the message out.',
  bad: 'choreography Count(Alice(n: int), Bob) {\n  Alice.n + 1 -> Alice.m\n  Alice.m -> Bob.m\n}\n',
  good: 'choreography Count(Alice(n: int), Bob) {\n  Alice.m = n + 1\n  Alice.m -> Bob.m\n}\n',
  message: ({ role, variable, implied, process, members }) => {
    if (members)
      return `${role} and ${members.other} are the same member where ${sayValues(members.values)}: it can’t send to itself.${sayLeast(members.header, members.values)}`;
    if (implied) return `${role} decides this itself: it needs no telling. Leave it out of the list.`;
    if (process) return `${role} can’t exchange messages with itself. Assign the value, or leave this out.`;
    return `${role} can’t send to itself. ${variable ? `Assign instead: \`${role}.${variable} = …\`.` : 'Leave the message out.'}`;
  },
  fixes: ({ role, variable, value, statement, receiver, only, implied, process, members }, context) => {
    const { uri, text } = context;
    if (members)
      return [
        ...leastSize(members.header, members.values, context),
        ...(members.other === members.family
          ? [
              {
                title: `To all others: \`others ${members.family}\``,
                edits: [{ uri, start: receiver.start, end: receiver.start, newText: 'others ' }],
                preferred: true,
              },
            ]
          : []),
        ...(members.others && members.others.parts.length > 0
          ? [fromOthers(members.family, members.others, context)]
          : []),
      ];
    const assign =
      variable && value
        ? `${writeName(role)}.${writeName(variable)} = ${text.slice(value.start, value.end)}`
        : undefined;
    const fixes: Fix[] = [];
    if (process) return [{ title: 'Remove', edits: [removeStatement(context, statement)] }];
    if (only && implied) {
      const arrow = /\s*->\s*$/.exec(text.slice(0, receiver.start))?.[0].length ?? 0;
      return [
        {
          title: `Leave out ${role}`,
          edits: [{ uri, start: receiver.start - arrow, end: receiver.end, newText: '' }],
          preferred: true,
        },
      ];
    }
    if (only && assign)
      fixes.push({
        title: `Assign: \`${assign}\``,
        edits: [{ uri, ...statement, newText: assign }],
        preferred: true,
        cost: { doubt: 2.3 },
      });
    else if (only)
      fixes.push({
        title: 'Remove the message',
        edits: [removeStatement(context, statement)],
        preferred: true,
        cost: { removes: true },
      });
    else {
      if (assign) {
        const edit = removeItem(context, receiver);
        fixes.push({
          title: `Assign: \`${assign}\``,
          edits: [
            {
              uri,
              start: statement.start,
              end: statement.start,
              newText: `${assign}\n${/[ \t]*$/.exec(text.slice(0, statement.start))?.[0] ?? ''}`,
            },
            edit,
          ],
          preferred: true,
          cost: { doubt: 2.3 },
        });
      }
      fixes.push({ title: `Leave out ${role}`, edits: [removeItem(context, receiver)], preferred: !assign });
    }
    return fixes;
  },
});

/** All but the one that receives send to it. */
function fromOthers(
  family: string,
  { parts, item, role }: NonNullable<NonNullable<SelfCommunication['members']>['others']>,
  { uri, text }: Pick<FixContext, 'uri' | 'text'>,
): Fix {
  const value = text.slice(role.end, item.end);
  return {
    title: `From all others of ${family}`,
    edits: [{ uri, ...item, newText: parts.map((part) => part + value).join(', ') }],
    preferred: true,
  };
}
