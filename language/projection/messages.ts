// What a message is at its two ends, and how the code of a called choreography is put into the names of its caller.
import { labelName } from '../ir/choreography.js';
import type { Communication, Gather } from '../ir/choreography.js';
import type { Expr, Name, TextRange, Pattern } from '../ir/expression.js';
import { bindersOf } from '../scoping/cases.js';
import { isEffectful } from '../scoping/effects.js';
import type { Scope } from '../scoping/scope.js';
import { printExpr } from '../syntax/print.js';
import type { Leaf, LeafAction, Node, ReceiveNode } from './behaviour.js';
import type { RoleRef } from '../ir/role.js';
import { mapTarget, variableOfTarget, variableTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';
import type { LocalGather } from '../ir/process.js';

/**
 * What one role does in a communication.
 * @param fresh gives a name that no variable has: a value that may not be computed twice is kept in it
 * @returns its sends, or its receives; nothing where it takes no part
 */
export function messagesOf(
  communication: Communication,
  role: string,
  scope: Scope,
  fresh: () => string,
): readonly (Leaf | ReceiveNode)[] {
  const { sender, value, receivers, label, origin } = communication;
  const sends = sender.key === role;
  if (!sends && !receivers.some((receiver) => receiver.role.key === role)) return none;
  const nodes: (Leaf | ReceiveNode)[] = [];
  if (sends) {
    const others = receivers.filter((receiver) => receiver.role.key !== role);
    let sent = value;
    if (value && others.length > 1 && isEffectful(value, scope)) {
      // One message to each, but computed once.
      const variable: Name = { text: fresh(), origin: value.origin, written: printExpr(value) };
      nodes.push({
        kind: 'leaf',
        action: { kind: 'assignment', into: variableTarget(variable), value, origins: [origin] },
      });
      sent = { kind: 'name', name: variable, origin: value.origin };
    }
    for (const receiver of others)
      nodes.push({
        kind: 'leaf',
        action: { kind: 'send', value: sent, receiver: receiver.role, label, origins: [origin] },
      });
    return nodes;
  }
  for (const receiver of receivers) {
    if (receiver.role.key !== role) continue;
    const arm = {
      sender,
      label: labelName(label),
      into: receiver.into,
      types: label?.types ?? [],
      carries: !!value,
      body: undefined,
      origins: [origin],
    };
    nodes.push({ kind: 'receive', arms: [arm], origins: [origin] });
  }
  return nodes;
}

/** What the receiver of several messages does. */
export function gatherOf({ senders, receiver, quorum, label, origin }: Gather): LocalGather {
  return {
    kind: 'gather',
    senders: senders.map(({ role }) => role),
    variable: variableOfTarget(receiver.into),
    types: receiver.into ? [] : (label?.types ?? []),
    origins: [origin],
    label: labelName(label),
    quorum,
  };
}

const none: readonly (Leaf | ReceiveNode)[] = [];

/** Other names for the roles and variables of some code. */
export interface Renaming {
  readonly roles: ReadonlyMap<string, RoleRef>;
  readonly variables: ReadonlyMap<string, string>;
  /** Values that all know, as what the caller gives for them. */
  readonly values: ReadonlyMap<string, Expr>;
  /** Names that nobody wrote, with what the authors call what has them. */
  readonly invented: ReadonlyMap<string, string>;
  /** The names of the file that the code is from. */
  readonly scope: Scope;
  /** Where the code is to stand in the source, for code of another file. */
  readonly at?: TextRange;
}

/** A role, or a variable, under its other name. */
function renameRole(role: RoleRef, { roles, at }: Renaming): RoleRef {
  const other = roles.get(role.key) ?? role;
  const origin = at ?? role.origin;
  return { ...other, name: { ...other.name, origin }, origin };
}

export function renameVariable(name: Name, { variables, invented, at }: Renaming): Name {
  const text = variables.get(name.text) ?? name.text;
  const written = text === name.text ? name.written : invented.get(text);
  return { text, origin: at ?? name.origin, ...(written === undefined ? {} : { written }) };
}

function moved(name: Name, { at }: Renaming): Name {
  return at ? { ...name, origin: at } : name;
}

/** The same where these names are bound anew. */
function without(renaming: Renaming, names: readonly string[]): Renaming {
  if (!names.some((name) => renaming.variables.has(name) || renaming.values.has(name))) return renaming;
  const [variables, values] = [new Map(renaming.variables), new Map(renaming.values)];
  for (const name of names) {
    variables.delete(name);
    values.delete(name);
  }
  return { ...renaming, variables, values };
}

/** What takes a value, with its variables under their other names. */
function renameTarget(target: Target, renaming: Renaming): Target {
  const other = mapTarget(target, (name) => renameVariable(name, renaming));
  return other.kind === 'pattern' && renaming.at
    ? { kind: 'pattern', pattern: movedPattern(other.pattern, renaming.at) }
    : other;
}

function movedPattern(pattern: Pattern, origin: TextRange): Pattern {
  switch (pattern.kind) {
    case 'literal':
    case 'none':
      return { ...pattern, origin };
    case 'tuple':
      return { ...pattern, items: pattern.items.map((item) => movedPattern(item, origin)), origin };
    case 'constructor':
      return {
        ...pattern,
        name: { ...pattern.name, origin },
        args: pattern.args?.map((arg) => movedPattern(arg, origin)),
        origin,
      };
  }
}

/** A pattern of a decision, with the variables that it binds under their other names. */
export function renamePattern(pattern: Pattern, renaming: Renaming): Pattern {
  const origin = renaming.at ?? pattern.origin;
  switch (pattern.kind) {
    case 'literal':
    case 'none':
      return { ...pattern, origin };
    case 'tuple':
      return { ...pattern, items: pattern.items.map((item) => renamePattern(item, renaming)), origin };
    case 'constructor': {
      const binds = !pattern.args && bindersOf(pattern, renaming.scope).length > 0;
      return {
        ...pattern,
        name: binds ? renameVariable(pattern.name, renaming) : moved(pattern.name, renaming),
        args: pattern.args?.map((arg) => renamePattern(arg, renaming)),
        origin,
      };
    }
  }
}

/**
 * An expression with its variables under their other names. No variable may get a name that the expression binds
 * itself.
 */
export function renameExpr(expr: Expr, renaming: Renaming): Expr {
  const one = (inner: Expr): Expr => renameExpr(inner, renaming);
  const origin = renaming.at ?? expr.origin;
  switch (expr.kind) {
    case 'int':
    case 'float':
    case 'string':
    case 'bool':
    case 'none':
      return { ...expr, origin };
    case 'name':
      return renaming.values.get(expr.name.text) ?? { ...expr, name: renameVariable(expr.name, renaming), origin };
    case 'list':
    case 'tuple':
      return { ...expr, items: expr.items.map(one), origin };
    case 'call':
      return {
        ...expr,
        callee: moved(expr.callee, renaming),
        args: expr.args.map((arg) => ({ ...arg, value: one(arg.value) })),
        origin,
      };
    case 'field':
      return { ...expr, receiver: one(expr.receiver), origin };
    case 'index':
      return { ...expr, receiver: one(expr.receiver), index: one(expr.index), origin };
    case 'update':
      return {
        ...expr,
        receiver: one(expr.receiver),
        fields: expr.fields.map((field) => ({ ...field, value: one(field.value) })),
        origin,
      };
    case 'unary':
      return { ...expr, operand: one(expr.operand), origin };
    case 'binary':
      return { ...expr, left: one(expr.left), right: one(expr.right), origin };
    case 'lambda':
      return {
        ...expr,
        body: renameExpr(
          expr.body,
          without(
            renaming,
            expr.params.map((param) => param.text),
          ),
        ),
        origin,
      };
    case 'let':
      return {
        ...expr,
        value: one(expr.value),
        body: renameExpr(expr.body, without(renaming, bindersOf(expr.pattern, renaming.scope))),
        origin,
      };
    case 'if':
      return { ...expr, condition: one(expr.condition), then: one(expr.then), else: one(expr.else), origin };
    case 'match':
      return {
        ...expr,
        value: one(expr.value),
        else: expr.else && one(expr.else),
        origin,
        arms: expr.arms.map((arm) => ({
          ...arm,
          body: renameExpr(arm.body, without(renaming, bindersOf(arm.pattern, renaming.scope))),
        })),
      };
  }
}

function renameAction(action: LeafAction, renaming: Renaming): LeafAction {
  const origins = renaming.at ? [renaming.at] : action.origins;
  switch (action.kind) {
    case 'send': {
      const label = action.label && (renaming.at ? { ...action.label, origin: renaming.at } : action.label);
      return {
        ...action,
        value: action.value && renameExpr(action.value, renaming),
        receiver: renameRole(action.receiver, renaming),
        label,
        origins,
      };
    }
    case 'gather':
      return {
        ...action,
        senders: action.senders.map((sender) => renameRole(sender, renaming)),
        variable: action.variable && renameVariable(action.variable, renaming),
        label: action.label && moved(action.label, renaming),
        origins,
        quorum: action.quorum && {
          ...action.quorum,
          by: action.quorum.by && renameVariable(action.quorum.by, renaming),
        },
      };
    case 'assignment':
      return {
        ...action,
        into: renameTarget(action.into, renaming),
        value: renameExpr(action.value, renaming),
        origins,
      };
    case 'effect':
      return { ...action, value: renameExpr(action.value, renaming), origins };
    case 'call':
      return {
        ...action,
        callee: moved(action.callee, renaming),
        into: action.into && renameTarget(action.into, renaming),
        origins,
        args: action.args.map((arg) => ({
          role: renameRole(arg.role, renaming),
          inputs: arg.inputs.map((input) => renameExpr(input, renaming)),
        })),
        ...(action.values ? { values: action.values.map((value) => renameExpr(value, renaming)) } : {}),
      };
    case 'continue':
    case 'hole':
      return { ...action, origins };
  }
}

/** A leaf, or a receive whose branches are empty, in other names. */
export function renameNode<N extends Node & (Leaf | ReceiveNode)>(node: N, renaming: Renaming): N {
  if (node.kind === 'leaf') return { ...node, action: renameAction(node.action, renaming) };
  const origins = renaming.at ? [renaming.at] : node.origins;
  return {
    ...node,
    origins,
    arms: node.arms.map((arm) => ({
      ...arm,
      sender: renameRole(arm.sender, renaming),
      origins: renaming.at ? [renaming.at] : arm.origins,
      label: arm.label && (renaming.at ? { ...arm.label, origin: renaming.at } : arm.label),
      into: arm.into && renameTarget(arm.into, renaming),
    })),
  };
}
