// The body of a choreography as a row of passages: a statement each, with the text up to the next one. A passage stays the same
// object while its text does, wherever it moves; so what was found out about it is kept with it, by all who look at statements.
import type * as ast from '../grammar/generated/ast.js';
import type { Statement } from './choreography.js';
import { keep } from './shelf.js';

/** The tree of a statement, and where its passage starts in the offsets of the tree. */
export interface StatementTree {
  readonly node: ast.Statement;
  readonly start: number;
}

/** One statement at the top of a choreography's body, with the comments and blanks after it. */
export class Passage {
  /** What was found out about it: see scoping/passages.ts. */
  readonly found: unknown[] = [];
  /** Held here, see `keep`. */
  private forget: (() => void) | undefined;
  private lowered: { readonly start: number; readonly statements: readonly Statement[] } | undefined;

  /**
   * @param text from its line's start, where nothing else stands on that line before it
   * @param words the words in it, each once
   * @param idle there is a statement in it that says nothing; told where no other error is
   * @param tree let go of when it is lowered, where it can be read again
   * @param indent the column where the text starts; undefined where there is an error near it, so that it does not read by itself
   * @param read parses a text that does
   */
  constructor(
    readonly text: string, readonly words: readonly string[], readonly idle: boolean,
    private tree: StatementTree | undefined, private readonly indent: number | undefined,
    private readonly read: (text: string, indent: number) => StatementTree,
  ) {}

  /**
   * The statement in offsets of the file; more than one where it could not be read as one.
   * @param start where the passage starts
   * @param lower makes the core of a tree, whose offsets count from `base`
   */
  at(start: number, lower: (node: ast.Statement, base: number) => readonly Statement[]): readonly Statement[] {
    if (this.lowered?.start === start) return this.lowered.statements;
    if (this.lowered) {
      this.lowered = { start, statements: moved(this.lowered.statements, start - this.lowered.start) };
      return this.lowered.statements;
    }
    const tree = this.tree ?? this.read(this.text, this.indent ?? 0);
    const statements = lower(tree.node, start - tree.start);
    this.lowered = { start, statements };
    if (this.indent !== undefined) {
      this.tree = undefined;
      keep(this.text.length, this.forget ??= () => { this.lowered = undefined; });
    }
    return statements;
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

/** The same part of the core somewhere else: a copy with all places moved. Cost: linear in its size. */
export function moved<T>(part: T, by: number): T {
  return by === 0 ? part : copy(part, by) as T;
}

function copy(part: unknown, by: number): unknown {
  if (typeof part !== 'object' || part === null) return part;
  if (Array.isArray(part)) return part.map((item) => copy(item, by));
  const from = part as Record<string, unknown>;
  if (typeof from['start'] === 'number' && typeof from['end'] === 'number') return { start: from['start'] + by, end: from['end'] + by };
  const to: Record<string, unknown> = {};
  for (const key in from) to[key] = copy(from[key], by);
  return to;
}
