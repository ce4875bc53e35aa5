// The ends of messages in a process: what is sent, and what is received.
import type { Label } from '../ir/choreography.js';
import type { Expr, TextRange } from '../ir/expression.js';
import type { Action, LocalGather, Receive, ReceiveBranch, Send } from '../ir/process.js';
import { sendersOf } from '../ir/process.js';
import { originOfTarget, variableTarget } from '../ir/target.js';
import { report } from './context.js';
import type { Context } from './context.js';
import { checkType } from './declarations.js';
import { inferValue } from './expressions.js';
import { checkLabelName } from './labels.js';
import { checkQuorum } from './quorum.js';
import { blockOf, label, ownerOf, picking, useRole } from './process-state.js';
import type { State } from './process-state.js';
import { fits, itemOf, listOf, nothing, showMeaning, tupleOf, unify, unknown, variable } from './types.js';
import type { Type } from './types.js';
import { checkFits, settle, taken } from './targets.js';
import { mismatch } from './env.js';
import type { Env } from './env.js';

/** What a message carries by its label and its value. */
function payload(context: Context, env: Env, value: Expr | undefined, written: Label | undefined): Type {
  const found = value ? inferValue(context, env, value) : nothing;
  const types = (written?.types ?? []).map((type) => checkType(context, type));
  const [only] = types;
  if (!only || !written) return found;
  const declared = types.length === 1 ? only : tupleOf(...types);
  if (value && !unify(declared, found))
    mismatch(context, value.origin, found, { by: 'label', label: written.name.text, type: showMeaning(declared) });
  return declared;
}

/** A send: its type is that of its channel. */
export function send(context: Context, state: State, action: Send): void {
  useRole(context, state, action.receiver);
  label(context, state, action.label?.name);
  // What the design calls so is not to be changed here.
  if (action.label && action.value && action.label.types.length === 0 && !state.design)
    checkLabelName(context, action.label.name, undefined);
  const type = payload(context, state.env, action.value, action.label);
  const role = state.process.name.text;
  const [origin] = action.origins;
  if (action.receiver.key === role && origin) {
    report(context, 'self-communication', origin, {
      role,
      statement: origin,
      receiver: action.receiver.origin,
      only: true,
      implied: false,
      process: true,
    });
  }
  // Members of one family have one process: what is said of messages is said of all of them.
  const message = { sender: role, receiver: action.receiver.name.text, label: action.label?.name.text };
  const agreed = state.agreed.get(message);
  if (action.value && agreed && state.design && agreed !== nothing && !fits(agreed, type)) {
    mismatch(context, action.value.origin, type, {
      by: 'design',
      choreography: state.design.name.text,
      receiver: action.receiver.key,
      type: showMeaning(agreed),
    });
  }
  const several = state.several.get(message);
  if (several) {
    several.sent.push(type);
    return;
  }
  const known = state.payloads.get(message);
  // Sends that differ among themselves are the network's matter (`payload-mismatch`): nothing is concluded from them
  // here.
  if (!known) state.payloads.set(message, type);
  else if (!unify(known, type)) {
    if (!state.sent.has(message) && action.value)
      mismatch(
        context,
        action.value.origin,
        type,
        { by: 'receiver', receiver: action.receiver.key, type: showMeaning(known) },
        known,
      );
    state.payloads.set(message, unknown());
  }
  state.sent.set(message, true);
}

/**
 * A receive, with the branches that it leads to.
 * @param goOn checks the actions of a branch
 */
export function receive(
  context: Context,
  state: State,
  action: Receive,
  goOn: (actions: readonly Action[]) => void,
): void {
  if (action.from) useRole(context, state, action.from);
  else for (const { sender } of action.branches) useRole(context, state, sender);
  const role = state.process.name.text;
  const [origin] = action.origins;
  const own = sendersOf(action).find(({ key }) => key === role);
  if (own && origin) {
    report(context, 'self-communication', origin, {
      role,
      statement: origin,
      receiver: own.origin,
      only: true,
      implied: false,
      process: true,
    });
  }
  const seen = new Map<string, TextRange>();
  for (const {
    sender,
    label: named,
    origins: [place],
  } of action.branches) {
    if (action.form !== 'branching' || !place) continue;
    const name = named ?? { text: '_', origin: { start: place.start, end: place.start + 1 } };
    const key = `${sender.key} ${name.text}`;
    const first = seen.get(key);
    if (first)
      report(context, 'duplicate-name', name.origin, {
        name,
        what: 'branch',
        first: { uri: context.uri, origin: first },
        branch: place,
      });
    else seen.set(key, name.origin);
  }
  state.flow.fork(
    action.branches.map((branch) => ({
      place: blockOf(context, branch.body),
      way: () =>
        branch.label
          ? { kind: 'label', role: branch.sender.key, label: branch.label.text }
          : { kind: 'unlabelled', role: branch.sender.key },
      run() {
        const { pick } = branch;
        const go = (): void => {
          received(context, state, action, branch);
          goOn(branch.body.actions);
        };
        if (!pick) return go();
        useRole(context, state, pick.of);
        if (state.roles.has(pick.of.name.text)) state.members.checkPick(pick);
        picking(context, state, pick, go);
      },
    })),
  );
}

/** What one branch takes. */
function received(context: Context, state: State, action: Receive, branch: ReceiveBranch): void {
  label(
    context,
    state,
    branch.pick && branch.label ? { ...branch.label, rounds: branch.label.rounds?.slice(1) ?? [] } : branch.label,
  );
  if (action.form === 'single' && branch.label && branch.into && branch.types.length === 0 && !state.design)
    checkLabelName(context, branch.label, originOfTarget(branch.into));
  const written = branch.types.map((type) => checkType(context, type));
  const [only] = written;
  const message = { sender: branch.sender.name.text, receiver: state.process.name.text, label: branch.label?.text };
  const { into } = branch;
  if (into) {
    const owner = ownerOf(context, state);
    const gathers = state.members.isSeveral(branch.sender);
    const target = taken(context, owner, into, gathers);
    const type = gathers && into.kind === 'variable' && !into.place ? itemOf(target) : target;
    const origin = originOfTarget(into);
    if (only) {
      const stated = written.length === 1 ? only : tupleOf(...written);
      if (!unify(type, stated)) mismatch(context, origin, type, { by: 'annotation', type: showMeaning(stated) });
    } else if (state.several.has(message)) {
      state.several.get(message)?.received.push({ type, origin, sender: branch.sender.key });
    } else {
      let carried = state.payloads.get(message);
      if (!carried) {
        carried = state.variables.has(branch.sender.name.text) ? variable() : unknown();
        state.payloads.set(message, carried);
      }
      if (!unify(type, carried))
        mismatch(context, origin, type, { by: 'sender', sender: branch.sender.key, type: showMeaning(carried) });
    }
    checkFits(context, into, origin, type);
  }
}

/** Messages of several, which are kept as a list. */
export function gather(context: Context, state: State, action: LocalGather): void {
  const { senders, variable: bound, quorum, label: named } = action;
  const role = state.process.name.text;
  const [origin] = action.origins;
  label(context, state, named);
  if (named && bound && action.types.length === 0 && !state.design) checkLabelName(context, named, bound.origin);
  const written = action.types.map((type) => checkType(context, type));
  const stated = written.length > 1 ? tupleOf(...written) : written[0];
  const item = stated ?? variable();
  for (const sender of senders) {
    useRole(context, state, sender);
    if (sender.key === role && origin)
      report(context, 'self-communication', origin, {
        role,
        statement: origin,
        receiver: sender.origin,
        only: true,
        implied: false,
        process: true,
      });
    if (!bound) continue;
    const message = { sender: sender.name.text, receiver: role, label: named?.text };
    if (stated) continue;
    if (state.several.has(message)) {
      state.several.get(message)?.received.push({ type: item, origin: bound.origin, sender: sender.key });
      continue;
    }
    let carried = state.payloads.get(message);
    if (!carried) {
      carried = state.variables.has(sender.name.text) ? variable() : unknown();
      state.payloads.set(message, carried);
    }
    if (!unify(item, carried))
      mismatch(context, bound.origin, item, { by: 'sender', sender: sender.key, type: showMeaning(carried) });
  }
  const owner = ownerOf(context, state);
  checkQuorum(
    context,
    owner,
    state.members,
    senders.map((each) => ({ role: each, item: each.origin })),
    quorum,
  );
  if (!bound) return;
  const target = variableTarget(bound);
  settle(context, owner, target, taken(context, owner, target), listOf(item));
}
