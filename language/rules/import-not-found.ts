// import-not-found: the file of an import is not there, or does not declare the name.
import { relativePath } from '../scoping/paths.js';
import { closest } from '../syntax/closest.js';
import { partingOf } from '../syntax/look-alike.js';
import { plainName, writeName } from '../syntax/names.js';
import { escapeString } from '../syntax/strings.js';
import { scan } from '../syntax/tokens.js';
import { renameFixes } from '../edits/names.js';
import { alikeOf, sayAlike } from './look-alikes.js';
import { defineRule } from './rule.js';
import { didYouMean } from '../text/words.js';
import { removeItem } from '../edits/text.js';

export const importNotFound = defineRule({
  code: 'import-not-found',
  summary: 'An imported file, or a name in it, is not there, or the file is not read.',
  explanation:
    'The path of an import is relative to the file that it stands in, includes the ending `.chor`, and is written as the files and folders are named, with nothing escaped but what strings escape. What is no file (a folder, a device, a pipe), is larger than 8 MiB, is no UTF-8, or lies on another host, is not read. Only what a file declares itself can be imported from it: its own imports are not passed on. Uses of a name that could not be imported are not reported again.',
  advice: 'Correct the path or the name; the quick fixes know the files of the workspace.',
  bad: 'import { Title } from "./nowhere.chor"\n\nextern priceOf(title: Title): int\n',
  good: 'type Title = string\n\nextern priceOf(title: Title): int\n',
  message: ({ kind, path, name, similar, unread }) => {
    if (kind === 'name') return `"${path}" declares no \`${name ?? ''}\`.${hint(name ?? '', similar ?? [])}`;
    if (unread !== undefined) return `"${path}" is not read: ${unread}.`;
    return `There is no file "${path}", seen from this one.${decoded(path) === path ? '' : ' Paths are written as files are named, without `%` escapes.'}`;
  },
  fixes: (data, context) => {
    if (data.kind === 'name') {
      const alike = alikeOf(data.name ?? '', data.similar ?? []);
      if (alike !== undefined) {
        // Its uses are written alike: they are not known to mean anything yet.
        const uses = scan(context.text).filter((token) => token.kind === 'word' && plainName(token.text) === data.name);
        const edits = uses.map(({ start, end }) => ({ uri: context.uri, start, end, newText: writeName(alike) }));
        return [
          { title: `Write it with ${partingOf(data.name ?? '', alike).right}, as there`, edits, preferred: true },
        ];
      }
      return [
        ...renameFixes(context, [data.origin], data.similar ?? []),
        { title: `Don’t import \`${data.name ?? ''}\``, edits: [removeItem(context, data.origin)] },
      ];
    }
    const paths = context.workspace
      .uris()
      .filter((uri) => uri !== context.uri)
      .flatMap((uri) => relativePath(context.uri, uri) ?? []);
    const file = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
    const same = paths.filter((path) => file(path) === file(data.path) || path === decoded(data.path));
    const similar = [...new Set([...same, ...closest(data.path, paths)])].slice(0, 3);
    return similar.map((path) => ({
      title: `Change to ${escapeString(path)}`,
      edits: [{ uri: context.uri, ...data.origin, newText: escapeString(path) }],
      preferred: similar.length === 1,
    }));
  },
});

function hint(name: string, similar: readonly string[]): string {
  const alike = alikeOf(name, similar);
  return alike === undefined ? didYouMean(similar) : sayAlike(name, alike);
}

/** A path that was written as addresses are, as the file is named. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
