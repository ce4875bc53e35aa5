// wrong-members: several roles where one has to be, or the other way round; an index that is none.
import type { NoIndex, NoSpeaker, WrongMembers } from '../findings/typing.js';
import { count, listed } from '../text/words.js';
import { choreographyAt } from '../edits/find.js';
import { indentOf } from '../edits/text.js';
import type { Fix } from '../edits/fix.js';
import { walkBlock } from '../ir/choreography.js';
import type { Communication } from '../ir/choreography.js';
import { writeName } from '../syntax/names.js';
import { printRole } from '../syntax/print.js';
import { atLeast, leastFor, leastSize, sayLeast, sayValues } from './family-words.js';
import { defineRule } from './rule.js';
import type { Repairing } from './rule.js';

/** Why just one role can stand there. */
const reasons: Readonly<Record<Extract<WrongMembers, { kind: 'one-needed' }>['as'], string>> = {
  result: 'a result is given back at one role',
  decider: 'one role tells the others how it decided',
  target: 'a result is given back to one role',
  callee: 'the callee has a single role in this place',
  gatherer: 'messages of several are put into a list at one role',
};

/** What a number is that all have to know. */
const numbers: Readonly<
  Record<NoIndex['what'], { readonly a: string; readonly none: string; readonly known: string; readonly else: string }>
> = {
  member: {
    a: 'an index',
    none: 'This is no index of a member',
    known: 'which member is meant',
    else: ' A member whose number a role computes is picked: `pick i in Node by Role.x { … }`.',
  },
  count: {
    a: 'the number of messages',
    none: 'This is no number of messages to wait for',
    known: 'how many messages are waited for',
    else: ' For more than half of them write `any majority`.',
  },
  bound: { a: 'a bound', none: 'This is no bound of a loop', known: 'how far the loop goes', else: '' },
  place: { a: 'a place', none: 'This is no place of a list', known: 'which place is meant', else: '' },
};

export const wrongMembers = defineRule({
  code: 'wrong-members',
  summary: 'Several members of a family stand where one role has to be, or the other way round.',
  explanation:
    '`Node` means all members of a family `Node[n]`, `Node[i]` one of them, `Node[1 until n]` some, and `others Node`, of a message that one of them sends, all but that one. An index is made of sizes, of the numbers of loops over members, and of whole numbers: all roles know these without being told. Where several members are picked, `pick some ks in Node by …`, the name of the list alone is the index, `Node[ks]`. ' +
    'From a family to a family there is no short form, since it could mean two things: from each member to the one of the same number, or from each to all.',
  advice: 'Say which member is meant, `Node[0]`, or go through them: `for i in Node { … Node[i] … }`.',
  bad: 'choreography Shuffle(Mapper[m](part: int), Reducer[r]) {\n  Mapper.part -> Reducer.part\n}\n',
  good: 'choreography Shuffle(Mapper[m](part: int), Reducer[r >= 1]) {\n  for i in Mapper { Mapper[i].part -> Reducer[0].parts[i] }\n}\n',
  message: (wrong) => {
    switch (wrong.kind) {
      case 'no-family':
        return wrong.others
          ? `${wrong.role} is a single role, and has no others beside it.`
          : `${wrong.role} is a single role, not a family: it has no members to choose from. Leave out the index, or make it a family in the header: \`${wrong.role}[n]\`.`;
      case 'single':
        return wrong.picked
          ? `${wrong.role} is a single role, not a family: there is nobody to pick. Make it one in the header: \`${wrong.role}[n >= 1]\`.`
          : `${wrong.role} is a single role, not a family: there are no members to go through. Make it one in the header, \`${wrong.role}[n]\`, or go through numbers: \`for i in 0 until n\`.`;
      case 'picked':
        return `\`${wrong.role}\` is no family, and no part of one, to pick a member of: write \`${wrong.family}\`, or \`${wrong.family}[a until b]\`.`;
      case 'list':
        return `\`${wrong.name}\` is a list of numbers: it stands alone, as the index of those who were picked, and in no sum, with no other family, no loop and no call. To go on with one member, pick one: \`pick k in … by …\`.`;
      case 'few':
        return wrong.count === 0
          ? `Nobody is picked by \`pick 0\`: say how many are, one at least, or \`pick some\`.`
          : `${sayWhere(wrong.values)}${wrong.role} ${sayCount(wrong.members)}, and ${wrong.count} are picked.${sayLeastFor({ header: wrong.header, least: wrong.header.enough, exact: false })}`;
      case 'length':
        return `The list has ${count(wrong.given, 'number')}, and ${wrong.count} ${wrong.count === 1 ? 'is' : 'are'} picked. For a list of any length write \`pick some\`.`;
      case 'twice':
        return `\`${wrong.number}\` is in the list twice: each member is picked once.`;
      case 'index': {
        const made =
          wrong.known.length > 0
            ? `${listed(wrong.known.map((name) => `\`${name}\``))} and whole numbers`
            : 'whole numbers';
        const { what, name, constant } = wrong;
        if (name === undefined)
          return `${numbers[what].none}: it is a sum of sizes, numbers of loops and whole numbers, perhaps \`% n\`.${what === 'count' ? numbers.count.else : ''}`;
        return constant
          ? `\`${name}\` is a constant, and ${numbers[what].a} is made of ${made} here. Write the number itself.`
          : `\`${name}\` is not known to all roles, so that they can’t know ${numbers[what].known}. ${numbers[what].a.replace(/^[at]/, (first) => first.toUpperCase())} is made of ${made} here.${numbers[what].else}`;
      }
      case 'when':
        return `${wrong.name === undefined ? 'This is' : `\`${wrong.name}\` is`} nothing that \`when\` can ask for: it decides by sizes and numbers of members, which all know${wrong.known.length > 0 ? `, here ${listed(wrong.known.map((name) => `\`${name}\``))}` : ''}. By what the process knows itself, it decides with \`if\`.`;
      case 'one-needed':
        return `${wrong.role} are several roles, and ${reasons[wrong.as]}${wrong.place === undefined ? '' : `, ${wrong.place}`}. Say which member: \`${wrong.role}[0]\`.`;
      case 'family-to-family':
        return wrong.sender === wrong.receiver
          ? `All of ${wrong.sender} would send to all of ${wrong.receiver}, themselves included. Say it with a loop, from each to all others.`
          : `${wrong.sender} and ${wrong.receiver} are both several roles: from each to the one of its number, or from each to all? Say it with a loop.`;
      case 'family-needed':
        return `${wrong.role} is a single role, and ${wrong.place} of \`${wrong.callee}\` is a family. Give it a family, or a part of one.`;
      case 'no-speaker':
        return `\`others ${wrong.role}\` is all of ${wrong.role} but the one ${
          wrong.process
            ? `whose process this is, and ${wrong.speaker ?? 'nobody'} is none of them`
            : `that speaks, and here ${wrong.speaker === undefined ? 'none of them speaks to the others' : `${wrong.speaker} does`}`
        }. Say who is meant: \`${wrong.role}\`, or a part of it, \`${wrong.role}[1 until ${wrong.size}]\`.`;
      case 'place':
        return `\`${wrong.variable}\` is put together place by place, and given a value as a whole: it can be one of the two.`;
      case 'nobody':
        return wrong.picked
          ? `If ${sayValues(wrong.values)}, ${wrong.role} is nobody, and no member can be picked.${sayLeast(wrong.header)}`
          : wrong.values.length === 0
            ? `\`${wrong.role}\` may be nobody, who can’t decide: say how many are picked, \`pick 2 …\`.`
            : `If ${sayValues(wrong.values)}, ${wrong.role} is nobody, who can’t decide.${sayLeast(wrong.header)}`;
      case 'unwritten':
        return `${wrong.values.length > 0 ? `If ${sayValues(wrong.values)}, ` : ''}${wrong.role}[${wrong.member}] has no process. Write one for it, or give another one more members.`;
      case 'count':
        return `${sayWhere(wrong.values)}${wrong.role} ${sayCount(wrong.count)}, and ${wrong.place} of \`${wrong.callee}\` needs ${wrong.exact ? '' : 'at least '}${wrong.least}.${sayLeastFor(wrong)}`;
      case 'uneven':
        return `${sayWhere(wrong.values)}${wrong.role} ${sayCount(wrong.counts[0])} and ${wrong.other} ${sayCount(wrong.counts[1])}, and \`${wrong.callee}\` takes two families of one size, \`${wrong.size}\`. Give it as many of both.`;
      case 'size':
        return wrong.usual === undefined
          ? `A family of ${wrong.least} has nobody in it: give it a name for its size, \`${wrong.family}[n]\`, or at least one member.`
          : `A ${wrong.family} of ${wrong.usual} would be less than its least size, ${wrong.least}.`;
    }
  },
  fixes: (wrong, context) => {
    const { uri, text, origin } = context;
    switch (wrong.kind) {
      case 'no-family':
        return wrong.others
          ? []
          : [{ title: 'Leave out the index', edits: [{ uri, ...wrong.remove, newText: '' }], preferred: true }];
      case 'when':
        return text.slice(wrong.at.start, wrong.at.end) === 'when'
          ? [{ title: 'Decide with `if`', edits: [{ uri, ...wrong.at, newText: 'if' }], preferred: true }]
          : [];
      case 'one-needed':
        return [
          {
            title: `Let it be ${wrong.role}[0]`,
            edits: [{ uri, start: origin.end, end: origin.end, newText: '[0]' }],
          },
        ];
      case 'family-to-family': {
        const { statement, senderAt, receiverAt, sender, receiver } = wrong;
        const indent = indentOf(text, statement.start);
        const rest = text.slice(receiverAt.end, statement.end);
        const put = (from: string, to: string, place: string): string =>
          `${from}${text.slice(senderAt.end, receiverAt.start)}${to}${place === '' ? rest : rest.replace(/^(\.[^\s,:;]+)?/, (variable) => (variable ? variable + place : ''))}`;
        // The parts of a value have no places in lists.
        const takesParts = /^\.[^\s,:;()]*\(/.test(rest);
        const loop = (inside: string): string => `for i in ${sender} {\n${indent}  ${inside}\n${indent}}`;
        if (sender === receiver)
          return takesParts
            ? []
            : [
                {
                  title: 'From each to all others',
                  edits: [{ uri, ...statement, newText: loop(put(`${sender}[i]`, `others ${receiver}`, '[i]')) }],
                  preferred: true,
                },
              ];
        return [
          {
            title: 'From each to the one of its number',
            edits: [{ uri, ...statement, newText: loop(put(`${sender}[i]`, `${receiver}[i]`, '')) }],
          },
          ...(takesParts
            ? []
            : [
                {
                  title: 'From each to all',
                  edits: [{ uri, ...statement, newText: loop(put(`${sender}[i]`, receiver, '[i]')) }],
                },
              ]),
        ];
      }
      case 'index':
        return knownToAll(wrong, context);
      case 'no-speaker':
        return meantBy(wrong, context);
      case 'nobody':
        return leastSize(wrong.header, context);
      case 'count':
        return wrong.header && !wrong.exact ? leastFor(wrong.header, wrong.least, context) : [];
      case 'few':
        return wrong.count === 0 ? [] : leastSize(wrong.header, context);
      case 'single':
      case 'picked':
      case 'list':
      case 'length':
      case 'twice':
      case 'unwritten':
      case 'size':
      case 'family-needed':
      case 'place':
      case 'uneven':
        return [];
    }
  },
});

function sayWhere(values: readonly (readonly [string, number])[]): string {
  return values.length > 0 ? `If ${sayValues(values)}, ` : '';
}

/** That the header can ask for as many members as a call needs. */
function sayLeastFor({
  header,
  least,
  exact,
}: Pick<Extract<WrongMembers, { kind: 'count' }>, 'header' | 'exact'> & { readonly least?: number }): string {
  const text = header && !exact && least !== undefined ? atLeast(header, least) : undefined;
  return text === undefined ? '' : ` If there are always so many, say so in the header: \`${text}\`.`;
}

function sayCount(count: number): string {
  return count === 1 ? 'is a single member' : count === 0 ? 'is nobody' : `are ${count} members`;
}

/** The number that a constant is, a majority, or a member that is picked. */
function knownToAll({ what, constant, name }: NoIndex, context: Repairing): Fix[] {
  const { uri, text, origin } = context;
  if (constant)
    return constant.value === undefined
      ? []
      : [
          {
            title: `Write \`${constant.value}\``,
            edits: [{ uri, ...constant.at, newText: String(constant.value) }],
            preferred: true,
            cost: { doubt: -1 },
          },
        ];
  if (what === 'count')
    return [
      {
        title: 'Wait for a majority',
        edits: [{ uri, ...origin, newText: 'majority' }],
        preferred: /\/\s*2\b/.test(text.slice(origin.start, origin.end)),
      },
    ];
  return what === 'member' && name !== undefined ? picked(name, context) : [];
}

/** The message to a member, or of one, with that member picked by whoever is at its other end. */
function picked(name: string, context: Repairing): Fix[] {
  const { uri, text, origin } = context;
  const choreography = choreographyAt(context, origin);
  let message: Communication | undefined;
  if (choreography)
    walkBlock(choreography.body.statements, (s) => {
      if (s.kind === 'communication' && s.origin.start <= origin.start && origin.end <= s.origin.end) message = s;
    });
  if (!message) return [];
  const { sender, receivers } = message;
  const meant = [sender, ...receivers.map(({ role }) => role)].find(
    (role) => role.origin.start <= origin.start && origin.end <= role.origin.end,
  );
  const [decider] = meant === sender ? receivers.map(({ role }) => role) : [sender];
  const index = ['i', 'j', 'k', 'm'].find((each) => !new RegExp(`\\b${each}\\b`).test(text));
  if (!meant || !decider || index === undefined) return [];
  const { start: from, end } = message.origin;
  const indent = indentOf(text, from);
  const family = writeName(meant.name.text);
  return [
    {
      title: `Let ${printRole(decider)} pick a member by \`${name}\``,
      edits: [
        {
          uri,
          start: from,
          end,
          newText: `pick ${index} in ${family} by ${printRole(decider)}.${text.slice(origin.start, origin.end)} -> ${
            decider.name.text === meant.name.text ? `others ${family}` : family
          } {\n${indent}  ${text.slice(from, origin.start)}${index}${text.slice(origin.end, end)}\n${indent}}`,
        },
      ],
      preferred: true,
    },
  ];
}

/** All of the family, or all but the member that a loop around is at. */
function meantBy({ role, size, item, line }: NoSpeaker, context: Repairing): Fix[] {
  const { uri, text, origin } = context;
  const family = writeName(role);
  const loops: string[] = [];
  const choreography = choreographyAt(context, origin);
  if (choreography)
    walkBlock(choreography.body.statements, (s) => {
      if (
        s.kind === 'for' &&
        s.range.kind === 'members' &&
        s.range.of.name.text === role &&
        !s.range.of.index &&
        s.origin.start <= origin.start &&
        origin.end <= s.origin.end
      )
        loops.unshift(s.index.text);
    });
  const [before, behind] = [text.slice(item.start, origin.start), text.slice(origin.end, item.end)];
  const part = (range: string): string => `${before}${family}[${range}]${behind}`;
  return [
    ...loops.map((index): Fix => ({
      title: `All but ${role}[${index}]`,
      edits: [
        {
          uri,
          ...item,
          newText: [`0 until ${writeName(index)}`, `${writeName(index)} + 1 until ${size}`]
            .map(part)
            .join(line ? `\n${indentOf(text, item.start)}` : ', '),
        },
      ],
      preferred: true,
      cost: { doubt: 3 },
    })),
    {
      title: `All of ${role}`,
      edits: [{ uri, ...origin, newText: family }],
      preferred: loops.length === 0,
      cost: { doubt: 4 },
    },
  ];
}
