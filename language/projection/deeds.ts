// What a role does first, as findings tell it: plain data.
import type { Deed, Got, ConflictingDeeds, WayName } from '../findings/projection.js';
import type { Call, Decision, While } from '../ir/choreography.js';
import { asWritten } from '../ir/expression.js';
import type { LocalCall } from '../ir/process.js';
import { printExpr, printPattern, printTarget, printType } from '../syntax/print.js';
import type { Arm, Node } from './behaviour.js';
import type { MergeConflict, Overtaking } from './merge.js';

/** What a role does at a node, in its author's names; undefined is nothing. */
function deedOf(done: Node | undefined): Deed | undefined {
  if (!done) return undefined;
  switch (done.kind) {
    case 'receive':
      return {
        kind: 'gets',
        messages: done.arms.map(gotOf),
        from: [...new Set(done.arms.map(({ sender }) => sender.key))],
      };
    case 'fork':
      return { kind: 'decides', ...(done.value ? { by: printExpr(asWritten(done.value)) } : {}) };
    case 'while':
      return { kind: 'loops', condition: printExpr(asWritten(done.condition)) };
    case 'for':
      return deedOf(done.body?.node) ?? { kind: 'enters' };
    case 'par':
      return { kind: 'parts' };
    case 'at':
      return deedOf(done.body?.node);
    case 'rec':
      return deedOf(done.body?.node) ?? { kind: 'enters' };
    case 'leaf':
      break;
  }
  const { action } = asWritten(done);
  switch (action.kind) {
    case 'send':
      return {
        kind: 'sends',
        to: action.receiver.key,
        ...(action.label && action.label.name.text !== '' ? { label: action.label.name.text } : {}),
        ...(action.value ? { value: printExpr(action.value) } : {}),
      };
    case 'gather':
      return {
        kind: 'gathers',
        from: action.senders.map(({ key }) => key),
        quorum: action.quorum !== undefined,
        ...(action.label && action.label.text !== '' ? { label: action.label.text } : {}),
        ...(action.variable ? { variable: action.variable.text } : {}),
      };
    case 'assignment':
      return { kind: 'sets', variable: printTarget(action.into), value: printExpr(action.value) };
    case 'effect':
      return { kind: 'computes', value: printExpr(action.value) };
    case 'call':
      return { kind: 'calls', callee: action.callee.text, call: callText(action) };
    case 'continue':
      return { kind: 'continues' };
    case 'hole':
      return { kind: 'unknown' };
  }
}

/** A call as it is written, without inputs: `Quote(Alice, Bob)`. */
function callText({ into, callee, args, values = [] }: LocalCall): string {
  const given = [
    ...args.map(
      (arg) =>
        arg.role.key + (arg.inputs.length > 0 ? `(${arg.inputs.map((input) => printExpr(input)).join(', ')})` : ''),
    ),
    ...values.map((value) => printExpr(value)),
  ];
  return `${into ? `${printTarget(into)} = ` : ''}${callee.text}(${given.join(', ')})`;
}

function gotOf({ label, into, types, carries }: Arm): Got {
  const [written, named] = [into && printTarget(asWritten(into)), into && printTarget(into)];
  return {
    ...(label && label.text !== '' ? { label: label.text } : {}),
    ...(written === undefined ? {} : { variable: written }),
    ...(named !== undefined && named !== written ? { named } : {}),
    types: types.map(printType),
    carries,
  };
}

function overtakingOf({ first, other }: Overtaking): ConflictingDeeds['overtaking'] {
  return { got: gotOf(first), from: first.sender.key, other: gotOf(other), by: other.sender.key };
}

/** Where two behaviours part. Cost: linear in what is shown of them */
export function conflictOf({ left, right, reason, after, overtaking, obstacle }: MergeConflict): ConflictingDeeds {
  const [a, b] = [deedOf(left), deedOf(right)];
  const last = after && {
    from: after.sender.key,
    ...(after.label && after.label.text !== '' ? { label: after.label.text } : {}),
    ...(after.into ? { variable: printTarget(asWritten(after.into)) } : {}),
  };
  return {
    ...(a ? { left: a } : {}),
    ...(b ? { right: b } : {}),
    reason,
    ...(last ? { after: last } : {}),
    ...(obstacle ? { obstacle } : {}),
    ...(overtaking ? { overtaking: overtakingOf(overtaking) } : {}),
  };
}

/**
 * How two ways through a statement are called: of two branches, one and the other; of more, those that are meant.
 * @param ways the branches, by their places; of a loop, 0 is a round and 1 what follows it
 */
export function waysOf(
  statement: Decision | While | Call,
  [left, right]: readonly [number, number],
): readonly [WayName, WayName] {
  if (statement.kind === 'while') return [{ kind: 'round' }, { kind: 'after' }];
  if (statement.kind === 'call' || statement.branches.length <= 2) return [{ kind: 'one' }, { kind: 'other' }];
  return [nameOfBranch(statement, left), nameOfBranch(statement, right)];
}

/** What one of several branches is called. */
export function nameOfBranch({ form, branches }: Decision, index: number): WayName {
  const branch = branches[index];
  if (form === 'match' && branch)
    return branch.pattern ? { kind: 'case', pattern: printPattern(branch.pattern) } : { kind: 'else' };
  return { kind: 'branch', index };
}
