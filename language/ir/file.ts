// A source file after lowering: its imports and declarations, and the syntax errors that were found on the way.
import type { Expr, Name, TextRange, Param, TypeExpr } from './expression.js';
import type { Choreography } from './choreography.js';
import type { Network } from './process.js';

interface Declared {
  readonly name: Name;
  /** The whole declaration, without its documentation comment. */
  readonly origin: TextRange;
  readonly doc?: string;
  readonly broken: boolean;
}

export interface RecordDeclaration extends Declared {
  readonly kind: 'record';
  readonly fields: readonly Param[];
}

export interface EnumDeclaration extends Declared {
  readonly kind: 'enum';
  readonly cases: readonly { readonly name: Name; readonly fields: readonly Param[]; readonly doc?: string }[];
}

export interface TypeAlias extends Declared {
  readonly kind: 'type';
  readonly type: TypeExpr;
}

/** `const rate = 3`: a value that is the same wherever it is used. */
export interface ConstantDeclaration extends Declared {
  readonly kind: 'const';
  readonly type?: TypeExpr;
  readonly value: Expr;
}

export interface FunctionDeclaration extends Declared {
  readonly kind: 'function';
  readonly params: readonly Param[];
  readonly result?: TypeExpr;
  readonly body: Expr;
}

export interface ExternType extends Declared {
  readonly kind: 'extern-type';
}

export interface ExternFunction extends Declared {
  readonly kind: 'extern-function';
  readonly params: readonly Param[];
  readonly result?: TypeExpr;
}

export type Declaration =
  | Choreography
  | Network
  | RecordDeclaration
  | EnumDeclaration
  | TypeAlias
  | ConstantDeclaration
  | FunctionDeclaration
  | ExternType
  | ExternFunction;

/** `import { A, B } from "./x.chor"`; without `names`, everything. */
export interface ImportDeclaration {
  readonly names?: readonly Name[];
  readonly path: { readonly text: string; readonly origin: TextRange };
  readonly origin: TextRange;
  /** It has syntax errors. */
  readonly broken: boolean;
}

export interface SyntaxError {
  readonly message: string;
  readonly origin: TextRange;
}

export interface SourceFile {
  readonly uri: string;
  readonly text: string;
  readonly imports: readonly ImportDeclaration[];
  readonly declarations: readonly Declaration[];
  /**
   * Names of declarations of which nothing but the name could be read: known, so that their uses are not called
   * unknown.
   */
  readonly lost: readonly Name[];
  readonly syntaxErrors: readonly SyntaxError[];
}
