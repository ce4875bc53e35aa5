// Whether a run can happen: it is done again with values, nothing of which is left out, and inputs and answers of the host are looked for that lead where it went.
import { noFacts } from '../values/facts.js';
import type { Frame } from '../values/program.js';
import { canHold, mayFail } from '../values/solve.js';
import type { Typing } from '../values/solve.js';
import type { Term } from '../values/terms.js';
import { typedOf } from '../values/types.js';
import { createValues } from '../values/values.js';
import type { Values } from '../values/values.js';
import type { Expr } from '../ir/expression.js';
import type { Scope } from '../scoping/scope.js';
import type { Event } from './engine.js';
import { slotOf } from './system.js';
import type { Instance, LocalState, System } from './system.js';

/** Local steps from one thing that is told to the next; more are not followed. */
const mostSteps = 20_000;

/**
 * Whether a run can happen.
 * @param events what happens in it
 * @param ends where machines stand at its end
 * @returns `yes`; or `unknown`, where no values were found with which it happens, or `elsewhere`, where a machine does not come to where the run has it, whatever the values are
 * Cost: linear in the run, and in what machines compute in it; looking for values is bounded
 */
export function happens(system: System, events: readonly Event[], ends: readonly LocalState[]): 'yes' | 'unknown' | 'elsewhere' {
  const values = createValues();
  const { algebra } = values;
  const size = system.names.length;
  const places = [...system.roots];
  const env = new Map<string, Term>();
  const queues = new Map<number, Term[]>();
  const hold: Term[] = [];
  const defined = new Set<Term>();
  let unknowns = 0;
  const fresh: Frame['fresh'] = (type) => algebra.terms.unknown(unknowns++, type);
  const compute = ({ instance }: LocalState, expr: Expr): Term => {
    const { template } = instance;
    const value = values.evaluate(expr, template.scope, {
      fresh, missing: (_, type) => fresh(type),
      variable(name) {
        if (!template.variables.has(name)) return undefined;
        const slot = slotOf(instance, name);
        let known = env.get(slot);
        if (!known) env.set(slot, known = fresh(undefined));
        return known;
      },
    });
    if (mayFail(value)) defined.add(value);
    return value;
  };
  const set = (instance: Instance, variable: string, value: Term): void => void env.set(slotOf(instance, variable), value);
  for (const root of system.roots) for (const param of root.instance.template.process.params) set(root.instance, param.name.text, fresh(typedOf(root.instance.template.scope).type(param.type)));

  /** Goes on with what a machine does by itself, up to a place; false where it does not come there. */
  const advance = (machine: number, to: LocalState): boolean => {
    for (let steps = 0; steps < mostSteps; steps++) {
      const at = places[machine] as LocalState;
      if (at === to) return true;
      const { node, instance } = at;
      switch (node.kind) {
        case 'skip':
          if (node.action.kind === 'effect') compute(at, node.action.value);
          places[machine] = system.goto(at, node.next);
          break;
        case 'assign':
          set(instance, node.action.variable.text, compute(at, node.action.value));
          places[machine] = system.goto(at, node.next);
          break;
        case 'call': {
          const callee = system.enter(at, node.action, node.next);
          if (!callee) return false;
          const inputs = node.action.args.find((a) => a.role.text === instance.template.name)?.inputs ?? [];
          const given = inputs.map((input) => compute(at, input));
          for (const variable of callee.instance.template.variables) env.delete(slotOf(callee.instance, variable));
          callee.instance.template.process.params.forEach((param, i) => set(callee.instance, param.name.text, given[i] ?? fresh(undefined)));
          places[machine] = callee;
          break;
        }
        case 'end': {
          const { caller, target } = instance;
          if (!caller) return false;
          if (target !== undefined) set(caller.instance, target, node.returns ? compute(at, node.returns) : fresh(undefined));
          places[machine] = caller;
          break;
        }
        default: return false;
      }
    }
    return false;
  };

  for (const event of events) {
    const { before } = event;
    const { machine, node, instance } = before;
    if (!advance(machine, before)) return 'elsewhere';
    const { scope } = instance.template;
    if (event.kind === 'decide' && node.kind === 'decide') {
      const answer = compute(before, node.action.condition);
      hold.push(event.answer ? answer : algebra.op('not', answer));
      places[machine] = system.goto(before, event.answer ? node.yes : node.no);
    } else if (event.kind === 'branch' && node.kind === 'match') {
      const value = compute(before, node.action.value);
      node.cases.slice(0, event.branch).forEach(({ pattern }) => hold.push(algebra.op('not', values.fits(pattern, value, scope))));
      const taken = node.cases[event.branch];
      if (taken) {
        hold.push(values.fits(taken.pattern, value, scope));
        for (const [name, part] of values.bindings(taken.pattern, value, scope)) set(instance, name, part);
      }
      const next = taken?.next ?? node.otherwise;
      if (next === undefined) return 'elsewhere';
      places[machine] = system.goto(before, next);
    } else if (event.kind === 'branch' && node.kind === 'choice') {
      const next = node.branches[event.branch];
      if (next === undefined) return 'elsewhere';
      places[machine] = system.goto(before, next);
    } else if (event.kind === 'send' && node.kind === 'send') {
      const { value, label } = node.action;
      const [type] = label?.types ?? [];
      const payload = value ? compute(before, value) : fresh(type && typedOf(scope).type(type));
      queues.set(event.channel, [...queues.get(event.channel) ?? [], payload]);
      places[machine] = system.goto(before, node.next);
    } else if (event.kind === 'receive' && node.kind === 'receive') {
      const option = node.options[event.option];
      const [payload, ...rest] = queues.get(event.channel) ?? [];
      if (!option || !payload || event.channel !== event.from * size + machine) return 'elsewhere';
      queues.set(event.channel, rest);
      if (option.branch.variable) set(instance, option.branch.variable.text, payload);
      places[machine] = system.goto(before, option.next);
    } else return 'elsewhere';
  }
  for (const end of ends) if (!advance(end.machine, end)) return 'elsewhere';
  const scopes = [...new Set(system.templates.map((t) => t.scope))];
  return canHold(algebra, { hold: consistent(values, hold) ?? [algebra.terms.scalar(false)], defined: [...defined] }, typingOf(values, scopes)) ? 'yes' : 'unknown';
}

/** Conditions with what follows from those before left out; undefined where they contradict each other. */
function consistent(values: Values, hold: readonly Term[]): readonly Term[] | undefined {
  let facts = noFacts;
  for (const condition of hold) {
    const answers = values.decide(condition, facts);
    const right = answers.filter((a) => a.value);
    if (right.length === 0) return undefined;
    if (right.length === 1 && right[0]) ({ facts } = right[0]);
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
      const fields = declaration.kind === 'record' ? declaration.fields : declaration.cases.find((c) => c.name.text === shape.name)?.fields ?? [];
      return fields.map((field) => scope && typedOf(scope).type(field.type));
    },
  };
}
