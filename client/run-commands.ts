// What the user can ask for by name about runs: to show the one that leads to an error, and to copy it.
import * as vscode from 'vscode';
import { activeSource, told } from './commands.js';
import type { RunSource } from './projections.js';
import { showRunCommand } from '../protocol/runs.js';
import type { Run, RunQuery, Runs } from '../protocol/runs.js';
import type { RunPanels } from './run-panel.js';
import { runAgain, runFor } from './run-shown.js';

/** Registers the commands. */
export function registerRunCommands(context: vscode.ExtensionContext, runs: RunSource, panels: RunPanels): void {
  const register = (name: string, run: (...args: unknown[]) => unknown): void => {
    context.subscriptions.push(vscode.commands.registerCommand(name, run));
  };

  register(showRunCommand, async (first: unknown, second: unknown) => {
    const found = await find(
      typeof first === 'string' ? vscode.Uri.parse(first) : first instanceof vscode.Uri ? first : undefined,
      queryOf(second),
    );
    if (found) panels.open(found.uri, found.run);
  });
  register('chor.copyRun', async () => {
    const found = await find(undefined, {});
    if (!found) return;
    try {
      await vscode.env.clipboard.writeText(found.run.mermaid);
      vscode.window.setStatusBarMessage(
        `$(check) ${vscode.l10n.t('Copied the run of {0} as Mermaid', found.run.network)}`,
        4000,
      );
    } catch (error) {
      told(vscode.l10n.t('The run can’t be copied'))(error);
    }
  });

  /**
   * The run that is asked for; without a query, that of the error at the cursor or near it. Says so where there is
   * none.
   */
  async function find(
    wanted: vscode.Uri | undefined,
    query: RunQuery,
  ): Promise<{ uri: vscode.Uri; run: Run } | undefined> {
    const uri = wanted ?? activeSource()?.uri;
    if (!uri) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Open a .chor file first: the runs are those of its networks.'),
      );
      return undefined;
    }
    const answer = await runs.refresh(uri.toString());
    const active = vscode.window.activeTextEditor;
    const cursor = active?.document.uri.toString() === uri.toString() ? active.selection.active : undefined;
    const run =
      answer &&
      (runFor(answer, query, cursor) ??
        (query.code === undefined ? undefined : runAgain(answer, query, query.range?.start)));
    if (!run) void vscode.window.showInformationMessage(reasonFor(uri, answer, query));
    return run && { uri, run };
  }
}

function reasonFor(uri: vscode.Uri, answer: Runs | undefined, { network }: RunQuery): string {
  if (!answer) return vscode.l10n.t('The language server gave no answer; the log says why.');
  const unchecked = answer.unchecked.find((each) => network === undefined || each.network === network);
  if (unchecked) return vscode.l10n.t('{0} can’t be run now. {1}', unchecked.network, unchecked.reason);
  const file = vscode.workspace.asRelativePath(uri);
  return network === undefined
    ? vscode.l10n.t('No error in {0} comes with a run.', file)
    : vscode.l10n.t('No error of {0} in {1} comes with a run.', network, file);
}

/** What a code action, a lens or a keybinding hands over, which may be anything. */
function queryOf(value: unknown): RunQuery {
  if (typeof value !== 'object' || value === null) return {};
  const { network, code, message, range } = value as Record<string, unknown>;
  return {
    ...(typeof network === 'string' ? { network } : {}),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof message === 'string' ? { message } : {}),
    ...(isRange(range) ? { range } : {}),
  };
}

function isRange(value: unknown): value is NonNullable<RunQuery['range']> {
  const at = (place: unknown): boolean =>
    typeof place === 'object' && place !== null && typeof (place as { line?: unknown }).line === 'number';
  return (
    typeof value === 'object' &&
    value !== null &&
    at((value as { start?: unknown }).start) &&
    at((value as { end?: unknown }).end)
  );
}
