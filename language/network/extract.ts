// Extraction: the choreography that a network carries out, from its processes alone.
import type { Origin } from '../ir/expression.js';
import type { LocalCall, Network, Process } from '../ir/process.js';
import { calleeOf, involvedPlaces } from '../projection/involvement.js';
import { project } from '../projection/project.js';
import type { Scope } from '../scoping/scope.js';
import { writeName } from '../syntax/names.js';
import { printExpr, printParams, printType } from '../syntax/print.js';
import { explore } from './extract-graph.js';
import type { Strategy } from './extract-graph.js';
import { arrive } from './extract-state.js';
import type { Callee } from './extract-state.js';
import { createTerms, originOf, Unextractable } from './extract-terms.js';
import { indented, styles, write } from './extract-text.js';
import type { Style } from './extract-text.js';
import { createKnowledge, nothingKnown } from './extract-values.js';

export type Extraction =
  /** One choreography, and one for each network that is called; `name` is the first. */
  | { readonly kind: 'extracted'; readonly name: string; readonly texts: readonly string[] }
  /** Why there is none, and where. */
  | { readonly kind: 'failed'; readonly message: string; readonly origin: Origin; readonly stuck: boolean };

/**
 * How far values are followed: not at all; so that several can decide by copies of one; or also so that who asks the same
 * twice gets the same answer.
 */
export type Following = 'none' | 'copies' | 'answers';

export interface Manner {
  readonly values: Following;
  readonly strategy: Strategy;
  readonly style: Style;
}

/** All of them, those that read best first. */
export const manners: readonly Manner[] = (['none', 'copies', 'answers'] as const).flatMap((values) => (['patient', 'fair'] as const).flatMap((strategy) => styles.map((style) => ({ values, strategy, style }))));

/** Whether following values can make a difference. */
export function decidesByValues(network: Network, scope: Scope): boolean {
  return createKnowledge(allProcesses(network, scope), scope, false) !== undefined;
}

/**
 * Finds a choreography for a network. Its projection does what the processes do, up to the order in which messages that cross
 * each other are received. Processes that decide by copies of one value decide together there.
 * @param network a network without errors; where it writes out only some roles of the choreography that it implements, the
 * others are those of the projection
 * @param scope the names of its file
 * @param manner how it is found and written; where one does not project, another may
 * Cost: see `explore` and `write`
 */
export function extract(network: Network, scope: Scope, manner: Manner = { values: 'none', strategy: 'patient', style: 'joined' }): Extraction {
  const names = new Map<Network, string>();
  const taken = new Set(scope.all().keys());
  const todo: Network[] = [];
  const nameOf = (wanted: Network): string => {
    let name = names.get(wanted);
    if (name === undefined) {
      name = `${wanted.name.text}Protocol`;
      for (let i = 2; taken.has(name); i++) name = `${wanted.name.text}Protocol${i}`;
      taken.add(name);
      names.set(wanted, name);
      todo.push(wanted);
    }
    return name;
  };
  try {
    const name = nameOf(network);
    const texts: string[] = [];
    for (let next = todo.shift(); next; next = todo.shift()) texts.push(choreography(next, nameOf(next), scope, manner, nameOf));
    return { kind: 'extracted', name, texts };
  } catch (error) {
    if (!(error instanceof Unextractable)) throw error;
    return { kind: 'failed', message: error.message, origin: error.origin, stuck: error.stuck };
  }
}

function choreography(network: Network, name: string, scope: Scope, { values, strategy, style }: Manner, nameOf: (network: Network) => string): string {
  const processes = allProcesses(network, scope);
  const results = processes.filter((process) => process.returns);
  const [result, second] = results;
  if (second) throw new Unextractable(`${result?.name.text} and ${second.name.text} both return a value, and a choreography has one result.`, second.name.origin);
  const terms = createTerms();
  const callees = new Map<string, Callee>();
  const callee = (call: LocalCall): Callee => {
    let known = callees.get(call.callee.text);
    if (!known) callees.set(call.callee.text, known = resolve(call, scope, nameOf));
    return known;
  };
  const knowledge = values === 'none' ? undefined : createKnowledge(processes, scope, values === 'answers');
  const setting = { names: processes.map((process) => process.name.text), channels: network.channels, terms, callee, knowledge };
  const place = network.name.origin;
  const lines = write(explore(arrive(processes.map((process) => terms.start(process.body.actions)), knowledge?.start ?? nothingKnown, setting), setting, strategy, place), style, place);
  if (result?.returns) lines.push(`return ${writeName(result.name.text)}.${printExpr(result.returns)}`);
  const roles = processes.map((process) => `${writeName(process.name.text)}${process.params.length > 0 && takesPart(process) ? `(${printParams(process.params)})` : ''}`);
  const type = result?.result ? `: ${printType(result.result)}@${writeName(result.name.text)}` : '';
  const head = `choreography ${writeName(name)}(${roles.join(', ')})${type}`;
  return lines.length > 0 ? `${head} {\n${lines.map(indented).join('\n')}\n}\n` : `${head} {}\n`;
}

function takesPart(process: Process): boolean {
  return process.body.actions.length > 0 || process.returns !== undefined;
}

/** The processes, with those that the network leaves to its choreography. */
function allProcesses(network: Network, scope: Scope): readonly Process[] {
  const design = network.implements && calleeOf(network.implements.text, scope);
  if (!design) return network.processes;
  return project(design.choreography, design.scope).network.processes
    .map((process) => network.processes.find((own) => own.name.text === process.name.text) ?? process);
}

/** What a call leads to: a choreography, the one that a network implements, or the one that is extracted from it. */
function resolve(call: LocalCall, scope: Scope, nameOf: (network: Network) => string): Callee {
  const found = scope.lookup(call.callee.text);
  const network = found?.declaration.kind === 'network' ? found.declaration : undefined;
  if (network && found?.uri !== scope.file.uri) throw new Unextractable(`\`${call.callee.text}\` is a network of another file: extract its choreography there first.`, originOf(call));
  const design = network ? network.implements?.text : call.callee.text;
  if (design !== undefined) {
    const choreography = calleeOf(design, scope);
    if (!choreography) throw new Unextractable(`\`${design}\` is no choreography or network.`, originOf(call));
    const involved = involvedPlaces(choreography);
    return { name: design, places: choreography.choreography.roles.map((role) => ({ takesPart: involved.has(role.name.text), inputs: role.params.length })) };
  }
  if (!network) throw new Unextractable(`\`${call.callee.text}\` is no choreography or network.`, originOf(call));
  return {
    name: nameOf(network),
    places: network.processes.map((process) => ({ takesPart: takesPart(process), inputs: takesPart(process) ? process.params.length : 0 })),
  };
}
