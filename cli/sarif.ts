// The report as SARIF 2.1.0, for code review tools.
import type { CodeFlow, Log, PhysicalLocation, Region, ReportingDescriptor, Result } from 'sarif';
import { rules } from '../language/rules/index.js';
import type { Documented } from '../language/rules/rule.js';
import { version } from '../package.json';
import type { Range } from './positions.js';
import type { DiagnosticReport, Report, RunReport } from './report.js';
import type { Severity } from '../language/findings/finding.js';

/** Makes the log; columns count UTF-16 units, as the log says. */
export function sarifLog(report: Report): Log {
  const index = new Map<string, number>(rules.map((rule, i) => [rule.code, i]));
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'chor', version, semanticVersion: version, rules: rules.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        artifacts: report.files.map((file) => ({ location: { uri: uriOf(file.path) } })),
        results: report.files.flatMap((file) => file.diagnostics.map((d) => result(file.path, d, index.get(d.code)))),
      },
    ],
  };
}

function descriptor(rule: Documented): ReportingDescriptor {
  const help = `${rule.explanation}\n\n${rule.advice}`;
  return {
    id: rule.code,
    name: rule.code.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.explanation },
    help: {
      text: help,
      markdown: `${help}\n\nRaises it:\n\n\`\`\`chor\n${rule.bad.trimEnd()}\n\`\`\`\n\nDoes not:\n\n\`\`\`chor\n${rule.good.trimEnd()}\n\`\`\`\n`,
    },
    defaultConfiguration: { level: levelOf(rule.severity) },
  };
}

function levelOf(severity: Severity): 'error' | 'warning' | 'note' {
  switch (severity) {
    case 'error':
      return 'error';
    case 'warning':
      return 'warning';
    case 'information':
    case 'hint':
      return 'note';
  }
}

function result(path: string, found: DiagnosticReport, ruleIndex: number | undefined): Result {
  return {
    ruleId: found.code,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levelOf(found.severity),
    message: { text: found.message },
    locations: [{ physicalLocation: place(path, found.range) }],
    relatedLocations: found.related.map((r, id) => ({
      id,
      physicalLocation: place(r.path, r.range),
      message: { text: r.message },
    })),
    ...(found.suspected ? { properties: { suspected: true } } : {}),
    ...(found.run ? { codeFlows: [codeFlow(found.run)] } : {}),
    fixes: found.fixes.map((fix) => {
      const paths = [...new Set(fix.edits.map((edit) => edit.path))];
      return {
        description: { text: fix.title },
        artifactChanges: paths.map((changed) => ({
          artifactLocation: { uri: uriOf(changed) },
          replacements: fix.edits
            .filter((edit) => edit.path === changed)
            .map((edit) => ({ deletedRegion: region(edit.range), insertedContent: { text: edit.newText } })),
        })),
      };
    }),
  };
}

/**
 * A run: a thread for each role, its steps and where it stands at the end, in the order in which all of them happen.
 */
function codeFlow({ roles, steps, ends }: RunReport): CodeFlow {
  const all = [...steps, ...ends].map((step, index) => ({ ...step, executionOrder: index + 1 }));
  const threads = roles
    .map((role) => ({ role, own: all.filter((step) => step.role === role) }))
    .filter(({ own }) => own.length > 0);
  return {
    threadFlows: threads.map(({ role, own }) => ({
      id: role,
      locations: own.map(({ path, range, text, executionOrder }) => ({
        executionOrder,
        location: { physicalLocation: place(path, range), message: { text } },
      })),
    })),
  };
}

function place(path: string, range: Range): PhysicalLocation {
  return { artifactLocation: { uri: uriOf(path) }, region: region(range) };
}

function region({ start, end }: Range): Region {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** A path as a URI reference. */
function uriOf(path: string): string {
  const slashed = path === '-' ? 'stdin.chor' : path.replaceAll('\\', '/');
  const encoded = slashed.split('/').map(encodeURIComponent).join('/');
  return /^[A-Za-z]%3A\//.test(encoded)
    ? `file:///${encoded.replace('%3A', ':')}`
    : slashed.startsWith('/')
      ? `file://${encoded}`
      : encoded;
}
