// The names of variables in a role's code where that has the code of callees in it.
import type { Role } from '../ir/choreography.js';
import type { Expr } from '../ir/expression.js';
import { boundInside, callsItself, ownVariables, setVariables } from './inline.js';
import type { Callee } from './callee.js';
import type { Frame, State } from './states.js';
import type { Liveness } from './liveness.js';

export class VariableNames {
  /** Names that clashed, by what they were made from. */
  readonly invented = new Map<string, string>();
  private readonly taken: Set<string>;
  /** The variables of the role's code, and what its expressions bind. */
  readonly held: Set<string>;
  /** The names that the variables of callees got last. */
  private readonly given = new Map<string, ReadonlyMap<string, string>>();

  constructor(
    { choreography, role, scope }: Frame,
    private readonly liveness: Liveness,
  ) {
    this.taken = new Set(ownVariables(choreography, role, scope));
    this.held = new Set([...this.taken, ...boundInside(choreography, role, scope)]);
  }

  /** Names that mean something in code that is put into the role's: no variable gets them. */
  fix(names: Iterable<string>): void {
    for (const name of names) this.taken.add(name);
  }

  /** A name that no variable has, and that none will have. */
  unused(wanted: string): string {
    const base = this.taken.has(wanted) ? wanted.replace(/(?<=.)\d+$/, '') : wanted;
    let name = wanted;
    for (let count = 2; this.taken.has(name); count++) name = `${base}${count}`;
    this.taken.add(name);
    return name;
  }

  /**
   * The names that the variables of a callee get, others than those that are taken. Where it was called before, and
   * nothing of that is needed any more, they are the same again.
   * @param except inputs that need no names
   * @param next where the role goes on after the call
   * @param again whether names that are not needed any more may be given again: what follows is there
   */
  namesFor(
    { uri, choreography, scope }: Callee,
    role: string,
    except: ReadonlySet<string>,
    next: State,
    again: boolean,
  ): ReadonlyMap<string, string> {
    const variables = new Set([...ownVariables(choreography, role, scope)].filter((name) => !except.has(name)));
    const key = `${uri}#${choreography.name.text} ${role} ${[...except].join()}`;
    const before = again ? this.given.get(key) : undefined;
    if (before && [...before.values()].every((name) => !this.liveness.isLive(next, name))) return before;
    const clashing = [...variables].filter((name) => this.taken.has(name));
    variables.forEach((name) => this.taken.add(name));
    const names = new Map([...variables].map((name) => [name, name]));
    for (const name of clashing) {
      const other = this.unused(name);
      this.invented.set(other, name);
      names.set(name, other);
    }
    this.given.set(key, names);
    return names;
  }

  /** The inputs that are variables of the role, and stay what they are in the callee: these need no copies there. */
  sameInputs(callee: Callee, role: Role, inputs: readonly Expr[]): ReadonlyMap<string, string> {
    const same = new Map<string, string>();
    if (inputs.every((input) => input.kind !== 'name') || callsItself(callee)) return same;
    const set = setVariables(callee.choreography, role.name.text, callee.scope);
    const bound = boundInside(callee.choreography, role.name.text, callee.scope);
    role.params.forEach(({ name }, i) => {
      const input = inputs[i];
      if (
        input?.kind === 'name' &&
        this.held.has(input.name.text) &&
        !set.has(name.text) &&
        !bound.has(input.name.text)
      )
        same.set(name.text, input.name.text);
    });
    return same;
  }
}
