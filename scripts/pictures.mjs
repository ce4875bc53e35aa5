// `npm run pictures`: makes the pictures of the README and the walkthrough that show the editor, out of a real VS Code with the packaged extension.
// `-- --no-build` takes chor.vsix as it is; a name (`typing`, `tutorial`) makes that picture alone.
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
  'workbench.colorTheme': 'Default Dark Modern', 'workbench.activityBar.location': 'hidden', 'workbench.statusBar.visible': false, 'editor.minimap.enabled': false, 'breadcrumbs.enabled': false, 'editor.fontSize': 15,
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' }, 'editor.inlayHints.enabled': 'off', 'editor.autoClosingBrackets': 'never', 'editor.autoClosingQuotes': 'never', 'editor.occurrencesHighlight': 'off',
  'editor.cursorBlinking': 'solid', 'editor.lightbulb.enabled': 'off', 'editor.suggestOnTriggerCharacters': false, 'editor.autoIndent': 'none', 'editor.renderLineHighlight': 'none',
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

/** A choreography is typed, and what each role does follows; an error, and its repair. */
async function typing() {
  const head = 'choreography Order(Buyer(price: int), Seller, Shipper) {\n';
  const bench = await openWorkbench({ 'order.chor': `${head}}\n` }, settings, { width: 1180, height: 560 });
  try {
    const { page } = bench;
    await bench.open('order.chor');
    await bench.command('Chor: Show Projections');
    await bench.view.locator('text=Shipper').first().waitFor();
    await bench.command('View: Close Primary Side Bar').catch(() => undefined);
    await bench.goTo(1, head.length);
    const taken = [];
    const take = async (milliseconds) => { taken.push({ png: await page.screenshot({ animations: 'disabled' }), milliseconds }); };
    const type = async (text, after) => {
      // Letter by letter is a waste of bytes: by words, as one reads.
      for (const word of text.match(/\s*\S+/g) ?? []) {
        await page.keyboard.insertText(word);
        await page.waitForTimeout(250);
        await take(170);
      }
      await page.waitForTimeout(600);
      await take(after);
    };
    await take(900);
    await type('\n  if Buyer.price < 100 {\n    Buyer -> Seller: accept\n    Seller -> Shipper: ship', 500);
    await type('\n  } else {\n    Buyer -> Seller: reject\n  }', 1800);
    await bench.goTo(2, 6);
    await bench.fixes();
    await page.waitForTimeout(400);
    await take(2200);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(1200);
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
    await bench.command('Chor: Open Tutorial');
    await page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'Two programs' }).first().waitFor();
    await page.keyboard.press('Enter');
    await bench.lens('Not yet').waitFor();
    await bench.command('View: Close Primary Side Bar').catch(() => undefined);
    await page.waitForTimeout(2500);
    return animated([{ png: await page.screenshot({ animations: 'disabled' }), milliseconds: 1000 }]);
  } finally {
    await bench.close();
  }
}
