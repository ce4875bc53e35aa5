// The engine against Langium's own parser for the same grammar: the same trees, with the same ranges.
import { describe, expect, test } from 'vitest';
import { parse } from '../../language/syntax/parse.js';
import { stockParser } from '../../language/syntax/services.js';
import { samples } from './samples.js';

/** A tree as plain data, each node with the text that it covers. */
function plain(value: unknown, text: string): unknown {
  if (Array.isArray(value)) return value.map((v) => plain(v, text));
  if (typeof value !== 'object' || value === null) return value;
  const node = value as { $type: string; $start?: number; $end?: number; $cstNode?: { offset: number; end: number } };
  const result: Record<string, unknown> = {};
  // Of a chain of infix operators the stock parser gives every node the range of the whole chain.
  if (node.$type !== 'Arithmetic') result.$text = text.slice(node.$start ?? node.$cstNode?.offset, node.$end ?? node.$cstNode?.end).replace(/\s*;$/, '');
  for (const [key, child] of Object.entries(node)) if (key === '$type' || !key.startsWith('$')) result[key] = plain(child, text);
  return result;
}

describe('engine', () => {
  test.each(samples.map((sample, i) => [i, sample] as const))('reads sample %i as the stock parser does', (_, sample) => {
    const segments = parse(sample);
    expect(segments.flatMap((s) => s.issues)).toEqual([]);
    for (const segment of segments) {
      const stock = stockParser().parse<{ $type: string; items: unknown[] } & never>(segment.text);
      expect(stock.parserErrors).toEqual([]);
      expect(plain(segment.node, segment.text)).toEqual(plain((stock.value as { items: unknown[] }).items[0], segment.text));
    }
  });
});
