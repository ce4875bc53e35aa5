// The one place where offsets become LSP positions, and findings become diagnostics.
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type {
  CodeDescription,
  Diagnostic,
  Location,
  Position,
  Range,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextRange } from '../language/ir/expression.js';
import { lineEndOf, withLineEnds } from '../language/syntax/line-ends.js';
import type { Session } from './session.js';
import type { Edit } from '../language/edits/fix.js';
import type { Diagnostic as Rendered } from '../language/rules/render.js';
import type { Severity } from '../language/findings/finding.js';

const manual = 'https://github.com/chor-lang/chor/blob/main/docs/codes';

export function toRange(document: TextDocument, origin: TextRange): Range {
  return { start: document.positionAt(origin.start), end: document.positionAt(origin.end) };
}

/** The offset of a position; one outside the text means its nearest end. */
export function toOffset(document: TextDocument, position: Position): number {
  return document.offsetAt(position);
}

export function toOrigin(document: TextDocument, range: Range): TextRange {
  const start = document.offsetAt(range.start);
  return { start, end: Math.max(start, document.offsetAt(range.end)) };
}

/** The location of a range of any file; undefined where the file is gone. */
export function toLocation(session: Session, uri: string, origin: TextRange): Location | undefined {
  const document = session.document(uri);
  return document && { uri: session.toClient(uri), range: toRange(document, origin) };
}

/** Where a finding is shown: what stands on several lines, by the first of them, unless all of it is what is meant. */
function shownAt(document: TextDocument, { origin, tags }: Rendered): Range {
  const text = document.getText().slice(origin.start, origin.end);
  const [first = ''] = text.split(/\r?\n/);
  const head = first.replace(/[\s{]+$/, '');
  return toRange(
    document,
    head === '' || first === text || tags.includes('unnecessary')
      ? origin
      : { start: origin.start, end: origin.start + head.length },
  );
}

/**
 * A finding as a diagnostic, with the severity that the user set.
 * @returns undefined where the user turned its code off
 */
export function toDiagnostic(session: Session, finding: Rendered): Diagnostic | undefined {
  const document = session.document(finding.uri);
  const set = session.settings().severity[finding.code];
  const severity = set === undefined || (finding.milder === true && set !== 'off') ? finding.severity : set;
  if (!document || severity === 'off') return undefined;
  const related = finding.related.flatMap((r) => {
    const location = toLocation(session, r.uri, r.origin);
    return location ? [{ location, message: r.message }] : [];
  });
  const codeDescription: CodeDescription = { href: `${manual}/${finding.code}.md` };
  return {
    range: shownAt(document, finding),
    severity: severityNumber(severity),
    code: finding.code,
    codeDescription,
    source: 'chor',
    message: finding.message,
    ...(related.length > 0 ? { relatedInformation: related } : {}),
    ...(finding.tags.length > 0
      ? { tags: finding.tags.map((t) => (t === 'unnecessary' ? DiagnosticTag.Unnecessary : DiagnosticTag.Deprecated)) }
      : {}),
  };
}

function severityNumber(severity: Severity): DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return DiagnosticSeverity.Error;
    case 'warning':
      return DiagnosticSeverity.Warning;
    case 'information':
      return DiagnosticSeverity.Information;
    case 'hint':
      return DiagnosticSeverity.Hint;
  }
}

/** Edits of a document, with the line ends that it has. */
export function toTextEdits(document: TextDocument, edits: readonly Edit[]): TextEdit[] {
  const end = lineEndOf(document.getText());
  return edits.map((edit) => ({ range: toRange(document, edit), newText: withLineEnds(edit.newText, end) }));
}

/**
 * Edits of any files as one workspace edit, with the versions of the documents that they were made for.
 * @param versioned whether the client understands `documentChanges`
 */
export function toWorkspaceEdit(session: Session, edits: readonly Edit[], versioned: boolean): WorkspaceEdit {
  const byFile = new Map<string, Edit[]>();
  for (const edit of edits) byFile.set(edit.uri, [...(byFile.get(edit.uri) ?? []), edit]);
  const changes: Record<string, TextEdit[]> = {};
  const documentChanges: NonNullable<WorkspaceEdit['documentChanges']> = [];
  for (const [uri, own] of byFile) {
    const document = session.document(uri);
    if (!document) continue;
    const textEdits = toTextEdits(document, own);
    changes[session.toClient(uri)] = textEdits;
    documentChanges.push({
      textDocument: { uri: session.toClient(uri), version: session.version(uri) ?? null },
      edits: textEdits,
    });
  }
  return versioned ? { documentChanges } : { changes };
}
