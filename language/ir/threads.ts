// The variables of what goes on at the same time: those that have a value before a `par` are shared by its branches,
// those that a branch binds first are its own.
import { takersIn, walkBlock } from './choreography.js';
import type { Statement } from './choreography.js';
import type { Expr, Name } from './expression.js';
import { localBlocksOf, targetsIn } from './process.js';
import type { Action, LocalPar, Process } from './process.js';
import { sameRole } from './role.js';
import type { RoleRef } from './role.js';
import { namesOfTarget } from './target.js';

/** A variable that gets a value: its role, where it gets one first, and who gets one, of members of a family. */
export interface WrittenAt {
  readonly role: string;
  readonly name: Name;
  readonly at: readonly RoleRef[];
}

/** A variable of a process that gets a value: where first, and under which conditions on numbers of members. */
export interface WrittenWhen {
  readonly name: Name;
  readonly when: readonly (readonly Expr[])[];
}

/**
 * The variables that statements give values to, as `role.variable`, each where it gets one first; of members of a
 * family, by its name.
 */
export function writtenBy(statements: readonly Statement[]): ReadonlyMap<string, WrittenAt> {
  const found = new Map<string, WrittenAt & { readonly at: RoleRef[] }>();
  walkBlock(statements, (statement) => {
    for (const { role, into } of takersIn(statement))
      for (const name of namesOfTarget(into)) {
        const key = `${role.name.text}.${name.text}`;
        const known = found.get(key);
        if (!known) found.set(key, { role: role.name.text, name, at: [role] });
        else if (known.at.every((other) => !sameRole(other, role))) known.at.push(role);
      }
  });
  return found;
}

/** Goes through actions, with the conditions on numbers of members that each stands under. */
export function walkUnder(
  actions: readonly Action[],
  visit: (action: Action, when: readonly Expr[]) => void,
  when: readonly Expr[] = [],
): void {
  for (const action of actions) {
    visit(action, when);
    if (action.kind === 'when') {
      const { condition } = action;
      const not: Expr = { kind: 'unary', operator: 'not', operand: condition, origin: condition.origin };
      walkUnder(action.then.actions, visit, [...when, condition]);
      walkUnder(action.else.actions, visit, [...when, not]);
    } else for (const block of localBlocksOf(action)) walkUnder(block.actions, visit, when);
  }
}

/** The variables that actions give values to, each where it gets one first. */
export function writtenByActions(actions: readonly Action[]): ReadonlyMap<string, WrittenWhen> {
  const found = new Map<string, WrittenWhen & { readonly when: (readonly Expr[])[] }>();
  walkUnder(actions, (action, when) => {
    for (const into of targetsIn(action))
      for (const name of namesOfTarget(into)) {
        const known = found.get(name.text);
        if (!known) found.set(name.text, { name, when: [when] });
        else if (known.when.at(-1) !== when) known.when.push(when);
      }
  });
  return found;
}

/** The keys that several of some sets or maps have. */
export function inSeveral(sets: readonly { keys(): Iterable<string> }[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const several = new Set<string>();
  for (const set of sets) for (const each of set.keys()) (seen.has(each) ? several : seen).add(each);
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
          written.map((names) => new Set([...names.keys()].filter((name) => !bound.has(name)))),
        );
        for (const branch of action.branches) walk(branch.actions, new Set(bound));
        // Of what several have for themselves, nothing is left.
        const several = inSeveral(written);
        for (const names of written) for (const name of names.keys()) if (!several.has(name)) bound.add(name);
        continue;
      }
      for (const into of targetsIn(action)) for (const { text } of namesOfTarget(into)) bound.add(text);
      for (const inner of localBlocksOf(action)) walk(inner.actions, bound);
    }
  };
  walk(body.actions, new Set(params.map(({ name }) => name.text)));
  return found;
}
