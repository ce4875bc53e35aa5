// Completion of fields: behind a dot, and as the names of arguments in `Order(…)` and `o with (…)`.
import type { Param } from '../ir/expression.js';
import { writeName } from '../syntax/names.js';
import { printParams, printType } from '../syntax/print.js';
import type { Token } from '../syntax/tokens.js';
import { plain } from './completion-items.js';
import type { Completion, Known } from './completion-items.js';
import { rolesInHeader } from './context.js';

type TypeOf = (variable: string) => string | undefined;

/** The fields of what stands before the dot; `typeOf` says the type of a variable. */
export function fieldsBefore(known: Known, typeOf: TypeOf): Completion[] {
  const { before } = known.context;
  return fieldsOf(known, typeEndingAt(known, before.length - 2, typeOf))
    .map((f): Completion => ({ label: writeName(f.name.text), kind: 'field', detail: printParams([f]), doc: f.doc, rank: 1 }));
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
  const given = new Set(before.slice(at).filter((_, i, all) => all[i + 1]?.text === ':').map(plain));
  const fields = callee.text === 'with' ? fieldsOf(known, typeEndingAt(known, at - 2, typeOf)) : constructed(known, plain(callee));
  return fields.filter((f) => !given.has(f.name.text)).map((f): Completion => ({
    label: `${writeName(f.name.text)}:`, kind: 'field', detail: printParams([f]), doc: f.doc, rank: 0,
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
function typeEndingAt(known: Known, index: number, typeOf: TypeOf): string | undefined {
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
    return steps.reduce<string | undefined>((type, step) => stepped(known, type, step), called ? resultOf(known, plain(word)) : typeOf(plain(word)));
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

function stepped(known: Known, type: string | undefined, step: string): string | undefined {
  if (step === '[') return /^list<(.+)>$/.exec(type ?? '')?.[1];
  const field = fieldsOf(known, type).find((f) => f.name.text === step);
  return field && printType(field.type);
}

function resultOf(known: Known, callee: string): string | undefined {
  const declaration = known.analysis.scope.lookup(callee)?.declaration;
  if (declaration?.kind === 'record') return callee;
  return (declaration?.kind === 'function' || declaration?.kind === 'extern-function') && declaration.result ? printType(declaration.result) : undefined;
}

function fieldsOf(known: Known, type: string | undefined, depth = 0): readonly Param[] {
  const declaration = type === undefined ? undefined : known.analysis.scope.lookup(type)?.declaration;
  if (declaration?.kind === 'type' && depth < 10) return fieldsOf(known, printType(declaration.type), depth + 1);
  return declaration?.kind === 'record' ? declaration.fields : [];
}
