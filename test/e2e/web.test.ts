// The packaged extension where there is no Node: in VS Code's extension host for the browser, a web worker.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { coinsNetwork } from '../generators/slow.js';
import { openWorkbench } from './support/workbench.js';
import type { Workbench } from './support/workbench.js';

const shop = `type Title = string
extern priceOf(title: Title): int
`;

/** Shipper is not told when there is nothing to ship; what it needs of the shop is in the file beside it. */
const order = `import "./lib/shop (1).chor"

choreography Order(Buyer(title: Title, budget: int), Seller, Shipper) {
  Buyer.title -> Seller.wanted
  Seller.priceOf(wanted) -> Buyer.price
  if Buyer.price <= budget {
    Buyer -> Seller: accept
    Seller.wanted -> Shipper.parcel: ship
  } else {
    Buyer -> Seller: reject
  }
}
`;

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench(
    {
      'order.chor': order,
      'lib/shop (1).chor': shop,
      'wrong.chor': coinsNetwork('Wrong', 11, 'receive from A: yes'),
      'endless.chor': coinsNetwork('Endless', 30),
    },
    {
      'remote.extensionKind': { 'chor.chor': ['web'] },
      'chor.exploration.states': 10_000_000,
      'chor.exploration.seconds': 600,
      'chor.diagnostics.workspace': 'open',
    },
  );
}, 120_000);
afterAll(async () => {
  await bench?.close();
});
afterEach(async ({ task }) => {
  if (bench && task.result?.state === 'fail') await bench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`);
});

const soon = { timeout: 20_000 };

/** The names of the workers that run in the page. */
async function workers(): Promise<string[]> {
  return Promise.all(bench.page.workers().map((worker) => worker.evaluate<string>('self.name').catch(() => '')));
}

/** The Problems view, which is closed again. */
async function problems(): Promise<string> {
  await bench.page.keyboard.press('Control+Shift+m');
  await bench.page.locator('.markers-panel .monaco-list-row').first().waitFor();
  const rows = await bench.page.locator('.markers-panel .monaco-list-row').allInnerTexts();
  await bench.page.keyboard.press('Control+Shift+m');
  return rows.join('\n');
}

test('a file is checked with what it imports, by a server in a worker of the page', async () => {
  await bench.open('order.chor');
  await bench.squiggles.first().waitFor(soon);
  expect(await workers()).toContainEqual(expect.stringContaining('Chor language server'));
  const told = await problems();
  expect(told).toContain('knowledge-of-choice');
  expect(told).not.toMatch(/import-not-found|unknown-name/);
});

test('a quick fix puts it right, and is saved', async () => {
  await bench.goToText('order.chor', 'if Buyer.price', 5);
  await bench.fix(/^Tell Shipper/);
  await bench.squiggles.first().waitFor({ state: 'detached' });
  await bench.save();
  expect(bench.onDisk('order.chor')).not.toBe(order);
});

test('the projections stand beside the source, and light up with the cursor', async () => {
  const seller = bench.view.getByRole('listbox', { name: 'Seller’s projection' });
  await bench.goToText('order.chor', 'Seller.priceOf', 3);
  await bench.command('Chor: Show Projections');
  await seller.waitFor();
  await expect
    .poll(() => seller.locator('.line.lit').allInnerTexts(), soon)
    .toEqual([expect.stringContaining('send priceOf(wanted) to Buyer')]);
  await bench.screenshot('web');
});

test('a projection is a document too', async () => {
  const row = (text: string) => bench.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text });
  await bench.page.keyboard.press('F1');
  await bench.page.keyboard.type('Chor: Open Projection as Document');
  await row('Open Projection as Document').waitFor();
  await bench.page.keyboard.press('Enter');
  await row('Buyer').waitFor();
  await bench.page.keyboard.type('Seller');
  await row('Seller').waitFor();
  await bench.page.keyboard.press('Enter');
  await bench.page.locator('.tab.active', { hasText: 'Order_Seller.chor' }).waitFor();
  await bench.page.locator('.view-line', { hasText: 'import' }).first().waitFor();
  await bench.command('View: Close Editors in Other Groups');
});

test('an imported file that changes on disk is read again', async () => {
  await bench.open('order.chor');
  bench.write('lib/shop (1).chor', shop.replace('priceOf', 'costOf'));
  await bench.squiggles.first().waitFor(soon);
  expect(await problems()).toContain('unknown-name');
  bench.write('lib/shop (1).chor', shop);
  await bench.squiggles.first().waitFor({ state: 'detached', ...soon });
});

test('networks are explored in a worker of the worker, beside the typing, and can be stopped', async () => {
  // A worker that explores answers no question, so they are counted.
  const count = () => bench.page.workers().length;
  const before = count();
  await bench.open('endless.chor');
  await bench.lens(/being explored/).waitFor(soon);
  await expect.poll(count, soon).toBe(before + 1);
  await bench.command('Chor: Stop Exploring');
  await bench.lens(/holds up to [\d,]+ states|undecided/).waitFor(soon);
  await expect.poll(count, soon).toBe(before);
});

test('the server can be started again, and the old one is gone', async () => {
  const before = bench.page.workers().length;
  await bench.command('Chor: Restart Server');
  await bench.lens(/being explored/).waitFor(soon);
  await bench.command('Chor: Stop Exploring');
  await bench.lens(/holds up to [\d,]+ states|undecided/).waitFor(soon);
  await expect.poll(() => bench.page.workers().length, soon).toBe(before);
});

test('what is found in a network comes with its run', async () => {
  await bench.open('wrong.chor');
  await bench.lens(/refuted/).waitFor(soon);
  await bench.goToText('wrong.chor', 'receive from A: yes');
  await bench.squiggles.first().waitFor(soon);
  await bench.command('Chor: Show the Run That Leads to the Error');
  await bench.view.getByRole('button', { name: /^Step 1:/ }).waitFor();
  await bench.screenshot('web-run');
});
