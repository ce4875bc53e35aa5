// Hands out a folder as a host of static pages does: compressed, with tags by which a browser knows what it has.
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/**
 * Serves a folder on this machine.
 * @param {string} folder
 * @param {number} [port] any that is free, where none is given
 * @param {(bytes: number) => void} [sent] told of what was sent for each request
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export function serveFolder(folder, port = 0, sent = () => undefined) {
  const kept = new Map();
  const read = (path) => {
    const { mtimeMs } = statSync(path);
    const known = kept.get(path);
    if (known?.mtimeMs === mtimeMs) return known;
    const body = readFileSync(path);
    const entry = {
      mtimeMs,
      body,
      tag: `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`,
      packed: extname(path) === '.png' ? undefined : gzipSync(body, { level: 9 }),
    };
    kept.set(path, entry);
    return entry;
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = normalize(
      join(folder, decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname)),
    );
    try {
      if (!path.startsWith(normalize(folder + sep))) throw new Error('outside');
      const { body, tag, packed } = read(path);
      const gzip = packed && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
      const headers = {
        'Content-Type': types[extname(path)] ?? 'application/octet-stream',
        ETag: tag,
        'Cache-Control': 'no-cache',
        Vary: 'Accept-Encoding',
      };
      if (request.headers['if-none-match'] === tag) response.writeHead(304, headers).end();
      else {
        sent((gzip ? packed : body).length);
        response
          .writeHead(200, { ...headers, ...(gzip ? { 'Content-Encoding': 'gzip' } : {}) })
          .end(request.method === 'HEAD' ? undefined : gzip ? packed : body);
      }
    } catch {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('There is no such page.\n');
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve({
        url: `http://127.0.0.1:${server.address().port}/`,
        close: () =>
          new Promise((done) => {
            server.closeAllConnections();
            server.close(() => done());
          }),
      });
    });
  });
}

/**
 * What a file weighs on its way.
 * @param {Buffer} body
 * @returns {{ gzip: number, brotli: number }} in bytes
 */
export function weigh(body) {
  return {
    gzip: gzipSync(body, { level: 9 }).length,
    brotli: brotliCompressSync(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
    }).length,
  };
}
