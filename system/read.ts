// Reads texts from the disk, and nothing but texts: what is no regular file, is too large, or is no UTF-8 is refused
// with the reason. Whoever opens a file of somebody else's must not have to wait for a pipe or read a device to its
// end.
import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { largest, tooLarge } from './limits.js';
import { reasonOf } from './reason.js';

export type Reading =
  /** `text` is without the byte order mark that `bytes` may have. */
  | { readonly kind: 'text'; readonly text: string; readonly bytes: Uint8Array }
  | { readonly kind: 'missing'; readonly why: string }
  | { readonly kind: 'unread'; readonly why: string };

/**
 * Reads a file. It never blocks, and never throws.
 * @param path of the file; links are followed
 * @returns its text, or why there is none, as the end of a sentence
 * Cost: at most `largest` bytes are read
 */
export function readText(path: string): Reading {
  try {
    // Opening a device can have an effect already.
    const wrong = refusal(statSync(path));
    return wrong === undefined ? readOpened(path) : { kind: 'unread', why: wrong };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return { kind: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unread', why: reasonOf(error) };
  }
}

/**
 * Reads a file by its address. What lies on another host is not asked for: that would tell this host who asks.
 * @param hosts those that files may lie on, beside this one
 * @returns its text; undefined where there is no such file, and the reason where it is not read
 */
export function readAddress(
  uri: string,
  hosts: ReadonlySet<string> = new Set(),
): string | { readonly unread: string } | undefined {
  let path: string;
  try {
    const { protocol, host } = new URL(uri);
    if (protocol !== 'file:') return undefined;
    if (host !== '' && !hosts.has(host)) return { unread: `it is on another host, \`${host}\`` };
    path = fileURLToPath(uri);
  } catch {
    return undefined;
  }
  const read = readText(path);
  switch (read.kind) {
    case 'text':
      return read.text;
    case 'missing':
      return undefined;
    case 'unread':
      return { unread: read.why };
  }
}

function readOpened(path: string): Reading {
  // What became a pipe meanwhile is not waited for.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    for (let attempt = 0; ; attempt++) {
      const before = fstatSync(file);
      const wrong = refusal(before);
      if (wrong !== undefined) return { kind: 'unread', why: wrong };
      const bytes = Buffer.alloc(before.size);
      let length = 0;
      for (let read = 1; length < bytes.length && read > 0; length += read)
        read = readSync(file, bytes, length, bytes.length - length, length);
      const after = fstatSync(file);
      // While somebody writes it, what is read is half of a text.
      if ((after.size === before.size && after.mtimeMs === before.mtimeMs) || attempt === 2)
        return decode(bytes.subarray(0, length));
    }
  } finally {
    closeSync(file);
  }
}

/** Why a file is not read, by what it is. */
function refusal(stats: Stats): string | undefined {
  if (stats.isDirectory()) return 'it is a folder';
  if (stats.isFIFO()) return 'it is a pipe, not a file';
  if (stats.isSocket()) return 'it is a socket, not a file';
  if (!stats.isFile()) return 'it is a device, not a file';
  return stats.size > largest ? tooLarge : undefined;
}

/**
 * The text of bytes.
 * @returns why there is none, where they are too many or no UTF-8
 */
export function decode(bytes: Uint8Array): Reading {
  if (bytes.length > largest) return { kind: 'unread', why: tooLarge };
  if (isUtf8(bytes)) {
    return {
      kind: 'text',
      text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
      bytes,
    };
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return { kind: 'unread', why: 'it is UTF-16, not UTF-8' };
  return { kind: 'unread', why: `it is not UTF-8 (line ${firstWrongLine(bytes)})` };
}

function firstWrongLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    if (!isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
  return line;
}
