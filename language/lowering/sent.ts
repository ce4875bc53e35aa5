// `match p.e -> q.x`: the value itself is sent. What each branch starts with: a message with the case for its label and
// the fields for its payload, and the value put together again.
import type { Assignment, Communication, Receiver } from '../ir/choreography.js';
import { namesOf } from '../ir/expression.js';
import type { Expr, Name, Pattern, TextRange } from '../ir/expression.js';
import type { RoleRef } from '../ir/role.js';
import {
  mapTarget,
  patternTarget,
  valueOfTarget,
  variableOfTarget,
  variableTarget,
  wholeTarget,
} from '../ir/target.js';
import type { Target } from '../ir/target.js';

/**
 * A pattern of a case with a name in place of each `_` among its fields: what is sent has to be known.
 * @param base what the names begin with; the case comes behind it
 * @param isTaken whether a name means something there
 */
export function namedFields(pattern: Pattern, base: string, isTaken: (name: string) => boolean): Pattern {
  if (pattern.kind !== 'constructor' || !pattern.args) return pattern;
  const used = new Set(namesOf(pattern));
  const own = `${base}${pattern.name.text.charAt(0).toUpperCase()}${pattern.name.text.slice(1)}`;
  const fresh = (origin: TextRange): Name => {
    let text = own;
    for (let count = 2; used.has(text) || isTaken(text); count++) text = `${own}${count}`;
    used.add(text);
    return { text, origin, written: '_' };
  };
  const within = (each: Pattern): Pattern => {
    switch (each.kind) {
      case 'literal':
      case 'none':
        return each;
      case 'tuple':
        return { ...each, items: each.items.map(within) };
      case 'constructor':
        if (each.args) return { ...each, args: each.args.map(within) };
        return each.name.text === '_' ? { ...each, name: fresh(each.origin) } : each;
    }
  };
  return { ...pattern, args: pattern.args.map(within) };
}

/**
 * What a branch starts with for one who is sent the value.
 * @param pattern of the branch; none for `else`, which is no case
 * @param label the case
 */
export function sendingCase(
  sender: RoleRef,
  receiver: Receiver,
  pattern: Pattern | undefined,
  label: string,
): (Communication | Assignment)[] {
  const { role, origin } = receiver;
  const value = pattern && valueOf(pattern);
  const kept = variableOfTarget(receiver.into);
  const keeps = kept !== undefined && kept.text !== '_';
  const payload = value && fieldsOf(pattern);
  // What nobody named is needed for the whole alone.
  const taken =
    payload &&
    (keeps
      ? payload.into
      : mapTarget(payload.into, (name) => (name.written === undefined ? name : { text: '_', origin: name.origin })));
  const message: Communication = {
    kind: 'communication',
    sender,
    receivers: [{ role, origin, ...(taken && wholeTarget(taken)?.text !== '_' ? { into: taken } : {}) }],
    ...(payload ? { value: payload.value } : {}),
    label: { name: { text: label, origin: role.name.origin }, types: [], origin: role.name.origin },
    implied: true,
    origin,
  };
  return keeps && value
    ? [message, { kind: 'assignment', role, into: variableTarget(kept), value, implied: { by: sender }, origin }]
    : [message];
}

/** What a pattern of a case takes, as an expression. */
function valueOf(pattern: Pattern): Expr | undefined {
  switch (pattern.kind) {
    case 'none':
      return { kind: 'none', origin: pattern.origin };
    case 'literal':
      return pattern.value.kind === 'bool' ? pattern.value : undefined;
    case 'tuple':
      return undefined;
    case 'constructor':
      return valueOfTarget({ kind: 'pattern', pattern });
  }
}

/** The fields of a case as the payload of a message, and what takes them; undefined where it has none. */
function fieldsOf(pattern: Pattern | undefined): { readonly value: Expr; readonly into: Target } | undefined {
  if (pattern?.kind !== 'constructor' || !pattern.args) return undefined;
  const [only] = pattern.args;
  const fields: Pattern | undefined =
    pattern.args.length === 1 ? only : { kind: 'tuple', items: pattern.args, origin: pattern.origin };
  const into = fields && patternTarget(fields);
  const value = into && valueOfTarget(into);
  return into && value && { value, into };
}
