// Edits of texts, and the repairs that they make up.
import type { Workspace } from '../workspace.js';

/** A replacement in the text of a file. */
export interface Edit {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** What a fix costs. */
export interface Cost {
  /** Messages more on a run. What a choreography that is implemented asks for costs nothing. */
  readonly messages?: number;
  /** Pairs of roles that did not talk before. */
  readonly channels?: number;
  /** How unlikely it is, going by what else the text says: 0 is as good as certain. */
  readonly doubt?: number;
  /** It takes something away that was meant, perhaps: that is never the first thing to do. */
  readonly removes?: boolean;
}

/** A repair: the smallest edits that do it. Offered only after it was tried (see fixes/try.ts). */
export interface Fix {
  /** Named for its effect and cost: `Tell Shipper (1 more message)`. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** It may be the one that a single key applies: no guess. At most one of those offered. */
  readonly preferred?: boolean;
  /** By this, fixes are ordered. Without it, in the order of the rule. */
  readonly cost?: Cost;
}

/** What a fix is made for. */
export interface FixContext {
  /** The state that the finding was made in. */
  readonly workspace: Workspace;
  readonly uri: string;
  /** The text of the finding's file. */
  readonly text: string;
}

/**
 * A text with edits applied. The edits must not overlap; their order does not matter, but for insertions at one place.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => b.edit.start - a.edit.start || b.edit.end - a.edit.end || b.index - a.index);
  return sorted.reduce((result, { edit }) => result.slice(0, edit.start) + edit.newText + result.slice(edit.end), text);
}
