// The channels that calls use. A process may write out, in place of a call, what it does there: then what it sends and
// receives has the types of the called one, though it has a label that is used here as well.
import { walkBlock } from '../ir/choreography.js';
import { ByMessage } from '../ir/message.js';
import { walkActions } from '../ir/process.js';
import type { Resolved } from '../scoping/scope.js';
import type { World } from './world.js';
import { mostCallsFollowed } from './limits.js';

/** Who plays the roles of what is called; undefined for the caller itself, whose own messages don't count. */
type Roles = ReadonlyMap<string, string> | undefined;

/**
 * The kinds of messages of all that a choreography or network calls, directly or not, in its own roles.
 * Cost: linear in what is called, for each way that its roles are taken
 */
export function calledMessages(caller: Resolved, world: World): ByMessage<true> {
  const messages = new ByMessage<true>();
  const seen = new Set<string>();
  const who = (roles: Roles, name: string): string => roles?.get(name) ?? name;
  const add = (roles: Roles, sender: string, receiver: string, label: string | undefined): void => {
    if (roles) messages.set({ sender: who(roles, sender), receiver: who(roles, receiver), label }, true);
  };
  const call = (uri: string, callee: string, args: readonly string[]): void => {
    const called = world.scope(uri).lookup(callee);
    // Its own messages have their types.
    if (!called || called.declaration === caller.declaration) return;
    const key = `${called.uri}#${callee}(${args.join()})`;
    if (seen.has(key) || seen.size > mostCallsFollowed) return;
    seen.add(key);
    const places = placesOf(called, world);
    visit(called, new Map(places.map((place, i) => [place, args[i] ?? ''])));
  };
  const visit = ({ uri, declaration }: Resolved, roles: Roles): void => {
    if (declaration.kind === 'choreography') {
      walkBlock(declaration.body.statements, (statement) => {
        if (statement.kind === 'communication')
          for (const { role } of statement.receivers)
            add(roles, statement.sender.key, role.key, statement.label?.name.text);
        if (statement.kind === 'gather')
          for (const { role } of statement.senders)
            add(roles, role.key, statement.receiver.role.key, statement.label?.name.text);
        if (statement.kind === 'call')
          call(
            uri,
            statement.callee.text,
            statement.args.map((arg) => who(roles, arg.role.key)),
          );
      });
    }
    if (declaration.kind !== 'network') return;
    for (const { name, body } of declaration.processes) {
      walkActions(body.actions, (action) => {
        if (action.kind === 'send') add(roles, name.text, action.receiver.key, action.label?.name.text);
        if (action.kind === 'receive')
          for (const branch of action.branches) add(roles, branch.sender.key, name.text, branch.label?.text);
        if (action.kind === 'gather')
          for (const sender of action.senders) add(roles, sender.key, name.text, action.label?.text);
        if (action.kind === 'call')
          call(
            uri,
            action.callee.text,
            action.args.map((arg) => who(roles, arg.role.key)),
          );
      });
    }
  };
  visit(caller, undefined);
  return messages;
}

/** The places of a call: the roles of a choreography, and of a network that implements one; else the processes. */
function placesOf({ uri, declaration }: Resolved, world: World): string[] {
  const design =
    declaration.kind === 'network' && declaration.implements
      ? world.scope(uri).lookup(declaration.implements.text)?.declaration
      : declaration;
  return namesOf(design?.kind === 'choreography' ? design : declaration);
}

function namesOf(declaration: Resolved['declaration']): string[] {
  if (declaration.kind === 'choreography') return declaration.roles.map((role) => role.name.text);
  return declaration.kind === 'network' ? declaration.processes.map((process) => process.name.text) : [];
}
