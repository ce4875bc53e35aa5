// Addresses: clients write the same file in different ways (`file:///c%3A/x`, `file:///C:/x`); inside there is one way.
import { URI } from 'vscode-uri';

/** The scheme of the read-only documents that hold projections. */
export const projectionScheme = 'chor-projection';

/**
 * The one form of an address that is used inside: that which resolving an import against it gives.
 * @param uri an address as a client writes it; anything that is none is kept as it is
 */
export function canonical(uri: string): string {
  try {
    const url = new URL(uri);
    if (url.protocol !== 'file:' && url.protocol !== `${projectionScheme}:`) return uri;
    url.pathname = url.pathname.split('/').map((part) => escapePart(decodeURIComponent(part))).join('/')
      // A drive, also in the form that addresses take for one.
      .replace(/^\/([a-z])[:|](?=\/|$)/i, (_, drive: string) => `/${drive.toUpperCase()}:`);
    return url.toString();
  } catch {
    return uri;
  }
}

/** What would mean something else in an address, or be dropped from it. */
function escapePart(part: string): string {
  return part.replace(/[%?#/\\\t\n\r]/g, (c) => encodeURIComponent(c));
}

/** The form that VS Code writes, for a file of which no client has said its own form yet. */
export function forClients(uri: string): string {
  try {
    return URI.parse(uri, true).toString();
  } catch {
    return uri;
  }
}
