// Networks that take their time, in a real VS Code: typing goes on, the status item tells, answers come.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { coinsNetwork } from '../generators/slow.js';
import { openWorkbench } from './support/workbench.js';
import type { Workbench } from './support/workbench.js';

const choreography =
  'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting\n  Bob.greeting -> Bob.again\n}\n\n';

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench(
    {
      'wrong.chor': choreography + coinsNetwork('Wrong', 11, 'receive from A: yes'),
      'endless.chor': choreography + coinsNetwork('Endless', 30),
    },
    { 'chor.exploration.states': 10_000_000, 'chor.exploration.seconds': 600, 'chor.diagnostics.workspace': 'open' },
  );
}, 120_000);
afterAll(async () => {
  await bench?.close();
});
afterEach(async ({ task }) => {
  if (bench && task.result?.state === 'fail') await bench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`);
});

/** What the items behind the braces beside the language's name say. */
async function status(): Promise<string> {
  await bench.page.mouse.move(600, 300);
  await bench.page.locator('[id="status.languageStatus"]').hover();
  const item = bench.page.locator('.hover-language-status', { hasText: /network|Exploring/ }).first();
  await item.waitFor({ timeout: 2000 }).catch(() => undefined);
  return (await item.isVisible()) ? item.innerText() : '';
}

const soon = { timeout: 20_000 };

test('what can be said at once is, and the findings of a network come when it was explored', async () => {
  await bench.open('wrong.chor');
  await bench.squiggles.first().waitFor();
  await bench.lens(/refuted/).waitFor(soon);
  await bench.goToText('wrong.chor', 'receive from A: yes');
  await bench.squiggles.first().waitFor(soon);
});

test('its fixes come when they were tried, without anybody waiting for them', async () => {
  await bench.goToText('wrong.chor', 'receive from A: yes');
  await expect
    .poll(async () => {
      const titles = await bench.fixes();
      await bench.page.keyboard.press('Escape');
      return titles;
    }, soon)
    .toContain('Remove this `receive` from B');
  await bench.fix('Remove this `receive` from B');
  await expect.poll(status, soon).toContain('1 network proved');
  await bench.save();
  expect(bench.onDisk('wrong.chor')).toBe(choreography + coinsNetwork('Wrong', 11));
});

test('a status item says what is explored and how far it is, and typing goes on beside it', async () => {
  await bench.open('endless.chor');
  await bench.lens(/being explored/).waitFor(soon);
  await expect.poll(status, soon).toMatch(/Exploring Endless \([\d,]+ states\)/);
  await bench.screenshot('exploring');
  expect(await bench.squiggles.count()).toBe(1);
  await bench.goToText('endless.chor', '  Bob.greeting -> Bob.again');
  await bench.page.keyboard.type('// ');
  await bench.squiggles.first().waitFor({ state: 'detached' });
  await bench.lens(/being explored/).waitFor(soon);
  expect(await bench.lens(/proved free of deadlock/).count()).toBe(0);
});

test('it can be stopped, says how far it came, and can be started again', async () => {
  await bench.command('Chor: Stop Exploring');
  const stopped = /holds up to [\d,]+ states \(stopped\)|undecided/;
  await bench.lens(stopped).waitFor(soon);
  await expect
    .poll(status, soon)
    .toMatch(/1 choreography proved · 1 network (holds up to [\d,]+ states \(stopped\)|undecided)[\s\S]*Explore Again/);
  await bench.screenshot('explored');
  await bench.page.mouse.move(600, 300);
  await bench.page.locator('.codelens-decoration a', { hasText: 'Explore again' }).click();
  await bench.lens(/being explored/).waitFor(soon);
  await expect.poll(status, soon).toMatch(/Exploring Endless \([\d,]+ states\)/);
  await bench.command('Chor: Stop Exploring');
  await bench.lens(stopped).waitFor(soon);
  await bench.command('Chor: Explore Again');
  await bench.lens(/being explored/).waitFor(soon);
  await bench.command('Chor: Stop Exploring');
  await bench.lens(stopped).waitFor(soon);
});
