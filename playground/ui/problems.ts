// The list of what is wrong: in all files, with links to the manual, and the ways to put it right.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { prose } from '../../client/view/column.js';
import type { ExplorationItem } from '../../client/exploring.js';
import type { Range } from '../../protocol/places.js';
import { icon } from './icons.js';
import type { IconName } from './icons.js';
import { saysOf } from './says.js';
import type { ProblemSeverity } from './says.js';

export interface Problem {
  readonly uri: string;
  /** The file’s name. */
  readonly file: string;
  readonly range: Range;
  readonly severity: ProblemSeverity;
  readonly message: string;
  readonly code: string;
  /** The code’s page of the manual. */
  readonly page?: string;
  /** A run leads to it. */
  readonly run: boolean;
}

export interface ProblemsShown {
  readonly problems: readonly Problem[];
  /** It is known what is wrong: the server has said it of each file. */
  readonly known: boolean;
  /** Why nothing is checked, if nothing is. */
  readonly stopped?: string;
  readonly files: number;
  readonly open: boolean;
  readonly exploration?: ExplorationItem;
}

export interface ProblemActions {
  toggle(): void;
  go(problem: Problem): void;
  fix(problem: Problem): void;
  run(problem: Problem): void;
  explore(offer: 'stop' | 'again'): void;
  restart(): void;
}

const marks: Readonly<Record<Problem['severity'], readonly [IconName, string]>> = {
  error: ['error', 'Error'],
  warning: ['warning', 'Warning'],
  info: ['info', 'Hint'],
};

export function problemsView(
  { problems, known, stopped, files, open, exploration }: ProblemsShown,
  actions: ProblemActions,
): TemplateResult {
  const { text: says, mood } =
    stopped !== undefined
      ? { text: stopped, mood: 'is-bad' }
      : known
        ? saysOf(problems)
        : { text: 'Checking…', mood: '' };
  return html`<div class="problems-head">
      <button class="fold" aria-expanded=${open} aria-controls="problem-list" @click=${() => actions.toggle()}>${icon(open ? 'down' : 'up')}<h2>Problems</h2></button>
      <span class="says ${mood}" role="status" id="says">${mood === 'is-good' ? icon('check') : nothing}${says}</span>
      ${stopped === undefined ? nothing : html`<button class="small" @click=${() => actions.restart()}>Start it again</button>`}
      ${exploration ? html`<span class="exploring" title=${exploration.detail ?? ''}>${exploration.busy ? html`<span class="busy" aria-hidden="true"></span>` : nothing}${exploration.text}</span>` : nothing}
      ${exploration?.offer === 'stop' || exploration?.offer === 'again' ? html`<button class="small" @click=${() => actions.explore(exploration.offer === 'stop' ? 'stop' : 'again')}>${exploration.offer === 'stop' ? 'Stop' : 'Explore again'}</button>` : nothing}
    </div>
    <ul class="problem-list" id="problem-list" ?hidden=${!open} aria-label="Problems">${repeat(
      problems,
      (each) => `${each.uri} ${each.range.start.line} ${each.code} ${each.message}`,
      (problem) => {
        const [mark, word] = marks[problem.severity];
        const where = `${files > 1 ? `${problem.file}, l` : 'L'}ine ${problem.range.start.line + 1}`;
        return html`<li class="problem is-${problem.severity}">
        ${icon(mark)}
        <div><button class="go" title="Go to it" @click=${() => actions.go(problem)}><span class="visually-hidden">${word}: </span>${prose(problem.message)}</button>
          <div class="also"><span>${where}</span>
            ${problem.page === undefined ? html`<span>${problem.code}</span>` : html`<a href=${problem.page} target="_blank" rel="noopener">${problem.code}</a>`}
            <button class="small fix" @click=${() => actions.fix(problem)}>Fixes…</button>
            ${problem.run ? html`<button class="small run" @click=${() => actions.run(problem)}>Show the run</button>` : nothing}</div></div>
      </li>`;
      },
    )}</ul>`;
}
