// What comes with the site to be opened: examples, and the chapters of the tutorial. Written when the site is built.
import type { File } from './work/project.js';
import type { Entry } from './ui/head.js';

/** A chapter of the tutorial. */
export interface Chapter extends Entry {
  /** Its prose, as HTML that is made when the site is built. */
  readonly prose: string;
  /** The text that its exercise begins with. */
  readonly start: string;
  /** What is asked of an answer, and one, as the server takes them. */
  readonly check: string;
  readonly solution: string;
}

export interface Site {
  readonly examples: readonly { readonly title: string; readonly entries: readonly Entry[] }[];
  /** The files of an example: its own first, then what it imports, by paths as they are in the folder of examples. */
  readonly files: Readonly<Record<string, readonly File[]>>;
  readonly chapters: readonly Chapter[];
}

let loaded: Promise<Site> | undefined;

/** Loads it, once. @throws where it can’t be loaded */
export function loadSite(): Promise<Site> {
  loaded ??= fetch('site.json').then(async (answer) => {
    if (!answer.ok) throw new Error(`The examples can’t be loaded (${answer.status}).`);
    return (await answer.json()) as Site;
  });
  loaded.catch(() => {
    loaded = undefined;
  });
  return loaded;
}
