// Names and types of a choreography: who says what to whom, and what each role holds.
import { takersIn, walkBlock, isImplied } from '../ir/choreography.js';
import type { Choreography, Statement } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import { ByMessage } from '../ir/message.js';
import { idOf } from '../scoping/declared.js';
import { passagesOf } from '../scoping/passages.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import { complete, completeLabels } from './context.js';
import type { Context } from './context.js';
import { effect } from './expressions.js';
import { checkPassages, declarePassages } from './passages.js';
import { checkCalls, checkRec } from './recursion.js';
import { createRoles } from './roles.js';
import { checkContinue, checkLeave, insideRec, notLast, outsideRec } from './tail.js';
import { isSame, unknown } from './types.js';
import type { Type } from './types.js';
import { checkUnused } from './unused.js';
import type { RoleRef } from '../ir/role.js';
import { namesOfTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';
import { assign } from './targets.js';
import { checkChoreographyCall } from './choreography/calls.js';
import { checkCommunication, checkGather } from './choreography/communications.js';
import { checkDecision, checkPick } from './choreography/decisions.js';
import { checkHeader } from './choreography/header.js';
import { checkFor, checkPar, checkWhile } from './choreography/loops.js';
import { checkResults } from './choreography/results.js';
import { ownerOf } from './choreography/state.js';
import type { ChoreographyState } from './choreography/state.js';

/** What is known of a choreography after its check. */
export interface ChoreographyTypes {
  readonly variables: ReadonlyMap<string, readonly ChorSymbol[]>;
  /** The type of each kind of message. */
  readonly payloads: ByMessage<Type>;
}

export function checkChoreography(context: Context, choreography: Choreography): ChoreographyTypes {
  const roles = createRoles(context, choreography);
  const state: ChoreographyState = {
    choreography,
    roles,
    labels: new Map(),
    payloads: new ByMessage(),
    fields: new Map(),
    ...outsideRec(),
    block: (statements, anchor) => {
      block(context, state, statements, anchor);
    },
  };
  checkHeader(context, state);
  const declare = (statements: readonly Statement[]): void =>
    eachWrite(statements, (role, into) => {
      for (const name of namesOfTarget(into)) roles.declare(role, name);
    });
  const passages = passagesOf(choreography);
  if (passages) {
    declarePassages(
      passages,
      (statements) => {
        const names = new Set<string>();
        eachWrite(statements, (role, into) => {
          for (const { text } of namesOfTarget(into)) names.add(`${role.name.text}.${text}`);
        });
        return [...names];
      },
      declare,
    );
    checkPassages(context, roles, choreography, passages, (statements) => {
      state.block(statements);
    });
  } else {
    declare(choreography.body.statements);
    state.block(choreography.body.statements);
  }
  checkResults(context, state);
  for (const role of roles.all.values()) role.variables.forEach(complete);
  checkCalls(context, choreography);
  checkUnused(context, choreography, roles);
  const variables = new Map(
    [...roles.all].map(([name, role]) => [name, [...role.variables.values()].map((v) => v.symbol)]),
  );
  const payloads = new ByMessage<Type>();
  for (const [message, types] of state.payloads) payloads.set(message, oneOf(types));
  completeLabels(state.labels, payloads);
  return { variables, payloads };
}

/** Calls `write` for each target that gets a value. */
function eachWrite(statements: readonly Statement[], write: (role: RoleRef, into: Target) => void): void {
  walkBlock(statements, (statement) => {
    if (statement.kind === 'decision') for (const { role, into } of statement.sent ?? []) if (into) write(role, into);
    // What a pattern takes at those who are sent a case lives in its branch.
    if (isImplied(statement)) return;
    for (const { role, into } of takersIn(statement)) write(role, into);
  });
}

/**
 * The type that all have, else unknown: where a channel carries several types, which one comes depends on the order.
 */
function oneOf(types: readonly Type[]): Type {
  const [first, ...rest] = types;
  return first && rest.every((type) => isSame(type, first)) ? first : unknown();
}

function block(context: Context, state: ChoreographyState, statements: readonly Statement[], anchor?: TextRange): void {
  const last = statements.length - 1;
  statements.forEach((current, index) => {
    if (isImplied(current)) return;
    // An `else if` has no line of its own: what is to stand before it stands before the whole.
    context.anchor = anchor ?? current.origin;
    const next = statements[index + 1];
    const place = context.anchor;
    const range = next && { start: next.origin.start, end: statements[last]?.origin.end ?? next.origin.end };
    if (range) notLast(state, range, () => statement(context, state, current, place));
    else statement(context, state, current, place);
  });
}

function statement(context: Context, state: ChoreographyState, current: Statement, anchor: TextRange): void {
  const { choreography, roles } = state;
  switch (current.kind) {
    case 'communication':
      return checkCommunication(context, state, current);
    case 'gather':
      return checkGather(context, state, current);
    case 'assignment':
      roles.use(current.role, undefined, current.origin, true);
      return assign(context, ownerOf(roles, current.role), current.into, current.value);
    case 'effect': {
      roles.use(current.role, undefined, current.origin, true);
      if (current.value.kind !== 'tuple' || current.value.items.length > 0)
        effect(context, roles.env(current.role), current.value);
      return;
    }
    case 'call':
      return checkChoreographyCall(context, state, current);
    case 'decision':
      return current.pick
        ? checkPick(context, state, current, current.pick)
        : checkDecision(context, state, current, anchor);
    case 'while':
      return checkWhile(context, state, current);
    case 'rec': {
      insideRec(context, state, current.name, idOf(context.uri, choreography), choreography.name.text, () => {
        roles.flow.loop(current.name.text, () => {
          state.block(current.body.statements);
        });
      });
      checkRec(context, current.name, current.body.statements);
      return;
    }
    case 'for':
      return checkFor(context, state, current);
    case 'par':
      return checkPar(context, state, current);
    case 'at':
      roles.at(current.role, current.origin, () => {
        state.block(current.body.statements);
      });
      return;
    // Nobody writes one.
    case 'when':
      return;
    case 'leave': {
      checkLeave(context, state, current.name, current.origin);
      roles.flow.exit(current.name.text);
      return;
    }
    case 'continue': {
      checkContinue(context, state, current.name, current.origin);
      roles.flow.leave();
      return;
    }
  }
}
