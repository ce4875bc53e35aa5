// One more role for a choreography, and for all that call it, so that there is somebody to play it.
import { choreographiesOf, walkBlock } from '../../ir/choreography.js';
import type { Choreography } from '../../ir/choreography.js';
import { walkActions } from '../../ir/process.js';
import type { TextRange } from '../../ir/expression.js';
import type { Edit } from '../../edits/fix.js';
import { placesIn } from '../../parameters/network.js';
import { writeName } from '../../syntax/names.js';
import { scan } from '../../syntax/tokens.js';
import type { Workspace } from '../../workspace.js';
import { count } from '../../text/words.js';
import { freshName } from './refactoring.js';
import type { Asked, Refactoring } from './refactoring.js';
import { longestHead } from '../limits.js';

interface Place {
  readonly uri: string;
  readonly choreography: Choreography;
}

/**
 * Where one more item of a list in brackets goes, and what comes before it; `from` is behind the name before the
 * brackets.
 */
function atEnd(text: string, from: number): { readonly at: number; readonly comma: string } | undefined {
  let depth = 0;
  let last: string | undefined;
  for (const token of scan(text.slice(from, from + longestHead))) {
    if (token.kind === 'comment') continue;
    if (token.text === '(') depth++;
    if (token.text === ')' && --depth === 0)
      return { at: from + token.start, comma: last === '(' ? '' : last === ',' ? ' ' : ', ' };
    if (depth === 0) return undefined;
    last = token.text;
  }
  return undefined;
}

/**
 * A choreography, and all that call it, directly or not. Cost: an analysis of the files that import it, directly or not
 */
function withCallers(workspace: Workspace, uri: string, choreography: Choreography): readonly Place[] | undefined {
  const found = new Map<string, Place>([[`${uri} ${choreography.name.text}`, { uri, choreography }]]);
  const files = [...workspace.dependents(uri)].flatMap((other) => workspace.analyze(other) ?? []);
  for (let size = 0; size < found.size;) {
    size = found.size;
    for (const { file, scope } of files)
      for (const declaration of file.declarations) {
        if (declaration.kind !== 'choreography' || found.has(`${file.uri} ${declaration.name.text}`)) continue;
        walkBlock(declaration.body.statements, (statement) => {
          const callee = statement.kind === 'call' ? scope.lookup(statement.callee.text) : undefined;
          if (callee && found.has(`${callee.uri} ${callee.declaration.name.text}`))
            found.set(`${file.uri} ${declaration.name.text}`, { uri: file.uri, choreography: declaration });
        });
      }
  }
  return [...found.values()].some((place) => place.choreography.broken) ? undefined : [...found.values()];
}

/** @returns undefined where a caller can't be read, or a network calls it that has nobody to play the role */
export function addRole({ workspace, uri }: Asked, choreography: Choreography): Refactoring | undefined {
  const places = withCallers(workspace, uri, choreography);
  if (!places) return undefined;
  const words = new Set(
    places.flatMap((place) =>
      scan((workspace.text(place.uri) ?? '').slice(place.choreography.origin.start, place.choreography.origin.end)).map(
        (token) => token.text,
      ),
    ),
  );
  const role = freshName('Role', words);
  const isMeant = (
    target: { readonly uri: string; readonly declaration: { readonly name: { readonly text: string } } } | undefined,
  ): boolean =>
    target !== undefined &&
    places.some((place) => place.uri === target.uri && place.choreography.name.text === target.declaration.name.text);
  const edits: Edit[] = [];
  let possible = true;
  /** @param next what stands behind the roles, if anything does */
  const add = (at: string, name: TextRange, next?: TextRange): void => {
    if (next) {
      edits.push({ uri: at, start: next.start, end: next.start, newText: `${writeName(role)}, ` });
      return;
    }
    const place = atEnd(workspace.text(at) ?? '', name.end);
    if (place) edits.push({ uri: at, start: place.at, end: place.at, newText: `${place.comma}${writeName(role)}` });
    else possible = false;
  };
  for (const place of places) {
    add(place.uri, place.choreography.name.origin, place.choreography.parameters[0]?.origin);
    const own = new Set(choreographiesOf(place.choreography.parameters).map(({ name }) => name.text));
    const scope = workspace.analyze(place.uri)?.scope;
    walkBlock(place.choreography.body.statements, (statement) => {
      if (statement.kind !== 'call' || own.has(statement.callee.text)) return;
      const callee = scope?.lookup(statement.callee.text);
      if (isMeant(callee))
        add(
          place.uri,
          statement.callee.origin,
          callee?.declaration.kind === 'choreography'
            ? statement.args[callee.declaration.roles.length]?.origin
            : undefined,
        );
    });
  }
  for (const other of workspace.dependents(uri)) {
    const analysis = workspace.analyze(other);
    for (const network of analysis?.file.declarations ?? []) {
      if (network.kind !== 'network') continue;
      const plays = network.implements !== undefined && isMeant(analysis?.scope.lookup(network.implements.text));
      for (const process of network.processes)
        walkActions(process.body.actions, (action) => {
          if (action.kind !== 'call' || !isMeant(analysis?.scope.lookup(action.callee.text))) return;
          const places = analysis && placesIn(analysis.scope, action.callee.text);
          const next = places?.roles === undefined ? undefined : action.args[places.roles];
          if (plays) add(other, action.callee.origin, next && (next.value?.origin ?? next.role.origin));
          else possible = false;
        });
    }
  }
  const callers = places.length - 1;
  return possible
    ? {
        title: `Add a role to ${choreography.name.text}${callers > 0 ? ` and its ${count(callers, 'caller')}` : ''}`,
        kind: 'rewrite',
        edits,
        brings: 'unused-role',
      }
    : undefined;
}
