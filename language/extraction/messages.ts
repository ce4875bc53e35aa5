// A message of a network, with both its ends.
import { walkExpr } from '../ir/expression.js';
import type { Expr } from '../ir/expression.js';
import { sendersOf } from '../ir/process.js';
import type { Receive, ReceiveBranch, Send } from '../ir/process.js';
import { namesOfTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';
import type { RoleRef } from '../ir/role.js';
import { listed } from '../text/words.js';
import { writeName } from '../syntax/names.js';
import { printExpr, printRole, printTarget, printType } from '../syntax/print.js';
import type { Setting, Step, Variable } from './state.js';
import { originOf, Unextractable } from './terms.js';
import type { Known } from './values.js';

/** A statement that leads on in one way. */
export function line(
  text: string,
  roles: readonly number[],
  reads: readonly Variable[],
  writes: readonly Variable[] = [],
): Step {
  return { text, form: 'line', heads: [], roles, reads, writes };
}

/** The variables that take a value. */
export function writtenBy(p: number, into: Target | undefined): Variable[] {
  return namesOfTarget(into).map(({ text }): Variable => [p, text]);
}

/** The variables of a process that an expression reads. */
export function readBy(p: number, expr: Expr | undefined, { variables }: Setting): Variable[] {
  const found: Variable[] = [];
  if (expr)
    walkExpr(expr, (e) => {
      if (e.kind === 'name' && variables[p]?.has(e.name.text)) found.push([p, e.name.text]);
    });
  return found;
}

/**
 * Whom a receive is from. @throws Unextractable where it takes messages of several: which comes first, no choreography
 * says yet
 */
export function fromOne(action: Receive): RoleRef {
  const senders = sendersOf(action);
  const [from] = senders;
  if (!from || senders.length > 1)
    throw new Unextractable(
      `Here a message is taken from ${listed(
        senders.map(({ key }) => key),
        'or',
      )}, whichever comes first: a choreography can’t say that.`,
      originOf(action),
    );
  return from;
}

/** The process at the other end of a message. @throws Unextractable where there is none */
export function peerOf(p: number, action: Send | Receive, names: readonly string[]): number {
  const name = action.kind === 'send' ? action.receiver.key : fromOne(action).key;
  const peer = names.indexOf(name);
  if (peer < 0)
    throw new Unextractable(
      `${names[p]} ${action.kind === 'send' ? `sends to ${name}` : `waits for ${name}`}, which is no process of the network: a choreography has both ends of a message.`,
      originOf(action),
    );
  return peer;
}

/** What is known once a message is received. */
export function received(
  known: Known,
  p: number,
  q: number,
  send: Send,
  { into }: ReceiveBranch,
  { knowledge }: Setting,
): Known {
  return (into && knowledge?.assign(known, q, into, p, send.value)) ?? known;
}

/** How a message is received; undefined where it is not. */
export function branchFor(send: Send, receive: Receive): ReceiveBranch | undefined {
  return receive.branches.find((branch) => (branch.label?.text ?? '') === (send.label?.name.text ?? ''));
}

/** A message with both its ends. */
export function message(p: number, q: number, send: Send, branch: ReceiveBranch, setting: Setting): Step {
  const sender = writeName(setting.names[p] ?? '');
  const value = send.value ? `.${printExpr(send.value)}` : '';
  const into = branch.into ? `.${printTarget(branch.into)}` : '';
  const { label } = send;
  const types = label && label.types.length > 0 ? `(${label.types.map(printType).join(', ')})` : '';
  return line(
    `${sender}${value} -> ${printRole(send.receiver)}${into}${label ? `: ${label.name.text === '' ? '_' : writeName(label.name.text)}${types}` : ''}`,
    [p, q],
    readBy(p, send.value, setting),
    writtenBy(q, branch.into),
  );
}
