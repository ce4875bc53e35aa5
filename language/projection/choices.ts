// The branches of `choice at p` start with p: nobody else could begin before p has decided.
import { choiceNotStarted } from '../diagnostics/choice-not-started.js';
import { finding } from '../diagnostics/rule.js';
import type { Finding } from '../diagnostics/rule.js';
import { walkBlock } from '../ir/choreography.js';
import type { Choreography, Statement } from '../ir/choreography.js';
import type { Scope } from '../scoping/scope.js';
import { calleeOf } from './involvement.js';

/** Reports the branches that don't start with their decider sending. Cost: linear. */
export function checkChoices(choreography: Choreography, scope: Scope): Finding[] {
  const findings: Finding[] = [];
  walkBlock(choreography.body.statements, (statement) => {
    if (statement.kind !== 'decision' || statement.form !== 'choice') return;
    const decider = statement.decider.text;
    const wrong = statement.branches.filter((branch) => !starts(branch.body.statements, decider, scope, 0));
    if (wrong.length > 0) {
      const [branch] = wrong;
      findings.push(finding(choiceNotStarted, scope.file.uri, branch?.body.statements[0]?.origin ?? branch?.origin ?? statement.head, {
        uri: scope.file.uri, decision: statement, first: branch?.body.statements[0],
      }));
    }
  });
  return findings;
}

/** Whether the role sends first; its own local steps may come before. */
function starts(statements: readonly Statement[], role: string, scope: Scope, depth: number): boolean {
  for (const statement of statements) {
    switch (statement.kind) {
      case 'communication': return statement.sender.text === role;
      case 'assignment': case 'effect':
        if (statement.role.text !== role) return false;
        continue;
      case 'decision': return statement.decider.text === role && statement.branches.every((branch) => starts(branch.body.statements, role, scope, depth));
      case 'while': return statement.guards[0]?.role.text === role && starts(statement.body.statements, role, scope, depth);
      case 'rec': return starts(statement.body.statements, role, scope, depth);
      case 'continue': return true;
      case 'call': {
        const callee = calleeOf(statement.callee.text, scope);
        const place = callee?.choreography.roles[statement.args.findIndex((arg) => arg.role.text === role)];
        if (!callee) return true;
        return !!place && (depth > 8 || starts(callee.choreography.body.statements, place.name.text, callee.scope, depth + 1));
      }
    }
  }
  return false;
}
