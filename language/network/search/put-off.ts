// Who was put off in favour of others that go round for ever.
import type { Automata, Move } from '../model/automata.js';
import { limited, ready } from './configuration.js';
import type { View } from './configuration.js';
import type { Graph } from './graph.js';

/** What is looked at of a search. */
interface Looking {
  readonly graph: Graph;
  view(configuration: number): View;
  isReady(move: Move): boolean;
  isHeld(move: Move): boolean;
}

/**
 * The machines that could move and never do, or of which a thread could, though the others can go on for ever (Valmari,
 * LNCS 1491, 1998, on ignoring).
 */
export function putOff(
  automata: Automata,
  machines: readonly number[],
  { graph, view, isReady, isHeld }: Looking,
): { at: number; machine: number }[] {
  return graph.lasting().flatMap(({ members, moved }) => {
    const found = new Map<number, number>();
    const held = new Map<number, number>();
    const whole = new Set([...moved].map((actor) => automata.machineOf(actor)));
    for (const at of members) {
      if (graph.isStopped(at)) continue;
      const here = view(at);
      for (const machine of machines) {
        if (found.has(machine)) continue;
        const { threads, parts } = here.state(machine);
        if (!threads && whole.has(machine)) continue;
        const left = threads ? parts.filter(({ actor }) => !moved.has(actor)) : [];
        if (threads ? left.some((part) => part.moves.some(isReady)) : here.readiness(machine) === ready)
          found.set(machine, at);
        else if (
          (threads ? left.some((part) => part.moves.some(isHeld)) : here.readiness(machine) === limited) &&
          !held.has(machine)
        )
          held.set(machine, at);
      }
    }
    return [...new Map([...held, ...found])].map(([machine, at]) => ({ at, machine }));
  });
}
