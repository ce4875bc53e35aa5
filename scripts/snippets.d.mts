export interface Snippet {
  readonly info: string;
  readonly text: string;
  readonly line: number;
}
export function snippetsOf(source: string): Snippet[];
export function besideSnippets(reference: string): { readonly name: string; readonly text: string };
