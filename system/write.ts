// Writes texts to the disk: in one step, so that whoever reads meanwhile sees the old text or the new one, and so that
// owner, mode and links stay. A device or a pipe is written into.
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { reasonOf } from './reason.js';

/** The names of our temporary files, with the process that they are of. */
const temporaryName = /^\.chor-(\d+)-[0-9a-f]+\.tmp$/;
/** A temporary file that is older, in milliseconds, is nobody’s, even if a process has that number. */
const longestWrite = 3_600_000;

/**
 * Replaces the text of a file, or makes one.
 * @param path of the file; what a link leads to is written, and the link stays
 * @param expected what the file is to hold before: if it holds something else, somebody saved it meanwhile, and it is
 *   left as it is
 * @returns undefined if it is written, else why it is not, as the end of a sentence
 */
export function writeText(path: string, text: string, expected?: Uint8Array): string | undefined {
  try {
    const bytes = Buffer.from(text, 'utf8');
    const stats = statSync(path, { throwIfNoEntry: false });
    // A link to what is not there yet.
    if (!stats && lstatSync(path, { throwIfNoEntry: false })) writeFileSync(path, bytes);
    else if (!stats) replace(path, bytes, undefined, expected);
    else if (stats.isDirectory()) return 'it is a folder';
    else if (!stats.isFile()) pour(path, bytes);
    else {
      const target = realpathSync(path);
      accessSync(target, constants.W_OK);
      // A new file in its place would leave the other names of this one with the old text.
      if (stats.nlink > 1) overwrite(target, bytes, expected);
      else replaceOrOverwrite(target, bytes, stats, expected);
    }
    return undefined;
  } catch (error) {
    if (error instanceof Changed) return 'it was changed meanwhile, and is left as it is; run this again';
    const folder = statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory();
    return folder === true ? reasonOf(error) : 'its folder does not exist';
  }
}

/** The file holds something else than was expected. */
class Changed extends Error {}

function replaceOrOverwrite(target: string, bytes: Uint8Array, stats: Stats, expected: Uint8Array | undefined): void {
  try {
    replace(target, bytes, stats, expected);
  } catch (error) {
    // Where no file may be made in the folder, or none of that owner, this one may still be written.
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!['EACCES', 'EPERM', 'EBUSY'].includes(code)) throw error;
    overwrite(target, bytes, expected);
  }
}

/** Puts a new file in the place of one, with its owner and mode. */
function replace(target: string, bytes: Uint8Array, stats: Stats | undefined, expected: Uint8Array | undefined): void {
  const folder = dirname(target);
  removeLeftovers(folder);
  const temporary = join(folder, `.chor-${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = openSync(temporary, 'wx');
    try {
      writeAll(file, bytes);
      if (stats) {
        const own = fstatSync(file);
        if (own.uid !== stats.uid || own.gid !== stats.gid) fchownSync(file, stats.uid, stats.gid);
        fchmodSync(file, stats.mode & 0o7777);
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (expected) expect(target, expected);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function expect(target: string, expected: Uint8Array): void {
  let file: number;
  try {
    file = openSync(target, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch {
    throw new Changed();
  }
  try {
    if (!holds(file, expected)) throw new Changed();
  } finally {
    closeSync(file);
  }
}

function holds(file: number, expected: Uint8Array): boolean {
  return fstatSync(file).size === expected.length && Buffer.compare(readAll(file), expected) === 0;
}

/** Writes into a file where it is; what goes wrong half-way is undone. */
function overwrite(target: string, bytes: Uint8Array, expected: Uint8Array | undefined): void {
  const file = openSync(target, 'r+');
  try {
    const before = readAll(file);
    if (expected && Buffer.compare(before, expected) !== 0) throw new Changed();
    try {
      writeAll(file, bytes, 0);
      ftruncateSync(file, bytes.length);
      fsyncSync(file);
    } catch (error) {
      writeAll(file, before, 0);
      ftruncateSync(file, before.length);
      throw error;
    }
  } finally {
    closeSync(file);
  }
}

/** Writes into what is no file; as long as nobody reads from a pipe, it waits. */
function pour(path: string, bytes: Uint8Array): void {
  const file = openSync(path, constants.O_WRONLY);
  try {
    writeAll(file, bytes);
  } finally {
    closeSync(file);
  }
}

function readAll(file: number): Buffer {
  const bytes = Buffer.alloc(fstatSync(file).size);
  let length = 0;
  for (let read = 1; length < bytes.length && read > 0; length += read)
    read = readSync(file, bytes, length, bytes.length - length, length);
  return bytes.subarray(0, length);
}

function writeAll(file: number, bytes: Uint8Array, position?: number): void {
  for (let done = 0; done < bytes.length;)
    done += writeSync(file, bytes, done, bytes.length - done, position === undefined ? null : position + done);
}

/** Removes what writes that were killed left in a folder. */
function removeLeftovers(folder: string): void {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    // One may be allowed to write in a folder, and not to list it.
  }
  for (const name of names) {
    const [, owner] = temporaryName.exec(name) ?? [];
    if (owner === undefined) continue;
    const path = join(folder, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (!isWriting(Number(owner)) || age > longestWrite) rmSync(path, { force: true });
  }
}

/** Whether a process may be at its write still; this one is never while it begins another. */
function isWriting(id: number): boolean {
  if (id === process.pid) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether two names are those of one file, by whatever links. */
export function isSameFile(left: string, right: string): boolean {
  const [one, other] = [left, right].map((path) => statOf(path));
  return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev;
}

/** Whether a name is that of what a stream of this process writes to, as `/dev/stdout` is. */
export function isStream(path: string, stream: 1 | 2): boolean {
  try {
    const [one, other] = [statSync(path, { bigint: true }), fstatSync(stream, { bigint: true })];
    return one.ino === other.ino && one.dev === other.dev;
  } catch {
    return false;
  }
}

function statOf(path: string): { readonly ino: bigint; readonly dev: bigint } | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}
