// Loops, over members and others, and what goes on at the same time.
import { boundsOf } from '../../families/specialise.js';
import { takersIn, walkBlock } from '../../ir/choreography.js';
import type { For, MemberRange, Statement } from '../../ir/choreography.js';
import type { Name } from '../../ir/expression.js';
import type { RoleRef } from '../../ir/role.js';
import { namesOfTarget, placeOfTarget } from '../../ir/target.js';
import { report } from '../context.js';
import type { Context } from '../context.js';
import { infer } from '../expressions.js';
import { namesNumber, onAllWays, speaking, variableOf } from '../written.js';
import type { Assignable, Surely } from '../written.js';
import type { Roles } from '../role-state.js';
import { int } from '../types.js';
import { blocksOf } from '../../ir/choreography.js';
import type { Par, While } from '../../ir/choreography.js';
import { excerpt } from '../context.js';
import { condition } from '../expressions.js';
import { deepestLoops } from '../limits.js';
import { checkRaces, checkRacesOfRounds } from '../races.js';
import { inRounds, notLast } from '../tail.js';
import { checkNewIndex, declareIndex } from './indices.js';
import { checkOne, checkSomebody, checkTold } from './named-roles.js';
import { inSeveral, writtenBy } from '../../ir/threads.js';
import type { ChoreographyState } from './state.js';

/**
 * What each round of a loop has for itself, where they go on at the same time: variables, as `role.variable`, but those
 * of the members that the rounds are about, and places of lists.
 */
function ownOfRounds({ index, body }: For): ReadonlySet<string> {
  const names = new Set<string>();
  walkBlock(body.statements, (statement) => {
    for (const { role, into } of takersIn(statement)) {
      const at = role.index?.kind === 'member' ? role.index.at : undefined;
      if ((at?.kind === 'name' && at.name.text === index.text) || placeOfTarget(into)) continue;
      for (const { text } of namesOfTarget(into)) names.add(`${role.name.text}.${text}`);
    }
  });
  return names;
}

function isAmong(names: ReadonlySet<string>): (assigned: Assignable) => boolean {
  return (assigned) => {
    const { symbol } = variableOf(assigned);
    return names.has(`${symbol.role ?? ''}.${symbol.name}`);
  };
}

/** What statements write whatever is decided, loops in each other as deep as anybody reads. */
function surely(roles: Roles, statements: readonly Statement[], deep = deepestLoops): Surely[] {
  const at = (role: RoleRef, name: Name, more: Pick<Surely, 'speaks' | 'place'>): Surely[] => {
    const variable = roles.all.get(role.name.text)?.variables.get(name.text);
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
      case 'par':
        return statement.branches.flatMap((branch) => surely(roles, branch.statements, deep));
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
  checkSomebody(context, roles, current.guards, blocksOf(current));
  if (current.guards[0] && current.informs.length > 0) checkOne(context, roles, current.guards[0].role, 'decider');
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
  const apart = current.parallel === true ? ownOfRounds(current) : undefined;
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
      roles.flow.together([go], isAmong(apart));
    });
    if (roles.trace) roles.trace.open = true;
    checkRacesOfRounds(context, current);
  }
}

/** What goes on at the same time. */
export function checkPar(context: Context, state: ChoreographyState, current: Par): void {
  const { roles } = state;
  const several = inSeveral(current.branches.map((branch) => writtenBy(branch.statements)));
  inRounds(state, 'par', () => {
    roles.flow.together(
      current.branches.map((branch) => () => {
        state.block(branch.statements);
      }),
      isAmong(several),
      { kind: 'beside', par: current.origin, branches: current.branches.map(({ origin }) => origin) },
    );
  });
  if (roles.trace) roles.trace.open = true;
  checkRaces(context, current);
}
