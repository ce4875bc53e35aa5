// The types of what is sent, for exports that say them.
import type { TextRange, TypeExpr } from '../ir/expression.js';
import type { TypingResult } from '../typing/check.js';
import type { Type } from '../typing/types.js';

export interface Types {
  /** The type of the expression that stands exactly there; undefined where nothing is known of it. */
  of(uri: string, origin: TextRange): Type | undefined;
  /** What a type means that is written in a file. */
  meant(uri: string, type: TypeExpr): Type | undefined;
}

/** @param names what is known of the names and types of a file */
export function typesIn(names: (uri: string) => Pick<TypingResult, 'typeOf' | 'meant'> | undefined): Types {
  return { of: (uri, origin) => names(uri)?.typeOf(origin), meant: (uri, type) => names(uri)?.meant(type) };
}

/** Nothing is known of any. */
export const noTypes: Types = { of: () => undefined, meant: () => undefined };
