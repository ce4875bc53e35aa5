// What each role does alone, as a graph of states: plain data.
import type { Place } from './sequence.js';

export interface StateDiagram<P = Place> {
  readonly name: string;
  readonly roles: readonly RoleStates<P>[];
}

export interface RoleStates<P = Place> {
  readonly role: string;
  /** Its place among all roles, which gives it its colour. */
  readonly index: number;
  /** The first is the start. */
  readonly states: readonly State<P>[];
  readonly transitions: readonly Transition<P>[];
  /** Why there are none: a sentence without its point. */
  readonly problem?: { readonly message: string; readonly place: P };
}

/** `decides`: alone, by values or by means that are not stated. */
export interface State<P = Place> {
  readonly kind: 'sends' | 'waits' | 'decides' | 'end';
  /** What is done there. */
  readonly place?: P;
}

export interface Transition<P = Place> {
  readonly from: number;
  readonly to: number;
  readonly kind: 'send' | 'receive' | 'decide';
  /** The other role. */
  readonly peer?: number;
  /** `Seller!order`, `Buyer?offer`; for a decision what it goes by, if anything is known of that. */
  readonly text: string;
  readonly place: P;
}
