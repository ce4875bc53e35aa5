// The variables of what goes on at the same time: those that have a value before a `par` are shared by its branches,
// those that a branch binds first are its own.
import { takersIn, walkBlock } from './choreography.js';
import type { Statement } from './choreography.js';
import { localBlocksOf, targetsIn, walkActions } from './process.js';
import type { Action, LocalPar, Process } from './process.js';
import { namesOfTarget } from './target.js';

/** The variables that statements give values to, as `role.variable`; of members of a family, by its name. */
export function writtenBy(statements: readonly Statement[]): ReadonlySet<string> {
  const names = new Set<string>();
  walkBlock(statements, (statement) => {
    for (const { role, into } of takersIn(statement))
      for (const { text } of namesOfTarget(into)) names.add(`${role.name.text}.${text}`);
  });
  return names;
}

/** The variables that actions give values to. */
export function writtenByActions(actions: readonly Action[]): ReadonlySet<string> {
  const names = new Set<string>();
  walkActions(actions, (action) => {
    for (const into of targetsIn(action)) for (const { text } of namesOfTarget(into)) names.add(text);
  });
  return names;
}

/** What is in several of some sets. */
export function inSeveral(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const several = new Set<string>();
  for (const set of sets) for (const each of set) (seen.has(each) ? several : seen).add(each);
  return several;
}

/**
 * For each `par` of a process, the variables that each of its branches has for itself: those that have no value before
 * it, in the order of the text.
 * Cost: linear, times how deep `par` stands in `par`
 */
export function ownVariables({
  params,
  body,
}: Pick<Process, 'params' | 'body'>): ReadonlyMap<LocalPar, readonly ReadonlySet<string>[]> {
  const found = new Map<LocalPar, readonly ReadonlySet<string>[]>();
  const walk = (actions: readonly Action[], bound: Set<string>): void => {
    for (const action of actions) {
      if (action.kind === 'par') {
        const written = action.branches.map((branch) => writtenByActions(branch.actions));
        found.set(
          action,
          written.map((names) => new Set([...names].filter((name) => !bound.has(name)))),
        );
        for (const branch of action.branches) walk(branch.actions, new Set(bound));
        for (const names of written) for (const name of names) bound.add(name);
        continue;
      }
      for (const into of targetsIn(action)) for (const { text } of namesOfTarget(into)) bound.add(text);
      for (const inner of localBlocksOf(action)) walk(inner.actions, bound);
    }
  };
  walk(body.actions, new Set(params.map(({ name }) => name.text)));
  return found;
}
