// What one role does in a choreography as an automaton: what others decide is a silent step to one of several states,
// for the role can't see it. Calls are steps that can be unfolded: what they lead to is then part of the automaton.
import { valuesOf } from '../ir/choreography.js';
import type { Call, Choreography, Communication, Decision, Rec, Statement, While } from '../ir/choreography.js';
import { freeNames } from '../ir/expression.js';
import type { Expr, Name, TextRange } from '../ir/expression.js';
import type { Hole } from '../ir/process.js';
import { readableName } from '../parameters/closure.js';
import { widened } from '../scoping/scope.js';
import type { Scope } from '../scoping/scope.js';
import type { Arm, Leaf } from './behaviour.js';
import { isEffectful } from '../scoping/effects.js';
import { endingsOf, reached } from './endings.js';
import { callsItself, standIn, valuesNeeded } from './inline.js';
import { calleeOf, placeIn } from './callee.js';
import type { Callee } from './callee.js';
import { rolesOfCall } from './involvement.js';
import { renameExpr, renameNode, renamePattern, renameVariable } from './messages.js';
import type { Renaming } from './messages.js';
import { closureOf, reads, resolve } from './states.js';
import type { Calling, Deciding, End, Fork, Frame, Silent, State, Taking } from './states.js';
import type { RoleRef } from '../ir/role.js';
import { roleOf } from '../ir/role.js';
import { namesOfTarget, variableTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';
import { printExpr, printTarget } from '../syntax/print.js';
import { mostCalleesInside } from './limits.js';
import { VariableNames } from './automaton-names.js';
import { isNumbered } from './automaton-numbers.js';
import { Liveness } from './liveness.js';
import type { ReceiveNode } from './behaviour.js';
import { callOf, decidingOf, localView } from './local-view.js';
import type { OwnDecision } from './local-view.js';

/** `behind` is what follows each loop. */
interface Around {
  readonly frame: Frame;
  readonly loops: ReadonlyMap<string, State>;
  readonly behind: ReadonlyMap<string, State>;
}

/**
 * `server`: whether the role may wait for ever. `rests`: whether a server of a called choreography may do so there.
 * `both`: whether the role may wait for either of two messages of different senders. `isOne`: whether a role that
 * sends it something is one role, and always the same.
 */
export interface Waiting {
  readonly server: boolean;
  isOne(sender: RoleRef): boolean;
  rests(callee: Callee, role: string): boolean;
  both(one: Arm, two: Arm): boolean;
}

export class Automaton {
  /** The end of the role. */
  readonly end: End;
  /** The role may wait for ever. */
  readonly server: boolean;
  private count = 0;
  /** Where the role never does anything again. */
  private readonly never: Silent = { kind: 'silent', id: this.count++, next: [] };
  /** The decisions, loops and calls of the outermost choreography. */
  private readonly forks = new Map<Statement, Fork>();
  private readonly loops = new Map<Statement, State>();
  /** The choreographies that are part of it, by what they are called with. */
  private readonly entries = new Map<string, { readonly start: State; readonly params: readonly Name[] }>();
  private readonly unfolded = new Map<number, State | undefined>();
  readonly liveness = new Liveness();
  private readonly names: VariableNames;
  /** What is in the way of calls whose code can't stand in that of the role. */
  private readonly obstacles = new Map<number, string>();
  /** Variables in the place of what all know of a callee that calls itself with other values: each role’s own here. */
  private readonly changing = new Set<string>();
  /** The choreographies whose states are being made. */
  private building = 0;

  /**
   * @param role the role; `without` has the communications to leave out
   * @param waiting where the role may wait
   * @param foreign the names of other files that the code has, and the files: those of called choreographies are added
   * Cost: linear in the choreography, and in a called one for each call that is unfolded
   */
  constructor(
    choreography: Choreography,
    role: string,
    private readonly scope: Scope,
    private readonly without: ReadonlySet<Communication> | undefined,
    private readonly waiting: Waiting,
    private readonly foreign: Map<string, string> = new Map(),
  ) {
    const frame: Frame = { choreography, scope, role };
    this.names = new VariableNames(frame, this.liveness);
    const returns = choreography.returns.find((returned) => returned.role.key === role)?.value;
    this.server = waiting.server;
    this.end = { kind: 'end', id: this.fresh(), returns };
    const start: Silent = { kind: 'silent', id: this.fresh(), next: [], entered: choreography.name };
    // Where it calls itself at its end, it is there again; but a result that is still to be given needs the variables
    // as they are.
    if (!returns) {
      const { ends } = endingsOf({ choreography, scope, uri: scope.file.uri });
      const params = choreography.roles.find((r) => r.name.text === role)?.params.map((param) => param.name) ?? [];
      this.entries.set(
        `${frameKey(
          scope.file.uri,
          choreography,
          choreography.roles.map((r) => roleOf(r.name)),
          ends ? this.end : this.never,
        )} `,
        { start, params },
      );
    }
    this.building++;
    start.next = [this.block(choreography.body.statements, this.end, { frame, loops: new Map(), behind: new Map() })];
    this.building--;
  }

  /**
   * The ways through a decision or loop of others, or a call that may not end; undefined where the role does nothing in
   * them.
   */
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
    this.liveness.forget();
  }

  /**
   * Whether the role may wait for either of two messages of different senders. In calls that were gone into, nobody
   * knows.
   */
  both(one: Taking, two: Taking): boolean {
    return !one.frame.renaming && !two.frame.renaming && this.waiting.both(one.arm, two.arm);
  }

  private fresh(): number {
    return this.count++;
  }

  private block(statements: readonly Statement[], next: State, around: Around): State {
    return reached(statements, around.frame.scope).reduceRight(
      (after, statement) => this.statement(statement, after, around),
      next,
    );
  }

  private statement(statement: Statement, next: State, around: Around): State {
    const { frame } = around;
    if (isNumbered(statement, frame, this.waiting)) return this.beyond(statement, frame.role);
    const view = localView(statement, {
      role: frame.role,
      scope: frame.scope,
      without: this.without,
      freshVariable: () => this.names.unused('sent'),
    });
    switch (view.kind) {
      case 'steps':
        return view.steps.reduceRight<State>(
          (after, step) =>
            step.kind === 'leaf' ? this.do(step, after, frame) : this.receive(step, view.sent, after, frame),
          next,
        );
      case 'inside':
        return this.block(view.statements, next, around);
      case 'at':
        return this.block(view.body.statements, next, around);
      case 'threads':
        return this.beyond(statement, frame.role);
      case 'continue':
        return around.loops.get(view.name.text) ?? next;
      case 'leave':
        return around.behind.get(view.name.text) ?? next;
      case 'rec': {
        const head: Silent = { kind: 'silent', id: this.fresh(), next: [], loop: view.name };
        if (!frame.renaming) this.loops.set(view, head);
        head.next = [
          this.block(view.body.statements, next, {
            frame,
            loops: new Map(around.loops).set(view.name.text, head),
            behind: new Map(around.behind).set(view.name.text, next),
          }),
        ];
        return head;
      }
      case 'while':
        return this.while(view, next, around);
      case 'decision':
        return this.decision(view, next, around);
      case 'call':
        return this.call(view, next, frame);
      // In which the role has no part.
      case 'for':
      case 'when':
        return next;
    }
  }

  /** What is no part of an automaton: threads, and what depends on numbers. */
  private beyond({ origin }: Statement, role: string): State {
    return {
      kind: 'gap',
      id: this.fresh(),
      beyond: true,
      action: {
        kind: 'hole',
        code: 'knowledge-of-choice',
        message: `${role} does several things, or others than other members, here.`,
        origins: [origin],
      },
    };
  }

  private do(leaf: Leaf, next: State, { renaming, scope }: Frame): State {
    return {
      kind: 'do',
      id: this.fresh(),
      leaf: renaming ? renameNode(leaf, renaming) : leaf,
      pure: isPure(leaf, scope),
      next,
    };
  }

  private receive(node: ReceiveNode, sent: Expr | undefined, next: State, frame: Frame): State {
    const {
      arms: [arm],
    } = frame.renaming ? renameNode(node, frame.renaming) : node;
    return arm ? { kind: 'receive', id: this.fresh(), arm, sent, frame, next } : next;
  }

  private decision(statement: Decision, next: State, around: Around): State {
    const {
      frame: { role, renaming, scope },
    } = around;
    const starts = statement.branches.map((branch) => this.block(branch.body.statements, next, around));
    const own = decidingOf(statement, role);
    const [first = next] = starts;
    const effectful = own?.value !== undefined && isEffectful(own.value, scope);
    if (starts.every((start) => resolve(start) === resolve(first)) && !effectful) return first;
    if (!own) {
      const head: Silent = { kind: 'silent', id: this.fresh(), next: starts, decision: renaming?.at ?? statement.head };
      if (!renaming) this.forks.set(statement, { head, starts, follow: next });
      return head;
    }
    const { value, patterns } = renaming ? renamed(own, renaming) : own;
    return {
      kind: 'decide',
      id: this.fresh(),
      form: statement.form,
      value,
      patterns,
      origins: [renaming?.at ?? statement.origin],
      pure: own.value !== undefined && !effectful,
      next: starts,
    };
  }

  private while(statement: While, next: State, around: Around): State {
    const {
      frame: { role, renaming },
    } = around;
    const own = decidingOf(statement, role);
    // What stands first is made first: branches that are told at one place come in the order in which they are made.
    const exit = (): State => this.block(statement.exit, next, around);
    if (own) {
      const { value } = renaming ? renamed(own, renaming) : own;
      const head: Deciding = {
        kind: 'decide',
        id: this.fresh(),
        form: 'while',
        value,
        patterns: [],
        origins: [renaming?.at ?? statement.origin],
        pure: false,
        next: [],
      };
      if (!renaming) this.loops.set(statement, head);
      head.next = [this.block(statement.body.statements, head, around), exit()];
      return head;
    }
    const head: Silent = {
      kind: 'silent',
      id: this.fresh(),
      next: [],
      loop: { text: 'Loop', origin: statement.head },
      decision: renaming?.at ?? statement.head,
    };
    if (!renaming) this.loops.set(statement, head);
    const starts = [this.block(statement.body.statements, head, around), exit()] as const;
    const [body, left] = starts;
    if (resolve(body) === head && resolve(left) === resolve(next)) return next;
    head.next = starts;
    if (!renaming) this.forks.set(statement, { head, starts, follow: next });
    return head;
  }

  private call(call: Call, next: State, frame: Frame): State {
    const callee = calleeOf(call.callee.text, frame.scope);
    const { ends, stays } = callee ? endingsOf(callee) : { ends: true, stays: false };
    const takesPart = rolesOfCall(call, frame.scope).includes(frame.role);
    if (!takesPart && !ends) return this.never;
    if (!takesPart && !stays) return next;
    const after = ends ? next : this.never;
    const leaf: Leaf = { kind: 'leaf', action: callOf(call, frame.role) };
    const calling: Calling = {
      kind: 'call',
      id: this.fresh(),
      leaf: frame.renaming ? renameNode(leaf, frame.renaming) : leaf,
      call,
      frame,
      next: after,
    };
    const place = callee && placeIn(callee, call, frame.role);
    const rests =
      !!callee &&
      place !== undefined &&
      !(this.server && resolve(next) === this.end) &&
      this.waiting.rests(callee, place);
    if (!ends || (!stays && !rests)) return calling;
    // Whether the call comes to its end shows inside: it is no step.
    const inside = takesPart ? this.unfold(calling) : undefined;
    const starts = inside ? [inside] : [takesPart ? calling : next, this.never];
    const head: Silent = { kind: 'silent', id: this.fresh(), next: starts };
    if (!frame.renaming) this.forks.set(call, { head, starts, follow: next });
    return head;
  }

  /**
   * Whether a call gives others, as what all know, a variable that stands for it here since it changes from round to
   * round: it can't be left as it is.
   */
  changes({ leaf: { action } }: Calling): boolean {
    return (
      this.changing.size > 0 &&
      action.kind === 'call' &&
      (action.values?.some((value) => [...freeNames(value)].some((name) => this.changing.has(name))) ?? false)
    );
  }

  /** What a call leads to, in place of the call; undefined where its code can't stand there. */
  unfold(state: Calling): State | undefined {
    if (!this.unfolded.has(state.id)) this.unfolded.set(state.id, this.enter(state));
    return this.unfolded.get(state.id);
  }

  /** What is in the way of going into a call, in words; undefined where nothing is, or it was not tried. */
  obstacleOf(state: State): string | undefined {
    return this.obstacles.get(state.id);
  }

  private enter({ id, call, frame, leaf, next }: Calling): State | undefined {
    const callee = calleeOf(call.callee.text, frame.scope);
    const place = call.args.findIndex((arg) => arg.role.key === frame.role);
    const role = callee?.choreography.roles[place];
    if (!callee || !role || leaf.action.kind !== 'call' || leaf.action.args.length !== callee.choreography.roles.length)
      return undefined;
    const { args, into } = leaf.action;
    const given = leaf.action.values ?? [];
    const parameters = valuesOf(callee.choreography.parameters);
    // What all know stands where it is used, so that all go on knowing it. Where it would grow round by round, it is
    // given like an input, if the role needs it at all.
    const needed = valuesNeeded(callee.choreography, role.name.text);
    const grows = parameters.some(({ name }, i) => needed.has(name.text) && !isPlain(given[i])) && callsItself(callee);
    const isInput = (name: Name): boolean => grows && needed.has(name.text);
    const values = new Map(
      parameters.flatMap(({ name }, i) => (given[i] && !isInput(name) ? [[name.text, given[i]] as const] : [])),
    );
    const asInputs = parameters.filter(({ name }) => isInput(name));
    const inputs = [
      ...(args[place]?.inputs ?? []),
      ...parameters.flatMap(({ name }, i) => (given[i] && isInput(name) ? [given[i]] : [])),
    ];
    const params = [...role.params, ...asInputs];
    const same = this.names.sameInputs(callee, role, inputs);
    const told = [...values]
      .filter(([name, value]) => needed.has(name) && !isNamed(value, name))
      .map(([name, value]) => ` ${name}=${printExpr(value)}`);
    const key = `${frameKey(
      callee.uri,
      callee.choreography,
      args.map((arg) => arg.role),
      resolve(next),
    )} ${into ? printTarget(into) : ''}${[...same].map(([param, variable]) => ` ${param}=${variable}`).join('')}${told.join('')}${grows ? ' changing' : ''}`;
    let entry = this.entries.get(key);
    if (!entry) {
      const standing =
        this.entries.size > mostCalleesInside
          ? { obstacle: 'there are too many calls in each other' }
          : standIn(callee, role.name.text, widened(this.scope, this.foreign), this.names.held);
      if ('obstacle' in standing) {
        this.obstacles.set(id, standing.obstacle);
        return undefined;
      }
      const taken = [...values.values()]
        .flatMap((value) => [...freeNames(value)])
        .find((name) => standing.fixed.has(name));
      if (taken !== undefined) {
        this.obstacles.set(id, `\`${taken}\` means something else there`);
        return undefined;
      }
      standing.foreign.forEach((uri, name) => this.foreign.set(name, uri));
      this.names.fix(standing.fixed);
      const at = callee.uri === this.scope.file.uri ? undefined : leaf.action.origins[0];
      const renaming: Renaming = {
        at,
        scope: callee.scope,
        invented: this.names.invented,
        roles: new Map(callee.choreography.roles.map((r, i) => [r.name.text, args[i]?.role ?? roleOf(r.name)])),
        variables: new Map([
          ...this.names.namesFor(
            callee,
            role.name.text,
            new Set([...same.keys(), ...values.keys()]),
            next,
            this.building === 0,
          ),
          ...same,
        ]),
        values,
      };
      [...renaming.variables.values(), ...standing.fixed].forEach((name) => this.names.held.add(name));
      const start: Silent = {
        kind: 'silent',
        id: this.fresh(),
        next: [],
        entered: { text: readableName(callee.choreography.name.text), origin: at ?? call.origin },
      };
      entry = { start, params: params.map((param) => renameVariable(param.name, renaming)) };
      for (const { name } of asInputs) this.changing.add(renameVariable(name, renaming).text);
      // Before its body is made: it may call itself.
      this.entries.set(key, entry);
      const own: Frame = {
        choreography: callee.choreography,
        scope: callee.scope,
        role: role.name.text,
        renaming,
        place: frame.place ?? call.origin.start,
      };
      this.building++;
      start.next = [
        this.block(callee.choreography.body.statements, this.result(own, into, next), {
          frame: own,
          loops: new Map(),
          behind: new Map(),
        }),
      ];
      this.building--;
    }
    const bindings = entry.params.flatMap((variable, i) => {
      const value = inputs[i];
      return value && !(value.kind === 'name' && value.name.text === variable.text) ? [{ variable, value }] : [];
    });
    return this.bound(
      bindings,
      entry.start,
      leaf.action.origins,
      inputs.some((input) => isEffectful(input, frame.scope)),
    );
  }

  /** What a callee does with its result before the caller goes on. */
  private result({ choreography, role, renaming, scope }: Frame, into: Target | undefined, next: State): State {
    const returns = choreography.returns.find((returned) => returned.role.key === role);
    if (!renaming || !returns) return next;
    const value = renameExpr(returns.value, renaming);
    if (into)
      return {
        kind: 'do',
        id: this.fresh(),
        leaf: { kind: 'leaf', action: { kind: 'assignment', into, value, origins: [value.origin] } },
        pure: !isEffectful(returns.value, scope),
        next,
      };
    return isEffectful(value, scope)
      ? {
          kind: 'do',
          id: this.fresh(),
          leaf: { kind: 'leaf', action: { kind: 'effect', value, origins: [value.origin] } },
          pure: false,
          next,
        }
      : next;
  }

  /**
   * Inputs, before what they are for. Where that is a message to be received, and they are the same afterwards, they
   * come after it, so that it can be told from other messages.
   */
  private bound(
    bindings: readonly { readonly variable: Name; readonly value: Expr }[],
    start: State,
    origins: readonly TextRange[],
    effectful: boolean,
  ): State {
    if (bindings.length === 0) return start;
    const assign = (variable: Name, value: Expr): Leaf => ({
      kind: 'leaf',
      action: { kind: 'assignment', into: variableTarget(variable), value, origins },
    });
    // All inputs are computed before the first is there.
    const early = bindings.some(({ variable }, i) =>
      bindings.some(({ value }, j) => j > i && reads(value, variable.text)),
    );
    const kept = early
      ? bindings.map(({ variable, value }): Name => ({
          text: this.names.unused('given'),
          origin: value.origin,
          written: variable.written ?? variable.text,
        }))
      : [];
    const leaves = [
      ...kept.map((variable, i) => assign(variable, bindings[i]?.value ?? nameExpr(variable))),
      ...bindings.map(({ variable, value }, i) => assign(variable, kept[i] ? nameExpr(kept[i]) : value)),
    ];
    const chain = (next: State): State =>
      leaves.reduceRight<State>(
        (after, leaf) => ({ kind: 'do', id: this.fresh(), leaf, pure: !effectful, next: after }),
        next,
      );
    // What is not made yet can't be looked into.
    if (this.building > 0) return chain(start);
    const { heads, idle } = closureOf([start]);
    const next = heads.map((head): State => {
      if (head.kind !== 'receive' || effectful) return chain(head);
      const written = namesOfTarget(head.arm.into);
      const touched = written.some(({ text }) =>
        bindings.some((binding) => binding.variable.text === text || reads(binding.value, text)),
      );
      return touched ? chain(head) : { ...head, id: this.fresh(), next: chain(head.next) };
    });
    return {
      kind: 'silent',
      id: this.fresh(),
      next: idle ? [...next, this.never] : next,
      ...(start.kind === 'silent' && start.entered ? { entered: start.entered } : {}),
    };
  }
}

function frameKey(uri: string, choreography: Choreography, roles: readonly RoleRef[], next: State): string {
  return `${uri}#${choreography.name.text}(${roles.map((role) => role.key).join()}) ${next.id}`;
}

/** What the role decides by, under its other names. */
function renamed({ value, patterns }: OwnDecision, renaming: Renaming): OwnDecision {
  return {
    value: value && renameExpr(value, renaming),
    patterns: patterns.map((pattern) => pattern && renamePattern(pattern, renaming)),
  };
}

/** Whether a step does nothing but compute. */
function isPure({ action }: Leaf, scope: Scope): boolean {
  return (action.kind === 'assignment' || action.kind === 'effect') && !isEffectful(action.value, scope);
}

function nameExpr(name: Name): Expr {
  return { kind: 'name', name, origin: name.origin };
}

/** Whether a value is no longer than what it is made of. */
function isPlain(value: Expr | undefined): boolean {
  const kind = value?.kind;
  return (
    kind === 'name' || kind === 'int' || kind === 'float' || kind === 'string' || kind === 'bool' || kind === 'none'
  );
}

function isNamed(value: Expr, name: string): boolean {
  return value.kind === 'name' && value.name.text === name;
}
