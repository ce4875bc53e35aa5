// What findings about texts tell, and what any check may tell that is ended: plain data.
import type { TextRange } from '../ir/expression.js';
import type { Misleading } from '../syntax/misleading.js';

export interface TooLarge {
  /** What was not found out: all of a declaration, or one of its parts. */
  readonly what: 'file' | 'names' | 'projection' | 'network' | 'match' | 'given';
  /** The declaration, or the value of a `match`. */
  readonly name: string;
  /** Where cases can be added to a `match`. */
  readonly last?: TextRange;
}

/** The findings about texts, by their codes. */
export interface TextArguments {
  'misleading-character': Misleading;
  /** What the parser says. */
  'syntax-error': { readonly message: string };
  'too-large': TooLarge;
}
