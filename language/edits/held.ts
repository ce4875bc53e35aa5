// What the roles of a choreography hold.
import { namesOfTarget } from '../ir/target.js';
import { takersIn, walkBlock } from '../ir/choreography.js';
import type { Choreography } from '../ir/choreography.js';
import type { Name, TextRange } from '../ir/expression.js';
import { walkExpr } from '../ir/expression.js';
import { readingsOf } from '../ir/readings.js';
import type { RoleRef } from '../ir/role.js';

/** A variable or input of a role. */
export interface Held {
  readonly name: string;
  /** As it is written, without aliases; undefined where it is not known. */
  readonly type?: string;
  /** Who it was received from. */
  readonly from: ReadonlySet<string>;
  /** Something reads it. */
  readonly used: boolean;
  /** Where it gets a value; an input has it from the start. */
  readonly since: number;
}

/** The variables and inputs of a role. */
export function heldAt(choreography: Choreography, role: string, typeOf: (name: string) => string | undefined): Held[] {
  const from = new Map<string, Set<string>>();
  const since = new Map<string, number>();
  const used = new Set<string>();
  const write = (at: RoleRef, name: Name, origin: TextRange, sender?: string): void => {
    if (at.name.text !== role) return;
    if (!since.has(name.text)) since.set(name.text, origin.end);
    if (sender !== undefined) from.set(name.text, (from.get(name.text) ?? new Set()).add(sender));
  };
  for (const { name, params } of choreography.roles)
    if (name.text === role) for (const param of params) since.set(param.name.text, 0);
  walkBlock(choreography.body.statements, (s) => {
    // What a pattern takes lives in its branch.
    if (s.kind === 'communication' && s.implied) return;
    for (const { role: at, into } of takersIn(s))
      for (const name of namesOfTarget(into))
        write(at, name, s.origin, s.kind === 'communication' ? s.sender.name.text : undefined);
  });
  for (const reading of readingsOf(choreography))
    if (reading.role.name.text === role)
      walkExpr(reading.value, (e) => {
        if (e.kind === 'name') used.add(e.name.text);
      });
  return [...since].map(([name, at]) => ({
    name,
    type: typeOf(name),
    from: from.get(name) ?? new Set(),
    used: used.has(name),
    since: at,
  }));
}
