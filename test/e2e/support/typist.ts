// Types as a person does: key by key, with a pause after every word, and with the brackets in mind that the editor
// closes by itself.
import type { Page } from 'playwright-core';

/** What was seen after a part of a line was typed. */
export interface Seen {
  /** The line as far as it was typed. */
  readonly line: string;
  /** The suggestions that stood beside it, the first of them. */
  readonly suggestions: readonly string[];
  /** The one that Enter or Tab would take. */
  readonly selected?: string;
}

export interface Pace {
  /** From key to key, in milliseconds. */
  readonly key: number;
  /** After each word, number and text: longer than suggestions take to appear. */
  readonly word: number;
  /** Before Enter. */
  readonly line: number;
  /** After each other sign. */
  readonly sign: number;
}

const parts = /\/\/.*|\/\*.*|"[^"]*"|\^?[\p{L}_][\p{L}\p{Nd}_]*|\d+(?:\.\d+)?|->|=>|[<>=!]=|\s+|./gu;

/**
 * Types a text into an empty file. At the end of each line stands Enter; where a line starts with a bracket that the
 * editor has put there already, the cursor goes down to it instead.
 * @param text with braces on lines of their own closed by lines that start with one
 * @returns what was suggested on the way
 */
export async function typeText(page: Page, text: string, pace: Pace): Promise<Seen[]> {
  const seen: Seen[] = [];
  const press = async (key: string): Promise<void> => {
    await page.keyboard.press(key);
    await page.waitForTimeout(pace.key);
  };
  const lines = text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.trim());
  for (const [index, line] of lines.entries()) {
    let rest = line;
    if (line.startsWith('}')) {
      await press('ArrowDown');
      await press('End');
      rest = line.slice(1);
    } else if (index > 0) await press('Enter');
    let typed = line.slice(0, line.length - rest.length);
    for (const part of rest.match(parts) ?? []) {
      typed += part;
      for (const key of part) {
        await page.keyboard.type(key);
        await page.waitForTimeout(pace.key);
      }
      if (part.trim() === '') continue;
      await page.waitForTimeout(typed === line ? pace.line : /^[\p{L}\p{N}_^"]/u.test(part) ? pace.word : pace.sign);
      const suggestions = await suggestionsShown(page);
      if (suggestions) seen.push({ line: typed, ...suggestions });
    }
  }
  return seen;
}

/** The first suggestions of the list beside the cursor, if there is one. */
export async function suggestionsShown(page: Page): Promise<{ suggestions: string[]; selected?: string } | undefined> {
  return page.evaluate<{ suggestions: string[]; selected?: string } | undefined>(`(() => {
    const list = document.querySelector('.suggest-widget.visible:not(.message)');
    if (!list || list.getBoundingClientRect().height === 0) return undefined;
    const name = (row) => row.querySelector('.label-name')?.textContent ?? '';
    const suggestions = [...list.querySelectorAll('.monaco-list-row')].map(name);
    const focused = list.querySelector('.monaco-list-row.focused');
    return suggestions.length === 0 ? undefined : { suggestions, ...(focused ? { selected: name(focused) } : {}) };
  })()`);
}
