// The report for people: each finding with its source line and a mark under it, then the verdicts.
import type { Formatter } from 'picocolors/types.js';
import type { Colours } from './colours.js';
import type { Lines, Range } from './positions.js';
import type { DiagnosticReport, FileReport, LineReport, Report, VerdictReport } from './report.js';
import type { Severity } from '../language/findings/finding.js';
import { count } from '../language/text/words.js';

/**
 * Lays out a report.
 * @param report what was found
 * @param lines the lines of a file, by the path that the report gives it
 * @param hints whether hints are shown, or only counted
 */
export function textReport(report: Report, lines: (path: string) => Lines, colours: Colours, hints: boolean): string {
  const parts = report.files.flatMap((file) => [
    ...file.diagnostics
      .filter((d) => hints || d.severity !== 'hint')
      .map((d) => diagnosticText(file.path, d, lines, colours)),
    ...verdictText(file, colours),
  ]);
  return `${[...parts, summary(report, colours, hints)].join('\n')}\n`;
}

function paint(severity: Severity, colours: Colours): Formatter {
  switch (severity) {
    case 'error':
      return colours.red;
    case 'warning':
      return colours.yellow;
    case 'information':
      return colours.blue;
    case 'hint':
      return colours.cyan;
  }
}

function diagnosticText(
  path: string,
  found: DiagnosticReport,
  lines: (path: string) => Lines,
  colours: Colours,
): string {
  const colour = paint(found.severity, colours);
  const places = [{ path, range: found.range }, ...found.related];
  const width = Math.max(...places.map((place) => String(place.range.start.line + 1).length));
  const gutter = ' '.repeat(width);
  // A related place that is the finding's own only adds words to the mark.
  const own = found.related.filter((related) => samePlace(related, { path, range: found.range }));
  const result = [
    `${colour(colours.bold(`${found.severity}[${found.code}]`))}${colours.bold(`: ${found.message}`)}`,
    `${gutter}${colours.blue('-->')} ${at(path, found.range)}`,
    ...snippet(lines(path), found.range, '^', own.map((related) => related.message).join('; '), colour, width, colours),
  ];
  for (const related of found.related) {
    if (own.includes(related)) continue;
    result.push(`${gutter}${colours.blue(':::')} ${at(related.path, related.range)}`);
    result.push(...snippet(lines(related.path), related.range, '-', related.message, colours.blue, width, colours));
  }
  for (const fix of found.fixes) result.push(`${gutter} ${colours.blue('=')} ${colours.green('fix:')} ${fix.title}`);
  return `${result.join('\n')}\n`;
}

interface Place {
  readonly path: string;
  readonly range: Range;
}

function samePlace(left: Place, right: Place): boolean {
  return (
    at(left.path, left.range) === at(right.path, right.range) &&
    at(left.path, { ...left.range, start: left.range.end }) ===
      at(right.path, { ...right.range, start: right.range.end })
  );
}

function at(path: string, range: Range): string {
  return `${path}:${range.start.line + 1}:${range.start.character + 1}`;
}

/** The source line of a range with its mark and words after it; of a range over several lines, the first. */
function snippet(
  lines: Lines,
  range: Range,
  mark: string,
  words: string,
  colour: Formatter,
  width: number,
  colours: Colours,
): string[] {
  const source = lines.line(range.start.line);
  const end = range.end.line > range.start.line ? source.trimEnd().length : range.end.character;
  const before = shown(source.slice(0, range.start.character));
  const marked = shown(source.slice(range.start.character, Math.max(end, range.start.character)));
  const gutter = `${' '.repeat(width)} ${colours.blue('|')}`;
  return [
    gutter,
    `${colours.blue(String(range.start.line + 1).padStart(width))} ${colours.blue('|')} ${shown(source)}`,
    `${gutter} ${' '.repeat(columns(before))}${colour(`${mark.repeat(Math.max(1, columns(marked)))} ${words}`.trimEnd())}`,
  ];
}

/** Tabs as spaces, and nothing that would move the terminal's cursor. */
function shown(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is to be taken out
  return text.replaceAll('\t', '    ').replace(/[\u0000-\u001f\u007f-\u009f]/g, '?');
}

const graphemes = new Intl.Segmenter();

function columns(text: string): number {
  return [...graphemes.segment(text)].length;
}

function verdictText(file: FileReport, colours: Colours): string[] {
  return file.verdicts
    .filter((v) => v.verdict !== 'proved' || v.sizes !== undefined || v.queues !== undefined)
    .map((verdict) => {
      const head = `${file.path}: ${verdict.kind} ${colours.bold(verdict.name)}: ${verdictWords(verdict, colours)}`;
      return `${[head, ...runText(verdict.lines, file.path, colours)].join('\n')}\n`;
    });
}

/** The widest that a line of a run is made, so that the places stand below each other. */
const widest = 76;

/** A run, each step with its line: in another file, with the file's name. */
function runText(lines: readonly LineReport[], path: string, colours: Colours): string[] {
  const numbers = Math.max(2, ...lines.map((line) => (line.kind === 'step' ? line.text.indexOf('.') : 0)));
  const texts = lines.map(({ kind, text }) => {
    switch (kind) {
      case 'step':
      case 'again':
        return `  ${' '.repeat(Math.max(0, numbers - text.indexOf('.')))}${shown(text)}`;
      case 'title':
        return `  ${shown(text)}`;
      case 'end':
      case 'queue':
        return `  ${' '.repeat(numbers)}- ${shown(text)}`;
    }
  });
  const width = Math.min(widest, Math.max(0, ...texts.map(columns)));
  return lines.map(({ place, wrong, kind }, i) => {
    const text = texts[i] ?? '';
    const painted = wrong ? colours.red(text) : kind === 'title' ? colours.bold(text) : text;
    if (!place) return painted;
    const where = `${place.path === path ? 'line ' : `${place.path}:`}${place.range.start.line + 1}`;
    return `${painted}${' '.repeat(Math.max(0, width - columns(text)) + 2)}${colours.dim(where)}`;
  });
}

function verdictWords(verdict: VerdictReport, colours: Colours): string {
  const sizes = verdict.sizes === undefined ? '' : ` ${verdict.sizes}`;
  switch (verdict.verdict) {
    case 'proved':
      return colours.green(`proved ${verdict.queues ?? 'for every buffer size'}${sizes}`);
    case 'bounded':
      return colours.yellow(`holds ${verdict.bound ?? 'up to the bound explored'}${sizes}: ${verdict.why ?? ''}`);
    case 'suspected':
      return colours.yellow(`may go wrong, ${verdict.why ?? ''}${verdict.run.length > 0 ? ', by this run' : ''}`);
    case 'refuted':
      return colours.red(
        verdict.run.length > 0 ? `refuted${sizes} by this run` : `refuted${sizes} from its very start`,
      );
  }
}

function summary(report: Report, colours: Colours, hints: boolean): string {
  const all = report.files.flatMap((file) => file.diagnostics);
  const of = (severity: Severity): number => all.filter((d) => d.severity === severity).length;
  const [errors, warnings, notes, hinted] = [of('error'), of('warning'), of('information'), of('hint')];
  const verdicts = report.files.flatMap((file) => file.verdicts);
  const proved = verdicts.filter((v) => v.verdict === 'proved').length;
  const counts = [
    errors > 0 && colours.red(count(errors, 'error')),
    warnings > 0 && colours.yellow(count(warnings, 'warning')),
    notes > 0 && colours.blue(count(notes, 'note')),
    hinted > 0 && colours.cyan(count(hinted, 'hint') + (hints ? '' : ' (shown with --hints)')),
  ].filter((part) => part !== false);
  const found = counts.length > 0 ? counts.join(', ') : colours.green('no errors');
  const untried = report.files.reduce((sum, file) => sum + (file.untried ?? 0), 0);
  const note =
    untried > 0
      ? `${colours.yellow(`For the last ${count(untried, 'finding')} no fix was looked for: there are too many. Mend some, and check again.`)}\n`
      : '';
  return `${note}${count(report.files.length, 'file')}: ${found}; ${proved} of ${verdicts.length} proved`;
}
