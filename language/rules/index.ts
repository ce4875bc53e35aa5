// All the rules, by their codes. A code that is not listed here does not compile.
import type { Code } from '../findings/finding.js';
import type { DefinedRule, Documented } from './rule.js';
import { caseNeeded } from './case-needed.js';
import { choiceNotStarted } from './choice-not-started.js';
import { continueNotLast } from './continue-not-last.js';
import { deadlock } from './deadlock.js';
import { duplicateName } from './duplicate-name.js';
import { guardsMayDiffer } from './guards-may-differ.js';
import { importNotFound } from './import-not-found.js';
import { knowledgeOfChoice } from './knowledge-of-choice.js';
import { labelMismatch } from './label-mismatch.js';
import { labelNamedAsType } from './label-named-as-type.js';
import { maybeUnassigned } from './maybe-unassigned.js';
import { misleadingCharacter } from './misleading-character.js';
import { missingCase } from './missing-case.js';
import { needsChoreography } from './needs-choreography.js';
import { notConformant } from './not-conformant.js';
import { notConstant } from './not-constant.js';
import { notLocatedHere } from './not-located-here.js';
import { notShared } from './not-shared.js';
import { payloadMismatch } from './payload-mismatch.js';
import { quorumTooLarge } from './quorum-too-large.js';
import { race } from './race.js';
import { redundantSelection } from './redundant-selection.js';
import { refutablePattern } from './refutable-pattern.js';
import { reorderedButSafe } from './reordered-but-safe.js';
import { resultElsewhere } from './result-elsewhere.js';
import { indexOutOfRange } from './index-out-of-range.js';
import { wrongMembers } from './wrong-members.js';
import { roleGivenTwice } from './role-given-twice.js';
import { selfCommunication } from './self-communication.js';
import { serverResult } from './server-result.js';
import { shadowsConstant } from './shadows-constant.js';
import { starvation } from './starvation.js';
import { syntaxError } from './syntax-error.js';
import { tooLarge } from './too-large.js';
import { typeIsRecursive } from './type-is-recursive.js';
import { typeMismatch } from './type-mismatch.js';
import { unguardedRecursion } from './unguarded-recursion.js';
import { unknownName } from './unknown-name.js';
import { unknownRole } from './unknown-role.js';
import { unknownVariable } from './unknown-variable.js';
import { unmatchedReceive } from './unmatched-receive.js';
import { unmatchedSend } from './unmatched-send.js';
import { unreachable } from './unreachable.js';
import { unusedImport } from './unused-import.js';
import { unusedRole } from './unused-role.js';
import { unusedVariable } from './unused-variable.js';
import { wrappedParameter } from './wrapped-parameter.js';
import { wrongArguments } from './wrong-arguments.js';
import { wrongChoreography } from './wrong-choreography.js';

/** The rule of each code: a code without one is no code. */
const byCode: { readonly [C in Code]: DefinedRule<C> } = {
  'case-needed': caseNeeded,
  'choice-not-started': choiceNotStarted,
  'continue-not-last': continueNotLast,
  deadlock: deadlock,
  'duplicate-name': duplicateName,
  'guards-may-differ': guardsMayDiffer,
  'import-not-found': importNotFound,
  'knowledge-of-choice': knowledgeOfChoice,
  'label-mismatch': labelMismatch,
  'label-named-as-type': labelNamedAsType,
  'maybe-unassigned': maybeUnassigned,
  'misleading-character': misleadingCharacter,
  'missing-case': missingCase,
  'needs-choreography': needsChoreography,
  'not-conformant': notConformant,
  'not-constant': notConstant,
  'not-located-here': notLocatedHere,
  'not-shared': notShared,
  'payload-mismatch': payloadMismatch,
  'quorum-too-large': quorumTooLarge,
  race: race,
  'redundant-selection': redundantSelection,
  'refutable-pattern': refutablePattern,
  'reordered-but-safe': reorderedButSafe,
  'result-elsewhere': resultElsewhere,
  'index-out-of-range': indexOutOfRange,
  'role-given-twice': roleGivenTwice,
  'self-communication': selfCommunication,
  'server-result': serverResult,
  'shadows-constant': shadowsConstant,
  starvation: starvation,
  'syntax-error': syntaxError,
  'too-large': tooLarge,
  'type-is-recursive': typeIsRecursive,
  'type-mismatch': typeMismatch,
  'unguarded-recursion': unguardedRecursion,
  'unknown-name': unknownName,
  'unknown-role': unknownRole,
  'unknown-variable': unknownVariable,
  'unmatched-receive': unmatchedReceive,
  'unmatched-send': unmatchedSend,
  unreachable: unreachable,
  'unused-import': unusedImport,
  'unused-role': unusedRole,
  'unused-variable': unusedVariable,
  'wrapped-parameter': wrappedParameter,
  'wrong-arguments': wrongArguments,
  'wrong-choreography': wrongChoreography,
  'wrong-members': wrongMembers,
};

/** The rule of a code. */
export function ruleOf<C extends Code>(code: C): DefinedRule<C> {
  return byCode[code];
}

/** All rules, by the alphabet, without what they make of findings. */
export const rules: readonly Documented[] = Object.values(byCode);
