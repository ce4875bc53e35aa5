// role-given-twice: one role stands in two places of a call.
import { writeName } from '../syntax/names.js';
import { defineRule } from './rule.js';

export const roleGivenTwice = defineRule({
  code: 'role-given-twice',
  summary: 'One role stands in two places of a call.',
  explanation:
    'The roles of a choreography are different parties, which run at the same time. One role in two places would have to send to itself, and to do two things at once.',
  advice: 'Put another role in one of the places.',
  bad: 'choreography Ping(A, B) {\n  A."ping" -> B.ping\n}\n\nchoreography Main(Alice, Bob) {\n  do Ping(Alice, Alice)\n  Bob."done" -> Alice.end\n}\n',
  good: 'choreography Ping(A, B) {\n  A."ping" -> B.ping\n}\n\nchoreography Main(Alice, Bob) {\n  do Ping(Alice, Bob)\n  Bob."done" -> Alice.end\n}\n',
  message: ({ role, callee, captured }) =>
    captured !== undefined
      ? `${role} comes with \`${captured}\` and is given to \`${callee}\` as well: each place needs a role of its own.`
      : `${role} stands in two places of \`${callee}\`: each place needs a role of its own.`,
  related: ({ role, first }) => [{ ...first, message: `${role} stands here already` }],
  fixes: ({ origin, others }, { uri }) =>
    others.map((other) => ({
      title: `Put ${other} here`,
      edits: [{ uri, ...origin, newText: writeName(other) }],
      preferred: others.length === 1,
    })),
});
