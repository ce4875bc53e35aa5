// Names and types of a network: what each of its processes does alone, and what the messages between them carry.
import { choreographiesOf } from '../ir/choreography.js';
import type { Choreography } from '../ir/choreography.js';
import type { Expr, Name, TypeExpr } from '../ir/expression.js';
import { ByMessage } from '../ir/message.js';
import { targetsIn, walkActions } from '../ir/process.js';
import { namesOfTarget } from '../ir/target.js';
import type { Network, Process } from '../ir/process.js';
import { closest } from '../syntax/closest.js';
import { idOf, processSymbol, roleSymbol } from '../scoping/declared.js';
import { valuesIn } from '../parameters/network.js';
import type { Resolved } from '../scoping/scope.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import { printType } from '../syntax/print.js';
import { checkActions } from './actions.js';
import { calledMessages } from './called.js';
import type { ChoreographyTypes } from './choreography.js';
import { complete, completeLabels, createVariable, occur, report, after, checkShadowing } from './context.js';
import type { Context, Variable } from './context.js';
import { checkDistinct, checkType, similarValues } from './declarations.js';
import { checkValue, infer } from './expressions.js';
import { number, sizeExpr } from '../families/specialise.js';
import { Members } from './members.js';
import { checkFamily, checkMembers } from './family-members.js';
import type { Assignable } from './written.js';
import { createFlow, unassigned } from './flow.js';
import type { Flow } from './flow.js';
import type { Shared, Several, State } from './process-state.js';
import { checkProcessCalls } from './recursion.js';
import { outsideRec } from './tail.js';
import { fits, int, isSame, showMeaning, unify, unknown, variable } from './types.js';
import type { Type } from './types.js';
import { checkEmptyProcesses, checkUnusedLocally } from './unused.js';
import { writeType } from './write.js';
import { mismatch } from './env.js';
import type { Env } from './env.js';

/**
 * Checks the names and types of a network.
 * @param typesOf what is known of the choreography that it implements
 */
export function checkNetworkNames(
  context: Context,
  network: Network,
  typesOf: (resolved: Resolved & { readonly declaration: Choreography }) => ChoreographyTypes,
): ChoreographyTypes {
  const design = designOf(context, network);
  const owner = design ? idOf(design.uri, design.declaration) : idOf(context.uri, network);
  // Several processes of one family are told apart by their members (`checkMembers`); the first stands for them here.
  const first = new Map(
    network.processes
      .filter(({ members }) => members)
      .reverse()
      .map((process) => [process.name.text, process]),
  );
  checkDistinct(
    context,
    network.processes
      .filter((process) => !process.members || first.get(process.name.text) === process)
      .map(({ name }) => ({ name })),
    'process',
  );

  checkEmptyProcesses(context, network);
  const roles = new Map<string, ChorSymbol>();
  for (const role of design?.declaration.roles ?? [])
    roles.set(role.name.text, roleSymbol(design?.uri ?? context.uri, design?.declaration as Choreography, role));
  for (const process of network.processes) {
    const role = roles.get(process.name.text);
    const own = processSymbol(context.uri, owner, network, process);
    const symbol: ChorSymbol = { ...own, doc: own.doc ?? role?.doc };
    occur(context, symbol, process.name.origin, 'definition');
    if (process.server === true && process.result) {
      const { start } = process.origin;
      report(context, 'server-result', process.result.origin, {
        role: process.name.text,
        of: network.name.text,
        what: 'process',
        word: { start, end: context.text.indexOf('process', start + 'server'.length) },
      });
    }
    if (design && !design.declaration.broken && !roles.has(process.name.text)) {
      const known = design.declaration.roles.map((r) => r.name.text);
      report(context, 'unknown-role', process.name.origin, {
        name: process.name.text,
        origin: process.name.origin,
        container: design.declaration.name.text,
        similar: closest(process.name.text, known),
        known,
      });
    }
    roles.set(process.name.text, symbol);
  }
  // The header says how many there are of what processes are of.
  for (const { name } of network.families) {
    const symbol = roles.get(name.text);
    if (symbol) occur(context, symbol, name.origin, 'read');
  }
  const variables = new Map<string, Map<string, Variable>>();
  // The processes of one family have their variables in common, as its members have.
  for (const process of network.processes)
    if (process.members || !variables.has(process.name.text))
      variables.set(process.name.text, collect(context, network, process, variables.get(process.name.text)));
  // What the processes that are not written out send is taken from the choreography.
  const written = new Set(network.processes.map((p) => p.name.text));
  const payloads = new ByMessage<Type>();
  const agreed = new ByMessage<Type>();
  if (design && !design.declaration.broken) {
    const called = calledMessages(design, context.world);
    const designed = [...typesOf(design).payloads].filter(([message]) => !called.has(message));
    // One member may send or get by the same label what others don't: then nothing is agreed of all of them.
    const ofFamilies = new ByMessage<Type[]>();
    for (const [message, type] of designed) {
      const all = { ...message, sender: familyIn(message.sender), receiver: familyIn(message.receiver) };
      const known = ofFamilies.get(all);
      if (known) known.push(type);
      else ofFamilies.set(all, [type]);
    }
    for (const [message, [type, ...others]] of ofFamilies) {
      if (type && others.every((other) => isSame(other, type)))
        (written.has(message.sender) ? agreed : payloads).set(message, type);
    }
    for (const process of network.processes) checkHeader(context, process, design);
  }
  const several = severalSends(network);
  // What is exchanged where a call is written out has its own types.
  for (const [message] of calledMessages({ uri: context.uri, declaration: network }, context.world)) {
    payloads.set(message, unknown());
    several.delete(message);
  }
  if (design && !design.declaration.broken && network.implements) {
    const needs = choreographiesOf(design.declaration.parameters).map(({ name }) => name.text);
    if (needs.length > 0)
      report(context, 'needs-choreography', network.implements.origin, {
        choreography: design.declaration.name.text,
        parameters: needs,
        by: 'network',
        declared: { uri: design.uri, origin: design.declaration.name.origin },
      });
  }
  const families = (design ? design.declaration.roles : network.families).flatMap(({ name, family }) =>
    family ? [{ name, family }] : [],
  );
  const shared: Shared = {
    network,
    families,
    owner,
    design: design?.declaration,
    roles,
    variables,
    labels: new Map(),
    payloads,
    agreed,
    sent: new ByMessage(),
    several,
  };
  if (!design) for (const each of families) checkFamily(context, each);
  for (const each of families)
    checkMembers(
      context,
      each,
      network.processes.filter(({ name }) => name.text === each.name.text),
    );
  for (const process of network.processes) checkProcess(context, shared, process);
  settleSeveral(context, shared);
  checkProcessCalls(context, network);
  completeLabels(shared.labels, payloads);
  for (const own of variables.values()) own.forEach(complete);
  for (const process of new Map([...network.processes].reverse().map((p) => [p.name.text, p])).values())
    checkUnusedLocally(context, variables.get(process.name.text) ?? new Map());
  return {
    variables: new Map([...variables].map(([role, own]) => [role, [...own.values()].map((v) => v.symbol)])),
    payloads,
  };
}

/** The inputs and the result that a process writes out are those of its role. */
function checkHeader(
  context: Context,
  process: Process,
  { uri, declaration }: Resolved & { readonly declaration: Choreography },
): void {
  const role = declaration.roles.find((r) => r.name.text === process.name.text);
  const differs = (
    own: TypeExpr | undefined,
    wanted: TypeExpr | undefined,
    input?: { readonly own: string; readonly designed: string },
  ): void => {
    if (!own || !wanted) return;
    const [is, should] = [context.world.type(own, context.uri), context.world.type(wanted, uri)];
    if (fits(is, should)) return;
    report(context, 'type-mismatch', own.origin, {
      kind: 'designed',
      role: process.name.text,
      ...(input ? { input } : {}),
      choreography: declaration.name.text,
      actual: showMeaning(is),
      expected: showMeaning(should),
      because: { uri, origin: wanted.origin, why: 'designed', name: declaration.name.text },
    });
  };
  process.params.forEach((param, index) => {
    const input = role?.params[index];
    differs(param.type, input?.type, { own: param.name.text, designed: input?.name.text ?? '' });
  });
  differs(process.result, declaration.results.find((result) => result.role.key === process.name.text)?.type);
}

/** The name of a role without what says which of its members are meant. */
function familyIn(role: string): string {
  return role.replace(/^others /, '').replace(/\[.*$/, '');
}

/** The channels, by label, on which more than one `send` carries something. */
function severalSends(network: Network): ByMessage<Several> {
  const seen = new ByMessage<true>();
  const several = new ByMessage<Several>();
  for (const process of network.processes) {
    walkActions(process.body.actions, (action) => {
      if (action.kind !== 'send') return;
      const message = {
        sender: process.name.text,
        receiver: action.receiver.name.text,
        label: action.label?.name.text,
      };
      if (seen.has(message)) several.set(message, { sent: [], received: [] });
      seen.set(message, true);
    });
  }
  return several;
}

/**
 * Where all sends of a channel agree, what is received there has their type; where they differ, it depends on the
 * order.
 */
function settleSeveral(context: Context, shared: Shared): void {
  for (const [message, { sent, received }] of shared.several) {
    const [first, ...others] = sent;
    const agree = first && others.every((type) => isSame(type, first));
    shared.payloads.set(message, agree ? first : unknown());
    if (!agree) continue;
    for (const { type, origin, sender } of received)
      if (!unify(type, first)) mismatch(context, origin, type, { by: 'sender', sender, type: showMeaning(first) });
  }
}

function designOf(context: Context, network: Network): (Resolved & { readonly declaration: Choreography }) | undefined {
  const name = network.implements;
  if (!name) return undefined;
  const resolved = context.scope.lookup(name.text);
  if (resolved) occur(context, context.world.symbol(resolved), name.origin, 'read');
  if (resolved?.declaration.kind === 'choreography') return { uri: resolved.uri, declaration: resolved.declaration };
  if (!context.scope.isLost(name.text)) {
    const known = [...context.scope.all()].filter(([, r]) => r.declaration.kind === 'choreography').map(([n]) => n);
    report(context, 'unknown-name', name.origin, {
      name,
      wanted: 'choreography',
      found: resolved && context.world.symbol(resolved).kind,
      similar: closest(name.text, known),
      known,
    });
  }
  return undefined;
}

/** The inputs and variables of a process. */
function collect(
  context: Context,
  network: Network,
  process: Process,
  known?: ReadonlyMap<string, Variable>,
): Map<string, Variable> {
  const found = new Map<string, Variable>(known);
  const id = `${idOf(context.uri, network)}/${process.name.text}`;
  const add = (name: Name, kind: 'input' | 'variable', type: Type): Variable | undefined => {
    if (found.has(name.text) || name.text === '_') return undefined;
    const made = createVariable(
      {
        id: `${id}.${name.text}`,
        kind,
        name: name.text,
        uri: context.uri,
        origin: name.origin,
        role: process.name.text,
        container: network.name.text,
      },
      type,
    );
    found.set(name.text, made);
    if (kind === 'variable') checkShadowing(context, name, 'variable', process.name.text);
    return made;
  };
  for (const param of process.params) {
    const input = add(param.name, 'input', context.world.type(param.type, context.uri));
    if (input) input.symbol.detail = `${process.name.text}.${param.name.text}: ${printType(param.type)}`;
  }
  walkActions(process.body.actions, (action) => {
    for (const into of targetsIn(action)) for (const name of namesOfTarget(into)) add(name, 'variable', variable());
  });
  return found;
}

/** The names that a process knows without being told: sizes, and its own number. */
function declareMembers(context: Context, shared: Shared, process: Process, members: Members, env: () => Env): void {
  for (const { family } of shared.families) {
    if (!family.size) continue;
    const before = family.first && members.find(family.size.text);
    if (before) {
      const isHeader = !shared.design && process === shared.network.processes[0];
      if (isHeader && family.redeclares)
        report(context, 'duplicate-name', family.size.origin, {
          name: family.size,
          what: 'size',
          sizes: family.origin,
          ...(before.symbol.origin ? { first: { uri: context.uri, origin: before.symbol.origin } } : {}),
        });
      else if (isHeader) occur(context, before.symbol, family.size.origin, 'read');
      continue;
    }
    // A size is declared once, in the header of the choreography or of the network.
    const { symbol } = members.declare(
      family.size,
      'size',
      shared.owner,
      shared.owner.slice(0, shared.owner.indexOf('#')),
    );
    if (!shared.design && process === shared.network.processes[0])
      occur(context, symbol, family.size.origin, 'definition');
  }
  const { values, uri } = valuesIn(shared.network, context.scope);
  for (const parameter of values) {
    const { symbol } = members.share(
      parameter,
      context.world.type(parameter.type, uri),
      shared.owner.slice(shared.owner.indexOf('#') + 1),
      uri,
    );
    if (shared.design || process !== shared.network.processes[0]) continue;
    checkType(context, parameter.type);
    occur(context, symbol, parameter.name.origin, 'definition');
  }
  for (const [name, { symbol }] of shared.variables.get(process.name.text) ?? []) {
    const first = members.find(name);
    if (
      first &&
      symbol.origin &&
      process.origin.start <= symbol.origin.start &&
      symbol.origin.end <= process.origin.end
    )
      report(context, 'duplicate-name', symbol.origin, {
        name: { text: name, origin: symbol.origin },
        what: first.symbol.kind === 'parameter' ? 'shared value' : first.symbol.kind,
        ...(first.symbol.origin ? { first: { uri: first.symbol.uri, origin: first.symbol.origin } } : {}),
      });
  }
  const own = process.members;
  const family = members.families.get(process.name.text);
  if (!own || !family) return;
  const { origin } = process.name;
  const bound = (expr: Expr): void => {
    if (members.isStatic(expr)) infer(context, env(), expr, int);
  };
  if (own.kind === 'one') return bound(own.at);
  if (own.kind === 'part') [own.from, own.until].forEach(bound);
  const index =
    own.kind === 'part'
      ? members.enter(own.index, own.from, own.until)
      : members.enter(own.index, number(0, origin), sizeExpr(family, origin));
  occur(context, index.symbol, own.index.origin, 'definition');
}

function checkProcess(context: Context, shared: Shared, process: Process): void {
  const own = shared.variables.get(process.name.text) ?? new Map<string, Variable>();
  // Those of a family have their variables in common, and each gives them values by itself.
  for (const each of own.values()) each.written = false;
  const flow: Flow<Assignable> = createFlow((ways) => members.joined(ways));
  const members = new Members(
    context,
    `${idOf(context.uri, shared.network)}/${process.name.text}`,
    shared.network.name.text,
    shared.families,
    flow,
  );
  const told = new Set<Variable>();
  const locals: ReadonlyMap<string, Variable>[] = [];
  const role = process.name.text;
  const find = (name: string): Variable | undefined => {
    for (let i = locals.length - 1; i >= 0; i--) {
      const local = locals[i]?.get(name);
      if (local) return local;
    }
    return own.get(name) ?? members.find(name);
  };
  const env: Env = {
    owner: `${idOf(context.uri, shared.network)}/${role}`,
    find,
    missing(name) {
      const type = unknown();
      const owners = [...shared.variables]
        .filter(([other, vars]) => other !== role && vars.has(name.text))
        .map(([other]) => other);
      const similar = similarValues(context, env.owner, name.text, [
        ...locals.flatMap((bound) => [...bound.keys()]),
        ...own.keys(),
      ]);
      const last = process.params.at(-1);
      const at = after(last ? last.type.origin : process.name.origin);
      report(context, 'unknown-variable', name.origin, () => ({
        name,
        role,
        similar: similar(type),
        type: writeType(type, 'string'),
        elsewhere: owners,
        header: { at, form: last ? 'next' : 'first' },
      }));
      return type;
    },
    read(read, origin) {
      if (read.symbol.kind !== 'variable' || flow.has(read) || told.has(read) || members.has(read)) return;
      told.add(read);
      const reason = flow.reason(read) ?? members.reason(read);
      report(context, 'maybe-unassigned', origin, () => ({
        role,
        name: read.symbol.name,
        ...unassigned(reason, read.type),
        process: true,
        first: { uri: context.uri, origin: read.symbol.origin ?? origin },
      }));
    },
    foreign(other, field) {
      const symbol = shared.roles.get(other.text);
      if (!symbol) return false;
      occur(context, symbol, other.origin, 'read');
      const origin = { start: other.origin.start, end: field.origin.end };
      report(context, 'not-located-here', origin, {
        kind: other.text === role ? 'repeated' : 'process',
        name: field.text,
        here: role,
        owners: [other.text],
        origin,
        anchor: origin,
      });
      return true;
    },
    names: () => [...own.keys(), ...members.all()],
  };
  checkDistinct(context, process.params, 'input');
  declareMembers(context, shared, process, members, () => env);
  for (const param of process.params) {
    checkType(context, param.type);
    const input = own.get(param.name.text);
    if (!input) continue;
    occur(context, input.symbol, param.name.origin, 'definition');
    flow.assign(input);
  }
  const result = process.result && checkType(context, process.result);
  const state: State = { ...shared, process, own, locals, env, flow, members, ...outsideRec() };
  checkActions(context, state, process.body.actions);
  if (process.returns) {
    context.anchor = process.returns.origin;
    if (result)
      checkValue(context, env, process.returns, result, (shown) => ({
        by: 'result',
        of: role,
        role: true,
        type: shown,
      }));
    else {
      infer(context, env, process.returns);
      report(context, 'type-mismatch', process.returns.origin, { kind: 'unpromised-by-process', role });
    }
  } else if (process.result && result && !flow.dead) {
    report(context, 'type-mismatch', process.result.origin, {
      kind: 'never-returned',
      role,
      type: showMeaning(result),
    });
  }
}
