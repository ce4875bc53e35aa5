// Cases that a `match` leaves out, where an empty one is not enough: whoever is told something in the others is told
// something in these, and a loop is gone round again as in the others.
import type { Choreography, Decision } from '../../ir/choreography.js';
import { walkBlock } from '../../ir/choreography.js';
import type { FindingOf } from '../../findings/finding.js';
import { writeName } from '../../syntax/names.js';
import { caseName, withFields } from '../../edits/cases.js';
import { indentOf } from '../../edits/text.js';
import type { Fix, FixContext } from '../../edits/fix.js';
import { continuesIn } from './choreography-ways.js';
import { mostTemplates } from '../limits.js';

/** A message by which a role finds out which case it is. */
interface Telling {
  readonly from: string;
  readonly to: string;
}

/** The missing cases of a choreography, with what the roles are to be told. */
export function caseMends({ args }: FindingOf<'missing-case'>, choreography: Choreography, context: FixContext): Fix[] {
  const { uri, text, workspace } = context;
  const { missing, last } = args;
  let decision: Decision | undefined;
  walkBlock(choreography.body.statements, (s) => {
    if (s.kind === 'decision' && s.form === 'match' && s.branches.at(-1)?.origin.start === last?.start) decision ??= s;
  });
  if (!decision || !last) return [];
  const scope = workspace.analyze(uri)?.scope;
  const indent = indentOf(text, last.start);
  const found = decision;
  const loop = continuesIn(choreography, found);
  const goesRound = found.branches.filter(({ body }) => body.statements.at(-1)?.kind === 'continue').length;
  // Where all others go round the loop, this is the way out of it.
  const again =
    loop === undefined || goesRound === 0 ? [false] : goesRound < found.branches.length ? [true, false] : [false, true];
  return templatesOf(found).flatMap((tellings, i) =>
    again.map((goesOn, j): Fix => {
      const taken = labelsIn(choreography);
      const heads = missing.map((pattern) => (pattern === '_' ? 'else' : `case ${withFields(pattern, scope)}`));
      const cases = missing.map((pattern, k) => {
        const lines = tellings.map(({ from, to }) => {
          let label = pattern === '_' ? 'other' : caseName(pattern);
          while (taken.has(`${from} ${to} ${label}`)) label += '2';
          taken.add(`${from} ${to} ${label}`);
          return `${writeName(from)} -> ${writeName(to)}: ${writeName(label)}`;
        });
        if (goesOn && loop !== undefined) lines.push(`continue ${writeName(loop)}`);
        return `\n${indent}${heads[k] ?? ''} {\n${lines.map((line) => `${indent}  ${line}\n`).join('')}${indent}}`;
      });
      const messages =
        tellings.length === 0 ? '' : ` (${tellings.length} message${tellings.length > 1 ? 's' : ''} in it)`;
      return {
        title: `Add \`${heads[0] ?? ''}\`${heads.length > 1 ? ` and ${heads.length - 1} more` : ''}${goesOn ? `, going round \`${loop ?? ''}\` again` : ''}${messages}`,
        edits: [{ uri, start: last.end, end: last.end, newText: cases.join('') }],
        preferred: true,
        cost: { doubt: 10.5 + i + j / 2 },
      };
    }),
  );
}

/** Who is told by whom in the cases that there are: what most of them have in common first. */
function templatesOf({ branches, decider, informs }: Decision): Telling[][] {
  const found = new Map<string, { readonly tellings: Telling[]; count: number }>();
  for (const { body } of branches) {
    const told = new Set([decider.key, ...informs.map(({ key }) => key)]);
    const tellings: Telling[] = [];
    const tell = (from: string, to: string): void => {
      // Who knows nothing can't tell it.
      if (told.has(to) || !told.has(from)) return;
      told.add(to);
      tellings.push({ from, to });
    };
    walkBlock(body.statements, (s) => {
      if (s.kind === 'communication' && !s.implied) for (const { role } of s.receivers) tell(s.sender.key, role.key);
      // In what is called, those who know of it are likely to begin.
      if (s.kind === 'call') {
        const knows = s.args.find(({ role }) => told.has(role.key));
        for (const { role } of s.args) tell(knows?.role.key ?? decider.key, role.key);
      }
    });
    const key = tellings.map(({ from, to }) => `${from} ${to}`).join();
    const known = found.get(key) ?? { tellings, count: 0 };
    known.count++;
    found.set(key, known);
  }
  return [...found.values()]
    .sort((a, b) => b.count - a.count)
    .map(({ tellings }) => tellings)
    .slice(0, mostTemplates);
}

/** The labels of messages, with who sends them to whom. */
function labelsIn({ body }: Choreography): Set<string> {
  const found = new Set<string>();
  walkBlock(body.statements, (s) => {
    if (s.kind === 'communication' && s.label)
      for (const { role } of s.receivers) found.add(`${s.sender.key} ${role.key} ${s.label.name.text}`);
  });
  return found;
}
