// What a format can't say, and where it stands.
import type { TextRange } from '../ir/expression.js';

/** Thrown inside an export that can't go on. The message is a sentence without its point. */
export class ExportFailure extends Error {
  constructor(
    message: string,
    readonly uri: string,
    readonly origin: TextRange,
  ) {
    super(message);
  }
}
