// Findings in words, for tests.
import type { Finding } from '../language/findings/finding.js';
import { linesIn, render } from '../language/rules/render.js';
import type { Diagnostic } from '../language/rules/render.js';
import { lineIndex } from '../language/text/lines.js';
import { Workspace } from '../language/workspace.js';

/**
 * A finding as it is told.
 * @param texts names the lines of places: the workspace, or the one text that there is; without it, lines have no
 *   number
 */
export function inWords(finding: Finding, texts?: Workspace | string): Diagnostic {
  if (texts instanceof Workspace) return render(finding, linesIn(texts));
  const lineOf = texts === undefined ? undefined : lineIndex(texts);
  return render(finding, ({ origin }) => lineOf && lineOf(origin.start) + 1);
}
