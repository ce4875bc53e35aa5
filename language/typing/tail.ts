// `rec` and `continue`, in choreographies and in processes: which `rec` a `continue` means, and whether it stands in
// tail position, so that nothing is left to do behind it.
import type { Name, TextRange } from '../ir/expression.js';
import { closest } from '../syntax/closest.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import { occur, report } from './context.js';
import type { Context } from './context.js';

/** Where a walk over statements is. */
export interface TailState {
  readonly recursions: Map<string, { readonly symbol: ChorSymbol; readonly depth: number }>;
  depth: number;
  /** `rec`s of a lesser depth stand around what goes on at the same time, or around a loop that goes through all numbers. */
  across?: { readonly depth: number; readonly by: 'par' | 'for' };
  /** `rec`s of a lesser depth are not in tail position here, because of what comes next. */
  tail: { readonly depth: number; readonly next?: TextRange };
}

/** The state outside every `rec`. */
export function outsideRec(): TailState {
  return { recursions: new Map(), depth: 0, tail: { depth: 0 } };
}

/**
 * Walks what is not the last thing that the `rec`s around it do; `next` is what comes after it, where that can be
 * shown.
 */
export function notLast(state: TailState, next: TextRange | undefined, walk: () => void): void {
  const outer = state.tail;
  state.tail = { depth: state.depth, next };
  walk();
  state.tail = outer;
}

/**
 * Walks what goes on at the same time as something else, or once for each number: loops around are neither gone round
 * nor left from inside.
 */
export function inRounds(state: TailState, by: 'par' | 'for', walk: () => void): void {
  const outer = state.across;
  state.across = { depth: state.depth, by };
  notLast(state, undefined, walk);
  state.across = outer;
}

/** Walks the body of a `rec`. `owner` is the id of what the `rec` is in, `container` the name of its declaration. */
export function insideRec(
  context: Context,
  state: TailState,
  name: Name,
  owner: string,
  container: string,
  walk: () => void,
): void {
  const symbol: ChorSymbol = {
    id: `${owner}/rec ${name.text}@${name.origin.start}`,
    kind: 'recursion',
    name: name.text,
    uri: context.uri,
    origin: name.origin,
    container,
    detail: `rec ${name.text}`,
  };
  occur(context, symbol, name.origin, 'definition');
  const previous = state.recursions.get(name.text);
  state.recursions.set(name.text, { symbol, depth: state.depth });
  state.depth++;
  walk();
  state.depth--;
  if (previous) state.recursions.set(name.text, previous);
  else state.recursions.delete(name.text);
}

/** Resolves the name of a `continue` that stands at `origin`, and reports one that is not in tail position. */
export function checkContinue(context: Context, state: TailState, name: Name, origin: TextRange): void {
  const target = targetOf(context, state, name);
  if (target && isAcross(context, state, 'continue', name, target, origin)) return;
  if (target && target.depth < state.tail.depth) reportFollowing(context, state, 'continue', name, origin);
}

/** The same for a `leave`: it may leave what goes on behind it, but nothing stands behind it in its own block. */
export function checkLeave(context: Context, state: TailState, name: Name, origin: TextRange): void {
  const target = targetOf(context, state, name);
  if (target && isAcross(context, state, 'leave', name, target, origin)) return;
  if (target && isDirect(context, state.tail.next, origin)) reportFollowing(context, state, 'leave', name, origin);
}

function targetOf(context: Context, state: TailState, name: Name): { readonly depth: number } | undefined {
  const target = state.recursions.get(name.text);
  if (!target) {
    const known = [...state.recursions.keys()];
    report(context, 'unknown-name', name.origin, { name, wanted: 'rec', similar: closest(name.text, known), known });
    return undefined;
  }
  occur(context, target.symbol, name.origin, 'read');
  return target;
}

/** Whether a loop stands around what can't be left: then it is told. */
function isAcross(
  context: Context,
  state: TailState,
  word: 'continue' | 'leave',
  name: Name,
  { depth }: { readonly depth: number },
  origin: TextRange,
): boolean {
  const { across } = state;
  if (across === undefined || depth >= across.depth) return false;
  report(context, 'continue-not-last', origin, { word, name: name.text, origin, direct: false, across: across.by });
  return true;
}

/** Whether something stands right behind a statement, in the same block. */
function isDirect(context: Context, following: TextRange | undefined, origin: TextRange): boolean {
  return (
    following !== undefined &&
    following.start >= origin.end &&
    context.text
      .slice(origin.end, following.start)
      .replace(/\/\/[^\n]*|\/\*[^]*?\*\//g, '')
      .trim()
      .replace(/^;/, '') === ''
  );
}

function reportFollowing(
  context: Context,
  state: TailState,
  word: 'continue' | 'leave',
  name: Name,
  origin: TextRange,
): void {
  const following = state.tail.next;
  report(context, 'continue-not-last', origin, {
    word,
    name: name.text,
    following: following && { uri: context.uri, origin: following },
    origin,
    direct: isDirect(context, following, origin),
  });
}
