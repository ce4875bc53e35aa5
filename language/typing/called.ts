// The channels that a choreography's calls use: a process may write out, in place of a call, what it does there.
import { walkBlock } from '../ir/choreography.js';
import type { Choreography } from '../ir/choreography.js';
import type { Resolved } from '../scoping/scope.js';
import { channelKey } from './choreography.js';
import type { World } from './world.js';

/** Ways of calling that are followed: roles may come to every place. */
const mostCalls = 500;

/**
 * The keys of the messages of all that a choreography calls, directly or not, in its own roles.
 * Cost: linear in the called choreographies, for each way that their roles are taken
 */
export function calledKeys(design: Resolved & { readonly declaration: Choreography }, world: World): ReadonlySet<string> {
  const keys = new Set<string>();
  const seen = new Set<string>();
  const visit = ({ uri, declaration }: Resolved & { readonly declaration: Choreography }, roles: ReadonlyMap<string, string> | undefined): void => {
    const who = (name: string): string => roles?.get(name) ?? name;
    walkBlock(declaration.body.statements, (statement) => {
      if (statement.kind === 'communication' && roles) {
        for (const { role } of statement.receivers) keys.add(channelKey(who(statement.sender.text), who(role.text), statement.label?.name.text));
      }
      if (statement.kind !== 'call') return;
      const called = world.scope(uri).lookup(statement.callee.text);
      if (called?.declaration.kind !== 'choreography') return;
      const key = `${called.uri}#${statement.callee.text}(${statement.args.map((arg) => who(arg.role.text)).join()})`;
      if (seen.has(key) || seen.size > mostCalls) return;
      seen.add(key);
      const callee = called.declaration;
      visit({ uri: called.uri, declaration: callee }, new Map(callee.roles.map((role, i) => [role.name.text, who(statement.args[i]?.role.text ?? '')])));
    });
  };
  visit(design, undefined);
  return keys;
}
