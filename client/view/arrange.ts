// Which roles are shown, in which order, and which of them folded. No page in here.
import type { Arrangement, Arrangements } from '../messages.js';

export interface ArrangedRole {
  readonly role: string;
  /** Its place in the header. */
  readonly index: number;
  readonly hidden: boolean;
  readonly folded: boolean;
}

/** Of how many choreographies it is kept. */
const mostKept = 100;

export function arrangementKey(uri: string, name: string): string {
  return `${uri}#${name}`;
}

/** The roles in the order in which they are shown, hidden ones too; what is new stands at its place in the header. */
export function arranged(roles: readonly string[], arrangement: Arrangement | undefined): ArrangedRole[] {
  const order = arrangement?.order.filter((role) => roles.includes(role)) ?? [];
  roles.forEach((role, index) => {
    if (order.includes(role)) return;
    const before = roles.slice(0, index).findLast((other) => order.includes(other));
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, role);
  });
  return order.map((role) => ({
    role,
    index: roles.indexOf(role),
    hidden: arrangement?.hidden.includes(role) === true,
    folded: arrangement?.folded.includes(role) === true,
  }));
}

/**
 * What is to be done with a role: shown or hidden, folded or not, or moved by so many places among those that are
 * shown; or all of them are folded, to unfold those that matter.
 */
export type Rearrange =
  | ({ readonly role: string } & (
      { readonly hidden: boolean } | { readonly folded: boolean } | { readonly by: number }
    ))
  | { readonly foldAll: true };

/** The arrangement after a change. */
export function rearranged(roles: readonly string[], before: Arrangement | undefined, change: Rearrange): Arrangement {
  const now = arranged(roles, before);
  const order = now.map(({ role }) => role);
  const toggled = (what: 'hidden' | 'folded', own: string, on: boolean): string[] => [
    ...now.filter((each) => each[what] && each.role !== own).map(({ role }) => role),
    ...(on ? [own] : []),
  ];
  const same = {
    order,
    hidden: now.filter(({ hidden }) => hidden).map(({ role }) => role),
    folded: now.filter(({ folded }) => folded).map(({ role }) => role),
  };
  if ('foldAll' in change) return { ...same, folded: order };
  if ('hidden' in change) return { ...same, hidden: toggled('hidden', change.role, change.hidden) };
  if ('folded' in change) return { ...same, folded: toggled('folded', change.role, change.folded) };
  const visible = now.filter(({ hidden }) => !hidden).map(({ role }) => role);
  const other = visible[visible.indexOf(change.role) + change.by];
  if (other === undefined || !visible.includes(change.role)) return same;
  const without = order.filter((role) => role !== change.role);
  without.splice(without.indexOf(other) + (change.by > 0 ? 1 : 0), 0, change.role);
  return { ...same, order: without };
}

/** All arrangements with one that is new; the oldest are forgotten. */
export function withArrangement(all: Arrangements, key: string, arrangement: Arrangement | undefined): Arrangements {
  const others = Object.entries(all).filter(([other]) => other !== key);
  return Object.fromEntries([...others, ...(arrangement ? [[key, arrangement] as const] : [])].slice(-mostKept));
}
