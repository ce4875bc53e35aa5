// All messages of our own, as the manual shows them.
import { diagram } from './diagrams.js';
import { statusChanged, stopExploration } from './exploring.js';
import { findFiles, readFile } from './files.js';
import { projections, projectionsChanged } from './projections.js';
import { runs, runsChanged } from './runs.js';
import { checkAnswer } from './tutorial.js';

export const messages = [
  projections,
  projectionsChanged,
  diagram,
  runs,
  runsChanged,
  checkAnswer,
  statusChanged,
  stopExploration,
  readFile,
  findFiles,
];

/** A table in Markdown, without a line break at its end. */
export function messageTable(): string {
  const rows = messages.map(({ kind, method, to, says }) => `| \`${method}\` | ${kind}, to the ${to} | ${says} |`);
  return ['| message | | what it is for |', '| --- | --- | --- |', ...rows].join('\n');
}
