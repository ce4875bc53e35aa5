// self-communication: a role sends a message to itself.
import { choreographyAt } from '../edits/find.js';
import { walkBlock } from '../ir/choreography.js';
import type { For } from '../ir/choreography.js';
import { number } from '../families/specialise.js';
import { freeNames } from '../ir/expression.js';
import type { Expr } from '../ir/expression.js';
import { summed } from '../ir/static.js';
import { printExpr } from '../syntax/print.js';
import { writeName } from '../syntax/names.js';
import { defineRule } from './rule.js';
import { removeItem, removeStatement } from '../edits/text.js';
import { leastSize, sayLeast, sayValues } from './family-words.js';
import type { Fix, FixContext } from '../edits/fix.js';
import type { SelfCommunication } from '../findings/typing.js';
import type { Repairing } from './rule.js';

/**
 * The innermost loop that goes through one of two members, as two: over those before the other member, and over those
 * behind it.
 */
function passing(size: string, { workspace, uri, text, origin }: Repairing): readonly Fix[] {
  const choreography = choreographyAt({ workspace, uri, text }, origin);
  const loops: For[] = [];
  let indices: readonly Expr[] = [];
  if (choreography)
    walkBlock(choreography.body.statements, (s) => {
      if (origin.start < s.origin.start || s.origin.end < origin.end) return;
      if (s.kind === 'for') loops.push(s);
      if (s.kind !== 'communication') return;
      const receiver = s.receivers.find(({ role }) => role.origin.start === origin.start);
      indices = [s.sender, receiver?.role].flatMap((role) => (role?.index?.kind === 'member' ? role.index.at : []));
    });
  const counts = ({ index }: For, at: Expr): boolean => at.kind === 'name' && at.name.text === index.text;
  const loop = loops.findLast((each) => indices.some((at) => counts(each, at)));
  const at = loop && indices.find((each) => !counts(loop, each));
  if (!loop || loop.parallel || !at || indices.length < 2 || freeNames(at).has(loop.index.text)) return [];
  const { index, range, head } = loop;
  if (range.kind === 'members' && range.of.index) return [];
  const [from, until] = range.kind === 'members' ? ['0', size] : [printExpr(range.from), printExpr(range.until)];
  const [here, next] = [at, summed({ kind: 'binary', operator: '+', left: at, right: number(1, origin), origin })].map(
    (each) => printExpr(each),
  ) as [string, string];
  const heads = [
    [from, here],
    [next, until],
  ].flatMap(([first, last]) => (first === last ? [] : `for ${writeName(index.text)} in ${first} until ${last}`));
  const body = text.slice(head.end, loop.origin.end).trimStart();
  const indent = /[ \t]*$/.exec(text.slice(0, loop.origin.start))?.[0] ?? '';
  return [
    {
      title: `Pass over \`${here}\`: ${heads.map((each) => `\`${each}\``).join(', ')}`,
      edits: [{ uri, ...loop.origin, newText: heads.map((each) => `${each} ${body}`).join(`\n${indent}`) }],
      cost: { doubt: 4 },
    },
  ];
}

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
      return `${role} and ${members.other} are the same member where ${sayValues(members.values)}: it can’t send to itself.${sayLeast(members.header)}`;
    if (implied) return `${role} decides this itself: it needs no telling. Leave it out of the list.`;
    if (process) return `${role} can’t exchange messages with itself. Assign the value, or leave this out.`;
    return `${role} can’t send to itself. ${variable ? `Assign instead: \`${role}.${variable} = …\`.` : 'Leave the message out.'}`;
  },
  fixes: ({ role, variable, value, statement, receiver, only, implied, process, members }, context) => {
    const { uri, text } = context;
    if (members)
      return [
        ...leastSize(members.header, context),
        ...passing(members.header.size ?? String(members.header.least), context),
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
