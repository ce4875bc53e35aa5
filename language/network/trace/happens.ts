// Whether a run can happen: it is done again with values, and inputs and answers of the host are looked for that lead
// where it went.
import type { Scope } from '../../scoping/scope.js';
import { createKnowledge } from '../../values/knowledge.js';
import { canHold } from '../../values/solve.js';
import type { Typing } from '../../values/solve.js';
import type { Term } from '../../values/terms.js';
import { typedOf } from '../../values/types.js';
import type { Values } from '../../values/values.js';
import type { Event } from '../model/exploration.js';
import { createReplay } from './replay.js';
import type { LocalState, System } from '../model/system.js';

/**
 * Whether a run can happen.
 * @param events what happens in it
 * @param ends where machines stand at its end
 * @param values as of `createReplay`
 * @returns `yes`; or `unknown`, where no values were found with which it happens, or `elsewhere`, where a machine does
 *   not come to where the run has it, whatever the values are
 * Cost: linear in the run, and in what machines compute in it; looking for values is bounded
 */
export function happens(
  system: System,
  events: readonly Event[],
  ends: readonly LocalState[],
  values?: Values,
): 'yes' | 'unknown' | 'elsewhere' {
  const replay = createReplay(system, values);
  for (const event of events) if (!replay.follow(event)) return 'elsewhere';
  for (const end of ends) if (!replay.advance(end.machine, end)) return 'elsewhere';
  const { values: evaluator, hold, defined } = replay;
  const { algebra } = evaluator;
  const scopes = [...new Set(system.cfgs.map((t) => t.scope))];
  return canHold(
    algebra,
    { hold: consistent(evaluator, hold) ?? [algebra.terms.scalar(false)], defined: [...defined] },
    typingOf(evaluator, scopes),
  )
    ? 'yes'
    : 'unknown';
}

/**
 * The decisions of a run that could go another way, going by the decisions before: neither a constant nor the same
 * question again.
 * @returns by their places in the run
 */
export function openDecisions(system: System, events: readonly Event[], values?: Values): readonly number[] {
  const replay = createReplay(system, values);
  const open: number[] = [];
  const known = createKnowledge();
  for (const [index, event] of events.entries()) {
    const before = replay.hold.length;
    const goes = replay.follow(event);
    let free = event.kind === 'branch' && event.before.node.kind === 'choice';
    for (const condition of replay.hold.slice(before)) {
      const { facts, keep } = known.about([condition]);
      const answers = replay.values.decide(condition, facts);
      free ||= answers.length !== 1;
      keep(answers.find((a) => a.value)?.facts ?? facts);
    }
    if (free || (!goes && event.kind !== 'send' && event.kind !== 'receive')) open.push(index);
    // What can't be followed is told as it is.
    if (!goes)
      return [
        ...open,
        ...events.flatMap(({ kind }, i) => (i > index && (kind === 'decide' || kind === 'branch') ? [i] : [])),
      ];
  }
  return open;
}

/** Conditions with what follows from those before left out; undefined where they contradict each other. */
function consistent(values: Values, hold: readonly Term[]): readonly Term[] | undefined {
  const known = createKnowledge();
  for (const condition of hold) {
    const { facts, keep } = known.about([condition]);
    const answers = values.decide(condition, facts);
    const right = answers.filter((a) => a.value);
    if (right.length === 0) return undefined;
    if (right.length === 1 && right[0]) keep(right[0].facts);
  }
  return [...new Set(hold)];
}

/** What the types of a system's files are made of. */
function typingOf({ shapes }: Values, scopes: readonly Scope[]): Typing {
  return {
    shapesOf(type) {
      for (const scope of scopes) {
        const found = shapes.ofType(type, scope);
        if (found) return found;
      }
      return undefined;
    },
    fieldsOf(shape) {
      const origin = shapes.fieldsOf(shape);
      if (!origin) return [];
      const scope = scopes.map((s) => (s.file.uri === origin.uri ? s : s.at(origin.uri))).find((s) => s !== undefined);
      const { declaration } = origin;
      const fields =
        declaration.kind === 'record'
          ? declaration.fields
          : (declaration.cases.find((c) => c.name.text === shape.name)?.fields ?? []);
      return fields.map((field) => scope && typedOf(scope).type(field.type));
    },
  };
}
