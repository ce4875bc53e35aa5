export function serveFolder(folder: string, port?: number): Promise<{ readonly url: string; close(): Promise<void> }>;
export function weigh(body: Uint8Array): { readonly gzip: number; readonly brotli: number };
