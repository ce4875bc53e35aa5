// Statements put into a text at their place, with the layout around them kept.

import type { Branch, Block, Statement } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import type { Edit } from './fix.js';
import { indentAt } from './text.js';

/** A statement on a line of its own after another, or behind it where they share a line with more. */
export function insertAfter(text: string, uri: string, statement: TextRange, line: string): Edit {
  const rest = /^[^\n\r]*/.exec(text.slice(statement.end))?.[0] ?? '';
  if (/^[ \t]*;?[ \t]*(\/\/.*|\/\*.*\*\/[ \t]*)?$/.test(rest)) {
    const end = statement.end + rest.trimEnd().length;
    return { uri, start: end, end, newText: `\n${indentAt(text, statement.start)}${line}` };
  }
  const semicolon = /^[ \t]*;/.exec(rest)?.[0].length ?? 0;
  const at = statement.end + semicolon;
  return { uri, start: at, end: at, newText: semicolon > 0 ? ` ${line};` : `; ${line}` };
}

/** A statement at the start of a block in braces. */
function insertFirst(text: string, uri: string, block: Block, line: string): Edit {
  const at = block.origin.start + 1;
  const inside = text.slice(at, block.origin.end - 1);
  if (!inside.includes('\n')) {
    if (inside.trim() === '') return { uri, start: at, end: block.origin.end - 1, newText: ` ${line} ` };
    return { uri, start: at, end: at, newText: ` ${line};` };
  }
  const first = block.statements.find((statement) => statement.origin.start > at);
  const indent = first ? indentAt(text, first.origin.start) : `${indentAt(text, block.origin.start)}  `;
  const lineEnd = text.indexOf('\n', at);
  const rest = text.slice(at, lineEnd);
  const end = /^[ \t]*(\/\/.*|\/\*.*\*\/[ \t]*)?\r?$/.test(rest) ? at + rest.trimEnd().length : at;
  return { uri, start: end, end, newText: `\n${indent}${line}` };
}

/**
 * A statement put into a branch: after one of its own statements, or first. A missing `else` is added.
 * @param whole the decision around it, for its indentation
 */
export function insertIntoBranch(
  text: string,
  uri: string,
  whole: TextRange,
  branch: Branch,
  after: Statement | undefined,
  line: string,
): Edit[] {
  if (after) return [insertAfter(text, uri, after.origin, line)];
  const { start, end } = branch.body.origin;
  const indent = indentAt(text, whole.start);
  if (branch.absent) {
    const oneLine = !text.slice(whole.start, whole.end).includes('\n');
    return [{ uri, start, end, newText: oneLine ? ` else { ${line} }` : ` else {\n${indent}  ${line}\n${indent}}` }];
  }
  if (text.charAt(start) !== '{') {
    return [
      { uri, start, end: start, newText: `{\n${indent}  ${line}\n${indent}  ` },
      { uri, start: end, end, newText: `\n${indent}}` },
    ];
  }
  return [insertFirst(text, uri, branch.body, line)];
}

/** A statement at the start of the body of a loop. */
export function insertIntoBody(
  text: string,
  uri: string,
  body: Block,
  after: Statement | undefined,
  line: string,
): Edit {
  return after ? insertAfter(text, uri, after.origin, line) : insertFirst(text, uri, body, line);
}
