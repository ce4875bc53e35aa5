export function serveFolder(
  folder: string,
  port?: number,
  sent?: (bytes: number) => void,
): Promise<{ readonly url: string; close(): Promise<void> }>;
export function weigh(body: Uint8Array): { readonly gzip: number; readonly brotli: number };
