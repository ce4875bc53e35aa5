// `npm run pictures`: makes the pictures of the README and the walkthrough that show the editor, out of a real VS Code
// with the packaged extension. `-- --no-build` takes chor.vsix as it is; a name (`typing`, `tutorial`) makes that
// picture alone.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { animated } from './apng.mjs';
import { need } from './programs.mjs';
import { fetchVSCode } from './vscode.mjs';

const args = process.argv.slice(2);
const say = (line) => console.log(line);
if (!args.includes('--no-build')) {
  for (const script of ['scripts/build.mjs', 'scripts/package.mjs']) {
    const { status } = spawnSync(process.execPath, [script], { stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
  }
}
process.env.CHOR_CHROMIUM ||= need('chromium', ['chromium', 'chromium-browser', 'google-chrome'], say);
process.env.CHOR_VSCODE = JSON.stringify(await fetchVSCode(say));
process.env.CHOR_VSIX = resolve('chor.vsix');
const { openWorkbench } = await import('../test/e2e/support/workbench.ts');

const settings = {
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.activityBar.location': 'hidden',
  'workbench.statusBar.visible': false,
  'editor.minimap.enabled': false,
  'breadcrumbs.enabled': false,
  'editor.fontSize': 15,
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.inlayHints.enabled': 'off',
  'editor.autoClosingBrackets': 'never',
  'editor.autoClosingQuotes': 'never',
  'editor.occurrencesHighlight': 'off',
  'editor.cursorBlinking': 'solid',
  'editor.lightbulb.enabled': 'off',
  'editor.suggestOnTriggerCharacters': false,
  'editor.autoIndent': 'none',
  'editor.renderLineHighlight': 'none',
};
const pictures = { typing, tutorial };
const wanted = args.filter((each) => !each.startsWith('-'));
for (const [name, make] of Object.entries(pictures)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const picture = await make();
  const path = join('docs', 'images', `${name}.png`);
  writeFileSync(path, picture);
  say(`${path}: ${Math.round(picture.length / 1000)} kB`);
}

/** A choreography is typed, line by line, and what each role does follows; an error, and its repair. */
async function typing() {
  const text =
    'choreography Order(Buyer, Seller, Shipper) {\n  if Buyer.likesIt() {\n\n  } else {\n\n  }\n}\n\nextern likesIt(): bool\n';
  const bench = await openWorkbench({ 'order.chor': text }, settings, { width: 1280, height: 520 });
  try {
    const { page } = bench;
    await bench.open('order.chor');
    await bench.command('Chor: Show Projections');
    await bench.view.locator('body', { hasText: 'process Shipper' }).waitFor();
    await bench.command('View: Toggle Primary Side Bar Visibility');
    const taken = [];
    const take = async (milliseconds) => {
      taken.push({ png: await page.screenshot({ animations: 'disabled' }), milliseconds });
    };
    const type = async (line, column, added, milliseconds) => {
      await bench.goTo(line, column);
      await page.keyboard.insertText(added);
      await page.waitForTimeout(1500);
      await take(milliseconds);
    };
    await bench.goTo(3, 1);
    await page.waitForTimeout(1000);
    await take(1200);
    const first = '    Buyer -> Seller: accept';
    await type(3, 1, first, 1200);
    await type(5, 1, '    Buyer -> Seller: reject', 1200);
    await type(3, first.length + 1, '\n    Seller -> Shipper: ship', 2000);
    await bench.goTo(2, 6);
    await bench.fixes();
    await page.waitForTimeout(600);
    await take(2400);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(1500);
    await take(3500);
    return animated(taken);
  } finally {
    await bench.close();
  }
}

/** A chapter beside its exercise. */
async function tutorial() {
  const bench = await openWorkbench({ 'notes.txt': '' }, settings, { width: 1280, height: 720 });
  try {
    const { page } = bench;
    await bench.command('Chor: Open Tutorial', true);
    await page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'Two programs' }).first().waitFor();
    await page.keyboard.press('Enter');
    await bench.lens('Not yet').waitFor();
    await bench.command('View: Toggle Primary Side Bar Visibility');
    await page.waitForTimeout(2500);
    return animated([{ png: await page.screenshot({ animations: 'disabled' }), milliseconds: 1000 }]);
  } finally {
    await bench.close();
  }
}
