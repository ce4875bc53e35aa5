// Local behaviour in words, for messages: what a role does first in a branch.
import type { Call, Decision, While } from '../ir/choreography.js';
import type { LocalCall } from '../ir/process.js';
import { ordinal } from '../syntax/ordinal.js';
import { asWritten } from '../ir/expression.js';
import { printExpr, printPattern, printType } from '../syntax/print.js';
import type { Arm, Node } from './behaviour.js';
import type { Parting } from './merge.js';

/** A verb and what it is about: `gets`, `` `ship` from Seller ``. */
interface Phrase {
  readonly verb: string;
  readonly object: string;
  /** Of what is sent, set or called: with the value. */
  readonly whole?: string;
}

/** What a role does at a node; undefined is nothing. */
function phrase(done: Node | undefined): Phrase | undefined {
  if (!done) return undefined;
  const node = headOf(done);
  switch (node.kind) {
    case 'receive': return { verb: 'gets', object: `${node.arms.map(sayArm).join(' or ')} from ${node.sender.text}` };
    case 'fork': return { verb: 'decides', object: node.value ? `by ${quoted(printExpr(node.value))}` : 'by itself' };
    case 'while': return { verb: 'loops', object: `while ${quoted(printExpr(node.condition))}` };
    case 'rec': return phrase(node.body?.node) ?? { verb: 'goes', object: 'into a loop' };
    case 'leaf': break;
  }
  const { action } = node;
  switch (action.kind) {
    case 'send': {
      const { label, value, receiver } = action;
      const what = label ? `\`${label.name.text}\`` : value ? quoted(printExpr(value)) : 'a message';
      return { verb: 'sends', object: `${what} to ${receiver.text}`, ...(label && value ? { whole: `${quoted(`${label.name.text}(${printExpr(value)})`)} to ${receiver.text}` } : {}) };
    }
    case 'assignment': return { verb: 'sets', object: `\`${action.variable.text}\``, whole: `\`${action.variable.text}\` to ${quoted(printExpr(action.value))}` };
    case 'effect': return { verb: 'does', object: quoted(printExpr(action.value)) };
    case 'call': return { verb: 'takes part', object: `in \`${action.callee.text}\``, whole: `in ${quoted(callText(action))}` };
    case 'continue': return { verb: 'goes', object: 'round the loop again' };
    case 'hole': return { verb: 'does', object: 'what is not known' };
  }
}

/** A node in its author's names, without what follows it inside. */
function headOf(node: Node): Node {
  switch (node.kind) {
    case 'leaf': case 'receive': return asWritten(node.kind === 'leaf' ? node : { ...node, arms: node.arms.map((arm) => ({ ...arm, body: undefined })) });
    case 'fork': return { ...node, value: asWritten(node.value) };
    case 'while': return { ...node, condition: asWritten(node.condition) };
    case 'rec': return node;
  }
}

/** A call as it is written, without inputs: `Quote(Alice, Bob)`. */
function callText({ target, callee, args }: LocalCall): string {
  return `${target ? `${target.text} = ` : ''}${callee.text}(${args.map((arg) => arg.role.text + (arg.inputs.length > 0 ? `(${arg.inputs.map((input) => printExpr(input)).join(', ')})` : '')).join(', ')})`;
}

/** The message of one branch of a receive: its label, else its variable. */
export function sayArm(arm: Pick<Arm, 'label' | 'variable'>): string {
  if (arm.label) return `\`${arm.label.text}\``;
  return arm.variable ? `\`${asWritten(arm.variable).text}\`` : 'a message without a label';
}

/** What a role does at a node, as a clause: `` gets `ship` from Seller ``. */
export function sayNode(node: Node | undefined): string {
  const said = phrase(node);
  return said ? `${said.verb} ${said.object}` : 'does nothing';
}

/** @param other what it is told apart from: where both have one name, it is told by the one that it was given */
function sayPayload(node: Node | undefined, other: Node | undefined): string {
  const [arm, second] = [node, other].map((each) => (each?.kind === 'receive' ? each.arms[0] : undefined));
  if (!arm) return sayNode(node);
  const written = arm.variable && asWritten(arm.variable).text;
  if (arm.variable) return `into \`${second?.variable && asWritten(second.variable).text === written ? arm.variable.text : written ?? ''}\``;
  return arm.carries ? 'with a value that it does not keep' : arm.types.length > 0 ? `with \`${arm.types.length === 1 ? '' : '('}${arm.types.map(printType).join(', ')}${arm.types.length === 1 ? '' : ')'}\`` : 'without a value';
}

/**
 * What a role does in each of two branches, as a clause: `` it gets `ship` from Seller in one branch and nothing in the
 * other ``.
 * @param places how the two branches are called, see `placesIn`
 */
export function sayParting({ left, right, reason, after }: Parting, places: readonly [string, string] = ['in one branch', 'in the other']): string {
  const since = after ? `after ${sayArm(after)} from ${after.sender.text} it ` : 'it ';
  const [one, other] = places;
  const [a, b] = [phrase(left), phrase(right)];
  if (reason === 'payload' && left?.kind === 'receive') {
    const arm = left.arms[0];
    const what = arm?.label ? sayArm(arm) : 'a message without a label';
    return `${since}gets ${what} from ${left.sender.text}, ${sayPayload(left, right)} ${one} and ${sayPayload(right, left)} ${other}`;
  }
  if (!a && !b) return `${since}ends ${one} and ${other}, but not in the same place`;
  // Places that have no order of their own are told with what is done first.
  if (!a && b) return one === 'in one branch' ? `${since}${sayBoth(b, undefined, one, other)}` : `${since}${sayBoth(b, undefined, other, one)}`;
  return a ? `${since}${sayBoth(a, b, one, other)}` : '';
}

function sayBoth(a: Phrase, b: Phrase | undefined, one: string, other: string): string {
  // Where a verb has no object of its own, nothing can't be one.
  if (!b) return `${a.verb} ${a.object} ${one} and ${a.verb === 'gets' || a.verb === 'sends' ? '' : 'does '}nothing ${other}`;
  const same = a.verb === b.verb;
  if (!same || a.object !== b.object) return `${a.verb} ${a.object} ${one} and ${same ? '' : `${b.verb} `}${b.object} ${other}`;
  if (a.whole !== b.whole) return `${a.verb} ${a.whole ?? a.object} ${one} and ${b.whole ?? b.object} ${other}`;
  return `${a.verb} ${a.object} ${one} and ${other}, but goes on differently`;
}

/**
 * How two ways through a statement are called: where there are two branches, `in one branch` and `in the other`; of more, those that are meant.
 * @param ways the branches, by their places; of a loop, 0 is a round and 1 what follows it
 */
export function placesIn(statement: Decision | While | Call, [left, right]: readonly [number, number]): readonly [string, string] {
  if (statement.kind === 'while') return ['in a round', 'after the last'];
  if (statement.kind === 'call' || statement.branches.length <= 2) return ['in one branch', 'in the other'];
  return [`in ${nameOfBranch(statement, left)}`, `in ${nameOfBranch(statement, right)}`];
}

/** What one of several branches is called: `the case \`put\``, `the \`else\``, `the third branch`. */
export function nameOfBranch({ form, branches }: Decision, index: number): string {
  const branch = branches[index];
  if (form === 'match' && branch) return branch.pattern ? `the case ${quoted(printPattern(branch.pattern))}` : 'the `else`';
  return `the ${ordinal(index)} branch`;
}

function quoted(text: string): string {
  return `\`${shorten(text)}\``;
}

/** An expression short enough for a message. */
export function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
