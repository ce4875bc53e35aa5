// What the server's own thread does of explorations: next to nothing, whatever is typed.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { engine } from '../../language/network/analysis/explore.js';
import { createSession } from '../../server/session.js';
import type { Session } from '../../server/session.js';
import { coinsNetwork } from '../generators/slow.js';

const uri = 'file:///test/a.chor';
const choreography = (n: number): string => `choreography C(A, B) {\n  A.${n} -> B.n\n}\n`;
const endless = coinsNetwork('Endless', 30);
const small = (name: string): string =>
  `network ${name} {\n  process A { send 1 to B: go }\n  process B { receive x from A: go }\n}\n`;

let session: Session;
afterEach(() => {
  session.dispose();
  vi.restoreAllMocks();
});

function create(threads: boolean): Session {
  const host = {
    reaches: () => true,
    read: () => undefined,
    scan: () => Promise.resolve([]),
    ...(threads
      ? {
          threads: {
            count: 1,
            start: () => {
              throw new Error('not here');
            },
          },
        }
      : {}),
  };
  return createSession(
    host,
    () => undefined,
    (error) => {
      throw error;
    },
  );
}

/**
 * Time goes on by a millisecond whenever somebody looks, so that it is not the machine that decides what is done within
 * it.
 */
function slowClock(): void {
  let now = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => now++);
}

/** The configurations that are made on the way. */
function watched(): { readonly calls: () => number; readonly made: () => number } {
  const spy = vi.spyOn(engine, 'explore');
  return {
    calls: () => spy.mock.calls.length,
    made: () => spy.mock.results.reduce((sum, r) => sum + (r.value as { configurations: number }).configurations, 0),
  };
}

describe('the thread of the server', () => {
  test('explores a network for some milliseconds once, and not at all while others are edited', () => {
    slowClock();
    session = create(true);
    const { calls, made } = watched();
    session.open(uri, 1, choreography(0) + endless + small('Small'));
    expect(session.analyze(uri)?.verdicts.map((v) => v.name)).toEqual(['C', 'Small']);
    expect(session.pending().map((p) => p.name)).toEqual(['Endless']);
    expect(calls()).toBe(2);
    // It has 2^31 and more.
    expect(made()).toBeLessThan(100_000);
    for (let version = 2; version < 20; version++) {
      session.change(uri, version, [{ text: choreography(version) + endless + small('Small') }]);
      expect(session.analyze(uri)?.verdicts.length).toBe(2);
    }
    expect(calls()).toBe(2);
  });

  test('does not try again what was too much for it, while it is edited', () => {
    slowClock();
    session = create(true);
    session.open(uri, 1, endless);
    session.analyze(uri);
    const { calls } = watched();
    for (let version = 2; version < 10; version++) {
      session.change(uri, version, [{ text: endless.replaceAll('x1', `y${version}`) }]);
      expect(session.analyze(uri)?.pending.length).toBe(1);
    }
    expect(calls()).toBe(0);
  });

  test('explores a file of very many networks little by little', () => {
    session = create(true);
    const names = Array.from({ length: 400 }, (_, i) => `N${i}`);
    session.open(uri, 1, names.map((name) => small(name) + coinsNetwork(`Slow${name}`, 4)).join(''));
    session.analyze(uri);
    const waiting = session.pending();
    expect(waiting.length).toBeGreaterThan(0);
    // All that came to be pending at once is wanted in the order of the text.
    expect(waiting.map((p) => p.origin.start)).toEqual(waiting.map((p) => p.origin.start).sort((a, b) => a - b));
  });

  test('wants what was edited last first', () => {
    session = create(true);
    session.open(uri, 1, endless + endless.replace('Endless', 'Second').replaceAll('x1', 'z1'));
    session.analyze(uri);
    expect(session.pending().map((p) => p.name)).toEqual(['Endless', 'Second']);
    session.change(uri, 2, [{ text: endless + endless.replace('Endless', 'Second').replaceAll('x1', 'w1') }]);
    session.analyze(uri);
    expect(session.pending().map((p) => p.name)).toEqual(['Second', 'Endless']);
    const other = 'file:///test/b.chor';
    session.open(other, 1, endless.replace('Endless', 'Other').replaceAll('x1', 'v1'));
    session.analyze(other);
    expect(session.pending().map((p) => p.name)).toEqual(['Other', 'Second', 'Endless']);
    session.change(uri, 3, [{ text: `${endless}// …\n` }]);
    session.analyze(uri);
    expect(session.pending().map((p) => p.name)).toEqual(['Endless', 'Other']);
    session.close(other);
    expect(session.pending().map((p) => p.name)).toEqual(['Endless']);
  });

  test('explores all by itself where there is no other, and not for long', () => {
    session = create(false);
    session.open(uri, 1, endless);
    const start = Date.now();
    expect(session.analyze(uri)).toMatchObject({ pending: [], verdicts: [{ verdict: 'bounded' }] });
    expect(Date.now() - start).toBeLessThan(15_000);
  });
});
