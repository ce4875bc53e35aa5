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
  /** Of a label: the numbers of the rounds around that go on at the same time, where the message carries them. */
  readonly rounds?: readonly Expr[];
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

/** What an order says of two values exactly if another does not; floats are always numbers. */
export const opposites: Partial<Record<BinaryOperator, BinaryOperator>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

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
  | {
      readonly kind: 'update';
      readonly receiver: Expr;
      readonly fields: readonly NamedArg[];
      readonly origin: TextRange;
    }
  | { readonly kind: 'unary'; readonly operator: 'not' | '-'; readonly operand: Expr; readonly origin: TextRange }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expr;
      readonly right: Expr;
      readonly origin: TextRange;
    }
  | { readonly kind: 'lambda'; readonly params: readonly Name[]; readonly body: Expr; readonly origin: TextRange }
  /** `let p = e in f`: the pattern takes every value. */
  | {
      readonly kind: 'let';
      readonly pattern: Pattern;
      readonly value: Expr;
      readonly body: Expr;
      readonly origin: TextRange;
    }
  | {
      readonly kind: 'if';
      readonly condition: Expr;
      readonly then: Expr;
      readonly else: Expr;
      readonly origin: TextRange;
    }
  | {
      readonly kind: 'match';
      readonly value: Expr;
      readonly arms: readonly Arm[];
      readonly else?: Expr;
      readonly origin: TextRange;
    };

export interface Arm {
  readonly pattern: Pattern;
  readonly body: Expr;
}

export type LiteralExpr = Extract<Expr, { kind: 'int' | 'float' | 'string' | 'bool' }>;

export type Pattern =
  | {
      readonly kind: 'literal';
      readonly value: LiteralExpr;
      readonly negative: boolean;
      /** Of members that are picked at a size: their numbers, for which the value stands. */
      readonly numbers?: readonly number[];
      readonly origin: TextRange;
    }
  | { readonly kind: 'none'; readonly origin: TextRange }
  | { readonly kind: 'tuple'; readonly items: readonly Pattern[]; readonly origin: TextRange }
  /**
   * An enum case, `some(p)`, the wildcard `_`, or a name that is bound, where it is no case (see scoping/cases.ts).
   * Without arguments `args` is undefined.
   */
  | {
      readonly kind: 'constructor';
      readonly name: Name;
      readonly args?: readonly Pattern[];
      readonly origin: TextRange;
    };

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
    case 'int':
    case 'float':
    case 'string':
    case 'bool':
    case 'none':
    case 'name':
      return [];
    case 'list':
    case 'tuple':
      return expr.items;
    case 'call':
      return expr.args.map((arg) => arg.value);
    case 'field':
      return [expr.receiver];
    case 'index':
      return [expr.receiver, expr.index];
    case 'update':
      return [expr.receiver, ...expr.fields.map((field) => field.value)];
    case 'unary':
      return [expr.operand];
    case 'binary':
      return [expr.left, expr.right];
    case 'lambda':
      return [expr.body];
    case 'let':
      return [expr.value, expr.body];
    case 'if':
      return [expr.condition, expr.then, expr.else];
    case 'match':
      return [expr.value, ...expr.arms.map((arm) => arm.body), ...(expr.else ? [expr.else] : [])];
  }
}

/** The names in a type, in source order. */
export function namesIn(type: TypeExpr): readonly Name[] {
  return type.kind === 'tuple' ? type.items.flatMap(namesIn) : [type.name, ...type.args.flatMap(namesIn)];
}

/**
 * The names that an expression reads or calls, where nothing in it binds them; a name in a pattern counts as bound.
 * Cost: linear
 */
export function freeNames(expr: Expr): ReadonlySet<string> {
  const used = new Set<string>();
  /** How many of what stands around bind a name. */
  const bound = new Map<string, number>();
  const use = ({ text }: Name): void => {
    if ((bound.get(text) ?? 0) === 0) used.add(text);
  };
  const within = (names: readonly string[], inner: Expr): void => {
    for (const name of names) bound.set(name, (bound.get(name) ?? 0) + 1);
    visit(inner);
    for (const name of names) bound.set(name, (bound.get(name) ?? 0) - 1);
  };
  const visit = (each: Expr): void => {
    switch (each.kind) {
      case 'name':
        use(each.name);
        return;
      case 'lambda':
        within(
          each.params.map((param) => param.text),
          each.body,
        );
        return;
      case 'let':
        visit(each.value);
        within(namesOf(each.pattern), each.body);
        return;
      case 'match':
        visit(each.value);
        for (const arm of each.arms) within(namesOf(arm.pattern), arm.body);
        if (each.else) visit(each.else);
        return;
      case 'call':
        use(each.callee);
        break;
      case 'binary':
      case 'bool':
      case 'field':
      case 'float':
      case 'if':
      case 'index':
      case 'int':
      case 'list':
      case 'none':
      case 'string':
      case 'tuple':
      case 'unary':
      case 'update':
        break;
    }
    childrenOf(each).forEach(visit);
  };
  visit(expr);
  return used;
}

/**
 * The names in a pattern that may be bound there, in order: all that stand without brackets. Which of them are cases,
 * scoping/cases.ts knows.
 */
export function namesOf(pattern: Pattern): readonly string[] {
  switch (pattern.kind) {
    case 'literal':
    case 'none':
      return [];
    case 'tuple':
      return pattern.items.flatMap(namesOf);
    case 'constructor':
      return pattern.args ? pattern.args.flatMap(namesOf) : [pattern.name.text];
  }
}
