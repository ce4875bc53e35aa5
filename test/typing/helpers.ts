// Checks a snippet and shows what was found, in short.
import type { TypingResult } from '../../language/typing/check.js';
import { Workspace } from '../../language/workspace.js';
import { fixesFor } from '../../language/fixes/try.js';
import { applyEdits } from '../../language/edits/fix.js';
import { inWords } from '../in-words.js';

export const uri = 'file:///t/main.chor';

export function workspaceOf(text: string, others: Readonly<Record<string, string>> = {}): Workspace {
  const workspace = new Workspace();
  for (const [name, other] of Object.entries(others)) workspace.set(`file:///t/${name}`, other);
  workspace.set(uri, text);
  return workspace;
}

export function namesOf(text: string, others?: Readonly<Record<string, string>>): TypingResult {
  const names = workspaceOf(text, others).analyze(uri)?.names;
  if (!names) throw new Error('no analysis');
  return names;
}

/** `code: range text`, hints left out, in source order. */
export function problems(text: string, others?: Readonly<Record<string, string>>): string[] {
  return found(text, others)
    .filter((f) => f.severity !== 'hint')
    .map((f) => `${f.code}: ${text.slice(f.origin.start, f.origin.end)}`);
}

export function hints(text: string, others?: Readonly<Record<string, string>>): string[] {
  return found(text, others)
    .filter((f) => f.severity === 'hint')
    .map((f) => `${f.code}: ${text.slice(f.origin.start, f.origin.end)}`);
}

export function messages(text: string, others?: Readonly<Record<string, string>>): string[] {
  return found(text, others)
    .filter((f) => f.severity !== 'hint')
    .map((f) => inWords(f).message);
}

function found(text: string, others?: Readonly<Record<string, string>>): TypingResult['findings'] {
  return [...namesOf(text, others).findings].sort((a, b) => a.origin.start - b.origin.start);
}

/** Titles of the fixes for the first finding of a code, with the text after each. */
export function fixed(text: string, code: string, others?: Readonly<Record<string, string>>): Record<string, string> {
  const workspace = workspaceOf(text, others);
  const finding = workspace.analyze(uri)?.findings.find((f) => f.code === code);
  if (!finding) throw new Error(`no ${code}`);
  return Object.fromEntries(
    fixesFor(workspace, finding).map((fix) => {
      const target = fix.edits[0]?.uri ?? uri;
      return [
        fix.title,
        applyEdits(
          workspace.text(target) ?? '',
          fix.edits.filter((e) => e.uri === target),
        ),
      ];
    }),
  );
}

/** The line that a hover shows of a variable: `B.x`. */
export function detail(text: string, name: string, others?: Readonly<Record<string, string>>): string | undefined {
  return namesOf(text, others).occurrences.find(
    (o) => (o.symbol.role ? `${o.symbol.role}.` : '') + o.symbol.name === name,
  )?.symbol.detail;
}
