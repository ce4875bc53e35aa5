// What is declared and never used: variables, inputs, roles.
import { unusedRole } from '../diagnostics/unused-role.js';
import { unusedVariable } from '../diagnostics/unused-variable.js';
import { walkBlock } from '../ir/choreography.js';
import type { Choreography } from '../ir/choreography.js';
import type { Expr, Origin } from '../ir/expression.js';
import { walkExpr } from '../ir/expression.js';
import { walkActions } from '../ir/process.js';
import { isEmpty } from '../scoping/passages.js';
import { looksLikeAny } from '../syntax/look-alike.js';
import { report } from './context.js';
import type { Context, Variable } from './context.js';
import type { Roles } from './roles.js';
import type { Network, Process } from '../ir/process.js';

/** Whether a value can be left out: working it out does nothing else. Calls may be calls of the host program. */
export function isPure(expr: Expr): boolean {
  let pure = true;
  walkExpr(expr, (e) => { if (e.kind === 'call' || e.kind === 'index') pure = false; });
  return pure;
}

/** A place that gives a variable its value. */
export interface Write {
  readonly kind: 'received' | 'assigned' | 'result';
  /** What to take away: the variable with its dot, the whole statement, or the target of a call. */
  readonly remove: Origin;
  /** What is assigned has no effect but this. */
  readonly pure: boolean;
}

/** Reports the roles and the variables of a choreography that nothing uses. */
export function checkUnused(context: Context, choreography: Choreography, roles: Roles): void {
  let found: ReadonlyMap<string, readonly Write[]> | undefined;
  const { text } = context;
  for (const [name, role] of roles.all) {
    for (const v of role.variables.values()) {
      if (v.symbol.kind === 'variable') unused(context, v, () => (found ??= writesIn(choreography, text)).get(`${name}.${v.symbol.name}`) ?? [], role.variables.keys());
    }
  }
  // While nothing is written yet, or a role's name is misspelt, it may be meant to take part.
  if (isEmpty(choreography) || roles.unknown) return;
  for (const [index, role] of choreography.roles.entries()) {
    const state = roles.all.get(role.name.text);
    if (!state || state.active || state.symbol.origin?.start !== role.name.origin.start) continue;
    const next = choreography.roles[index + 1];
    const previous = choreography.roles[index - 1];
    const remove = next ? { start: role.origin.start, end: next.origin.start } : { start: previous?.origin.end ?? role.origin.start, end: role.origin.end };
    report(context, unusedRole, role.name.origin, { kind: 'role', role: role.name.text, alike: looksLikeAny(role.name.text, roles.all.keys())[0], choreography: choreography.name.text, uri: context.uri, remove });
  }
}

/** The places of a choreography that give variables their values, by `role.name`. Cost: linear */
function writesIn({ body }: Choreography, text: string): ReadonlyMap<string, readonly Write[]> {
  const writes = new Map<string, Write[]>();
  const note = (role: string, name: string, write: Write): void => {
    const key = `${role}.${name}`;
    const list = writes.get(key);
    if (list) list.push(write);
    else writes.set(key, [write]);
  };
  walkBlock(body.statements, (s) => {
    if (s.kind === 'communication') {
      for (const r of s.receivers) {
        if (r.variable) note(r.role.text, r.variable.text, { kind: 'received', remove: { start: r.role.origin.end, end: r.variable.origin.end }, pure: true });
      }
    } else if (s.kind === 'assignment') note(s.role.text, s.variable.text, { kind: 'assigned', remove: s.origin, pure: isPure(s.value) });
    else if (s.kind === 'call' && s.target) {
      note(s.target.role.text, s.target.variable.text, { kind: 'result', remove: { start: s.origin.start, end: text.indexOf('do', s.target.variable.origin.end) }, pure: true });
    }
  });
  return writes;
}

function unused(context: Context, v: Variable, writes: () => readonly Write[], all: Iterable<string>): void {
  if (v.used || v.symbol.name.startsWith('_') || !v.symbol.origin) return;
  const name = v.symbol.role ? `${v.symbol.role}.${v.symbol.name}` : v.symbol.name;
  const [other] = looksLikeAny(v.symbol.name, all);
  report(context, unusedVariable, v.symbol.origin, { name, writes, ...(other === undefined ? {} : { alike: { own: v.symbol.name, other, id: v.symbol.id } }) });
}

/**
 * Reports the processes of a network that do nothing. With a choreography to implement, comparing them with it tells more; so does
 * the exploration, where another process has to do with them.
 */
export function checkEmptyProcesses(context: Context, { name, implements: design, processes }: Network): void {
  if (design) return;
  const empty = processes.filter((p) => p.body.actions.length === 0 && p.returns === undefined);
  if (empty.length === processes.length) {
    report(context, unusedRole, name.origin, { kind: 'network', network: name.text, processes: processes.map((p) => p.name.text) });
    return;
  }
  const named = new Set<string>();
  for (const process of processes) {
    walkActions(process.body.actions, (action) => {
      if (action.kind === 'send') named.add(action.receiver.text);
      else if (action.kind === 'receive') named.add(action.sender.text);
      else if (action.kind === 'call') for (const { role } of action.args) named.add(role.text);
    });
  }
  for (const process of empty.filter((p) => !named.has(p.name.text))) report(context, unusedRole, process.name.origin, { kind: 'process', role: process.name.text, network: name.text, uri: context.uri, process: process.origin });
}

/** Reports the variables of a process that nothing reads. */
export function checkUnusedLocally(context: Context, process: Process, variables: ReadonlyMap<string, Variable>): void {
  const open = new Set([...variables.values()].filter((v) => !v.used && v.symbol.kind === 'variable').map((v) => v.symbol.name));
  if (open.size === 0) return;
  const writes = new Map<string, Write[]>();
  const note = (name: string, write: Write): void => {
    if (open.has(name)) writes.set(name, [...(writes.get(name) ?? []), write]);
  };
  walkActions(process.body.actions, (a) => {
    const [origin] = a.origins;
    if (!origin) return;
    if (a.kind === 'receive') {
      for (const branch of a.branches) {
        if (!branch.variable) continue;
        const { start, end } = branch.variable.origin;
        const typed = branch.types.at(-1)?.origin.end ?? end;
        // `receive x from p` becomes `receive from p`; `label(x)` becomes `label`, and `_(x)` becomes `_`.
        if (a.form === 'single') note(branch.variable.text, { kind: 'received', remove: { start, end: afterBlanks(context.text, branch.types.length > 0 && typed < (branch.label?.origin.start ?? Infinity) ? typed : end) }, pure: true });
        else note(branch.variable.text, { kind: 'received', remove: { start: context.text.lastIndexOf('(', start), end: context.text.indexOf(')', typed) + 1 }, pure: true });
      }
    } else if (a.kind === 'assignment') note(a.variable.text, { kind: 'assigned', remove: origin, pure: isPure(a.value) });
    else if (a.kind === 'call' && a.target) note(a.target.text, { kind: 'result', remove: { start: origin.start, end: context.text.indexOf('do', a.target.origin.end) }, pure: true });
  });
  for (const v of variables.values()) if (v.symbol.kind === 'variable') unused(context, v, () => writes.get(v.symbol.name) ?? [], variables.keys());
}

function afterBlanks(text: string, at: number): number {
  let end = at;
  while (/[ \t]/.test(text.charAt(end))) end++;
  return end;
}
