// Messages that cross: both ends of a message where its receiver first sends others, or takes others.
import { walkExpr } from '../ir/expression.js';
import type { Expr } from '../ir/expression.js';
import { targetsIn } from '../ir/process.js';
import type { Action, Receive, ReceiveBranch, Send } from '../ir/process.js';
import { namesOfTarget } from '../ir/target.js';
import { branchFor, fromOne, message, peerOf, received } from './messages.js';
import { moved } from './state.js';
import type { Candidate, Setting, State, Step } from './state.js';
import { actionOf } from './terms.js';
import type { Continuation } from './terms.js';
import { farthestAhead } from './limits.js';

/** What a process does next as long as it only sends, and then as long as it only takes messages of one label. */
interface Exchange {
  readonly sends: readonly { readonly action: Send; readonly peer: number }[];
  readonly receives: readonly { readonly action: Receive; readonly branch: ReceiveBranch; readonly peer: number }[];
  /** Where it is after so many of these. */
  readonly places: readonly (Continuation | undefined)[];
  /** So many of them fit what others do. */
  sending: number;
  receiving: number;
}

/**
 * The messages that cross where a process can't go on: it and others first send, and then receive, what these receive
 * and send so. With queues none of them holds up another, so that all of that goes on at the same time.
 * @param p the process; it is about to send
 * @returns undefined where what they send and receive does not fit together, or one value depends on another
 * Cost: linear in the actions looked at, of which there are `farthestAhead` for each process, times the pairs of
 * processes
 */
export function crossing(state: State, p: number, setting: Setting): Candidate | undefined {
  const { channels } = setting;
  const exchanges = new Map<number, Exchange>();
  const todo = [p];
  for (const q of todo) {
    if (exchanges.has(q)) continue;
    if (channels.kind === 'buffer' && state.at[q]?.postponed) return undefined;
    const own = exchangeOf(state, q, setting);
    exchanges.set(q, own);
    for (const { peer } of [...own.sends, ...own.receives]) todo.push(peer);
  }
  fit(exchanges);
  const taking = [...exchanges]
    .filter(([, { sending, receiving }]) => sending + receiving > 0)
    .sort(([a], [b]) => a - b);
  if ((exchanges.get(p)?.sending ?? 0) === 0) return undefined;
  const branches = new Map<string, Step[]>();
  const places = new Map<number, Continuation | undefined>();
  let { known } = state;
  for (const [q, { sends, receives, sending, receiving, places: onward }] of taking) {
    const written = receives
      .slice(0, receiving)
      .flatMap(({ branch }) => namesOfTarget(branch.into).map(({ text }) => text));
    // In threads nobody knows which of two comes first.
    if (
      new Set(written).size < written.length ||
      sends.slice(0, sending).some(({ action }) => written.some((variable) => touches(action, variable)))
    )
      return undefined;
    places.set(q, onward[sending + receiving]);
    for (const [to, messages] of byPeer(sends.slice(0, sending))) {
      const taken = exchanges.get(to)?.receives.filter(({ peer }) => peer === q) ?? [];
      if (channels.kind === 'buffer' && messages.length > channels.size) return undefined;
      branches.set(
        `${q} ${to}`,
        messages.flatMap(({ action }, i) => {
          const branch = taken[i]?.branch;
          if (!branch) return [];
          known = received(known, q, to, action, branch, setting);
          return [message(q, to, action, branch, setting)];
        }),
      );
    }
  }
  if (branches.size < 2) return undefined;
  const steps = [...branches.values()];
  const text = `par {\n${steps.map((step) => step.map((each) => `  ${each.text}`).join('\n')).join('\n} and {\n')}\n}`;
  const roles = [p, ...[...places.keys()].filter((q) => q !== p)];
  const all = steps.flat();
  return {
    actors: roles,
    rank: 5,
    step: {
      text,
      form: 'line',
      heads: [],
      roles,
      reads: all.flatMap(({ reads }) => reads),
      writes: all.flatMap(({ writes }) => writes),
    },
    next: [moved(state, [...places], setting, known)],
  };
}

function exchangeOf(state: State, q: number, { names, terms }: Setting): Exchange {
  const sends: Exchange['sends'][number][] = [];
  const receives: Exchange['receives'][number][] = [];
  const places = [state.at[q]];
  for (let at = state.at[q]; at && places.length <= farthestAhead; places.push(at)) {
    const action = actionOf(at);
    if (action.kind === 'send' && receives.length === 0) {
      sends.push({ action, peer: peerOf(q, action, names) });
      at = terms.after(at);
      continue;
    }
    const [branch] = action.kind === 'receive' ? action.branches : [];
    if (action.kind !== 'receive' || !branch || action.branches.length > 1) break;
    receives.push({ action, branch, peer: peerOf(q, action, names) });
    at = terms.enter(at, branch.body.actions);
  }
  return { sends, receives, places, sending: sends.length, receiving: receives.length };
}

/** Finds how much of what each does fits what the others do: less and less, until nothing is left over. */
function fit(exchanges: ReadonlyMap<number, Exchange>): void {
  for (let changed = true; changed;) {
    changed = false;
    for (const [from, sender] of exchanges) {
      for (const [to, receiver] of exchanges) {
        const sent = positions(sender.sends, to, sender.sending);
        const taken = positions(receiver.receives, from, receiver.receiving);
        let fitting = 0;
        while (
          fitting < sent.length &&
          fitting < taken.length &&
          branchFor(
            sender.sends[sent[fitting] ?? 0]?.action as Send,
            receiver.receives[taken[fitting] ?? 0]?.action as Receive,
          )
        )
          fitting++;
        const [unsent, untaken] = [sent[fitting], taken[fitting]];
        if (unsent !== undefined) sender.sending = unsent;
        if (untaken !== undefined) receiver.receiving = untaken;
        // What comes after a message that is not sent is not there yet.
        if (unsent !== undefined) sender.receiving = 0;
        changed ||= unsent !== undefined || untaken !== undefined;
      }
    }
  }
}

/** Where the messages with one peer stand among the first of all. */
function positions(all: readonly { readonly peer: number }[], peer: number, first: number): readonly number[] {
  return all.slice(0, first).flatMap((each, i) => (each.peer === peer ? [i] : []));
}

function byPeer(sends: Exchange['sends']): ReadonlyMap<number, Exchange['sends']> {
  const found = new Map<number, Exchange['sends']>();
  for (const each of sends) found.set(each.peer, [...(found.get(each.peer) ?? []), each]);
  return found;
}

/**
 * A message to a process that first sends others, or receives from others: with queues it may as well be received at
 * once, where these do not depend on it.
 * @returns undefined where they do, or none of the next actions takes it
 */
export function ahead(state: State, p: number, term: Continuation, setting: Setting): Candidate | undefined {
  const { names, terms, channels } = setting;
  const send = actionOf(term);
  if (send.kind !== 'send') return undefined;
  const q = names.indexOf(send.receiver.key);
  const before: Action[] = [];
  let at = state.at[q];
  // A bounded queue holds one at least.
  if (channels.kind === 'buffer' && at?.postponed) return undefined;
  for (; at && before.length < farthestAhead; at = terms.after(at)) {
    const action = actionOf(at);
    if (
      action.kind === 'receive' &&
      (fromOne(action).key === names[p] || action.branches.length > 1 || action.branches[0]?.body.actions.length !== 0)
    ) {
      const branch = fromOne(action).key === names[p] ? branchFor(send, action) : undefined;
      // Another thread might see it too early.
      if (branch?.into && setting.threads.has(q)) return undefined;
      if (!branch || before.some((other) => namesOfTarget(branch.into).some(({ text }) => touches(other, text))))
        return undefined;
      const then = terms.postpone(before, terms.enter(at, branch.body.actions));
      const next = moved(
        state,
        [
          [p, terms.after(term)],
          [q, then],
        ],
        setting,
        received(state.known, p, q, send, branch, setting),
      );
      return { actors: [p, q], rank: 5, step: message(p, q, send, branch, setting), next: [next] };
    }
    if (action.kind !== 'send' && action.kind !== 'receive' && action.kind !== 'assignment' && action.kind !== 'effect')
      return undefined;
    before.push(action);
  }
  return undefined;
}

/** Whether a local action reads or sets a variable. */
function touches(action: Action, variable: string): boolean {
  const value: Expr | undefined =
    action.kind === 'send' || action.kind === 'assignment' || action.kind === 'effect' ? action.value : undefined;
  let found = targetsIn(action).some((into) => namesOfTarget(into).some(({ text }) => text === variable));
  if (value)
    walkExpr(value, (e) => {
      found ||= e.kind === 'name' && e.name.text === variable;
    });
  return found;
}
