// What names stand for, and everywhere they stand: the base of hover, definition, references, rename and colours.
import type { TextRange } from '../ir/expression.js';

export type SymbolKind =
  | 'choreography'
  | 'network'
  | 'record'
  | 'enum'
  | 'enum-case'
  | 'type'
  | 'constant'
  | 'function'
  | 'field'
  | 'role'
  | 'process'
  | 'variable'
  | 'input'
  | 'parameter'
  | 'local'
  | 'recursion'
  | 'label'
  | 'builtin'
  | 'size'
  | 'index';

/** The types that hold others of one type, by their names. */
export const holders = ['list', 'option', 'set'] as const;

export type Holder = (typeof holders)[number];

/** A type as editors look at it. */
export interface SymbolType {
  /** As it is shown, under the name that it was given. */
  readonly text: string;
  /** As it would be shown without that name: two that mean the same have the same. */
  readonly meaning: string;
  /** The declarations that it may be of, by their names: what it was called, and what that means. */
  readonly names: readonly string[];
  /** Of a list, an option or a set: what is in it. */
  readonly holds?: { readonly form: Holder; readonly item: SymbolType };
}

/** Something with a name. Two occurrences mean the same thing exactly if their symbols' ids are equal, across files. */
export interface ChorSymbol {
  /** Stable within one state of the workspace: `uri#Bookseller/Buyer.price`. */
  readonly id: string;
  readonly kind: SymbolKind;
  readonly name: string;
  readonly uri: string;
  /** Where its name is introduced; a built-in has none. */
  readonly origin?: TextRange;
  /** For variables and inputs: the role at which it lives. */
  readonly role?: string;
  /** The choreography, network, record … that it is part of. */
  readonly container?: string;
  /** What a hover shows in code style: `Buyer.price: int`, `function total(o: Order, unit: int): int`. */
  readonly detail: string;
  /**
   * Where it is known: the type of a value, of the result of what is called, and of an enum's case; what declares a
   * type is of that.
   */
  readonly type?: SymbolType;
  readonly doc?: string;
}

export interface Occurrence {
  readonly symbol: ChorSymbol;
  readonly origin: TextRange;
  /** `definition` introduces the name; `write` gives it a value. */
  readonly role: 'definition' | 'write' | 'read';
}
