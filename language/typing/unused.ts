// What is declared and never used: variables, inputs, roles.
import type { Choreography } from '../ir/choreography.js';
import { sendersOf, walkActions } from '../ir/process.js';
import { isEmpty } from '../scoping/passages.js';
import { looksLikeAny } from '../syntax/look-alike.js';
import { report } from './context.js';
import type { Context, Variable } from './context.js';
import type { Network } from '../ir/process.js';
import type { Roles } from './role-state.js';

/** Reports the roles and the variables of a choreography that nothing uses. */
export function checkUnused(context: Context, choreography: Choreography, roles: Roles): void {
  for (const role of roles.all.values()) {
    for (const v of role.variables.values()) {
      if (v.symbol.kind === 'variable') unused(context, v, role.variables.keys());
    }
  }
  // While nothing is written yet, or a role's name is misspelt, it may be meant to take part.
  if (isEmpty(choreography) || roles.unknown) return;
  for (const [index, role] of choreography.roles.entries()) {
    const state = roles.all.get(role.name.text);
    if (!state || state.active || state.symbol.origin?.start !== role.name.origin.start) continue;
    const next = choreography.roles[index + 1];
    const previous = choreography.roles[index - 1];
    const remove = next
      ? { start: role.origin.start, end: next.origin.start }
      : { start: previous?.origin.end ?? role.origin.start, end: role.origin.end };
    report(context, 'unused-role', role.name.origin, {
      kind: 'role',
      role: role.name.text,
      alike: looksLikeAny(role.name.text, roles.all.keys())[0],
      choreography: choreography.name.text,
      remove,
    });
  }
}

function unused(context: Context, v: Variable, all: Iterable<string>): void {
  if (v.threads && !v.used) {
    for (const own of v.threads) unused(context, own, all);
    return;
  }
  if (v.used || v.symbol.name.startsWith('_') || !v.symbol.origin) return;
  const { role, name, id } = v.symbol;
  const [other] = looksLikeAny(name, all);
  report(context, 'unused-variable', v.symbol.origin, {
    ...(role === undefined ? {} : { role }),
    name,
    ...(other === undefined ? {} : { alike: { other, id } }),
  });
}

/**
 * Reports the processes of a network that do nothing. With a choreography to implement, comparing them with it tells
 * more; so does the exploration, where another process has to do with them.
 */
export function checkEmptyProcesses(context: Context, { name, implements: design, processes }: Network): void {
  if (design) return;
  const empty = processes.filter((p) => p.body.actions.length === 0 && p.returns === undefined);
  if (empty.length === processes.length) {
    report(context, 'unused-role', name.origin, {
      kind: 'network',
      network: name.text,
      processes: processes.map((p) => p.name.text),
    });
    return;
  }
  const named = new Set<string>();
  for (const process of processes) {
    walkActions(process.body.actions, (action) => {
      if (action.kind === 'send') named.add(action.receiver.key);
      else if (action.kind === 'receive') for (const { key } of sendersOf(action)) named.add(key);
      else if (action.kind === 'gather') for (const { key } of action.senders) named.add(key);
      else if (action.kind === 'call') for (const { role } of action.args) named.add(role.key);
    });
  }
  for (const process of empty.filter((p) => !named.has(p.name.text)))
    report(context, 'unused-role', process.name.origin, {
      kind: 'process',
      role: process.name.text,
      network: name.text,
      process: process.origin,
    });
}

/** Reports the variables of a process that nothing reads. */
export function checkUnusedLocally(context: Context, variables: ReadonlyMap<string, Variable>): void {
  for (const v of variables.values()) if (v.symbol.kind === 'variable') unused(context, v, variables.keys());
}
