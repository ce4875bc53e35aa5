// Parts of the core somewhere else.

/** The same part of the core somewhere else: a copy with all places moved. Cost: linear in its size. */
export function moved<T>(part: T, by: number): T {
  return by === 0 ? part : (copy(part, by) as T);
}

function copy(part: unknown, by: number): unknown {
  if (typeof part !== 'object' || part === null) return part;
  if (Array.isArray(part)) return part.map((item) => copy(item, by));
  const from = part as Record<string, unknown>;
  if (typeof from['start'] === 'number' && typeof from['end'] === 'number')
    return { start: from['start'] + by, end: from['end'] + by };
  const to: Record<string, unknown> = {};
  for (const key in from) to[key] = copy(from[key], by);
  return to;
}
