// The playground: puts editor, server, views and the page around them together.
import { explorationItem } from '../client/exploring.js';
import type { Arrangements, PinnedRole } from '../client/messages.js';
import { exploreAgainCommand, statusChanged, stopExploration } from '../protocol/exploring.js';
import type { Status } from '../protocol/exploring.js';
import { showRunCommand } from '../protocol/runs.js';
import type { RunQuery } from '../protocol/runs.js';
import { createEditor } from './editor/editor.js';
import { registerLanguage } from './editor/language.js';
import { monaco } from './editor/monaco.js';
import { createTheme } from './editor/theme.js';
import { inOrder, problemsOf } from './found.js';
import { registerChanging } from './lsp/changing.js';
import { createConnection } from './lsp/connection.js';
import { fromRange, fromWorkspaceEdit } from './lsp/convert.js';
import { syncDocuments } from './lsp/documents.js';
import type { PageOf } from './lsp/documents.js';
import { registerReading } from './lsp/reading.js';
import { createOpening } from './opening.js';
import type { Chapter, Site } from './site.js';
import { loadSite } from './site.js';
import { askName, createNotices, shareDialog } from './ui/dialogs.js';
import { saveFiles, saveText } from './ui/file-dialogs.js';
import type { HeadShown } from './ui/head.js';
import { createSplit, isNarrow, showPane } from './ui/layout.js';
import { createPage } from './ui/page.js';
import { earlyProject, takeServer } from './server-worker.js';
import { fanOut } from './view/answers.js';
import { createRunView } from './view/run.js';
import { linkToSource } from './view/source.js';
import { createView, isTab } from './view/view.js';
import { createDesk } from './work/desk.js';
import { fileNameOf, freeName, nameProblem } from './work/project.js';
import { encodeLink, longLink } from './work/share.js';
import type { Shared } from './work/share.js';
import { firstProject } from './work/first.js';
import { createStore, ownStorage } from './work/store.js';
import { createLesson } from './tutorial/lesson.js';
import { workOffline } from './offline/register.js';

/** Pages of the manual are in the site. */
const pageOf: PageOf = (href) => {
  const page = /\/docs\/((?:codes\/)?[a-z-]+)\.md(#.*)?$/.exec(href);
  return page ? new URL(`manual/${page[1] ?? ''}.html${page[2] ?? ''}`, document.baseURI).href : undefined;
};

/** Starts the playground in the page. */
export function start(): void {
  const store = createStore(ownStorage());
  const notices = createNotices(document.getElementById('notices') ?? document.body);
  const refreshed = new Map<string, monaco.Emitter<void>>();
  const refresh = (method: string): monaco.Emitter<void> => {
    const emitter = refreshed.get(method) ?? new monaco.Emitter<void>();
    refreshed.set(method, emitter);
    return emitter;
  };
  const connection = createConnection(takeServer, (method) => refresh(method).fire());
  let site: Site | undefined;
  let status: Status | undefined;
  let shownView: 'roles' | 'run' = 'roles';
  /** The run of a link, which is shown as soon as it is found. */
  let wantedRun: Shared['run'];
  let problemsOpen = store.setting('problems') !== 'closed';

  registerLanguage();
  const documents = syncDocuments(connection, pageOf);
  const element = document.getElementById('editor') ?? document.body;
  element.replaceChildren();
  const editor = createEditor(element, { show: (uri) => desk.show(uri), share });
  const theme = createTheme(store.setting('colours'), (scheme, choice) => {
    store.set('colours', choice);
    view.scheme(scheme);
    run.scheme(scheme);
    redraw();
  });
  const desk = createDesk(editor, store, {
    changed(what) {
      if (what === 'project') {
        known.clear();
        wantedRun = undefined;
        run.close();
        shownView = 'roles';
        view.wish({ uri: desk.uriOf(desk.project().open), choreography: undefined, pinned: false, roles: [] });
        showPane('text');
        lesson.project(desk.project());
      }
      if (what === 'text') lesson.changed();
      if (what !== 'text') looked();
      redraw();
    },
    unkept: () =>
      notices({
        bad: true,
        stays: true,
        text: 'This browser keeps nothing of what you type: it has no room, or is not allowed to. Share it, or save it as a file, before you leave.',
        actions: [{ title: 'Share', act: share }],
      }),
  });
  const source = linkToSource(editor, (uri) => desk.show(uri));
  const changes = fanOut(connection);
  const cursorSync = (): boolean => store.setting('cursor-sync') !== 'off';
  const setCursorSync = (on: boolean): void => {
    store.set('cursor-sync', on ? 'on' : 'off');
    view.settings();
    run.settings();
  };
  const view = createView(
    document.getElementById('roles-frame') ?? document.body,
    theme.scheme(),
    connection,
    changes,
    editor,
    source,
    {
      cursorSync,
      setCursorSync,
      copy,
      save: saveText,
      arrangements: () => parsed(store.setting('arrangements')),
      arranged: (arrangements) => store.set('arrangements', JSON.stringify(arrangements)),
      projection: (pin, how) => void projection(pin, how),
      wished: () => undefined,
    },
  );
  const run = createRunView(
    document.getElementById('run-frame') ?? document.body,
    theme.scheme,
    connection,
    changes,
    editor,
    source,
    {
      cursorSync,
      setCursorSync,
      copy,
      found() {
        const uri = desk.uriOf(desk.project().open);
        const wanted = wantedRun;
        if (
          wanted &&
          run
            .of(uri)
            .some(({ network, code }) => network === (wanted.network ?? network) && code === (wanted.code ?? code))
        ) {
          wantedRun = undefined;
          void openRun(uri, wanted);
        }
        redraw();
      },
    },
  );
  /** The files of which the server has said what is wrong. */
  const known = new Set<string>();
  documents.onDiagnostics((uri) => {
    known.add(uri);
    redraw();
  });
  connection.on<Status>(statusChanged.method, (told) => {
    status = told;
    redraw();
  });
  let registered = false;
  connection.onState((state) => {
    if (state === 'starting') known.clear();
    if (state === 'running' && !registered) {
      registered = true;
      const { semanticTokensProvider } = connection.offers();
      registerReading(
        connection,
        { on: (method) => refresh(method).event },
        {
          tokenTypes: [...(semanticTokensProvider?.legend.tokenTypes ?? [])],
          tokenModifiers: [...(semanticTokensProvider?.legend.tokenModifiers ?? [])],
        },
      );
      registerChanging(connection, documents);
    }
    redraw();
  });
  registerCommands();
  const opening = createOpening(desk, store, {
    notice: notices,
    site: loadSite,
    shared(wish) {
      if (isTab(wish.tab) || wish.choreography !== undefined)
        view.wish({
          uri: desk.uriOf(desk.project().open),
          tab: wish.tab ?? 'projections',
          ...(wish.choreography === undefined ? {} : { choreography: wish.choreography, pinned: true }),
        });
      wantedRun = wish.run;
    },
  });
  const lesson = createLesson(document.getElementById('lesson') ?? document.body, {
    store,
    connection,
    answer: () => desk.uriOf(desk.project().files[0]?.name ?? ''),
    chapters: () => site?.chapters ?? [],
    open: (chapter: Chapter) => opening.chapter(chapter.path),
    again: (chapter: Chapter) => opening.again(chapter.path),
    replace: (text) => {
      desk.edit([whole(desk.project().files[0]?.name ?? '', text)]);
    },
    redraw: () => redraw(),
  });

  const redraw = createPage(
    () => {
      const project = desk.project();
      const uri = desk.uriOf(project.open);
      const names = project.files.map(({ name }) => name);
      const problems = inOrder(
        names.flatMap((name) =>
          problemsOf(desk.uriOf(name), name, documents.diagnostics(desk.uriOf(name)), run.of(desk.uriOf(name)), pageOf),
        ),
      );
      return {
        head: head(),
        files: names,
        open: project.open,
        view: shownView,
        runs: run.of(uri).length,
        lesson: lesson.isOpen(),
        problems: {
          problems,
          files: names.length,
          open: problemsOpen,
          known: names.every((name) => known.has(desk.uriOf(name))),
          exploration: explorationItem(status, uri),
          ...(connection.state() === 'stopped'
            ? { stopped: 'Nothing is checked: the checker ended several times.' }
            : {}),
        },
      };
    },
    {
      head: {
        example: (path) => void opening.example(path),
        chapter: (path) => void opening.chapter(path),
        project: (id) => opening.kept(id),
        forget: (id) => {
          opening.forget(id);
          redraw();
        },
        blank: () => opening.blank(),
        openFiles: () => opening.fromDisk(),
        share,
        colours: () => theme.toggle(),
      },
      files: {
        look: (name) => void desk.look(name),
        add: () => void addFile(),
        rename: (name) => void renameFile(name),
        remove: removeFile,
        format: () => command('editor.action.formatDocument'),
        commands: () => command('editor.action.quickCommand'),
      },
      problems: {
        toggle() {
          problemsOpen = !problemsOpen;
          store.set('problems', problemsOpen ? 'open' : 'closed');
          redraw();
        },
        go: ({ uri, range }) => goTo(uri, range),
        fix({ uri, range }) {
          goTo(uri, range);
          command('editor.action.quickFix');
        },
        run: ({ uri, code, message, range }) => void openRun(uri, { code, message, range }),
        explore: (offer) =>
          void (offer === 'stop'
            ? connection.notify(stopExploration.method, undefined)
            : connection.request('workspace/executeCommand', { command: exploreAgainCommand })),
        restart: () => connection.start(),
      },
      view(next) {
        if (next === 'run')
          void openRun(
            desk.uriOf(desk.project().open),
            run.wished().uri === desk.uriOf(desk.project().open) ? run.wished() : {},
          );
        else {
          shownView = next;
          redraw();
        }
      },
      pane(pane) {
        showPane(pane);
        redraw();
      },
    },
  );

  function head(): HeadShown {
    const project = desk.project();
    return {
      title: project.title,
      examples: site?.examples ?? [],
      chapters: site?.chapters ?? [],
      solved: lesson.solved(),
      work: store.all().filter(({ edited, id }) => edited || id === project.id),
      current: project.id,
      scheme: theme.scheme(),
    };
  }
  /** Another file is looked at, or the cursor moved. */
  function looked(): void {
    const uri = desk.uriOf(desk.project().open);
    run.look(uri);
    view.cursorMoved();
    run.cursorMoved();
  }
  function goTo(uri: string, range: Parameters<typeof fromRange>[0]): void {
    showPane('text');
    if (desk.show(uri)) editor.goTo(fromRange(range), true);
    redraw();
  }
  async function openRun(uri: string, query: RunQuery): Promise<void> {
    const why = await run.open(uri, query);
    if (why !== undefined) {
      notices({ text: why });
      return;
    }
    shownView = 'run';
    if (isNarrow()) showPane('view');
    redraw();
  }
  /** Does something of the editor, with the keyboard in it. */
  function command(id: string): void {
    showPane('text');
    editor.own.focus();
    editor.own.trigger('chor', id, undefined);
    redraw();
  }
  function copy(text: string, what: string): void {
    // There is no clipboard where a page came by an unsafe way.
    void Promise.resolve()
      .then(() => navigator.clipboard.writeText(text))
      .then(
        () => notices({ text: `Copied ${what}.` }),
        () => notices({ bad: true, text: 'The browser does not let this page copy: select it, and copy it yourself.' }),
      );
  }
  async function projection({ uri, choreography, role }: PinnedRole, how: 'copy' | 'open'): Promise<void> {
    const folder = (desk.nameOf(uri) ?? '').replace(/[^/]*$/, '');
    const address = monaco.Uri.from({
      scheme: 'chor-projection',
      path: monaco.Uri.parse(uri).path.replace(/[^/]*$/, `${choreography}_${role}.chor`),
      query: new URLSearchParams({ source: uri, choreography, role }).toString(),
    });
    const answer = await connection.request<{ readonly text: string }>(
      'workspace/textDocumentContent',
      { uri: address.toString() },
      undefined,
      (why) => notices({ bad: true, text: why }),
    );
    if (!answer) return;
    if (how === 'copy') copy(answer.text, `what ${role} does`);
    else
      desk.add({
        name: freeName(
          `${folder}${choreography}_${role}.chor`,
          desk.project().files.map(({ name }) => name),
        ),
        text: answer.text,
      });
  }

  function shared(withRun: boolean): Shared {
    const project = desk.project();
    const { tab, pinned, choreography } = view.wished();
    const { network, code, message } = run.wished();
    return {
      files: project.files,
      open: project.open,
      tab,
      ...(pinned && choreography !== undefined ? { choreography } : {}),
      ...(withRun && network !== undefined ? { run: { network, code, message } } : {}),
    };
  }
  function share(): void {
    const { network, code } = run.wished();
    shareDialog({
      long: longLink,
      run:
        shownView === 'run' && network !== undefined
          ? `${network}${code === undefined ? '' : ` (${code})`}`
          : undefined,
      link: async (withRun) => `${location.href.replace(/#.*$/, '')}#${await encodeLink(shared(withRun))}`,
      copy: (link) => copy(link, 'the link'),
      save: () => void saveFiles(desk.project().title, shared(false)),
    });
  }
  const names = (): string[] => desk.project().files.map(({ name }) => name);
  async function addFile(): Promise<void> {
    const name = await askName(
      'New file',
      freeName('untitled.chor', names()),
      (typed) => nameProblem(typed, names()),
      fileNameOf,
    );
    if (name === undefined) return;
    desk.add({ name, text: '' });
    showPane('text');
    editor.own.focus();
  }
  async function renameFile(from: string): Promise<void> {
    const others = names().filter((name) => name !== from);
    const to = await askName(`Rename ${from}`, from, (typed) => nameProblem(typed, others), fileNameOf);
    if (to === undefined || to === from) return;
    let refused: string | undefined;
    // What imports it is to find it again.
    const edit = await connection.request<Parameters<typeof fromWorkspaceEdit>[0]>(
      'workspace/willRenameFiles',
      { files: [{ oldUri: desk.uriOf(from), newUri: desk.uriOf(to) }] },
      undefined,
      (why) => {
        refused = why;
      },
    );
    if (refused !== undefined) {
      notices({ bad: true, text: refused });
      return;
    }
    if (edit) desk.edit(fromWorkspaceEdit(edit).edits.filter((each) => 'textEdit' in each));
    desk.rename(from, to);
  }
  function removeFile(name: string): void {
    const file = desk.project().files.find((each) => each.name === name);
    desk.remove(name);
    if (file)
      notices({
        text: `Deleted ${name}.`,
        actions: [{ title: 'Undo', act: () => desk.add({ ...file, name: freeName(file.name, names()) }) }],
      });
  }
  function whole(name: string, text: string): monaco.languages.IWorkspaceTextEdit {
    const resource = monaco.Uri.parse(desk.uriOf(name));
    const range = monaco.editor.getModel(resource)?.getFullModelRange() ?? new monaco.Range(1, 1, 1, 1);
    return { resource, versionId: undefined, textEdit: { range, text } };
  }
  function registerCommands(): void {
    const offer = (id: string, act: (first: unknown, second: unknown) => void): void => {
      monaco.editor.registerCommand(id, (_accessor: unknown, first: unknown, second: unknown) => act(first, second));
    };
    offer('chor.showProjections', (uri, name) => {
      shownView = 'roles';
      view.wish({ uri: String(uri), ...(typeof name === 'string' ? { choreography: name } : {}), tab: 'projections' });
      if (isNarrow()) showPane('view');
      redraw();
    });
    offer(showRunCommand, (uri, query) => void openRun(String(uri), (query ?? {}) as RunQuery));
    offer(
      exploreAgainCommand,
      () => void connection.request('workspace/executeCommand', { command: exploreAgainCommand }),
    );
  }

  editor.own.onDidChangeCursorPosition(looked);
  addEventListener('storage', ({ key }) => {
    const changed = store.changed(key);
    if (changed) desk.takeOver(changed);
  });
  addEventListener('hashchange', () => void opening.fromAddress());
  createSplit(Number(store.setting('width') ?? 50), (width) => store.set('width', String(width)));
  document.getElementById('skip')?.addEventListener('click', (event) => {
    event.preventDefault();
    showPane('text');
    editor.own.focus();
  });
  const first = earlyProject() ?? firstProject(store);
  connection.start();
  void opening.first(first);
  void loadSite().then(
    (loaded) => {
      site = loaded;
      lesson.project(desk.project());
      redraw();
    },
    () => undefined,
  );
  // After what is looked at: it loads all the rest.
  const offline = (): void =>
    void setTimeout(
      () =>
        workOffline((take) =>
          notices({ stays: true, text: 'There is a newer playground.', actions: [{ title: 'Take it', act: take }] }),
        ),
      2000,
    );
  // The page may be whole before its program begins.
  if (document.readyState === 'complete') offline();
  else addEventListener('load', offline);
}

function parsed(text: string | undefined): Arrangements {
  try {
    return JSON.parse(text ?? '{}') as Arrangements;
  } catch {
    return {};
  }
}
