// What the roles of a choreography work out, and what it names.
import { walkBlock } from './choreography.js';
import type { Choreography, Statement } from './choreography.js';
import type { Expr } from './expression.js';
import type { Located, RoleRef } from './role.js';

/** An expression with the role that works it out. */
export interface Reading {
  readonly role: RoleRef;
  readonly value: Expr;
}

/** Everything that the roles work out. */
export function readingsOf({ body, returns }: Choreography): Reading[] {
  return [...readingsIn(body.statements), ...returns.map(({ role, value }): Reading => ({ role, value }))];
}

/** What the roles work out in some statements. */
export function readingsIn(statements: readonly Statement[]): Reading[] {
  const found: Reading[] = [];
  const located = ({ role, value }: Located): void => void found.push({ role, value });
  walkBlock(statements, (s) => {
    if (s.kind === 'communication' && s.value) found.push({ role: s.sender, value: s.value });
    if (s.kind === 'gather') for (const { role, value } of s.senders) if (value) found.push({ role, value });
    if (s.kind === 'assignment' || s.kind === 'effect') found.push({ role: s.role, value: s.value });
    if (s.kind === 'decision' || s.kind === 'while') s.guards.forEach(located);
    if (s.kind === 'call')
      for (const arg of s.args) for (const value of arg.inputs) found.push({ role: arg.role, value });
  });
  return found;
}

/** All names in a choreography, whatever they name. Cost: linear in it */
export function namesIn(choreography: Choreography): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (part: object): void => {
    const fields = part as Readonly<Record<string, unknown>>;
    for (const key in fields) {
      const field = fields[key];
      // Ranges have no names in them, and everything has one.
      if (typeof field === 'object' && field !== null) {
        if (key !== 'origin' && key !== 'head') visit(field);
      } else if (key === 'text' && typeof field === 'string') names.add(field);
    }
  };
  visit([choreography.roles, choreography.parameters, choreography.body, choreography.returns]);
  return names;
}
