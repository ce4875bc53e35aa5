// Programs of the machine that the end-to-end tests need: found on the PATH, or installed by apt-get where that is
// allowed.
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of the first of these programs that is on the PATH. */
export function find(...names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not there.
      }
    }
  }
  return undefined;
}

let updated = false;

/**
 * Finds a program, or installs it.
 * @param {string} debian its Debian package, with what it needs besides
 * @param {string[]} names what it may be called
 * @param {(line: string) => void} say tells a person what takes its time
 * @returns {string} its path
 * @throws {Error} with one clear sentence when it can't be had
 */
export function need(debian, names, say) {
  const found = find(...names);
  if (found) return found;
  if (process.getuid?.() !== 0 || !find('apt-get'))
    throw new Error(
      `${names[0]} is not installed, and can’t be from here: install it (Debian: apt-get install ${debian}).`,
    );
  const run = (...args) =>
    execFileSync('apt-get', args, { stdio: 'pipe', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  say(`Installing ${debian} (apt-get)…`);
  try {
    if (!updated && !process.env.CHOR_APT_UPDATED) run('update', '-qq');
    updated = true;
    run('install', '-y', '-qq', '--no-install-recommends', ...debian.split(' '));
  } catch (error) {
    throw new Error(
      `${debian} can’t be installed by apt-get: ${String(error.stderr || error.message)
        .trim()
        .split('\n')
        .at(-1)}`,
    );
  }
  const installed = find(...names);
  if (!installed) throw new Error(`${debian} was installed, but there is no ${names.join(' or ')} on the PATH.`);
  return installed;
}
