// Which parts of the projections belong to a place in the source, and the other way round.
import type { Position, Range } from '../../protocol/places.js';
import type { Mapped, RoleProjection } from '../../protocol/projections.js';

/** What of one role's text the cursor lights up. */
export interface Lit {
  /** First lines of what belongs to the statement under the cursor. */
  readonly heads: ReadonlySet<number>;
  /** The other lines of it. */
  readonly bodies: ReadonlySet<number>;
}

function before(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}

export function contains(range: Range, position: Position): boolean {
  return before(range.start, position) && before(position, range.end);
}

function within(inner: Range, outer: Range): boolean {
  return before(outer.start, inner.start) && before(inner.end, outer.end);
}

function same(a: Range, b: Range): boolean {
  return within(a, b) && within(b, a);
}

/** An entry for a whole statement, not for a part of one: its local text fills the line that it starts on. */
export function isStatement({ local }: Mapped, lines: readonly string[]): boolean {
  const line = lines[local.start.line] ?? '';
  return (
    line.slice(0, local.start.character).trim() === '' &&
    (local.end.line > local.start.line || line.slice(local.end.character).trim() === '')
  );
}

/**
 * Finds the smallest statement of the source at a position that some role takes part in.
 * @param roles the roles of the choreography
 * @param position a place in the source
 * @returns its range in the source; undefined where the position is in no statement
 */
export function statementAt(roles: readonly RoleProjection[], position: Position): Range | undefined {
  let best: Range | undefined;
  for (const role of roles) {
    const lines = role.text.split('\n');
    for (const entry of role.map) {
      if (contains(entry.source, position) && isStatement(entry, lines) && (!best || within(entry.source, best)))
        best = entry.source;
    }
  }
  // In the indentation or behind the end of a line, the line is meant, not the block that it stands in.
  return best && best.start.line === position.line ? best : (onLine(roles, position) ?? best);
}

/** The largest statement that stands on the position's line alone. */
function onLine(roles: readonly RoleProjection[], position: Position): Range | undefined {
  let best: Range | undefined;
  for (const role of roles) {
    const lines = role.text.split('\n');
    for (const entry of role.map) {
      const { source } = entry;
      if (
        source.start.line === position.line &&
        source.end.line === position.line &&
        isStatement(entry, lines) &&
        (!best || within(best, source))
      )
        best = source;
    }
  }
  return best;
}

/** The lines of one role that come from a statement of the source: of a receive with branches, those of the branch. */
export function litLines(role: RoleProjection, statement: Range): Lit {
  const entries = role.map.filter(({ source }) => same(source, statement));
  const heads = new Set<number>();
  const bodies = new Set<number>();
  for (const { local } of entries) {
    if (entries.some((other) => within(other.local, local) && !same(other.local, local))) continue;
    heads.add(local.start.line);
    for (let line = local.start.line + 1; line <= local.end.line; line++) bodies.add(line);
  }
  return { heads, bodies };
}

/**
 * Where a line of a role's text comes from.
 * @param role the role
 * @param position a place in its text
 * @returns the source of the smallest part that the place is in; of the line, where it is in none
 */
export function sourceAt(role: RoleProjection, position: Position): Range | undefined {
  let best: Mapped | undefined;
  for (const entry of role.map) {
    if (contains(entry.local, position) && (!best || within(entry.local, best.local))) best = entry;
  }
  if (best && best.local.start.line === position.line) return best.source;
  const first = role.map
    .filter((entry) => entry.local.start.line === position.line)
    .sort((a, b) => a.local.start.character - b.local.start.character)[0];
  return (first ?? best)?.source;
}
