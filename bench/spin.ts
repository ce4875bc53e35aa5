// SPIN on a model, by the ways that it has of searching all states: what it takes in processor time, and in memory.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Way {
  readonly name: string;
  readonly flags: readonly string[];
  readonly reduced: boolean;
}

/**
 * The ways, all with -DSAFETY. -DXUSAFE: it need not check that each queue has one user at either end. Breadth first,
 * SPIN also keeps the state in the middle of each rendezvous.
 */
export const ways: readonly Way[] = [
  { name: 'breadth first', flags: ['-DBFS', '-DNOREDUCE'], reduced: false },
  { name: 'depth first', flags: ['-DNOREDUCE'], reduced: false },
  { name: 'breadth first, reduced', flags: ['-DBFS', '-DXUSAFE'], reduced: true },
  { name: 'depth first, reduced', flags: ['-DXUSAFE'], reduced: true },
];

export interface Search {
  readonly states: number;
  /** Seconds of processor time of the search. */
  readonly seconds: number;
  /** Bytes for each state, without the hash table: what SPIN calls its actual memory usage for states. */
  readonly bytes: number;
  readonly errors: number;
  /** Seconds of processor time of SPIN itself and of gcc, before there is anything to run. */
  readonly making: number;
}

/** Whether SPIN and gcc are there. */
export function hasSpin(): boolean {
  return ['spin', 'gcc'].every(
    (command) => spawnSync(command, [command === 'spin' ? '-V' : '--version'], { stdio: 'ignore' }).status === 0,
  );
}

/** Runs a command; what it prints, and the processor time that it and its children took, in seconds. */
export function timed(folder: string, command: string, args: readonly string[]): { output: string; seconds: number } {
  // The shell's word `time` counts all that a command starts; Node tells that of itself only.
  const script = 'TIMEFORMAT="TIME %U %S"; time "$@" 2>&1';
  const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', command, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const [, user, system] = /TIME ([\d.]+) ([\d.]+)\s*$/.exec(stderr) ?? [];
  return { output: stdout, seconds: Number(user) + Number(system) };
}

/**
 * Searches the states of a model: all of them, errors or not, or up to the first error.
 * @param expected about how many states there are: the hash table gets a slot for each, and the stack is long enough
 * @param options `first`: end at the first error; `optimise`: how gcc does (a small model is faster run than made)
 * @returns undefined where SPIN did not come to an end
 */
export function search(
  model: string,
  way: Way,
  expected: number,
  { first = false, optimise = '-O2' }: { readonly first?: boolean; readonly optimise?: '-O2' | '-O0' } = {},
): Search | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'chor-bench-spin-'));
  try {
    writeFileSync(join(folder, 'model.pml'), model);
    const made = timed(folder, 'spin', ['-a', 'model.pml']);
    const compiled = timed(folder, 'gcc', [
      optimise,
      '-w',
      '-DSAFETY',
      '-DMEMLIM=16000',
      '-DVECTORSZ=2048',
      ...way.flags,
      '-o',
      'pan',
      'pan.c',
    ]);
    const slots = Math.min(28, Math.max(18, Math.ceil(Math.log2(expected + 1))));
    const { output, seconds } = timed(folder, './pan', [first ? '-c1' : '-c0', `-w${slots}`, `-m${expected + 1000}`]);
    const number = (pattern: RegExp): number => Number(pattern.exec(output)?.[1]);
    const states = number(/([\d.e+]+) states, stored/);
    if (
      !(states > 0) ||
      /max search depth too small|out of memory/i.test(output) ||
      (!first && /not completed/i.test(output))
    )
      return undefined;
    return {
      states,
      seconds,
      errors: number(/errors: (\d+)/),
      bytes: (number(/([\d.]+)\s+actual memory usage for states/) * 2 ** 20) / states,
      making: made.seconds + compiled.seconds,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
