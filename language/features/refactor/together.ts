// Statements that wait for each other only by where they are written, made branches of a `par`; and branches of one
// made statements in a row.
import { blocksOf, isImplied } from '../../ir/choreography.js';
import type { Choreography, For, Par, Statement } from '../../ir/choreography.js';
import type { TextRange } from '../../ir/expression.js';
import { dedented, indentAt, indented, linesOf } from '../../edits/text.js';
import { areIndependent, inBranches } from '../../edits/together.js';
import { isEffectful } from '../../scoping/effects.js';
import { scan } from '../../syntax/tokens.js';
import { contains } from '../cursor.js';
import type { Asked, Refactoring } from './refactoring.js';
import { partOf } from './part.js';

/**
 * The statements that are selected, or the message at the cursor with the next one where they go in opposite
 * directions, to be done at the same time.
 * @returns undefined where one depends on another, by a variable or by what host functions may do, or where they have
 *   no role in common: then they go on at the same time as they are
 * Cost: linear in the names of the choreography
 */
export function atTheSameTime(asked: Asked, choreography: Choreography): Refactoring | undefined {
  const { uri, text, range } = asked;
  const crossing = range.start === range.end;
  const row = crossing
    ? crossingAt(choreography.body.statements, range.start)
    : partOf(asked, choreography)?.statements;
  if (!row || row.length < 2 || !mayGoTogether(asked, choreography, row)) return undefined;
  const edit = inBranches(uri, text, row);
  return (
    edit && {
      title: crossing ? 'Let this message and the next one cross' : 'Do these at the same time',
      kind: 'rewrite',
      edits: [edit],
    }
  );
}

/** The branches of a `par` one after the other, or the rounds of a `par i in`. */
export function oneAfterTheOther({ uri, text }: Asked, statement: Par | For): Refactoring | undefined {
  const title = 'Do these one after the other';
  const { origin } = statement;
  if (statement.kind === 'for')
    return text.startsWith('par', origin.start)
      ? {
          title,
          kind: 'rewrite',
          edits: [{ uri, start: origin.start, end: origin.start + 'par'.length, newText: 'for' }],
        }
      : undefined;
  const bodies = statement.branches.map((branch) => ({ start: branch.origin.start + 1, end: branch.origin.end - 1 }));
  // A comment beside the braces has no place.
  const around = bodies.reduceRight(
    (left, body) => left.slice(0, body.start - origin.start) + left.slice(body.end - origin.start),
    text.slice(origin.start, origin.end),
  );
  if (scan(around).some(({ kind }) => kind === 'comment')) return undefined;
  const lines = linesOf(text, origin);
  const code = bodies.map(({ start, end }) => dedented(text.slice(start, end))).filter((body) => body !== '');
  if (lines && lines.start <= origin.start && code.length > 0) {
    const indent = indentAt(text, origin.start);
    return {
      title,
      kind: 'rewrite',
      edits: [{ uri, ...origin, newText: code.map((body) => indented(body, indent)).join(`\n${indent}`) }],
    };
  }
  return { title, kind: 'rewrite', edits: [{ uri, ...origin, newText: code.join('; ') }] };
}

/** A message and the next one, which goes the other way. */
function crossingAt(statements: readonly Statement[], offset: number): readonly Statement[] | undefined {
  const own = statements.filter((statement) => !isImplied(statement));
  const at = own.findIndex(({ origin }) => origin.start <= offset && offset <= origin.end);
  const [one, next] = [own[at], own[at + 1]];
  if (!one) return undefined;
  if (one.kind !== 'communication') return crossingAt(blocksOf(one).flat(), offset);
  const goesTo = (from: Statement, to: Statement): boolean =>
    from.kind === 'communication' &&
    to.kind === 'communication' &&
    from.receivers.some(({ role }) => role.key === to.sender.key);
  return next && goesTo(one, next) && goesTo(next, one) ? [one, next] : undefined;
}

/** Whether some statements that have roles in common do the same in any order. */
function mayGoTogether({ analysis }: Asked, choreography: Choreography, row: readonly Statement[]): boolean {
  const own = analysis.occurrences.filter(({ origin }) => contains(choreography.origin, origin));
  const names = row.map(({ origin }: { readonly origin: TextRange }) => {
    const inside = own.filter((occurrence) => contains(origin, occurrence.origin));
    const ids = (kinds: readonly string[], writes?: boolean): ReadonlySet<string> =>
      new Set(
        inside
          .filter(({ symbol, role }) => kinds.includes(symbol.kind) && (writes !== true || role !== 'read'))
          .map(({ symbol }) => symbol.id),
      );
    const acts = inside.some(
      ({ symbol, origin: place }) =>
        symbol.kind === 'function' &&
        isEffectful({ kind: 'name', name: { text: symbol.name, origin: place }, origin: place }, analysis.scope),
    );
    return {
      roles: ids(['role']),
      used: ids(['variable', 'input']),
      written: ids(['variable', 'input'], true),
      acts,
    };
  });
  const meet = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean => [...one].some((id) => other.has(id));
  const pairs = names.flatMap((one, i) => names.slice(i + 1).map((other) => [one, other] as const));
  return (
    areIndependent(names) &&
    pairs.some(([one, other]) => meet(one.roles, other.roles)) &&
    pairs.every(([one, other]) => !(one.acts && other.acts && meet(one.roles, other.roles)))
  );
}
