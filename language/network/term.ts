// What a process knows of a value without running: a term over constants and symbols, so that one value has one truth.
import type { Expr } from '../ir/expression.js';
import { bindersOf, isCase } from '../scoping/cases.js';
import type { Scope } from '../scoping/scope.js';
import { printPattern } from '../syntax/print.js';
import { walkExpr } from '../ir/expression.js';

/**
 * A value as text: `i:5`, `s:…`, `b:true`, `c:accept` (a constant case or `none`), `#3` (something unknown, the same wherever
 * it was copied to), or `(f a b)`. Two values with the same term are equal.
 */
export type Term = string;

/** How deep a term may nest, and how large an integer computed from constants may get, before the value counts as unknown. */
const deepest = 5;
const largest = 32n;

/** Where the names of an expression get their values. */
export interface Valuation {
  readonly scope: Scope;
  /** The value of a variable; undefined for a name that is none. */
  variable(name: string): Term | undefined;
  /** A value that nothing is known of. */
  fresh(): Term;
}

/**
 * The value of an expression. What is too complicated, and what a host function gives, is a fresh symbol: both ways of a
 * decision on it are then possible.
 */
export function evaluate(expr: Expr, from: Valuation): Term {
  const term = termOf(expr, from, new Map());
  return depth(term) > deepest ? from.fresh() : term;
}

/** The value of a condition. It is not kept, so it may nest deeper: who asks the same of the same value gets the same answer. */
export function evaluateCondition(expr: Expr, from: Valuation): Term {
  return termOf(expr, from, new Map());
}

/** Text without the characters that terms are built with. */
export function plain(text: string): string {
  return text.replace(/[ ()#\\\n,|=]/g, (c) => `\\${c.charCodeAt(0).toString(16)};`);
}

/** An integer as a term, however it is written. */
export function intTerm(text: string): Term {
  return /^-?\d+$/.test(text) ? `i:${BigInt(text)}` : `i:${plain(text)}`;
}

export function isConstant(term: Term): boolean {
  return /^[ifsbc]:/.test(term);
}

function depth(term: Term): number {
  let level = 0;
  let most = 0;
  for (const c of term) {
    if (c === '(') most = Math.max(most, ++level);
    else if (c === ')') level--;
  }
  return most;
}

/** The parts of `(f a b)`. */
export function partsOf(term: Term): Term[] {
  if (!term.startsWith('(')) return [];
  const parts: Term[] = [];
  let level = 0;
  let start = 1;
  for (let i = 1; i < term.length - 1; i++) {
    const c = term[i];
    if (c === '(') level++;
    else if (c === ')') level--;
    else if (c === ' ' && level === 0) {
      parts.push(term.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(term.slice(start, -1));
  return parts;
}

function termOf(expr: Expr, from: Valuation, bound: ReadonlyMap<string, Term>): Term {
  const go = (e: Expr): Term => termOf(e, from, bound);
  switch (expr.kind) {
    case 'int': return intTerm(expr.text);
    case 'float': return `f:${expr.text}`;
    case 'string': return `s:${plain(expr.value)}`;
    case 'bool': return `b:${expr.value}`;
    case 'none': return 'c:none';
    case 'name': {
      const name = expr.name.text;
      return bound.get(name) ?? from.variable(name) ?? (isCase(name, from.scope) ? `c:${plain(name)}` : from.fresh());
    }
    case 'list': return `(list${expr.items.map((i) => ` ${go(i)}`).join('')})`;
    case 'tuple': return `(tuple${expr.items.map((i) => ` ${go(i)}`).join('')})`;
    case 'call': {
      const name = expr.callee.text;
      const args = expr.args.map((a) => ` ${a.name ? `${plain(a.name.text)}:` : ''}${go(a.value)}`).join('');
      if (from.variable(name) !== undefined || !isPure(name, from.scope, new Set())) return from.fresh();
      const built = name === 'some' || isCase(name, from.scope) || from.scope.lookup(name)?.declaration.kind === 'record';
      return `(${built ? 'new' : 'call'} ${plain(name)}${args})`;
    }
    case 'field': return `(field ${plain(expr.name.text)} ${go(expr.receiver)})`;
    case 'index': return `(index ${go(expr.receiver)} ${go(expr.index)})`;
    case 'update': return `(with ${go(expr.receiver)}${expr.fields.map((f) => ` ${plain(f.name.text)} ${go(f.value)}`).join('')})`;
    case 'unary': return expr.operator === 'not' ? negation(go(expr.operand)) : arithmetic('-', 'i:0', go(expr.operand));
    case 'binary': return binary(expr.operator, go(expr.left), go(expr.right));
    case 'lambda': {
      const inner = new Map([...bound, ...expr.params.map((p, i): [string, Term] => [p.text, `%${bound.size + i}`])]);
      return `(fn ${expr.params.length} ${termOf(expr.body, from, inner)})`;
    }
    case 'if': return `(if ${go(expr.condition)} ${go(expr.then)} ${go(expr.else)})`;
    case 'match': {
      const arms = expr.arms.map((arm) => {
        const inner = new Map([...bound, ...bindersOf(arm.pattern, from.scope).map((v): [string, Term] => [v, `%${plain(v)}`])]);
        return ` ${plain(printPattern(arm.pattern))} ${termOf(arm.body, from, inner)}`;
      });
      return `(match ${go(expr.value)}${arms.join('')}${expr.else ? ` else ${go(expr.else)}` : ''})`;
    }
  }
}

function negation(term: Term): Term {
  if (term === 'b:true') return 'b:false';
  if (term === 'b:false') return 'b:true';
  return term.startsWith('(not ') ? term.slice(5, -1) : `(not ${term})`;
}

function integer(term: Term): bigint | undefined {
  return /^i:-?\d+$/.test(term) ? BigInt(term.slice(2)) : undefined;
}

function arithmetic(operator: '+' | '-' | '*', left: Term, right: Term): Term {
  const a = integer(left);
  const b = integer(right);
  if (a !== undefined && b !== undefined) {
    const value = operator === '+' ? a + b : operator === '-' ? a - b : a * b;
    if (value <= largest && value >= -largest) return `i:${value}`;
  }
  return `(${operator} ${left} ${right})`;
}

function binary(operator: Extract<Expr, { kind: 'binary' }>['operator'], left: Term, right: Term): Term {
  switch (operator) {
    case 'and': case 'or': return `(${operator} ${left} ${right})`;
    case '!=': return negation(equality(left, right));
    case '==': return equality(left, right);
    case '<': return less(left, right);
    case '>': return less(right, left);
    case '>=': return negation(less(left, right));
    case '<=': return negation(less(right, left));
    case '+': case '-': case '*': return arithmetic(operator, left, right);
    case '/': case '%': return `(${operator} ${left} ${right})`;
  }
}

function less(left: Term, right: Term): Term {
  const a = integer(left);
  const b = integer(right);
  if (a !== undefined && b !== undefined) return `b:${a < b}`;
  return left === right ? 'b:false' : `(< ${left} ${right})`;
}

function equality(left: Term, right: Term): Term {
  if (left === right && !left.startsWith('f:')) return 'b:true';
  if (isConstant(left) && isConstant(right) && left[0] !== 'f' && right[0] !== 'f') return 'b:false';
  if (left === 'b:true') return right;
  if (right === 'b:true') return left;
  if (left === 'b:false') return negation(right);
  if (right === 'b:false') return negation(left);
  if (isConstant(left)) return `(== ${right} ${left})`;
  if (isConstant(right)) return `(== ${left} ${right})`;
  return left < right ? `(== ${left} ${right})` : `(== ${right} ${left})`;
}

/** Whether a function gives the same result for the same arguments: it is not, and uses no, host function. */
function isPure(name: string, scope: Scope, seen: Set<string>): boolean {
  if (seen.has(name)) return true;
  seen.add(name);
  const found = scope.lookup(name);
  if (!found) return !scope.isLost(name);
  if (found.declaration.kind === 'extern-function') return false;
  if (found.declaration.kind !== 'function') return true;
  const there = found.uri === scope.file.uri ? scope : scope.at(found.uri);
  let pure = there !== undefined;
  walkExpr(found.declaration.body, (e) => {
    if (there && e.kind === 'call' && !isPure(e.callee.text, there, seen)) pure = false;
  });
  return pure;
}
