// The result of a call goes to the role that has the place of the result, and to no other.
import { walkBlock } from '../ir/choreography.js';
import type { Choreography, Statement } from '../ir/choreography.js';
import type { Scope } from '../scoping/scope.js';
import { readableName } from '../parameters/closure.js';
import { calleeOf } from './callee.js';
import { finding } from '../findings/finding.js';
import type { Finding } from '../findings/finding.js';
import { sameRole } from '../ir/role.js';

/** Reports the calls among some statements whose result is taken at another role than the callee gives it to. Cost: linear. */
export function checkResults(choreography: Choreography, statements: readonly Statement[], scope: Scope): Finding[] {
  const findings: Finding[] = [];
  const roles = new Set(choreography.roles.map((role) => role.name.text));
  walkBlock(statements, (statement) => {
    if (statement.kind !== 'call' || !statement.target) return;
    const callee = calleeOf(statement.callee.text, scope)?.choreography;
    const result = callee?.result;
    if (!callee || !result) return;
    const place = callee.roles.findIndex((role) => role.name.text === result.role.key);
    const actual = statement.args[place]?.role;
    // A role that is not there is told already.
    if (!actual || sameRole(actual, statement.target.role) || !roles.has(actual.key) || !roles.has(statement.target.role.key)) return;
    findings.push(finding('result-elsewhere', scope.file.uri, statement.target.role.origin, {
      callee: readableName(callee.name.text), target: { role: statement.target.role.key, origin: statement.target.role.origin }, place: result.role.key, actual: actual.key,
    }));
  });
  return findings;
}
