// The tabs Sequence and States of the view, in a real browser: what the reader does by mouse and keyboard, what is
// kept, what axe says.
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openView } from './support/view-page.js';

const shop = `choreography Shop(Buyer(n: int), Seller, Shipper) {
  Buyer.n -> Seller.wanted: order
  if Buyer.n > 2 {
    Buyer -> Seller: accept
    do Ship(Seller, Shipper)
  } else {
    Buyer -> Seller: reject
    Seller -> Shipper: idle
    Buyer.n = 1
  }
}
choreography Ship(From, To) {
  From -> To: parcel
  rec Again {
    choice at To { To -> From: late continue Again } or { To -> From: there }
  }
}
network Alone {
  process A { send to B }
  process B { receive from A }
}
`;
const long = (messages: number): string =>
  `choreography Long(A, B, C) {\n${Array.from({ length: messages }, (_, i) => `  ${'ABC'[i % 3] ?? ''}.${i} -> ${'BCA'[i % 3] ?? ''}.x${i}: step${i}\n`).join('')}}\n`;
const row = (name: string, roles: number): string =>
  `choreography ${name}(${Array.from({ length: roles }, (_, i) => `Role${i}`).join(', ')}) {\n${Array.from({ length: roles - 1 }, (_, i) => `  Role${i}.${i} -> Role${i + 1}.x: go\n`).join('')}}\n`;
const eight = row('Eight', 8);

let browser: Browser;
let page: Page;
const wrong: string[] = [];
beforeAll(async () => {
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
});
// As wide as the view is beside the source at 1440 × 860 with the side bar open.
const open = async (text: string, tab: 'projections' | 'sequence' | 'states', wish = {}) => {
  page = await browser.newPage({ viewport: { width: 570, height: 780 } });
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text());
  });
  return openView(page, text, tab, wish);
};
afterEach(async () => {
  await page?.close();
  expect(wrong.splice(0)).toEqual([]);
});

const hit = (name: string | RegExp) => page.locator('.drawing').getByRole('button', { name });
const soon = { timeout: 10_000 };

/** What axe finds wrong in the page. */
async function violations(): Promise<string[]> {
  await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
  return page.evaluate<string[]>(
    'axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)))',
  );
}

describe('sequence', () => {
  test('shows messages, frames and counts; a click leads to the line, and the cursor lights up its message', async () => {
    const view = await open(shop, 'sequence');
    await hit('Buyer sends order(n) to Seller, line 2').waitFor();
    expect(await page.locator('.lane-head').allInnerTexts()).toEqual(['Buyer', 'Seller', 'Shipper']);
    expect(await page.locator('p.count').innerText()).toBe('3–4 messages, 3 rounds, each loop once');
    expect(await page.locator('svg .count').allTextContents()).toEqual([
      '3 messages, each loop once',
      '2 messages',
      '2 messages, each loop once',
    ]);
    await view.said();
    await hit(/sends reject/).click();
    expect(await view.said()).toMatchObject([{ type: 'reveal', range: { start: { line: 6 } }, focus: false }]);
    await hit(/sends reject/).dblclick();
    expect((await view.said()).at(-1)).toMatchObject({ type: 'reveal', focus: true });
    await view.cursor('Seller -> Shipper: idle');
    await expect
      .poll(
        () =>
          page
            .locator('.drawing [aria-current]')
            .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label'))),
        soon,
      )
      .toEqual(['Seller sends idle to Shipper, line 8']);
  });

  test('folds and unfolds calls and frames in place, and keeps it', async () => {
    const view = await open(shop, 'sequence');
    const call = hit(/^do Ship/);
    expect(await call.getAttribute('aria-expanded')).toBe('false');
    await call.click();
    await hit(/Seller sends parcel to Shipper/).waitFor();
    await hit(/^loop Again/).click();
    await expect.poll(() => hit(/sends late/).count(), soon).toBe(0);
    await view.text(
      shop
        .replace('choreography Shop', '\n\nchoreography Shop')
        .replace('  Buyer.n -> Seller.wanted', '  Seller -> Buyer: hello\n  Buyer.n -> Seller.wanted'),
    );
    await hit(/sends hello/).waitFor();
    expect([await hit(/sends parcel/).count(), await hit(/sends late/).count()]).toEqual([1, 0]);
  });

  test('goes by the keyboard from element to element, folds and unfolds, and back to the source', async () => {
    const view = await open(shop, 'sequence');
    await hit(/sends order/).focus();
    await view.said();
    const focused = () => page.evaluate<string>('document.activeElement?.getAttribute("aria-label") ?? ""');
    for (const [key, name] of [
      ['ArrowDown', /^alt Buyer: n > 2/],
      ['ArrowDown', /sends accept/],
      ['ArrowDown', /^do Ship/],
      ['ArrowRight', /^do Ship/],
      ['ArrowDown', /sends parcel/],
      ['ArrowUp', /^do Ship/],
      ['ArrowLeft', /^do Ship/],
      ['ArrowDown', /sends reject/],
      ['End', /^Buyer: n = 1/],
      ['Home', /sends order/],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(focused, soon).toMatch(name);
      // What unfolds or folds keeps its name: it is done when what is in it is there, or gone.
      if (key === 'ArrowRight' || key === 'ArrowLeft')
        await expect.poll(() => hit(/sends parcel/).count(), soon).toBe(key === 'ArrowRight' ? 1 : 0);
    }
    expect(await page.locator('.drawing .hit[tabindex="0"]').count()).toBe(1);
    await view.said();
    await page.keyboard.press('Enter');
    expect(await view.said()).toMatchObject([{ type: 'reveal', range: { start: { line: 1 } }, focus: true }]);
  });

  test('is searched, from one find to the next', async () => {
    await open(long(40), 'sequence');
    await page.locator('#search').fill('step1');
    const found = page.locator('.found');
    await expect.poll(() => found.innerText(), soon).toBe('1 of 11');
    await page.locator('#search').press('Enter');
    await expect.poll(() => found.innerText(), soon).toBe('2 of 11');
    expect(await page.locator('.arrow.is-now .label').textContent()).toBe('step10(10)');
    await page.locator('#search').press('Shift+Enter');
    await page.locator('#search').press('Shift+Enter');
    await expect.poll(() => page.locator('.arrow.is-now .label').textContent(), soon).toBe('step19(19)');
    await page.locator('#search').fill('nowhere');
    await expect.poll(() => found.innerText(), soon).toBe('none');
  });

  test('is never blank, keeps its scroll and zoom, and says that it is stale', async () => {
    const text = long(100);
    const view = await open(text, 'sequence');
    await page.locator('#zoom-in').click();
    await page.locator('.drawing').evaluate((element) => {
      element.scrollTop = 900;
    });
    const where = () =>
      page.evaluate<number[]>(
        '[document.querySelector(".drawing").scrollTop, document.querySelector("svg.sequence").getBoundingClientRect().height]',
      );
    await expect.poll(async () => (await where())[0], soon).toBe(900);
    const [, before] = await where();
    await view.text(text.replace('A.0 -> B.x0: step0', 'A.0 -> B.x0: start'));
    await hit(/sends start/).waitFor();
    expect(await where()).toEqual([900, before]);
    await view.text(text.replace('A.0 -> B.x0: step0', 'A.0 -> '));
    await page.locator('.status.is-stale').waitFor();
    await page.locator('.drawing.is-stale').waitFor();
    expect((await where())[0]).toBe(900);
    expect(await hit(/sends/).count()).toBe(100);
    await view.text('nothing of it is left {');
    await page.waitForTimeout(200);
    expect(await hit(/sends/).count()).toBe(100);
  });

  test('fits the width of the view, and what does not fit is scrolled', async () => {
    await open(eight, 'sequence');
    const [room, wide] = [
      570,
      () => page.locator('svg.sequence').evaluate((element) => element.getBoundingClientRect().width),
    ];
    expect(await wide()).toBeGreaterThan(room);
    await page.locator('#fit').click();
    await expect.poll(wide, soon).toBeLessThanOrEqual(room);
    await hit(/Role0 sends/).focus();
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await expect.poll(wide, soon).toBeGreaterThan(room);
  });

  test('is copied and saved as a picture, and for other tools', async () => {
    const view = await open(shop, 'sequence');
    await view.said();
    for (const [what, start] of [
      ['Mermaid', 'sequenceDiagram'],
      ['PlantUML', '@startuml'],
      ['Graphviz', 'digraph'],
      ['SVG', '<svg '],
    ] as const) {
      await page.locator('#export').click();
      await page.getByRole('button', { name: `Copy as ${what}` }).click();
      expect(await view.said()).toMatchObject([
        { type: 'copyDiagram', what, text: expect.stringMatching(new RegExp(`^${start}`)) as string },
      ]);
    }
    await page.locator('#export').click();
    await page.getByRole('button', { name: 'Save as a file…' }).click();
    expect(await view.said()).toMatchObject([
      {
        type: 'saveDiagram',
        name: 'Shop-sequence',
        texts: { svg: expect.stringContaining('order(n)') as string, mmd: expect.stringContaining('->>') as string },
      },
    ]);
  });

  test('of a network that implements nothing says why there is none', async () => {
    await open(shop, 'sequence', { choreography: 'Alone', pinned: true });
    expect(await page.locator('.drawing').innerText()).toContain('Alone is a network that implements no choreography');
    expect(await page.getByRole('tab').allInnerTexts()).toEqual(['Processes', 'Sequence', 'States']);
  });

  test('an edit, or a moved cursor, touches what it is about, however long the diagram is', async () => {
    const touched = async (messages: number): Promise<number[]> => {
      const text = long(messages);
      const view = await open(text, 'sequence');
      await hit(/sends step0/).waitFor();
      await page.evaluate(
        'window.seen = 0; new MutationObserver((all) => { seen += all.length; }).observe(document.getElementById("root"), { subtree: true, childList: true, attributes: true, characterData: true })',
      );
      const count = async (act: () => Promise<void>): Promise<number> => {
        await page.evaluate('seen = 0');
        await act();
        await page.waitForTimeout(300);
        return page.evaluate<number>('seen');
      };
      const moved = await count(() => view.cursor('B.1 -> C'));
      const edited = await count(() => view.text(text.replace('step3\n', 'other3\n')));
      await page.close();
      return [moved, edited];
    };
    const [short, far] = [await touched(20), await touched(200)];
    far.forEach((count, i) => expect(count).toBeLessThan(2 * (short[i] ?? 0) + 30));
  });
});

describe('states', () => {
  test('are laid out in a worker, lit at the cursor, and lead to their lines', async () => {
    const view = await open(shop, 'states');
    await hit(/^Buyer: Seller!order\(n\)/).waitFor();
    expect(await page.locator('.automaton h2').allInnerTexts()).toEqual(['Buyer', 'Seller', 'Shipper']);
    await view.cursor('Buyer -> Seller: reject');
    await expect
      .poll(
        () =>
          page
            .locator('.drawing [aria-current]')
            .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label'))),
        soon,
      )
      .toEqual(['Buyer sends, line 7', 'Buyer: Seller!reject, line 7', 'Seller: Buyer?reject, line 7']);
    await view.said();
    await hit(/^Seller: Buyer\?reject/).click();
    expect(await view.said()).toMatchObject([{ type: 'reveal', range: { start: { line: 6 } } }]);
    await page.locator('#search').fill('reject');
    await expect.poll(() => page.locator('.found').innerText(), soon).toBe('1 of 2');
  });

  test('of other roles are there where one’s can’t be', async () => {
    await open(
      'choreography C(A, B, D) {\n  choice at A {\n    A -> B: l\n    B -> D: x\n  } or {\n    A -> B: r\n  }\n}\n',
      'states',
    );
    await hit(/^A: B!l/).waitFor();
    await page.locator('.why', { hasText: 'what D does here is not known' }).waitFor();
  });
});

describe('roles', () => {
  test('are hidden, reordered and folded in all tabs, which is kept', async () => {
    const view = await open(eight, 'sequence');
    const names = () => page.locator('.lane-head').allInnerTexts();
    await page.locator('#roles').click();
    await page.getByRole('checkbox', { name: 'Role0' }).uncheck();
    await page.getByRole('button', { name: 'Move Role3 to the left' }).click();
    await page.getByRole('button', { name: 'Fold Role5’s column' }).click();
    await expect.poll(names, soon).toEqual(['Role1', 'Role3', 'Role2', 'Role4', 'Role5', 'Role6', 'Role7']);
    expect((await view.said()).filter(({ type }) => type === 'arranged').at(-1)).toMatchObject({
      arrangements: { 'file:///a.chor#Eight': { hidden: ['Role0'], folded: ['Role5'] } },
    });
    await page.keyboard.press('Escape');
    await view.wish({ tab: 'projections' });
    await expect
      .poll(() => page.locator('.head h2').allInnerTexts(), soon)
      .toEqual(['Role1', 'Role3', 'Role2', 'Role4', 'Role6', 'Role7']);
    await page.getByRole('button', { name: 'Unfold Role5' }).click();
    await expect.poll(() => page.locator('.head h2').count(), soon).toBe(7);
    await page.locator('#roles').click();
    await page.locator('#all-roles').click();
    await expect.poll(() => page.locator('.head h2').count(), soon).toBe(8);
  });

  test('twelve of them fit: their names are as large as the diagram, and those that matter are unfolded', async () => {
    const view = await open(row('Twelve', 12), 'sequence');
    await hit(/^Role0 sends/).waitFor();
    await page.locator('#fit').click();
    const heads = () =>
      page.locator('.lane-head').evaluateAll((all) =>
        all.map((each) => {
          const { left, right } = each.getBoundingClientRect();
          return [left, right] as const;
        }),
      );
    await expect.poll(async () => (await heads()).at(-1)?.[1], soon).toBeLessThan(570);
    const places = await heads();
    expect(places).toHaveLength(12);
    places.slice(1).forEach(([left], i) => expect(left).toBeGreaterThan(places[i]?.[1] ?? Infinity));
    await page.locator('#roles').click();
    await page.locator('#fold-roles').click();
    await page.keyboard.press('Escape');
    await view.wish({ tab: 'projections' });
    await page.getByRole('button', { name: 'Unfold Role7' }).click();
    await expect.poll(() => page.locator('.head h2').allInnerTexts(), soon).toEqual(['Role7']);
    expect(await page.locator('.stage').evaluate((stage) => stage.scrollWidth - stage.clientWidth)).toBe(0);
  });

  test('three of them stand side by side where there is room for a line', async () => {
    await open(row('Three', 3), 'projections');
    await page.setViewportSize({ width: 660, height: 780 });
    await page.locator('.line', { hasText: 'send 0 to Role1' }).waitFor();
    expect(await page.locator('.stage').evaluate((stage) => stage.scrollWidth - stage.clientWidth)).toBe(0);
  });
});

test('processes stand above what their design wants, and the lines that differ are marked on both sides', async () => {
  const network =
    'network Net implements Ask {\n  process Buyer {\n    send 1 to Seller: odrer\n    receive from Seller { offer {} }\n  }\n}\nchoreography Ask(Buyer, Seller) {\n  Buyer.1 -> Seller.n: order\n  choice at Seller { Seller -> Buyer: offer } or { Seller -> Buyer: sorry }\n}\n';
  await open(network, 'projections', { choreography: 'Net', pinned: true });
  await page.locator('.band').waitFor();
  await expect
    .poll(
      () =>
        page
          .locator('.line.differs')
          .allInnerTexts()
          .then((all) => all.map((each) => each.trim())),
      soon,
    )
    .toEqual(['send 1 to Seller: odrer', 'send 1 to Seller: order', 'sorry {}']);
  expect(await page.locator('.line.differs').first().getAttribute('title')).toBe('Ask does not want this here');
  expect(await violations()).toEqual([]);
});

describe('care', () => {
  test('the tabs are gone through by the keyboard', async () => {
    const view = await open(shop, 'projections');
    await page.getByRole('tab', { name: 'Projections' }).focus();
    await page.keyboard.press('ArrowRight');
    await view.said();
    await hit(/sends order/).waitFor();
    expect(await page.getByRole('tab', { name: 'Sequence' }).getAttribute('aria-selected')).toBe('true');
  });

  test.each(['projections', 'sequence', 'states'] as const)('axe finds nothing in %s', async (tab) => {
    const view = await open(shop, tab);
    if (tab !== 'projections') await hit(/order/).first().waitFor();
    await view.cursor('Buyer -> Seller: reject');
    await page.waitForTimeout(200);
    expect(await violations()).toEqual([]);
    await page.locator('#roles').click();
    expect(await violations()).toEqual([]);
  });
});
