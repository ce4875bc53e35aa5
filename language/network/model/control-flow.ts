// A process as a control-flow graph, made once for each process that takes part, whoever calls it. What leads where,
// which variables are still needed at each place, and what a place can still send and receive.
import { majorityOf } from '../../families/members.js';
import { listOf, placeOf } from '../../families/unroll-choreography.js';
import { withoutLoops } from '../../families/unroll-network.js';
import type { Expr, Name, Pattern } from '../../ir/expression.js';
import { walkExpr } from '../../ir/expression.js';
import { mapActions } from '../../ir/process.js';
import type { ValueParameter } from '../../ir/choreography.js';
import type {
  Action,
  LocalAssignment,
  LocalBlock,
  LocalCall,
  LocalChoice,
  LocalGather,
  LocalIf,
  LocalMatch,
  LocalPar,
  LocalWhile,
  Process,
  Receive,
  ReceiveBranch,
  Send,
} from '../../ir/process.js';
import { namesOfTarget, variableTarget } from '../../ir/target.js';
import type { Target } from '../../ir/target.js';
import { bindersOf } from '../../scoping/cases.js';
import type { Scope } from '../../scoping/scope.js';
import { withVariablesApart } from './own-variables.js';
import { mostGathered } from '../limits.js';

export type NodeId = number;

/** One way on from a place that receives. */
export interface Option {
  readonly peer: string;
  /** Empty for the anonymous label. */
  readonly label: string;
  readonly branch: ReceiveBranch;
  readonly next: NodeId;
}

export type GraphNode =
  | {
      readonly kind: 'send';
      readonly action: Send;
      readonly peer: string;
      readonly label: string;
      readonly next: NodeId;
    }
  /**
   * `gather`: it takes one of the messages of this, and `action` stands for what is left of it. `needed`: how many it
   * still takes, this one too, whoever of its senders they are from.
   */
  | {
      readonly kind: 'receive';
      readonly action: Receive;
      readonly options: readonly Option[];
      readonly gather?: LocalGather;
      readonly needed?: number;
    }
  /** From here on, the next message of each of these roles is dropped when it comes. */
  | {
      readonly kind: 'owe';
      readonly action: LocalGather;
      readonly peers: readonly string[];
      readonly label: string;
      readonly next: NodeId;
    }
  | { readonly kind: 'assign'; readonly action: LocalAssignment; readonly next: NodeId }
  | { readonly kind: 'decide'; readonly action: LocalIf | LocalWhile; readonly yes: NodeId; readonly no: NodeId }
  | {
      readonly kind: 'match';
      readonly action: LocalMatch;
      readonly cases: readonly { readonly pattern: Pattern; readonly next: NodeId }[];
      readonly otherwise?: NodeId;
    }
  | { readonly kind: 'choice'; readonly action: LocalChoice; readonly branches: readonly NodeId[] }
  | { readonly kind: 'call'; readonly action: LocalCall; readonly next: NodeId }
  /** From here on, several go on at the same time, each up to a `join` of its own. */
  | { readonly kind: 'fork'; readonly action: LocalPar; readonly threads: readonly NodeId[] }
  /** The end of a thread: what follows begins when all have come to theirs. */
  | { readonly kind: 'join'; readonly action: LocalPar; readonly next: NodeId }
  /**
   * A local step that says nothing of what follows: an effect, the head of a `rec`, a `continue`, the beginning of an
   * `at`.
   */
  | { readonly kind: 'skip'; readonly action: Action; readonly next: NodeId }
  /** A place that nothing is known of: it could not be projected, or it calls what does not exist. */
  | { readonly kind: 'hole'; readonly action?: Action }
  | { readonly kind: 'end'; readonly returns?: Expr };

/** One of those that go on at the same time. */
export interface Thread {
  /** Its fork, and its place there. */
  readonly fork: NodeId;
  readonly index: number;
  /** The thread that it is a part of; undefined where that is the process itself. */
  readonly outer?: Thread;
}

/** What the graph of a process with threads has besides. */
export interface Threads {
  /** For each place, the innermost thread that it stands in. */
  readonly of: readonly (Thread | undefined)[];
  /** For the first place of each `at`, those inside of it, between which nothing happens. */
  readonly atomic: ReadonlyMap<NodeId, readonly NodeId[]>;
}

export interface ControlFlowGraph {
  /** The role that it plays in its network. */
  readonly name: string;
  readonly uri: string;
  readonly scope: Scope;
  readonly process: Process;
  /** The roles of its network, in the order in which a call gives them. */
  readonly places: readonly string[];
  readonly nodes: readonly GraphNode[];
  readonly start: NodeId;
  readonly variables: ReadonlySet<string>;
  /** The inputs that all processes of its network have in common. */
  readonly shared: ReadonlySet<string>;
  /** Of a process in which several go on at the same time. */
  readonly threads?: Threads;
  /** For actions that are others than those of `process`, the ones that they were. */
  readonly sources?: ReadonlyMap<Action, Action>;
  /** It may wait for ever. */
  readonly server: boolean;
  /** Whether it stands in the network that is checked, written by hand. */
  readonly written: boolean;
}

/** How many sets there are of so many things at most. */
function subsets(of: number, most: number): number {
  let [sum, sets] = [1, 1];
  for (let size = 1; size <= most && sum <= mostGathered; size++) sum += sets *= (of - size + 1) / size;
  return sum;
}

/** The loops around a place: where each begins, and what follows it. */
type Loops = ReadonlyMap<string, { readonly head: NodeId; readonly behind: NodeId }>;

/**
 * The control-flow graph of a process.
 * @param written the process
 * @param about where it stands: its file, the names of the file, the roles of its network in order, the values that all
 *   of these know, whether it is checked itself; and whether it may wait for ever, whatever it says itself
 * Cost: linear in the process
 */
export function cfgOf(
  written: Process,
  {
    values,
    ...about
  }: Pick<ControlFlowGraph, 'uri' | 'scope' | 'places' | 'written'> & {
    readonly server?: boolean;
    readonly values: readonly ValueParameter[];
  },
): ControlFlowGraph {
  const process = withInputs(written, values);
  const { body, sources } = withVariablesApart(withoutLoops(process) ?? process, about.scope);
  const nodes: GraphNode[] = [];
  const variables = new Set(process.params.map((p) => p.name.text));
  /** The thread whose places are being made. */
  let thread: Thread | undefined;
  const of: (Thread | undefined)[] = [];
  const atomic = new Map<NodeId, readonly NodeId[]>();
  const add = (node: GraphNode): NodeId => {
    of.push(thread);
    return nodes.push(node) - 1;
  };
  const bind = (into: Target | undefined): void => {
    for (const { text } of namesOfTarget(into)) variables.add(text);
  };

  const block = (body: LocalBlock, next: NodeId, loops: Loops): NodeId =>
    body.actions.reduceRight((after, action) => build(action, after, loops), next);

  const build = (action: Action, next: NodeId, loops: Loops): NodeId => {
    switch (action.kind) {
      case 'send':
        return add({ kind: 'send', action, peer: action.receiver.key, label: action.label?.name.text ?? '', next });
      case 'receive': {
        const options = action.branches.map((branch): Option => {
          bind(branch.into);
          return {
            peer: branch.sender.key,
            label: branch.label?.text ?? '',
            branch,
            next: block(branch.body, next, loops),
          };
        });
        return add({ kind: 'receive', action, options });
      }
      case 'gather':
        return gather(action, next);
      case 'assignment':
        bind(action.into);
        return add({ kind: 'assign', action, next });
      case 'effect':
        return add({ kind: 'skip', action, next });
      case 'call':
        bind(action.into);
        return call(action, next);
      case 'if':
        return add({
          kind: 'decide',
          action,
          yes: block(action.then, next, loops),
          no: block(action.else, next, loops),
        });
      case 'while': {
        const head = add({ kind: 'hole' });
        nodes[head] = { kind: 'decide', action, yes: block(action.body, head, loops), no: next };
        return head;
      }
      case 'match': {
        const cases = action.cases.map(({ pattern, body }) => {
          for (const name of bindersOf(pattern, about.scope)) variables.add(name);
          return { pattern, next: block(body, next, loops) };
        });
        return add({ kind: 'match', action, cases, otherwise: action.else && block(action.else, next, loops) });
      }
      case 'choice':
        return add({ kind: 'choice', action, branches: action.branches.map((b) => block(b, next, loops)) });
      case 'rec': {
        const head = add({ kind: 'hole' });
        nodes[head] = {
          kind: 'skip',
          action,
          next: block(action.body, next, new Map([...loops, [action.name.text, { head, behind: next }]])),
        };
        return head;
      }
      case 'continue': {
        const head = loops.get(action.name.text)?.head;
        return add(head === undefined ? { kind: 'hole', action } : { kind: 'skip', action, next: head });
      }
      case 'leave': {
        const behind = loops.get(action.name.text)?.behind;
        return add(behind === undefined ? { kind: 'hole', action } : { kind: 'skip', action, next: behind });
      }
      case 'par': {
        const outer = thread;
        const fork = add({ kind: 'hole' });
        const threads = action.branches.map((branch, index) => {
          thread = { fork, index, ...(outer ? { outer } : {}) };
          return block(branch, add({ kind: 'join', action, next }), new Map());
        });
        thread = outer;
        nodes[fork] = { kind: 'fork', action, threads };
        return fork;
      }
      case 'at': {
        const from = nodes.length;
        const first = block(action.body, next, loops);
        const inside = Array.from({ length: nodes.length - from }, (_, i) => from + i);
        const at = add({ kind: 'skip', action, next: first });
        atomic.set(at, inside);
        return at;
      }
      // Loops over numbers and members that are picked are written out before; those that are too long are not.
      case 'hole':
      case 'for':
      case 'when':
      case 'pick':
        return add({ kind: 'hole', action });
    }
  };

  /** In a thread, what a call gives is kept first, and assigned then: that is a step of its own. */
  const call = (action: LocalCall, next: NodeId): NodeId => {
    if (!thread || !action.into) return add({ kind: 'call', action, next });
    const { into, origins } = action;
    const result: Name = { text: `result'${nodes.length}`, origin: action.callee.origin, written: action.callee.text };
    bind(variableTarget(result));
    const then = add({
      kind: 'assign',
      action: { kind: 'assignment', into, value: { kind: 'name', name: result, origin: result.origin }, origins },
      next,
    });
    const made: LocalCall = { ...action, into: variableTarget(result) };
    sources.set(made, sources.get(action) ?? action);
    return add({ kind: 'call', action: made, next: then });
  };

  /** One receive after the other: in the order of the senders, or whoever comes first. */
  const gather = (action: LocalGather, next: NodeId): NodeId => {
    const { senders, quorum, variable, label, types, origins } = action;
    const assign = (to: Name, value: Expr, then: NodeId): NodeId => {
      bind(variableTarget(to));
      return add({
        kind: 'assign',
        action: { kind: 'assignment', into: variableTarget(to), value, origins },
        next: then,
      });
    };
    const needed = quorum
      ? Number(quorum.count?.kind === 'int' ? quorum.count.text : majorityOf(senders.length))
      : senders.length;
    const empty: LocalBlock = { actions: [], origin: { start: origins[0]?.end ?? 0, end: origins[0]?.end ?? 0 } };
    if (quorum && subsets(senders.length, needed) > mostGathered) return add({ kind: 'hole', action });
    let after = next;
    for (const list of [quorum?.by, variable])
      if (list) after = assign(list, listOf(list.text, needed, list.origin), after);
    const places = new Map<string, NodeId>();
    /** @param taken who sent what came so far, in the order of the list */
    const at = (taken: readonly number[]): NodeId => {
      const key = taken.join();
      const known = places.get(key);
      if (known !== undefined) return known;
      const left = senders.flatMap((sender, number) => (taken.includes(number) ? [] : [{ sender, number }]));
      let made: NodeId;
      if (taken.length >= needed)
        made =
          left.length === 0
            ? after
            : add({
                kind: 'owe',
                action,
                peers: left.map(({ sender }) => sender.key),
                label: label?.text ?? '',
                next: after,
              });
      else {
        const position = taken.length;
        const to = variable && { ...placeOf(variable, position), written: variable.written ?? variable.text };
        if (to) bind(variableTarget(to));
        const options = (quorum ? left : left.slice(0, 1)).map(({ sender, number }): Option => {
          const branch: ReceiveBranch = {
            sender,
            types,
            body: empty,
            origins,
            ...(label ? { label } : {}),
            ...(to ? { into: variableTarget(to) } : {}),
          };
          const inner = at([...taken, number].sort((a, b) => a - b));
          const who =
            quorum?.by &&
            assign(
              placeOf(quorum.by, position),
              { kind: 'int', text: String(quorum.numbers?.[number] ?? number), origin: quorum.by.origin },
              inner,
            );
          return { peer: sender.key, label: label?.text ?? '', branch, next: who ?? inner };
        });
        made = add({
          kind: 'receive',
          gather: action,
          ...(quorum ? { needed: needed - taken.length } : {}),
          action: {
            kind: 'receive',
            form: options.length > 1 ? 'branching' : 'single',
            branches: options.map(({ branch }) => branch),
            origins,
          },
          options,
        });
      }
      places.set(key, made);
      return made;
    };
    return at([]);
  };

  const end = add({ kind: 'end', returns: process.returns });
  const start = block(body, end, new Map());
  const threads = of.some((each) => each) ? { threads: { of, atomic }, sources } : {};
  return {
    name: process.name.text,
    process,
    nodes,
    start,
    ...threads,
    variables,
    shared: new Set(values.map(({ name }) => name.text)),
    ...about,
    server: process.server === true || about.server === true,
  };
}

/** A process that is given what all know as its last inputs, and gives it so. */
function withInputs(process: Process, values: readonly ValueParameter[]): Process {
  let any = values.length > 0;
  const body = mapActions(process.body, (action) => {
    if (action.kind !== 'call' || !action.values || action.values.length === 0) return action;
    any = true;
    const { values: given, ...call } = action;
    return {
      ...call,
      args: action.args.map((arg) =>
        arg.role.key === process.name.text ? { ...arg, inputs: [...arg.inputs, ...given] } : arg,
      ),
    };
  });
  return any ? { ...process, params: [...process.params, ...values], body } : process;
}

/** The places that a place leads to directly. */
export function successorsOf(node: GraphNode): readonly NodeId[] {
  switch (node.kind) {
    case 'receive':
      return node.options.map((o) => o.next);
    case 'decide':
      return [node.yes, node.no];
    case 'match':
      return [...node.cases.map((c) => c.next), ...(node.otherwise === undefined ? [] : [node.otherwise])];
    case 'choice':
      return node.branches;
    case 'fork':
      return node.threads;
    case 'hole':
    case 'end':
      return [];
    case 'assign':
    case 'call':
    case 'join':
    case 'owe':
    case 'send':
    case 'skip':
      return [node.next];
  }
}

/** The action that a place stands for; ends have none. */
export function actionOf(node: GraphNode): Action | undefined {
  return node.kind === 'end' || node.kind === 'join'
    ? undefined
    : node.kind === 'receive'
      ? (node.gather ?? node.action)
      : node.action;
}

/** Which variables decide something, directly or by what is made from them; of all others no value is kept. */
export interface Relevance {
  isRelevant(cfg: ControlFlowGraph, variable: string): boolean;
  /** Whether some receiver makes use of what is sent with this label. */
  isSent(label: string): boolean;
  /** Whether anything matters at all. */
  readonly any: boolean;
}

/** The process that a call runs, undefined where it is not to be found. */
export type CalleeOf = (cfg: ControlFlowGraph, call: LocalCall) => ControlFlowGraph | undefined;

/**
 * Finds the variables that matter: those in guards, and those that flow into them by assignments, messages, calls and
 * results.
 * @param cfgs all processes that take part, those that are called too
 * Cost: linear in the processes
 */
export function relevanceOf(cfgs: readonly ControlFlowGraph[], calleeOf: CalleeOf): Relevance {
  const index = new Map(cfgs.map((t, i) => [t, i]));
  const variable = (t: ControlFlowGraph, name: string): string => `${index.get(t) ?? -1}.${name}`;
  const label = (name: string): string => `label ${name}`;
  const result = (t: ControlFlowGraph): string => `result ${index.get(t) ?? -1}`;
  const marked = new Set<string>();
  const work: string[] = [];
  const mark = (key: string): void => {
    if (marked.has(key)) return;
    marked.add(key);
    work.push(key);
  };
  const variablesOf = (t: ControlFlowGraph, expr: Expr): string[] => {
    const found: string[] = [];
    walkExpr(expr, (e) => {
      if (e.kind === 'name' && t.variables.has(e.name.text)) found.push(variable(t, e.name.text));
    });
    return found;
  };
  /** What matters where something does. */
  const then = new Map<string, string[]>();
  const flows = (to: string, from: readonly string[]): void => {
    const known = then.get(to);
    if (known) known.push(...from);
    else then.set(to, [...from]);
  };
  const writes = (t: ControlFlowGraph, into: Target | undefined, from: readonly string[]): void => {
    for (const { text } of namesOfTarget(into)) flows(variable(t, text), from);
  };
  for (const t of cfgs) {
    for (const node of t.nodes) {
      switch (node.kind) {
        case 'decide':
          variablesOf(t, node.action.condition).forEach(mark);
          break;
        case 'match':
          variablesOf(t, node.action.value).forEach(mark);
          break;
        case 'assign':
          writes(t, node.action.into, variablesOf(t, node.action.value));
          break;
        case 'receive':
          for (const o of node.options) writes(t, o.branch.into, [label(o.label)]);
          break;
        case 'send':
          if (node.action.value) flows(label(node.label), variablesOf(t, node.action.value));
          break;
        case 'call': {
          const callee = calleeOf(t, node.action);
          if (!callee) break;
          writes(t, node.action.into, [result(callee)]);
          const own = node.action.args.find((a) => a.role.key === t.name);
          own?.inputs.forEach((input, i) => {
            const param = callee.process.params[i];
            if (param) flows(variable(callee, param.name.text), variablesOf(t, input));
          });
          break;
        }
        case 'end':
          if (node.returns) flows(result(t), variablesOf(t, node.returns));
          break;
        case 'choice':
        case 'fork':
        case 'hole':
        case 'join':
        case 'owe':
        case 'skip':
      }
    }
  }
  for (let key = work.pop(); key !== undefined; key = work.pop()) then.get(key)?.forEach(mark);
  return {
    isRelevant: (t, v) => marked.has(variable(t, v)),
    isSent: (l) => marked.has(label(l)),
    any: marked.size > 0,
  };
}

/**
 * For each place, the relevant variables whose values are still needed there.
 * @param kept for a place, those that are needed at the same time, by other threads
 * Cost: a fixed point over the graph, in practice a few passes
 */
export function liveVariables(
  cfg: ControlFlowGraph,
  relevance: Relevance,
  kept: (id: NodeId) => Iterable<string> = () => [],
): readonly ReadonlySet<string>[] {
  const live: Set<string>[] = cfg.nodes.map(() => new Set());
  let changed = true;
  const uses = (expr: Expr, into: Set<string>): void =>
    walkExpr(expr, (e) => {
      if (e.kind === 'name' && cfg.variables.has(e.name.text) && relevance.isRelevant(cfg, e.name.text))
        into.add(e.name.text);
    });
  const at = (id: NodeId): ReadonlySet<string> => live[id] ?? new Set();
  const written = (into: Target | undefined): readonly string[] => namesOfTarget(into).map(({ text }) => text);
  while (changed) {
    changed = false;
    cfg.nodes.forEach((node, id) => {
      const now = new Set(kept(id));
      const flow = (next: NodeId, ...without: readonly string[]): void => {
        for (const v of at(next)) if (!without.includes(v)) now.add(v);
      };
      switch (node.kind) {
        case 'receive':
          for (const o of node.options) flow(o.next, ...written(o.branch.into));
          break;
        case 'assign':
          flow(node.next, ...written(node.action.into));
          if (written(node.action.into).some((name) => at(node.next).has(name))) uses(node.action.value, now);
          break;
        case 'match':
          for (const c of node.cases) flow(c.next, ...bindersOf(c.pattern, cfg.scope));
          if (node.otherwise !== undefined) flow(node.otherwise);
          break;
        case 'call':
          flow(node.next, ...written(node.action.into));
          break;
        case 'choice':
        case 'decide':
        case 'end':
        case 'fork':
        case 'hole':
        case 'join':
        case 'owe':
        case 'send':
        case 'skip':
          for (const next of successorsOf(node)) flow(next);
      }
      if (node.kind === 'send' && node.action.value && relevance.isSent(node.label)) uses(node.action.value, now);
      if (node.kind === 'decide') uses(node.action.condition, now);
      if (node.kind === 'match') uses(node.action.value, now);
      if (node.kind === 'call')
        for (const arg of node.action.args) if (arg.role.key === cfg.name) arg.inputs.forEach((e) => uses(e, now));
      if (node.kind === 'end' && node.returns) uses(node.returns, now);
      if (now.size !== live[id]?.size) {
        live[id] = now;
        changed = true;
      }
    });
  }
  return live;
}
