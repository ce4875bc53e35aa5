// Whoever types ordinary lines, with a pause at every word, gets the text that was typed: no suggestion takes a name
// that somebody makes up.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { library, sheets } from './support/sheets.js';
import { typeText } from './support/typist.js';
import type { Pace, Seen } from './support/typist.js';
import { openWorkbench } from './support/workbench.js';
import type { Workbench } from './support/workbench.js';

/** Suggestions are there some 100 ms after a key. */
const pace: Pace = { key: 60, word: 300, line: 550, sign: 60 };

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench({
    'library.chor': library,
    ...Object.fromEntries(Object.keys(sheets).map((name) => [`${name}.chor`, ''])),
  });
}, 240_000);
afterAll(async () => {
  await bench?.close();
});

let last: Promise<unknown> = Promise.resolve();
/** A window with a file. They are opened one after the other: starting is what takes time. */
function windowOn(file: string): ReturnType<Workbench['another']> {
  const opened = last.then(() => bench.another(file));
  last = opened.catch(() => undefined);
  return opened;
}

/** Line by line: what was typed, what stood there in the end, and what was suggested on the way. */
function transcript(name: string, text: string, stood: string, seen: readonly Seen[]): string {
  const [typed, there] = [text.trimEnd().split('\n'), stood.trimEnd().split('\n')];
  let at = 0;
  const lines = Array.from({ length: Math.max(typed.length, there.length) }, (_, i) => {
    const own = (typed[i] ?? '').trim();
    const shown: string[] = [];
    for (let each = seen[at]; each && own.startsWith(each.line); each = seen[++at]) {
      shown.push(
        `    at \`${each.line}\`: ${each.suggestions.join(', ')}${each.selected === undefined ? '' : ` (selected: ${each.selected})`}`,
      );
    }
    return [
      `${typed[i] === there[i] ? '  ' : '! '}${typed[i] ?? ''}`,
      ...(typed[i] === there[i] ? [] : [`! stood there: ${there[i] ?? ''}`]),
      ...shown,
    ].join('\n');
  });
  return `# ${name}\n\n${lines.join('\n')}\n`;
}

describe.concurrent('what is typed at a person’s speed stands there', () => {
  for (const [name, text] of Object.entries(sheets)) {
    test(
      name,
      async ({ expect: check }) => {
        const window = await windowOn(`${name}.chor`);
        // Whoever types waits until the extension is there: the first window opened the file before it knew how the
        // language is indented.
        await window.page.locator('.statusbar-item', { hasText: 'Spaces: 2' }).first().waitFor({ timeout: 120_000 });
        const seen = await typeText(window.page, text, pace);
        await window.page.keyboard.press('Escape');
        await window.save();
        const stood = window.onDisk(`${name}.chor`);
        mkdirSync('test-results', { recursive: true });
        writeFileSync(join('test-results', `typing-${name}.md`), transcript(name, text, stood, seen));
        check(stood.trimEnd()).toBe(text.trimEnd());
      },
      900_000,
    );
  }
});
