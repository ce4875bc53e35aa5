// The processes of a system as communicating automata: what a process computes on its own belongs to the move before
// it. Where no value decides anything, a move leads to the same states whenever it is taken; else, to the same for the
// same data.
import { isRendezvous } from './automata.js';
import type { Automata, Move, Part, Start, State } from './automata.js';
import { computingOf, leavesOf, runningAt, wholeOf } from './computing.js';
import type { Draft } from './computing.js';
import { slotOf } from './system.js';
import { dataTable } from './data.js';
import type { Data } from './data.js';
import type { Event, Exploration, Site } from './exploration.js';
import type { LocalState, RunningThread, System } from './system.js';
import { noFacts } from '../../values/facts.js';
import type { Term } from '../../values/terms.js';
import { createValues } from '../../values/values.js';
import { constantsOf, createWidening } from './widening.js';
import type { Precision } from './widening.js';
import type { NodeId, ControlFlowGraph } from './control-flow.js';
import { channelOf } from './channel.js';
import { droppedNext, oweOneLess, owes, owesNothing } from './owed.js';
import type { Owed } from './owed.js';

export interface Processes extends Automata {
  /** The place in the text that a state stands for. */
  place(state: State): LocalState;
  /** The same of a thread. */
  placeOf(part: Part): LocalState;
  /** Where a message of a channel is sent. */
  site(channel: number, message: number): Site;
  /** What happens in a move that was followed, on one of its ways. */
  events(state: State, move: Move, data: number, message: number, position: number, way: number): readonly Event[];
  /** What happens before one of the starts. */
  startEvents(start: number): readonly Event[];
  /** The places that were reached so far, in the moves that were followed. */
  readonly visited: Exploration['visited'];
  readonly taken: Exploration['taken'];
  pairs(): Exploration['pairs'];
}

/** One way on, with what happens on it. */
interface Way {
  readonly state: number;
  readonly data: number;
  readonly events: readonly Event[];
}

/** A part of a state, with its place. */
interface KnownPart extends Part {
  readonly place: LocalState;
}

/** What does a move. */
interface Doing {
  readonly leaf: LocalState;
  /** The way to the thread. */
  readonly path: readonly number[];
  /** For each that receives, which option of the node it takes. */
  readonly option: number;
}

/** A state, with what was found out of its moves so far. */
interface Known extends State {
  readonly place: LocalState;
  readonly parts: readonly KnownPart[];
  /** The messages that are to be dropped. */
  readonly owing: Owed;
  /** What drops them, in the order of `drops`. */
  readonly droppers: Owed['of'];
  /** For each move where it is done. */
  readonly done: readonly Doing[];
  /**
   * For each move, those that drop a message last, where it leads: by the data where values are kept track of, and by
   * the place in the queue, else one for all.
   */
  readonly leads: readonly Map<number, Int32Array>[];
  readonly plain: (Int32Array | undefined)[];
  /** For each move that receives, the messages that came. */
  readonly came: readonly boolean[][];
}

/** More than there are data. */
const mostData = 2 ** 32;

/** Symbols are numbered from 0 in what is kept; new ones come after any of those. */
const newSymbols = 1_000_000;

/**
 * The automata of a system.
 * @param interrupted asked now and then; true leaves out what was not looked at yet
 * @param precision how many values that are computed are told apart
 * Cost: a state, and where a move leads, is worked out once, or once for each data
 */
export function processesOf(system: System, interrupted?: () => boolean, precision: Precision = 'coarse'): Processes {
  const size = system.names.length;
  const rendezvous = isRendezvous(system.channels);
  const values = createValues();
  const widening = createWidening(precision);
  const table = dataTable(values.algebra, size ** 2, constantsOf(system.cfgs), precision);
  const datas: Data[] = [table.empty];
  const tracking = system.relevance.any;
  const labels = new Map<string, number>();
  const messages: Site[][] = [];
  const messageLabels: number[][] = [];
  const states: Known[][] = system.names.map(() => []);
  /** The machine of each thread, by its number. */
  const machines: number[] = [];
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
    const sites = (messages[channel] ??= []);
    let id = sites.findIndex((s) => s.cfg === cfg && s.node === nodeId);
    if (id < 0) {
      id = sites.push({ cfg, node: nodeId }) - 1;
      (messageLabels[channel] ??= []).push(label);
    }
    return id;
  };

  /** Labels as numbers; one set for the same. */
  const sets = new Map<string, ReadonlySet<number>>();
  const asNumbers = new WeakMap<ReadonlySet<string>, ReadonlySet<number>>();
  const labelSet = (all: ReadonlySet<string> | undefined): ReadonlySet<number> | undefined => {
    if (!all || all.size === 0) return undefined;
    let known = asNumbers.get(all);
    if (!known) {
      const numbers = [...all].map(labelId).sort((a, b) => a - b);
      known = sets.get(numbers.join()) ?? new Set(numbers);
      sets.set(numbers.join(), known);
      asNumbers.set(all, known);
    }
    return known;
  };
  const actorOf = (thread: RunningThread | undefined, machine: number): number => {
    if (!thread) return machine;
    machines[thread.id] = machine;
    return size - 1 + thread.id;
  };
  const passing = (thread: RunningThread | undefined, peer: number): Pick<Move, 'passes'> => {
    const passes = rendezvous ? undefined : labelSet(thread?.passes.get(peer));
    return passes ? { passes } : {};
  };

  /** Whether something is kept of which message of a quorum comes at which place. */
  const isOrdered = ({ node, instance: { cfg } }: LocalState): boolean => {
    const lists = node.kind === 'receive' && node.gather ? [node.gather.variable, node.gather.quorum?.by] : [];
    return lists.some((list) => list !== undefined && system.relevance.isRelevant(cfg, list.text));
  };

  /** What a thread does next, or a machine that has none; `from` is how many moves there are before. */
  const partOf = (
    leaf: LocalState,
    path: readonly number[],
    owing: Owed,
    from: number,
  ): { readonly part: KnownPart; readonly done: readonly Doing[] } => {
    const { node, machine } = leaf;
    const thread = system.thread(leaf);
    const actor = actorOf(thread, machine);
    const moves: Move[] = [];
    const done: Doing[] = [];
    const add = (move: Omit<Move, 'index' | 'actor'>, option = -1): void => {
      moves.push({ ...move, index: from + moves.length, actor });
      done.push({ leaf, path, option });
    };
    switch (node.kind) {
      case 'hole':
      case 'join':
        break;
      case 'send': {
        const peer = system.peer(leaf, node.peer);
        if (peer === undefined || peer === machine) break;
        const channel = channelOf(machine, peer, size);
        const label = labelId(node.label);
        add({ kind: 'send', channel, peer, label, message: messageId(channel, leaf, label) });
        break;
      }
      case 'receive':
        node.options.forEach((option, i) => {
          const peer = system.peer(leaf, option.peer);
          // What is to be dropped comes first.
          if (peer !== undefined && !owes(owing, peer, thread))
            add(
              {
                kind: 'receive',
                channel: channelOf(peer, machine, size),
                peer,
                label: labelId(option.label),
                message: -1,
                ...passing(thread, peer),
              },
              i,
            );
        });
        break;
      case 'end':
        if (leaf.instance.caller) add({ kind: 'local', channel: -1, peer: -1, label: -1, message: -1 });
        break;
      case 'assign':
      case 'call':
      case 'choice':
      case 'decide':
      case 'fork':
      case 'match':
      case 'owe':
      case 'skip':
        add({ kind: 'local', channel: -1, peer: -1, label: -1, message: -1 });
    }
    const kind =
      node.kind === 'hole'
        ? 'unknown'
        : node.kind === 'send' || node.kind === 'receive'
          ? node.kind
          : node.kind === 'end' && !leaf.instance.caller
            ? 'end'
            : 'local';
    const part: KnownPart = {
      contended: system.isStep(leaf),
      alone:
        thread !== undefined &&
        !system.isStep(leaf) &&
        moves.length > 0 &&
        moves.every((move) =>
          move.kind === 'send'
            ? !thread.sendsBeside.has(move.peer)
            : move.kind === 'receive' && labelSet(thread.beside.get(move.peer))?.has(move.label) !== true,
        ),
      kind,
      actor,
      moves,
      place: leaf,
      rests: kind === 'receive' && (system.roots[machine] as LocalState).instance.cfg.server,
      key: `${machine}.${leaf.id}`,
      senders:
        node.kind === 'receive' ? [...new Set(node.options.flatMap((o) => system.peer(leaf, o.peer) ?? []))] : [],
      ...(node.kind === 'receive' && node.needed !== undefined
        ? { quorum: { needed: node.needed, ordered: isOrdered(leaf) } }
        : {}),
      passes: (sender) => labelSet(thread?.passes.get(sender)),
      isShared: (sender, label) => labelSet(thread?.beside.get(sender))?.has(label) === true,
      owes: (sender) => owes(owing, sender, thread),
    };
    return { part, done };
  };
  const stateOf = (place: LocalState, owing: Owed): Known => {
    const isOwing = owing !== owesNothing;
    let state = isOwing ? byOwed.get(`${place.id} ${owing.key}`) : byPlace.get(place);
    if (!state) {
      const { machine } = place;
      const all: ReturnType<typeof partOf>[] = [];
      let from = 0;
      for (const { leaf, path } of leavesOf(place)) {
        const made = partOf(leaf, path, owing, from);
        all.push(made);
        from += made.done.length;
      }
      const parts = all.map(({ part }) => part).filter(({ kind }) => kind !== 'end');
      // Where one thread is not known, nothing is.
      const kinds = new Set(parts.map((part) => part.kind));
      const [first] = kinds;
      const kind = first === undefined ? 'end' : kinds.has('unknown') ? 'unknown' : kinds.size > 1 ? 'mixed' : first;
      const moves = kind === 'unknown' ? [] : parts.flatMap((part) => part.moves);
      // Of one sender, what comes first is dropped first.
      const droppers = droppedNext(owing);
      const drops = droppers.map(({ peer, label, owner }, i): Move => ({
        kind: 'receive',
        index: moves.length + i,
        channel: channelOf(peer, machine, size),
        peer,
        label,
        message: -1,
        actor: machine,
        ...passing(owner, peer),
      }));
      const { sends, receives, sent, taken: awaited, unknown } = system.future(place);
      const own = states[machine] as Known[];
      state = {
        machine,
        index: own.length,
        kind,
        moves,
        drops,
        dropsAlone: droppers.every(({ peer, label, owner }) => labelSet(owner?.beside.get(peer))?.has(label) !== true),
        owed: Math.max(0, ...owing.of.map(({ count }) => count)),
        place,
        owing,
        droppers,
        parts,
        threads: place.threads !== undefined,
        rests: parts.length === 1 && parts[0]?.rests === true,
        senders: [...new Set(parts.flatMap((part) => part.senders))],
        sendsTo: Uint8Array.from(system.names, (_, m) => (unknown || sends.has(m) ? 1 : 0)),
        receivesFrom: Uint8Array.from(system.names, (_, m) =>
          unknown || receives.has(m) || owing.of.some(({ peer }) => peer === m) ? 1 : 0,
        ),
        maySendBut: (to, but) =>
          unknown ||
          (system.threaded ? [...(labelSet(sent.get(to)) ?? [])].some((label) => !but.has(label)) : sends.has(to)),
        mayReceive: (from, label) =>
          unknown ||
          owing.of.some((each) => each.peer === from && each.label === label) ||
          (system.threaded ? labelSet(awaited.get(from))?.has(label) === true : receives.has(from)),
        leads: [...moves, ...drops].map(() => new Map()),
        plain: [],
        came: moves.map(() => []),
        done: moves.length === 0 ? [] : all.flatMap(({ done }) => done),
      };
      own.push(state);
      if (isOwing) byOwed.set(`${place.id} ${owing.key}`, state);
      else byPlace.set(place, state);
      leavesOf(place).forEach(({ leaf }) => {
        reach(leaf);
      });
    }
    return state;
  };

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
    for (let m = 0; m < size; m++)
      wanted.push(...(m === machine ? own : others.filter((slot) => slots.get(slot) === m)));
    const data = table.intern(d.env, wanted, d.values, d.facts);
    datas[data.id] = data;
    return data.id;
  };
  const computing = computingOf({
    system,
    values,
    widening,
    reach,
    labelId,
    isOver,
    tooMany: () => {
      if (!replaying) leftOut ??= 'states';
    },
    keyOf: (d) => {
      const whole = wholeOf(system, d);
      return `${whole.id} ${d.owed.key} ${dataOf({ ...d, state: whole }, whole.machine)}`;
    },
  });
  const { assign, copy, fresh, inputType, settle, take, valueOf } = computing;
  const finish = (d: Draft): Way[] =>
    isOver() ? [] : [{ state: stateOf(d.state, d.owed).index, data: dataOf(d, d.state.machine), events: d.events }];

  const waysOf = (
    { place, done, owing, moves, droppers }: Known,
    move: Move,
    data: number,
    message: number,
    position: number,
    most = Infinity,
  ): Way[] => {
    const before = datas[data] as Data;
    const d: Draft = {
      state: place,
      owed: owing,
      env: new Map(before.env),
      values: tracking ? [...before.values] : [],
      facts: before.facts,
      events: [],
      symbols: tracking ? newSymbols : 0,
    };
    /** Takes a message out of its queue, and gives its value. */
    const taken = (): Term | undefined => {
      const queue = d.values[move.channel] ?? [];
      if (tracking) d.values[move.channel] = queue.toSpliced(position, 1);
      return queue[position];
    };
    if (move.index >= moves.length) {
      taken();
      d.owed = oweOneLess(owing, move.peer, droppers[move.index - moves.length]?.owner);
      d.events.push({
        kind: 'drop',
        before: place,
        channel: move.channel,
        from: move.peer,
        sender: messages[move.channel]?.[message] as Site,
      });
      return finish(d);
    }
    const { path, option: chosen } = done[move.index] as Doing;
    Object.assign(d, runningAt(place, path));
    const { state: leaf } = d;
    const { node } = leaf;
    if (move.kind === 'send' && node.kind === 'send') {
      d.events.push({ kind: 'send', before: leaf, channel: move.channel, to: move.peer });
      if (tracking) {
        const { value } = node.action;
        const payload = value && system.relevance.isSent(node.label) ? valueOf(d, leaf, value) : fresh(d);
        d.values[move.channel] = [...(d.values[move.channel] ?? []), payload];
      }
      d.state = system.goto(leaf, node.next);
    } else if (move.kind === 'receive' && node.kind === 'receive') {
      const option = node.options[chosen];
      if (!option) return [];
      const value = taken();
      take(d, leaf.instance, option.branch.into, () => value ?? fresh(d));
      d.events.push({
        kind: 'receive',
        before: leaf,
        channel: move.channel,
        from: move.peer,
        option: chosen,
        sender: messages[move.channel]?.[message] as Site,
      });
      d.state = system.goto(leaf, option.next);
    } else if (system.isStep(leaf) && node.kind !== 'decide' && node.kind !== 'match')
      d.events.push({ kind: 'step', before: leaf });
    return settle(d, move.kind === 'local', most).flatMap(finish);
  };
  const packed = (ways: readonly Way[]): Int32Array => Int32Array.from(ways.flatMap((w) => [w.state, w.data]));

  const begin = (machines: readonly number[]): { start: Start; events: readonly Event[] }[] => {
    const first: Draft = {
      state: system.roots[0] as LocalState,
      owed: owesNothing,
      env: new Map(),
      values: tracking ? Array.from({ length: size * size }, () => []) : [],
      facts: noFacts,
      events: [],
      symbols: newSymbols,
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
    let drafts: { d: Draft; places: LocalState[]; owed: Owed[] }[] = [
      { d: first, places: [...system.roots], owed: system.roots.map(() => owesNothing) },
    ];
    for (const machine of machines) {
      drafts = drafts.flatMap(({ d, places, owed }) =>
        isOver()
          ? []
          : settle({ ...copy(d), state: system.roots[machine] as LocalState, owed: owesNothing }, false).map(
              (next) => ({
                d: next,
                places: places.map((p, m) => (m === machine ? next.state : p)),
                owed: owed.map((o, m) => (m === machine ? next.owed : o)),
              }),
            ),
      );
    }
    return drafts.flatMap(({ d, places, owed }) => {
      if (isOver()) return [];
      let data = 0;
      if (tracking) {
        const made = table.intern(d.env, places.flatMap(ownSlots), d.values, d.facts);
        datas[made.id] = made;
        data = made.id;
      }
      return [
        { start: { states: places.map((p, m) => stateOf(p, owed[m] ?? owesNothing).index), data }, events: d.events },
      ];
    });
  };
  let begun: ReturnType<typeof begin> = [];

  return {
    size,
    channels: system.channels,
    keepsData: tracking,
    threaded: system.threaded,
    machineOf: (actor) => (actor < size ? actor : (machines[actor - size + 1] ?? -1)),
    dropping: system.cfgs.some(({ nodes }) => nodes.some(({ kind }) => kind === 'owe')),
    visited,
    taken,
    work: table.work,
    leftOut: () => leftOut,
    state: (machine, index) => states[machine]?.[index] as Known,
    place: (state) => (state as Known).place,
    placeOf: (part) => (part as KnownPart).place,
    site: (channel, message) => messages[channel]?.[message] as Site,
    label: (channel, message) => messageLabels[channel]?.[message] as number,
    starts(machines) {
      begun = begin(machines);
      return begun.map(({ start }) => start);
    },
    startEvents: (start) => begun[start]?.events ?? [],
    follow(state, move, data, message, position) {
      const known = state as Known;
      const at = move.index;
      if (move.kind === 'receive' && at < known.moves.length) {
        const came = known.came[at] as boolean[];
        if (came[message] !== true) {
          came[message] = true;
          const { leaf, option } = known.done[at] as Doing;
          taken.get(leaf.instance.cfg)?.add(`${leaf.nodeId}:${option}`);
        }
      }
      if (!tracking) return (known.plain[at] ??= packed(waysOf(known, move, 0, message, position)));
      const leads = known.leads[at] as Map<number, Int32Array>;
      const key = data + position * mostData;
      let ways = leads.get(key);
      if (!ways) leads.set(key, (ways = packed(waysOf(known, move, data, message, position))));
      return ways;
    },
    events(state, move, data, message, position, way) {
      replaying = true;
      const ways = waysOf(state as Known, move, data, message, position, way + 1);
      replaying = false;
      return ways[way]?.events ?? [];
    },
    pairs: () =>
      states.flat().flatMap((state) =>
        state.moves.flatMap((move, at) =>
          (state.came[at] ?? []).flatMap((came, message) => {
            const sender = messages[move.channel]?.[message];
            const receiver = state.done[at];
            return came && sender && receiver
              ? [
                  {
                    sender,
                    receiver: { cfg: receiver.leaf.instance.cfg, node: receiver.leaf.nodeId },
                    option: receiver.option,
                  },
                ]
              : [];
          }),
        ),
      ),
  };
}
