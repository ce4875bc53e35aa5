// What is known while one role is projected: where it stands, what it found out, and what was made on the way.
import { compare, familiesOf, knownOf } from '../../families/specialise.js';
import type { Member } from '../../families/specialise.js';
import { ask, holding } from '../../families/solve.js';
import type { Known } from '../../families/solve.js';
import type { WayName } from '../../findings/projection.js';
import { walkBlock } from '../../ir/choreography.js';
import type { Call, Choreography, Communication, Decision, Statement, While } from '../../ir/choreography.js';
import { freeNames } from '../../ir/expression.js';
import type { Hole } from '../../ir/process.js';
import type { Family, RoleRef } from '../../ir/role.js';
import type { Scope } from '../../scoping/scope.js';
import { printExpr } from '../../syntax/print.js';
import type { AutomatonMerging } from '../automaton-merge.js';
import { Table } from '../behaviour.js';
import type { Arm, List, Loop } from '../behaviour.js';
import type { Callee } from '../callee.js';
import { conflictOf, waysOf } from '../deeds.js';
import { variablesOf } from '../inline.js';
import { takesPart } from '../involvement.js';
import type { Involved } from '../involvement.js';
import { mostLoopsSettled } from '../limits.js';
import { Merging } from '../merge.js';
import type { MergeConflict } from '../merge.js';
import type { Unneeded } from '../noted.js';
import type { One } from '../overtaking/who.js';
import type { Part } from '../passages.js';
import { Senders } from '../senders.js';
import type { Later } from '../senders.js';
import { isServer } from '../servers.js';
import { assuming, insideOf } from '../settle.js';
import type { Setting } from '../settle.js';
import { mostLines } from '../size.js';
import type { Split } from '../split.js';
import { sayConflict } from '../words.js';
import type { Follow, Loops } from './loops.js';
import { leaf } from './part.js';

/** What is asked of a projection besides what a role does in a choreography. */
export interface Asked {
  /** Selections to leave out, by their origins: to find out what would be without them. */
  readonly without?: ReadonlySet<Communication>;
  /** The names of other files that the code has, with the files; those that it needs are added. */
  readonly foreign?: Map<string, string>;
  /**
   * Whose behaviour it is, where that is a member of a family, and the choreography as all see it: the projected one is
   * as that member sees it (families/specialise.ts).
   */
  readonly member?: Member;
  readonly whole?: Choreography;
}

/** What is projected. */
export interface Subject extends Asked {
  readonly choreography: Choreography;
  readonly role: string;
  readonly scope: Scope;
  /** What `involvement` says of the choreography. */
  readonly involved: ReadonlyMap<Statement, Involved>;
  /** Numbers of members, or values that all know, matter. */
  readonly counts: boolean;
  /** Automata are made although numbers matter: where they do, nothing merges on them. */
  readonly automata: boolean;
  /** What is known of numbers, where that is more than the choreography says. */
  readonly numbers?: Known;
}

export abstract class RoleState {
  readonly choreography: Choreography;
  readonly role: string;
  readonly scope: Scope;
  readonly involved: ReadonlyMap<Statement, Involved>;
  readonly without: ReadonlySet<Communication> | undefined;
  readonly foreign: Map<string, string> | undefined;
  readonly counts: boolean;
  private readonly member: Member | undefined;
  private readonly automata: boolean;
  readonly splits: Split[] = [];
  readonly unneeded: Unneeded[] = [];
  free = new Set<number>();
  looksAhead = false;
  determined = 0;
  readonly senders: Senders;
  /** The decision that is merged. */
  private merged: { readonly statement: Decision | While; readonly branches: readonly [number, number] } | undefined;
  /** It may wait for ever. */
  readonly server: boolean;
  /** How many loops over members are around the place: what follows is then not known. */
  rounds = 0;
  /** How many threads in each other the place stands in. */
  threads = 0;
  /**
   * Decisions that come first in rounds of a loop, with it: a round in which only others do something leads back to
   * them.
   */
  readonly heads = new Map<Decision, Loop>();
  /** How many decisions around the place have to be merged. */
  merges = 0;
  readonly table = new Table();
  readonly merging: Merging;
  private taken: ReadonlySet<string> | undefined;
  private heard: readonly RoleRef[] | undefined;
  /** Made for the first decision that does not merge otherwise. */
  automatonMerge: AutomatonMerging | undefined;
  /** Decisions that don't merge because of another one. */
  readonly suspects: Split[] = [];
  /** What is known of the passage at hand depends on more than what follows it. */
  open = false;
  /**
   * The loops that the role goes round again where others may have decided otherwise: because it may wait for ever
   * where a round begins, or because what it would get otherwise, `other`, is among what it waits for there. That is
   * seen to where the loop is made.
   */
  resumed: { readonly loop: Loop; readonly statement: Decision | While; readonly other?: List }[] = [];
  /** The roles that are families. */
  readonly families: ReadonlyMap<string, Family>;
  /** How many loops over members are looked at to settle what the role does. */
  private readonly budget = { left: mostLoopsSettled };
  /** What is known of sizes and numbers at the place at hand, and a text that stands for it. */
  numbers: Known;
  context = '';

  constructor(subject: Subject) {
    const { choreography, role, scope, without, member, whole = choreography } = subject;
    [this.choreography, this.role, this.scope, this.without, this.member] = [
      choreography,
      role,
      scope,
      without,
      member,
    ];
    this.involved = subject.involved;
    this.foreign = subject.foreign;
    this.counts = subject.counts;
    this.automata = subject.automata;
    let most: number | undefined;
    this.merging = new Merging(
      this.table,
      () => {
        this.open = true;
        return (most ??= mostLines(choreography, scope));
      },
      {
        context: () => this.context,
        assume: (list, condition) => (this.counts ? assuming(list, condition, this.setting()) : list),
        inside: (node, body, make) => {
          const known = insideOf(node, body, this.numbers, this.families);
          const index = known === this.numbers ? undefined : known.indices.at(-1);
          return index
            ? this.knowing(known, `${index.name} in ${printExpr(index.from)} until ${printExpr(index.until)}`, make)
            : make();
        },
        under: (condition, make) =>
          ask(this.numbers, condition) === 'never'
            ? undefined
            : this.knowing(holding(this.numbers, condition), printExpr(condition), make),
      },
      (one, two) => this.both(one, two),
    );
    this.families = familiesOf(choreography);
    this.senders = new Senders(whole, scope, role, member ? numberedOne(member) : { name: role }, without);
    this.server = isServer(choreography, member?.role.name.text ?? role);
    this.numbers = subject.numbers ?? knownOf(choreography, member);
  }

  /** What the role does in a block, before what follows it. */
  abstract block(statements: readonly Statement[], follow: Follow, loops: Loops): Part;

  /**
   * The decisions that a server of a called choreography can't follow, and need not: it may wait there for ever.
   * @param role its name in the callee
   * @returns none where it finds out, on all ways, that the callee is over, and where it is no server
   */
  abstract restingIn(callee: Callee, role: string): readonly Split[];

  /**
   * Where a role waits in a called choreography for whoever of several sends, and what follows the call decides whether
   * it may.
   * @param role its name in the callee
   */
  abstract laterIn(callee: Callee, role: string): readonly Later[];

  /** Whether an automaton is made of what does not merge otherwise: they know no numbers, and no threads. */
  asksAutomata(): boolean {
    return (!this.counts || this.automata) && this.threads === 0;
  }

  /** Whether one that sends something to the role is always the same one, and known from all others who do. */
  isOne(sender: RoleRef): boolean {
    const { index, name } = sender;
    if (!this.families.has(name.text)) return true;
    if (index?.kind !== 'member') return false;
    this.heard ??= sendersTo(this.choreography.body.statements, this.role);
    const inScope = new Set([...this.numbers.sizes, ...this.numbers.indices].map((each) => each.name));
    return this.heard.every(
      (other) =>
        other.key === sender.key ||
        other.name.text !== name.text ||
        (other.index?.kind === 'member' &&
          [other.index.at, index.at].every((at) => [...freeNames(at)].every((each) => inScope.has(each))) &&
          ask(this.numbers, compare('==', other.index.at, index.at)) === 'never'),
    );
  }

  /** Whether the role has a part in a statement. */
  acts(statement: Statement): boolean {
    return this.involved.get(statement)?.roles.has(this.role) ?? takesPart([statement], this.role);
  }

  /** A structured statement that the role has no part in, and that does not jump out of itself. */
  skips(statement: Statement): boolean {
    const involved = this.involved.get(statement);
    return !!involved && !involved.roles.has(this.role) && involved.jumps.size === 0;
  }

  freshVariable(): string {
    this.open = true;
    this.taken ??= variablesOf(this.choreography, this.scope);
    let name = 'sent';
    for (let count = 2; this.taken.has(name); count++) name = `sent${count}`;
    return name;
  }

  /** Does something where more is known of sizes and numbers. */
  knowing<T>(numbers: Known, what: string, make: () => T): T {
    const [outer, context] = [this.numbers, this.context];
    [this.numbers, this.context] = [numbers, `${context}\n${what}`];
    const made = make();
    [this.numbers, this.context] = [outer, context];
    return made;
  }

  /** What settles the numbers of members in what the role does. */
  setting(): Setting {
    const index = this.member?.index;
    return {
      families: this.families,
      known: this.numbers,
      table: this.table,
      budget: this.budget,
      ...(index ? { own: index.text } : {}),
    };
  }

  /** Whether what is known to follow a place is all that follows, and the role may wait there for ever. */
  rests(): boolean {
    return this.server && this.rounds === 0;
  }

  /** Whether the role may wait for either of two messages of different senders. */
  both(one: Arm, two: Arm): boolean {
    this.open = true;
    return this.merged !== undefined && this.senders.mayBe(one, two, this.merged, this.numbers);
  }

  /**
   * Merges a decision: where the role is found to wait for several senders, that is told of it, with these branches.
   */
  telling<T>(statement: Decision | While, branches: readonly [number, number], merge: () => T): T {
    const outer = this.merged;
    this.merged = { statement, branches };
    const merged = merge();
    this.merged = outer;
    return merged;
  }

  hole(
    statement: Decision | While,
    conflict: MergeConflict,
    branches: readonly [number, number],
    names?: readonly [WayName, WayName],
  ): Part {
    const overtaking = this.senders.overtaking(conflict, this.numbers);
    this.splits.push({
      statement,
      role: this.role,
      conflict: overtaking ? { ...conflict, overtaking } : conflict,
      branches,
      ...(names ? { names } : {}),
    });
    return this.gap(statement, conflict, branches, names);
  }

  gap(
    statement: Decision | While | Call,
    conflict: MergeConflict,
    branches: readonly [number, number] = [0, 1],
    names = waysOf(statement, branches),
  ): Part {
    this.open = true;
    const action: Hole = {
      kind: 'hole',
      code: 'knowledge-of-choice',
      message: `${this.role} can’t tell which way it goes: ${sayConflict(conflictOf(conflict), names)}.`,
      origins: [statement.kind === 'call' ? statement.origin : statement.head],
    };
    this.automatonMerge?.giveUp(statement, action);
    return leaf(action);
  }
}

/** A member by its number. */
function numberedOne({ role, index }: Member): One {
  return { name: role.name.text, at: { kind: 'name', name: index, origin: index.origin } };
}

/** Who sends a role something. Cost: linear in the statements */
function sendersTo(statements: readonly Statement[], role: string): readonly RoleRef[] {
  const found: RoleRef[] = [];
  walkBlock(statements, (statement) => {
    if (statement.kind === 'communication' && statement.receivers.some((each) => each.role.key === role))
      found.push(statement.sender);
    if (statement.kind === 'gather' && statement.receiver.role.key === role)
      found.push(...statement.senders.map((each) => each.role));
  });
  return found;
}
