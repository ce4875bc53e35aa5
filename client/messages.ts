// What the extension and its view say to each other.
import type { Diagram } from '../protocol/diagrams.js';
import type { Position, Range, Sizes } from '../protocol/places.js';
import type { ChoreographyProjection, NetworkProcesses, RoleProjection } from '../protocol/projections.js';

/** One role kept in view whatever the cursor is at. */
export interface PinnedRole {
  readonly uri: string;
  readonly choreography: string;
  readonly role: string;
}

/** What the view is to show: kept across a reload of the window. */
export interface Wish {
  /** The file that is shown. */
  readonly uri?: string;
  /** The choreography that is shown. */
  readonly choreography?: string;
  /** The choreography stays, wherever the cursor goes. */
  readonly pinned: boolean;
  readonly roles: readonly PinnedRole[];
  /** What is shown of it; its projections where nothing is said. */
  readonly tab?: Tab;
  /** The sizes at which choreographies of the file are shown, by their names: those that are not here, for any size. */
  readonly sizes?: SizesShown;
}

/** Sizes of families by the names of choreographies. */
export type SizesShown = Readonly<Record<string, Sizes>>;

/** Of a network, `projections` are its processes. */
export type Tab = 'projections' | 'sequence' | 'states';

/**
 * How the roles of one choreography or network are shown. Roles that are not named follow in the order of the header.
 */
export interface Arrangement {
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  /** Columns that show their name alone. */
  readonly folded: readonly string[];
}

/** By the address of the file and the name, as `arrangementKey` has it. */
export type Arrangements = Readonly<Record<string, Arrangement>>;

/** Whether what is shown belongs to the newest text, and if not, why not. */
export interface Freshness {
  readonly stale: boolean;
  readonly reason?: string;
}

export interface ShownRole extends Freshness {
  readonly pin: PinnedRole;
  /** The role's place in the header, which gives it its colour. */
  readonly index: number;
  /** The roles of its choreography, in order. */
  readonly roles: readonly string[];
  readonly projection: RoleProjection;
  /** A process that is written by hand. */
  readonly written?: true;
}

export interface Show extends Freshness {
  readonly type: 'show';
  readonly wish: Wish;
  /** The file's name, for people. */
  readonly file: string;
  /** The choreographies and networks of the file, in order. */
  readonly names: readonly string[];
  /** The one that is shown. */
  readonly choreography?: ChoreographyProjection | Written;
  readonly pinned: readonly ShownRole[];
  /** For the tabs that draw it: the newest there is. */
  readonly diagram?: Diagram;
  /** What there is to say when there is nothing to show. */
  readonly empty?: string;
}

/** A network that is shown: its roles are its processes as they are written. */
export interface Written extends NetworkProcesses {
  readonly written: true;
}

/** Where the cursor is in the source, or that it is in none of the files shown. */
export interface Cursor {
  readonly type: 'cursor';
  readonly uri: string;
  readonly position?: Position;
  /** The reader went there, and did not come there by typing. */
  readonly moved?: boolean;
}

/** Colours of the editor's theme by the kind of token; what is missing has a default. */
export interface Theme {
  readonly type: 'theme';
  readonly colours: Readonly<Partial<Record<TokenClass, string>>>;
}

export type TokenClass =
  | 'keyword'
  | 'storage'
  | 'label'
  | 'type'
  | 'function'
  | 'string'
  | 'number'
  | 'comment'
  | 'constant'
  | 'variable'
  | 'operator';

export interface Settings {
  readonly type: 'settings';
  readonly cursorSync: boolean;
}

/** What was kept of how roles are shown, told once. */
export interface Arranged {
  readonly type: 'arranged';
  readonly arrangements: Arrangements;
}

export type ToView = Show | Cursor | Theme | Settings | Arranged;

/** What a diagram is written as, by the ends of files. */
export type DiagramFormat = 'svg' | 'mmd' | 'puml' | 'dot';

export type FromView =
  | { readonly type: 'ready' }
  /** Show this part of the source; with focus, go there. */
  | { readonly type: 'reveal'; readonly uri: string; readonly range: Range; readonly focus: boolean }
  | { readonly type: 'wish'; readonly wish: Wish }
  | { readonly type: 'cursorSync'; readonly on: boolean }
  /** With the text, where it is that of one member. */
  | { readonly type: 'copy'; readonly pin: PinnedRole; readonly text?: string }
  | { readonly type: 'arranged'; readonly arrangements: Arrangements }
  | { readonly type: 'copyDiagram'; readonly text: string; readonly what: string }
  | {
      readonly type: 'saveDiagram';
      readonly uri: string;
      readonly name: string;
      readonly texts: Readonly<Record<DiagramFormat, string>>;
    }
  | { readonly type: 'open'; readonly pin: PinnedRole };
