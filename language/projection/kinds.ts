// Members of a family that do not know which way was taken unless it is known which of them they are: the first and the
// others have texts of their own.
import { walkBlock } from '../ir/choreography.js';
import type { Choreography, Statement } from '../ir/choreography.js';
import { freeNames } from '../ir/expression.js';
import type { Expr, TextRange } from '../ir/expression.js';
import { familiesOf, knownOf, negation, specialised } from '../families/specialise.js';
import type { Member } from '../families/specialise.js';
import { ask, holding } from '../families/solve.js';
import type { Known } from '../families/solve.js';
import { cons, prepend, Table, take } from './behaviour.js';
import type { List, Node } from './behaviour.js';
import { mostKinds, mostLoopsSettled, mostStatementsByKind } from './limits.js';
import type { ProjectedRole } from './projected.js';
import { plain } from './plain-indices.js';
import { settled } from './settle.js';
import type { Split } from './split.js';

/**
 * What a member does, for some conditions on its number by which statements differ: each kind of members for itself.
 * @param splits what the member can't tell where nothing is known of its number
 * @param project what it does where something is known of it; `seen` is the choreography as it is seen then
 * @returns undefined where some kind can't tell either
 * Cost: as many projections as there are kinds, at most `mostKinds`, for choreographies up to `mostStatementsByKind`
 */
export function ofKinds(
  whole: Choreography,
  member: Member,
  splits: readonly Split[],
  project: (seen: Choreography, known: Known) => ProjectedRole,
): ProjectedRole | undefined {
  let statements = 0;
  walkBlock(whole.body.statements, () => statements++);
  if (statements > mostStatementsByKind) return undefined;
  const known = knownOf(whole, member);
  const conditions = conditionsIn(specialised(whole, member, known), known, member, splits);
  let kinds = 1;
  const of = (at: Known): ProjectedRole | undefined => {
    const condition = conditions.find((each) => ask(at, each) === 'sometimes');
    if (at !== known || !condition) {
      const found = project(specialised(whole, member, at), at);
      if (found.splits.length === 0) return found;
    }
    if (!condition || ++kinds > mostKinds) return undefined;
    const then = of(holding(at, condition));
    const otherwise = then && of(holding(at, negation(condition)));
    if (!otherwise) return undefined;
    return {
      role: then.role,
      list: either(condition, then.list, otherwise.list, whole.name.origin),
      splits: [],
      later: [...then.later, ...otherwise.later],
      unneeded: [],
      free: new Set([...then.free, ...otherwise.free]),
      looksAhead: true,
      determined: then.determined + otherwise.determined,
    };
  };
  const table = new Table();
  /** What both do first stands before what differs. */
  const either = (condition: Expr, then: List, otherwise: List, origin: TextRange): List => {
    const same: Node[] = [];
    let [one, other] = [then, otherwise];
    for (; one && other && table.equal(take(one, 1), take(other, 1)); [one, other] = [one.rest, other.rest])
      same.push(one.node);
    const bodies = [one, other];
    const rest = one ?? other;
    return prepend(
      same,
      rest &&
        cons({ kind: 'fork', form: 'when', value: condition, patterns: [], bodies, origins: [origin] }, undefined),
    );
  };
  const found = of(known);
  if (!found) return undefined;
  const setting = {
    families: familiesOf(whole),
    known,
    own: member.index.text,
    table,
    budget: { left: mostLoopsSettled },
  };
  return { ...found, list: plain(settled(found.list, setting), setting) };
}

/** Conditions on the member's number alone that decide what it does, those where it can't tell first. */
function conditionsIn(seen: Choreography, known: Known, member: Member, splits: readonly Split[]): readonly Expr[] {
  const names = new Set([member.index.text, ...known.sizes.map(({ name }) => name)]);
  const found: Expr[] = [];
  const look = (statements: readonly Statement[]): void => {
    walkBlock(statements, (statement) => {
      if (statement.kind === 'when' && [...freeNames(statement.condition)].every((name) => names.has(name)))
        found.push(statement.condition);
    });
  };
  const places = new Set(splits.map(({ statement }) => statement.origin.start));
  walkBlock(seen.body.statements, (statement) => {
    if (places.has(statement.origin.start)) look([statement]);
  });
  look(seen.body.statements);
  // A kind of one member is known best.
  return [...found.filter(isEquation), ...found.filter((condition) => !isEquation(condition))];
}

function isEquation(condition: Expr): boolean {
  return condition.kind === 'binary' && condition.operator === '==';
}
