// The page of a view: a root, its script and its style, and a policy that lets in nothing else.
import * as vscode from 'vscode';
import { attribute, wordingAttribute } from './wording.js';

/**
 * The page of a view. It is set once for each panel: all that changes later comes as messages.
 * @param webview the panel's
 * @param dist the folder of the built views
 * @param name the view's script and style
 * @param worker a script that the view starts as a worker: from its text, since workers of another origin may not be
 *   started
 */
export function pageOf(
  webview: vscode.Webview,
  dist: vscode.Uri,
  name: 'view' | 'run',
  title: string,
  worker?: string,
): string {
  const nonce = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  const script = webview.asWebviewUri(vscode.Uri.joinPath(dist, `${name}.js`));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(dist, `${name}.css`));
  const workers = worker === undefined ? '' : `; worker-src blob:; connect-src ${webview.cspSource}`;
  const data =
    worker === undefined ? '' : ` data-worker="${webview.asWebviewUri(vscode.Uri.joinPath(dist, `${worker}.js`))}"`;
  return `<!DOCTYPE html>
<html lang="${vscode.l10n.bundle ? vscode.env.language : 'en'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; font-src ${webview.cspSource}${workers}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>${attribute(title)}</title>
</head>
<body><main id="root"${data}${wordingAttribute(vscode.l10n.bundle)}></main><script nonce="${nonce}" src="${script}"></script></body>
</html>`;
}
