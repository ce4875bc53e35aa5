// Positions in a text that changed since its projection was made.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backTo, endOf, forthFrom } from '../../client/cursor.js';
import type { Edited } from '../../client/cursor.js';

const at = (line: number, character: number) => ({ line, character });
const insert = (version: number, line: number, character: number, text: string): Edited => {
  const start = at(line, character);
  return { version, start, oldEnd: start, newEnd: endOf(start, text) };
};

describe('positions across edits', () => {
  test('before an edit stay where they are', () => {
    expect(backTo(1, at(0, 3), [insert(2, 0, 5, 'xx')])).toEqual(at(0, 3));
  });

  test('behind an edit on the same line move along the line', () => {
    expect(backTo(1, at(0, 9), [insert(2, 0, 5, 'xx')])).toEqual(at(0, 7));
    expect(forthFrom(1, at(0, 7), [insert(2, 0, 5, 'xx')])).toEqual(at(0, 9));
  });

  test('below an edit move by its lines', () => {
    expect(forthFrom(1, at(4, 2), [insert(2, 1, 0, 'a\nb\n')])).toEqual(at(6, 2));
    expect(backTo(1, at(6, 2), [insert(2, 1, 0, 'a\nb\n')])).toEqual(at(4, 2));
  });

  test('pay no heed to edits that the version has already', () => {
    expect(backTo(2, at(6, 2), [insert(2, 1, 0, 'a\n')])).toEqual(at(6, 2));
  });

  test('come back to where they were, through any insertions', () => {
    const position = fc.record({ line: fc.nat(20), character: fc.nat(20) });
    const edit = fc.record({ start: position, text: fc.constantFrom('x', 'xy\n', '\n\n  z') });
    fc.assert(
      fc.property(position, fc.array(edit, { maxLength: 6 }), (place, edits) => {
        const all = edits.map(({ start, text }, i) => insert(i + 2, start.line, start.character, text));
        expect(backTo(1, forthFrom(1, place, all), all)).toEqual(place);
      }),
    );
  });
});
