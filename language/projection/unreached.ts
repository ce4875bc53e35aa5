// What follows a statement that never comes to its end: nobody gets there, and no projection has it.
import { unreachable } from '../diagnostics/unreachable.js';
import { finding } from '../diagnostics/rule.js';
import type { Finding } from '../diagnostics/rule.js';
import { blocksOf } from '../ir/choreography.js';
import type { Choreography, Statement } from '../ir/choreography.js';
import type { Scope } from '../scoping/scope.js';
import type { Involved } from './involvement.js';

/**
 * Reports what follows loops that are never left and calls that never return. What follows a `continue` is told there.
 * @param involved what `involvement` says of the choreography
 * Cost: linear
 */
export function checkReached(choreography: Choreography, scope: Scope, involved: ReadonlyMap<Statement, Involved>): Finding[] {
  const findings: Finding[] = [];
  const visit = (statements: readonly Statement[]): void => {
    for (const [i, statement] of statements.entries()) {
      for (const block of blocksOf(statement)) visit(block);
      const about = involved.get(statement);
      const next = statements[i + 1];
      if (!about || about.endings.ends) continue;
      const last = statements.at(-1);
      if (next && last && about.jumps.size === 0) {
        const range = { start: next.origin.start, end: last.origin.end };
        const label = statement.kind === 'call' ? statement.callee.text : '';
        findings.push(finding(unreachable, scope.file.uri, range, { role: '', what: statement.kind === 'rec' ? 'endless' : 'call', label, from: '', range }));
      }
      return;
    }
  };
  visit(choreography.body.statements);
  return findings;
}
