// knowledge-of-choice: a role behaves differently in two branches and can't tell which one was taken.
import type { Branch, Choreography, Decision, While } from '../ir/choreography.js';
import type { Origin } from '../ir/expression.js';
import { amendments } from '../projection/amend.js';
import type { Node } from '../projection/behaviour.js';
import type { Parting } from '../projection/merge.js';
import { placesIn, sayNode, sayParting, shorten } from '../projection/words.js';
import { printExpr } from '../syntax/print.js';
import { defineRule } from './rule.js';

export interface KnowledgeOfChoice {
  readonly uri: string;
  readonly choreography: Choreography;
  readonly statement: Decision | While;
  readonly role: string;
  readonly parting: Parting;
  /** The branches that can't be told apart; of a loop, 0 is a round and 1 what follows the loop. */
  readonly branches: readonly [number, number];
  /** The file of what the role does, where it is another decision's that was called from there. */
  readonly followed?: string;
}

export const knowledgeOfChoice = defineRule<KnowledgeOfChoice>({
  code: 'knowledge-of-choice',
  severity: 'error',
  summary: 'A role can’t tell which branch was taken, and behaves differently in them.',
  explanation: `Only the role that decides knows how it decided. Every other role whose behaviour differs between the branches has to find out, and it
can only find out by the messages that it receives: until it knows, these must come from the same sender in all branches, and sooner or later have
different labels. What follows the decision counts as well: where a role gets nothing in a branch, its next message after the decision, round the
loop, or in a called choreography is its first.

Without that knowledge the role might wait for a message that never comes, or leave one unread. So it has no projection, and
a hole stands in its place.

The error stands on the innermost decision that the role can’t follow, once for each such role; where it comes to its end in a branch of a decision around
that, and a message there would do, on that one.`,
  advice: `Tell the role: \`if Buyer.ok -> Shipper\` sends it the outcome first. Or let somebody tell it who knows already; or see to it that the
first message that it gets, in every branch, comes from the same sender, with different labels. Where the role holds a copy of the
value that decides, it can decide by itself, without a message: \`if Buyer.ok, Shipper.ok\`. The quick fixes do each of these.`,
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
  message: (data) => (data.parting.reason === 'size' ? tooLong(data) : `${data.role} can’t tell ${question(data.statement)}: ${sayParting(data.parting, placesIn(data.statement, data.branches))}.${inTheWay(data)} ${advice(data)}`),
  related: (data) => [0, 1].map((side) => {
    const node = side === 0 ? data.parting.left : data.parting.right;
    const place = placesIn(data.statement, data.branches)[side === 0 ? 0 : 1];
    const origin = originOf(node);
    return { uri: origin ? data.followed ?? data.uri : data.uri, origin: origin ?? branchOrigin(data, side === 0 ? data.branches[0] : data.branches[1]), message: `${data.role} ${sayNode(node)} ${place}.` };
  }),
  fixes: (data, context) => (data.uri === context.uri ? amendments(data, context) : []),
});

/** What is not known, as a clause. */
function question(statement: Decision | While): string {
  const [guard] = statement.guards;
  const text = guard ? `\`${shorten(printExpr(guard.value))}\`` : '';
  if (statement.kind === 'while') return `whether ${guard?.role.text ?? ''} goes round its loop again (${text})`;
  const { decider, form } = statement;
  const labels = statement.branches.map((branch) => saidBy(decider.text, branch));
  const distinct = new Set(labels);
  if (!distinct.has(undefined) && distinct.size === labels.length && labels.length < 5) {
    const quoted = labels.map((label) => `\`${label ?? ''}\``);
    return `whether ${decider.text} chose ${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
  }
  if (form === 'choice') return `what ${decider.text} chose`;
  return form === 'if' ? `whether ${text} holds at ${decider.text}` : `which case ${text} is at ${decider.text}`;
}

/** The label by which the decider itself tells a branch, where the author wrote one. */
function saidBy(decider: string, branch: Branch): string | undefined {
  const first = branch.body.statements.find((statement) => statement.kind === 'communication' && statement.sender.text === decider && !statement.implied);
  return first?.kind === 'communication' ? first.label?.name.text : undefined;
}

/** The role could find out, but its code would not be read by anybody. */
function tooLong({ role, statement }: KnowledgeOfChoice): string {
  return `${role} is not told ${question(statement)}, so it needs code for every combination of this and what follows: that would be too large to write out, much longer than the choreography. Tell ${role} the choice.`;
}

/** Why the role can't look into a call. */
function inTheWay({ role, parting: { obstacle } }: KnowledgeOfChoice): string {
  return obstacle ? ` What ${role} does in \`${obstacle.callee}\` can’t be written in place of the call: ${obstacle.reason}.` : '';
}

function advice({ role, statement, parting }: KnowledgeOfChoice): string {
  const which = statement.kind === 'while' ? 'in a round and after the last' : statement.branches.length > 2 ? 'in every branch' : 'in both branches';
  if (parting.reason === 'payload') return `Use the same variable and payload in both, or give the messages different labels.`;
  return `Tell ${role} the choice, or send it a first message from the same sender ${which}.`;
}

function originOf(node: Node | undefined): Origin | undefined {
  if (!node) return undefined;
  return node.kind === 'leaf' ? node.action.origins[0] : node.kind === 'receive' ? node.arms[0]?.origins[0] : node.origins[0];
}

/** The end of a branch, for where nothing happens in it; of one that is not written, the decision. */
function branchOrigin({ statement, choreography }: KnowledgeOfChoice, index: number): Origin {
  if (statement.kind === 'while') return index === 0 ? statement.body.origin : { start: statement.origin.end, end: choreography.body.origin.end };
  const branch = statement.branches[index];
  return branch && !branch.absent ? { start: Math.max(branch.origin.start, branch.origin.end - 1), end: branch.origin.end } : statement.head;
}
