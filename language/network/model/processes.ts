// The processes of a system as communicating automata: what a process computes on its own belongs to the move before it. Where
// no value decides anything, a move leads to the same states whenever it is taken; else, to the same for the same data.
import type { Automata, Move, Start, State } from './automata.js';
import { dataTable } from './data.js';
import type { Data } from './data.js';
import type { Event, Exploration, Site } from './exploration.js';
import { slotOf } from './system.js';
import type { Instance, LocalState, System } from './system.js';
import type { Expr, Param } from '../../ir/expression.js';
import { namesOfTarget } from '../../ir/target.js';
import type { Target } from '../../ir/target.js';
import type { Type } from '../../typing/types.js';
import { noFacts } from '../../values/facts.js';
import type { Facts } from '../../values/facts.js';
import type { Frame } from '../../values/program.js';
import type { Term } from '../../values/terms.js';
import { typedOf } from '../../values/types.js';
import { createValues } from '../../values/values.js';
import { constantsOf, createWidening } from './widening.js';
import type { Precision } from './widening.js';
import type { GraphNode, NodeId, ControlFlowGraph } from './control-flow.js';
import { channelOf } from './channel.js';
import { droppedNext, oweMore, oweOneLess, owes, owesNothing } from './owed.js';
import type { Owed } from './owed.js';

export interface Processes extends Automata {
  /** The place in the text that a state stands for. */
  place(state: State): LocalState;
  /** Where a message of a channel is sent. */
  site(channel: number, message: number): Site;
  /** What happens in a move that was followed, on one of its ways. */
  events(state: State, move: Move, data: number, message: number, way: number): readonly Event[];
  /** What happens before one of the starts. */
  startEvents(start: number): readonly Event[];
  /** The places that were reached so far, in the moves that were followed. */
  readonly visited: Exploration['visited'];
  readonly taken: Exploration['taken'];
  pairs(): Exploration['pairs'];
}

/** What one machine computes, in the making. */
interface Draft {
  state: LocalState;
  owed: Owed;
  env: Map<string, Term>;
  values: (readonly Term[])[];
  facts: Facts;
  readonly events: Event[];
  symbols: number;
}

/** One way on, with what happens on it. */
interface Way {
  readonly state: number;
  readonly data: number;
  readonly events: readonly Event[];
}

/** A state, with what was found out of its moves so far. */
interface Known extends State {
  readonly place: LocalState;
  /** The messages that are to be dropped. */
  readonly owing: Owed;
  /** For each move, those that drop a message last, where it leads: by the data where values are kept track of, else one for all. */
  readonly leads: readonly Map<number, Int32Array>[];
  readonly plain: (Int32Array | undefined)[];
  /** For each move that receives, the messages that came. */
  readonly came: readonly boolean[][];
  /** For each move that receives, which option of the node it takes. */
  readonly options: readonly number[];
}

/** Whether a place leads on in one way only. */
const hasOneWay = ({ kind }: GraphNode): boolean => kind === 'skip' || kind === 'assign' || kind === 'call' || kind === 'owe' || kind === 'end';

/** Symbols are numbered from 0 in what is kept; new ones come after any of those. */
const newSymbols = 1_000_000;

/** So many ways from one communication to the next are looked at; more are left out. */
const mostWays = 200_000;

/** So many decisions are gone through one by one there; from then on, ways that come together with the same known of all values are one. */
const waysApart = 64;

/**
 * The automata of a system.
 * @param interrupted asked now and then; true leaves out what was not looked at yet
 * @param precision how many values that are computed are told apart
 * Cost: a state, and where a move leads, is worked out once, or once for each data
 */
export function processesOf(system: System, interrupted?: () => boolean, precision: Precision = 'coarse'): Processes {
  const size = system.names.length;
  const values = createValues();
  const { terms } = values.algebra;
  const widening = createWidening(precision);
  const table = dataTable(values.algebra, size ** 2, constantsOf(system.cfgs));
  const datas: Data[] = [table.empty];
  const tracking = system.relevance.any;
  const labels = new Map<string, number>();
  const messages: Site[][] = [];
  const messageLabels: number[][] = [];
  const states: Known[][] = system.names.map(() => []);
  const byPlace = new Map<LocalState, Known>();
  const byOwed = new Map<string, Known>();
  const visited = new Map<ControlFlowGraph, Set<NodeId>>(system.cfgs.map((t) => [t, new Set()]));
  const taken = new Map<ControlFlowGraph, Set<string>>(system.cfgs.map((t) => [t, new Set()]));

  const reach = (state: LocalState): void => void visited.get(state.instance.cfg)?.add(state.nodeId);
  const labelId = (label: string): number => {
    const id = labels.get(label) ?? labels.size;
    labels.set(label, id);
    return id;
  };
  const messageId = (channel: number, { instance: { cfg }, nodeId }: LocalState, label: number): number => {
    const sites = messages[channel] ??= [];
    let id = sites.findIndex((s) => s.cfg === cfg && s.node === nodeId);
    if (id < 0) {
      id = sites.push({ cfg, node: nodeId }) - 1;
      (messageLabels[channel] ??= []).push(label);
    }
    return id;
  };

  const movesOf = (place: LocalState, owing: Owed): Move[] => {
    const { node, machine } = place;
    switch (node.kind) {
      case 'hole': return [];
      case 'end': return place.instance.caller ? [{ kind: 'local', index: 0, channel: -1, peer: -1, label: -1, message: -1 }] : [];
      case 'send': {
        const peer = system.peer(place, node.peer);
        if (peer === undefined || peer === machine) return [];
        const channel = channelOf(machine, peer, size);
        const label = labelId(node.label);
        return [{ kind: 'send', index: 0, channel, peer, label, message: messageId(channel, place, label) }];
      }
      case 'receive': {
        const moves: Move[] = [];
        for (const option of node.options) {
          const peer = system.peer(place, option.peer);
          // What is to be dropped comes first.
          if (peer !== undefined && !owes(owing, peer)) moves.push({ kind: 'receive', index: moves.length, channel: channelOf(peer, machine, size), peer, label: labelId(option.label), message: -1 });
        }
        return moves;
      }
      case 'assign': case 'call': case 'choice': case 'decide': case 'match': case 'owe': case 'skip':
        return [{ kind: 'local', index: 0, channel: -1, peer: -1, label: -1, message: -1 }];
    }
  };
  const stateOf = (place: LocalState, owing: Owed): Known => {
    const isOwing = owing !== owesNothing;
    let state = isOwing ? byOwed.get(`${place.id} ${owing.key}`) : byPlace.get(place);
    if (!state) {
      const moves = movesOf(place, owing);
      // Of one sender, what comes first is dropped first.
      const drops = droppedNext(owing).map(({ peer, label }, i): Move => ({ kind: 'receive', index: moves.length + i, channel: channelOf(peer, place.machine, size), peer, label, message: -1 }));
      const { sends, receives, unknown } = system.future(place);
      const own = states[place.machine] as Known[];
      const { node } = place;
      const kind = node.kind === 'hole' ? 'unknown' : node.kind === 'send' || node.kind === 'receive' ? node.kind : node.kind === 'end' && !place.instance.caller ? 'end' : 'local';
      state = {
        machine: place.machine, index: own.length, kind, moves, drops, owed: Math.max(0, ...owing.of.map(({ count }) => count)), place, owing, rests: kind === 'receive' && (system.roots[place.machine] as LocalState).instance.cfg.server,
        senders: node.kind === 'receive' ? [...new Set(node.options.flatMap((o) => system.peer(place, o.peer) ?? []))] : [],
        sendsTo: Uint8Array.from(system.names, (_, m) => (unknown || sends.has(m) ? 1 : 0)),
        receivesFrom: Uint8Array.from(system.names, (_, m) => (unknown || receives.has(m) || owes(owing, m) ? 1 : 0)),
        leads: [...moves, ...drops].map(() => new Map()), plain: [], came: moves.map(() => []),
        options: node.kind === 'receive' ? node.options.flatMap((o, i) => { const peer = system.peer(place, o.peer); return peer === undefined || owes(owing, peer) ? [] : [i]; }) : [],
      };
      own.push(state);
      if (isOwing) byOwed.set(`${place.id} ${owing.key}`, state);
      else byPlace.set(place, state);
      reach(place);
    }
    return state;
  };

  const fresh = (d: Draft, type?: Type): Term => terms.unknown(d.symbols++, type);
  const frameOf = (d: Draft, instance: Instance): Frame => ({
    fresh: (type) => fresh(d, type),
    missing: (_, type) => fresh(d, type),
    variable(name) {
      if (!instance.cfg.variables.has(name)) return undefined;
      const slot = slotOf(instance, name);
      let value = d.env.get(slot);
      // A variable that nobody gave a value yet: unknown, but one value from now on.
      if (value === undefined) d.env.set(slot, value = fresh(d));
      return value;
    },
  });
  const computed = (d: Draft, { instance }: LocalState, expr: Expr): Term => values.evaluate(expr, instance.cfg.scope, frameOf(d, instance));
  /** The value of an expression that is kept, or sent. */
  const valueOf = (d: Draft, state: LocalState, expr: Expr): Term => widening.widened(expr, computed(d, state, expr), () => fresh(d, values.typeOf(expr, state.instance.cfg.scope)));
  const inputType = (instance: Instance, param: Param): Type | undefined => typedOf(instance.cfg.scope).type(param.type);
  const assign = (d: Draft, instance: Instance, variable: string, value: () => Term): void => {
    if (system.relevance.isRelevant(instance.cfg, variable)) d.env.set(slotOf(instance, variable), value());
  };
  /** Gives the variables of a target their parts of a value, which is computed once. */
  const take = (d: Draft, instance: Instance, into: Target | undefined, value: () => Term): void => {
    if (!into || !namesOfTarget(into).some(({ text }) => system.relevance.isRelevant(instance.cfg, text))) return;
    for (const [name, part] of values.parts(into, value(), instance.cfg.scope)) assign(d, instance, name, () => part);
  };
  const copy = (d: Draft): Draft => ({ ...d, env: new Map(d.env), values: [...d.values], events: [...d.events] });

  let leftOut: 'interrupted' | 'states' | undefined;
  let steps = 0;
  /** Something that was done before is done again, and is not to be counted. */
  let replaying = false;
  /** Whether what is left is to be left out. */
  const isOver = (): boolean => {
    if (replaying) return false;
    if ((++steps & 63) === 0 && interrupted?.() === true) leftOut ??= 'interrupted';
    return leftOut !== undefined;
  };
  /** Runs what a machine does on its own, up to where it sends, receives or ends, or comes round again; on `most` ways at most. */
  const settle = (first: Draft, most = Infinity): Draft[] => {
    const done: Draft[] = [];
    const work: { d: Draft; seen: Set<number> }[] = [{ d: first, seen: new Set() }];
    let decisions = 0;
    const met = new Set<string>();
    for (let item = work.pop(); item; item = work.pop()) {
      if (!replaying && work.length + done.length > mostWays) leftOut ??= 'states';
      if (done.length >= most || isOver()) break;
      const { d } = item;
      const { state } = d;
      reach(state);
      const { node, instance } = state;
      const over = node.kind === 'end' && !instance.caller;
      if (over || node.kind === 'send' || node.kind === 'receive' || node.kind === 'hole' || item.seen.has(state.id)) {
        done.push(d);
        continue;
      }
      item.seen.add(state.id);
      const own = hasOneWay(node);
      if (!own && ++decisions > waysApart) {
        const key = `${state.id} ${d.owed.key} ${dataOf(d, state.machine)}`;
        if (met.has(key)) continue;
        met.add(key);
      }
      let goesOn = false;
      const go = (draft: Draft, to: LocalState): void => {
        draft.state = to;
        goesOn = true;
        work.push({ d: draft, seen: own ? item.seen : new Set(item.seen) });
      };
      switch (node.kind) {
        case 'skip': go(d, system.goto(state, node.next)); break;
        case 'owe':
          for (const role of node.peers) {
            const peer = system.peer(state, role);
            if (peer !== undefined) d.owed = oweMore(d.owed, peer, labelId(node.label));
          }
          go(d, system.goto(state, node.next));
          break;
        case 'assign': {
          const { into, value } = node.action;
          take(d, instance, into, () => valueOf(d, state, value));
          go(d, system.goto(state, node.next));
          break;
        }
        case 'decide': {
          const answers = values.decide(computed(d, state, node.action.condition), d.facts);
          for (const answer of [...answers].reverse()) {
            const next = copy(d);
            next.facts = answer.facts;
            next.events.push({ kind: 'decide', before: state, answer: answer.value });
            go(next, system.goto(state, answer.value ? node.yes : node.no));
          }
          break;
        }
        case 'match': {
          const { scope } = instance.cfg;
          const value = computed(d, state, node.action.value);
          let open = [d];
          node.cases.forEach(({ pattern, next }, branch) => {
            const last = node.otherwise === undefined && branch === node.cases.length - 1;
            const question = values.fits(pattern, value, scope);
            open = open.flatMap((o) => values.decide(question, o.facts).flatMap((answer) => {
              if (last && !answer.value) return [];
              const way = copy(o);
              way.facts = answer.facts;
              if (!answer.value) return [way];
              way.events.push({ kind: 'branch', before: state, branch });
              for (const [name, part] of values.bindings(pattern, value, scope)) assign(way, instance, name, () => part);
              go(way, system.goto(state, next));
              return [];
            }));
          });
          const { otherwise } = node;
          const least = node.cases.at(-1);
          if (otherwise === undefined && least && !goesOn) {
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
            d.state = system.lost(state);
            done.push(d);
            break;
          }
          const { params } = callee.instance.cfg.process;
          const inputs = node.action.args.find((a) => a.role.key === instance.cfg.name)?.inputs ?? [];
          const given = params.map((param, i) => {
            const input = inputs[i];
            const wanted = input && system.relevance.isRelevant(callee.instance.cfg, param.name.text);
            return wanted ? valueOf(d, state, input) : undefined;
          });
          for (const variable of callee.instance.cfg.variables) d.env.delete(slotOf(callee.instance, variable));
          params.forEach((param, i) => assign(d, callee.instance, param.name.text, () => given[i] ?? fresh(d, inputType(callee.instance, param))));
          go(d, callee);
          break;
        }
        case 'end': {
          const { caller, into } = instance;
          if (!caller) break;
          const { returns } = node;
          take(d, caller.instance, into, () => (returns ? valueOf(d, state, returns) : fresh(d)));
          go(d, caller);
        }
      }
    }
    return done;
  };

  const slots = new Map<string, number>();
  /** The machine that a variable belongs to: told by its slots, which are in `place`s that were reached. */
  const ownSlots = (place: LocalState): readonly string[] => {
    const own = system.slots(place);
    for (const slot of own) slots.set(slot, place.machine);
    return own;
  };
  const dataOf = (d: Draft, machine: number): number => {
    if (!tracking) return 0;
    const wanted: string[] = [];
    const own = ownSlots(d.state);
    const others = [...d.env.keys()].filter((slot) => slots.has(slot) && slots.get(slot) !== machine);
    for (let m = 0; m < size; m++) wanted.push(...(m === machine ? own : others.filter((slot) => slots.get(slot) === m)));
    const data = table.intern(d.env, wanted, d.values, d.facts);
    datas[data.id] = data;
    return data.id;
  };
  const finish = (d: Draft): Way[] => (isOver() ? [] : [{ state: stateOf(d.state, d.owed).index, data: dataOf(d, d.state.machine), events: d.events }]);

  const waysOf = ({ place, options, owing, moves }: Known, move: Move, data: number, message: number, most = Infinity): Way[] => {
    const { node } = place;
    const before = datas[data] as Data;
    const d: Draft = {
      state: place, owed: owing, env: new Map(before.env), values: tracking ? [...before.values] : [], facts: before.facts, events: [], symbols: tracking ? newSymbols : 0,
    };
    if (move.index >= moves.length) {
      if (tracking) d.values[move.channel] = (d.values[move.channel] ?? []).slice(1);
      d.owed = oweOneLess(owing, move.peer);
      d.events.push({ kind: 'drop', before: place, channel: move.channel, from: move.peer, sender: messages[move.channel]?.[message] as Site });
      return finish(d);
    }
    if (move.kind === 'send' && node.kind === 'send') {
      d.events.push({ kind: 'send', before: place, channel: move.channel, to: move.peer });
      if (tracking) {
        const { value } = node.action;
        const payload = value && system.relevance.isSent(node.label) ? valueOf(d, place, value) : fresh(d);
        d.values[move.channel] = [...d.values[move.channel] ?? [], payload];
      }
      d.state = system.goto(place, node.next);
    } else if (move.kind === 'receive' && node.kind === 'receive') {
      const chosen = options[move.index] ?? -1;
      const option = node.options[chosen];
      if (!option) return [];
      const [value, ...rest] = d.values[move.channel] ?? [];
      if (tracking) d.values[move.channel] = rest;
      take(d, place.instance, option.branch.into, () => value ?? fresh(d));
      d.events.push({ kind: 'receive', before: place, channel: move.channel, from: move.peer, option: chosen, sender: messages[move.channel]?.[message] as Site });
      d.state = system.goto(place, option.next);
    }
    return settle(d, most).flatMap(finish);
  };
  const packed = (ways: readonly Way[]): Int32Array => Int32Array.from(ways.flatMap((w) => [w.state, w.data]));

  const begin = (machines: readonly number[]): { start: Start; events: readonly Event[] }[] => {
    const first: Draft = {
      state: system.roots[0] as LocalState, owed: owesNothing, env: new Map(), values: tracking ? Array.from({ length: size * size }, () => []) : [], facts: noFacts, events: [], symbols: newSymbols,
    };
    const shared = new Map<string, Term>();
    for (const root of system.roots) {
      ownSlots(root);
      for (const param of root.instance.cfg.process.params) {
        const { text } = param.name;
        // What all know is one value.
        const one = root.instance.cfg.shared.has(text) ? shared.get(text) : undefined;
        assign(first, root.instance, text, () => one ?? fresh(first, inputType(root.instance, param)));
      }
      for (const text of root.instance.cfg.shared) {
        const value = first.env.get(slotOf(root.instance, text));
        if (value) shared.set(text, value);
      }
    }
    let drafts: { d: Draft; places: LocalState[]; owed: Owed[] }[] = [{ d: first, places: [...system.roots], owed: system.roots.map(() => owesNothing) }];
    for (const machine of machines) {
      drafts = drafts.flatMap(({ d, places, owed }) => (isOver() ? [] : settle({ ...copy(d), state: system.roots[machine] as LocalState, owed: owesNothing })
        .map((next) => ({ d: next, places: places.map((p, m) => (m === machine ? next.state : p)), owed: owed.map((o, m) => (m === machine ? next.owed : o)) }))));
    }
    return drafts.flatMap(({ d, places, owed }) => {
      if (isOver()) return [];
      let data = 0;
      if (tracking) {
        const made = table.intern(d.env, places.flatMap(ownSlots), d.values, d.facts);
        datas[made.id] = made;
        data = made.id;
      }
      return [{ start: { states: places.map((p, m) => stateOf(p, owed[m] ?? owesNothing).index), data }, events: d.events }];
    });
  };
  let begun: ReturnType<typeof begin> = [];

  return {
    size, channels: system.channels, keepsData: tracking, dropping: system.cfgs.some(({ nodes }) => nodes.some(({ kind }) => kind === 'owe')), visited, taken, work: table.work, leftOut: () => leftOut,
    state: (machine, index) => states[machine]?.[index] as Known,
    place: (state) => (state as Known).place,
    site: (channel, message) => messages[channel]?.[message] as Site,
    label: (channel, message) => messageLabels[channel]?.[message] as number,
    starts(machines) {
      begun = begin(machines);
      return begun.map(({ start }) => start);
    },
    startEvents: (start) => begun[start]?.events ?? [],
    follow(state, move, data, message) {
      const known = state as Known;
      const at = move.index;
      if (move.kind === 'receive' && at < known.moves.length) {
        const came = known.came[at] as boolean[];
        if (came[message] !== true) {
          came[message] = true;
          taken.get(known.place.instance.cfg)?.add(`${known.place.nodeId}:${known.options[at] ?? -1}`);
        }
      }
      if (!tracking) return known.plain[at] ??= packed(waysOf(known, move, 0, message));
      const leads = known.leads[at] as Map<number, Int32Array>;
      let ways = leads.get(data);
      if (!ways) leads.set(data, ways = packed(waysOf(known, move, data, message)));
      return ways;
    },
    events(state, move, data, message, way) {
      replaying = true;
      const ways = waysOf(state as Known, move, data, message, way + 1);
      replaying = false;
      return ways[way]?.events ?? [];
    },
    pairs: () => states.flat().flatMap((state) => state.moves.flatMap((move, at) => (state.came[at] ?? []).flatMap((came, message) => {
      const sender = messages[move.channel]?.[message];
      return came && sender ? [{ sender, receiver: { cfg: state.place.instance.cfg, node: state.place.nodeId }, option: state.options[at] ?? -1 }] : [];
    }))),
  };
}
