// Runs SPIN (Debian's package `spin`, and gcc for what it writes). Nothing is left behind but the answer.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kinds, printed } from './promela.js';
import type { Kind } from './promela.js';

export interface SpinAnswer {
  /** What SPIN found in each network. */
  readonly found: readonly ReadonlySet<Kind>[];
  /** The networks in which some sender was held at a queue that the model made too short. */
  readonly held: ReadonlySet<number>;
  readonly states: number;
}

function isThere(command: string): boolean {
  const { error, status } = spawnSync(command, [command === 'spin' ? '-V' : '--version'], { stdio: 'ignore' });
  return !error && status === 0;
}

/** Why SPIN can't be run; undefined where it can. With CHOR_REQUIRE_SPIN in the environment that is an error. */
export function spinIsMissing(): string | undefined {
  const missing = ['spin', 'gcc'].filter((command) => !isThere(command));
  if (missing.length === 0) return undefined;
  const reason = `${missing.join(' and ')} not installed (Debian: apt-get install spin gcc)`;
  if (process.env['CHOR_REQUIRE_SPIN']) throw new Error(`CHOR_REQUIRE_SPIN is set, but: ${reason}`);
  return reason;
}

/**
 * Verifies a model: all of its states, without reduction. Throws where SPIN does not come to an end, or says what it
 * should not.
 */
export function spin(model: string, networks: number): SpinAnswer {
  const folder = mkdtempSync(join(tmpdir(), 'chor-spin-'));
  try {
    writeFileSync(join(folder, 'model.pml'), model);
    const run = (command: string, ...args: string[]): string =>
      execFileSync(command, args, {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    run('spin', '-a', 'model.pml');
    // Long statevectors: a model holds the queues of all its networks.
    run('gcc', '-O0', '-w', '-DSAFETY', '-DNOREDUCE', '-DVECTORSZ=4096', '-o', 'pan', 'pan.c');
    // -E: a process that has ended waits for ever in the model; who waits in vain is told by the model itself.
    const output = run('./pan', '-E', '-m1000000', '-w20');
    if (!/errors: 0\b/.test(output) || /max search depth too small|out of memory|not completed/i.test(output))
      throw new Error(output);
    const found = Array.from({ length: networks }, () => new Set<Kind>());
    const held = new Set<number>();
    for (const [word, network, kind] of output.split('\n').map((line) => line.split(' '))) {
      if (word === printed.held) held.add(Number(network));
      if (word === printed.found) found[Number(network)]?.add(kinds[Number(kind)] as Kind);
    }
    return { found, held, states: Number(/(\d+) states, stored/.exec(output)?.[1]) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
