// Calls written out: what a process calls stands in its place, with the roles renamed. Not for recursion.
import type { SourceFile } from '../../language/ir/file.js';
import { sendersOf, walkActions } from '../../language/ir/process.js';
import type { Action, LocalBlock, LocalCall, Network } from '../../language/ir/process.js';
import type { RoleRef } from '../../language/ir/role.js';
import { roleOf } from '../../language/ir/role.js';

/**
 * A network without calls, that does the same. Throws where calls lead back to themselves, take inputs or give results.
 */
export function inlined(network: Network, file: SourceFile): Network {
  let copies = 0;
  const block = (
    body: LocalBlock,
    own: string,
    roles: ReadonlyMap<string, string>,
    mark: string,
    within: readonly string[],
  ): LocalBlock => ({
    ...body,
    actions: body.actions.flatMap((action) => rewrite(action, own, roles, mark, within)),
  });
  const rewrite = (
    action: Action,
    own: string,
    roles: ReadonlyMap<string, string>,
    mark: string,
    within: readonly string[],
  ): Action[] => {
    const renamed = (role: RoleRef): RoleRef => roleOf({ ...role.name, text: roles.get(role.key) ?? role.key });
    const inner = (body: LocalBlock): LocalBlock => block(body, own, roles, mark, within);
    switch (action.kind) {
      case 'send':
        return [{ ...action, receiver: renamed(action.receiver) }];
      case 'receive':
        return [
          {
            ...action,
            ...(action.from ? { from: renamed(action.from) } : {}),
            branches: action.branches.map((b) => ({ ...b, sender: renamed(b.sender), body: inner(b.body) })),
          },
        ];
      case 'if':
        return [{ ...action, then: inner(action.then), else: inner(action.else) }];
      case 'match':
        return [
          {
            ...action,
            cases: action.cases.map((c) => ({ ...c, body: inner(c.body) })),
            else: action.else && inner(action.else),
          },
        ];
      case 'choice':
      case 'par':
        return [{ ...action, branches: action.branches.map(inner) }];
      case 'at':
        return [{ ...action, body: inner(action.body) }];
      case 'while':
        return [{ ...action, body: inner(action.body) }];
      // The loops of each copy are its own.
      case 'rec':
        return [{ ...action, name: { ...action.name, text: action.name.text + mark }, body: inner(action.body) }];
      case 'continue':
      case 'leave':
        return [{ ...action, name: { ...action.name, text: action.name.text + mark } }];
      case 'gather':
        return [{ ...action, senders: action.senders.map(renamed) }];
      case 'call':
        return called(action, own, roles, within);
      case 'assignment':
      case 'effect':
      case 'hole':
      case 'for':
      case 'pick':
      case 'when':
        return [action];
    }
  };
  const called = (
    call: LocalCall,
    own: string,
    roles: ReadonlyMap<string, string>,
    within: readonly string[],
  ): Action[] => {
    const { text } = call.callee;
    const callee = file.declarations.find((d) => d.kind === 'network' && d.name.text === text);
    const place = call.args.findIndex((a) => (roles.get(a.role.key) ?? a.role.key) === own);
    const process = callee?.kind === 'network' ? callee.processes[place] : undefined;
    if (callee?.kind !== 'network' || !process || within.includes(text) || call.into || process.params.length > 0)
      throw new Error(`not to be written out: ${text}`);
    const played = new Map(
      callee.processes.map((p, i): [string, string] => {
        const role = call.args[i]?.role.key ?? '';
        return [p.name.text, roles.get(role) ?? role];
      }),
    );
    return [...block(process.body, own, played, `_${copies++}`, [...within, text]).actions];
  };
  return {
    ...network,
    processes: network.processes.map((p) => ({
      ...p,
      body: block(p.body, p.name.text, new Map(), '', [network.name.text]),
    })),
  };
}

/**
 * The groups of processes that have to do with each other, as networks of their own: what one does says nothing of
 * another.
 */
export function partsOf(network: Network): Network[] {
  const names = network.processes.map((p) => p.name.text);
  const group = new Map(names.map((name) => [name, name]));
  const join = (a: string, b: string): void => {
    const [from, to] = [group.get(a), group.get(b)];
    if (from !== undefined && to !== undefined) for (const [name, of] of group) if (of === from) group.set(name, to);
  };
  for (const process of network.processes) {
    walkActions(process.body.actions, (action) => {
      if (action.kind === 'send') join(process.name.text, action.receiver.key);
      if (action.kind === 'receive') for (const { key } of sendersOf(action)) join(process.name.text, key);
      if (action.kind === 'gather') for (const { key } of action.senders) join(process.name.text, key);
    });
  }
  return [...new Set(group.values())].map((of) => ({
    ...network,
    processes: network.processes.filter((p) => group.get(p.name.text) === of),
  }));
}
