// Channels that threads share: two messages of one sender to one receiver, of which either may be sent first. Where a
// queue has a bound, one may hold up the other.
import { messagesIn, rolesNamed, walkBlock } from './choreography.js';
import type { Choreography, Statement } from './choreography.js';
import { mostChannels } from './limits.js';
import type { RoleRef } from './role.js';
import { inSeveral } from './threads.js';

/** Of the messages from one role to another: whether some have the member that a round is about at either end, or none. */
interface Ends {
  sender: boolean;
  receiver: boolean;
  neither: boolean;
}

/**
 * Whether what goes on at the same time in a choreography may send by one channel: branches of a `par`, or its rounds.
 * What it calls is asked for itself. Cost: linear in the messages, times how deep `par` stands in `par`; of a call, from
 * any role to any other, up to a bound, from which on it is taken for so
 */
export function sharesChannels({ body }: Choreography): boolean {
  let shares = false;
  const budget = { left: mostChannels };
  walkBlock(body.statements, (statement) => {
    if (shares) return;
    if (statement.kind === 'par')
      shares = inSeveral(statement.branches.map(({ statements }) => channelsOf(statements, budget))).size > 0;
    else if (statement.kind === 'for' && statement.parallel === true)
      // Where one end of all is the member that the round is about, rounds have their own.
      shares = [...channelsOf(statement.body.statements, budget, statement.index.text).values()].some(
        ({ sender, receiver, neither }) => neither || (sender && receiver),
      );
    shares ||= budget.left <= 0;
  });
  return shares;
}

/**
 * The channels that statements name, by the names of their roles.
 * @param budget how many may still be looked at
 * @param index the number of the round
 */
function channelsOf(
  statements: readonly Statement[],
  budget: { left: number },
  index?: string,
): ReadonlyMap<string, Ends> {
  const found = new Map<string, Ends>();
  const isOwn = ({ index: own }: RoleRef): boolean =>
    own?.kind === 'member' && own.at.kind === 'name' && own.at.name.text === index;
  const add = (sender: RoleRef, receiver: RoleRef): void => {
    if (budget.left-- <= 0) return;
    const key = `${sender.name.text} ${receiver.name.text}`;
    const ends = found.get(key) ?? { sender: false, receiver: false, neither: false };
    const [bySender, byReceiver] = [isOwn(sender), isOwn(receiver)];
    ends.sender ||= bySender && !byReceiver;
    ends.receiver ||= byReceiver && !bySender;
    ends.neither ||= !bySender && !byReceiver;
    found.set(key, ends);
  };
  walkBlock(statements, (statement) => {
    if (statement.kind === 'communication') for (const { role } of statement.receivers) add(statement.sender, role);
    else if (statement.kind === 'gather')
      for (const { sender, receivers } of messagesIn(statement)) for (const { role } of receivers) add(sender, role);
    else if (statement.kind === 'call') {
      const roles = rolesNamed(statement);
      for (const one of roles)
        for (const other of roles) {
          if (budget.left <= 0) return;
          if (one !== other) add(one, other);
        }
    } else if (statement.kind === 'decision') for (const role of statement.informs) add(statement.decider, role);
    else if (statement.kind === 'while')
      for (const role of statement.informs) for (const guard of statement.guards) add(guard.role, role);
  });
  return found;
}
