// Diagrams: a choreography’s messages in sequence, and the states of roles.
import * as v from 'valibot';
import { toServer } from './message.js';
import { AboutDocument, Sizes } from './places.js';
import type { Location } from './places.js';

/** Diagrams of what is declared; where the text can’t be read, those of the last that could, which is stale. */
export interface Diagram {
  /** The choreography or network that was asked for. */
  readonly name: string;
  /** The version of the document that this belongs to. */
  readonly version: number;
  readonly stale: boolean;
  /** Why it is stale: the first syntax error and its line. */
  readonly reason?: string;
  /** Of a network: that of the choreography which it implements, if it does. */
  readonly sequence?: SequenceDiagram;
  readonly states?: StateDiagram;
}

export interface SequenceDiagram {
  /** The section that is drawn. */
  readonly main: string;
  /** The choreography and all that it calls, each once. */
  readonly sections: Readonly<Record<string, Section>>;
}

export interface Section {
  readonly name: string;
  /** `members` are the sizes of a family of roles, as its header has them. */
  readonly lanes: readonly { readonly role: string; readonly members?: string; readonly place: Location }[];
  readonly items: readonly Item[];
  readonly place: Location;
  readonly count: Count;
}

/**
 * The fewest and the most messages of all ways, and the longest chain of messages that wait for each other; each loop
 * once.
 */
export interface Count {
  readonly least: number;
  readonly most: number;
  readonly rounds: number;
  readonly repeats: boolean;
}

/** Lanes are counted from 0. */
export type Item =
  | {
      readonly kind: 'message';
      readonly from: number;
      readonly to: number;
      readonly text: string;
      readonly says: string;
      readonly implied?: boolean;
      readonly place: Location;
    }
  | { readonly kind: 'step'; readonly lane: number; readonly text: string; readonly place: Location }
  | { readonly kind: 'jump'; readonly text: string; readonly place: Location }
  | {
      readonly kind: 'frame';
      readonly form: 'if' | 'match' | 'choice' | 'while' | 'rec' | 'for' | 'par' | 'pick';
      readonly title: string;
      readonly deciders: readonly number[];
      readonly parts: readonly Part[];
      readonly place: Location;
    }
  | {
      readonly kind: 'call';
      readonly text: string;
      readonly lanes: readonly number[];
      readonly section?: string;
      readonly count: Count;
      readonly place: Location;
    };

/** A branch of a decision, or the body of a loop. */
export interface Part {
  readonly title: string;
  readonly items: readonly Item[];
  readonly place: Location;
  readonly count: Count;
}

export interface StateDiagram {
  readonly name: string;
  readonly roles: readonly RoleStates[];
}

/** The automaton of a role; without states, `problem` says why. */
export interface RoleStates {
  readonly role: string;
  readonly index: number;
  /** The first is the start. */
  readonly states: readonly { readonly kind: 'sends' | 'waits' | 'decides' | 'end'; readonly place?: Location }[];
  readonly transitions: readonly {
    readonly from: number;
    readonly to: number;
    readonly kind: 'send' | 'receive' | 'decide';
    readonly peer?: number;
    readonly text: string;
    readonly place: Location;
  }[];
  readonly problem?: { readonly message: string; readonly place: Location };
}

/** The choreography or network of that name; with sizes, for these. */
export const DiagramParams = v.object({
  ...AboutDocument.entries,
  name: v.string(),
  kind: v.picklist(['sequence', 'states']),
  sizes: v.nullish(Sizes),
});
export type DiagramParams = Readonly<v.InferOutput<typeof DiagramParams>>;

export const diagram = toServer<Diagram | null>()(
  'chor/diagram',
  'a choreography as a sequence diagram, or the states of its roles or of a network’s processes; asked for again after `chor/projectionsChanged`',
  DiagramParams,
);
