// Which members of a family a role means at a place, in words.
import { boundsOf, familiesOf, sizeExpr } from '../families/specialise.js';
import { rolesNamed } from '../ir/choreography.js';
import type { Choreography } from '../ir/choreography.js';
import type { Expr, TextRange } from '../ir/expression.js';
import type { Network, Process } from '../ir/process.js';
import type { Family } from '../ir/role.js';
import type { Linear } from '../ir/static.js';
import { exprOf, linearOf, plus, times } from '../ir/static.js';
import { printExpr, printMembers, printRole } from '../syntax/print.js';
import { sameOrigin, statementsAt } from './cursor.js';

/** A sum, as short as it can be written. */
function simple(expr: Expr): Expr {
  const linear = linearOf(expr);
  return linear ? exprOf(linear, expr.origin) : expr;
}

/**
 * Who is meant by the name of a family at a place: `All members of Node, 0 to n - 1.`
 * @param origin the name
 * @returns undefined where it is no family
 */
export function whoIsMeant(choreography: Choreography, origin: TextRange): string | undefined {
  const families = familiesOf(choreography);
  const path = statementsAt(choreography, origin.start);
  const ref = path.flatMap(rolesNamed).find(({ name }) => sameOrigin(name.origin, origin));
  const family = ref && families.get(ref.name.text);
  if (!ref || !family) return undefined;
  const last = printExpr(
    simple({
      kind: 'binary',
      operator: '-',
      left: sizeExpr(family, origin),
      right: { kind: 'int', text: '1', origin },
      origin,
    }),
  );
  switch (ref.index?.kind) {
    case undefined:
      return `All members of ${ref.name.text}, 0 to \`${last}\`.`;
    case 'others':
      return `All members of ${ref.name.text} but the one that speaks.`;
    case 'picked':
      return `The members of ${ref.name.text} that were picked.`;
    case 'part':
      return `The members of ${ref.name.text} from \`${printExpr(ref.index.from)}\` up to, and without, \`${printExpr(ref.index.until)}\`.`;
    case 'member': {
      const loops = path.flatMap((statement) =>
        statement.kind === 'for' ? [{ name: statement.index.text, ...boundsOf(statement.range, families) }] : [],
      );
      const picked = path
        .flatMap((statement) => (statement.kind === 'decision' ? (statement.pick ?? []) : []))
        .findLast(
          ({ index }) =>
            ref.index?.kind === 'member' && ref.index.at.kind === 'name' && ref.index.at.name.text === index.text,
        );
      if (picked) return `The member of ${ref.name.text} that was picked.`;
      const ends = endsOf(ref.index.at, loops);
      return `One member of ${ref.name.text}${ends ? `: ${ends}` : ''}.`;
    }
  }
}

/** From where to where an index goes while the loops around go through their numbers. */
function endsOf(
  index: Expr,
  loops: readonly { readonly name: string; readonly from: Expr; readonly until: Expr }[],
): string | undefined {
  const linear = linearOf(index);
  if (!linear || linear.modulo) return undefined;
  const loop = loops.findLast(({ name }) => linear.terms.has(name));
  if (!loop || linear.terms.get(loop.name) !== 1) return undefined;
  const [from, until] = [linearOf(loop.from), linearOf(loop.until)];
  if (!from || !until || from.modulo || until.modulo) return undefined;
  const rest = { constant: linear.constant, terms: new Map([...linear.terms].filter(([name]) => name !== loop.name)) };
  const shown = (end: Linear): string => printExpr(exprOf(plus(end, rest), index.origin));
  return `\`${shown(from)}\` to \`${shown(plus(until, times({ constant: 1, terms: new Map() }, -1)))}\`, as \`${loop.name}\` goes on`;
}

/** Which members a process is, for its heading: `[i in 0 until n]`; undefined where it is no member. */
export function membersOfProcess(process: Process, network: Network): string | undefined {
  const { members } = process;
  if (!members) return undefined;
  const family: Family | undefined = network.families.find(({ name }) => name.text === process.name.text)?.family;
  return members.kind === 'all' && family
    ? `[${members.index.text} in 0 until ${printExpr(sizeExpr(family, process.name.origin))}]`
    : printMembers(members);
}

/** What a process is called among the others: with its members, where several processes are of one family. */
export function calledAmong(process: Process, { processes }: Network): string {
  const several = process.members && processes.filter(({ name }) => name.text === process.name.text).length > 1;
  return several && process.members
    ? `${printRole({ name: process.name, key: process.name.text, origin: process.name.origin })}${printMembers(process.members)}`
    : process.name.text;
}
