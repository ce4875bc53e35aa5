// Loops, over members and others, and what goes on at the same time.
import { ask } from '../../families/solve.js';
import { boundsOf, compare } from '../../families/specialise.js';
import { takersIn, walkBlock } from '../../ir/choreography.js';
import type { For, MemberRange, Statement } from '../../ir/choreography.js';
import type { Expr, Name } from '../../ir/expression.js';
import type { RoleRef } from '../../ir/role.js';
import { exprOf, linearOf, staticKey } from '../../ir/static.js';
import { namesOfTarget, placeOfTarget } from '../../ir/target.js';
import { report } from '../context.js';
import type { Context } from '../context.js';
import { infer } from '../expressions.js';
import { namesNumber, onAllWays, speaking, variableOf } from '../written.js';
import type { Surely } from '../written.js';
import type { Roles } from '../role-state.js';
import { int } from '../types.js';
import { blocksOf } from '../../ir/choreography.js';
import type { Par, While } from '../../ir/choreography.js';
import { excerpt } from '../context.js';
import type { Variable } from '../context.js';
import { ownIn, together } from '../threads.js';
import type { Branches } from '../threads.js';
import { condition } from '../expressions.js';
import { deepestLoops } from '../limits.js';
import { checkRaces, checkRacesOfRounds } from '../races.js';
import { inRounds, notLast } from '../tail.js';
import { checkNewIndex, declareIndex } from './indices.js';
import { checkOne, checkSomebody, checkTold } from './named-roles.js';
import { writtenBy } from '../../ir/threads.js';
import type { WrittenAt } from '../../ir/threads.js';
import type { ChoreographyState } from './state.js';

/**
 * What each round of a loop has for itself, where they go on at the same time: variables, as `role.variable`, but those
 * of members of whom each is written to by one round alone, and places of lists.
 */
function ownOfRounds(roles: Roles, loop: For): ReadonlyMap<string, WrittenAt> {
  const members = new Map<string, string>();
  const own = new Map<string, WrittenAt>();
  walkBlock(loop.body.statements, (statement) => {
    for (const { role, into } of takersIn(statement)) {
      if (placeOfTarget(into)) continue;
      const member = role.index?.kind === 'member' ? role.index.at : undefined;
      const which = member && isOneEach(roles, loop, member) ? staticKey(member) : undefined;
      for (const name of namesOfTarget(into)) {
        const key = `${role.name.text}.${name.text}`;
        if (which === undefined || (members.get(key) ?? which) !== which)
          own.set(key, { role: role.name.text, name, at: [role] });
        else members.set(key, which);
      }
    }
  });
  return own;
}

/** Whether an index means another member in each round of a loop. */
function isOneEach({ members }: Roles, { index, range }: For, at: Expr): boolean {
  const sum = linearOf(at);
  if (!sum || Math.abs(sum.terms.get(index.text) ?? 0) !== 1) return false;
  // What changes inside of a round would lead to members of other rounds.
  if ([...sum.terms.keys()].some((name) => name !== index.text && !members.find(name))) return false;
  if (!sum.modulo) return true;
  const { from, until } = boundsOf(range, members.families);
  const { origin } = at;
  const rounds: Expr = { kind: 'binary', operator: '-', left: until, right: from, origin };
  return ask(members.known, compare('<=', rounds, exprOf(sum.modulo, origin))) === 'always';
}

const keyOf = ({ symbol }: Variable): string => `${symbol.role ?? ''}.${symbol.name}`;

function branchesOf({ members }: Roles, { branches, origin }: Par): Branches<WrittenAt> {
  return {
    beside: { kind: 'beside', par: origin, branches: branches.map((branch) => branch.origin) },
    written: branches.map(({ statements }) => writtenBy(statements)),
    keyOf,
    mayMeet: (one, other) => one.at.some((role) => other.at.some((same) => members.mayMeet(role, same))),
  };
}

/** What statements write whatever is decided, loops in each other as deep as anybody reads. */
function surely(roles: Roles, statements: readonly Statement[], deep = deepestLoops): Surely[] {
  const at = (role: RoleRef, name: Name, more: Pick<Surely, 'speaks' | 'place'>): Surely[] => {
    const variable = roles.all.get(role.name.text)?.env.find(name.text);
    const partly = role.index && roles.members.families.has(role.name.text);
    return variable
      ? [{ variable, ...(partly ? { role, ...more } : more.place ? { place: more.place } : {}), when: [], loops: [] }]
      : [];
  };
  return statements.flatMap((statement): Surely[] => {
    switch (statement.kind) {
      case 'communication':
      case 'assignment':
      case 'call':
      case 'gather':
        return takersIn(statement).flatMap(({ role, into }) => {
          const place = placeOfTarget(into);
          const more = {
            ...(statement.kind === 'communication' ? speaking(role, statement.sender) : {}),
            ...(place ? { place } : {}),
          };
          return namesOfTarget(into).flatMap((name) => at(role, name, more));
        });
      case 'for': {
        if (deep === 0) return [];
        const loop = { name: statement.index.text, ...boundsOf(statement.range, roles.members.families) };
        return surely(roles, statement.body.statements, deep - 1).map((written) => ({
          ...written,
          loops: [loop, ...written.loops],
        }));
      }
      case 'par': {
        const isOwn = ownIn(branchesOf(roles, statement));
        return statement.branches
          .flatMap((branch) => surely(roles, branch.statements, deep))
          .filter(({ variable }) => !isOwn(variable));
      }
      case 'at':
        return surely(roles, statement.body.statements, deep);
      case 'decision':
        if (statement.pick) {
          const { text } = statement.pick.index;
          return statement.branches.flatMap(({ body }) =>
            surely(roles, body.statements, deep).filter((written) => !namesNumber(written, text)),
          );
        }
        return [...onAllWays(statement.branches.map(({ body }) => surely(roles, body.statements, deep)))];
      case 'effect':
      case 'while':
      case 'rec':
      case 'continue':
      case 'leave':
      case 'when':
        return [];
    }
  });
}

/** What a loop over members goes through. */
function checkRange(context: Context, roles: Roles, of: MemberRange): void {
  if (of.kind === 'members') {
    roles.use(of.of);
    roles.members.checkRange(of.of);
    if (roles.all.has(of.of.name.text) && !roles.members.families.has(of.of.name.text))
      report(context, 'wrong-members', of.of.origin, { kind: 'single', role: of.of.name.text });
    return;
  }
  const [anyone] = roles.all.values();
  for (const bound of [of.from, of.until])
    if (roles.members.isStatic(bound, 'bound') && anyone) infer(context, anyone.env, bound, int);
}

/** A loop in which somebody decides before each round. */
export function checkWhile(context: Context, state: ChoreographyState, current: While): void {
  const { roles } = state;
  for (const guard of current.guards) {
    roles.use(guard.role);
    condition(context, roles.env(guard.role), guard.value);
  }
  checkTold(
    context,
    roles,
    current.guards.map((guard) => guard.role),
    current.informs,
  );
  if (current.guards[0] && current.informs.length > 0) checkOne(context, roles, current.guards[0].role, 'decider');
  else checkSomebody(context, roles, current.guards, blocksOf(current));
  notLast(state, undefined, () =>
    roles.flow.fork([
      { run: () => state.block(current.body.statements), way: () => ({ kind: 'round' }) },
      {
        run: () => undefined,
        way: () => ({
          kind: 'skipped',
          guard: current.guards[0] ? excerpt(context, current.guards[0].origin) : '',
        }),
      },
    ]),
  );
}

/** A loop over members, or numbers of members. */
export function checkFor(context: Context, state: ChoreographyState, current: For): void {
  const { roles } = state;
  checkRange(context, roles, current.range);
  checkNewIndex(context, roles, current.index);
  // What is outside can't be gone round from inside.
  const apart = current.parallel === true ? ownOfRounds(roles, current) : undefined;
  const go = (): void => {
    roles.members.loop(
      current.index,
      current.range,
      surely(roles, current.body.statements),
      () => {
        declareIndex(context, roles, current.index);
        state.block(current.body.statements);
      },
      () => ({
        kind: 'skipped',
        counts: true,
        guard: excerpt(context, { start: current.origin.start, end: current.head.end }).trim(),
      }),
    );
  };
  if (!apart) inRounds(state, 'for', go);
  else {
    inRounds(state, 'par', () => {
      roles.flow.together([go], (assigned) => apart.has(keyOf(variableOf(assigned))));
    });
    for (const { role, name } of apart.values()) {
      const variable = roles.all.get(role)?.env.find(name.text);
      if (variable && !roles.flow.has(variable)) roles.flow.explain(variable, { way: { kind: 'threads' } });
    }
    if (roles.trace) roles.trace.open = true;
    checkRacesOfRounds(context, current);
  }
}

/** What goes on at the same time. */
export function checkPar(context: Context, state: ChoreographyState, current: Par): void {
  const { roles } = state;
  inRounds(state, 'par', () => {
    together(
      roles.flow,
      branchesOf(roles, current),
      ({ role, name }) => roles.all.get(role)?.env.find(name.text),
      (branch, own) => {
        for (const [name, { locals }] of roles.all)
          locals.push(new Map(own.flatMap((one) => (one.symbol.role === name ? [[one.symbol.name, one]] : []))));
        state.block(current.branches[branch]?.statements ?? []);
        for (const { locals } of roles.all.values()) locals.pop();
      },
    );
  });
  if (roles.trace) roles.trace.open = true;
  checkRaces(context, roles.members, current);
}
