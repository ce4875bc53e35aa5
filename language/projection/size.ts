// How long the code of a role may be: what grows with the choreography is written out, what doubles with each decision
// is not.
import { blocksOf, walkBlock } from '../ir/choreography.js';
import type { Choreography } from '../ir/choreography.js';
import type { Scope } from '../scoping/scope.js';
import { calleeOf } from './callee.js';
import type { Callee } from './callee.js';
import { fewLines } from './limits.js';

/**
 * How many lines the code of a role may have: some times what the choreography and those that it calls would have, laid
 * out as the formatter does, and something for small ones. What grows with the choreography stays below; what doubles
 * with each decision does not.
 */
export function mostLines(choreography: Choreography, scope: Scope): number {
  let lines = 0;
  const open: Callee[] = [{ choreography, scope, uri: scope.file.uri }];
  const seen = new Set<Choreography>([choreography]);
  for (let at = open.pop(); at; at = open.pop()) {
    const { scope: there } = at;
    walkBlock(at.choreography.body.statements, (statement) => {
      lines += 1 + blocksOf(statement).length;
      const callee = statement.kind === 'call' ? calleeOf(statement.callee.text, there) : undefined;
      if (!callee || seen.has(callee.choreography)) return;
      seen.add(callee.choreography);
      open.push(callee);
    });
  }
  return 2 * lines + fewLines;
}
