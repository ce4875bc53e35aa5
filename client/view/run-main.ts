// The view of a run beside the source: takes what the extension sends, draws it, and says what the reader does.
import { html, nothing, render } from 'lit';
import type { TemplateResult } from 'lit';
import type { FromRunView, ToRunView } from '../run-messages.js';
import { vscode } from './api.js';
import { prose } from './column.js';
import { icon } from './icons.js';
import { drawing, heads } from './run-draw.js';
import type { RunActions } from './run-draw.js';
import { geometryOf } from './run-layout.js';
import type { Geometry } from './run-layout.js';
import { keep, state, take } from './run-state.js';
import { placeOf, stepsAt } from './run-sync.js';
import { t } from './wording.js';
import './view.css';
import './run.css';

const root = document.getElementById('root') ?? document.body;
const post = (message: FromRunView): void => vscode.postMessage(message);

const actions: RunActions = {
  choose(key, focus) {
    const place = state.last && placeOf(state.last.run, key);
    if (place && state.last) post({ type: 'reveal', ...place, version: state.last.version, focus });
    document.getElementById(key)?.focus({ preventScroll: true });
  },
  key(key, event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case 'Enter':
        actions.choose(key, true);
        break;
      case ' ':
        actions.choose(key, false);
        break;
      case 'ArrowDown':
      case 'ArrowRight':
        move(key, 1);
        break;
      case 'ArrowUp':
      case 'ArrowLeft':
        move(key, -1);
        break;
      case 'Home':
        move(key, -Infinity);
        break;
      case 'End':
        move(key, Infinity);
        break;
      default:
        return;
    }
    event.preventDefault();
  },
  fold(first) {
    if (!state.open.delete(first)) state.open.add(first);
    update();
  },
};

/** The keyboard goes to another step, and the source follows it. */
function move(from: string, by: number): void {
  const all = [...root.querySelectorAll<SVGGElement>('.hit')];
  const at = all.findIndex(({ id }) => id === from);
  const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  if (!next) return;
  next.focus({ preventScroll: true });
  bringIntoView(next);
  if (state.settings.cursorSync) actions.choose(next.id, false);
}

function bringIntoView(element: Element): void {
  const smooth = !matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: smooth ? 'smooth' : 'instant' });
}

// ---- what is shown ------------------------------------------------------------------------------------------------

function toolbar(): TemplateResult {
  const { show, last } = state;
  const sync = state.settings.cursorSync;
  const choices = show?.choices ?? [];
  const what = last ? `${last.run.network}: ${last.run.code}` : '';
  return html`<div class="toolbar" role="toolbar" aria-label=${t('Run')}>
    ${
      choices.length > 0 || last
        ? html`<label class="which"><span class="visually-hidden">${t('Run')}</span><select title=${t('Which run is shown')} @change=${(
            event: Event,
          ) => {
            const choice = choices[Number((event.target as HTMLSelectElement).value)];
            if (choice) post({ type: 'wish', wish: choice.wish });
          }}>
        ${show?.chosen === undefined ? html`<option value="-1">${what}</option>` : nothing}
        ${choices.map(({ label }, i) => html`<option value=${i}>${label}</option>`)}
      </select></label>`
        : nothing
    }
    ${status()}
    <button class="tool" id="copy" title=${t('Copy as {0}', 'Mermaid')} aria-label=${t('Copy as {0}', 'Mermaid')} ?disabled=${!last} @click=${() => last && post({ type: 'copy', text: last.run.mermaid, what: 'Mermaid' })}>${icon('diagram')}</button>
    <button class="tool" id="copy-text" title=${t('Copy as text')} aria-label=${t('Copy as text')} ?disabled=${!last} @click=${() => last && post({ type: 'copy', text: last.run.text, what: 'text' })}>${icon('copy')}</button>
    <button class="tool" id="sync" title=${sync ? t('Cursor sync is on: source and run move together') : t('Cursor sync is off')} aria-label=${t('Cursor sync')} aria-pressed=${sync}
      @click=${() => post({ type: 'cursorSync', on: !sync })}>${icon('sync')}</button>
  </div>`;
}

function status(): TemplateResult {
  const { show } = state;
  const kind = show?.state ?? 'stale';
  const reason = show ? show.reason : t('Starting the language server…');
  switch (kind) {
    case 'live':
      return html`<div class="status" role="status" aria-live="polite" title=${t('Up to date with {0}', show?.file ?? '')}><span class="reason">${show?.file}</span></div>`;
    case 'gone':
      return html`<div class="status ${state.last ? 'is-gone' : ''}" role="status" aria-live="polite" title=${reason ?? ''}>${state.last ? html`${icon('check')}<b>${t('Gone')}</b>` : nothing}<span class="reason">${reason}</span></div>`;
    case 'stale':
      return html`<div class="status is-stale" role="status" aria-live="polite" title=${`${t('This is the last run that was found.')} ${reason ?? ''}`}>${icon('warning')}<b>${t('Stale')}</b><span class="reason">${prose(reason ?? t('The text can’t be read.'))}</span></div>`;
  }
}

let geometry: Geometry | undefined;

function view(): TemplateResult {
  const { show, last, cursor, settings } = state;
  if (!last) return html`${toolbar()}<p class="empty">${show?.empty ?? t('Waiting for the run…')}</p>`;
  const { run } = last;
  geometry = geometryOf(run.diagram, measure(), state.open, root.clientWidth / state.zoom);
  const lit = settings.cursorSync && cursor?.position ? stepsAt(run, cursor.uri, cursor.position) : new Set<string>();
  const severity = run.severity === 'error' ? 'error' : run.severity === 'warning' ? 'warning' : 'info';
  return html`${toolbar()}
    <div class="said is-${severity} ${show?.state === 'gone' ? 'is-gone' : ''}"><b class="code">${run.code}</b> ${prose(run.message)}</div>
    <div class="run-stage is-${severity} ${show?.state === 'live' ? '' : show?.state === 'gone' ? 'is-gone' : 'is-stale'}" tabindex="-1"><div class="run-sheet" .style=${`width:${geometry.width * state.zoom}px`}>
      ${heads(geometry, state.zoom)}${drawing(run, geometry, state.zoom, lit, actions)}
    </div></div>`;
}

let context: CanvasRenderingContext2D | null | undefined;

/** The width of texts in the font that labels have; a guess where there is no canvas. */
function measure(): (text: string) => number {
  context ??= document.createElement('canvas').getContext('2d');
  const family = getComputedStyle(root).getPropertyValue('--vscode-editor-font-family') || 'monospace';
  if (context) context.font = `12.5px ${family}`;
  return (text) => context?.measureText(text.replaceAll('`', '')).width ?? text.length * 7.5;
}

let asked = false;
const then: (() => void)[] = [];

/** Draws soon: many changes are drawn at once. */
function update(after?: () => void): void {
  if (after) then.push(after);
  if (asked) return;
  asked = true;
  requestAnimationFrame(draw);
}

function draw(): void {
  asked = false;
  root.style.setProperty('--chor-zoom', String(state.zoom));
  render(view(), root);
  const select = root.querySelector('select');
  if (select) select.value = String(state.show?.chosen ?? -1);
  restoreScroll();
  for (const done of then.splice(0)) done();
  keep();
}

/** Takes the diagram to where it was left, when it is drawn for the first time, or another run's is. */
function restoreScroll(): void {
  const stage = root.querySelector<HTMLElement>('.run-stage');
  const run = state.last?.run;
  const which = `${run?.network} ${run?.code}`;
  if (!stage || stage.dataset.restored === which) return;
  stage.dataset.restored = which;
  const [top, left] = state.scroll;
  stage.scrollTo({ top, left, behavior: 'instant' });
}

// ---- what comes in ------------------------------------------------------------------------------------------------

window.addEventListener('message', (event: MessageEvent<ToRunView>) => {
  const message = event.data;
  switch (message.type) {
    case 'run':
      take(message);
      update();
      break;
    case 'cursor': {
      const moved = JSON.stringify(message) !== JSON.stringify(state.cursor);
      state.cursor = message;
      update(() => {
        const first = root.querySelector('.hit.is-lit');
        if (first && moved && state.settings.cursorSync && !root.contains(document.activeElement)) bringIntoView(first);
      });
      break;
    }
    case 'settings':
      state.settings = message;
      update();
  }
});

function zoom(by: number | undefined): void {
  state.zoom = by === undefined ? 1 : Math.min(Math.max(state.zoom * by, 0.4), 3);
  update();
}

root.addEventListener(
  'wheel',
  (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.1 : 1 / 1.1);
  },
  { passive: false },
);
root.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLSelectElement) return;
  if (event.key === '+' || event.key === '=') zoom(1.1);
  else if (event.key === '-') zoom(1 / 1.1);
  else if (event.key === '0') zoom(undefined);
});
root.addEventListener(
  'scroll',
  (event) => {
    const element = event.target as Element;
    if (!element.matches('.run-stage')) return;
    state.scroll = [element.scrollTop, element.scrollLeft];
    keep();
  },
  { capture: true, passive: true },
);

new ResizeObserver(() => update()).observe(root);
draw();
post({ type: 'ready' });
