// Where a message was left out: a role comes to its end in one branch, which may show only at a decision inside another
// one, from where it goes round a loop. A message is put into the branch for a try.
import type { Choreography, Communication, Decision, Statement, While } from '../ir/choreography.js';
import { mapBodies, walkBlock } from '../ir/choreography.js';
import type { Scope } from '../scoping/scope.js';
import { involvement, takesPart } from './involvement.js';
import type { Arm } from './behaviour.js';
import { projectRole } from './role.js';
import type { Split } from './split.js';
import { roleOf } from '../ir/role.js';
import { mostTriedForLacking } from './limits.js';

/** A label that nobody wrote. */
const label = '\u0000';

/**
 * The decision whose branch lacks a message, for a role that gets one from somebody or comes to its end.
 * @param split where that came to light
 * @returns the decision itself, unless a message in one of its branches would not help and one in a branch of a
 *   decision around would
 * Cost: a projection of the role for each decision around, within bounds
 */
export function whereLacking(choreography: Choreography, scope: Scope, split: Split): Split {
  const { left, right, reason } = split.conflict;
  const received = left?.kind === 'receive' ? left : right?.kind === 'receive' ? right : undefined;
  if (split.inside || reason !== 'different' || !received || (left && right)) return split;
  const around = pathTo(choreography.body.statements, split.statement) ?? [];
  let statements = 0;
  walkBlock(choreography.body.statements, () => {
    statements++;
  });
  let work = 0;
  const helps = (statement: Decision | While, way: number): boolean => {
    work += statements;
    if (work > mostTriedForLacking) return false;
    const told: Communication = {
      kind: 'communication',
      sender: (received.arms[0] as Arm).sender,
      receivers: [{ role: roleOf({ text: split.role, origin: statement.head }), origin: statement.head }],
      label: { name: { text: label, origin: statement.head }, types: [], origin: statement.head },
      origin: statement.head,
    };
    const tried = {
      ...choreography,
      body: { ...choreography.body, statements: putInto(choreography.body.statements, statement, way, told) },
    };
    return projectRole(tried, split.role, scope, involvement(tried, scope)).splits.length === 0;
  };
  for (const { statement, way } of [{ statement: split.statement, way: undefined }, ...around.reverse()]) {
    if (statement.kind !== 'decision' && statement.kind !== 'while') continue;
    const silent = silentWays(statement, split.role).filter((other) => other !== way);
    const found = silent.find((other) => helps(statement, other));
    if (found === undefined) continue;
    if (way === undefined) return split;
    return {
      ...split,
      statement,
      branches: [way, found],
      conflict: { ...split.conflict, left: received, right: undefined },
    };
  }
  return split;
}

/**
 * The statements around one, outermost first, each with the way in which it stands: a branch, or 0 for the body of a
 * loop.
 */
function pathTo(
  statements: readonly Statement[],
  goal: Statement,
): { readonly statement: Statement; readonly way: number }[] | undefined {
  for (const statement of statements) {
    if (statement === goal) return [];
    const blocks =
      statement.kind === 'decision'
        ? statement.branches.map((b) => b.body.statements)
        : statement.kind === 'while' || statement.kind === 'rec'
          ? [statement.body.statements]
          : [];
    for (const [way, block] of blocks.entries()) {
      const inside = pathTo(block, goal);
      if (inside) return [{ statement, way }, ...inside];
    }
  }
  return undefined;
}

/** The ways through a decision in which a role does nothing; of a loop, 1 is what follows it. */
function silentWays(statement: Decision | While, role: string): number[] {
  const ways =
    statement.kind === 'while'
      ? [statement.body.statements, statement.exit]
      : statement.branches.map((branch) => branch.body.statements);
  return ways.flatMap((block, way) => (takesPart(block, role) ? [] : [way]));
}

/** The statements with one more in a way of one of them: at its end, before it goes round a loop. */
function putInto(
  statements: readonly Statement[],
  goal: Decision | While,
  way: number,
  more: Communication,
): readonly Statement[] {
  const added = (block: readonly Statement[]): readonly Statement[] => {
    const last = block.at(-1);
    return last?.kind === 'continue' || last?.kind === 'leave' ? [...block.slice(0, -1), more, last] : [...block, more];
  };
  return statements.map((statement): Statement => {
    if (statement === goal && statement.kind === 'while' && way > 0)
      return { ...statement, exit: [...statement.exit, more] };
    // A step of several is one: nothing is said inside.
    if (statement.kind === 'at') return statement;
    return mapBodies(statement, (body, i) => {
      if (statement === goal) return i === way ? { ...body, statements: added(body.statements) } : body;
      return { ...body, statements: putInto(body.statements, goal, way, more) };
    });
  });
}
