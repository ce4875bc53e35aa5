// All the rules. A code that is not listed here does not exist.
import type { Rule } from './rule.js';
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
import { notConformant } from './not-conformant.js';
import { notLocatedHere } from './not-located-here.js';
import { payloadMismatch } from './payload-mismatch.js';
import { redundantSelection } from './redundant-selection.js';
import { reorderedButSafe } from './reordered-but-safe.js';
import { resultElsewhere } from './result-elsewhere.js';
import { roleGivenTwice } from './role-given-twice.js';
import { selfCommunication } from './self-communication.js';
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
import { wrongArguments } from './wrong-arguments.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the data's type is each rule's own
export const rules: readonly Rule<any>[] = [
  choiceNotStarted,
  continueNotLast,
  deadlock,
  duplicateName,
  guardsMayDiffer,
  importNotFound,
  knowledgeOfChoice,
  labelMismatch,
  labelNamedAsType,
  maybeUnassigned,
  misleadingCharacter,
  missingCase,
  notConformant,
  notLocatedHere,
  payloadMismatch,
  redundantSelection,
  reorderedButSafe,
  resultElsewhere,
  roleGivenTwice,
  selfCommunication,
  starvation,
  syntaxError,
  tooLarge,
  typeIsRecursive,
  typeMismatch,
  unguardedRecursion,
  unknownName,
  unknownRole,
  unknownVariable,
  unmatchedReceive,
  unmatchedSend,
  unreachable,
  unusedImport,
  unusedRole,
  unusedVariable,
  wrongArguments,
];
