// Local behaviour in words, for messages: what a role does first in a branch.
import { printExpr, printType } from '../syntax/print.js';
import type { Arm, Node } from './behaviour.js';
import type { Parting } from './merge.js';

/** A verb and what it is about: `gets`, `` `ship` from Seller ``. */
interface Phrase {
  readonly verb: string;
  readonly object: string;
}

/** What a role does at a node; undefined is nothing. */
function phrase(node: Node | undefined): Phrase | undefined {
  if (!node) return undefined;
  switch (node.kind) {
    case 'receive': return { verb: 'gets', object: `${node.arms.map(sayArm).join(' or ')} from ${node.sender.text}` };
    case 'fork': return { verb: 'decides', object: node.value ? `by \`${shorten(printExpr(node.value))}\`` : 'by itself' };
    case 'while': return { verb: 'loops', object: `while \`${shorten(printExpr(node.condition))}\`` };
    case 'rec': return phrase(node.body?.node) ?? { verb: 'starts', object: `the loop \`${node.name.text}\`` };
    case 'leaf': break;
  }
  const { action } = node;
  switch (action.kind) {
    case 'send': {
      const what = action.label ? `\`${action.label.name.text}\`` : action.value ? `\`${shorten(printExpr(action.value))}\`` : 'a message';
      return { verb: 'sends', object: `${what} to ${action.receiver.text}` };
    }
    case 'assignment': return { verb: 'sets', object: `\`${action.variable.text}\`` };
    case 'effect': return { verb: 'does', object: `\`${shorten(printExpr(action.value))}\`` };
    case 'call': return { verb: 'takes part in', object: `\`${action.callee.text}\`` };
    case 'continue': return { verb: 'goes', object: 'round the loop again' };
    case 'hole': return { verb: 'does', object: 'what is not known' };
  }
}

/** The message of one branch of a receive: its label, else its variable. */
export function sayArm(arm: Pick<Arm, 'label' | 'variable'>): string {
  if (arm.label) return `\`${arm.label.text}\``;
  return arm.variable ? `\`${arm.variable.text}\`` : 'a message without a label';
}

/** What a role does at a node, as a clause: `` gets `ship` from Seller ``. */
export function sayNode(node: Node | undefined): string {
  const said = phrase(node);
  return said ? `${said.verb} ${said.object}` : 'does nothing';
}

function sayPayload(node: Node | undefined): string {
  const arm = node?.kind === 'receive' ? node.arms[0] : undefined;
  if (!arm) return sayNode(node);
  if (arm.variable) return `into \`${arm.variable.text}\``;
  return arm.carries ? 'with a value that it does not keep' : arm.types.length > 0 ? `with \`${arm.types.length === 1 ? '' : '('}${arm.types.map(printType).join(', ')}${arm.types.length === 1 ? '' : ')'}\`` : 'without a value';
}

/**
 * What a role does in each of two branches, as a clause: `` it gets `ship` from Seller in one branch and nothing in the
 * other ``.
 * @param places how the two branches are called
 */
export function sayParting({ left, right, reason, after }: Parting, places: readonly [string, string] = ['in one branch', 'in the other']): string {
  const since = after ? `after ${sayArm(after)} from ${after.sender.text} it ` : 'it ';
  const [one, other] = places;
  const [a, b] = [phrase(left), phrase(right)];
  if (reason === 'payload' && left?.kind === 'receive') {
    const arm = left.arms[0];
    const what = arm?.label ? sayArm(arm) : 'a message without a label';
    return `${since}gets ${what} from ${left.sender.text}, ${sayPayload(left)} ${one} and ${sayPayload(right)} ${other}`;
  }
  if (!a && !b) return `${since}ends ${one} and ${other}, but not in the same place`;
  if (!a && b) {
    const [first, second] = one === 'in one branch' ? [one, other] : [other, one];
    return `${since}${b.verb} ${b.object} ${first} and nothing ${second}`;
  }
  if (!a) return '';
  if (!b) return `${since}${a.verb} ${a.object} ${one} and nothing ${other}`;
  if (a.object === b.object && a.verb === b.verb) return `${since}${a.verb} ${a.object} ${one} and ${other}, but goes on differently`;
  return `${since}${a.verb} ${a.object} ${one} and ${a.verb === b.verb ? '' : `${b.verb} `}${b.object} ${other}`;
}

/** An expression short enough for a message. */
export function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
