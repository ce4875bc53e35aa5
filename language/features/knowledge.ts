// Who learns a decision, and by what, read off the projections: what a role does is what it knows.
import type { Statement } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import { sendersOf, walkActions } from '../ir/process.js';
import type { Process, Receive } from '../ir/process.js';
import type { Projected } from '../projection/project.js';
import { contains, sameOrigin } from './cursor.js';
import { listed } from '../text/words.js';

export type Choosing = Extract<Statement, { kind: 'decision' | 'while' }>;

export interface Learner {
  readonly role: string;
  readonly how: 'decides' | 'told' | 'message' | 'same' | 'apart' | 'unknown';
  /** A predicate of the role: `decides`, `learns it from Seller’s first message: …`. */
  readonly words: string;
}

/**
 * How each role comes to know the outcome of a decision or loop.
 * @param projected the projection of the choreography that the decision is in
 * Cost: linear in the projection
 */
export function learnersOf(projected: Projected, statement: Choosing): Learner[] {
  return projected.network.processes.map((process) => ({ role: process.name.text, ...learns(process, statement) }));
}

function learns(process: Process, statement: Choosing): Omit<Learner, 'role'> {
  const role = process.name.text;
  const deciders = statement.guards.map((g) => g.role.key);
  if (deciders.length === 0 && statement.kind === 'decision') deciders.push(statement.decider.key);
  if (deciders.includes(role)) {
    const others = deciders.filter((d) => d !== role);
    return {
      how: 'decides',
      words: others.length > 0 ? `decides, alike with ${listed(others)}: each holds the value` : 'decides',
    };
  }
  if (statement.informs.some((t) => t.key === role)) {
    const labels =
      statement.kind === 'while'
        ? ['again', 'done']
        : statement.kind === 'decision' && statement.pick
          ? [`picked[${statement.pick.index.text}]`]
          : statement.branches.map((b) => b.label);
    return {
      how: 'told',
      words: `is told by ${deciders[0] ?? 'its decider'}: ${listed(
        labels.map((l) => `\`${l}\``),
        'or',
      )}`,
    };
  }
  const parts = statement.kind === 'decision' ? statement.branches.map((b) => b.body.origin) : [statement.body.origin];
  const partOf = (origin: TextRange): number => parts.findIndex((part) => contains(part, origin));
  let inside = false;
  let hole = false;
  let telling: Receive | undefined;
  walkActions(process.body.actions, (action) => {
    const within = action.origins.some((o) => contains(statement.origin, o));
    inside ||= within;
    hole ||=
      action.kind === 'hole' &&
      action.origins.some((o) => contains(statement.origin, o) || sameOrigin(o, statement.origin));
    if (action.kind === 'receive' && action.branches.length > 1 && !telling) {
      const reached = new Set(action.branches.flatMap((b) => b.origins.map(partOf)));
      // What is found out late may stand elsewhere: then the decision is one of the places that the receive comes from.
      if ((reached.size > 1 && within) || action.origins.some((o) => sameOrigin(o, statement.head))) telling = action;
    }
  });
  if (hole) return { how: 'unknown', words: 'can’t tell' };
  if (telling) {
    const labels = telling.branches.map((b) => (b.label ? `\`${b.label.text}\`` : 'no label'));
    const [sender, ...others] = sendersOf(telling).map(({ key }) => key);
    if (others.length > 0)
      return {
        how: 'message',
        words: `learns it by who sends next: ${listed(
          telling.branches.map((b, i) => `${labels[i]} from ${b.sender.key}`),
          'or',
        )}`,
      };
    return { how: 'message', words: `learns it from ${sender}’s next message: ${listed(labels, 'or')}` };
  }
  if (!inside) return { how: 'apart', words: 'need not know: it has no part in this' };
  if (statement.kind === 'decision' && statement.pick) {
    return role === statement.pick.of.name.text
      ? { how: 'message', words: 'finds out by what it gets whether it is picked' }
      : { how: 'same', words: 'need not know: it does the same whichever is picked' };
  }
  return { how: 'same', words: 'need not know: it does the same either way' };
}
