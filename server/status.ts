// Tells the client what is being explored and what is known: the notification `chor/status` for those who ask for it in
// their capabilities (`experimental.chorStatus`), and the protocol's own progress for the others.
import type { ClientCapabilities, Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver';
import { counted, summary } from '../language/features/words.js';
import { statusChanged } from '../protocol/exploring.js';
import type { Status } from '../protocol/exploring.js';
import type { QueueState } from './exploration/queue.js';
import { objectOf } from './params.js';
import type { Session } from './session.js';

export interface StatusTeller {
  /** Something may be different. */
  changed(): void;
  dispose(): void;
}

/** How often news are told, in milliseconds. */
const newsEvery = 250;
/** What takes no longer than this, in milliseconds, gets no progress of its own. */
const shownAfter = 1000;

/**
 * Creates the teller.
 * @param state what is explored now
 * @param stop ends all that is explored
 */
export function createStatus(
  connection: Connection,
  session: Session,
  client: () => ClientCapabilities,
  state: () => QueueState,
  stop: () => void,
): StatusTeller {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sent = '';
  let progress: 'none' | 'asked' | WorkDoneProgressServerReporter = 'none';

  const status = (): Status => {
    const { exploring, waiting } = state();
    return {
      exploring: exploring.map(({ uri, name, states, fixes }) => ({
        uri: session.toClient(uri),
        name,
        states,
        ...(fixes ? { fixes } : {}),
      })),
      waiting,
      documents: session.openUris().flatMap((uri) => {
        const analysis = session.workspace().analyze(uri);
        const words = analysis && summary(analysis);
        return words === undefined
          ? []
          : [{ uri: session.toClient(uri), version: session.version(uri) ?? 0, summary: words }];
      }),
    };
  };

  const report = async (): Promise<void> => {
    const { exploring, waiting } = state();
    const [first] = exploring;
    if (!first) {
      if (typeof progress === 'object') {
        progress.done();
        progress = 'none';
      }
      return;
    }
    const message = `${exploring.map(({ name, fixes }) => (fixes ? `fixes of ${name}` : name)).join(', ')}: ${counted(
      exploring.reduce((sum, e) => sum + e.states, 0),
      'state',
    )}${waiting > 0 ? `, ${waiting} more waiting` : ''}`;
    if (typeof progress === 'object') progress.report(message);
    else if (progress === 'none') {
      const left = shownAfter - (Date.now() - first.since);
      if (left > 0) {
        later(left);
        return;
      }
      progress = 'asked';
      const made = await connection.window.createWorkDoneProgress();
      progress = made;
      made.token.onCancellationRequested(stop);
      made.begin('Exploring', undefined, message, true);
      later(newsEvery);
    }
  };

  const tell = (): void => {
    if (objectOf(client().experimental).chorStatus === true) {
      const now = status();
      const text = JSON.stringify(now);
      if (text === sent) return;
      sent = text;
      void connection.sendNotification(statusChanged.method, now);
    } else if (client().window?.workDoneProgress === true) {
      report().catch(() => {
        progress = 'none';
      });
    }
  };
  const later = (milliseconds: number): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      tell();
    }, milliseconds);
  };

  return {
    changed: () => later(newsEvery),
    dispose() {
      clearTimeout(timer);
      timer = undefined;
      if (typeof progress === 'object') progress.done();
      progress = 'none';
    },
  };
}
