// The manual's pages about codes, made from the rules.
import { rules } from './index.js';
import type { Documented } from './rule.js';
import type { Severity } from '../findings/finding.js';

/** File names under docs/codes/ with their Markdown: a page a code, and the index. */
export function manualPages(): Map<string, string> {
  const sorted = [...rules].sort((a, b) => (a.code < b.code ? -1 : 1));
  return new Map([
    ['README.md', indexPage(sorted)],
    ...sorted.map((rule): [string, string] => [`${rule.code}.md`, page(rule)]),
  ]);
}

const severities: readonly { severity: Severity; title: string; text: string }[] = [
  {
    severity: 'error',
    title: 'Errors',
    text: 'A file with an error can go wrong, or does not say what it means. `chor check` ends with exit code 1.',
  },
  { severity: 'warning', title: 'Warnings', text: 'Most likely not what was meant, but it does what it says.' },
  { severity: 'information', title: 'Information', text: 'Good to know.' },
  { severity: 'hint', title: 'Hints', text: 'Nothing is wrong; something could be left out. Editors show it faintly.' },
];

function indexPage(sorted: readonly Documented[]): string {
  const parts = severities.flatMap(({ severity, title, text }) => {
    const own = sorted.filter((rule) => rule.severity === severity);
    if (own.length === 0) return [];
    return [
      `## ${title}\n\n${text}\n\n| code | what it says |\n| --- | --- |\n${own.map((rule) => `| [\`${rule.code}\`](${rule.code}.md) | ${rule.summary.replaceAll('|', '\\|')} |\n`).join('')}`,
    ];
  });
  return `# Codes\n\nEvery diagnostic has a stable code. Each page says what the code means, shows a file that raises it and one that does not, and says what to\ndo. The severity given is the default; an editor can set another for each code. The pages are written by \`npm run docs\`.\n\n${parts.join('\n')}`;
}

function page(rule: Documented): string {
  const block = (text: string): string => `\`\`\`chor\n${text.trimEnd()}\n\`\`\`\n`;
  return [
    `# ${rule.code}\n`,
    `${rule.summary}\n`,
    `Severity: ${rule.severity}${rule.tags ? ` (${rule.tags.join(', ')})` : ''}.\n`,
    '## What it means\n',
    `${rule.explanation.trim()}\n`,
    '## An example that raises it\n',
    block(rule.bad),
    '## The same, put right\n',
    block(rule.good),
    '## What to do\n',
    `${rule.advice.trim()}\n`,
  ].join('\n');
}
