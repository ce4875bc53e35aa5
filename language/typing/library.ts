// The standard library: what can be called without being declared. One table, for types, hovers, completion and the
// manual.
import {
  bool,
  float,
  functionOf,
  int,
  listOf,
  mapOf,
  optionOf,
  setOf,
  showType,
  string,
  tupleOf,
  variable,
} from './types.js';
import type { Need, Type } from './types.js';

/** A function's type with the names of its parameters. */
export interface Signature {
  readonly params: readonly { readonly name: string; readonly type: Type }[];
  readonly result: Type;
}

export interface LibraryFunction {
  readonly name: string;
  readonly doc: string;
  /** One for each way to use it; its type variables have names to be shown. */
  readonly overloads: readonly (() => Signature)[];
}

type Params = Readonly<Record<string, Type>>;
type Overload = () => [params: Params, result: Type];

const A = (need?: Need): Type => variable(need, need === 'number' ? 'N' : need === 'ordered' ? 'O' : 'A');
const B = (): Type => variable(undefined, 'B');
const table: LibraryFunction[] = [];

function define(name: string, doc: string, ...overloads: Overload[]): void {
  table.push({
    name,
    doc,
    overloads: overloads.map((overload) => () => {
      const [params, result] = overload();
      return { params: Object.entries(params).map(([param, type]) => ({ name: param, type })), result };
    }),
  });
}

/** An overload over one type variable, or over two. */
function generic(make: (a: Type, b: Type) => [Params, Type], need?: Need): Overload {
  return () => make(A(need), B());
}

/** An overload over the types of a map's keys and values. */
function keyed(make: (map: Type, key: Type, value: Type) => [Params, Type]): Overload {
  return () => {
    const [key, value] = [variable(undefined, 'K'), variable(undefined, 'V')];
    return make(mapOf(key, value), key, value);
  };
}

define(
  'length',
  'How many items a list has, or how many characters a string.',
  generic((a) => [{ items: listOf(a) }, int]),
  () => [{ text: string }, int],
);
define(
  'isEmpty',
  'Whether a list, a string, a set or a map has nothing in it.',
  generic((a) => [{ items: listOf(a) }, bool]),
  () => [{ text: string }, bool],
  generic((a) => [{ items: setOf(a) }, bool]),
  keyed((map) => [{ map }, bool]),
);
define(
  'contains',
  'Whether an item is in a list or a set, a piece in a string, or a key in a map.',
  generic((a) => [{ items: listOf(a), item: a }, bool]),
  () => [{ text: string, piece: string }, bool],
  generic((a) => [{ items: setOf(a), item: a }, bool]),
  keyed((map, key) => [{ map, key }, bool]),
);
define(
  'first',
  'The first item; fails where there is none.',
  generic((a) => [{ items: listOf(a) }, a]),
);
define(
  'second',
  'The second item; fails where there is none.',
  generic((a) => [{ items: listOf(a) }, a]),
);
define(
  'last',
  'The last item; fails where there is none.',
  generic((a) => [{ items: listOf(a) }, a]),
);
define(
  'head',
  'The first item, if there is one.',
  generic((a) => [{ items: listOf(a) }, optionOf(a)]),
);
define(
  'tail',
  'All items but the first.',
  generic((a) => [{ items: listOf(a) }, listOf(a)]),
);
define(
  'take',
  'The first `count` items, or characters.',
  generic((a) => [{ items: listOf(a), count: int }, listOf(a)]),
  () => [{ text: string, count: int }, string],
);
define(
  'drop',
  'All but the first `count` items, or characters.',
  generic((a) => [{ items: listOf(a), count: int }, listOf(a)]),
  () => [{ text: string, count: int }, string],
);
define(
  'concat',
  'Two lists or strings, one after the other; or all the lists of a list.',
  generic((a) => [{ left: listOf(a), right: listOf(a) }, listOf(a)]),
  () => [{ left: string, right: string }, string],
  generic((a) => [{ lists: listOf(listOf(a)) }, listOf(a)]),
);
define(
  'append',
  'The list with one more item at its end.',
  generic((a) => [{ items: listOf(a), item: a }, listOf(a)]),
);
define(
  'prepend',
  'The list with one more item at its front.',
  generic((a) => [{ item: a, items: listOf(a) }, listOf(a)]),
);
define(
  'reverse',
  'The items, or the characters, from last to first.',
  generic((a) => [{ items: listOf(a) }, listOf(a)]),
  () => [{ text: string }, string],
);
define(
  'replace',
  'The list with another item at one place; or the string with every `piece` made another.',
  generic((a) => [{ items: listOf(a), index: int, item: a }, listOf(a)]),
  () => [{ text: string, piece: string, by: string }, string],
);
define('range', 'The numbers from `start` up to, not including, `end`.', () => [{ start: int, end: int }, listOf(int)]);
define(
  'repeat',
  'A list with the same item `count` times.',
  generic((a) => [{ item: a, count: int }, listOf(a)]),
);
define(
  'map',
  'What the function gives for each item.',
  generic((a, b) => [{ items: listOf(a), change: functionOf([a], b) }, listOf(b)]),
  generic((a, b) => [{ option: optionOf(a), change: functionOf([a], b) }, optionOf(b)]),
  generic((a, b) => [{ items: setOf(a), change: functionOf([a], b) }, setOf(b)]),
);
define(
  'filter',
  'The items, or the entries, for which the function says `true`.',
  generic((a) => [{ items: listOf(a), keep: functionOf([a], bool) }, listOf(a)]),
  generic((a) => [{ items: setOf(a), keep: functionOf([a], bool) }, setOf(a)]),
  keyed((map, key, value) => [{ map, keep: functionOf([key, value], bool) }, map]),
);
define(
  'flatMap',
  'The lists that the function gives for each item, one after the other.',
  generic((a, b) => [{ items: listOf(a), change: functionOf([a], listOf(b)) }, listOf(b)]),
);
define(
  'partition',
  'The items for which the function says `true`, and the others.',
  generic((a) => [{ items: listOf(a), test: functionOf([a], bool) }, tupleOf(listOf(a), listOf(a))]),
);
define(
  'takeWhile',
  'The items up to the first for which the function says `false`.',
  generic((a) => [{ items: listOf(a), test: functionOf([a], bool) }, listOf(a)]),
);
define(
  'dropWhile',
  'The items from the first on for which the function says `false`.',
  generic((a) => [{ items: listOf(a), test: functionOf([a], bool) }, listOf(a)]),
);
define(
  'count',
  'For how many items the function says `true`.',
  generic((a) => [{ items: listOf(a), test: functionOf([a], bool) }, int]),
  generic((a) => [{ items: setOf(a), test: functionOf([a], bool) }, int]),
);
define(
  'fold',
  'Goes through the items from the first, with `start` as what it has so far.',
  generic((a, b) => [{ items: listOf(a), start: b, step: functionOf([b, a], b) }, b]),
  generic((a, b) => [{ items: setOf(a), start: b, step: functionOf([b, a], b) }, b]),
);
define(
  'find',
  'The first item for which the function says `true`, if there is one.',
  generic((a) => [{ items: listOf(a), test: functionOf([a], bool) }, optionOf(a)]),
);
define(
  'indexOf',
  'Where an item, or a piece of a text, first stands, counted from 0, if it does.',
  generic((a) => [{ items: listOf(a), item: a }, optionOf(int)]),
  () => [{ text: string, piece: string }, optionOf(int)],
);
define(
  'any',
  'Whether the function says `true` for some item.',
  generic((a) => [{ items: listOf(a), test: functionOf([a], bool) }, bool]),
  generic((a) => [{ items: setOf(a), test: functionOf([a], bool) }, bool]),
);
define(
  'all',
  'Whether the function says `true` for every item.',
  generic((a) => [{ items: listOf(a), test: functionOf([a], bool) }, bool]),
  generic((a) => [{ items: setOf(a), test: functionOf([a], bool) }, bool]),
);
define(
  'zip',
  'Pairs of the items at the same place; as many as the shorter list has.',
  generic((a, b) => [{ left: listOf(a), right: listOf(b) }, listOf(tupleOf(a, b))]),
);
define(
  'unzip',
  'The first parts of pairs, and the second ones.',
  generic((a, b) => [{ pairs: listOf(tupleOf(a, b)) }, tupleOf(listOf(a), listOf(b))]),
);
define(
  'sort',
  'The items from the least to the greatest.',
  generic((a) => [{ items: listOf(a) }, listOf(a)], 'ordered'),
);
define('sortBy', 'The items by what the function gives for each, least first.', () => {
  const [a, key] = [A(), A('ordered')];
  return [{ items: listOf(a), key: functionOf([a], key) }, listOf(a)];
});
define(
  'distinct',
  'The items without those that came before.',
  generic((a) => [{ items: listOf(a) }, listOf(a)]),
);
define(
  'max',
  'The greater of two, or the greatest of a list, which may not be empty.',
  generic((a) => [{ left: a, right: a }, a], 'ordered'),
  generic((a) => [{ items: listOf(a) }, a], 'ordered'),
);
define(
  'min',
  'The lesser of two, or the least of a list, which may not be empty.',
  generic((a) => [{ left: a, right: a }, a], 'ordered'),
  generic((a) => [{ items: listOf(a) }, a], 'ordered'),
);
for (const [name, what] of [
  ['maxBy', 'greatest'],
  ['minBy', 'least'],
] as const) {
  define(name, `The first item for which the function gives the ${what} of all; fails where there is none.`, () => {
    const [a, key] = [A(), A('ordered')];
    return [{ items: listOf(a), key: functionOf([a], key) }, a];
  });
}
define(
  'sum',
  'All numbers of a list added up.',
  generic((a) => [{ numbers: listOf(a) }, a], 'number'),
);
define(
  'abs',
  'The number without its sign.',
  generic((a) => [{ number: a }, a], 'number'),
);
define(
  'pow',
  'The number multiplied with itself, `exponent` times.',
  generic((a) => [{ base: a, exponent: int }, a], 'number'),
);
define('sqrt', 'The square root.', () => [{ number: float }, float]);
define('round', 'The nearest whole number.', () => [{ number: float }, int]);
define('floor', 'The next whole number below.', () => [{ number: float }, int]);
define('ceil', 'The next whole number above.', () => [{ number: float }, int]);
define('toFloat', 'The whole number as a `float`.', () => [{ number: int }, float]);
define(
  'toString',
  'Any value as text.',
  generic((a) => [{ value: a }, string]),
);
define('parseInt', 'The whole number that a text spells, if it does.', () => [{ text: string }, optionOf(int)]);
define('parseFloat', 'The number that a text spells, if it does.', () => [{ text: string }, optionOf(float)]);
define('upper', 'The text in capitals.', () => [{ text: string }, string]);
define('lower', 'The text in small letters.', () => [{ text: string }, string]);
define('trim', 'The text without the blanks at its ends.', () => [{ text: string }, string]);
define('split', 'The pieces of a text between separators.', () => [
  { text: string, separator: string },
  listOf(string),
]);
define('join', 'The pieces as one text, with a separator between them.', () => [
  { pieces: listOf(string), separator: string },
  string,
]);
define('padStart', 'The text, made as long as `length` by the filling before it.', () => [
  { text: string, length: int, filling: string },
  string,
]);
define('padEnd', 'The text, made as long as `length` by the filling behind it.', () => [
  { text: string, length: int, filling: string },
  string,
]);
define('startsWith', 'Whether a text begins with a piece.', () => [{ text: string, piece: string }, bool]);
define('endsWith', 'Whether a text ends with a piece.', () => [{ text: string, piece: string }, bool]);
define(
  'some',
  'An option that holds a value.',
  generic((a) => [{ value: a }, optionOf(a)]),
);
define(
  'somes',
  'The values of the options that hold one.',
  generic((a) => [{ options: listOf(optionOf(a)) }, listOf(a)]),
);
define(
  'isSome',
  'Whether an option holds a value.',
  generic((a) => [{ option: optionOf(a) }, bool]),
);
define(
  'isNone',
  'Whether an option holds no value.',
  generic((a) => [{ option: optionOf(a) }, bool]),
);
define(
  'getOr',
  'The value of an option, or else another.',
  generic((a) => [{ option: optionOf(a), otherwise: a }, a]),
);

define(
  'mapOf',
  'The map of pairs of a key and its value; of those with one key, the last counts.',
  keyed((map, key, value) => [{ pairs: listOf(tupleOf(key, value)) }, map]),
);
define(
  'setOf',
  'The set of the items of a list.',
  generic((a) => [{ items: listOf(a) }, setOf(a)]),
);
define(
  'get',
  'The value of a key, if the map has it.',
  keyed((map, key, value) => [{ map, key }, optionOf(value)]),
);
define(
  'insert',
  'The map with a value for a key, in place of the one that it had; or the set with one more item.',
  keyed((map, key, value) => [{ map, key, value }, map]),
  generic((a) => [{ items: setOf(a), item: a }, setOf(a)]),
);
define(
  'remove',
  'The map without a key, or the set without an item, if it was there.',
  keyed((map, key) => [{ map, key }, map]),
  generic((a) => [{ items: setOf(a), item: a }, setOf(a)]),
);
define(
  'size',
  'How many keys a map has, or how many items a set.',
  keyed((map) => [{ map }, int]),
  generic((a) => [{ items: setOf(a) }, int]),
);
define(
  'keys',
  'The keys of a map, the least first.',
  keyed((map, key) => [{ map }, listOf(key)]),
);
define(
  'values',
  'The values of a map, in the order of their keys.',
  keyed((map, _, value) => [{ map }, listOf(value)]),
);
define(
  'entries',
  'The keys of a map with their values, the least key first.',
  keyed((map, key, value) => [{ map }, listOf(tupleOf(key, value))]),
);
define(
  'toList',
  'The items of a set, the least first.',
  generic((a) => [{ items: setOf(a) }, listOf(a)]),
);
define(
  'mapValues',
  'The map with what the function gives for each value.',
  generic((a, b) => {
    const key = variable(undefined, 'K');
    return [{ map: mapOf(key, a), change: functionOf([a], b) }, mapOf(key, b)];
  }),
);
define(
  'groupBy',
  'The items by what the function gives for each, as lists in their order.',
  generic((a) => {
    const key = variable(undefined, 'K');
    return [{ items: listOf(a), key: functionOf([a], key) }, mapOf(key, listOf(a))];
  }),
);
define(
  'union',
  'All that is in either of two sets or maps; where both maps have a key, the second one’s value counts.',
  generic((a) => [{ left: setOf(a), right: setOf(a) }, setOf(a)]),
  keyed((map) => [{ left: map, right: map }, map]),
);
define(
  'intersection',
  'What is in both of two sets.',
  generic((a) => [{ left: setOf(a), right: setOf(a) }, setOf(a)]),
);
define(
  'difference',
  'What is in the first of two sets, but not in the second.',
  generic((a) => [{ left: setOf(a), right: setOf(a) }, setOf(a)]),
);
define(
  'isSubset',
  'Whether all of the first set is in the second.',
  generic((a) => [{ left: setOf(a), right: setOf(a) }, bool]),
);

/** The functions of the library by name. */
export const library: ReadonlyMap<string, LibraryFunction> = new Map(table.map((entry) => [entry.name, entry]));

/** The signatures of a function of the library for one call: their type variables are new ones, without names. */
export function instantiate(entry: LibraryFunction | undefined): Signature[] {
  return (entry?.overloads ?? []).map((overload) => {
    const signature = overload();
    for (const type of [...signature.params.map((p) => p.type), signature.result]) forgetNames(type);
    return signature;
  });
}

function forgetNames(type: Type): void {
  switch (type.kind) {
    case 'variable':
      type.label = undefined;
      return;
    case 'list':
    case 'option':
    case 'set':
      return forgetNames(type.item);
    case 'map':
      forgetNames(type.key);
      return forgetNames(type.value);
    case 'tuple':
      return type.items.forEach(forgetNames);
    case 'function': {
      type.params.forEach(forgetNames);
      return forgetNames(type.result);
    }
    case 'basic':
    case 'named':
    case 'unknown':
  }
}

/** A signature as a hover shows it: `map(items: list<A>, change: (A) => B): list<B>`. */
export function showSignature(name: string, signature: Signature): string {
  const params = signature.params.map((p) => `${p.name}: ${showType(p.type)}`).join(', ');
  return `${name}(${params}): ${showType(signature.result)}`;
}

/** All ways to use a function of the library, one a line. */
export function showLibraryFunction(entry: LibraryFunction): string {
  return entry.overloads.map((overload) => showSignature(entry.name, overload())).join('\n');
}

/** The basic types, for hovers and completion. */
export const basicTypes: ReadonlyMap<string, { readonly arity: number; readonly doc: string }> = new Map([
  ['int', { arity: 0, doc: 'Whole numbers, 64 bits with a sign.' }],
  ['float', { arity: 0, doc: 'Floating-point numbers, 64 bits.' }],
  ['bool', { arity: 0, doc: '`true` or `false`.' }],
  ['string', { arity: 0, doc: 'Text.' }],
  ['list', { arity: 1, doc: 'Any number of items of one type, in order.' }],
  ['option', { arity: 1, doc: '`some(x)` or `none`.' }],
  ['map', { arity: 2, doc: 'A value for each of some keys; `mapOf([("a", 1)])` makes one.' }],
  ['set', { arity: 1, doc: 'Different items of one type, in no order of their own; `setOf([1, 2])` makes one.' }],
]);
