// The projection of a choreography to one role, statement by statement, from the last to the first, so that what
// follows a decision is known when the decision is projected.
import type { Choreography, Statement } from '../ir/choreography.js';
import { namesUsed } from '../lowering/lower.js';
import { memberOf, specialised } from '../families/specialise.js';
import { hasFamilies } from '../families/sizes.js';
import type { Known } from '../families/solve.js';
import type { Standing } from '../scoping/passages.js';
import type { Scope } from '../scoping/scope.js';
import { append, cons, drop, falls, lengthOf, prepend, take } from './behaviour.js';
import type { List } from './behaviour.js';
import { OfCallees } from './callee.js';
import type { Callee } from './callee.js';
import { isServer, withoutServer } from './servers.js';
import type { Endings } from './endings.js';
import { involvement } from './involvement.js';
import type { Involved } from './involvement.js';
import { getsFromSeveral } from './senders.js';
import type { Later } from './senders.js';
import type { Split } from './split.js';
import { keepStep, stepOf } from './passages.js';
import type { Part, Row } from './passages.js';
import { plain } from './plain-indices.js';
import { settled } from './settle.js';
import { ofKinds } from './kinds.js';
import { goesThroughNumbers } from './numbers.js';
import type { ProjectedRole } from './projected.js';
import { projectCall, projectCallThatStays, staysInside } from './role/calls.js';
import { projectDecision } from './role/decisions.js';
import { away, outside } from './role/loops.js';
import type { Follow, Loops } from './role/loops.js';
import { projectFor, projectWhen } from './role/members.js';
import { leaf, nothing, open } from './role/part.js';
import { projectPick } from './role/picks.js';
import { projectRec, projectWhile } from './role/rounds.js';
import { RoleState } from './role/state.js';
import type { Asked } from './role/state.js';
import { projectAt, projectThreads } from './role/threads.js';
import { localView } from './local-view.js';

/** Whether a statement looks at what follows it, and what it does itself. */
interface Watch {
  looks: boolean;
  own: List;
}

const passing: Endings = { ends: true, stays: false };
const resting = new OfCallees<readonly Split[]>();
const laters = new OfCallees<readonly Later[]>();

/**
 * What one role does in a choreography.
 * @param involved what `involvement` says of the choreography
 * @param row the passages of the choreography: what is found is kept with them
 */
export function projectRole(
  choreography: Choreography,
  role: string,
  scope: Scope,
  involved: ReadonlyMap<Statement, Involved>,
  asked: Asked = {},
  row?: Row,
): ProjectedRole {
  const { member, whole = choreography } = asked;
  const counts =
    member !== undefined || hasFamilies(choreography.roles) || (row ? row.counts : goesThroughNumbers(choreography));
  const projected = (
    seen: Choreography,
    roles: ReadonlyMap<Statement, Involved>,
    automata: boolean,
    numbers?: Known,
  ): ProjectedRole => {
    const subject = { ...asked, whole, choreography: seen, role, scope, involved: roles, counts, automata, numbers };
    const projection = new RoleProjection(subject);
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
  };
  const first = projected(choreography, involved, false);
  if (first.splits.length === 0 || !counts || row) return first;
  const late = projected(choreography, involved, true);
  if (late.splits.length === 0) return late;
  return (
    (member &&
      ofKinds(whole, member, first.splits, (seen, numbers) => {
        const roles = involvement(seen, scope);
        const found = projected(seen, roles, false, numbers);
        return found.splits.length === 0 ? found : projected(seen, roles, true, numbers);
      })) ??
    first
  );
}

class RoleProjection extends RoleState {
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

  block(statements: readonly Statement[], follow: Follow, loops: Loops): Part {
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
        statement.kind === 'call' && (stays || staysInside(this, statement, behind))
          ? projectCallThatStays(this, statement, behind, loops)
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

  private statement(statement: Statement, follow: Follow, loops: Loops): Part {
    const view = localView(statement, this);
    switch (view.kind) {
      case 'steps':
        return open(prepend(view.steps, undefined));
      case 'inside':
        return this.block(view.statements, follow, loops);
      case 'threads':
        return projectThreads(this, view, follow);
      case 'at':
        return projectAt(this, view);
      case 'call':
        return projectCall(this, view);
      case 'continue': {
        const loop = loops.named.get(view.name.text);
        return loop ? leaf({ kind: 'continue', loop, origins: [view.origin] }) : nothing;
      }
      // What follows the loop stands here: it is taken behind the loop again where all ways out of it share it.
      case 'leave':
        return { list: loops.behind.get(view.name.text)?.(), closed: true };
      case 'rec':
        return projectRec(this, view, follow, loops);
      case 'decision':
        return view.pick
          ? projectPick(this, view, view.pick, follow, loops)
          : projectDecision(this, view, follow, loops);
      case 'while':
        return projectWhile(this, view, follow, loops);
      case 'for':
        return projectFor(this, view, follow, loops);
      case 'when':
        return projectWhen(this, view, follow, loops);
    }
  }

  /** Cost: a projection of the role, once for as long as all that it names is the same */
  restingIn(callee: Callee, role: string): readonly Split[] {
    if (!isServer(callee.choreography, role)) return [];
    // Where it calls itself, that alone leaves nobody waiting.
    return resting.of(callee, role, [], () => {
      const told = withoutServer(callee.choreography, role);
      return projectRole(told, role, callee.scope, involvement(told, callee.scope)).splits;
    });
  }

  /**
   * Cost: a projection of the role, once for as long as all that it names is the same, where it gets messages of several
   * roles
   */
  laterIn(callee: Callee, role: string): readonly Later[] {
    const { choreography, scope } = callee;
    if (!getsFromSeveral(callee, role)) return [];
    return laters.of(callee, role, [], () => {
      const family = choreography.roles.find(({ name }) => name.text === role);
      if (!family?.family) return projectRole(choreography, role, scope, involvement(choreography, scope)).later;
      const taken = namesUsed(choreography);
      const member = memberOf(family.name, (text) => taken.has(text));
      const seen = specialised(choreography, member);
      return projectRole(seen, member.role.key, scope, involvement(seen, scope), { member, whole: choreography }).later;
    });
  }
}
