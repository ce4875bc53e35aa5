// Messages of several: who sends them, and how many of them are waited for. The same in choreographies and in
// processes.
import type { Quorum } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import type { RoleRef } from '../ir/role.js';
import { variableTarget } from '../ir/target.js';
import { printRole } from '../syntax/print.js';
import { report } from './context.js';
import type { Context } from './context.js';
import { infer } from './expressions.js';
import type { Members } from './members.js';
import { settle, taken } from './targets.js';
import type { Owner } from './targets.js';
import { int, listOf } from './types.js';

/** One of those that send, and what stands for it in the list. */
interface Sending {
  readonly role: RoleRef;
  readonly item: TextRange;
}

/** Checks who sends, how many of them are waited for, and what keeps who they were. */
export function checkQuorum(
  context: Context,
  owner: Owner,
  members: Members,
  senders: readonly Sending[],
  quorum: Quorum | undefined,
): void {
  twice(context, members, senders);
  if (!quorum) return;
  if (quorum.count) infer(context, owner.env, quorum.count, int);
  members.checkQuorum(
    quorum,
    senders.map(({ role }) => role),
  );
  if (!quorum.by) return;
  const target = variableTarget(quorum.by);
  settle(context, owner, target, taken(context, owner, target), listOf(int));
}

/** Told where one role sends two of several messages: of each, one is taken. */
function twice(context: Context, members: Members, senders: readonly Sending[]): void {
  const seen = new Map<string, RoleRef[]>();
  for (const { role, item } of senders) {
    const before = seen.get(role.name.text) ?? [];
    seen.set(role.name.text, [...before, role]);
    const first = before.find(
      (other) => other.key === role.key || !members.families.has(role.name.text) || members.meets(other, role),
    );
    if (first)
      report(context, 'duplicate-name', role.origin, {
        name: { text: printRole(role), origin: role.origin },
        what: 'sender',
        first: { uri: context.uri, origin: first.origin },
        item,
      });
  }
}
