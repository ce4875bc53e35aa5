// Names and types of what a process does, action by action.
import { boundsOf, negation } from '../families/specialise.js';
import { namesNumber, variableOf } from './written.js';
import type { Surely } from './written.js';
import type { Expr, TextRange, Pattern } from '../ir/expression.js';
import type { Action, LocalBlock, LocalPar } from '../ir/process.js';
import { membershipIn } from '../ir/static.js';
import { namesOfTarget, placeOfTarget, variableTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';
import { idOf } from '../scoping/declared.js';
import { complete, excerpt, occur } from './context.js';
import type { Context, Variable } from './context.js';
import { checkValue, condition, effect, infer, inferValue, typer } from './expressions.js';
import { call } from './local-calls.js';
import { checkPickedBy } from './picked.js';
import { gather, receive, send } from './messages.js';
import { checkCoverage, checkPattern } from './patterns.js';
import { blockOf, ownerOf, picking, useRole } from './process-state.js';
import type { State } from './process-state.js';
import { checkLocalRec } from './recursion.js';
import { checkLocalRaces } from './races.js';
import { checkContinue, checkLeave, insideRec, inRounds, notLast } from './tail.js';
import { writtenByActions } from '../ir/threads.js';
import type { WrittenWhen } from '../ir/threads.js';
import { ownIn, together } from './threads.js';
import type { Branches } from './threads.js';
import { bool, int, listOf } from './types.js';
import type { Type } from './types.js';
import { assign } from './targets.js';
import type { Way } from '../findings/typing.js';
import { targetsIn, variablesGathered, walkActions } from '../ir/process.js';

/** Checks the actions of a block, in order. */
export function checkActions(context: Context, state: State, actions: readonly Action[]): void {
  actions.forEach((action, index) => {
    context.anchor = action.origins[0];
    const next = actions[index + 1]?.origins[0];
    if (next)
      notLast(state, { start: next.start, end: actions.at(-1)?.origins[0]?.end ?? next.end }, () =>
        checkAction(context, state, action),
      );
    else checkAction(context, state, action);
  });
}

function checkAction(context: Context, state: State, action: Action): void {
  const { env, flow } = state;
  switch (action.kind) {
    case 'send':
      return send(context, state, action);
    case 'receive':
      return receive(context, state, action, (body) => checkActions(context, state, body));
    case 'gather':
      return gather(context, state, action);
    case 'assignment': {
      assign(context, ownerOf(context, state), action.into, action.value);
      return;
    }
    case 'effect': {
      effect(context, env, action.value);
      return;
    }
    case 'call':
      return call(context, state, action);
    case 'if': {
      condition(context, env, action.condition);
      const shown = (): string => excerpt(context, action.condition.origin);
      flow.fork([
        {
          run: () => checkActions(context, state, action.then.actions),
          way: () => ({ kind: 'condition', guards: [shown()], holds: true }),
          place: action.then.origin,
        },
        {
          run: () => checkActions(context, state, action.else.actions),
          way: () => ({ kind: 'condition', guards: [shown()], holds: false }),
          place:
            action.else.origin.start === action.else.origin.end ? action.else.origin : blockOf(context, action.else),
        },
      ]);
      return;
    }
    case 'match': {
      const value = inferValue(context, env, action.value);
      const shown = (): string => excerpt(context, action.value.origin);
      const paths = action.cases.map((c) => ({
        run: () => matchCase(context, state, c, value),
        way: (): Way => ({ kind: 'case', guards: [shown()], pattern: excerpt(context, c.pattern.origin) }),
        place: c.body.origin,
      }));
      const { else: other } = action;
      if (other)
        paths.push({
          run: () => checkActions(context, state, other.actions),
          way: (): Way => ({ kind: 'case', guards: [shown()] }),
          place: other.origin,
        });
      flow.fork(paths);
      if (!other)
        checkCoverage(
          context,
          action.value.origin,
          action.cases.map((c) => c.pattern),
          value,
          lastCase(context, action.cases),
        );
      return;
    }
    case 'choice': {
      flow.fork(
        action.branches.map((branch, index) => ({
          run: () => checkActions(context, state, branch.actions),
          way: () => ({ kind: 'branch', index }),
          place: branch.origin,
        })),
      );
      return;
    }
    case 'while': {
      condition(context, env, action.condition);
      notLast(state, undefined, () =>
        flow.fork([
          { run: () => checkActions(context, state, action.body.actions), way: () => ({ kind: 'round' }) },
          { run: () => undefined, way: () => ({ kind: 'skipped', guard: excerpt(context, action.condition.origin) }) },
        ]),
      );
      return;
    }
    case 'rec': {
      const { network, process } = state;
      insideRec(
        context,
        state,
        action.name,
        `${idOf(context.uri, network)}/${process.name.text}`,
        network.name.text,
        () => {
          flow.loop(action.name.text, () => {
            checkActions(context, state, action.body.actions);
          });
        },
      );
      checkLocalRec(context, state.network, state.process, action.name, action.body.actions);
      return;
    }
    case 'leave': {
      checkLeave(context, state, action.name, action.origins[0] ?? action.name.origin);
      flow.exit(action.name.text);
      return;
    }
    case 'for': {
      if (action.range.kind === 'members') {
        useRole(context, state, action.range.of);
        state.members.checkRange(action.range.of);
      } else
        for (const bound of [action.range.from, action.range.until])
          if (state.members.isStatic(bound, 'bound')) infer(context, env, bound, int);
      const go = (): void => {
        state.members.loop(
          action.index,
          action.range,
          surely(state, action.body.actions),
          () => {
            const index = state.members.find(action.index.text);
            if (index) occur(context, index.symbol, action.index.origin, 'definition');
            checkActions(context, state, action.body.actions);
          },
          () => ({
            kind: 'skipped',
            counts: true,
            guard: excerpt(context, { start: action.origins[0]?.start ?? 0, end: action.body.origin.start }).trim(),
          }),
        );
      };
      if (action.parallel !== true) notLast(state, undefined, go);
      else {
        const apart = new Set<string>();
        walkActions(action.body.actions, (inner) => {
          for (const into of targetsIn(inner))
            if (!placeOfTarget(into)) for (const { text } of namesOfTarget(into)) apart.add(text);
        });
        inRounds(state, 'par', () => {
          flow.together([go], (assigned) => apart.has(variableOf(assigned).symbol.name));
        });
        for (const name of apart) {
          const variable = env.find(name);
          if (variable && !flow.has(variable)) flow.explain(variable, { way: { kind: 'threads' } });
        }
      }
      return;
    }
    case 'pick': {
      const { of, value, body } = action;
      useRole(context, state, of);
      if (state.roles.has(of.name.text)) state.members.checkPick(action, value, (name) => env.find(name) !== undefined);
      checkPickedBy(context, env, value, action);
      picking(context, state, action, () => {
        checkActions(context, state, body.actions);
      });
      return;
    }
    case 'par': {
      inRounds(state, 'par', () => {
        together(
          flow,
          branchesOf(state, action),
          ({ name }) => env.find(name.text),
          (branch, own) => {
            state.locals.push(new Map(own.map((one) => [one.symbol.name, one])));
            checkActions(context, state, action.branches[branch]?.actions ?? []);
            state.locals.pop();
          },
        );
      });
      checkLocalRaces(context, state, action);
      return;
    }
    case 'at':
      return checkActions(context, state, action.body.actions);
    case 'when': {
      checkWhen(context, state, action.condition, action.origins[0] ?? action.condition.origin);
      const shown = excerpt(context, action.condition.origin);
      state.members.when(
        action.condition,
        () => {
          checkActions(context, state, action.then.actions);
        },
        () => {
          checkActions(context, state, action.else.actions);
        },
        (holds) => () => ({ kind: 'condition', guards: [shown], holds }),
      );
      return;
    }
    case 'continue': {
      checkContinue(context, state, action.name, action.origins[0] ?? action.name.origin);
      flow.leave();
      return;
    }
    case 'hole':
      return;
  }
}

function branchesOf({ members }: State, { branches, origins: [par] }: LocalPar): Branches<WrittenWhen> {
  return {
    beside: par && { kind: 'beside', par, branches: branches.map(({ origin }) => origin) },
    written: branches.map(({ actions }) => writtenByActions(actions)),
    keyOf: ({ symbol }) => symbol.name,
    mayMeet: (one, other) => one.when.some((here) => other.when.some((there) => members.mayHold([...here, ...there]))),
  };
}

/** A condition on numbers of members. Whether one is among those that were picked is asked whatever else is called so. */
function checkWhen(context: Context, state: State, condition: Expr, origin: TextRange): void {
  const among = membershipIn(condition);
  if (among?.list.kind === 'name' && state.members.isList(among.list.name.text)) {
    infer(context, state.env, among.list, listOf(int));
    checkValue(context, state.env, among.at, int, () => ({ by: 'index' }));
  } else if (condition.kind === 'unary' && condition.operator === 'not')
    checkWhen(context, state, condition.operand, origin);
  else if (condition.kind === 'binary' && (condition.operator === 'and' || condition.operator === 'or')) {
    checkWhen(context, state, condition.left, origin);
    checkWhen(context, state, condition.right, origin);
  } else {
    infer(context, state.env, condition, bool);
    state.members.checkCondition(condition, { start: origin.start, end: origin.start + 'when'.length });
  }
}

/** What actions write whatever is decided, and when numbers of members are so. */
function surely(state: State, actions: readonly Action[]): Surely[] {
  const at = (into: Target | undefined): Surely[] =>
    namesOfTarget(into).flatMap((name) => {
      const variable = state.env.find(name.text);
      const place = placeOfTarget(into);
      return variable ? [{ variable, ...(place ? { place } : {}), when: [], loops: [] }] : [];
    });
  return actions.flatMap((action): Surely[] => {
    switch (action.kind) {
      case 'receive':
        return action.branches.length === 1 ? action.branches.flatMap(({ into }) => at(into)) : [];
      case 'gather':
        return variablesGathered(action).flatMap((name) => at(variableTarget(name)));
      case 'assignment':
      case 'call':
        return at(action.into);
      case 'for': {
        const loop = { name: action.index.text, ...boundsOf(action.range, state.members.families) };
        return surely(state, action.body.actions).map((written) => ({ ...written, loops: [loop, ...written.loops] }));
      }
      case 'when': {
        const both = [
          [action.condition, action.then],
          [negation(action.condition), action.else],
        ] as const;
        return both.flatMap(([condition, block]) =>
          surely(state, block.actions).map((written) => ({ ...written, when: [condition, ...written.when] })),
        );
      }
      case 'send':
      case 'effect':
      case 'if':
      case 'match':
      case 'choice':
      case 'while':
      case 'rec':
      case 'continue':
      case 'leave':
      case 'hole':
        return [];
      case 'pick':
        return surely(state, action.body.actions).filter((written) => !namesNumber(written, action.index.text));
      case 'at':
        return surely(state, action.body.actions);
      case 'par': {
        const isOwn = ownIn(branchesOf(state, action));
        return action.branches
          .flatMap((branch) => surely(state, branch.actions))
          .filter(({ variable }) => !isOwn(variable));
      }
    }
  });
}

/** Where the last case stands. */
function lastCase(
  context: Context,
  cases: readonly { readonly pattern: Pattern; readonly body: LocalBlock }[],
): TextRange | undefined {
  const last = cases.at(-1);
  return last && { start: context.text.lastIndexOf('case', last.pattern.origin.start), end: last.body.origin.end };
}

function matchCase(
  context: Context,
  state: State,
  c: { readonly pattern: Pattern; readonly body: LocalBlock },
  value: Type,
): void {
  const locals = new Map<string, Variable>();
  checkPattern(typer, context, state.env, c.pattern, value, locals);
  state.locals.push(locals);
  checkActions(context, state, c.body.actions);
  state.locals.pop();
  locals.forEach(complete);
}
