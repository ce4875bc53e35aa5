// What SPIN says of networks that are texts.
import type { Network } from '../../language/ir/process.js';
import { networkOf, read } from './helpers.js';
import { inlined, partsOf } from './inline.js';
import type { Kind } from './promela.js';
import { spin } from './spin.js';

export interface SaidBySpin {
  readonly found: ReadonlySet<Kind>;
  readonly held: boolean;
}

/** What SPIN says of the network `N` of each text, its parts taken together; `model` writes them as Promela. */
export function bySpin(texts: readonly string[], model: (networks: readonly Network[]) => string): SaidBySpin[] {
  const parts = texts.map((text) => {
    const { file } = read(text);
    return partsOf(inlined(networkOf(file, 'N'), file));
  });
  const answer = spin(model(parts.flat()), parts.flat().length);
  let next = 0;
  return parts.map((own) => {
    const numbers = own.map(() => next++);
    return {
      found: new Set(numbers.flatMap((n) => [...(answer.found[n] ?? [])])),
      held: numbers.some((n) => answer.held.has(n)),
    };
  });
}
