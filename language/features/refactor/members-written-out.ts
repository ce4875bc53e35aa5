// The members of a family as roles of their own, for one size: what all do is said once for each.
import { blocksOf, isImplied, rolesNamed } from '../../ir/choreography.js';
import type { Choreography, For, Statement } from '../../ir/choreography.js';
import type { TextRange } from '../../ir/expression.js';
import { sameRole } from '../../ir/role.js';
import type { RoleRef } from '../../ir/role.js';
import { evaluate } from '../../ir/static.js';
import type { Valuation } from '../../ir/static.js';
import { applyEdits } from '../../edits/fix.js';
import type { Edit } from '../../edits/fix.js';
import { dedented, hasComment, indentAt, indented, linesOf } from '../../edits/text.js';
import { indicesOf, numbersOf } from '../../families/members.js';
import { scan } from '../../syntax/tokens.js';
import { writeName } from '../../syntax/names.js';
import { listed } from '../../text/words.js';
import { contains } from '../cursor.js';
import { startOfItem } from './refactoring.js';
import type { Asked, Refactoring } from './refactoring.js';
import { mostMembersWritten } from '../limits.js';

interface Writing extends Asked {
  readonly family: string;
  readonly size: number;
  readonly names: readonly string[];
  readonly place: TextRange;
}

/**
 * The family around the cursor in the head, `Mapper[m = 2]`, as roles, `Mapper1, Mapper2`.
 * @returns undefined where it is none, has too many members, or its members are meant in a way that can't be written
 *   out
 * Cost: linear in the text that comes of it
 */
export function withMembersWrittenOut(asked: Asked, choreography: Choreography): Refactoring | undefined {
  const { uri, text, range } = asked;
  const role = choreography.roles.find(({ origin }) => origin.start <= range.start && range.start <= origin.end);
  if (!role?.family) return undefined;
  const { family } = role;
  const size = family.size ? (family.usual ?? Math.max(2, family.least)) : family.least;
  const words = new Set(
    scan(text.slice(choreography.origin.start, choreography.origin.end)).map((token) => token.text),
  );
  const names = Array.from({ length: size }, (_, i) => `${role.name.text}${i + 1}`);
  if (size < 1 || size > mostMembersWritten || names.some((name) => words.has(name)) || hasComment(text, role.origin))
    return undefined;
  const writing: Writing = { ...asked, family: role.name.text, size, names, place: choreography.origin };
  const valuation: Valuation = new Map(family.size ? [[family.size.text, size]] : []);
  const own = { start: role.name.origin.start, end: family.origin.end };
  const header = names
    .map((name) => text.slice(role.origin.start, own.start) + writeName(name) + text.slice(own.end, role.origin.end))
    .join(', ');
  const results = choreography.results.flatMap(({ role: at }) =>
    edited(at, { start: startOfItem(text, at.origin.start), end: at.origin.end }, valuation, writing),
  );
  const returns = choreography.returns.flatMap(({ role: at, origin }) => edited(at, origin, valuation, writing));
  try {
    const edits = [
      { uri, ...role.origin, newText: header },
      ...results,
      ...returns,
      ...editsOf(choreography.body.statements, valuation, writing),
    ];
    return { title: `Write ${role.name.text} out as ${listed(names)}`, kind: 'rewrite', edits };
  } catch (error) {
    if (error instanceof NotWritable) return undefined;
    throw error;
  }
}

/** Something that has no form for single roles. */
class NotWritable extends Error {}

/** The members that a role means, with its place in a list written once for each. */
function edited(role: RoleRef, item: TextRange, valuation: Valuation, writing: Writing, speaks?: RoleRef): Edit[] {
  const { uri, text, names } = writing;
  const members = meant(role, valuation, writing, speaks);
  if (!members) return [];
  const [before, behind] = [
    text.slice(item.start, role.origin.start),
    withNumbers({ start: role.origin.end, end: item.end }, valuation, writing),
  ];
  return [
    { uri, ...item, newText: members.map((member) => before + writeName(names[member] ?? '') + behind).join(', ') },
  ];
}

/** @throws NotWritable where nobody is meant, as of an empty list nothing can be written, or it is computed who is */
function meant(
  role: RoleRef,
  valuation: Valuation,
  { family, size }: Writing,
  speaks?: RoleRef,
): readonly number[] | undefined {
  if (role.name.text !== family) return undefined;
  if (role.index?.kind === 'picked') throw new NotWritable();
  const members = indicesOf(role, new Map([[family, size]]), valuation, speaks);
  if (!members || members.length === 0) throw new NotWritable();
  return members;
}

/** Code with the values of sizes and indices in it. */
function withNumbers(place: TextRange, valuation: Valuation, { uri, text, analysis }: Writing): string {
  return applyEdits(
    text.slice(place.start, place.end),
    numbersIn(place, valuation, { uri, analysis }).map((edit) => ({
      ...edit,
      start: edit.start - place.start,
      end: edit.end - place.start,
    })),
  );
}

function numbersIn(
  place: TextRange,
  valuation: Valuation,
  { uri, analysis }: Pick<Writing, 'uri' | 'analysis'>,
): Edit[] {
  return analysis.occurrences.flatMap(({ symbol, origin, role }) => {
    const value =
      (symbol.kind === 'size' || symbol.kind === 'index') && role === 'read' && contains(place, origin)
        ? valuation.get(symbol.name)
        : undefined;
    return value === undefined ? [] : [{ uri, ...origin, newText: String(value) }];
  });
}

function editsOf(statements: readonly Statement[], valuation: Valuation, writing: Writing): Edit[] {
  return statements
    .filter((statement) => !isImplied(statement))
    .flatMap((statement) => editsIn(statement, valuation, writing));
}

function editsIn(statement: Statement, valuation: Valuation, writing: Writing): Edit[] {
  const { uri, text, names, analysis } = writing;
  const item = (role: RoleRef, origin: TextRange, speaks?: RoleRef): Edit[] =>
    edited(role, origin, valuation, writing, speaks);
  /** What is left: numbers outside of what is edited. */
  const withRest = (edits: readonly Edit[]): Edit[] => {
    const blocks = blocksOf(statement).flat();
    return [
      ...edits,
      ...numbersIn(statement.origin, valuation, { uri, analysis }).filter(
        (one) => !edits.some((edit) => contains(edit, one)) && !blocks.some(({ origin }) => contains(origin, one)),
      ),
      ...editsOf(blocks, valuation, writing),
    ];
  };
  switch (statement.kind) {
    case 'communication': {
      const { sender, receivers, value } = statement;
      const all = { start: sender.origin.start, end: value ? value.origin.end : sender.origin.end };
      return withRest([...item(sender, all), ...receivers.flatMap(({ role, origin }) => item(role, origin, sender))]);
    }
    case 'gather':
      return withRest([...statement.senders, statement.receiver].flatMap(({ role, origin }) => item(role, origin)));
    case 'assignment':
    case 'effect':
    case 'at': {
      const members = meant(statement.role, valuation, writing);
      if (!members) return withRest([]);
      const rest = { start: statement.role.origin.end, end: statement.origin.end };
      const before = text.slice(statement.origin.start, statement.role.origin.start);
      return inPlace(
        statement,
        members.map((member) => before + writeName(names[member] ?? '') + withNumbers(rest, valuation, writing)),
        writing,
      );
    }
    case 'decision':
    case 'while': {
      const decider =
        statement.kind === 'decision' && statement.form === 'choice'
          ? item(statement.decider, statement.decider.origin)
          : [];
      return withRest([
        ...decider,
        ...statement.guards.flatMap(({ role, origin }) => item(role, origin)),
        ...statement.informs.flatMap((role) => item(role, informOf(statement, role))),
      ]);
    }
    case 'call':
      return withRest(
        rolesNamed(statement).flatMap((role) => {
          const members = meant(role, valuation, writing);
          // A callee has one place for a family.
          if (members && members.length !== 1) throw new NotWritable();
          return item(role, role.origin);
        }),
      );
    case 'for':
      return ofLoop(statement, valuation, writing) ?? withRest([]);
    case 'rec':
    case 'continue':
    case 'leave':
    case 'par':
    case 'when':
      return withRest([]);
  }
}

/** Where somebody is told, with the variable that takes the value. */
function informOf(statement: Statement, role: RoleRef): TextRange {
  const sent =
    statement.kind === 'decision'
      ? statement.sent?.find(
          (receiver) => sameRole(receiver.role, role) && receiver.role.origin.start === role.origin.start,
        )
      : undefined;
  return sent?.origin ?? role.origin;
}

/** A loop over members, or over numbers that name members, once for each. */
function ofLoop(statement: For, valuation: Valuation, writing: Writing): Edit[] | undefined {
  const { text, family, size } = writing;
  const { range, index, body } = statement;
  let names = range.kind === 'members' && range.of.name.text === family;
  const visit = (block: readonly Statement[]): void =>
    block.forEach((inner) => {
      names ||= rolesNamed(inner).some((role) => role.name.text === family && role.index !== undefined);
      blocksOf(inner).forEach(visit);
    });
  visit(body.statements);
  if (!names || (range.kind === 'members' && range.of.name.text !== family)) return undefined;
  if (
    range.kind === 'numbers' &&
    (evaluate(range.from, valuation) === undefined || evaluate(range.until, valuation) === undefined)
  )
    throw new NotWritable();
  const inside = { start: body.origin.start + 1, end: body.origin.end - 1 };
  if (hasComment(text, inside)) throw new NotWritable();
  const rounds = numbersOf(range, new Map([[family, size]]), valuation).slice(0, mostMembersWritten + 1);
  if (rounds.length === 0 || rounds.length > mostMembersWritten) throw new NotWritable();
  const bodies = rounds.map((round) => {
    const edits = editsOf(body.statements, new Map([...valuation, [index.text, round]]), writing);
    return dedented(
      applyEdits(
        text.slice(inside.start, inside.end),
        edits.map((edit) => ({ ...edit, start: edit.start - inside.start, end: edit.end - inside.start })),
      ),
    );
  });
  if (!statement.parallel) return inPlace(statement, bodies, writing);
  const indent = indentAt(text, statement.origin.start);
  return linesOf(text, statement.origin)
    ? inPlace(
        statement,
        [`par {\n  ${bodies.map((each) => indented(each, '  ')).join('\n} and {\n  ')}\n}`],
        writing,
        indent,
      )
    : inPlace(statement, [`par { ${bodies.join(' } and { ')} }`], writing);
}

/** Statements in the place of one. */
function inPlace(
  { origin }: Statement,
  codes: readonly string[],
  { uri, text }: Writing,
  indent = indentAt(text, origin.start),
): Edit[] {
  const lines = linesOf(text, origin) !== undefined;
  return [
    {
      uri,
      ...origin,
      newText: codes.map((code) => indented(code, lines ? indent : '')).join(lines ? `\n${indent}` : '; '),
    },
  ];
}
