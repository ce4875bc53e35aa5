// Paths of imports: links to the files, and the edits that keep them right when files are renamed.
import { changeOfMeaning } from './meaning.js';
import type { TextRange } from '../ir/expression.js';
import { relativePath, resolvePath } from '../scoping/paths.js';
import { escapeString } from '../syntax/strings.js';
import type { Workspace } from '../workspace.js';
import type { Edit } from '../edits/fix.js';
import { lineNumber } from '../text/lines.js';

export interface Link {
  readonly range: TextRange;
  readonly uri: string;
}

/** The paths in a file's imports, without their quotes, and where they lead; those that lead nowhere are left out. */
export function links(workspace: Workspace, uri: string): Link[] {
  return (workspace.file(uri)?.imports ?? []).flatMap(({ path }) => {
    const target = workspace.file(resolvePath(uri, path.text));
    return target ? [{ range: { start: path.origin.start + 1, end: path.origin.end - 1 }, uri: target.uri }] : [];
  });
}

export interface Move {
  readonly from: string;
  readonly to: string;
}

/** Where a file comes to be when files or folders move. */
function movedBy(moves: readonly Move[]): (uri: string) => string {
  return (uri) => {
    for (const { from, to } of moves) {
      if (uri === from) return to;
      const folder = from.endsWith('/') ? from : `${from}/`;
      if (uri.startsWith(folder)) return `${to.replace(/\/$/, '')}/${uri.slice(folder.length)}`;
    }
    return uri;
  };
}

/**
 * Why files or folders should not move: what a name means would change, as where a file comes to be that is imported
 * already.
 * @param edits those of `importEdits`
 * @returns a sentence; undefined where everything stays what it is. Cost: see changeOfMeaning
 */
export function whyNotMove(workspace: Workspace, moves: readonly Move[], edits: readonly Edit[]): string | undefined {
  const changed = changeOfMeaning(workspace, edits, { moved: movedBy(moves) });
  if (!changed) return undefined;
  const line = lineNumber(workspace.text(changed.uri) ?? '', changed.offset);
  return `This would change what line ${line} of ${changed.uri.slice(changed.uri.lastIndexOf('/') + 1)} means, so its imports were left as they are. ${changed.sentence}`;
}

/**
 * The edits that keep imports right when files or folders move.
 * @param moves what moves; a folder moves all that is in it
 * Cost: linear in the imports of all known files
 */
export function importEdits(workspace: Workspace, moves: readonly Move[]): Edit[] {
  const moved = movedBy(moves);
  return workspace.uris().flatMap((uri) =>
    (workspace.file(uri)?.imports ?? []).flatMap(({ path }): Edit[] => {
      const address = resolvePath(uri, path.text);
      const target = workspace.file(address)?.uri ?? address;
      if (moved(target) === target && moved(uri) === uri) return [];
      const text = relativePath(moved(uri), moved(target)) ?? moved(target);
      return text === path.text
        ? []
        : [{ uri, start: path.origin.start, end: path.origin.end, newText: escapeString(text) }];
    }),
  );
}
