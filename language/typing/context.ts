// What the passes over one file share: where findings, occurrences and types go.
import type { Name, TextRange } from '../ir/expression.js';
import type { ByMessage } from '../ir/message.js';
import { closest } from '../syntax/closest.js';
import type { Scope } from '../scoping/scope.js';
import type { ChorSymbol, Occurrence } from '../scoping/symbols.js';
import { basicTypes, library, showLibraryFunction } from './library.js';
import { symbolType } from './symbol-type.js';
import { isKnown, showType } from './types.js';
import type { Type } from './types.js';
import type { World } from './world.js';
import { finding } from '../findings/finding.js';
import type { Arguments, Code, Finding } from '../findings/finding.js';
import { mostMisspelt } from './limits.js';

/** A symbol whose `detail` is filled in when the types are known. */
export type OpenSymbol = { -readonly [K in keyof ChorSymbol]: ChorSymbol[K] };

/** Something that holds a value: a role's variable or input, a parameter, a name bound by a pattern or a lambda. */
export interface Variable {
  readonly symbol: OpenSymbol;
  readonly type: Type;
  /** It has been read somewhere. */
  used: boolean;
  /** Something before gives it a value, on whatever way; what threads have for themselves is theirs alone. */
  written?: boolean;
  /** What threads have by its name for themselves (see threads.ts). */
  threads?: Variable[];
  /** Its type as a text, once nothing in it is open: see passages.ts. */
  settled?: string;
}

export interface TypedRange {
  readonly origin: TextRange;
  readonly type: Type;
}

export interface Context {
  readonly world: World;
  readonly scope: Scope;
  readonly uri: string;
  readonly text: string;
  readonly reported: Reported[];
  /** How often something was reported, told or not. */
  reports: number;
  /** Only what is wrong is asked for: neither occurrences nor types are noted. */
  readonly brief: boolean;
  /** What is named of other files: their addresses, each with the id of what it is. */
  foreign: Set<string>;
  readonly occurrences: Occurrence[];
  /** The type of every expression, in the order in which they were looked at. */
  readonly types: TypedRange[];
  /** Nothing is to be said of a declaration that does not read; its names are noted all the same. */
  broken: boolean;
  /** Names that misspelt ones may mean, by what was asked. */
  readonly similar: Map<string, readonly string[]>;
  /** Those of one declaration. */
  readonly asked?: Map<string, readonly string[]>;
  /** Names that patterns bound to a value of an enum: they may be misspelt cases (see patterns.ts). */
  readonly binders: {
    readonly name: Name;
    readonly variable: Variable;
    readonly type: Type;
    readonly inner: boolean;
  }[];
  /** The statement around, before which a fix may put another. */
  anchor?: TextRange;
}

export function createContext(world: World, uri: string, brief = false): Context {
  const scope = world.scope(uri);
  return {
    world,
    scope,
    uri,
    text: scope.file.text,
    reported: [],
    reports: 0,
    brief,
    foreign: new Set(),
    occurrences: [],
    types: [],
    broken: false,
    similar: new Map(),
    binders: [],
  };
}

/**
 * Something that was reported: what it tells may depend on types that are not known yet, and is looked up at the end.
 */
export interface Reported {
  readonly code: Code;
  readonly origin: TextRange;
  finding(): Finding;
}

/** @param args what belongs to it; as a function, where it is only known when all of the declaration was looked at */
export function report<C extends Code>(
  context: Context,
  code: C,
  origin: TextRange,
  args: Arguments[C] | (() => Arguments[C]),
): void {
  context.reports++;
  if (!context.broken)
    context.reported.push({
      code,
      origin,
      finding: () => finding(code, context.uri, origin, typeof args === 'function' ? args() : args),
    });
}

/** What was reported, once all of a declaration was looked at. */
export function findingsOf({ reported }: Context): Finding[] {
  return reported.map((each) => each.finding());
}

export function occur(context: Context, symbol: ChorSymbol, origin: TextRange, role: Occurrence['role']): void {
  if (symbol.uri !== context.uri && symbol.uri !== '')
    context.foreign.add(
      `${symbol.uri}\n${symbol.kind === 'enum-case' ? `${symbol.uri}#${symbol.container ?? ''}` : symbol.id}`,
    );
  if (!context.brief) context.occurrences.push({ symbol, origin, role });
}

/** Notes the type of an expression. */
export function typed(context: Context, origin: TextRange, type: Type): void {
  if (!context.brief) context.types.push({ origin, type });
}

/**
 * The names that a misspelt one may mean.
 * @param space what is looked through, so that the same question is not answered twice
 */
export function similarNames(
  context: Context,
  space: string,
  name: string,
  names: () => Iterable<string>,
): readonly string[] {
  const key = `${space} ${name}`;
  let found = context.similar.get(key);
  if (!found) {
    if (context.similar.size >= mostMisspelt) return [];
    context.similar.set(key, (found = closest(name, names())));
  }
  context.asked?.set(key, found);
  return found;
}

/** A piece of source for a message: on one line, shortened. */
export function excerpt({ text: source }: Pick<Context, 'text'>, origin: TextRange): string {
  const text = source.slice(origin.start, origin.end).replace(/\s+/g, ' ');
  return text.length > 44 ? `${text.slice(0, 43)}…` : text;
}

const builtins = new Map<string, ChorSymbol>();

/** The symbol of a function of the library. */
export function builtinSymbol(name: string): ChorSymbol | undefined {
  const entry = library.get(name);
  return entry && builtin(name, name, () => showLibraryFunction(entry), entry.doc);
}

/** The symbol of a basic type. `map` is the name of a function, too: that is another one. */
export function basicTypeSymbol(name: string): ChorSymbol | undefined {
  const basic = basicTypes.get(name);
  return (
    basic && builtin(`type ${name}`, name, () => `type ${name}${['', '<T>', '<K, V>'][basic.arity] ?? ''}`, basic.doc)
  );
}

function builtin(key: string, name: string, detail: () => string, doc: string): ChorSymbol {
  let symbol = builtins.get(key);
  if (!symbol)
    builtins.set(key, (symbol = { id: `builtin#${key}`, kind: 'builtin', name, uri: '', detail: detail(), doc }));
  return symbol;
}

/** A variable with a symbol that is to be completed by `complete`. */
export function createVariable(symbol: Omit<ChorSymbol, 'detail'>, type: Type): Variable {
  return { symbol: { ...symbol, detail: symbol.name }, type, used: false };
}

/** Writes the inferred type into the line that hovers show. Inputs have a stated one. */
export function complete(variable: Variable): void {
  const { symbol, threads = [] } = variable;
  threads.forEach(complete);
  // What only threads have is shown as the first of them has it.
  const type = symbolType(variable.type) ?? threads[0]?.symbol.type;
  symbol.type = type ?? symbol.type;
  if (symbol.kind === 'input') return;
  const name = symbol.role && symbol.kind !== 'local' ? `${symbol.role}.${symbol.name}` : symbol.name;
  symbol.detail = type ? `${name}: ${type.text}` : name;
}

/** Writes into the line that a hover shows of each label who sends it to whom, and what it carries. */
export function completeLabels(labels: ReadonlyMap<string, OpenSymbol>, payloads: ByMessage<Type>): void {
  const lines = new Map<string, string[]>();
  for (const [{ sender, receiver, label = '_' }, type] of payloads) {
    const shown = showType(type);
    const carried = !isKnown(type) || shown === '()' ? '' : shown.startsWith('(') ? shown : `(${shown})`;
    const line = `${sender} -> ${receiver}: ${label}${carried}`;
    const known = lines.get(label);
    if (known) known.push(line);
    else lines.set(label, [line]);
  }
  for (const [name, symbol] of labels) {
    const own = lines.get(name);
    if (own) symbol.detail = own.slice(0, 6).join('\n');
  }
}

/** The id of a name that is local to an expression or a branch. */
export function localId(owner: string, name: Name): string {
  return `${owner}/${name.text}@${name.origin.start}`;
}

/** Where what is called is declared, as findings tell it. */
export function declaredAt(
  declared: { readonly uri: string; readonly origin?: TextRange; readonly name: string } | undefined,
): { readonly declared?: { readonly uri: string; readonly origin?: TextRange; readonly name: string } } {
  return declared
    ? { declared: { uri: declared.uri, ...(declared.origin ? { origin: declared.origin } : {}), name: declared.name } }
    : {};
}

/** Reports a variable, or a name in a pattern, that looks like a constant. */
export function checkShadowing(context: Context, name: Name, what: 'variable' | 'pattern', role?: string): void {
  const found = context.scope.lookup(name.text);
  if (found?.declaration.kind !== 'const') return;
  report(context, 'shadows-constant', name.origin, {
    name,
    what,
    ...(role === undefined ? {} : { role }),
    constant: { uri: found.uri, origin: found.declaration.name.origin },
  });
}

/** The place right after another. */
export function after({ end }: TextRange): TextRange {
  return { start: end, end };
}
