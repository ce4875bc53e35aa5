// One step of a system: what a machine can do in a configuration, and what it then computes on its own.
import { bindings, dataTable, decide, fits } from './data.js';
import type { Data, Decisions } from './data.js';
import type { Event, Site } from './engine.js';
import { slotOf } from './system.js';
import type { Instance, LocalState, System } from './system.js';
import type { Expr } from '../ir/expression.js';
import { evaluate, evaluateCondition } from './term.js';
import type { Term, Valuation } from './term.js';

export interface Configuration {
  /** The state of each machine. */
  readonly states: readonly LocalState[];
  /** The messages in each channel that holds any, oldest first: channel `p * n + q` leads from machine p to machine q. */
  readonly queues: ReadonlyMap<number, readonly number[]>;
  readonly data: Data;
}

export interface Message extends Site {
  readonly label: string;
}

export interface Outcome {
  readonly configuration: Configuration;
  readonly events: readonly Event[];
}

/** `blocked`: the machine can't move now. `limited`: it could, were there no bound on what is explored. */
export type Readiness = 'blocked' | 'limited' | 'ready';

export interface Stepper {
  /** The first configurations; only the given machines are made to run. */
  initial(machines: readonly number[]): readonly Outcome[];
  /** Whether a machine can move; in a rendezvous, the sender acts for both. */
  ready(configuration: Configuration, machine: number): Readiness;
  /** What a machine that is ready can do. */
  moves(configuration: Configuration, machine: number): readonly Outcome[];
  message(id: number): Message;
  key(configuration: Configuration): string;
  /** What keeping track of values has cost so far, in characters. */
  work(): number;
}

/** A configuration in the making. */
interface Draft {
  states: LocalState[];
  readonly queues: Map<number, readonly number[]>;
  env: Map<string, Term>;
  values: (readonly Term[])[];
  known: Decisions;
  readonly events: Event[];
  symbols: number;
}

/**
 * Steps of a system.
 * @param system the system
 * @param buffer the most messages that a queue may hold in what is explored
 * @param reach told every state that a machine comes to, the passing ones too
 */
export function stepperOf(system: System, buffer: number, reach: (state: LocalState) => void): Stepper {
  const size = system.names.length;
  const table = dataTable(system.names.length ** 2);
  const messages: Message[] = [];
  const messageIds = new Map<LocalState['instance']['template'], Map<number, number>>();
  const tracking = system.relevance.any;
  const { channels } = system;
  const rendezvous = channels.kind === 'sync' || (channels.kind === 'buffer' && channels.size <= 0);

  const messageOf = ({ instance: { template }, nodeId, node }: LocalState): number => {
    let ids = messageIds.get(template);
    if (!ids) messageIds.set(template, ids = new Map());
    let id = ids.get(nodeId);
    if (id === undefined) {
      ids.set(nodeId, id = messages.length);
      messages.push({ template, node: nodeId, label: node.kind === 'send' ? node.label : '' });
    }
    return id;
  };

  const draftOf = (c: Configuration): Draft => ({
    states: [...c.states], queues: new Map(c.queues), env: new Map(c.data.env), values: tracking ? [...c.data.values] : [], known: c.data.known, events: [],
    // Symbols are numbered from 0 in what is stored; new ones come after any of those.
    symbols: tracking ? 1_000_000 : 0,
  });
  const copy = (d: Draft): Draft => ({ ...d, states: [...d.states], queues: new Map(d.queues), env: new Map(d.env), values: [...d.values], events: [...d.events] });
  const finish = (d: Draft): Outcome => {
    const data = tracking ? table.intern(d.env, d.states.flatMap((s) => system.slots(s)), d.values, d.known) : table.empty;
    return { configuration: { states: d.states, queues: d.queues, data }, events: d.events };
  };

  const fresh = (d: Draft): Term => `#${d.symbols++}`;
  const valuation = (d: Draft, instance: Instance): Valuation => ({
    scope: instance.template.scope,
    fresh: () => fresh(d),
    variable(name) {
      if (!instance.template.variables.has(name)) return undefined;
      const slot = slotOf(instance, name);
      let value = d.env.get(slot);
      // A variable that nobody gave a value yet: unknown, but one value from now on.
      if (value === undefined) d.env.set(slot, value = fresh(d));
      return value;
    },
  });
  const valueOf = (d: Draft, state: LocalState, expr: Expr): Term => evaluate(expr, valuation(d, state.instance));
  const assign = (d: Draft, instance: Instance, variable: string, value: () => Term): void => {
    if (system.relevance.isRelevant(instance.template, variable)) d.env.set(slotOf(instance, variable), value());
  };

  /** Runs what a machine does on its own, up to where it sends, receives or ends, or comes round again. */
  const settle = (first: Draft, machine: number): Draft[] => {
    const done: Draft[] = [];
    const work: { d: Draft; seen: ReadonlySet<number> }[] = [{ d: first, seen: new Set() }];
    for (let item = work.pop(); item; item = work.pop()) {
      const { d } = item;
      const state = d.states[machine] as LocalState;
      reach(state);
      const { node, instance } = state;
      const over = node.kind === 'end' && !instance.caller;
      if (over || node.kind === 'send' || node.kind === 'receive' || node.kind === 'hole' || item.seen.has(state.id)) {
        done.push(d);
        continue;
      }
      const seen = new Set(item.seen).add(state.id);
      const go = (draft: Draft, to: LocalState): void => {
        draft.states[machine] = to;
        work.push({ d: draft, seen });
      };
      switch (node.kind) {
        case 'skip': go(d, system.goto(state, node.next)); break;
        case 'assign': {
          const { variable, value } = node.action;
          assign(d, instance, variable.text, () => valueOf(d, state, value));
          go(d, system.goto(state, node.next));
          break;
        }
        case 'decide': {
          const answers = decide(evaluateCondition(node.action.condition, valuation(d, instance)), d.known);
          for (const answer of [...answers].reverse()) {
            const next = copy(d);
            next.known = answer.known;
            next.events.push({ kind: 'decide', before: state, answer: answer.value });
            go(next, system.goto(state, answer.value ? node.yes : node.no));
          }
          break;
        }
        case 'match': {
          const { scope } = instance.template;
          const value = valueOf(d, state, node.action.value);
          let open = [d];
          node.cases.forEach(({ pattern, next }, branch) => {
            const last = node.otherwise === undefined && branch === node.cases.length - 1;
            open = open.flatMap((o) => fits(pattern, value, o.known, last, scope).flatMap((answer) => {
              const way = copy(o);
              way.known = answer.known;
              if (!answer.value) return [way];
              way.events.push({ kind: 'branch', before: state, branch });
              for (const [name, part] of bindings(pattern, value, scope)) assign(way, instance, name, () => part);
              go(way, system.goto(state, next));
              return [];
            }));
          });
          const { otherwise } = node;
          const least = node.cases.at(-1);
          if (otherwise === undefined && least && work.every((w) => w.seen !== seen)) {
            // Nothing fits what is known, which is the typing's to tell: the last case stands for all that is left.
            d.events.push({ kind: 'branch', before: state, branch: node.cases.length - 1 });
            go(d, system.goto(state, least.next));
          }
          if (otherwise !== undefined) {
            for (const o of open) {
              o.events.push({ kind: 'branch', before: state, branch: node.cases.length });
              go(o, system.goto(state, otherwise));
            }
          }
          break;
        }
        case 'choice':
          node.branches.forEach((next, branch) => {
            const way = copy(d);
            way.events.push({ kind: 'branch', before: state, branch });
            go(way, system.goto(state, next));
          });
          break;
        case 'call': {
          const callee = system.enter(state, node.action, node.next);
          if (!callee) {
            reach(state);
            d.states[machine] = system.lost(state);
            done.push(d);
            break;
          }
          const { params } = callee.instance.template.process;
          const inputs = node.action.args.find((a) => a.role.text === instance.template.name)?.inputs ?? [];
          const values = params.map((param, i) => {
            const input = inputs[i];
            const wanted = input && system.relevance.isRelevant(callee.instance.template, param.name.text);
            return wanted ? valueOf(d, state, input) : undefined;
          });
          for (const variable of callee.instance.template.variables) d.env.delete(slotOf(callee.instance, variable));
          params.forEach((param, i) => assign(d, callee.instance, param.name.text, () => values[i] ?? fresh(d)));
          go(d, callee);
          break;
        }
        case 'end': {
          const { caller, target } = instance;
          if (!caller) break;
          const { returns } = node;
          if (target !== undefined) assign(d, caller.instance, target, () => (returns ? valueOf(d, state, returns) : fresh(d)));
          go(d, caller);
        }
      }
    }
    return done;
  };

  const receive = (d: Draft, state: LocalState, option: number, from: number, sender: Message, value: Term | undefined): void => {
    if (state.node.kind !== 'receive') return;
    const chosen = state.node.options[option];
    if (!chosen) return;
    const { variable } = chosen.branch;
    if (variable) assign(d, state.instance, variable.text, () => value ?? fresh(d));
    d.events.push({ kind: 'receive', before: state, channel: from * size + state.machine, from, option, sender });
    d.states[state.machine] = system.goto(state, chosen.next);
  };

  const optionFor = (state: LocalState, from: number, label: string): number =>
    (state.node.kind === 'receive' ? state.node.options.findIndex((o) => o.label === label && system.peer(state, o.peer) === from) : -1);

  const payload = (d: Draft, state: LocalState): Term => {
    if (state.node.kind !== 'send') return '';
    const { value } = state.node.action;
    return value && system.relevance.isSent(state.node.label) ? valueOf(d, state, value) : fresh(d);
  };

  return {
    message: (id) => messages[id] as Message,
    work: table.work,
    initial(machines) {
      const first: Draft = {
        states: [...system.roots], queues: new Map(), env: new Map(),
        values: tracking ? Array.from({ length: size * size }, () => []) : [], known: new Map(), events: [], symbols: 1_000_000,
      };
      for (const { instance } of system.roots) {
        for (const param of instance.template.process.params) assign(first, instance, param.name.text, () => fresh(first));
      }
      return machines.reduce((drafts, machine) => drafts.flatMap((d) => settle(d, machine)), [first]).map(finish);
    },
    key(c) {
      let key = String.fromCharCode(c.data.id & 0xffff, c.data.id >>> 16);
      for (const s of c.states) key += String.fromCharCode(s.id & 0xffff, s.id >>> 16);
      const queues = c.queues.size > 1 ? [...c.queues].sort(([a], [b]) => a - b) : c.queues;
      for (const [channel, queue] of queues) key += String.fromCharCode(0xffff, channel, ...queue);
      return key;
    },
    ready(c, machine) {
      const state = c.states[machine] as LocalState;
      const { node } = state;
      switch (node.kind) {
        case 'hole': return 'blocked';
        case 'end': return state.instance.caller ? 'ready' : 'blocked';
        case 'send': {
          const to = system.peer(state, node.peer);
          if (to === undefined || to === machine) return 'blocked';
          if (rendezvous) return optionFor(c.states[to] as LocalState, machine, node.label) >= 0 ? 'ready' : 'blocked';
          const length = c.queues.get(machine * size + to)?.length ?? 0;
          if (channels.kind === 'buffer' && length >= channels.size) return 'blocked';
          return length >= buffer ? 'limited' : 'ready';
        }
        case 'receive': {
          if (rendezvous) return 'blocked';
          const some = node.options.some((o) => {
            const from = system.peer(state, o.peer);
            const head = from === undefined ? undefined : c.queues.get(from * size + machine)?.[0];
            return head !== undefined && messages[head]?.label === o.label;
          });
          return some ? 'ready' : 'blocked';
        }
        default: return 'ready';
      }
    },
    moves(c, machine) {
      const state = c.states[machine] as LocalState;
      const { node } = state;
      if (node.kind === 'send') {
        const to = system.peer(state, node.peer) as number;
        const channel = machine * size + to;
        const d = draftOf(c);
        d.events.push({ kind: 'send', before: state, channel, to });
        if (rendezvous) {
          const other = c.states[to] as LocalState;
          const value = tracking ? payload(d, state) : undefined;
          d.states[machine] = system.goto(state, node.next);
          receive(d, other, optionFor(other, machine, node.label), machine, messages[messageOf(state)] as Message, value);
          return settle(d, machine).flatMap((x) => settle(x, to)).map(finish);
        }
        if (tracking) d.values[channel] = [...d.values[channel] ?? [], payload(d, state)];
        d.queues.set(channel, [...c.queues.get(channel) ?? [], messageOf(state)]);
        d.states[machine] = system.goto(state, node.next);
        return settle(d, machine).map(finish);
      }
      if (node.kind !== 'receive') return settle(draftOf(c), machine).map(finish);
      const ways: Outcome[] = [];
      for (const from of new Set(node.options.map((o) => system.peer(state, o.peer)))) {
        if (from === undefined) continue;
        const channel = from * size + machine;
        const [head, ...rest] = c.queues.get(channel) ?? [];
        const message = head === undefined ? undefined : messages[head];
        const option = message ? optionFor(state, from, message.label) : -1;
        if (!message || option < 0) continue;
        const d = draftOf(c);
        if (rest.length > 0) d.queues.set(channel, rest);
        else d.queues.delete(channel);
        const [value, ...others] = d.values[channel] ?? [];
        if (tracking) d.values[channel] = others;
        receive(d, state, option, from, message, value);
        ways.push(...settle(d, machine).map(finish));
      }
      return ways;
    },
  };
}
