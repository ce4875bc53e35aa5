// Who decides by what, and what follows in each branch.
import type { Way } from '../../findings/typing.js';
import { blocksOf, isImplied } from '../../ir/choreography.js';
import type { Branch, Communication, Decision, Picked } from '../../ir/choreography.js';
import type { TextRange } from '../../ir/expression.js';
import { sameRole } from '../../ir/role.js';
import type { Located } from '../../ir/role.js';
import { complete, excerpt, report } from '../context.js';
import type { Context, Variable } from '../context.js';
import { takenBefore } from '../coverage.js';
import { checkValue, condition, typer } from '../expressions.js';
import { checkPickedBy } from '../picked.js';
import type { Path } from '../flow.js';
import { checkCoverage, checkPattern } from '../patterns.js';
import type { RoleState } from '../role-state.js';
import { checkCases, checkSent, keepValue, sentTo } from '../sent.js';
import { variable } from '../types.js';
import type { Type } from '../types.js';
import { declareIndex, checkNewIndex } from './indices.js';
import { checkOne, checkSomebody, checkTold } from './named-roles.js';
import { ownerOf } from './state.js';
import type { ChoreographyState } from './state.js';

/**
 * A decision and what follows in its branches.
 * @param anchor where it stands, or the first of those that it is an `else if` of
 */
export function checkDecision(context: Context, state: ChoreographyState, current: Decision, anchor: TextRange): void {
  const { roles } = state;
  const value = variable();
  const [first] = current.guards;
  for (const guard of current.guards) {
    roles.use(guard.role);
    const env = roles.env(guard.role);
    if (current.form === 'if') condition(context, env, guard.value);
    else
      checkValue(context, env, guard.value, value, (shown) => ({
        by: 'guard',
        guard: first ? excerpt(context, first.origin) : '',
        type: shown,
      }));
  }
  if (current.form === 'choice') roles.use(current.decider);
  if (current.form === 'choice' || current.informs.length > 0) checkOne(context, roles, current.decider, 'decider');
  else checkSomebody(context, roles, current.guards, blocksOf(current));
  checkTold(context, roles, [current.decider, ...current.guards.map((guard) => guard.role)], current.informs);
  if (current.sent)
    keepValue(context, current.sent, (receiver) => ownerOf(roles, receiver.role, current.decider), value);
  roles.flow.fork(pathsOf(context, state, current, value, anchor));
  if (current.sent) checkCases(context, current, value);
  const patterns = current.branches.flatMap((branch) => branch.pattern ?? []);
  if (current.form === 'match' && first && patterns.length === current.branches.length) {
    checkCoverage(context, first.origin, patterns, value, current.branches.at(-1)?.origin);
  }
  const isCase = (name: string): boolean => context.world.cases(name, context.uri).length > 0;
  if (current.form === 'match')
    for (const index of takenBefore(patterns, isCase)) {
      const range = current.branches[index]?.origin;
      if (range) report(context, 'unreachable', range, { role: '', what: 'case', label: '', from: '' });
    }
}

/** One member of a family, by a number that is computed. */
export function checkPick(
  context: Context,
  state: ChoreographyState,
  { guards, informs, branches }: Decision,
  picked: Picked,
): void {
  const { roles } = state;
  const { index, of } = picked;
  const [guard] = guards;
  const [branch] = branches;
  if (!guard || !branch) return;
  if (roles.use(of))
    roles.members.checkPick(picked, guard.value, (name) => roles.env(guard.role).find(name) !== undefined);
  checkNewIndex(context, roles, index);
  roles.use(guard.role);
  checkOne(context, roles, guard.role, 'decider');
  checkPickedBy(context, roles.env(guard.role), guard.value, picked);
  checkTold(context, roles, [guard.role], informs);
  const { end } = informs.at(-1)?.origin ?? guard.origin;
  const told = {
    of,
    knows: [guard.role, ...informs],
    tell: { at: { start: end, end }, before: informs.length > 0 ? ', ' : ' -> ' },
  };
  roles.members.pick(picked, told, () => {
    declareIndex(context, roles, index);
    state.block(branch.body.statements);
  });
  if (roles.trace) roles.trace.open = true;
}

function pathsOf(
  context: Context,
  state: ChoreographyState,
  current: Decision,
  value: Type,
  anchor: TextRange,
): Path[] {
  const paths = current.branches.map((branch, index): Path => ({
    way: () => wayOf(context, current, branch, index),
    place: branch.absent || context.text.charAt(branch.body.origin.start) === '{' ? branch.body.origin : undefined,
    run() {
      const inner = branch.body.statements.filter((s) => !isImplied(s));
      const [only] = inner;
      const elseIf =
        inner.length === 1 &&
        only &&
        only.origin.start === branch.body.origin.start &&
        only.origin.end === branch.body.origin.end;
      const locals = new Map<string, Variable>();
      const guarded = current.guards.flatMap((guard) => state.roles.all.get(guard.role.name.text) ?? []);
      const [one] = guarded;
      if (branch.pattern)
        checkPattern(typer, context, one?.env ?? state.roles.env(current.decider), branch.pattern, value, locals);
      if (current.sent) checkSent(context, state.roles, current, branch, locals, state.fields, state.payloads);
      withLocals([...guarded, ...sentTo(state.roles, current)], locals, () =>
        state.block(branch.body.statements, elseIf ? anchor : undefined),
      );
      locals.forEach(complete);
    },
  }));
  return paths;
}

/** Runs with the names that a pattern binds. */
function withLocals(roles: readonly RoleState[], locals: ReadonlyMap<string, Variable>, run: () => void): void {
  for (const role of roles) role.locals.push(locals);
  run();
  for (const role of roles) role.locals.pop();
}

/** The way that goes through a branch. */
function wayOf(context: Context, current: Decision, branch: Branch, index: number): Way {
  const told = branch.body.statements.find(
    (s): s is Communication => s.kind === 'communication' && !s.implied && sameRole(s.sender, current.decider),
  );
  const label = told && told === branch.body.statements.find((s) => !isImplied(s)) ? told.label?.name.text : undefined;
  if (label) return { kind: 'label', role: current.decider.key, label };
  const guards = current.guards.map((guard: Located) => excerpt(context, guard.origin));
  switch (current.form) {
    case 'if':
      return { kind: 'condition', guards, holds: index === 0 };
    case 'match':
      return { kind: 'case', guards, ...(branch.pattern ? { pattern: excerpt(context, branch.pattern.origin) } : {}) };
    // It has one way.
    case 'pick':
    case 'choice':
      return { kind: 'branch', role: current.decider.key, index };
  }
}
