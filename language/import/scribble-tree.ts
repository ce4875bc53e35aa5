// What a Scribble module says, as far as it has a counterpart.
import type { Word } from './scan.js';

export interface Module {
  /** Its own name, in parts; empty where it has none. */
  readonly name: readonly string[];
  readonly imports: readonly ModuleImport[];
  readonly types: readonly ExternalName[];
  readonly signatures: readonly ExternalName[];
  readonly protocols: readonly Protocol[];
}

/** `import a.b.C as D;`, or `from a.b import C as D;` where `member` is set. */
export interface ModuleImport {
  readonly path: readonly string[];
  readonly member?: string;
  readonly alias?: string;
  readonly at: number;
}

/** `type <java> "java.lang.String" from "rt.jar" as String;` */
export interface ExternalName {
  readonly name: Word;
  readonly external: string;
}

export interface Protocol {
  readonly name: Word;
  /** The names of the protocols that it is nested in, outermost first. */
  readonly scope: readonly string[];
  /** The names of its `sig` and `type` parameters. */
  readonly params: readonly { readonly kind: 'sig' | 'type'; readonly name: string }[];
  readonly roles: readonly Word[];
  readonly body: readonly Interaction[];
}

/** A message: an operator with payload types, or the name of a signature. */
export interface Message {
  readonly operator: string;
  /** Undefined for a name alone. */
  readonly payload: readonly Payload[] | undefined;
  readonly at: number;
}

export interface Payload {
  /** The type's name, in parts. */
  readonly type: readonly string[];
  readonly at: number;
}

export type Interaction =
  | { readonly kind: 'message'; readonly message: Message; readonly from: Word; readonly to: readonly Word[] }
  | { readonly kind: 'choice'; readonly at: Word; readonly branches: readonly (readonly Interaction[])[] }
  | { readonly kind: 'par'; readonly branches: readonly (readonly Interaction[])[] }
  | { readonly kind: 'rec'; readonly name: Word; readonly body: readonly Interaction[] }
  | { readonly kind: 'continue'; readonly name: Word }
  | {
      readonly kind: 'do';
      readonly callee: readonly Word[];
      readonly args: readonly Message[];
      readonly roles: readonly Word[];
    };
