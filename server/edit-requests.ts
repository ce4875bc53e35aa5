// Requests that change texts: completion, renaming, repairs, moved files.
import {
  CodeActionKind,
  CodeActionTriggerKind,
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
} from 'vscode-languageserver';
import type { ClientCapabilities, CodeAction, CompletionItem, Diagnostic } from 'vscode-languageserver';
import { fixAll, repairs } from '../language/features/actions.js';
import { extraction, networkAt } from '../language/features/extract.js';
import { formatEdits, formatRange } from '../language/syntax/format.js';
import { formatTyped } from '../language/features/on-type-formatting.js';
import { complete } from '../language/features/completion.js';
import type { Completion } from '../language/features/completion.js';
import { importEdits, whyNotMove } from '../language/features/links.js';
import { refactorings } from '../language/features/refactorings.js';
import { prepareRename, rename } from '../language/features/rename.js';
import type { FileAnalysis } from '../language/workspace.js';
import { toDiagnostic, toOrigin, toRange, toTextEdits, toWorkspaceEdit } from './convert.js';
import { arrayOf, objectOf, rangeOf, textOf } from './params.js';
import { refused } from './requests.js';
import { canShowRuns, runActions } from './runs.js';
import type { Requests } from './requests.js';
import type { Session } from './session.js';
import type { Trial, Trials } from './fix-trials.js';
import type { Finding } from '../language/findings/finding.js';
import { linesIn, render } from '../language/rules/render.js';

/**
 * How long the answer waits for fixes that are still being tried, where somebody asked for it by hand, and for how long
 * those of a rule itself are tried, in milliseconds: the one that a person would make is among them, and on a busy
 * machine it may come late.
 */
const trialTimeout = 2000;

/**
 * How long one request for actions works, for all findings and kinds of actions together, in milliseconds: while a menu
 * opens, nobody waits longer.
 */
const actionTimeout = 500;

/** So much of it is left for what comes after the fixes. */
const extractionTimeout = 100;

/** And for these, where nothing is left. */
const refactoringTimeout = 200;

const refactoringKinds = {
  extract: CodeActionKind.RefactorExtract,
  inline: CodeActionKind.RefactorInline,
  rewrite: CodeActionKind.RefactorRewrite,
} as const;

export const fixAllKind = `${CodeActionKind.SourceFixAll}.chor`;

export function registerChanging(
  { on, onDocument, onPosition }: Requests,
  session: Session,
  trials: Trials,
  client: () => ClientCapabilities,
): void {
  const versioned = (): boolean => client().workspace?.workspaceEdit?.documentChanges === true;

  // ---- completion ----
  const good = new Map<string, FileAnalysis>();
  session.onClosed((uri) => good.delete(uri));
  /** The documentation of the last list's items, which is sent when one is looked at. */
  let docs: readonly (string | undefined)[] = [];
  let list = 0;
  onPosition('textDocument/completion', ({ uri, document, offset, params }) => {
    if (
      objectOf(params.context).triggerCharacter === ' ' &&
      !/(?:->|:|\b(?:do|to|from|at|case|continue|implements))\s$/.test(
        document.getText().slice(Math.max(0, offset - 12), offset),
      )
    )
      return null;
    const analysis = session.analyze(uri);
    if (analysis?.file.syntaxErrors.length === 0) good.set(uri, analysis);
    const { range, items } = complete(session.workspace(), uri, offset, good.get(uri));
    docs = items.map((item) => item.doc);
    list++;
    const replaced = toRange(document, range);
    const snippets = client().textDocument?.completion?.completionItem?.snippetSupport === true;
    const whole = document.getText(replaced);
    // Asked again at every key: names of other files are offered once something of them is typed, and nothing where the
    // word is whole.
    return {
      isIncomplete: items.length > 0,
      items: items.flatMap((item, index): CompletionItem[] => {
        const plain = item.snippet === true && !snippets;
        const newText = plain ? item.label : (item.insert ?? item.label);
        if (plain && (item.template === true || newText === whole)) return [];
        return [
          {
            label: item.label,
            kind: plain && item.kind === 'snippet' ? CompletionItemKind.Keyword : completionKind(item.kind),
            detail: item.detail,
            sortText: sortText(item.rank),
            data: [list, index],
            textEdit: { range: replaced, newText },
            insertTextFormat: item.snippet && snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
            ...(newText.includes('\n') ? { insertTextMode: InsertTextMode.adjustIndentation } : {}),
            ...(item.edits ? { additionalTextEdits: toTextEdits(document, item.edits) } : {}),
          },
        ];
      }),
    };
  });
  on('completionItem/resolve', (params) => {
    const [of, index] = Array.isArray(params.data) ? (params.data as unknown[]) : [];
    const doc = of === list && typeof index === 'number' ? docs[index] : undefined;
    return doc === undefined ? params : { ...params, documentation: { kind: 'markdown', value: doc } };
  });

  // ---- renaming ----
  onPosition('textDocument/prepareRename', ({ uri, document, offset }) => {
    const answer = prepareRename(session.workspace(), uri, offset);
    return 'refused' in answer
      ? refused(answer.refused)
      : { range: toRange(document, answer.range), placeholder: answer.name };
  });
  onPosition('textDocument/rename', ({ uri, offset, params }) => {
    const answer = rename(session.workspace(), uri, offset, textOf(params.newName));
    return 'refused' in answer ? refused(answer.refused) : toWorkspaceEdit(session, answer.edits, versioned());
  });
  on('workspace/willRenameFiles', (params) => {
    const moves = arrayOf(params.files).map((file) => ({
      from: session.inside(textOf(objectOf(file).oldUri)),
      to: session.inside(textOf(objectOf(file).newUri)),
    }));
    const edits = importEdits(session.workspace(), moves);
    const reason = whyNotMove(session.workspace(), moves, edits);
    if (reason !== undefined) return refused(reason);
    return edits.length > 0 ? toWorkspaceEdit(session, edits, versioned()) : null;
  });

  // ---- layout ----
  onDocument('textDocument/formatting', ({ document }) =>
    formatEdits(document.getText()).map((edit) => ({ range: toRange(document, edit), newText: edit.newText })),
  );
  onDocument('textDocument/rangeFormatting', ({ document, params }) => {
    const { start, end } = toOrigin(document, rangeOf(params.range));
    return formatRange(document.getText(), start, end).map((edit) => ({
      range: toRange(document, edit),
      newText: edit.newText,
    }));
  });
  onPosition('textDocument/onTypeFormatting', ({ document, offset, params }) =>
    formatTyped(document.getText(), offset, textOf(params.ch)).map((edit) => ({
      range: toRange(document, edit),
      newText: edit.newText,
    })),
  );

  // ---- repairs ----
  onDocument('textDocument/codeAction', async ({ uri, document, params, cancelled }) => {
    const context = objectOf(params.context);
    const only = Array.isArray(context.only)
      ? context.only.filter((kind): kind is string => typeof kind === 'string')
      : undefined;
    const wants = (kind: string): boolean =>
      only?.some((o) => o === '' || kind === o || kind.startsWith(`${o}.`)) ?? kind !== fixAllKind;
    const actions: CodeAction[] = [];
    const end = Date.now() + actionTimeout;
    /** Others have their turn; an edit among them makes this answer one of the past. */
    const others = async (milliseconds = 0): Promise<boolean> => {
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      return !cancelled() && session.document(uri) === document;
    };
    if (wants(CodeActionKind.QuickFix)) {
      const sent = Array.isArray(context.diagnostics) ? (context.diagnostics as Diagnostic[]) : [];
      const analysis = session.analyze(uri);
      const all: { readonly finding: Finding; readonly tried: Trial }[] = [];
      const longest = wants(CodeActionKind.RefactorExtract) ? actionTimeout - extractionTimeout : actionTimeout;
      for (const found of repairs(
        session.workspace(),
        uri,
        toOrigin(document, rangeOf(params.range)),
        longest,
        trialTimeout,
      )) {
        if (found && analysis) all.push({ finding: found.finding, tried: trials.ask(analysis, found) });
        if (!(await others())) return null;
      }
      // A person reads the list once: what comes late would not be in it. Editors that ask by themselves ask again when
      // there is more.
      const asked = Date.now();
      const timeout = ({ fixes }: Trial): number =>
        context.triggerKind === CodeActionTriggerKind.Automatic ? 0 : fixes.length === 0 ? trialTimeout : actionTimeout;
      while (all.some(({ tried }) => !tried.done && Date.now() < asked + timeout(tried)))
        if (!(await others(20))) return null;
      for (const { finding, tried } of all) {
        const diagnostic = toDiagnostic(session, render(finding, linesIn(session.workspace())));
        if (!diagnostic) continue;
        const own = sent.filter(
          (d) =>
            objectOf(d).code === finding.code && JSON.stringify(objectOf(d).range) === JSON.stringify(diagnostic.range),
        );
        for (const fix of tried.fixes) {
          actions.push({
            title: fix.title,
            kind: CodeActionKind.QuickFix,
            diagnostics: own.length > 0 ? own : [diagnostic],
            ...(fix.preferred ? { isPreferred: true } : {}),
            edit: toWorkspaceEdit(session, fix.edits, versioned()),
          });
        }
      }
    }
    if (wants(CodeActionKind.QuickFix) && canShowRuns(client())) {
      actions.push(
        ...runActions(
          session,
          uri,
          toOrigin(document, rangeOf(params.range)),
          Array.isArray(context.diagnostics) ? context.diagnostics : [],
        ),
      );
    }
    if (wants(CodeActionKind.RefactorExtract)) {
      const network = networkAt(session.workspace(), uri, toOrigin(document, rangeOf(params.range)));
      const until = Math.max(end, Date.now() + extractionTimeout);
      const answer = network && extraction(session.workspace(), uri, network, () => Date.now() > until);
      const title = 'Extract choreography';
      const kind = CodeActionKind.RefactorExtract;
      if (answer?.kind === 'extracted')
        actions.push({ title, kind, edit: toWorkspaceEdit(session, answer.edits, versioned()) });
      // Shown greyed, with the reason, to whoever asks for refactorings.
      else if (answer && only)
        actions.push({
          title,
          kind,
          disabled: { reason: `Line ${document.positionAt(answer.origin.start).line + 1}: ${answer.message}` },
        });
    }
    // Nobody asked for these by moving the cursor.
    if (
      (only || context.triggerKind !== CodeActionTriggerKind.Automatic) &&
      Object.values(refactoringKinds).some(wants)
    ) {
      for (const found of refactorings(
        session.workspace(),
        uri,
        toOrigin(document, rangeOf(params.range)),
        Math.max(refactoringTimeout, end - Date.now()),
      )) {
        if (found && wants(refactoringKinds[found.kind]))
          actions.push({
            title: found.title,
            kind: refactoringKinds[found.kind],
            edit: toWorkspaceEdit(session, found.edits, versioned()),
          });
        if (!(await others())) return null;
      }
    }
    if (wants(fixAllKind)) {
      const edits = fixAll(session.workspace(), uri, actionTimeout);
      if (edits.length > 0)
        actions.push({
          title: 'Apply the preferred fix of each error',
          kind: fixAllKind,
          edit: toWorkspaceEdit(session, edits, versioned()),
        });
    }
    return actions;
  });
}

function sortText(rank: number): string {
  return String(rank).padStart(3, '0');
}

function completionKind(kind: Completion['kind']): CompletionItemKind {
  switch (kind) {
    case 'keyword':
      return CompletionItemKind.Keyword;
    case 'snippet':
      return CompletionItemKind.Snippet;
    case 'file':
      return CompletionItemKind.File;
    case 'choreography':
      return CompletionItemKind.Class;
    case 'network':
      return CompletionItemKind.Module;
    case 'record':
      return CompletionItemKind.Struct;
    case 'enum':
      return CompletionItemKind.Enum;
    case 'enum-case':
      return CompletionItemKind.EnumMember;
    case 'type':
      return CompletionItemKind.TypeParameter;
    case 'function':
    case 'builtin':
      return CompletionItemKind.Function;
    case 'field':
      return CompletionItemKind.Field;
    case 'role':
    case 'process':
      return CompletionItemKind.Interface;
    case 'variable':
    case 'input':
    case 'parameter':
    case 'local':
    case 'size':
    case 'index':
      return CompletionItemKind.Variable;
    case 'constant':
      return CompletionItemKind.Constant;
    case 'recursion':
      return CompletionItemKind.Event;
    case 'label':
      return CompletionItemKind.Constant;
  }
}
