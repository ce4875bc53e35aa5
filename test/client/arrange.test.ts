// Which roles the view shows, and in which order.
import { describe, expect, test } from 'vitest';
import { arranged, rearranged, withArrangement } from '../../client/view/arrange.js';
import type { Rearrange } from '../../client/view/arrange.js';
import type { Arrangement } from '../../client/messages.js';

const roles = ['A', 'B', 'C', 'D'];
const shown = (arrangement: Arrangement | undefined, all = roles): string =>
  arranged(all, arrangement)
    .map(({ role, hidden, folded }) => (hidden ? `(${role})` : folded ? `[${role}]` : role))
    .join(' ');
const after = (...changes: Rearrange[]): Arrangement | undefined =>
  changes.reduce<Arrangement | undefined>((now, change) => rearranged(roles, now, change), undefined);

describe('roles', () => {
  test('are in the order of the header, until somebody moves, hides or folds one', () => {
    expect(shown(undefined)).toBe('A B C D');
    expect(shown(after({ role: 'C', by: -1 }))).toBe('A C B D');
    expect(shown(after({ role: 'A', by: 1 }))).toBe('B A C D');
    expect(shown(after({ role: 'B', hidden: true }, { role: 'D', folded: true }))).toBe('A (B) C [D]');
    expect(shown(after({ role: 'B', hidden: true }, { role: 'B', hidden: false }))).toBe('A B C D');
  });

  test('are folded all at once, to unfold those that matter', () => {
    expect(shown(after({ role: 'D', by: -1 }, { foldAll: true }, { role: 'B', folded: false }))).toBe('[A] B [D] [C]');
  });

  test('move past those that are hidden, and no further than there are others', () => {
    expect(shown(after({ role: 'B', hidden: true }, { role: 'C', by: -1 }))).toBe('C A (B) D');
    expect(shown(after({ role: 'A', by: -1 }, { role: 'D', by: 1 }))).toBe('A B C D');
    expect(shown(after({ role: 'B', hidden: true }, { role: 'B', by: 1 }))).toBe('A (B) C D');
  });

  test('that are new stand behind the one before them in the header; those that are gone are forgotten', () => {
    const moved = after({ role: 'D', by: -1 }, { role: 'D', by: -1 }, { role: 'B', hidden: true });
    expect(shown(moved)).toBe('A D (B) C');
    expect(shown(moved, ['A', 'New', 'B', 'C', 'D'])).toBe('A New D (B) C');
    expect(shown(moved, ['First', 'A', 'C'])).toBe('First A C');
  });

  test('keep their places in the header, which give them their colours', () =>
    expect(arranged(roles, after({ role: 'D', by: -1 })).map(({ index }) => index)).toEqual([0, 1, 3, 2]));
});

test('of a hundred choreographies it is remembered, the last ones', () => {
  const one = after({ role: 'A', by: 1 });
  const all = Array.from({ length: 120 }, (_, i) => `file:///a.chor#C${i}`).reduce(
    (now, key) => withArrangement(now, key, one),
    {},
  );
  expect(Object.keys(all).length).toBe(100);
  expect(Object.keys(withArrangement(all, 'file:///a.chor#C119', undefined)).length).toBe(99);
});
