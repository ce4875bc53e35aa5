// The view beside the source goes with the reader, from file to file, in a real VS Code.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openWorkbench } from './support/workbench.js';
import type { Workbench } from './support/workbench.js';

const ask = `extern priceOf(title: string): int

choreography Ask(Buyer(title: string), Seller): int@Buyer {
  Buyer.title -> Seller.wanted
  Seller.priceOf(wanted) -> Buyer.price
  return Buyer.price
}
`;

/** Long enough to scroll. */
const long = `choreography Long(Ann, Ben) {
${Array.from({ length: 120 }, (_, i) => `  Ann.${i} -> Ben.x${i}: step${i}\n`).join('')}}
`;

/** As long, with other words; four roles are wider than the view. */
const wide = `choreography Wide(Ann, Ben, Cas, Dee) {
${Array.from({ length: 120 }, (_, i) => `  Ann.${i} -> Ben.x${i}: wide${i}\n`).join('')}  Ann.1 -> Ben.first
  Cas.2 -> Dee.last
}
`;

/** Networks alone; what they implement stands in another file. */
const byHand = `import { Ask } from "./ask.chor"

/** The seller is written by hand. */
network ByHand implements Ask {
  process Seller {
    receive wanted from Buyer
    send 12 to Buyer
  }
}
`;

/** A chain of any length. */
const chain = `choreography Chain(Client(x: int), Node[n >= 2]) {
  Client.x -> Node[0].x
  for i in 0 until n - 1 {
    Node[i].x -> Node[i + 1].x
  }
  Node[n - 1].x -> Client.y
}
`;

/** Eight roles, in a circle. */
const ring = `choreography Ring(R1, R2, R3, R4, R5, R6, R7, R8) {
  R1.true -> R2.more
  if R1.true -> R2, R3, R4, R5, R6, R7, R8 {
${Array.from({ length: 8 }, (_, i) => `    R${i + 1}.${i} -> R${((i + 1) % 8) + 1}.token${i}: pass\n`).join('')}  }
}
`;

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench({
    'ask.chor': ask,
    'long.chor': long,
    'wide.chor': wide,
    'by-hand.chor': byHand,
    'ring.chor': ring,
    'chain.chor': chain,
  });
}, 120_000);
afterAll(async () => {
  await bench?.close();
});
afterEach(async ({ task }) => {
  if (bench && task.result?.state === 'fail') await bench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`);
});

const body = (role: string) => bench.view.getByRole('listbox', { name: `${role}’s projection` });
const litIn = (role: string) => body(role).locator('.line.lit');
/** Polls until it is so. */
const soon = { timeout: 15_000 };

/** Shows the projections of a file, with the cursor at a text of it. */
async function showAt(name: string, text: string, role: string): Promise<void> {
  await bench.open(name);
  await bench.goToText(name, text);
  await bench.command('Chor: Show Projections');
  await body(role).waitFor();
}

const scrolled = () =>
  bench.view
    .locator('.stage')
    .evaluate((element) => [element.querySelector('.bodies')?.scrollTop ?? 0, element.scrollLeft]);

test('takes no scroll from one file to another, and each file’s own is kept', async () => {
  await showAt('long.chor', 'Ann.80 ->', 'Ann');
  await litIn('Ann').first().waitFor();
  await expect.poll(async () => (await scrolled())[0], soon).toBeGreaterThan(0);
  await bench.page.waitForTimeout(600);
  const [down] = await scrolled();
  await bench.open('ask.chor');
  await body('Buyer').waitFor();
  await expect.poll(scrolled, soon).toEqual([0, 0]);
  await bench.open('long.chor');
  await expect.poll(async () => (await scrolled())[0], soon).toBe(down);
});

test('goes sideways with the cursor, and stays where it is while somebody types', async () => {
  await showAt('wide.chor', 'Cas.2 ->', 'Dee');
  await expect.poll(async () => (await scrolled())[1], soon).toBeGreaterThan(0);
  await bench.page.waitForTimeout(600);
  await bench.goToText('wide.chor', 'Ann.1 -> Ben.first');
  await expect.poll(async () => (await scrolled())[1], soon).toBe(0);
  await bench.page.waitForTimeout(600);
  await bench.page.keyboard.type('Cas.1 -> Dee.more\n', { delay: 60 });
  await expect.poll(() => body('Dee').innerText(), soon).toContain('receive more');
  await bench.page.waitForTimeout(600);
  expect((await scrolled())[1]).toBe(0);
  await bench.command('File: Revert File');
});

test('shows the processes of a network, and what its choreography wants of them, where there is no choreography', async () => {
  await bench.open('by-hand.chor');
  await bench.command('Chor: Show Projections');
  const process = (role: string) => bench.view.getByRole('listbox', { name: `${role}’s process` });
  await process('Seller').waitFor();
  expect(await process('Seller').innerText()).toContain('send 12 to Buyer');
  expect(await body('Seller').innerText()).toContain('send priceOf(wanted) to Buyer');
  expect(await body('Buyer').innerText()).toContain('send title to Seller');
  expect(await bench.view.locator('.blank').innerText()).toContain('Not written here: Buyer does what Ask wants.');
  await bench.goToText('by-hand.chor', 'receive wanted', 3);
  await expect
    .poll(() => bench.view.locator('.line.lit').allInnerTexts(), soon)
    .toEqual([expect.stringContaining('receive wanted from Buyer')]);
  await bench.screenshot('network');
  await body('Buyer').locator('.line', { hasText: 'receive price' }).click();
  await bench.page.locator('.tab.active', { hasText: 'ask.chor' }).waitFor();
});

test('shows what it was told to show while it was hidden', async () => {
  await bench.open('ask.chor');
  await bench.goToText('ask.chor', 'Buyer.title ->');
  await bench.command('Chor: Show Projections');
  await body('Seller').waitFor();
  // Something else comes before the view in its group, so that its page is let go.
  await bench.page.keyboard.press('Control+2');
  await bench.page.keyboard.press('Control+n');
  await bench.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
  await bench.open('long.chor');
  await bench.command('Chor: Show Projections');
  await body('Ben').waitFor();
  await bench.page.waitForTimeout(500);
  expect(await body('Seller').count()).toBe(0);
  expect(await bench.view.locator('.which select').inputValue()).toBe('Long');
  await bench.page.locator('.tab', { hasText: 'Untitled' }).click({ button: 'middle' });
});

test('draws the choreography and its states beside the source, live while typing, with eight roles beside the side bar', async () => {
  await bench.open('ring.chor');
  await bench.goToText('ring.chor', 'R3.2 -> R4');
  await bench.command('Chor: Show Projections');
  await bench.view.getByRole('tab', { name: 'Sequence' }).click();
  const message = (name: string | RegExp) => bench.view.locator('.drawing').getByRole('button', { name });
  await message('R3 sends pass(2) to R4, line 6').waitFor();
  const atCursor = () =>
    bench.view
      .locator('.drawing [aria-current]')
      .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''));
  await expect.poll(atCursor, soon).toEqual(['R3 sends pass(2) to R4, line 6']);
  await bench.view.locator('#fit').click();
  await bench.page.waitForTimeout(500);
  await bench.screenshot('sequence-eight');
  await message(/^R5 sends pass/).click();
  await expect.poll(() => bench.cursorLine(), soon).toBe('8');
  await bench.goToText('ring.chor', '    R4.3 ->');
  await bench.page.keyboard.type('R4."word" -> R1.word\n', { delay: 40 });
  await message(/^R4 sends "word" to R1, line 7/).waitFor();
  await bench.page.keyboard.type('R4. -> ', { delay: 40 });
  await bench.view.locator('.drawing.is-stale').waitFor();
  expect(await message(/^R4 sends "word"/).count()).toBe(1);
  await bench.command('File: Revert File');
  await bench.view.getByRole('tab', { name: 'States' }).click();
  await message(/^R3: R4!pass\(2\)/).waitFor();
  await bench.page.waitForTimeout(500);
  await bench.screenshot('states-eight');
  await bench.view.locator('#roles').click();
  for (const role of ['R5', 'R6', 'R7', 'R8']) await bench.view.getByRole('checkbox', { name: role }).uncheck();
  await bench.page.keyboard.press('Escape');
  await bench.view.getByRole('tab', { name: 'Projections' }).click();
  await expect.poll(() => bench.view.locator('.head h2').allInnerTexts(), soon).toEqual(['R1', 'R2', 'R3', 'R4']);
  await bench.screenshot('projections-hidden');
  await bench.reload();
  await body('R1').waitFor();
  await expect.poll(() => bench.view.locator('.head h2').allInnerTexts(), soon).toEqual(['R1', 'R2', 'R3', 'R4']);
}, 120_000);

test('shows what the members of a family do, for any size, and one by one for a size that is chosen', async () => {
  await bench.open('chain.chor');
  await bench.command('Chor: Show Projections');
  await body('Node').waitFor();
  const size = bench.view.getByRole('combobox', { name: 'n', exact: true });
  await size.selectOption('3');
  await body('Node[1]').waitFor();
  expect((await body('Node[1]').innerText()).replace(/\s+/g, ' ')).toContain(
    'receive x from Node[0] send x to Node[2]',
  );
  await bench.goToText('chain.chor', 'Node[i].x', 2);
  await expect
    .poll(async () => (await litIn('Node[2]').allInnerTexts()).map((line) => line.trim()), soon)
    .toEqual(['receive x from Node[1]']);
  await bench.screenshot('sizes');
  await bench.view.getByRole('tab', { name: 'States' }).click();
  await bench.view.locator('#view-panel svg').first().waitFor();
  await bench.screenshot('sizes-states');
  await bench.view.getByRole('tab', { name: 'Projections' }).click();
  await size.selectOption('');
  await body('Node').waitFor();
});
