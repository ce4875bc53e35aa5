// Addresses of the manual's pages. It knows no VS Code.

/** The scheme of pages that are read from the extension, so that they open without a network. */
export const manualScheme = 'chor-manual';

/**
 * The path of a page in the extension's folder of documents.
 * @param href where a diagnostic's code leads
 * @returns `codes/deadlock.md`; undefined for what is no page of the manual
 */
export function pageOfLink(href: string): string | undefined {
  return /\/docs\/((?:codes\/)?[a-z-]+\.md)(?:#.*)?$/.exec(href)?.[1];
}
