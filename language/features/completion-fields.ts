// Completion of fields: behind a dot, and as the names of arguments in `Order(…)` and `o with (…)`.
import type { Param } from '../ir/expression.js';
import type { Declaration } from '../ir/file.js';
import { declarationSymbol, idOf, writtenType } from '../scoping/declared.js';
import type { SymbolType } from '../scoping/symbols.js';
import { writeName } from '../syntax/names.js';
import { printParams } from '../syntax/print.js';
import type { Token } from '../syntax/tokens.js';
import { plain } from './completion-items.js';
import type { Completion, Known } from './completion-items.js';
import { rolesInHeader } from './context.js';
import { deepestAlias } from './limits.js';

type TypeOf = (variable: string) => SymbolType | undefined;

/** The fields of what stands before the dot; `typeOf` says the type of a variable. */
export function fieldsBefore(known: Known, typeOf: TypeOf): Completion[] {
  const { before } = known.context;
  return fieldsOf(known, typeEndingAt(known, before.length - 2, typeOf)).map((f): Completion => ({
    label: writeName(f.name.text),
    kind: 'field',
    detail: printParams([f]),
    doc: f.doc,
    rank: 1,
  }));
}

/** The names of arguments that are still missing in the brackets around the cursor. */
export function argumentNames(known: Known, typeOf: TypeOf): Completion[] {
  const { before, after, brackets } = known.context;
  const bracket = brackets.at(-1);
  const last = before.at(-1)?.text;
  if (bracket?.text !== '(' || (last !== '(' && last !== ',')) return [];
  const at = before.indexOf(bracket);
  const callee = before[at - 1];
  if (callee?.kind !== 'word') return [];
  const given = new Set(
    before
      .slice(at)
      .filter((_, i, all) => all[i + 1]?.text === ':')
      .map(plain),
  );
  const fields =
    callee.text === 'with' ? fieldsOf(known, typeEndingAt(known, at - 2, typeOf)) : constructed(known, plain(callee));
  return fields
    .filter((f) => !given.has(f.name.text))
    .map((f): Completion => ({
      label: `${writeName(f.name.text)}:`,
      kind: 'field',
      detail: printParams([f]),
      doc: f.doc,
      rank: 0,
      insert: after[0]?.text === ':' ? writeName(f.name.text) : `${writeName(f.name.text)}: `,
    }));
}

/** What a record or an enum's case is made of. */
function constructed(known: Known, name: string): readonly Param[] {
  for (const { declaration: d } of known.analysis.scope.all().values()) {
    if (d.kind === 'record' && d.name.text === name) return d.fields;
    const found = d.kind === 'enum' ? d.cases.find((c) => c.name.text === name) : undefined;
    if (found) return found.fields;
  }
  return [];
}

/** The type of the expression that ends with a token: a variable with fields, indices and calls behind it. */
function typeEndingAt(known: Known, index: number, typeOf: TypeOf): SymbolType | undefined {
  const { before } = known.context;
  /** Names of fields, and `[` for an index. */
  const steps: string[] = [];
  const token = (i: number): Token | undefined => before[i];
  for (let i = index; i >= 0;) {
    if (token(i)?.text === ']') {
      steps.unshift('[');
      i = opening(before, i) - 1;
      continue;
    }
    const word = token(token(i)?.text === ')' ? opening(before, i) - 1 : i);
    if (word?.kind !== 'word') return undefined;
    const called = word !== token(i);
    const start = before.indexOf(word);
    if (!called && token(start - 1)?.text === '.' && !isRole(known, token(start - 2), token(start - 3))) {
      steps.unshift(plain(word));
      i = start - 2;
      continue;
    }
    return steps.reduce<SymbolType | undefined>(
      (type, step) => stepped(known, type, step),
      called ? resultOf(known, plain(word)) : typeOf(plain(word)),
    );
  }
  return undefined;
}

function isRole(known: Known, token: Token | undefined, previous: Token | undefined): boolean {
  return token?.kind === 'word' && previous?.text !== '.' && rolesInHeader(known.tokens).includes(plain(token));
}

function opening(tokens: readonly Token[], close: number): number {
  let depth = 0;
  for (let i = close; i >= 0; i--) {
    const text = tokens[i]?.text;
    if (text === ')' || text === ']') depth++;
    if ((text === '(' || text === '[') && --depth === 0) return i;
  }
  return 0;
}

function stepped(known: Known, type: SymbolType | undefined, step: string): SymbolType | undefined {
  if (step === '[') return meant(known, type, (each) => (each.holds?.form === 'list' ? each.holds.item : undefined));
  const field = fieldsOf(known, type).find((f) => f.name.text === step);
  return field && writtenType(field.type);
}

function resultOf(known: Known, callee: string): SymbolType | undefined {
  const found = known.analysis.scope.lookup(callee);
  if (!found || !['record', 'function', 'extern-function'].includes(found.declaration.kind)) return undefined;
  return (
    known.analysis.occurrences.find(({ symbol }) => symbol.id === idOf(found.uri, found.declaration))?.symbol.type ??
    declarationSymbol(found.uri, found.declaration).type
  );
}

function fieldsOf(known: Known, type: SymbolType | undefined): readonly Param[] {
  return (
    meant(known, type, (_, declaration) => (declaration?.kind === 'record' ? declaration.fields : undefined)) ?? []
  );
}

/** What can be said of a type, or else of what its alias stands for. */
function meant<T>(
  known: Known,
  type: SymbolType | undefined,
  say: (type: SymbolType, declaration: Declaration | undefined) => T | undefined,
  depth = 0,
): T | undefined {
  if (!type || depth > deepestAlias) return undefined;
  const declarations = type.names.flatMap((name) => known.analysis.scope.lookup(name)?.declaration ?? []);
  for (const each of declarations.length > 0 ? declarations : [undefined]) {
    const said =
      say(type, each) ?? (each?.kind === 'type' ? meant(known, writtenType(each.type), say, depth + 1) : undefined);
    if (said !== undefined) return said;
  }
  return undefined;
}
