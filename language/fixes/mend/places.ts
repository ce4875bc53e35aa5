// What a choreography's roles hold and lack, and where statements can be put into it.
import { blocksOf as innerBlocks, bodiesOf, walkBlock, isImplied } from '../../ir/choreography.js';
import type { Block, Choreography, Statement } from '../../ir/choreography.js';
import type { TextRange } from '../../ir/expression.js';
import { walkExpr } from '../../ir/expression.js';
import type { RoleRef } from '../../ir/role.js';
import type { Scope } from '../../scoping/scope.js';
import { library } from '../../typing/library.js';
import { indentOf, insertBefore, lineEnd, lineStart } from '../../edits/text.js';
import type { Edit, FixContext } from '../../edits/fix.js';
import type { Held } from '../../edits/held.js';
import { readingsOf } from '../../ir/readings.js';

/** A statement where it stands. */
export interface StatementSite {
  readonly block: Block;
  readonly index: number;
  readonly statement: Statement;
  readonly next?: Statement;
}

/** A place between two statements of a block, or at one of its ends. */
export interface StatementGap {
  readonly block: Block;
  readonly before?: Statement;
  readonly after?: Statement;
}

/** The blocks of a choreography that are written with braces. */
function writtenBlocks(choreography: Choreography, text: string): Block[] {
  const blocks: Block[] = [choreography.body];
  walkBlock(choreography.body.statements, (s) => {
    const absent = s.kind === 'decision' ? s.branches.filter((b) => b.absent).map((b) => b.body) : [];
    blocks.push(...bodiesOf(s).filter((body) => !absent.includes(body)));
  });
  return blocks.filter((b) => text.charAt(b.origin.start) === '{');
}

const own = (block: Block): Statement[] => block.statements.filter((s) => !isImplied(s));

export function statementSites(choreography: Choreography, text: string): StatementSite[] {
  // An `else if` has no block of its own.
  const elseIfs = new Set<Block>();
  walkBlock(choreography.body.statements, (s) => {
    if (s.kind === 'decision')
      for (const b of s.branches) if (!b.absent && text.charAt(b.body.origin.start) !== '{') elseIfs.add(b.body);
  });
  return [...writtenBlocks(choreography, text), ...elseIfs].flatMap((block) =>
    own(block).map((statement, index, all) => ({ block, index, statement, next: all[index + 1] })),
  );
}

export function statementGaps(choreography: Choreography, text: string): StatementGap[] {
  return writtenBlocks(choreography, text).flatMap((block) => {
    const all = own(block);
    const last = all.at(-1);
    return [
      ...all.map((after, i): StatementGap => ({ block, before: all[i - 1], after })),
      ...(last?.kind === 'continue' || last?.kind === 'leave' ? [] : [{ block, before: last }]),
    ];
  });
}

/** Puts a statement into a place of a choreography. */
export function putStatement(
  context: FixContext,
  choreography: Choreography,
  { block, before, after }: StatementGap,
  line: string,
): Edit | undefined {
  const { text, uri } = context;
  if (after) return insertBefore(context, after.origin.start, line);
  const [returned] = choreography.returns;
  if (block === choreography.body && returned)
    return insertBefore(context, text.lastIndexOf('return', returned.origin.start), line);
  if (before) {
    const end = lineEnd(text, before.origin.end);
    const alone = /^\s*;?\s*(\/\/.*)?$/.test(text.slice(before.origin.end, end));
    return alone
      ? { uri, start: end, end, newText: `\n${indentOf(text, before.origin.start)}${line}` }
      : { uri, start: before.origin.end, end: before.origin.end, newText: `; ${line}` };
  }
  const { start, end } = block.origin;
  const inner = text.slice(start + 1, end - 1);
  const indent = /^[ \t]*/.exec(text.slice(lineStart(text, start)))?.[0] ?? '';
  if (inner.trim() !== '') return undefined;
  return {
    uri,
    start: start + 1,
    end: end - 1,
    newText: inner.includes('\n') ? `\n${indent}  ${line}\n${indent}` : ` ${line} `,
  };
}

/** Where a place is, as an offset. */
export function offsetOf({ block, after }: StatementGap): number {
  return after ? after.origin.start : block.origin.end - 1;
}

/** A name that a role reads and does not hold, or not on every path. */
export interface Lacking {
  /** The role, or the family. */
  readonly role: string;
  /** The same, with the member where it is one. */
  readonly at: RoleRef;
  readonly name: string;
  readonly origin: TextRange;
}

/** @param told the places that findings of this kind stand at */
export function lackingIn(
  choreography: Choreography,
  scope: Scope,
  held: (role: string) => readonly Held[],
  told: readonly TextRange[],
): Lacking[] {
  return readingsOf(choreography).flatMap(({ role, value }) => {
    const found: Lacking[] = [];
    walkExpr(value, (e) => {
      if (e.kind === 'field' && e.receiver.kind === 'name' && told.some((o) => o.start === e.origin.start))
        found.push({ role: role.name.text, at: role, name: e.name.text, origin: e.origin });
      if (e.kind !== 'name') return;
      const place = e.name.origin;
      const isTold = told.some((o) => o.start === place.start && o.end === place.end);
      // A variable that has the name of a function is taken for it.
      const isFunction =
        library.has(e.name.text) ||
        ['function', 'extern-function'].includes(scope.lookup(e.name.text)?.declaration.kind ?? '');
      if (isTold || (isFunction && !held(role.name.text).some((h) => h.name === e.name.text)))
        found.push({ role: role.name.text, at: role, name: e.name.text, origin: place });
    });
    return found;
  });
}

/** The statements directly inside one, with those further in. */
export function allIn(statement: Statement): Statement[] {
  return innerBlocks(statement).flatMap((block) => block.flatMap((s) => [s, ...allIn(s)]));
}
