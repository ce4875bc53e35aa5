// Trees of networks to the core.
import type * as ast from '../grammar/generated/ast.js';
import { labelName } from '../ir/choreography.js';
import type { Picked, ValueParameter } from '../ir/choreography.js';
import type { Name, TextRange, TypeExpr } from '../ir/expression.js';
import { ExpressionLowering } from './expression.js';
import { roleOf } from '../ir/role.js';
import type { Target } from '../ir/target.js';
import type {
  Action,
  Channels,
  LocalBlock,
  LocalIf,
  LocalWhen,
  Members,
  Network,
  Process,
  ReceiveBranch,
} from '../ir/process.js';
import { variableOfTarget } from '../ir/target.js';

export class NetworkLowering extends ExpressionLowering {
  network(node: ast.Network): Pick<Network, 'channels' | 'implements' | 'families' | 'values' | 'processes'> {
    const channels: Channels =
      node.channels?.kind === 'sync'
        ? { kind: 'sync' }
        : node.channels?.kind === 'buffer'
          ? { kind: 'buffer', size: Number(node.channels.size) }
          : { kind: 'fifo' };
    const sizes = this.families(node.given);
    const families = node.given.flatMap((each) => {
      const family = each.family && sizes.get(each.family);
      return family ? [{ name: this.name(each.name), family, origin: this.origin(each) }] : [];
    });
    const values = node.given.flatMap((each): ValueParameter[] =>
      each.type
        ? [
            {
              kind: 'value',
              name: this.name(each.name),
              type: this.type(each.type),
              origin: this.origin(each),
              doc: this.doc(each),
            },
          ]
        : [],
    );
    return {
      channels,
      families,
      values,
      implements: node.choreography && this.name(node.choreography),
      processes: node.processes.map((p) => this.process(p)),
    };
  }

  private process(node: ast.Process): Process {
    return {
      name: this.name(node.name),
      members: node.members && this.members(node.members),
      ...(node.server ? { server: true } : {}),
      params: node.params.map((p) => this.param(p)),
      result: node.resultType && this.type(node.resultType),
      body: { actions: this.actions(node.body.statements), origin: this.origin(node.body) },
      returns: node.body.return && this.expr(node.body.return),
      origin: this.origin(node),
      doc: this.doc(node),
    };
  }

  private members({ index, from, until, at }: ast.ProcessMembers): Members {
    if (index && from && until)
      return { kind: 'part', index: this.name(index), from: this.expr(from), until: this.expr(until) };
    if (at?.$type === 'Reference') return { kind: 'all', index: this.name(at.name) };
    return { kind: 'one', at: this.expr(at as ast.Expression) };
  }

  private localBlock(node: ast.ProcessBlock): LocalBlock {
    return { actions: this.actions(node.statements), origin: this.origin(node) };
  }

  private actions(nodes: readonly ast.Action[]): Action[] {
    return nodes.flatMap((node) => {
      if (node.$type === 'LocalBareBlock') return this.actions(node.block.statements);
      const lost =
        node.$type === 'LocalMatch' || node.$type === 'Receive'
          ? node.broken.flatMap((block) => this.actions(block.statements))
          : [];
      return [this.action(node), ...lost];
    });
  }

  private action(node: Exclude<ast.Action, ast.LocalBareBlock>): Action {
    const origins = [this.origin(node)];
    switch (node.$type) {
      case 'Send':
        return {
          kind: 'send',
          value: node.value && this.expr(node.value),
          receiver: this.role(node.receiver),
          label: this.label(node.label),
          origins,
        };
      case 'Receive':
        return this.receive(node, origins);
      case 'LocalEffect':
        return { kind: 'effect', value: this.expr(node.value), origins };
      case 'LocalAssignment': {
        const into = this.target((node.target as ast.LocalEffect).value, this.origin(node));
        if (!node.call) return { kind: 'assignment', into, value: this.expr(node.value as ast.Expression), origins };
        const { callee, args } = this.call(node.call);
        return { kind: 'call', callee, args, into, origins };
      }
      case 'Do': {
        const { callee, args } = this.call(node);
        return { kind: 'call', callee, args, origins };
      }
      case 'LocalIf':
        return this.localIf(node);
      case 'LocalMatch':
        return {
          kind: 'match',
          value: this.expr(node.value),
          cases: node.cases.map((c) => ({ pattern: this.pattern(c.pattern), body: this.localBlock(c.body) })),
          else: node.else && this.localBlock(node.else),
          origins,
        };
      case 'LocalChoice':
        return { kind: 'choice', branches: node.branches.map((b) => this.localBlock(b)), origins };
      case 'LocalWhile':
        return { kind: 'while', condition: this.expr(node.condition), body: this.localBlock(node.body), origins };
      case 'LocalRec':
        return { kind: 'rec', name: this.name(node.name), body: this.localBlock(node.body), origins };
      case 'LocalFor':
        return {
          kind: 'for',
          ...(node.parallel ? { parallel: true } : {}),
          index: this.name(node.index),
          range: this.range(node),
          body: this.localBlock(node.body),
          origins,
        };
      case 'LocalPick':
        return this.picked(node, (pick) => ({
          kind: 'pick',
          ...pick,
          value: this.expr(node.value),
          body: this.localBlock(node.body),
          origins,
        }));
      case 'LocalPar':
        return { kind: 'par', branches: node.branches.map((b) => this.localBlock(b)), origins };
      case 'LocalAt':
        return { kind: 'at', body: this.localBlock(node.body), origins };
      case 'LocalWhen':
        return this.localWhen(node);
      case 'Leave':
        return { kind: 'leave', name: this.name(node.name), origins };
      case 'Continue':
        return { kind: 'continue', name: this.name(node.name), origins };
    }
  }

  private localIf(node: ast.LocalIf): LocalIf {
    return { kind: 'if', ...this.twoWays(node, node.elseIf && this.localIf(node.elseIf)) };
  }

  private localWhen(node: ast.LocalWhen): LocalWhen {
    return { kind: 'when', ...this.twoWays(node, node.elseWhen && this.localWhen(node.elseWhen)) };
  }

  /** @param next what stands behind `else` without braces */
  private twoWays(node: ast.LocalIf | ast.LocalWhen, next: LocalIf | LocalWhen | undefined): Omit<LocalIf, 'kind'> {
    const then = this.localBlock(node.then);
    const empty = { start: then.origin.end, end: then.origin.end };
    const orElse = node.else
      ? this.localBlock(node.else)
      : { actions: next ? [next] : [], origin: next?.origins[0] ?? empty };
    return { condition: this.expr(node.condition), then, else: orElse, origins: [this.origin(node)] };
  }

  private receive(node: ast.Receive, origins: TextRange[]): Action {
    const from = node.sender && this.role(node.sender);
    if (!node.brace && from) {
      const label = this.label(node.label);
      const types = node.binder?.type ? this.payload(node.binder.type) : (label?.types ?? []);
      if (node.senders.length > 0 || node.quorum) {
        return {
          kind: 'gather',
          senders: [from, ...node.senders.map((sender) => this.role(sender))],
          variable: node.binder && variableOfTarget(this.into(node.binder.into, undefined)),
          types,
          quorum: node.quorum && this.quorum(node.quorum),
          label: labelName(label),
          origins,
        };
      }
      const [origin] = origins as [TextRange];
      const empty: LocalBlock = { actions: [], origin: { start: origin.end, end: origin.end } };
      const branch = {
        sender: from,
        label: labelName(label),
        into: node.binder && this.into(node.binder.into, node.binder.place),
        types,
        body: empty,
        origins,
      };
      return { kind: 'receive', form: 'single', from, branches: [branch], origins };
    }
    const branches = node.branches.map((b): ReceiveBranch => {
      const { label, index, range, rounds, some, count } = b;
      const found = this.labelOf(label, rounds);
      const branch = (picked?: Picked): ReceiveBranch => ({
        // Where it is not said, and should be, that is a syntax error.
        sender: b.sender ? this.role(b.sender) : (from ?? roleOf({ text: '', origin: this.origin(b.label) })),
        ...labelOfBranch(found, picked),
        into: this.bound(b.binders),
        types:
          b.binders.length === 1 && b.binders[0]?.type
            ? this.payload(b.binders[0].type)
            : b.binders.flatMap((x) => (x.type ? [this.type(x.type)] : [])),
        body: this.localBlock(b.body),
        origins: [this.origin(b)],
      });
      return found && index && range
        ? this.picked({ index, range, some, ...(count === undefined ? {} : { count }) }, branch)
        : branch();
    });
    return { kind: 'receive', form: 'branching', ...(from ? { from } : {}), branches, origins };
  }

  /** The types of what a message carries: those of a tuple are several. */
  private payload(type: ast.Type): readonly TypeExpr[] {
    const written = this.type(type);
    return written.kind === 'tuple' ? written.items : [written];
  }

  /**
   * What takes a payload: several binders are those of a tuple. Undefined where all of it is dropped, as in a sketch,
   * `label(_: int, _: string)`.
   */
  private bound(binders: readonly ast.Binder[]): Target | undefined {
    const [first, ...others] = binders;
    if (!first || (binders.every(({ into }) => isDropped(into)) && (others.length === 0 || first.type)))
      return undefined;
    if (others.length === 0) return this.into(first.into, first.place);
    const origin = { start: this.origin(first).start, end: this.origin(others.at(-1) as ast.Binder).end };
    return {
      kind: 'pattern',
      pattern: { kind: 'tuple', items: binders.map(({ into }) => this.pattern(into)), origin },
    };
  }
}

function isDropped(pattern: ast.Pattern): boolean {
  return pattern.$type === 'ConstructorPattern' && pattern.name.name === '_' && pattern.args.length === 0;
}

/** The label of a branch; where a member was picked, with its number. */
function labelOfBranch(
  label: Name | undefined,
  pick: Picked | undefined,
): Partial<Pick<ReceiveBranch, 'label' | 'pick'>> {
  if (!label || !pick) return label ? { label } : {};
  const { index } = pick;
  return {
    label: { ...label, rounds: [{ kind: 'name', name: index, origin: index.origin }, ...(label.rounds ?? [])] },
    pick,
  };
}
