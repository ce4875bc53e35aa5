// The page of the view in a browser, without VS Code around it: what the extension would send it is made here of a
// text.
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { show } from '../../../client/shown.js';
import type { FromView, Tab, Wish } from '../../../client/messages.js';
import { placedGraph, placedSequence } from '../../../language/diagram/places.js';
import type { Place } from '../../../language/diagram/sequence.js';
import { createViewHistory, designOf } from '../../../language/features/projections.js';
import type { DeclarationView, RoleView } from '../../../language/features/projections.js';
import type { TextRange } from '../../../language/ir/expression.js';
import { lineIndex } from '../../../language/text/lines.js';
import { Workspace } from '../../../language/workspace.js';
import type { Location, Position, Range } from '../../../protocol/places.js';
import type { Projections, RoleProjection } from '../../../protocol/projections.js';

export const uri = 'file:///a.chor';

export interface ViewPage {
  readonly page: Page;
  /** Takes a text as the newest version of the file, and shows it. */
  text(text: string): Promise<void>;
  wish(wish: Partial<Wish>): Promise<void>;
  /** Puts the cursor at the first place of a text. */
  cursor(text: string): Promise<void>;
  /** What the view said since it was asked last. */
  said(): Promise<FromView[]>;
}

let bundled: Promise<{ script: string; style: string }> | undefined;

async function bundle(): Promise<{ script: string; style: string }> {
  const { outputFiles } = await build({
    entryPoints: ['client/view/main.ts'],
    bundle: true,
    write: false,
    outdir: 'out',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    minify: true,
  });
  const of = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  return { script: of('.js'), style: of('.css') };
}

const theme = `:root { --vscode-editor-font-family: "DejaVu Sans Mono", monospace; --vscode-font-family: "DejaVu Sans", sans-serif; --vscode-editor-background: #1f1f1f; --vscode-editor-foreground: #cccccc; --vscode-foreground: #cccccc;
  --vscode-descriptionForeground: #9d9d9d; --vscode-focusBorder: #0078d4; --vscode-panel-border: #2b2b2b; --vscode-input-background: #313131; --vscode-input-foreground: #cccccc; --vscode-input-placeholderForeground: #989898; --vscode-menu-background: #1f1f1f; --vscode-toolbar-hoverBackground: #5a5d5e50; --vscode-dropdown-background: #313131; --vscode-dropdown-foreground: #ccc; }`;

/** Opens the view in a page; it has the script of the worker from an address that the page answers itself. */
export async function openView(page: Page, first: string, tab: Tab, wished: Partial<Wish> = {}): Promise<ViewPage> {
  bundled ??= bundle();
  const { script, style } = await bundled;
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/layout.js')
      return route.fulfill({
        body: readFileSync('node_modules/elkjs/lib/elk-worker.min.js', 'utf8'),
        contentType: 'text/javascript',
      });
    if (pathname === '/view.js') return route.fulfill({ body: script, contentType: 'text/javascript' });
    if (pathname !== '/') return route.fulfill({ status: 404, body: '' });
    return route.fulfill({
      contentType: 'text/html',
      body:
        `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'self' 'unsafe-eval' 'nonce-x'; worker-src blob:; connect-src 'self'"><title>Projections</title><style>${theme}</style><style>${style}</style></head>` +
        `<body class="vscode-dark"><main id="root" data-worker="/layout.js"></main><script nonce="x">window.said = []; let kept; window.acquireVsCodeApi = () => ({ postMessage: (m) => said.push(m), getState: () => kept, setState: (s) => { kept = s; } });</script><script src="/view.js"></script></body></html>`,
    });
  });
  await page.goto('http://view.test/');
  const workspace = new Workspace();
  const history = createViewHistory();
  let [version, text] = [0, ''];
  let wish: Wish = { uri, pinned: false, roles: [], tab, ...wished };
  let cursor: Position | undefined;
  const send = (message: unknown): Promise<void> =>
    page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`);
  const shown = async (): Promise<void> => {
    const message = show(
      wish,
      () => answer(history.views(), history.networks(), workspace),
      cursor,
      (name) =>
        diagramOf(
          [...history.views(), ...history.networks()].find((each) => each.name === name),
          wish.tab,
        ),
    );
    wish = message.wish;
    await send(message);
  };
  const own: ViewPage = {
    page,
    async text(next) {
      text = next;
      workspace.set(uri, text);
      const analysis = workspace.analyze(uri);
      if (analysis) history.update(analysis, ++version);
      await shown();
    },
    async wish(change) {
      wish = { ...wish, ...change };
      await shown();
    },
    async cursor(wanted) {
      const at = text.indexOf(wanted);
      if (at < 0) throw new Error(`there is no ${wanted}`);
      cursor = positions(text)(at);
      await send({ type: 'cursor', uri, position: cursor, moved: true });
    },
    async said() {
      const all = await page.evaluate<FromView[]>('said.splice(0)');
      for (const message of all) if (message.type === 'wish') await own.wish(message.wish);
      return all;
    },
  };
  await send({ type: 'settings', cursorSync: true });
  await own.text(first);
  return own;
}

function positions(text: string): (offset: number) => Position {
  const line = lineIndex(text);
  return (offset) => ({ line: line(offset), character: offset - (text.lastIndexOf('\n', offset - 1) + 1) });
}

function rangeIn(text: string): (range: TextRange) => Range {
  const at = positions(text);
  return ({ start, end }) => ({ start: at(start), end: at(end) });
}

function rolesOf(views: readonly RoleView[], text: string): RoleProjection[] {
  const source = rangeIn(text);
  return views.map((view) => {
    const local = rangeIn(view.text);
    return {
      role: view.role,
      text: view.text,
      map: view.map.map((m) => ({ local: local(m.local), source: source(m.source) })),
      holes: view.holes.map((hole) => ({ ...hole, local: local(hole.local) })),
    };
  });
}

function answer(
  choreographies: readonly DeclarationView[],
  networks: readonly DeclarationView[],
  workspace: Workspace,
): Projections {
  const of = (view: DeclarationView) => ({
    name: view.name,
    version: view.version,
    stale: view.reason !== undefined,
    ...(view.reason === undefined ? {} : { reason: view.reason }),
    range: rangeIn(view.text)(view.range),
    roles: rolesOf(view.roles(), view.text),
  });
  return {
    version: 1,
    stale: false,
    choreographies: choreographies.map(of),
    networks: networks.map((view) => {
      const design = view.implements === undefined ? undefined : designOf(workspace, uri, view.implements);
      return {
        ...of(view),
        ...(design
          ? { design: { uri: design.uri, name: design.name, roles: rolesOf(design.roles, design.text) } }
          : {}),
      };
    }),
  };
}

function diagramOf(view: DeclarationView | undefined, tab: Tab | undefined) {
  if (!view) return undefined;
  const range = rangeIn(view.text);
  const location = (place: Place): Location => ({ uri: place.uri, range: range(place.origin) });
  const sequence = tab === 'sequence' ? view.sequence() : undefined;
  return {
    name: view.name,
    version: view.version,
    stale: view.reason !== undefined,
    ...(view.reason === undefined ? {} : { reason: view.reason }),
    ...(sequence ? { sequence: placedSequence(sequence, location) } : {}),
    ...(tab === 'states' ? { states: placedGraph(view.states(), location) } : {}),
  };
}
