// What can be seen before there is an editor: the text that the page begins with, and whether something is wrong in it.
// The page’s own program takes both away when it draws them itself.
import type { PublishDiagnosticsParams } from 'vscode-languageserver-protocol';
import type { Project } from '../work/project.js';
import { saysOf, severityOf } from './says.js';

/** Shows the text that is looked at. */
export function showText({ files, open }: Project): void {
  const text = document.createElement('pre');
  text.className = 'early';
  text.tabIndex = 0;
  text.setAttribute('aria-label', 'Text in Chor; the editor is being opened');
  text.textContent = files.find(({ name }) => name === open)?.text ?? '';
  document.getElementById('editor')?.replaceChildren(text);
}

/**
 * Shows what is wrong, in a word, once it is known of all texts.
 * @param uris the addresses of the texts
 * @returns to be told what the server found in one; says whether all is known, and shown
 */
export function showFound(uris: readonly string[]): (found: PublishDiagnosticsParams) => boolean {
  const known = new Map<string, PublishDiagnosticsParams['diagnostics']>();
  return ({ uri, diagnostics }) => {
    known.set(uri, diagnostics);
    if (uris.some((each) => !known.has(each))) return false;
    const { text, mood } = saysOf(
      [...known.values()].flat().map(({ severity }) => ({ severity: severityOf(severity) })),
    );
    const says = document.createElement('span');
    says.className = `says ${mood}`;
    says.id = 'says';
    says.setAttribute('role', 'status');
    says.textContent = text;
    const head = document.createElement('div');
    head.className = 'problems-head is-early';
    head.append(Object.assign(document.createElement('h2'), { textContent: 'Problems' }), says);
    document.getElementById('problems')?.replaceChildren(head);
    return true;
  };
}
