// Edits in the text of a process that keep the layout: whole lines move with their comments, new lines take the
// indentation of their neighbours.
import { namesOfTarget } from '../ir/target.js';
import type { Expr, TextRange } from '../ir/expression.js';
import { walkExpr } from '../ir/expression.js';
import type { Action, LocalBlock, Process } from '../ir/process.js';
import { localBlocksOf, targetsIn } from '../ir/process.js';
import type { Edit } from './fix.js';
import { indentAt, lineEnd, linesOf, lineStart } from './text.js';

/** The range of an action's own text. */
export function rangeOf(action: Action): TextRange {
  return action.origins[0] ?? { start: 0, end: 0 };
}

/** Takes a statement out. */
export function removal(uri: string, text: string, action: Action): Edit[] {
  const own = rangeOf(action);
  const { start, end } = linesOf(text, own) ?? own;
  return [{ uri, start, end, newText: '' }];
}

/** Puts a new statement before another, on a line of its own where the other has one. */
export function insertionBefore(uri: string, text: string, statement: string, action: Action): Edit[] {
  const { start } = rangeOf(action);
  const own = text.slice(lineStart(text, start), start).trim() === '';
  if (!own) return [{ uri, start, end: start, newText: `${statement}; ` }];
  return [{ uri, start, end: start, newText: `${statement}\n${indentAt(text, start)}` }];
}

/** Puts a new statement after another. */
export function insertionAfter(uri: string, text: string, statement: string, action: Action): Edit[] {
  const { start, end } = rangeOf(action);
  const lines = linesOf(text, { start, end });
  if (!lines) return [{ uri, start: end, end, newText: `; ${statement}` }];
  const at = lineEnd(text, end);
  return [{ uri, start: at, end: at, newText: `\n${indentAt(text, start)}${statement}` }];
}

/** Puts a new statement at the end of a block; `beforeEnd` is the start of what must stay last, a `return`. */
export function insertionAtEnd(
  uri: string,
  text: string,
  statement: string,
  block: LocalBlock,
  process: Process,
): Edit[] {
  const last = block.actions.at(-1);
  if (last) return insertionAfter(uri, text, statement, last);
  if (block.origin.end <= block.origin.start) return [];
  const open = block.origin.start + 1;
  const inner = text.slice(open, block.origin.end - 1);
  const indent = indentAt(text, block.origin.start);
  const returns = block === process.body && process.returns !== undefined;
  if (inner.trim() === '' && !returns)
    return [{ uri, start: open, end: block.origin.end - 1, newText: `\n${indent}  ${statement}\n${indent}` }];
  return [
    { uri, start: open, end: open, newText: inner.startsWith('\n') ? `\n${indent}  ${statement}` : ` ${statement};` },
  ];
}

/** Moves a statement to before another one of the same process. */
export function move(uri: string, text: string, action: Action, before: Action): Edit[] {
  const from = rangeOf(action);
  const to = rangeOf(before);
  const lines = linesOf(text, from);
  const target = linesOf(text, to);
  if (lines && target) {
    let moved = text.slice(lines.start, lines.end);
    if (!moved.endsWith('\n')) moved += '\n';
    const indent = indentAt(text, from.start);
    const wanted = indentAt(text, to.start);
    if (indent !== wanted)
      moved = moved
        .split('\n')
        .map((l) => (l.startsWith(indent) ? wanted + l.slice(indent.length) : l))
        .join('\n');
    return [
      { uri, start: target.start, end: target.start, newText: moved },
      { uri, start: lines.start, end: lines.end, newText: '' },
    ];
  }
  return [
    { uri, start: to.start, end: to.start, newText: `${text.slice(from.start, from.end)}; ` },
    ...removal(uri, text, action),
  ];
}

/**
 * Exchanges two pieces of code, the first before the second: as whole lines with their comments where they have lines
 * of their own.
 */
export function exchanged(uri: string, text: string, first: TextRange, second: TextRange): Edit[] {
  const lines = [linesOf(text, first), linesOf(text, second)];
  const [left, right] =
    lines[0] && lines[1] && lines[0].end <= lines[1].start && text.charAt(lines[1].end - 1) === '\n'
      ? [lines[0], lines[1]]
      : [first, second];
  return [
    { uri, ...left, newText: text.slice(right.start, right.end) },
    { uri, ...right, newText: text.slice(left.start, left.end) },
  ];
}

/** What may follow an action in its own block and in the blocks around it, as far as no loop is left. */
export function followers(process: Process, action: Action): Action[] {
  const result: Action[] = [];
  const find = (block: LocalBlock): boolean =>
    block.actions.some((a, i) => {
      const here = a === action || localBlocksOf(a).some(find);
      if (here) result.push(...block.actions.slice(i + 1));
      return here;
    });
  find(process.body);
  return result;
}

/** The names of the variables that an expression uses. */
export function namesIn(expr: Expr | undefined): Set<string> {
  const names = new Set<string>();
  if (expr)
    walkExpr(expr, (e) => {
      if (e.kind === 'name') names.add(e.name.text);
    });
  return names;
}

/** The variables that an action, or one inside it, gives a value. */
export function assignedBy(action: Action): Set<string> {
  const names = new Set<string>();
  const visit = (a: Action): void => {
    for (const into of targetsIn(a)) for (const { text } of namesOfTarget(into)) names.add(text);
    for (const block of localBlocksOf(a)) block.actions.forEach(visit);
  };
  visit(action);
  return names;
}
