// What the functions of the library give, as far as their arguments are known. Texts are counted in characters (code
// points).
import type { Algebra, Rule } from './algebra.js';
import { compareTerms, compareTexts, isKnown } from './terms.js';
import type { Term } from './terms.js';
import { floatOf, intOf, isInt, sortOf, valueOf } from './arithmetic.js';
import { isMade, partOf } from './logic.js';
import { isOfTable, ofSet, tableContains } from './table-rules.js';
import { showValue } from './show.js';
import { longestList } from './limits.js';
import { pickedNumbers } from '../ir/static.js';

type Items = readonly Term[];

const itemsOf = (term: Term | undefined): Items | undefined => (term?.kind === 'list' ? term.args : undefined);
const textOf = (term: Term | undefined): string | undefined =>
  typeof valueOf(term) === 'string' ? (valueOf(term) as string) : undefined;
const intIn = (term: Term | undefined): bigint | undefined =>
  typeof valueOf(term) === 'bigint' ? (valueOf(term) as bigint) : undefined;
const bools = (all: Items): readonly boolean[] | undefined => {
  const values = all.map(valueOf);
  return values.every((v) => typeof v === 'boolean') ? values : undefined;
};
/** A count within a length: what is less than nothing is nothing. */
const clamped = (count: bigint, length: number): number =>
  count <= 0n ? 0 : count >= BigInt(length) ? length : Number(count);

/** A rule for lists, and one for texts. */
function either(
  onItems: (algebra: Algebra, items: Items, args: Items) => Term | undefined,
  onText: (algebra: Algebra, text: string, args: Items) => Term | undefined,
): Rule {
  return (algebra, args) => {
    const [first, ...rest] = args;
    const items = itemsOf(first);
    if (items) {
      algebra.spend(items.length);
      return onItems(algebra, items, rest);
    }
    const text = textOf(first);
    if (text === undefined) return undefined;
    algebra.spend(text.length / 16);
    return onText(algebra, text, rest);
  };
}

function onItems(rule: (algebra: Algebra, items: Items, args: Items) => Term | undefined): Rule {
  return either(rule, () => undefined);
}

function onText(rule: (algebra: Algebra, text: string, args: Items) => Term | undefined): Rule {
  return either(() => undefined, rule);
}

function onFloat(rule: (algebra: Algebra, value: number) => Term | undefined): Rule {
  return (algebra, [arg]) => {
    const value = valueOf(arg);
    return typeof value === 'number' || typeof value === 'bigint' ? rule(algebra, Number(value)) : undefined;
  };
}

function whole(value: number): bigint | undefined {
  return Number.isFinite(value) ? BigInt(value) : undefined;
}

/** Order of numbers and texts; undefined where it is not known. */
function order(a: Term, b: Term): number | undefined {
  const [x, y] = [valueOf(a), valueOf(b)];
  if (typeof x === 'string' && typeof y === 'string') return compareTexts(x, y);
  if (typeof x === 'bigint' && typeof y === 'bigint') return x < y ? -1 : x > y ? 1 : 0;
  const numbers = [x, y].every((v) => typeof v === 'bigint' || typeof v === 'number');
  return numbers ? Number(x) - Number(y) : undefined;
}

/** Items by keys, least first, equal ones as they were; undefined where the order is not known. */
function sorted(items: Items, keys: Items): Items | undefined {
  if (items.length < 2) return items;
  const [first] = keys as [Term];
  if (keys.some((key) => order(first, key) === undefined)) return undefined;
  return items
    .map((_, i) => i)
    .sort((i, j) => order(keys[i] as Term, keys[j] as Term) || i - j)
    .map((i) => items[i] as Term);
}

/** The greatest of some values by `better`; an `if` where it is not known. */
function extreme(sign: 1 | -1): Rule {
  return (algebra, args) => {
    const all = args.length === 1 ? itemsOf(args[0]) : args;
    if (!all || all.length === 0) return undefined;
    return all.reduce((best, item) => {
      const found = order(best, item);
      if (found !== undefined) return found * sign >= 0 ? best : item;
      const [a, b] = [best, item].sort(compareTerms) as [Term, Term];
      return sign === 1 ? algebra.op('if', algebra.op('<', a, b), b, a) : algebra.op('if', algebra.op('<', a, b), a, b);
    });
  };
}

/** The first item whose key is the greatest by `sign`; undefined where the order is not known. */
function extremeBy(sign: 1 | -1): Rule {
  return onItems((algebra, items, [key]) => {
    const keys = key ? items.map((item) => algebra.call(key, [item])) : [];
    let best = 0;
    for (let i = 1; i < keys.length; i++) {
      const found = order(keys[best] as Term, keys[i] as Term);
      if (found === undefined) return undefined;
      if (found * sign < 0) best = i;
    }
    return key && items[best];
  });
}

/** Characters, for strings that are counted in them. */
const characters = (text: string): string[] => [...text];
const scalars = ({ terms }: Algebra, texts: readonly string[]): Term => terms.list(texts.map((t) => terms.scalar(t)));
const optional = (algebra: Algebra, term: Term | undefined): Term =>
  term ? algebra.terms.made(algebra.some, [term]) : algebra.terms.made(algebra.none, []);
const at = (index: number): Rule => onItems((_, items) => items.at(index));
const some = (algebra: Algebra, term: Term): Term => isMade(algebra, algebra.some, term);

/** The items for which a test holds; undefined where that is not known of some. */
function filtered(algebra: Algebra, items: Items, fn: Term | undefined): Items | undefined {
  const keep = fn && bools(items.map((item) => algebra.call(fn, [item])));
  return keep && items.filter((_, i) => keep[i]);
}

/** Whether the first items are found to be no match, up to one that is; undefined where that is not known. */
function firstWhere(items: Items, test: (item: Term) => Term): number | undefined {
  for (let i = 0; i < items.length; i++) {
    const answer = valueOf(test(items[i] as Term));
    if (answer === true) return i;
    if (answer !== false) return undefined;
  }
  return -1;
}

function power(algebra: Algebra, [base, exponent]: Items): Term | undefined {
  const count = intIn(exponent);
  const value = valueOf(base);
  if (count === undefined || value === undefined) return undefined;
  if (typeof value === 'number') return floatOf(algebra, value ** Number(count));
  if (typeof value !== 'bigint' || count < 0n) return undefined;
  // 2 to the 64th is too large already.
  if (count > 64n && value !== 0n && value !== 1n && value !== -1n) return undefined;
  return intOf(algebra, value === -1n ? (count % 2n === 0n ? 1n : -1n) : value ** (count > 64n ? 64n : count));
}

const wholeNumber = /^-?\d+$/;
const number = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** Adds numbers; `empty` is what there is where there are none. */
const sum: Rule = (algebra, [numbers], data) => {
  const items = itemsOf(numbers);
  if (!items) return undefined;
  algebra.spend(items.length);
  const zero = algebra.terms.scalar(data === 'float' || items.some((i) => sortOf(i) === 'float') ? 0 : 0n);
  return items.length === 0 ? zero : items.reduce((a, b) => algebra.op('plus', a, b));
};

/** Whether something is in a map or a set, or in a list of what is. */
function contained(algebra: Algebra, [all, one]: Items): Term | undefined {
  if (!all || !one) return undefined;
  if (isOfTable(all)) return tableContains(algebra, all, one);
  return all.kind === 'asked' && (all.op === 'keys' || all.op === 'toList')
    ? algebra.op('contains', all.args[0] as Term, one)
    : undefined;
}

/** Whether some item is equal to one value: then that is in it. */
function containing({ op }: Algebra, [all, test]: Items): Term | undefined {
  const [body] = test?.kind === 'function' ? test.args : [];
  if (!all || test?.kind !== 'function' || body?.kind !== 'asked' || body.op !== '==') return undefined;
  const isItem = (term: Term): boolean => term.kind === 'bound' && term.binder === test.binder;
  const [item, value] = [...body.args].sort((a, b) => Number(isItem(b)) - Number(isItem(a))) as [Term, Term];
  return isItem(item) && !value.free.includes(test.binder) ? op('contains', all, value) : undefined;
}

/** A text filled up to a length, in characters. */
function padded(join: (text: string, filling: string) => string): Rule {
  return onText(({ terms, spend }, text, [length, filling]) => {
    const [wanted, piece] = [intIn(length), textOf(filling)];
    if (wanted === undefined || piece === undefined || wanted > longestList) return undefined;
    const missing = Number(wanted) - characters(text).length;
    if (missing <= 0 || piece === '') return terms.scalar(text);
    spend(missing / 16);
    const repeated = characters(piece.repeat(Math.ceil(missing / characters(piece).length)));
    return terms.scalar(join(text, repeated.slice(0, missing).join('')));
  });
}

/** The functions of the library, by name; `some` is the shape's. */
export const libraryRules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  [
    'length',
    (algebra, args) => {
      const [arg] = args;
      if (arg && isOfTable(arg)) return algebra.op('size', arg);
      const found = either(
        (_, items) => algebra.terms.scalar(BigInt(items.length)),
        (_, text) => algebra.terms.scalar(BigInt(characters(text).length)),
      )(algebra, args, undefined);
      if (found || arg?.kind !== 'asked') return found;
      // A list keeps its length where only its items change.
      const [first] = arg.args as [Term];
      if (arg.op === 'keys' || arg.op === 'values' || arg.op === 'entries' || arg.op === 'toList')
        return algebra.op('size', first);
      if (
        (arg.op === 'map' && sortOf(first) === 'list') ||
        arg.op === 'sort' ||
        arg.op === 'sortBy' ||
        (arg.op === 'reverse' && sortOf(first) === 'list')
      )
        return algebra.op('length', first);
      if (arg.op === 'range') {
        const [from, to] = arg.args as [Term, Term];
        return algebra.op('if', algebra.op('below', from, to), algebra.op('sub', to, from), algebra.terms.scalar(0n));
      }
      return arg.op === 'chain' ? algebra.op('add', ...arg.args.map((a) => algebra.op('length', a))) : undefined;
    },
  ],
  [
    'isEmpty',
    (algebra, [arg]) => {
      if (!arg) return undefined;
      if (sortOf(arg) === 'string') return algebra.op('==', arg, algebra.terms.scalar(''));
      // Something was put in.
      return arg.kind === 'asked' && arg.op === 'insert'
        ? algebra.terms.scalar(false)
        : algebra.op('==', algebra.op('length', arg), algebra.terms.scalar(0n));
    },
  ],
  [
    pickedNumbers,
    onItems(({ terms }, items) => {
      const numbers = items.map(intIn);
      if (!numbers.every((number) => number !== undefined)) return undefined;
      // What is no choice of members fits none.
      const isChoice =
        new Set(numbers).size === numbers.length && numbers.every((number) => number >= 0n && number < 64n);
      return terms.scalar(isChoice ? numbers.reduce((mask, number) => mask + 2n ** number, 0n) : -1n);
    }),
  ],
  [
    'contains',
    (algebra, args) =>
      contained(algebra, args) ??
      either(
        (_, items, [item]) => item && algebra.op('or', ...items.map((i) => algebra.op('==', i, item))),
        (_, text, [piece]) =>
          textOf(piece) === undefined ? undefined : algebra.terms.scalar(text.includes(textOf(piece) ?? '')),
      )(algebra, args, undefined),
  ],
  ['first', (algebra, [items]) => items && algebra.op('index', items, algebra.terms.scalar(0n))],
  ['second', (algebra, [items]) => items && algebra.op('index', items, algebra.terms.scalar(1n))],
  ['last', at(-1)],
  ['head', onItems((algebra, items) => optional(algebra, items[0]))],
  ['tail', onItems(({ terms }, items) => terms.list(items.slice(1)))],
  [
    'take',
    either(
      ({ terms }, items, [count]) =>
        intIn(count) === undefined ? undefined : terms.list(items.slice(0, clamped(intIn(count) ?? 0n, items.length))),
      ({ terms }, text, [count]) =>
        intIn(count) === undefined
          ? undefined
          : terms.scalar(
              characters(text)
                .slice(0, clamped(intIn(count) ?? 0n, text.length))
                .join(''),
            ),
    ),
  ],
  [
    'drop',
    either(
      ({ terms }, items, [count]) =>
        intIn(count) === undefined ? undefined : terms.list(items.slice(clamped(intIn(count) ?? 0n, items.length))),
      ({ terms }, text, [count]) =>
        intIn(count) === undefined
          ? undefined
          : terms.scalar(
              characters(text)
                .slice(clamped(intIn(count) ?? 0n, text.length))
                .join(''),
            ),
    ),
  ],
  [
    'concat',
    (algebra, args) => {
      if (args.length === 2) return algebra.op('plus', ...args);
      const lists = itemsOf(args[0]);
      return lists && (lists.length === 0 ? algebra.terms.list([]) : algebra.op('chain', ...lists));
    },
  ],
  ['append', (algebra, [items, item]) => algebra.op('chain', items as Term, algebra.terms.list([item as Term]))],
  ['prepend', (algebra, [item, items]) => algebra.op('chain', algebra.terms.list([item as Term]), items as Term)],
  [
    'reverse',
    either(
      ({ terms }, items) => terms.list([...items].reverse()),
      ({ terms }, text) => terms.scalar(characters(text).reverse().join('')),
    ),
  ],
  [
    'replace',
    either(
      ({ terms }, items, [index, item]) => {
        const place = intIn(index);
        return place === undefined || !item || place < 0n || place >= BigInt(items.length)
          ? undefined
          : terms.list(items.map((old, i) => (i === Number(place) ? item : old)));
      },
      ({ terms, spend }, text, [piece, by]) => {
        const [old, made] = [textOf(piece), textOf(by)];
        if (old === undefined || made === undefined) return undefined;
        if (old === '') return terms.scalar(text);
        const pieces = text.split(old);
        spend(pieces.length * (1 + made.length / 16));
        return terms.scalar(pieces.join(made));
      },
    ),
  ],
  [
    'range',
    ({ terms, spend }, args) => {
      const [from, to] = args.map(intIn);
      if (from === undefined || to === undefined) return undefined;
      if (to - from > longestList) return undefined;
      spend(Number(to > from ? to - from : 0n));
      return terms.list(
        Array.from({ length: Number(to > from ? to - from : 0n) }, (_, i) => terms.scalar(from + BigInt(i))),
      );
    },
  ],
  [
    'repeat',
    ({ terms, spend }, [item, count]) => {
      const times = intIn(count);
      if (times === undefined || !item || times > longestList) return undefined;
      spend(Number(times));
      return terms.list(Array.from({ length: times > 0n ? Number(times) : 0 }, () => item));
    },
  ],
  [
    'map',
    (algebra, [source, change]) => {
      if (!source || !change) return undefined;
      if (sortOf(source) === 'set') return algebra.op('mapSet', source, change);
      if (source.kind === 'made')
        return source.shape.id === algebra.some.id
          ? algebra.terms.made(algebra.some, [algebra.call(change, source.args)])
          : source;
      return onItems((_, items) => algebra.terms.list(items.map((item) => algebra.call(change, [item]))))(
        algebra,
        [source],
        undefined,
      );
    },
  ],
  [
    'filter',
    (algebra, args) => {
      const sort = sortOf(args[0]);
      if (sort === 'set' || sort === 'map') return algebra.op(sort === 'set' ? 'filterSet' : 'filterMap', ...args);
      return onItems((_, items, [keep]) => {
        const kept = filtered(algebra, items, keep);
        return kept && algebra.terms.list(kept);
      })(algebra, args, undefined);
    },
  ],
  [
    'flatMap',
    onItems(
      (algebra, items, [change]) =>
        change &&
        (items.length === 0
          ? algebra.terms.list([])
          : algebra.op('chain', ...items.map((item) => algebra.call(change, [item])))),
    ),
  ],
  [
    'partition',
    onItems((algebra, items, [test]) => {
      const holds = test && bools(items.map((item) => algebra.call(test, [item])));
      return (
        holds &&
        algebra.terms.made(
          algebra.tuple(2),
          [true, false].map((way) => algebra.terms.list(items.filter((_, i) => holds[i] === way))),
        )
      );
    }),
  ],
  [
    'takeWhile',
    onItems((algebra, items, [test]) => {
      const end = test && firstWhere(items, (item) => algebra.op('not', algebra.call(test, [item])));
      return end === undefined ? undefined : algebra.terms.list(end < 0 ? items : items.slice(0, end));
    }),
  ],
  [
    'dropWhile',
    onItems((algebra, items, [test]) => {
      const start = test && firstWhere(items, (item) => algebra.op('not', algebra.call(test, [item])));
      return start === undefined ? undefined : algebra.terms.list(start < 0 ? [] : items.slice(start));
    }),
  ],
  [
    'count',
    (algebra, args) => {
      if (sortOf(args[0]) === 'list' && args[0]?.kind !== 'list')
        return algebra.op('length', algebra.op('filter', ...args));
      return ofSet(
        'count',
        true,
        onItems((_, items, [test]) => {
          const [one, zero] = [algebra.terms.scalar(1n), algebra.terms.scalar(0n)];
          return (
            test &&
            items
              .map((item) => algebra.op('if', algebra.call(test, [item]), one, zero))
              .reduce((a, b) => algebra.op('add', a, b), zero)
          );
        }),
      )(algebra, args, undefined);
    },
  ],
  [
    'fold',
    ofSet(
      'fold',
      true,
      onItems(
        (algebra, items, [start, step]) =>
          start && step && items.reduce((so, item) => algebra.call(step, [so, item]), start),
      ),
    ),
  ],
  [
    'find',
    onItems((algebra, items, [test]) => {
      const found = test && firstWhere(items, (item) => algebra.call(test, [item]));
      return found === undefined ? undefined : optional(algebra, found < 0 ? undefined : items[found]);
    }),
  ],
  [
    'indexOf',
    either(
      (algebra, items, [wanted]) => {
        const found = wanted && firstWhere(items, (item) => algebra.op('==', item, wanted));
        return found === undefined
          ? undefined
          : optional(algebra, found < 0 ? undefined : algebra.terms.scalar(BigInt(found)));
      },
      (algebra, text, [piece]) => {
        const wanted = textOf(piece);
        if (wanted === undefined) return undefined;
        const found = text.indexOf(wanted);
        return optional(
          algebra,
          found < 0 ? undefined : algebra.terms.scalar(BigInt(characters(text.slice(0, found)).length)),
        );
      },
    ),
  ],
  [
    'any',
    (algebra, args) =>
      ofSet(
        'any',
        false,
        onItems((_, items, [test]) => test && algebra.op('or', ...items.map((item) => algebra.call(test, [item])))),
      )(algebra, args, undefined) ?? containing(algebra, args),
  ],
  [
    'all',
    (algebra, [items, test]) =>
      items &&
      test &&
      algebra.op(
        'not',
        algebra.op(
          'any',
          items,
          algebra.lambda(1, (params) => algebra.op('not', algebra.call(test, params))),
        ),
      ),
  ],
  [
    'zip',
    (algebra, [left, right]) => {
      const [a, b] = [itemsOf(left), itemsOf(right)];
      return (
        a &&
        b &&
        algebra.terms.list(
          a.slice(0, b.length).map((item, i) => algebra.terms.made(algebra.tuple(2), [item, b[i] as Term])),
        )
      );
    },
  ],
  [
    'unzip',
    onItems((algebra, items) => {
      const pair = algebra.tuple(2);
      return algebra.terms.made(
        pair,
        [0, 1].map((i) => algebra.terms.list(items.map((item) => partOf(algebra, pair, i, item)))),
      );
    }),
  ],
  [
    'sort',
    onItems(({ terms }, items) => {
      const found = sorted(items, items);
      return found && terms.list(found);
    }),
  ],
  [
    'sortBy',
    onItems((algebra, items, [key]) => {
      const found =
        key &&
        sorted(
          items,
          items.map((item) => algebra.call(key, [item])),
        );
      return found && algebra.terms.list(found);
    }),
  ],
  [
    'distinct',
    onItems((algebra, items) => {
      const kept: Term[] = [];
      for (const item of items) {
        const same = bools(kept.map((other) => algebra.op('==', other, item)));
        if (!same) return undefined;
        if (!same.includes(true)) kept.push(item);
      }
      return algebra.terms.list(kept);
    }),
  ],
  ['max', extreme(1)],
  ['min', extreme(-1)],
  ['maxBy', extremeBy(1)],
  ['minBy', extremeBy(-1)],
  ['sum', sum],
  [
    'abs',
    (algebra, [arg]) => {
      const value = valueOf(arg);
      return typeof value === 'bigint'
        ? intOf(algebra, value < 0n ? -value : value)
        : typeof value === 'number'
          ? algebra.terms.scalar(Math.abs(value))
          : undefined;
    },
  ],
  ['pow', power],
  ['sqrt', onFloat((algebra, value) => floatOf(algebra, Math.sqrt(value)))],
  // Half a number is rounded away from zero.
  ['round', onFloat((algebra, value) => wholeOf(algebra, Math.sign(value) * Math.round(Math.abs(value))))],
  ['floor', onFloat((algebra, value) => wholeOf(algebra, Math.floor(value)))],
  ['ceil', onFloat((algebra, value) => wholeOf(algebra, Math.ceil(value)))],
  ['toFloat', onFloat((algebra, value) => floatOf(algebra, value))],
  [
    'toString',
    ({ terms, spend }, [arg]) => {
      if (!arg || !isKnown(arg) || sortOf(arg) === 'string') return sortOf(arg) === 'string' ? arg : undefined;
      spend(arg.size);
      return terms.scalar(showValue(arg));
    },
  ],
  [
    'parseInt',
    onText((algebra, text) =>
      optional(algebra, wholeNumber.test(text) && isInt(BigInt(text)) ? algebra.terms.scalar(BigInt(text)) : undefined),
    ),
  ],
  [
    'parseFloat',
    onText((algebra, text) => optional(algebra, number.test(text) ? floatOf(algebra, Number(text)) : undefined)),
  ],
  ['upper', onText(({ terms }, text) => terms.scalar(text.toUpperCase()))],
  ['lower', onText(({ terms }, text) => terms.scalar(text.toLowerCase()))],
  ['trim', onText(({ terms }, text) => terms.scalar(text.trim()))],
  [
    'split',
    onText((algebra, text, [separator]) =>
      textOf(separator) === undefined
        ? undefined
        : scalars(algebra, textOf(separator) === '' ? characters(text) : text.split(textOf(separator) ?? '')),
    ),
  ],
  [
    'join',
    onItems(({ terms, spend }, items, [separator]) => {
      const [pieces, between] = [items.map(textOf), textOf(separator)];
      if (between === undefined || pieces.includes(undefined)) return undefined;
      spend(items.length * (1 + between.length / 16));
      return terms.scalar(pieces.join(between));
    }),
  ],
  ['padStart', padded((text, filling) => filling + text)],
  ['padEnd', padded((text, filling) => text + filling)],
  [
    'startsWith',
    onText(({ terms }, text, [piece]) =>
      textOf(piece) === undefined ? undefined : terms.scalar(text.startsWith(textOf(piece) ?? '')),
    ),
  ],
  [
    'endsWith',
    onText(({ terms }, text, [piece]) =>
      textOf(piece) === undefined ? undefined : terms.scalar(text.endsWith(textOf(piece) ?? '')),
    ),
  ],
  ['some', (algebra, [value]) => value && algebra.terms.made(algebra.some, [value])],
  [
    'somes',
    onItems((algebra, items) =>
      items.every((item) => item.kind === 'made') ? algebra.terms.list(items.flatMap((item) => item.args)) : undefined,
    ),
  ],
  ['isSome', (algebra, [option]) => option && some(algebra, option)],
  ['isNone', (algebra, [option]) => option && algebra.op('not', some(algebra, option))],
  [
    'getOr',
    (algebra, [option, otherwise]) =>
      option &&
      otherwise &&
      algebra.op('if', some(algebra, option), partOf(algebra, algebra.some, 0, option), otherwise),
  ],
]);

function wholeOf(algebra: Algebra, value: number): Term | undefined {
  const found = whole(value);
  return found === undefined ? undefined : intOf(algebra, found);
}
