// A process as a graph, for what the tests and the benchmark write for other tools. Made apart from the checker's own,
// so that a mistake there is not made here as well. Calls must be written out (see inline.ts).
import type { Expr } from '../../language/ir/expression.js';
import { walkExpr } from '../../language/ir/expression.js';
import { wholeTarget } from '../../language/ir/target.js';
import type { Action, LocalBlock, Process } from '../../language/ir/process.js';

export interface FlowOption {
  readonly from: string;
  readonly label: string;
  readonly variable?: string;
  readonly next: number;
}

export type FlowNode =
  | { readonly kind: 'send'; readonly to: string; readonly label: string; readonly value?: Expr; readonly next: number }
  | { readonly kind: 'receive'; readonly options: readonly FlowOption[] }
  | { readonly kind: 'assign'; readonly variable: string; readonly value: Expr; readonly next: number }
  | { readonly kind: 'test'; readonly condition: Expr; readonly yes: number; readonly no: number }
  /** Any of these ways; a single one is a step that does nothing. */
  | { readonly kind: 'choose'; readonly ways: readonly number[] }
  | { readonly kind: 'end' };

export interface Flow {
  readonly name: string;
  readonly params: readonly string[];
  readonly nodes: readonly FlowNode[];
  readonly start: number;
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
  const add = (node: FlowNode): number => nodes.push(node) - 1;
  type Loops = ReadonlyMap<string, { readonly head: number; readonly behind: number }>;
  const block = (body: LocalBlock | undefined, next: number, loops: Loops): number =>
    (body?.actions ?? []).reduceRight((after, action) => of(action, after, loops), next);
  const of = (action: Action, next: number, loops: Loops): number => {
    switch (action.kind) {
      case 'send':
        return add({
          kind: 'send',
          to: action.receiver.key,
          label: action.label?.name.text ?? '',
          value: action.value,
          next,
        });
      case 'receive': {
        const options = action.branches.map((b) => ({
          from: b.sender.key,
          label: b.label?.text ?? '',
          variable: wholeTarget(b.into)?.text,
          next: block(b.body, next, loops),
        }));
        return add({ kind: 'receive', options });
      }
      case 'assignment':
        return add({ kind: 'assign', variable: wholeTarget(action.into)?.text ?? '', value: action.value, next });
      case 'effect':
        return next;
      case 'choice':
        return add({ kind: 'choose', ways: action.branches.map((b) => block(b, next, loops)) });
      case 'if': {
        const [yes, no] = [block(action.then, next, loops), block(action.else, next, loops)];
        return add(
          isAsked(action.condition)
            ? { kind: 'choose', ways: [yes, no] }
            : { kind: 'test', condition: action.condition, yes, no },
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
          : { kind: 'test', condition: action.condition, yes, no: next };
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
      case 'at':
      case 'call':
      case 'gather':
      case 'hole':
      case 'for':
      case 'par':
      case 'pick':
      case 'when':
        throw new Error(`not for a graph: ${action.kind}`);
    }
  };
  const start = block(process.body, 0, new Map());
  return { name: process.name.text, params: process.params.map((p) => p.name.text), nodes, start };
}

export function waysFrom(node: FlowNode): readonly number[] {
  switch (node.kind) {
    case 'send':
    case 'assign':
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
