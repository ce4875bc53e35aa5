// The columns that are shown: the pinned roles first, then the roles of the choreography.
import type { PinnedRole, Show } from '../messages.js';
import { differencesOf } from './differences.js';
import type { RoleProjection } from '../../protocol/projections.js';
import { t } from './wording.js';

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
  /** A process that is written by hand: its text stands in the source. */
  readonly written: boolean;
  /** The lines in which a process and its design differ. */
  readonly differs?: ReadonlySet<number>;
  /** It shows its name alone. */
  readonly folded?: boolean;
  /** It is shown for sizes that were chosen. */
  readonly sized?: boolean;
  /** Of a network that implements a choreography: what that wants of the role. */
  readonly design?: Column;
}

/**
 * The roles of what is shown: of a network as its choreography has them, so that a role has one place and one colour.
 */
export function headerOf({ choreography }: Show): string[] {
  const wanted =
    choreography !== undefined && 'written' in choreography
      ? (choreography.design?.roles.map(({ role }) => role) ?? [])
      : [];
  return [...wanted, ...(choreography?.roles.map(({ role }) => role).filter((role) => !wanted.includes(role)) ?? [])];
}

/** The columns for what is to be shown. */
export function columnsOf(show: Show): Column[] {
  const { wish, choreography } = show;
  const columns: Column[] = [];
  const written = choreography !== undefined && 'written' in choreography;
  const sized = choreography?.sizes?.some(({ shown }) => shown !== undefined) === true;
  for (const shown of show.pinned) {
    const here = shown.pin.uri === wish.uri && shown.pin.choreography === choreography?.name;
    if (here) continue;
    columns.push({
      id: idOf(shown.pin),
      pin: shown.pin,
      pinned: true,
      elsewhere: shown.pin.choreography,
      index: shown.index,
      projection: shown.projection,
      roles: namesOf(shown.roles),
      stale: shown.stale && !show.stale,
      reason: shown.reason,
      written: shown.written === true,
      title: t('{0} of {1}, pinned', shown.pin.role, shown.pin.choreography),
    });
  }
  const design = choreography !== undefined && 'written' in choreography ? choreography.design : undefined;
  const order = headerOf(show);
  // A family’s name has the colour of its first member.
  const named = namesOf(
    order
      .flatMap((role) => (role.includes('[') ? [role, role.slice(0, role.indexOf('['))] : [role]))
      .filter((role, at, all) => all.indexOf(role) === at),
    order,
  );
  order.forEach((role, index) => {
    const projection = choreography?.roles.find((each) => each.role === role) ?? nothing(role);
    const pin = { uri: wish.uri ?? '', choreography: choreography?.name ?? '', role };
    const pinned = wish.roles.some((other) => idOf(other) === idOf(pin));
    const own = design?.roles.find((each) => each.role === role);
    const differences = own && differencesOf(projection, own);
    columns.push({
      ...(differences ? { differs: differences.written } : {}),
      ...(sized ? { sized } : {}),
      id: idOf(pin),
      pin,
      pinned,
      index,
      projection,
      roles: named,
      stale: false,
      written,
      title: written
        ? t('What {0} does in {1}, as it is written', role, pin.choreography)
        : t('What {0} does in {1}', role, pin.choreography),
      ...(design && own
        ? {
            design: {
              ...designColumn({ uri: design.uri, choreography: design.name, role }, index, own, named),
              differs: differences?.wanted,
            },
          }
        : {}),
    });
  });
  return columns;
}

/** Of a role that nobody wrote a process for. */
const blanks = new Map<string, RoleProjection>();
function nothing(role: string): RoleProjection {
  const blank = blanks.get(role) ?? { role, text: '', map: [], holes: [] };
  blanks.set(role, blank);
  return blank;
}

function designColumn(
  pin: PinnedRole,
  index: number,
  projection: RoleProjection,
  roles: ReadonlyMap<string, number>,
): Column {
  return {
    id: `design-${idOf(pin)}`,
    pin,
    pinned: false,
    elsewhere: pin.choreography,
    index,
    projection,
    roles,
    stale: false,
    written: false,
    title: t('What {0} wants {1} to do', pin.choreography, pin.role),
  };
}

export function idOf(pin: PinnedRole): string {
  return `${pin.uri}/${pin.choreography}/${pin.role}`.replace(/[^\p{XIDC}]/gu, '-');
}

const names = new Map<string, ReadonlyMap<string, number>>();

/** The same map for the same names, so that what was made with it can be kept. */
function namesOf(roles: readonly string[], order = roles): ReadonlyMap<string, number> {
  const key = roles.join(' ');
  const place = (role: string): number => order.findIndex((each) => each === role || each.startsWith(`${role}[`));
  const known = names.get(key) ?? new Map(roles.map((role) => [role, place(role)]));
  names.set(key, known);
  return known;
}
