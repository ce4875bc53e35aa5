// What is said of a text in a word, and of a problem: also before there is a page to list it in.

export type ProblemSeverity = 'error' | 'warning' | 'info';

const severities = ['error', 'error', 'warning', 'info', 'info'] as const;

/** The severity of a diagnostic as the page has it: it makes no difference between hints and information. */
export function severityOf(severity = 1): ProblemSeverity {
  return severities[severity] ?? 'info';
}

/** `2 errors, 1 warning` */
export function countOf(problems: readonly { readonly severity: ProblemSeverity }[]): string {
  const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = problems.filter((each) => each.severity === severity).length;
    const word = severity === 'info' ? 'hint' : severity;
    return count === 0 ? [] : [`${count} ${word}${count === 1 ? '' : 's'}`];
  });
  return counts.join(', ');
}

/** What is said of what is known to be wrong, and how that is meant. */
export function saysOf(problems: readonly { readonly severity: ProblemSeverity }[]): {
  readonly text: string;
  readonly mood: 'is-good' | 'is-bad' | '';
} {
  if (problems.length === 0) return { text: 'Nothing is wrong', mood: 'is-good' };
  return { text: countOf(problems), mood: problems.some(({ severity }) => severity === 'error') ? 'is-bad' : '' };
}
