// Trees of expressions, types and patterns to the core, and what choreographies and processes have in common.
import type * as ast from '../grammar/generated/ast.js';
import type { Placed } from '../grammar/tree.js';
import type { Label, MemberRange, Picked, Quorum, RoleArg, Statement } from '../ir/choreography.js';
import type {
  Arg,
  BinaryOperator,
  Expr,
  LiteralExpr,
  Name,
  TextRange,
  Param,
  Pattern,
  TypeExpr,
} from '../ir/expression.js';
import { argumentOf, noRole } from '../ir/argument.js';
import { membersOf, roleOf } from '../ir/role.js';
import type { Family, RoleRef } from '../ir/role.js';
import { patternTarget, variableTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';

/** The documentation of what a text declares, by the offset that it stands before. */
export type Documentation = ReadonlyMap<number, string>;

export class ExpressionLowering {
  /** The lists of members that are picked around, by their names. */
  private readonly lists = new Map<string, Picked>();

  /**
   * @param base where the text of the tree starts in its file
   * @param docs by offsets of the tree
   */
  constructor(
    protected readonly base: number,
    private readonly docs: Documentation,
  ) {}

  origin(node: Placed): TextRange {
    return { start: this.base + node.$start, end: this.base + node.$end };
  }

  name(ident: ast.Ident): Name {
    return { text: ident.name, origin: this.origin(ident) };
  }

  role(node: ast.RoleRef): RoleRef {
    const name = this.name(node.name);
    const origin = this.origin(node);
    if (node.others) return membersOf(name, { kind: 'others' }, origin);
    if (!node.index) return roleOf(name);
    const index = this.expr(node.index);
    const picked = !node.until && index.kind === 'name' ? this.lists.get(index.name.text) : undefined;
    if (picked?.of.name.text === name.text) {
      const { of, many } = picked;
      const part = of.index?.kind === 'part' ? { from: of.index.from, until: of.index.until } : undefined;
      return membersOf(
        name,
        {
          kind: 'picked',
          list: index,
          ...(part ? { part } : {}),
          ...(many?.count === undefined ? {} : { count: many.count }),
        },
        origin,
      );
    }
    return membersOf(
      name,
      node.until ? { kind: 'part', from: index, until: this.expr(node.until) } : { kind: 'member', at: index },
      origin,
    );
  }

  /**
   * What is picked.
   * @param body lowers what is done with it: a list of numbers means members in there
   */
  protected picked<T>(
    node: { readonly index: ast.Ident; readonly range: ast.RoleRef; readonly some?: boolean; readonly count?: string },
    body: (picked: Picked) => T,
  ): T {
    const index = this.name(node.index);
    const isMany = node.some === true || node.count !== undefined;
    const picked: Picked = {
      index,
      of: this.role(node.range),
      ...(isMany ? { many: node.count === undefined ? {} : { count: Number(node.count) } } : {}),
    };
    if (!isMany) return body(picked);
    const outer = this.lists.get(index.text);
    this.lists.set(index.text, picked);
    const found = body(picked);
    if (outer) this.lists.set(index.text, outer);
    else this.lists.delete(index.text);
    return found;
  }

  /**
   * The families of a header. Of one that has the size of another before it, the first says how large it may be.
   * @param nodes what stands in the header, in its order
   */
  families(nodes: readonly { readonly family?: ast.Family }[]): ReadonlyMap<ast.Family, Family> {
    const found = new Map<ast.Family, Family>();
    const bySize = new Map<string, Family>();
    for (const { family: node } of nodes) {
      if (!node) continue;
      const own = this.family(node);
      const first = own.size && bySize.get(own.size.text);
      if (own.size && !first) bySize.set(own.size.text, own);
      found.set(
        node,
        first
          ? {
              ...own,
              least: first.least,
              usual: first.usual,
              first: first.origin,
              ...(node.least !== undefined || node.usual !== undefined ? { redeclares: true } : {}),
            }
          : own,
      );
    }
    return found;
  }

  private family(node: ast.Family): Family {
    const fixed = node.fixed === undefined ? undefined : Number(node.fixed);
    return {
      size: node.size && this.name(node.size),
      least: fixed ?? Number(node.least ?? 0),
      usual: fixed ?? (node.usual === undefined ? undefined : Number(node.usual)),
      origin: this.origin(node),
    };
  }

  /** The numbers that a loop over members goes through. */
  protected range(node: ast.For | ast.LocalFor): MemberRange {
    if (node.range) return { kind: 'members', of: this.role(node.range) };
    return {
      kind: 'numbers',
      from: this.expr(node.from as ast.Expression),
      until: this.expr(node.until as ast.Expression),
    };
  }

  protected quorum(node: ast.Quorum): Quorum {
    return {
      origin: this.origin(node),
      ...(node.count.$type === 'Reference' && node.count.name.name === 'majority'
        ? {}
        : { count: this.expr(node.count) }),
      ...(node.by ? { by: this.name(node.by) } : {}),
    };
  }

  doc(node: Placed): string | undefined {
    return this.docs.get(node.$start);
  }

  param(node: ast.Param): Param {
    return { name: this.name(node.name), type: this.type(node.type), doc: this.doc(node) };
  }

  type(node: ast.Type): TypeExpr {
    if (node.$type === 'NamedType')
      return {
        kind: 'named',
        name: this.name(node.name),
        args: node.args.map((a) => this.type(a)),
        origin: this.origin(node),
      };
    const [first, ...rest] = node.items.map((item) => this.type(item));
    return first && rest.length === 0
      ? first
      : { kind: 'tuple', items: first ? [first, ...rest] : [], origin: this.origin(node) };
  }

  expr(node: ast.Expression): Expr {
    if (node.$type === 'Reference') {
      const name = this.name(node.name);
      return { kind: 'name', name, origin: name.origin };
    }
    const origin = this.origin(node);
    switch (node.$type) {
      case 'IntLiteral':
        return { kind: 'int', text: node.value, origin };
      case 'FloatLiteral':
        return { kind: 'float', text: node.value, origin };
      case 'StringLiteral':
        return { kind: 'string', value: node.value, origin };
      case 'BoolLiteral':
        return { kind: 'bool', value: node.value === 'true', origin };
      case 'NoneLiteral':
        return { kind: 'none', origin };
      case 'ListLiteral':
        return { kind: 'list', items: node.items.map((i) => this.expr(i)), origin };
      case 'Paren': {
        const [first, ...rest] = node.items.map((i) => this.expr(i));
        if (first && rest.length === 0) return { ...first, origin };
        return { kind: 'tuple', items: first ? [first, ...rest] : [], origin };
      }
      case 'Call': {
        const callee = node.callee as ast.Reference;
        return { kind: 'call', callee: this.name(callee.name), args: node.args.map((a) => this.arg(a)), origin };
      }
      case 'Field':
        return { kind: 'field', receiver: this.expr(node.receiver), name: this.name(node.name), origin };
      case 'Index':
        return { kind: 'index', receiver: this.expr(node.receiver), index: this.expr(node.index), origin };
      case 'Update':
        return {
          kind: 'update',
          receiver: this.expr(node.receiver),
          fields: node.fields.map((f) => ({ name: this.name(f.name), value: this.expr(f.value) })),
          origin,
        };
      case 'Unary':
        return { kind: 'unary', operator: node.operator, operand: this.expr(node.operand), origin };
      case 'Arithmetic':
      case 'Binary': {
        // The nodes of one chain of operators share a CST node: the origin is that of the operands.
        const left = this.expr(node.left);
        const right = this.expr(node.right);
        return {
          kind: 'binary',
          operator: node.operator as BinaryOperator,
          left,
          right,
          origin: { start: left.origin.start, end: right.origin.end },
        };
      }
      case 'Lambda':
        return { kind: 'lambda', params: node.params.map((p) => this.name(p)), body: this.expr(node.body), origin };
      case 'IfExpression':
        return {
          kind: 'if',
          condition: this.expr(node.condition),
          then: this.expr(node.then),
          else: this.expr(node.else),
          origin,
        };
      case 'LetExpression':
        return {
          kind: 'let',
          pattern: this.pattern(node.pattern),
          value: this.expr(node.value),
          body: this.expr(node.body),
          origin,
        };
      case 'MatchExpression':
        return {
          kind: 'match',
          value: this.expr(node.value),
          arms: node.arms.map((arm) => ({ pattern: this.pattern(arm.pattern), body: this.expr(arm.body) })),
          else: node.else && this.expr(node.else),
          origin,
        };
    }
  }

  protected arg(node: ast.Argument): Arg {
    return { name: node.name && this.name(node.name), value: this.expr(node.value) };
  }

  protected pattern(node: ast.Pattern): Pattern {
    const origin = this.origin(node);
    switch (node.$type) {
      case 'LiteralPattern': {
        const value = this.expr(node.literal);
        if (value.kind === 'none') return { kind: 'none', origin };
        return { kind: 'literal', value: value as LiteralExpr, negative: node.negative, origin };
      }
      case 'TuplePattern': {
        const [first, ...rest] = node.items.map((i) => this.pattern(i));
        return first && rest.length === 0 ? first : { kind: 'tuple', items: first ? [first, ...rest] : [], origin };
      }
      case 'ConstructorPattern':
        return {
          kind: 'constructor',
          name: this.name(node.name),
          args: node.args.length > 0 ? node.args.map((a) => this.pattern(a)) : undefined,
          origin,
        };
    }
  }

  /** What stands on the left of `=`; what can't stand there was reported as a syntax error (see syntax/targets.ts). */
  protected target(value: ast.Expression | undefined, fallback: TextRange): Target {
    if (value?.$type === 'Index' && value.receiver.$type === 'Reference')
      return variableTarget(this.name(value.receiver.name), this.expr(value.index));
    return value ? patternTarget(this.patternOf(value)) : variableTarget({ text: '_', origin: fallback });
  }

  /** What takes a value that a pattern is written for, perhaps with a place of a list behind it. */
  protected into(pattern: ast.Pattern, place: ast.Expression | undefined): Target {
    const into = patternTarget(this.pattern(pattern));
    return place && into.kind === 'variable' ? variableTarget(into.name, this.expr(place)) : into;
  }

  /** The pattern that was read as an expression. */
  private patternOf(value: ast.Expression): Pattern {
    const origin = this.origin(value);
    switch (value.$type) {
      case 'Reference':
        return { kind: 'constructor', name: this.name(value.name), origin };
      case 'Call':
        return {
          kind: 'constructor',
          name: this.name((value.callee as ast.Reference).name),
          args: value.args.map((arg) => this.patternOf(arg.value)),
          origin,
        };
      case 'Paren': {
        const [first, ...rest] = value.items.map((item) => this.patternOf(item));
        return first && rest.length === 0 ? first : { kind: 'tuple', items: first ? [first, ...rest] : [], origin };
      }
      case 'NoneLiteral':
        return { kind: 'none', origin };
      case 'IntLiteral':
      case 'FloatLiteral':
      case 'StringLiteral':
      case 'BoolLiteral':
        return { kind: 'literal', value: this.expr(value) as LiteralExpr, negative: false, origin };
      case 'Unary':
        if (value.operator === '-' && (value.operand.$type === 'IntLiteral' || value.operand.$type === 'FloatLiteral'))
          return { kind: 'literal', value: this.expr(value.operand) as LiteralExpr, negative: true, origin };
        break;
      case 'Arithmetic':
      case 'Binary':
      case 'Field':
      case 'IfExpression':
      case 'Index':
      case 'Lambda':
      case 'LetExpression':
      case 'ListLiteral':
      case 'MatchExpression':
      case 'Update':
        break;
    }
    return { kind: 'constructor', name: { text: '_', origin }, origin };
  }

  /** `_` is the label that a message has without one; only where its types are written, something is left of it. */
  protected label(node: ast.Label | undefined): Label | undefined {
    const name = node && this.labelOf(node.name, node.rounds);
    if (!node || (!name && node.types.length === 0)) return undefined;
    return {
      name: name ?? { text: '', origin: this.origin(node) },
      types: node.types.map((t) => this.type(t)),
      origin: this.origin(node),
    };
  }

  /** Undefined for `_`, which is none. */
  protected labelOf(node: ast.Ident, rounds: readonly ast.Expression[]): Name | undefined {
    const name = this.name(node);
    if (rounds.length > 0)
      return { ...name, text: name.text === '_' ? '' : name.text, rounds: rounds.map((each) => this.expr(each)) };
    return name.text === '_' ? undefined : name;
  }

  protected call(node: ast.Do): Extract<Statement, { kind: 'call' }> {
    return {
      kind: 'call',
      callee: this.name(node.callee),
      args: node.args.map((a) => this.roleArg(a)),
      takers: [],
      origin: this.origin(node),
    };
  }

  /** What is written as an expression may be a role, with its inputs, or a member. */
  private roleArg(node: ast.RoleArgument): RoleArg {
    const origin = this.origin(node);
    if (!node.value)
      return {
        role: node.role ? this.role(node.role) : noRole(origin),
        inputs: node.inputs.map((i) => this.expr(i)),
        origin,
      };
    return argumentOf(this.expr(node.value));
  }
}
