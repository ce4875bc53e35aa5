// The expression language as docs/language.md tells it, with ordinary values and nothing of the evaluator: what an
// expression gives, or that it fails.
import type { Arm, Expr, Pattern } from '../../language/ir/expression.js';

/** A value: `tag` is a record, a case, `some`, `none`, or `tuple`. */
export type Value =
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'tagged'; readonly tag: string; readonly parts: readonly Value[] }
  /** In order, and each once. */
  | { readonly kind: 'set'; readonly items: readonly Value[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [Value, Value])[] }
  | { readonly kind: 'function'; readonly apply: (args: readonly Value[]) => Value };

/** What is declared: the fields of records and cases in order, constants, and functions. */
export interface Declared {
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly constants: ReadonlyMap<string, Expr>;
  readonly functions: ReadonlyMap<string, { readonly params: readonly string[]; readonly body: Expr }>;
}

/** A run-time error of the role. */
export class Failure extends Error {}

const int = (value: bigint): Value => {
  if (value > 2n ** 63n - 1n || value < -(2n ** 63n)) throw new Failure('does not fit');
  return { kind: 'int', value };
};
const float = (value: number): Value => {
  if (!Number.isFinite(value)) throw new Failure('no number');
  return { kind: 'float', value };
};
const bool = (value: boolean): Value => ({ kind: 'bool', value });
const string = (value: string): Value => ({ kind: 'string', value });
const list = (items: readonly Value[]): Value => ({ kind: 'list', items });
const tagged = (tag: string, ...parts: readonly Value[]): Value => ({ kind: 'tagged', tag, parts });
const none = tagged('none');

/** Which value comes first; `tags` are the cases of enums as they are declared. */
function compare(a: Value, b: Value, tags: readonly string[]): number {
  const first = (left: readonly Value[], right: readonly Value[]): number =>
    left.map((x, i) => (i < right.length ? compare(x, given(right[i]), tags) : 1)).find((n) => n !== 0) ??
    left.length - right.length;
  if (a.kind === 'bool' && b.kind === 'bool') return Number(a.value) - Number(b.value);
  if (a.kind === 'list' && b.kind === 'list') return first(a.items, b.items);
  if (a.kind === 'set' && b.kind === 'set') return first(a.items, b.items);
  if (a.kind === 'map' && b.kind === 'map') return first(a.entries.flat(), b.entries.flat());
  if (a.kind === 'tagged' && b.kind === 'tagged') {
    const rank = (tag: string): number => (tag === 'none' ? -2 : tags.indexOf(tag));
    return a.tag === b.tag ? first(a.parts, b.parts) : rank(a.tag) - rank(b.tag);
  }
  return less(a, b) ? -1 : less(b, a) ? 1 : 0;
}

function setFrom(items: readonly Value[], tags: readonly string[]): Value {
  return {
    kind: 'set',
    items: items
      .filter((item, i) => !items.slice(0, i).some((before) => equal(before, item)))
      .sort((a, b) => compare(a, b, tags)),
  };
}

function mapFrom(entries: readonly (readonly [Value, Value])[], tags: readonly string[]): Value {
  return {
    kind: 'map',
    entries: entries
      .filter(([key], i) => !entries.slice(i + 1).some(([later]) => equal(later, key)))
      .sort(([a], [b]) => compare(a, b, tags)),
  };
}
const given = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Failure('there is none');
  return value;
};

type Env = ReadonlyMap<string, Value>;

export function interpret(expr: Expr, env: Env, declared: Declared): Value {
  const go = (e: Expr, more: readonly (readonly [string, Value])[] = []): Value =>
    interpret(e, more.length > 0 ? new Map([...env, ...more]) : env, declared);
  const asBool = (e: Expr): boolean => {
    const value = go(e);
    if (value.kind !== 'bool') throw new Error('no bool');
    return value.value;
  };
  switch (expr.kind) {
    case 'int':
      return int(BigInt(expr.text));
    case 'float':
      return float(Number(expr.text));
    case 'string':
      return string(expr.value);
    case 'bool':
      return bool(expr.value);
    case 'none':
      return none;
    case 'list':
      return list(expr.items.map((i) => go(i)));
    case 'tuple':
      return tagged('tuple', ...expr.items.map((i) => go(i)));
    case 'name': {
      const constant = env.has(expr.name.text) ? undefined : declared.constants.get(expr.name.text);
      if (constant) return interpret(constant, new Map(), declared);
      return (
        env.get(expr.name.text) ??
        (declared.functions.has(expr.name.text)
          ? { kind: 'function', apply: (args) => call(expr.name.text, args, declared) }
          : tagged(expr.name.text))
      );
    }
    case 'call': {
      const own = env.get(expr.callee.text);
      const names = declared.fields.get(expr.callee.text) ?? declared.functions.get(expr.callee.text)?.params;
      const args: Value[] = [];
      expr.args.forEach((arg, i) => {
        args[arg.name ? (names?.indexOf(arg.name.text) ?? i) : i] = go(arg.value);
      });
      return own?.kind === 'function' ? own.apply(args) : call(expr.callee.text, args, declared);
    }
    case 'field': {
      const record = go(expr.receiver);
      if (record.kind !== 'tagged') throw new Error('no record');
      return given(record.parts[declared.fields.get(record.tag)?.indexOf(expr.name.text) ?? -1]);
    }
    case 'index': {
      const [items, at] = [go(expr.receiver), go(expr.index)];
      if (items.kind !== 'list' || at.kind !== 'int') throw new Error('no list');
      return given(items.items[Number(at.value)]);
    }
    case 'update': {
      const record = go(expr.receiver);
      if (record.kind !== 'tagged') throw new Error('no record');
      const parts = [...record.parts];
      for (const f of expr.fields) parts[declared.fields.get(record.tag)?.indexOf(f.name.text) ?? -1] = go(f.value);
      return tagged(record.tag, ...parts);
    }
    case 'unary': {
      if (expr.operator === 'not') return bool(!asBool(expr.operand));
      if (expr.operand.kind === 'int') return int(-BigInt(expr.operand.text));
      const value = go(expr.operand);
      return value.kind === 'int'
        ? int(-value.value)
        : value.kind === 'float'
          ? float(-value.value)
          : given<never>(undefined);
    }
    case 'binary': {
      if (expr.operator === 'and') return bool(asBool(expr.left) && asBool(expr.right));
      if (expr.operator === 'or') return bool(asBool(expr.left) || asBool(expr.right));
      return binary(expr.operator, go(expr.left), go(expr.right));
    }
    case 'lambda':
      return {
        kind: 'function',
        apply: (args) =>
          go(
            expr.body,
            expr.params.map((p, i) => [p.text, given(args[i])] as const),
          ),
      };
    case 'let':
      return go(expr.body, given(fits(expr.pattern, go(expr.value), true)));
    case 'if':
      return go(asBool(expr.condition) ? expr.then : expr.else);
    case 'match':
      return match(go(expr.value), expr.arms, expr.else, go);
  }
}

function match(
  value: Value,
  arms: readonly Arm[],
  otherwise: Expr | undefined,
  go: (e: Expr, more: readonly (readonly [string, Value])[]) => Value,
): Value {
  for (const { pattern, body } of arms) {
    const bound = fits(pattern, value, false);
    if (bound) return go(body, bound);
  }
  if (!otherwise) throw new Failure('nothing fits');
  return go(otherwise, []);
}

/** Names that begin with a `v` are variables in the patterns here. */
function fits(pattern: Pattern, value: Value, inner: boolean): (readonly [string, Value])[] | undefined {
  const all = (patterns: readonly Pattern[], parts: readonly Value[]): (readonly [string, Value])[] | undefined => {
    const found = patterns.map((p, i) => fits(p, given(parts[i]), true));
    return found.every((f) => f !== undefined) ? found.flat() : undefined;
  };
  switch (pattern.kind) {
    case 'none':
      return value.kind === 'tagged' && value.tag === 'none' ? [] : undefined;
    case 'literal': {
      const text =
        pattern.value.kind === 'string' || pattern.value.kind === 'bool'
          ? pattern.value.value
          : `${pattern.negative ? '-' : ''}${pattern.value.text}`;
      const own =
        value.kind === 'float' || value.kind === 'int'
          ? value.value
          : value.kind === 'string' || value.kind === 'bool'
            ? value.value
            : undefined;
      return (typeof own === 'bigint' || typeof own === 'number' ? Number(own) === Number(text) : own === text)
        ? []
        : undefined;
    }
    case 'tuple':
      return value.kind === 'tagged' ? all(pattern.items, value.parts) : undefined;
    case 'constructor': {
      if (pattern.name.text === '_') return [];
      if (inner && !pattern.args && pattern.name.text.startsWith('v')) return [[pattern.name.text, value]];
      if (value.kind !== 'tagged' || value.tag !== pattern.name.text) return undefined;
      return pattern.args ? all(pattern.args, value.parts) : [];
    }
  }
}

export function equal(a: Value, b: Value): boolean {
  if (a.kind === 'list' && b.kind === 'list')
    return a.items.length === b.items.length && a.items.every((item, i) => equal(item, given(b.items[i])));
  if (a.kind === 'set' && b.kind === 'set')
    return a.items.length === b.items.length && a.items.every((item) => b.items.some((other) => equal(item, other)));
  if (a.kind === 'map' && b.kind === 'map')
    return (
      a.entries.length === b.entries.length &&
      a.entries.every(([key, value]) => b.entries.some(([k, v]) => equal(key, k) && equal(value, v)))
    );
  if (a.kind === 'tagged' && b.kind === 'tagged')
    return a.tag === b.tag && a.parts.every((part, i) => equal(part, given(b.parts[i])));
  if ((a.kind === 'int' || a.kind === 'float') && (b.kind === 'int' || b.kind === 'float'))
    return a.kind === b.kind ? a.value === b.value : Number(a.value) === Number(b.value);
  return 'value' in a && 'value' in b && a.value === b.value;
}

function less(a: Value, b: Value): boolean {
  if (a.kind === 'string' && b.kind === 'string') {
    const [x, y] = [[...a.value].map((c) => c.codePointAt(0) ?? 0), [...b.value].map((c) => c.codePointAt(0) ?? 0)];
    const at = x.findIndex((c, i) => c !== y[i]);
    return at < 0 ? x.length < y.length : y[at] !== undefined && (x[at] ?? 0) < y[at];
  }
  if (a.kind === 'int' && b.kind === 'int') return a.value < b.value;
  return number(a) < number(b);
}

const number = (value: Value): number =>
  value.kind === 'int' || value.kind === 'float' ? Number(value.value) : given<never>(undefined);
const ints = (a: Value, b: Value): readonly [bigint, bigint] | undefined =>
  a.kind === 'int' && b.kind === 'int' ? [a.value, b.value] : undefined;

function binary(operator: string, a: Value, b: Value): Value {
  const whole = ints(a, b);
  switch (operator) {
    case '==':
      return bool(equal(a, b));
    case '!=':
      return bool(!equal(a, b));
    case '<':
      return bool(less(a, b));
    case '>':
      return bool(less(b, a));
    case '<=':
      return bool(!less(b, a));
    case '>=':
      return bool(!less(a, b));
    case '+':
      if (a.kind === 'string' && b.kind === 'string') return string(a.value + b.value);
      if (a.kind === 'list' && b.kind === 'list') return list([...a.items, ...b.items]);
      return whole ? int(whole[0] + whole[1]) : float(number(a) + number(b));
    case '-':
      return whole ? int(whole[0] - whole[1]) : float(number(a) - number(b));
    case '*':
      return whole ? int(whole[0] * whole[1]) : float(number(a) * number(b));
    case '/':
    case '%': {
      if (number(b) === 0) throw new Failure('division by zero');
      if (operator === '/') return whole ? int(whole[0] / whole[1]) : float(number(a) / number(b));
      return whole ? int(whole[0] % whole[1]) : float(number(a) % number(b));
    }
    default:
      throw new Error(operator);
  }
}

/** A value as it is written. */
export function written(value: Value): string {
  switch (value.kind) {
    case 'int':
    case 'bool':
      return String(value.value);
    case 'float':
      return Number.isInteger(value.value) ? `${value.value}.0` : String(value.value);
    case 'string':
      return JSON.stringify(value.value);
    case 'list':
      return `[${value.items.map(written).join(', ')}]`;
    case 'set':
      return `setOf([${value.items.map(written).join(', ')}])`;
    case 'map':
      return `mapOf([${value.entries.map(([k, v]) => `(${written(k)}, ${written(v)})`).join(', ')}])`;
    case 'tagged':
      return value.tag === 'tuple'
        ? `(${value.parts.map(written).join(', ')})`
        : value.parts.length > 0
          ? `${value.tag}(${value.parts.map(written).join(', ')})`
          : value.tag;
    case 'function':
      return '…';
  }
}

function call(name: string, args: readonly Value[], declared: Declared): Value {
  const fn = declared.functions.get(name);
  if (fn) return interpret(fn.body, new Map(fn.params.map((p, i) => [p, given(args[i])])), declared);
  if (declared.fields.has(name)) return tagged(name, ...args);
  return builtin(name, args, [...declared.fields.keys()]);
}

function builtin(name: string, args: readonly Value[], tags: readonly string[]): Value {
  const [a, b, c] = args as [Value, Value, Value];
  if (a.kind === 'set' && (name === 'any' || name === 'all' || name === 'count' || name === 'fold'))
    return builtin(name, [list(a.items), ...args.slice(1)], tags);
  if (a.kind === 'set' || a.kind === 'map') return ofTable(name, a, args.slice(1), tags);
  const items = a.kind === 'list' ? a.items : [];
  const text = a.kind === 'string' ? a.value : '';
  const isText = a.kind === 'string';
  const characters = [...text];
  const other = b !== undefined && b.kind === 'string' ? b.value : '';
  const count = (v: Value): number => Math.max(0, Math.min(1e6, number(v)));
  const apply = (f: Value, ...values: readonly Value[]): Value =>
    f.kind === 'function' ? f.apply(values) : given<never>(undefined);
  const holds = (f: Value, ...values: readonly Value[]): boolean => {
    const answer = apply(f, ...values);
    return answer.kind === 'bool' && answer.value;
  };
  const some = (value: Value | undefined): Value => (value ? tagged('some', value) : none);
  const sorted = (keys: readonly Value[]): Value =>
    list(
      items
        .map((item, i) => ({ item, key: given(keys[i]) }))
        .sort((x, y) => (less(x.key, y.key) ? -1 : less(y.key, x.key) ? 1 : 0))
        .map(({ item }) => item),
    );
  const whole = (value: number): Value => int(BigInt(value));
  switch (name) {
    case 'length':
      return int(BigInt(isText ? characters.length : items.length));
    case 'isEmpty':
      return bool((isText ? characters : items).length === 0);
    case 'contains':
      return bool(isText ? text.includes(other) : items.some((i) => equal(i, b)));
    case 'first':
      return given(items[0]);
    case 'second':
      return given(items[1]);
    case 'last':
      return given(items.at(-1));
    case 'head':
      return some(items[0]);
    case 'tail':
      return list(items.slice(1));
    case 'take':
      return isText ? string(characters.slice(0, count(b)).join('')) : list(items.slice(0, count(b)));
    case 'drop':
      return isText ? string(characters.slice(count(b)).join('')) : list(items.slice(count(b)));
    case 'concat':
      return b === undefined ? list(items.flatMap((i) => (i.kind === 'list' ? i.items : []))) : binary('+', a, b);
    case 'append':
      return list([...items, b]);
    case 'prepend':
      return list([a, ...(b.kind === 'list' ? b.items : [])]);
    case 'reverse':
      return isText ? string(characters.reverse().join('')) : list([...items].reverse());
    case 'replace': {
      if (isText) return string(other === '' ? text : text.split(other).join(c.kind === 'string' ? c.value : ''));
      given(items[number(b)]);
      return list(items.map((item, i) => (i === number(b) ? c : item)));
    }
    case 'range':
      return list(Array.from({ length: Math.max(0, number(b) - number(a)) }, (_, i) => int(BigInt(number(a) + i))));
    case 'repeat':
      return list(Array.from({ length: count(b) }, () => a));
    case 'map':
      return a.kind === 'tagged'
        ? a.tag === 'some'
          ? tagged('some', apply(b, given(a.parts[0])))
          : a
        : list(items.map((i) => apply(b, i)));
    case 'filter':
      return list(items.filter((i) => holds(b, i)));
    case 'flatMap':
      return list(
        items.flatMap((i) => {
          const found = apply(b, i);
          return found.kind === 'list' ? found.items : [];
        }),
      );
    case 'partition':
      return tagged('tuple', list(items.filter((i) => holds(b, i))), list(items.filter((i) => !holds(b, i))));
    case 'takeWhile':
    case 'dropWhile': {
      const end = items.findIndex((i) => !holds(b, i));
      const taken = end < 0 ? items.length : end;
      return list(name === 'takeWhile' ? items.slice(0, taken) : items.slice(taken));
    }
    case 'count':
      return whole(items.filter((i) => holds(b, i)).length);
    case 'unzip':
      return tagged(
        'tuple',
        ...[0, 1].map((part) => list(items.map((i) => given(i.kind === 'tagged' ? i.parts[part] : undefined)))),
      );
    case 'somes':
      return list(items.flatMap((i) => (i.kind === 'tagged' && i.tag === 'some' ? i.parts : [])));
    case 'maxBy':
    case 'minBy':
      return given(
        items.reduce<Value | undefined>((best, i) => {
          if (best === undefined) return i;
          const [old, own] = [apply(b, best), apply(b, i)];
          return (name === 'maxBy' ? less(old, own) : less(own, old)) ? i : best;
        }, undefined),
      );
    case 'fold':
      return items.reduce((so, i) => apply(c, so, i), b);
    case 'find':
      return some(items.find((i) => holds(b, i)));
    case 'indexOf': {
      if (isText) {
        const at = characters.findIndex((_, i) => characters.slice(i).join('').startsWith(other));
        return at >= 0 ? some(whole(at)) : other === '' ? some(whole(0)) : none;
      }
      const found = items.findIndex((i) => equal(i, b));
      return found < 0 ? none : some(int(BigInt(found)));
    }
    case 'any':
      return bool(items.some((i) => holds(b, i)));
    case 'all':
      return bool(items.every((i) => holds(b, i)));
    case 'zip':
      return list(
        items
          .slice(0, b.kind === 'list' ? b.items.length : 0)
          .map((i, at) => tagged('tuple', i, given(b.kind === 'list' ? b.items[at] : undefined))),
      );
    case 'sort':
      return sorted(items);
    case 'sortBy':
      return sorted(items.map((i) => apply(b, i)));
    case 'distinct':
      return list(items.filter((i, at) => !items.slice(0, at).some((before) => equal(before, i))));
    case 'max':
    case 'min':
      return given(
        (b === undefined ? items : [a, b]).reduce<Value | undefined>(
          (best, v) => (best === undefined || (name === 'max' ? less(best, v) : less(v, best)) ? v : best),
          undefined,
        ),
      );
    case 'sum':
      return items.length === 0 ? int(0n) : items.reduce((x, y) => binary('+', x, y));
    case 'abs':
      return a.kind === 'int' ? int(a.value < 0n ? -a.value : a.value) : float(Math.abs(number(a)));
    case 'pow': {
      if (a.kind === 'float') return float(a.value ** number(b));
      if (number(b) < 0) throw new Failure('no whole number');
      let result: Value = int(1n);
      if (number(a) === 0 || number(a) === 1 || number(a) === -1)
        return number(b) === 0 || number(a) === 1
          ? result
          : number(a) === 0
            ? int(0n)
            : int(number(b) % 2 === 0 ? 1n : -1n);
      for (let i = 0; i < number(b); i++) result = binary('*', result, a);
      return result;
    }
    case 'sqrt':
      return float(Math.sqrt(number(a)));
    case 'round':
      return whole(number(a) < 0 ? -Math.floor(-number(a) + 0.5) : Math.floor(number(a) + 0.5));
    case 'floor':
      return whole(Math.floor(number(a)));
    case 'ceil':
      return whole(Math.ceil(number(a)));
    case 'toFloat':
      return float(number(a));
    case 'toString':
      return isText ? a : string(written(a));
    case 'parseInt':
      return some(
        /^-?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text) ? int(BigInt(text)) : undefined,
      );
    case 'parseFloat':
      return some(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? float(Number(text)) : undefined);
    case 'upper':
      return string(text.toUpperCase());
    case 'lower':
      return string(text.toLowerCase());
    case 'trim':
      return string(text.trim());
    case 'split':
      return list((other === '' ? characters : text.split(other)).map(string));
    case 'join':
      return string(items.map((i) => (i.kind === 'string' ? i.value : '')).join(other));
    case 'padStart':
    case 'padEnd': {
      const [filling, missing] = [c.kind === 'string' ? [...c.value] : [], number(b) - characters.length];
      const before =
        filling.length === 0
          ? ''
          : Array.from({ length: Math.max(0, missing) }, (_, i) => filling[i % filling.length]).join('');
      return string(name === 'padStart' ? before + text : text + before);
    }
    case 'mapOf':
      return mapFrom(
        items.map((i) => (i.kind === 'tagged' ? [given(i.parts[0]), given(i.parts[1])] : given<never>(undefined))),
        tags,
      );
    case 'setOf':
      return setFrom(items, tags);
    case 'groupBy':
      return mapFrom(
        items.map((i) => [apply(b, i), list(items.filter((other) => equal(apply(b, other), apply(b, i))))]),
        tags,
      );
    case 'startsWith':
      return bool(text.startsWith(other));
    case 'endsWith':
      return bool(text.endsWith(other));
    case 'some':
      return some(a);
    case 'isSome':
      return bool(a.kind === 'tagged' && a.tag === 'some');
    case 'isNone':
      return bool(a.kind === 'tagged' && a.tag === 'none');
    case 'getOr':
      return a.kind === 'tagged' && a.tag === 'some' ? given(a.parts[0]) : b;
    default:
      throw new Error(`no ${name}`);
  }
}

/** What a function gives of a map or a set, with its other arguments. */
function ofTable(
  name: string,
  table: Extract<Value, { kind: 'map' | 'set' }>,
  [b, c]: readonly Value[],
  tags: readonly string[],
): Value {
  const entries: readonly (readonly Value[])[] =
    table.kind === 'map' ? table.entries : table.items.map((item) => [item]);
  const keys = entries.map(([key]) => given(key));
  const has = (key: Value): boolean => keys.some((own) => equal(own, key));
  const isIn = (all: Value | undefined, key: Value): boolean =>
    all?.kind === 'set' && all.items.some((own) => equal(own, key));
  const from = (all: readonly (readonly Value[])[]): Value =>
    table.kind === 'map'
      ? mapFrom(
          all.map(([key, value]) => [given(key), given(value)]),
          tags,
        )
      : setFrom(
          all.map(([key]) => given(key)),
          tags,
        );
  const apply = (...values: readonly Value[]): Value =>
    b?.kind === 'function' ? b.apply(values) : given<never>(undefined);
  switch (name) {
    case 'size':
      return int(BigInt(keys.length));
    case 'isEmpty':
      return bool(keys.length === 0);
    case 'contains':
      return bool(has(given(b)));
    case 'get': {
      const found = entries.find(([key]) => equal(given(key), given(b)));
      return found ? tagged('some', given(found[1])) : none;
    }
    case 'insert':
      return from([...entries, [given(b), ...(c ? [c] : [])]]);
    case 'remove':
      return from(entries.filter(([key]) => !equal(given(key), given(b))));
    case 'keys':
    case 'toList':
      return list(keys);
    case 'values':
      return list(entries.map(([, value]) => given(value)));
    case 'entries':
      return list(entries.map((entry) => tagged('tuple', ...entry)));
    case 'mapValues':
      return from(entries.map(([key, value]) => [given(key), apply(given(value))]));
    case 'map':
      return from(keys.map((key) => [apply(key)]));
    case 'filter':
      return from(
        entries.filter((entry) => {
          const kept = apply(...entry);
          return kept.kind === 'bool' && kept.value;
        }),
      );
    case 'union':
      return from([
        ...entries,
        ...(b?.kind === 'map' ? b.entries : b?.kind === 'set' ? b.items.map((item) => [item]) : []),
      ]);
    case 'intersection':
      return from(entries.filter(([key]) => isIn(b, given(key))));
    case 'difference':
      return from(entries.filter(([key]) => !isIn(b, given(key))));
    case 'isSubset':
      return bool(keys.every((key) => isIn(b, key)));
    case 'toString':
      return string(written(table));
    case 'some':
      return tagged('some', table);
    default:
      throw new Error(`no ${name} of a ${table.kind}`);
  }
}
