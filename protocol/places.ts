// Documents and places in them, as LSP has them.
import * as v from 'valibot';

const count = v.pipe(
  v.number(),
  v.finite(),
  v.transform((value) => Math.max(0, Math.trunc(value))),
);

/** Counted from 0, characters in UTF-16 units. */
export const Position = v.object({ line: count, character: count });
export type Position = Readonly<v.InferOutput<typeof Position>>;

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Location {
  readonly uri: string;
  readonly range: Range;
}

/** Sizes of families, by the names that a header gives them: `n`. */
export const Sizes = v.record(v.string(), count);
export type Sizes = Readonly<v.InferOutput<typeof Sizes>>;

/** The document that a request is about. */
export const AboutDocument = v.object({ textDocument: v.object({ uri: v.string() }) });

/** The document of which something is new, and the version that it has. */
export const Changed = v.object({ uri: v.string(), version: v.number() });
export type Changed = Readonly<v.InferOutput<typeof Changed>>;
