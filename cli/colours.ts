// Whether to colour: --color and --no-color first, then NO_COLOR and FORCE_COLOR, then whether a person reads.
import picocolors from 'picocolors';
import type { Io } from './io.js';

export type Colours = ReturnType<typeof picocolors.createColors>;

/**
 * @param wanted what `--color` (true) or `--no-color` (false) said, if either was given
 */
export function coloursFor(io: Io, wanted: boolean | undefined): Colours {
  return picocolors.createColors(wanted ?? fromEnvironment(io));
}

function fromEnvironment({ env, terminal }: Io): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '')
    return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  return terminal && env['TERM'] !== 'dumb';
}
