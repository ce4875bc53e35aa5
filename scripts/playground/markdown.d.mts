export function proseOf(markdown: string, path: string, base: string, repository?: string): Promise<string>;
export function escaped(text: string): string;
