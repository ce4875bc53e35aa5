// What a check tells: a code, a place and what belongs to it, as plain data. Sentences are made of it by the rules
// (rules/), where somebody reads them.
import type { TextRange } from '../ir/expression.js';
import type { NetworkArguments } from './network.js';
import type { ProjectionArguments } from './projection.js';
import type { Run } from './run.js';
import type { TextArguments } from './text.js';
import type { TypingArguments } from './typing.js';

/** What findings tell, by their codes. A code that is not listed there does not exist. */
export interface Arguments extends NetworkArguments, ProjectionArguments, TextArguments, TypingArguments {}

/** The stable name of a kind of finding. */
export type Code = keyof Arguments;

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** A finding of one code. */
export interface FindingOf<C extends Code> {
  readonly code: C;
  readonly severity: Severity;
  /** Whether `severity` is milder than the code's. */
  readonly milder?: boolean;
  /** Of what comes with a run: no values were found that it happens with. */
  readonly suspected?: boolean;
  readonly uri: string;
  readonly origin: TextRange;
  readonly args: Arguments[C];
  /** Errors that have the same root, and wait until this one is mended. */
  readonly consequences?: readonly Finding[];
}

/** What was found at a place: plain data, that can be moved, sent and compared. */
export type Finding = { [C in Code]: FindingOf<C> }[Code];

/** How grave findings are, as a rule. */
export const severities: { readonly [C in Code]: Severity } = {
  'case-needed': 'error',
  'choice-not-started': 'error',
  'continue-not-last': 'error',
  deadlock: 'error',
  'duplicate-name': 'error',
  'guards-may-differ': 'error',
  'import-not-found': 'error',
  'index-out-of-range': 'error',
  'knowledge-of-choice': 'error',
  'label-mismatch': 'error',
  'label-named-as-type': 'hint',
  'maybe-unassigned': 'error',
  'misleading-character': 'error',
  'missing-case': 'warning',
  'needs-choreography': 'error',
  'not-conformant': 'error',
  'not-constant': 'error',
  'not-located-here': 'error',
  'not-shared': 'error',
  'payload-mismatch': 'error',
  'quorum-too-large': 'error',
  race: 'error',
  'redundant-selection': 'hint',
  'refutable-pattern': 'error',
  'reordered-but-safe': 'information',
  'result-elsewhere': 'error',
  'role-given-twice': 'error',
  'self-communication': 'error',
  'server-result': 'error',
  'shadows-constant': 'warning',
  starvation: 'warning',
  'syntax-error': 'error',
  'too-large': 'error',
  'type-is-recursive': 'error',
  'type-mismatch': 'error',
  'unguarded-recursion': 'error',
  'unknown-name': 'error',
  'unknown-role': 'error',
  'unknown-variable': 'error',
  'unmatched-receive': 'error',
  'unmatched-send': 'error',
  unreachable: 'hint',
  'unused-import': 'hint',
  'unused-role': 'warning',
  'unused-variable': 'hint',
  'wrapped-parameter': 'error',
  'wrong-arguments': 'error',
  'wrong-choreography': 'error',
  'wrong-members': 'error',
};

/**
 * A milder severity, where what was found is less certain or less grave. A severity that is set holds for the other
 * findings.
 */
const milder: { readonly [C in Code]?: (args: Arguments[C]) => Severity | undefined } = {
  'misleading-character': ({ kind }) => (kind === 'hidden' || kind === 'likeness' ? undefined : 'warning'),
  starvation: ({ fair }) => (fair ? undefined : 'hint'),
  'too-large': ({ what }) => (what === 'match' ? 'warning' : undefined),
};

/** Makes a finding at a place. */
export function finding<C extends Code>(
  code: C,
  uri: string,
  origin: TextRange,
  args: Arguments[C],
): FindingOf<C> & Finding {
  const less = milder[code]?.(args);
  // A code with its arguments is one of the findings.
  return {
    code,
    severity: less ?? severities[code],
    ...(less ? { milder: true } : {}),
    uri,
    origin,
    args,
  } as FindingOf<C> & Finding;
}

/** A finding of a run for which no values were found: a warning. */
export function asSuspected(found: Finding): Finding {
  return { ...found, severity: 'warning', milder: true, suspected: true };
}

/** The run that leads to a finding, where there is one. */
export function runOf({ args }: Finding): Run | undefined {
  return 'run' in args ? args.run : undefined;
}

/** Whether two findings tell the same of the same place. Cost: linear in what they tell */
export function isSameFinding(a: Finding, b: Finding): boolean {
  return (
    a.code === b.code &&
    a.uri === b.uri &&
    a.origin.start === b.origin.start &&
    a.origin.end === b.origin.end &&
    JSON.stringify(a.args) === JSON.stringify(b.args)
  );
}
