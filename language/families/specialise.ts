// What one member of a family takes part in, whichever it is: a choreography in which that member is a role like any
// other. What depends on its number becomes a `when`; nothing is taken apart by sizes.
import { rolesNamed, valuesOf, walkBlock } from '../ir/choreography.js';
import type {
  Block,
  Choreography,
  Communication,
  Decision,
  For,
  Gather,
  MemberRange,
  Picked,
  Rec,
  Statement,
  While,
} from '../ir/choreography.js';
import { freeNames, opposites } from '../ir/expression.js';
import type { Expr, Name, TextRange } from '../ir/expression.js';
import { membersOf } from '../ir/role.js';
import type { Family, Located, RoleRef } from '../ir/role.js';
import { sizesNamed } from './sizes.js';
import { roundsOf, stepsAt } from './rounds.js';
import { ask, holding, listing, within } from './solve.js';
import type { Known } from './solve.js';
import { messagesIn } from '../ir/choreography.js';

/** A member of a family, by the name of its number. */
export interface Member {
  readonly role: RoleRef;
  readonly index: Name;
}

/**
 * What is known before anything is said: the sizes of all families, values that all know as if they were sizes, and
 * that a member is one of its family.
 */
export function knownOf(choreography: Choreography, member?: Member): Known {
  const sizes = sizesNamed(choreography.roles);
  const family = member && choreography.roles.find((role) => role.name.text === member.role.name.text)?.family;
  const indices =
    member && family
      ? [
          {
            name: member.index.text,
            from: number(0, member.index.origin),
            until: sizeExpr(family, member.index.origin),
          },
        ]
      : [];
  return {
    sizes: [...sizes, ...valuesOf(choreography.parameters).map(({ name }) => ({ name: name.text, least: 0 }))],
    indices,
    holds: [],
  };
}

/** The size of a family, as an expression. */
export function sizeExpr({ size, least }: Family, origin: TextRange): Expr {
  return size ? { kind: 'name', name: { text: size.text, origin }, origin } : number(least, origin);
}

export function number(value: number, origin: TextRange): Expr {
  return { kind: 'int', text: String(value), origin };
}

/** The bounds of a loop over members. */
export function boundsOf(
  range: MemberRange,
  families: ReadonlyMap<string, Family>,
): { readonly from: Expr; readonly until: Expr } {
  if (range.kind === 'numbers') return range;
  const { index, name, origin } = range.of;
  if (index?.kind === 'part') return index;
  if (index?.kind === 'picked' && index.part) return index.part;
  const family = families.get(name.text);
  return { from: number(0, origin), until: family ? sizeExpr(family, origin) : number(0, origin) };
}

/** What is known where a member was picked, or several were: their numbers are among those that may be. */
export function picking(known: Known, { index, of, many }: Picked, families: ReadonlyMap<string, Family>): Known {
  const range = { name: index.text, ...boundsOf({ kind: 'members', of }, families) };
  return many ? listing(known, range) : within(known, range);
}

export function familiesOf(choreography: Pick<Choreography, 'roles'>): ReadonlyMap<string, Family> {
  return new Map(choreography.roles.flatMap(({ name, family }) => (family ? [[name.text, family] as const] : [])));
}

/**
 * The member of a family that stands for all of them. Its number has a name that nothing else in the choreography has.
 * @param taken the names that are used
 */
export function memberOf(family: Name, taken: (name: string) => boolean): Member {
  let text = ['i', 'j', 'k'].find((name) => !taken(name)) ?? 'i';
  for (let count = 1; taken(text); count++) text = `i${count}`;
  const { origin } = family;
  const index: Name = { text, origin };
  return { index, role: membersOf(family, { kind: 'member', at: { kind: 'name', name: index, origin } }, origin) };
}

/**
 * A choreography as one member of a family sees it: where it is sure that a role is that member, the role is
 * `member.role`; statements in which it has no part, and which have no others in them, are left out.
 * @param known what is known of its number: rounds of loops are then told apart by it
 * Cost: linear, but for statements that take several parts of the family: those are looked at once for each
 */
export function specialised(choreography: Choreography, member: Member, known?: Known): Choreography {
  const specialising = new Specialising(member, familiesOf(choreography), known !== undefined);
  const { returns, results } = choreography;
  const own = <T extends { readonly role: RoleRef }>(each: T): T =>
    each.role.key === member.role.name.text ? { ...each, role: member.role } : each;
  return {
    ...choreography,
    body: specialising.block(choreography.body, known ?? knownOf(choreography, member)),
    returns: returns.map(own),
    results: results.map(own),
  };
}

class Specialising {
  constructor(
    private readonly member: Member,
    private readonly families: ReadonlyMap<string, Family>,
    private readonly apart: boolean,
  ) {}

  block(block: Block, known: Known): Block {
    return { ...block, statements: block.statements.flatMap((statement) => this.statement(statement, known)) };
  }

  private statement(statement: Statement, known: Known): readonly Statement[] {
    switch (statement.kind) {
      case 'communication':
        return this.split(
          [statement.sender, ...statement.receivers.map(({ role }) => role)],
          statement.sender,
          statement.origin,
          known,
          (is) => this.communication(statement, is),
        );
      case 'gather':
        return this.split(
          [statement.receiver.role, ...statement.senders.map(({ role }) => role)],
          undefined,
          statement.origin,
          known,
          (is) => this.gather(statement, is),
        );
      case 'assignment':
      case 'effect':
        return this.split(
          [statement.role],
          statement.kind === 'assignment' ? statement.implied?.by : undefined,
          statement.origin,
          known,
          (is) => (is(statement.role) ? [{ ...statement, role: this.member.role }] : []),
        );
      case 'call':
        return this.split(
          [...statement.args.map(({ role }) => role), ...statement.takers.map(({ role }) => role)],
          undefined,
          statement.origin,
          known,
          (is) => [
            {
              ...statement,
              args: statement.args.map((arg) => (is(arg.role) ? { ...arg, role: this.self(arg.role) } : arg)),
              takers: statement.takers.map((taker) =>
                is(taker.role) ? { ...taker, role: this.self(taker.role) } : taker,
              ),
            },
          ],
        );
      case 'decision':
        return this.split(
          [
            ...statement.guards.map(({ role }) => role),
            ...(statement.guards.length === 0 ? [statement.decider] : []),
            ...(statement.pick ? statement.informs : []),
          ],
          statement.pick && statement.decider,
          statement.origin,
          known,
          (is, holds) => [this.decision(statement, is, holds)],
        );
      case 'while':
        // Whether the member is told has to be known where the loop is left, too.
        return this.split(
          [...statement.guards.map(({ role }) => role), ...statement.informs],
          statement.guards[0]?.role,
          statement.origin,
          known,
          (is, holds) => [this.while(statement, is, holds)],
        );
      case 'rec':
        return this.split(this.inRounds(statement, known), undefined, statement.origin, known, (_, holds) => [
          { ...statement, body: this.block(statement.body, holds) },
        ]);
      case 'par':
        return [{ ...statement, branches: statement.branches.map((branch) => this.block(branch, known)) }];
      case 'at':
        return this.split([statement.role], undefined, statement.origin, known, (is, holds) =>
          is(statement.role) ? [{ ...statement, role: this.member.role, body: this.block(statement.body, holds) }] : [],
        );
      case 'continue':
      case 'leave':
        return [statement];
      case 'for': {
        const bounds = boundsOf(statement.range, this.families);
        const body = this.block(statement.body, within(known, { name: statement.index.text, ...bounds }));
        if (body.statements.length === 0) return [];
        return (this.apart && this.inOwnRounds(statement, body, known)) || [{ ...statement, body }];
      }
      case 'when':
        return [
          {
            ...statement,
            then: this.block(statement.then, holding(known, statement.condition)),
            else: this.block(statement.else, holding(known, negation(statement.condition))),
          },
        ];
    }
  }

  /** The rounds of a loop over members in which the member has a part; undefined where its number does not say which. */
  private inOwnRounds(loop: For, body: Block, known: Known): readonly Statement[] | undefined {
    const rounds = loop.parallel === true ? undefined : roundsOf(body.statements, loop.index.text, this.member.index);
    const { from, until } = boundsOf(loop.range, this.families);
    const { origin } = loop;
    const found = rounds?.map((round): readonly Statement[] | undefined => {
      const condition = both(compare('>=', round, from), compare('<', round, until));
      const answer = ask(known, condition);
      if (answer === 'never') return [];
      const steps = stepsAt(loop.body.statements, loop.index.text, round);
      const inside = steps && this.block({ statements: steps, origin }, holding(known, condition));
      if (!inside || answer === 'always') return inside?.statements;
      return [{ kind: 'when', condition, then: inside, else: { statements: [], origin }, origin }];
    });
    return found?.every((each) => each !== undefined) === true ? found.flatMap((each) => each) : undefined;
  }

  /**
   * The members that a loop is about because it stands in a loop over members, or where some are picked: whether one of them is the member is
   * asked before it, as a round in which the member has no part is no loop of its own. None where there are several.
   */
  private inRounds({ body }: Rec, { indices, lists = [] }: Known): readonly RoleRef[] {
    const around = new Set([...indices, ...lists].map(({ name }) => name));
    around.delete(this.member.index.text);
    if (around.size === 0) return [];
    const found = new Map<string, RoleRef>();
    const inside = new Set<string>();
    walkBlock(body.statements, (statement) => {
      if (statement.kind === 'for') inside.add(statement.index.text);
      for (const role of rolesNamed(statement)) {
        const own = role.name.text === this.member.role.name.text ? role.index : undefined;
        const at =
          own?.kind === 'member' ? [...freeNames(own.at)] : own?.kind === 'picked' ? [...freeNames(own.list)] : [];
        if (at.some((name) => around.has(name)) && !at.some((name) => inside.has(name))) found.set(role.key, role);
      }
    });
    return found.size === 1 ? [...found.values()] : [];
  }

  /**
   * A part of the family to which the member belongs, where it is given to a call: said as the source says it, and the
   * member all the same.
   */
  private self(role: RoleRef): RoleRef {
    return { ...role, key: this.member.role.key };
  }

  /** For which numbers a role means the member. */
  private condition(role: RoleRef, speaks: RoleRef | undefined): Expr | boolean {
    if (role.name.text !== this.member.role.name.text) return false;
    const { index, origin } = role;
    if (!index) return true;
    const own: Expr = { kind: 'name', name: { ...this.member.index, origin }, origin };
    switch (index.kind) {
      case 'member':
        return compare('==', own, index.at);
      case 'part':
        return both(compare('>=', own, index.from), compare('<', own, index.until));
      case 'others':
        return speaks?.index?.kind === 'member' && speaks.name.text === role.name.text
          ? compare('!=', own, speaks.index.at)
          : true;
      case 'picked':
        return among(index.list, own);
    }
  }

  /**
   * A statement in which some roles may be the member: once for each way in which that may be.
   * @param make the statement where that is known
   */
  private split(
    roles: readonly RoleRef[],
    speaks: RoleRef | undefined,
    origin: TextRange,
    known: Known,
    make: (is: (role: RoleRef) => boolean, known: Known) => readonly Statement[],
  ): readonly Statement[] {
    if (!roles.some(({ name }) => name.text === this.member.role.name.text)) return make(() => false, known);
    const decided = new Map<string, boolean>();
    const next = (at: number, holds: Known): readonly Statement[] => {
      const role = roles[at];
      if (!role) return make((asked) => decided.get(asked.key) ?? false, holds);
      if (decided.has(role.key)) return next(at + 1, holds);
      const condition = this.condition(role, speaks);
      const answer = typeof condition === 'boolean' ? (condition ? 'always' : 'never') : ask(holds, condition);
      const go = (is: boolean, inner: Known): readonly Statement[] => {
        decided.set(role.key, is);
        const found = next(at + 1, inner);
        decided.delete(role.key);
        return found;
      };
      if (answer !== 'sometimes' || typeof condition === 'boolean') return go(answer === 'always', holds);
      const then = go(true, holding(holds, condition));
      const otherwise = go(false, holding(holds, negation(condition)));
      if (then.length === 0 && otherwise.length === 0) return [];
      return [
        {
          kind: 'when',
          condition,
          then: { statements: then, origin },
          else: { statements: otherwise, origin },
          origin,
        },
      ];
    };
    return next(0, known);
  }

  private communication(statement: Communication, is: (role: RoleRef) => boolean): readonly Statement[] {
    const { role } = this.member;
    if (is(statement.sender))
      return [{ ...statement, sender: role, receivers: statement.receivers.filter((receiver) => !is(receiver.role)) }];
    const receivers = statement.receivers
      .filter((receiver) => is(receiver.role))
      .map((receiver) => ({ ...receiver, role }));
    return receivers.length === 0 ? [] : [{ ...statement, receivers }];
  }

  /** To who sends there, it is a message like any other. */
  private gather(statement: Gather, is: (role: RoleRef) => boolean): readonly Statement[] {
    const { role } = this.member;
    if (is(statement.receiver.role))
      return [
        {
          ...statement,
          receiver: { ...statement.receiver, role },
          senders: statement.senders.filter((sender) => !is(sender.role)),
        },
      ];
    return messagesIn(statement).flatMap((message) =>
      this.communication(message, (asked) => asked !== statement.receiver.role && is(asked)),
    );
  }

  private decision(statement: Decision, is: (role: RoleRef) => boolean, known: Known): Decision {
    const own = (role: RoleRef): RoleRef => (is(role) ? this.member.role : role);
    const { pick } = statement;
    const inside = pick ? picking(known, pick, this.families) : known;
    return {
      ...statement,
      guards: statement.guards.map((guard): Located => ({ ...guard, role: own(guard.role) })),
      decider: own(statement.decider),
      branches: statement.branches.map((branch) => ({ ...branch, body: this.block(branch.body, inside) })),
    };
  }

  private while(statement: While, is: (role: RoleRef) => boolean, known: Known): While {
    return {
      ...statement,
      guards: statement.guards.map((guard) => (is(guard.role) ? { ...guard, role: this.member.role } : guard)),
      body: this.block(statement.body, known),
      exit: statement.exit
        .flatMap((each) => this.statement(each, known))
        .filter((each): each is Communication => each.kind === 'communication'),
    };
  }
}

export function compare(operator: '==' | '!=' | '<' | '<=' | '>' | '>=', left: Expr, right: Expr): Expr {
  return { kind: 'binary', operator, left, right, origin: left.origin };
}

/** Whether a member is one of those that were picked. */
export function among(list: Expr, member: Expr): Expr {
  const { origin } = list;
  return { kind: 'call', callee: { text: 'contains', origin }, args: [{ value: list }, { value: member }], origin };
}

export function both(left: Expr, right: Expr): Expr {
  return { kind: 'binary', operator: 'and', left, right, origin: left.origin };
}

export function either(left: Expr, right: Expr): Expr {
  return { kind: 'binary', operator: 'or', left, right, origin: left.origin };
}

/** The opposite of a condition, without `not` where there is another word for it. */
export function negation(condition: Expr): Expr {
  if (condition.kind === 'unary' && condition.operator === 'not') return condition.operand;
  const operator = condition.kind === 'binary' ? opposites[condition.operator] : undefined;
  if (condition.kind === 'binary' && operator !== undefined) return { ...condition, operator };
  return { kind: 'unary', operator: 'not', operand: condition, origin: condition.origin };
}
