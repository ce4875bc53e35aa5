// What an import answers: the text of a .chor file, or what has no counterpart in the language and where.

/**
 * What kind of thing is wrong. `syntax`: the text can't be read. `unknown-name` and `arity`: it names what is not
 * there, or gives it too much. `name-clash`: a name that an imported module brings is taken. `too-large`: the code
 * would be unreadably long. The others have no counterpart in Chor.
 */
export type ImportErrorKind =
  | 'syntax'
  | 'unknown-name'
  | 'arity'
  | 'name-clash'
  | 'too-large'
  | 'connection'
  | 'delegation'
  | 'dynamic-role'
  | 'interrupt'
  | 'local-protocol'
  | 'parallel'
  | 'refinement'
  | 'imported-parameters'
  | 'self-communication'
  | 'mixed-state'
  | 'recursion';

export interface ImportError {
  readonly kind: ImportErrorKind;
  readonly message: string;
  /** The offset in the text. */
  readonly at: number;
}

export type Imported = { readonly text: string } | { readonly errors: readonly ImportError[] };

/** Thrown inside an importer where it can't go on. */
export class ImportFailure extends Error {
  constructor(
    readonly kind: ImportErrorKind,
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

/** Runs an importer, and makes answers of the failures that it throws. */
export function answering(run: () => Imported): Imported {
  try {
    return run();
  } catch (error) {
    // Texts are read by recursion: one that is nested some thousand times is beyond it.
    if (error instanceof RangeError)
      return { errors: [{ kind: 'too-large', message: 'This is nested too deeply to be read.', at: 0 }] };
    if (!(error instanceof ImportFailure)) throw error;
    return { errors: [{ kind: error.kind, message: error.message, at: error.at }] };
  }
}
