// The report as GitLab's code quality report, for merge requests: what is wrong, where, and how much. It has neither
// runs nor fixes.
import { createHash } from 'node:crypto';
import type { Severity } from '../language/findings/finding.js';
import type { Report } from './report.js';

interface Issue {
  readonly description: string;
  readonly check_name: string;
  /** By which GitLab knows it again: the same where only lines moved, and another for each. */
  readonly fingerprint: string;
  readonly severity: 'critical' | 'major' | 'minor' | 'info';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end: number } };
}

/** The issues in the order of the report. */
export function gitlabReport({ files }: Report): readonly Issue[] {
  const counts = new Map<string, number>();
  return files.flatMap(({ path, diagnostics }) =>
    diagnostics.map(({ code, severity, message, range }): Issue => {
      const own = JSON.stringify([path, code, message]);
      const count = counts.get(own) ?? 0;
      counts.set(own, count + 1);
      return {
        description: message,
        check_name: code,
        fingerprint: createHash('sha256').update(`${own}${count}`).digest('hex'),
        severity: severityOf(severity),
        location: {
          path: path === '-' ? 'stdin.chor' : path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, ''),
          lines: { begin: range.start.line + 1, end: range.end.line + 1 },
        },
      };
    }),
  );
}

function severityOf(severity: Severity): Issue['severity'] {
  switch (severity) {
    case 'error':
      return 'critical';
    case 'warning':
      return 'major';
    case 'information':
      return 'minor';
    case 'hint':
      return 'info';
  }
}
