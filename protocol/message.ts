// What a message of our own is: its method, who sends it, and the shape of what it carries.
import * as v from 'valibot';
import type { GenericSchema } from 'valibot';

interface Message<P> {
  readonly method: string;
  /** Who takes it. */
  readonly to: 'server' | 'client';
  /** What it is for, in half a sentence. */
  readonly says: string;
  /** What it carries. */
  readonly params: GenericSchema<unknown, P>;
}

/** A message that is answered. */
export interface Request<P, A> extends Message<P> {
  readonly kind: 'request';
  /**
   * What the answer is; where the server takes it, it is checked. Undefined where the client takes it: the server is
   * trusted.
   */
  readonly answer: GenericSchema<unknown, A> | undefined;
}

/** A message that is not answered. */
export interface Notification<P> extends Message<P> {
  readonly kind: 'notification';
}

/** For a message that carries nothing: what comes all the same does not matter. */
export const Nothing = v.pipe(
  v.unknown(),
  v.transform(() => undefined),
);

/** A request of clients, whose answer has the type `A`. */
export function toServer<A>(): <P>(method: string, says: string, params: GenericSchema<unknown, P>) => Request<P, A> {
  return (method, says, params) => ({ kind: 'request', method, to: 'server', says, params, answer: undefined });
}

/** A request of the server. */
export function toClient<P, A>(
  method: string,
  says: string,
  params: GenericSchema<unknown, P>,
  answer: GenericSchema<unknown, A>,
): Request<P, A> {
  return { kind: 'request', method, to: 'client', says, params, answer };
}

export function notification<P>(
  method: string,
  to: 'server' | 'client',
  says: string,
  params: GenericSchema<unknown, P>,
): Notification<P> {
  return { kind: 'notification', method, to, says, params };
}
