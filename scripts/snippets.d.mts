export interface Snippet {
  readonly info: string;
  readonly text: string;
  readonly line: number;
}
export function snippetsOf(source: string): Snippet[];
export function besideSnippets(reference: string): Beside;

interface Beside {
  readonly name: string;
  readonly text: string;
}
export function openedBy(
  snippet: Pick<Snippet, 'info' | 'text'>,
  path: string,
  beside: Beside,
): { readonly chapter: string } | { readonly files: readonly Beside[] };
export function withoutLinks(markdown: string): string;
export function withLinks(
  markdown: string,
  path: string,
  beside: Beside,
  address: string,
  share: Pick<typeof import('../playground/work/share.js'), 'encodeLink' | 'decodeLink'>,
): Promise<string>;
