// Who sends what to whom, and who keeps it in what.
import { messagesIn } from '../../ir/choreography.js';
import type { Communication, Gather, Receiver } from '../../ir/choreography.js';
import type { Name } from '../../ir/expression.js';
import { sameRole } from '../../ir/role.js';
import { originOfTarget } from '../../ir/target.js';
import { idOf } from '../../scoping/declared.js';
import { printTarget } from '../../syntax/print.js';
import { listed } from '../../text/words.js';
import { occur, report } from '../context.js';
import type { Context } from '../context.js';
import { checkType } from '../declarations.js';
import { mismatch } from '../env.js';
import { inferValue } from '../expressions.js';
import { checkLabelName } from '../labels.js';
import { checkQuorum } from '../quorum.js';
import { settle, shownTarget, taken } from '../targets.js';
import { listOf, nothing, showMeaning, tupleOf, unify, unknown, variable } from '../types.js';
import type { Type } from '../types.js';
import { checkMeeting, checkOne } from './named-roles.js';
import { ownerOf } from './state.js';
import type { ChoreographyState } from './state.js';

/** A message of one role to others. */
export function checkCommunication(context: Context, state: ChoreographyState, current: Communication): void {
  const { roles } = state;
  roles.use(current.sender, undefined, {
    start: current.sender.origin.start,
    end: (current.value ?? current.sender).origin.end,
  });
  const gathers = roles.members.isSeveral(current.sender);
  let payload: Type = current.value ? inferValue(context, roles.env(current.sender), current.value) : nothing;
  if (current.label) {
    if (current.label.name.text !== '') noteLabel(context, state, current.label.name);
    if (current.value && current.label.types.length === 0) checkLabelName(context, current.label.name, undefined);
    const types = current.label.types.map((type) => checkType(context, type));
    const [only] = types;
    if (only) {
      const declared = types.length === 1 ? only : tupleOf(...types);
      if (current.value && !unify(declared, payload))
        mismatch(context, current.value.origin, payload, {
          by: 'label',
          label: current.label.name.text,
          type: showMeaning(declared),
        });
      payload = declared;
    }
  }
  const empty = !current.value && (current.label?.types.length ?? 0) === 0;
  for (const receiver of current.receivers) {
    roles.use(receiver.role, current.sender, receiver.origin);
    if (gathers && roles.members.isSeveral(receiver.role)) {
      report(context, 'wrong-members', receiver.role.origin, {
        kind: 'family-to-family',
        sender: current.sender.key,
        receiver: receiver.role.key,
        statement: current.origin,
        senderAt: current.sender.origin,
        receiverAt: receiver.role.origin,
      });
    } else if (!sameRole(receiver.role, current.sender)) checkMeeting(context, roles, current, receiver);
    if (sameRole(receiver.role, current.sender) && !gathers && roles.all.has(current.sender.name.text)) {
      report(context, 'self-communication', receiver.origin, {
        role: current.sender.key,
        variable: receiver.into && printTarget(receiver.into),
        value: current.value?.origin,
        label: current.label?.name.text,
        statement: current.origin,
        receiver: receiver.origin,
        only: current.receivers.length === 1,
        implied: false,
      });
    }
    const message = { sender: current.sender.key, receiver: receiver.role.key, label: current.label?.name.text };
    const known = state.payloads.get(message);
    if (known) known.push(payload);
    else state.payloads.set(message, [payload]);
    const { into } = receiver;
    if (!into) continue;
    const owner = ownerOf(roles, receiver.role, current.sender);
    const type = taken(context, owner, into, gathers);
    if (empty) {
      report(context, 'type-mismatch', receiver.origin, {
        kind: 'nothing-sent',
        sender: current.sender.key,
        target: shownTarget(owner, into),
        remove: { start: receiver.role.origin.end, end: originOfTarget(into).end },
      });
      unify(type, unknown());
    } else
      settle(
        context,
        owner,
        into,
        type,
        gathers && into.kind === 'variable' ? listOf(payload) : payload,
        current.value?.origin,
      );
  }
}

/** Messages of several, which the receiver has as a list. */
export function checkGather(context: Context, state: ChoreographyState, current: Gather): void {
  const { roles } = state;
  const { receiver, quorum, label: named } = current;
  if (named && named.name.text !== '') noteLabel(context, state, named.name);
  if (named && named.types.length === 0 && current.senders.some(({ value }) => value))
    checkLabelName(context, named.name, undefined);
  const written = (named?.types ?? []).map((type) => checkType(context, type));
  const stated = written.length > 1 ? tupleOf(...written) : written[0];
  const item = stated ?? variable();
  for (const sender of current.senders) {
    roles.use(sender.role, undefined, sender.origin);
    const found = sender.value ? inferValue(context, roles.env(sender.role), sender.value) : (stated ?? nothing);
    if (!unify(item, found)) {
      const [first] = current.senders;
      mismatch(
        context,
        sender.value?.origin ?? sender.origin,
        found,
        stated && named
          ? { by: 'label', label: named.name.text, type: showMeaning(stated) }
          : { by: 'gather', first: first?.role.key ?? '', type: showMeaning(item) },
      );
    }
    const message = { sender: sender.role.key, receiver: receiver.role.key, label: named?.name.text };
    const known = state.payloads.get(message);
    if (known) known.push(found);
    else state.payloads.set(message, [found]);
  }
  roles.use(receiver.role);
  checkOne(context, roles, receiver.role, 'gatherer');
  for (const message of messagesIn(current)) {
    const [to] = message.receivers as [Receiver];
    if (!sameRole(message.sender, receiver.role)) checkMeeting(context, roles, message, to);
    else if (roles.all.has(receiver.role.name.text))
      report(context, 'self-communication', receiver.origin, {
        role: receiver.role.key,
        statement: current.origin,
        receiver: receiver.origin,
        only: true,
        implied: false,
      });
  }
  const owner = ownerOf(roles, receiver.role);
  checkQuorum(
    context,
    owner,
    roles.members,
    current.senders.map(({ role, origin }) => ({ role, item: origin })),
    quorum,
  );
  const { into } = receiver;
  if (!into) return;
  const type = taken(context, owner, into);
  if (!stated && current.senders.every(({ value }) => !value)) {
    report(context, 'type-mismatch', receiver.origin, {
      kind: 'nothing-sent',
      sender: listed(current.senders.map(({ role }) => role.key)),
      target: shownTarget(owner, into),
      remove: { start: receiver.role.origin.end, end: originOfTarget(into).end },
    });
    unify(type, unknown());
  } else settle(context, owner, into, type, listOf(item));
}

function noteLabel(context: Context, state: ChoreographyState, name: Name): void {
  let symbol = state.labels.get(name.text);
  if (!symbol) {
    symbol = {
      id: `${idOf(context.uri, state.choreography)}/:${name.text}`,
      kind: 'label',
      name: name.text,
      uri: context.uri,
      origin: name.origin,
      container: state.choreography.name.text,
      detail: `label ${name.text}`,
    };
    state.labels.set(name.text, symbol);
    occur(context, symbol, name.origin, 'definition');
  } else occur(context, symbol, name.origin, 'read');
}
