// Files of the reader’s own disk: opened here, and saved there.
import { decodeLink, encodeLink } from '../work/share.js';
import type { Shared } from '../work/share.js';
import { fileNameOf, freeName } from '../work/project.js';
import type { File as ProjectFile } from '../work/project.js';

/** What a saved file begins with, before what a link would carry. */
const mark = 'Chor playground, open it there: #';

/** Has the browser save a text. */
export function saveText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Saves one file as it is, several as one that can be opened here. */
export async function saveFiles(title: string, shared: Shared): Promise<void> {
  const [first, ...others] = shared.files;
  if (first && others.length === 0) saveText(first.name.split('/').at(-1) ?? first.name, first.text);
  else saveText(`${title.replace(/[^\p{L}\p{N} -]/gu, '')}.chor-playground`, `${mark}${await encodeLink(shared)}\n`);
}

export type Read = { readonly files: readonly ProjectFile[]; readonly shared?: Shared } | { readonly why: string };

/** Reads what was chosen: texts in Chor, or what was saved here. */
export async function readFiles(
  chosen: readonly { readonly name: string; readonly size: number; text(): Promise<string> }[],
): Promise<Read> {
  const files: ProjectFile[] = [];
  for (const file of chosen) {
    if (file.size > 4 * 1024 * 1024)
      return { why: `${file.name} is larger than 4 MiB: it is no text that a person wrote.` };
    const text = await file.text();
    if (text.startsWith(mark)) {
      const opened = await decodeLink(text.slice(mark.length).trim());
      return opened.kind === 'shared'
        ? { files: opened.shared.files, shared: opened.shared }
        : { why: `${file.name} can’t be read: part of it may be missing, or it is of a newer playground.` };
    }
    files.push({
      name: freeName(
        fileNameOf(file.name.replace(/[^\p{L}\p{N}\p{M}_ ().,+-]/gu, '-')),
        files.map(({ name }) => name),
      ),
      text: text.replace(/^\uFEFF/, ''),
    });
  }
  return { files };
}

/** Asks for files; none where nobody chooses any. */
export function chooseFiles(chosen: (files: readonly File[]) => void): void {
  const input = Object.assign(document.createElement('input'), {
    type: 'file',
    multiple: true,
    accept: '.chor,.chor-playground,text/plain',
  });
  input.addEventListener('change', () => chosen([...(input.files ?? [])]));
  input.click();
}
