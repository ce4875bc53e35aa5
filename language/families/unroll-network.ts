// A network with families as one without, at sizes that are given: each member a process like any other.
import type { Expr, Name } from '../ir/expression.js';
import { walkActions } from '../ir/process.js';
import type { Action, LocalBlock, LocalPar, Network, Process, Receive, ReceiveBranch, Send } from '../ir/process.js';
import { distinctRoles } from '../ir/role.js';
import type { RoleRef } from '../ir/role.js';
import { evaluate } from '../ir/static.js';
import { namesOfTarget, placeOfTarget, variableTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';
import type { Valuation } from '../ir/static.js';
import {
  Budget,
  indicesOf,
  labelAt,
  matchedBy,
  member,
  memberIndices,
  memberName,
  numbersOf,
  quorumAt,
  rolesMeant,
  valued,
} from './members.js';
import { replaceNames } from './replace.js';
import { hasFamilies, valuationOf } from './sizes.js';
import type { Declared, Sizes } from './sizes.js';
import { gatheredAt, listOf, nameAt, pickedPattern, placeOf, valuesAt } from './unroll-choreography.js';

/**
 * The network at sizes. What has errors of indices means nothing, and is left out.
 * @param families what may be a family: the roles of what is implemented, else the network's own families
 * @param placesOf the roles of what a call names
 * @param known an expression with what is known of its names
 * @returns undefined where it would be too long
 * Cost: linear in what comes out, which is bounded
 */
export function unrolledNetwork(
  network: Network,
  families: readonly Declared[],
  sizes: Sizes,
  placesOf: (name: string) => readonly Declared[],
  known: (expr: Expr) => Expr,
): Network | undefined {
  const valuation = valuationOf(families, sizes);
  const budget = new Budget();
  const processes = network.processes.flatMap((process) =>
    unrolledProcess(process, sizes, valuation, placesOf, known, budget),
  );
  const bounding = families.flatMap(({ value }) => value ?? []);
  return budget.exceeded
    ? undefined
    : { ...network, families: [], values: network.values.filter((_, i) => !bounding.includes(i)), processes };
}

/**
 * A process that depends on no sizes, with its loops over numbers written out; undefined where it would be too long.
 */
export function withoutLoops(process: Process): Process | undefined {
  let any = false;
  walkActions(process.body.actions, ({ kind }) => {
    any ||= kind === 'for' || kind === 'when' || kind === 'pick';
  });
  if (!any) return process;
  const budget = new Budget();
  const [made] = unrolledProcess(
    process,
    new Map(),
    new Map(),
    () => [],
    (expr) => expr,
    budget,
  );
  return budget.exceeded ? undefined : made;
}

/** The processes that one stands for. */
function unrolledProcess(
  process: Process,
  sizes: Sizes,
  valuation: Valuation,
  placesOf: (name: string) => readonly Declared[],
  known: (expr: Expr) => Expr,
  budget: Budget,
): readonly Process[] {
  const { members, ...rest } = process;
  const one = (name: Name, inner: Valuation, self: RoleRef | undefined): Process => {
    // The first time finds out how long the lists are that are put together place by place.
    const lengths = new Map<string, number>();
    const first = new Unrolling(sizes, placesOf, known, self, new Map(), lengths, new Budget());
    first.block(process.body, inner);
    const unrolling = new Unrolling(sizes, placesOf, known, self, lengths, new Map(), budget);
    return {
      ...rest,
      name,
      body: unrolling.block(process.body, inner),
      returns: process.returns && unrolling.expr(process.returns, inner),
    };
  };
  if (!members) return [one(process.name, valuation, undefined)];
  const size = sizes.get(process.name.text) ?? 0;
  return memberIndices(members, size, sizes, valuation)
    .filter(() => budget.take())
    .map((i) => {
      const self = member(process.name, i, process.name.origin);
      return one(
        { ...process.name, text: memberName(process.name.text, i) },
        members.kind === 'one' ? valuation : new Map(valuation).set(members.index.text, i),
        self,
      );
    });
}

class Unrolling {
  constructor(
    private readonly sizes: Sizes,
    private readonly placesOf: (name: string) => readonly Declared[],
    private readonly known: (expr: Expr) => Expr,
    private readonly self: RoleRef | undefined,
    private readonly lengths: ReadonlyMap<string, number>,
    private readonly found: Map<string, number>,
    private readonly budget: Budget,
  ) {}

  block({ actions, origin }: LocalBlock, valuation: Valuation): LocalBlock {
    return { origin, actions: actions.flatMap((action) => this.action(action, valuation)) };
  }

  expr(expr: Expr, valuation: Valuation): Expr {
    return replaceNames(valued(expr, valuation), (name, origin) => {
      const length = this.lengths.get(name);
      return length === undefined || !this.budget.take(length) ? undefined : listOf(name, length, origin);
    });
  }

  /** The roles that are meant; the process itself is none of the others. */
  private roles(role: RoleRef, valuation: Valuation): readonly RoleRef[] {
    const all = rolesMeant(role, this.sizes, valuation);
    if (!this.budget.take(all.length)) return [];
    return role.index?.kind === 'others' ? all.filter(({ key }) => key !== this.self?.key) : all;
  }

  private target(into: Target, valuation: Valuation): Target | undefined {
    const place = placeOfTarget(into);
    if (!place || into.kind !== 'variable') return into;
    const at = evaluate(place, valuation);
    if (typeof at !== 'number' || at < 0) return undefined;
    const { text } = into.name;
    this.found.set(text, Math.max(this.found.get(text) ?? 0, at + 1));
    return variableTarget(placeOf(into.name, at));
  }

  private action(action: Action, valuation: Valuation): readonly Action[] {
    if (!this.budget.take()) return [];
    const inner = (body: LocalBlock): LocalBlock => this.block(body, valuation);
    switch (action.kind) {
      case 'send':
        return this.send(action, valuation);
      case 'receive':
        return this.receive(action, valuation);
      case 'gather': {
        const senders = action.senders.flatMap((sender) => this.roles(sender, valuation));
        const quorum = quorumAt(action.quorum, action.senders, senders.length, this.sizes, valuation);
        return quorum === 'none' ? [] : [{ ...action, label: labelAt(action.label, valuation), senders, quorum }];
      }
      case 'assignment': {
        const into = this.target(action.into, valuation);
        return into
          ? [{ kind: 'assignment', into, value: this.expr(action.value, valuation), origins: action.origins }]
          : [];
      }
      case 'effect':
        return [{ ...action, value: this.expr(action.value, valuation) }];
      case 'call': {
        const places = this.placesOf(action.callee.text);
        const sizes: number[] = [];
        const args = action.args.flatMap((arg, i) => {
          const roles = this.roles(arg.role, valuation);
          if (places[i]?.family) sizes.push(roles.length);
          return roles.map((role) => ({
            role,
            inputs:
              role.key === this.self?.key || !this.self ? arg.inputs.map((input) => this.expr(input, valuation)) : [],
          }));
        });
        const { values, bounding } = valuesAt(action.values ?? [], places, valuation, this.known);
        sizes.push(...bounding);
        return [
          {
            ...action,
            args,
            into: action.into && this.target(action.into, valuation),
            ...(action.values ? { values } : {}),
            callee: hasFamilies(places) ? { ...action.callee, text: nameAt(action.callee.text, sizes) } : action.callee,
          },
        ];
      }
      case 'if':
        return [
          {
            ...action,
            condition: this.expr(action.condition, valuation),
            then: inner(action.then),
            else: inner(action.else),
          },
        ];
      case 'match':
        return [
          {
            ...action,
            value: this.expr(action.value, valuation),
            cases: action.cases.map((each) => ({ ...each, body: inner(each.body) })),
            else: action.else && inner(action.else),
          },
        ];
      case 'choice':
        return [{ ...action, branches: action.branches.map(inner) }];
      case 'while':
        return [{ ...action, condition: this.expr(action.condition, valuation), body: inner(action.body) }];
      case 'rec':
        return [{ ...action, body: inner(action.body) }];
      case 'continue':
      case 'leave':
      case 'hole':
        return [action];
      case 'for': {
        const rounds = numbersOf(action.range, this.sizes, valuation).map((number) =>
          this.block(action.body, new Map(valuation).set(action.index.text, number)),
        );
        return action.parallel === true ? threads(rounds, action.origins) : rounds.flatMap(({ actions }) => actions);
      }
      case 'pick': {
        const { index, origins } = action;
        const cases = this.budget.choices(action, this.sizes, valuation).map((choice) => ({
          pattern: pickedPattern(choice, index.origin),
          body: this.block(action.body, new Map(valuation).set(index.text, choice.at)),
        }));
        return cases.length === 0
          ? []
          : [{ kind: 'match', value: matchedBy(this.expr(action.value, valuation), action), cases, origins }];
      }
      case 'par':
        return threads(action.branches.map(inner), action.origins);
      case 'at':
        return [{ ...action, body: inner(action.body) }];
      case 'when': {
        const chosen = evaluate(action.condition, valuation) === true ? action.then : action.else;
        return chosen.actions.flatMap((each) => this.action(each, valuation));
      }
    }
  }

  private send(action: Send, valuation: Valuation): readonly Action[] {
    return this.roles(action.receiver, valuation).map((receiver) => ({
      ...action,
      label: action.label && { ...action.label, name: labelAt(action.label.name, valuation) },
      receiver,
      value: action.value && this.expr(action.value, valuation),
    }));
  }

  private receive(action: Receive, valuation: Valuation): readonly Action[] {
    const { from } = action;
    // Over several senders, each branch is one role's.
    if (!from) {
      const branches = action.branches.flatMap((branch) =>
        this.roles(branch.sender, valuation).flatMap((sender) => this.branch(branch, sender, undefined, valuation)),
      );
      // Members that are named differently may be one.
      const [first, other] = distinctRoles(branches.map(({ sender }) => sender));
      return received({ ...action, ...(first && !other ? { from: first } : {}) }, branches);
    }
    const senders = this.roles(from, valuation);
    const branches = (sender: RoleRef, number: number | undefined): Receive['branches'] =>
      action.branches.flatMap((branch) => this.branch(branch, sender, number, valuation));
    const gathers = from.index?.kind !== 'member' && indicesOf(from, this.sizes, valuation) !== undefined;
    if (!gathers)
      return senders.flatMap((sender) => received({ ...action, from: sender }, branches(sender, undefined)));
    const all = senders.map((sender, number): Action => ({
      ...action,
      from: sender,
      branches: branches(sender, number),
    }));
    // What came from the members is a list.
    return [
      ...all,
      ...namesOfTarget(action.branches[0]?.into).map((name): Action => ({
        kind: 'assignment',
        into: variableTarget(name),
        value: listOf(name.text, senders.length, name.origin),
        origins: action.origins,
      })),
    ];
  }

  /** A branch; one for each member that may have been picked, where the label says which it was. */
  private branch(
    branch: ReceiveBranch,
    sender: RoleRef,
    number: number | undefined,
    valuation: Valuation,
  ): readonly ReceiveBranch[] {
    const { pick, ...plain } = branch;
    const at = (inner: Valuation): ReceiveBranch => {
      const into =
        branch.into && (number === undefined ? this.target(branch.into, inner) : gatheredAt(branch.into, number));
      return { ...plain, label: labelAt(branch.label, inner), sender, into, body: this.block(branch.body, inner) };
    };
    return pick
      ? this.budget
          .choices(pick, this.sizes, valuation)
          .map((choice) => at(new Map(valuation).set(pick.index.text, choice.at)))
      : [at(valuation)];
  }
}

/** What goes on at the same time, of which there may be nothing at this size. */
function threads(branches: readonly LocalBlock[], origins: LocalPar['origins']): readonly Action[] {
  const busy = branches.filter(({ actions }) => actions.length > 0);
  return busy.length > 1 ? [{ kind: 'par', branches: busy, origins }] : busy.flatMap(({ actions }) => actions);
}

/**
 * A receive with these branches: where just one is left of several that a label stood for, what it leads to stands
 * behind it.
 */
function received(action: Receive, branches: readonly ReceiveBranch[]): readonly Action[] {
  const [only] = branches;
  if (branches.length > 1 || !action.branches.some(({ pick }) => pick)) return [{ ...action, branches }];
  return only
    ? [
        { ...action, form: 'single', branches: [{ ...only, body: { ...only.body, actions: [] } }] },
        ...only.body.actions,
      ]
    : [];
}
