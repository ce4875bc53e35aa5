// Trees of networks to the core.
import type * as ast from '../grammar/generated/ast.js';
import type { TextRange } from '../ir/expression.js';
import { ExpressionLowering } from './expression.js';
import type { Action, Channels, LocalBlock, LocalIf, Network, Process } from '../ir/process.js';

export class NetworkLowering extends ExpressionLowering {
  network(node: ast.Network): Pick<Network, 'channels' | 'implements' | 'processes'> {
    const channels: Channels = node.channels?.kind === 'sync' ? { kind: 'sync' }
      : node.channels?.kind === 'buffer' ? { kind: 'buffer', size: Number(node.channels.size) } : { kind: 'fifo' };
    return { channels, implements: node.choreography && this.name(node.choreography), processes: node.processes.map((p) => this.process(p)) };
  }

  private process(node: ast.Process): Process {
    return {
      name: this.name(node.name), params: node.params.map((p) => this.param(p)), result: node.resultType && this.type(node.resultType),
      body: { actions: this.actions(node.body.statements), origin: this.origin(node.body) },
      returns: node.body.return && this.expr(node.body.return), origin: this.origin(node), doc: this.doc(node),
    };
  }

  private localBlock(node: ast.ProcessBlock): LocalBlock {
    return { actions: this.actions(node.statements), origin: this.origin(node) };
  }

  private actions(nodes: readonly ast.Action[]): Action[] {
    return nodes.flatMap((node) => {
      if (node.$type === 'LocalBareBlock') return this.actions(node.block.statements);
      const lost = node.$type === 'LocalMatch' || node.$type === 'Receive' ? node.broken.flatMap((block) => this.actions(block.statements)) : [];
      return [this.action(node), ...lost];
    });
  }

  private action(node: Exclude<ast.Action, ast.LocalBareBlock>): Action {
    const origins = [this.origin(node)];
    switch (node.$type) {
      case 'Send': return {
        kind: 'send', value: node.value && this.expr(node.value), receiver: this.role(node.receiver), label: this.label(node.label), origins,
      };
      case 'Receive': return this.receive(node, origins);
      case 'LocalEffect': return { kind: 'effect', value: this.expr(node.value), origins };
      case 'LocalAssignment': {
        const variable = this.variable((node.target as ast.LocalEffect).value, this.origin(node));
        if (!node.call) return { kind: 'assignment', variable, value: this.expr(node.value as ast.Expression), origins };
        const { callee, args } = this.call(node.call);
        return { kind: 'call', callee, args, target: variable, origins };
      }
      case 'Do': {
        const { callee, args } = this.call(node);
        return { kind: 'call', callee, args, origins };
      }
      case 'LocalIf': return this.localIf(node);
      case 'LocalMatch': return {
        kind: 'match', value: this.expr(node.value), cases: node.cases.map((c) => ({ pattern: this.pattern(c.pattern), body: this.localBlock(c.body) })),
        else: node.else && this.localBlock(node.else), origins,
      };
      case 'LocalChoice': return { kind: 'choice', branches: node.branches.map((b) => this.localBlock(b)), origins };
      case 'LocalWhile': return { kind: 'while', condition: this.expr(node.condition), body: this.localBlock(node.body), origins };
      case 'LocalRec': return { kind: 'rec', name: this.name(node.name), body: this.localBlock(node.body), origins };
      case 'Leave': return { kind: 'leave', name: this.name(node.name), origins };
      case 'Continue': return { kind: 'continue', name: this.name(node.name), origins };
    }
  }

  private localIf(node: ast.LocalIf): LocalIf {
    const then = this.localBlock(node.then);
    const empty = { start: then.origin.end, end: then.origin.end };
    let orElse: LocalBlock = { actions: [], origin: empty };
    if (node.else) orElse = this.localBlock(node.else);
    else if (node.elseIf) orElse = { actions: [this.localIf(node.elseIf)], origin: this.origin(node.elseIf) };
    return { kind: 'if', condition: this.expr(node.condition), then, else: orElse, origins: [this.origin(node)] };
  }

  private receive(node: ast.Receive, origins: TextRange[]): Action {
    const sender = this.role(node.sender);
    if (!node.brace) {
      const label = this.label(node.label);
      const types = node.variable?.type ? [this.type(node.variable.type)] : label?.types ?? [];
      const [origin] = origins as [TextRange];
      const empty: LocalBlock = { actions: [], origin: { start: origin.end, end: origin.end } };
      const branch = { label: label?.name.text === '' ? undefined : label?.name, variable: node.variable && this.name(node.variable.name), types, body: empty, origins };
      return { kind: 'receive', form: 'single', sender, branches: [branch], origins };
    }
    const branches = node.branches.map((b) => {
      const binder = b.binders.length === 1 ? b.binders[0]?.name : undefined;
      return {
        label: b.label.name === '_' ? undefined : this.name(b.label), variable: binder && binder.name !== '_' ? this.name(binder) : undefined,
        types: b.binders.flatMap((x) => (x.type ? [this.type(x.type)] : [])), body: this.localBlock(b.body), origins: [this.origin(b)],
      };
    });
    return { kind: 'receive', form: 'branching', sender, branches, origins };
  }
}
