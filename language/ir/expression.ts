// The core of what one role computes alone: names, types, expressions and patterns, each with its place in the source.

/** A range of a file, in UTF-16 offsets. The file is that of the declaration around it. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** An identifier where it stands; `text` is without the escaping `^`. */
export interface Name {
  readonly text: string;
  readonly origin: TextRange;
  /** Where the name was invented: what its author calls it, for messages. */
  readonly written?: string;
}

export type TypeExpr =
  | { readonly kind: 'named'; readonly name: Name; readonly args: readonly TypeExpr[]; readonly origin: TextRange }
  | { readonly kind: 'tuple'; readonly items: readonly TypeExpr[]; readonly origin: TextRange };

export interface Param {
  readonly name: Name;
  readonly type: TypeExpr;
  readonly doc?: string;
}

export type BinaryOperator = 'or' | 'and' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

export interface NamedArg {
  readonly name: Name;
  readonly value: Expr;
}

export interface Arg {
  readonly name?: Name;
  readonly value: Expr;
}

export type Expr =
  | { readonly kind: 'int'; readonly text: string; readonly origin: TextRange }
  | { readonly kind: 'float'; readonly text: string; readonly origin: TextRange }
  /** `value` is the text without quotes and escapes. */
  | { readonly kind: 'string'; readonly value: string; readonly origin: TextRange }
  | { readonly kind: 'bool'; readonly value: boolean; readonly origin: TextRange }
  | { readonly kind: 'none'; readonly origin: TextRange }
  | { readonly kind: 'list'; readonly items: readonly Expr[]; readonly origin: TextRange }
  /** Two items at least; brackets around a single expression leave no trace but its origin. */
  | { readonly kind: 'tuple'; readonly items: readonly Expr[]; readonly origin: TextRange }
  | { readonly kind: 'name'; readonly name: Name; readonly origin: TextRange }
  /** A function, an `extern`, a record or an enum case with its arguments. */
  | { readonly kind: 'call'; readonly callee: Name; readonly args: readonly Arg[]; readonly origin: TextRange }
  | { readonly kind: 'field'; readonly receiver: Expr; readonly name: Name; readonly origin: TextRange }
  | { readonly kind: 'index'; readonly receiver: Expr; readonly index: Expr; readonly origin: TextRange }
  | { readonly kind: 'update'; readonly receiver: Expr; readonly fields: readonly NamedArg[]; readonly origin: TextRange }
  | { readonly kind: 'unary'; readonly operator: 'not' | '-'; readonly operand: Expr; readonly origin: TextRange }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Expr; readonly right: Expr; readonly origin: TextRange }
  | { readonly kind: 'lambda'; readonly params: readonly Name[]; readonly body: Expr; readonly origin: TextRange }
  | { readonly kind: 'if'; readonly condition: Expr; readonly then: Expr; readonly else: Expr; readonly origin: TextRange }
  | { readonly kind: 'match'; readonly value: Expr; readonly arms: readonly Arm[]; readonly else?: Expr; readonly origin: TextRange };

export interface Arm {
  readonly pattern: Pattern;
  readonly body: Expr;
}

export type LiteralExpr = Extract<Expr, { kind: 'int' | 'float' | 'string' | 'bool' }>;

export type Pattern =
  | { readonly kind: 'literal'; readonly value: LiteralExpr; readonly negative: boolean; readonly origin: TextRange }
  | { readonly kind: 'none'; readonly origin: TextRange }
  | { readonly kind: 'tuple'; readonly items: readonly Pattern[]; readonly origin: TextRange }
  /**
   * An enum case, `some(p)`, the wildcard `_`, or a name that is bound, where it is no case (see scoping/cases.ts).
   * Without arguments `args` is undefined.
   */
  | { readonly kind: 'constructor'; readonly name: Name; readonly args?: readonly Pattern[]; readonly origin: TextRange };

/** Code with each invented name as its author calls it: for messages, and nothing else. Cost: linear in it */
export function asWritten<T>(code: T): T {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    const all = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item)]));
    return typeof all['written'] === 'string' ? { ...all, text: all['written'] } : all;
  };
  // The same shape comes out as went in.
  return visit(code) as T;
}

/** Calls `visit` for every expression below and including `expr`, parents first. */
export function walkExpr(expr: Expr, visit: (expr: Expr) => void): void {
  visit(expr);
  for (const child of childrenOf(expr)) walkExpr(child, visit);
}

/** The direct subexpressions, in source order. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'int': case 'float': case 'string': case 'bool': case 'none': case 'name': return [];
    case 'list': case 'tuple': return expr.items;
    case 'call': return expr.args.map((arg) => arg.value);
    case 'field': return [expr.receiver];
    case 'index': return [expr.receiver, expr.index];
    case 'update': return [expr.receiver, ...expr.fields.map((field) => field.value)];
    case 'unary': return [expr.operand];
    case 'binary': return [expr.left, expr.right];
    case 'lambda': return [expr.body];
    case 'if': return [expr.condition, expr.then, expr.else];
    case 'match': return [expr.value, ...expr.arms.map((arm) => arm.body), ...(expr.else ? [expr.else] : [])];
  }
}

/** The names in a type, in source order. */
export function namesIn(type: TypeExpr): readonly Name[] {
  return type.kind === 'tuple' ? type.items.flatMap(namesIn) : [type.name, ...type.args.flatMap(namesIn)];
}

/** The names that an expression reads or calls, but for those that are bound somewhere in it. */
export function freeNames(expr: Expr): ReadonlySet<string> {
  const used = new Set<string>();
  const bound = new Set<string>();
  const bind = (pattern: Pattern): void => {
    if (pattern.kind === 'tuple') pattern.items.forEach(bind);
    if (pattern.kind !== 'constructor') return;
    if (pattern.args) pattern.args.forEach(bind);
    else bound.add(pattern.name.text);
  };
  walkExpr(expr, (each) => {
    if (each.kind === 'name') used.add(each.name.text);
    if (each.kind === 'call') used.add(each.callee.text);
    if (each.kind === 'lambda') for (const param of each.params) bound.add(param.text);
    if (each.kind === 'match') for (const arm of each.arms) bind(arm.pattern);
  });
  for (const name of bound) used.delete(name);
  return used;
}
