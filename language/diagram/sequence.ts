// A choreography as a sequence diagram: lanes, and what stands below each other on them. Plain data, without pixels,
// colours or fonts. What is called stands beside it, once each: whoever draws unfolds as much of it as is asked for.
import type { Choreography, Communication, Decision, Gather, Receiver, Statement } from '../ir/choreography.js';
import { asWritten } from '../ir/expression.js';
import type { TextRange } from '../ir/expression.js';
import type { Located, RoleRef } from '../ir/role.js';
import { isOpenItself, readableName } from '../parameters/closure.js';
import { givenScope, withGiven } from '../parameters/scope.js';
import type { Resolved, Scope } from '../scoping/scope.js';
import {
  printExpr,
  printFamily,
  printPattern,
  printQuorum,
  printRange,
  printMany,
  printRole,
  printTarget,
  printType,
} from '../syntax/print.js';
import { writeName } from '../syntax/names.js';
import { oneLine, shortened } from './words.js';
import type { Count } from './counts.js';
import { counterOf } from './counts.js';
import { messagesIn } from '../ir/choreography.js';
import { longestDrawn } from './limits.js';

/** Where an element stands; whoever shows it may have places of another form. */
export interface Place {
  readonly uri: string;
  readonly origin: TextRange;
}

export interface SequenceDiagram<P = Place> {
  /** The section that is drawn. */
  readonly main: string;
  /** The choreography and all that it calls, directly or not, each once. */
  readonly sections: Readonly<Record<string, Section<P>>>;
}

export interface Section<P = Place> {
  readonly name: string;
  readonly lanes: readonly Lane<P>[];
  readonly items: readonly Item<P>[];
  /** The declaration. */
  readonly place: P;
  readonly count: Count;
}

/** A role’s lifeline. */
export interface Lane<P = Place> {
  readonly role: string;
  /** Of a family of roles, which has one lifeline for all of its members: its sizes, as its header has them. */
  readonly members?: string;
  readonly place: P;
}

/** One message; a multicast is several. Lanes are counted from 0. */
export interface Message<P = Place> {
  readonly kind: 'message';
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** The statement, in a line. */
  readonly says: string;
  /** It comes from the arrow list of a decision or loop. */
  readonly implied?: boolean;
  readonly place: P;
}

/** Something that one role does alone. */
export interface Step<P = Place> {
  readonly kind: 'step';
  readonly lane: number;
  readonly text: string;
  readonly place: P;
}

/** `continue X` and `leave X`. */
export interface Jump<P = Place> {
  readonly kind: 'jump';
  readonly text: string;
  readonly place: P;
}

export interface Frame<P = Place> {
  readonly kind: 'frame';
  readonly form: 'if' | 'match' | 'choice' | 'while' | 'rec' | 'for' | 'par' | 'pick';
  /** The name of a loop, or what it goes through; empty for what has no name. */
  readonly title: string;
  /** The roles that decide. */
  readonly deciders: readonly number[];
  readonly parts: readonly Part<P>[];
  readonly place: P;
}

/** A branch of a decision, or the body of a loop. */
export interface Part<P = Place> {
  /** When it is gone through. */
  readonly title: string;
  readonly items: readonly Item<P>[];
  readonly place: P;
  readonly count: Count;
}

export interface Call<P = Place> {
  readonly kind: 'call';
  readonly text: string;
  /** The lane of each role of the callee. */
  readonly lanes: readonly number[];
  /** What it unfolds to; missing where it is not found, or is given other roles than it has. */
  readonly section?: string;
  readonly count: Count;
  readonly place: P;
}

export type Item<P = Place> = Message<P> | Step<P> | Jump<P> | Frame<P> | Call<P>;

interface Found {
  readonly key: string;
  readonly choreography: Choreography;
  readonly scope: Scope;
}

/**
 * The sequence diagram of a choreography. What could not be read of it is left out.
 * @param from the scope of its file
 * Cost: linear in it and in what it calls, times its roles; once more for each branch around a statement, for the
 * counts
 */
export function sequenceOf(written: Choreography, from: Scope): SequenceDiagram {
  const scope = givenScope(from);
  const choreography = withGiven(written, scope);
  const first = { key: keyOf(scope.file.uri, choreography), choreography, scope };
  const found = new Map([[first.key, first]]);
  const drafts = new Map<string, Draft>();
  // It grows while it is gone through.
  for (const each of found.values()) {
    drafts.set(
      each.key,
      draftOf(each, (resolved) => {
        if (resolved?.declaration.kind !== 'choreography' || isOpenItself(resolved.declaration.name.text))
          return undefined;
        const there = scope.at(resolved.uri);
        const key = keyOf(resolved.uri, resolved.declaration);
        if (!there) return undefined;
        if (!found.has(key)) found.set(key, { key, choreography: resolved.declaration, scope: there });
        return found.get(key);
      }),
    );
  }
  const counter = counterOf(drafts);
  const counted = (items: readonly DraftItem[], lanes: number): Item[] =>
    items.map((item): Item => {
      switch (item.kind) {
        case 'frame':
          return {
            ...item,
            parts: item.parts.map((part) => ({
              ...part,
              items: counted(part.items, lanes),
              count: counter.of(part.items, lanes),
            })),
          };
        case 'call':
          return { ...item, count: counter.of([item], lanes) };
        case 'jump':
        case 'message':
        case 'step':
          return item;
      }
    });
  const sections = [...drafts].map(([key, { items, ...draft }]): [string, Section] => [
    key,
    { ...draft, items: counted(items, draft.lanes.length), count: counter.of(items, draft.lanes.length) },
  ]);
  return { main: first.key, sections: Object.fromEntries(sections) };
}

/** Items before their messages are counted. */
type DraftItem = Message | Step | Jump | DraftFrame | Omit<Call, 'count'>;
interface DraftFrame extends Omit<Frame, 'parts'> {
  readonly parts: readonly (Omit<Part, 'items' | 'count'> & { readonly items: readonly DraftItem[] })[];
}
interface Draft extends Omit<Section, 'items' | 'count'> {
  readonly items: readonly DraftItem[];
}

function keyOf(uri: string, { name }: Choreography): string {
  return `${uri}#${name.text}`;
}

function draftOf(
  { choreography, scope }: Found,
  resolve: (resolved: Resolved | undefined) => Found | undefined,
): Draft {
  const { uri } = scope.file;
  const at = (origin: TextRange): Place => ({ uri, origin });
  const places = new Map(choreography.roles.map(({ name }, i) => [name.text, i]));
  const lane = (role: RoleRef): number | undefined => places.get(role.name.text);
  const families = new Set(choreography.roles.flatMap(({ name, family }) => (family ? [name.text] : [])));
  /** Which members of a family are meant; empty for what is none. */
  const members = (role: RoleRef): string =>
    role.index
      ? printRole(role).replace(writeName(role.name.text), '').trim()
      : families.has(role.name.text)
        ? 'all'
        : '';
  const known = (roles: readonly RoleRef[]): number[] => roles.flatMap((role) => lane(role) ?? []);

  const messages = ({ sender, receivers: to, label, implied, origin, ...message }: Communication): Message[] =>
    to
      .map((receiver) => (implied ? asWritten(receiver) : receiver))
      .flatMap((receiver) => {
        const value = implied ? asWritten(message.value) : message.value;
        const [from, towards] = [lane(sender), lane(receiver.role)];
        if (from === undefined || towards === undefined) return [];
        const payload = value ? printExpr(value) : (label?.types.map(printType).join(', ') ?? '');
        const text = label
          ? `${label.name.text}${payload ? (value?.kind === 'tuple' ? payload : `(${payload})`) : ''}`
          : payload || '_';
        const says = `${printRole(sender)}${value ? `.${printExpr(value, 8)}` : ''} -> ${target(receiver)}${label ? `: ${label.name.text}` : ''}`;
        const [who, whom] = [members(sender), members(receiver.role)];
        const shown = `${who ? `${who} ` : ''}${text}${whom ? ` → ${whom}` : ''}`;
        return [
          {
            kind: 'message',
            from,
            to: towards,
            text: shortened(shown, longestDrawn),
            says: shortened(says, 2 * longestDrawn),
            place: at(origin),
            ...(implied ? { implied } : {}),
          },
        ];
      });

  /** A message from each sender; what is waited for is said at the last. */
  const gathered = (gather: Gather): Message[] => {
    const { quorum, receiver } = gather;
    const all = messagesIn(gather).flatMap(messages);
    const says = quorum ? ` ${printQuorum(quorum)}` : '';
    return all.map((message, i) =>
      i < all.length - 1
        ? message
        : {
            ...message,
            says: shortened(
              `${message.says}${receiver.into ? ` (${printTarget(receiver.into)})` : ''}${says}`,
              2 * longestDrawn,
            ),
            text: shortened(`${message.text}${says}`, longestDrawn),
          },
    );
  };

  const step = (role: RoleRef, text: string, origin: TextRange): Step[] => {
    const own = lane(role);
    const who = role.index ? `${members(role)} ` : '';
    return own === undefined
      ? []
      : [{ kind: 'step', lane: own, text: shortened(`${who}${text}`, longestDrawn), place: at(origin) }];
  };

  const items = (statements: readonly Statement[]): DraftItem[] =>
    statements.flatMap((statement): DraftItem[] => {
      const { origin } = statement;
      switch (statement.kind) {
        case 'communication':
          return messages(statement);
        case 'gather':
          return gathered(statement);
        case 'assignment':
          return statement.implied
            ? []
            : step(statement.role, `${printTarget(statement.into)} = ${printExpr(statement.value)}`, origin);
        case 'effect':
          return step(statement.role, printExpr(statement.value), origin);
        case 'continue':
        case 'leave':
          return [{ kind: 'jump', text: `${statement.kind} ${writeName(statement.name.text)}`, place: at(origin) }];
        case 'call': {
          const callee = resolve(scope.lookup(statement.callee.text));
          const lanes = known(statement.args.map(({ role }) => role));
          const fits =
            callee !== undefined &&
            lanes.length === statement.args.length &&
            new Set(statement.args.map(({ role }) => role.key)).size === lanes.length &&
            lanes.length === callee.choreography.roles.length;
          const given = [
            ...statement.args.map(
              ({ role, inputs }) =>
                `${printRole(role)}${inputs.length > 0 ? `(${inputs.map((input) => printExpr(input)).join(', ')})` : ''}`,
            ),
            ...(statement.values ?? []).map((value) => printExpr(value)),
          ];
          const takers = statement.takers.map(target).join(', ');
          const text = `${takers === '' ? '' : `${takers} = `}do ${writeName(readableName(statement.callee.text))}(${given.join(', ')})`;
          return [
            {
              kind: 'call',
              text: shortened(text, longestDrawn),
              lanes,
              place: at(origin),
              ...(fits ? { section: callee.key } : {}),
            },
          ];
        }
        case 'decision': {
          // An `else` that is not written, and in which nobody is told anything, is nothing to see.
          const branches = statement.branches.filter(
            ({ absent, body }) => absent !== true || body.statements.length > 0,
          );
          const titles = titlesOf(statement);
          return [
            {
              kind: 'frame',
              form: statement.form,
              title: '',
              deciders: known(
                statement.form === 'choice' ? [statement.decider] : statement.guards.map(({ role }) => role),
              ),
              place: at(origin),
              parts: branches.map((branch) => ({
                title: shortened(titles[statement.branches.indexOf(branch)] ?? '', longestDrawn),
                items: items(branch.body.statements),
                place: at(branch.absent === true ? statement.head : branch.origin),
              })),
            },
          ];
        }
        case 'while':
          return [
            {
              kind: 'frame',
              form: 'while',
              title: '',
              deciders: known(statement.guards.map(({ role }) => role)),
              place: at(origin),
              parts: [
                {
                  title: shortened(guardsOf(statement.guards), longestDrawn),
                  items: items(statement.body.statements),
                  place: at(origin),
                },
              ],
            },
            ...statement.exit.flatMap(messages),
          ];
        case 'for':
          return [
            {
              kind: 'frame',
              form: statement.parallel === true ? 'par' : 'for',
              title: shortened(`${writeName(statement.index.text)} in ${printRange(statement.range)}`, longestDrawn),
              deciders: [],
              place: at(origin),
              parts: [{ title: '', items: items(statement.body.statements), place: at(origin) }],
            },
          ];
        case 'par':
          return [
            {
              kind: 'frame',
              form: 'par',
              title: '',
              deciders: [],
              place: at(origin),
              parts: statement.branches.map((branch) => ({
                title: '',
                items: items(branch.statements),
                place: at(branch.origin),
              })),
            },
          ];
        case 'at':
          return step(statement.role, statement.body.statements.map(localText).join('; '), origin);
        case 'when':
          return [
            {
              kind: 'frame',
              form: 'if',
              title: '',
              deciders: [],
              place: at(origin),
              parts: [
                {
                  title: shortened(printExpr(statement.condition), longestDrawn),
                  items: items(statement.then.statements),
                  place: at(origin),
                },
                { title: 'else', items: items(statement.else.statements), place: at(origin) },
              ],
            },
          ];
        case 'rec':
          return [
            {
              kind: 'frame',
              form: 'rec',
              title: writeName(statement.name.text),
              deciders: [],
              place: at(origin),
              parts: [{ title: '', items: items(statement.body.statements), place: at(origin) }],
            },
          ];
      }
    });

  const { returns } = choreography;
  return {
    name: readableName(choreography.name.text),
    place: at(choreography.origin),
    lanes: choreography.roles.map(({ name, family, origin }) => ({
      role: name.text,
      ...(family ? { members: printFamily(family) } : {}),
      place: at(origin),
    })),
    items: [
      ...items(choreography.body.statements),
      ...returns.flatMap(({ role, value, origin }) => step(role, `return ${printExpr(value)}`, origin)),
    ],
  };
}

function target({ role, into }: Pick<Receiver, 'role' | 'into'>): string {
  return `${printRole(role)}${into ? `.${printTarget(into)}` : ''}`;
}

/** What a role does alone, on one line. */
function localText(statement: Statement): string {
  switch (statement.kind) {
    case 'assignment':
      return `${printTarget(statement.into)} = ${printExpr(statement.value)}`;
    case 'effect':
      return printExpr(statement.value);
    case 'decision':
      return `${statement.form} ${statement.guards.map(({ value }) => printExpr(value)).join(', ')} { … }`;
    case 'at':
    case 'call':
    case 'communication':
    case 'continue':
    case 'for':
    case 'gather':
    case 'leave':
    case 'par':
    case 'rec':
    case 'when':
    case 'while':
      return '…';
  }
}

function guardsOf(guards: readonly Located[]): string {
  return guards.map(({ role, value }) => oneLine(`${printRole(role)}: ${printExpr(value)}`)).join(', ');
}

/** When each branch is gone through. */
function titlesOf({ form, guards, decider, branches, pick }: Decision): string[] {
  switch (form) {
    case 'if':
      return branches.map((_, i) => (i === 0 ? guardsOf(guards) : 'else'));
    case 'match':
      return branches.map(({ pattern }, i) =>
        pattern ? `${i === 0 ? `${guardsOf(guards)} ` : ''}is ${printPattern(asWritten(pattern))}` : 'else',
      );
    case 'pick':
      return branches.map(
        () =>
          `${pick ? `pick ${printMany(pick)}${writeName(pick.index.text)} in ${printRole(pick.of)} by ` : ''}${guardsOf(guards)}`,
      );
    case 'choice':
      return branches.map(({ label }, i) => (i === 0 ? `${printRole(decider)}: ${label}` : label));
  }
}
