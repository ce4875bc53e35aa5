// Rows for lines: what comes from one place in the source stands on one row in every column, so that a send and its
// receive face each other. Lines without a partner fill the rows between.
import type { Position, Range, RoleProjection } from '../protocol.js';

/** For each line, how much room stands empty above it. */
export type Gaps = readonly number[];

/** Beyond this many lines the columns would be mostly air. */
const longestGap = 40;

function order(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

/** The statement that starts each line, by its place in the source; only those that go forward. */
function anchors(role: RoleProjection, height: number): Map<number, Position> {
  const byLine = new Map<number, { local: Range; source: Range }>();
  for (const entry of role.map) {
    const { line } = entry.local.start;
    const known = byLine.get(line);
    if (!known || entry.local.start.character < known.local.start.character
      || (entry.local.start.character === known.local.start.character && order(entry.source.start, known.source.start) > 0)) byLine.set(line, entry);
  }
  const found = new Map<number, Position>();
  let last: Position | undefined;
  for (let line = 0; line < height; line++) {
    const at = byLine.get(line)?.source.start;
    if (!at || (last && order(at, last) <= 0)) continue;
    found.set(line, at);
    last = at;
  }
  return found;
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
  roles.forEach((role, column) => {
    for (const [line, at] of anchors(role, heights[column]?.length ?? 0)) {
      const key = `${at.line}:${at.character}`;
      const place = places.get(key) ?? { at, lines: new Map<number, number>() };
      place.lines.set(column, line);
      places.set(key, place);
    }
  });
  const gaps = roles.map((_, column) => new Array<number>(heights[column]?.length ?? 0).fill(0));
  /** Of each column: the next line to place and where it would stand. */
  const next = roles.map(() => ({ line: 0, top: 0 }));
  const advance = (column: number, line: number): number => {
    const at = next[column];
    const rows = heights[column];
    if (!at || !rows) return 0;
    while (at.line < line) at.top += rows[at.line++] ?? row;
    return at.top;
  };
  for (const { lines } of [...places.values()].sort((a, b) => order(a.at, b.at))) {
    if (lines.size < 2) continue;
    const top = Math.max(...[...lines].map(([column, line]) => advance(column, line)));
    for (const [column, line] of lines) {
      const at = next[column];
      const own = gaps[column];
      if (!at || !own) continue;
      const gap = Math.min(top - at.top, longestGap * row);
      own[line] = gap;
      at.top += gap;
    }
  }
  return gaps;
}
