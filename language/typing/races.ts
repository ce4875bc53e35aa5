// Messages that a role can't tell apart: one sender, one receiver, one label, in branches that go on at the same time.
import { messagesIn, walkBlock } from '../ir/choreography.js';
import type { Communication, For, Par, Statement } from '../ir/choreography.js';
import type { Expr, Name, TextRange } from '../ir/expression.js';
import type { Action, LocalPar, Process } from '../ir/process.js';
import { walkUnder } from '../ir/threads.js';
import { standingFor } from '../ir/choreography.js';
import { membersOf, roleOf } from '../ir/role.js';
import type { RoleRef } from '../ir/role.js';
import type { Scope } from '../scoping/scope.js';
import { report } from './context.js';
import type { Context } from './context.js';
import type { State } from './process-state.js';
import type { Race } from '../findings/typing.js';
import { mostMessagesCompared } from './limits.js';
import type { Members } from './members.js';

/** A message of a branch: of which statement of it, and through which calls. */
interface Said {
  readonly sender: RoleRef;
  readonly receiver: RoleRef;
  readonly label: string;
  /** The conditions on numbers of members under which it is sent. */
  readonly when?: readonly Expr[];
  /** The numbers of the rounds that the label carries. */
  readonly rounds?: readonly Expr[] | undefined;
  readonly at: TextRange;
  readonly calls: readonly string[];
  /** Where another label could be written. */
  readonly relabel?: { readonly at: TextRange; readonly missing: boolean };
}

/**
 * Tells the first two messages of each two branches that a receiver can't tell apart.
 * Cost: linear in the messages of the branches, those of calls included, which are bounded
 */
export function checkRaces(context: Context, members: Members, par: Par): void {
  const said = par.branches.map((branch) => messagesOf(branch.statements, context.scope));
  const labels = new Set(said.flatMap((each) => each.map(({ label }) => label)));
  tell(context, members, said, labels, { par: par.origin, branches: par.branches.map(({ origin }) => origin) });
}

/**
 * Tells the messages in a loop whose rounds go on at the same time that the rounds can't tell apart: those of calls,
 * which carry no number.
 * Cost: as that of `checkRaces`
 */
export function checkRacesOfRounds(context: Context, loop: For): void {
  const own = (role: RoleRef): boolean =>
    role.index?.kind === 'member' && role.index.at.kind === 'name' && role.index.at.name.text === loop.index.text;
  for (const message of messagesOf(loop.body.statements, context.scope)) {
    if (message.calls.length === 0 || own(message.sender) !== own(message.receiver)) continue;
    report(context, 'race', message.at, {
      sender: message.sender.key,
      receiver: message.receiver.key,
      ...(message.label ? { label: message.label } : {}),
      first: message.at,
      second: message.at,
      calls: message.calls,
      par: loop.origin,
      branches: [loop.body.origin],
      rounds: true,
    });
    return;
  }
}

/** The messages of statements, those of calls under the names of who is given. */
function messagesOf(statements: readonly Statement[], from: Scope): readonly Said[] {
  const found: Said[] = [];
  const seen = new Set<string>();
  const visit = (
    all: readonly Statement[],
    scope: Scope,
    calls: readonly string[],
    at: TextRange | undefined,
    playing: (role: RoleRef) => RoleRef | undefined,
  ): void => {
    const add = ({ sender, receivers, label, implied, origin }: Communication): void => {
      for (const receiver of receivers) {
        const [own, other] = [playing(sender), playing(receiver.role)];
        if (!own || !other) continue;
        const relabel =
          at || implied
            ? undefined
            : { at: label ? label.name.origin : { start: origin.end, end: origin.end }, missing: !label };
        found.push({
          sender: own,
          receiver: other,
          label: label?.name.text ?? '',
          at: at ?? origin,
          calls,
          ...(relabel ? { relabel } : {}),
        });
      }
    };
    walkBlock(all, (statement) => {
      if (found.length > mostMessagesCompared) return;
      if (statement.kind === 'communication') add(statement);
      else if (statement.kind === 'gather') messagesIn(statement).forEach(add);
      else if (statement.kind === 'call') {
        const callee = scope.lookup(statement.callee.text);
        const there = callee && scope.at(callee.uri);
        if (callee?.declaration.kind !== 'choreography' || !there) return;
        const { declaration } = callee;
        const args = statement.args.map((arg) => ({ role: playing(arg.role) ?? arg.role }));
        const key = `${callee.uri}#${declaration.name.text} ${args.map(({ role }) => role.key).join()}`;
        if (seen.has(key)) return;
        seen.add(key);
        visit(declaration.body.statements, there, [...calls, declaration.name.text], at ?? statement.origin, (role) =>
          standingFor(declaration, args, role),
        );
      }
    });
  };
  visit(statements, from, [], undefined, (role) => role);
  return found;
}

/** Whether two of one label may be one message: of the same roles, in the same round. */
function mayBe(members: Members, one: Said, other: Said): boolean {
  return (
    members.mayMeet(one.sender, other.sender) &&
    members.mayMeet(one.receiver, other.receiver) &&
    members.mayHold([...(one.when ?? []), ...(other.when ?? [])]) &&
    (one.rounds ?? []).every((round, i) => members.mayEqual(round, other.rounds?.[i] ?? round))
  );
}

function tell(
  context: Context,
  members: Members,
  branches: readonly (readonly Said[])[],
  labels: ReadonlySet<string>,
  where: Pick<Race, 'par' | 'branches'>,
): void {
  const earlier = new Map<string, Said[]>();
  for (const branch of branches) {
    const known = new Set<string>();
    let told = false;
    for (const message of branch) {
      const key = `${message.sender.name.text} ${message.receiver.name.text} ${message.label}`;
      const first = earlier.get(key)?.find((other) => mayBe(members, other, message));
      if (!first || told) continue;
      told = true;
      const calls = [...new Set([...first.calls.slice(0, 1), ...message.calls.slice(0, 1)])];
      report(context, 'race', message.at, {
        sender: message.sender.key,
        receiver: message.receiver.key,
        ...(message.label ? { label: message.label } : {}),
        first: first.at,
        second: message.at,
        ...(calls.length > 0 ? { calls } : {}),
        ...where,
        ...(message.relabel ? { relabel: { ...message.relabel, label: freeLabel(message.label, labels) } } : {}),
      });
    }
    for (const message of branch) {
      const key = `${message.sender.name.text} ${message.receiver.name.text} ${message.label}`;
      if (known.has(`${key} ${message.sender.key} ${message.receiver.key}`)) continue;
      known.add(`${key} ${message.sender.key} ${message.receiver.key}`);
      earlier.set(key, [...(earlier.get(key) ?? []), message]);
    }
  }
}

/** A label that no message has. */
function freeLabel(label: string, taken: ReadonlySet<string>): string {
  const base = label === '' ? 'other' : label.replace(/\d+$/, '') || 'other';
  if (!taken.has(base)) return base;
  let count = 2;
  while (taken.has(`${base}${count}`)) count++;
  return `${base}${count}`;
}

/** The same in a process: what its threads send to one role, or receive from it. */
export function checkLocalRaces(context: Context, { process, members }: State, par: LocalPar): void {
  const said = par.branches.map((branch) => localMessages(process, branch.actions));
  const labels = new Set(said.flatMap((each) => each.map(({ label }) => label)));
  tell(context, members, said, labels, {
    par: par.origins[0] ?? process.origin,
    branches: par.branches.map(({ origin }) => origin),
  });
}

/** The number of the member that a process is. */
function numberOf(members: NonNullable<Process['members']>): Expr {
  if (members.kind === 'one') return members.at;
  return { kind: 'name', name: members.index, origin: members.index.origin };
}

function localMessages({ name, members, origin }: Process, actions: readonly Action[]): readonly Said[] {
  const found: Said[] = [];
  const self = members ? membersOf(name, { kind: 'member', at: numberOf(members) }, name.origin) : roleOf(name);
  const add = (
    sender: RoleRef,
    receiver: RoleRef,
    label: Name | undefined,
    at: TextRange,
    when: readonly Expr[],
  ): void => {
    found.push({ sender, receiver, label: label?.text ?? '', rounds: label?.rounds, at, when, calls: [] });
  };
  walkUnder(actions, (action, when) => {
    const at = action.origins[0] ?? origin;
    if (action.kind === 'send') add(self, action.receiver, action.label?.name, at, when);
    else if (action.kind === 'receive')
      for (const { sender, label, origins } of action.branches) add(sender, self, label, origins[0] ?? at, when);
    else if (action.kind === 'gather') for (const sender of action.senders) add(sender, self, action.label, at, when);
  });
  return found;
}
