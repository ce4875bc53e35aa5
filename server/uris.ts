// Addresses: clients write the same file in different ways (`file:///c%3A/x`, `file:///C:/x`); inside there is one way.
import { URI } from 'vscode-uri';
import { normalAddress } from '../language/scoping/paths.js';

/** The scheme of the read-only documents that hold projections. */
export const projectionScheme = 'chor-projection';

/**
 * The one form of an address that is used inside: that which resolving an import against it gives.
 * @param uri an address as a client writes it; anything that is none is kept as it is
 */
export function canonical(uri: string): string {
  return normalAddress(uri, uri.startsWith('file:') || uri.startsWith(`${projectionScheme}:`));
}

/**
 * The file that an address in a projection's folder means: a projection imports what lies beside its source. The
 * folder's address says in `scheme+authority` where that is, if not on disk. Undefined where it is no such address.
 */
export function besideSource(uri: string): string | undefined {
  try {
    const { authority, path } = URI.parse(uri);
    const at = authority.indexOf('+');
    return canonical(
      URI.from({
        scheme: at < 0 ? 'file' : authority.slice(0, at),
        authority: authority.slice(at + 1),
        path,
      }).toString(),
    );
  } catch {
    return undefined;
  }
}

/** The address in a projection's folder that means a file: what `besideSource` is undone by. */
export function besideProjection(uri: string): string | undefined {
  try {
    const { scheme, authority, path } = URI.parse(uri);
    const elsewhere = path.startsWith('/') && (scheme !== 'file' || authority !== '');
    return canonical(
      URI.from({ scheme: projectionScheme, authority: elsewhere ? `${scheme}+${authority}` : '', path }).toString(),
    );
  } catch {
    return undefined;
  }
}

/** The form that VS Code writes, for a file of which no client has said its own form yet. */
export function forClients(uri: string): string {
  try {
    return URI.parse(uri, true).toString();
  } catch {
    return uri;
  }
}
