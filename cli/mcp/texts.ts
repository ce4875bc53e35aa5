// Answers as an assistant reads them: short, each thing once, places as line:column from 1.
import type { Diagnostic } from '../../language/rules/render.js';
import { count } from '../../language/text/words.js';
import { linesOf } from '../positions.js';
import type { Range } from '../positions.js';
import type { DiagnosticReport, FileReport, VerdictReport } from '../report.js';

/** How many findings are told, and how many related places and fixes of each. */
const mostTold = 20;
const mostRelated = 4;
const mostFixes = 4;

function place({ start }: Range): string {
  return `${start.line + 1}:${start.character + 1}`;
}

function span(range: Range): string {
  return `${place(range)}-${range.end.line === range.start.line ? '' : `${range.end.line + 1}:`}${range.end.character + 1}`;
}

/** What is wrong in files, and what is known of them. */
export function reportText(files: readonly FileReport[], hints: boolean): string {
  const told = files.map((file) => ({
    file,
    found: file.diagnostics.filter(({ severity }) => hints || severity !== 'hint'),
  }));
  const all = told.flatMap(({ found }) => found);
  let left = mostTold;
  const parts = told.flatMap(({ file, found }) => {
    const groups = grouped(found);
    const shown = groups.slice(0, left);
    left -= shown.length;
    const verdicts = file.verdicts.filter(({ verdict }) => verdict !== 'proved');
    if (shown.length + verdicts.length === 0 || (shown.length === 0 && groups.length > 0)) return [];
    return [
      [file.path, ...shown.map((group) => findingText(group, file.path)), ...verdicts.map(verdictText)].join('\n'),
    ];
  });
  const groups = told.reduce((sum, { found }) => sum + grouped(found).length, 0);
  const counts = (['error', 'warning', 'information', 'hint'] as const).flatMap((severity) => {
    const number = all.filter((each) => each.severity === severity).length;
    return number === 0 ? [] : [count(number, severity === 'information' ? 'note' : severity)];
  });
  const verdicts = files.flatMap((file) => file.verdicts);
  const proved = verdicts.filter(({ verdict }) => verdict === 'proved');
  const names =
    files.length === 1 && proved.length > 0 && proved.length <= mostTold
      ? `: ${proved.map(({ name }) => name).join(', ')}`
      : '';
  const head = `${counts.length === 0 ? 'no errors' : counts.join(', ')}; ${proved.length} of ${verdicts.length} proved${names}`;
  return [
    head,
    ...parts,
    ...(groups > mostTold ? [`and ${groups - mostTold} more: mend these, and check again`] : []),
  ].join('\n');
}

/** Findings that say the same, together. */
function grouped(found: readonly DiagnosticReport[]): DiagnosticReport[][] {
  const groups = new Map<string, DiagnosticReport[]>();
  for (const each of found) {
    const key = `${each.code}\n${each.message}`;
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return [...groups.values()];
}

function findingText([found, ...others]: readonly DiagnosticReport[], path: string): string {
  if (!found) return '';
  // The steps of a run are what `explain` tells.
  const related = found.related.filter(({ message }) => !/^step \d+: /.test(message));
  const more = related.length - mostRelated;
  return [
    `${span(found.range)} ${found.severity} ${found.code}: ${found.message.replace(/\s*\n\s*/g, ' ')}`,
    ...(others.length > 0 ? [`  also at ${others.map(({ range }) => place(range)).join(', ')}`] : []),
    ...related
      .slice(0, mostRelated)
      .map((each) => `  ${each.path === path ? '' : `${each.path}:`}${place(each.range)} ${each.message}`),
    ...(more > 0 ? [`  and ${count(more, 'more place')}`] : []),
    ...found.fixes.slice(0, mostFixes).map(({ title }) => `  fix: ${title}`),
  ].join('\n');
}

function verdictText(found: VerdictReport): string {
  const { kind, name, verdict, run, why, bound, queues } = found;
  switch (verdict) {
    case 'refuted':
      return `${kind} ${name}: refuted${run.length > 0 ? `, by a run of ${count(run.length, 'step')}; \`explain\` tells it` : ' from its very start'}`;
    case 'suspected':
      return `${kind} ${name}: may go wrong, ${why ?? ''}`;
    case 'bounded':
      return `${kind} ${name}: holds ${bound ?? 'up to the bound explored'}: ${why ?? ''}`;
    case 'proved':
      return `${kind} ${name}: proved ${queues ?? 'for every buffer size'}`;
  }
}

/** One line an error. */
export function errorLines(found: readonly Diagnostic[], text: string): string {
  const lines = linesOf(text);
  const told = [
    ...new Set(
      found.map(
        ({ code, message, origin }) => `- ${place(lines.range(origin))} ${code}: ${message.replace(/\s*\n\s*/g, ' ')}`,
      ),
    ),
  ];
  return [...told.slice(0, mostTold), ...(told.length > mostTold ? [`- and ${told.length - mostTold} more`] : [])].join(
    '\n',
  );
}

/**
 * How what goes wrong comes about: the run of each network that is refuted or suspected, or of the one that is named;
 * or what is known instead.
 */
export function runTexts(report: FileReport, name: string | undefined, mermaid: boolean): string[] {
  const wanted = report.verdicts.filter((verdict) => name === undefined || verdict.name === name);
  const wrong = wanted.filter(({ verdict }) => verdict === 'refuted' || verdict === 'suspected');
  const texts = wrong.map((verdict) => {
    const lines = verdict.lines.map(({ kind, text, place: own }) => {
      const where = own ? ` (${own.path === report.path ? 'line ' : `${own.path}:`}${own.range.start.line + 1})` : '';
      return `${kind === 'title' ? '' : kind === 'step' || kind === 'again' ? '  ' : '  - '}${text}${where}`;
    });
    return [verdictText(verdict).replace(/; `explain` tells it$/, ''), ...lines].join('\n');
  });
  if (mermaid)
    for (const { run } of report.diagnostics)
      if (run && (name === undefined || run.network === name)) texts.push(run.mermaid);
  if (texts.length > 0) return texts;
  if (wanted.length > 0) return [wanted.map(verdictText).join('\n')];
  const error = report.diagnostics.find(({ severity }) => severity === 'error');
  return [
    error
      ? `There is no run: nothing runs before this is mended.\n${findingText([error], report.path)}`
      : 'There is neither a network nor a choreography in it.',
  ];
}
