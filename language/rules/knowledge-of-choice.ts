// knowledge-of-choice: a role behaves differently in two branches and can't tell which one was taken.
import { amendments } from '../edits/amend.js';
import { choreographyAt, decisionAt } from '../edits/find.js';
import type { KnowledgeOfChoice, Question } from '../findings/projection.js';
import { sayDeed, sayConflict, sayOvertaking, sayWay } from '../projection/words.js';
import { listed, shorten } from '../text/words.js';
import type { Fix, FixContext } from '../edits/fix.js';
import type { Choreography } from '../ir/choreography.js';
import { defineRule } from './rule.js';

export const knowledgeOfChoice = defineRule({
  code: 'knowledge-of-choice',
  summary: 'A role can’t tell which branch was taken, and behaves differently in them.',
  explanation: `Only the role that decides knows how it decided. Every other role whose behaviour differs between the branches has to find out, and it
can only find out by the messages that it receives: until it knows, these must come from the same sender in all branches, and sooner or later have
different labels; or from different senders, none of which may be faster than the other, as it sends only when it has heard, perhaps by others,
that the role got the first message. What follows the decision counts as well: where a role gets nothing in a branch, its next message after the decision, round the
loop, or in a called choreography is its first.

Without that knowledge the role might wait for a message that never comes, or leave one unread. So it has no projection, and
a hole stands in its place.

The error stands on the innermost decision that the role can’t follow, once for each such role; where it comes to its end in a branch of a decision around
that, and a message there would do, on that one.`,
  advice: `Tell the role: \`if Buyer.ok -> Shipper\` sends it the outcome first. Or let somebody tell it who knows already; or see to it that the
first message that it gets, in every branch, comes from the same sender, with different labels. Where the role holds a copy of the
value that decides, it can decide by itself, without a message: \`if Buyer.ok, Shipper.ok\`. A role that may wait for ever for a message that
never comes, as servers do, need not know that it is over: \`server Shipper\` in the header says so. The quick fixes do each of these.`,
  bad: `choreography Bookseller(Buyer(title: string, budget: int), Seller(price: int), Shipper) {
  Buyer.title -> Seller.wanted
  Seller.price -> Buyer.price
  if Buyer.price <= budget {
    Buyer -> Seller: accept
    Seller.wanted -> Shipper.parcel: ship
  } else {
    Buyer -> Seller: reject
  }
}
`,
  good: `choreography Bookseller(Buyer(title: string, budget: int), Seller(price: int), Shipper) {
  Buyer.title -> Seller.wanted
  Seller.price -> Buyer.price
  if Buyer.price <= budget -> Shipper {
    Buyer -> Seller: accept
    Seller.wanted -> Shipper.parcel: ship
  } else {
    Buyer -> Seller: reject
  }
}
`,
  message: (data) =>
    data.conflict.reason === 'size'
      ? tooLong(data)
      : `${sayGiven(data)}${data.role} can’t tell ${sayQuestion(data.question)}: ${sayConflict(data.conflict, data.names)}.${sayOvertaking(data.conflict, data.role)}${inTheWay(data)} ${advice(data)}`,
  related: ({ role, conflict: { left, right }, names, places }) => [
    { ...places[0], message: `${role} ${sayDeed(left)} ${sayWay(names[0])}.` },
    { ...places[1], message: `${role} ${sayDeed(right)} ${sayWay(names[1])}.` },
  ],
  fixes({ decision, role, conflict, branches, given }, context) {
    if (given || decision.uri !== context.uri) return [];
    const choreography = choreographyAt(context, decision.origin);
    const statement = choreography && decisionAt(choreography, decision.origin);
    return statement
      ? [
          ...amendments({ choreography, statement, role, conflict, branches }, context),
          ...asServer(choreography, role, conflict, context),
        ]
      : [];
  },
});

/** The role as a server, where all that it does not know is whether it is over. */
function asServer(
  choreography: Choreography,
  role: string,
  { left, right }: KnowledgeOfChoice['conflict'],
  { uri }: FixContext,
): Fix[] {
  const own = choreography.roles.find(({ name }) => name.text === role);
  if (
    !own ||
    own.server === true ||
    choreography.results.some((result) => result.role.name.text === role) ||
    (left && right)
  )
    return [];
  return [
    {
      title: `Make ${role} a server, which may wait for ever`,
      edits: [{ uri, start: own.origin.start, end: own.origin.start, newText: 'server ' }],
      cost: { doubt: 6 },
    },
  ];
}

/** What makes a choreography that is right by itself wrong here. */
function sayGiven({ given, role }: KnowledgeOfChoice): string {
  if (!given) return '';
  return `With what is given here to \`${given.to}\`${given.outer === undefined || given.outer === role ? '' : `, where ${given.outer} is called ${role}`}: `;
}

/** What is not known, as a clause. */
function sayQuestion(question: Question): string {
  switch (question.kind) {
    case 'again':
      return `whether ${question.role} goes round its loop again (\`${shorten(question.guard)}\`)`;
    case 'labels':
      return `whether ${question.role} chose ${listed(
        question.labels.map((label) => `\`${label}\``),
        'or',
      )}`;
    case 'choice':
      return `what ${question.role} chose`;
    case 'pick':
      return `which ${question.many ? 'members' : 'member'} of ${question.of} ${question.many ? 'are' : 'is'} picked by \`${shorten(question.guard)}\` at ${question.role}`;
    case 'condition':
      return `whether \`${shorten(question.guard)}\` holds at ${question.role}`;
    case 'case':
      return `which case \`${shorten(question.guard)}\` is at ${question.role}`;
  }
}

/** The role could find out, but its code would not be read by anybody. */
function tooLong({ role, question }: KnowledgeOfChoice): string {
  return `${role} is not told ${sayQuestion(question)}, so it needs code for every combination of this and what follows: that would be too large to write out, much longer than the choreography. Tell ${role} the choice.`;
}

/** Why the role can't look into a call. */
function inTheWay({ role, conflict: { obstacle } }: KnowledgeOfChoice): string {
  return obstacle
    ? ` What ${role} does in \`${obstacle.callee}\` can’t be written in place of the call: ${obstacle.reason}.`
    : '';
}

function advice({ role, question, ways, conflict, given }: KnowledgeOfChoice): string {
  if (given)
    return `${role} has to find out in the choreographies that are given; or let it be a server in them, which may wait for ever.`;
  const which =
    question.kind === 'pick'
      ? `whichever ${question.many ? 'are' : 'is'} picked`
      : question.kind === 'again'
        ? 'in a round and after the last'
        : ways > 2
          ? 'in every branch'
          : 'in both branches';
  if (conflict.reason === 'payload')
    return `Use the same variable and payload in both, or give the messages different labels.`;
  return `Tell ${role} the choice, or send it a first message from the same sender ${which}.`;
}
