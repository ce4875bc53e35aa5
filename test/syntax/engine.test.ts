// The engine against Langium's own parser for the same grammar: the same trees, with the same ranges.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../../language/syntax/parse.js';
import { stockParser } from './stock-parser.js';
import { samples } from './samples.js';

/** A tree as plain data, each node with the text that it covers. */
function plain(value: unknown, text: string): unknown {
  if (Array.isArray(value)) return value.map((v) => plain(v, text));
  if (typeof value !== 'object' || value === null) return value;
  const node = value as { $type: string; $start?: number; $end?: number; $cstNode?: { offset: number; end: number } };
  const result: Record<string, unknown> = {};
  // Of a chain of infix operators the stock parser gives every node the range of the whole chain.
  if (node.$type !== 'Arithmetic')
    result.$text = text
      .slice(node.$start ?? node.$cstNode?.offset, node.$end ?? node.$cstNode?.end)
      .replace(/\s*;$/, '');
  for (const [key, child] of Object.entries(node))
    if (key === '$type' || !key.startsWith('$')) result[key] = plain(child, text);
  return result;
}

/**
 * Whether an action of a tree starts with a bracket behind something else on its line: to us, the bracket goes on with
 * that.
 */
function startsBehind(value: unknown, text: string): boolean {
  if (Array.isArray(value)) return value.some((each) => startsBehind(each, text));
  if (typeof value !== 'object' || value === null) return false;
  const node = value as { $type: string; $cstNode?: { offset: number } };
  const at = node.$cstNode?.offset ?? -1;
  if (node.$type === 'LocalEffect' && text.charAt(at) === '(' && !/(^|[\n{};])[ \t]*$/.test(text.slice(0, at)))
    return true;
  return Object.entries(node).some(([key, child]) => !key.startsWith('$') && startsBehind(child, text));
}

describe('engine', () => {
  test.each(samples.map((sample, i) => [i, sample] as const))(
    'reads sample %i as the stock parser does',
    (_, sample) => {
      const segments = parse(sample);
      expect(segments.flatMap((s) => s.issues)).toEqual([]);
      for (const segment of segments) {
        const stock = stockParser().parse<{ $type: string; items: unknown[] } & never>(segment.text);
        expect(stock.parserErrors).toEqual([]);
        expect(plain(segment.node, segment.text)).toEqual(
          plain((stock.value as { items: unknown[] }).items[0], segment.text),
        );
      }
    },
  );

  const words = fc.constantFrom(
    '{',
    '}',
    '(',
    ')',
    ',',
    '.',
    ':',
    '->',
    '=',
    '=>',
    '-',
    '+',
    'not',
    'x',
    'from',
    'with',
    'to',
    '1',
    'else',
    'or',
    'case y',
    'X.a -> Y',
    'if X.a',
    '[',
    ']',
    ';',
    'return x',
    'match x {',
  );
  test('takes exactly the texts that the stock parser takes, and reads them as it does', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.nat(),
        fc.nat(12),
        words,
        fc.boolean(),
        (sample, at, length, word, cut) => {
          const start = at % sample.length;
          const text = cut
            ? sample.slice(0, start) + sample.slice(start + length)
            : `${sample.slice(0, start)} ${word} ${sample.slice(start)}`;
          for (const segment of parse(text)) {
            const stock = stockParser().parse<{ $type: string; items: unknown[] } & never>(segment.text);
            const items = (stock.value as { items: unknown[] }).items;
            if (stock.parserErrors.length > 0 || stock.lexerErrors.length > 0) expect(segment.issues).not.toEqual([]);
            else if (
              segment.issues.some(({ message }) => /after `[^`]*(\.|->|=|:)`|the line ends here/.test(message)) ||
              startsBehind(items, segment.text)
            )
              continue; // The grammar does not know of lines.
            else if (items.length === 1) {
              // What the grammar lets through may still be no statement.
              for (const { message, start: from, end } of segment.issues) {
                const about = segment.text.slice(from, end);
                // Two rules are about less than a statement: an escape that stands for nothing, and a second variable
                // for one value.
                if (message.includes('means nothing in a string'))
                  expect([about.startsWith('\\'), message.includes(about)]).toEqual([true, true]);
                else if (message.startsWith('A message brings one value')) expect(about).toMatch(/^\^?[_\p{L}]/u);
                else
                  expect(message).toMatch(
                    /goes nowhere|does nothing|What should|Expected a role after|Only a variable|is a role;|stand alone|not supported|did you mean|There is no|Every variable lives|header says what no process|Of several values|To go on with|^Whom it is from|come first in a header/,
                  );
              }
              expect(plain(segment.node, segment.text)).toEqual(plain(items[0], segment.text));
            }
          }
        },
      ),
      { numRuns: 400 },
    );
  });
  const expression = (text: string): string =>
    parse(`function f() = ${text}`)
      .flatMap((s) => s.issues.map((i) => i.message))
      .join();
  test.each([
    ['lambdas', 'x => ', '1', ''],
    ['named arguments', 'A(x: ', '1', ')'],
    ['brackets', '(', '1', ')'],
    ['lists', '[a, ', '1', ']'],
    ['pairs', '(a, ', '1', ')'],
    ['lambdas in brackets', '((a, b) => ', '1', ')'],
    ['matches', 'match x { case y => ', '1', '}'],
    ['conditions', 'if a then 1 else ', '1', ''],
    ['updates', 'a with (b: ', '1', ')'],
  ])('%s thirty deep are read, which would take for ever if each level doubled the time', (_, open, middle, close) => {
    expect(expression(open.repeat(30) + middle + close.repeat(30))).toBe('');
  });
  test.each([
    ['(', ')'],
    ['f(', ')'],
    ['[', ']'],
    ['-', ''],
    ['not ', ''],
    ['x => ', ''],
    ['if a then 1 else ', ''],
  ])('%s a hundred thousand deep is an error, no crash', (open, close) => {
    expect(expression(`${open.repeat(100_000)}1${close.repeat(100_000)}`)).toContain('nested too deeply');
  });
  test.each([['+'], ['and'], ['==']])('a chain of ten thousand %s is an error, no crash', (operator) => {
    expect(expression(`1${` ${operator} 1`.repeat(10_000)}`)).not.toBe('');
  });
  test('a hundred brackets and a hundred blocks deep are read', () => {
    expect(expression(`${'('.repeat(100)}1${')'.repeat(100)}`)).toBe('');
    expect(parse(`choreography A(X) { ${'if X.a { '.repeat(100)}${'}'.repeat(100)} }`)[0]?.issues).toEqual([]);
  });
  test('a thousand blocks deep are one error', () => {
    const issues = parse(`choreography A(X) { ${'if X.a { '.repeat(1_000)}${'}'.repeat(1_000)} }`)[0]?.issues ?? [];
    expect(issues.map((issue) => issue.message)).toEqual([expect.stringContaining('nested too deeply')]);
  });
  test('ten thousand statements and a list of ten thousand are read', () => {
    expect(parse(`choreography A(X, Y) {\n${'X.a + 1 -> Y.b\n'.repeat(10_000)}}`)[0]?.issues).toEqual([]);
    expect(expression(`[${'1, '.repeat(10_000)}1]`)).toBe('');
  });
});
