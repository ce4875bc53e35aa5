// Projections, and the processes of networks.
import * as v from 'valibot';
import { notification, toServer } from './message.js';
import { AboutDocument, Changed, Position, Sizes } from './places.js';
import type { Range } from './places.js';

export interface Projections {
  /** The version of the document that this belongs to; the oldest one where some of it is stale. */
  readonly version: number;
  /**
   * The newest text can’t be read: this is the last good projection, and `version` is the version that it belongs to.
   */
  readonly stale: boolean;
  /** Why it is stale: the first syntax error and its line. */
  readonly reason?: string;
  readonly choreographies: readonly ChoreographyProjection[];
  readonly networks: readonly NetworkProcesses[];
}

export interface ChoreographyProjection {
  readonly name: string;
  /** Of this choreography alone: others may be live while it is stale. The ranges below are of this version. */
  readonly version: number;
  readonly stale: boolean;
  readonly reason?: string;
  /** The declaration in the source. */
  readonly range: Range;
  readonly roles: readonly RoleProjection[];
  /** The sizes of its families that have names. */
  readonly sizes?: readonly ShownSize[];
}

/**
 * The size of a family: the least, the one that is usual, and the one that is shown; without it, the text is for any
 * size.
 */
export interface ShownSize {
  readonly name: string;
  readonly least: number;
  readonly usual: number;
  readonly shown?: number;
}

/** A network like a choreography: its roles are its processes as they are written, and `map` leads to these. */
export interface NetworkProcesses extends ChoreographyProjection {
  /** The choreography that it implements. */
  readonly implements?: string;
  /** What that wants of its roles: `map` leads to places in the file `uri`. */
  readonly design?: { readonly uri: string; readonly name: string; readonly roles: readonly RoleProjection[] };
}

export interface RoleProjection {
  readonly role: string;
  /** Which members of a family: `[i in 0 until n]`. */
  readonly members?: string;
  /** The process in Chor’s syntax. */
  readonly text: string;
  readonly map: readonly Mapped[];
  readonly holes: readonly Hole[];
}

/** A part of a role’s text, and the part of the source that it comes from. */
export interface Mapped {
  readonly local: Range;
  readonly source: Range;
}

/** A place that can’t be projected, and why. */
export interface Hole {
  readonly local: Range;
  readonly code: string;
  readonly message: string;
}

/**
 * With a position, only the choreography or network there. Choreographies of which sizes are given, by their names, are
 * shown for these, each member by itself.
 */
export const ProjectionsParams = v.object({
  ...AboutDocument.entries,
  position: v.nullish(Position),
  sizes: v.nullish(v.record(v.string(), Sizes)),
});
export type ProjectionsParams = Readonly<v.InferOutput<typeof ProjectionsParams>>;

export const projections = toServer<Projections | null>()(
  'chor/projections',
  'the projections of a file’s choreographies, and the processes of its networks',
  ProjectionsParams,
);
export const projectionsChanged = notification(
  'chor/projectionsChanged',
  'client',
  'it is time to ask for projections again',
  Changed,
);
