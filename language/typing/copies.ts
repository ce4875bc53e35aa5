// Which variables hold copies of one value: by plain assignments and messages. Of a choreography or a network, as its
// text stands.
import type { Choreography } from '../ir/choreography.js';
import { takersIn, walkBlock } from '../ir/choreography.js';
import type { Expr, Name, Param, Pattern, TextRange } from '../ir/expression.js';
import { childrenOf, namesOf, walkExpr } from '../ir/expression.js';
import type { MessageKind } from '../ir/message.js';
import { ByMessage } from '../ir/message.js';
import type { Located } from '../ir/role.js';
import type { Network } from '../ir/process.js';
import { variablesGathered, walkActions } from '../ir/process.js';
import { namesOfTarget, originOfTarget, variableOfTarget, variableTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';

/** Copies of one value. */
export interface Copies {
  /** One of the variables that hold it, as messages call it: `B.price`, in a process `price`. */
  readonly name: string;
  /**
   * Where the value comes from: expressions that are no copies, the types of inputs and of what is received, and the
   * results of calls.
   */
  readonly sources: readonly Source[];
  /** Where it is read, but for copying it. */
  readonly reads: readonly TextRange[];
}

export interface Source {
  readonly origin: TextRange;
  /** `result`: that of a call, or a part of a value that a pattern takes apart. */
  readonly written: 'value' | 'type' | 'result';
}

export interface CopiesIn {
  /** What is read at a place where a variable stands alone, as its whole expression or as what is received into. */
  at(origin: TextRange): Copies | undefined;
  /** What the expression or pattern there is compared with, assigned to or sent into. */
  against(origin: TextRange): { readonly copies: Copies; readonly read?: TextRange } | undefined;
  /** What messages of a kind carry: one for each place where they are sent. */
  carriedBy(message: MessageKind): readonly Copies[];
}

interface Node {
  parent?: Node;
  name: string;
  sources: Source[];
  reads: TextRange[];
}

const keyOf = ({ start, end }: TextRange): string => `${start}:${end}`;

function rootOf(node: Node): Node {
  let root = node;
  while (root.parent) root = root.parent;
  if (node !== root) node.parent = root;
  return root;
}

/**
 * The copies in a declaration.
 * @param broken tells the places where types do not fit: nothing is copied there
 * Cost: linear in the declaration
 */
export function copiesIn(declaration: Choreography | Network, broken: (origin: TextRange) => boolean): CopiesIn {
  const variables = new Map<string, Node>();
  const messages = new ByMessage<Node[]>();
  const standing = new Map<string, Node>();
  const opposite = new Map<string, { readonly node: Node; readonly read?: TextRange }>();
  const written =
    declaration.kind === 'choreography'
      ? (role: string, name: string) => `${role}.${name}`
      : (_: string, name: string) => name;

  const declare = (role: string, { text }: Name): Node => {
    const key = `${role}.${text}`;
    let node = variables.get(key);
    if (!node) variables.set(key, (node = { name: written(role, text), sources: [], reads: [] }));
    return node;
  };
  const join = (one: Node, other: Node): void => {
    const [a, b] = [rootOf(one), rootOf(other)];
    if (a === b) return;
    b.parent = a;
    a.name ||= b.name;
    a.sources.push(...b.sources);
    a.reads.push(...b.reads);
  };
  const inputs = (role: string, params: readonly Param[]): void =>
    params.forEach((param) => {
      declare(role, param.name).sources.push({ origin: param.type.origin, written: 'type' });
    });
  /** The variable that an expression is, where it is no more than that. */
  const variableOf = (role: string, expr: Expr): Node | undefined =>
    expr.kind === 'name' ? variables.get(`${role}.${expr.name.text}`) : undefined;

  /** Notes what is read in an expression, which is no copy. */
  const read = (role: string, expr: Expr, bound: ReadonlySet<string> = new Set()): void => {
    if (expr.kind === 'name') {
      const node = bound.has(expr.name.text) ? undefined : variableOf(role, expr);
      if (!node) return;
      rootOf(node).reads.push(expr.origin);
      standing.set(keyOf(expr.origin), node);
      return;
    }
    const own = boundIn(expr);
    const inner = own.length > 0 ? new Set([...bound, ...own]) : bound;
    for (const child of childrenOf(expr))
      read(role, child, expr.kind === 'let' && child === expr.value ? bound : inner);
    if (expr.kind === 'binary') compared(role, expr.left, expr.right.origin);
    if (expr.kind === 'match') for (const arm of expr.arms) patterns(role, expr.value, arm.pattern);
  };
  const compared = (role: string, left: Expr, right: TextRange): void => {
    const node = variableOf(role, left);
    if (node) opposite.set(keyOf(right), { node, read: left.origin });
  };
  const patterns = (role: string, value: Expr, pattern: Pattern | undefined): void => {
    if (pattern) compared(role, value, pattern.origin);
  };
  /** Nothing is concluded from what has a wrong part. */
  const isBroken = (value: Expr): boolean => {
    let found = false;
    walkExpr(value, ({ origin }) => {
      found ||= broken(origin);
    });
    return found;
  };
  /** A value that goes into a variable or a message. */
  const copied = (role: string, value: Expr, into: Node): void => {
    opposite.set(keyOf(value.origin), { node: into });
    const from = variableOf(role, value);
    if (!from) {
      read(role, value);
      if (!isBroken(value)) rootOf(into).sources.push({ origin: value.origin, written: 'value' });
      return;
    }
    standing.set(keyOf(value.origin), from);
    if (!broken(value.origin)) join(from, into);
  };
  /** A variable that takes a whole value; what is in a pattern takes parts, which are copies of nothing. */
  const declareTarget = (role: string, into: Target, origin: TextRange): Node | undefined => {
    if (into.kind === 'variable') return declare(role, into.name);
    for (const name of namesOfTarget(into)) declare(role, name).sources.push({ origin, written: 'result' });
    return undefined;
  };
  const assigned = (role: string, value: Expr, into: Target, at = role): void => {
    if (into.kind === 'variable') copied(role, value, declare(at, into.name));
    else read(role, value);
  };
  const guards = (all: readonly Located[], branches: readonly { readonly pattern?: Pattern }[]): void => {
    for (const { role, value } of all) read(role.name.text, value);
    const [first, ...others] = all;
    if (!first) return;
    for (const { value } of others) compared(first.role.key, first.value, value.origin);
    for (const { pattern } of branches) patterns(first.role.key, first.value, pattern);
  };
  /** What is sent at one place, by messages of some kinds. */
  const sent = (kinds: readonly MessageKind[]): Node => {
    const node: Node = { name: '', sources: [], reads: [] };
    for (const kind of kinds) messages.set(kind, [...(messages.get(kind) ?? []), node]);
    return node;
  };

  if (declaration.kind === 'choreography') {
    const { statements } = declaration.body;
    for (const role of declaration.roles) inputs(role.name.text, role.params);
    walkBlock(statements, (s) => {
      if (s.kind === 'communication' && s.implied) return;
      for (const { role, into } of takersIn(s)) {
        const node = declareTarget(role.name.text, into, s.origin);
        if (node && s.kind === 'gather') node.sources.push({ origin: originOfTarget(into), written: 'value' });
        if (node && s.kind === 'call') node.sources.push({ origin: s.callee.origin, written: 'result' });
      }
    });
    walkBlock(statements, (s) => {
      switch (s.kind) {
        case 'communication': {
          const { sender, value } = s;
          if (!value || s.implied) return;
          const carried = sent(
            s.receivers.map(({ role }) => ({ sender: sender.key, receiver: role.key, label: s.label?.name.text })),
          );
          for (const { role, into } of s.receivers)
            if (into?.kind === 'variable') join(declare(role.name.text, into.name), carried);
          copied(sender.name.text, value, carried);
          return;
        }
        case 'gather':
          for (const { role, value } of s.senders)
            if (value)
              copied(
                role.name.text,
                value,
                sent([{ sender: role.key, receiver: s.receiver.role.key, label: s.label?.name.text }]),
              );
          return;
        case 'assignment':
          if (!s.implied) assigned(s.role.name.text, s.value, s.into);
          return;
        case 'effect':
          read(s.role.name.text, s.value);
          return;
        case 'call':
          for (const { role, inputs: given } of s.args)
            given.forEach((each) => {
              read(role.name.text, each);
            });
          return;
        case 'decision':
          guards(s.guards, s.branches);
          for (const { role, into } of s.sent ?? [])
            if (into && s.guards[0]) assigned(s.guards[0].role.name.text, s.guards[0].value, into, role.name.text);
          return;
        case 'while':
          guards(s.guards, []);
          return;
        case 'continue':
        case 'leave':
        case 'rec':
        case 'for':
        case 'par':
        case 'at':
        case 'when':
      }
    });
    for (const { role, value } of declaration.returns) read(role.name.text, value);
  } else {
    for (const {
      name: { text: self },
      params,
      body,
    } of declaration.processes) {
      inputs(self, params);
      walkActions(body.actions, (a) => {
        if (a.kind === 'receive')
          for (const { into, types } of a.branches)
            if (into)
              declareTarget(self, into, originOfTarget(into))?.sources.push(
                ...types.map(({ origin }) => ({ origin, written: 'type' as const })),
              );
        if (a.kind === 'gather')
          for (const variable of variablesGathered(a))
            declareTarget(self, variableTarget(variable), variable.origin)?.sources.push({
              origin: variable.origin,
              written: 'value',
            });
        if (a.kind === 'assignment') declareTarget(self, a.into, a.value.origin);
        if (a.kind === 'call' && a.into)
          declareTarget(self, a.into, a.callee.origin)?.sources.push({ origin: a.callee.origin, written: 'result' });
      });
    }
    for (const {
      name: { text: self },
      body,
    } of declaration.processes) {
      walkActions(body.actions, (a) => {
        if (a.kind === 'send' && a.value)
          copied(self, a.value, sent([{ sender: self, receiver: a.receiver.key, label: a.label?.name.text }]));
      });
    }
    for (const {
      name: { text: self },
      body,
      returns,
    } of declaration.processes) {
      walkActions(body.actions, (a) => {
        switch (a.kind) {
          case 'receive':
            for (const { sender, into, types, label } of a.branches) {
              const variable = variableOfTarget(into);
              if (!variable) continue;
              const node = declare(self, variable);
              // Of several values, it depends on the order which one comes.
              const [carried, ...others] = (
                messages.get({ sender: sender.key, receiver: self, label: label?.text }) ?? []
              ).map(rootOf);
              standing.set(keyOf(variable.origin), node);
              if (!carried || others.some((other) => other !== carried)) continue;
              opposite.set(keyOf(variable.origin), { node: carried });
              if (types.length === 0 && !broken(variable.origin)) join(carried, node);
            }
            return;
          case 'assignment':
            assigned(self, a.value, a.into);
            return;
          case 'effect':
            read(self, a.value);
            return;
          case 'call':
            for (const { inputs: given } of a.args)
              given.forEach((each) => {
                read(self, each);
              });
            return;
          case 'if':
          case 'while':
            read(self, a.condition);
            return;
          case 'pick':
            read(self, a.value);
            return;
          case 'match':
            read(self, a.value);
            for (const { pattern } of a.cases) patterns(self, a.value, pattern);
            return;
          case 'choice':
          case 'continue':
          case 'gather':
          case 'hole':
          case 'leave':
          case 'rec':
          case 'send':
          case 'for':
          case 'par':
          case 'at':
          case 'when':
        }
      });
      if (returns) read(self, returns);
    }
  }
  return {
    at(origin) {
      const node = standing.get(keyOf(origin));
      return node && rootOf(node);
    },
    against(origin) {
      const found = opposite.get(keyOf(origin));
      return found && { copies: rootOf(found.node), ...(found.read ? { read: found.read } : {}) };
    },
    carriedBy: (kind) => (messages.get(kind) ?? []).map(rootOf),
  };
}

/** The names that an expression may bind for what is in it. */
function boundIn(expr: Expr): readonly string[] {
  if (expr.kind === 'lambda') return expr.params.map((param) => param.text);
  if (expr.kind === 'let') return namesOf(expr.pattern);
  return expr.kind === 'match' ? expr.arms.flatMap((arm) => namesOf(arm.pattern)) : [];
}
