// Findings, and all that is data, where the texts that they tell of stand now.
import type { TextRange } from '../ir/expression.js';

/**
 * Data with each origin in it taken anew: what has a numeric `start` and `end`. It is in the file that the nearest
 * `uri` around it names.
 * @param uri the file of those that have none around them
 * @param place where an origin is now
 * @returns the same shape. Cost: linear in the data
 */
export function relocated<T>(data: T, uri: string, place: (uri: string, origin: TextRange) => TextRange): T {
  const visit = (value: unknown, around: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => visit(item, around));
    if (typeof value !== 'object' || value === null) return value;
    const own = (value as { uri?: unknown }).uri;
    const file = typeof own === 'string' ? own : around;
    const { start, end } = value as { start?: unknown; end?: unknown };
    const result: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) result[key] = visit(item, file);
    return typeof start === 'number' && typeof end === 'number'
      ? { ...result, ...place(file, { start, end }) }
      : result;
  };
  // The same shape comes out as went in.
  return visit(data, uri) as T;
}
