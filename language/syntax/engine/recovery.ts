// How reading goes on after an error: a statement, case or process that can't be read is told once and left out, and
// all around it stays; a declaration with a broken head still has its body.
import { endOfInput } from '../../grammar/tables.js';
import type { GrammarTables } from '../../grammar/tables.js';
import type { Run } from './run.js';
import type { Expectation, Step } from './types.js';
import type { TokenSet } from './vocabulary.js';

/** The brackets and signs by which the parser finds its way through what it can't read. */
export interface Landmarks {
  readonly signs: GrammarTables['signs'];
  readonly opening: TokenSet;
  readonly closing: TokenSet;
}

/** A loop between braces. */
export interface Loop extends Landmarks {
  readonly first: TokenSet;
  /** What ends it. */
  readonly stop: TokenSet;
  readonly reserved: TokenSet;
  /** Every element starts with a reserved word, which starts one wherever it stands. */
  readonly byWord: boolean;
  readonly wanted: Expectation;
}

/** By how much the brackets of some tokens do not balance. */
function openBetween(run: Run, { opening, closing }: Landmarks, from: number, to: number): number {
  let open = 0;
  for (let i = from; i < to; i++)
    open += opening[run.types[i] as number] ? 1 : closing[run.types[i] as number] ? -1 : 0;
  return open;
}

/** After a broken head: goes to its body. False where there is none. */
export function toBody(run: Run, around: Landmarks, atBody: boolean): boolean {
  const { types, input, begin } = run;
  const { openBlock, closeBlock } = around.signs;
  const from = run.reached();
  let open = openBetween(run, around, begin, from);
  let at = from;
  for (; ; at++) {
    const type = types[at] as number;
    if (type === openBlock) break;
    if (type === closeBlock || type === endOfInput) return false;
    if (around.opening[type]) open++;
    if (around.closing[type]) open--;
    if (input.lineStart(at) > input.indent(begin) && open <= 0 && (atBody || at > from)) {
      run.openedAt = at;
      break;
    }
  }
  run.report(begin);
  run.position = at;
  return true;
}

/** A loop between braces: what can't be read in it is told and left out. */
export function loopOf(run: Run, one: Step, loop: Loop): Step {
  const { first, stop, wanted } = loop;
  return () => {
    let last = -1;
    let list: unknown[] = [];
    for (;;) {
      const type = run.types[run.position] as number;
      if (!first[type] && (stop[type] || type === endOfInput)) return true;
      if (run.trial === 0) run.far = -1;
      const from = run.position;
      const outer = run.node;
      const told = run.problems.length;
      if (first[type] ? one() : run.fail(wanted)) {
        last = from;
        list = run.pushed;
        continue;
      }
      if (run.trial > 0 || run.gaveUp) return false;
      run.node = outer;
      // What fits nowhere may go on with a line whose start the statement before it has swallowed.
      const line = last >= 0 && run.far <= from && !first[type] ? swallowed(run, loop, last, from) : -1;
      if (line >= 0) {
        list.pop();
        retry(run, last, line, one, told);
      } else recover(run, loop, from, one, told);
      last = -1;
    }
  };
}

/** The first line after the start of a statement, and up to a token, that looks like the start of another one. */
function swallowed({ types, input }: Run, { first, signs }: Loop, from: number, to: number): number {
  const indent = input.indent(from);
  for (let i = from + 1; i <= to; i++) {
    const column = input.lineStart(i);
    if (types[i] === signs.openBlock) return -1;
    if (column >= 0 && column <= indent && first[types[i] as number]) return i;
  }
  return -1;
}

function recover(run: Run, loop: Loop, from: number, one: Step, told: number): void {
  const { types, input } = run;
  const { first, stop, reserved, byWord, opening, closing } = loop;
  const { openBlock, closeBlock, separator } = loop.signs;
  const at = Math.max(run.far, from);
  const indent = input.indent(from);
  const begins = (i: number): boolean => {
    const type = types[i] as number;
    if (!first[type] && !stop[type]) return false;
    return input.lineStart(i) >= 0 || (byWord && type !== openBlock && reserved[type] === 1) || type === closeBlock;
  };
  for (let i = from + 1; i <= at && types[i] !== endOfInput; i++) {
    if (types[i] === openBlock && i < at) {
      // The head is broken, or what follows its block: the block stays, without its head.
      run.report(from);
      run.position = i;
      return;
    }
    if (types[i] !== openBlock && input.lineStart(i) >= 0 && input.lineStart(i) <= indent && begins(i)) {
      retry(run, from, i, one, told);
      return;
    }
  }
  run.report(from);
  let open = openBetween(run, loop, from, at);
  let i = Math.max(at, from + 1);
  if (at === from && types[from] === openBlock && first[openBlock]) i = from;
  for (; ; i++) {
    const type = types[i] as number;
    if (type === endOfInput || type === openBlock || type === closeBlock) break;
    if (opening[type]) open++;
    if (closing[type]) open--;
    if (type === separator && open <= 0) {
      i++;
      break;
    }
    if (begins(i) && (open <= 0 || (input.lineStart(i) >= 0 && input.lineStart(i) <= indent))) break;
  }
  run.position = i;
}

/** Reads a statement again as if the text ended with its line: the next line begins one, and is not to blame. */
function retry(run: Run, from: number, line: number, one: Step, told: number): void {
  run.problems.length = told;
  run.endingAt(line, () => {
    run.position = from;
    run.far = -1;
    run.expected = [];
    const outer = run.node;
    if (!one()) {
      run.node = outer;
      run.report(from);
      run.position = line;
    }
    run.far = -1;
  });
}
