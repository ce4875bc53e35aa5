// Which decisions of a run an error needs. One is not needed where the error comes as well if it goes another way: the
// run is done anew with that, all machines going on as they did, as far as they can.
import { createKnowledge } from '../../values/knowledge.js';
import type { Answer, Facts } from '../../values/facts.js';
import type { Knowledge } from '../../values/knowledge.js';
import { createValues } from '../../values/values.js';
import type { Values } from '../../values/values.js';
import type { Event, Problem, Site, Waiting } from '../model/exploration.js';
import { happens, openDecisions } from './happens.js';
import { createReplay } from './replay.js';
import type { Replay } from './replay.js';
import { causesOf, endsOf, roomOf } from './run.js';
import type { LocalState, System } from '../model/system.js';
import { channelOf } from '../model/channel.js';
import { mostRunsAnew, mostEventsMore, mostEventsOfAll, mostRoundsAlike, mostDecisionsTold } from '../limits.js';

/** A decision that goes another way than in the run. */
interface Flip {
  readonly key: string;
  /** Which time that it is made. */
  readonly time: number;
  readonly way: number;
  /** What was decided there the first time comes after it: it is made once more, as round a loop. */
  readonly more: boolean;
}

/**
 * The decisions that an error needs, in the order of its run; where there are threads, all that come before it.
 * @param events the run, see `causesOf`: one that happens
 * Cost: at most `mostRunsAnew` times that of the run, and `mostEventsOfAll` events; what was not found out by then is
 * told as needed
 */
export function neededDecisions(system: System, problem: Problem, events: readonly Event[]): readonly Event[] {
  const values = createValues();
  const open = openDecisions(system, events, values);
  // Of some, nothing that comes depends on them, whatever else is decided. The last ones first.
  const matter = open.filter((index) => !comesTogether(events[index] as Event)).reverse();
  // What threads do has no order that could be kept to.
  if (system.threaded) return matter.reverse().map((index) => events[index] as Event);
  const answers = answersIn(system, events);
  let runs = 0;
  let work = 0;
  const comesToIt = (flips: readonly Flip[]): boolean => {
    if (++runs > mostRunsAnew || work > mostEventsOfAll) return false;
    const anew = runWith(system, values, problem, events.length, answers, flips);
    work += anew.events.length;
    return anew.there && happens(system, causesOf(system, problem, anew.events), anew.ends, values) === 'yes';
  };
  const needed: number[] = [];
  /** The ways of what is not needed, each with all that it may be instead: nothing, for as it was. */
  const free: (readonly (Flip | undefined)[])[] = [];
  for (const index of matter.slice(0, mostDecisionsTold)) {
    const event = events[index] as Event;
    const others = waysOf(event).filter((way) => way !== wayOf(event));
    const key = keyOf(system, event.before);
    // How often it was made before.
    const time = events
      .slice(0, index)
      .filter((e) => (e.kind === 'decide' || e.kind === 'branch') && keyOf(system, e.before) === key).length;
    const flips = others.map((way) => [true, false].map((more): Flip => ({ key, time, way, more })));
    // Each other way leads there as well, however what is not needed goes.
    const found = flips.map((modes) =>
      modes.find((flip) => combinations(free).every((rest) => comesToIt([...rest, flip]))),
    );
    if (found.length > 0 && found.every((flip) => flip !== undefined)) free.push([undefined, ...found]);
    else needed.push(index);
  }
  return [...matter.slice(mostDecisionsTold).reverse(), ...needed.reverse()].map((index) => events[index] as Event);
}

/**
 * Whether all ways on from a decision come to one place, with nothing on the way but what says nothing of what follows,
 * as a call of the host.
 */
function comesTogether({
  before: {
    node,
    instance: { cfg },
  },
}: Event): boolean {
  const { nodes } = cfg;
  const starts = node.kind === 'decide' ? [node.yes, node.no] : node.kind === 'choice' ? node.branches : [];
  const ends = starts.map((start) => {
    let at = start;
    for (let steps = 0; steps < nodes.length; steps++) {
      const next = nodes[at];
      if (next?.kind !== 'skip' || next.action.kind !== 'effect') break;
      at = next.next;
    }
    return at;
  });
  return ends.length > 0 && ends.every((end) => end === ends[0]);
}

/** Every choice of one from each. */
function combinations<T>(all: readonly (readonly (T | undefined)[])[]): T[][] {
  return all.reduce<T[][]>(
    (made, options) => options.flatMap((option) => made.map((one) => (option === undefined ? one : [...one, option]))),
    [[]],
  );
}

/** A place where something is decided, by the machine that decides. */
function keyOf(system: System, { machine, instance, nodeId }: LocalState): string {
  return `${machine} ${system.cfgs.indexOf(instance.cfg)} ${nodeId}`;
}

/** The ways on from a decision. */
function waysOf({ before: { node } }: Pick<Event, 'before'>): readonly number[] {
  switch (node.kind) {
    case 'decide':
      return [0, 1];
    case 'match':
      return [...node.cases.keys(), ...(node.otherwise === undefined ? [] : [node.cases.length])];
    case 'choice':
      return [...node.branches.keys()];
    case 'assign':
    case 'call':
    case 'end':
    case 'fork':
    case 'hole':
    case 'join':
    case 'owe':
    case 'receive':
    case 'send':
    case 'skip':
      return [];
  }
}

/** Which of them was gone. */
function wayOf(event: Event): number {
  return event.kind === 'decide' ? (event.answer ? 0 : 1) : event.kind === 'branch' ? event.branch : -1;
}

/** How each place decides, time after time. */
function answersIn(system: System, events: readonly Event[]): ReadonlyMap<string, readonly number[]> {
  const answers = new Map<string, number[]>();
  for (const event of events) {
    if (event.kind !== 'decide' && event.kind !== 'branch') continue;
    const key = keyOf(system, event.before);
    const known = answers.get(key);
    if (known) known.push(wayOf(event));
    else answers.set(key, [wayOf(event)]);
  }
  return answers;
}

interface Anew {
  readonly events: readonly Event[];
  /** It went wrong in the same way. */
  readonly there: boolean;
  readonly ends: readonly LocalState[];
}

/** The run with some decisions gone another way, up to where it goes wrong in the same way, if it does. */
function runWith(
  system: System,
  values: Values,
  problem: Problem,
  length: number,
  answers: ReadonlyMap<string, readonly number[]>,
  flips: readonly Flip[],
): Anew {
  const replay = createReplay(system, values);
  const size = system.names.length;
  const room = roomOf(system);
  const queues: Queues = new Map();
  const made = new Map<string, number>();
  const events: Event[] = [];
  const known = createKnowledge();
  const plan = planned(answers, flips);
  const happen = (event: Event): boolean => {
    events.push(event);
    return replay.follow(event);
  };

  const decide = (at: LocalState): boolean => {
    const key = keyOf(system, at);
    const time = made.get(key) ?? 0;
    made.set(key, time + 1);
    const list = plan.get(key) ?? [];
    const wanted = list[time] ?? list.at(-1) ?? 0;
    const all = waysOf({ before: at });
    for (const way of [wanted, ...all.filter((w) => w !== wanted)]) {
      // Where a value says otherwise, what it decides goes the way that it has to.
      const held = holding(replay, at, way, known);
      if (!held) continue;
      if (held.freely && time >= list.length + mostRoundsAlike) return false;
      return happen(
        at.node.kind === 'decide'
          ? { kind: 'decide', before: at, answer: way === 0 }
          : { kind: 'branch', before: at, branch: way },
      );
    }
    return false;
  };
  const receive = (at: LocalState, from: number): boolean => {
    const { node } = at;
    const channel = channelOf(from, at.machine, size);
    const [first, ...rest] = queues.get(channel) ?? [];
    const option = first && node.kind === 'receive' ? node.options.findIndex((o) => o.label === first.label) : -1;
    if (!first || option < 0) return false;
    queues.set(channel, rest);
    return happen({ kind: 'receive', before: at, channel, from, option, sender: first.site });
  };
  /** What one machine does next; false where it can't. */
  const move = (machine: number): boolean => {
    if (!replay.advance(machine)) return false;
    const at = replay.at(machine);
    const { node } = at;
    if (node.kind === 'decide' || node.kind === 'match' || node.kind === 'choice') return decide(at);
    if (node.kind === 'receive') {
      const from = system.peer(at, node.options[0]?.peer ?? '');
      return from !== undefined && receive(at, from);
    }
    if (node.kind !== 'send') return false;
    const to = system.peer(at, node.peer);
    if (to === undefined) return false;
    const channel = channelOf(machine, to, size);
    const queue = queues.get(channel) ?? [];
    if (room > 0 ? queue.length >= room : !takes(system, replay.at(to), machine, node.label)) return false;
    queues.set(channel, [...queue, { site: { cfg: at.instance.cfg, node: at.nodeId }, label: node.label }]);
    return happen({ kind: 'send', before: at, channel, to }) && (room > 0 || receive(replay.at(to), machine));
  };

  const ended = (there: boolean): Anew => ({
    events,
    there,
    ends: endsOf(problem).map((end) => replay.at(end.machine)),
  });
  const most = 2 * length + mostEventsMore;
  for (let moved = true; moved && events.length <= most;) {
    moved = false;
    for (const machine of system.names.keys()) {
      if (isThere(system, problem, replay, queues)) return ended(true);
      if (move(machine)) moved = true;
    }
  }
  return ended(isThere(system, problem, replay, queues));
}

/** How places decide where some of them go another way. */
function planned(
  answers: ReadonlyMap<string, readonly number[]>,
  flips: readonly Flip[],
): ReadonlyMap<string, readonly number[]> {
  const plan = new Map(answers);
  for (const { key, time, way, more } of [...flips].sort((a, b) => b.time - a.time))
    plan.set(key, (plan.get(key) ?? []).toSpliced(time, more ? 0 : 1, way));
  return plan;
}

/**
 * Whether a decision can come out in one way, going by all that is known, and whether it can also come out otherwise;
 * what follows from it is known from now on.
 */
function holding(
  replay: Replay,
  at: LocalState,
  way: number,
  known: Knowledge,
): { readonly freely: boolean } | undefined {
  const conditions = replay.conditions(at, way);
  const { facts, keep } = known.about(conditions);
  let now: Facts | undefined = facts;
  let freely = at.node.kind === 'choice';
  for (const condition of conditions) {
    const possible: readonly Answer[] = now ? replay.values.decide(condition, now) : [];
    freely ||= possible.length > 1;
    now = possible.find((answer) => answer.value)?.facts;
  }
  if (!now) return undefined;
  keep(now);
  return { freely };
}

/** The messages of each channel, by where they were sent. */
type Queues = Map<number, readonly { readonly site: Site; readonly label: string }[]>;

/** Whether a machine waits for a message of another that has this label. */
function takes(system: System, at: LocalState, from: number, label: string): boolean {
  return (
    at.node.kind === 'receive' && at.node.options.some((o) => o.label === label && system.peer(at, o.peer) === from)
  );
}

function isSame(at: LocalState, place: LocalState): boolean {
  return at.instance.cfg === place.instance.cfg && at.nodeId === place.nodeId;
}

/** Whether it has gone wrong in the same way, at the same places. */
function isThere(system: System, problem: Problem, replay: Replay, queues: Queues): boolean {
  const size = system.names.length;
  const queue = (from: number, to: number): readonly { readonly site: Site }[] =>
    queues.get(channelOf(from, to, size)) ?? [];
  const stuck = (all: readonly Waiting[]): boolean =>
    all.every(
      ({ state, on }) =>
        isSame(replay.at(state.machine), state) &&
        (state.node.kind !== 'receive' || queue(on, state.machine).length === 0),
    );
  const isFrom = (sent: { readonly site: Site } | undefined, { cfg, node }: Site): boolean =>
    sent?.site.cfg === cfg && sent.site.node === node;
  switch (problem.kind) {
    case 'deadlock': {
      const circle = problem.cycle;
      return stuck(circle.length > 0 ? circle : problem.waiting);
    }
    case 'unmatched-receive': {
      const { receiver, from, others, circle } = problem;
      const senders = [from, ...others.map(({ machine }) => machine)];
      if (!senders.every((on) => stuck([{ state: receiver, on }]))) return false;
      if (circle.length > 0) return stuck(circle);
      return senders.every((machine) => {
        const { sends, unknown } = system.future(replay.at(machine));
        return !unknown && !sends.has(receiver.machine);
      });
    }
    case 'unmatched-send': {
      const {
        sender,
        receiver: { machine },
        site,
        delivered,
      } = problem;
      const { receives, unknown } = system.future(replay.at(machine));
      if (unknown || receives.has(sender)) return false;
      const at = replay.at(sender);
      return delivered
        ? queue(sender, machine).some((sent) => isFrom(sent, site))
        : isFrom({ site: { cfg: at.instance.cfg, node: at.nodeId } }, site);
    }
    case 'label-mismatch': {
      const { sender, receiver, site } = problem;
      if (!isSame(replay.at(receiver.machine), receiver)) return false;
      const at = replay.at(sender);
      return isFrom(
        queue(sender, receiver.machine)[0] ??
          (roomOf(system) === 0 ? { site: { cfg: at.instance.cfg, node: at.nodeId } } : undefined),
        site,
      );
    }
  }
}
