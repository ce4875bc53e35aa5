// What the client and the language server say to each other beyond LSP itself: projections, and that they changed.

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

export interface ProjectionsParams {
  readonly textDocument: { readonly uri: string };
  readonly position?: Position;
}

/** The answer to `chor/projections`. */
export interface Projections {
  /** The version of the document that it belongs to: an older one than the newest where it is stale. */
  readonly version: number;
  readonly stale: boolean;
  /** Why it is stale. */
  readonly reason?: string;
  readonly choreographies: readonly ChoreographyProjection[];
}

/** `chor/projectionsChanged`: ask again. */
export interface ProjectionsChanged {
  readonly uri: string;
  readonly version: number;
}

/** `chor/status`: what is being explored, and what is known. Sent to clients that say `experimental: { chorStatus: true }`. */
export interface Status {
  readonly exploring: readonly { readonly uri: string; readonly name: string; readonly states: number }[];
  /** How many networks wait to be explored. */
  readonly waiting: number;
  /** What is known of each open document, in words. */
  readonly documents: readonly { readonly uri: string; readonly version: number; readonly summary: string }[];
}

export const statusChanged = 'chor/status';
/** Ends all that is explored, with the verdicts that there are until then. */
export const stopExploration = 'chor/stopExploration';

export const projectionsRequest = 'chor/projections';
export const projectionsChanged = 'chor/projectionsChanged';
