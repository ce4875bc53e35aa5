// Scrolling without surprise: only as far as needed, only where the reader is not looking, and remembered.
import type { State } from './state.js';

/** What scrolls a column up and down: itself, or all columns together when they stand on common rows. */
function scrollerOf(body: HTMLElement): HTMLElement {
  return body.closest<HTMLElement>('.bodies.aligned') ?? body;
}

/**
 * Brings lines into view where they are not: the first of them for sure.
 * @param across columns that are out of view come into it too; who types would see the page jump
 */
export function bringIntoView(lines: readonly HTMLElement[], across: boolean): void {
  const wanted = new Map<HTMLElement, HTMLElement>();
  for (const line of lines) {
    const body = line.closest<HTMLElement>('.body');
    if (!body) continue;
    const scroller = scrollerOf(body);
    if (!wanted.has(scroller)) wanted.set(scroller, line);
  }
  const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
  if (across) sideways([...wanted.values(), ...lines], behavior);
  for (const [scroller, line] of wanted) {
    const [view, box] = [scroller.getBoundingClientRect(), line.getBoundingClientRect()];
    const margin = Math.min(box.height * 2, view.height / 4);
    const by =
      box.top < view.top + margin
        ? box.top - view.top - view.height / 3
        : box.bottom > view.bottom - margin
          ? box.bottom - view.bottom + view.height / 3
          : 0;
    if (by !== 0) scroller.scrollBy({ top: by, behavior });
  }
}

/** Brings the columns of lines into view, as many of them as there is room for. */
function sideways(lines: readonly HTMLElement[], behavior: ScrollBehavior): void {
  const stage = lines[0]?.closest<HTMLElement>('.stage');
  if (!stage) return;
  const view = stage.getBoundingClientRect();
  const boxes = [...new Set(lines.map((line) => line.closest('.body')))].flatMap((body) =>
    body ? [body.getBoundingClientRect()] : [],
  );
  const left = Math.min(...boxes.map((box) => box.left));
  const right = Math.max(...boxes.map((box) => box.right));
  const by =
    left < view.left || right - left > view.width ? left - view.left : right > view.right ? right - view.right : 0;
  if (by !== 0) stage.scrollBy({ left: by, behavior });
}

/** Takes what was just added, or shows something else now, to where it was left. */
export function restoreScroll(root: HTMLElement, state: State): void {
  for (const element of root.querySelectorAll<HTMLElement>('.body, .bodies, .stage, .drawing')) {
    const key = element.dataset.column ?? '';
    if (element.dataset.restored === key) continue;
    element.dataset.restored = key;
    const [top, left] = state.scroll[key] ?? [0, 0];
    element.scrollTo({ top, left, behavior: 'instant' });
  }
}

/** Remembers how far each column is scrolled. */
export function rememberScroll(root: HTMLElement, state: State, changed: () => void): void {
  root.addEventListener(
    'scroll',
    (event) => {
      const element = event.target as HTMLElement;
      if (!element.matches('.body, .bodies, .stage, .drawing')) return;
      const key = element.dataset.column ?? '';
      // What it scrolls by showing something else is no doing of the reader.
      if (element.dataset.restored !== key) return;
      state.scroll = Object.fromEntries(
        [
          ...Object.entries(state.scroll).filter(([other]) => other !== key),
          [key, [element.scrollTop, element.scrollLeft] as const] as const,
        ].slice(-200),
      );
      changed();
    },
    { capture: true, passive: true },
  );
}
