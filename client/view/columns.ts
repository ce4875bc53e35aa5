// The columns that are shown: the pinned roles first, then the roles of the choreography.
import type { PinnedRole, Show } from '../messages.js';
import type { RoleProjection } from '../protocol.js';

export interface Column {
  /** Names the column in the page, and what is kept of it. */
  readonly id: string;
  readonly pin: PinnedRole;
  readonly pinned: boolean;
  /** Of another choreography: its name. */
  readonly elsewhere?: string;
  readonly title: string;
  readonly index: number;
  readonly projection: RoleProjection;
  /** The names that are roles here, with their places in the header. */
  readonly roles: ReadonlyMap<string, number>;
  readonly stale: boolean;
  readonly reason?: string;
}

/** The columns for what is to be shown. */
export function columnsOf(show: Show): Column[] {
  const { wish, choreography } = show;
  const roles = namesOf(choreography?.roles.map((role) => role.role) ?? []);
  const columns: Column[] = [];
  for (const shown of show.pinned) {
    const here = shown.pin.uri === wish.uri && shown.pin.choreography === choreography?.name;
    if (here) continue;
    columns.push({
      id: idOf(shown.pin), pin: shown.pin, pinned: true, elsewhere: shown.pin.choreography, index: shown.index, projection: shown.projection,
      roles: namesOf(shown.roles), stale: shown.stale && !show.stale, reason: shown.reason,
      title: `${shown.pin.role} of ${shown.pin.choreography}, pinned`,
    });
  }
  choreography?.roles.forEach((projection, index) => {
    const pin = { uri: wish.uri ?? '', choreography: choreography.name, role: projection.role };
    const pinned = wish.roles.some((other) => idOf(other) === idOf(pin));
    columns.push({ id: idOf(pin), pin, pinned, index, projection, roles, stale: false, title: `What ${projection.role} does in ${choreography.name}` });
  });
  return columns;
}

export function idOf(pin: PinnedRole): string {
  return `${pin.uri}/${pin.choreography}/${pin.role}`.replace(/[^\p{XIDC}]/gu, '-');
}

const names = new Map<string, ReadonlyMap<string, number>>();

/** The same map for the same names, so that what was made with it can be kept. */
function namesOf(roles: readonly string[]): ReadonlyMap<string, number> {
  const key = roles.join(' ');
  const known = names.get(key) ?? new Map(roles.map((role, index) => [role, index]));
  names.set(key, known);
  return known;
}
