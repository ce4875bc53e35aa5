// The server in a real browser's worker, and its threads in workers of that one: with shared memory, and without.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { coinsNetwork } from '../generators/slow.js';

let browser: Browser;
let site: Server;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chor-site-'));
  execFileSync(process.execPath, ['scripts/build.mjs', 'browser', `--out=${folder}`], { stdio: 'inherit' });
  const server = readFileSync(join(folder, 'server', 'browser.js'));
  rmSync(folder, { recursive: true, force: true });
  site = createServer((request, response) => {
    const [path = '/', isolated] = (request.url ?? '/').split('?');
    const script = path === '/browser.js' ? server : undefined;
    // What a page says of itself, its workers must say as well.
    const apart =
      isolated === 'isolated' || script
        ? { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }
        : {};
    response.writeHead(200, { 'Content-Type': script ? 'text/javascript' : 'text/html', ...apart });
    response.end(script ?? '<!doctype html><title>Chor</title>');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => site.once('listening', resolve));
  const executablePath = process.env['CHOR_CHROMIUM'];
  if (executablePath === undefined)
    throw new Error('CHOR_CHROMIUM is not set: run the end-to-end tests by `npm run e2e`.');
  browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  site?.close();
});

/**
 * Run in the page: opens a text in a server of its own, then others, and gives the summaries that the server tells of
 * each.
 */
const session = (texts: readonly string[], wanted: readonly string[]): string => `new Promise((resolve, reject) => {
  const texts = ${JSON.stringify(texts)}, wanted = ${JSON.stringify(wanted)}, seen = [];
  const worker = new Worker('/browser.js');
  const send = (message) => worker.postMessage({ jsonrpc: '2.0', ...message });
  worker.onerror = (event) => reject(new Error(event.message));
  let step = 0;
  worker.onmessage = ({ data }) => {
    if (data.method !== 'chor/status') return;
    const said = JSON.stringify(data.params);
    if (!said.includes(wanted[step])) return;
    seen.push(said);
    if (++step === wanted.length) return void (worker.terminate(), resolve([self.crossOriginIsolated, ...seen]));
    send({ method: 'textDocument/didChange', params: { textDocument: { uri: 'memory:///a.chor', version: step + 1 }, contentChanges: [{ text: texts[step] }] } });
  };
  send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: { experimental: { chorStatus: true } }, initializationOptions: { exploration: { states: 10000000, seconds: 600 } } } });
  send({ method: 'initialized', params: {} });
  send({ method: 'textDocument/didOpen', params: { textDocument: { uri: 'memory:///a.chor', languageId: 'chor', version: 1, text: texts[0] } } });
})`;

describe('explorations in a browser', () => {
  for (const isolated of [false, true]) {
    test(
      `are stopped for a newer text, and answered, ${isolated ? 'with' : 'without'} shared memory`,
      { timeout: 60_000 },
      async () => {
        const page = await browser.newPage();
        await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/${isolated ? '?isolated' : ''}`);
        const texts = [
          coinsNetwork('Endless', 30),
          coinsNetwork('Wrong', 9, 'receive from A: yes'),
          coinsNetwork('Good', 9),
        ];
        const seen = await page.evaluate<unknown[]>(
          session(texts, ['"name":"Endless"', '1 network refuted', '1 network proved']),
        );
        expect(seen[0]).toBe(isolated);
        expect(seen.length).toBe(4);
        await page.close();
      },
    );
  }
});
