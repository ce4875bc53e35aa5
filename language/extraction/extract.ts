// Extraction: the choreography that a network carries out, from its processes alone.
import type { Expr, TextRange } from '../ir/expression.js';
import { walkActions } from '../ir/process.js';
import type { LocalCall, Network, Process } from '../ir/process.js';
import { valuesOf } from '../ir/choreography.js';
import type { ValueParameter } from '../ir/choreography.js';
import { calleeOf } from '../projection/callee.js';
import { involvedPlaces } from '../projection/involvement.js';
import { project } from '../projection/project.js';
import { isEffectful } from '../scoping/effects.js';
import type { Scope } from '../scoping/scope.js';
import { writeName } from '../syntax/names.js';
import { printExpr, printParams, printType } from '../syntax/print.js';
import { explore } from './graph.js';
import type { Strategy } from './graph.js';
import { arrive } from './state.js';
import type { Callee, Node, Setting } from './state.js';
import { createTerms, InputsMatter, originOf, Unextractable } from './terms.js';
import { writeParts } from './parts.js';
import { createTogether, stepsOf } from './threads.js';
import { indented, styles, write } from './text.js';
import type { Style } from './text.js';
import { createKnowledge, nothingKnown, variablesOf } from './values.js';

export type Extraction =
  /** One choreography, and one for each network that is called; `name` is the first. */
  | { readonly kind: 'extracted'; readonly name: string; readonly texts: readonly string[] }
  /** Why there is none, and where. */
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly origin: TextRange;
      readonly why?: Unextractable['why'];
    };

/**
 * How far values are followed: not at all; so that several can decide by copies of one; or also so that who asks the
 * same twice gets the same answer.
 */
export type Following = 'none' | 'copies' | 'answers';

/** The type of a variable of a network's process, as it is written; undefined where it is not known. */
export type TypeOf = (network: Network, role: string, variable: string) => string | undefined;

export interface Manner {
  readonly values: Following;
  /** Whether messages that cross are written as what goes on at the same time, or one before the other. */
  readonly crossing: boolean;
  readonly strategy: Strategy;
  /** `parts`: several choreographies that call each other, where the others would write much twice. */
  readonly style: Style | 'parts';
}

/** All of them, those that read best first. */
export const manners: readonly Manner[] = (['none', 'copies', 'answers'] as const).flatMap((values) =>
  [true, false].flatMap((crossing) =>
    (['patient', 'fair'] as const).flatMap((strategy) =>
      [...styles, 'parts' as const].map((style) => ({ values, crossing, strategy, style })),
    ),
  ),
);

/** Whether following values can make a difference. */
export function decidesByValues(network: Network, scope: Scope): boolean {
  return createKnowledge(allProcesses(network, scope), scope, false) !== undefined;
}

/**
 * Finds choreographies for a network. Their projections do what the processes do, up to the order in which messages
 * that cross each other are received. Processes that decide by copies of one value decide together there.
 * @param network a network without errors; where it writes out only some roles of the choreography that it implements,
 *   the others are those of the projection
 * @param scope the names of its file
 * @param typeOf tells the types of variables, which the inputs of further choreographies need
 * @returns what finds one in a manner; where that does not project, another may
 * Cost: see `explore`, once for manners that differ only in style; then `write` or `writeParts`
 */
export function createExtractor(
  network: Network,
  scope: Scope,
  typeOf: TypeOf = () => undefined,
): (manner: Manner) => Extraction {
  const declared = new Set(scope.all().keys());
  const freshIn = (taken: Set<string>, wanted: Network): string => {
    let name = `${wanted.name.text}Protocol`;
    for (let i = 2; taken.has(name); i++) name = `${wanted.name.text}Protocol${i}`;
    taken.add(name);
    return name;
  };
  const names = new Map<Network, string>();
  const nameOf = (wanted: Network): string => {
    let name = names.get(wanted);
    if (name === undefined) names.set(wanted, (name = freshIn(declared, wanted)));
    return name;
  };
  const runs = new Map<string, Run | Unextractable>();
  /** The networks of which all inputs are kept. */
  const whole = new Set<Network>();
  const runOf = (of: Network, { values, crossing, strategy }: Manner): Run => {
    const key = `${of.name.text} ${values} ${crossing} ${strategy}`;
    let found = runs.get(key);
    if (!found) {
      try {
        found = run(of, scope, { values, crossing, strategy }, nameOf, whole);
      } catch (error) {
        if (!(error instanceof Unextractable)) throw error;
        found = error;
      }
      runs.set(key, found);
    }
    if (found instanceof Unextractable) throw found;
    return found;
  };
  const attempt = (manner: Manner): Extraction => {
    const name = nameOf(network);
    const todo = new Set([network]);
    const found: (readonly [Network, Run])[] = [];
    const texts: string[] = [];
    try {
      for (const next of todo) {
        const made = runOf(next, manner);
        for (const called of made.calls) todo.add(called);
        found.push([next, made]);
      }
      // Parts are named last, so that nothing else is called like them.
      const taken = new Set([...declared, ...names.values()]);
      for (const [next, made] of found)
        texts.push(
          ...choreographies(next, nameOf(next), made, manner.style, {
            fresh: () => freshIn(taken, next),
            typeOf,
            keepsInputs: whole.has(next),
            values: valuesKnown(next, scope),
          }),
        );
      return { kind: 'extracted', name, texts };
    } catch (error) {
      if (error instanceof InputsMatter && !whole.has(error.network)) {
        whole.add(error.network);
        runs.clear();
        return attempt(manner);
      }
      if (!(error instanceof Unextractable)) throw error;
      return { kind: 'failed', message: error.message, origin: error.origin, ...(error.why ? { why: error.why } : {}) };
    }
  };
  return attempt;
}

/** A network that was run symbolically. */
interface Run {
  readonly processes: readonly Process[];
  readonly graph: Node;
  /** The networks that it calls, whose choreographies are extracted as well. */
  readonly calls: ReadonlySet<Network>;
}

function run(
  network: Network,
  scope: Scope,
  { values, crossing, strategy }: Omit<Manner, 'style'>,
  nameOf: (network: Network) => string,
  whole: ReadonlySet<Network>,
): Run {
  const processes = allProcesses(network, scope);
  checkFollowed(network, processes);
  const terms = createTerms(new Set(processes.flatMap(stepsOf)));
  const calls = new Set<Network>();
  const callees = new Map<string, Callee>();
  const callee = (call: LocalCall): Callee => {
    let known = callees.get(call.callee.text);
    if (!known) {
      callees.set(
        call.callee.text,
        (known = resolve(
          call,
          scope,
          (called) => {
            calls.add(called);
            return nameOf(called);
          },
          whole,
        )),
      );
    }
    return known;
  };
  const knowledge = values === 'none' ? undefined : createKnowledge(processes, scope, values === 'answers');
  const setting: Setting = {
    names: processes.map((process) => process.name.text),
    variables: processes.map(variablesOf),
    channels: network.channels,
    crossing,
    terms,
    callee,
    knowledge,
    isEffectful: (expr: Expr) => isEffectful(expr, scope),
    threads: new Set(),
    together: createTogether(strategy, network.name.origin),
  };
  const start = arrive(
    processes.map((process) => terms.start(process.body.actions)),
    knowledge?.start ?? nothingKnown,
    setting,
  );
  return { processes, graph: explore(start, setting, strategy, network.name.origin).graph, calls };
}

/** Families, and what is done once for each number, are not followed: each size would have a choreography of its own. */
function checkFollowed(network: Network, processes: readonly Process[]): void {
  const { origin } = network.name;
  // A process that is left to the choreography stands in another text.
  const family = processes.find(({ members }) => members) ?? network.families[0];
  if (family)
    throw new Unextractable(`Extraction does not follow families of roles, and ${family.name.text} is one.`, origin);
  for (const process of processes)
    walkActions(process.body.actions, (action) => {
      if (action.kind !== 'for' && action.kind !== 'when') return;
      throw new Unextractable(
        action.kind === 'when'
          ? 'Extraction does not follow `when`: what depends on numbers.'
          : `Extraction does not follow \`${action.parallel === true ? 'par' : 'for'} ${action.index.text} in …\`: what is done once for each number.`,
        network.processes.includes(process) ? (action.origins[0] ?? origin) : origin,
      );
    });
}

/** The values that all know, where the network begins. */
function valuesKnown(network: Network, scope: Scope): readonly ValueParameter[] {
  const design = network.implements && calleeOf(network.implements.text, scope);
  return design ? valuesOf(design.choreography.parameters) : network.values;
}

interface Naming {
  fresh(): string;
  readonly typeOf: TypeOf;
  /** Whether also those that do nothing have their inputs. */
  readonly keepsInputs: boolean;
  readonly values: readonly ValueParameter[];
}

/** The choreography of one network, and its parts. */
function choreographies(
  network: Network,
  name: string,
  { processes, graph }: Run,
  style: Manner['style'],
  { fresh, typeOf, keepsInputs, values }: Naming,
): string[] {
  const place = network.name.origin;
  const returning = processes.flatMap((process) =>
    process.returns ? [{ name: writeName(process.name.text), returns: process.returns, type: process.result }] : [],
  );
  if (style === 'parts' && values.length > 0)
    throw new Unextractable('A value that all know is not carried through further choreographies.', place, 'style');
  if (style === 'parts' && returning.length > 0)
    throw new Unextractable('A result is not carried through further choreographies.', place, 'style');
  const types = (role: string, variable: string): string | undefined => {
    const input = processes.find((p) => p.name.text === role)?.params.find((p) => p.name.text === variable);
    return input ? printType(input.type) : typeOf(network, role, variable);
  };
  const { lines, texts } =
    style === 'parts'
      ? writeParts(graph, { names: processes.map((process) => process.name.text), fresh, typeOf: types }, place)
      : { lines: write(graph, style, place), texts: [] };
  const body =
    returning.length > 0
      ? [...lines, `return ${returning.map(({ name: role, returns }) => `${role}.${printExpr(returns)}`).join(', ')}`]
      : lines;
  const roles = [
    ...processes.map(
      (process) =>
        `${writeName(process.name.text)}${process.params.length > 0 && (keepsInputs || takesPart(process)) ? `(${printParams(process.params)})` : ''}`,
    ),
    ...values.map((value) => printParams([value])),
  ];
  const results = returning.flatMap(({ name: role, type }) => (type ? [`${printType(type)}@${role}`] : []));
  const type = results.length > 0 ? `: ${results.join(', ')}` : '';
  const head = `choreography ${writeName(name)}(${roles.join(', ')})${type}`;
  return [body.length > 0 ? `${head} {\n${body.map(indented).join('\n')}\n}\n` : `${head} {}\n`, ...texts];
}

function takesPart(process: Process): boolean {
  return process.body.actions.length > 0 || process.returns !== undefined;
}

/** The processes, with those that the network leaves to its choreography. */
function allProcesses(network: Network, scope: Scope): readonly Process[] {
  const design = network.implements && calleeOf(network.implements.text, scope);
  if (!design) return network.processes;
  return project(design.choreography, design.scope).network.processes.map(
    (process) => network.processes.find((own) => own.name.text === process.name.text) ?? process,
  );
}

/** What a call leads to: a choreography, the one that a network implements, or the one that is extracted from it. */
function resolve(
  call: LocalCall,
  scope: Scope,
  nameOf: (network: Network) => string,
  whole: ReadonlySet<Network>,
): Callee {
  const found = scope.lookup(call.callee.text);
  const network = found?.declaration.kind === 'network' ? found.declaration : undefined;
  if (network && found?.uri !== scope.file.uri)
    throw new Unextractable(
      `\`${call.callee.text}\` is a network of another file: extract its choreography there first.`,
      originOf(call),
    );
  const design = network ? network.implements?.text : call.callee.text;
  if (design !== undefined) {
    const choreography = calleeOf(design, scope);
    if (!choreography) throw new Unextractable(`\`${design}\` is no choreography or network.`, originOf(call));
    const involved = involvedPlaces(choreography);
    return {
      name: design,
      places: choreography.choreography.roles.map((role) => ({
        takesPart: involved.has(role.name.text),
        inputs: role.params.length,
      })),
    };
  }
  if (!network) throw new Unextractable(`\`${call.callee.text}\` is no choreography or network.`, originOf(call));
  return {
    name: nameOf(network),
    network,
    places: network.processes.map((process) => ({
      takesPart: takesPart(process),
      inputs: whole.has(network) || takesPart(process) ? process.params.length : 0,
    })),
  };
}
