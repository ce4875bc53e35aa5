// What the extension and the view of a run say to each other.
import type { Cursor, Settings } from './messages.js';
import type { Range } from '../protocol/places.js';
import type { Run } from '../protocol/runs.js';

/** The run that is shown: kept across a reload of the window. It follows its finding while the text is edited. */
export interface RunWish {
  readonly uri?: string;
  readonly network?: string;
  readonly code?: string;
  readonly message?: string;
  /** Where the finding was last, in the version of the answer that it came with. */
  readonly range?: Range;
}

/** One of the file's runs, to choose from. */
export interface RunChoice {
  readonly label: string;
  readonly wish: RunWish;
}

export interface ShowRun {
  readonly type: 'run';
  readonly wish: RunWish;
  /** The file's name, for people. */
  readonly file: string;
  /** The version of the file that the run belongs to. */
  readonly version: number;
  readonly choices: readonly RunChoice[];
  /** The choice that is shown. */
  readonly chosen?: number;
  /** Without one, the last that was shown stays, with the state that is given here. */
  readonly run?: Run;
  /** `stale`: it is not known now whether this still happens; `gone`: it happens no more. */
  readonly state: 'live' | 'stale' | 'gone';
  readonly reason?: string;
  /** What there is to say where there never was a run. */
  readonly empty: string;
}

export type ToRunView = ShowRun | Cursor | Settings;

export type FromRunView =
  | { readonly type: 'ready' }
  | { readonly type: 'wish'; readonly wish: RunWish }
  /** Show a place of a version of the source; with focus, go there. */
  | {
      readonly type: 'reveal';
      readonly uri: string;
      readonly range: Range;
      readonly version: number;
      readonly focus: boolean;
    }
  | { readonly type: 'cursorSync'; readonly on: boolean }
  | { readonly type: 'copy'; readonly text: string; readonly what: 'Mermaid' | 'text' };
