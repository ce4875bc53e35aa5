// Rows for lines: what comes from one place in the source stands on one row in every column, so that a send and its
// receive face each other. Lines without a partner stand as close above the next as they can.
import type { Position } from '../../protocol/places.js';
import type { RoleProjection } from '../../protocol/projections.js';
import { isStatement } from './sync.js';

/** For each line, how much room stands empty above it. */
export type Gaps = readonly number[];

/** Beyond this many lines the columns would be mostly air. */
const longestGap = 40;

function order(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

/**
 * The place in the source of the statement that starts each line; only those that go forward. A receive whose branches
 * come from several places has none: its branches have.
 */
function anchors(role: RoleProjection, lines: readonly string[]): Map<number, Position> {
  const byLine = new Map<number, Map<string, Position>>();
  for (const entry of role.map) {
    if (!isStatement(entry, lines)) continue;
    const places = byLine.get(entry.local.start.line) ?? new Map<string, Position>();
    places.set(keyOf(entry.source.start), entry.source.start);
    byLine.set(entry.local.start.line, places);
  }
  const found = new Map<number, Position>();
  let last: Position | undefined;
  lines.forEach((text, line) => {
    const places = byLine.get(line);
    if (
      !places ||
      (text.trimEnd().endsWith('{') && [...(byLine.get(line + 1)?.keys() ?? [])].some((key) => places.has(key)))
    )
      return;
    const [at] = [...places.values()].sort(order);
    if (!at || (last && order(at, last) <= 0)) return;
    found.set(line, at);
    last = at;
  });
  return found;
}

function keyOf({ line, character }: Position): string {
  return `${line}:${character}`;
}

/**
 * Lays several roles out on common rows.
 * @param roles the columns
 * @param heights how high each line is, by column and line (long lines and messages take more than one row)
 * @param row how high one row is
 * @returns the gaps of each column. Linear in the lines of all columns, after sorting the places.
 */
export function gapsOf(roles: readonly RoleProjection[], heights: readonly (readonly number[])[], row = 1): Gaps[] {
  const places = new Map<string, { at: Position; lines: Map<number, number> }>();
  const texts = roles.map((role, column) => role.text.split('\n').slice(0, heights[column]?.length ?? 0));
  texts.forEach((lines, column) => {
    const role = roles[column];
    if (!role) return;
    for (const [line, at] of anchors(role, lines)) {
      const place = places.get(keyOf(at)) ?? { at, lines: new Map<number, number>() };
      place.lines.set(column, line);
      places.set(keyOf(at), place);
    }
  });
  const meetings = [...places.values()].filter(({ lines }) => lines.size > 1).sort((a, b) => order(a.at, b.at));
  const met = roles.map((_, column) => new Set(meetings.flatMap(({ lines }) => lines.get(column) ?? [])));
  const gaps = texts.map((lines) => new Array<number>(lines.length).fill(0));
  /** Of each column: the next line to place, and where it would stand. */
  const next = roles.map(() => ({ line: 0, top: 0 }));
  for (const { lines } of meetings) {
    for (const [column, line] of lines) {
      const at = next[column];
      while (at && at.line < line) at.top += heights[column]?.[at.line++] ?? row;
    }
    const top = Math.max(...[...lines.keys()].map((column) => next[column]?.top ?? 0));
    for (const [column, line] of lines) {
      const at = next[column];
      const own = gaps[column];
      if (!at || !own) continue;
      const gap = Math.min(top - at.top, longestGap * row);
      at.top += gap;
      // What opens a block goes down with the first of it.
      let first = line;
      while (
        first > 0 &&
        !met[column]?.has(first - 1) &&
        texts[column]?.[first - 1]?.trimEnd().endsWith('{') &&
        !/^process\b/.test(texts[column][first - 1] ?? '')
      )
        first--;
      own[first] = (own[first] ?? 0) + gap;
    }
  }
  return gaps;
}
