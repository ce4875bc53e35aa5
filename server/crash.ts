// Failures of ours, for the log.

/** What is logged of a failure: with its stack, so that it can be found. What a user is told is another matter. */
export function crashText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
