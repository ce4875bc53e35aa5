// Random expressions with types: over all forms of the language and all functions of the library.
import fc from 'fast-check';

export type T =
  | 'int'
  | 'float'
  | 'string'
  | 'bool'
  | 'ints'
  | 'strings'
  | 'option'
  | 'enum'
  | 'record'
  | 'pair'
  | 'set'
  | 'map'
  | 'shades'
  | 'groups';

export const typeNames: Readonly<Record<T, string>> = {
  int: 'int',
  float: 'float',
  string: 'string',
  bool: 'bool',
  ints: 'list<int>',
  strings: 'list<string>',
  option: 'option<int>',
  enum: 'Shade',
  record: 'Order',
  pair: '(int, bool)',
  set: 'set<int>',
  map: 'map<string, int>',
  shades: 'set<Shade>',
  groups: 'map<bool, list<int>>',
};

export const declarations = `enum Shade { red, green(depth: int), blue }
enum Coin { heads, tails }
record Order { copies: int, title: string }
const base = 3
const scaled = twice(base) + length(words)
const words = ["a", "b,c"]
const rate: float = 2
const darkest = green(scaled)
function twice(n: int): int = n + n
function factorial(n: int): int = if n <= 0 then 1 else n * factorial(n - 1)
function isDark(s: Shade): bool = match s { case green(vDepth) => vDepth > 2, case red => false, else => true }
function orElse(o: option<int>, d: int): int = match o { case some(v) => v, case none => d }
`;

/** The variables of each expression, with their types. */
export const variables: readonly (readonly [string, T])[] = [
  ['i', 'int'],
  ['j', 'int'],
  ['f', 'float'],
  ['s', 'string'],
  ['t', 'string'],
  ['b', 'bool'],
  ['c', 'bool'],
  ['xs', 'ints'],
  ['ys', 'strings'],
  ['o', 'option'],
  ['e', 'enum'],
  ['r', 'record'],
  ['p', 'pair'],
  ['u', 'set'],
  ['w', 'set'],
  ['m', 'map'],
  ['n', 'map'],
  ['k', 'shades'],
];

type Known = readonly (readonly [string, T])[];

const ints = ['0', '1', '2', '3', '-1', '7', '40', '-9223372036854775808', '9223372036854775807'];

/** A value of a type, as it is written. */
export function literal(type: T): fc.Arbitrary<string> {
  const int = fc.constantFrom(...ints);
  const string = fc.constantFrom('""', '"a"', '"ab"', '"b"', '"12"', '" x "', '"é🙂"', '"a,b"');
  switch (type) {
    case 'int':
      return int;
    case 'float':
      return fc.constantFrom('0.0', '1.0', '1.5', '2.5', '0.1', '-2.5', '100.25');
    case 'string':
      return string;
    case 'bool':
      return fc.constantFrom('true', 'false');
    case 'ints':
      return fc.array(int, { maxLength: 3 }).map((all) => `[${all.join(', ')}]`);
    case 'strings':
      return fc.array(string, { maxLength: 3 }).map((all) => `[${all.join(', ')}]`);
    case 'option':
      return fc.oneof(
        fc.constant('none'),
        int.map((n) => `some(${n})`),
      );
    case 'enum':
      return fc.oneof(
        fc.constantFrom('red', 'blue'),
        int.map((n) => `green(${n})`),
      );
    case 'record':
      return fc.tuple(int, string).map(([n, t]) => `Order(${n}, ${t})`);
    case 'set':
      return literal('ints').map((all) => `setOf(${all})`);
    case 'map':
      return fc
        .array(fc.tuple(string, int), { maxLength: 3 })
        .map((all) => `mapOf([${all.map(([k, v]) => `(${k}, ${v})`).join(', ')}])`);
    case 'shades':
      return fc.array(literal('enum'), { maxLength: 3 }).map((all) => `setOf([${all.join(', ')}])`);
    case 'groups':
      return fc
        .array(fc.tuple(literal('bool'), literal('ints')), { maxLength: 2 })
        .map((all) => `mapOf([${all.map(([k, v]) => `(${k}, ${v})`).join(', ')}])`);
    case 'pair':
      return fc.tuple(int, fc.constantFrom('true', 'false')).map(([n, b]) => `(${n}, ${b})`);
  }
}

/** An expression of a type. */
export function expression(type: T, depth: number, known: Known = variables): fc.Arbitrary<string> {
  const leaf = fc.oneof(literal(type), ...known.filter(([, t]) => t === type).map(([name]) => fc.constant(name)));
  if (depth === 0) return leaf;
  const of = (t: T, more: Known = []): fc.Arbitrary<string> =>
    fc.nat().chain(() => expression(t, depth - 1, [...known, ...more]));
  const fill = (template: string): fc.Arbitrary<string> => {
    const holes = [...template.matchAll(/<(\w+?)(?::([\w ]+))?>/g)];
    const parts = template.split(/<\w+?(?::[\w ]+)?>/);
    const values = holes.map(([, hole, bound]) =>
      of(
        hole as T,
        (bound ?? '')
          .split(' ')
          .filter(Boolean)
          .map((name) => [name, kinds[name[1] ?? ''] ?? 'int'] as const),
      ),
    );
    return fc.tuple(...values).map((made) => parts.map((part, i) => part + (made[i] ?? '')).join(''));
  };
  return fc.oneof(
    { weight: 1, arbitrary: leaf },
    {
      weight: 4,
      arbitrary: fc
        .constantFrom(...general.map((g) => g.replaceAll('T', type)), ...forms[type], ...forms[type])
        .chain(fill),
    },
  );
}

/** What bound names are of, by their second letter. */
const kinds: Readonly<Record<string, T>> = { i: 'int', s: 'string', b: 'bool', m: 'map' };

const general = [
  '(if <bool> then <T> else <T>)',
  '(let vi = <int> in <T:vi>)',
  '(let (vi, vb) = <pair> in <T:vi vb>)',
  '(let Order(vi, vs) = <record> in <T:vi vs>)',
  '(let vs = <string> in let (vi, _) = (<int:vs>, 1) in <T:vi vs>)',
  '(match <record> { case Order(3, vs) => <T:vs>, case Order(vi, vs) => <T:vi vs> })',
  '(match <option> { case some(vi) => <T:vi>, case none => <T> })',
  '(match <enum> { case green(vi) => <T:vi>, case red => <T>, else => <T> })',
  '(match <enum> { case red => <T>, case blue => <T>, case green(3) => <T>, else => <T> })',
  '(match <pair> { case (vi, true) => <T:vi>, case (0, vb) => <T:vb>, else => <T> })',
  '(match <int> { case 0 => <T>, case -1 => <T>, case 7 => <T>, else => <T> })',
  '(match <string> { case "a" => <T>, else => <T> })',
  '(match (<option>, <bool>) { case (some(vi), vb) => <T:vi vb>, else => <T> })',
];

const forms: Readonly<Record<T, readonly string[]>> = {
  int: [
    'base',
    'scaled',
    '(<int> % base)',
    '(<int> + <int>)',
    '(<int> - <int>)',
    '(<int> * <int>)',
    '(<int> / <int>)',
    '(<int> % <int>)',
    '(-<int>)',
    'twice(<int>)',
    'factorial((<int> % 9))',
    'length(<ints>)',
    'length(<string>)',
    'sum(<ints>)',
    'abs(<int>)',
    'pow(<int>, (<int> % 7))',
    'max(<int>, <int>)',
    'min(<ints>)',
    'max(<ints>)',
    'round(<float>)',
    'floor(<float>)',
    'ceil(<float>)',
    'getOr(<option>, <int>)',
    'first(<ints>)',
    'second(<ints>)',
    'last(<ints>)',
    '<ints>[(<int> % 3)]',
    '<record>.copies',
    'fold(<ints>, <int>, (vi, wi) => <int:vi wi>)',
    'orElse(<option>, <int>)',
    'count(<ints>, vi => <bool:vi>)',
    'maxBy(<ints>, vi => <int:vi>)',
    'minBy(<ints>, vi => <string:vi>)',
    'length(maxBy(<strings>, vs => length(vs)))',
    'getOr(parseInt(<string>), <int>)',
    'getOr(indexOf(<ints>, <int>), -1)',
    'size(<set>)',
    'size(<map>)',
    'size(<shades>)',
    'getOr(get(<map>, <string>), <int>)',
    'fold(<set>, <int>, (vi, wi) => <int:vi wi>)',
    'count(<set>, vi => <bool:vi>)',
    'sum(values(<map>))',
    'length(keys(<map>))',
    'size(<groups>)',
    'size(mapOf(zip(<ints>, <ints>)))',
  ],
  float: [
    'rate',
    '(rate / <float>)',
    '(<float> + <float>)',
    '(<float> - <float>)',
    '(<float> * <float>)',
    '(<float> / <float>)',
    '(<float> / 2)',
    '(-<float>)',
    'sqrt(<float>)',
    'toFloat(<int>)',
    'abs(<float>)',
    'max(<float>, <float>)',
    'pow(<float>, (<int> % 5))',
    'sum([<float>, <float>])',
    'getOr(parseFloat(<string>), 1.5)',
  ],
  string: [
    '(<string> + <string>)',
    'toString(<int>)',
    'toString(<float>)',
    'toString(<option>)',
    'toString(<pair>)',
    'upper(<string>)',
    'lower(<string>)',
    'trim(<string>)',
    'join(<strings>, <string>)',
    'reverse(<string>)',
    'take(<string>, <int>)',
    'drop(<string>, <int>)',
    'replace(<string>, <string>, <string>)',
    'concat(<string>, <string>)',
    '<record>.title',
    'padStart(<string>, (<int> % 9), <string>)',
    'padEnd(<string>, (<int> % 9), <string>)',
    'toString(<set>)',
    'toString(<map>)',
    'toString(<shades>)',
    'toString(<groups>)',
    'join(keys(<map>), <string>)',
    'toString(setOf([<option>, <option>]))',
    'toString(setOf([(<int>, <string>), (<int>, <string>)]))',
    'toString(setOf([<ints>, <ints>]))',
    'toString(setOf([<float>, <float>]))',
    'toString(mapOf([(<float>, <record>), (<float>, <record>)]))',
    'toString(setOf([<set>, <set>]))',
    'max(<string>, <string>)',
    'first(<strings>)',
  ],
  bool: [
    '(not <bool>)',
    '(<bool> and <bool>)',
    '(<bool> or <bool>)',
    '(<bool> == <bool>)',
    '(<bool> != <bool>)',
    '(<int> == <int>)',
    '(<int> != <int>)',
    '(<int> < <int>)',
    '(<int> <= <int>)',
    '(<int> > <int>)',
    '(<int> >= <int>)',
    '(<float> < <float>)',
    '(<float> >= <float>)',
    '(<float> == <float>)',
    '(<string> == <string>)',
    '(<string> < <string>)',
    '(<string> >= <string>)',
    '(<ints> == <ints>)',
    '(<option> == <option>)',
    '(<enum> == <enum>)',
    '(<enum> != red)',
    '(<record> == <record>)',
    '(<pair> == <pair>)',
    'isSome(<option>)',
    'isNone(<option>)',
    'isEmpty(<ints>)',
    'isEmpty(<string>)',
    'contains(<ints>, <int>)',
    'contains(<string>, <string>)',
    'any(<ints>, vi => <bool:vi>)',
    'all(<ints>, vi => <bool:vi>)',
    'startsWith(<string>, <string>)',
    'endsWith(<string>, <string>)',
    'isDark(<enum>)',
    '(heads == tails)',
    '(<set> == <set>)',
    '(<set> != <set>)',
    '(<map> == <map>)',
    '(<shades> == <shades>)',
    '(<groups> == <groups>)',
    'contains(<set>, <int>)',
    'contains(<map>, <string>)',
    'contains(<shades>, <enum>)',
    'contains(setOf([<set>, <set>]), <set>)',
    'contains(keys(<map>), <string>)',
    'contains(setOf([<float>, <float>]), <float>)',
    'contains(setOf([<record>, <record>]), <record>)',
    '(setOf([<pair>, <pair>]) == setOf([<pair>, <pair>]))',
    'isEmpty(<set>)',
    'isEmpty(<map>)',
    'isSubset(<set>, <set>)',
    'any(<set>, vi => <bool:vi>)',
    'all(<set>, vi => <bool:vi>)',
    '(get(<map>, <string>) == <option>)',
    'isSome(get(<map>, <string>))',
    '(some(<set>) == some(<set>))',
  ],
  ints: [
    '[<int>, <int>]',
    '(<ints> + <ints>)',
    'tail(<ints>)',
    'take(<ints>, <int>)',
    'drop(<ints>, <int>)',
    'concat(<ints>, <ints>)',
    'concat([<ints>, <ints>])',
    'append(<ints>, <int>)',
    'prepend(<int>, <ints>)',
    'reverse(<ints>)',
    'replace(<ints>, (<int> % 3), <int>)',
    'range(<int>, (<int> % 9))',
    'repeat(<int>, (<int> % 4))',
    'map(<ints>, vi => <int:vi>)',
    'map(<ints>, twice)',
    'flatMap(<ints>, vi => <ints:vi>)',
    'flatMap([<option>, <option>], vi => somes([vi]))',
    'somes([<option>, none, <option>])',
    'takeWhile(<ints>, vi => <bool:vi>)',
    'dropWhile(<ints>, vi => <bool:vi>)',
    '(let (vi, _) = partition(<ints>, vi => <bool:vi>) in vi)',
    '(let (_, vi) = partition(<ints>, vi => <bool:vi>) in vi)',
    '(let (vi, vs) = unzip(zip(<ints>, <strings>)) in drop(vi, length(vs) - 1))',
    'filter(<ints>, vi => <bool:vi>)',
    'sort(<ints>)',
    'sortBy(<ints>, vi => <int:vi>)',
    'distinct(<ints>)',
    'map(zip(<ints>, <strings>), q => match q { case (vi, vs) => <int:vi vs> })',
    'toList(<set>)',
    'values(<map>)',
    'getOr(get(<groups>, <bool>), <ints>)',
    'map(entries(<map>), q => match q { case (vs, vi) => <int:vs vi> })',
    'concat(values(<groups>))',
  ],
  strings: [
    'words',
    '[<string>, <string>]',
    'split(<string>, <string>)',
    'map(<strings>, vs => <string:vs>)',
    'sort(<strings>)',
    'distinct(<strings>)',
    'reverse(<strings>)',
    'map(<ints>, toString)',
    '(let (_, vs) = unzip(zip(<ints>, <strings>)) in vs)',
    'keys(<map>)',
    'toList(setOf(<strings>))',
  ],
  option: [
    'some(<int>)',
    'head(<ints>)',
    'find(<ints>, vi => <bool:vi>)',
    'indexOf(<ints>, <int>)',
    'parseInt(<string>)',
    'map(<option>, vi => <int:vi>)',
    'get(<map>, <string>)',
    'indexOf(<string>, <string>)',
    'get(mapOf([(<enum>, <int>), (<enum>, <int>)]), <enum>)',
  ],
  enum: ['darkest', 'green(<int>)', 'green(depth: <int>)'],
  record: [
    'Order(<int>, <string>)',
    'Order(title: <string>, copies: <int>)',
    '(<record> with (copies: <int>))',
    '(<record> with (title: <string>, copies: <int>))',
  ],
  pair: ['(<int>, <bool>)'],
  set: [
    'setOf(<ints>)',
    'setOf([<int>, <int>])',
    'insert(<set>, <int>)',
    'remove(<set>, <int>)',
    'union(<set>, <set>)',
    'intersection(<set>, <set>)',
    'difference(<set>, <set>)',
    'filter(<set>, vi => <bool:vi>)',
    'map(<set>, vi => <int:vi>)',
    'setOf(values(<map>))',
    'fold(<ints>, <set>, (q, vi) => insert(q, <int:vi>))',
  ],
  map: [
    'mapOf([(<string>, <int>), (<string>, <int>)])',
    'mapOf(zip(<strings>, <ints>))',
    'insert(<map>, <string>, <int>)',
    'insert(insert(<map>, <string>, <int>), <string>, <int>)',
    'remove(<map>, <string>)',
    'union(<map>, <map>)',
    'mapValues(<map>, vi => <int:vi>)',
    'filter(<map>, (vs, vi) => <bool:vs vi>)',
    'fold(<strings>, <map>, (vm, vs) => insert(vm, vs, getOr(get(vm, vs), 0) + 1))',
    'fold(<strings>, <map>, (vm, vs) => <map:vm vs>)',
    'mapOf(entries(<map>))',
  ],
  shades: [
    'setOf([<enum>, <enum>])',
    'insert(<shades>, <enum>)',
    'remove(<shades>, <enum>)',
    'union(<shades>, <shades>)',
    'map(<set>, vi => <enum:vi>)',
  ],
  groups: [
    'groupBy(<ints>, vi => <bool:vi>)',
    'mapValues(<groups>, q => append(q, <int>))',
    'insert(<groups>, <bool>, <ints>)',
  ],
};
