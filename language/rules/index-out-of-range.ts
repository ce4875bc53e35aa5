// index-out-of-range: a member that is not there.
import type { Fix } from '../edits/fix.js';
import { choreographyAt } from '../edits/find.js';
import { atLeast, leastSize, sayLeast, sayValues } from './family-words.js';
import type { IndexOutOfRange } from '../findings/typing.js';
import { walkBlock } from '../ir/choreography.js';
import type { For } from '../ir/choreography.js';
import { exprOf, linearOf, plus, times } from '../ir/static.js';
import type { Linear } from '../ir/static.js';
import { writeName } from '../syntax/names.js';
import { printExpr } from '../syntax/print.js';
import { count } from '../text/words.js';
import { defineRule } from './rule.js';
import type { Repairing } from './rule.js';

export const indexOutOfRange = defineRule({
  code: 'index-out-of-range',
  summary: 'An index means a member that the family does not have.',
  explanation:
    'The members of a family of `n` are numbered from 0 to `n - 1`. Whether an index is one of them is found out for all sizes that the header allows, and all numbers of the loops around: the message has the smallest of them for which it is not. ' +
    'A part, `Node[a until b]`, goes from `a` up to, and without, `b`; it may be empty, but not begin or end outside.',
  advice:
    'Let the loop go less far (`for i in 0 until n - 1`), go round (`Node[(i + 1) % n]`), or ask for more members in the header (`Node[n >= 2]`).',
  bad: 'choreography Pass(Node[n](value: int)) {\n  for i in Node {\n    Node[i].value -> Node[i + 1].got\n  }\n}\n',
  good: 'choreography Pass(Node[n](value: int)) {\n  for i in 0 until n - 1 {\n    Node[i].value -> Node[i + 1].got\n  }\n}\n',
  message: ({ role, index, values, value, size, header, ends }) => {
    const isNumber = String(value) === index;
    const [then, where] = values.length === 0 ? ['', ''] : [' then', ` where ${sayValues(values)}`];
    const there =
      size === 0
        ? `${role} has no members${then}`
        : `${role} has ${count(size, 'member')}${then}, ${size === 1 ? 'number 0' : `0 to ${size - 1}`}`;
    const what = ends
      ? `A part up to \`${index}\` goes beyond ${role}`
      : isNumber
        ? `There ${values.length === 0 ? 'is' : 'may be'} no ${role}[${index}]`
        : `\`${index}\` is no member of ${role}`;
    return `${what}${where}: ${isNumber ? '' : `it is ${value}, and `}${there}.${sayLeast(header)}`;
  },
  fixes: (args, context) => [
    ...lessFar(args, context),
    ...leastSize(args.header, context),
    ...existing(args, context),
    ...round(args, context),
  ],
});

/** The number of a loop, and what is added to it, where the index is such a sum. */
function offsetOf(index: string): { readonly name: string; readonly by: number } | undefined {
  const [, name, sign, digits = '0'] = /^([\p{L}_][\p{L}\p{Nd}_]*)(?:\s*([+-])\s*(\d+))?$/u.exec(index) ?? [];
  return name === undefined ? undefined : { name, by: sign === '-' ? -Number(digits) : Number(digits) };
}

/**
 * The loop around that counts the index, from the first number on with which there is such a member, up to the last
 * one.
 */
function lessFar({ role, index, header }: IndexOutOfRange, { workspace, uri, text, origin }: Repairing): Fix[] {
  const offset = offsetOf(index);
  const choreography = offset && choreographyAt({ workspace, uri, text }, origin);
  let loop: For | undefined;
  if (choreography)
    walkBlock(choreography.body.statements, (s) => {
      if (
        s.kind === 'for' &&
        s.index.text === offset?.name &&
        s.origin.start <= origin.start &&
        origin.end <= s.origin.end
      )
        loop = s;
    });
  if (!offset || !loop) return [];
  const { range } = loop;
  const whole = (constant: number): Linear => ({ constant, terms: new Map() });
  const size: Linear =
    header.size === undefined ? whole(header.least) : { constant: 0, terms: new Map([[header.size, 1]]) };
  if (range.kind === 'members' && (range.of.name.text !== role || range.of.index)) return [];
  const place =
    range.kind === 'members' ? range.of.origin : { start: range.from.origin.start, end: range.until.origin.end };
  const [from, until] = range.kind === 'members' ? [whole(0), size] : [linearOf(range.from), linearOf(range.until)];
  if (!from || !until || from.modulo || until.modulo) return [];
  const [first, last] = [whole(-offset.by), plus(size, whole(-offset.by))];
  const isBefore = (one: Linear, other: Linear): boolean => {
    const { constant, terms } = plus(other, times(one, -1));
    return terms.size === 0 && constant > 0;
  };
  const written = (end: Linear): string => printExpr(exprOf(end, origin));
  const code = `${written(isBefore(from, first) ? first : from)} until ${written(isBefore(last, until) ? last : until)}`;
  return [
    {
      title: `Go less far: \`for ${writeName(loop.index.text)} in ${code}\``,
      edits: [{ uri, ...place, newText: code }],
      cost: { doubt: 3 },
    },
  ];
}

/** A number that is none of a member: the last member there is, or a family that is larger by itself. */
function existing({ role, index, value, size, header, ends }: IndexOutOfRange, { origin, uri }: Repairing): Fix[] {
  if (header.size !== undefined || String(value) !== index || value < size || size === 0) return [];
  const larger = String(ends ? value : value + 1);
  const last = String(ends ? size : size - 1);
  return [
    {
      title: ends ? `Up to the last one: \`until ${last}\`` : `Write \`${writeName(role)}[${last}]\`, the last one`,
      edits: [{ uri, ...origin, newText: last }],
      cost: { doubt: 3 },
    },
    {
      title: `${count(Number(larger), 'member')}: \`${writeName(role)}[${larger}]\``,
      edits: [{ uri, ...header.at, newText: `[${larger}]` }],
      cost: { doubt: 4 },
    },
  ];
}

/** From the last member on to the first, or the other way round. */
function round({ role, index, header }: IndexOutOfRange, { origin, uri }: Repairing): Fix[] {
  const offset = offsetOf(index);
  // The number of nobody goes round.
  if (!offset || offset.by === 0 || offset.name === header.size) return [];
  const size = header.size === undefined ? String(header.least) : writeName(header.size);
  const text =
    offset.by > 0 ? `(${index}) % ${size}` : `(${writeName(offset.name)} + ${size} - ${-offset.by}) % ${size}`;
  const edit = { uri, ...origin, newText: text };
  const title = `Go round: \`${writeName(role)}[${text}]\``;
  const more = atLeast(header, 2);
  return [
    { title, edits: [edit], cost: { doubt: 5 } },
    ...(more === undefined
      ? []
      : [
          {
            title: `${title}, with at least 2 members`,
            edits: [edit, { uri, ...header.at, newText: more }],
            cost: { doubt: 6 },
          },
        ]),
  ];
}
