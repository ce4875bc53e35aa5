// How the page is divided: the width of the text beside the view, and on a telephone which part is there.
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from './icons.js';
import type { IconName } from './icons.js';

export type Pane = 'lesson' | 'text' | 'view' | 'problems';

export function isNarrow(): boolean {
  return matchMedia('(max-width: 800px)').matches;
}

/** Shows a part; where all are there at once, it changes nothing. */
export function showPane(pane: Pane): void {
  const main = document.getElementById('main');
  if (main) main.dataset['shown'] = pane;
}

export function shownPane(): Pane {
  const shown = document.getElementById('main')?.dataset['shown'];
  return shown === 'lesson' || shown === 'view' || shown === 'problems' ? shown : 'text';
}

/** The switch between the parts, for narrow pages. */
export function panesView(lesson: boolean, errors: number, choose: (pane: Pane) => void): TemplateResult {
  const panes: readonly (readonly [Pane, string, IconName])[] = [
    ...(lesson ? [['lesson', 'Chapter', 'tutorial'] as const] : []),
    ['text', 'Text', 'text'],
    ['view', 'View', 'view'],
    ['problems', 'Problems', errors > 0 ? 'error' : 'check'],
  ];
  return html`${panes.map(
    ([pane, title, mark]) =>
      html`<button class="pane" aria-pressed=${pane === shownPane()} @click=${() => choose(pane)}>${icon(mark)}${title}${
        pane === 'problems' && errors > 0
          ? html`<span class="count"><span class="visually-hidden">: </span>${errors}</span>`
          : ''
      }</button>`,
  )}`;
}

/**
 * Lets the border between text and view be moved, by the pointer and by keys.
 * @param first how wide the text was before, in hundredths
 * @param keep told of the new width
 */
export function createSplit(first: number, keep: (width: number) => void): void {
  const split = document.getElementById('split');
  const main = document.getElementById('main');
  if (!split || !main) return;
  let width = 50;
  const set = (wanted: number): void => {
    width = Math.round(Math.min(Math.max(wanted, 20), 80));
    document.documentElement.style.setProperty('--text-width', `${width}%`);
    split.setAttribute('aria-valuenow', String(width));
  };
  set(Number.isFinite(first) ? first : 50);
  split.addEventListener('pointerdown', (event) => {
    split.setPointerCapture(event.pointerId);
    main.classList.add('is-split');
  });
  split.addEventListener('pointermove', (event) => {
    if (!split.hasPointerCapture(event.pointerId)) return;
    const text = document.getElementById('text')?.getBoundingClientRect().left ?? 0;
    const all = main.getBoundingClientRect();
    set(((event.clientX - text) / all.width) * 100);
  });
  for (const end of ['pointerup', 'pointercancel'])
    split.addEventListener(end, () => {
      main.classList.remove('is-split');
      keep(width);
    });
  split.addEventListener('keydown', ({ key }) => {
    const by = key === 'ArrowLeft' ? -5 : key === 'ArrowRight' ? 5 : 0;
    if (by === 0) return;
    set(width + by);
    keep(width);
  });
}
