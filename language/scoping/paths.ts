// Paths of imports, and the addresses of files that they mean. A path is written as the file is named: `#`, `%`, `?`
// and `\` are letters like any other, and only `/` parts it. Addresses escape what they have to; how, is known here
// alone.

/** A path that is an address itself; a single letter before the colon is a drive. */
const address = /^[a-z][a-z\d+.-]+:/i;
const drive = /^[a-z]:(?=\/|$)/i;

/**
 * The address that an import's path means, seen from the importing file.
 * @param path as it is written, without the escapes of the string; `//host/…` is on another host
 * @returns the path itself where it leads nowhere
 */
export function resolvePath(fromUri: string, path: string): string {
  try {
    if (address.test(path)) return normalAddress(path);
    const escaped = path.split('/').map(escapePart).join('/');
    return new URL(drive.test(path) ? `/${escaped}` : escaped, fromUri).toString();
  } catch {
    return path;
  }
}

/**
 * The path by which an import of one file names another: what `resolvePath` leads back from.
 * @returns undefined where they lie on different hosts, or one of them lies in no folder
 */
export function relativePath(fromUri: string, toUri: string): string | undefined {
  try {
    const [base, target] = [new URL(fromUri), new URL(toUri)];
    if (
      base.protocol !== target.protocol ||
      base.host !== target.host ||
      !base.pathname.startsWith('/') ||
      !target.pathname.startsWith('/')
    )
      return undefined;
    const here = base.pathname.split('/').slice(0, -1);
    const there = target.pathname.split('/');
    let common = 0;
    while (common < here.length && common < there.length - 1 && here[common] === there[common]) common++;
    const named = (parts: readonly string[]): string => parts.map(decodeURIComponent).join('/');
    // From one drive no way leads up to another.
    if (common === 1 && drive.test(there[1] ?? '')) return named(there);
    return `${'../'.repeat(here.length - common) || './'}${named(there.slice(common))}`;
  } catch {
    return undefined;
  }
}

/**
 * The one form of an address that is used inside: that which resolving an import against it gives.
 * @param uri an address as others write it; anything that is none is kept as it is
 * @param drives whether a path may start with a drive
 */
export function normalAddress(uri: string, drives = /^file:/i.test(uri)): string {
  try {
    const url = new URL(uri);
    // An address without folders leads nowhere else.
    if (!url.pathname.startsWith('/')) return uri;
    const path = url.pathname
      .split('/')
      .map((part) => escapePart(decodeURIComponent(part)))
      .join('/');
    url.pathname = drives
      ? path.replace(/^\/([a-z])[:|](?=\/|$)/i, (_, letter: string) => `/${letter.toUpperCase()}:`)
      : path;
    return url.toString();
  } catch {
    return uri;
  }
}

/** What would mean something else in an address, or be dropped from it. */
function escapePart(part: string): string {
  return part.replace(/[%?#/\\\s\p{Cc}]/gu, (c) => encodeURIComponent(c));
}
