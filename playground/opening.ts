// What is opened, and from where: examples, chapters, links, files, what is kept. What somebody typed before stays
// kept.
import type { Site } from './site.js';
import type { Notice } from './ui/dialogs.js';
import { chooseFiles, readFiles } from './ui/file-dialogs.js';
import type { Desk } from './work/desk.js';
import { firstProject } from './work/first.js';
import { createProject, freeName, nameProblem, sameFiles } from './work/project.js';
import type { File, Project } from './work/project.js';
import { decodeLink } from './work/share.js';
import type { Shared } from './work/share.js';
import type { Store } from './work/store.js';

export interface Opening {
  /** What the page begins with, and then what its address says. */
  first(project: Project): Promise<void>;
  /** Opens what the page’s address says now. */
  fromAddress(): Promise<void>;
  example(path: string): Promise<void>;
  /** As it was left, if it was begun. */
  chapter(path: string): Promise<void>;
  /** From its beginning; what was done of it stays kept. */
  again(path: string): Promise<void>;
  kept(id: string): void;
  forget(id: string): void;
  blank(): void;
  fromDisk(): void;
}

interface OpeningHost {
  notice(notice: Notice): void;
  site(): Promise<Site>;
  /** What a link carries besides files. */
  shared(shared: Shared): void;
}

export function createOpening(desk: Desk, store: Store, host: OpeningHost): Opening {
  /** Takes a project, and says that what was there before is kept. */
  const take = (project: Project, quiet = false): void => {
    const before = desk.project();
    desk.take(project);
    if (!quiet && (before.edited || before.origin.kind === 'chapter') && before.id !== project.id)
      host.notice({
        text: before.edited
          ? `${before.title} is kept as you left it, in “Your work”.`
          : `You left the chapter ${before.title}.`,
        actions: [{ title: 'Back to it', act: () => opening.kept(before.id) }],
      });
  };
  const failed = (error: unknown): void =>
    host.notice({ bad: true, text: error instanceof Error ? error.message : String(error) });

  const openChapter = async (path: string, again: boolean): Promise<void> => {
    const begun = store.all().find(({ origin }) => origin.kind === 'chapter' && origin.path === path);
    if (begun && !again) {
      take(begun, true);
      return;
    }
    try {
      const chapter = (await host.site()).chapters.find((each) => each.path === path);
      if (!chapter) throw new Error(`The tutorial has no chapter ${path}.`);
      // What was done of it before is an own work from now on.
      if (begun?.edited) store.save({ ...begun, origin: { kind: 'own' } });
      take(
        createProject(chapter.title, { kind: 'chapter', path }, [{ name: `${path}.chor`, text: chapter.start }]),
        !again,
      );
    } catch (error) {
      failed(error);
    }
  };

  const opening: Opening = {
    async first(project) {
      take(project, true);
      await opening.fromAddress();
    },
    async fromAddress() {
      const opened = await decodeLink(location.hash);
      switch (opened.kind) {
        case 'none':
          return;
        case 'broken':
          host.notice({
            bad: true,
            stays: true,
            text: opened.newer
              ? 'This link was made by a newer playground than the one that is kept in this browser. Load the page again to get the newer one; your own texts stay.'
              : 'This link can’t be read: part of it may be missing. Ask for it once more; your own texts are as they were.',
          });
          return;
        case 'example':
          await opening.example(opened.path);
          break;
        case 'chapter':
          await opening.chapter(opened.path);
          break;
        case 'shared': {
          const files = named(opened.shared.files);
          const same = store.all().find((project) => sameFiles(project.files, files));
          take(
            same
              ? { ...same, open: opened.shared.open ?? same.open }
              : createProject(titleOf(files), { kind: 'link' }, files, opened.shared.open),
          );
          host.shared(opened.shared);
        }
      }
      // What is typed from now on is not what the link says.
      history.replaceState(null, '', location.pathname + location.search);
    },
    async example(path) {
      try {
        const site = await host.site();
        const files = site.files[path];
        const entry = site.examples.flatMap(({ entries }) => entries).find((each) => each.path === path);
        if (!files) throw new Error(`There is no example ${path}.`);
        take(createProject(entry?.title ?? path, { kind: 'example', path }, files));
      } catch (error) {
        failed(error);
      }
    },
    chapter: (path) => openChapter(path, false),
    again: (path) => openChapter(path, true),
    kept(id) {
      const project = store.get(id);
      if (project) take(project, true);
    },
    forget(id) {
      const project = store.get(id);
      if (!project) return;
      store.remove(id);
      if (id === desk.project().id) take(firstProject(store), true);
      host.notice({
        text: `Forgot ${project.title}.`,
        actions: [
          {
            title: 'Undo',
            act: () => {
              store.save(project);
              take(project, true);
            },
          },
        ],
      });
    },
    blank: () => take(createProject('Your own text', { kind: 'own' }, [{ name: 'main.chor', text: '' }])),
    fromDisk: () =>
      chooseFiles(
        (chosen) =>
          void readFiles(chosen).then((read) => {
            if ('why' in read) host.notice({ bad: true, text: read.why });
            else if (read.files.length > 0)
              take({
                ...createProject(titleOf(read.files), { kind: 'own' }, named(read.files), read.shared?.open),
                edited: true,
              });
          }, failed),
      ),
  };
  return opening;
}

/** With names that files may have, whatever a link says. */
function named(files: readonly File[]): File[] {
  const taken: string[] = [];
  return files.map(({ name, text }) => {
    const own = nameProblem(name, taken) === undefined ? name : freeName('untitled.chor', taken);
    taken.push(own);
    return { name: own, text };
  });
}

function titleOf(files: readonly File[]): string {
  const name =
    files[0]?.name
      .split('/')
      .at(-1)
      ?.replace(/\.chor$/, '') ?? 'a text';
  const words = name.replace(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
