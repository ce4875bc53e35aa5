// What is typed is kept in the browser: each project by itself, so that two tabs do not write over each other's.
import * as v from 'valibot';
import { Project } from './project.js';

const prefix = 'chor.playground.project.';
const lastKey = 'chor.playground.last';

/** So many projects are kept that nobody typed in. Those that somebody did are kept in any case. */
const mostUnedited = 5;

/** What of the browser's storage is used. */
export interface Storage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface Store {
  /** All projects, the one that was looked at last first. */
  all(): Project[];
  get(id: string): Project | undefined;
  /** Whether it could be kept: a browser may have no room, or keep nothing at all. */
  save(project: Project): boolean;
  remove(id: string): void;
  /** The one that was looked at last. */
  last(): Project | undefined;
  /** The project whose keeping an event of the storage tells of, as it is now. */
  changed(key: string | null): Project | undefined;
  /** A setting of the page, by its name. */
  setting(name: string): string | undefined;
  set(name: string, value: string): void;
}

/** What the browser keeps for the page; undefined where it keeps nothing. */
export function ownStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    // Some browsers keep nothing for pages that they do not trust.
    return undefined;
  }
}

/** @param storage the browser's; undefined where it may not be used: then all is kept as long as the page is there */
export function createStore(storage: Storage | undefined): Store {
  const memory = new Map<string, string>();
  const read = (key: string): string | null => {
    try {
      return memory.get(key) ?? storage?.getItem(key) ?? null;
    } catch {
      return memory.get(key) ?? null;
    }
  };
  const write = (key: string, value: string): boolean => {
    try {
      if (!storage) throw new Error('there is none');
      storage.setItem(key, value);
      memory.delete(key);
      return true;
    } catch {
      memory.set(key, value);
      return false;
    }
  };
  const remove = (key: string): void => {
    memory.delete(key);
    try {
      storage?.removeItem(key);
    } catch {
      // Then there is nothing to remove.
    }
  };
  const keys = (): string[] => {
    const found = new Set(memory.keys());
    try {
      for (let i = 0; storage && i < storage.length; i++) found.add(storage.key(i) ?? '');
    } catch {
      // What can't be listed is not there.
    }
    return [...found].filter((key) => key.startsWith(prefix));
  };
  const parse = (text: string | null): Project | undefined => {
    try {
      const parsed = v.safeParse(Project, JSON.parse(text ?? 'null'));
      return parsed.success ? parsed.output : undefined;
    } catch {
      return undefined;
    }
  };
  const all = (): Project[] =>
    keys()
      .flatMap((key) => parse(read(key)) ?? [])
      .sort((a, b) => b.at - a.at);

  return {
    all,
    get: (id) => parse(read(prefix + id)),
    save(project) {
      const kept = write(prefix + project.id, JSON.stringify(project));
      for (const old of all()
        .filter(({ edited, id }) => !edited && id !== project.id)
        .slice(mostUnedited))
        remove(prefix + old.id);
      return write(lastKey, project.id) && kept;
    },
    remove: (id) => remove(prefix + id),
    last: () => parse(read(prefix + (read(lastKey) ?? ''))) ?? all()[0],
    changed: (key) => (key?.startsWith(prefix) === true ? parse(read(key)) : undefined),
    setting: (name) => read(`chor.playground.${name}`) ?? undefined,
    set: (name, value) => {
      write(`chor.playground.${name}`, value);
    },
  };
}
