// The project that is looked at, as texts of the editor: what is typed goes into it, and is kept.
import { monaco } from '../editor/monaco.js';
import type { Editor } from '../editor/editor.js';
import { createProject, withFile, withName, withText, withoutFile } from './project.js';
import type { File, Project } from './project.js';
import type { Store } from './store.js';

export interface Desk {
  readonly project: () => Project;
  /** Takes another project; the one before stays kept if somebody typed in it. */
  take(project: Project): void;
  /** Looks at a file; whether there is one. */
  look(name: string): boolean;
  /** Looks at the file of an address; whether there is one. */
  show(uri: string): boolean;
  uriOf(name: string): string;
  /** The name of the file of an address; undefined where it is of another project. */
  nameOf(uri: string): string | undefined;
  add(file: File): void;
  rename(from: string, to: string): void;
  remove(name: string): void;
  /** Takes edits of several files, each of which can be undone. */
  edit(edits: readonly monaco.languages.IWorkspaceTextEdit[]): void;
  /** What another tab of the browser made of it. */
  takeOver(project: Project): void;
}

interface DeskHost {
  /** Something is another: the project, its files, or which is looked at. */
  changed(what: 'project' | 'files' | 'text' | 'open'): void;
  /** What is typed can’t be kept. */
  unkept(): void;
}

/** After so long without a key, what was typed is kept, in milliseconds; and at once when the page goes. */
const keepAfter = 300;

/** Makes the desk; nothing is on it yet. */
export function createDesk(editor: Editor, store: Store, host: DeskHost): Desk {
  let project = createProject('', { kind: 'own' }, [{ name: 'main.chor', text: '' }]);
  let models = new Map<string, monaco.editor.ITextModel>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Texts are put in by the page itself, and nobody types. */
  let filling = false;
  let told = false;

  const keep = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const kept = store.save(project);
    if (!kept && !told && project.edited) {
      told = true;
      host.unkept();
    }
  };
  const keepSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(keep, keepAfter);
  };
  addEventListener('pagehide', () => {
    if (timer !== undefined) keep();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && timer !== undefined) keep();
  });

  const uriOf = (name: string): string =>
    monaco.Uri.from({ scheme: 'file', path: `/${project.id}/${name}` }).toString();
  const nameOf = (uri: string): string | undefined =>
    [...models].find(([, model]) => model.uri.toString() === uri)?.[0];
  const create = ({ name, text }: File): void => {
    const model = monaco.editor.createModel(text, 'chor', monaco.Uri.parse(uriOf(name)));
    models.set(name, model);
    model.onDidChangeContent(() => {
      const own = nameOf(model.uri.toString());
      if (filling || own === undefined) return;
      project = { ...withText(project, own, model.getValue()), at: Date.now() };
      keepSoon();
      host.changed('text');
    });
  };
  const drop = (name: string): void => {
    const model = models.get(name);
    models.delete(name);
    model?.dispose();
  };
  const openNow = (): void => {
    const model = models.get(project.open);
    if (model) editor.look(model);
  };

  const look: Desk['look'] = (name) => {
    if (!models.has(name)) return false;
    if (project.open !== name) {
      project = { ...project, open: name };
      keepSoon();
      openNow();
      host.changed('open');
    }
    return true;
  };
  return {
    project: () => project,
    look,
    uriOf,
    nameOf,
    show(uri) {
      const name = nameOf(uri);
      return name !== undefined && look(name);
    },
    take(next) {
      if (timer !== undefined) keep();
      const before = models;
      models = new Map();
      project = { ...next, at: Date.now() };
      for (const file of project.files) create(file);
      openNow();
      for (const model of before.values()) model.dispose();
      keep();
      host.changed('project');
    },
    add(file) {
      project = withFile(project, file);
      create(file);
      openNow();
      keep();
      host.changed('files');
    },
    rename(from, to) {
      const text = models.get(from)?.getValue() ?? '';
      project = withName(project, from, to);
      create({ name: to, text });
      openNow();
      drop(from);
      keep();
      host.changed('files');
    },
    remove(name) {
      project = withoutFile(project, name);
      openNow();
      drop(name);
      keep();
      host.changed('files');
    },
    edit(edits) {
      for (const [, model] of models) {
        const own = edits.filter(({ resource }) => resource.toString() === model.uri.toString());
        if (own.length === 0) continue;
        model.pushStackElement();
        model.pushEditOperations(
          [],
          own.map(({ textEdit: { range, text } }) => ({ range: monaco.Range.lift(range), text })),
          () => null,
        );
        model.pushStackElement();
      }
    },
    takeOver(next) {
      if (next.id !== project.id || timer !== undefined) return;
      filling = true;
      for (const name of [...models.keys()]) if (!next.files.some((file) => file.name === name)) drop(name);
      project = { ...next, open: next.files.some(({ name }) => name === project.open) ? project.open : next.open };
      for (const file of next.files) {
        const model = models.get(file.name);
        if (!model) create(file);
        else if (model.getValue() !== file.text) model.setValue(file.text);
      }
      filling = false;
      openNow();
      host.changed('files');
    },
  };
}
