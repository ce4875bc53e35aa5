// What the parser takes and gives: tokens, trees, and what did not fit.
import type { RuleName, TokenName } from '../../grammar/generated/names.js';

/** What the parser wanted: a token, or the text of a rule. */
export type Expectation = {
  /** The rule that it was wanted in. */
  readonly within: RuleName;
} & ({ readonly kind: 'token'; readonly name: TokenName } | { readonly kind: 'rule'; readonly name: RuleName });

export interface ParseProblem {
  /** The token that does not fit, or the one after the text where it is too short. */
  readonly token: number;
  /** The first token of the statement, case, process or declaration that it is in. */
  readonly begin: number;
  readonly expected: readonly Expectation[];
  /** The statement was taken to end before `token`, which begins the next one. */
  readonly cutShort: boolean;
  readonly tooDeep: boolean;
}

/** Tokens as the engine reads them. All arrays have one place more than there are tokens, for the end of input. */
export interface TokenInput {
  readonly types: Uint8Array;
  readonly texts: readonly string[];
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
  readonly length: number;
  /** The column of a token that is the first on its line, else -1. */
  lineStart(token: number): number;
  /** The column of the first token on a token's line. */
  indent(token: number): number;
}

export interface EngineResult {
  /** The imports and declarations that could be read, perhaps in part. */
  readonly items: readonly TreeNode[];
  readonly problems: readonly ParseProblem[];
}

/** A node of the tree; its range is that of its tokens. */
export interface TreeNode {
  readonly $type: string;
  /** Where its first token starts and its last one ends; -1 until it is whole. */
  $start: number;
  $end: number;
  [feature: string]: unknown;
}

/** Goes over a part of the text; false where it does not fit. */
export type Step = () => boolean;

/** Reads one thing and gives its value: a node or a text; undefined where it does not fit. */
export type Reader = () => TreeNode | string | undefined;
