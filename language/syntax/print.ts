// The core back to text: types, expressions and patterns on one line, with the fewest brackets that keep their meaning.
import type { Arg, BinaryOperator, Expr, Name, NamedArg, Param, Pattern, TypeExpr } from '../ir/expression.js';
import type { MemberRange, Picked, Quorum, Result } from '../ir/choreography.js';
import type { Members } from '../ir/process.js';
import type { Family, RoleRef } from '../ir/role.js';
import { pickedNumbers } from '../ir/static.js';
import type { Target } from '../ir/target.js';
import { writeName } from './names.js';
import { escapeString } from './strings.js';

export function printType(type: TypeExpr): string {
  if (type.kind === 'tuple') return `(${type.items.map(printType).join(', ')})`;
  return writeName(type.name.text) + (type.args.length > 0 ? `<${type.args.map(printType).join(', ')}>` : '');
}

/** The type of what a message carries: one, or several as those of a tuple. */
export function printPayload(types: readonly TypeExpr[]): string {
  const [only] = types;
  return only && types.length === 1 ? printType(only) : `(${types.map(printType).join(', ')})`;
}

/** A label, with the numbers that it carries: `vote`, `vote[i]`, `_`. */
export function printLabel({ text, rounds }: Name): string {
  return `${text === '' ? '_' : writeName(text)}${rounds ? `[${rounds.map((each) => printExpr(each)).join(', ')}]` : ''}`;
}

/** The label that says which member was picked, where that is taken: `picked[k in Node]`. */
export function printPicked({ text, rounds = [] }: Name, pick: Picked): string {
  return `${writeName(text)}[${[`${printMany(pick)}${writeName(pick.index.text)} in ${printRole(pick.of)}`, ...rounds.slice(1).map((each) => printExpr(each))].join(', ')}]`;
}

/** What stands before the name of what is picked: nothing, or how many. */
export function printMany({ many }: Picked): string {
  return many ? `${many.count ?? 'some'} ` : '';
}

/** A role where it is meant: `Node`, `Node[i + 1]`, `Node[1 until n]`, `others Node`. */
export function printRole({ name, index }: RoleRef): string {
  const family = writeName(name.text);
  switch (index?.kind) {
    case undefined:
      return family;
    case 'member':
      return `${family}[${printExpr(index.at)}]`;
    case 'part':
      return `${family}[${printExpr(index.from)} until ${printExpr(index.until)}]`;
    case 'others':
      return `others ${family}`;
    case 'picked':
      return `${family}[${printExpr(index.list)}]`;
  }
}

/** The sizes of a family, as its header has them: `[n]`, `[n >= 2 = 3]`, `[4]`. */
export function printFamily({ size, least, usual, first }: Family): string {
  if (size && first) return `[${writeName(size.text)}]`;
  return size
    ? `[${writeName(size.text)}${least > 0 ? ` >= ${least}` : ''}${usual === undefined ? '' : ` = ${usual}`}]`
    : `[${least}]`;
}

/** Which members of a family a process is: `[i]`, `[i in 1 until n]`, `[0]`. */
export function printMembers(members: Members): string {
  if (members.kind === 'one') return `[${printExpr(members.at)}]`;
  return `[${writeName(members.index.text)}${members.kind === 'part' ? ` in ${printExpr(members.from)} until ${printExpr(members.until)}` : ''}]`;
}

/** What a loop goes through. */
export function printRange(range: MemberRange): string {
  return range.kind === 'members' ? printRole(range.of) : `${printExpr(range.from)} until ${printExpr(range.until)}`;
}

/** How many of several messages are waited for: `any 2 by who`, `any majority`. */
export function printQuorum({ count, by }: Quorum): string {
  return `any ${count ? printExpr(count) : 'majority'}${by ? ` by ${writeName(by.text)}` : ''}`;
}

export function printParams(params: readonly Param[]): string {
  return params.map((p) => `${writeName(p.name.text)}: ${printType(p.type)}`).join(', ');
}

/** What a choreography gives at its end, and to whom: `int@Left, string@Right`. */
export function printResults(results: readonly Result[]): string {
  return results.map(({ type, role }) => `${printType(type)}@${printRole(role)}`).join(', ');
}

/** What takes a value: `x`, `xs[i]`, `(x, y)`. */
export function printTarget(target: Target): string {
  if (target.kind === 'pattern') return printPattern(target.pattern);
  return `${writeName(target.name.text)}${target.place ? `[${printExpr(target.place)}]` : ''}`;
}

export function printPattern(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'none':
      return 'none';
    case 'literal':
      return pattern.numbers
        ? `[${pattern.numbers.join(', ')}]`
        : (pattern.negative ? '-' : '') + printExpr(pattern.value);
    case 'tuple':
      return `(${pattern.items.map(printPattern).join(', ')})`;
    case 'constructor':
      return writeName(pattern.name.text) + (pattern.args ? `(${pattern.args.map(printPattern).join(', ')})` : '');
  }
}

/** How tightly an expression holds together; a looser one in a tighter place is put in brackets. */
const levels: Record<BinaryOperator, number> = {
  or: 1,
  and: 2,
  '==': 4,
  '!=': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
};
const notLevel = 3;
const negationLevel = 7;
const postfixLevel = 8;

function levelOf(expr: Expr): number {
  switch (expr.kind) {
    case 'lambda':
    case 'let':
    case 'if':
    case 'match':
      return 0;
    case 'binary':
      return levels[expr.operator];
    case 'unary':
      return expr.operator === 'not' ? notLevel : negationLevel;
    case 'bool':
    case 'call':
    case 'field':
    case 'float':
    case 'index':
    case 'int':
    case 'list':
    case 'name':
    case 'none':
    case 'string':
    case 'tuple':
    case 'update':
      return postfixLevel;
  }
}

/**
 * Prints an expression on one line.
 * @param expr the expression
 * @param level how tight the place is that it stands in; 0 takes anything
 */
export function printExpr(expr: Expr, level = 0): string {
  const text = plain(expr);
  return levelOf(expr) < level ? `(${text})` : text;
}

function plain(expr: Expr): string {
  switch (expr.kind) {
    case 'int':
    case 'float':
      return expr.text;
    case 'string':
      return escapeString(expr.value);
    case 'bool':
      return String(expr.value);
    case 'none':
      return 'none';
    case 'list':
      return `[${expr.items.map((i) => printExpr(i)).join(', ')}]`;
    case 'tuple':
      return `(${expr.items.map((i) => printExpr(i)).join(', ')})`;
    case 'name':
      return writeName(expr.name.text);
    case 'call':
      // By what members are picked is said as it is written.
      if (expr.callee.text === pickedNumbers) return expr.args.map(printArg).join();
      return `${writeName(expr.callee.text)}(${expr.args.map(printArg).join(', ')})`;
    case 'field':
      return `${printExpr(expr.receiver, postfixLevel)}.${writeName(expr.name.text)}`;
    case 'index':
      return `${printExpr(expr.receiver, postfixLevel)}[${printExpr(expr.index)}]`;
    case 'update':
      return `${printExpr(expr.receiver, postfixLevel)} with (${expr.fields.map(printArg).join(', ')})`;
    case 'unary':
      return expr.operator === 'not'
        ? `not ${printExpr(expr.operand, notLevel)}`
        : `-${printExpr(expr.operand, negationLevel)}`;
    case 'binary': {
      const own = levels[expr.operator];
      // Comparisons do not chain; the others group to the left.
      return `${printExpr(expr.left, own === 4 ? 5 : own)} ${expr.operator} ${printExpr(expr.right, own + 1)}`;
    }
    case 'lambda': {
      const [only] = expr.params;
      const params =
        only && expr.params.length === 1
          ? writeName(only.text)
          : `(${expr.params.map((p) => writeName(p.text)).join(', ')})`;
      return `${params} => ${printExpr(expr.body)}`;
    }
    case 'let':
      return `let ${printPattern(expr.pattern)} = ${printExpr(expr.value)} in ${printExpr(expr.body)}`;
    case 'if':
      return `if ${printExpr(expr.condition)} then ${printExpr(expr.then)} else ${printExpr(expr.else)}`;
    case 'match': {
      const arms = expr.arms.map((arm) => `case ${printPattern(arm.pattern)} => ${printExpr(arm.body)}`);
      if (expr.else) arms.push(`else => ${printExpr(expr.else)}`);
      return `match ${printExpr(expr.value)} { ${arms.join(', ')} }`;
    }
  }
}

function printArg(arg: Arg | NamedArg): string {
  return (arg.name ? `${writeName(arg.name.text)}: ` : '') + printExpr(arg.value);
}
