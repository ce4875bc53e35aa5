// The places that give a variable its value, and what to take away there for it to go.
import { isImplied, takersIn, walkBlock } from '../ir/choreography.js';
import type { Call, Choreography, Quorum } from '../ir/choreography.js';
import type { Expr, Name, TextRange } from '../ir/expression.js';
import { namesOfTarget, originOfTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';
import { walkExpr } from '../ir/expression.js';
import { walkActions } from '../ir/process.js';
import type { Process } from '../ir/process.js';
import { choreographyAt, networkAt } from './find.js';
import type { FixContext } from './fix.js';

/** Whether a value can be left out: working it out does nothing else. Calls may be calls of the host program. */
function isPure(expr: Expr): boolean {
  let pure = true;
  walkExpr(expr, (e) => {
    if (e.kind === 'call' || e.kind === 'index') pure = false;
  });
  return pure;
}

/** A place that gives a variable its value. */
export interface Write {
  readonly kind: 'received' | 'assigned' | 'result' | 'part';
  /**
   * What to take away: the variable with its dot, the whole statement, the target of a call, or a name in a pattern,
   * where `_` stands instead.
   */
  readonly remove: TextRange;
  /** What is assigned has no effect but this. */
  readonly pure: boolean;
}

/** The places that give a variable of the declaration around a place its value. Cost: linear in the declaration */
export function writesOf(
  context: FixContext,
  place: TextRange,
  { role, name }: { readonly role?: string; readonly name: string },
): readonly Write[] {
  const choreography = choreographyAt(context, place);
  if (choreography) return writesIn(choreography, context.text).get(`${role ?? ''}.${name}`) ?? [];
  const process = networkAt(context, place)?.processes.find(
    ({ origin }) => origin.start <= place.start && place.end <= origin.end,
  );
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
    if (s.kind === 'decision')
      for (const { role, into } of s.sent ?? [])
        for (const name of namesOfTarget(into)) note(role.key, name.text, partOf(name));
    if (isImplied(s)) return;
    for (const { role, into, origin } of takersIn(s)) {
      for (const part of partsIn(into)) note(role.key, part.text, partOf(part));
      const name = into.kind === 'variable' ? into.name.text : undefined;
      if (name === undefined) continue;
      if (s.kind === 'gather' && s.quorum?.by?.text === name) note(role.key, name, keptBy(s.quorum, s.quorum.by, text));
      else if (s.kind === 'communication' || s.kind === 'gather')
        note(role.key, name, {
          kind: 'received',
          remove: { start: role.origin.end, end: originOfTarget(into).end },
          pure: true,
        });
      if (s.kind === 'assignment') note(role.key, name, { kind: 'assigned', remove: s.origin, pure: isPure(s.value) });
      if (s.kind === 'call') note(role.key, name, { kind: 'result', remove: takerIn(text, s, origin), pure: true });
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
        for (const part of partsIn(branch.into)) note(part.text, partOf(part));
        if (branch.into?.kind !== 'variable') continue;
        const {
          name: { text: name },
        } = branch.into;
        const { start, end } = originOfTarget(branch.into);
        const last = branch.types.at(-1)?.origin.end ?? end;
        // The types of a tuple stand in brackets.
        const typed = branch.types.length > 1 ? text.indexOf(')', last) + 1 : last;
        // `receive x from p` becomes `receive from p`; `label(x)` becomes `label`, and `_(x)` becomes `_`.
        if (a.form === 'single')
          note(name, {
            kind: 'received',
            remove: {
              start,
              end: afterBlanks(
                text,
                branch.types.length > 0 && typed < (branch.label?.origin.start ?? Infinity) ? typed : end,
              ),
            },
            pure: true,
          });
        else
          note(name, {
            kind: 'received',
            remove: { start: text.lastIndexOf('(', start), end: text.indexOf(')', typed) + 1 },
            pure: true,
          });
      }
    } else if (a.kind === 'gather') {
      const { variable, types, quorum } = a;
      if (variable)
        note(variable.text, {
          kind: 'received',
          remove: { start: variable.origin.start, end: afterBlanks(text, types[0]?.origin.end ?? variable.origin.end) },
          pure: true,
        });
      if (quorum?.by) note(quorum.by.text, keptBy(quorum, quorum.by, text));
    } else if (a.kind === 'assignment' || a.kind === 'call') {
      for (const part of partsIn(a.into)) note(part.text, partOf(part));
      if (a.into?.kind !== 'variable') return;
      const { name } = a.into;
      if (a.kind === 'assignment') note(name.text, { kind: 'assigned', remove: origin, pure: isPure(a.value) });
      else
        note(name.text, {
          kind: 'result',
          remove: { start: origin.start, end: text.indexOf('do', name.origin.end) },
          pure: true,
        });
    }
  });
  return writes;
}

/** The `by who` of a quorum. */
function keptBy({ count, origin }: Quorum, by: Name, text: string): Write {
  const start = count?.origin.end ?? text.indexOf('majority', origin.start) + 'majority'.length;
  return { kind: 'received', remove: { start, end: by.origin.end }, pure: true };
}

/** The names in a pattern. */
function partsIn(into: Target | undefined): readonly Name[] {
  return into?.kind === 'pattern' ? namesOfTarget(into) : [];
}

function partOf({ origin }: Name): Write {
  return { kind: 'part', remove: origin, pure: true };
}

/** What to take away for nobody to take a result there: with its comma, or, where it is the only one, with the `=`. */
function takerIn(text: string, { takers, origin }: Call, taker: TextRange): TextRange {
  const at = takers.findIndex((each) => each.origin.start === taker.start);
  const [before, after] = [takers[at - 1], takers[at + 1]];
  if (before) return { start: before.origin.end, end: taker.end };
  return after
    ? { start: taker.start, end: after.origin.start }
    : { start: origin.start, end: text.indexOf('do', taker.end) };
}

function afterBlanks(text: string, at: number): number {
  let end = at;
  while (/[ \t]/.test(text.charAt(end))) end++;
  return end;
}
