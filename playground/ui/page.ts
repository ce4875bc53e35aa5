// Draws the page around editor and view, soon after something changed; many changes are drawn at once.
import { html, nothing, render } from 'lit';
import { filesView } from './files.js';
import type { FileActions } from './files.js';
import { headView } from './head.js';
import type { HeadActions, HeadShown } from './head.js';
import { panesView } from './layout.js';
import type { Pane } from './layout.js';
import { problemsView } from './problems.js';
import type { ProblemActions, ProblemsShown } from './problems.js';

export interface PageShown {
  readonly head: HeadShown;
  readonly files: readonly string[];
  readonly open: string;
  readonly problems: ProblemsShown;
  readonly view: 'roles' | 'run';
  /** How many runs lead to errors of the file that is looked at. */
  readonly runs: number;
  readonly lesson: boolean;
}

export interface PageActions {
  readonly head: HeadActions;
  readonly files: FileActions;
  readonly problems: ProblemActions;
  view(view: 'roles' | 'run'): void;
  pane(pane: Pane): void;
}

function part(id: string): HTMLElement {
  return document.getElementById(id) ?? document.body.appendChild(Object.assign(document.createElement('div'), { id }));
}

/** @returns what has the page drawn soon */
export function createPage(shown: () => PageShown, actions: PageActions): () => void {
  const [head, files, problems, tabs, panes, roles, run] = [
    'head',
    'files',
    'problems',
    'view-tabs',
    'panes',
    'roles-frame',
    'run-frame',
  ].map(part);
  let asked = false;
  // What was there before the page: from now on, it is drawn here.
  problems?.replaceChildren();
  const draw = (): void => {
    asked = false;
    const now = shown();
    if (!head || !files || !problems || !tabs || !panes || !roles || !run) return;
    render(headView(now.head, actions.head), head);
    const wrong = new Set(now.problems.problems.filter(({ severity }) => severity === 'error').map(({ file }) => file));
    render(filesView(now.files, now.open, wrong, actions.files), files);
    render(problemsView(now.problems, actions.problems), problems);
    const tab = (
      view: 'roles' | 'run',
      title: string,
      disabled: boolean,
      also = '',
    ): unknown => html`<button class="pane-tab ${also}" role="tab" id=${`tab-${view}`} aria-selected=${now.view === view} aria-controls=${`${view}-frame`}
      tabindex=${now.view === view ? 0 : -1} ?disabled=${disabled} @click=${() => actions.view(view)} @keydown=${({
        key,
      }: KeyboardEvent) => {
        if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
        const other = view === 'roles' ? 'run' : 'roles';
        if (other === 'run' && now.runs === 0 && now.view !== 'run') return;
        actions.view(other);
        requestAnimationFrame(() => document.getElementById(`tab-${other}`)?.focus());
      }}>${title}</button>`;
    render(
      html`<div role="tablist" aria-label="View">${tab('roles', 'Roles', false)}${now.runs > 0 || now.view === 'run' ? tab('run', 'Run', false, now.runs > 0 ? 'has-run' : '') : nothing}</div>`,
      tabs,
    );
    roles.hidden = now.view !== 'roles';
    run.hidden = now.view !== 'run';
    render(
      panesView(now.lesson, now.problems.problems.filter(({ severity }) => severity === 'error').length, actions.pane),
      panes,
    );
    document.title = now.head.title === '' ? 'Chor playground' : `${now.head.title} · Chor playground`;
  };
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(draw);
  };
}
