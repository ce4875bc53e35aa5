// The projection of a choreography as a whole file, which checks beside the source: its imports, the network, and a
// network for every choreography that it calls.
import { choreographiesOf } from '../ir/choreography.js';
import type { Choreography } from '../ir/choreography.js';
import { walkExpr } from '../ir/expression.js';
import type { Expr, TextRange, Pattern, TypeExpr } from '../ir/expression.js';
import type { SourceFile } from '../ir/file.js';
import { mapActions, variablesGathered, walkActions } from '../ir/process.js';
import type { Action, Network, Process } from '../ir/process.js';
import { namesOfTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';
import { binderOf, enumsByCase } from '../scoping/cases.js';
import { relativePath } from '../scoping/paths.js';
import type { Resolved, Scope } from '../scoping/scope.js';
import { writeName } from '../syntax/names.js';
import { escapeString } from '../syntax/strings.js';
import { listed } from '../text/words.js';
import { calleeOf } from './callee.js';
import { printNetwork } from './print.js';
import type { PrintedProcess } from './print.js';
import { isInstance, readableName } from '../parameters/closure.js';
import { givenScope } from '../parameters/scope.js';
import { project, scopeOfProjection } from './project.js';
import type { Projected } from './project.js';

/** Where projections are taken from; a `Workspace` is one. */
export interface Projections {
  analyze(
    uri: string,
  ): { readonly file: SourceFile; readonly scope: Scope; readonly projections: readonly Projected[] } | undefined;
}

export interface ProjectionFileOptions {
  /** Only this role, as a network that implements the choreography. */
  readonly role?: string;
  /** How an import names a source file; by default as seen from a file beside the choreography's. */
  readonly path?: (uri: string) => string;
}

export interface ProjectionFile {
  readonly text: string;
  /** As of a printed process; each source with its file. */
  readonly map: readonly { readonly local: TextRange; readonly source: TextRange; readonly uri: string }[];
  readonly holes: PrintedProcess['holes'];
}

/** One network of the file to be. */
interface Unit {
  readonly uri: string;
  readonly choreography: string;
  readonly role?: string;
  readonly name: string;
  readonly scope: Scope;
  readonly network: Network;
}

/**
 * The text of a projection as a file of its own.
 * @param projections where projections are taken from
 * @param uri the file of the choreography, and `name` its name; several names give one file with all of them
 * @returns undefined where there is no such choreography or role, or it has no projection by itself (`whyNone`). Where
 *   the projection has holes, so has the text.
 * Cost: linear in the projections that it needs
 */
export function projectionFile(
  projections: Projections,
  uri: string,
  name: string | readonly string[],
  options: ProjectionFileOptions = {},
): ProjectionFile | undefined {
  const { units, called, imports } = collectUnits(
    projections,
    uri,
    typeof name === 'string' ? [name] : name,
    options.role,
  );
  if (units.size === 0) return undefined;
  const path = options.path ?? ((other: string): string => relativePath(uri, other) ?? other);
  const designs = importDesigns([...units.values()], imports);
  avoid(new Set([...imports.values()].flatMap((names) => [...names])), units);
  let text = [...imports]
    .filter(([, names]) => names.size > 0)
    .sort(([a], [b]) => (a === uri ? -1 : b === uri ? 1 : a < b ? -1 : 1))
    .map(
      ([from, names]) => `import { ${[...names].sort().map(writeName).join(', ')} } from ${escapeString(path(from))}\n`,
    )
    .join('');
  const map: { local: TextRange; source: TextRange; uri: string }[] = [];
  const holes: ProjectionFile['holes'][number][] = [];
  for (const unit of units.values()) {
    if (text !== '') text += '\n';
    const printed = printNetwork(
      renamed(unit, new Map([...units, ...called])),
      unit.name,
      designs.has(unit.network) ? unit.choreography : undefined,
    );
    const offset = text.length;
    const moved = (local: TextRange): TextRange => ({ start: local.start + offset, end: local.end + offset });
    for (const link of printed.map) map.push({ local: moved(link.local), source: link.source, uri: unit.uri });
    for (const hole of printed.holes) holes.push({ ...hole, local: moved(hole.local) });
    text += printed.text;
  }
  return { text, map, holes };
}

/**
 * Why a choreography has no projection by itself, as a sentence without a point at its end; undefined where it has one.
 */
export function whyNone({ name, parameters }: Choreography): string | undefined {
  const given = choreographiesOf(parameters).map((each) => `\`${each.name.text}\``);
  return given.length === 0
    ? undefined
    : `\`${name.text}\` is given ${listed(given)} by who calls it, and is projected there: project a choreography that calls it`;
}

/**
 * Imports the choreographies that the networks implement, but for those whose names mean something else in the file;
 * gives the networks that do.
 */
function importDesigns(units: readonly Unit[], imports: Map<string, Set<string>>): ReadonlySet<Network> {
  const implementing = new Set<Network>();
  for (const { uri, choreography, network } of units) {
    // There is none of that name in a text.
    if (isInstance(choreography)) continue;
    if ([...imports].some(([other, names]) => other !== uri && names.has(choreography))) continue;
    imports.set(uri, (imports.get(uri) ?? new Set()).add(choreography));
    implementing.add(network);
  }
  return implementing;
}

/** Gives the networks that are called like something imported another name. */
function avoid(imported: ReadonlySet<string>, units: Map<string, Unit>): void {
  const taken = new Set([...imported, ...[...units.values()].map((unit) => unit.name)]);
  for (const [key, unit] of units) {
    if (!imported.has(unit.name)) continue;
    let count = 2;
    while (taken.has(`${unit.name}${count}`)) count++;
    taken.add(`${unit.name}${count}`);
    units.set(key, { ...unit, name: `${unit.name}${count}` });
  }
}

function unitKey(uri: string, choreography: string, role: string | undefined): string {
  return `${uri}#${choreography}#${role ?? ''}`;
}

/** The networks of a file to be. */
interface Collected {
  readonly units: Map<string, Unit>;
  /** The choreographies that are called themselves, as their code has names that mean something else in the file. */
  readonly called: ReadonlyMap<string, { readonly name: string }>;
  /** What the networks use, by the file that it comes from. */
  readonly imports: Map<string, Set<string>>;
}

/** Adds imports to others. */
function addAll(imports: Map<string, Set<string>>, more: ReadonlyMap<string, ReadonlySet<string>>): void {
  for (const [uri, names] of more) imports.set(uri, new Set([...(imports.get(uri) ?? []), ...names]));
}

/** Whether some of the names are imported from other files already. */
function isTaken(imports: ReadonlyMap<string, Set<string>>, names: ReadonlySet<string>, uri: string): boolean {
  return [...imports].some(([other, known]) => other !== uri && [...names].some((name) => known.has(name)));
}

/** The network asked for, and those of everything that it calls. */
function collectUnits(
  projections: Projections,
  uri: string,
  roots: readonly string[],
  role: string | undefined,
): Collected {
  const units = new Map<string, Unit>();
  const called = new Map<string, { readonly name: string }>();
  const imports = new Map<string, Set<string>>();
  const names = new Set<string>();
  const wanted = roots.map((name) => ({ uri, name, role }));
  for (let next = wanted.shift(); next; next = wanted.shift()) {
    const key = unitKey(next.uri, next.name, next.role);
    if (units.has(key) || called.has(key)) continue;
    const analysis = projections.analyze(next.uri);
    const projected = analysis && projectedOf(analysis, next.name);
    if (!projected || whyNone(projected.choreography) !== undefined) continue;
    const processes = projected.network.processes.filter(
      (process) => next?.role === undefined || process.name.text === next.role,
    );
    if (next.role !== undefined && processes.length === 0) continue;
    const base = `${readableName(next.name)}_${next.role ?? 'Network'}`;
    let own = base;
    for (let count = 2; names.has(own); count++) own = `${base}${count}`;
    names.add(own);
    const scope = scopeOfProjection(projected, analysis.scope);
    const unit: Unit = {
      uri: next.uri,
      choreography: next.name,
      ...(next.role === undefined ? {} : { role: next.role }),
      name: own,
      scope,
      network: { ...projected.network, processes },
    };
    const used = new Map<string, Set<string>>();
    collectImports(unit, used);
    const design = new Set([next.name]);
    if (
      units.size >= roots.length &&
      !isInstance(next.name) &&
      [...used].some(([from, own]) => isTaken(imports, own, from)) &&
      !isTaken(imports, design, next.uri)
    ) {
      called.set(key, { name: next.name });
      addAll(imports, new Map([[next.uri, design]]));
      continue;
    }
    addAll(imports, used);
    units.set(key, unit);
    for (const process of processes) {
      walkActions(process.body.actions, (action) => {
        const target =
          action.kind === 'call' ? calledUnit(action, process, scope, next?.role !== undefined) : undefined;
        if (target) wanted.push(target);
      });
    }
  }
  return { units, called, imports };
}

/** The projection of a choreography of a file, perhaps with what it is given. */
function projectedOf(
  { projections, scope }: NonNullable<ReturnType<Projections['analyze']>>,
  name: string,
): Projected | undefined {
  const known = projections.find((p) => p.choreography.name.text === name);
  const callee = known || !isInstance(name) ? undefined : calleeOf(name, givenScope(scope));
  return callee ? project(callee.choreography, callee.scope) : known;
}

function calledUnit(
  call: Extract<Action, { kind: 'call' }>,
  process: Process,
  scope: Scope,
  single: boolean,
): { uri: string; name: string; role: string | undefined } | undefined {
  const callee = calleeOf(call.callee.text, scope);
  if (!callee) return undefined;
  const name = callee.choreography.name.text;
  // A network that implements nothing has all its processes.
  if (!single || isInstance(name)) return { uri: callee.uri, name, role: undefined };
  const place = callee.choreography.roles[call.args.findIndex((arg) => arg.role.name.text === process.name.text)];
  return place && { uri: callee.uri, name, role: place.name.text };
}

/** The unit's network with its calls going to the networks of the file. */
function renamed(unit: Unit, units: ReadonlyMap<string, { readonly name: string }>): Network {
  const goingTo = (process: Process, action: Action): Action => {
    const target =
      action.kind === 'call' ? calledUnit(action, process, unit.scope, unit.role !== undefined) : undefined;
    const name = target && units.get(unitKey(target.uri, target.name, target.role))?.name;
    return action.kind !== 'call' || name === undefined
      ? action
      : { ...action, callee: { ...action.callee, text: name } };
  };
  return {
    ...unit.network,
    processes: unit.network.processes.map((process) => ({
      ...process,
      body: mapActions(process.body, (action) => goingTo(process, action)),
    })),
  };
}

/** The types and functions that a unit uses, by the file that they come from. */
function collectImports(unit: Unit, imports: Map<string, Set<string>>): void {
  const add = (resolved: Resolved | undefined): void => {
    if (!resolved || resolved.declaration.kind === 'network') return;
    const names = imports.get(resolved.uri) ?? new Set();
    imports.set(resolved.uri, names.add(resolved.declaration.name.text));
  };
  const value = (name: string): void => {
    const resolved = unit.scope.lookup(name);
    if (resolved && resolved.declaration.kind !== 'choreography') add(resolved);
    else add(enumsByCase(unit.scope).get(name)?.[0]);
  };
  for (const process of unit.network.processes) {
    const names = new Set<string>();
    const own = new Set<string>([...process.params, ...unit.network.values].map((param) => param.name.text));
    const type = (t: TypeExpr): void => {
      const named = t.kind === 'named' ? unit.scope.lookup(t.name.text) : undefined;
      // A choreography may be called like a basic type.
      if (named?.declaration.kind !== 'choreography') add(named);
      (t.kind === 'named' ? t.args : t.items).forEach(type);
    };
    const pattern = (p: Pattern): void => {
      if (p.kind === 'constructor' && binderOf(p, unit.scope) === undefined) names.add(p.name.text);
      if (p.kind === 'constructor') p.args?.forEach(pattern);
      if (p.kind === 'tuple') p.items.forEach(pattern);
    };
    const taken = (p: Pattern): void => {
      if (p.kind === 'tuple') p.items.forEach(taken);
      if (p.kind !== 'constructor' || !p.args) return;
      value(p.name.text);
      p.args.forEach(taken);
    };
    const target = (into: Target | undefined): void => {
      for (const { text } of namesOfTarget(into)) own.add(text);
      if (into?.kind === 'pattern') taken(into.pattern);
    };
    const expr = (e: Expr): void =>
      walkExpr(e, (inner) => {
        if (inner.kind === 'call') value(inner.callee.text);
        if (inner.kind === 'name') names.add(inner.name.text);
        if (inner.kind === 'let') pattern(inner.pattern);
        if (inner.kind === 'match') inner.arms.forEach((arm) => pattern(arm.pattern));
      });
    process.params.forEach((param) => type(param.type));
    if (isInstance(unit.choreography)) unit.network.values.forEach((param) => type(param.type));
    if (process.result) type(process.result);
    walkActions(process.body.actions, (action) => {
      switch (action.kind) {
        case 'send':
          action.label?.types.forEach(type);
          if (action.value) expr(action.value);
          return;
        case 'receive':
          for (const branch of action.branches) {
            branch.types.forEach(type);
            target(branch.into);
          }
          return;
        case 'gather':
          action.types.forEach(type);
          for (const variable of variablesGathered(action)) own.add(variable.text);
          return;
        case 'assignment':
          target(action.into);
          return expr(action.value);
        case 'effect':
          return expr(action.value);
        case 'call':
          target(action.into);
          action.args.forEach((arg) => {
            arg.inputs.forEach(expr);
          });
          return action.values?.forEach(expr);
        case 'if':
        case 'while':
        case 'when':
          return expr(action.condition);
        case 'pick':
          return expr(action.value);
        case 'match':
          expr(action.value);
          return action.cases.forEach((c) => pattern(c.pattern));
        case 'choice':
        case 'continue':
        case 'hole':
        case 'leave':
        case 'rec':
        case 'for':
        case 'par':
        case 'at':
          return;
      }
    });
    if (process.returns) expr(process.returns);
    for (const name of names) if (!own.has(name)) value(name);
  }
}
