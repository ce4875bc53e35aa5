// The body of a choreography as a row of passages: a statement each, with the text up to the next one. A passage stays
// the same object while its text does, wherever it moves; so what was found out about it is kept with it, by all who
// look at statements.
import type * as ast from '../grammar/generated/ast.js';

/** The tree of a statement, and where its passage starts in the offsets of the tree. */
export interface StatementTree {
  readonly node: ast.Statement;
  readonly start: number;
}

/** How something comes of statements that is kept with their passages: always the same object for the same thing. */
export interface Making<T> {
  /** Makes it of a tree whose offsets count from `base`. */
  make(node: ast.Statement, base: number): T;
  /** The same thing somewhere else. */
  move(made: T, by: number): T;
  /** Takes note that it is kept, and may be let go of. */
  keep(size: number, forget: () => void): void;
}

/** One statement at the top of a choreography's body, with the comments and blanks after it. */
export class Passage {
  /** What was found out about it: see scoping/passages.ts. */
  readonly found: unknown[] = [];
  /** Held here, see `keep`. */
  private forget: (() => void) | undefined;
  private made: { readonly making: unknown; readonly start: number; readonly what: unknown } | undefined;

  /**
   * @param text from its line's start, where nothing else stands on that line before it
   * @param words the words in it, each once
   * @param idle there is a statement in it that says nothing; told where no other error is
   * @param tree let go of when something is made of it, where it can be read again
   * @param indent the column where the text starts; undefined where there is an error near it, so that it does not read
   *   by itself
   * @param read parses a text that does
   */
  constructor(
    readonly text: string,
    readonly words: readonly string[],
    readonly idle: boolean,
    private tree: StatementTree | undefined,
    private readonly indent: number | undefined,
    private readonly read: (text: string, indent: number) => StatementTree,
  ) {}

  /**
   * What is made of the statement, in offsets of the file.
   * @param start where the passage starts
   */
  at<T>(start: number, making: Making<T>): T {
    const known =
      this.made?.making === making ? (this.made as { readonly start: number; readonly what: T }) : undefined;
    if (known?.start === start) return known.what;
    if (known) {
      const what = making.move(known.what, start - known.start);
      this.made = { making, start, what };
      return what;
    }
    const tree = this.tree ?? this.read(this.text, this.indent ?? 0);
    const what = making.make(tree.node, start - tree.start);
    this.made = { making, start, what };
    if (this.indent !== undefined) {
      this.tree = undefined;
      making.keep(
        this.text.length,
        (this.forget ??= () => {
          this.made = undefined;
        }),
      );
    }
    return what;
  }
}

/** A row of passages in a declaration's text. */
export interface Passages {
  readonly list: readonly Passage[];
  /** Where each starts, in offsets of the declaration's text. */
  readonly starts: readonly number[];
  /** Where the text after the last one starts. */
  readonly end: number;
  /** The words in the passages, with how many of them have each. */
  readonly words: ReadonlyMap<string, number>;
}
