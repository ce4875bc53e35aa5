// maybe-unassigned: a variable is read where some path has given it no value.
import type { Way } from '../findings/typing.js';
import { writeName } from '../syntax/names.js';
import { ordinal } from '../syntax/ordinal.js';
import { inOrder } from './in-order.js';
import { defineRule } from './rule.js';
import { indentOf, lineStart } from '../edits/text.js';

export const maybeUnassigned = defineRule({
  code: 'maybe-unassigned',
  summary: 'A variable is read where some path has given it no value.',
  explanation:
    'A variable comes to be where its role first receives or assigns it. If that happens in one branch of a decision, or in the body of a loop that may not be entered, then after it there is a path on which the variable has no value. The check follows every path: `if`, `match`, `choice`, `while`, `rec`, `continue` and `leave`.',
  advice:
    'Give the variable a value in the other branch too, or before the decision, or use it inside the branch that gives it one.',
  bad: 'extern dateOf(title: string): string\n\nchoreography Deal(Buyer(ok: bool), Seller): string@Buyer {\n  if Buyer.ok {\n    Buyer -> Seller: accept\n    Seller.dateOf("book") -> Buyer.when\n  } else {\n    Buyer -> Seller: reject\n  }\n  return Buyer.when\n}\n',
  good: 'extern dateOf(title: string): string\n\nchoreography Deal(Buyer(ok: bool), Seller): string@Buyer {\n  if Buyer.ok {\n    Buyer -> Seller: accept\n    Seller.dateOf("book") -> Buyer.when\n  } else {\n    Buyer -> Seller: reject\n    Buyer.when = "never"\n  }\n  return Buyer.when\n}\n',
  message: ({ role, name, reason }) =>
    reason?.way.kind === 'threads'
      ? `\`${role}.${name}\` has no value here: branches that go on at the same time have each bound \`${name}\` for themselves, and nothing of it is left behind them. Give it a value before, so that they share it, or call those in the branches differently.`
      : reason?.way.kind === 'beside'
        ? `\`${role}.${name}\` has no value here: another branch gives it one, and both go on at the same time. Put what needs it into that branch, or behind the \`par\`.`
        : reason?.way.kind === 'partly'
          ? reason.way.of === 'places'
            ? `\`${role}.${name}\` has a value at some of its places only. Give it one at all of them before.`
            : `\`${role}.${name}\` has a value at some members only, and others read it here, too. Give it one at them before, or let only those read it.`
          : reason
            ? `\`${role}.${name}\` has no value if ${sayWay(reason.way)}. Give it one there too, or before.`
            : `\`${role}.${name}\` has no value yet: it is given one only further on.`,
  related: ({ role, name, first }) => [{ ...first, message: `\`${role}.${name}\` gets a value here` }],
  fixes: ({ role, name, reason, type, process }, { uri, text }) => {
    if (reason?.way.kind === 'beside')
      return [
        {
          title: 'Put the branches one after the other',
          edits: inOrder(reason.way.par, reason.way.branches, { uri, text }),
          preferred: true,
          cost: { doubt: -2 },
        },
      ];
    const value = type === undefined ? undefined : plainValue(type);
    if (!value || !reason?.place) return [];
    const statement = `${process ? '' : `${writeName(role)}.`}${writeName(name)} = ${value}`;
    const { start, end } = reason.place;
    if (start === end) {
      const own = indentOf(
        text,
        lineStart(text, start) + (/^[ \t]*/.exec(text.slice(lineStart(text, start)))?.[0].length ?? 0),
      );
      return [
        {
          title: `Give it a value there: \`else { ${statement} }\``,
          edits: [{ uri, start, end, newText: ` else {\n${own}  ${statement}\n${own}}` }],
          cost: { doubt: 6 },
        },
      ];
    }
    // Last in the block: on a line of its own where the closing brace has one.
    const brace = end - 1;
    const indent = indentOf(text, brace);
    const alone = text.slice(lineStart(text, brace), brace).trim() === '';
    const empty = text.slice(start + 1, brace).trim() === '';
    const edit = alone
      ? { uri, start: brace - indent.length, end: brace - indent.length, newText: `${indent}  ${statement}\n` }
      : {
          uri,
          start: brace,
          end: brace,
          newText:
            empty && text.charAt(brace - 1) !== ' '
              ? ` ${statement} `
              : `${text.charAt(brace - 1) === ' ' ? '' : ' '}${statement} `,
        };
    return [{ title: `Give it a value there: \`${statement}\``, edits: [edit], cost: { doubt: 6 } }];
  },
});

/** A value to begin with, for the types that have one. */
function plainValue(type: string): string | undefined {
  if (type.startsWith('list<')) return '[]';
  if (type.startsWith('option<')) return 'none';
  return new Map([
    ['int', '0'],
    ['float', '0.0'],
    ['bool', 'false'],
    ['string', '""'],
  ]).get(type);
}

/** On which path it is, as a clause: `if …`. */
function sayWay(way: Way): string {
  const guards = 'guards' in way ? way.guards.map((guard) => `\`${guard}\``).join(' and ') : '';
  switch (way.kind) {
    case 'label':
      return `${way.role} goes the \`${way.label}\` way`;
    case 'unlabelled':
      return `${way.role} sends a message without a label`;
    case 'condition':
      return `${guards} is ${way.holds}`;
    case 'case':
      return way.pattern === undefined ? `${guards} is none of the cases` : `${guards} is \`${way.pattern}\``;
    case 'branch':
      return way.role === undefined
        ? `the ${ordinal(way.index)} way is taken`
        : `${way.role} goes the ${ordinal(way.index)} way`;
    case 'round':
      return 'the loop goes on';
    case 'left':
      return `\`${way.loop}\` is left before that`;
    case 'skipped':
      return way.counts ? `\`${way.guard}\` has no round` : `\`${way.guard}\` is false from the start`;
    case 'threads':
      return 'each branch has its own';
    case 'beside':
      return 'the other branch is not so far';
    case 'partly':
      return 'it is another one';
  }
}
