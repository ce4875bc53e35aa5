// The playground as it is built, in a real browser: what somebody does who opens it for the first time, on a desk and
// on a telephone.
import { mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { wordingAttribute } from '../../client/wording.js';
import { draws } from '../../scripts/playground/font.mjs';
import { serveFolder } from '../../scripts/playground/serve.mjs';

let browser: Browser;
let site: Awaited<ReturnType<typeof serveFolder>>;
let context: BrowserContext;
let page: Page;
const wrong: string[] = [];
beforeAll(async () => {
  const executablePath = process.env['CHOR_CHROMIUM'];
  if (executablePath === undefined)
    throw new Error('CHOR_CHROMIUM is not set: run the end-to-end tests by `npm run e2e`.');
  site = await serveFolder('site');
  browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') {
    mkdirSync('test-results', { recursive: true });
    await page
      .screenshot({ path: `test-results/failed-playground-${task.name.replace(/\W+/g, '-').slice(0, 60)}.png` })
      .catch(() => undefined);
  }
  await context?.close();
  expect(wrong.splice(0)).toEqual([]);
});

const soon = { timeout: 15_000 };

/** A browser of somebody who was never here. */
async function visitor(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
  context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
    colorScheme: 'light',
    ...options,
  });
  context.setDefaultTimeout(15_000);
  page = await watched(await context.newPage());
}
async function watched(own: Page): Promise<Page> {
  own.on('pageerror', (error) => wrong.push(String(error)));
  own.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text());
  });
  return own;
}
const says = () => page.locator('#says').innerText();
const roles = () => page.frameLocator('#roles-frame iframe');
const column = (role: string) => roles().getByRole('listbox', { name: `${role}’s projection` });
/** Puts a text in place of all that there is. */
async function type(text: string): Promise<void> {
  await page
    .locator('#editor .monaco-editor')
    .first()
    .click({ position: { x: 200, y: 12 } });
  await page.keyboard.press('ControlOrMeta+a');
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.keyboard.press('ControlOrMeta+v');
}
/** What stands in the editor, line by line. */
async function typed(): Promise<string> {
  const lines = await page.locator('#editor .view-line').evaluateAll((all) =>
    all
      .map((line) => [Number.parseInt(line.style.top), line.textContent] as const)
      .sort(([a], [b]) => a - b)
      .map(([, text]) => text),
  );
  return lines
    .join('\n')
    .replaceAll('\u00a0', ' ')
    .replace(/ ‹[^›]*›/g, '');
}
async function violations(own: Page = page): Promise<string[]> {
  const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
  for (const frame of own.frames()) await frame.evaluate(axe);
  return own.evaluate<string[]>(
    'axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html, target }) => `${id}: ${JSON.stringify(target)} ${html.slice(0, 160)}`)))',
  );
}

const order = `choreography Order(Buyer(price: int), Seller, Shipper) {
  if Buyer.price < 100 {
    Buyer -> Seller: accept
    Seller -> Shipper: ship
  } else {
    Buyer -> Seller: reject
  }
}
`;
const polite = `network Polite {
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

test('somebody who comes sees an example with what each role does, types, is told what is wrong, and puts it right', async () => {
  await visitor();
  await page.goto(site.url);
  await expect.poll(says, soon).toBe('Nothing is wrong');
  await column('Alice').locator('.line', { hasText: 'receive reply from Bob' }).waitFor();
  // Colours of roles come from the server, those of words from how they look.
  const colour = () =>
    page.evaluate<string>(
      'getComputedStyle([...document.querySelectorAll("#editor .view-line span span")].find(({ textContent }) => textContent === "Alice") ?? document.body).color',
    );
  await expect.poll(colour, soon).toBe('rgb(11, 95, 193)');

  await type(order);
  await page.locator('#editor .squiggly-error').first().waitFor();
  await expect.poll(says, soon).toBe('1 error');
  const problem = page.locator('.problem').first();
  expect(await problem.locator('a').getAttribute('href')).toMatch(/\/manual\/codes\/knowledge-of-choice\.html$/);
  await column('Shipper').waitFor();
  await problem.getByRole('button', { name: 'Fixes…' }).click();
  await page.locator('.action-widget .monaco-list-row.action', { hasText: 'Tell Shipper' }).first().click();
  await expect.poll(says, soon).toBe('Nothing is wrong');
  expect(await typed()).toContain('Seller -> Shipper: ');
  await column('Shipper').locator('.line', { hasText: 'receive from Seller' }).first().waitFor();
});

test('the text is seen and checked before there is an editor, by a server that is told it once', async () => {
  await visitor();
  await context.addInitScript(`{
    const told = globalThis.told = [];
    globalThis.Worker = class extends Worker {
      postMessage(message, ...more) {
        if (message.method !== undefined) told.push(message.method + ' ' + (message.params?.textDocument?.uri ?? ''));
        super.postMessage(message, ...more);
      }
    };
  }`);
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await context.route('**/main.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(site.url, { waitUntil: 'commit' });
  await expect.poll(says, soon).toBe('Nothing is wrong');
  expect(await page.locator('#editor .early').innerText()).toContain('choreography Greeting(Alice, Bob) {');
  expect(await page.locator('.monaco-editor').count()).toBe(0);
  release();
  await page.locator('#editor .view-line').first().waitFor();
  expect(await page.locator('#editor .early').count()).toBe(0);
  await column('Alice').locator('.line', { hasText: 'receive reply from Bob' }).waitFor();
  expect(await says()).toBe('Nothing is wrong');
  const told = await page.evaluate<string[]>(
    'told.filter((each) => /^initialize|didOpen|didClose/.test(each)).map((each) => each.replace(/[0-9a-f]{12}/, "…"))',
  );
  expect(told).toEqual(['initialize ', 'initialized ', 'textDocument/didOpen file:///…/greeting.chor']);
  // What was typed here before is what is seen and checked at once.
  await type(`${order}choreography Other(A, B) {\n  A.x -> B.y\n}\n`);
  await expect.poll(says, soon).toMatch(/^2 errors/);
  const before = await says();
  await page.waitForTimeout(600);
  await context.unroute('**/main.js');
  await context.route('**/main.js', (route) => route.abort());
  await page.reload({ waitUntil: 'commit' });
  await expect.poll(says, soon).toBe(before);
  expect(await page.locator('#editor .early').innerText()).toContain('choreography Other(A, B) {');
  wrong.length = 0;
});

test('a link is opened by the page’s program, and nothing else is shown before', async () => {
  await visitor();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await context.route('**/main.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${site.url}#example=shop/bookseller.chor`, { waitUntil: 'commit' });
  await page.locator('#editor .waiting').waitFor();
  expect(await page.locator('#editor .early, #says').count()).toBe(0);
  release();
  await expect.poll(says, soon).toBe('Nothing is wrong');
  expect(await typed()).toContain('choreography Bookseller');
});

test('hover, completion, definition over files, renaming, layout and hints are the server’s', async () => {
  await visitor();
  await page.goto(`${site.url}#example=shop/bookseller.chor`);
  await expect.poll(says, soon).toBe('Nothing is wrong');
  expect(await page.locator('#files [role=tab]').allInnerTexts()).toEqual(['bookseller.chor', 'types.chor']);
  const word = (text: RegExp) => page.locator('#editor .view-line span', { hasText: text }).last();
  await word(/^priceOf$/).hover();
  await page.locator('.monaco-hover', { hasText: 'priceOf' }).first().waitFor();
  await page
    .locator('#editor .codelens-decoration', { hasText: '3 roles' })
    .or(page.locator('#editor .codelens-decoration', { hasText: 'roles' }))
    .first()
    .waitFor();
  // The declaration stands in the other file.
  const goThere = async () => {
    // Lines that come above the text move it under the pointer.
    await word(/^priceOf$/).click();
    await page.keyboard.press('F12');
    await page.waitForTimeout(500);
    return page.locator('#files [aria-selected=true]').innerText();
  };
  await expect.poll(goThere, soon).toBe('types.chor');
  await page.keyboard.press('F2');
  const input = page.locator('.rename-box input');
  await input.waitFor();
  await input.fill('costOf');
  await page.keyboard.press('Enter');
  await expect.poll(typed, soon).toContain('costOf');
  await page.locator('#files [role=tab]', { hasText: 'bookseller.chor' }).click();
  await expect.poll(typed, soon).toContain('costOf');
  expect(await says()).toBe('Nothing is wrong');
  await type('choreography Add(Left, Right) {\nLeft.1 -> Right.first\n');
  await page.keyboard.type('  Right.f');
  await page.locator('.suggest-widget .monaco-list-row', { hasText: 'first' }).waitFor();
  // Tab takes the first of them.
  await page.keyboard.press('Tab');
  await page.keyboard.type(' -> Left.back\n}');
  await page.locator('#file-more').click();
  await page.getByRole('button', { name: 'Lay out the text' }).click();
  await expect.poll(typed, soon).toContain('  Left.1 -> Right.first\n  Right.first -> Left.back\n}');
});

test('files are added, renamed with their imports, and deleted; nothing that was typed is lost', async () => {
  await visitor();
  await page.goto(`${site.url}#example=shop/bookseller.chor`);
  await expect.poll(says, soon).toBe('Nothing is wrong');
  await page.locator('#files [role=tab]', { hasText: 'types.chor' }).click();
  await page.locator('#files [role=tab]', { hasText: 'types.chor' }).press('F2');
  await page.locator('dialog input').fill('bookseller');
  await page.keyboard.press('Enter');
  expect(await page.locator('dialog [role=alert]').innerText()).toBe('There is a file bookseller.chor already.');
  await page.locator('dialog input').fill('lib/names');
  await page.keyboard.press('Enter');
  await page.locator('#files [role=tab]', { hasText: 'bookseller.chor' }).click();
  await expect.poll(typed, soon).toContain('import "./lib/names.chor"');
  await expect.poll(says, soon).toBe('Nothing is wrong');
  await page.locator('#add-file').click();
  await page.keyboard.press('Enter');
  // Nobody types faster than a dialog closes.
  await page.locator('#files [role=tab][aria-selected=true]', { hasText: 'untitled.chor' }).waitFor();
  await page.locator('#editor .monaco-editor.focused').waitFor();
  await page.keyboard.type('choreography Mine(A, B) {\nA.1 -> B.x');
  await column('A').waitFor();
  await page.locator('#file-more').click();
  await page
    .locator('#file-menu')
    .getByRole('button', { name: /^Delete/ })
    .click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect
    .poll(() => page.locator('#files [role=tab]').allInnerTexts(), soon)
    .toEqual(['bookseller.chor', 'lib/names.chor', 'untitled.chor']);
  // Another example takes its place, and it can be come back to; so it is after the page was closed.
  await page.locator('#examples').click();
  await page
    .locator('#examples-menu')
    .getByRole('button', { name: /^Paxos One round/ })
    .click();
  await page.locator('#files [role=tab]', { hasText: 'paxos.chor' }).waitFor();
  await page.getByRole('button', { name: 'Back to it' }).click();
  await page.locator('#files [role=tab]', { hasText: 'untitled.chor' }).waitFor();
  await page.reload();
  await expect.poll(typed, soon).toContain('choreography Mine');
});

/** Opens the page, types a deadlock, and has its run shown. */
async function visitToSeeARun(): Promise<void> {
  await visitor();
  await page.goto(site.url);
  await expect.poll(says, soon).toBe('Nothing is wrong');
  await type(polite);
  await expect.poll(says, soon).toMatch(/^1 error/);
  await page.locator('.problem').getByRole('button', { name: 'Show the run' }).click();
}

test('a link has the files and the run that is shown; broken ones and newer ones harm nothing', async () => {
  await visitToSeeARun();
  const run = (own: Page) => own.frameLocator('#run-frame iframe').locator('.said', { hasText: 'deadlock' });
  await run(page).waitFor();
  await page.locator('#share').click();
  await page.locator('#copy-link:enabled').click();
  const link = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(link).toMatch(/#v1,[\w-]+$/);
  expect(link.length).toBeLessThan(600);

  const other = await browser.newContext();
  const fresh = await watched(await other.newPage());
  await fresh.goto(link);
  await run(fresh).waitFor(soon);
  expect(fresh.url()).toBe(site.url);
  await fresh.evaluate('location.hash = "#v9,abc"');
  await fresh.locator('.notice', { hasText: 'newer playground' }).waitFor();
  await fresh.evaluate(`location.hash = ${JSON.stringify(link.slice(link.indexOf('#'), -20))}`);
  await fresh.locator('.notice', { hasText: 'can’t be read' }).waitFor();
  expect(await fresh.locator('#editor .view-line', { hasText: 'network Polite' }).count()).toBe(1);
  await other.close();
});

test('it works without a network after its first visit, the manual too', async () => {
  await visitor();
  await page.goto(site.url);
  await expect.poll(says, soon).toBe('Nothing is wrong');
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  await context.setOffline(true);
  await page.reload();
  await expect.poll(says, soon).toBe('Nothing is wrong');
  await roles().getByRole('tab', { name: 'States' }).click();
  await roles().locator('svg .state, svg [data-id]').first().waitFor();
  await page.goto(`${site.url}manual/codes/deadlock.html`);
  expect(await page.locator('h1').innerText()).toBe('deadlock');
  // Its example opens in the playground.
  await page.locator('a.try').first().click();
  await expect.poll(says, soon).toBe('1 error');
});

test('on a telephone one part is there at a time, all can be tapped, and nothing is wider than the screen', async () => {
  await visitor({ viewport: { width: 375, height: 700 }, hasTouch: true, isMobile: true });
  await page.goto(site.url);
  await expect.poll(() => page.locator('#panes .pane').count(), soon).toBeGreaterThanOrEqual(3);
  const fits = () =>
    page.evaluate<boolean>(
      'document.documentElement.scrollWidth <= innerWidth && [...document.querySelectorAll("body *")].every((each) => !each.checkVisibility() || each.closest(".monaco-editor, .file-tabs") || each.getBoundingClientRect().right <= innerWidth + 1)',
    );
  const small = () =>
    page.evaluate<string[]>(
      '[...document.querySelectorAll("#head button, #head a, #files button, #panes button, .problem .small")].filter((each) => each.checkVisibility() && !each.closest(".menu") && (each.getBoundingClientRect().height < 40 || each.getBoundingClientRect().width < 40)).map((each) => each.id || each.textContent)',
    );
  for (const pane of ['View', 'Problems', 'Text']) {
    await page.locator('#panes').getByRole('button', { name: pane }).tap();
    expect([pane, await fits(), await small()]).toEqual([pane, true, []]);
  }
  await page.locator('#examples').tap();
  expect(await fits()).toBe(true);
  await page
    .locator('#examples-menu')
    .getByRole('button', { name: /^deadlock/ })
    .tap();
  await page
    .locator('#panes')
    .getByRole('button', { name: /Problems.*1/ })
    .tap();
  await page.locator('.problem').first().getByRole('button', { name: 'Show the run' }).tap();
  await page.frameLocator('#run-frame iframe').locator('.said').waitFor();
  expect(await violations()).toEqual([]);
});

test('axe finds nothing, light and dark', async () => {
  await visitToSeeARun();
  await page.frameLocator('#run-frame iframe').locator('.said').waitFor();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Dark colours' }).click();
  const colour = (own: Page | Frame) => own.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  await expect
    .poll(() => Promise.all(page.frames().slice(1).map(colour)), soon)
    .toEqual(['rgb(27, 31, 42)', 'rgb(27, 31, 42)']);
  await page.locator('#share').click();
  await page.locator('#copy-link:enabled').waitFor();
  expect(await violations()).toEqual([]);
  await page.keyboard.press('Escape');
  await page.locator('#examples').click();
  expect(await violations()).toEqual([]);
  await page.goto(`${site.url}manual/language.html`);
  expect(await violations()).toEqual([]);
});

test('a chapter of the tutorial says what is not there yet, and that it is solved', async () => {
  await visitor();
  await page.goto(site.url);
  await page.locator('#tutorial').click();
  await page
    .locator('#tutorial-menu')
    .getByRole('button', { name: /^Two programs that wait/ })
    .click();
  await page.locator('#lesson h1', { hasText: 'Two programs that wait' }).waitFor();
  expect(await typed()).toContain('// Tutorial, chapter 1');
  await page.locator('#check').click();
  const verdict = page.locator('#lesson .answer');
  await expect.poll(() => verdict.innerText(), soon).toMatch(/^Not yet\. Line 4: Alice and Bob wait for each other/);
  expect(await violations()).toEqual([]);
  await type(
    readFileSync('docs/tutorial/01-two-programs.solution.chor', 'utf8').replace('print(reply)', 'skip(reply)'),
  );
  await expect.poll(() => verdict.innerText(), soon).toMatch(/^Not yet/);
  await type(readFileSync('docs/tutorial/01-two-programs.solution.chor', 'utf8'));
  await expect.poll(() => verdict.innerText(), soon).toMatch(/^Solved\./);
  await page.getByRole('button', { name: /^Next: One text for both/ }).click();
  await page.locator('#lesson h1', { hasText: 'One text for both' }).waitFor();
  // What was done is there when the chapter is come back to.
  await page
    .locator('#lesson')
    .getByRole('button', { name: /^The chapter before/ })
    .click();
  await expect.poll(() => verdict.innerText(), soon).toMatch(/^Solved\./);
  await page.locator('#tutorial').click();
  await page.locator('#tutorial-menu .done').waitFor();
});

test('no text of the views is left in English where their page has a translation', async () => {
  const texts = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8')) as Record<string, string>;
  const pseudo = Object.fromEntries(Object.keys(texts).map((text) => [text, `⟦${text}⟧`]));
  await visitor();
  for (const name of ['view', 'run'])
    await context.route(`**/${name}.html`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: readFileSync(`site/${name}.html`, 'utf8').replace(
          '<main id="root"',
          `$&${wordingAttribute(pseudo).replaceAll('$', '$$$$')}`,
        ),
      }),
    );
  await page.goto(site.url);
  const translated = new Set<string>();
  /** What is shown of the program's own words, but for what the checker says, which is English alone. */
  const left = async (frame: string, source: string): Promise<string[]> => {
    const shown = await page
      .frameLocator(`#${frame}-frame iframe`)
      .locator('body')
      .evaluate((body) => {
        const checkers =
          '.line, .note, .said, .reason, .label, .note-box, .number, h2 small, option:not([value=""]), style, script';
        const all = [...body.querySelectorAll('*')];
        return [
          ...all.flatMap((each) =>
            each.matches('#root, .status')
              ? []
              : ['title', 'aria-label', 'aria-description', 'placeholder'].map((name) => each.getAttribute(name) ?? ''),
          ),
          (body.querySelector('.status')?.getAttribute('title') ?? '').replace(/⟧.*/, '⟧'),
          ...all
            .filter((each) => !each.closest(checkers))
            .flatMap((each) => [...each.childNodes].map((child) => (child.nodeType === 3 ? child.textContent : ''))),
        ].filter((text) => text.trim() !== '');
      });
    // Names stand for themselves, and so do words that diagrams have besides the language's.
    const words = ['alt', 'opt', 'loop', 'par', 'first', 'second'];
    const names = new Set([...(source.match(/\w+/g) ?? []), ...words]);
    return shown.flatMap((text) => {
      for (const [, own = ''] of text.matchAll(/⟦([^⟦⟧]*)/g)) translated.add(own);
      let rest = text;
      for (let before = ''; before !== rest;) [before, rest] = [rest, rest.replace(/⟦[^⟦⟧]*⟧/g, ' ')];
      return (rest.match(/\p{L}{2,}/gu) ?? []).some((word: string) => !names.has(word)) ? [text] : [];
    });
  };
  const tab = async (name: string): Promise<void> =>
    roles()
      .getByRole('tab', { name: `⟦${name}⟧` })
      .click();
  const choreography = `choreography Main(Client, Server) {
  rec loop {
    choice at Client {
      Client.1 -> Server.n: more
      do Part(Client, Server)
      continue loop
    } or {
      Client -> Server: done
    }
  }
}
choreography Part(A, B) { A -> B }
`;
  const network = `choreography Wanted(Left, Right) {
  Left.1 -> Right.x
  Right.x -> Left.y
}
network Written implements Wanted {
  process Left {
    send 1 to Right
    send 2 to Right
  }
}
network Alone {
  process P { send 1 to Q }
  process Q { receive x from P }
}
`;
  const family = `choreography Ask(Client, Node[n]) {
  for i in Node { Client.1 -> Node[i].x }
}
`;

  await type(choreography);
  await roles().locator('.line', { hasText: 'rec' }).first().waitFor();
  await roles().locator('#roles').click();
  expect(await left('roles', choreography)).toEqual([]);
  await page.keyboard.press('Escape');
  await roles().locator('.head .pin').first().dispatchEvent('click');
  await roles().locator('.which select').selectOption('Part');
  await roles().locator('.head.is-pinned').waitFor();
  expect(await left('roles', choreography)).toEqual([]);
  await roles().locator('.head.is-pinned .pin').dispatchEvent('click');
  await roles().locator('.which select').selectOption('Main');
  for (const name of ['Sequence', 'States']) {
    await tab(name);
    await roles().locator('.drawing svg.run').first().waitFor();
    await roles().locator('#search').fill('more');
    await roles().locator('.found', { hasText: '⟦' }).waitFor();
    expect(await left('roles', choreography)).toEqual([]);
    await roles().locator('#search').fill('nowhere');
    await expect.poll(() => roles().locator('.found').innerText(), soon).toBe('⟦none⟧');
    await roles().locator('#search').fill('');
  }
  await roles().locator('#roles').click();
  await roles().locator('.role-row .tool[aria-pressed]').first().click();
  await page.keyboard.press('Escape');
  await roles().locator('.automaton.is-folded').waitFor();
  expect(await left('roles', choreography)).toEqual([]);
  await tab('Projections');
  await roles().locator('.head.is-folded').waitFor();
  expect(await left('roles', choreography)).toEqual([]);
  await roles().locator('#roles').click();
  for (const box of await roles().locator('.role-row input').all()) await box.uncheck();
  await page.keyboard.press('Escape');
  await roles().locator('.empty', { hasText: '⟦All roles are hidden' }).waitFor();
  expect(await left('roles', choreography)).toEqual([]);

  await type(network);
  await roles().locator('.which select').selectOption('Written');
  await roles().locator('.line.differs').first().waitFor();
  expect(await left('roles', network)).toEqual([]);
  await roles().locator('.which select').selectOption('Alone');
  await tab('Sequence');
  await roles().locator('.empty', { hasText: '⟦Alone is a network' }).waitFor();
  expect(await left('roles', network)).toEqual([]);
  await tab('Processes');

  await type(family);
  await roles().locator('.sizes select').selectOption('2');
  await roles().locator('.line', { hasText: 'receive' }).first().waitFor();
  expect(await left('roles', family)).toEqual([]);
  await type(`${family}}`);
  await roles().locator('.status.is-stale').waitFor();
  expect(await left('roles', family)).toEqual([]);

  await type(polite);
  await page
    .locator('.problem')
    .first()
    .getByRole('button', { name: /[Rr]un/ })
    .first()
    .click();
  const run = page.frameLocator('#run-frame iframe');
  await run.locator('svg.run').waitFor();
  // What the checker says of a step.
  expect(await left('run', `${polite} deadlock waits for`)).toEqual([]);
  expect(translated.size).toBeGreaterThan(50);
});

test('every icon that the editor shows is in the font, though most of its letters are left out', async () => {
  await visitor();
  await page.goto(site.url);
  await expect.poll(says, soon).toBe('Nothing is wrong');
  const shown = new Map<string, number>();
  const look = async (): Promise<void> => {
    const found = await page.evaluate<[string, number][]>(`[...document.querySelectorAll('[class*="codicon-"]')]
      .map((element) => [element.className, getComputedStyle(element, '::before').content])
      .filter(([, content]) => content.length === 3)
      .map(([name, content]) => [name, content.codePointAt(1)])`);
    for (const [name, letter] of found) shown.set(name, letter);
  };
  const command = async (title: string): Promise<void> => {
    await page.keyboard.press('F1');
    await page.keyboard.type(title);
    await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await look();
    await page.keyboard.press('Enter');
  };
  await type(order);
  await page.locator('#editor .squiggly-error').first().waitFor();
  await look();
  await page.locator('.problem').first().getByRole('button', { name: 'Fixes…' }).click();
  await page.locator('.action-widget .monaco-list-row').first().waitFor();
  await look();
  await page.keyboard.press('Escape');
  await page
    .locator('#editor .monaco-editor')
    .first()
    .click({ position: { x: 200, y: 300 } });
  await page.keyboard.press('ControlOrMeta+f');
  await page.locator('.find-widget.visible').waitFor();
  await look();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+Home');
  await command('Fold All');
  await page.locator('#editor .inline-folded').first().waitFor();
  await look();
  await command('Unfold All');
  await command('Go to Symbol');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Order' }).first().waitFor();
  await look();
  await page.keyboard.press('Escape');
  // Wherever the keyboard was before it opened.
  await page
    .locator('#editor .monaco-editor')
    .first()
    .click({ position: { x: 200, y: 300 } });
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.press('Control+Space');
  await page.locator('.suggest-widget .monaco-list-row').first().waitFor();
  await look();
  await page.keyboard.press('Escape');
  await page
    .locator('#editor .view-line', { hasText: 'Buyer.price' })
    .click({ button: 'right', position: { x: 30, y: 8 } });
  const menu = page.locator('.monaco-menu-container .monaco-scrollable-element').first();
  await menu.waitFor();
  // It is not seen through.
  const background = await page.evaluate<string>(
    'getComputedStyle(document.querySelector(".monaco-menu-container .monaco-scrollable-element")).backgroundColor',
  );
  expect(background).toBe('rgb(255, 255, 255)');
  await look();
  const font = readFileSync('site/codicon.ttf');
  expect([...shown.values()].filter((letter) => letter >= 0xe000).length).toBeGreaterThan(10);
  expect([...shown].filter(([, letter]) => letter >= 0xe000 && !draws(font, letter))).toEqual([]);
});

test('each example of the manual has a link, which opens it', async () => {
  await visitor();
  const pages = readdirSync('site/manual', { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.html'))
    .sort();
  // In each of its folders, and by its kind: with what it imports, with an error, as an exercise.
  const followed = [
    'language.html',
    'for-agents.html',
    'theory.html',
    'coming-from/choral.html',
    'codes/deadlock.html',
    'tutorial/01-two-programs.html',
  ];
  expect(pages).toEqual(expect.arrayContaining(followed));
  for (const path of followed) {
    await page.goto(`${site.url}manual/${path}`);
    const links = page.locator('a.try');
    for (const number of new Set([0, (await links.count()) - 1]))
      if (number >= 0) {
        const text = await page
          .locator('.code', { has: page.locator('a.try') })
          .nth(number)
          .locator('pre')
          .innerText();
        await links.nth(number).click();
        await page.locator('#editor .view-line').first().waitFor();
        // What is not in sight is not in the page.
        const [first = ''] = text.split('\n');
        await expect.poll(typed, soon).toContain(first);
        await expect.poll(says, soon).toMatch(/^(Nothing is wrong|\d+ (error|warning|hint)s?)/);
        await page.goto(`${site.url}manual/${path}`);
      }
  }
});

test('the site is small enough', () => {
  const files = readdirSync('site', { recursive: true })
    .map(String)
    .filter((path) => statSync(`site/${path}`).isFile());
  const of = (test: RegExp, compressed: (text: Buffer) => Buffer) =>
    files
      .filter((path) => test.test(path))
      .reduce((sum, path) => sum + compressed(readFileSync(`site/${path}`)).length, 0);
  // What comes before the first text is checked, and all that works without a network.
  expect(
    of(/^(index|view)\.html$|^(main|early|view|framed|server|editor-worker)\.|^site\.json$|^codicon/, gzipSync),
  ).toBeLessThan(1_510_000);
  // All of it, as whoever serves it can.
  expect(of(/./, brotliCompressSync)).toBeLessThan(1_800_000);
});

test('where a name is used is seen in the text, in the colours of the page, without the folder', async () => {
  await visitor({ colorScheme: 'dark' });
  await page.goto(site.url);
  await expect.poll(says, soon).toBe('Nothing is wrong');
  await page.locator('#editor .view-line', { hasText: 'Alice."hello"' }).click({ position: { x: 30, y: 8 } });
  await page.keyboard.press('Shift+F12');
  await page.locator('.peekview-widget .referenceMatch').first().waitFor();
  const colours = await page.evaluate<string[]>(
    `['#editor > .monaco-editor .monaco-editor-background', '.peekview-widget .monaco-editor-background', '.peekview-widget .ref-tree'].map(
      (one) => getComputedStyle(document.querySelector(one)).backgroundColor,
    )`,
  );
  expect(colours).toEqual(['rgb(27, 31, 42)', 'rgb(27, 31, 42)', 'rgb(35, 40, 56)']);
  expect(await page.locator('.peekview-title .filename').innerText()).toBe('greeting.chor');
  expect(await page.locator('.peekview-title .dirname').isVisible()).toBe(false);
  for (const scheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await expect.poll(() => violations(), soon).toEqual([]);
  }
});

test('the keyboard alone gets everywhere, and out of the text again', async () => {
  await visitor();
  await page.goto(site.url);
  await expect.poll(says, soon).toBe('Nothing is wrong');
  const at = () =>
    page.evaluate<string>('(document.activeElement?.id || document.activeElement?.closest("[id]")?.id) ?? ""');
  await page.keyboard.press('Tab');
  expect(await at()).toBe('skip');
  await page.keyboard.press('Enter');
  await expect.poll(at, soon).toBe('editor');
  // Tab writes in the text; Ctrl+M has it go on.
  await page.keyboard.press('Control+m');
  const seen = new Set<string>();
  for (let i = 0; i < 12 && !seen.has('split'); i++) {
    await page.keyboard.press('Tab');
    seen.add(await at());
  }
  expect([...seen]).toContain('split');
  const width = () => page.locator('#text').evaluate((element) => element.getBoundingClientRect().width);
  const before = await width();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(width, soon).toBeLessThan(before - 20);
});
