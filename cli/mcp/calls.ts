// What an assistant may ask, and what it is answered: plain data, that goes to the thread which does the work and back.

/** The text that a call is about: given, or read from files below the root. */
export interface Source {
  readonly text?: string;
  readonly path?: string;
}

export type Call =
  | {
      readonly tool: 'check';
      readonly args: {
        readonly text?: string;
        readonly path?: string;
        readonly paths?: readonly string[];
        readonly hints?: boolean;
      };
    }
  | {
      readonly tool: 'fix';
      readonly args: Source & { readonly line?: number; readonly code?: string; readonly title?: string };
    }
  | { readonly tool: 'project'; readonly args: Source & { readonly choreography?: string; readonly role?: string } }
  | { readonly tool: 'explain'; readonly args: Source & { readonly network?: string; readonly mermaid?: boolean } }
  | { readonly tool: 'format'; readonly args: Source }
  | { readonly tool: 'extract'; readonly args: Source & { readonly network?: string } }
  | { readonly tool: 'docs'; readonly args: { readonly topic?: string } }
  | { readonly tool: 'page'; readonly args: { readonly name: string } };

export interface Answer {
  /** One block each. */
  readonly texts: readonly string[];
  /** What was asked can't be done; the text says why. */
  readonly failed?: boolean;
}

/** What the thread is started with. */
export interface Bounds {
  readonly root: string;
  /** How long one call may take, in milliseconds. */
  readonly longest: number;
}
