// The branches of `choice at p` start with p: nobody else could begin before p has decided.
import { walkBlock } from '../ir/choreography.js';
import type { Decision, Statement } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import type { Scope } from '../scoping/scope.js';
import { calleeOf } from './callee.js';
import { ownRoles } from './involvement.js';
import { deepestFirstCalls } from './limits.js';

/** A choice with a branch that its role does not start. */
export interface Unstarted {
  readonly decision: Decision;
  /** What the branch starts with; nothing where it is empty. */
  readonly first?: Statement;
  readonly origin: TextRange;
  /** The role that begins instead, or that first takes part in the choice. */
  readonly instead?: string;
}

/** The choices with branches that don't start with their decider sending, once each. Cost: linear. */
export function checkChoices(statements: readonly Statement[], scope: Scope): Unstarted[] {
  const wrong: Unstarted[] = [];
  walkBlock(statements, (statement) => {
    if (statement.kind !== 'decision' || statement.form !== 'choice') return;
    const decider = statement.decider.key;
    const branch = statement.branches.find(({ body }) => !starts(body.statements, decider, scope, 0));
    if (!branch) return;
    const [first] = branch.body.statements;
    wrong.push({
      decision: statement,
      first,
      origin: first?.origin ?? branch.origin,
      instead: beginner(first ? [first] : [statement], decider),
    });
  });
  return wrong;
}

/** The first role other than the decider that takes part. */
function beginner(statements: readonly Statement[], decider: string): string | undefined {
  let found: string | undefined;
  walkBlock(statements, (statement) => {
    found ??= ownRoles(statement).find((role) => role !== decider);
  });
  return found;
}

/** Whether the role sends first; its own local steps may come before. */
function starts(statements: readonly Statement[], role: string, scope: Scope, depth: number): boolean {
  for (const statement of statements) {
    switch (statement.kind) {
      case 'communication':
        return statement.sender.key === role;
      case 'gather':
        return statement.senders[0]?.role.key === role;
      // Who begins is a matter of luck.
      case 'par':
        return statement.branches.every((branch) => starts(branch.statements, role, scope, depth));
      case 'assignment':
      case 'effect':
      case 'at':
        if (statement.role.key !== role) return false;
        continue;
      case 'decision':
        return (
          statement.decider.key === role &&
          statement.branches.every((branch) => starts(branch.body.statements, role, scope, depth))
        );
      case 'while':
        return statement.guards[0]?.role.key === role && starts(statement.body.statements, role, scope, depth);
      case 'rec':
        return starts(statement.body.statements, role, scope, depth);
      case 'continue':
      case 'leave':
        return true;
      // There may be nobody to go through: what follows is to start with the role, too.
      case 'for':
        if (!starts(statement.body.statements, role, scope, depth)) return false;
        continue;
      case 'when':
        return [statement.then, statement.else].every((block) => starts(block.statements, role, scope, depth));
      case 'call': {
        const callee = calleeOf(statement.callee.text, scope);
        const place = callee?.choreography.roles[statement.args.findIndex((arg) => arg.role.key === role)];
        if (!callee) return true;
        return (
          !!place &&
          (depth > deepestFirstCalls ||
            starts(callee.choreography.body.statements, place.name.text, callee.scope, depth + 1))
        );
      }
    }
  }
  return false;
}
