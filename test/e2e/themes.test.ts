// The view in a dark and in a high-contrast window, wide and narrow: that its page breaks no policy, and pictures to look at.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openWorkbench } from './support/workbench.js';

const bookseller = readFileSync('examples/shop/bookseller.chor', 'utf8');
const files = {
  'types.chor': readFileSync('examples/shop/types.chor', 'utf8'),
  'bookseller.chor': bookseller,
  'no-idle.chor': bookseller.replace('    Seller -> Shipper: idle\n', ''),
};
const settings = { 'editor.inlayHints.enabled': 'off', 'workbench.sideBar.location': 'left', 'breadcrumbs.enabled': false };

describe.each([
  { theme: 'Dark Modern', name: 'dark', size: { width: 1680, height: 760 } },
  { theme: 'Default High Contrast', name: 'high-contrast', size: { width: 1680, height: 760 } },
  { theme: 'Light Modern', name: 'narrow', size: { width: 760, height: 700 } },
])('$theme', ({ theme, name, size }) => {
  test('shows the projections and lights up what is under the cursor', async () => {
    const bench = await openWorkbench(files, { ...settings, 'workbench.colorTheme': theme, 'window.autoDetectColorScheme': false, 'window.autoDetectHighContrast': false }, size);
    try {
      const refused: string[] = [];
      bench.page.on('console', (message) => {
        if (/Content Security Policy/.test(message.text()) && /view\.(js|css)|chor/.test(message.text())) refused.push(message.text());
      });
      await bench.open('bookseller.chor');
      await bench.page.keyboard.press('Control+b');
      await bench.goToText('bookseller.chor', 'Seller.wanted -> Shipper', 3);
      await bench.command('Chor: Show Projections');
      await bench.view.locator('.line.lit, .tab.is-lit').first().waitFor();
      if (name === 'narrow') expect(await bench.view.getByRole('tab').allInnerTexts()).toEqual(['Buyer', 'Seller', 'Shipper']);
      else expect(await bench.view.locator('.line.lit').count()).toBe(2);
      const colour = (selector: string) => bench.view.locator(selector).first().evaluate((element) => element.ownerDocument.defaultView?.getComputedStyle(element).color);
      expect(await colour('.t-keyword')).not.toBe(await colour('.t-variable, .t-label'));
      await bench.page.waitForTimeout(600);
      await bench.screenshot(`theme-${name}`);
      await bench.open('no-idle.chor');
      await bench.goToText('no-idle.chor', 'if Buyer.price', 5);
      await bench.squiggles.first().waitFor();
      await bench.page.waitForTimeout(600);
      expect((await bench.fixes()).length).toBeGreaterThan(0);
      await bench.screenshot(`theme-${name}-quickfix`);
      expect(refused).toEqual([]);
    } finally {
      await bench.close();
    }
  }, 90_000);
});
