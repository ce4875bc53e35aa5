// The line above each choreography and network: how big it is and what is known of its runs.
import type { TextRange } from '../ir/expression.js';
import { isUnfinished } from '../network/verdict/verdict.js';
import type { FileAnalysis } from '../workspace.js';
import { contains } from './cursor.js';
import { counted, messagesOf, sendsOf, shortPending, shortVerdict } from './words.js';

export interface Lens {
  readonly range: TextRange;
  readonly title: string;
  readonly name: string;
  readonly subject: 'choreography' | 'network';
  /** There is a run that goes wrong. */
  readonly refuted: boolean;
  /** It was not explored to the end, and may be again. */
  readonly unfinished: boolean;
}

/** Cost: linear in the file. */
export function lenses(analysis: FileAnalysis): Lens[] {
  return analysis.file.declarations.flatMap((d): Lens[] => {
    if (d.kind !== 'choreography' && d.kind !== 'network') return [];
    const size =
      d.kind === 'choreography'
        ? [counted(d.roles.length, 'role'), counted(messagesOf(d), 'message')]
        : [counted(d.processes.length, 'process'), counted(sendsOf(d), 'send')];
    const verdict = analysis.verdicts.find((v) => v.origin.start === d.name.origin.start);
    const errors = analysis.findings.filter((f) => f.severity === 'error' && contains(d.origin, f.origin)).length;
    const pending = analysis.pending.some((p) => p.origin.start === d.name.origin.start);
    const state = verdict
      ? shortVerdict(verdict)
      : pending
        ? shortPending
        : errors > 0
          ? counted(errors, 'error')
          : undefined;
    return [
      {
        range: d.name.origin,
        title: [...size, ...(state ? [state] : [])].join(' · '),
        name: d.name.text,
        subject: d.kind,
        refuted: verdict?.verdict === 'refuted' || verdict?.verdict === 'suspected',
        unfinished: verdict !== undefined && isUnfinished(verdict),
      },
    ];
  });
}
