// Which files are read for the server. It knows no VS Code.

interface Address {
  readonly scheme: string;
  readonly authority: string;
}

/**
 * Whether a file is where something is open already: no text can have the editor fetch things from elsewhere.
 * @param file its address
 * @param open the folders and the documents that are open
 */
export function isAtHand(file: Address, open: readonly { readonly uri: Address }[]): boolean {
  return open.some(({ uri }) => uri.scheme === file.scheme && uri.authority === file.authority);
}
