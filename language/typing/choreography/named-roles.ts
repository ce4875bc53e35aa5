// What may be wrong with the roles that a statement names: that they are several, or the same, or nobody.
import type { WrongMembers } from '../../findings/typing.js';
import { rolesNamed, walkBlock } from '../../ir/choreography.js';
import type { Communication, Receiver, Statement } from '../../ir/choreography.js';
import type { TextRange } from '../../ir/expression.js';
import { sameRole } from '../../ir/role.js';
import type { Located, RoleRef } from '../../ir/role.js';
import { printRole } from '../../syntax/print.js';
import { excerpt, report } from '../context.js';
import type { Context } from '../context.js';
import type { Roles } from '../role-state.js';

/** Two of the same role, where each role has one: told. */
export function checkApart(
  context: Context,
  { all, members }: Roles,
  before: readonly { readonly role: RoleRef }[],
  role: RoleRef,
  what: string,
  item: TextRange,
): boolean {
  const first = before.find(
    (other) => sameRole(other.role, role) || (all.has(role.name.text) && members.meets(other.role, role)),
  );
  if (first)
    report(context, 'duplicate-name', role.origin, {
      name: { text: role.key, origin: role.origin },
      what,
      first: { uri: context.uri, origin: first.role.origin },
      item,
      role: true,
    });
  return first !== undefined;
}

/** Told where all who decide may be nobody, and others wait for what they decide. */
export function checkSomebody(
  context: Context,
  { members }: Roles,
  guards: readonly Located[],
  blocks: readonly (readonly Statement[])[],
): void {
  const [first] = guards;
  if (!first || !guards.every(({ role }) => members.isSeveral(role))) return;
  let others = false;
  for (const block of blocks)
    walkBlock(block, (inside) => {
      others ||= rolesNamed(inside).some(({ name }) => name.text !== first.role.name.text);
    });
  if (!others) return;
  const nobody = members.emptyFor(first.role);
  if (nobody)
    report(context, 'wrong-members', first.role.origin, {
      kind: 'nobody',
      role: excerpt(context, first.role.origin),
      ...nobody,
    });
}

/** A role that has to be one: told where it is a family. */
export function checkOne(
  context: Context,
  { members }: Roles,
  role: RoleRef,
  as: Extract<WrongMembers, { kind: 'one-needed' }>['as'],
  place?: string,
): boolean {
  if (!members.isSeveral(role)) return true;
  // Where nobody speaks to them, that is told.
  if (role.index?.kind === 'others') return false;
  report(context, 'wrong-members', role.origin, {
    kind: 'one-needed',
    role: role.key,
    as,
    ...(place === undefined ? {} : { place }),
  });
  return false;
}

/** Two members that may be the same one. */
export function checkMeeting(context: Context, roles: Roles, current: Communication, receiver: Receiver): void {
  // Where others speak, it is told that they can't.
  const example =
    roles.all.has(receiver.role.name.text) && current.sender.index?.kind !== 'others'
      ? roles.members.meet(current.sender, receiver.role)
      : undefined;
  if (!example) return;
  report(context, 'self-communication', receiver.origin, {
    role: printRole(current.sender),
    statement: current.origin,
    receiver: receiver.origin,
    only: current.receivers.length === 1,
    implied: current.implied ?? false,
    members: {
      other: printRole(receiver.role),
      family: current.sender.name.text,
      ...example,
      ...(current.sender.index || receiver.role.index?.kind !== 'member'
        ? {}
        : {
            others: {
              parts: roles.members.allBut(receiver.role, receiver.role.index.at),
              item: { start: current.sender.origin.start, end: (current.value ?? current.sender).origin.end },
              role: current.sender.origin,
            },
          }),
    },
  });
}

/** Those who are told what is decided: none who decides. */
export function checkTold(
  context: Context,
  roles: Roles,
  deciders: readonly RoleRef[],
  told: readonly RoleRef[],
): void {
  for (const role of told) {
    roles.use(role, deciders[0]);
    if (deciders.some((decider) => sameRole(decider, role))) {
      report(context, 'self-communication', role.origin, {
        role: role.key,
        statement: role.origin,
        receiver: role.origin,
        only: told.length === 1,
        implied: true,
      });
    }
  }
}
