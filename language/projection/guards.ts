// Several guards decide together, without a message: they must be the same question about the same values.
import { walkBlock } from '../ir/choreography.js';
import type { Choreography } from '../ir/choreography.js';
import type { Scope } from '../scoping/scope.js';
import { followValues, valueOf } from './values.js';
import { finding } from '../findings/finding.js';
import type { Finding } from '../findings/finding.js';
import { printExpr } from '../syntax/print.js';
import type { GuardText } from '../findings/projection.js';
import type { Located } from '../ir/role.js';

/** Whether several roles decide by copies of one value somewhere. */
export function sharesGuards({ body }: Choreography): boolean {
  let shared = false;
  walkBlock(body.statements, (statement) => {
    if ((statement.kind === 'decision' || statement.kind === 'while') && statement.guards.length > 1) shared = true;
  });
  return shared;
}

/** Reports the guards that can't be shown to be equal. Cost: that of `followValues` */
export function checkGuards(choreography: Choreography, scope: Scope): Finding[] {
  const findings: Finding[] = [];
  followValues(choreography, scope, (statement, values) => {
    const [first, ...others] = statement.guards;
    if (!first) return;
    const wanted = valueOf(first.role.key, first.value, values, scope);
    // That a family is no one who could tell others is told already.
    const all = statement.informs.length > 0 ? others.filter(({ origin }) => origin !== first.origin) : others;
    for (const guard of all) {
      if (wanted !== undefined && valueOf(guard.role.key, guard.value, values, scope) === wanted) continue;
      findings.push(
        finding('guards-may-differ', scope.file.uri, guard.origin, {
          decision: statement.origin,
          first: guardText(first),
          guard: guardText(guard),
          host: wanted === undefined,
        }),
      );
    }
  });
  return findings;
}

function guardText({ role, value, origin }: Located): GuardText {
  return { role: role.key, origin, value: printExpr(value) };
}
