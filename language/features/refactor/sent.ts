// What each case of a `match` starts with, as an arrow to variables: the messages of the cases, and the value put
// together again.
import { isImplied } from '../../ir/choreography.js';
import type { Branch, Decision, Statement } from '../../ir/choreography.js';
import type { RoleRef } from '../../ir/role.js';
import { sameRole } from '../../ir/role.js';
import { variableOfTarget, variableTarget, wholeTarget } from '../../ir/target.js';
import { sendingCase } from '../../lowering/sent.js';
import { removeStatement } from '../../edits/text.js';
import { writeName } from '../../syntax/names.js';
import { printExpr, printRole, printTarget } from '../../syntax/print.js';
import { listed } from '../../text/words.js';
import type { Asked, Refactoring } from './refactoring.js';

/** A message by which a branch starts, and perhaps what its receiver keeps. */
interface Head {
  readonly role: RoleRef;
  readonly carries: boolean;
  readonly keeps: string | undefined;
  readonly statements: readonly Statement[];
}

/**
 * @returns undefined where the branches do not all start with their cases. Cost: linear in the statements at their
 * heads
 */
export function asSentCases(asked: Asked, statement: Decision, at: number): Refactoring | undefined {
  const { decider, branches } = statement;
  if (statement.form !== 'match' || statement.informs.length > 0 || branches.some(({ pattern }) => !pattern))
    return undefined;
  const heads = branches.map((branch) => headsOf(branch, decider));
  const [first = [], ...others] = heads;
  let length = 0;
  while (
    first[length] &&
    others.every(
      (head) => head[length]?.role.key === first[length]?.role.key && head[length]?.keeps === first[length]?.keeps,
    )
  )
    length++;
  const told = first
    .slice(0, length)
    .map(({ role, keeps }, i) => ({ role, into: keeps ?? (heads.some((head) => head[i]?.carries) ? '_' : undefined) }));
  if (!told.some(({ into }) => into !== undefined)) return undefined;
  const wanted = (branch: Branch): string[] =>
    told.flatMap(({ role, into }) =>
      into === undefined
        ? [`${printRole(decider)} -> ${printRole(role)}: ${branch.label}`]
        : sendingCase(
            decider,
            { role, into: variableTarget({ text: into, origin: role.origin }), origin: role.origin },
            branch.pattern,
            branch.label,
          ).map(said),
    );
  const isSame = branches.every(
    (branch, i) =>
      wanted(branch).join('\n') ===
      (heads[i] ?? [])
        .slice(0, length)
        .flatMap(({ statements }) => statements.map(said))
        .join('\n'),
  );
  if (!isSame) return undefined;
  const { uri } = asked;
  const list = told.map(({ role, into }) => `${printRole(role)}${into === undefined ? '' : `.${writeName(into)}`}`);
  return {
    title: `Tell ${listed(told.map(({ role }) => role.key))} by an arrow list`,
    kind: 'rewrite',
    edits: [
      { uri, start: at, end: at, newText: ` -> ${list.join(', ')}` },
      ...heads.flatMap((head) =>
        head
          .slice(0, length)
          .flatMap(({ statements }) => statements.map(({ origin }) => removeStatement(asked, origin))),
      ),
    ],
  };
}

/** The messages of its case that a branch starts with. */
function headsOf({ body, label }: Branch, decider: RoleRef): Head[] {
  const statements = body.statements.filter((statement) => !isImplied(statement));
  const found: Head[] = [];
  for (let i = 0; i < statements.length; i++) {
    const message = statements[i];
    const [to, other] = message?.kind === 'communication' ? message.receivers : [];
    if (
      message?.kind !== 'communication' ||
      !to ||
      other ||
      !sameRole(message.sender, decider) ||
      message.label?.name.text !== label ||
      message.label.types.length > 0
    )
      break;
    const next = statements[i + 1];
    const keeps =
      next?.kind === 'assignment' && sameRole(next.role, to.role) && wholeTarget(next.into) ? next : undefined;
    if (keeps) i++;
    found.push({
      role: to.role,
      carries: message.value !== undefined,
      keeps: keeps && variableOfTarget(keeps.into)?.text,
      statements: keeps ? [message, keeps] : [message],
    });
  }
  return found;
}

function said(statement: Statement): string {
  if (statement.kind === 'assignment')
    return `${printRole(statement.role)}.${printTarget(statement.into)} = ${printExpr(statement.value)}`;
  if (statement.kind !== 'communication') return '';
  const { sender, value, receivers, label } = statement;
  return `${printRole(sender)}${value ? `.${printExpr(value)}` : ''} -> ${receivers.map(({ role, into }) => `${printRole(role)}${into ? `.${printTarget(into)}` : ''}`).join(', ')}: ${label?.name.text ?? ''}`;
}
