// When edits are analysed: at once where the server is idle, gathered under load.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPace, longestGathering } from '../../server/pace.js';
import { createSession } from '../../server/session.js';
import type { Session } from '../../server/session.js';

describe('the pace', () => {
  let now = 0;
  const work =
    (milliseconds: number): (() => void) =>
    () => {
      now += milliseconds;
    };
  beforeEach(() => {
    now = 1000;
  });

  test('waits for nothing before the first analysis', () => expect(createPace(() => now).wait()).toBe(0));

  test.each([
    [5, 0, 5],
    [5, 3, 2],
    [5, 5, 0],
    [5, 100, 0],
    [500, 0, longestGathering],
    [500, 30, 10],
    [500, 1000, 0],
  ])('after an analysis of %i ms, %i ms later: waits %i ms', (took, later, wait) => {
    const pace = createPace(() => now);
    pace.during(work(took));
    now += later;
    expect(pace.wait()).toBe(wait);
  });

  test('takes an analysis inside another for part of it, and one that fails for one', () => {
    const pace = createPace(() => now);
    expect(() =>
      pace.during(() => {
        pace.during(work(10));
        now += 10;
        throw new Error('failed');
      }),
    ).toThrow('failed');
    expect(pace.wait()).toBe(20);
  });
});

describe('edits', () => {
  const uri = 'file:///test/a.chor';
  const text = (n: number): string => `choreography C(A, B) {\n  A.${n} -> B.n\n}\n`;
  let session: Session;
  let told: (number | undefined)[];
  /** How long an analysis takes, and how much of the time analyses took so far. */
  let cost: number;
  let busy: number;
  beforeEach(() => {
    vi.useFakeTimers();
    [told, cost, busy] = [[], 0, 0];
    session = createSession(
      { reaches: () => true, read: () => undefined, scan: () => Promise.resolve([]) },
      () => {
        session.analyze(uri);
        busy += cost;
        told.push(session.version(uri));
      },
      (error) => {
        throw error;
      },
      () => performance.now() + busy,
    );
    session.open(uri, 1, text(1));
    vi.advanceTimersByTime(100);
    told = [];
  });
  afterEach(() => {
    session.dispose();
    vi.useRealTimers();
  });
  let version = 1;
  const key = (): void => {
    version++;
    session.change(uri, version, [{ text: text(version) }]);
  };

  test('are analysed at once where the server is idle, however long it takes', () => {
    for (cost of [0, 5, 200]) {
      key();
      vi.advanceTimersByTime(1);
      expect(told.at(-1)).toBe(version);
      vi.advanceTimersByTime(100);
    }
    expect(told.length).toBe(3);
  });

  test('that come faster than analyses end are gathered, and none waits for ever', () => {
    cost = 30;
    // A key in every millisecond, for a second in which nothing but keys and timers counts.
    for (let at = 0; at < 1000; at++) {
      key();
      vi.advanceTimersByTime(1);
      expect(version - (told.at(-1) ?? version)).toBeLessThanOrEqual(longestGathering + 2);
    }
    expect(told.length).toBeGreaterThanOrEqual(1000 / (longestGathering + 2));
    // At least as long as an analysis took is between the end of one and the start of the next.
    expect(told.length).toBeLessThanOrEqual(1000 / cost + 2);
  });

  test('are analysed for a request whenever it comes, and told once', () => {
    cost = 30;
    key();
    vi.advanceTimersByTime(1);
    key();
    expect(session.analyze(uri)?.file.text).toBe(text(version));
    vi.advanceTimersByTime(100);
    expect(told).toEqual([version - 1, version]);
  });
});
