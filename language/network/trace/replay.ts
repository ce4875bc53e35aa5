// A run done again with values: what each machine computes, in terms of the inputs and of what the host answers.
// Nothing is left out.
import type { Target } from '../../ir/target.js';
import type { Expr } from '../../ir/expression.js';
import type { Frame } from '../../values/program.js';
import { mayFail } from '../../values/solve.js';
import type { Term } from '../../values/terms.js';
import { typedOf } from '../../values/types.js';
import { createValues } from '../../values/values.js';
import type { Values } from '../../values/values.js';
import type { Event, Site } from '../model/exploration.js';
import { forked, leavesOf, threadsOf, withThread } from '../model/computing.js';
import { areBeside } from '../model/running-threads.js';
import { slotOf } from '../model/system.js';
import type { Instance, LocalState, System } from '../model/system.js';
import { channelOf } from '../model/channel.js';
import { mostLocalSteps } from '../limits.js';

/** A thread, and the way to it; or a machine that has none. */
type Leaf = ReturnType<typeof leavesOf>[number];

export interface Replay {
  readonly values: Values;
  /** What has to be true for the decisions to come out as they did, in their order. */
  readonly hold: readonly Term[];
  /** What must not fail, for what was computed to have a value. */
  readonly defined: ReadonlySet<Term>;
  /** Where a machine stands. */
  at(machine: number): LocalState;
  /**
   * Goes on with what a machine does by itself, up to a place, or, without one, to where it sends, receives, decides or
   * ends; of threads, with those that lead to the place.
   * @returns whether it comes there
   */
  advance(machine: number, to?: LocalState): boolean;
  /** What has to be true for a decision to come out in one way, by its answer or its branch. */
  conditions(at: LocalState, way: number): readonly Term[];
  /** Does what an event says; false where its machine does not come there. */
  follow(event: Event): boolean;
}

/**
 * The beginning of a run.
 * @param values an evaluator; where several runs are compared, one for all, which computes once what they have in
 *   common Cost of what is done in it: linear in the steps, and in what machines compute
 */
export function createReplay(system: System, values: Values = createValues()): Replay {
  const { algebra } = values;
  const size = system.names.length;
  const places = [...system.roots];
  const env = new Map<string, Term>();
  const queues = new Map<number, { readonly site: Site; readonly payload: Term }[]>();
  const hold: Term[] = [];
  const defined = new Set<Term>();
  let unknowns = 0;
  const fresh: Frame['fresh'] = (type) => algebra.terms.unknown(unknowns++, type);
  const compute = ({ instance }: LocalState, expr: Expr): Term => {
    const { cfg } = instance;
    const value = values.evaluate(expr, cfg.scope, {
      fresh,
      missing: (_, type) => fresh(type),
      variable(name) {
        if (!cfg.variables.has(name)) return undefined;
        const slot = slotOf(instance, name);
        let known = env.get(slot);
        if (!known) env.set(slot, (known = fresh(undefined)));
        return known;
      },
    });
    if (mayFail(value)) defined.add(value);
    return value;
  };
  const set = (instance: Instance, variable: string, value: Term): void =>
    void env.set(slotOf(instance, variable), value);
  const take = (instance: Instance, into: Target | undefined, value: Term): void => {
    if (into) for (const [name, part] of values.parts(into, value, instance.cfg.scope)) set(instance, name, part);
  };
  const shared = new Map<string, Term>();
  for (const { instance } of system.roots) {
    const { process, scope, shared: common } = instance.cfg;
    for (const {
      name: { text },
      type,
    } of process.params) {
      const value = (common.has(text) ? shared.get(text) : undefined) ?? fresh(typedOf(scope).type(type));
      // What all know is one value.
      if (common.has(text)) shared.set(text, value);
      set(instance, text, value);
    }
  }

  /**
   * What is decided by, at the place that a machine has come to: computed once, since the host may answer otherwise the
   * next time.
   */
  const decided = new Map<number, { readonly at: LocalState; readonly value: Term }>();
  const deciding = (at: LocalState, expr: Expr): Term => {
    const known = decided.get(at.machine);
    if (known?.at === at) return known.value;
    const value = compute(at, expr);
    decided.set(at.machine, { at, value });
    return value;
  };

  /** Where a thread of a machine comes to by itself; undefined where it does not. */
  const next = (at: LocalState): LocalState | undefined => {
    const { node, instance } = at;
    switch (node.kind) {
      case 'skip':
        if (node.action.kind === 'effect') compute(at, node.action.value);
        return system.goto(at, node.next);
      case 'owe':
        return system.goto(at, node.next);
      case 'fork':
        return forked(system, at);
      case 'assign':
        take(instance, node.action.into, compute(at, node.action.value));
        return system.goto(at, node.next);
      case 'call': {
        const callee = system.enter(at, node.action, node.next);
        if (!callee) return undefined;
        const inputs = node.action.args.find((a) => a.role.key === instance.cfg.name)?.inputs ?? [];
        const given = inputs.map((input) => compute(at, input));
        for (const variable of callee.instance.cfg.variables) env.delete(slotOf(callee.instance, variable));
        callee.instance.cfg.process.params.forEach((param, i) =>
          set(callee.instance, param.name.text, given[i] ?? fresh(undefined)),
        );
        return callee;
      }
      case 'end': {
        const { caller, into } = instance;
        if (!caller) return undefined;
        if (into) take(caller.instance, into, node.returns ? compute(at, node.returns) : fresh(undefined));
        return caller;
      }
      case 'choice':
      case 'decide':
      case 'hole':
      case 'join':
      case 'match':
      case 'receive':
      case 'send':
        return undefined;
    }
  };
  /** Puts a thread somewhere else. */
  const put = ({ leaf: { machine }, path }: Leaf, to: LocalState): void =>
    void (places[machine] = withThread(system, places[machine] as LocalState, path, to));
  const step = (from: Leaf): boolean => {
    const to = next(from.leaf);
    if (to) put(from, to);
    return to !== undefined;
  };
  const leaves = (machine: number): readonly Leaf[] => leavesOf(places[machine] as LocalState);
  /** Whether a thread may be on its way to a place: it is none of those beside the one that the place belongs to. */
  const leadsTo = (from: LocalState, to: LocalState): boolean => !areBeside(system.thread(from), system.thread(to));
  const advance = (machine: number, to?: LocalState): boolean => {
    // Where several are, each has to come to its place.
    if (to?.threads) return threadsOf(to).every((thread) => advance(machine, thread)) && places[machine] === to;
    for (let steps = 0; steps < mostLocalSteps; steps++) {
      if (to && threadsOf(places[machine] as LocalState).includes(to)) return true;
      if (!leaves(machine).some((leaf) => (!to || leadsTo(leaf.leaf, to)) && step(leaf)))
        return to === undefined && places[machine]?.node.kind !== 'call';
    }
    return false;
  };
  /** What is left of an `at` is done at once. */
  const finish = (machine: number): void => {
    for (let inside = true; inside;) inside = leaves(machine).some((leaf) => system.isInside(leaf.leaf) && step(leaf));
  };

  const conditions = (at: LocalState, way: number): readonly Term[] => {
    const {
      node,
      instance: {
        cfg: { scope },
      },
    } = at;
    if (node.kind === 'decide') {
      const answer = deciding(at, node.action.condition);
      return [way === 0 ? answer : algebra.op('not', answer)];
    }
    if (node.kind !== 'match') return [];
    const value = deciding(at, node.action.value);
    const taken = node.cases[way];
    return [
      ...node.cases.slice(0, way).map(({ pattern }) => algebra.op('not', values.fits(pattern, value, scope))),
      ...(taken ? [values.fits(taken.pattern, value, scope)] : []),
    ];
  };

  const follow = (event: Event): boolean => {
    const { before } = event;
    const { machine, node, instance } = before;
    // The first that was sent at the same place: it stands behind those that are left to other threads.
    const taken = (channel: number, { cfg, node: sent }: Site): Term | undefined => {
      const queue = queues.get(channel) ?? [];
      const at = queue.findIndex(({ site }) => site.cfg === cfg && site.node === sent);
      queues.set(
        channel,
        queue.filter((_, i) => i !== at),
      );
      return queue[at]?.payload;
    };
    if (event.kind === 'drop') return taken(event.channel, event.sender) !== undefined;
    if (!advance(machine, before)) return false;
    const leaf = leaves(machine).find((each) => each.leaf === before);
    if (!leaf) return false;
    const { scope } = instance.cfg;
    const go = (to: number | undefined): boolean => {
      if (to === undefined) return false;
      put(leaf, system.goto(before, to));
      finish(machine);
      return true;
    };
    if (event.kind === 'step') {
      const done = step(leaf);
      finish(machine);
      return done;
    }
    if (event.kind === 'decide' && node.kind === 'decide') {
      hold.push(...conditions(before, event.answer ? 0 : 1));
      decided.delete(machine);
      return go(event.answer ? node.yes : node.no);
    }
    if (event.kind === 'branch' && node.kind === 'match') {
      hold.push(...conditions(before, event.branch));
      const taken = node.cases[event.branch];
      if (taken)
        for (const [name, part] of values.bindings(taken.pattern, deciding(before, node.action.value), scope))
          set(instance, name, part);
      decided.delete(machine);
      return go(taken?.next ?? node.otherwise);
    }
    if (event.kind === 'branch' && node.kind === 'choice') return go(node.branches[event.branch]);
    if (event.kind === 'send' && node.kind === 'send') {
      const { value, label } = node.action;
      const [type] = label?.types ?? [];
      const payload = value ? compute(before, value) : fresh(type && typedOf(scope).type(type));
      queues.set(event.channel, [
        ...(queues.get(event.channel) ?? []),
        { site: { cfg: instance.cfg, node: before.nodeId }, payload },
      ]);
      return go(node.next);
    }
    if (event.kind === 'receive' && node.kind === 'receive') {
      const option = node.options[event.option];
      const payload = taken(event.channel, event.sender);
      if (!option || !payload || event.channel !== channelOf(event.from, machine, size)) return false;
      take(instance, option.branch.into, payload);
      return go(option.next);
    }
    return false;
  };

  return { values, hold, defined, at: (machine) => places[machine] as LocalState, advance, conditions, follow };
}
