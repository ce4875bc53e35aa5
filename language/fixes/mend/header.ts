// A role that a choreography has everywhere but in its header.
import type { Choreography } from '../../ir/choreography.js';
import { closest } from '../../syntax/closest.js';
import { writeName } from '../../syntax/names.js';
import { writeType } from '../../typing/write.js';
import type { FileAnalysis } from '../../workspace.js';
import type { Edit, Fix, FixContext } from '../../edits/fix.js';
import type { Finding } from '../../findings/finding.js';

/**
 * An input that a role needs, as its header has it: it is the first to read what it has no value for yet, though others
 * may have one, or it gets one itself further on.
 */
function inputNeeded(analysis: FileAnalysis | undefined, role: string): string | undefined {
  for (const { code, args } of analysis?.findings ?? []) {
    const written = (name: string, type: string | undefined): string | undefined =>
      type === undefined ? undefined : `${writeName(name)}: ${type}`;
    if (code === 'unknown-variable' && args.role === role) return written(args.name.text, args.type);
    if (code === 'maybe-unassigned' && args.role === role && !args.process) return written(args.name, args.type);
    if (code === 'not-located-here' && args.kind === 'variable' && args.here === role) {
      const type = analysis?.names.typeOf(args.origin);
      return written(args.name, type && writeType(type, 'string'));
    }
  }
  return undefined;
}

/** What has no role before it: a value that one sends, or a variable that one keeps something in. */
export function roleOmitted(finding: Finding, choreography: Choreography, { uri, text }: FixContext): Fix[] {
  if (finding.code !== 'unknown-role') return [];
  const { start, end } = finding.origin;
  const name = text.slice(start, end);
  const body = text.slice(choreography.body.origin.start, choreography.body.origin.end);
  return choreography.roles.flatMap(({ name: { text: role }, params }): Fix[] => {
    const word = new RegExp(
      `(?<![\\p{L}\\p{Nd}_])${role}\\.[^\\n{}]*?(?<![\\p{L}\\p{Nd}_])${name}(?![\\p{L}\\p{Nd}_])`,
      'u',
    );
    const has = params.some((p) => p.name.text === name);
    if (!has && !word.test(body)) return [];
    return [
      {
        title: `Write \`${role}.${name}\``,
        edits: [{ uri, start, end: start, newText: `${writeName(role)}.` }],
        preferred: true,
        cost: { doubt: has ? 0.5 : 0.9 },
      },
    ];
  });
}

/** A role that the header has not, with the inputs that it needs. */
export function missingRole(finding: Finding, choreography: Choreography, context: FixContext): Fix[] {
  const roles = choreography.roles.map((r) => r.name.text);
  const { uri, text, workspace } = context;
  if (finding.code !== 'unknown-role') return [];
  const name = text.slice(finding.origin.start, finding.origin.end);
  // Roles stand in the order in which they first take part.
  const body = text.slice(choreography.body.origin.start, choreography.body.origin.end);
  const firstUse = (role: string): number => {
    const at = body.search(new RegExp(`(?<![\\p{L}\\p{Nd}_.])${role}(?![\\p{L}\\p{Nd}_])`, 'u'));
    return at < 0 ? Infinity : at;
  };
  const index = roles.findIndex((role) => firstUse(role) > firstUse(name));
  const next = choreography.roles[index];
  const last = choreography.roles.at(-1);
  const at = next ? next.origin.start : last ? last.origin.end : text.indexOf('(', choreography.name.origin.end) + 1;
  const withInputs = (inputs: readonly string[]): string => name + (inputs.length > 0 ? `(${inputs.join(', ')})` : '');
  const written = (inputs: readonly string[]): string => {
    const role = withInputs(inputs);
    return next ? `${role}, ` : last ? `, ${role}` : role;
  };
  // Its inputs are what it reads and is not given: they are known once it is a role.
  const inputs: string[] = [];
  for (let round = 0; round < 4; round++) {
    const trial = workspace.fork();
    trial.set(uri, text.slice(0, at) + written(inputs) + text.slice(at));
    const needed = inputNeeded(trial.analyze(uri), name);
    if (needed === undefined) break;
    inputs.push(needed);
  }
  const edit: Edit = { uri, start: at, end: at, newText: written(inputs) };
  const role = withInputs(inputs);
  const title = `Add ${role} to the roles of \`${choreography.name.text}\``;
  const elsewhere = choreography.roles
    .filter((r) => r !== next)
    .map((r, i): Fix => ({
      title: `${title}, before ${r.name.text}`,
      edits: [{ uri, start: r.origin.start, end: r.origin.start, newText: `${role}, ` }],
      cost: { doubt: 4.3 + i / 10 },
    }));
  const atEnd: Fix[] =
    last && next
      ? [
          {
            title: `${title}, at the end`,
            edits: [{ uri, start: last.origin.end, end: last.origin.end, newText: `, ${role}` }],
            cost: { doubt: 4.2 },
          },
        ]
      : [];
  // A name that is like no other is hardly a slip.
  return [
    { title, edits: [edit], preferred: true, cost: { doubt: closest(name, roles).length > 0 ? 4 : 1.9 } },
    ...atEnd,
    ...elsewhere,
  ];
}
