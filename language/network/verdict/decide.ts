// The verdict on a system of machines that has no text here: what goes wrong, with the run, in words; or why nothing
// does.
import type { Automaton } from '../../import/automaton.js';
import type { Channels } from '../../ir/process.js';
import { lookAgain } from '../search/unreduced.js';
import { unfairStarvation, fairStarvation } from '../analysis/liveness.js';
import type { StarvingMachine } from '../analysis/liveness.js';
import { groupsOf, machinesOf } from '../model/machines.js';
import type { Machines } from '../model/machines.js';
import { missingForProof } from '../analysis/multiparty.js';
import type { Missing } from '../analysis/multiparty.js';
import type { Violation } from '../search/violations.js';
import { search } from '../search/search.js';
import type { Search } from '../search/search.js';
import { listed } from '../../text/words.js';
import type { ExplorationLimits } from '../model/exploration.js';
import { senderOf, receiverOf } from '../model/channel.js';

export interface Decision {
  readonly verdict: 'proved' | 'bounded' | 'refuted';
  /**
   * Of what is proved: all there is was explored, or what holds with queues of `buffer` messages holds with any
   * (k-multiparty compatibility).
   */
  readonly by?: 'exploration' | 'multiparty';
  readonly states: number;
  readonly buffer: number;
  /** Of what is `bounded`: the bound that was met, or what a proof for all sizes of queues lacks. */
  readonly lacks?: 'states' | 'time' | Missing;
  readonly mistakes: readonly Mistake[];
}

export interface Mistake {
  readonly code: 'deadlock' | 'unmatched-receive' | 'unmatched-send' | 'label-mismatch' | 'starvation';
  /** Whether it is so only if others never leave a loop that they could leave; of `starvation` alone. */
  readonly unfair?: boolean;
  readonly message: string;
  /** Where it shows, in the text that the machines were read from. */
  readonly at: number;
  readonly run: readonly string[];
}

/**
 * Decides a system of machines.
 * @param limits the bounds; queues of 1, 2, 3, … messages are tried up to `buffer`
 * @param interrupted asked now and then, with the configurations so far; true ends it
 * Cost: see `search` and `missingForProof`
 */
export function decide(
  system: readonly Automaton[],
  channels: Channels,
  limits: ExplorationLimits,
  interrupted?: (states: number) => boolean,
): Decision {
  const machines = machinesOf(system, channels);
  const parts = groupsOf(machines).map((group) => decideGroup(machines, group, limits, interrupted));
  const order = ['proved', 'bounded', 'refuted'] as const;
  const verdict = order[Math.max(...parts.map((p) => order.indexOf(p.verdict)))] ?? 'proved';
  const lacks = verdict === 'bounded' ? parts.find((p) => p.lacks !== undefined)?.lacks : undefined;
  return {
    verdict,
    states: parts.reduce((sum, p) => sum + p.states, 0),
    buffer: Math.max(0, ...parts.map((p) => p.buffer)),
    mistakes: parts.flatMap((p) => p.mistakes),
    ...(verdict === 'proved'
      ? { by: parts.some((p) => p.by === 'multiparty') ? ('multiparty' as const) : ('exploration' as const) }
      : {}),
    ...(lacks ? { lacks } : {}),
  };
}

function decideGroup(
  machines: Machines,
  group: readonly number[],
  limits: ExplorationLimits,
  interrupted?: (states: number) => boolean,
): Decision {
  for (let buffer = 1; ; buffer++) {
    const options = { states: limits.states, buffer, ...(interrupted ? { interrupted } : {}) };
    const found = search(machines, group, { ...options, reduce: true });
    const states = found.graph.count();
    if (found.wrong.length > 0) {
      const again = lookAgain(machines, group, found, { ...options, buffer: limits.buffer });
      // Each by its shortest run, which a reduction may leave out; and what is wrong besides.
      const rest = found.wrong.filter((w) => !again.wrong.some((one) => one.problem.key === w.problem.key));
      const mistakes = [
        ...again.wrong.map((w) => ({ ...w, look: again })),
        ...rest.map((w) => ({ ...w, look: found })),
      ].map(({ look, problem, configuration }) => mistakeOf(machines, look, problem, configuration));
      return { verdict: 'refuted', states, buffer, mistakes };
    }
    if (found.cuts.size === 0)
      return exact(
        machines,
        group,
        found,
        lookAgain(machines, group, found, { ...options, buffer: limits.buffer }),
        buffer,
      );
    if (!found.cuts.has('buffer') || found.cuts.size > 1)
      return {
        verdict: 'bounded',
        states,
        buffer,
        lacks: found.cuts.has('interrupted') ? 'time' : 'states',
        mistakes: [],
      };
    // Who is faster matters: all orders within the bound are looked at, and whether the bound hides others.
    const all = search(machines, group, { ...options, reduce: false });
    if (all.wrong.length > 0)
      return {
        verdict: 'refuted',
        states: all.graph.count(),
        buffer,
        mistakes: all.wrong.map(({ problem, configuration }) => mistakeOf(machines, all, problem, configuration)),
      };
    const whole = !all.cuts.has('states') && !all.cuts.has('interrupted');
    const lacks = whole ? missingForProof(machines, group, all) : all.cuts.has('interrupted') ? 'time' : 'states';
    if (lacks === undefined)
      return {
        verdict: 'proved',
        by: 'multiparty',
        states: all.graph.count(),
        buffer,
        mistakes: waiting(machines, group, all, []),
      };
    if (!whole || buffer >= limits.buffer)
      return { verdict: 'bounded', states: all.graph.count(), buffer, lacks, mistakes: [] };
  }
}

/** The verdict where nothing was left out; `again` is the same without reduction, as far as it went. */
function exact(machines: Machines, group: readonly number[], first: Search, again: Search, buffer: number): Decision {
  const found = again.cuts.size === 0 ? again : first;
  const { starving, untaken } = fairStarvation(machines, group, found);
  const { names, size } = machines;
  const mistakes: Mistake[] = [
    ...untaken.map(({ channel, message, receiver, configuration }): Mistake => ({
      code: 'unmatched-send',
      run: runOf(machines, found, configuration),
      at: machines.at(receiver),
      message: `${names[receiverOf(channel, size)]} never takes \`${machines.labelText(message)}\` from ${names[senderOf(channel, size)]}, and goes on for ever without it.`,
    })),
    ...waiting(machines, group, found, starving),
  ];
  const refuted = untaken.length > 0;
  return {
    verdict: refuted ? 'refuted' : 'proved',
    ...(refuted ? {} : { by: 'exploration' as const }),
    states: first.graph.count(),
    buffer,
    mistakes,
  };
}

/** Who waits for ever: these, and who does so for as long as others go round. */
function waiting(
  machines: Machines,
  group: readonly number[],
  found: Search,
  starving: readonly StarvingMachine[],
): Mistake[] {
  const { names } = machines;
  const unfair = unfairStarvation(machines, group, found, new Set(starving.map((s) => s.part.key)));
  return [...starving.map((s) => ({ ...s, fair: true })), ...unfair.map((s) => ({ ...s, fair: false }))].map(
    ({ machine, active, configuration, fair }): Mistake => ({
      code: 'starvation',
      unfair: !fair,
      run: runOf(machines, found, configuration),
      at: machines.at(found.view(configuration).state(machine)),
      message: fair
        ? `${names[machine]} may wait for ever, while ${listed(active.map((m) => names[m] ?? ''))} go on without it.`
        : `${names[machine]} waits for as long as ${listed(active.map((m) => names[m] ?? ''))} go round.`,
    }),
  );
}

function runOf(machines: Machines, found: Search, configuration: number): string[] {
  return found.run(configuration).steps.map(({ state, move }) => machines.words(state, move));
}

function mistakeOf(machines: Machines, found: Search, problem: Violation, configuration: number): Mistake {
  const { names, size } = machines;
  const run = runOf(machines, found, configuration);
  const at = (machine: number): number => machines.at(found.view(configuration).state(machine));
  switch (problem.kind) {
    case 'deadlock': {
      const waits = problem.waiting.map(({ machine, on }) => `${names[machine]} waits for ${names[on]}`);
      const first = problem.cycle[0] ?? problem.waiting[0];
      return {
        code: problem.kind,
        run,
        at: first ? at(first.machine) : 0,
        message: `Nobody can go on: ${waits.join(', ')}.`,
      };
    }
    case 'unmatched-receive': {
      const receiver = machines.machineOf(problem.receiver.actor);
      return {
        code: problem.kind,
        run,
        at: at(receiver),
        message: `${names[receiver]} waits for a message from ${names[problem.from]} that can’t come any more.`,
      };
    }
    case 'unmatched-send':
      return {
        code: problem.kind,
        run,
        at: machines.at(problem.receiver),
        message: `${names[receiverOf(problem.channel, size)]} never takes \`${machines.labelText(problem.message)}\` from ${names[senderOf(problem.channel, size)]}.`,
      };
    case 'label-mismatch':
      return {
        code: problem.kind,
        run,
        at: at(receiverOf(problem.channel, size)),
        message: `${names[receiverOf(problem.channel, size)]} does not take \`${machines.labelText(problem.message)}\` from ${names[senderOf(problem.channel, size)]}, which is the next message.`,
      };
  }
}
