// What the parser has to know of the grammar, as data: `npm run generate` makes it of chor.langium
// (generated/tables.ts), with everything computed that can be known without a text.
import type { RuleName } from './generated/names.js';

/** The number of the token type that stands for the end of a text. */
export const endOfInput = 0;
/** That of characters that mean nothing. */
export const junk = 1;

/** A set of token types, by its place in `sets`. */
export type SetIndex = number;

export interface GrammarTables {
  /** The names of the token types, by number: `endOfInput`, `junk`, the terminals, and then the keywords. */
  readonly tokens: readonly string[];
  /** The number of the first keyword. */
  readonly firstKeyword: number;
  readonly terminals: Readonly<Record<'identifier' | 'integer' | 'float' | 'string', number>>;
  readonly signs: Readonly<Record<'openBlock' | 'closeBlock' | 'separator', number>>;
  /** Each as the numbers of its token types, in order. */
  readonly sets: readonly (readonly number[])[];
  /** Round and square brackets. */
  readonly opening: SetIndex;
  readonly closing: SetIndex;
  /** The keywords that are no names. */
  readonly reserved: SetIndex;
  /** The properties of each type of node that are lists, and those that are flags; where it has any. */
  readonly nodes: Readonly<Record<string, NodeTable>>;
  /** What a file is a row of. */
  readonly items: readonly RuleName[];
  readonly expression: ExpressionTable;
  readonly rules: Readonly<Record<RuleName, RuleTable>>;
}

export interface NodeTable {
  readonly lists?: readonly string[];
  readonly flags?: readonly string[];
}

/** Most expressions are a single operand: how one is read without going down the ladder of operators. */
export interface ExpressionTable {
  readonly rule: RuleName;
  readonly operand: RuleName;
  /** What stands after an operand only where an operator follows. */
  readonly operators: SetIndex;
  /** The rule that can start as an operand does, and what tells it from one. */
  readonly lambda: RuleName;
  readonly lambdaHead: readonly StepTable[];
}

export type RuleTable = {
  /** What it can start with. */
  readonly first: SetIndex;
  /** It starts with a `{`. */
  readonly braced?: true;
} &
  /** Its text is one token. */
  (
    | { readonly kind: 'token' }
    /** `weight`: how many levels of nesting it counts for. */
    | { readonly kind: 'node'; readonly type: string; readonly weight: number; readonly body: StepTable }
    /** Operators between operands, each as its token type and how tightly it binds. */
    | {
        readonly kind: 'infix';
        readonly type: string;
        readonly operand: SourceTable;
        readonly operators: readonly (readonly [number, number])[];
      }
  );

/** Where a value comes from: a rule, or one token of a set. */
export type SourceTable = { readonly rule: RuleName } | { readonly tokens: SetIndex };

export type StepTable =
  /** `open`: an opening brace. */
  | ({ readonly kind: 'read' | 'open' } & SourceTable)
  /** Starts a node, which may hold the one before as a property. */
  | { readonly kind: 'node'; readonly type: string; readonly holds?: string }
  | ({ readonly kind: 'assign'; readonly feature: string; readonly as: 'value' | 'list' | 'flag' } & SourceTable)
  /** `firsts`: what each choice can start with. */
  | { readonly kind: 'choose'; readonly choices: readonly StepTable[]; readonly firsts: readonly SetIndex[] }
  /** `doubtful`: what can also start what comes after it. */
  | {
      readonly kind: 'repeat';
      readonly many: boolean;
      readonly first: SetIndex;
      readonly doubtful?: SetIndex;
      readonly step: StepTable;
    }
  | SequenceTable;

export interface SequenceTable {
  readonly kind: 'sequence';
  readonly parts: readonly PartTable[];
  /** The part that is a loop between braces: after an error behind it, it goes on. */
  readonly loopAt?: number;
  /** The part that is the body, which is read after an error before it. */
  readonly bodyAt?: number;
}

export type PartTable = StepTable & {
  /** An optional part which starts with one of these only if what comes `after` it can follow. */
  readonly optional?: { readonly doubtful: SetIndex; readonly after: readonly StepTable[] };
  /** A loop between braces, of which what can't be read is left out. */
  readonly loop?: LoopTable;
  /** It has to stay with the sign before it: on the same line, or else on that line or one further in. */
  readonly stays?: { readonly sameLine: boolean; readonly wanted: RuleName };
  /** It may be left out, and is where it starts a line that is no further in than what stands before it. */
  readonly attached?: true;
};

export interface LoopTable {
  readonly first: SetIndex;
  /** What ends it. */
  readonly stop: SetIndex;
  readonly wanted: RuleName;
  /** Everything in it starts with a reserved word, or a block. */
  readonly byWord: boolean;
}
