// What the view of a run knows and keeps: the run that was last shown, and what outlives a reload of the window.
import type { Cursor, Settings } from '../messages.js';
import type { Run } from '../../protocol/runs.js';
import type { RunWish, ShowRun } from '../run-messages.js';
import { vscode } from './api.js';

/** A run with the version of its file. */
interface LastRun {
  readonly run: Run;
  readonly version: number;
}

/** Kept by VS Code for the panel, across reloads of the window; it reads the wish itself. */
interface Kept {
  readonly wish: RunWish;
  readonly last?: LastRun;
  readonly zoom: number;
  readonly scroll: readonly [number, number];
  readonly open: readonly number[];
}

interface State {
  show?: ShowRun;
  last?: LastRun;
  cursor?: Cursor;
  settings: Settings;
  zoom: number;
  scroll: readonly [number, number];
  /** The repetitions that are shown in full, by their first rows. */
  open: Set<number>;
}

const kept = vscode.getState() as Partial<Kept> | undefined;

export const state: State = {
  last: kept?.last,
  settings: { type: 'settings', cursorSync: true },
  zoom: kept?.zoom ?? 1,
  scroll: kept?.scroll ?? [0, 0],
  open: new Set(kept?.open),
};

/** Takes in what is to be shown. Another finding's run starts at its top, with its repetitions folded. */
export function take(show: ShowRun): void {
  const before = state.last?.run;
  state.show = show;
  if (!show.run) return;
  if (before && (before.network !== show.run.network || before.code !== show.run.code)) {
    state.open.clear();
    state.scroll = [0, 0];
  }
  state.last = { run: show.run, version: show.version };
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** Keeps the state soon; many changes are kept at once. */
export function keep(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const { show, last, zoom, scroll, open } = state;
    if (show) vscode.setState({ wish: show.wish, last, zoom, scroll, open: [...open] } satisfies Kept);
  }, 150);
}
