// Errors of a network that are one to the reader: what a process that stands at one place, having done the same to come
// there, does not do for another one. The first is told, with the others as its related places.
import type { Event, Problem } from '../model/exploration.js';
import type { LocalState, System } from '../model/system.js';
import type { Finding } from '../../findings/finding.js';

/** What goes wrong at a place of a process: the machine that stands there, and the one that it has to do with. */
interface Culprit {
  readonly state: LocalState;
  readonly partner: number;
}

function culpritOf(problem: Problem): Culprit | undefined {
  switch (problem.kind) {
    case 'unmatched-send':
    case 'label-mismatch':
      return { state: problem.receiver, partner: problem.sender };
    case 'unmatched-receive':
      return problem.circle.length > 0 ? undefined : { state: problem.sender, partner: problem.receiver.machine };
    case 'deadlock':
      return undefined;
  }
}

/**
 * What errors share that are one to the reader; undefined for what stands alone. Two of one kind are one where the same
 * process comes to the same place by the same steps of its own, and does not do there what the same other process
 * needs. Where it took another branch before, where another process needs something, or where the kind is another, they
 * are independent.
 * @param events the run that leads to the error
 * Cost: linear in the run
 */
export function rootOf(system: System, problem: Problem, events: readonly Event[]): string | undefined {
  const culprit = culpritOf(problem);
  if (!culprit) return undefined;
  const { state, partner } = culprit;
  const place = ({ instance, nodeId }: LocalState): string => `${system.cfgs.indexOf(instance.cfg)}.${nodeId}`;
  const steps = events
    .filter((event) => event.before.machine === state.machine)
    .map((event) => {
      const way =
        event.kind === 'decide'
          ? event.answer
          : event.kind === 'branch'
            ? event.branch
            : event.kind === 'receive'
              ? event.option
              : '';
      return `${place(event.before)} ${way}`;
    });
  return [problem.kind, state.machine, place(state), partner, ...steps].join('|');
}

/**
 * Findings with those that share a root told as one.
 * @param found findings in the order in which they are to be told, each with its root
 */
export function asOne(found: readonly { readonly finding: Finding; readonly root: string | undefined }[]): Finding[] {
  const groups = new Map<string, Finding[]>();
  const order: Finding[][] = [];
  for (const { finding, root } of found) {
    // What only may go wrong says nothing of what does.
    const key = root === undefined ? undefined : `${finding.suspected ?? false} ${root}`;
    const known = key === undefined ? undefined : groups.get(key);
    if (known) known.push(finding);
    else {
      const own = [finding];
      order.push(own);
      if (key !== undefined) groups.set(key, own);
    }
  }
  return order.flatMap(([first, ...others]) =>
    first && others.length > 0 ? [{ ...first, consequences: others }] : (first ?? []),
  );
}
