// What follows a statement that never comes to its end: nobody gets there, and no projection has it.
import { blocksOf, walkBlock } from '../ir/choreography.js';
import type { Statement } from '../ir/choreography.js';
import type { Scope } from '../scoping/scope.js';
import type { Involved } from './involvement.js';
import { readableName } from '../parameters/closure.js';
import { finding } from '../findings/finding.js';
import type { Finding } from '../findings/finding.js';

/**
 * Reports what follows loops that are never left and calls that never return. What follows a `continue` is told there.
 * @param statements those of a block, and `involved` what `involvement` says of the choreography
 * Cost: linear
 */
export function checkReached(
  statements: readonly Statement[],
  scope: Scope,
  involved: ReadonlyMap<Statement, Involved>,
): Finding[] {
  const findings: Finding[] = [];
  const visit = (block: readonly Statement[]): void => {
    for (const [i, statement] of block.entries()) {
      for (const inner of blocksOf(statement)) visit(inner);
      const about = involved.get(statement);
      const next = block[i + 1];
      if (!about || about.endings.ends) continue;
      const last = block.at(-1);
      // What follows a `continue` is told there.
      const jumps = about.jumps.size > 0;
      if (next && last && !(jumps && continues(statement))) {
        const range = { start: next.origin.start, end: last.origin.end };
        const label = statement.kind === 'call' && !jumps ? readableName(statement.callee.text) : '';
        findings.push(
          finding('unreachable', scope.file.uri, range, {
            role: '',
            what: jumps ? 'left' : statement.kind === 'rec' ? 'endless' : 'call',
            label,
            from: '',
          }),
        );
      }
      return;
    }
  };
  visit(statements);
  return findings;
}

function continues(statement: Statement): boolean {
  let found = false;
  walkBlock([statement], ({ kind }) => {
    found ||= kind === 'continue';
  });
  return found;
}
