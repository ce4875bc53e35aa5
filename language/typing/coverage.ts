// Which values a `match` leaves out. The method is Maranget's (“Warnings for pattern matching”, 2007): a matrix of
// patterns, specialised by each constructor of its first column.
import type { Pattern } from '../ir/expression.js';
import { writeName } from '../syntax/names.js';
import { prune } from './types.js';
import type { Type } from './types.js';
import type { World } from './world.js';
import { mostPatternsCompared, mostPatternsLooked } from './limits.js';

interface Constructor {
  readonly name: string;
  readonly fields: readonly Type[];
  /** As a pattern, of the patterns of its fields. */
  show(fields: readonly string[]): string;
}

/** The constructors of a type; undefined where there are too many to name. */
function constructorsOf(world: World, type: Type): readonly Constructor[] | undefined {
  const t = prune(type);
  const plain = (name: string): Constructor => ({ name, fields: [], show: () => name });
  const applied = (name: string, fields: readonly Type[]): Constructor => ({
    name,
    fields,
    show: (shown) => (fields.length === 0 ? writeName(name) : `${writeName(name)}(${shown.join(', ')})`),
  });
  switch (t.kind) {
    case 'basic':
      return t.name === 'bool' ? [plain('true'), plain('false')] : undefined;
    case 'option':
      return [applied('some', [t.item]), plain('none')];
    case 'tuple':
      return [{ name: '()', fields: t.items, show: (shown) => `(${shown.join(', ')})` }];
    case 'named': {
      const record = world.record(t);
      if (record)
        return [
          applied(
            record.declaration.name.text,
            record.declaration.fields.map((f) => world.type(f.type, record.uri)),
          ),
        ];
      return t.form === 'enum'
        ? world.casesOf(t).map((c) =>
            applied(
              c.symbol.name,
              world.caseSignature(c).params.map((p) => p.type),
            ),
          )
        : undefined;
    }
    case 'function':
    case 'list':
    case 'map':
    case 'set':
    case 'unknown':
    case 'variable':
      return undefined;
  }
}

/**
 * The constructor of a pattern with the patterns of its fields; undefined for what takes any value, and for literals of
 * large types.
 */
function headOf(
  pattern: Pattern,
  constructors: ReadonlySet<string>,
): { name: string; fields: readonly Pattern[] | undefined } | 'any' | 'literal' {
  switch (pattern.kind) {
    case 'none':
      return { name: 'none', fields: [] };
    case 'literal':
      return pattern.value.kind === 'bool' ? { name: String(pattern.value.value), fields: [] } : 'literal';
    case 'tuple':
      return { name: '()', fields: pattern.items };
    case 'constructor':
      return constructors.has(pattern.name.text) ? { name: pattern.name.text, fields: pattern.args } : 'any';
  }
}

const anything = (at: Pattern): Pattern => ({
  kind: 'constructor',
  name: { text: '_', origin: at.origin },
  origin: at.origin,
});

/**
 * The patterns, by index, of which a single one before takes all that they would take.
 * Cost: linear in their number; of those that begin with the same constructor, `mostPatternsCompared` are looked at
 */
export function takenBefore(patterns: readonly Pattern[], isCase: (name: string) => boolean): number[] {
  const alike = new Map<string, Pattern[]>();
  const found: number[] = [];
  let everything = false;
  for (const [index, pattern] of patterns.entries()) {
    const key = beginningOf(pattern);
    const before = alike.get(key) ?? [];
    if (everything || before.some((earlier) => takesAll(earlier, pattern, isCase))) found.push(index);
    // All that is of the same text is found by the first of them.
    else if (before.length < mostPatternsCompared) alike.set(key, [...before, pattern]);
    everything ||= pattern.kind === 'constructor' && !pattern.args && !isCase(pattern.name.text);
  }
  return found;
}

/** What patterns have in common of which one may take all that the other takes, if it does not take everything. */
function beginningOf(pattern: Pattern): string {
  if (pattern.kind === 'constructor') return `case ${pattern.name.text}`;
  return pattern.kind === 'literal' ? `literal ${pattern.negative ? '-' : ''}${literalText(pattern)}` : pattern.kind;
}

/** Whether a pattern surely takes every value that another one takes. */
function takesAll(left: Pattern, right: Pattern, isCase: (name: string) => boolean): boolean {
  if (left.kind === 'constructor' && !left.args && !isCase(left.name.text)) return true;
  switch (left.kind) {
    case 'none':
      return right.kind === 'none';
    case 'literal':
      return right.kind === 'literal' && left.negative === right.negative && literalText(left) === literalText(right);
    case 'tuple':
      return right.kind === 'tuple' && left.items.every((item, i) => takesItem(item, right.items[i], isCase));
    case 'constructor':
      return (
        right.kind === 'constructor' &&
        left.name.text === right.name.text &&
        (left.args?.every((item, i) => takesItem(item, right.args?.[i], isCase)) ?? true)
      );
  }
}

function takesItem(left: Pattern, right: Pattern | undefined, isCase: (name: string) => boolean): boolean {
  return takesAll(left, right ?? anything(left), isCase);
}

function literalText({ value }: Extract<Pattern, { kind: 'literal' }>): string {
  return `${value.kind} ${'text' in value ? value.text : String(value.value)}`;
}

/** What there is left to look at. */
interface Budget {
  left: number;
}

/** Patterns of values that no row takes: one at most, or with `all` one for each constructor of the first column. */
function uncovered(
  world: World,
  rows: readonly (readonly Pattern[])[],
  types: readonly Type[],
  all: boolean,
  budget: Budget,
): string[][] {
  const [type, ...rest] = types;
  if (!type) return rows.length === 0 ? [[]] : [];
  budget.left -= types.length * (rows.length + 1);
  if (budget.left < 0) return [];
  const t = prune(type);
  // Nothing is said of what is not known.
  if (t.kind === 'unknown' || (t.kind === 'variable' && !t.need)) return [];
  const constructors = constructorsOf(world, t);
  const names = new Set(constructors?.map((c) => c.name));
  const heads = rows.map(([first]) => (first ? headOf(first, names) : 'literal'));
  if (!constructors) {
    const open = rows.filter((_, i) => heads[i] === 'any').map(([, ...others]) => others);
    return uncovered(world, open, rest, false, budget).map((witness) => ['_', ...witness]);
  }
  const found: string[][] = [];
  // The rows that each constructor has to do with, in order: its own, and those that take any.
  const own = new Map<string, number[]>(constructors.map((c) => [c.name, []]));
  const any: number[] = [];
  heads.forEach((head, i) => {
    if (head === 'any') any.push(i);
    else if (head !== 'literal') own.get(head.name)?.push(i);
  });
  for (const constructor of constructors) {
    const concerned = [...(own.get(constructor.name) ?? []), ...any].sort((a, b) => a - b);
    const special = concerned.map((i): readonly Pattern[] => {
      const [first, ...others] = rows[i] as readonly [Pattern, ...Pattern[]];
      const head = heads[i] as Exclude<ReturnType<typeof headOf>, 'literal'>;
      const fields = head === 'any' ? undefined : head.fields;
      return [...constructor.fields.map((_, index) => fields?.[index] ?? anything(first)), ...others];
    });
    const [witness] = uncovered(world, special, [...constructor.fields, ...rest], false, budget);
    if (!witness) continue;
    const size = constructor.fields.length;
    found.push([constructor.show(witness.slice(0, size)), ...witness.slice(size)]);
    if (!all) break;
  }
  return found;
}

/** The values that the cases of a `match` leave out, as far as they were found. */
export interface Missing {
  /** As patterns; `_` where there are too many to name. */
  readonly missing: readonly string[];
  /** There may be others: there was too much to look at. */
  readonly unsure: boolean;
}

/**
 * The values that the cases of a `match` leave out.
 * @param patterns the cases, in order
 * @param type the type of the value
 * Cost: in the worst case all combinations of cases; `mostPatternsLooked` of them are looked at
 */
export function missingCases(world: World, patterns: readonly Pattern[], type: Type): Missing {
  const budget: Budget = { left: mostPatternsLooked };
  const missing = uncovered(
    world,
    patterns.map((p) => [p]),
    [type],
    true,
    budget,
  ).map(([first]) => first ?? '_');
  return { missing, unsure: budget.left < 0 };
}
