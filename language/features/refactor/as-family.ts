// Roles that are numbered made a family: its members are the roles, and what they do alike is said once.
import { blocksOf, isImplied } from '../../ir/choreography.js';
import type { Choreography, Role, Statement } from '../../ir/choreography.js';
import type { Expr, TextRange } from '../../ir/expression.js';
import type { RoleRef } from '../../ir/role.js';
import { applyEdits } from '../../edits/fix.js';
import type { Edit } from '../../edits/fix.js';
import { dedented, hasComment, indentAt, indented, linesOf } from '../../edits/text.js';
import { isEffectful } from '../../scoping/effects.js';
import { scan } from '../../syntax/tokens.js';
import { writeName } from '../../syntax/names.js';
import { listed } from '../../text/words.js';
import { contains } from '../cursor.js';
import { freshName, startOfItem } from './refactoring.js';
import type { Asked, Refactoring } from './refactoring.js';

/** Roles side by side in a header, called alike but for their numbers, with the same inputs. */
interface Group {
  readonly stem: string;
  readonly roles: readonly Role[];
}

/** What is needed to write the roles as members. */
interface Writing extends Asked {
  readonly family: string;
  readonly index: string;
  /** The number of each role, by its name. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Where the roles stand, each with its number. */
  readonly places: readonly { readonly origin: TextRange; readonly number: number }[];
}

/**
 * The roles around the cursor in the head, `Mapper1, Mapper2`, as a family, `Mapper[m]`. What they do alike, one after
 * the other, is made one statement of all, or a loop. Where each is only meant as one of all, the family may have any
 * size; else it has as many members as there were roles.
 * @returns undefined where the role has no others beside it that are called alike
 * Cost: linear in the text, times the number of roles
 */
export function asFamily(asked: Asked, choreography: Choreography): Refactoring | undefined {
  const { uri, text, analysis, range } = asked;
  const group = groupAt(text, choreography, range.start);
  if (!group) return undefined;
  const { roles } = group;
  const words = new Set(
    scan(text.slice(choreography.origin.start, choreography.origin.end)).map((token) => token.text),
  );
  const numbers = new Map(roles.map(({ name }, number) => [name.text, number]));
  const family = freshName(group.stem, new Set([...words, ...analysis.scope.all().keys()]));
  const places = analysis.occurrences
    .filter(
      ({ symbol, origin }) =>
        symbol.kind === 'role' && numbers.has(symbol.name) && contains(choreography.origin, origin),
    )
    .map(({ symbol, origin }) => ({ origin, number: numbers.get(symbol.name) ?? 0 }));
  const writing: Writing = { ...asked, family, index: freshName('i', words), numbers, places };
  const first = roles[0] as Role;
  const header = { start: first.origin.start, end: (roles.at(-1) as Role).origin.end };
  if (hasComment(text, header)) return undefined;
  const results = choreography.results.map(({ role }) => ({
    role,
    origin: { start: startOfItem(text, role.origin.start), end: role.origin.end },
  }));
  const body = [
    ...editsOf(choreography.body.statements, writing),
    ...wholeList(results, writing),
    ...wholeList(choreography.returns, writing),
  ];
  const rest = places.filter(({ origin }) => !contains(header, origin) && !body.some((edit) => contains(edit, origin)));
  const edits = [
    ...body,
    ...rest.map(({ origin, number }): Edit => ({ uri, ...origin, newText: `${writeName(family)}[${number}]` })),
  ];
  const size =
    rest.length === 0 && !edits.some(({ newText }) => newText.includes(`${writeName(family)}[0]`))
      ? freshName('n', words)
      : undefined;
  const own = text
    .slice(first.origin.start, first.origin.end)
    .replace(
      text.slice(first.name.origin.start, first.name.origin.end),
      () => `${writeName(family)}[${size === undefined ? roles.length : `${size} = ${roles.length}`}]`,
    );
  return {
    title: `Make ${listed(roles.map(({ name }) => name.text))} a family`,
    kind: 'rewrite',
    edits: [{ uri, ...header, newText: own }, ...edits],
  };
}

function groupAt(text: string, { roles }: Choreography, offset: number): Group | undefined {
  const at = roles.findIndex(({ origin }) => origin.start <= offset && offset <= origin.end);
  const stemOf = (role: Role | undefined): { readonly stem: string; readonly number: number } | undefined => {
    const [, stem, digits] = /^(.*?\D)(\d+)$/.exec(role?.name.text ?? '') ?? [];
    return role && !role.family && stem !== undefined && digits !== undefined
      ? { stem, number: Number(digits) }
      : undefined;
  };
  /** A role but for its name. */
  const rest = ({ name, origin }: Role): string =>
    scan(text.slice(origin.start, name.origin.start) + text.slice(name.origin.end, origin.end))
      .map((token) => token.text)
      .join(' ');
  const goesOn = (one: Role | undefined, next: Role | undefined): boolean => {
    const [a, b] = [stemOf(one), stemOf(next)];
    return (
      one !== undefined &&
      next !== undefined &&
      a !== undefined &&
      b !== undefined &&
      a.stem === b.stem &&
      b.number === a.number + 1 &&
      rest(one) === rest(next)
    );
  };
  let [from, to] = [at, at];
  while (goesOn(roles[from - 1], roles[from])) from--;
  while (goesOn(roles[to], roles[to + 1])) to++;
  const stem = stemOf(roles[at])?.stem;
  return stem === undefined || to === from
    ? undefined
    : { stem: stem.replace(/_$/, ''), roles: roles.slice(from, to + 1) };
}

/** The edits of a block: of rows that say the same of each member, and of lists of all members. */
function editsOf(all: readonly Statement[], writing: Writing): Edit[] {
  const statements = all.filter((statement) => !isImplied(statement));
  const edits: Edit[] = [];
  for (let at = 0; at < statements.length;) {
    const row = rowAt(statements, at, writing);
    if (row) {
      edits.push(row.edit);
      at += row.length;
      continue;
    }
    const statement = statements[at++] as Statement;
    edits.push(
      ...listsIn(statement).flatMap((roles) => wholeList(roles, writing)),
      ...blocksOf(statement).flatMap((block) => editsOf(block, writing)),
    );
  }
  return edits;
}

/**
 * As many statements as there are members, or several times so many, which say the same of one member after the other.
 */
function rowAt(
  statements: readonly Statement[],
  at: number,
  writing: Writing,
): { readonly edit: Edit; readonly length: number } | undefined {
  const { text, uri, numbers, family, index } = writing;
  const size = numbers.size;
  for (let length = 1; at + length * size <= statements.length; length++) {
    const rounds = Array.from({ length: size }, (_, number) =>
      statements.slice(at + number * length, at + (number + 1) * length),
    );
    const keys = rounds.map((round, number) => keyOf(round, number, writing));
    if (keys[0] === undefined || keys.some((key) => key !== keys[0])) {
      // Longer rounds begin with the same member.
      if (keyOf(statements.slice(at, at + length), 0, writing) === undefined) return undefined;
      continue;
    }
    const [first, last] = [statements[at] as Statement, statements[at + length * size - 1] as Statement];
    const place = { start: first.origin.start, end: last.origin.end };
    if (hasComment(text, place)) return undefined;
    const round = rounds[0] ?? [];
    const members = (by: string): string =>
      withRoles({ start: first.origin.start, end: (round.at(-1) as Statement).origin.end }, by, writing);
    if (length === 1 && isOfAll(first, writing))
      return { edit: { uri, ...place, newText: members(writeName(family)) }, length: size };
    const indent = indentAt(text, first.origin.start);
    const body = dedented(members(`${writeName(family)}[${index}]`));
    const head = `for ${index} in ${writeName(family)} {`;
    return {
      edit: {
        uri,
        ...place,
        newText: linesOf(text, first.origin)
          ? `${head}\n${indent}  ${indented(body, `${indent}  `)}\n${indent}}`
          : `${head} ${body} }`,
      },
      length: length * size,
    };
  }
  return undefined;
}

/**
 * What some statements say, the member apart that they are about; undefined where they are about others, or about none.
 */
function keyOf(round: readonly Statement[], number: number, { text, places }: Writing): string | undefined {
  const [first, last] = [round[0], round.at(-1)];
  if (!first || !last) return undefined;
  const place = { start: first.origin.start, end: last.origin.end };
  const inside = places.filter(({ origin }) => contains(place, origin));
  if (inside.length === 0 || inside.some((each) => each.number !== number)) return undefined;
  return scan(
    applyEdits(
      text.slice(place.start, place.end),
      inside.map(({ origin }) => ({
        uri: '',
        start: origin.start - place.start,
        end: origin.end - place.start,
        newText: '#',
      })),
    ),
  )
    .map((token) => token.text)
    .join(' ');
}

/** Whether a statement about one member says the same where all are meant: a step of its own, or a message to it. */
function isOfAll(statement: Statement, { numbers, analysis: { scope } }: Writing): boolean {
  const isMember = ({ name }: RoleRef): boolean => numbers.has(name.text);
  if (statement.kind === 'assignment' || statement.kind === 'effect') return isMember(statement.role);
  const same = (value: Expr | undefined): boolean => value === undefined || !isEffectful(value, scope);
  return (
    statement.kind === 'communication' &&
    !isMember(statement.sender) &&
    statement.receivers.length === 1 &&
    same(statement.value)
  );
}

/** The lists of roles in a statement that a family may stand in. */
function listsIn(statement: Statement): readonly (readonly { readonly role: RoleRef; readonly origin: TextRange }[])[] {
  switch (statement.kind) {
    case 'communication':
      return [statement.receivers];
    case 'gather':
      return [statement.senders];
    case 'decision':
    case 'while':
      return [statement.informs.map((role) => ({ role, origin: role.origin })), statement.guards];
    case 'assignment':
    case 'effect':
    case 'call':
    case 'rec':
    case 'continue':
    case 'leave':
    case 'for':
    case 'par':
    case 'at':
    case 'when':
      return [];
  }
}

/** All members, side by side in a list, with the same beside each: the family. */
function wholeList(list: readonly { readonly role: RoleRef; readonly origin: TextRange }[], writing: Writing): Edit[] {
  const { uri, text, numbers, family } = writing;
  const size = numbers.size;
  for (let at = 0; at + size <= list.length; at++) {
    const part = list.slice(at, at + size);
    const texts = part.map(({ role, origin }, number) =>
      numbers.get(role.name.text) === number
        ? text.slice(origin.start, role.origin.start) + writeName(family) + text.slice(role.origin.end, origin.end)
        : undefined,
    );
    const [first, last] = [part[0], part.at(-1)];
    if (
      !first ||
      !last ||
      texts.some((each) => each === undefined || each !== texts[0]) ||
      hasComment(text, { start: first.origin.start, end: last.origin.end })
    )
      continue;
    return [{ uri, start: first.origin.start, end: last.origin.end, newText: texts[0] ?? '' }];
  }
  return [];
}

/** Code with the members in it called otherwise. */
function withRoles(place: TextRange, by: string, { text, places }: Writing): string {
  const edits = places
    .filter(({ origin }) => contains(place, origin))
    .map(({ origin }): Edit => ({
      uri: '',
      start: origin.start - place.start,
      end: origin.end - place.start,
      newText: by,
    }));
  return applyEdits(text.slice(place.start, place.end), edits);
}
