// What the view is to show, from what the reader wishes and what the server answered. No vscode in here.
import type { PinnedRole, Show, ShownRole, Wish, Written } from './messages.js';
import type { Diagram } from '../protocol/diagrams.js';
import type { Position } from '../protocol/places.js';
import type { ChoreographyProjection, Projections } from '../protocol/projections.js';
import { english } from './wording.js';
import type { Wording } from './wording.js';

export const emptyWish: Wish = { pinned: false, roles: [] };

const greeting = `choreography Greeting(Alice, Bob) {
  Alice."hello" -> Bob.greeting
  Bob."hi" -> Alice.reply
}`;

type Shown = ChoreographyProjection | Written;

/** The choreographies and networks of a file, in the order of the text. */
function declarationsOf(projections: Projections): Shown[] {
  const networks = projections.networks.map((network): Written => ({ ...network, written: true }));
  return [...projections.choreographies, ...networks].sort(
    (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
  );
}

/** Whether processes that are written by hand are shown. */
function isWritten(shown: Shown): shown is Written {
  return 'written' in shown;
}

/**
 * The choreography or network that the cursor is in, or else the one shown so far, or else the nearest one above the
 * cursor.
 * @param projections what there is
 * @param position the cursor
 * @param shown the name of the one that is shown
 */
export function choreographyAt(
  projections: Projections,
  position: Position | undefined,
  shown: string | undefined,
): Shown | undefined {
  const choreographies = declarationsOf(projections);
  if (position) {
    const here = choreographies.find(
      ({ range }) => range.start.line <= position.line && position.line <= range.end.line,
    );
    if (here) return here;
  }
  return (
    choreographies.find(({ name }) => name === shown) ??
    (position ? choreographies.findLast(({ range }) => range.start.line <= position.line) : undefined) ??
    choreographies[0]
  );
}

/**
 * Puts together what the view shows.
 * @param wish what the reader wishes
 * @param known the newest answer of the server for a file
 * @param position the cursor in the wished file; undefined where it is elsewhere
 * @param diagramOf the newest diagram of a choreography or network, for the tab that is wished
 * @param t says it in the reader's language
 * @returns what to show, its wish naming the choreography that is shown
 */
export function show(
  wish: Wish,
  known: (uri: string) => Projections | undefined,
  position: Position | undefined,
  diagramOf: (name: string) => Diagram | undefined = () => undefined,
  t: Wording = english,
): Show {
  const projections = wish.uri === undefined ? undefined : known(wish.uri);
  const all = projections ? declarationsOf(projections) : [];
  const named = all.find(({ name }) => name === wish.choreography);
  const choreography =
    projections && (wish.pinned && named ? named : choreographyAt(projections, position, wish.choreography));
  // A pinned choreography that was renamed or removed is not pinned any more.
  const pinned = wish.pinned && (projections === undefined || named !== undefined);
  const diagram = choreography && diagramOf(choreography.name);
  return {
    type: 'show',
    ...(diagram ? { diagram } : {}),
    wish: { ...wish, pinned, choreography: choreography?.name ?? wish.choreography },
    file: wish.uri === undefined ? '' : fileName(wish.uri),
    names: all.map(({ name }) => name),
    choreography,
    pinned: wish.roles.flatMap((pin) => pinnedRole(pin, known(pin.uri))),
    stale: (choreography ?? projections)?.stale === true,
    reason: (choreography ?? projections)?.reason,
    empty:
      nothingOf(choreography, t) ??
      (projections
        ? `${t('There is no choreography and no network in this file yet.')}\n\n${t('Write one, and what each role does alone appears here:')}\n\n${greeting}`
        : wish.uri === undefined
          ? t('Open a .chor file to see what each of its roles does alone.')
          : t('Waiting for the language server…')),
  };
}

function nothingOf(choreography: Shown | undefined, t: Wording): string | undefined {
  if (!choreography) return undefined;
  return isWritten(choreography)
    ? t('There is no process in {0} yet.', choreography.name)
    : t('There is no role in {0} yet.', choreography.name);
}

function pinnedRole(pin: PinnedRole, projections: Projections | undefined): ShownRole[] {
  const choreography = projections && declarationsOf(projections).find(({ name }) => name === pin.choreography);
  const index = choreography?.roles.findIndex(({ role }) => role === pin.role) ?? -1;
  const projection = choreography?.roles[index];
  if (!choreography || !projection) return [];
  return [
    {
      pin,
      index,
      projection,
      roles: choreography.roles.map(({ role }) => role),
      stale: choreography.stale,
      reason: choreography.reason,
      ...(isWritten(choreography) ? { written: true } : {}),
    },
  ];
}

export function fileName(uri: string): string {
  const last =
    uri
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1) ?? uri;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** The file and the declaration that are to be shown: another file starts at its cursor. */
export function wishFor(wish: Wish, change: Partial<Wish>): Wish {
  const other = change.uri !== undefined && change.uri !== wish.uri;
  return { ...wish, ...(other ? { choreography: undefined, sizes: undefined } : {}), ...change };
}

/** The files that are needed for a wish. */
export function urisOf(wish: Wish): string[] {
  return [...new Set([...(wish.uri === undefined ? [] : [wish.uri]), ...wish.roles.map(({ uri }) => uri)])];
}
