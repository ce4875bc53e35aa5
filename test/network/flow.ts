// A process as a graph, for what the tests and the benchmark write for other tools. Made apart from the checker's own,
// so that a mistake there is not made here as well. Calls must be written out (see inline.ts).
import { replaceNames } from '../../language/families/replace.js';
import type { Expr } from '../../language/ir/expression.js';
import { walkExpr } from '../../language/ir/expression.js';
import { wholeTarget } from '../../language/ir/target.js';
import { localBlocksOf, targetsIn, walkActions } from '../../language/ir/process.js';
import type { Action, LocalBlock, LocalGather, LocalPar, Process } from '../../language/ir/process.js';
import { namesOfTarget } from '../../language/ir/target.js';

export interface FlowOption {
  readonly from: string;
  readonly label: string;
  readonly variable?: string;
  /** Of the last one of a quorum: those whose message is too late, and will be dropped. */
  readonly late?: readonly string[];
  readonly next: number;
}

/** What a process does on its own in one step. */
export type Computed =
  | { readonly kind: 'assign'; readonly variable: string; readonly value: Expr }
  | {
      readonly kind: 'test';
      readonly condition: Expr;
      readonly yes: readonly Computed[];
      readonly no: readonly Computed[];
    };

export type FlowNode =
  | { readonly kind: 'send'; readonly to: string; readonly label: string; readonly value?: Expr; readonly next: number }
  | { readonly kind: 'receive'; readonly options: readonly FlowOption[] }
  | { readonly kind: 'assign'; readonly variable: string; readonly value: Expr; readonly next: number }
  | { readonly kind: 'test'; readonly condition: Expr; readonly yes: number; readonly no: number }
  /** Any of these ways; a single one is a step that does nothing. */
  | { readonly kind: 'choose'; readonly ways: readonly number[] }
  | { readonly kind: 'at'; readonly does: readonly Computed[]; readonly next: number }
  /** Strands begin, by their numbers; it goes on at the `join`, when all have ended. */
  | { readonly kind: 'fork'; readonly strands: readonly number[]; readonly next: number }
  | { readonly kind: 'join'; readonly strands: readonly number[]; readonly next: number }
  | { readonly kind: 'end' };

/** A `par` that a strand stands in: what its own branch takes from whom, and what the others take, as `sender label`. */
export interface Around {
  readonly par: LocalPar;
  readonly index: number;
  readonly own: ReadonlySet<string>;
  readonly others: ReadonlySet<string>;
}

/** What goes on in order: the process itself, which is the first, and each branch of each `par`. */
export interface Strand {
  readonly start: number;
  readonly around: readonly Around[];
}

export interface Flow {
  readonly name: string;
  readonly server: boolean;
  readonly params: readonly string[];
  readonly nodes: readonly FlowNode[];
  readonly start: number;
  readonly strands: readonly Strand[];
}

/** Whether an expression asks the host program, whose answer nobody knows. */
export function isAsked(expr: Expr): boolean {
  let asked = false;
  walkExpr(expr, (e) => {
    asked ||= e.kind === 'call';
  });
  return asked;
}

export function flowOf(process: Process): Flow {
  const nodes: FlowNode[] = [{ kind: 'end' }];
  const strands: Strand[] = [{ start: 0, around: [] }];
  const owned = ownNames(process);
  /** The names of variables in the strand that is made, and what it stands in. */
  let names: ReadonlyMap<string, string> = new Map();
  let around: readonly Around[] = [];
  const add = (node: FlowNode): number => nodes.push(node) - 1;
  const nameOf = (text: string): string => names.get(text) ?? text;
  const valueOf = (expr: Expr): Expr =>
    replaceNames(expr, (text, origin) => ({ kind: 'name', name: { text: nameOf(text), origin }, origin }));
  type Loops = ReadonlyMap<string, { readonly head: number; readonly behind: number }>;
  const block = (body: LocalBlock | undefined, next: number, loops: Loops): number =>
    (body?.actions ?? []).reduceRight((after, action) => of(action, after, loops), next);
  /** The first that come are taken, one after the other. */
  const gather = (action: LocalGather, taken: readonly string[], next: number): number => {
    const all = action.senders.map(({ key }) => key);
    const count = action.quorum?.count;
    const needed = !action.quorum
      ? all.length
      : count?.kind === 'int'
        ? Number(count.text)
        : Math.floor(all.length / 2) + 1;
    const left = all.filter((sender) => !taken.includes(sender));
    const label = action.label?.text ?? '';
    const options = (action.quorum ? left : left.slice(0, 1)).map((from): FlowOption => {
      const late = left.filter((sender) => sender !== from);
      if (taken.length + 1 < needed) return { from, label, next: gather(action, [...taken, from], next) };
      return { from, label, next, ...(late.length > 0 ? { late } : {}) };
    });
    return add({ kind: 'receive', options });
  };
  const computed = (actions: readonly Action[]): Computed[] =>
    actions.map((action): Computed => {
      if (action.kind === 'assignment')
        return {
          kind: 'assign',
          variable: nameOf(wholeTarget(action.into)?.text ?? ''),
          value: valueOf(action.value),
        };
      if (action.kind === 'if')
        return {
          kind: 'test',
          condition: valueOf(action.condition),
          yes: computed(action.then.actions),
          no: computed(action.else.actions),
        };
      throw new Error(`not at once: ${action.kind}`);
    });
  const of = (action: Action, next: number, loops: Loops): number => {
    switch (action.kind) {
      case 'send':
        return add({
          kind: 'send',
          to: action.receiver.key,
          label: action.label?.name.text ?? '',
          value: action.value && valueOf(action.value),
          next,
        });
      case 'gather':
        return gather(action, [], next);
      case 'at':
        return add({ kind: 'at', does: computed(action.body.actions), next });
      case 'par': {
        const [before, outside] = [names, around];
        const takes = action.branches.map(({ actions }) => takenIn(actions));
        const begun = action.branches.map((branch, index) => {
          names = new Map([...before, ...(owned.get(action)?.[index] ?? [])]);
          const others = new Set(takes.flatMap((taken, other) => (other === index ? [] : [...taken])));
          around = [...outside, { par: action, index, own: takes[index] ?? new Set(), others }];
          const number = strands.push({ start: 0, around }) - 1;
          strands[number] = { start: block(branch, 0, new Map()), around };
          return number;
        });
        [names, around] = [before, outside];
        return add({ kind: 'fork', strands: begun, next: add({ kind: 'join', strands: begun, next }) });
      }
      case 'receive': {
        const options = action.branches.map((b) => ({
          from: b.sender.key,
          label: b.label?.text ?? '',
          variable: b.into && nameOf(wholeTarget(b.into)?.text ?? ''),
          next: block(b.body, next, loops),
        }));
        return add({ kind: 'receive', options });
      }
      case 'assignment':
        return add({
          kind: 'assign',
          variable: nameOf(wholeTarget(action.into)?.text ?? ''),
          value: valueOf(action.value),
          next,
        });
      case 'effect':
        return next;
      case 'choice':
        return add({ kind: 'choose', ways: action.branches.map((b) => block(b, next, loops)) });
      case 'if': {
        const [yes, no] = [block(action.then, next, loops), block(action.else, next, loops)];
        return add(
          isAsked(action.condition)
            ? { kind: 'choose', ways: [yes, no] }
            : { kind: 'test', condition: valueOf(action.condition), yes, no },
        );
      }
      case 'match': {
        if (!isAsked(action.value)) throw new Error('a match by a value that is known');
        const cases = [...action.cases.map((c) => c.body), ...(action.else ? [action.else] : [])];
        return add({ kind: 'choose', ways: cases.map((c) => block(c, next, loops)) });
      }
      case 'while': {
        const head = add({ kind: 'end' });
        const yes = block(action.body, head, loops);
        nodes[head] = isAsked(action.condition)
          ? { kind: 'choose', ways: [yes, next] }
          : { kind: 'test', condition: valueOf(action.condition), yes, no: next };
        return head;
      }
      case 'rec': {
        const head = add({ kind: 'end' });
        nodes[head] = {
          kind: 'choose',
          ways: [block(action.body, next, new Map([...loops, [action.name.text, { head, behind: next }]]))],
        };
        return head;
      }
      case 'continue': {
        const head = loops.get(action.name.text)?.head;
        if (head === undefined) throw new Error(`no loop ${action.name.text}`);
        return head;
      }
      case 'leave': {
        const behind = loops.get(action.name.text)?.behind;
        if (behind === undefined) throw new Error(`no loop ${action.name.text}`);
        return behind;
      }
      case 'call':
      case 'hole':
      case 'for':
      case 'pick':
      case 'when':
        throw new Error(`not for a graph: ${action.kind}`);
    }
  };
  const start = block(process.body, 0, new Map());
  strands[0] = { start, around: [] };
  return {
    name: process.name.text,
    server: process.server === true,
    params: process.params.map((p) => p.name.text),
    nodes,
    start,
    strands,
  };
}

/** What actions take somewhere, as `sender label`. */
function takenIn(actions: readonly Action[]): ReadonlySet<string> {
  const found = new Set<string>();
  walkActions(actions, (action) => {
    if (action.kind === 'receive') for (const b of action.branches) found.add(`${b.sender.key} ${b.label?.text ?? ''}`);
    if (action.kind === 'gather') for (const { key } of action.senders) found.add(`${key} ${action.label?.text ?? ''}`);
  });
  return found;
}

/**
 * For each branch of each `par`, names for the variables that it has for itself: those without a value before, in the
 * order of the text, which several branches bind.
 */
function ownNames(process: Process): ReadonlyMap<LocalPar, readonly (readonly (readonly [string, string])[])[]> {
  const made = new Map<LocalPar, readonly (readonly (readonly [string, string])[])[]>();
  const bindsIn = (actions: readonly Action[]): ReadonlySet<string> => {
    const names = new Set<string>();
    walkActions(actions, (action) => {
      for (const into of targetsIn(action)) for (const { text } of namesOfTarget(into)) names.add(text);
    });
    return names;
  };
  const walk = (actions: readonly Action[], bound: Set<string>): void => {
    for (const action of actions) {
      if (action.kind === 'par') {
        const binds = action.branches.map((branch) => bindsIn(branch.actions));
        const number = made.size;
        made.set(
          action,
          binds.map((names, i) =>
            [...names]
              .filter((name) => !bound.has(name) && binds.some((other, j) => j !== i && other.has(name)))
              .map((name) => [name, `${name}_${number}_${i}`] as const),
          ),
        );
        for (const branch of action.branches) walk(branch.actions, new Set(bound));
      } else for (const inner of localBlocksOf(action)) walk(inner.actions, bound);
      for (const name of bindsIn([action])) bound.add(name);
    }
  };
  walk(process.body.actions, new Set(process.params.map((param) => param.name.text)));
  return made;
}

export function waysFrom(node: FlowNode): readonly number[] {
  switch (node.kind) {
    case 'send':
    case 'assign':
    case 'at':
    case 'fork':
    case 'join':
      return [node.next];
    case 'receive':
      return node.options.map((o) => o.next);
    case 'test':
      return [node.yes, node.no];
    case 'choose':
      return node.ways;
    case 'end':
      return [];
  }
}

/** For each node, all nodes that it leads to, itself too. */
export function reachOf(flow: Flow): readonly ReadonlySet<number>[] {
  return flow.nodes.map((_, from) => {
    const seen = new Set([from]);
    for (const at of seen) for (const next of waysFrom(flow.nodes[at] as FlowNode)) seen.add(next);
    return seen;
  });
}
