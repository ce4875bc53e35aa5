// The places that give a variable its value, and what to take away there for it to go.
import { walkBlock } from '../ir/choreography.js';
import type { Choreography } from '../ir/choreography.js';
import type { Expr, TextRange } from '../ir/expression.js';
import { walkExpr } from '../ir/expression.js';
import { walkActions } from '../ir/process.js';
import type { Process } from '../ir/process.js';
import { choreographyAt, networkAt } from './find.js';
import type { FixContext } from './fix.js';

/** Whether a value can be left out: working it out does nothing else. Calls may be calls of the host program. */
function isPure(expr: Expr): boolean {
  let pure = true;
  walkExpr(expr, (e) => { if (e.kind === 'call' || e.kind === 'index') pure = false; });
  return pure;
}

/** A place that gives a variable its value. */
export interface Write {
  readonly kind: 'received' | 'assigned' | 'result';
  /** What to take away: the variable with its dot, the whole statement, or the target of a call. */
  readonly remove: TextRange;
  /** What is assigned has no effect but this. */
  readonly pure: boolean;
}

/** The places that give a variable of the declaration around a place its value. Cost: linear in the declaration */
export function writesOf(context: FixContext, place: TextRange, { role, name }: { readonly role?: string; readonly name: string }): readonly Write[] {
  const choreography = choreographyAt(context, place);
  if (choreography) return writesIn(choreography, context.text).get(`${role ?? ''}.${name}`) ?? [];
  const process = networkAt(context, place)?.processes.find(({ origin }) => origin.start <= place.start && place.end <= origin.end);
  return process ? writesInProcess(process, context.text, name) : [];
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
        if (r.variable) note(r.role.key, r.variable.text, { kind: 'received', remove: { start: r.role.origin.end, end: r.variable.origin.end }, pure: true });
      }
    } else if (s.kind === 'gather') {
      const { receiver: { role, variable }, quorum } = s;
      if (variable) note(role.key, variable.text, { kind: 'received', remove: { start: role.origin.end, end: variable.origin.end }, pure: true });
      if (quorum?.by) note(role.key, quorum.by.text, { kind: 'received', remove: { start: (quorum.count?.origin.end ?? text.indexOf('majority', quorum.origin.start) + 'majority'.length), end: quorum.by.origin.end }, pure: true });
    } else if (s.kind === 'assignment') note(s.role.key, s.variable.text, { kind: 'assigned', remove: s.origin, pure: isPure(s.value) });
    else if (s.kind === 'call' && s.target) {
      note(s.target.role.key, s.target.variable.text, { kind: 'result', remove: { start: s.origin.start, end: text.indexOf('do', s.target.variable.origin.end) }, pure: true });
    }
  });
  return writes;
}

/** The places of a process that give a variable its value. Cost: linear */
function writesInProcess(process: Process, text: string, wanted: string): readonly Write[] {
  const writes: Write[] = [];
  const note = (name: string, write: Write): void => {
    if (name === wanted) writes.push(write);
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
        if (a.form === 'single') note(branch.variable.text, { kind: 'received', remove: { start, end: afterBlanks(text, branch.types.length > 0 && typed < (branch.label?.origin.start ?? Infinity) ? typed : end) }, pure: true });
        else note(branch.variable.text, { kind: 'received', remove: { start: text.lastIndexOf('(', start), end: text.indexOf(')', typed) + 1 }, pure: true });
      }
    } else if (a.kind === 'gather') {
      const { variable, types, quorum } = a;
      if (variable) note(variable.text, { kind: 'received', remove: { start: variable.origin.start, end: afterBlanks(text, types.length > 0 ? types[0]?.origin.end ?? variable.origin.end : variable.origin.end) }, pure: true });
      if (quorum?.by) note(quorum.by.text, { kind: 'received', remove: { start: (quorum.count?.origin.end ?? text.indexOf('majority', quorum.origin.start) + 'majority'.length), end: quorum.by.origin.end }, pure: true });
    } else if (a.kind === 'assignment') note(a.variable.text, { kind: 'assigned', remove: origin, pure: isPure(a.value) });
    else if (a.kind === 'call' && a.target) note(a.target.text, { kind: 'result', remove: { start: origin.start, end: text.indexOf('do', a.target.origin.end) }, pure: true });
  });
  return writes;
}

function afterBlanks(text: string, at: number): number {
  let end = at;
  while (/[ \t]/.test(text.charAt(end))) end++;
  return end;
}
