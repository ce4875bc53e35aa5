// What names stand for, and everywhere they stand: the base of hover, definition, references, rename and colours.
import type { Origin } from '../ir/expression.js';

export type SymbolKind =
  | 'choreography' | 'network' | 'record' | 'enum' | 'enum-case' | 'type' | 'function' | 'field'
  | 'role' | 'process' | 'variable' | 'input' | 'parameter' | 'local' | 'recursion' | 'label' | 'builtin';

/** Something with a name. Two occurrences mean the same thing exactly if their symbols' ids are equal, across files. */
export interface ChorSymbol {
  /** Stable within one state of the workspace: `uri#Bookseller/Buyer.price`. */
  readonly id: string;
  readonly kind: SymbolKind;
  readonly name: string;
  readonly uri: string;
  /** Where its name is introduced; a built-in has none. */
  readonly origin?: Origin;
  /** For variables and inputs: the role at which it lives. */
  readonly role?: string;
  /** The choreography, network, record … that it is part of. */
  readonly container?: string;
  /** What a hover shows in code style: `Buyer.price: int`, `function total(o: Order, unit: int): int`. */
  readonly detail: string;
  /** For variables and inputs, where it is known: what their type is, whatever it was called. */
  readonly type?: string;
  readonly doc?: string;
}

export interface Occurrence {
  readonly symbol: ChorSymbol;
  readonly origin: Origin;
  /** `definition` introduces the name; `write` gives it a value. */
  readonly role: 'definition' | 'write' | 'read';
}
