// What the client and the language server say to each other beyond LSP itself: projections, runs, and that they changed.

/** As in LSP: counted from 0, characters in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A part of a role's text, and the part of the source that it comes from. */
export interface Mapped {
  readonly local: Range;
  readonly source: Range;
}

/** A place of a role that can't be projected, and why. */
export interface Hole {
  readonly local: Range;
  readonly code: string;
  readonly message: string;
}

export interface RoleProjection {
  readonly role: string;
  readonly text: string;
  readonly map: readonly Mapped[];
  readonly holes: readonly Hole[];
}

export interface ChoreographyProjection {
  readonly name: string;
  readonly range: Range;
  readonly roles: readonly RoleProjection[];
  /** Of this choreography alone: others may be live while it is stale. */
  readonly stale?: boolean;
  readonly reason?: string;
}

/** The processes of a network, as they are written. */
export interface NetworkProcesses extends ChoreographyProjection {
  /** The choreography that it implements. */
  readonly implements?: string;
  /** What that wants of its roles, and the file in which it stands. */
  readonly design?: { readonly uri: string; readonly name: string; readonly roles: readonly RoleProjection[] };
}

/** The answer to `chor/projections`. */
export interface Projections {
  /** The version of the document that it belongs to: an older one than the newest where it is stale. */
  readonly version: number;
  readonly stale: boolean;
  /** Why it is stale. */
  readonly reason?: string;
  readonly choreographies: readonly ChoreographyProjection[];
  readonly networks?: readonly NetworkProcesses[];
}

/** `chor/status`: what is being explored (with `fixes`, to try those of its errors), and what is known. Sent to clients that say `experimental: { chorStatus: true }`. */
export interface Status {
  readonly exploring: readonly { readonly uri: string; readonly name: string; readonly states: number; readonly fixes?: true }[];
  /** How many networks wait to be explored. */
  readonly waiting: number;
  /** What is known of each open document, in words. */
  readonly documents: readonly { readonly uri: string; readonly version: number; readonly summary: string }[];
}

export const statusChanged = 'chor/status';
/** Ends all that is explored, with the verdicts that there are until then. */
export const stopExploration = 'chor/stopExploration';

/** What the server asks of a client that reads files for it: the text of one, and the addresses of all there are. */
export const readFileRequest = 'chor/readFile';
export const findFilesRequest = 'chor/findFiles';

/** The requests, and the notifications that say that it is time to ask again. */
export const projectionsRequest = 'chor/projections';
export const projectionsChanged = 'chor/projectionsChanged';

/** A place in a file; undefined where the file is gone. */
interface Placed {
  readonly location?: { readonly uri: string; readonly range: Range };
}

interface RunStep extends Placed {
  readonly kind: 'send' | 'receive' | 'decide' | 'choose';
  /** As a sentence. */
  readonly text: string;
  readonly role: string;
}

/** Where a role stands at the end of a run. */
interface RunEnd extends Placed {
  readonly kind: 'waits' | 'ended' | 'stands' | 'active' | 'takes' | 'differs';
  readonly role: string;
  readonly sentence: string;
}

/** A run laid out: lanes, and what stands on which row of them. See language/features/run-diagram.ts. */
export interface Diagram {
  readonly lanes: readonly { readonly role: string; readonly index: number }[];
  readonly rows: number;
  readonly arrows: readonly Arrow[];
  readonly notes: readonly Note[];
  readonly waits: readonly Wait[];
  readonly folds: readonly Fold[];
  readonly end: { readonly row: number; readonly text: string };
}

export interface Arrow {
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly bottom: number;
  readonly message: string;
  readonly send?: number;
  readonly receive?: number;
  readonly state: 'taken' | 'queued' | 'wrong' | 'open';
}

export interface Note {
  readonly lane: number;
  readonly row: number;
  readonly text: string;
  readonly kind: 'decide' | 'choose' | 'ended' | 'stands' | 'active' | 'takes' | 'differs' | 'queue' | 'lost';
  readonly step?: number;
  readonly end?: number;
}

export interface Wait {
  readonly from: number;
  readonly to: number;
  readonly row: number;
  readonly text: string;
  readonly end: number;
  readonly circle: boolean;
}

export interface Fold {
  readonly first: number;
  readonly last: number;
  readonly times: number;
  readonly steps: readonly [number, number];
}

/** The run that leads to a finding. */
export interface Run {
  readonly network: string;
  /** The network's declaration. */
  readonly declaration: Range;
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  readonly range: Range;
  readonly roles: readonly string[];
  readonly steps: readonly RunStep[];
  readonly ends: readonly RunEnd[];
  readonly diagram: Diagram;
  readonly mermaid: string;
  readonly text: string;
}

/** The answer to `chor/runs`. */
export interface Runs {
  readonly version: number;
  readonly runs: readonly Run[];
  /** Networks of which it is not known now, and why. */
  readonly unchecked: readonly { readonly network: string; readonly reason: string }[];
  /** Why this is not the newest answer: the server is not running. */
  readonly outdated?: string;
}

/** Which run a command is to show: what is missing may be any. */
export interface RunQuery {
  readonly network?: string;
  readonly code?: string;
  readonly message?: string;
  readonly range?: Range;
}

export const runsRequest = 'chor/runs';
export const runsChanged = 'chor/runsChanged';
export const showRunCommand = 'chor.showRun';
