// The texts of the views in the reader's language: the page has the translations, where there are any.
import { wordingOf } from '../wording.js';
import type { Translations, Wording } from '../wording.js';

interface Page {
  getElementById(id: string): { readonly dataset: Readonly<Record<string, string | undefined>> } | null;
}

/** Without one, what knows no page is tested. */
const page = (globalThis as { readonly document?: Page }).document;
const known = page?.getElementById('root')?.dataset['wording'];

/** Says a text of the view. */
export const t: Wording = wordingOf(known === undefined ? {} : (JSON.parse(known) as Translations));
