// A choreography with families as one without, at sizes that are given: what it means. Each member is a role like any
// other.
import { valuesOf } from '../ir/choreography.js';
import type {
  Block,
  Call,
  Choreography,
  Communication,
  Decision,
  Gather,
  Picked,
  Role,
  Statement,
  While,
} from '../ir/choreography.js';
import type { Expr, Name, Pattern, TextRange } from '../ir/expression.js';
import type { Located, RoleRef } from '../ir/role.js';
import { evaluate } from '../ir/static.js';
import { mapTarget, namesOfTarget, placeOfTarget, variableTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';
import type { Valuation } from '../ir/static.js';
import {
  Budget,
  indicesOf,
  labelAt,
  matchedBy,
  memberName,
  numbersOf,
  quorumAt,
  rolesMeant,
  valued,
} from './members.js';
import type { PickedAt } from './members.js';
import { replaceNames } from './replace.js';
import { hasFamilies, valuationOf } from './sizes.js';
import type { Declared, Sizes } from './sizes.js';

/** What a call means at sizes: the name of the choreography there. No name of a text has brackets. */
export function nameAt(name: string, sizes: readonly number[]): string {
  return `${name}[${sizes.join(', ')}]`;
}

/** Whether a name is one of `nameAt`. */
export function isSized(name: string): boolean {
  return name.endsWith(']');
}

/** A name of `nameAt` taken apart again. */
export function partsOfName(name: string): { readonly name: string; readonly sizes: readonly number[] } | undefined {
  const at = isSized(name) ? name.lastIndexOf('[') : -1;
  return at < 0
    ? undefined
    : {
        name: name.slice(0, at),
        sizes: name
          .slice(at + 1, -1)
          .split(', ')
          .filter((part) => part !== '')
          .map(Number),
      };
}

/**
 * The choreography at sizes. What has errors of indices means nothing, and is left out.
 * @param declared what has a size in it
 * @param sizes those of its families, and of values that bound something, by their names
 * @param placesOf what may have a size in what a call names
 * @param known an expression with what is known of its names
 * @returns undefined where it would be too long
 * Cost: linear in what comes out, which is bounded
 */
export function unrolledChoreography(
  choreography: Choreography,
  declared: readonly Declared[],
  sizes: Sizes,
  placesOf: (name: string) => readonly Declared[],
  known: (expr: Expr) => Expr,
): Choreography | undefined {
  const valuation = valuationOf(declared, sizes);
  const lists = new Lists();
  // The first time finds out which lists are put together place by place, and how long they are.
  const budget = new Budget();
  if (!choreography.roles.every(({ name, family }) => !family || budget.take(sizes.get(name.text) ?? family.least)))
    return undefined;
  new Unrolling(sizes, placesOf, known, lists, new Lists(), new Budget()).block(choreography.body, valuation);
  const unrolling = new Unrolling(sizes, placesOf, known, new Lists(), lists, budget);
  const roles = choreography.roles.flatMap((role): Role[] => {
    const { family, ...rest } = role;
    if (!family) return [role];
    return Array.from({ length: sizes.get(role.name.text) ?? family.least }, (_, i) => ({
      ...rest,
      name: { ...role.name, text: memberName(role.name.text, i) },
    }));
  });
  const { results, returns } = choreography;
  const name = hasFamilies(declared)
    ? {
        ...choreography.name,
        text: nameAt(
          choreography.name.text,
          declared.flatMap((each) => sizes.get(each.name.text) ?? []),
        ),
      }
    : choreography.name;
  const bounding = new Set(declared.flatMap(({ value }) => value ?? []));
  const parameters = choreography.parameters.filter(
    (parameter) => parameter.kind !== 'value' || !bounding.has(valuesOf(choreography.parameters).indexOf(parameter)),
  );
  const body = unrolling.block(choreography.body, valuation);
  return budget.exceeded
    ? undefined
    : {
        ...choreography,
        name,
        roles,
        parameters,
        body,
        results: results.flatMap((each) => rolesMeant(each.role, sizes, valuation).map((role) => ({ ...each, role }))),
        returns: returns.flatMap((each) => unrolling.located(each, valuation)),
      };
}

/** A local step of all members as that of one. */
function atRole(statement: Statement, role: RoleRef): Statement {
  switch (statement.kind) {
    case 'assignment':
    case 'effect':
      return { ...statement, role };
    case 'decision':
      return {
        ...statement,
        decider: role,
        guards: statement.guards.map((guard) => ({ ...guard, role })),
        branches: statement.branches.map((branch) => ({
          ...branch,
          body: { ...branch.body, statements: branch.body.statements.map((each) => atRole(each, role)) },
        })),
      };
    case 'at':
    case 'call':
    case 'communication':
    case 'continue':
    case 'for':
    case 'gather':
    case 'leave':
    case 'par':
    case 'rec':
    case 'when':
    case 'while':
      return statement;
  }
}

/** How long the lists are that roles put together place by place. */
class Lists {
  private readonly lengths = new Map<string, number>();

  note(role: RoleRef, variable: Name, place: number): void {
    const key = `${role.key}.${variable.text}`;
    this.lengths.set(key, Math.max(this.lengths.get(key) ?? 0, place + 1));
  }

  length(role: RoleRef, variable: string): number | undefined {
    return this.lengths.get(`${role.key}.${variable}`);
  }
}

class Unrolling {
  constructor(
    private readonly sizes: Sizes,
    private readonly placesOf: (name: string) => readonly Declared[],
    private readonly known: (expr: Expr) => Expr,
    private readonly found: Lists,
    private readonly lists: Lists,
    private readonly budget: Budget,
  ) {}

  block(block: Block, valuation: Valuation): Block {
    return { ...block, statements: block.statements.flatMap((statement) => this.statement(statement, valuation)) };
  }

  located({ role, value, origin }: Located, valuation: Valuation): Located[] {
    return this.roles(role, valuation).map((one) => ({ role: one, value: this.expr(value, one, valuation), origin }));
  }

  private roles(role: RoleRef, valuation: Valuation, speaks?: RoleRef): readonly RoleRef[] {
    const roles = rolesMeant(role, this.sizes, valuation, speaks);
    return this.budget.take(roles.length) ? roles : [];
  }

  /** An expression of one role. */
  private expr(expr: Expr, role: RoleRef, valuation: Valuation): Expr {
    return replaceNames(valued(expr, valuation), (name, origin) => {
      const length = this.lists.length(role, name);
      return length === undefined || !this.budget.take(length) ? undefined : listOf(name, length, origin);
    });
  }

  /** What takes a value, and nothing where its place is none. */
  private target(role: RoleRef, into: Target, valuation: Valuation): Target | undefined {
    const place = placeOfTarget(into);
    if (!place || into.kind !== 'variable') return into;
    const at = evaluate(place, valuation);
    if (typeof at !== 'number' || at < 0) return undefined;
    this.found.note(role, into.name, at);
    return variableTarget(placeOf(into.name, at));
  }

  private statement(statement: Statement, valuation: Valuation): readonly Statement[] {
    if (!this.budget.take()) return [];
    switch (statement.kind) {
      case 'communication':
        return this.communication(statement, valuation);
      case 'gather':
        return this.gather(statement, valuation);
      case 'assignment':
        return this.roles(statement.role, valuation, statement.implied?.by).flatMap((role): Statement[] => {
          const into = this.target(role, statement.into, valuation);
          return into ? [{ ...statement, role, into, value: this.expr(statement.value, role, valuation) }] : [];
        });
      case 'effect':
        return this.roles(statement.role, valuation).map((role) => ({
          ...statement,
          role,
          value: this.expr(statement.value, role, valuation),
        }));
      case 'call':
        return this.call(statement, valuation);
      case 'decision':
        return this.decision(statement, valuation);
      case 'while':
        return this.while(statement, valuation);
      case 'rec':
        return [{ ...statement, body: this.block(statement.body, valuation) }];
      case 'continue':
      case 'leave':
        return [statement];
      case 'for': {
        const rounds = numbersOf(statement.range, this.sizes, valuation).map((number): Block =>
          this.block(statement.body, new Map(valuation).set(statement.index.text, number)),
        );
        const [only] = rounds;
        if (statement.parallel !== true || !only || rounds.length === 1)
          return rounds.flatMap(({ statements }) => statements);
        return [{ kind: 'par', branches: rounds, origin: statement.origin }];
      }
      case 'par':
        return [{ ...statement, branches: statement.branches.map((branch) => this.block(branch, valuation)) }];
      case 'at':
        return this.roles(statement.role, valuation).map((role): Statement => ({
          ...statement,
          role,
          body: this.block(
            { ...statement.body, statements: statement.body.statements.map((each) => atRole(each, role)) },
            valuation,
          ),
        }));
      case 'when': {
        const holds = evaluate(statement.condition, valuation);
        const chosen = holds === true ? statement.then : statement.else;
        return chosen.statements.flatMap((each) => this.statement(each, valuation));
      }
    }
  }

  private communication(statement: Communication, valuation: Valuation): Statement[] {
    const { sender, value, receivers } = statement;
    const senders = this.roles(sender, valuation);
    const gathers = sender.index?.kind !== 'member' && indicesOf(sender, this.sizes, valuation) !== undefined;
    const lists: Statement[] = [];
    const messages = senders.flatMap((from, number): Statement[] => {
      const to = receivers.flatMap((receiver) =>
        this.roles(receiver.role, valuation, sender).flatMap((role) => {
          const into =
            receiver.into &&
            (gathers ? gatheredAt(receiver.into, number) : this.target(role, receiver.into, valuation));
          return [{ role, origin: receiver.origin, ...(into ? { into } : {}) }];
        }),
      );
      return to.length === 0
        ? []
        : [
            {
              ...statement,
              label: statement.label && { ...statement.label, name: labelAt(statement.label.name, valuation) },
              sender: from,
              receivers: to,
              value: value && this.expr(value, from, valuation),
            },
          ];
    });
    // What came from the members is a list.
    if (gathers && value)
      for (const { role, into } of receivers) {
        for (const name of namesOfTarget(into)) {
          for (const one of this.roles(role, valuation))
            lists.push({
              kind: 'assignment',
              role: one,
              into: variableTarget(name),
              value: listOf(name.text, senders.length, name.origin),
              origin: statement.origin,
            });
        }
      }
    return [...messages, ...lists];
  }

  private gather(statement: Gather, valuation: Valuation): Statement[] {
    const { receiver, quorum } = statement;
    const senders = statement.senders.flatMap(({ role, value, origin }) =>
      this.roles(role, valuation, receiver.role).map((one) => ({
        role: one,
        origin,
        ...(value ? { value: this.expr(value, one, valuation) } : {}),
      })),
    );
    const to = this.roles(receiver.role, valuation)[0];
    const counted = quorumAt(
      quorum,
      statement.senders.map(({ role }) => role),
      senders.length,
      this.sizes,
      valuation,
    );
    return to && counted !== 'none'
      ? [
          {
            ...statement,
            label: statement.label && { ...statement.label, name: labelAt(statement.label.name, valuation) },
            senders,
            receiver: { ...receiver, role: to },
            quorum: counted,
          },
        ]
      : [];
  }

  private call(statement: Call, valuation: Valuation): Statement[] {
    const places = this.placesOf(statement.callee.text);
    const sizes: number[] = [];
    const args = statement.args.flatMap((arg, i) => {
      const roles = this.roles(arg.role, valuation);
      if (places[i]?.family) sizes.push(roles.length);
      return roles.map((role) => ({
        ...arg,
        role,
        inputs: arg.inputs.map((input) => this.expr(input, role, valuation)),
      }));
    });
    const { values, bounding } = valuesAt(statement.values ?? [], places, valuation, this.known);
    sizes.push(...bounding);
    const takers = statement.takers.flatMap((taker) =>
      this.roles(taker.role, valuation).flatMap((role) => {
        const into = this.target(role, taker.into, valuation);
        return into ? [{ ...taker, role, into }] : [];
      }),
    );
    const callee = hasFamilies(places)
      ? { ...statement.callee, text: nameAt(statement.callee.text, sizes) }
      : statement.callee;
    return [{ ...statement, callee, args, takers, ...(statement.values ? { values } : {}) }];
  }

  private decision(statement: Decision, valuation: Valuation): Statement[] {
    const guards = statement.guards.flatMap((guard) => this.located(guard, valuation));
    const decider = guards[0]?.role ?? this.roles(statement.decider, valuation)[0];
    // A family of nobody decides nothing.
    if (!decider) return [];
    const { pick, ...plain } = statement;
    if (pick)
      return this.picked(
        plain,
        pick,
        {
          guards,
          decider,
          informs: statement.informs.flatMap((role) => this.roles(role, valuation, statement.decider)),
        },
        valuation,
      );
    return [
      {
        ...statement,
        guards,
        decider,
        informs: statement.informs.flatMap((role) => this.roles(role, valuation, statement.decider)),
        branches: statement.branches.map((branch) => ({ ...branch, body: this.block(branch.body, valuation) })),
      },
    ];
  }

  /** One branch for each member that may be picked, or each choice of several. Of nobody, nobody is picked. */
  private picked(
    statement: Omit<Decision, 'pick'>,
    pick: Picked,
    who: Pick<Decision, 'guards' | 'decider' | 'informs'>,
    valuation: Valuation,
  ): Statement[] {
    const [body] = statement.branches;
    const { index } = pick;
    const choices = this.budget.choices(pick, this.sizes, valuation);
    if (!body || choices.length === 0) return [];
    return [
      {
        ...statement,
        ...who,
        guards: who.guards.map((guard) => ({ ...guard, value: matchedBy(guard.value, pick) })),
        form: 'match',
        branches: choices.map((choice) => ({
          ...body,
          label: `${body.label}[${typeof choice.at === 'number' ? choice.at : `[${choice.at.join(', ')}]`}]`,
          pattern: pickedPattern(choice, index.origin),
          body: this.block(body.body, new Map(valuation).set(index.text, choice.at)),
        })),
      },
    ];
  }

  private while(statement: While, valuation: Valuation): Statement[] {
    const guards = statement.guards.flatMap((guard) => this.located(guard, valuation));
    if (guards.length === 0) return [];
    return [
      {
        ...statement,
        guards,
        informs: statement.informs.flatMap((role) => this.roles(role, valuation, statement.guards[0]?.role)),
        body: this.block(statement.body, valuation),
        exit: statement.exit
          .flatMap((each) => this.communication(each, valuation))
          .filter((each): each is Communication => each.kind === 'communication'),
      },
    ];
  }
}

/** What the number of a member, or those of several, are matched by. */
export function pickedPattern({ at, matched }: PickedAt, origin: TextRange): Pattern {
  return {
    kind: 'literal',
    value: { kind: 'int', text: String(matched), origin },
    negative: false,
    ...(typeof at === 'number' ? {} : { numbers: at }),
    origin,
  };
}

/** The values that a call gives: those that have no size in what it calls, and what those are that have one. */
export function valuesAt(
  values: readonly Expr[],
  places: readonly Declared[],
  valuation: Valuation,
  known: (expr: Expr) => Expr,
): { readonly values: readonly Expr[]; readonly bounding: readonly number[] } {
  const bounding = places.flatMap(({ value }) => value ?? []);
  const now = values.map((value) => valued(value, valuation));
  const size = (index: number): number => {
    const given = now[index];
    const found = given && evaluate(known(given), valuation);
    // What can't be known is no number.
    return typeof found === 'number' ? found : NaN;
  };
  return { values: now.filter((_, i) => !bounding.includes(i)), bounding: bounding.map(size) };
}

/** The variable that has one place of a list. */
export function placeOf(variable: Name, place: number): Name {
  return { ...variable, text: memberName(variable.text, place), written: memberName(variable.text, place) };
}

/** What takes the value of one of those that are gathered. */
export function gatheredAt(into: Target, place: number): Target {
  return mapTarget(into.kind === 'variable' ? variableTarget(into.name) : into, (name) => placeOf(name, place));
}

/** A list of what its places hold. */
export function listOf(variable: string, length: number, origin: TextRange): Expr {
  // What stands at `origin` is the list: its items stand nowhere.
  const nowhere = { start: -1, end: -1 };
  return {
    kind: 'list',
    items: Array.from({ length }, (_, i): Expr => ({
      kind: 'name',
      name: placeOf({ text: variable, origin: nowhere }, i),
      origin: nowhere,
    })),
    origin,
  };
}
