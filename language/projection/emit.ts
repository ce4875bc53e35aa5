// From the lists of projection to the core of processes.
import type { Expr, Name, TextRange } from '../ir/expression.js';
import type { Action, LocalBlock } from '../ir/process.js';
import { loopKey } from './behaviour.js';
import type { Arm, List, Node } from './behaviour.js';
import { distinctRoles } from '../ir/role.js';

/** The loops around a place, by `loopKey`: the names that they get, which no loop around them has. */
type Loops = ReadonlyMap<string, Name>;

const noLoops: Loops = new Map();

/**
 * The core of a behaviour.
 * @param list the behaviour
 * @param origin what the block is to stand for in the source
 */
export function emit(list: List, origin: TextRange, loops: Loops = noLoops): LocalBlock {
  const actions: Action[] = [];
  for (let cell = list; cell; cell = cell.rest) actions.push(emitNode(cell.node, loops));
  return { actions, origin };
}

function emitNode(node: Node, loops: Loops): Action {
  switch (node.kind) {
    case 'leaf': {
      const { action } = node;
      return action.kind === 'continue'
        ? { kind: 'continue', name: loops.get(loopKey(action.loop)) ?? action.loop.name, origins: action.origins }
        : action;
    }
    case 'while':
      return {
        kind: 'while',
        condition: node.condition,
        body: emit(node.body, first(node.origins), loops),
        origins: node.origins,
      };
    case 'rec': {
      const name = freeName(node.loop.name, loops);
      const body = emit(node.body, first(node.origins), new Map(loops).set(loopKey(node.loop), name));
      return { kind: 'rec', name, body, origins: node.origins };
    }
    case 'receive': {
      const senders = distinctRoles(node.arms.map(({ sender }) => sender));
      return {
        kind: 'receive',
        form: node.arms.length > 1 || node.arms[0]?.pick ? 'branching' : 'single',
        ...(senders.length === 1 ? { from: senders[0] } : {}),
        origins: node.origins,
        branches: node.arms.map((arm) => emitArm(arm, loops)),
      };
    }
    case 'par':
      return {
        kind: 'par',
        branches: node.bodies.map((body) => emit(body, first(node.origins), loops)),
        origins: node.origins,
      };
    case 'at':
      return { kind: 'at', body: emit(node.body, first(node.origins), loops), origins: node.origins };
    case 'for':
      return {
        kind: 'for',
        ...(node.parallel ? { parallel: true } : {}),
        index: node.index,
        range: node.range,
        body: emit(node.body, first(node.origins), loops),
        origins: node.origins,
      };
    case 'fork':
      return emitFork(node, loops);
  }
}

function emitArm(
  { sender, label, pick, into, types, body, origins }: Arm,
  loops: Loops,
): Extract<Action, { kind: 'receive' }>['branches'][number] {
  return { sender, label, ...(pick ? { pick } : {}), into, types, body: emit(body, first(origins), loops), origins };
}

function emitFork(node: Extract<Node, { kind: 'fork' }>, loops: Loops): Action {
  const { origins } = node;
  const blocks = node.bodies.map((body) => emit(body, first(origins), loops));
  const empty: LocalBlock = { actions: [], origin: first(origins) };
  if (node.form === 'choice' || !node.value) return { kind: 'choice', branches: blocks, origins };
  if (node.pick) return { kind: 'pick', ...node.pick, value: node.value, body: blocks[0] ?? empty, origins };
  // Nobody writes an empty block first.
  if (node.form === 'if' || node.form === 'when') {
    const [then = empty, otherwise = empty] = blocks;
    const turned = !node.bodies[0] && node.bodies[1];
    return turned
      ? { kind: node.form, condition: negated(node.value), then: otherwise, else: then, origins }
      : { kind: node.form, condition: node.value, then, else: otherwise, origins };
  }
  const cases = node.patterns.flatMap((pattern, i) => (pattern ? [{ pattern, body: blocks[i] ?? empty }] : []));
  const otherwise = node.patterns.findIndex((pattern) => !pattern);
  return { kind: 'match', value: node.value, cases, else: otherwise < 0 ? undefined : blocks[otherwise], origins };
}

/** The opposite of a condition, as one would write it. */
function negated(value: Expr): Expr {
  if (value.kind === 'unary' && value.operator === 'not') return value.operand;
  if (value.kind === 'binary' && value.operator === '==') return { ...value, operator: '!=' };
  if (value.kind === 'binary' && value.operator === '!=') return { ...value, operator: '==' };
  return { kind: 'unary', operator: 'not', operand: value, origin: value.origin };
}

/** The name, with a number behind it where a loop around has it. */
function freeName({ text, origin }: Name, loops: Loops): Name {
  const taken = new Set([...loops.values()].map((loop) => loop.text));
  let name = text;
  for (let count = 2; taken.has(name); count++) name = `${text}${count}`;
  return { text: name, origin };
}

function first(origins: readonly TextRange[]): TextRange {
  return origins[0] ?? { start: 0, end: 0 };
}
