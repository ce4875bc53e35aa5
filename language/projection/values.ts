// Which variables hold the same value, at every place of a choreography: value numbering (Kildall; Alpern, Wegman,
// Zadeck), over all roles at once, following messages as copies. It says whether several roles can decide together.
import { takersIn, walkBlock } from '../ir/choreography.js';
import type { Call, Choreography, Decision, Par, Rec, Statement, While } from '../ir/choreography.js';
import type { Expr, Name, Pattern } from '../ir/expression.js';
import type { RoleRef } from '../ir/role.js';
import { inSeveral, writtenBy } from '../ir/threads.js';
import { itemsOfTarget, namesOfTarget, pathsOfTarget, valueOfTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';
import { binderOf, bindersOf } from '../scoping/cases.js';
import type { Scope } from '../scoping/scope.js';
import { keyOfExpr, keysOfParts } from '../values/keys.js';
import { mostPassesOfLoop, mostVisits, longestValueText } from './limits.js';

/** The number of the value that each variable holds, by `role.variable`. Undefined: the place can't be reached. */
export type Values = ReadonlyMap<string, string> | undefined;

type Visit = (statement: Decision | While, values: ReadonlyMap<string, string>) => void;

/**
 * Calls `visit` for each decision and loop with the values there.
 * Cost: linear in statements times variables: loops are passed over a few times each, until `mostVisits` is met. Then
 * what is assigned in a loop holds values of its own in each round, equal to no others
 */
export function followValues(choreography: Choreography, scope: Scope, visit: Visit): void {
  const values = new Map<string, string>();
  let statements = 0;
  walkBlock(choreography.body.statements, () => {
    statements++;
  });
  const run = new Run(scope, visit, mostVisits.each * statements + mostVisits.least);
  for (const role of choreography.roles)
    for (const param of role.params) values.set(`${role.name.text}.${param.name.text}`, run.fresh());
  run.block(choreography.body.statements, values, true);
}

/**
 * The value of a role's expression, as a text that equal expressions over equal values share. Undefined where it is not
 * a function of the variables alone.
 */
export function valueOf(
  role: string,
  expr: Expr,
  values: ReadonlyMap<string, string>,
  scope: Scope,
): string | undefined {
  return keyOfExpr(expr, scope, (name) => values.get(`${role}.${name}`));
}

class Run {
  private count = 0;
  private readonly long = new Map<string, string>();
  /** The values at each `continue` of the loops around, by name. */
  private readonly jumps = new Map<string, { readonly values: Values[]; readonly depth: number }>();
  /** The values at each `leave` of the loops around, by name. */
  private readonly exits = new Map<string, { readonly values: Values[]; readonly depth: number }>();
  /** The variables that may change at any moment. */
  private changing: ReadonlySet<string> = new Set();
  /** What the names that patterns bind hide, innermost last. */
  private readonly hidden: (readonly [string, string | undefined])[] = [];

  /** @param left how many statements may be gone through before loops are passed over only once */
  constructor(
    private readonly scope: Scope,
    private readonly visit: Visit,
    private left: number,
  ) {}

  fresh(): string {
    return `#${++this.count}`;
  }

  block(statements: readonly Statement[], values: Values, report: boolean): Values {
    let current = values;
    for (const statement of statements) current = current && this.lasting(this.statement(statement, current, report));
    return current;
  }

  /** What may change at any moment has another value each time. */
  private lasting(values: Values): Values {
    if (!values || this.changing.size === 0) return values;
    return new Map([...values].map(([name, value]) => [name, this.changing.has(name) ? this.fresh() : value]));
  }

  private statement(statement: Statement, values: ReadonlyMap<string, string>, report: boolean): Values {
    this.left--;
    switch (statement.kind) {
      case 'communication': {
        if (!statement.receivers.some((receiver) => receiver.into)) return values;
        const next = new Map(values);
        const { sender, value } = statement;
        this.take(statement.receivers, sender.key, value, values, next);
        return next;
      }
      case 'gather': {
        const next = new Map(values);
        for (const { role, into } of takersIn(statement))
          for (const { text } of namesOfTarget(into)) next.set(`${role.key}.${text}`, this.fresh());
        return next;
      }
      case 'assignment': {
        const { role } = statement;
        const next = new Map(values);
        this.take([statement], role.key, statement.value, values, next);
        return next;
      }
      // Families are taken apart before (see `checkGuards`).
      case 'effect':
      case 'for':
      case 'when':
        return values;
      case 'call':
        return this.call(statement, values);
      case 'at':
        return this.block(statement.body.statements, values, report);
      case 'par':
        return this.par(statement, values, report);
      case 'continue': {
        const jump = this.jumps.get(statement.name.text);
        jump?.values.push(uncover(values, this.hidden.slice(jump.depth)));
        return undefined;
      }
      case 'leave': {
        const exit = this.exits.get(statement.name.text);
        exit?.values.push(uncover(values, this.hidden.slice(exit.depth)));
        return undefined;
      }
      case 'decision': {
        if (report) this.visit(statement, values);
        return this.join(
          statement.branches.map((branch, i) =>
            this.branch(statement, i, values, (inside) => this.block(branch.body.statements, inside, report)),
          ),
        );
      }
      case 'while': {
        const head = this.loop(statement, values, (at) => [this.block(statement.body.statements, at, false)]);
        if (!head) return undefined;
        if (report) {
          this.visit(statement, head);
          this.block(statement.body.statements, head, true);
        }
        return head;
      }
      case 'rec': {
        const name = statement.name.text;
        const outer = this.jumps.get(name);
        const outerExit = this.exits.get(name);
        let end: Values;
        const once = (at: Values, tell: boolean): Values[] => {
          const jump = { values: [], depth: this.hidden.length };
          const exit = { values: [], depth: this.hidden.length };
          this.jumps.set(name, jump);
          this.exits.set(name, exit);
          const fallen = this.block(statement.body.statements, at, tell);
          end = exit.values.length > 0 ? this.join([fallen, ...exit.values]) : fallen;
          return jump.values;
        };
        const head = this.loop(statement, values, (at) => once(at, false));
        once(head, report);
        if (outer) this.jumps.set(name, outer);
        else this.jumps.delete(name);
        if (outerExit) this.exits.set(name, outerExit);
        else this.exits.delete(name);
        return end;
      }
    }
  }

  /**
   * Branches in any order: what they share and change has another value each time that it is looked at; what they bind,
   * they bind for themselves.
   */
  private par(statement: Par, values: ReadonlyMap<string, string>, report: boolean): Values {
    const written = statement.branches.map((branch) => [...writtenBy(branch.statements).keys()]);
    const outer = this.changing;
    this.changing = new Set([...outer, ...written.flatMap((names) => names.filter((name) => values.has(name)))]);
    const before = new Map([...values].map(([name, value]) => [name, this.changing.has(name) ? this.fresh() : value]));
    const after = new Map(before);
    let ends = true;
    for (const branch of statement.branches) {
      const end = this.block(branch.statements, before, report);
      ends &&= end !== undefined;
      for (const [name, value] of end ?? []) after.set(name, value);
    }
    this.changing = outer;
    const several = inSeveral(written.map((names) => new Set(names)));
    for (const name of several) after.delete(name);
    return ends ? after : undefined;
  }

  /** The value that an expression gives to a variable; long ones by a short name, so that they don't grow. */
  private value(role: string, expr: Expr, values: ReadonlyMap<string, string>): string {
    return this.short(valueOf(role, expr, values, this.scope));
  }

  private short(value: string | undefined): string {
    return value === undefined || (value.length > longestValueText && value.includes('#')) ? this.named(value) : value;
  }

  /** Gives the variables of some targets their parts of one value, which one role computes, and once. */
  private take(
    takers: readonly { readonly role: RoleRef; readonly into?: Target }[],
    by: string,
    value: Expr | undefined,
    values: ReadonlyMap<string, string>,
    next: Map<string, string>,
  ): void {
    // Who takes the same part has the same value, whatever it is.
    const known = new Map<string, string>();
    const give = (role: RoleRef, name: Name, path: string, make: () => string): void => {
      const of = known.get(path) ?? make();
      known.set(path, of);
      next.set(`${role.key}.${name.text}`, of);
    };
    for (const { role, into } of takers) {
      if (!into) continue;
      if (!value) for (const { name, path } of pathsOfTarget(into)) give(role, name, path, () => this.fresh());
      for (const part of value ? itemsOfTarget(into, value) : []) {
        if (part.into.kind === 'variable')
          give(role, part.into.name, part.path, () => this.value(by, part.value, values));
        else {
          const keys = keysOfParts(part.into, part.value, this.scope, (name) => values.get(`${by}.${name}`));
          pathsOfTarget(part.into, part.path).forEach(({ name, path }, index) => {
            give(role, name, path, () => this.short(keys?.[index]));
          });
        }
      }
    }
  }

  private named(value: string | undefined): string {
    if (value === undefined) return this.fresh();
    let name = this.long.get(value);
    if (!name) this.long.set(value, (name = this.fresh()));
    return name;
  }

  private call(statement: Call, values: ReadonlyMap<string, string>): Values {
    if (statement.takers.length === 0) return values;
    const next = new Map(values);
    for (const { role, into } of statement.takers)
      for (const name of namesOfTarget(into)) next.set(`${role.key}.${name.text}`, this.fresh());
    return next;
  }

  /** Goes through a branch with the names that its pattern binds, which hide variables until it ends. */
  private branch(
    decision: Decision,
    index: number,
    values: ReadonlyMap<string, string>,
    run: (inside: Values) => Values,
  ): Values {
    const pattern = decision.branches[index]?.pattern;
    const names = pattern ? bindersOf(pattern, this.scope) : [];
    const inside = this.assume(decision, index, values);
    if (!inside || !pattern || names.length === 0) return run(inside);
    const [guard] = decision.guards;
    const whole =
      guard && binderOf(pattern, this.scope) !== undefined
        ? this.value(guard.role.key, guard.value, values)
        : undefined;
    // All who decide hold the same value, and so the same parts of it.
    const bound = names.flatMap((name) => {
      const value = whole ?? this.fresh();
      return decision.guards.map(({ role }) => [`${role.key}.${name}`, value] as const);
    });
    const depth = this.hidden.length;
    for (const [name] of bound) this.hidden.push([name, inside.get(name)]);
    const within = new Map([...inside, ...bound]);
    const after = run(decision.sent ? this.puttingTogether(decision, pattern, values, within) : within);
    const hidden = this.hidden.splice(depth);
    return after && uncover(after, hidden);
  }

  /** What is known in a branch: the variables that hold the guard's value hold the branch's. */
  private assume(decision: Decision, index: number, values: ReadonlyMap<string, string>): Values {
    const guard = decision.guards[0];
    const known = guard && valueOf(guard.role.key, guard.value, values, this.scope);
    const pattern = decision.branches[index]?.pattern;
    const value =
      decision.form === 'if'
        ? this.constant({ kind: 'bool', value: index === 0, origin: decision.head })
        : pattern && this.taken(pattern);
    if (known === undefined || !value) return values;
    return new Map([...values].map(([name, number]) => [name, number === known ? value : number]));
  }

  /**
   * What is known where the value is sent: the variables that hold it hold what is made of its fields, as those do who
   * are sent it.
   */
  private puttingTogether(
    { guards: [guard] }: Decision,
    pattern: Pattern,
    values: ReadonlyMap<string, string>,
    inside: ReadonlyMap<string, string>,
  ): ReadonlyMap<string, string> {
    const known = guard && valueOf(guard.role.key, guard.value, values, this.scope);
    const made = valueOfTarget({ kind: 'pattern', pattern });
    if (!guard || known === undefined || !made) return inside;
    const value = this.value(guard.role.key, made, inside);
    return new Map([...inside].map(([name, number]) => [name, number === known ? value : number]));
  }

  /** The value that a pattern takes, where it takes a single one. */
  private taken(pattern: Pattern): string | undefined {
    switch (pattern.kind) {
      case 'none':
        return this.constant(pattern);
      case 'literal':
        return this.constant(
          pattern.negative
            ? { kind: 'unary', operator: '-', operand: pattern.value, origin: pattern.origin }
            : pattern.value,
        );
      case 'constructor':
        return pattern.args || pattern.name.text === '_' || binderOf(pattern, this.scope) !== undefined
          ? undefined
          : this.constant({ kind: 'name', name: pattern.name, origin: pattern.origin });
      case 'tuple':
        return undefined;
    }
  }

  private constant(expr: Expr): string | undefined {
    return valueOf('', expr, new Map(), this.scope);
  }

  /** The values at the head of a loop, however often it has been gone through. */
  private loop(loop: Rec | While, entry: ReadonlyMap<string, string>, once: (values: Values) => Values[]): Values {
    let head: Values = entry;
    for (let pass = 0; pass < mostPassesOfLoop && head && this.left > 0; pass++) {
      const next: Values = this.join([entry, ...once(head)]);
      if (!next || samePartition(head, next)) return next;
      // What changes in a round has a new number, and keeps its equals for as long as rounds leave them equal.
      head = next;
    }
    const changed = assignedIn(loop);
    return head && new Map([...entry].map(([name, value]) => [name, changed.has(name) ? this.fresh() : value]));
  }

  /** What holds whichever way was taken: variables are equal that are equal in each. */
  private join(all: readonly Values[]): Values {
    const reached = all.filter((values) => values !== undefined);
    const [first, ...others] = reached;
    if (!first || others.length === 0) return first;
    if (others.every((values) => values === first)) return first;
    const numbers = new Map<string, string>();
    const joined = new Map<string, string>();
    const names = new Set(reached.flatMap((values) => [...values.keys()]));
    for (const name of names) {
      const values = reached.map((state) => state.get(name));
      // Without a value on one way, it has none that can be used on the other.
      if (values.some((value) => value === undefined)) continue;
      if (values.every((value) => value === values[0])) {
        joined.set(name, values[0] ?? '');
        continue;
      }
      const key = values.join('|');
      let number = numbers.get(key);
      if (!number) numbers.set(key, (number = this.fresh()));
      joined.set(name, number);
    }
    return joined;
  }
}

/** The values where names that patterns bound mean again what they meant before. */
function uncover(
  values: ReadonlyMap<string, string>,
  hidden: readonly (readonly [string, string | undefined])[],
): ReadonlyMap<string, string> {
  if (hidden.length === 0) return values;
  const rest = new Map(values);
  for (const [name, before] of [...hidden].reverse()) {
    if (before === undefined) rest.delete(name);
    else rest.set(name, before);
  }
  return rest;
}

const assigned = new WeakMap<Rec | While, ReadonlySet<string>>();

/** The variables, as `role.variable`, that a loop gives values to. */
function assignedIn(loop: Rec | While): ReadonlySet<string> {
  let known = assigned.get(loop);
  if (!known) {
    const names = new Set<string>();
    walkBlock(loop.body.statements, (statement) => {
      for (const { role, into } of takersIn(statement))
        for (const name of namesOfTarget(into)) names.add(`${role.key}.${name.text}`);
    });
    assigned.set(loop, (known = names));
  }
  return known;
}

/**
 * Whether two states call the same variables equal, and none of the first's values is one that the second has given up.
 */
function samePartition(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): boolean {
  if (left.size !== right.size) return false;
  const forth = new Map<string, string>();
  const back = new Map<string, string>();
  for (const [name, value] of left) {
    const other = right.get(name);
    if (other === undefined || (forth.get(value) ?? other) !== other || (back.get(other) ?? value) !== value)
      return false;
    // A computed value (a constant, a sum) that was given up is another: only numbers may be renamed.
    if (value !== other && !(value.startsWith('#') && /^#\d+$/.test(value))) return false;
    forth.set(value, other);
    back.set(other, value);
  }
  // What was computed from a number that changes now means something else.
  const renamed = new Set([...forth].filter(([value, other]) => value !== other).map(([value]) => value));
  return (
    renamed.size === 0 ||
    [...left.values()].every(
      (value) => value.startsWith('#') || !(value.match(/#\d+/g) ?? []).some((number) => renamed.has(number)),
    )
  );
}
