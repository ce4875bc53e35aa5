// The trees of the choreography extractor's core language: networks of processes, and choreographies.
import type { Word } from './scan.js';

/** A procedure of a process or of a choreography. */
export interface Procedure<B> {
  readonly name: Word;
  readonly params: readonly Word[];
  readonly body: B;
}

/**
 * What a process does. `next` is what follows; where a branching one has none, what follows is that of the one around
 * it.
 */
export type Behaviour =
  | { readonly kind: 'send'; readonly peer: Word; readonly value: Word; readonly next: Behaviour }
  | { readonly kind: 'receive'; readonly peer: Word; readonly next: Behaviour }
  | { readonly kind: 'select'; readonly peer: Word; readonly label: Word; readonly next: Behaviour }
  | {
      readonly kind: 'offer';
      readonly peer: Word;
      readonly branches: readonly { readonly label: Word; readonly body: Behaviour }[];
      readonly next?: Behaviour;
    }
  | {
      readonly kind: 'if';
      readonly at: number;
      readonly condition: Word;
      readonly then: Behaviour;
      readonly else: Behaviour;
      readonly next?: Behaviour;
    }
  | { readonly kind: 'call'; readonly callee: Word; readonly args: readonly Word[]; readonly next?: Behaviour }
  /** Tells two others of each other. */
  | { readonly kind: 'introduce'; readonly left: Word; readonly right: Word; readonly next: Behaviour }
  /** Learns of another, which `variable` stands for from then on. */
  | { readonly kind: 'introduced'; readonly peer: Word; readonly variable: Word; readonly next: Behaviour }
  | { readonly kind: 'stop' }
  /** Goes on with what follows the branching one around it. */
  | { readonly kind: 'nothing' };

export interface NetProcess {
  readonly name: Word;
  readonly procedures: readonly Procedure<Behaviour>[];
  readonly main: Behaviour;
}

/** What all do together, one statement after the other; the last may be `stop`. */
export type Statement =
  | { readonly kind: 'message'; readonly from: Word; readonly value: Word; readonly to: Word }
  | { readonly kind: 'selection'; readonly from: Word; readonly to: Word; readonly label: Word }
  | { readonly kind: 'introduction'; readonly from: Word; readonly left: Word; readonly right: Word }
  | {
      readonly kind: 'if';
      readonly role: Word;
      readonly condition: Word;
      readonly then: readonly Statement[];
      readonly else: readonly Statement[];
    }
  | { readonly kind: 'call'; readonly callee: Word; readonly args: readonly Word[] }
  | { readonly kind: 'stop' };

export interface GlobalProgram {
  readonly procedures: readonly Procedure<readonly Statement[]>[];
  readonly main: readonly Statement[];
}
