// In a real VS Code: the tutorial, from its list of chapters to an exercise that is solved; and the first step of the
// walkthrough.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorkbench } from './support/workbench.js';
import type { Workbench } from './support/workbench.js';

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench(
    { 'notes.txt': 'nothing of Chor\n' },
    { 'editor.autoClosingBrackets': 'never', 'editor.autoIndent': 'none' },
  );
}, 180_000);
afterAll(async () => bench.close());

test('a chapter opens beside its exercise, which says what is not there yet, and then that it is solved', async () => {
  const { page, lens } = bench;
  await bench.command('Chor: Open Tutorial', true);
  const rows = page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
  await rows.filter({ hasText: '1. Two programs that wait' }).first().waitFor();
  expect(await rows.filter({ hasText: '10. A protocol of your own' }).count()).toBe(1);
  await page.keyboard.press('Enter');
  await lens('Not yet: Line').waitFor();
  await lens('All chapters').waitFor();
  await page.locator('.tab', { hasText: '01-two-programs.md' }).first().waitFor();
  await bench.view.locator('h1', { hasText: 'Two programs that wait' }).waitFor();

  await lens('Not yet: Line').locator('a').first().click();
  await page.locator('.monaco-dialog-box', { hasText: 'Let one of them send before it waits.' }).waitFor();
  await page.keyboard.press('Escape');

  await page.locator('.tab', { hasText: 'Untitled' }).first().click();
  await page.locator('.part.editor .editor-instance .view-lines').first().click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(readFileSync('docs/tutorial/01-two-programs.solution.chor', 'utf8'));
  await lens('Solved').waitFor();

  // The list remembers it, and offers the next one.
  await bench.command('Chor: Open Tutorial', true);
  await rows.filter({ hasText: 'solved' }).first().waitFor();
  await page
    .locator('.quick-input-widget:visible .quick-input-list .monaco-list-row.focused', {
      hasText: '2. One text for both',
    })
    .waitFor();
  await page.keyboard.press('Escape');
}, 120_000);

test('the walkthrough’s first step writes a choreography, with what each role does beside it', async () => {
  await bench.command('Chor: Try It: Write a Choreography');
  await bench.view.locator('body', { hasText: 'receive greeting from Alice' }).waitFor();
  expect(await bench.focusIsInEditor()).toBe(true);
}, 60_000);

test('the step of the repair ends with the list of fixes', async () => {
  await bench.command('Chor: Try It: An Error and Its Quick Fixes');
  await bench.page.locator('.action-widget .monaco-list-row.action', { hasText: 'Tell Shipper' }).first().waitFor();
  await bench.page.keyboard.press('Escape');
}, 60_000);
