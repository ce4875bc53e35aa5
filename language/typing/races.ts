// Messages that a role can't tell apart: one sender, one receiver, one label, in branches that go on at the same time.
import { messagesIn, walkBlock } from '../ir/choreography.js';
import type { Communication, For, Par, Statement } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import { walkActions } from '../ir/process.js';
import type { Action, LocalPar, Process } from '../ir/process.js';
import { standingFor } from '../ir/choreography.js';
import type { RoleRef } from '../ir/role.js';
import type { Scope } from '../scoping/scope.js';
import { report } from './context.js';
import type { Context } from './context.js';
import type { State } from './process-state.js';
import type { Race } from '../findings/typing.js';
import { mostMessagesCompared } from './limits.js';

/** A message of a branch: of which statement of it, and through which calls. */
interface Said {
  readonly sender: RoleRef;
  readonly receiver: RoleRef;
  readonly label: string;
  readonly at: TextRange;
  readonly calls: readonly string[];
  /** Where another label could be written. */
  readonly relabel?: { readonly at: TextRange; readonly missing: boolean };
}

/**
 * Tells the first two messages of each two branches that a receiver can't tell apart.
 * Cost: linear in the messages of the branches, those of calls included, which are bounded
 */
export function checkRaces(context: Context, par: Par): void {
  const said = par.branches.map((branch) => messagesOf(branch.statements, context.scope));
  const labels = new Set(said.flatMap((each) => each.map(({ label }) => label)));
  tell(context, said, labels, { par: par.origin, branches: par.branches.map(({ origin }) => origin) });
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

/** Whether two may be one role. */
function mayBe(one: RoleRef, other: RoleRef): boolean {
  if (one.name.text !== other.name.text) return false;
  const [a, b] = [one.index, other.index];
  return !(
    a?.kind === 'member' &&
    b?.kind === 'member' &&
    a.at.kind === 'int' &&
    b.at.kind === 'int' &&
    Number(a.at.text) !== Number(b.at.text)
  );
}

function tell(
  context: Context,
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
      const first = earlier
        .get(key)
        ?.find((other) => mayBe(other.sender, message.sender) && mayBe(other.receiver, message.receiver));
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
export function checkLocalRaces(context: Context, { process }: State, par: LocalPar): void {
  const said = par.branches.map((branch) => localMessages(process, branch.actions));
  const labels = new Set(said.flatMap((each) => each.map(({ label }) => label)));
  tell(context, said, labels, {
    par: par.origins[0] ?? process.origin,
    branches: par.branches.map(({ origin }) => origin),
  });
}

function localMessages({ name, origin }: Process, actions: readonly Action[]): readonly Said[] {
  const found: Said[] = [];
  const self: RoleRef = { name, key: name.text, origin: name.origin };
  walkActions(actions, (action) => {
    const at = action.origins[0] ?? origin;
    if (action.kind === 'send')
      found.push({ sender: self, receiver: action.receiver, label: action.label?.name.text ?? '', at, calls: [] });
    else if (action.kind === 'receive')
      for (const branch of action.branches)
        found.push({
          sender: branch.sender,
          receiver: self,
          label: branch.label?.text ?? '',
          at: branch.origins[0] ?? at,
          calls: [],
        });
    else if (action.kind === 'gather')
      for (const sender of action.senders)
        found.push({ sender, receiver: self, label: action.label?.text ?? '', at, calls: [] });
  });
  return found;
}
