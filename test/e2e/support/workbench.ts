// A real VS Code with the packaged extension, driven through its window as a person would.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { startVSCode } from '../../../scripts/vscode.mjs';
import type { RunningVSCode, VSCodeProgram } from '../../../scripts/vscode.mjs';

export interface Workbench {
  readonly page: Page;
  readonly folder: string;
  /** The text of a file as it is on disk. */
  onDisk(name: string): string;
  write(name: string, text: string): void;
  /** Opens a file of the folder in the editor. */
  open(name: string): Promise<void>;
  /** Puts the cursor at a line and column, both from 1. */
  goTo(line: number, column?: number): Promise<void>;
  /** Puts the cursor at the first place of a text in a file of the folder, as it is on disk. */
  goToText(name: string, text: string, offset?: number): Promise<void>;
  /**
   * Runs a command from the palette, with the focus in the first group of editors; where it `asks` something in its
   * turn, that is open then.
   */
  command(title: string, asks?: boolean): Promise<void>;
  save(): Promise<void>;
  /** The number of the line that the cursor is at, also while the focus is elsewhere. */
  cursorLine(): Promise<string>;
  /** The quick fixes at the cursor; the list stays open. */
  fixes(): Promise<string[]>;
  /** Applies the quick fix of that title. */
  fix(title: string | RegExp): Promise<void>;
  readonly squiggles: Locator;
  /** The lines above declarations in which this stands. */
  lens(text: string | RegExp): Locator;
  /** The view of the projections. */
  readonly view: FrameLocator;
  /** The title of the part of the window that has the focus. */
  focusIsInEditor(): Promise<boolean>;
  screenshot(name: string): Promise<void>;
  reload(): Promise<void>;
  /** Opens one more window on the same folder, with a file of it in the editor; it goes with this one. */
  another(file: string): Promise<Omit<Workbench, 'write' | 'close' | 'another'>>;
  close(): Promise<void>;
}

/** What the tests were given by scripts/e2e.mjs. */
function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run the end-to-end tests by \`npm run e2e\`.`);
  return value;
}

/** How long the window may take for anything, on a slow machine. */
const timeout = 30_000;

/**
 * Starts VS Code with the packaged extension on a fresh folder.
 * @param files the texts of the folder's files, by name
 * @param settings the user's
 * @param size of the window
 */
export async function openWorkbench(
  files: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, unknown>> = {},
  size = { width: 1440, height: 860 },
): Promise<Workbench> {
  const folder = mkdtempSync(join(tmpdir(), 'chor-files-'));
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  let vscode: RunningVSCode | undefined;
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await vscode?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    vscode = await startVSCode({
      vscode: JSON.parse(given('CHOR_VSCODE')) as VSCodeProgram,
      vsix: given('CHOR_VSIX'),
      folder,
      tests: true,
      settings: {
        'editor.hover.delay': 100,
        'editor.accessibilitySupport': 'off',
        'editor.minimap.enabled': false,
        ...settings,
      },
    });
    browser = await chromium.launch({
      executablePath: given('CHOR_CHROMIUM'),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      ],
    });
    const context = await browser.newContext({ viewport: size, permissions: ['clipboard-read', 'clipboard-write'] });
    const { url, resource } = vscode;
    const open = async (address: string): Promise<Page> => {
      const page = await context.newPage();
      page.setDefaultTimeout(4 * timeout);
      await page.goto(address);
      await page.locator('.monaco-workbench').waitFor();
      await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
      return page;
    };
    const another: Workbench['another'] = async (file) => {
      const page = await open(url([['openFile', resource(join(folder, file))]]));
      await page.locator('.tab.active', { hasText: file }).first().waitFor();
      await page.locator('.part.editor .view-lines .view-line').first().waitFor();
      await page.keyboard.press('Control+1');
      page.setDefaultTimeout(timeout);
      return drive(page, folder);
    };
    const page = await open(url());
    page.setDefaultTimeout(timeout);
    return { ...drive(page, folder), another, write, close };
  } catch (error) {
    const log = vscode?.log();
    await close();
    throw log
      ? new Error(`${error instanceof Error ? error.message : String(error)}\n${log}`, { cause: error })
      : error;
  }
}

function drive(page: Page, folder: string): Omit<Workbench, 'write' | 'close' | 'another'> {
  const editor = page.locator('.part.editor .editor-instance').first();
  const onDisk = (name: string): string => readFileSync(join(folder, name), 'utf8');

  /** Gives the focus to the first group of editors; a webview passes keys on, but later than they are pressed. */
  const toEditor = async (): Promise<void> => {
    await page.keyboard.press('Control+1');
    await page.waitForFunction('document.activeElement?.tagName !== "IFRAME"');
  };

  const pick = async (key: string, text: string): Promise<void> => {
    await page.keyboard.press(key);
    const input = page.locator('.quick-input-widget:visible .quick-input-box input');
    await input.waitFor();
    await input.fill(text);
    await page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row').first().waitFor();
    await page.waitForTimeout(150);
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  };

  const goTo = async (line: number, column = 1): Promise<void> => {
    await editor.locator('.view-lines').first().waitFor();
    await toEditor();
    await pick('Control+g', `:${line}:${column}`);
  };

  const fixes = async (): Promise<string[]> => {
    const rows = page.locator('.action-widget .monaco-list-row.action');
    // The list closes again when the editor is drawn anew in that moment.
    for (let tries = 0; tries < 4 && !(await rows.first().isVisible()); tries++) {
      await page.keyboard.press('Control+.');
      await rows
        .first()
        .waitFor({ timeout: 4000 })
        .catch(() => undefined);
    }
    await page.locator('.action-widget .monaco-list-row.focused').first().waitFor();
    return (await rows.allInnerTexts()).map((title) => title.trim());
  };

  return {
    page,
    folder,
    onDisk,
    goTo,
    fixes,
    async open(name) {
      await toEditor();
      await page.keyboard.press('Control+p');
      const input = page.locator('.quick-input-widget:visible .quick-input-box input');
      await input.waitFor();
      await input.fill(name);
      await page
        .locator('.quick-input-widget:visible .quick-input-list .monaco-list-row.focused', {
          hasText: name.split('/').at(-1),
        })
        .first()
        .waitFor();
      await page.keyboard.press('Enter');
      await page
        .locator('.tab.active', { hasText: name.split('/').at(-1) })
        .first()
        .waitFor();
      await page.locator('.part.editor .view-lines .view-line').first().waitFor();
    },
    async goToText(name, text, offset = 0) {
      const all = onDisk(name);
      const at = all.indexOf(text);
      if (at < 0) throw new Error(`${name} has no \`${text}\``);
      const before = all.slice(0, at + offset).split('\n');
      await goTo(before.length, (before.at(-1)?.length ?? 0) + 1);
    },
    cursorLine: () => editor.locator('.line-numbers.active-line-number').first().innerText(),
    async command(title, asks) {
      await toEditor();
      // In a window that was just opened, the palette may not have the extension’s commands yet.
      for (let tries = 0; ; tries++) {
        if (tries > 20) throw new Error(`The palette has no command “${title}”.`);
        await page.keyboard.press('F1');
        const input = page.locator('.quick-input-widget:visible .quick-input-box input');
        await input.waitFor();
        await input.fill(`>${title}`);
        await page.waitForTimeout(150);
        if (
          await page
            .locator('.quick-input-widget:visible .quick-input-list .monaco-list-row.focused', {
              hasText: title.replace(/^.*?: /, ''),
            })
            .first()
            .isVisible()
        )
          break;
        await page.keyboard.press('Escape');
        await page.waitForTimeout(500);
      }
      await page.keyboard.press('Enter');
      if (!asks) await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    },
    async save() {
      await page.keyboard.press('Control+s');
      await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    },
    async fix(title) {
      const titles = await fixes();
      const rows = page.locator('.action-widget .monaco-list-row.action');
      const at = titles.findIndex((each) => (typeof title === 'string' ? each === title : title.test(each)));
      if (at < 0) throw new Error(`No fix ${String(title)}; there are: ${titles.join(' | ')}`);
      const focused = page.locator('.action-widget .monaco-list-row.focused');
      for (let tries = 0; tries < titles.length && (await focused.innerText()).trim() !== titles[at]; tries++)
        await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await rows.first().waitFor({ state: 'hidden' });
    },
    squiggles: page.locator('.squiggly-error'),
    lens: (text) => page.locator('.codelens-decoration', { hasText: text }),
    view: page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame'),
    focusIsInEditor: () =>
      page.evaluate<boolean>('Boolean(document.activeElement?.closest(".part.editor .monaco-editor"))'),
    async screenshot(name) {
      mkdirSync('test-results', { recursive: true });
      await page.screenshot({ path: join('test-results', `${name}.png`) });
    },
    async reload() {
      // As a person does it: reloading the page instead would leave VS Code no time to keep its state.
      await page.evaluate('window.before = true');
      await pick('F1', '>Developer: Reload Window').catch(() => undefined);
      await page.waitForFunction('window.before === undefined', undefined, { timeout: 30_000 });
      await page.locator('.part.editor .view-lines .view-line').first().waitFor({ timeout: 60_000 });
    },
  };
}
