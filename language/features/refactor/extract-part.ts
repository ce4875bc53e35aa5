// Statements of a choreography made a choreography of their own, which is called in their place: its roles, their
// inputs and its result are inferred.
import { takersIn } from '../../ir/choreography.js';
import { namesOfTarget } from '../../ir/target.js';
import type { Choreography, Statement } from '../../ir/choreography.js';
import { freeNames } from '../../ir/expression.js';
import type { ChorSymbol, Occurrence } from '../../scoping/symbols.js';
import { dedented, indentAt, indented, linesOf } from '../../edits/text.js';
import { writeName } from '../../syntax/names.js';
import { contains } from '../cursor.js';
import { partOf } from './part.js';
import { freshName } from './refactoring.js';
import type { Asked, Refactoring } from './refactoring.js';

/** Whether a variable gets its value in a statement in any case, and is not read there before. */
function gives(statement: Statement, role: string, name: string): boolean {
  const takes = (of: Statement): boolean =>
    takersIn(of).some(
      (taker) => taker.role.key === role && namesOfTarget(taker.into).some(({ text }) => text === name),
    );
  switch (statement.kind) {
    case 'communication':
      return (
        takes(statement) &&
        !(statement.sender.key === role && statement.value !== undefined && freeNames(statement.value).has(name))
      );
    case 'gather':
      return takes(statement);
    case 'assignment':
      return takes(statement) && !freeNames(statement.value).has(name);
    case 'call':
      return (
        takes(statement) &&
        !statement.args.some((arg) => arg.role.key === role && arg.inputs.some((input) => freeNames(input).has(name)))
      );
    case 'continue':
    case 'decision':
    case 'effect':
    case 'leave':
    case 'rec':
    case 'while':
    case 'for':
    case 'par':
    case 'at':
    case 'when':
      return false;
  }
}

/**
 * @returns undefined where the selection is no row of statements, leaves a loop, or names the number of a member that
 * is known around it alone
 */
export function extractPart(asked: Asked, choreography: Choreography): Refactoring | undefined {
  const { uri, text, analysis } = asked;
  const part = choreography.broken ? undefined : partOf(asked, choreography);
  if (!part) return undefined;
  const { origin, statements } = part;
  const all = analysis.occurrences.filter((o) => contains(choreography.origin, o.origin));
  const inside = all.filter((o) => contains(origin, o.origin));
  if (
    inside.some(
      ({ symbol }) =>
        (symbol.kind === 'recursion' || symbol.kind === 'index') &&
        symbol.origin !== undefined &&
        !contains(origin, symbol.origin),
    )
  )
    return undefined;

  const variables = new Map<string, ChorSymbol>();
  for (const { symbol } of inside)
    if ((symbol.kind === 'variable' || symbol.kind === 'input') && symbol.role !== undefined)
      variables.set(symbol.id, symbol);
  const of = (id: string, list: readonly Occurrence[]): Occurrence[] => list.filter(({ symbol }) => symbol.id === id);
  const inputs: ChorSymbol[] = [];
  const results: ChorSymbol[] = [];
  for (const [id, symbol] of variables) {
    const { role = '', name } = symbol;
    const [own, every] = [of(id, inside), of(id, all)];
    const known = every.some((o) => o.origin.end <= origin.start && o.role !== 'read');
    const uses = statements.findIndex((s) => own.some((o) => contains(s.origin, o.origin)));
    const first = statements[uses];
    const isGiven = first !== undefined && gives(first, role, name);
    if (known && !isGiven) inputs.push(symbol);
    const again = part.loop;
    const isRead = every.some(
      (o) =>
        o.role === 'read' &&
        !contains(origin, o.origin) &&
        (o.origin.start >= origin.end || (again !== undefined && contains(again, o.origin))),
    );
    if (own.some((o) => o.role !== 'read') && isRead) results.push(symbol);
  }
  if (
    [...inputs, ...results].some(({ type }) => type === undefined || type.text.includes('…') || type.text.includes('?'))
  )
    return undefined;
  const taking = new Set(inside.flatMap(({ symbol }) => (symbol.kind === 'role' ? [symbol.name] : [])));
  const roles = choreography.roles.map(({ name }) => name.text).filter((name) => taking.has(name));
  const name = freshName(`${choreography.name.text}Part`, analysis.scope.all());
  const listed = (role: string, item: (symbol: ChorSymbol) => string): string => {
    const own = inputs.filter((symbol) => symbol.role === role);
    return writeName(role) + (own.length > 0 ? `(${own.map(item).join(', ')})` : '');
  };
  const header = roles.map((role) => listed(role, (symbol) => `${writeName(symbol.name)}: ${symbol.type?.text ?? ''}`));
  // What all know, and what is given, is handed on.
  const used = choreography.parameters.filter((parameter) =>
    inside.some(({ symbol }) => symbol.origin?.start === parameter.name.origin.start && symbol.uri === uri),
  );
  const args = [
    ...roles.map((role) => listed(role, (symbol) => writeName(symbol.name))),
    ...used.map((parameter) => writeName(parameter.name.text)),
  ].join(', ');
  // Several results of a role are those of a tuple.
  const given = roles.flatMap((role) => {
    const own = results.filter((symbol) => symbol.role === role);
    const together = (each: (symbol: ChorSymbol) => string): string =>
      own.length > 1 ? `(${own.map(each).join(', ')})` : own.map(each).join();
    return own.length === 0
      ? []
      : [
          {
            variable: `${writeName(role)}.${together((symbol) => writeName(symbol.name))}`,
            type: `${together((symbol) => symbol.type?.text ?? '')}@${writeName(role)}`,
          },
        ];
  });
  const taken = given.map(({ variable }) => variable).join(', ');
  const call = `${taken === '' ? '' : `${taken} = `}do ${writeName(name)}(${args})`;

  const lines = linesOf(text, origin);
  const place = lines ?? origin;
  const code = dedented(text.slice(place.start, place.end));
  const ending = taken === '' ? '' : `\n  return ${taken}`;
  const declaration = `\n\nchoreography ${writeName(name)}(${[...header, ...used.map((parameter) => text.slice(parameter.origin.start, parameter.origin.end))].join(', ')})${given.length > 0 ? `: ${given.map(({ type }) => type).join(', ')}` : ''} {\n  ${indented(code, '  ')}${ending}\n}`;
  const { end } = choreography.origin;
  return {
    title: 'Extract a choreography of these statements',
    kind: 'extract',
    edits: [
      { uri, ...place, newText: lines ? `${indentAt(text, origin.start)}${call}\n` : call },
      { uri, start: end, end, newText: declaration },
    ],
  };
}
