// Scribble's global protocols as choreographies: one choreography a protocol, and one more for every way that a
// protocol with parameters is called.
import { format } from '../syntax/format.js';
import { isName, writeName } from '../syntax/names.js';
import { nameTable } from './names.js';
import type { NameTable } from './names.js';
import { answering, ImportFailure } from './result.js';
import type { Imported, ImportError, ImportErrorKind } from './result.js';
import type { Word } from './scan.js';
import { parseScribble } from './scribble-parser.js';
import type { ExternalName, Interaction, Message, Module, ModuleImport, Payload, Protocol } from './scribble-tree.js';
import { knownType } from './types.js';
import { mostCallees } from './limits.js';

/** A message with its parameters filled in, as the values of a protocol's own parameters. */
interface Resolved {
  /** Undefined for a type that is given to a `type` parameter. */
  readonly operator: string | undefined;
  readonly types: readonly string[];
}

interface Instance {
  readonly name: string;
  readonly protocol: Protocol;
  readonly args: ReadonlyMap<string, Resolved>;
}

interface State {
  readonly module: Module;
  readonly top: NameTable;
  readonly labels: NameTable;
  readonly instances: Map<string, Instance>;
  readonly queue: Instance[];
  /** The types that nothing declares, as nuScr has them, by their names there. */
  readonly opaque: Map<string, string>;
  /** The names taken from each imported module, by the import's path. */
  readonly used: Map<string, { readonly path: readonly string[]; readonly names: Set<string> }>;
  problem(kind: ImportErrorKind, message: string, at: number): void;
}

/**
 * Turns a Scribble module, also in nuScr's dialect, into a file of choreographies.
 * @param text the module
 * @returns the file, laid out; or what has no counterpart, with its places. Cost: linear in the text and in what is
 *   made for parameters
 */
export function importScribble(text: string): Imported {
  return answering(() => {
    const { module, problems } = parseScribble(text);
    const errors: ImportError[] = problems.map(({ kind, message, at }) => ({ kind, message, at }));
    const state: State = {
      module,
      top: nameTable('P'),
      labels: nameTable('m'),
      instances: new Map(),
      queue: [],
      used: new Map(),
      opaque: new Map(),
      problem: (kind, message, at) => {
        errors.push({ kind, message, at });
      },
    };
    tellDuplicates(state);
    const declarations = translate(state);
    if (errors.length > 0) return { errors: errors.sort((a, b) => a.at - b.at) };
    if (module.name.length === 0 && declarations.every((d) => d === ''))
      return { errors: [{ kind: 'syntax', message: 'There is no module, no protocol and no type here.', at: 0 }] };
    const imports = [...state.used.values()].map(
      ({ path, names }) => `import { ${[...names].join(', ')} } from "${modulePath(module.name, path)}"`,
    );
    // What nothing uses has to be there as well.
    const unused = new Set(module.imports.map((i) => i.path.join('.')).filter((path) => !state.used.has(path)));
    imports.push(...[...unused].map((path) => `import "${modulePath(module.name, path.split('.'))}"`));
    return { text: format([imports.join('\n'), ...declarations].filter((d) => d !== '').join('\n\n')) };
  });
}

function translate(state: State): string[] {
  const { module, top } = state;
  // Chor's own types keep their names.
  for (const name of ['int', 'float', 'bool', 'string', 'list', 'map', 'option', 'set']) top.reserve(name);
  // Protocols first: they keep their names where a type has the same one; those that stand in no other before those
  // that do.
  const outerFirst = [...module.protocols].sort((a, b) => a.scope.length - b.scope.length);
  for (const { name, scope, params } of outerFirst)
    if (params.length === 0) top.of(protocolKey(scope, name.text), name.text);
  for (const type of module.types) ownType(type, top);
  const called = new Set<string>();
  const note = (items: readonly Interaction[]): void => {
    for (const item of items) {
      if (item.kind === 'do') called.add(item.callee.at(-1)?.text ?? '');
      else if (item.kind === 'choice' || item.kind === 'par') item.branches.forEach(note);
      else if (item.kind === 'rec') note(item.body);
    }
  };
  for (const { body } of module.protocols) note(body);
  const choreographies: string[] = [];
  const drain = (): void => {
    for (let next = state.queue.shift(); next; next = state.queue.shift())
      choreographies.push(choreography(next, state));
  };
  for (const protocol of module.protocols) {
    if (protocol.params.length === 0)
      choreographies.push(
        choreography(
          { name: top.of(protocolKey(protocol.scope, protocol.name.text)), protocol, args: new Map() },
          state,
        ),
      );
    // One that nothing calls stands for itself: its parameters are messages of that name.
    else if (!called.has(protocol.name.text))
      choreographies.push(
        choreography(
          {
            name: top.of(protocolKey(protocol.scope, protocol.name.text), protocol.name.text),
            protocol,
            args: ownParameters(protocol),
          },
          state,
        ),
      );
    drain();
  }
  const opaque = [...state.opaque.values()].map((name) => `extern type ${name}`);
  return [
    [...module.types.map((type) => typeDeclaration(type, top)).filter((line) => line !== ''), ...opaque].join('\n'),
    ...choreographies,
  ];
}

/** What tells protocols apart: those around them, and their names. */
function protocolKey(scope: readonly string[], name: string): string {
  return `protocol ${[...scope, name].join(' ')}`;
}

/** Two things of one name are an error there also where nothing uses them. */
function tellDuplicates({ module, problem }: State): void {
  const tell = (
    what: string,
    things: readonly { readonly key: string; readonly name: string; readonly at: number }[],
  ): void => {
    const seen = new Set<string>();
    for (const { key, name, at } of things) {
      if (seen.has(key))
        problem(
          'name-clash',
          `There is already ${what} \`${name}\`. Give one of them another name, or take it away.`,
          at,
        );
      seen.add(key);
    }
  };
  const word = ({ name }: { readonly name: Word }): { key: string; name: string; at: number } => ({
    key: name.text,
    name: name.text,
    at: name.at,
  });
  tell('a type', module.types.map(word));
  tell('a message', module.signatures.map(word));
  tell(
    'a protocol',
    module.protocols.map((protocol) => ({ ...word(protocol), key: protocolKey(protocol.scope, protocol.name.text) })),
  );
  const own = module.name.join('.');
  tell('a module', [
    ...(own === '' ? [] : [{ key: own, name: own, at: 0 }]),
    ...module.imports.map(({ path, member: part, alias, at }) => {
      const name = alias ?? [...path, ...(part === undefined ? [] : [part])].join('.');
      return { key: name, name, at };
    }),
  ]);
}

/** The name of a type that is declared; one that Chor has under the same name stays what it is. */
function ownType({ name, external }: ExternalName, top: NameTable): string {
  return knownType(external) === name.text ? name.text : top.of(`type ${name.text}`, name.text);
}

function ownParameters(protocol: Protocol): Map<string, Resolved> {
  return new Map(
    protocol.params.map(({ kind, name }) => [
      name,
      kind === 'sig' ? { operator: name, types: [] } : { operator: undefined, types: ['string'] },
    ]),
  );
}

function typeDeclaration(type: ExternalName, top: NameTable): string {
  const { external } = type;
  const own = ownType(type, top);
  const known = knownType(external);
  if (known === own) return '';
  return known === undefined ? `extern type ${own}` : `type ${own} = ${known}`;
}

function choreography({ name, protocol, args }: Instance, state: State): string {
  const roles = nameTable('R');
  const loops = nameTable('X');
  const role = ({ text }: Word): string => roles.of(text);
  /** How many loops of each name are around. */
  type Around = ReadonlyMap<string, number>;
  const lines = (items: readonly Interaction[], around: Around): string =>
    items.map((item) => line(item, around)).join('\n');
  const loop = (name: string, around: Around): string => loops.of(`${name} ${around.get(name) ?? 0}`, name);
  const line = (item: Interaction, around: Around): string => {
    switch (item.kind) {
      case 'message':
        return `${role(item.from)} -> ${item.to.map(role).join(', ')}${label(item.message, args, state)}`;
      case 'choice':
        return `choice at ${role(item.at)} ${item.branches.map((branch) => `{\n${lines(branch, around)}\n}`).join(' or ')}`;
      case 'par':
        return `par ${item.branches.map((branch) => `{\n${lines(branch, around)}\n}`).join(' and ')}`;
      case 'rec': {
        const inside = new Map([...around, [item.name.text, (around.get(item.name.text) ?? 0) + 1]]);
        return `rec ${loop(item.name.text, inside)} {\n${lines(item.body, inside)}\n}`;
      }
      case 'continue':
        return `continue ${loop(item.name.text, around)}`;
      case 'do':
        return `do ${callee(item, args, protocol, state)}(${item.roles.map(role).join(', ')})`;
    }
  };
  const header = protocol.roles.map(role).join(', ');
  return `choreography ${name}(${header}) {\n${lines(protocol.body, new Map())}\n}`;
}

/** `: label(types)`, or nothing for a message without either. */
function label(message: Message, args: ReadonlyMap<string, Resolved>, state: State): string {
  const { operator = '', types } = resolve(message, args, state);
  if (operator === '' && types.length === 0) return '';
  return `: ${operator === '' ? '_' : state.labels.of(operator)}${types.length > 0 ? `(${types.join(', ')})` : ''}`;
}

function resolve({ operator, payload, at }: Message, args: ReadonlyMap<string, Resolved>, state: State): Resolved {
  if (payload) return { operator, types: payload.map((p) => typeName(p, args, state)) };
  const argument = args.get(operator);
  if (argument?.operator !== undefined) return argument;
  const { signatures } = state.module;
  const short = operator.split('.').at(-1) ?? operator;
  // In nuScr, a name alone is a message without a payload.
  if (
    state.module.name.length > 0 &&
    !signatures.some(({ name }) => name.text === operator) &&
    !(operator.includes('.') && findModule(operator.split('.').slice(0, -1), state))
  ) {
    state.problem(
      'unknown-name',
      `\`${operator}\` is no message: no \`sig\` and no parameter has this name. Write \`${operator}()\` for a message without a payload.`,
      at,
    );
  }
  return { operator: short, types: [] };
}

function typeName({ type, at }: Payload, args: ReadonlyMap<string, Resolved>, state: State): string {
  const short = type.at(-1) ?? '';
  const { module } = state;
  const own =
    type.length === 1 || type.slice(0, -1).join('.') === module.name.join('.')
      ? module.types.find(({ name }) => name.text === short)
      : undefined;
  const argument = type.length === 1 ? args.get(short) : undefined;
  if (argument) return argument.types[0] ?? short;
  if (own) return ownType(own, state.top);
  if (type.length > 1 && (module.name.length > 0 || findModule(type.slice(0, -1), state)))
    return member(type.slice(0, -1), short, at, state);
  const whole = type.join('.');
  if (['int', 'string', 'bool', 'float'].includes(whole)) return whole;
  const known = knownType(whole);
  // Scribble knows the types of the language that its APIs are made for, and wants all others declared; nuScr takes
  // any.
  if (module.name.length > 0)
    return known !== undefined && ['number', 'boolean'].includes(whole)
      ? known
      : isName(whole)
        ? writeName(whole)
        : state.top.of(`type ${whole}`, whole);
  if (known !== undefined) return known;
  const name = state.opaque.get(whole) ?? state.top.of(`opaque ${whole}`, whole);
  state.opaque.set(whole, name);
  return name;
}

/** The protocol that a name means inside of another one: the nearest around. */
function findProtocol(name: string, inside: Protocol, module: Module): Protocol | undefined {
  const around = [...inside.scope, inside.name.text];
  for (let depth = around.length; depth >= 0; depth--) {
    const scope = around.slice(0, depth).join(' ');
    const found = module.protocols.find((p) => p.name.text === name && p.scope.join(' ') === scope);
    if (found) return found;
  }
  return undefined;
}

function callee(
  { callee: parts, args: given }: Extract<Interaction, { kind: 'do' }>,
  args: ReadonlyMap<string, Resolved>,
  inside: Protocol,
  state: State,
): string {
  const own = parts.at(-1);
  if (!own) return '';
  const from = parts.slice(0, -1).map(({ text }) => text);
  const { module } = state;
  const member_ =
    from.length === 0
      ? module.imports.find((i) => i.member !== undefined && (i.alias ?? i.member) === own.text)
      : undefined;
  if (member_) return member(member_.path, member_.member ?? own.text, own.at, state);
  if (from.length > 0 && from.join('.') !== module.name.join('.')) {
    if (given.length > 0)
      state.problem(
        'imported-parameters',
        `\`${own.text}\` is called with messages or types, and stands in another module: what is made for them would belong there. Move \`${own.text}\` into this module.`,
        own.at,
      );
    return member(from, own.text, own.at, state);
  }
  const protocol =
    from.length === 0
      ? findProtocol(own.text, inside, module)
      : module.protocols.find(({ name, scope }) => name.text === own.text && scope.length === 0);
  if (!protocol || (protocol.params.length === 0 && given.length === 0))
    return state.top.of(protocolKey(protocol?.scope ?? [], own.text), own.text);
  if (protocol.params.length !== given.length) {
    state.problem(
      'arity',
      `\`${own.text}\` takes ${count(protocol.params.length)} in its \`<…>\`, and is given ${count(given.length)}.`,
      own.at,
    );
    return own.text;
  }
  const values = given.map((message, i): Resolved => {
    if (protocol.params[i]?.kind === 'sig') return resolve(message, args, state);
    return {
      operator: undefined,
      types: [typeName({ type: message.operator.split('.'), at: message.at }, args, state)],
    };
  });
  return instance(protocol, values, own, state).name;
}

/** The choreography for a protocol with these messages and types, made when it is first asked for. */
function instance(protocol: Protocol, values: readonly Resolved[], at: Word, state: State): Instance {
  const key = `${[...protocol.scope, protocol.name.text].join(' ')}<${values.map((v) => `${v.operator ?? 'type'}(${v.types.join(', ')})`).join(', ')}>`;
  const known = state.instances.get(key);
  if (known) return known;
  if (state.instances.size >= mostCallees)
    throw new ImportFailure(
      'too-large',
      `\`${protocol.name.text}\` is called with ever new messages: more than ${mostCallees} choreographies would be made for it.`,
      at.at,
    );
  const wanted = [protocol.name.text, ...values.map((v) => [v.operator, ...v.types].filter((t) => t).join('_'))].join(
    '_',
  );
  const made: Instance = {
    name: state.top.of(`instance ${key}`, wanted),
    protocol,
    args: new Map(protocol.params.map(({ name }, i) => [name, values[i] ?? { operator: '', types: [] }])),
  };
  state.instances.set(key, made);
  state.queue.push(made);
  return made;
}

function findModule(path: readonly string[], { module }: State): ModuleImport | undefined {
  return (
    module.imports.find((i) => i.member === undefined && (i.alias ?? i.path.join('.')) === path.join('.')) ??
    (path.length === 1
      ? module.imports.find((i) => i.member === undefined && i.alias === undefined && i.path.at(-1) === path[0])
      : undefined)
  );
}

/** The name of a member of another module; the file imports it. */
function member(path: readonly string[], name: string, at: number, state: State): string {
  const { module, used } = state;
  const found =
    findModule(path, state) ?? module.imports.find((i) => i.member === name && i.path.join('.') === path.join('.'));
  if (!found) {
    state.problem('unknown-name', `There is no import of a module \`${path.join('.')}\`.`, at);
    return name;
  }
  const key = found.path.join('.');
  const taken =
    [...module.protocols.map((p) => p.name.text), ...module.types.map((t) => t.name.text)].includes(name) ||
    [...used].some(([other, { names }]) => other !== key && names.has(name));
  if (taken)
    state.problem(
      'name-clash',
      `\`${name}\` of \`${key}\` has the name of something else that is used here, and imports of Chor don’t rename. Rename one of them.`,
      at,
    );
  const entry = used.get(key) ?? { path: found.path, names: new Set<string>() };
  used.set(key, entry);
  entry.names.add(name);
  return name;
}

/** The file of one module as another names it: beside it as far as their names go together. */
function modulePath(own: readonly string[], other: readonly string[]): string {
  let common = 0;
  while (common < own.length - 1 && common < other.length - 1 && own[common] === other[common]) common++;
  const up = own.length > 0 ? own.length - 1 - common : 0;
  return `${up === 0 ? './' : '../'.repeat(up)}${other.slice(common).join('/')}.chor`;
}

function count(number: number): string {
  return number === 0 ? 'no message or type' : number === 1 ? 'one message or type' : `${number} messages or types`;
}
