// The projection of a choreography to one role, statement by statement, from the last to the first, so that what
// follows a decision is known when the decision is projected.
import type { Family } from '../ir/role.js';
import type {
  At,
  Call,
  Choreography,
  Communication,
  Decision,
  For,
  Par,
  Picked,
  Rec,
  Statement,
  When,
  While,
} from '../ir/choreography.js';
import type { Expr, Name, TextRange } from '../ir/expression.js';
import type { WayName } from '../findings/projection.js';
import type { Hole } from '../ir/process.js';
import {
  boundsOf,
  familiesOf,
  knownOf,
  memberOf,
  namesIn,
  negation,
  picking,
  specialised,
} from '../families/specialise.js';
import { ask } from '../families/solve.js';
import type { Known } from '../families/solve.js';
import { hasFamilies } from '../families/sizes.js';
import { staticKey } from '../ir/static.js';
import { printExpr } from '../syntax/print.js';
import type { Member } from '../families/specialise.js';
import type { Standing } from '../scoping/passages.js';
import type { Scope } from '../scoping/scope.js';
import { Automaton } from './automaton.js';
import {
  append,
  cons,
  continues,
  drop,
  falls,
  isJump,
  lengthOf,
  loopKey,
  nodesOf,
  prepend,
  sameLoop,
  Table,
  take,
} from './behaviour.js';
import type { Arm, LeafAction, List, Loop, Node } from './behaviour.js';
import { isEffectful } from '../scoping/effects.js';
import { OfCallees, calleeOf, placeIn } from './callee.js';
import type { Callee } from './callee.js';
import { actsWhere } from './idle.js';
import { isServer, withoutServer } from './servers.js';
import { decisionThatStays } from './endings.js';
import type { Endings } from './endings.js';
import { variablesOf } from './inline.js';
import { involvement, takesPart } from './involvement.js';
import type { Involved } from './involvement.js';
import { AutomatonMerging } from './automaton-merge.js';
import type { LoopAround } from './automaton-merge.js';
import { Merging } from './merge.js';
import type { Allowed, Merged, MergeConflict } from './merge.js';
import type { One } from './overtaking.js';
import { getsFromSeveral, Senders } from './senders.js';
import type { Later } from './senders.js';
import type { Split } from './split.js';
import { gatherOf, messagesOf } from './messages.js';
import { selectionsOf } from './noted.js';
import type { Unneeded } from './noted.js';
import { keepStep, stepOf } from './passages.js';
import type { Part, Row } from './passages.js';
import { waysOfPick, whereMayBe, whereTold } from './pick.js';
import type { PickedWay } from './pick.js';
import { assuming, insideOf, mentions, plain, settled, substituted } from './settle.js';
import type { Setting } from './settle.js';
import { goesThroughNumbers } from './numbers.js';
import { mostLines } from './size.js';
import { conflictOf, waysOf } from './deeds.js';
import { sayConflict } from './words.js';
import { messagesIn } from '../ir/choreography.js';
import { mostCasesSplit, mostLoopsSettled } from './limits.js';

export interface ProjectedRole {
  readonly role: string;
  readonly list: List;
  readonly splits: readonly Split[];
  /**
   * Where the role waits for whoever of several sends, and what follows the choreography has to see to it that it may.
   */
  readonly later: readonly Later[];
  readonly unneeded: readonly Unneeded[];
  /**
   * Where the decisions start that stand in no branch that this role has to merge: what it does in them has no effect
   * around them.
   */
  readonly free: ReadonlySet<number>;
  /** Whether some decision merges only with what follows it. */
  readonly looksAhead: boolean;
  /** How many decisions merge only by what is found out round loops, in calls or by other names. */
  readonly determined: number;
}

/** What follows a place, made when it is needed. */
type Follow = () => List;

/** Whether a statement looks at what follows it, and what it does itself. */
interface Watch {
  looks: boolean;
  own: List;
}

interface Loops {
  /** What `continue` goes round, by the names of the source. */
  readonly named: ReadonlyMap<string, Loop>;
  /** What follows them, where `leave` goes. */
  readonly behind: ReadonlyMap<string, Follow>;
  /** Innermost first. */
  readonly open: readonly LoopAround[];
  /** Those in which the role has not done anything since the round began: it is still where it begins. */
  readonly begun: readonly Loop[];
  /** What was known of numbers where they begin, by `loopKey`. */
  readonly contexts: ReadonlyMap<string, string>;
}

const nothing: Part = { list: undefined, closed: false };
const outside: Loops = { named: new Map(), behind: new Map(), open: [], begun: [], contexts: new Map() };
const passing: Endings = { ends: true, stays: false };

/**
 * What one role does in a choreography.
 * @param involved what `involvement` says of the choreography
 * @param without selections to leave out, by their origins: to find out what would be without them
 * @param foreign the names of other files that the code has, with the files; those that it needs are added
 * @param member whose behaviour it is, where that is a member of a family: `choreography` is as that sees it
 *   (families/specialise.ts)
 * @param row the passages of the choreography: what is found is kept with them
 * @param whole the choreography as all see it, where `choreography` is as a member sees it
 */
export function projectRole(
  choreography: Choreography,
  role: string,
  scope: Scope,
  involved: ReadonlyMap<Statement, Involved>,
  without?: ReadonlySet<Communication>,
  foreign?: Map<string, string>,
  row?: Row,
  member?: Member,
  whole = choreography,
): ProjectedRole {
  const counts =
    member !== undefined || hasFamilies(choreography.roles) || (row ? row.counts : goesThroughNumbers(choreography));
  const projection = new RoleProjection(choreography, role, scope, involved, without, foreign, member, counts, whole);
  const list = projection.safely(row);
  return {
    role,
    list,
    later: projection.senders.later,
    splits: projection.splits,
    unneeded: projection.unneeded,
    free: projection.free,
    looksAhead: projection.looksAhead,
    determined: projection.determined,
  };
}

class RoleProjection {
  readonly splits: Split[] = [];
  readonly unneeded: Unneeded[] = [];
  free = new Set<number>();
  looksAhead = false;
  determined = 0;
  readonly senders: Senders;
  /** The decision that is merged. */
  private merged: { readonly statement: Decision | While; readonly branches: readonly [number, number] } | undefined;
  /** It may wait for ever. */
  private readonly server: boolean;
  /** How many loops over members are around the place: what follows is then not known. */
  private rounds = 0;
  /** How many threads in each other the place stands in. */
  private threads = 0;
  /**
   * Decisions that come first in rounds of a loop, with it: a round in which only others do something leads back to
   * them.
   */
  private readonly heads = new Map<Decision, Loop>();
  /** How many decisions around the place have to be merged. */
  private merges = 0;
  private readonly table = new Table();
  private readonly merging: Merging;
  private taken: ReadonlySet<string> | undefined;
  /** Made for the first decision that does not merge otherwise. */
  private automatonMerge: AutomatonMerging | undefined;
  /** Decisions that don't merge because of another one. */
  private readonly suspects: Split[] = [];
  /** What is known of the passage at hand depends on more than what follows it. */
  private open = false;
  /**
   * The loops that the role goes round again where others may have decided otherwise: because it may wait for ever
   * where a round begins, or because what it would get otherwise, `other`, is among what it waits for there. That is
   * seen to where the loop is made.
   */
  private readonly resumed: { readonly loop: Loop; readonly statement: Decision | While; readonly other?: List }[] = [];
  /** The roles that are families. */
  private readonly families: ReadonlyMap<string, Family>;
  /** How many loops over members are looked at to settle what the role does. */
  private readonly budget = { left: mostLoopsSettled };
  /** What is known of sizes and numbers at the place at hand, and a text that stands for it. */
  private numbers: Known;
  private context = '';

  constructor(
    private readonly choreography: Choreography,
    private readonly role: string,
    private readonly scope: Scope,
    private readonly involved: ReadonlyMap<Statement, Involved>,
    private readonly without?: ReadonlySet<Communication>,
    private readonly foreign?: Map<string, string>,
    private readonly member?: Member,
    private readonly counts = false,
    whole = choreography,
  ) {
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
            : this.knowing({ ...this.numbers, holds: [...this.numbers.holds, condition] }, printExpr(condition), make),
      },
      (one, two) => this.both(one, two),
    );
    this.families = familiesOf(choreography);
    this.senders = new Senders(whole, scope, role, member ? numberedOne(member) : { name: role }, without);
    this.server = isServer(choreography, member?.role.name.text ?? role);
    this.numbers = knownOf(choreography, member);
  }

  private whole(row: Row | undefined): List {
    if (!row) return this.block(this.choreography.body.statements, () => undefined, outside).list;
    return row.reached.reduceRight((rest, standing) => this.passage(row, standing, rest), nothing).list;
  }

  /** What the role does from a passage on, which `rest` follows. */
  private passage(row: Row, standing: Standing, rest: Part): Part {
    const known = stepOf(row, standing, this.role);
    const same = known?.after.list === rest.list && known?.after.closed === rest.closed;
    if (known && (same || !known.looks)) {
      for (const start of known.free) this.free.add(start + standing.start);
      this.looksAhead ||= known.looksAhead;
      if (same) return known.result;
      known.after = rest;
      return (known.result = { list: append(known.own, rest.list), closed: rest.closed });
    }
    const statements = standing.statements();
    if (row.brief && !row.involved.has(statements[0] as Statement))
      involvement(this.choreography, this.scope, statements, row.involved);
    const [free, looksAhead] = [this.free, this.looksAhead];
    [this.open, this.free, this.looksAhead] = [statements.length > 1, new Set(), false];
    const watch: Watch = { looks: false, own: undefined };
    const result = this.before(statements, rest, () => undefined, outside, watch);
    if (!this.open) {
      keepStep(row, standing, {
        role: this.role,
        ...watch,
        after: rest,
        result,
        free: [...this.free].map((start) => start - standing.start),
        looksAhead: this.looksAhead,
      });
    }
    for (const start of this.free) free.add(start);
    [this.free, this.looksAhead] = [free, looksAhead || this.looksAhead];
    return result;
  }

  /** The whole, or one hole where it is nested deeper than the stack. */
  safely(row?: Row): List {
    try {
      const found = this.whole(row);
      const list = this.counts ? plain(settled(found, this.setting()), this.setting()) : found;
      // Somebody has to be told.
      if (this.splits.length === 0) this.splits.push(...this.suspects);
      return list;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return cons(
        {
          kind: 'leaf',
          action: {
            kind: 'hole',
            code: 'knowledge-of-choice',
            message: `This is nested too deeply to be projected to ${this.role}.`,
            origins: [this.choreography.name.origin],
          },
        },
        undefined,
      );
    }
  }

  private block(statements: readonly Statement[], follow: Follow, loops: Loops): Part {
    // What follows one that never ends is not reached.
    const last = statements.findIndex((statement) => this.involved.get(statement)?.endings.ends === false);
    return this.before(last < 0 ? statements : statements.slice(0, last + 1), nothing, follow, loops);
  }

  /** What the role does in statements that `after` follows in the same block. */
  private before(statements: readonly Statement[], after: Part, follow: Follow, around: Loops, watch?: Watch): Part {
    let rest = after;
    const acts = around.begun.length === 0 ? -1 : statements.findIndex((statement) => this.acts(statement));
    for (let i = statements.length - 1; i >= 0; i--) {
      const statement = statements[i] as Statement;
      const loops = acts >= 0 && acts < i ? away(around) : around;
      const { ends, stays } = this.involved.get(statement)?.endings ?? passing;
      if (!ends) {
        const { list } = this.skips(statement) ? nothing : this.statement(statement, follow, loops);
        // Where the role has nothing more to do, it has ended.
        if (watch) watch.looks = true;
        rest = { list, closed: falls(list) };
        continue;
      }
      // Where others may go on for ever without the role, it matters what would follow.
      if (this.skips(statement) && !stays) continue;
      const next = rest;
      let known: { list: List } | undefined;
      const behind = (): List => {
        if (watch) watch.looks = true;
        return (known ??= { list: next.closed ? next.list : append(next.list, follow()) }).list;
      };
      const part =
        statement.kind === 'call' && (stays || this.staysInside(statement, behind))
          ? this.callThatStays(statement, behind, loops)
          : this.statement(statement, behind, loops);
      if (watch) {
        watch.own = part.list;
        watch.looks ||= part.closed;
      }
      if (!part.closed) rest = { list: append(part.list, next.list), closed: next.closed };
      else rest = next.closed ? part : this.reopen(part, follow());
    }
    return rest;
  }

  /** Takes what follows a block off again where it stands whole at the end. */
  private reopen(part: Part, follow: List): Part {
    if (!follow) return { list: part.list, closed: false };
    const kept = lengthOf(part.list) - lengthOf(follow);
    return kept >= 0 && this.table.equal(drop(part.list, kept), follow)
      ? { list: take(part.list, kept), closed: false }
      : part;
  }

  /** Whether an automaton is made of what does not merge otherwise: they know no numbers, and no threads. */
  private asksAutomata(): boolean {
    return !this.counts && this.threads === 0;
  }

  /** The loops whose round has just begun, with one more. */
  private begin(loop: Loop, { begun }: Loops): readonly Loop[] {
    return this.asksAutomata() ? [] : [loop, ...begun];
  }

  /** Whether the role has a part in a statement. */
  private acts(statement: Statement): boolean {
    return this.involved.get(statement)?.roles.has(this.role) ?? takesPart([statement], this.role);
  }

  /** A structured statement that the role has no part in, and that does not jump out of itself. */
  private skips(statement: Statement): boolean {
    const involved = this.involved.get(statement);
    return !!involved && !involved.roles.has(this.role) && involved.jumps.size === 0;
  }

  private statement(statement: Statement, follow: Follow, loops: Loops): Part {
    switch (statement.kind) {
      case 'communication':
        return this.without?.has(statement) ? nothing : open(this.communication(statement));
      case 'gather':
        if (statement.receiver.role.key === this.role) return leaf(gatherOf(statement));
        return open(
          prepend(
            messagesIn(statement).flatMap((message) =>
              messagesOf(message, this.role, this.scope, () => this.freshVariable()),
            ),
            undefined,
          ),
        );
      case 'assignment':
        return statement.role.key === this.role
          ? leaf({ kind: 'assignment', into: statement.into, value: statement.value, origins: [statement.origin] })
          : nothing;
      case 'effect':
        return statement.role.key === this.role
          ? leaf({ kind: 'effect', value: statement.value, origins: [statement.origin] })
          : nothing;
      case 'call':
        return this.call(statement);
      case 'continue': {
        const loop = loops.named.get(statement.name.text);
        return loop ? leaf({ kind: 'continue', loop, origins: [statement.origin] }) : nothing;
      }
      // What follows the loop stands here: it is taken behind the loop again where all ways out of it share it.
      case 'leave':
        return { list: loops.behind.get(statement.name.text)?.(), closed: true };
      case 'rec':
        return this.rec(statement, follow, loops);
      case 'decision':
        return statement.pick
          ? this.pick(statement, statement.pick, follow, loops)
          : this.decision(statement, follow, loops);
      case 'while':
        return this.while(statement, follow, loops);
      case 'for':
        return this.for(statement, follow, loops);
      case 'par':
        return this.par(statement, follow, loops);
      case 'at':
        return this.at(statement);
      case 'when':
        return this.when(statement, follow, loops);
    }
  }

  private communication(statement: Communication): List {
    return prepend(
      messagesOf(statement, this.role, this.scope, () => this.freshVariable()),
      undefined,
    );
  }

  private freshVariable(): string {
    this.open = true;
    this.taken ??= variablesOf(this.choreography, this.scope);
    let name = 'sent';
    for (let count = 2; this.taken.has(name); count++) name = `sent${count}`;
    return name;
  }

  private call(statement: Call): Part {
    this.splits.push(
      ...this.senders.inCall(statement, (callee, place) => {
        const later = laterIn(callee, place);
        // What follows the call is looked at.
        this.open ||= later.length > 0;
        return later;
      }),
    );
    const { callee, args, values, takers, origin } = statement;
    return leaf({
      kind: 'call',
      callee,
      origins: [origin],
      into: takers.find(({ role }) => role.key === this.role)?.into,
      args: args.map((arg) => ({ role: arg.role, inputs: arg.role.key === this.role ? arg.inputs : [] })),
      ...(values && values.length > 0 ? { values } : {}),
    });
  }

  /**
   * A call that others may not come back from: where something follows, the role has to find out inside whether it
   * does.
   */
  private callThatStays(statement: Call, follow: Follow, loops: Loops): Part {
    if (!follow() && !this.staysInside(statement, follow))
      return this.skips(statement) ? nothing : this.call(statement);
    this.looksAhead = true;
    const merged = this.counts
      ? { reason: 'parted' as const }
      : this.lateMerging().merge(statement, loops.open, follow);
    if ('list' in merged) {
      this.determined++;
      return merged;
    }
    const conflict: MergeConflict = {
      left: undefined,
      right: follow()?.node,
      reason: merged.reason === 'size' ? 'size' : 'different',
    };
    const callee = calleeOf(statement.callee.text, this.scope);
    const place = callee && placeIn(callee, statement, this.role);
    const found = callee && decisionThatStays(callee, place);
    const [rests] = callee && place !== undefined ? restingIn(callee, place) : [];
    if (rests && callee) {
      const { choreography, uri } = callee;
      this.splits.push({
        ...rests,
        role: this.role,
        inside: { choreography, uri, role: rests.role, ...rests.inside, call: statement.origin },
      });
    } else if (found) {
      const { choreography, uri } = found.callee;
      this.splits.push({
        statement: found.statement,
        role: this.role,
        conflict,
        branches: [0, 1],
        inside: { choreography, uri, role: found.role ?? this.role, call: statement.origin },
      });
    }
    return this.gap(statement, conflict);
  }

  /** Whether the role is a server in what is called, waits there for ever, and may not do so here. */
  private staysInside(statement: Call, follow: Follow): boolean {
    const callee = calleeOf(statement.callee.text, this.scope);
    const place = callee && placeIn(callee, statement, this.role);
    return (
      !!callee &&
      place !== undefined &&
      restingIn(callee, place).length > 0 &&
      (!this.server || this.rounds > 0 || follow() !== undefined)
    );
  }

  private lateMerging(): AutomatonMerging {
    this.open = true;
    return (this.automatonMerge ??= new AutomatonMerging(
      new Automaton(
        this.choreography,
        this.role,
        this.scope,
        this.without,
        { rests: (callee, place) => restingIn(callee, place).length > 0, both: (one, two) => this.both(one, two) },
        this.foreign,
      ),
      this.merging,
      this.scope,
    ));
  }

  private rec(statement: Rec, follow: Follow, loops: Loops): Part {
    const loop = loopIn(loops, statement.name);
    const inner = {
      named: new Map(loops.named).set(statement.name.text, loop),
      behind: new Map(loops.behind).set(statement.name.text, follow),
      open: [{ statement, loop }, ...loops.open],
      begun: this.begin(loop, loops),
      contexts: new Map(loops.contexts).set(loopKey(loop), this.context),
    };
    this.noteHeads(statement.body.statements, loop);
    const body = this.block(statement.body.statements, follow, inner);
    return this.loop(loop, body, statement.origin);
  }

  /**
   * Notes the decisions of others with which a round of a loop begins for the role, where numbers keep automata from
   * finding out what comes then.
   */
  private noteHeads(statements: readonly Statement[], loop: Loop): boolean {
    if (!this.counts) return false;
    for (const statement of statements) {
      if (
        statement.kind === 'decision' &&
        !statement.guards.some(({ role }) => role.key === this.role) &&
        statement.decider.key !== this.role
      ) {
        this.heads.set(statement, loop);
        if (statement.branches.map(({ body }) => this.noteHeads(body.statements, loop)).includes(true)) return true;
      } else if (takesPart([statement], this.role)) return true;
    }
    return false;
  }

  /** A `rec` around a body, or the body alone where it never goes round. */
  private loop(loop: Loop, body: Part, origin: TextRange): Part {
    const wrong = this.resume(loop, body);
    if (wrong) return wrong;
    if (isJump(body.list, loop)) return nothing;
    if (!continues(body.list, loop)) return body;
    const known = this.counts ? settled(body.list, this.setting()) : body.list;
    const unless = this.idleUnless(known, loop);
    if (unless) {
      const own = this.knowing({ ...this.numbers, holds: [...this.numbers.holds, unless] }, printExpr(unless), () =>
        this.loop(loop, { list: assuming(known, unless, this.setting()), closed: body.closed }, origin),
      );
      return {
        list: cons(
          { kind: 'fork', form: 'when', value: unless, patterns: [], bodies: [own.list, undefined], origins: [origin] },
          undefined,
        ),
        closed: own.closed,
      };
    }
    const { body: inside, end } = body.closed
      ? this.merging.factorLoop(body.list, loop)
      : { body: body.list, end: undefined };
    return { list: cons({ kind: 'rec', loop, body: inside, origins: [origin] }, end), closed: body.closed };
  }

  /**
   * What has to hold of the member’s number for it to do anything in a loop, where all others would only go round;
   * undefined where there are none, or nothing is known of them.
   */
  private idleUnless(body: List, loop: Loop): Expr | undefined {
    const acts = this.counts ? actsWhere(body, loop, this.setting()) : true;
    return typeof acts === 'boolean' ? undefined : acts;
  }

  private decision(statement: Decision, follow: Follow, loops: Loops): Part {
    const guard = statement.guards.find((g) => g.role.key === this.role);
    const decides = guard !== undefined || (statement.form === 'choice' && statement.decider.key === this.role);
    if (this.merges === 0) this.free.add(statement.origin.start);
    if (!decides) this.merges++;
    const parts = statement.branches.map((branch) =>
      this.block(branch.body.statements, follow, decides ? away(loops) : loops),
    );
    if (!decides) this.merges--;
    if (decides) return this.fork(statement, guard?.value, parts, follow);
    const closed = parts.some((part) => part.closed);
    if (parts.every((part) => !part.list) && (!closed || parts.every((part) => part.closed)))
      return { list: undefined, closed };
    const own = parts.map((part) => part.list);
    let merged = closed ? undefined : this.mergeAll(own);
    if (merged?.ok) {
      this.noteUnneeded(statement, own);
      this.noteRounds(statement, own);
      return open(merged.list);
    }
    const after = follow();
    const loop = this.heads.get(statement);
    const again = loop ? { again: loop } : {};
    const whole = parts.map((part) => (part.closed ? part.list : append(part.list, after)));
    if (closed || after || this.server) {
      merged = this.mergeAll(whole, { rests: this.rests(), senders: false, ...again });
      this.looksAhead = true;
      if (merged.ok) this.noteRounds(statement, own);
      if (merged.ok) return { list: merged.list, closed: true };
    }
    const before = closed ? undefined : this.fromEither(statement, own, { rests: false, senders: true });
    if (before) return open(before.list);
    const either =
      this.fromEither(statement, whole, { rests: this.rests(), senders: true, ...again }) ??
      this.inNextRound(statement, whole, loops);
    if (either) return { list: either.list, closed: true };
    return merged && !merged.ok ? this.late(statement, merged, follow, loops) : nothing;
  }

  /**
   * One member of a family was picked. Who decides and who is told know which; for all others, what they do is merged
   * of all cases that make a difference to them.
   */
  private pick(statement: Decision, pick: Picked, follow: Follow, loops: Loops): Part {
    const guard = statement.guards.find(({ role }) => role.key === this.role);
    const [branch] = statement.branches;
    if (!branch) return nothing;
    if (this.merges === 0) this.free.add(statement.origin.start);
    if (!guard) this.merges++;
    const known = picking(this.numbers, pick, this.families);
    const what = `pick ${pick.index.text} in ${pick.of.key}`;
    const part = this.knowing(known, what, () =>
      this.block(branch.body.statements, follow, guard ? away(loops) : loops),
    );
    if (!guard) this.merges--;
    if (guard) return this.fork(statement, guard.value, [part], follow);
    const told = whereTold(part.list, pick);
    if (told || !part.list) return { list: told, closed: part.closed };
    const split = (list: List): readonly PickedWay[] | undefined =>
      waysOfPick(list, pick, { ...this.setting(), known });
    const own = split(part.list);
    if (!own) return this.numberNeeded(statement, part.list, pick);
    const merged = part.closed ? undefined : this.mergeWays(own, pick);
    if (merged?.ok) return open(merged.list);
    const whole = part.closed ? own : own.map((way) => ({ ...way, list: append(way.list, follow()) }));
    this.looksAhead = true;
    const behind = this.mergeWays(whole, pick, this.waiting());
    if (behind.ok) return { list: behind.list, closed: true };
    const later = this.inNextRound(
      statement,
      whole.map(({ list }) => list),
      loops,
      (kept) =>
        this.mergeWays(
          whole.filter((_, i) => kept.includes(i)),
          pick,
          this.waiting(),
        ),
    );
    if (later) return { list: later.list, closed: true };
    return this.hole(statement, behind.conflict, [0, 1], behind.names);
  }

  /** What is done in cases that can't be told apart yet, each where it may be. */
  private mergeWays(
    ways: readonly PickedWay[],
    pick: Picked,
    allowed?: Allowed,
  ):
    Extract<Merged, { ok: true }> | (Extract<Merged, { ok: false }> & { readonly names: readonly [WayName, WayName] }) {
    const other: WayName = { kind: 'picked' };
    const failed = (
      conflict: MergeConflict,
      [one, two]: readonly [PickedWay | undefined, PickedWay | undefined],
    ): ReturnType<typeof this.mergeWays> => ({ ok: false, conflict, names: [one?.name ?? other, two?.name ?? other] });
    let splits = 0;
    const next = (at: number, taken: readonly PickedWay[]): ReturnType<typeof this.mergeWays> => {
      const way = ways[at];
      if (!way) {
        const merged = this.mergeAll(
          taken.map(({ list }) => list),
          allowed,
        );
        return merged.ok ? merged : failed(merged.conflict, [taken[merged.branches[0]], taken[merged.branches[1]]]);
      }
      const { when, large } = whereMayBe(way, pick, this.setting());
      if (when === 'always') return next(at + 1, [...taken, way]);
      if (when === 'never') return next(at + 1, taken);
      // In small families in which it can't be, nobody sends what is waited for besides.
      const anyway = large ? next(at + 1, [...taken, way]) : undefined;
      if (anyway?.ok) return anyway;
      if (!when || ++splits > mostCasesSplit)
        return (
          anyway ?? failed({ left: taken[0]?.list?.node, right: way.list?.node, reason: 'different' }, [taken[0], way])
        );
      const both = [[when, [...taken, way]] as const, [negation(when), taken] as const].map(([condition, ways]) =>
        this.knowing({ ...this.numbers, holds: [...this.numbers.holds, condition] }, printExpr(condition), () =>
          next(
            at + 1,
            ways.map((each) => ({ ...each, list: settled(each.list, this.setting()) })),
          ),
        ),
      );
      const bodies: List[] = [];
      for (const each of both) {
        if (!each.ok) return each;
        bodies.push(each.list);
      }
      if (this.table.equal(bodies[0], bodies[1])) return { ok: true, list: bodies[0] };
      return {
        ok: true,
        list: this.merging.factor({
          kind: 'fork',
          form: 'when',
          value: when,
          patterns: [],
          bodies,
          origins: [pick.index.origin],
        }),
      };
    };
    return next(0, []);
  }

  /** A role that has to know which member was picked, and is not told. */
  private numberNeeded(statement: Decision, list: List, pick: Picked): Part {
    const at = (number: number): Node | undefined =>
      nodesOf(
        substituted(list, pick.index.text, { kind: 'int', text: String(number), origin: pick.index.origin }),
      ).find((_, i) => mentions(take(drop(list, i), 1), pick.index.text));
    const name = (number: number): WayName => ({ kind: 'picked', member: `${pick.of.name.text}[${number}]` });
    return this.hole(statement, { left: at(0), right: at(1), reason: 'different' }, [0, 1], [name(0), name(1)]);
  }

  /**
   * Ways of which some go round a loop again, where the role finds out by what it gets in the next round.
   * @param merge the others, by their places, where they are merged in a way of their own
   */
  private inNextRound(
    statement: Decision | While,
    lists: readonly List[],
    loops: Loops,
    merge = (kept: readonly number[]): { readonly ok: boolean; readonly list?: List } =>
      this.mergeAll(
        kept.map((i) => lists[i]),
        this.waiting(),
      ),
  ): { readonly list: List } | undefined {
    // Where automata are made, they find this out.
    return this.asksAutomata()
      ? undefined
      : (this.againOrOver(statement, lists, loops) ??
          this.whereRoundBegins(lists, loops, merge) ??
          this.againOrElse(statement, lists, loops));
  }

  private waiting(): Allowed {
    return { rests: this.rests(), senders: false };
  }

  /**
   * A role that may wait for ever, and goes round again or is over, waits where a round begins: that has to be seen to
   * there.
   */
  private againOrOver(
    statement: Decision | While,
    lists: readonly List[],
    { open: around }: Loops,
  ): { readonly list: List } | undefined {
    if (!this.rests() || lists.every((list) => list)) return undefined;
    const again = lists.filter((list) => list);
    const loop = around.find((each) => isJumpTo(again[0], [each.loop]))?.loop;
    if (!loop || !again.every((list) => isJumpTo(list, [loop]))) return undefined;
    this.resumed.push({ loop, statement });
    return { list: again[0] };
  }

  /**
   * Where the role has not done anything yet since a round began, it is where the next one begins: there it waits for
   * what comes first on the other ways.
   */
  private whereRoundBegins(
    lists: readonly List[],
    { begun }: Loops,
    merge: (kept: readonly number[]) => { readonly ok: boolean; readonly list?: List },
  ): { readonly list: List } | undefined {
    const kept = [...lists.keys()].filter((i) => !isJumpTo(lists[i], begun));
    if (kept.length === 0 || kept.length === lists.length || !kept.every((i) => lists[i]?.node.kind === 'receive'))
      return undefined;
    // What is got in place of another round comes first, too.
    const besides = this.resumed.flatMap(({ loop, other }) =>
      other && begun.some((each) => sameLoop(each, loop)) && lists.some((list) => isJumpTo(list, [loop]))
        ? [other]
        : [],
    );
    const own = merge(kept);
    const merged = own.ok ? this.mergeAll([own.list, ...besides]) : undefined;
    return merged?.ok ? merged : undefined;
  }

  /**
   * Where the role goes round again or gets something else, it goes round if it waits for that there as well: which has
   * to be seen to there.
   */
  private againOrElse(
    statement: Decision | While,
    lists: readonly List[],
    { open: around, contexts }: Loops,
  ): { readonly list: List } | undefined {
    const jump = lists.find((list) =>
      isJumpTo(
        list,
        around.map(({ loop }) => loop),
      ),
    );
    const round = around.find(({ loop }) => isJumpTo(jump, [loop]))?.loop;
    const others = round ? lists.filter((list) => !isJumpTo(list, [round])) : [];
    if (
      !round ||
      contexts.get(loopKey(round)) !== this.context ||
      others.length === 0 ||
      !others.every((list) => list?.node.kind === 'receive')
    )
      return undefined;
    const other = this.mergeAll(others, this.waiting());
    if (!other.ok) return undefined;
    this.resumed.push({ loop: round, statement, other: other.list });
    return { list: jump };
  }

  /** Told at the decision where a loop does not begin as those need it who go round it again. */
  private resume(loop: Loop, body: Part): Part | undefined {
    const resumed = this.resumed.filter((each) => sameLoop(each.loop, loop));
    if (resumed.length === 0) return undefined;
    this.resumed.splice(0, Infinity, ...this.resumed.filter((each) => !resumed.includes(each)));
    const { list, closed } = body;
    const wrong = resumed.find(({ other }) => {
      if (list?.node.kind !== 'receive' || !other) return list?.node.kind !== 'receive';
      const merged = closed ? this.merging.merge(list, other) : undefined;
      return !merged?.ok || !this.table.equal(merged.list, list);
    });
    return (
      wrong && this.hole(wrong.statement, { left: list?.node, right: wrong.other?.node, reason: 'different' }, [0, 1])
    );
  }

  /** Merges where the role may wait for whoever of several sends; undefined where it may not. */
  private fromEither(
    statement: Decision | While,
    lists: readonly List[],
    allowed: Allowed,
  ): { readonly list: List } | undefined {
    const merged = this.telling(statement, [0, 1], () => this.mergeAll(lists, allowed));
    if (!merged.ok) return undefined;
    this.looksAhead = true;
    return merged;
  }

  /**
   * Merges a decision: where the role is found to wait for several senders, that is told of it, with these branches.
   */
  private telling<T>(statement: Decision | While, branches: readonly [number, number], merge: () => T): T {
    const outer = this.merged;
    this.merged = { statement, branches };
    const merged = merge();
    this.merged = outer;
    return merged;
  }

  /** Whether the role may wait for either of two messages of different senders. */
  private both(one: Arm, two: Arm): boolean {
    this.open = true;
    return this.merged !== undefined && this.senders.mayBe(one, two, this.merged, this.numbers);
  }

  /** What merges only by what is found out round loops, in calls or by other names. */
  private late(
    statement: Decision | While,
    failed: Pick<Split, 'conflict' | 'branches'>,
    follow: Follow,
    loops: Loops,
  ): Part {
    this.looksAhead = true;
    // Automata know no numbers.
    if (this.counts) return this.hole(statement, failed.conflict, failed.branches);
    const merged = this.telling(statement, failed.branches, () =>
      this.lateMerging().merge(statement, loops.open, follow),
    );
    if ('list' in merged) {
      this.determined++;
      return merged;
    }
    if (merged.reason === 'another') {
      this.suspects.push({ statement, role: this.role, ...failed });
      return this.gap(statement, failed.conflict, failed.branches);
    }
    const { conflict, branches } = merged.reason === 'parted' ? merged : failed;
    return this.hole(statement, merged.reason === 'size' ? { ...conflict, reason: 'size' } : conflict, branches);
  }

  private fork(statement: Decision, value: Expr | undefined, parts: readonly Part[], follow: Follow): Part {
    const patterns = statement.form === 'match' ? statement.branches.map((branch) => branch.pattern) : [];
    if (parts.every((part) => !part.list && !part.closed) && !(value && isEffectful(value, this.scope))) return nothing;
    const closed = parts.some((part) => part.closed);
    const bodies = parts.map((part) => (closed && !part.closed ? append(part.list, follow()) : part.list));
    const node: Node = {
      kind: 'fork',
      form: statement.form,
      ...(statement.pick ? { pick: statement.pick } : {}),
      value,
      patterns,
      bodies,
      origins: [statement.origin],
    };
    if (!closed) return open(cons(node, undefined));
    const list = this.merging.factor(node);
    if (this.merging.fits(list)) return { list, closed };
    return this.hole(statement, { left: bodies[0]?.node, right: bodies[1]?.node, reason: 'size' }, [0, 1]);
  }

  private while(statement: While, follow: Follow, loops: Loops): Part {
    const loop = loopIn(loops, { text: 'Loop', origin: statement.head });
    const guard = statement.guards.find((g) => g.role.key === this.role);
    const inner = {
      ...loops,
      open: [{ statement, loop }, ...loops.open],
      begun: guard ? [] : this.begin(loop, loops),
      contexts: new Map(loops.contexts).set(loopKey(loop), this.context),
    };
    const again = cons({ kind: 'leaf', action: { kind: 'continue', loop, origins: [statement.head] } }, undefined);
    if (this.merges === 0) this.free.add(statement.origin.start);
    if (!guard) this.merges++;
    if (!guard) this.noteHeads(statement.body.statements, loop);
    const body = this.block(statement.body.statements, () => again, inner);
    if (!guard) this.merges--;
    const exit = this.block(statement.exit, follow, loops).list;
    // A round that begins with a decision of its own, or with nothing, waits for nothing.
    const wrong = guard || !body.list ? this.resume(loop, nothing) : undefined;
    if (wrong) return wrong;
    const origins = [statement.origin];
    if (guard && !body.closed && !continues(body.list, loop))
      return open(cons({ kind: 'while', condition: guard.value, body: body.list, origins }, exit));
    const round = body.closed ? body.list : append(body.list, again);
    // Where the role may end inside, the loop can't be left by falling through.
    const ended = body.closed && falls(body.list);
    if (guard) {
      const fork: Node = {
        kind: 'fork',
        form: 'if',
        value: guard.value,
        patterns: [],
        bodies: [round, ended ? append(exit, follow()) : exit],
        origins,
      };
      return this.loop(loop, { list: cons(fork, undefined), closed: ended }, statement.origin);
    }
    if (!body.list && !exit && !ended) return nothing;
    const first = this.counts ? { again: loop } : {};
    let merged = this.mergeAll([round, exit], { rests: false, senders: false, ...first });
    if (merged.ok && !ended) {
      if (!body.closed && lengthOf(body.list) === 1 && lengthOf(exit) === 1)
        this.noteUnneeded(statement, [body.list, exit]);
      return this.loop(loop, open(merged.list), statement.origin);
    }
    const after = follow();
    const whole = [round, append(exit, after)];
    if (after || ended || this.server) merged = this.mergeAll(whole, { rests: this.rests(), senders: false, ...first });
    this.looksAhead = true;
    if (merged.ok) return this.loop(loop, { list: merged.list, closed: true }, statement.origin);
    const either =
      this.fromEither(statement, whole, { rests: this.rests(), senders: true, ...first }) ??
      this.inNextRound(statement, whole, loops);
    if (either) return this.loop(loop, { list: either.list, closed: true }, statement.origin);
    return this.late(statement, merged, follow, loops);
  }

  /** What goes on at the same time: threads, where the role has a part in more than one of the branches. */
  private par(statement: Par, follow: Follow, loops: Loops): Part {
    const own = statement.branches.filter(({ statements }) => takesPart(statements, this.role));
    const [only] = own;
    if (!only) return nothing;
    if (own.length === 1) return this.block(only.statements, follow, loops);
    // A thread that waits for ever keeps the role from what follows.
    const apart = this.rests() && follow() !== undefined;
    if (apart) this.rounds++;
    this.threads++;
    const bodies = own.map(({ statements }) => this.block(statements, () => undefined, outside).list);
    this.threads--;
    if (apart) this.rounds--;
    const done = bodies.filter((body) => body !== undefined);
    if (done.length <= 1)
      return done[0] && falls(done[0]) ? open(done[0]) : { list: done[0], closed: done[0] !== undefined };
    return open(cons({ kind: 'par', bodies: done, origins: [statement.origin] }, undefined));
  }

  /** Several steps that are one, where another thread might come between them. */
  private at({ role, body, origin }: At): Part {
    if (role.key !== this.role) return nothing;
    const { list } = this.block(body.statements, () => undefined, outside);
    const isOne = !list || (list.length === 1 && list.node.kind === 'leaf');
    return open(this.threads === 0 || isOne ? list : cons({ kind: 'at', body: list, origins: [origin] }, undefined));
  }

  /** Once for each member: what follows in another round is not known inside. */
  private for(statement: For, follow: Follow, loops: Loops): Part {
    const loop = { name: statement.index.text, ...boundsOf(statement.range, this.families) };
    // A thread that waits for ever keeps the role from what follows, and nobody else.
    const apart = statement.parallel !== true || (this.rests() && follow() !== undefined);
    if (apart) this.rounds++;
    if (statement.parallel === true) this.threads++;
    const body = this.knowing(
      { ...this.numbers, indices: [...this.numbers.indices, loop] },
      `for ${loop.name} in ${staticKey(loop.from)} until ${staticKey(loop.until)}`,
      () => this.block(statement.body.statements, () => undefined, away(loops)),
    );
    if (statement.parallel === true) this.threads--;
    if (apart) this.rounds--;
    return body.list
      ? open(
          cons(
            {
              kind: 'for',
              ...(statement.parallel ? { parallel: true } : {}),
              index: statement.index,
              range: statement.range,
              body: body.list,
              origins: [statement.origin],
            },
            undefined,
          ),
        )
      : nothing;
  }

  /** What depends on the member's number, which it knows. */
  private when(statement: When, follow: Follow, loops: Loops): Part {
    const parts = [
      [statement.then, statement.condition] as const,
      [statement.else, negation(statement.condition)] as const,
    ].map(([block, condition]) =>
      this.knowing({ ...this.numbers, holds: [...this.numbers.holds, condition] }, printExpr(condition), () =>
        this.block(block.statements, follow, loops),
      ),
    );
    const closed = parts.some((part) => part.closed);
    const bodies = parts.map((part) => (closed && !part.closed ? append(part.list, follow()) : part.list));
    if (bodies.every((body) => !body)) return { list: undefined, closed };
    return {
      list: cons(
        { kind: 'fork', form: 'when', value: statement.condition, patterns: [], bodies, origins: [statement.origin] },
        undefined,
      ),
      closed,
    };
  }

  /** Does something where more is known of sizes and numbers. */
  private knowing<T>(numbers: Known, what: string, make: () => T): T {
    const [outer, context] = [this.numbers, this.context];
    [this.numbers, this.context] = [numbers, `${context}\n${what}`];
    const made = make();
    [this.numbers, this.context] = [outer, context];
    return made;
  }

  /** What settles the numbers of members in what the role does. */
  private setting(): Setting {
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
  private rests(): boolean {
    return this.server && this.rounds === 0;
  }

  private mergeAll(
    lists: readonly List[],
    allowed?: Allowed,
  ): Extract<Merged, { ok: true }> | (Extract<Merged, { ok: false }> & { branches: [number, number] }) {
    let all = lists[0];
    for (let i = 1; i < lists.length; i++) {
      const merged = this.merging.merge(all, lists[i], allowed);
      if (merged.ok) {
        all = merged.list;
        continue;
      }
      for (let j = 0; j < i; j++) {
        const pair = this.merging.merge(lists[j], lists[i], allowed);
        if (!pair.ok) return { ...pair, branches: [j, i] };
      }
      return { ...merged, branches: [0, i] };
    }
    return { ok: true, list: all };
  }

  private hole(
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

  private gap(
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

  /**
   * Notes the selections after which the role only goes round again: where it is told when the loop is left, it need
   * not be told that it is not.
   */
  private noteRounds(statement: Decision, lists: readonly List[]): void {
    for (const list of lists) {
      const [only] = list?.node.kind === 'receive' && list.node.arms.length === 1 ? list.node.arms : [];
      if (
        !only?.label ||
        only.carries ||
        only.types.length > 0 ||
        !list?.rest ||
        list.rest.length > 1 ||
        !isContinue(list.rest)
      )
        continue;
      this.note({ statement, selections: only.origins, silent: false, round: true });
    }
  }

  /** Notes the selections at the heads of the branches, if the decision would merge without them. */
  private noteUnneeded(statement: Decision | While, lists: readonly List[]): void {
    const selections: TextRange[] = [];
    const labels = new Set<string>();
    const rests: List[] = [];
    for (const list of lists) {
      const node = list?.node;
      const arm = node?.kind === 'receive' && node.arms.length === 1 ? node.arms[0] : undefined;
      if (!arm?.label || arm.carries || arm.types.length > 0 || labels.has(arm.label.text)) return;
      labels.add(arm.label.text);
      selections.push(...arm.origins);
      rests.push(drop(list, 1));
    }
    if (statement.kind === 'while' || this.mergeAll(rests).ok) {
      this.note({ statement, selections, silent: rests.every((rest) => !rest) });
    }
  }

  /** A selection that is all that a role gets is what the protocol is about, unless it only stands in an arrow list. */
  private note(unneeded: Unneeded): void {
    const [first] = selectionsOf(unneeded, this.role);
    if (!first || (unneeded.silent && !first.implied)) return;
    this.open = true;
    this.unneeded.push(unneeded);
  }
}

const resting = new OfCallees<readonly Split[]>();
const laters = new OfCallees<readonly Later[]>();

/**
 * The decisions that a server of a called choreography can't follow, and need not: it may wait there for ever.
 * @param role its name in the callee
 * @returns none where it finds out, on all ways, that the callee is over, and where it is no server
 * Cost: a projection of the role, once for as long as all that it names is the same
 */
function restingIn(callee: Callee, role: string): readonly Split[] {
  if (!isServer(callee.choreography, role)) return [];
  // Where it calls itself, that alone leaves nobody waiting.
  return resting.of(callee, role, [], () => {
    const told = withoutServer(callee.choreography, role);
    return projectRole(told, role, callee.scope, involvement(told, callee.scope)).splits;
  });
}

/**
 * Where a role waits in a called choreography for whoever of several sends, and what follows the call decides whether
 * it may.
 * @param role its name in the callee
 * Cost: a projection of the role, once for as long as all that it names is the same, where it gets messages of several
 * roles
 */
function laterIn(callee: Callee, role: string): readonly Later[] {
  const { choreography, scope } = callee;
  if (!getsFromSeveral(callee, role)) return [];
  return laters.of(callee, role, [], () => {
    const family = choreography.roles.find(({ name }) => name.text === role);
    if (!family?.family) return projectRole(choreography, role, scope, involvement(choreography, scope)).later;
    const taken = namesIn(choreography);
    const member = memberOf(family.name, (text) => taken.has(text));
    const seen = specialised(choreography, member);
    return projectRole(
      seen,
      member.role.key,
      scope,
      involvement(seen, scope),
      undefined,
      undefined,
      undefined,
      member,
      choreography,
    ).later;
  });
}

function open(list: List): Part {
  return { list, closed: false };
}

function leaf(action: LeafAction): Part {
  return open(cons({ kind: 'leaf', action }, undefined));
}

/**
 * A loop among others: loops of one name are numbered from the outside in, so that those that stand in the same way are
 * the same.
 */
function loopIn({ open }: Loops, name: Name): Loop {
  return { name, from: 'source', number: open.filter(({ loop }) => loop.name.text === name.text).length };
}

/** A member by its number. */
function numberedOne({ role, index }: Member): One {
  return { name: role.name.text, at: { kind: 'name', name: index, origin: index.origin } };
}

/** Whether all that a list does is to go round one of some loops. */
function isJumpTo(list: List, loops: readonly Loop[]): boolean {
  const action = list?.length === 1 && list.node.kind === 'leaf' ? list.node.action : undefined;
  return action?.kind === 'continue' && loops.some((loop) => sameLoop(loop, action.loop));
}

/** Where the role has done something. */
function away(loops: Loops): Loops {
  return loops.begun.length === 0 ? loops : { ...loops, begun: [] };
}

function isContinue(list: List): boolean {
  return list?.node.kind === 'leaf' && list.node.action.kind === 'continue';
}
