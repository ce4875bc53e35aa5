// The runs of a report as Markdown with Mermaid diagrams, for issues, reviews and pages.
import type { Report } from './report.js';

/** One section a run, in the order of the report; a sentence where there is none. */
export function mermaidReport({ files }: Report): string {
  const sections = files.flatMap(({ path, diagnostics }) =>
    diagnostics.flatMap(({ code, message, range, run }) => {
      if (!run) return [];
      const { line, character } = range.start;
      return [
        `## ${run.network}: ${code} at ${path}:${line + 1}:${character + 1}\n\n${message.replace(/\s+/g, ' ')}\n\n\`\`\`mermaid\n${run.mermaid}\`\`\`\n`,
      ];
    }),
  );
  return sections.length > 0 ? sections.join('\n') : 'No run goes wrong.\n';
}
