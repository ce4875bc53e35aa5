// The view beside the source: takes what the extension sends, shows it, and says what the reader does.
import { html, nothing, render } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { FromView, Show, Tab, ToView, Wish } from '../messages.js';
import { vscode } from './api.js';
import { arranged, arrangementKey, rearranged, withArrangement } from './arrange.js';
import type { ArrangedRole, Rearrange } from './arrange.js';
import { layRows } from './rows.js';
import { columnBody, columnHead, foldedBody, lineId, linesOf, prose } from './column.js';
import type { ColumnActions } from './column.js';
import { columnsOf, headerOf, idOf } from './columns.js';
import type { Column } from './columns.js';
import { createDiagramTab } from './diagram-tab.js';
import { icon } from './icons.js';
import { bringIntoView, rememberScroll, restoreScroll } from './scroll.js';
import { drawnBy, keep, state } from './state.js';
import { litLines, sourceAt, statementAt } from './sync.js';
import type { Lit } from './sync.js';
import { viewTabs } from './tabs.js';
import { t } from './wording.js';
import './view.css';
import './run.css';
import './diagram.css';

const root = document.getElementById('root') ?? document.body;
/** Narrower than this, columns are tabs. */
const narrow = 380;

const post = (message: FromView): void => vscode.postMessage(message);

/** What was wished and is not shown yet: another wish comes on top of it. */
let wished: Partial<Wish> = {};
/** How many answers are still to come. */
let unanswered = 0;

function wish(change: Partial<Wish>): void {
  if (!state.show) return;
  wished = { ...wished, ...change };
  unanswered++;
  post({ type: 'wish', wish: { ...state.show.wish, ...wished } });
}

const actions: ColumnActions = {
  pin(column) {
    const roles = state.show?.wish.roles ?? [];
    wish({ roles: column.pinned ? roles.filter((pin) => idOf(pin) !== column.id) : [...roles, column.pin] });
  },
  copy: (column) => post({ type: 'copy', pin: column.pin, ...(column.sized ? { text: column.projection.text } : {}) }),
  open: (column) => post({ type: 'open', pin: column.pin }),
  choose(column, line, character, focus) {
    state.active.set(column.id, line);
    const range = sourceAt(column.projection, { line, character });
    if (range && (focus || state.settings.cursorSync)) post({ type: 'reveal', uri: column.pin.uri, range, focus });
    update();
  },
  unfold: (column) => rearrange({ role: column.projection.role, folded: false }),
  key(column, event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = linesOf(column).length - 1;
    const line = state.active.get(column.id) ?? -1;
    switch (event.key) {
      case 'ArrowDown':
        move(column, Math.min(line + 1, last));
        break;
      case 'ArrowUp':
        move(column, Math.max(line - 1, 0));
        break;
      case 'PageDown':
        move(column, Math.min(line + 15, last));
        break;
      case 'PageUp':
        move(column, Math.max(line - 15, 0));
        break;
      case 'Home':
        move(column, 0);
        break;
      case 'End':
        move(column, last);
        break;
      case 'ArrowLeft':
        sideways(column, -1);
        break;
      case 'ArrowRight':
        sideways(column, 1);
        break;
      case 'Enter':
        actions.choose(column, Math.max(line, 0), 0, true);
        break;
      case ' ':
        actions.choose(column, Math.max(line, 0), 0, false);
        break;
      default:
        return;
    }
    event.preventDefault();
  },
};

/** The keyboard goes to a line, and the source follows it. */
function move(column: Column, line: number): void {
  actions.choose(column, line, 0, false);
  const element = document.getElementById(lineId(column, line));
  if (element) bringIntoView([element], true);
}

function sideways(column: Column, by: number): void {
  const columns = shownColumns();
  const band = columns.some(({ id }) => id === column.id) ? columns : columns.flatMap(({ design }) => design ?? []);
  const other = band[band.findIndex(({ id }) => id === column.id) + by];
  if (!other) return;
  if (state.narrow) {
    state.tab = columns.find(({ id, design }) => id === other.id || design?.id === other.id)?.id;
    update();
  }
  document.getElementById(`body-${other.id}`)?.focus();
}

// ---- what is shown ------------------------------------------------------------------------------------------------

/** The roles of what is shown, as its reader arranged them. */
function rolesShown(): readonly ArrangedRole[] {
  const { show } = state;
  return show?.choreography ? arranged(headerOf(show), state.arrangements[arrangedAs()]) : [];
}

function arrangedAs(): string {
  return arrangementKey(state.show?.wish.uri ?? '', state.show?.choreography?.name ?? '');
}

function rearrange(change: Rearrange | undefined): void {
  const { show } = state;
  if (!show) return;
  const key = arrangedAs();
  state.arrangements = withArrangement(
    state.arrangements,
    key,
    change && rearranged(headerOf(show), state.arrangements[key], change),
  );
  post({ type: 'arranged', arrangements: state.arrangements });
  update();
}

function tabOf({ wish: { tab } }: Show): Tab {
  return tab ?? 'projections';
}

/** The columns, as they are arranged; pinned ones of another choreography come first. */
function shownColumns(): Column[] {
  if (!state.show) return [];
  const columns = columnsOf(state.show);
  const places = new Map(rolesShown().map((each, place) => [each.role, { ...each, place }]));
  const place = (column: Column): number =>
    column.elsewhere === undefined ? (places.get(column.projection.role)?.place ?? -1) : -1;
  return columns
    .filter((column) => column.elsewhere !== undefined || places.get(column.projection.role)?.hidden !== true)
    .map((column) => ({
      ...column,
      folded: column.elsewhere === undefined && places.get(column.projection.role)?.folded === true,
    }))
    .sort((a, b) => place(a) - place(b));
}

const diagrams = createDiagramTab(root, { post, update: (after) => update(after), rolesShown, rearrange });

/** With those of the design below them. */
function allColumns(): Column[] {
  return shownColumns().flatMap((column) => (column.design ? [column, column.design] : [column]));
}

/** What of each column the cursor lights up. */
function litOf(columns: readonly Column[]): Map<string, Lit> {
  const found = new Map<string, Lit>();
  const { cursor, settings, show } = state;
  const position = cursor?.position;
  if (!position || !settings.cursorSync || !show) return found;
  const groups = Map.groupBy(
    columns.filter(({ pin }) => pin.uri === cursor.uri),
    ({ pin }) => pin.choreography,
  );
  for (const group of groups.values()) {
    const here = group[0]?.elsewhere === undefined;
    const range = show.choreography?.range;
    if (here && range && (position.line < range.start.line || position.line > range.end.line)) continue;
    const statement = statementAt(
      group.map(({ projection }) => projection),
      position,
    );
    if (!statement) continue;
    for (const column of group) {
      const lit = litLines(column.projection, statement);
      if (lit.heads.size > 0) found.set(column.id, lit);
    }
  }
  return found;
}

function toolbar(show: Show): TemplateResult {
  const {
    wish: { pinned },
    names,
    choreography,
  } = show;
  const pinWhat = pinned
    ? t('Unpin {0}: follow the cursor again', choreography?.name ?? '')
    : t('Pin {0}: stay here wherever the cursor goes', choreography?.name ?? '');
  const sync = state.settings.cursorSync;
  const syncWhat = sync ? t('Cursor sync is on: source and projections move together') : t('Cursor sync is off');
  return html`<div class="toolbar" role="toolbar" aria-label=${t('Projections')}>
    ${
      names.length > 0
        ? html`<label class="which"><span class="visually-hidden">${t('Choreography or network')}</span><select title=${t('Which choreography or network is shown')}
        @change=${(event: Event) => wish({ choreography: (event.target as HTMLSelectElement).value, pinned: true })}>
        ${names.map((name) => html`<option value=${name} ?selected=${name === choreography?.name}>${name}</option>`)}
      </select></label>
      <button class="tool pin" id="pin" title=${pinWhat} aria-label=${pinWhat} aria-pressed=${pinned} ?disabled=${!choreography}
        @click=${() => wish({ pinned: !pinned })}>${icon('pin')}</button>`
        : nothing
    }
    ${sizesOf(show)}
    ${status(show)}
    <button class="tool" id="align" title=${state.aligned ? t('What belongs together stands on one row') : t('Each role has rows of its own')} aria-label=${t('Align the columns')} aria-pressed=${state.aligned}
      ?disabled=${state.narrow || tabOf(show) !== 'projections'} @click=${() => {
        state.aligned = !state.aligned;
        update();
      }}>${icon('align')}</button>
    <button class="tool" id="sync" title=${syncWhat} aria-label=${t('Cursor sync')} aria-pressed=${sync} @click=${() => post({ type: 'cursorSync', on: !sync })}>${icon('sync')}</button>
  </div>`;
}

/** The sizes of families: any, or one that is chosen, with each member by itself. */
function sizesOf({ choreography, wish: { sizes: all } }: Show): TemplateResult | typeof nothing {
  const sizes = choreography?.sizes ?? [];
  if (!choreography || sizes.length === 0) return nothing;
  const { name } = choreography;
  const choose = (of: string, value: string): void => {
    const chosen = Object.fromEntries(
      sizes.map((size) => [size.name, size.name === of ? Number(value) : (size.shown ?? size.usual)]),
    );
    const { [name]: _, ...others } = all ?? {};
    wish({ sizes: value === '' ? others : { ...others, [name]: chosen } });
  };
  return html`<span class="sizes" role="group" aria-label=${t('Sizes of families')}>${sizes.map(
    ({
      name: size,
      least,
      shown,
    }) => html`<label title=${t('The members for one size of {0}, or what they do for any', size)}><span>${size}</span><select id=${`size-${size}`}
      @change=${(event: Event) => choose(size, (event.target as HTMLSelectElement).value)}>
      <option value="" ?selected=${shown === undefined}>${t('any')}</option>
      ${Array.from({ length: mostSizes }, (_, i) => least + i).map((value) => html`<option value=${value} ?selected=${value === shown}>${value}</option>`)}
    </select></label>`,
  )}</span>`;
}

/** So many sizes can be chosen among. */
const mostSizes = 7;

function status(show: Show): TemplateResult {
  const text = show.stale
    ? html`${icon('warning')}<b>${t('Stale')}</b><span class="reason">${prose(show.reason ?? t('The text does not parse.'))}</span>`
    : html`<span class="reason">${show.file}</span>`;
  return html`<div class="status ${show.stale ? 'is-stale' : ''}" role="status" aria-live="polite" title=${show.stale ? `${t('This is the last projection that could be made.')} ${show.reason ?? ''}` : t('Up to date with {0}', show.file)}>${text}</div>`;
}

function tabs(columns: readonly Column[], current: Column | undefined, lit: ReadonlyMap<string, Lit>): TemplateResult {
  const go = (event: KeyboardEvent, at: number): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = columns[at + by];
    if (!by || !next) return;
    choose(next);
    document.getElementById(`tab-${next.id}`)?.focus();
    event.preventDefault();
  };
  const choose = (column: Column): void => {
    state.tab = column.id;
    update();
  };
  return html`<div class="tabs" role="tablist" aria-label=${t('Roles')}>${columns.map(
    (column, at) => html`<button role="tab" id=${`tab-${column.id}`}
    class="tab role-${column.index % 8} ${lit.has(column.id) ? 'is-lit' : ''}" aria-selected=${column === current} tabindex=${column === current ? 0 : -1}
    aria-controls=${`body-${column.id}`} @click=${() => choose(column)} @keydown=${(event: KeyboardEvent) => go(event, at)}
    ><span class="dot" aria-hidden="true"></span>${column.projection.role}</button>`,
  )}</div>`;
}

function view(): TemplateResult {
  const { show } = state;
  if (!show) return html`<p class="empty">${t('Waiting for the projections…')}</p>`;
  const tab = tabOf(show);
  const drawn = tab === 'projections' ? undefined : diagrams.view(show, tab);
  if (!show.choreography && !drawn && shownColumns().length === 0)
    return html`${toolbar(show)}<p class="empty">${show.empty ?? t('There is nothing to show here.')}</p>`;
  const shown = {
    tab,
    written: show.choreography !== undefined && 'written' in show.choreography,
    roles: rolesShown(),
    ...diagrams.found(),
    search: state.search,
    zoom: state.diagramZoom,
    drawn: drawn?.there === true,
  };
  const tabActions = {
    ...diagrams.actions,
    choose: (next: Tab) => wish({ tab: next }),
    rearrange,
    resetRoles: () => rearrange(undefined),
  };
  return html`<h1 class="visually-hidden">${show.choreography?.name ?? t('Projections')}</h1>${toolbar(show)}${viewTabs(shown, tabActions)}
    <div class="view-panel" id="view-panel" role="tabpanel" aria-labelledby=${`view-tab-${tab}`}>${drawn ? drawn.content : projectionsView(show)}</div>`;
}

function projectionsView(show: Show): TemplateResult {
  const all = shownColumns();
  if (all.length === 0)
    return html`<p class="empty">${rolesShown().length > 0 ? t('All roles are hidden: the button Roles shows them again.') : (show.empty ?? t('There is nothing to show here.'))}</p>`;
  const lit = litOf(allColumns());
  const current = all.find(({ id }) => id === state.tab) ?? all[0];
  const columns = state.narrow && current ? [{ ...current, folded: false }] : all;
  const aligned = state.aligned && !state.narrow;
  const key = `${idOf({ uri: show.wish.uri ?? '', choreography: show.choreography?.name ?? '', role: '' })}${state.narrow ? `-${current?.id}` : ''}`;
  const design = all.find((column) => column.design)?.design?.pin.choreography;
  return html`${state.narrow ? tabs(all, current, lit) : nothing}
    <div class="stage ${show.stale ? 'is-stale' : ''}" data-column="stage-${key}">
      <div class="heads">${repeat(
        columns,
        ({ id }) => id,
        (column) => columnHead(column, actions),
      )}</div>
      <div class="bodies ${aligned ? 'aligned' : ''}" data-column="all-${key}">${repeat(
        columns,
        ({ id }) => id,
        (column) =>
          column.folded === true
            ? foldedBody(column, actions)
            : columnBody(column, lit.get(column.id), state.active.get(column.id), actions),
      )}</div>
      ${
        design === undefined
          ? nothing
          : html`<h3 class="band">${t('What {0} wants of them', design)}</h3>
      <div class="bodies ${aligned ? 'aligned' : ''}" data-column="design-${key}">${repeat(
        columns,
        ({ id }) => id,
        ({ design: own, folded }) =>
          own && folded !== true
            ? columnBody(own, lit.get(own.id), state.active.get(own.id), actions)
            : html`<div class="blank ${folded === true ? 'is-folded' : ''}"></div>`,
      )}</div>`
      }
    </div>`;
}

let asked = false;

/** Draws soon: many changes are drawn at once. */
function update(after?: () => void): void {
  if (after) then.push(after);
  if (asked) return;
  asked = true;
  requestAnimationFrame(draw);
}

const then: (() => void)[] = [];

function draw(): void {
  asked = false;
  const columns = shownColumns();
  const count = columns.filter(({ folded }) => folded !== true).length;
  state.narrow = columns.length > 1 && root.clientWidth < narrow;
  root.style.setProperty('--chor-zoom', String(state.zoom));
  root.style.setProperty('--chor-columns', String(state.narrow ? 1 : Math.max(count, 1)));
  render(view(), root);
  // Only now has it all its options.
  const select = root.querySelector('select');
  if (select && state.show?.choreography) select.value = state.show.choreography.name;
  for (const { name, shown } of state.show?.choreography?.sizes ?? []) {
    const size = document.getElementById(`size-${name}`) as HTMLSelectElement | null;
    if (size) size.value = shown === undefined ? '' : String(shown);
  }
  layRows(root, allColumns());
  restoreScroll(root, state);
  for (const done of then.splice(0)) done();
  keep();
}

// ---- what comes in ------------------------------------------------------------------------------------------------

window.addEventListener('message', (event: MessageEvent<ToView>) => {
  const message = event.data;
  switch (message.type) {
    case 'show':
      state.show = message;
      unanswered = Math.max(0, unanswered - 1);
      if (unanswered === 0) wished = {};
      Object.assign(state.drawn, drawnBy(message));
      update();
      break;
    case 'cursor': {
      const elsewhere =
        message.uri !== state.cursor?.uri ||
        JSON.stringify(message.position) !== JSON.stringify(state.cursor?.position);
      state.cursor = message;
      update(() => {
        if (!(elsewhere || message.moved) || !state.settings.cursorSync) return;
        bringIntoView([...root.querySelectorAll<HTMLElement>('.line.lit')], message.moved === true);
        diagrams.followCursor();
      });
      break;
    }
    case 'settings':
      state.settings = message;
      update();
      break;
    case 'arranged':
      state.arrangements = message.arrangements;
      update();
      break;
    case 'theme':
      for (const kind of [
        'keyword',
        'storage',
        'label',
        'type',
        'function',
        'string',
        'number',
        'comment',
        'constant',
        'variable',
        'operator',
      ] as const) {
        const colour = message.colours[kind];
        if (colour) document.documentElement.style.setProperty(`--chor-theme-${kind}`, colour);
        else document.documentElement.style.removeProperty(`--chor-theme-${kind}`);
      }
      break;
  }
});

root.addEventListener(
  'wheel',
  (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    if (state.show && tabOf(state.show) !== 'projections') {
      diagrams.actions.zoom(event.deltaY < 0 ? 1.1 : 1 / 1.1);
      return;
    }
    state.zoom = Math.min(Math.max(state.zoom * (event.deltaY < 0 ? 1.1 : 1 / 1.1), 0.5), 3);
    update();
  },
  { passive: false },
);

new ResizeObserver(() => update()).observe(root);
rememberScroll(root, state, keep);
draw();
// What is wished for, the extension knows: after a reload from what is kept here, and meanwhile it may have been told
// something else.
post({ type: 'ready' });
