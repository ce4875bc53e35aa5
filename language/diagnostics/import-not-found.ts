// import-not-found: the file of an import is not there, or does not declare the name.
import type { Origin } from '../ir/expression.js';
import { closest } from '../syntax/closest.js';
import { didYouMean, relativePath, removeItem, renameFixes } from './edits.js';
import { partingOf } from '../syntax/look-alike.js';
import { plainName, writeName } from '../syntax/names.js';
import { scan } from '../syntax/tokens.js';
import { alikeOf, sayAlike } from './look-alikes.js';
import { defineRule } from './rule.js';

export interface ImportNotFound {
  readonly kind: 'file' | 'name';
  readonly path: string;
  readonly name?: string;
  readonly origin: Origin;
  readonly similar?: readonly string[];
}

export const importNotFound = defineRule<ImportNotFound>({
  code: 'import-not-found',
  severity: 'error',
  summary: 'An imported file, or a name in it, is not there.',
  explanation: 'The path of an import is relative to the file that it stands in, and includes the ending `.chor`. Only what a file declares itself can be imported from it: its own imports are not passed on. Uses of a name that could not be imported are not reported again.',
  advice: 'Correct the path or the name; the quick fixes know the files of the workspace.',
  bad: 'import { Title } from "./nowhere.chor"\n\nextern priceOf(title: Title): int\n',
  good: 'type Title = string\n\nextern priceOf(title: Title): int\n',
  message: ({ kind, path, name, similar }) => (kind === 'file'
    ? `There is no file "${path}", seen from this one.`
    : `"${path}" declares no \`${name ?? ''}\`.${hint(name ?? '', similar ?? [])}`),
  fixes: (data, context) => {
    if (data.kind === 'name') {
      const alike = alikeOf(data.name ?? '', data.similar ?? []);
      if (alike !== undefined) {
        // Its uses are written alike: they are not known to mean anything yet.
        const uses = scan(context.text).filter((token) => token.kind === 'word' && plainName(token.text) === data.name);
        const edits = uses.map(({ start, end }) => ({ uri: context.uri, start, end, newText: writeName(alike) }));
        return [{ title: `Write it with ${partingOf(data.name ?? '', alike).right}, as there`, edits, preferred: true }];
      }
      return [...renameFixes(context, data.origin, data.similar ?? []), { title: `Don’t import \`${data.name ?? ''}\``, edits: [removeItem(context, data.origin)] }];
    }
    const paths = context.workspace.uris().filter((uri) => uri !== context.uri).flatMap((uri) => relativePath(context.uri, uri) ?? []);
    const file = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
    const same = paths.filter((path) => file(path) === file(data.path));
    const similar = [...new Set([...same, ...closest(data.path, paths)])].slice(0, 3);
    return similar.map((path) => ({ title: `Change to "${path}"`, edits: [{ uri: context.uri, ...data.origin, newText: `"${path}"` }], preferred: similar.length === 1 }));
  },
});

function hint(name: string, similar: readonly string[]): string {
  const alike = alikeOf(name, similar);
  return alike === undefined ? didYouMean(similar) : sayAlike(name, alike);
}
