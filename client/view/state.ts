// What the view knows and keeps: what it was told to show, and what of it outlives a reload of the window.
import type { Diagram } from '../../protocol/diagrams.js';
import type { Arrangements, Cursor, Settings, Show, Tab, Theme, Wish } from '../messages.js';
import { vscode } from './api.js';
import { t } from './wording.js';

/** Kept by VS Code for the panel, across reloads of the window. */
export interface Kept {
  readonly wish: Wish;
  /** The last that was shown, so that the view is never blank while the server starts. */
  readonly last?: Show;
  readonly zoom: number;
  /** Of each column: how far it is scrolled down and to the right. */
  readonly scroll: Readonly<Record<string, readonly [number, number]>>;
  readonly tab?: string;
  /** What belongs together stands on one row. */
  readonly aligned: boolean;
  /** Of diagrams: by the choreography, what is folded or unfolded against the rule. */
  readonly turned: Readonly<Record<string, readonly string[]>>;
  readonly diagramZoom: number;
}

export interface State {
  show?: Show;
  cursor?: Cursor;
  theme?: Theme;
  settings: Settings;
  zoom: number;
  scroll: Record<string, readonly [number, number]>;
  tab?: string;
  aligned: boolean;
  narrow: boolean;
  /** Of each column the line that the keyboard is at. */
  active: Map<string, number>;
  turned: Record<string, readonly string[]>;
  diagramZoom: number;
  arrangements: Arrangements;
  /** By tab, the last diagram that came, with its file: it stays until there is another. */
  drawn: Partial<Record<Tab, { readonly uri: string | undefined; readonly diagram: Diagram }>>;
  /** What is looked for in a diagram, and which of what was found is gone to. */
  search: string;
  foundAt: number;
  /** The element that the keyboard is at, by its id. */
  at?: string;
}

const kept = vscode.getState() as Partial<Kept> | undefined;

export const state: State = {
  show: kept?.last ? { ...kept.last, stale: true, reason: t('Starting the language server…') } : undefined,
  settings: { type: 'settings', cursorSync: true },
  zoom: kept?.zoom ?? 1,
  scroll: { ...kept?.scroll },
  tab: kept?.tab,
  aligned: kept?.aligned ?? true,
  narrow: false,
  active: new Map(),
  turned: { ...kept?.turned },
  diagramZoom: kept?.diagramZoom ?? 1,
  arrangements: {},
  drawn: kept?.last ? drawnBy(kept.last) : {},
  search: '',
  foundAt: 0,
};

/** The diagram that comes with what is shown. */
export function drawnBy({ wish, diagram }: Show): State['drawn'] {
  return diagram && wish.tab !== undefined ? { [wish.tab]: { uri: wish.uri, diagram } } : {};
}

let timer: ReturnType<typeof setTimeout> | undefined;
/** What was shown, and in which tab, when the state was kept last. */
let keptAs = '';

/**
 * Keeps the state: another tab or choreography at once, as the window may be reloaded any moment; many small changes
 * soon, together.
 */
export function keep(): void {
  clearTimeout(timer);
  const { uri, choreography, tab } = state.show?.wish ?? {};
  const as = JSON.stringify([uri, choreography, tab]);
  if (as !== keptAs) keepNow(as);
  else timer = setTimeout(() => keepNow(as), 150);
}

function keepNow(as: string): void {
  const { show, zoom, scroll, tab, aligned, turned, diagramZoom } = state;
  if (!show) return;
  keptAs = as;
  vscode.setState({ wish: show.wish, last: show, zoom, scroll, tab, aligned, turned, diagramZoom } satisfies Kept);
}
