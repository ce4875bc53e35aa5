// What one role does in a choreography as an automaton: what others decide is a silent step to one of several states, for the
// role can't see it. Calls are steps that can be unfolded: what they lead to is then part of the automaton.
import type { Call, Choreography, Communication, Decision, Rec, Statement, While } from '../ir/choreography.js';
import type { Expr, Name, Origin } from '../ir/expression.js';
import type { Hole } from '../ir/process.js';
import type { Scope } from '../scoping/scope.js';
import type { Leaf } from './behaviour.js';
import { isEffectful } from '../values/effects.js';
import { endingsOf, reached } from './endings.js';
import { canStandIn, ownVariables, variablesOf } from './inline.js';
import { calleeOf } from './callee.js';
import { rolesOfCall } from './involvement.js';
import { messagesOf, renameExpr, renameNode, renameVariable } from './messages.js';
import type { Renaming } from './messages.js';
import { closureOf, nextOf, reads, resolve, usesOf } from './states.js';
import type { Calling, Deciding, End, Fork, Frame, Silent, State } from './states.js';

interface Around { readonly frame: Frame; readonly loops: ReadonlyMap<string, State> }

export class Automaton {
  /** The end of the role. */
  readonly end: End;
  private count = 0;
  /** Where the role never does anything again. */
  private readonly never: Silent = { kind: 'silent', id: this.count++, next: [] };
  /** The decisions, loops and calls of the outermost choreography. */
  private readonly forks = new Map<Statement, Fork>();
  private readonly loops = new Map<Statement, State>();
  /** The choreographies that are part of it, by what they are called with. */
  private readonly entries = new Map<string, { readonly start: State; readonly params: readonly Name[] }>();
  private readonly unfolded = new Map<number, State | undefined>();
  private readonly taken: Set<string>;
  /** The choreographies whose states are being made. */
  private building = 0;
  private live = new Map<string, boolean>();

  /**
   * @param role the role; `without` has the communications to leave out
   * Cost: linear in the choreography, and in a called one for each call that is unfolded
   */
  constructor(choreography: Choreography, role: string, private readonly scope: Scope, private readonly without: ReadonlySet<Communication> | undefined) {
    this.taken = new Set(variablesOf(choreography));
    const returns = choreography.returns?.role.text === role ? choreography.returns.value : undefined;
    this.end = { kind: 'end', id: this.fresh(), returns };
    const frame: Frame = { choreography, scope, role };
    const start: Silent = { kind: 'silent', id: this.fresh(), next: [] };
    // Where it calls itself at its end, it is there again; but a result that is still to be given needs the variables as they are.
    if (!returns) {
      const { ends } = endingsOf({ choreography, scope, uri: scope.file.uri });
      const params = choreography.roles.find((r) => r.name.text === role)?.params.map((param) => param.name) ?? [];
      this.entries.set(`${frameKey(scope.file.uri, choreography, choreography.roles.map((r) => r.name), ends ? this.end : this.never)} `, { start, params });
    }
    this.building++;
    start.next = [this.block(choreography.body.statements, this.end, { frame, loops: new Map() })];
    this.building--;
  }

  /** The ways through a decision or loop of others, or a call that may not end; undefined where the role does nothing in them. */
  forkOf(statement: Statement): Fork | undefined {
    return this.forks.get(statement);
  }

  headOf(loop: Rec | While): State | undefined {
    return this.loops.get(loop);
  }

  /** From here on, a decision is a gap: what merges with it is not looked at. */
  giveUp(statement: Statement, action: Hole): void {
    const fork = this.forks.get(statement);
    if (fork) fork.head.next = [{ kind: 'gap', id: this.fresh(), action }];
    this.live = new Map();
  }

  private fresh(): number {
    return this.count++;
  }

  private block(statements: readonly Statement[], next: State, around: Around): State {
    return reached(statements, around.frame.scope).reduceRight((after, statement) => this.statement(statement, after, around), next);
  }

  private statement(statement: Statement, next: State, around: Around): State {
    const { frame } = around;
    switch (statement.kind) {
      case 'communication': return this.without?.has(statement) ? next : this.communication(statement, next, frame);
      case 'assignment':
        return statement.role.text !== frame.role ? next
          : this.do({ kind: 'leaf', action: { kind: 'assignment', variable: statement.variable, value: statement.value, origins: [statement.origin] } }, next, frame);
      case 'effect':
        return statement.role.text !== frame.role ? next : this.do({ kind: 'leaf', action: { kind: 'effect', value: statement.value, origins: [statement.origin] } }, next, frame);
      case 'continue': return around.loops.get(statement.name.text) ?? next;
      case 'rec': {
        const head: Silent = { kind: 'silent', id: this.fresh(), next: [], loop: statement.name };
        if (!frame.renaming) this.loops.set(statement, head);
        head.next = [this.block(statement.body.statements, next, { frame, loops: new Map(around.loops).set(statement.name.text, head) })];
        return head;
      }
      case 'while': return this.while(statement, next, around);
      case 'decision': return this.decision(statement, next, around);
      case 'call': return this.call(statement, next, frame);
    }
  }

  private do(leaf: Leaf, next: State, { renaming }: Frame): State {
    return { kind: 'do', id: this.fresh(), leaf: renaming ? renameNode(leaf, renaming) : leaf, next };
  }

  private communication(statement: Communication, next: State, frame: Frame): State {
    const nodes = messagesOf(statement, frame.role, frame.scope, () => this.unused('sent'));
    return nodes.reduceRight<State>((after, node) => {
      if (node.kind === 'leaf') return this.do(node, after, frame);
      const { sender, arms: [arm] } = frame.renaming ? renameNode(node, frame.renaming) : node;
      return arm ? { kind: 'receive', id: this.fresh(), sender, arm, sent: statement.value, frame, next: after } : after;
    }, next);
  }

  /** A name that no variable has, and that none will have. */
  private unused(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.taken.has(name); count++) name = `${wanted}${count}`;
    this.taken.add(name);
    return name;
  }

  private decision(statement: Decision, next: State, around: Around): State {
    const { frame: { role, renaming, scope } } = around;
    const starts = statement.branches.map((branch) => this.block(branch.body.statements, next, around));
    const guard = statement.guards.find((g) => g.role.text === role);
    const decides = guard !== undefined || (statement.form === 'choice' && statement.decider.text === role);
    const [first = next] = starts;
    if (starts.every((start) => resolve(start) === resolve(first)) && !(guard && isEffectful(guard.value, scope))) return first;
    if (!decides) {
      const head: Silent = { kind: 'silent', id: this.fresh(), next: starts, decision: renaming?.at ?? statement.head };
      if (!renaming) this.forks.set(statement, { head, starts, follow: next });
      return head;
    }
    const value = guard && renaming ? renameExpr(guard.value, renaming) : guard?.value;
    const patterns = statement.form === 'match' ? statement.branches.map((branch) => branch.pattern) : [];
    return { kind: 'decide', id: this.fresh(), form: statement.form, value, patterns, origins: [renaming?.at ?? statement.origin], next: starts };
  }

  private while(statement: While, next: State, around: Around): State {
    const { frame: { role, renaming } } = around;
    const guard = statement.guards.find((g) => g.role.text === role);
    const exit = this.block(statement.exit, next, around);
    if (guard) {
      const value = renaming ? renameExpr(guard.value, renaming) : guard.value;
      const head: Deciding = { kind: 'decide', id: this.fresh(), form: 'while', value, patterns: [], origins: [renaming?.at ?? statement.origin], next: [] };
      if (!renaming) this.loops.set(statement, head);
      head.next = [this.block(statement.body.statements, head, around), exit];
      return head;
    }
    const head: Silent = { kind: 'silent', id: this.fresh(), next: [], loop: { text: 'Loop', origin: statement.head }, decision: renaming?.at ?? statement.head };
    if (!renaming) this.loops.set(statement, head);
    const body = this.block(statement.body.statements, head, around);
    if (resolve(body) === head && resolve(exit) === resolve(next)) return next;
    head.next = [body, exit];
    if (!renaming) this.forks.set(statement, { head, starts: [body, exit], follow: next });
    return head;
  }

  private call(call: Call, next: State, frame: Frame): State {
    const callee = calleeOf(call.callee.text, frame.scope);
    const { ends, stays } = callee ? endingsOf(callee) : { ends: true, stays: false };
    const takesPart = rolesOfCall(call, frame.scope).includes(frame.role);
    if (!takesPart && !ends) return this.never;
    if (!takesPart && !stays) return next;
    const after = ends ? next : this.never;
    const { callee: name, args, target, origin } = call;
    const leaf: Leaf = {
      kind: 'leaf', action: {
        kind: 'call', callee: name, origins: [origin], target: target?.role.text === frame.role ? target.variable : undefined,
        args: args.map((arg) => ({ role: arg.role, inputs: arg.role.text === frame.role ? arg.inputs : [] })),
      },
    };
    const calling: Calling = { kind: 'call', id: this.fresh(), leaf: frame.renaming ? renameNode(leaf, frame.renaming) : leaf, call, frame, next: after };
    if (!ends || !stays) return calling;
    // Whether the call comes to its end shows inside: it is no step.
    const inside = takesPart ? this.unfold(calling) : undefined;
    const starts = inside ? [inside] : [takesPart ? calling : next, this.never];
    const head: Silent = { kind: 'silent', id: this.fresh(), next: starts };
    if (!frame.renaming) this.forks.set(call, { head, starts, follow: next });
    return head;
  }

  /** What a call leads to, in place of the call; undefined where its code can't stand there. */
  unfold(state: Calling): State | undefined {
    if (!this.unfolded.has(state.id)) this.unfolded.set(state.id, this.enter(state));
    return this.unfolded.get(state.id);
  }

  private enter({ call, frame, leaf, next }: Calling): State | undefined {
    const callee = calleeOf(call.callee.text, frame.scope);
    const place = call.args.findIndex((arg) => arg.role.text === frame.role);
    const role = callee?.choreography.roles[place];
    if (!callee || !role || leaf.action.kind !== 'call' || leaf.action.args.length !== callee.choreography.roles.length) return undefined;
    const { args, target } = leaf.action;
    const key = `${frameKey(callee.uri, callee.choreography, args.map((arg) => arg.role), resolve(next))} ${target?.text ?? ''}`;
    let entry = this.entries.get(key);
    if (!entry) {
      if (this.entries.size > deepest || !canStandIn(callee, role.name.text, this.scope)) return undefined;
      const at = callee.uri === this.scope.file.uri ? undefined : leaf.action.origins[0];
      const renaming: Renaming = {
        at, roles: new Map(callee.choreography.roles.map((r, i) => [r.name.text, args[i]?.role ?? r.name])),
        variables: new Map([...ownVariables(callee.choreography, role.name.text)].map((name) => [name, this.unused(name)])),
      };
      const start: Silent = { kind: 'silent', id: this.fresh(), next: [] };
      entry = { start, params: role.params.map((param) => renameVariable(param.name, renaming)) };
      // Before its body is made: it may call itself.
      this.entries.set(key, entry);
      const own: Frame = { choreography: callee.choreography, scope: callee.scope, role: role.name.text, renaming };
      this.building++;
      start.next = [this.block(callee.choreography.body.statements, this.result(own, target, next), { frame: own, loops: new Map() })];
      this.building--;
    }
    const inputs = args[place]?.inputs ?? [];
    const bindings = entry.params.flatMap((variable, i) => {
      const value = inputs[i];
      return value && !(value.kind === 'name' && value.name.text === variable.text) ? [{ variable, value }] : [];
    });
    return this.bound(bindings, entry.start, leaf.action.origins, inputs.some((input) => isEffectful(input, frame.scope)));
  }

  /** What a callee does with its result before the caller goes on. */
  private result({ choreography: { returns }, role, renaming, scope }: Frame, target: Name | undefined, next: State): State {
    if (!renaming || returns?.role.text !== role) return next;
    const value = renameExpr(returns.value, renaming);
    if (target) return { kind: 'do', id: this.fresh(), leaf: { kind: 'leaf', action: { kind: 'assignment', variable: target, value, origins: [value.origin] } }, next };
    return isEffectful(value, scope) ? { kind: 'do', id: this.fresh(), leaf: { kind: 'leaf', action: { kind: 'effect', value, origins: [value.origin] } }, next } : next;
  }

  /**
   * Inputs, before what they are for. Where that is a message to be received, and they are the same afterwards, they come after
   * it, so that it can be told from other messages.
   */
  private bound(bindings: readonly { readonly variable: Name; readonly value: Expr }[], start: State, origins: readonly Origin[], effectful: boolean): State {
    if (bindings.length === 0) return start;
    const assign = (variable: Name, value: Expr): Leaf => ({ kind: 'leaf', action: { kind: 'assignment', variable, value, origins } });
    // All inputs are computed before the first is there.
    const early = bindings.some(({ variable }, i) => bindings.some(({ value }, j) => j > i && reads(value, variable.text)));
    const kept = early ? bindings.map(({ value }): Name => ({ text: this.unused('given'), origin: value.origin })) : [];
    const leaves = [
      ...kept.map((variable, i) => assign(variable, bindings[i]?.value ?? nameExpr(variable))),
      ...bindings.map(({ variable, value }, i) => assign(variable, kept[i] ? nameExpr(kept[i]) : value)),
    ];
    const chain = (next: State): State => leaves.reduceRight<State>((after, leaf) => ({ kind: 'do', id: this.fresh(), leaf, next: after }), next);
    // What is not made yet can't be looked into.
    if (this.building > 0) return chain(start);
    const { heads, idle } = closureOf([start]);
    const next = heads.map((head): State => {
      if (head.kind !== 'receive' || effectful) return chain(head);
      const { variable } = head.arm;
      const touched = variable && bindings.some((binding) => binding.variable.text === variable.text || reads(binding.value, variable.text));
      return touched ? chain(head) : { ...head, id: this.fresh(), next: chain(head.next) };
    });
    return { kind: 'silent', id: this.fresh(), next: idle ? [...next, this.never] : next };
  }

  /** Whether the value that a variable has in a state is still used, on some way from there. Cost: linear. */
  isLive(state: State, variable: string): boolean {
    const key = `${state.id} ${variable}`;
    const known = this.live.get(key);
    if (known !== undefined) return known;
    const seen = new Set<State>([state]);
    let found = false;
    for (const at of seen) {
      const use = usesOf(at);
      if (use.reads.some((expr) => reads(expr, variable))) {
        found = true;
        break;
      }
      if (use.writes !== variable) nextOf(at).forEach((next) => seen.add(next));
    }
    this.live.set(key, found);
    return found;
  }
}

/** Called choreographies that may stand in one role's code. */
const deepest = 60;

function frameKey(uri: string, choreography: Choreography, roles: readonly Name[], next: State): string {
  return `${uri}#${choreography.name.text}(${roles.map((role) => role.text).join()}) ${next.id}`;
}

function nameExpr(name: Name): Expr {
  return { kind: 'name', name, origin: name.origin };
}
