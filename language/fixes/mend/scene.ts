// A network with an error: what is known of its processes, and how likely changes of it are.
import { wholeTarget } from '../../ir/target.js';
import type { TextRange } from '../../ir/expression.js';
import type { Held } from '../../edits/held.js';
import type { Message, Change, Balance } from './channels.js';
import { writeName } from '../../syntax/names.js';
import type { Value } from './values.js';
import { walkActions } from '../../ir/process.js';
import type { Process, Network } from '../../ir/process.js';
import type { RoleRef } from '../../ir/role.js';
import { printRole } from '../../syntax/print.js';
import type { FixContext } from '../../edits/fix.js';
import { exchangedBy } from './designed.js';
import { meaningOf, valuesFor, plainOf, sample } from './values.js';
import { sitesOf } from './sites.js';
import { mostWaysToName } from '../limits.js';

/** What is known of a network while candidates for its mending are made. */
export interface Scene {
  readonly network: Network;
  readonly context: FixContext;
  /** All roles, those that are not written out as well. */
  readonly processes: readonly Process[];
  /** The projections of the choreography that is implemented; none where there is none. */
  readonly designed: readonly Process[];
  /** The same with the numbers of members, as the network calls them; elsewhere, members are called by their family. */
  readonly numbered: readonly Process[];
  readonly balance: Balance;
  /** The places that the finding tells of, but for the steps of its run. */
  readonly focus: readonly TextRange[];
  /** The last step of each role in the run of the finding. */
  readonly last: ReadonlyMap<string, TextRange>;
  /** The roles that have ended where the run does. */
  readonly ended: ReadonlySet<string>;
  /** The finding tells that a process has no value where it reads one: how it came to that place says nothing. */
  readonly lacksValue: boolean;
  /** Names that a process reads and has not, with where. */
  missing(process: Process): readonly { readonly name: string; readonly at: number }[];
  held(process: Process): readonly Held[];
  /**
   * The type of what a message carries, as it is written; undefined where that is not known, '' where it carries
   * nothing.
   */
  carried(message: Message): string | undefined;
}

/** The doubt of what a design has not. */
export const undesigned = 500;

/** Whether a place is one that the finding tells of. */
export function isNear({ focus }: Scene, { start, end }: TextRange): boolean {
  return focus.some(
    (place) => place.start < end && start < place.end && place.end - place.start <= 2 * (end - start) + 40,
  );
}

/**
 * How unlikely a candidate is: how far sends and receives are from each other after it, and whether its place is one
 * that is told of.
 */
export function doubtOf(scene: Scene, changes: readonly Change[], place: TextRange | undefined, more = 0): number {
  const strange =
    scene.designed.length > 0 && changes.some(({ message, end, by }) => by === 1 && !isDesigned(scene, message, end));
  return (strange ? undesigned : 0) + 8 * scene.balance.after(changes) + (place && isNear(scene, place) ? 0 : 3) + more;
}

/** Whether the design has a message at one of its ends. */
function isDesigned({ designed }: Scene, message: Message, end: 'sends' | 'receives'): boolean {
  const process = designed.find((p) => p.name.text === (end === 'sends' ? message.from : message.to));
  return !process || exchangedBy(process).has(`${message.from}>${message.to}:${message.label ?? ''}`);
}

/**
 * How a process may name another role, which is its name; of a family also the members that it names elsewhere, those
 * that it goes through, and its neighbours.
 */
export function namesFor({ network }: Scene, process: Process, role: string): readonly string[] {
  const own = network.processes.filter(({ name }) => name.text === process.name.text);
  const found = new Set<string>();
  const note = (ref: RoleRef | undefined): void => {
    if (ref?.name.text === role && ref.index) found.add(printRole(ref));
  };
  for (const { body } of own) {
    walkActions(body.actions, (action) => {
      if (action.kind === 'send') note(action.receiver);
      if (action.kind === 'receive') for (const { sender } of action.branches) note(sender);
      if (action.kind === 'for' && action.range.kind === 'members' && action.range.of.name.text === role)
        found.add(`${writeName(role)}[${writeName(action.index.text)}]`);
    });
  }
  // Members of one family talk to those beside them.
  const size = network.families.find(({ name }) => name.text === role)?.family.size?.text;
  const index = process.members?.kind === 'all' && process.name.text === role ? process.members.index.text : undefined;
  const beside =
    size === undefined || index === undefined
      ? []
      : [
          `(${writeName(index)} + 1) % ${writeName(size)}`,
          `(${writeName(index)} + ${writeName(size)} - 1) % ${writeName(size)}`,
        ].map((at) => `${writeName(role)}[${at}]`);
  return [...new Set([...beside, ...[...found].slice(0, mostWaysToName), writeName(role)])];
}

/** A `send` of a value, or of nothing. */
export function sendText(value: string, { to, label }: Message, role = writeName(to)): string {
  return `send ${value === '' ? '' : `${value} `}to ${role}${label === undefined ? '' : `: ${writeName(label)}`}`;
}

/** What a new message may carry, the likeliest first; '' for nothing. */
export function payloads(scene: Scene, process: Process, message: Message, more: readonly Held[] = []): Value[] {
  const { scope } = scene.context.workspace.analyze(scene.context.uri) ?? {};
  const receiver = scene.processes.find((p) => p.name.text === message.to);
  const branch =
    receiver &&
    sitesOf(receiver).flatMap(({ action }) =>
      action.kind === 'receive'
        ? action.branches.filter((b) => b.sender.key === message.from && b.label?.text === message.label)
        : [],
    )[0];
  if (!scope || !branch || (!branch.into && branch.types.length === 0)) return [{ text: '', doubt: 0 }];
  const [written, ...others] = branch.types;
  const variable = wholeTarget(branch.into);
  const bound = receiver && variable && scene.held(receiver).find((h) => h.name === variable.text)?.type;
  const type = written && others.length === 0 ? meaningOf(written, scope) : (scene.carried(message) ?? bound);
  const values = valuesFor([...more, ...scene.held(process)], scope, type, variable?.text, message.to, Infinity);
  const [best] = values;
  const plain = written ? sample(written, scope) : type === undefined ? undefined : plainOf(type);
  // Where nothing fits, some value is better than none, and a guess.
  return best
    ? values
    : plain === undefined
      ? [
          { text: '""', doubt: 7 },
          { text: '0', doubt: 7.1 },
        ]
      : [{ text: plain, doubt: 6 }];
}
