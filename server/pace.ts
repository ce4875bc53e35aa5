// When edits are analysed: at once where the server has been idle for as long as the last analysis took; under load,
// when keys come faster than analyses end, they are gathered for that long, so that half of the time is left for what
// else is asked.

/**
 * How long edits are gathered at most, in milliseconds. The first edit starts the time, so that steady typing can't put
 * it off.
 */
export const longestGathering = 40;

export interface Pace {
  /** How many milliseconds an edit that comes now is gathered with others. */
  wait(): number;
  /** Runs an analysis, and takes note of how long it takes. One inside another is part of it. */
  during<T>(run: () => T): T;
}

/** @param now a clock, in milliseconds */
export function createPace(now: () => number): Pace {
  let running = false;
  let took = 0;
  let ended = -Infinity;
  return {
    wait: () => Math.max(0, Math.min(took, longestGathering) - (now() - ended)),
    during(run) {
      if (running) return run();
      running = true;
      const start = now();
      try {
        return run();
      } finally {
        running = false;
        ended = now();
        took = ended - start;
      }
    },
  };
}
