// Which values a `match` leaves out. The method is Maranget's (“Warnings for pattern matching”, 2007): a matrix of patterns,
// specialised by each constructor of its first column.
import type { Pattern } from '../ir/expression.js';
import { writeName } from '../syntax/names.js';
import { prune } from './types.js';
import type { Type } from './types.js';
import type { World } from './world.js';

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
    name, fields, show: (shown) => (fields.length === 0 ? writeName(name) : `${writeName(name)}(${shown.join(', ')})`),
  });
  switch (t.kind) {
    case 'basic': return t.name === 'bool' ? [plain('true'), plain('false')] : undefined;
    case 'option': return [applied('some', [t.item]), plain('none')];
    case 'tuple': return [{ name: '()', fields: t.items, show: (shown) => `(${shown.join(', ')})` }];
    case 'named': return t.form === 'enum' ? world.casesOf(t).map((c) => applied(c.symbol.name, world.caseSignature(c).params.map((p) => p.type))) : undefined;
    default: return undefined;
  }
}

/** The constructor of a pattern with the patterns of its fields; undefined for what takes any value, and for literals of large types. */
function headOf(pattern: Pattern, constructors: readonly Constructor[]): { name: string; fields: readonly Pattern[] | undefined } | 'any' | 'literal' {
  switch (pattern.kind) {
    case 'none': return { name: 'none', fields: [] };
    case 'literal': return pattern.value.kind === 'bool' ? { name: String(pattern.value.value), fields: [] } : 'literal';
    case 'tuple': return { name: '()', fields: pattern.items };
    case 'constructor': return constructors.some((c) => c.name === pattern.name.text) ? { name: pattern.name.text, fields: pattern.args } : 'any';
  }
}

const any = (at: Pattern): Pattern => ({ kind: 'constructor', name: { text: '_', origin: at.origin }, origin: at.origin });

/** The patterns, by index, of which a single one before takes all that they would take. Cost: quadratic in their number. */
export function takenBefore(patterns: readonly Pattern[], isCase: (name: string) => boolean): number[] {
  return patterns.flatMap((pattern, index) => (patterns.slice(0, index).some((earlier) => takesAll(earlier, pattern, isCase)) ? [index] : []));
}

/** Whether a pattern surely takes every value that another one takes. */
function takesAll(left: Pattern, right: Pattern, isCase: (name: string) => boolean): boolean {
  if (left.kind === 'constructor' && !left.args && !isCase(left.name.text)) return true;
  switch (left.kind) {
    case 'none': return right.kind === 'none';
    case 'literal': return right.kind === 'literal' && left.negative === right.negative && literalText(left) === literalText(right);
    case 'tuple': return right.kind === 'tuple' && left.items.every((item, i) => takesItem(item, right.items[i], isCase));
    case 'constructor': return right.kind === 'constructor' && left.name.text === right.name.text
      && (left.args?.every((item, i) => takesItem(item, right.args?.[i], isCase)) ?? true);
  }
}

function takesItem(left: Pattern, right: Pattern | undefined, isCase: (name: string) => boolean): boolean {
  return takesAll(left, right ?? any(left), isCase);
}

function literalText({ value }: Extract<Pattern, { kind: 'literal' }>): string {
  return `${value.kind} ${'text' in value ? value.text : String(value.value)}`;
}

/** Patterns of values that no row takes: one at most, or with `all` one for each constructor of the first column. */
function uncovered(world: World, rows: readonly (readonly Pattern[])[], types: readonly Type[], all: boolean): string[][] {
  const [type, ...rest] = types;
  if (!type) return rows.length === 0 ? [[]] : [];
  const t = prune(type);
  // Nothing is said of what is not known.
  if (t.kind === 'unknown' || (t.kind === 'variable' && !t.need)) return [];
  const constructors = constructorsOf(world, t);
  if (!constructors) {
    const open = rows.filter(([first]) => first && headOf(first, []) === 'any').map(([, ...others]) => others);
    return uncovered(world, open, rest, false).map((witness) => ['_', ...witness]);
  }
  const found: string[][] = [];
  for (const constructor of constructors) {
    const special = rows.flatMap(([first, ...others]): (readonly Pattern[])[] => {
      if (!first) return [];
      const head = headOf(first, constructors);
      if (head === 'literal') return [];
      if (head === 'any') return [[...constructor.fields.map(() => any(first)), ...others]];
      if (head.name !== constructor.name) return [];
      const { fields } = head;
      return [[...constructor.fields.map((_, index) => fields?.[index] ?? any(first)), ...others]];
    });
    const [witness] = uncovered(world, special, [...constructor.fields, ...rest], false);
    if (!witness) continue;
    const size = constructor.fields.length;
    found.push([constructor.show(witness.slice(0, size)), ...witness.slice(size)]);
    if (!all) break;
  }
  return found;
}

/**
 * The values that the cases of a `match` leave out, as patterns; `_` where there are too many to name.
 * @param patterns the cases, in order
 * @param type the type of the value
 */
export function missingCases(world: World, patterns: readonly Pattern[], type: Type): string[] {
  return uncovered(world, patterns.map((p) => [p]), [type], true).map(([first]) => first ?? '_');
}
