// type-mismatch: a value of one type where another is needed.
import type { Edit, Fix } from '../edits/fix.js';
import type { Because, Demand } from '../findings/typing.js';
import { writeName } from '../syntax/names.js';
import { article } from '../text/words.js';
import { atOthers, defineRule } from './rule.js';
import { largestInt } from '../typing/env.js';

export const typeMismatch = defineRule({
  code: 'type-mismatch',
  summary: 'A value of one type where another is needed.',
  explanation:
    'Types are inferred: a variable has the type of what it first receives or is assigned, and it keeps that type throughout its choreography. `int` and `float` do not mix, but a whole number written out, such as `2`, is a `float` where one is needed. Nothing is converted by itself.',
  advice:
    'The message says what the value is and what is needed. Convert with `toString`, `toFloat`, `round` or `parseInt`; wrap with `some(…)` where an option is needed, and take out with `getOr(option, otherwise)` or by `match`.',
  bad: 'extern greet(name: string)\n\nchoreography Sale(Seller(price: int), Buyer) {\n  Seller.price -> Buyer.price\n  Buyer.greet(price)\n}\n',
  good: 'extern greet(name: string)\n\nchoreography Sale(Seller(price: int), Buyer) {\n  Seller.price -> Buyer.price\n  Buyer.greet(toString(price))\n}\n',
  message(mismatch) {
    switch (mismatch.kind) {
      case 'demand':
        return `\`${mismatch.subject}\` ${mismatch.actual === '()' ? 'gives no value' : `is ${article(mismatch.actual)}`} here, but ${sayDemand(mismatch.demand)}${sayInstead(mismatch.actual, mismatch.demand)}.`;
      case 'used':
        return mismatch.written === 'value'
          ? `\`${mismatch.subject}\` is ${article(mismatch.actual)}, but \`${mismatch.name}\` is used as ${article(mismatch.expected)} everywhere.`
          : `\`${mismatch.name}\` is ${article(mismatch.actual)} here, but it is used as ${article(mismatch.expected)} everywhere.`;
      case 'unpromised':
        return `\`${mismatch.choreography}\` returns a value${mismatch.header.next ? ` at ${mismatch.header.role}` : ''}, but its header promises none${mismatch.header.next ? ' there' : ''}. Add it to the header, or leave out the \`return\`.`;
      case 'unpromised-by-process':
        return `${mismatch.role} returns a value, but its header promises none: write \`process ${mismatch.role}(): …\`, or leave out the \`return\`.`;
      case 'never-returned': {
        const { choreography, role, type, others } = mismatch;
        if (others)
          return `\`${choreography ?? role}\` promises ${article(type)} at ${role}, but returns none there. Add \`${role}.…\` to its \`return\`.`;
        return choreography === undefined
          ? `${role} promises ${article(type)}, but never returns one. End its body with \`return …\`.`
          : `\`${choreography}\` promises ${article(type)} at ${role}, but never returns one. End its body with \`return ${role}.…\`.`;
      }
      case 'nothing-sent':
        return `${mismatch.sender} sends no value here, so \`${mismatch.target}\` gets none. Write what is sent: \`${mismatch.sender}.… -> ${mismatch.target}\`.`;
      case 'no-result':
        return `\`${mismatch.callee}\` returns nothing${mismatch.place === undefined ? '' : ` to ${mismatch.place}`}, so \`${mismatch.target}\` gets no value.`;
      case 'number-too-large':
        return `This number is too large for an \`int\`, which has 64 bits: the largest is ${largestInt}. As a \`float\` it is written with \`.0\` after it.`;
      case 'function': {
        const { name, library } = mismatch;
        const kind =
          name === undefined ? 'A function is' : `\`${name}\` is a function${library ? ' of the library' : ''}, and`;
        return `${kind} no value to decide by, to keep or to send. ${name === undefined ? 'Call it,' : `Call it, \`${name}(…)\`,`} or give it to a function that takes one, such as \`map\`.`;
      }
      case 'designed': {
        const { role, input, choreography, actual, expected } = mismatch;
        return input
          ? `\`${input.own}\` is ${article(actual)} here, but \`${choreography}\` gives ${role} ${article(expected)} for \`${input.designed}\`.`
          : `${role} returns ${article(actual)} here, but ${article(expected)} in \`${choreography}\`.`;
      }
    }
  },
  related(mismatch) {
    const because = 'because' in mismatch ? mismatch.because : undefined;
    return because?.origin ? [{ uri: because.uri, origin: because.origin, message: sayBecause(because) }] : [];
  },
  elsewhere: (mismatch, count) => (mismatch.kind === 'used' ? undefined : { sentence: `So it is ${atOthers(count)}.` }),
  fixes(mismatch, { uri, origin }) {
    const fixes: Fix[] = [];
    if ('remove' in mismatch && mismatch.remove)
      fixes.push({ title: 'Take no value', edits: [{ uri, ...mismatch.remove, newText: '' }] });
    if (mismatch.kind === 'unpromised' && mismatch.header.type) {
      const { at, next, role, type } = mismatch.header;
      fixes.push({
        title: `Add the result \`${type}@${role}\` to the header`,
        edits: [{ uri, ...at, newText: `${next ? ',' : ':'} ${type}@${writeName(role)}` }],
        preferred: true,
      });
    }
    if (mismatch.kind === 'used' && mismatch.written === 'type')
      fixes.push({
        title: `Change the type to \`${mismatch.expected}\``,
        edits: [{ uri, ...origin, newText: mismatch.expected }],
        preferred: true,
      });
    const { actual, expected } = mismatch.kind === 'demand' ? mismatch : { actual: '', expected: undefined };
    const wrap = (before: string, after = ')'): Edit[] => [
      { uri, start: origin.start, end: origin.start, newText: before },
      { uri, start: origin.end, end: origin.end, newText: after },
    ];
    const offer = (before: string, after = ')'): void =>
      void fixes.push({ title: `Convert: \`${before}…${after}\``, edits: wrap(before, after) });
    if (expected === `option<${actual}>`) offer('some(');
    if (expected === 'string' && ['int', 'float', 'bool'].includes(actual)) offer('toString(');
    if (expected === 'float' && actual === 'int') offer('toFloat(');
    if (expected === 'int' && actual === 'float') offer('round(');
    if (expected === 'option<int>' && actual === 'string') offer('parseInt(');
    if (expected === 'option<float>' && actual === 'string') offer('parseFloat(');
    if (expected?.startsWith('set<') && actual === expected.replace('set', 'list')) offer('setOf(');
    if (actual.startsWith('set<') && expected === actual.replace('set', 'list')) offer('toList(');
    if (expected?.startsWith('map<') && actual === listOfPairs(expected)) offer('mapOf(');
    if (actual.startsWith('map<') && expected === listOfPairs(actual)) offer('entries(');
    const only = fixes.length === 1 ? fixes[0] : undefined;
    return only ? [{ ...only, preferred: true }] : fixes;
  },
});

/** `list<(K, V)>` of `map<K, V>`. */
function listOfPairs(map: string): string {
  return map.replace(/^map<(.*)>$/, 'list<($1)>');
}

/** What does for a map or a set what was tried. */
function sayInstead(actual: string, demand: Demand): string {
  const [form] = actual.split('<', 1);
  if (demand.by === 'overloads' && demand.callee === 'size' && (form === 'list' || form === 'string'))
    return ': `length(…)` counts what it has';
  if (form !== 'map' && form !== 'set') return '';
  if (demand.by === 'overloads' && demand.callee === 'length') return ': `size(…)` counts what it has';
  if (demand.by === 'indexing')
    return form === 'map' ? ': `get(…, key)` gives the value of a key' : ': `toList(…)` gives the items';
  if (demand.by === 'operator' && demand.operator === '+') return ': `union(…, …)` joins two of these';
  return demand.by === 'operator' && demand.operator === '-' && form === 'set'
    ? ': `difference(…, …)` takes one set from another'
    : '';
}

function sayBecause({ why, name }: Because): string {
  switch (why) {
    case 'declared':
      return `\`${name}\` is declared here`;
    case 'typed':
      return `\`${name}\` has its type from here`;
    case 'designed':
      return `\`${name}\` says so here`;
  }
}

/** Who needs what, as a clause. */
function sayDemand(demand: Demand): string {
  switch (demand.by) {
    case 'variable':
      return `\`${demand.name}\` is ${article(demand.type)}`;
    case 'result':
      return `${demand.role ? demand.of : `\`${demand.of}\``} returns ${article(demand.type)}`;
    case 'constant':
      return `\`${demand.of}\` is declared as ${article(demand.type)}`;
    case 'body':
      return `\`${demand.of}\` gives ${article(demand.type)}`;
    case 'parameter':
      return `\`${demand.callee}\` takes ${article(demand.type)}${demand.parameter === undefined ? '' : ` for \`${demand.parameter}\``}`;
    case 'overloads':
      return `\`${demand.callee}\` takes a ${demand.types.map((type) => `\`${type}\``).join(' or a ')}`;
    case 'label':
      return `\`${demand.label}\` carries ${article(demand.type)}`;
    case 'guard':
      return `\`${demand.guard}\`, with which it is decided together, is ${article(demand.type)}`;
    case 'condition':
      return 'a condition is a `bool`';
    case 'value':
      return 'a value is needed';
    case 'index':
      return 'an index is an `int`';
    case 'pick':
      return 'one member is picked by its number, an `int`; several by a list of numbers: `pick some …`';
    case 'pick-some':
      return 'several members are picked by a list of their numbers, a `list<int>`; one by its number, without `some`';

    case 'call':
      return 'it is called like a function';
    case 'indexing':
      return 'only a list or a `string` has an item at an index';
    case 'operator':
      return `\`${demand.operator}\` takes ${demand.takes}`;
    case 'operand':
      return `\`${demand.other}\`, on the other side of \`${demand.operator}\`, is ${article(demand.type)}`;
    case 'before':
      return `${{ items: 'the items before it are', then: 'the part before `else` is', cases: 'the cases before it are' }[demand.what]} of type \`${demand.type}\``;
    case 'field':
      return `only a record has fields, such as \`${demand.field}\``;
    case 'update':
      return `the field \`${demand.field}\` is ${article(demand.type)}`;
    case 'function':
      return `the function here has to give ${article(demand.type)}`;
    case 'matched':
      return `the value that it is compared with is ${article(demand.type)}`;
    case 'design':
      return `\`${demand.choreography}\` says that ${demand.receiver} gets ${article(demand.type)}`;
    case 'receiver':
      return `${demand.receiver} uses what it receives as ${article(demand.type)}`;
    case 'annotation':
      return `here it is received as ${article(demand.type)}`;
    case 'sender':
      return `${demand.sender} sends ${article(demand.type)}`;
    case 'gather':
      return `${demand.first}, whose value goes into the same list, sends ${demand.type === '' ? 'none' : article(demand.type)}`;
  }
}
