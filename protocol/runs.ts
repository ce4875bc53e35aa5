// The runs that lead to the findings of networks.
import * as v from 'valibot';
import { notification, toServer } from './message.js';
import { AboutDocument, Changed } from './places.js';
import type { Location, Range } from './places.js';

export interface Runs {
  /** The version of the document that this belongs to. */
  readonly version: number;
  /** In the order of the text. */
  readonly runs: readonly Run[];
  /** The networks that can’t be checked now, and why: that they have no run here means nothing. */
  readonly unchecked: readonly { readonly network: string; readonly reason: string }[];
}

/** The run that leads to a finding. */
export interface Run {
  readonly network: string;
  /** The network in the source. */
  readonly declaration: Range;
  /** Of the finding, as are the severity (as the user has it), the message and the range. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  readonly range: Range;
  /** The roles that take part, in the order of the network. */
  readonly roles: readonly string[];
  readonly steps: readonly RunStep[];
  /** Where the roles stand at the end; of a role that has none, nothing is known: it may go on. */
  readonly ends: readonly RunEnd[];
  /** What lies in the queues at the end. */
  readonly queues: readonly QueuedMessage[];
  /** Those that wait for each other in a circle: each for the next, the last for the first. */
  readonly cycle: readonly string[];
  readonly diagram: Diagram;
  readonly mermaid: string;
  readonly text: string;
}

/** A step, with its place; that is missing where the file is gone. `taken` and `sent` count steps from 0. */
export type RunStep = { readonly role: string; readonly text: string; readonly location?: Location } & (
  | { readonly kind: 'send'; readonly to: string; readonly message: string; readonly taken?: number }
  | { readonly kind: 'receive'; readonly from: string; readonly message: string; readonly sent?: number }
  | { readonly kind: 'decide' | 'choose'; readonly fact: string }
);

export interface RunEnd {
  readonly kind: 'waits' | 'ended' | 'stands' | 'active' | 'takes' | 'differs';
  readonly role: string;
  /** `Alice waits for `reply` from Bob` */
  readonly sentence: string;
  readonly location?: Location;
}

export interface QueuedMessage {
  readonly from: string;
  readonly to: string;
  readonly message: string;
  /** The step that sent it. */
  readonly step: number;
  /** It is what the finding is about. */
  readonly wrong: boolean;
}

/** A run laid out: lanes, and what stands on which row of them. */
export interface Diagram {
  /** A lane a role; `index` is its place among all roles, which gives it its colour. */
  readonly lanes: readonly { readonly role: string; readonly index: number }[];
  readonly rows: number;
  readonly arrows: readonly Arrow[];
  readonly notes: readonly Note[];
  readonly waits: readonly Wait[];
  readonly folds: readonly Fold[];
  /** What heads the end, and the row that it stands on. */
  readonly end: { readonly row: number; readonly text: string };
}

/** A message, from the row where it is sent to the row where it is received: level where these are the same. */
export interface Arrow {
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly bottom: number;
  readonly message: string;
  /** The step that sends, and the one that receives; one of the two may be missing. */
  readonly send?: number;
  readonly receive?: number;
  /**
   * `queued`: it lies in the queue at the end; `wrong`: and that is what is wrong; `open`: its receiver is not followed
   * so far.
   */
  readonly state: 'taken' | 'queued' | 'wrong' | 'open';
}

/** Something that one role does alone, or how it stands at the end. */
export interface Note {
  readonly lane: number;
  readonly row: number;
  readonly text: string;
  readonly kind: 'decide' | 'choose' | 'ended' | 'stands' | 'active' | 'takes' | 'differs' | 'queue' | 'lost';
  readonly step?: number;
  readonly end?: number;
}

/** At the end: a role that waits for another; part of the circle, or not. */
export interface Wait {
  readonly from: number;
  readonly to: number;
  readonly row: number;
  readonly text: string;
  readonly end: number;
  readonly circle: boolean;
}

/**
 * Rows that may be hidden, as they say once more what the rows before them say: from the first, up to but without the
 * last.
 */
export interface Fold {
  readonly first: number;
  readonly last: number;
  readonly times: number;
  readonly steps: readonly [number, number];
}

/**
 * Which run the client’s command `chor.showRun` is to show, as its second argument; the first is the address of the
 * file. What is missing may be any.
 */
export interface RunQuery {
  readonly network?: string;
  readonly code?: string;
  readonly message?: string;
  readonly range?: Range;
}

export const runs = toServer<Runs | null>()(
  'chor/runs',
  'the runs that lead to the findings of a file’s networks',
  v.object(AboutDocument.entries),
);
export const runsChanged = notification(
  'chor/runsChanged',
  'client',
  'it is time to ask for runs again; sent for files that were asked about',
  Changed,
);

/** The client’s command that opens a run. */
export const showRunCommand = 'chor.showRun';
