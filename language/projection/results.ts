// The result of a call goes to the role that has the place of the result, and to no other.
import { standingFor, walkBlock } from '../ir/choreography.js';
import type { Choreography, Statement } from '../ir/choreography.js';
import type { Scope } from '../scoping/scope.js';
import { readableName } from '../parameters/closure.js';
import { printRole } from '../syntax/print.js';
import { calleeOf } from './callee.js';
import { finding } from '../findings/finding.js';
import type { Finding } from '../findings/finding.js';

/**
 * Reports the calls among some statements whose result is taken at another role than the callee gives it to. Cost:
 * linear.
 */
export function checkResults(choreography: Choreography, statements: readonly Statement[], scope: Scope): Finding[] {
  const findings: Finding[] = [];
  const roles = new Set(choreography.roles.map((role) => role.name.text));
  walkBlock(statements, (statement) => {
    if (statement.kind !== 'call' || statement.takers.length === 0) return;
    const callee = calleeOf(statement.callee.text, scope)?.choreography;
    if (!callee || callee.results.length === 0) return;
    const given = callee.results.map((result) => ({
      place: result.role.key,
      actual: standingFor(callee, statement.args, result.role),
    }));
    // Whom it is given to is not known of a member of a part, or is told already.
    if (given.some(({ actual }) => !actual || !roles.has(actual.name.text))) return;
    for (const { role } of statement.takers) {
      if (!roles.has(role.name.text) || given.some(({ actual }) => actual?.key === role.key)) continue;
      // Those that nobody takes come first: one of them may be meant.
      const free = given.filter(({ actual }) => !statement.takers.some((taker) => taker.role.key === actual?.key));
      const [first] = free.length > 0 ? free : given;
      if (!first?.actual) continue;
      findings.push(
        finding('result-elsewhere', scope.file.uri, role.origin, {
          callee: readableName(callee.name.text),
          target: { role: role.key, origin: role.origin },
          place: first.place,
          actual: first.actual.key,
          write: printRole(first.actual),
          ...(free.length === 0 ? { taken: true } : {}),
        }),
      );
    }
  });
  return findings;
}
