// In a real VS Code: the lines above choreographies and networks, the run that one of them opens, what is folded in it
// and in the editor.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openWorkbench } from './support/workbench.js';
import type { Workbench } from './support/workbench.js';

/** One that is right, with a block that its layout does not show, and one that goes wrong behind a loop. */
const text = `/** A greeting. */
choreography Greeting(Alice, Bob) {
  Alice."hello" -> Bob.greeting
  Bob.greeting -> Alice.echo
}

/** The same by hand. */
network Right implements Greeting {
  process Alice {
send "hello" to Bob
receive echo from Bob
  }
  process Bob {
    receive greeting from Alice
    send greeting to Alice
  }
}

network Counting {
  process Alice {
    send "start" to Bob
    i = 0
    while i < 20 { send i to Bob receive ok from Bob i = i + 1 }
    send "more" to Bob
  }
  process Bob {
    receive start from Alice
    j = 0
    while j < 20 { receive x from Alice send "ok" to Alice j = j + 1 }
  }
}
`;

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench({ 'counting.chor': text }, { 'editor.inlayHints.enabled': 'off' });
  await bench.open('counting.chor');
}, 120_000);
afterAll(async () => {
  await bench?.close();
});
afterEach(async ({ task }) => {
  if (bench && task.result?.state === 'fail') await bench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`);
});

const soon = { timeout: 15_000 };
const step = (name: RegExp) => bench.view.getByRole('button', { name });
const clipboard = (): Promise<unknown> => bench.page.evaluate('navigator.clipboard.readText()');

test('each has a line that says how big it is and what is known of it', async () => {
  await bench.lens('2 roles · 2 messages · deadlock-free').waitFor();
  await bench.lens('2 processes · 2 sends · proved free of deadlock').waitFor();
  await bench.lens('2 processes · 4 sends · refuted').waitFor();
  // What can be shown is shown by a click: the projections of a choreography, the run of what is refuted.
  // The editor draws them anew when more is known.
  await expect
    .poll(() => bench.page.locator('.codelens-decoration a').allInnerTexts(), soon)
    .toEqual(expect.arrayContaining(['Show projections', 'Show the run']));
  await expect
    .poll(() => bench.page.locator('.codelens-decoration a', { hasText: 'Show the run' }).count(), soon)
    .toBe(1);
});

test('the line of a refuted network opens its run, which has the loop once', async () => {
  await bench.page.locator('.codelens-decoration a', { hasText: 'Show the run' }).click();
  await bench.view.locator('svg.run').waitFor();
  expect(await bench.view.locator('.said').innerText()).toContain('unmatched-send');
  const fold = bench.view.getByRole('button', { name: /times more, steps \d+ to \d+$/ });
  await fold.waitFor();
  await step(/^Step 1: Alice sends "start" to Bob/).waitFor();
  const steps = () => bench.view.locator('.hit[id^="step-"]').count();
  const few = await steps();
  expect(few).toBeLessThan(20);
  await bench.screenshot('run-folded');
  await fold.click();
  await expect.poll(steps, soon).toBeGreaterThan(80);
  expect(await fold.getAttribute('aria-expanded')).toBe('true');
  await fold.press('Enter');
  await expect.poll(steps, soon).toBe(few);
});

test('the run is copied as text, and as Mermaid', async () => {
  await bench.view.getByRole('button', { name: 'Copy as text' }).click();
  await expect
    .poll(clipboard, soon)
    .toMatch(
      /^1\. Alice sends "start" to Bob\n[\s\S]*\n\d+\. to \d+\. steps \d+ to \d+ again, \d+ times more\n[\s\S]*in the queue from Alice to Bob: "more"\n$/,
    );
  await bench.page.locator('.statusbar-item', { hasText: 'Copied the run as text' }).waitFor();
  await bench.view.getByRole('button', { name: 'Copy as Mermaid' }).click();
  await expect.poll(clipboard, soon).toMatch(/^sequenceDiagram\n[\s\S]*\n {2}loop \d+ times\n/);
});

test('the line of a choreography opens its projections', async () => {
  await bench.page.locator('.codelens-decoration a', { hasText: 'Show projections' }).click();
  await bench.view.getByRole('listbox', { name: 'Alice’s projection' }).waitFor();
  await bench.command('View: Close Editors in Other Groups');
});

test('blocks are folded, with their last lines left to be seen', async () => {
  const lines = async (): Promise<string[]> =>
    (await bench.page.locator('.part.editor .view-line').allInnerTexts()).map((line) =>
      line.replaceAll('\u00a0', ' ').trimEnd(),
    );
  const keys = async (...all: readonly string[]): Promise<void> => {
    for (const key of all) await bench.page.keyboard.press(key);
  };
  await bench.goToText('counting.chor', 'receive echo');
  await bench.page.keyboard.press('Control+Shift+[');
  await expect.poll(lines, soon).not.toContain('receive echo from Bob');
  expect(await lines()).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^ {2}process Alice \{/),
      '  process Bob {',
      '    receive greeting from Alice',
    ]),
  );
  await keys('Control+k', 'Control+0');
  await expect
    .poll(async () => (await lines()).filter((line) => line !== '').map((line) => line.replace(/⋯/g, '')), soon)
    .toEqual([
      '/** A greeting. */',
      'choreography Greeting(Alice, Bob) {',
      '}',
      '/** The same by hand. */',
      'network Right implements Greeting {',
      '}',
      'network Counting {',
      '}',
    ]);
  await bench.screenshot('folded');
  await keys('Control+k', 'Control+j');
  await expect.poll(lines, soon).toContain('receive echo from Bob');
});
