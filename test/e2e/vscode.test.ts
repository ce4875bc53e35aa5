// The packaged extension in a real VS Code.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openWorkbench } from './support/workbench.js';
import type { Workbench } from './support/workbench.js';

const greeting = `/** Alice greets Bob, and Bob answers. */
choreography Greeting(Alice, Bob) {
  Alice."hello" -> Bob.greeting
  Bob."hi" -> Alice.reply
}

/** The same conversation, written by hand, with a mistake: Alice waits before she speaks. */
network Broken implements Greeting {
  process Alice {
    receive reply from Bob
    send "hello" to Bob
  }
  process Bob {
    receive greeting from Alice
    send "hi" to Alice
  }
}
`;

const bookseller = `type Title = string
extern priceOf(title: Title): int
extern date(parcel: Title): string

choreography Bookseller(Buyer(title: Title, budget: int), Seller, Shipper): string@Buyer {
  Buyer.title -> Seller.wanted
  Seller.priceOf(wanted) -> Buyer.price
  if Buyer.price <= budget {
    Buyer -> Seller: accept
    Seller.wanted -> Shipper.parcel: ship
    Shipper.date(parcel) -> Buyer.when
  } else {
    Buyer -> Seller: reject
    Seller -> Shipper: idle
    Buyer.when = "never"
  }
  return Buyer.when
}
`;
const noIdle = bookseller.replace('    Seller -> Shipper: idle\n', '');

const notConformant = bookseller.replace(
  /choreography[\s\S]*/,
  `choreography Ask(Buyer(title: Title), Seller): int@Buyer {
  Buyer.title -> Seller.wanted
  Seller.priceOf(wanted) -> Buyer.price
  return Buyer.price
}
`,
);

/** Long enough to scroll. */
const long = `choreography Long(Ann, Ben) {
${Array.from({ length: 120 }, (_, i) => `  Ann.${i} -> Ben.x${i}: step${i}\n`).join('')}}
`;

/** Two that wait for each other, after a first message. */
const waiting = `/** A greeting that gets stuck. */
network Stuck {
  process Alice {
    send "hello" to Bob
    receive reply from Bob
    send reply to Bob
  }
  process Bob {
    receive greeting from Alice
    receive thanks from Alice
    send "hi" to Alice
  }
}
`;

/** One to try each fix in. */
const copies = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => `copy${i}.chor`);

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench(
    {
      'greeting.chor': greeting,
      'bookseller.chor': bookseller,
      'no-idle.chor': noIdle,
      ...Object.fromEntries(copies.map((name) => [name, noIdle])),
      'ask.chor': notConformant,
      'long.chor': long,
      'stuck.chor': waiting,
    },
    {},
    { width: 1760, height: 900 },
  );
}, 120_000);
afterAll(async () => {
  await bench?.close();
});
afterEach(async ({ task }) => {
  if (!bench) return;
  if (task.result?.state === 'fail') await bench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`);
});

beforeEach(async () => {
  for (let i = 0; i < 3; i++) await bench.page.keyboard.press('Escape');
});

const body = (role: string) => bench.view.getByRole('listbox', { name: `${role}’s projection` });
const litIn = (role: string) => body(role).locator('.line.lit');
const stale = () => bench.view.locator('.status.is-stale');
/** Polls until it is so. */
const soon = { timeout: 15_000 };

/** Shows the projections of a file, with the cursor at a text of it. */
async function showAt(name: string, text: string, role: string): Promise<void> {
  await bench.open(name);
  await bench.goToText(name, text);
  await bench.command('Chor: Show Projections');
  await body(role).waitFor();
}

describe('errors', () => {
  test('two processes that wait for each other get a squiggle, and the Problems view tells the story', async () => {
    await bench.open('greeting.chor');
    await bench.squiggles.first().waitFor();
    await bench.page.keyboard.press('Control+Shift+m');
    // The problems of all files are there.
    await bench.page.locator('.viewpane-filter input, .markers-panel-filter input').first().fill('**/greeting.chor');
    await bench.page.locator('.markers-panel .monaco-list-row', { hasText: 'deadlock' }).first().waitFor();
    await bench.page.locator('.markers-panel .monaco-list-row', { hasText: 'Bob waits' }).first().waitFor();
    await bench.screenshot('problems');
    await bench.page.keyboard.press('Control+Shift+m');
  });

  test('a quick fix puts the network right, and is saved to disk', async () => {
    await bench.open('greeting.chor');
    await bench.squiggles.first().waitFor();
    await bench.goToText('greeting.chor', 'receive reply', 2);
    const titles = await bench.fixes();
    await bench.screenshot('quickfix-network');
    expect(titles.length).toBeGreaterThan(0);
    await bench.page.keyboard.press('Enter');
    await bench.squiggles.first().waitFor({ state: 'detached' });
    await bench.save();
    expect(bench.onDisk('greeting.chor')).toMatch(/process Alice \{\s+send "hello" to Bob\s+receive reply from Bob/);
  });

  test('the bookseller without its idle line is repaired by each of its fixes', async () => {
    await bench.open('no-idle.chor');
    await bench.squiggles.first().waitFor();
    await bench.goToText('no-idle.chor', 'if Buyer.price', 5);
    const titles = (await bench.fixes()).filter((title) => /Shipper/.test(title));
    await bench.screenshot('quickfix');
    await bench.page.keyboard.press('Escape');
    expect(titles.length).toBeGreaterThanOrEqual(2);
    for (const [i, title] of titles.entries()) {
      const name = copies[i] ?? '';
      await bench.open(name);
      await bench.squiggles.first().waitFor();
      await bench.goToText(name, 'if Buyer.price', 5);
      await bench.fix(title);
      await bench.squiggles.first().waitFor({ state: 'detached' });
      await bench.save();
      expect(bench.onDisk(name), title).not.toBe(noIdle);
      await bench.page.waitForTimeout(300);
      expect(await bench.squiggles.count(), title).toBe(0);
    }
  }, 120_000);
});

describe('hover', () => {
  test('on a communication shows both its ends as each role sees them', async () => {
    await bench.open('bookseller.chor');
    await bench.goToText('bookseller.chor', 'Seller.wanted -> Shipper', 14);
    await bench.page.keyboard.press('Control+k');
    await bench.page.keyboard.press('Control+i');
    const hover = bench.page.locator('.monaco-hover:visible').first();
    await hover.waitFor();
    await expect
      .poll(() => hover.innerText(), soon)
      .toMatch(/send wanted to Shipper: ship[\s\S]*receive parcel: Title from Seller: ship/);
    await bench.screenshot('hover');
    await bench.page.keyboard.press('Escape');
  });
});

describe('the run that leads to an error', () => {
  const drawing = () => bench.view.locator('svg.run');
  const step = (name: RegExp) => bench.view.getByRole('button', { name });
  const litSteps = () =>
    bench.view.locator('.hit.is-lit').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
  const state = () => bench.view.locator('.status');

  test('is opened by a code action beside the source, and leaves the focus where it was', async () => {
    await bench.open('stuck.chor');
    await bench.squiggles.first().waitFor();
    await bench.goToText('stuck.chor', 'receive reply', 2);
    await bench.fix('Show the run that leads here');
    await drawing().waitFor();
    expect(await bench.focusIsInEditor()).toBe(true);
    await step(/^Step 1: Alice sends "hello" to Bob, line 4$/).waitFor();
    await step(/^Step 2: Bob receives greeting from Alice, line 9$/).waitFor();
    await step(/^Alice waits for reply from Bob, line 5$/).waitFor();
    await step(/^Bob waits for thanks from Alice, line 10$/).waitFor();
    expect(await bench.view.locator('.wait.in-circle').count()).toBe(2);
    expect(await bench.view.locator('.said').innerText()).toContain('deadlock');
    await bench.screenshot('run');
  });

  test('lights up what stands on the line of the cursor', async () => {
    await bench.goToText('stuck.chor', 'receive greeting', 3);
    await expect.poll(litSteps, soon).toEqual(['Step 2: Bob receives greeting from Alice, line 9']);
    await bench.goToText('stuck.chor', 'receive reply', 3);
    await expect.poll(litSteps, soon).toEqual(['Alice waits for reply from Bob, line 5']);
    expect(await bench.focusIsInEditor()).toBe(true);
  });

  test('a click on a step selects its place in the source, the keyboard goes on from there, and Enter goes to the source', async () => {
    await step(/^Step 1/).click();
    await expect.poll(() => bench.cursorLine(), soon).toBe('4');
    await expect.poll(litSteps, soon).toEqual([expect.stringContaining('Step 1')]);
    expect(await bench.focusIsInEditor()).toBe(false);
    await bench.page.keyboard.press('ArrowDown');
    await expect.poll(() => bench.cursorLine(), soon).toBe('9');
    await bench.page.keyboard.press('Tab');
    await bench.page.keyboard.press('Space');
    await expect.poll(() => bench.cursorLine(), soon).toBe('5');
    await bench.page.keyboard.press('Enter');
    await expect.poll(() => bench.focusIsInEditor(), soon).toBe(true);
    await bench.page.keyboard.press('Control+c');
    await expect.poll(() => bench.page.evaluate('navigator.clipboard.readText()'), soon).toBe('receive reply from Bob');
  });

  test('stays with its error while the text changes, keeps its zoom, and says when it is old or gone', async () => {
    await step(/^Step 1/).click();
    for (let i = 0; i < 3; i++) await bench.page.keyboard.press('+');
    const width = () => drawing().evaluate((element) => Math.round(element.getBoundingClientRect().height));
    await bench.page.waitForTimeout(300);
    const zoomed = await width();
    await bench.goToText('stuck.chor', 'network Stuck', 0);
    await bench.page.keyboard.type('// one line more\n');
    await step(/^Step 1: Alice sends "hello" to Bob, line 5$/).waitFor();
    expect(await width()).toBe(zoomed);
    await bench.save();
    await bench.goToText('stuck.chor', 'send reply', 0);
    await bench.page.keyboard.type('send to ');
    await expect.poll(() => state().innerText(), soon).toMatch(/Stale\s+Line 7: /);
    await bench.page.waitForTimeout(300);
    expect(await step(/^Step 1/).count()).toBe(1);
    await bench.screenshot('run-stale');
    for (let i = 0; i < 'send to '.length; i++) await bench.page.keyboard.press('Backspace');
    await expect.poll(() => state().innerText(), soon).toBe('stuck.chor');
    await bench.goToText('stuck.chor', '    receive thanks', 0);
    await bench.page.keyboard.type('// ');
    await expect.poll(() => state().innerText(), soon).toMatch(/Gone[\s\S]*Stuck does not come to this any more/);
    expect(await step(/^Step 1/).count()).toBe(1);
    await bench.screenshot('run-gone');
    for (let i = 0; i < 3; i++) await bench.page.keyboard.press('Backspace');
    await expect.poll(() => state().innerText(), soon).toBe('stuck.chor');
    expect(await width()).toBe(zoomed);
    await bench.save();
  });

  test('is copied as Mermaid', async () => {
    await bench.view.getByRole('button', { name: 'Copy as Mermaid' }).click();
    await expect
      .poll(() => bench.page.evaluate('navigator.clipboard.readText()'), soon)
      .toMatch(/^sequenceDiagram\n[\s\S]*r0->>r1: "hello"\n/);
  });

  test('is opened by the command too, for the error of the network that the cursor is in', async () => {
    await bench.command('View: Close Editors in Other Groups');
    await bench.page.locator('.tab', { hasText: 'Run: Stuck' }).waitFor({ state: 'detached' });
    await bench.goToText('stuck.chor', 'process Bob', 3);
    await bench.command('Chor: Show the Run That Leads to the Error');
    await step(/^Step 1/).waitFor();
    expect(await bench.focusIsInEditor()).toBe(true);
  });

  test('survives a reload of the window', async () => {
    await bench.reload();
    await step(/^Step 2: Bob receives greeting from Alice, line 10$/).waitFor();
    await expect.poll(() => state().innerText(), soon).toBe('stuck.chor');
    await step(/^Step 1/).click();
    await expect.poll(() => bench.cursorLine(), soon).toBe('5');
    await bench.command('View: Close Editors in Other Groups');
    await bench.page.locator('.tab', { hasText: 'Run: Stuck' }).waitFor({ state: 'detached' });
  }, 120_000);
});

describe('the view of the projections', () => {
  test('opens beside the source, a column a role, and leaves the focus where it was', async () => {
    await showAt('bookseller.chor', 'Buyer.title ->', 'Buyer');
    for (const role of ['Seller', 'Shipper']) await body(role).waitFor();
    expect(await body('Shipper').innerText()).toContain('receive from Seller {');
    expect(await bench.focusIsInEditor()).toBe(true);
  });

  test('lights up the send and the receive of the communication under the cursor', async () => {
    await bench.goToText('bookseller.chor', 'Seller.wanted -> Shipper', 3);
    await expect
      .poll(() => litIn('Seller').allInnerTexts(), soon)
      .toEqual([expect.stringContaining('send wanted to Shipper: ship')]);
    await expect.poll(() => litIn('Shipper').allInnerTexts(), soon).toEqual([expect.stringContaining('ship(parcel)')]);
    expect(await litIn('Buyer').count()).toBe(0);
    expect(await bench.focusIsInEditor()).toBe(true);
    await bench.screenshot('cursor-sync');
  });

  test('a click on a line reveals its source, and Enter goes there', async () => {
    await body('Buyer').locator('.line', { hasText: 'receive price from Seller' }).click();
    await expect.poll(() => bench.cursorLine(), soon).toBe('7');
    expect(await bench.focusIsInEditor()).toBe(false);
    await bench.page.keyboard.press('ArrowUp');
    await expect.poll(() => bench.cursorLine(), soon).toBe('6');
    await bench.page.keyboard.press('ArrowRight');
    await bench.page.keyboard.press('Home');
    for (let i = 0; i < 2; i++) await bench.page.keyboard.press('ArrowDown');
    await expect.poll(() => bench.cursorLine(), soon).toBe('7');
    await bench.page.keyboard.press('Enter');
    await expect.poll(() => bench.focusIsInEditor(), soon).toBe(true);
  });

  test('cursor sync can be switched off', async () => {
    await bench.view.getByRole('button', { name: 'Cursor sync' }).click();
    await bench.view.locator('#sync[aria-pressed=false]').waitFor();
    await bench.goToText('bookseller.chor', 'Buyer -> Seller: accept');
    await bench.page.waitForTimeout(400);
    expect(await bench.view.locator('.line.lit').count()).toBe(0);
    await bench.command('Chor: Toggle Cursor Sync');
    await bench.view.locator('#sync[aria-pressed=true]').waitFor();
    await bench.view.locator('.line.lit').first().waitFor();
  });

  test('keeps the last good projection while the text is broken, says so, and says no more when it is whole', async () => {
    await bench.goToText('bookseller.chor', '  Buyer.title ->');
    await bench.page.keyboard.press('End');
    await bench.page.keyboard.type(' ->');
    await stale().waitFor();
    expect(await stale().innerText()).toMatch(/Stale/);
    expect((await stale().innerText()).length).toBeGreaterThan(12);
    expect(await body('Buyer').innerText()).toContain('send title to Seller');
    await bench.screenshot('stale');
    for (let i = 0; i < 3; i++) await bench.page.keyboard.press('Backspace');
    await stale().waitFor({ state: 'detached' });
    await bench.save();
    expect(bench.onDisk('bookseller.chor')).toBe(bookseller);
  });

  test('follows the text as it is typed, and keeps what is selected and how far it is scrolled', async () => {
    await showAt('long.chor', 'Ann.60 ->', 'Ann');
    await litIn('Ann').first().waitFor();
    await expect.poll(() => litIn('Ann').innerText(), soon).toContain('send 60 to Ben');
    await litIn('Ann').dblclick({ position: { x: 60, y: 8 } });
    await bench.page.waitForTimeout(400);
    const state = () =>
      body('Ann').evaluate((element) => ({
        selected: String(element.ownerDocument.getSelection()),
        top: (element.closest('.bodies') ?? element).scrollTop,
      }));
    const earlier = await state();
    expect(earlier.top).toBeGreaterThan(0);
    expect(earlier.selected).not.toBe('');
    await bench.goToText('long.chor', 'Ann.62 ->', 4);
    await bench.page.keyboard.type('9');
    await expect.poll(() => body('Ann').innerText(), soon).toContain('send 962 to Ben');
    expect(await state()).toEqual(earlier);
    await bench.page.keyboard.press('Control+z');
    await bench.save();
  });

  test('a pinned choreography and a pinned role stay while another file is edited', async () => {
    await showAt('bookseller.chor', 'Buyer.title ->', 'Shipper');
    await bench.view.locator('.head', { hasText: 'Shipper' }).hover();
    await bench.view.getByRole('button', { name: /^Pin Shipper/ }).click();
    await bench.open('ask.chor');
    await bench.goToText('ask.chor', 'Buyer.title ->');
    await bench.view.locator('h2', { hasText: 'Shipper' }).filter({ hasText: 'Bookseller' }).waitFor();
    await expect.poll(() => bench.view.locator('.which select').inputValue(), soon).toBe('Ask');
    await bench.screenshot('pinned');
    await bench.view.getByRole('button', { name: /^Pin Ask/ }).click();
    await bench.view.getByRole('button', { name: /^Unpin Ask/ }).waitFor();
    await bench.open('bookseller.chor');
    await bench.page.waitForTimeout(400);
    expect(await bench.view.locator('.which select').inputValue()).toBe('Ask');
  });

  test('survives a reload of the window, with what was pinned', async () => {
    await bench.reload();
    await bench.view.locator('h2', { hasText: 'Shipper' }).filter({ hasText: 'Bookseller' }).waitFor();
    await bench.view.getByRole('button', { name: /^Unpin Ask/ }).click();
    await bench.view.getByRole('button', { name: /^Unpin Shipper/ }).click();
    await stale().waitFor({ state: 'detached' });
    await bench.open('bookseller.chor');
    await bench.goToText('bookseller.chor', 'Buyer.title ->');
    await body('Buyer').waitFor();
    await litIn('Seller').waitFor();
  }, 120_000);

  test('a place that can’t be projected is a hole in place, with its error', async () => {
    await bench.open('no-idle.chor');
    await bench.goToText('no-idle.chor', 'if Buyer.price');
    const note = bench.view.locator('.line.note');
    await note.first().waitFor();
    expect(await note.first().innerText()).toContain('Shipper');
    expect(await body('Buyer').innerText()).toContain('send to Seller: accept');
    await bench.screenshot('hole');
  });
});

describe('projections as text', () => {
  test('are opened as read-only documents', async () => {
    await bench.open('bookseller.chor');
    await bench.goToText('bookseller.chor', 'Buyer.title ->');
    await bench.page.keyboard.press('F1');
    await bench.page.locator('.quick-input-widget:visible input').fill('>Chor: Open Projection as Document');
    await bench.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await bench.page.keyboard.press('Enter');
    await bench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Shipper' }).first().waitFor();
    await bench.page.locator('.quick-input-widget:visible input').fill('Shipper');
    await bench.page.keyboard.press('Enter');
    await bench.page.locator('.tab.active', { hasText: 'Shipper' }).first().waitFor();
    await bench.page.locator('.view-line', { hasText: 'implements' }).first().waitFor();
    await bench.screenshot('document');
    await bench.page.keyboard.press('Control+F4');
  });
});

describe('the server', () => {
  test('is started again by the command, and the view comes back to life', async () => {
    await bench.open('bookseller.chor');
    await bench.goToText('bookseller.chor', 'Buyer.title ->');
    await bench.command('Chor: Restart Server');
    await stale().waitFor({ state: 'detached' });
    await litIn('Buyer').first().waitFor();
  });
});
