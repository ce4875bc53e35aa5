// Hints between the letters: the types of variables where they come to be, and who learns a decision without being
// told.
import { walkBlock } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import type { FileAnalysis } from '../workspace.js';
import { contains } from './cursor.js';
import { learnersOf } from './knowledge.js';
import { listed } from '../text/words.js';

export interface Inlay {
  readonly offset: number;
  readonly text: string;
  readonly kind: 'type' | 'choice';
  readonly tooltip?: string;
}

export interface InlayOptions {
  readonly types: boolean;
  readonly choice: boolean;
}

/**
 * The hints of a range. Cost: linear in the names of the file and in the decisions times the size of their projections.
 */
export function inlays(analysis: FileAnalysis, within: TextRange, options: InlayOptions): Inlay[] {
  return [...(options.types ? types(analysis, within) : []), ...(options.choice ? choices(analysis, within) : [])].sort(
    (a, b) => a.offset - b.offset,
  );
}

function types(analysis: FileAnalysis, within: TextRange): Inlay[] {
  const seen = new Set<string>();
  return analysis.occurrences.flatMap(({ symbol, origin, role }): Inlay[] => {
    if (symbol.kind !== 'variable' || role === 'read' || seen.has(symbol.id)) return [];
    seen.add(symbol.id);
    const type = symbol.type?.text;
    // Where a type is written, or not known, there is nothing to add.
    if (type === undefined || !contains(within, origin)) return [];
    // In a choreography a `:` would begin a label: nothing that is shown may look as if it could be written.
    if (!inNetwork(analysis, origin)) return [{ offset: origin.end, text: ` ‹${type}›`, kind: 'type' }];
    return /^\s*:\s*(?!\s)/.test(analysis.file.text.slice(origin.end, origin.end + 40))
      ? []
      : [{ offset: origin.end, text: `: ${type}`, kind: 'type' }];
  });
}

/** In a network, `receive x: int` states a type. */
function inNetwork(analysis: FileAnalysis, origin: TextRange): boolean {
  return analysis.file.declarations.find((d) => contains(d.origin, origin))?.kind === 'network';
}

function choices(analysis: FileAnalysis, within: TextRange): Inlay[] {
  const found: Inlay[] = [];
  for (const projected of analysis.projections) {
    if (projected.choreography.origin.end < within.start || projected.choreography.origin.start > within.end) continue;
    walkBlock(projected.choreography.body.statements, (statement) => {
      if (statement.kind !== 'decision' && statement.kind !== 'while') return;
      if (!contains(within, statement.head)) return;
      const learners = learnersOf(projected, statement).filter((l) => l.how === 'message' || l.how === 'unknown');
      if (learners.length === 0) return;
      const know = learners.filter((l) => l.how === 'message').map((l) => l.role);
      const not = learners.filter((l) => l.how === 'unknown').map((l) => l.role);
      const parts = [
        ...(know.length > 0 ? [`${listed(know)} will learn`] : []),
        ...(not.length > 0 ? [`${listed(not)} can’t tell`] : []),
      ];
      const headText = analysis.file.text.slice(statement.head.start, statement.head.end);
      found.push({
        offset: statement.head.start + headText.trimEnd().length,
        text: ` ${parts.join(', ')}`,
        kind: 'choice',
        tooltip: learners.map((l) => `${l.role} ${l.words}`).join('\n\n'),
      });
    });
  }
  return found;
}
