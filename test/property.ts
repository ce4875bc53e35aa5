// Laws on many examples, each in a job of its own: what weak references point to is let go of between jobs only, so
// that one loop over thousands of examples holds all that was ever made.
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';

/** Examples that take longer, in milliseconds, are shown. */
const slow = Number(process.env['CHOR_SLOW'] ?? Infinity);

/** How many examples are drawn: as many as CHOR_RUNS says (`npm run laws`), else the usual number. */
export const runsOf = (usual: number): number => Number(process.env['CHOR_RUNS'] ?? usual);

/**
 * Draws examples, and asks of each whether a law holds for it.
 * @param arbitraries what an example is made of, one for each parameter of the law
 * @param law throws where it does not hold
 * @throws with the example and the seed, where one was found that the law does not hold for
 */
export async function holds<Ts extends [unknown, ...unknown[]]>(
  arbitraries: { readonly [K in keyof Ts]: fc.Arbitrary<Ts[K]> },
  law: (...example: Ts) => void,
  parameters: fc.Parameters<Ts>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(...arbitraries, async (...example: Ts) => {
      await setImmediate();
      const start = performance.now();
      try {
        law(...example);
      } finally {
        const took = Math.round(performance.now() - start);
        if (took > slow) console.log(`${took} ms:`, ...example);
      }
    }),
    parameters,
  );
}
