// The view in a dark and in a high-contrast window, wide and narrow: that its page breaks no policy, and pictures to
// look at.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openWorkbench } from './support/workbench.js';

const bookseller = readFileSync('examples/shop/bookseller.chor', 'utf8');
/** Gets stuck in a circle of three, with a message left in a queue. */
const shop = `extern stock(title: string): int

network Shop {
  process Buyer {
    send "Moby-Dick" to Seller: order
    receive from Seller {
      offer(price) {
        send price to Seller: pay
        send "Nantucket" to Shipper: address
        receive parcel from Shipper
        send to Seller: thanks
      }
      soldOut { send "" to Shipper: address }
    }
  }
  process Seller {
    receive title from Buyer: order
    if stock(title) > 0 {
      send 12 to Buyer: offer
      receive money from Buyer: pay
      receive from Buyer: thanks
      send title to Shipper: ship
    } else {
      send to Buyer: soldOut
      send to Shipper: nothing
    }
  }
  process Shipper {
    receive from Seller {
      ship(parcel) {
        receive place from Buyer: address
        send parcel to Buyer
      }
      nothing { receive place from Buyer: address }
    }
  }
}
`;
const files = {
  'types.chor': readFileSync('examples/shop/types.chor', 'utf8'),
  'bookseller.chor': bookseller,
  'no-idle.chor': bookseller.replace('    Seller -> Shipper: idle\n', ''),
  'shop.chor': shop,
};
const settings = {
  'editor.inlayHints.enabled': 'off',
  'workbench.sideBar.location': 'left',
  'breadcrumbs.enabled': false,
};

describe.each([
  { theme: 'Dark Modern', name: 'dark', size: { width: 1680, height: 760 } },
  { theme: 'Default High Contrast', name: 'high-contrast', size: { width: 1680, height: 760 } },
  { theme: 'Light Modern', name: 'narrow', size: { width: 760, height: 700 } },
])('$theme', ({ theme, name, size }) => {
  test('shows the projections and a run, and lights up what is under the cursor', async () => {
    const bench = await openWorkbench(
      files,
      {
        ...settings,
        'workbench.colorTheme': theme,
        'window.autoDetectColorScheme': false,
        'window.autoDetectHighContrast': false,
      },
      size,
    );
    try {
      const refused: string[] = [];
      bench.page.on('console', (message) => {
        if (/Content Security Policy/.test(message.text()) && /(view|run)\.(js|css)|chor/.test(message.text()))
          refused.push(message.text());
      });
      await bench.open('bookseller.chor');
      await bench.page.keyboard.press('Control+b');
      await bench.goToText('bookseller.chor', 'Seller.wanted -> Shipper', 3);
      await bench.command('Chor: Show Projections');
      await bench.view.locator('.line.lit, .tab.is-lit').first().waitFor();
      if (name === 'narrow')
        expect(await bench.view.getByRole('tablist', { name: 'Roles' }).getByRole('tab').allInnerTexts()).toEqual([
          'Buyer',
          'Seller',
          'Shipper',
        ]);
      else expect(await bench.view.locator('.line.lit').count()).toBe(2);
      const colour = (selector: string) =>
        bench.view
          .locator(selector)
          .first()
          .evaluate((element) => element.ownerDocument.defaultView?.getComputedStyle(element).color);
      expect(await colour('.t-keyword')).not.toBe(await colour('.t-variable, .t-label'));
      await bench.page.waitForTimeout(600);
      await bench.screenshot(`theme-${name}`);
      await bench.open('no-idle.chor');
      await bench.goToText('no-idle.chor', 'if Buyer.price', 5);
      await bench.squiggles.first().waitFor();
      await bench.page.waitForTimeout(600);
      expect((await bench.fixes()).length).toBeGreaterThan(0);
      await bench.screenshot(`theme-${name}-quickfix`);
      await bench.page.keyboard.press('Escape');
      await bench.open('shop.chor');
      await bench.squiggles.first().waitFor();
      await bench.goToText('shop.chor', 'receive parcel', 3);
      await bench.fix('Show the run that leads here');
      await bench.view.locator('svg.run').waitFor();
      await bench.view.locator('.hit.is-lit').first().waitFor();
      expect(await bench.view.locator('.wait.in-circle').count()).toBe(3);
      const ink = (selector: string) =>
        bench.view
          .locator(selector)
          .first()
          .evaluate((element) => element.ownerDocument.defaultView?.getComputedStyle(element).stroke);
      expect(await ink('.wait.in-circle line')).not.toBe(await ink('.arrow.is-taken line'));
      await bench.page.waitForTimeout(400);
      await bench.screenshot(`theme-${name}-run`);
      expect(refused).toEqual([]);
    } finally {
      await bench.close();
    }
  }, 90_000);
});
