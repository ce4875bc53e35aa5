// The arrow list of a decision or a loop, written out as selections, and back.
import { blocksOf, isImplied } from '../../ir/choreography.js';
import type { Branch, Choreography, Communication, Decision, Statement, While } from '../../ir/choreography.js';
import type { TextRange } from '../../ir/expression.js';
import { insertAfter, insertIntoBody, insertIntoBranch } from '../../edits/choreography.js';
import { hasComment, removeStatement } from '../../edits/text.js';
import type { Edit } from '../../edits/fix.js';
import { namesOfTarget } from '../../ir/target.js';
import { writeName } from '../../syntax/names.js';
import { printExpr, printRole, printTarget } from '../../syntax/print.js';
import type { RoleRef } from '../../ir/role.js';
import { listed } from '../../text/words.js';
import { asSentCases } from './sent.js';
import type { Asked, Refactoring } from './refactoring.js';

type Deciding = Decision | While;

/** A way through a decision or a loop: what stands at its head, and the label by which an arrow list tells it. */
interface Way {
  readonly label: string;
  readonly statements: readonly Statement[];
}

const deciderOf = (statement: Deciding): RoleRef | undefined =>
  statement.kind === 'decision' ? statement.decider : statement.guards[0]?.role;

const isPick = (statement: Deciding): boolean => statement.kind === 'decision' && statement.pick !== undefined;

/** Where an arrow list stands, or would. */
function placeOf(statement: Deciding): TextRange {
  const start =
    statement.guards.at(-1)?.origin.end ??
    (statement.kind === 'decision' ? statement.decider.origin.end : statement.head.end);
  return { start, end: statement.informs.at(-1)?.origin.end ?? start };
}

/**
 * What an arrow list puts at the head of a branch, as lines; undefined where a name in it was made up in place of a
 * `_`.
 */
function linesOf({ label, body }: Branch, line: string): readonly string[] | undefined {
  const implied = body.statements.filter(isImplied);
  const lines: string[] = [];
  for (const statement of implied) {
    if (statement.kind === 'communication') {
      const [to] = statement.receivers;
      const { value } = statement;
      if (!to || [...namesOfTarget(to.into)].some(({ written }) => written !== undefined)) return undefined;
      lines.push(
        `${printRole(statement.sender)}${value ? `.${value.kind === 'name' || value.kind === 'tuple' ? printExpr(value) : `(${printExpr(value)})`}` : ''} -> ${printRole(to.role)}${to.into ? `.${printTarget(to.into)}` : ''}: ${writeName(label)}`,
      );
    } else if (statement.kind === 'assignment')
      lines.push(`${printRole(statement.role)}.${printTarget(statement.into)} = ${printExpr(statement.value)}`);
  }
  // Selections alone are one message to all.
  return implied.every((statement) => statement.kind === 'communication' && !statement.value) ? [line] : lines;
}

/** The messages of an arrow list as statements of their own. */
export function writtenOut({ uri, text }: Asked, statement: Deciding): Refactoring | undefined {
  const list = placeOf(statement);
  const decider = deciderOf(statement);
  // The number of a member that is picked goes with the arrow list alone.
  if (!decider || statement.informs.length === 0 || hasComment(text, list) || isPick(statement)) return undefined;
  const told = statement.informs.map(printRole).join(', ');
  const line = (label: string): string => `${printRole(decider)} -> ${told}: ${writeName(label)}`;
  const edits: Edit[] = [{ uri, ...list, newText: '' }];
  if (statement.kind === 'decision') {
    const heads = statement.branches.map((branch) => linesOf(branch, line(branch.label)));
    for (const [i, branch] of statement.branches.entries()) {
      const head = heads[i];
      if (head === undefined) return undefined;
      for (const each of head) edits.push(...insertIntoBranch(text, uri, statement.origin, branch, undefined, each));
    }
  } else {
    edits.push(
      insertIntoBody(text, uri, statement.body, undefined, line('again')),
      insertAfter(text, uri, statement.origin, line('done')),
    );
  }
  return { title: 'Write out the arrow list as messages', kind: 'rewrite', edits };
}

/** The selections that the decider sends first in each way, in the order of the text. */
function leading(statements: readonly Statement[], decider: string): Communication[] {
  const found: Communication[] = [];
  for (const statement of statements) {
    if (isImplied(statement)) continue;
    const selects =
      statement.kind === 'communication' &&
      statement.sender.key === decider &&
      !statement.value &&
      statement.label?.types.length === 0 &&
      statement.receivers.every(({ into }) => into === undefined);
    if (!selects) break;
    found.push(statement);
  }
  return found;
}

const receiversOf = (selections: readonly Communication[]): RoleRef[] =>
  selections.flatMap(({ receivers }) => receivers.map(({ role }) => role));

/** The statement behind another, and those that follow, in the block that it stands in. */
function behind(choreography: Choreography, statement: Statement): readonly Statement[] {
  const find = (block: readonly Statement[]): readonly Statement[] | undefined => {
    const at = block.indexOf(statement);
    if (at >= 0) return block.slice(at + 1);
    for (const each of block)
      for (const inner of blocksOf(each)) {
        const found = find(inner);
        if (found) return found;
      }
    return undefined;
  };
  return find(choreography.body.statements) ?? [];
}

/** An arrow list in place of the selections that each way starts with; their labels become those of arrow lists. */
export function asArrows(asked: Asked, choreography: Choreography, statement: Deciding): Refactoring | undefined {
  const { uri } = asked;
  if (isPick(statement)) return undefined;
  const sent = statement.kind === 'decision' ? asSentCases(asked, statement, placeOf(statement).end) : undefined;
  if (sent) return sent;
  const decider = deciderOf(statement)?.key ?? '';
  const ways: Way[] =
    statement.kind === 'decision'
      ? statement.branches.map(({ label, body }) => ({ label, statements: body.statements }))
      : [
          { label: 'again', statements: statement.body.statements },
          { label: 'done', statements: behind(choreography, statement) },
        ];
  const heads = ways.map(({ statements }) => leading(statements, decider));
  // As many as all have in common.
  let length = Math.min(...heads.map((head) => head.length));
  const same = (count: number): boolean =>
    new Set(
      heads.map((head) =>
        receiversOf(head.slice(0, count))
          .map(({ key }) => key)
          .join(' '),
      ),
    ).size === 1;
  while (length > 0 && !same(length)) length--;
  const taken = heads.map((head) => head.slice(0, length));
  const told = receiversOf(taken[0] ?? []);
  const known = statement.informs.map(({ key }) => key);
  if (told.length === 0 || new Set([...told.map(({ key }) => key), ...known]).size < told.length + known.length)
    return undefined;
  const labels = taken.map((head) => new Set(head.map(({ label }) => label?.name.text ?? '')));
  if (labels.some(({ size }) => size > 1)) return undefined;
  const changed = ways.flatMap(({ label }, i) =>
    [...(labels[i] ?? [])].filter((own) => own !== label).map((own) => `\`${own}\` becomes \`${label}\``),
  );
  const { end } = placeOf(statement);
  const edits: Edit[] = [
    { uri, start: end, end, newText: `${known.length > 0 ? ', ' : ' -> '}${told.map(printRole).join(', ')}` },
    ...taken.flat().map(({ origin }) => removeStatement(asked, origin)),
  ];
  return {
    title: `Tell ${listed(told.map(printRole))} by an arrow list${changed.length > 0 ? ` (${changed.join(', ')})` : ''}`,
    kind: 'rewrite',
    edits,
  };
}
