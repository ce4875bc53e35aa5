// Channels that threads share: two messages of one sender to one receiver, of which either may be sent first. Where a
// queue has a bound, one may hold up the other.
import { messagesIn, rolesNamed, walkBlock } from './choreography.js';
import type { Choreography, For, Statement } from './choreography.js';
import type { RoleRef } from './role.js';

/** From whom to whom something is sent; of a call, from any role that is given to any other. */
interface Channel {
  readonly sender: RoleRef;
  readonly receiver: RoleRef;
}

/**
 * Whether what goes on at the same time in a choreography may send by one channel: branches of a `par`, or its rounds.
 * What it calls is asked for itself. Cost: quadratic in the channels that one `par` names
 */
export function sharesChannels({ body }: Choreography): boolean {
  let shares = false;
  walkBlock(body.statements, (statement) => {
    if (shares) return;
    if (statement.kind === 'par') {
      const branches = statement.branches.map(({ statements }) => channelsOf(statements));
      shares = branches.some((one, i) => branches.slice(0, i).some((other) => meet(one, other)));
    } else if (statement.kind === 'for' && statement.parallel === true) shares = roundsMeet(statement);
  });
  return shares;
}

function channelsOf(statements: readonly Statement[]): readonly Channel[] {
  const found = new Map<string, Channel>();
  const add = (sender: RoleRef, receiver: RoleRef): void => {
    found.set(`${sender.key} ${receiver.key}`, { sender, receiver });
  };
  walkBlock(statements, (statement) => {
    if (statement.kind === 'communication') for (const { role } of statement.receivers) add(statement.sender, role);
    else if (statement.kind === 'gather')
      for (const { sender, receivers } of messagesIn(statement)) for (const { role } of receivers) add(sender, role);
    else if (statement.kind === 'call') {
      const roles = rolesNamed(statement);
      for (const one of roles) for (const other of roles) if (one !== other) add(one, other);
    } else if (statement.kind === 'decision') for (const role of statement.informs) add(statement.decider, role);
    else if (statement.kind === 'while')
      for (const role of statement.informs) for (const guard of statement.guards) add(guard.role, role);
  });
  return [...found.values()];
}

/** Whether two may have a channel in common, by the names of their roles. */
function meet(one: readonly Channel[], other: readonly Channel[]): boolean {
  const names = new Set(one.map(nameOf));
  return other.some((channel) => names.has(nameOf(channel)));
}

/** Whether two rounds may: not where one end of all messages is the member that the round is about. */
function roundsMeet({ index, body }: For): boolean {
  const isOwn = ({ index: at }: RoleRef): boolean =>
    at?.kind === 'member' && at.at.kind === 'name' && at.at.name.text === index.text;
  const channels = channelsOf(body.statements);
  return channels.some((one) =>
    channels.some(
      (other) =>
        nameOf(one) === nameOf(other) &&
        !(isOwn(one.sender) && isOwn(other.sender)) &&
        !(isOwn(one.receiver) && isOwn(other.receiver)),
    ),
  );
}

function nameOf({ sender, receiver }: Channel): string {
  return `${sender.name.text} ${receiver.name.text}`;
}
