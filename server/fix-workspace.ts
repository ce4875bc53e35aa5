// Applies the preferred fix of each error of the workspace, in files that are open and in those that are not: worked
// out a step at a time, in a copy, and sent to the client as one edit.
import { MessageType } from 'vscode-languageserver';
import type {
  CancellationToken,
  ClientCapabilities,
  Connection,
  ResponseError,
  WorkDoneProgressServerReporter,
} from 'vscode-languageserver';
import { fixFiles } from '../language/features/actions.js';
import { count } from '../language/text/words.js';
import { toWorkspaceEdit } from './convert.js';
import { refused } from './requests.js';
import type { Session } from './session.js';

/** How long fixes are looked for until others have a turn, in milliseconds; one candidate is the least. */
const slice = 12;
/** How long fixes are looked for in one file, in milliseconds. */
const longest = 10_000;

/**
 * @param isOfWorkspace whether a file is one of the workspace's
 * @param token of the request; the client's progress can take it back as well
 * @returns null when the client applied it, or there was nothing to apply
 */
export async function fixWorkspace(
  connection: Connection,
  session: Session,
  client: ClientCapabilities,
  isOfWorkspace: (uri: string) => boolean,
  token: CancellationToken,
): Promise<ResponseError | null> {
  if (client.workspace?.applyEdit !== true)
    return refused('This editor does not apply edits for its servers: use `chor fix`.');
  const workspace = session.workspace();
  const uris = workspace.uris().filter(isOfWorkspace).sort();
  const texts = new Map(uris.map((uri) => [uri, workspace.text(uri)]));
  const progress = client.window?.workDoneProgress === true ? await begin(connection) : undefined;
  try {
    const steps = fixFiles(workspace, uris, longest);
    let end = Date.now() + slice;
    let step = steps.next();
    for (; !step.done; step = steps.next()) {
      if (Date.now() < end) continue;
      const done = uris.indexOf(step.value);
      progress?.report(Math.floor((100 * done) / uris.length), `${done} of ${count(uris.length, 'file')}`);
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (token.isCancellationRequested || progress?.token.isCancellationRequested) return null;
      end = Date.now() + slice;
    }
    const { edits, applied, left } = step.value;
    session.flush();
    if (edits.some(({ uri }) => session.workspace().text(uri) !== texts.get(uri)))
      return refused('Files changed while fixes were looked for, so none was applied. Try again.');
    const rest =
      left > 0
        ? ` ${count(left, 'error')} ${left === 1 ? 'is' : 'are'} left: which fix is right there is for you to say.`
        : '';
    if (edits.length > 0) {
      const edit = toWorkspaceEdit(session, edits, client.workspace.workspaceEdit?.documentChanges === true);
      const isRefactoring =
        client.workspace.workspaceEdit?.metadataSupport === true ? { metadata: { isRefactoring: true } } : {};
      const answer = await connection.workspace.applyEdit({ label: 'Fix all in workspace', edit, ...isRefactoring });
      if (!answer.applied)
        return refused(
          `The editor did not apply the fixes${answer.failureReason === undefined ? '.' : `: ${answer.failureReason}`}`,
        );
    }
    const files = new Set(edits.map(({ uri }) => uri)).size;
    const message =
      edits.length > 0
        ? `${count(applied, 'fix', 'fixes')} applied in ${count(files, 'file')}.`
        : `There is nothing to fix that is beyond doubt in ${count(uris.length, 'file')}.`;
    void connection.sendNotification('window/showMessage', { type: MessageType.Info, message: message + rest });
    return null;
  } finally {
    progress?.done();
  }
}

async function begin(connection: Connection): Promise<WorkDoneProgressServerReporter | undefined> {
  try {
    const progress = await connection.window.createWorkDoneProgress();
    progress.begin('Fixing the workspace', 0, undefined, true);
    return progress;
  } catch {
    return undefined;
  }
}
