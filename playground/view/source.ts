// The way between a view and the text beside it: places in texts that are edited meanwhile, and showing them.
import { backTo, endOf, forthFrom } from '../../client/cursor.js';
import type { Edited } from '../../client/cursor.js';
import type { Position, Range } from '../../protocol/places.js';
import type { Editor } from '../editor/editor.js';
import { monaco } from '../editor/monaco.js';
import { fromRange, toPosition, toRange } from '../lsp/convert.js';

/** So many edits of a file are remembered: those since the oldest answer in use are far fewer. */
const mostEdits = 500;

export interface Source {
  /** The cursor in a file, as a place of an older version of it; undefined where it is in another. */
  cursorIn(uri: string, version: number): Position | undefined;
  /** A place of an older version of a file, in the newest text. */
  now(uri: string, version: number, position: Position): Position;
  /** Shows a place of an older version of a file; with focus, the keyboard goes there, too. */
  reveal(uri: string, version: number, range: Range, focus: boolean, select?: boolean): void;
}

/** @param show looks at another file; whether there is one at that address */
export function linkToSource(editor: Editor, show: (uri: string) => boolean): Source {
  const edits = new Map<string, Edited[]>();
  monaco.editor.onDidCreateModel((model) => {
    const uri = model.uri.toString();
    model.onDidChangeContent(({ changes, versionId, isFlush }) => {
      const own = isFlush ? [] : (edits.get(uri) ?? []);
      // Last in the text first, as the editor gives them: each is then where it says.
      for (const { range, text } of isFlush ? [] : changes) {
        const { start, end } = toRange(range);
        own.push({ version: versionId, start, oldEnd: end, newEnd: endOf(start, text) });
      }
      edits.set(uri, own.slice(-mostEdits));
    });
    model.onWillDispose(() => edits.delete(uri));
  });
  const now: Source['now'] = (uri, version, position) => forthFrom(version, position, edits.get(uri) ?? []);
  return {
    now,
    cursorIn(uri, version) {
      const cursor = editor.cursor();
      return cursor?.uri === uri ? backTo(version, toPosition(cursor.position), edits.get(uri) ?? []) : undefined;
    },
    reveal(uri, version, range, focus, select) {
      if (show(uri))
        editor.goTo(
          fromRange({ start: now(uri, version, range.start), end: now(uri, version, range.end) }),
          focus,
          select,
        );
    },
  };
}
