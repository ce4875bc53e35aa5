// Whether a process does what its projection does, local computation apart: both are followed together over sets of
// states (Rabin and Scott's construction), first for being the same, then for subtyping: it may send fewer of the
// choices and receive more (Gay and Hole, Acta Informatica 42, 2005).
import type { TextRange } from '../../ir/expression.js';
import { awaitedText, messageText, originOf, outerState, sayTarget } from '../trace/run.js';
import { assemble } from '../trace/run-end.js';
import { listed } from '../../text/words.js';
import type { LocalState, System } from '../model/system.js';
import { forked, leavesOf, withThread } from '../model/computing.js';
import { successorsOf } from '../model/control-flow.js';
import type { ControlFlowGraph } from '../model/control-flow.js';
import type { Run, RunStep } from '../../findings/run.js';
import { mostPairsCompared } from '../limits.js';

/**
 * What a process may do next, by what it is: `send Bob: accept`, `receive Bob: hi`; or a call, where these are not
 * followed.
 */
interface Offer {
  readonly kind: 'send' | 'receive' | 'call' | 'owe';
  readonly peer: string;
  readonly label: string;
  /** Where it is offered. */
  readonly at: LocalState;
  readonly next: LocalState;
  readonly text: string;
}

export interface Difference {
  /** What both do before they differ, and where the process then stands. */
  readonly run: Run;
  /** What the process does then: `receives reply from Bob`, `ends`. */
  readonly actual: string;
  /** What its projection does. */
  readonly expected: string;
  /** Where the process is, in the network that is checked. */
  readonly origin: TextRange;
  /** Where its projection is, in the choreography or one that it calls. */
  readonly place: { readonly uri: string; readonly origin: TextRange };
}

/** `open`: it could not be told, as something unknown or endless takes part. */
export type Conformance =
  { readonly kind: 'same' | 'subtype' | 'open' } | { readonly kind: 'different'; readonly difference: Difference };

/** Names what a call runs, the same on both sides where it is the same; undefined where that is not known. */
export type CallName = (callee: ControlFlowGraph) => string | undefined;

/**
 * Compares a process with its design.
 * @param actual the first state of the process, in its system
 * @param expected the first state of its projection, in the system of projections; roles are compared by name
 * @param callName where it is given, a call is one step that both must do, with the same roles, and is not followed
 * Cost: linear in the pairs of state sets reached; these are few where choices are told apart by what is sent,
 * exponential at worst
 */
export function compare(
  system: System,
  actual: LocalState,
  designs: System,
  expected: LocalState,
  callName?: CallName,
): Conformance {
  return (
    follow(system, actual, designs, expected, callName, system.channels.kind === 'fifo') ??
    follow(system, actual, designs, expected, callName, false) ?? { kind: 'open' }
  );
}

/**
 * One try of it.
 * @param inOrder whether a process may do one after the other what its design does at the same time, see `isInOrder`
 * @returns undefined where it puts off something for ever so
 */
function follow(
  system: System,
  actual: LocalState,
  designs: System,
  expected: LocalState,
  callName: CallName | undefined,
  inOrder: boolean,
): Conformance | undefined {
  interface Pair {
    readonly own: readonly LocalState[];
    readonly design: readonly LocalState[];
    readonly run: readonly RunStep[];
    readonly from?: string;
  }
  const pairs: Pair[] = [
    { own: stable(system, [actual], callName), design: stable(designs, [expected], callName), run: [] },
  ];
  const seen = new Set<string>();
  const after = new Map<string, string[]>();
  /** What is put off in each pair. */
  const late = new Map<string, ReadonlySet<string>>();
  let same = true;
  for (const { own, design, run, from } of pairs) {
    const key = `${own
      .map((s) => s.id)
      .sort()
      .join(',')}|${design
      .map((s) => s.id)
      .sort()
      .join(',')}`;
    if (from !== undefined) after.set(from, [...(after.get(from) ?? []), key]);
    if (seen.has(key)) continue;
    seen.add(key);
    if (seen.size > mostPairsCompared) return { kind: 'open' };
    // What is not known conforms to everything.
    if (own.some((s) => isUnknown(system, s, callName)) || design.some((s) => isUnknown(designs, s, callName)))
      return { kind: 'open' };
    const offers = own.map((s) => ({ state: s, offers: offersOf(system, s, callName) }));
    const eachWanted = design.map((s) => offersOf(designs, s, callName));
    const wanted = eachWanted.flat();
    const awaited = eachWanted.filter(([first]) => first?.kind === 'receive');
    const mayEnd = design.some((s) => s.node.kind === 'end');
    const threads = own.some(hasThreads) || design.some(hasThreads);
    const putsOff = (some: readonly Offer[]): boolean =>
      inOrder &&
      design.some((d) =>
        isInOrder(
          some,
          leavesOf(d).map(({ leaf }) => ({ leaf, offers: offersOf(designs, leaf, callName) })),
        ),
      );
    const wrong = offers.find((o) => {
      if (!threads) return !allowed(o.state, o.offers, awaited, wanted, mayEnd);
      if (isAmong(o.offers, eachWanted)) return false;
      if (!putsOff(o.offers)) return true;
      late.set(
        key,
        new Set([
          ...(late.get(key) ?? []),
          ...wanted.filter((w) => !o.offers.some((one) => matches(one, w))).map(nameOf),
        ]),
      );
      return false;
    });
    if (wrong || own.length === 0) {
      // It computes for ever, where the choreography goes on.
      if (!wrong) return { kind: 'open' };
      const expectedText = design
        .map((s) => doing(designs, s))
        .filter((t, i, all) => all.indexOf(t) === i)
        .join(' or ');
      const actualText = doing(system, wrong.state);
      const missing =
        wrong.state.node.kind === 'receive'
          ? wanted.filter((w) => w.kind === 'receive' && !wrong.offers.some((o) => matches(o, w)))
          : [];
      const lacks =
        missing.length > 0 && wrong.offers.every((o) => wanted.some((w) => w.kind === 'receive' && w.peer === o.peer));
      const text = lacks
        ? `does not take ${missing.map((m) => m.text).join(' or ')} from ${missing[0]?.peer}`
        : actualText;
      const origin = ownPlaceOf(wrong.state, actual);
      const end = {
        kind: 'differs',
        role: system.names[actual.machine] ?? '',
        uri: actual.instance.cfg.uri,
        origin,
        text,
        expected: expectedText,
      } as const;
      return {
        kind: 'different',
        difference: {
          run: assemble(
            system,
            run,
            [end],
            [],
            [],
            [...wrong.offers, ...wanted].map((o) => o.peer),
          ),
          origin,
          place: placeOf(design[0] ?? expected),
          expected: expectedText,
          actual: text,
        },
      };
    }
    const done = offers.flatMap((o) => o.offers);
    same &&=
      wanted.every((w) => done.some((d) => matches(d, w))) &&
      done.every((d) => wanted.some((w) => matches(d, w))) &&
      (!mayEnd || own.some((s) => s.node.kind === 'end'));
    // Where several go on at the same time, what can be done in one place must be so in one place of the other.
    same &&=
      !threads ||
      (offers.every((o) => eachWanted.some((w) => isAlike(o.offers, w))) &&
        eachWanted.every((w) => offers.some((o) => isAlike(o.offers, w))));
    const keys = new Map(done.filter((d) => wanted.some((w) => matches(d, w))).map((d) => [nameOf(d), d]));
    for (const offer of keys.values()) {
      pairs.push({
        own: stable(
          system,
          done.filter((d) => matches(d, offer)).map((d) => d.next),
          callName,
        ),
        design: stable(
          designs,
          wanted.filter((w) => matches(w, offer)).map((w) => w.next),
          callName,
        ),
        run: offer.kind === 'call' || offer.kind === 'owe' ? run : [...run, stepOf(system, offer, offer.kind)],
        from: key,
      });
    }
  }
  if (
    [...late].some(([key, offers]) =>
      [...offers].some((offer) => staysIn(key, after, (other) => late.get(other)?.has(offer) === true)),
    )
  )
    return undefined;
  return { kind: same ? 'same' : 'subtype' };
}

function stepOf(system: System, { peer, text: message, at }: Offer, kind: 'send' | 'receive'): RunStep {
  const role = system.names[at.machine] ?? '';
  const place = { role, uri: at.instance.cfg.uri, origin: originOf(at) };
  return kind === 'send'
    ? { ...place, kind, to: peer, message, text: `${role} sends ${message} to ${peer}` }
    : { ...place, kind, from: peer, message, text: `${role} receives ${message} from ${peer}` };
}

function nameOf({ kind, peer, label }: Offer): string {
  return `${kind} ${peer} ${label}`;
}

function matches(a: Offer, b: Offer): boolean {
  return a.kind === b.kind && a.peer === b.peer && a.label === b.label;
}

/**
 * Whether the design allows a state: what it sends is among its choices, what comes in the design is received, and so
 * is the end.
 * @param awaited what the design receives, in each of the states in which it may be. These are several where the role
 *   itself decides, by what its peer knows as well: then a state receives what comes in one of them. Whether it is the
 *   right one, values decide: what is explored tells
 */
function allowed(
  state: LocalState,
  offers: readonly Offer[],
  awaited: readonly (readonly Offer[])[],
  wanted: readonly Offer[],
  mayEnd: boolean,
): boolean {
  if (state.node.kind === 'end') return mayEnd;
  if (state.node.kind === 'send' || state.node.kind === 'call' || state.node.kind === 'owe')
    return offers.length > 0 && offers.every((o) => wanted.some((w) => matches(o, w)));
  const peers = new Set(offers.map((o) => o.peer));
  return awaited.some((receives) => {
    // A message of somebody else may be there already, and be for later.
    if (peers.size > 1 && [...peers].some((peer) => !receives.some((w) => w.peer === peer))) return false;
    const coming = receives.filter((w) => peers.size > 1 || peers.has(w.peer));
    return coming.length > 0 && coming.every((w) => offers.some((o) => matches(o, w)));
  });
}

function hasThreads({ threads }: LocalState): boolean {
  return threads !== undefined;
}

function isAlike(some: readonly Offer[], others: readonly Offer[]): boolean {
  return (
    some.every((one) => others.some((other) => matches(one, other))) &&
    others.every((one) => some.some((other) => matches(one, other)))
  );
}

/**
 * The same where several go on at the same time, in the process or in its design: it does what the design does in one
 * of its places, but that it may choose among fewer sends of it. Who takes messages in another order, or takes more,
 * takes some that others wait for.
 */
function isAmong(offers: readonly Offer[], eachWanted: readonly (readonly Offer[])[]): boolean {
  const receives = (all: readonly Offer[]): readonly Offer[] => all.filter(({ kind }) => kind === 'receive');
  const others = (all: readonly Offer[]): readonly Offer[] => all.filter(({ kind }) => kind !== 'receive');
  return eachWanted.some(
    (wanted) =>
      isAlike(receives(offers), receives(wanted)) &&
      others(offers).every((one) => others(wanted).some((other) => matches(one, other))) &&
      others(offers).length > 0 === others(wanted).length > 0,
  );
}

/**
 * Whether a process does now a part of what its design does at the same time, and puts off the rest, which nobody can
 * notice where there are queues: it sends before it receives (Mostrous, Yoshida and Honda, "Global principal typing in
 * partially commutative asynchronous sessions", ESOP 2009), or it takes one message before others on whose receipt
 * nothing depends.
 * Cost: the places of the threads that are put off
 */
function isInOrder(
  offers: readonly Offer[],
  threads: readonly { readonly leaf: LocalState; readonly offers: readonly Offer[] }[],
): boolean {
  const among = (one: Offer, others: readonly Offer[]): boolean => others.some((other) => matches(one, other));
  if (offers.length === 0 || !offers.every((one) => threads.some((thread) => among(one, thread.offers)))) return false;
  const putOff = threads.filter((thread) => !thread.offers.some((one) => among(one, offers)));
  // What is not put off is taken as the design takes it.
  if (
    threads.some(
      (thread) => !putOff.includes(thread) && thread.offers.some((one) => one.kind !== 'send' && !among(one, offers)),
    )
  )
    return false;
  if (putOff.some((thread) => thread.offers.length === 0)) return false;
  if (offers.some(({ kind }) => kind === 'send'))
    return putOff.every((thread) => thread.offers.every(({ kind }) => kind === 'receive' || kind === 'send'));
  const peers = new Set(offers.map(({ peer }) => peer));
  return putOff.every(({ leaf }) => {
    // In what is called, roles have other names.
    const all = leaf.instance.caller ? undefined : receivesIn(leaf);
    return all !== undefined && [...all].every((peer) => !peers.has(peer));
  });
}

/** Whom a thread still takes messages of, where that is all that it does; else undefined. */
function receivesIn({
  instance: {
    cfg: { nodes },
  },
  nodeId,
}: LocalState): ReadonlySet<string> | undefined {
  const peers = new Set<string>();
  const seen = new Set([nodeId]);
  for (const id of seen) {
    const node = nodes[id];
    if (!node || node.kind === 'join') continue;
    if (node.kind === 'receive') node.options.forEach(({ peer }) => peers.add(peer));
    else if (node.kind !== 'assign' && node.kind !== 'decide' && node.kind !== 'match' && node.kind !== 'skip')
      return undefined;
    for (const next of successorsOf(node)) seen.add(next);
  }
  return peers;
}

/** Whether a way leads back to where it begins, through such places alone. */
function staysIn(
  start: string,
  after: ReadonlyMap<string, readonly string[]>,
  isSuch: (key: string) => boolean,
): boolean {
  const onward = (key: string): readonly string[] => (after.get(key) ?? []).filter(isSuch);
  const seen = new Set(onward(start));
  for (const key of seen) for (const next of onward(key)) seen.add(next);
  return seen.has(start);
}

/** What a state can do; where several go on at the same time, what each of them can. */
export function offersOf(system: System, state: LocalState, callName?: CallName): Offer[] {
  const { node } = state;
  if (state.threads)
    return leavesOf(state).flatMap(({ leaf, path }) =>
      offersOf(system, leaf, callName).map((offer) => ({
        ...offer,
        next: withThread(system, state, path, offer.next),
      })),
    );
  const named = (role: string): string | undefined => {
    const machine = system.peer(state, role);
    return machine === undefined ? undefined : system.names[machine];
  };
  if (node.kind === 'send') {
    const peer = named(node.peer);
    return peer === undefined
      ? []
      : [
          {
            kind: 'send',
            peer,
            label: node.label,
            at: state,
            next: system.goto(state, node.next),
            text: messageText(node.action),
          },
        ];
  }
  if (node.kind === 'call') {
    const callee = system.callee(state, node.action);
    const name = callee && callName?.(callee);
    const roles = node.action.args.map((arg) => named(arg.role.key));
    return name === undefined || roles.includes(undefined)
      ? []
      : [{ kind: 'call', peer: roles.join(), label: name, at: state, next: system.goto(state, node.next), text: '' }];
  }
  if (node.kind === 'owe')
    return [
      {
        kind: 'owe',
        peer: node.peers.map(named).sort().join(),
        label: node.label,
        at: state,
        next: system.goto(state, node.next),
        text: '',
      },
    ];
  if (node.kind !== 'receive') return [];
  return node.options.flatMap((o) => {
    const peer = named(o.peer);
    const text = o.label || (o.branch.into ? sayTarget(o.branch.into) : 'a message');
    return peer === undefined
      ? []
      : [{ kind: 'receive', peer, label: o.label, at: state, next: system.goto(state, o.next), text }];
  });
}

function isUnknown(system: System, state: LocalState, callName: CallName | undefined): boolean {
  if (state.threads) return leavesOf(state).some(({ leaf }) => isUnknown(system, leaf, callName));
  return state.node.kind === 'hole' || (state.node.kind === 'call' && offersOf(system, state, callName).length === 0);
}

/** The states that are reached by computing alone, both ways of every decision. */
export function stable(system: System, from: readonly LocalState[], callName: CallName | undefined): LocalState[] {
  const seen = new Set<LocalState>(from);
  const result: LocalState[] = [];
  for (const state of seen) {
    // What one thread does alone makes no difference to the others: one goes on after the other.
    const open = leavesOf(state).find(({ leaf }) => nextAlone(system, leaf, callName));
    if (!open) result.push(state);
    else
      for (const next of nextAlone(system, open.leaf, callName) ?? [])
        seen.add(withThread(system, state, open.path, next));
  }
  return result;
}

/** Where a thread, or a machine without threads, comes to by computing alone; undefined where it does not. */
function nextAlone(
  system: System,
  state: LocalState,
  callName: CallName | undefined,
): readonly LocalState[] | undefined {
  const {
    node,
    instance: { caller },
  } = state;
  switch (node.kind) {
    case 'end':
      return caller && [caller];
    case 'send':
    case 'receive':
    case 'owe':
    case 'hole':
    case 'join':
      return undefined;
    case 'call':
      return callName ? undefined : [system.enter(state, node.action, node.next) ?? system.lost(state)];
    case 'fork':
      return [forked(system, state)];
    case 'assign':
    case 'choice':
    case 'decide':
    case 'match':
    case 'skip':
      return successorsOf(node).map((next) => system.goto(state, next));
  }
}

/** Where a state is in its own text; the end is the closing brace. */
function placeOf(state: LocalState): { readonly uri: string; readonly origin: TextRange } {
  const {
    process: { origin },
    uri,
  } = state.instance.cfg;
  return { uri, origin: state.node.kind === 'end' ? { start: origin.end - 1, end: origin.end } : originOf(state) };
}

/**
 * Where a state is in the network that is checked. Nothing leads back from a call that comes last: then it is the
 * process.
 */
function ownPlaceOf(state: LocalState, root: LocalState): TextRange {
  const outer = outerState(state);
  if (!outer) return root.instance.cfg.process.name.origin;
  return outer === state ? placeOf(state).origin : originOf(outer);
}

function doing(system: System, state: LocalState): string {
  const { node } = state;
  if (state.threads)
    return `does ${state.threads.length} things at the same time: ${leavesOf(state)
      .map(({ leaf }) => doing(system, leaf))
      .join(', and ')}`;
  const [offer] = offersOf(system, state);
  if (node.kind === 'send') return `sends ${messageText(node.action)} to ${offer?.peer ?? node.peer}`;
  if (node.kind === 'receive')
    return `receives ${awaitedText(node.action)} from ${listed([...new Set(offersOf(system, state).map(({ peer }) => peer))], 'or')}`;
  return node.kind === 'owe'
    ? `goes on without ${listed(node.peers.map((role) => system.names[system.peer(state, role) ?? -1] ?? role))}`
    : 'ends';
}
