// chor check --watch: checks, and again whenever a file changes that it depends on, until it is ended.
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { watch as watchPaths } from 'chokidar';
import type { FSWatcher } from 'chokidar';
import { createChecker } from './check.js';
import type { CheckOptions } from './check.js';
import { Failure } from './failure.js';
import { addressOf, namedPaths, patternBase } from './files.js';
import type { Io } from './io.js';
import { reasonOf } from '../system/reason.js';

/** What changes within this time, in milliseconds, is one change: a checkout changes many files. */
const together = 100;

/** How often it is looked whether a folder that went is there again, in milliseconds. */
const patience = 500;

/** Folders that no one writes choreographies in: most files are there. */
const passedOver = /(?:^|[\\/])(?:node_modules|\.git)$/;

/**
 * Checks the files now, and whenever they change, or what they import, or others come to match the patterns. The line
 * before each report begins with `chor: checking`, and that after it with `chor: watching`.
 * @param ended ends it
 * @throws Failure where the options do not go together
 */
export async function watch(
  files: readonly string[],
  options: CheckOptions,
  io: Io,
  ended?: AbortSignal,
): Promise<void> {
  if (options.format !== 'text')
    throw new Failure('--watch reports as text, again and again: leave out --format, or --watch');
  if (files.includes('-')) throw new Failure('--watch can’t read standard input again and again: name files');
  const checker = createChecker(files, options, io);
  const bases = files.flatMap((file) => patternBase(file, io) ?? []);
  /** The files that are named now, or why there are none. */
  const named = (): string => {
    try {
      return namedPaths(files, io).join('\n');
    } catch (error) {
      return reasonOf(error);
    }
  };
  let names = named();
  let depends: ReadonlySet<string> = new Set();
  const check = (again: string): void => {
    io.out(`chor: checking${again}\n`);
    try {
      checker.check();
    } catch (error) {
      // What is not there now may come.
      if (!(error instanceof Failure)) throw error;
      io.out(`chor: ${error.message}\n`);
    }
    depends = new Set([
      ...checker.depends(),
      ...files.filter((file) => patternBase(file, io) === undefined).map((file) => addressOf(resolve(io.cwd, file))),
    ]);
    // Files may be replaced, or come to be there: their folders are watched.
    folders.add(
      new Set([...depends].filter((uri) => uri.startsWith('file:')).map((uri) => dirname(fileURLToPath(uri)))),
    );
    io.out('chor: watching for changes\n');
  };

  let noted = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    timer = undefined;
    // Another branch of a repository may have brought another folder by that name.
    for (const all of [roots, folders]) all.renew();
    const uris = [...noted];
    noted = new Set();
    const before = names;
    names = named();
    if (checker.changed(uris.filter((uri) => depends.has(uri))) || names !== before) check(' again');
  };
  // What there is when a folder comes to be watched is told as well: it may have changed since it was read.
  const note = (path: string): void => {
    const uri = addressOf(path);
    if (!depends.has(uri) && !bases.some((base) => path.startsWith(base))) return;
    noted.add(uri);
    timer ??= setTimeout(look, together);
  };
  const deep = watchPaths([], { ignored: (path) => passedOver.test(path) });
  const flat = watchPaths([], { depth: 0 });
  for (const watcher of [deep, flat])
    for (const event of ['add', 'change', 'unlink', 'unlinkDir'] as const) watcher.on(event, note);
  const roots = watchedFolders(deep);
  roots.add(bases);
  const folders = watchedFolders(flat);
  const returning = setInterval(() => {
    if ([roots, folders].some((all) => all.cameBack())) timer ??= setTimeout(look, together);
  }, patience);
  try {
    check('');
    await new Promise<void>((done) => {
      ended?.addEventListener(
        'abort',
        () => {
          done();
        },
        { once: true },
      );
    });
  } finally {
    clearTimeout(timer);
    clearInterval(returning);
    await Promise.all([deep.close(), flat.close()]);
  }
}

interface WatchedFolders {
  add(paths: Iterable<string>): void;
  /** Watches those anew that are not the folders any more that they were. */
  renew(): void;
  /** Whether one that was not there is there again. */
  cameBack(): boolean;
}

/** Folders that are watched by their names: the watcher itself stays with a folder that goes. */
function watchedFolders(watcher: FSWatcher): WatchedFolders {
  const known = new Map<string, string | undefined>();
  const add = (path: string): void => {
    known.set(path, identityOf(path));
    watcher.add(path);
  };
  return {
    add(paths) {
      for (const path of paths) if (!known.has(path)) add(path);
    },
    renew() {
      for (const [path, before] of known) {
        if (identityOf(path) === before) continue;
        watcher.unwatch(path);
        add(path);
      }
    },
    cameBack: () => [...known].some(([path, before]) => before === undefined && identityOf(path) !== undefined),
  };
}

/** What tells a folder from another one by its name; undefined where there is none. */
function identityOf(path: string): string | undefined {
  try {
    const { ino, birthtimeNs } = statSync(path, { bigint: true });
    return `${ino} ${birthtimeNs}`;
  } catch {
    return undefined;
  }
}
