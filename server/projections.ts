// Projections for any client: the request `chor/projections`, the notification `chor/projectionsChanged`, and the
// read-only documents of the scheme `chor-projection:`.
import type { Connection, Location, Position, Range } from 'vscode-languageserver';
import { placedGraph, placedSequence } from '../language/diagram/places.js';
import type { Place } from '../language/diagram/sequence.js';
import { createViewHistory, designOf } from '../language/features/projections.js';
import type { DeclarationView, RoleView, ViewHistory } from '../language/features/projections.js';
import type { TextRange } from '../language/ir/expression.js';
import type { Diagram, DiagramParams } from '../protocol/diagrams.js';
import type { ChoreographyProjection, NetworkProcesses, Projections, RoleProjection } from '../protocol/projections.js';
import { projectionsChanged } from '../protocol/projections.js';
import type { Sizes } from '../protocol/places.js';
import { toLocation, toOffset } from './convert.js';
import { linesOf } from './lines.js';
import type { Lines } from './lines.js';
import type { Session } from './session.js';

/** Of a file that is gone. */
const nowhere: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

type Roles = readonly RoleProjection[];

export interface ProjectionsTeller {
  /** Takes in the newest analysis of a file, and tells the client if it is another one. */
  update(uri: string): void;
  /** @param sizes of families, by the names of choreographies: at these, they are told member by member */
  answer(uri: string, position: Position | undefined, sizes?: Readonly<Record<string, Sizes>>): Projections | null;
  /** The diagram of a choreography or network of a file; null where there is none of that name. */
  diagram(uri: string, name: string, kind: DiagramParams['kind'], sizes?: Sizes): Diagram | null;
}

/** Keeps the projections of the files that are open. */
export function createProjections(connection: Connection, session: Session): ProjectionsTeller {
  const histories = new Map<string, ViewHistory>();
  session.onClosed((uri) => histories.delete(uri));
  const converted = new WeakMap<readonly RoleView[], { readonly start: Position; readonly roles: Roles }>();

  const take = (uri: string): ViewHistory | undefined => {
    const analysis = session.analyze(uri);
    let history = histories.get(uri);
    if (!analysis) return history;
    history ??= createViewHistory();
    // A file that is not open has no versions to go back to.
    if (session.version(uri) !== undefined) histories.set(uri, history);
    history.update(analysis, session.version(uri) ?? 0);
    return history;
  };

  /** The lines of the text that was asked for last; several choreographies of an answer have the same. */
  let source: { readonly text: string; readonly lines: Lines } | undefined;
  const rangeIn = (text: string, origin: TextRange): Range => {
    if (source?.text !== text) source = { text, lines: linesOf(text) };
    return source.lines.range(origin);
  };

  const rolesOf = (views: readonly RoleView[], text: string, start: Position): Roles => {
    const known = converted.get(views);
    // These are views of the same declaration: its lines are the same if its first one is.
    if (known?.start.line === start.line && known.start.character === start.character) return known.roles;
    const roles = views.map((view) => {
      const local = linesOf(view.text);
      return {
        role: view.role,
        text: view.text,
        ...(view.members === undefined ? {} : { members: view.members }),
        map: view.map.map((m) => ({ local: local.range(m.local), source: rangeIn(text, m.source) })),
        holes: view.holes.map((h) => ({ ...h, local: local.range(h.local) })),
      };
    });
    converted.set(views, { start, roles });
    return roles;
  };

  const answered = (view: DeclarationView, sizes?: Sizes): ChoreographyProjection => {
    const range = rangeIn(view.text, view.range);
    const at = sizes && view.at?.(new Map(Object.entries(sizes)));
    return {
      name: view.name,
      range,
      roles: rolesOf((at ?? view).roles(), view.text, range.start),
      version: view.version,
      stale: view.reason !== undefined,
      ...(view.reason === undefined ? {} : { reason: view.reason }),
      ...(view.sizes
        ? { sizes: view.sizes.map((size) => ({ ...size, ...(at ? { shown: sizes?.[size.name] ?? size.usual } : {}) })) }
        : {}),
    };
  };

  const network = (uri: string, view: DeclarationView): NetworkProcesses => {
    const design = view.implements === undefined ? undefined : designOf(session.workspace(), uri, view.implements);
    return {
      ...answered(view),
      ...(view.implements === undefined ? {} : { implements: view.implements }),
      ...(design
        ? {
            design: {
              uri: session.toClient(design.uri),
              name: design.name,
              roles: rolesOf(design.roles, design.text, rangeIn(design.text, design.range).start),
            },
          }
        : {}),
    };
  };

  return {
    diagram(uri, name, kind, sizes) {
      const view = [...(take(uri)?.views() ?? []), ...(histories.get(uri)?.networks() ?? [])].find(
        (each) => each.name === name,
      );
      if (!view) return null;
      const { sequence: drawn, states } = (sizes && view.at?.(new Map(Object.entries(sizes)))) ?? view;
      const client = session.toClient(uri);
      const location = (place: Place): Location =>
        place.uri === uri
          ? { uri: client, range: rangeIn(view.text, place.origin) }
          : (toLocation(session, place.uri, place.origin) ?? { uri: session.toClient(place.uri), range: nowhere });
      const sequence = kind === 'sequence' ? drawn() : undefined;
      return {
        name,
        version: view.version,
        stale: view.reason !== undefined,
        ...(view.reason === undefined ? {} : { reason: view.reason }),
        ...(sequence ? { sequence: placedSequence(sequence, location) } : {}),
        ...(kind === 'states' ? { states: placedGraph(states(), location) } : {}),
      };
    },
    update(uri) {
      take(uri);
      void connection.sendNotification(projectionsChanged.method, {
        uri: session.toClient(uri),
        version: session.version(uri) ?? 0,
      });
    },
    answer(uri, position, sizes) {
      const history = take(uri);
      if (!history) return null;
      const document = session.document(uri);
      const views =
        position && document ? history.at(toOffset(document, position)) : [...history.views(), ...history.networks()];
      const stale = views.filter((view) => view.reason !== undefined);
      return {
        version: Math.min(session.version(uri) ?? 0, ...stale.map((view) => view.version)),
        stale: stale.length > 0,
        ...(stale[0] ? { reason: stale[0].reason } : {}),
        choreographies: views
          .filter((view) => view.kind === 'choreography')
          .map((view) => answered(view, sizes?.[view.name])),
        networks: views.filter((view) => view.kind === 'network').map((view) => network(uri, view)),
      };
    },
  };
}
