// What every node of a tree has. The types of the nodes are generated from the grammar (generated/ast.ts).

/** A node of a tree; its range is that of its tokens, in offsets of the text that was parsed. */
export interface Placed {
  readonly $type: string;
  readonly $start: number;
  readonly $end: number;
}
