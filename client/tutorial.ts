// The tutorial, out of the extension: a chapter's page beside a document to work in, and above its first line what is
// not there yet. An answer belongs to its chapter by its first line, so it may be saved anywhere, and is known after a
// reload of the window.
import * as vscode from 'vscode';
import { checkEnding, headOf, readChapter, solutionEnding } from '../language/tutorial/chapter.js';
import { checkAnswer } from '../protocol/tutorial.js';
import type { Answer } from '../protocol/tutorial.js';
import { activeSource, told } from './commands.js';
import { manualScheme } from './manual-pages.js';
import type { Server } from './server.js';
import { answerCommand, answerText, chapterIn, lensesFor, openCommand } from './tutorial-text.js';
import type { Listed } from './tutorial-text.js';

/** Which chapters were solved, by their names. */
const solvedKey = 'chor.tutorial.solved';

interface ChapterItem extends vscode.QuickPickItem {
  readonly number: number;
}

/** Registers the commands of the tutorial, and what stands above answers. */
export function registerTutorial(context: vscode.ExtensionContext, server: Server, log: vscode.LogOutputChannel): void {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<void>();

  const read = async (name: string): Promise<string> => {
    const known = texts.get(name);
    if (known !== undefined) return known;
    const text = new TextDecoder().decode(
      await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, 'docs', 'tutorial', name)),
    );
    texts.set(name, text);
    return text;
  };
  const list = async (): Promise<readonly Listed[]> => JSON.parse(await read('chapters.json')) as Listed[];
  const solved = (): readonly string[] => context.globalState.get<string[]>(solvedKey, []);

  const showPage = async (name: string): Promise<void> => {
    const page = vscode.Uri.from({ scheme: manualScheme, path: `/tutorial/${name}.md` });
    await vscode.commands.executeCommand('vscode.open', page, {
      viewColumn: vscode.ViewColumn.Two,
      preserveFocus: true,
      preview: true,
    } satisfies vscode.TextDocumentShowOptions);
  };

  const choose = async (chapters: readonly Listed[]): Promise<number | undefined> => {
    const done = solved();
    const items = chapters.map(({ name, title }, i): ChapterItem => ({
      label: `${done.includes(name) ? '$(pass-filled)' : '$(circle-outline)'} ${i + 1}. ${title}`,
      description: done.includes(name) ? vscode.l10n.t('solved') : undefined,
      number: i + 1,
    }));
    const next = items.find((_, i) => !done.includes(chapters[i]?.name ?? ''));
    const pick = vscode.window.createQuickPick<ChapterItem>();
    pick.title = vscode.l10n.t('Chor: Tutorial');
    pick.placeholder = vscode.l10n.t('Which chapter?');
    // The walkthrough takes the focus when it marks its step as done.
    pick.ignoreFocusOut = true;
    pick.items = items;
    if (next) pick.activeItems = [next];
    return new Promise((resolve) => {
      pick.onDidAccept(() => {
        resolve(pick.selectedItems[0]?.number);
        pick.hide();
      });
      pick.onDidHide(() => {
        resolve(undefined);
        pick.dispose();
      });
      pick.show();
    });
  };

  /** @param beside a document that is worked in already: then only the page is shown */
  const open = async (wanted: unknown, beside: unknown): Promise<void> => {
    const chapters = await list();
    const number = typeof wanted === 'number' ? wanted : await choose(chapters);
    const chapter = number === undefined ? undefined : chapters[number - 1];
    if (number === undefined || !chapter) return;
    if (typeof beside !== 'string') {
      const { start } = readChapter(await read(`${chapter.name}.md`));
      const head = headOf(number, chapter.title);
      // One that is open already, with all that was written in it, is gone on with.
      const own = vscode.workspace.textDocuments.find(
        (document) =>
          document.languageId === 'chor' &&
          !document.isClosed &&
          document.lineCount > 0 &&
          document.lineAt(0).text === head,
      );
      await vscode.window.showTextDocument(
        own ?? (await vscode.workspace.openTextDocument({ language: 'chor', content: start })),
        { viewColumn: vscode.ViewColumn.One, preview: false },
      );
    }
    await showPage(chapter.name);
  };

  const answerOf = async (
    document: vscode.TextDocument,
    chapter: Listed,
    token?: vscode.CancellationToken,
  ): Promise<Answer | undefined> => {
    if (server.state().kind !== 'running') return undefined;
    const [check, solution] = [await read(chapter.name + checkEnding), await read(chapter.name + solutionEnding)];
    const answer = await server.client.sendRequest<Answer | null>(
      checkAnswer.method,
      { textDocument: { uri: server.client.code2ProtocolConverter.asUri(document.uri) }, check, solution },
      token,
    );
    if (answer?.solved && !solved().includes(chapter.name))
      await context.globalState.update(solvedKey, [...solved(), chapter.name]);
    return answer ?? undefined;
  };

  const tell = async (wanted: unknown): Promise<void> => {
    const document =
      typeof wanted === 'string' ? await vscode.workspace.openTextDocument(vscode.Uri.parse(wanted)) : activeSource();
    const chapters = await list();
    const number = document && chapterIn(document.getText(), chapters);
    const chapter = number === undefined ? undefined : chapters[number - 1];
    if (!document || number === undefined || !chapter) {
      void vscode.window
        .showInformationMessage(
          vscode.l10n.t('This is no exercise of the tutorial: its first line would name the chapter. Open one first.'),
          vscode.l10n.t('Open Tutorial'),
        )
        .then((answer) => (answer ? vscode.commands.executeCommand(openCommand) : undefined));
      return;
    }
    const answer = await answerOf(document, chapter);
    if (!answer) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The language server is not running, so nothing can be checked.'),
      );
      return;
    }
    changed.fire();
    const next = answer.solved && chapters[number] ? vscode.l10n.t('Next Chapter') : undefined;
    const { message, detail } = answerText(answer, vscode.l10n.t);
    // It was asked for, and may be long: a message in the corner would cut it.
    void vscode.window
      .showInformationMessage(message, { modal: true, detail }, ...(next ? [next] : []))
      .then((said) => (said ? vscode.commands.executeCommand(openCommand, number + 1) : undefined));
  };

  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document, token) {
      if (!document.lineAt(0).text.startsWith('// ')) return [];
      try {
        const chapters = await list();
        const number = chapterIn(document.getText(), chapters);
        const chapter = number === undefined ? undefined : chapters[number - 1];
        if (number === undefined || !chapter) return [];
        const answer = await answerOf(document, chapter, token);
        return lensesFor(number, chapters, document.uri.toString(), answer, vscode.l10n.t).map(
          ({ title, tooltip, command, arguments: args }) =>
            new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title, tooltip, command, arguments: [...args] }),
        );
      } catch (error) {
        if (!token.isCancellationRequested)
          log.warn(`The exercise can’t be checked: ${error instanceof Error ? error.message : String(error)}`);
        return [];
      }
    },
  };

  context.subscriptions.push(
    changed,
    vscode.commands.registerCommand(openCommand, (number: unknown, beside: unknown) =>
      open(number, beside).catch(told(vscode.l10n.t('The tutorial can’t be opened'))),
    ),
    vscode.commands.registerCommand(answerCommand, (uri: unknown) =>
      tell(uri).catch(told(vscode.l10n.t('The exercise can’t be checked'))),
    ),
    vscode.languages.registerCodeLensProvider({ language: 'chor' }, provider),
    // What was not known while the server was starting.
    server.onState(() => changed.fire()),
  );
}
