// The variables of threads told apart: two threads that bind the same name first have a variable each.
import type { Expr, Name, Pattern } from '../../ir/expression.js';
import { localBlocksOf, targetsIn, walkActions } from '../../ir/process.js';
import type { Action, LocalBlock, LocalPar, Process } from '../../ir/process.js';
import { inSeveral, ownVariables } from '../../ir/threads.js';
import { mapTarget, namesOfTarget } from '../../ir/target.js';
import type { Target } from '../../ir/target.js';
import { replaceNames } from '../../families/replace.js';
import { bindersOf } from '../../scoping/cases.js';
import type { Scope } from '../../scoping/scope.js';

/** A process in which each variable has a name of its own. */
export interface Apart {
  readonly body: LocalBlock;
  /** For each action that is another one now, the one that it was. */
  readonly sources: Map<Action, Action>;
}

type Renaming = ReadonlyMap<string, string>;

/**
 * Gives variables that several threads have for themselves a name for each thread; messages go on to call them as they
 * are written.
 * @param scope tells what binds in a pattern
 * Cost: linear, times how deep `par` stands in `par`
 */
export function withVariablesApart(process: Process, scope: Scope): Apart {
  const sources = new Map<Action, Action>();
  let any = false;
  walkActions(process.body.actions, ({ kind }) => {
    any ||= kind === 'par';
  });
  if (!any) return { body: process.body, sources };
  const own = ownVariables(process);
  /** What takes values other than by a pattern: of these, what stands before a thread tells whose they are. */
  const taking = new Set(process.params.map(({ name }) => name.text));
  walkActions(process.body.actions, (action) => {
    for (const into of targetsIn(action)) for (const { text } of namesOfTarget(into)) taking.add(text);
  });
  let pars = 0;

  /** The names that each branch has for itself: what it binds first, and what its patterns bind. */
  const ownIn = (par: LocalPar): readonly ReadonlySet<string>[] =>
    par.branches.map((branch, i) => {
      const names = new Set(own.get(par)?.[i]);
      walkActions(branch.actions, (action) => {
        if (action.kind === 'match')
          for (const { pattern } of action.cases)
            for (const name of bindersOf(pattern, scope)) if (!taking.has(name)) names.add(name);
      });
      return names;
    });
  const block = (body: LocalBlock, names: Renaming): LocalBlock => ({
    ...body,
    actions: body.actions.map((action) => rewrite(action, names)),
  });
  const rewrite = (action: Action, names: Renaming): Action => {
    let made: Action;
    if (action.kind === 'par') {
      const owned = ownIn(action);
      const several = inSeveral(owned);
      const number = pars++;
      made = {
        ...action,
        branches: action.branches.map((branch, i) => {
          const more = new Map(names);
          for (const name of owned[i] ?? []) if (several.has(name)) more.set(name, `${name}'${number}.${i}`);
          return block(branch, more);
        }),
      };
    } else made = renamed(action, names, (inner) => block(inner, names));
    if (made !== action) sources.set(made, action);
    return made;
  };
  return { body: block(process.body, new Map()), sources };
}

/** An action with other names in it, and in its blocks what `inner` makes of them. */
function renamed(action: Action, names: Renaming, inner: (block: LocalBlock) => LocalBlock): Action {
  if (names.size === 0 && localBlocksOf(action).length === 0) return action;
  const name = (one: Name): Name => {
    const text = names.get(one.text);
    return text === undefined ? one : { ...one, text, written: one.written ?? one.text };
  };
  const value = (expr: Expr): Expr =>
    replaceNames(expr, (text, origin) => {
      const to = names.get(text);
      return to === undefined ? undefined : { kind: 'name', name: { text: to, origin, written: text }, origin };
    });
  const target = (into: Target): Target => {
    const made = mapTarget(into, name);
    return made.kind === 'variable' && made.place ? { ...made, place: value(made.place) } : made;
  };
  switch (action.kind) {
    case 'send':
      return action.value ? { ...action, value: value(action.value) } : action;
    case 'receive':
      return {
        ...action,
        branches: action.branches.map((branch) => ({
          ...branch,
          ...(branch.into ? { into: target(branch.into) } : {}),
          body: inner(branch.body),
        })),
      };
    case 'gather':
      return {
        ...action,
        ...(action.variable ? { variable: name(action.variable) } : {}),
        ...(action.quorum
          ? { quorum: { ...action.quorum, ...(action.quorum.by ? { by: name(action.quorum.by) } : {}) } }
          : {}),
      };
    case 'assignment':
      return { ...action, into: target(action.into), value: value(action.value) };
    case 'effect':
      return { ...action, value: value(action.value) };
    case 'call':
      return {
        ...action,
        args: action.args.map((arg) => ({
          ...arg,
          inputs: arg.inputs.map(value),
          ...(arg.value ? { value: value(arg.value) } : {}),
        })),
        ...(action.values ? { values: action.values.map(value) } : {}),
        ...(action.into ? { into: target(action.into) } : {}),
      };
    case 'if':
      return { ...action, condition: value(action.condition), then: inner(action.then), else: inner(action.else) };
    case 'match':
      return {
        ...action,
        value: value(action.value),
        cases: action.cases.map((each) => ({ pattern: patternWith(each.pattern, name), body: inner(each.body) })),
        ...(action.else ? { else: inner(action.else) } : {}),
      };
    case 'choice':
      return { ...action, branches: action.branches.map(inner) };
    case 'while':
      return { ...action, condition: value(action.condition), body: inner(action.body) };
    case 'pick':
      return { ...action, value: value(action.value), body: inner(action.body) };
    case 'rec':
    case 'for':
    case 'at':
      return { ...action, body: inner(action.body) };
    case 'when':
      return { ...action, then: inner(action.then), else: inner(action.else) };
    case 'continue':
    case 'hole':
    case 'leave':
    case 'par':
      return action;
  }
}

function patternWith(pattern: Pattern, name: (one: Name) => Name): Pattern {
  switch (pattern.kind) {
    case 'literal':
    case 'none':
      return pattern;
    case 'tuple':
      return { ...pattern, items: pattern.items.map((item) => patternWith(item, name)) };
    case 'constructor':
      return pattern.args
        ? { ...pattern, args: pattern.args.map((arg) => patternWith(arg, name)) }
        : { ...pattern, name: name(pattern.name) };
  }
}
