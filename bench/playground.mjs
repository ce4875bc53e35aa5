// What the playground weighs, and how long it takes until the first text is checked in a browser that was never there:
// beside the time that the same browser takes for an empty page, since times depend on the machine.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { chromium } from 'playwright-core';
import { serveFolder, weigh } from '../scripts/playground/serve.mjs';
import { need } from '../scripts/programs.mjs';

const [times, goal] = [process.argv.includes('--quick') ? 3 : 7, { bytes: 2_000_000, milliseconds: 2000 }];
const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
const kilobytes = (bytes) => (bytes / 1000).toFixed(0).padStart(7);

const files = readdirSync('site', { recursive: true })
  .map(String)
  .filter((path) => statSync(join('site', path)).isFile())
  .map((path) => ({ path, raw: statSync(join('site', path)).size, ...weigh(readFileSync(join('site', path))) }));
const groups = Map.groupBy(files, ({ path }) => (path.startsWith('manual') ? 'manual/' : path));
const rows = [...groups]
  .map(([path, all]) => ({ path, raw: sum(all, 'raw'), gzip: sum(all, 'gzip'), brotli: sum(all, 'brotli') }))
  .sort((a, b) => b.gzip - a.gzip);
console.log('Kilobytes of the site.\n\nfile                     |    raw |   gzip | brotli');
for (const { path, raw, gzip, brotli } of rows)
  console.log(`${path.padEnd(24)} |${kilobytes(raw)} |${kilobytes(gzip)} |${kilobytes(brotli)}`);
const all = { gzip: sum(files, 'gzip'), brotli: sum(files, 'brotli') };
console.log(
  `${'all'.padEnd(24)} |${kilobytes(sum(files, 'raw'))} |${kilobytes(all.gzip)} |${kilobytes(all.brotli)}   goal: ${kilobytes(goal.bytes).trim()}, by gzip ${all.gzip <= goal.bytes ? 'met' : 'missed'}, by brotli ${all.brotli <= goal.bytes ? 'met' : 'missed'}`,
);

let loaded = 0;
const { url, close } = await serveFolder('site', 0, (bytes) => {
  loaded += bytes;
});
const browser = await chromium.launch({
  executablePath:
    process.env.CHOR_CHROMIUM || need('chromium', ['chromium', 'chromium-browser', 'google-chrome'], console.log),
  args: ['--no-sandbox', '--disable-gpu'],
});
const first = [];
const editor = [];
const empty = [];
/** Notes in the page when something is there: asking from outside would wait for what the page does. */
const watch = `{
  const marks = globalThis.marks = {};
  new MutationObserver(() => {
    if (document.querySelector('#says')?.textContent === 'Nothing is wrong') marks.first ??= performance.now();
    if (document.querySelector('#editor .view-line')) marks.editor ??= performance.now();
  }).observe(document, { childList: true, subtree: true, characterData: true });
}`;
for (let i = -1; i < times; i++) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(watch);
  loaded = 0;
  const nothing = performance.now();
  await page.goto('data:text/html,<title>x</title>');
  const start = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator('#says', { hasText: 'Nothing is wrong' }).waitFor();
  await page.locator('#editor .view-line').first().waitFor();
  const marks = await page.evaluate('marks');
  // The first one warms the browser up and is not counted.
  if (i >= 0) {
    first.push(marks.first);
    editor.push(marks.editor);
    empty.push(start - nothing);
  }
  await context.close();
}
console.log(
  `\nMilliseconds until the first text is checked, and that can be seen, on a cold load (median of ${times}): ${median(first).toFixed(0)}, and until the editor is there ${median(editor).toFixed(0)}; an empty page takes ${median(empty).toFixed(0)}; ${kilobytes(loaded).trim()} kB were loaded, by gzip.   goals: ${goal.milliseconds} ms ${median(first) <= goal.milliseconds ? 'met' : 'missed'}, ${kilobytes(goal.bytes).trim()} kB ${loaded <= goal.bytes ? 'met' : 'missed'}`,
);
await browser.close();
await close();

function sum(rows, key) {
  return rows.reduce((total, row) => total + row[key], 0);
}
