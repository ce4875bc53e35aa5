// What a role does in a branch, in words: for messages, and for the places where a projection has a hole.
import type { Deed, Got, ConflictingDeeds, WayName } from '../findings/projection.js';
import { ordinal } from '../syntax/ordinal.js';
import { listed, shorten } from '../text/words.js';

/** A verb and what it is about: `gets`, `` `ship` from Seller ``. */
interface Phrase {
  readonly verb: string;
  readonly object: string;
  /** Of what is sent, set or called: with the value. */
  readonly whole?: string;
}

/** What a role does first; undefined is nothing. */
function phrase(deed: Deed | undefined): Phrase | undefined {
  switch (deed?.kind) {
    case undefined:
      return undefined;
    case 'gets':
      return { verb: 'gets', object: `${deed.messages.map(sayMessage).join(' or ')} from ${listed(deed.from, 'or')}` };
    case 'decides':
      return { verb: 'decides', object: deed.by === undefined ? 'by itself' : `by ${quoted(deed.by)}` };
    case 'loops':
      return { verb: 'loops', object: `while ${quoted(deed.condition)}` };
    case 'parts':
      return { verb: 'does', object: 'several things at the same time' };
    case 'enters':
      return { verb: 'goes', object: 'into a loop' };
    case 'sends': {
      const { label, value, to } = deed;
      const what = label !== undefined ? `\`${label}\`` : value !== undefined ? quoted(value) : 'a message';
      return {
        verb: 'sends',
        object: `${what} to ${to}`,
        ...(label !== undefined && value !== undefined ? { whole: `${quoted(`${label}(${value})`)} to ${to}` } : {}),
      };
    }
    case 'gathers':
      return {
        verb: 'gets',
        object: `${sayMessage(deed)} from ${deed.quorum ? 'the first of ' : ''}${listed(deed.from)}`,
      };
    case 'sets':
      return { verb: 'sets', object: `\`${deed.variable}\``, whole: `\`${deed.variable}\` to ${quoted(deed.value)}` };
    case 'computes':
      return { verb: 'does', object: quoted(deed.value) };
    case 'calls':
      return { verb: 'takes part', object: `in \`${deed.callee}\``, whole: `in ${quoted(deed.call)}` };
    case 'continues':
      return { verb: 'goes', object: 'round the loop again' };
    case 'unknown':
      return { verb: 'does', object: 'what is not known' };
  }
}

/** A message as it is told apart from others: by its label, else its variable. */
function sayMessage({ label, variable }: Pick<Got, 'label' | 'variable'>): string {
  if (label !== undefined) return `\`${label}\``;
  return variable === undefined ? 'a message without a label' : `\`${variable}\``;
}

/**
 * That a message may come too early, as a sentence with a blank before it: `` Head may send `write` before it can know
 * that Tail got `read` from Client. ``; empty where none may.
 */
export function sayOvertaking({ overtaking }: ConflictingDeeds, role: string): string {
  return overtaking
    ? ` ${overtaking.by} may send ${sayMessage(overtaking.other)} before it can know that ${role} got ${sayMessage(overtaking.got)} from ${overtaking.from}.`
    : '';
}

/** What a role does first, as a clause: `` gets `ship` from Seller ``. */
export function sayDeed(deed: Deed | undefined): string {
  const said = phrase(deed);
  return said ? `${said.verb} ${said.object}` : 'does nothing';
}

/** @param other what it is told apart from: where both have one name, it is told by the one that it was given */
function sayPayload(deed: Deed | undefined, other: Deed | undefined): string {
  const [got, second] = [deed, other].map((each) => (each?.kind === 'gets' ? each.messages[0] : undefined));
  if (!got) return sayDeed(deed);
  if (got.variable !== undefined)
    return `into \`${second?.variable === got.variable ? (got.named ?? got.variable) : got.variable}\``;
  return got.carries
    ? 'with a value that it does not keep'
    : got.types.length > 0
      ? `with \`${got.types.length === 1 ? '' : '('}${got.types.join(', ')}${got.types.length === 1 ? '' : ')'}\``
      : 'without a value';
}

/**
 * What a role does in each of two branches, as a clause: `` it gets `ship` from Seller in one branch and nothing in the
 * other ``.
 * @param names how the two branches are called
 */
export function sayConflict(
  { left, right, reason, after }: ConflictingDeeds,
  names: readonly [WayName, WayName],
): string {
  const since = after ? `after ${sayMessage(after)} from ${after.from} it ` : 'it ';
  const [one, other] = [sayWay(names[0]), sayWay(names[1])];
  const [a, b] = [phrase(left), phrase(right)];
  if (reason === 'payload' && left?.kind === 'gets') {
    const [got] = left.messages;
    const what = got?.label === undefined ? 'a message without a label' : sayMessage(got);
    return `${since}gets ${what} from ${listed(left.from, 'or')}, ${sayPayload(left, right)} ${one} and ${sayPayload(right, left)} ${other}`;
  }
  if (!a && !b) return `${since}ends ${one} and ${other}, but not in the same place`;
  // Places that have no order of their own are told with what is done first.
  if (!a && b)
    return names[0].kind === 'one'
      ? `${since}${sayBoth(b, undefined, one, other)}`
      : `${since}${sayBoth(b, undefined, other, one)}`;
  return a ? `${since}${sayBoth(a, b, one, other)}` : '';
}

function sayBoth(a: Phrase, b: Phrase | undefined, one: string, other: string): string {
  // Where a verb has no object of its own, nothing can't be one.
  if (!b)
    return `${a.verb} ${a.object} ${one} and ${a.verb === 'gets' || a.verb === 'sends' ? '' : 'does '}nothing ${other}`;
  const same = a.verb === b.verb;
  if (!same || a.object !== b.object)
    return `${a.verb} ${a.object} ${one} and ${same ? '' : `${b.verb} `}${b.object} ${other}`;
  if (a.whole !== b.whole) return `${a.verb} ${a.whole ?? a.object} ${one} and ${b.whole ?? b.object} ${other}`;
  return `${a.verb} ${a.object} ${one} and ${other}, but goes on differently`;
}

/** Where something is, by the way that it is on: `in one branch`, `` in the case `put` ``. */
export function sayWay(way: WayName): string {
  switch (way.kind) {
    case 'one':
      return 'in one branch';
    case 'other':
      return 'in the other';
    case 'round':
      return 'in a round';
    case 'after':
      return 'after the last';
    case 'else':
      return 'in the `else`';
    case 'case':
      return `in the case ${quoted(way.pattern)}`;
    case 'branch':
      return `in the ${ordinal(way.index)} branch`;
    case 'picked':
      if (way.many && way.member === undefined)
        return way.own ? 'if it is one of those that are picked' : 'if it is not picked';
      return way.own
        ? 'if it is picked itself'
        : way.member === undefined
          ? 'if another one is picked'
          : `if ${way.member} is picked`;
  }
}

function quoted(text: string): string {
  return `\`${shorten(text)}\``;
}
