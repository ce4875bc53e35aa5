// A chapter of the tutorial beside the text: its prose, and whether the exercise is solved, asked of the server while
// somebody types.
import { html, nothing, render } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { CancellationTokenSource } from 'vscode-jsonrpc/browser';
import { prose } from '../../client/view/column.js';
import { checkAnswer } from '../../protocol/tutorial.js';
import type { Answer } from '../../protocol/tutorial.js';
import type { Connection } from '../lsp/connection.js';
import type { Chapter } from '../site.js';
import { openDialog } from '../ui/dialogs.js';
import { icon } from '../ui/icons.js';
import type { Project } from '../work/project.js';
import type { Store } from '../work/store.js';
import { showPane, shownPane } from '../ui/layout.js';

export interface Lesson {
  /** Another project is looked at: of a chapter, or not. */
  project(project: Project): void;
  /** Something of the answer is another. */
  changed(): void;
  isOpen(): boolean;
  /** The chapters that were solved, by their paths. */
  solved(): ReadonlySet<string>;
}

interface LessonHost {
  readonly store: Store;
  readonly connection: Connection;
  /** The address of the answer. */
  answer(): string;
  chapters(): readonly Chapter[];
  open(chapter: Chapter): void;
  /** From its beginning. */
  again(chapter: Chapter): void;
  /** Takes another text in place of the answer, which can be undone. */
  replace(text: string): void;
  redraw(): void;
}

/** After so long without a key the answer is looked at, in milliseconds. */
const lookAfter = 350;

export function createLesson(element: HTMLElement, host: LessonHost): Lesson {
  let path: string | undefined;
  let closed = false;
  let answer: Answer | undefined;
  /** Nothing is said before somebody typed, or asked. */
  let begun = false;
  let shownBefore = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let underway: CancellationTokenSource | undefined;
  const solved = new Set((host.store.setting('solved') ?? '').split(' ').filter((each) => each !== ''));
  const chapterNow = (): Chapter | undefined => host.chapters().find((each) => each.path === path);

  const check = async (): Promise<void> => {
    const chapter = chapterNow();
    if (!chapter) return;
    underway?.cancel();
    const own = (underway = new CancellationTokenSource());
    const found = await host.connection.request<Answer>(
      checkAnswer.method,
      { textDocument: { uri: host.answer() }, check: chapter.check, solution: chapter.solution },
      own.token,
    );
    if (!found || underway !== own || chapterNow() !== chapter) return;
    answer = found;
    if (found.solved && !solved.has(chapter.path)) {
      solved.add(chapter.path);
      host.store.set('solved', [...solved].join(' '));
      host.redraw();
    }
    draw();
  };
  const checkSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void check(), lookAfter);
  };

  function draw(): void {
    const chapter = chapterNow();
    const open = chapter !== undefined && !closed;
    if (element.hidden === open) {
      element.hidden = !open;
      if (!open && shownPane() === 'lesson') showPane('text');
      host.redraw();
    }
    if (!chapter || closed) {
      render(nothing, element);
      return;
    }
    const all = host.chapters();
    const at = all.indexOf(chapter);
    const [before, next] = [all[at - 1], all[at + 1]];
    const go = (to: Chapter | undefined, mark: 'before' | 'next') =>
      to
        ? html`<button class="tool" title=${`${mark === 'before' ? 'The chapter before' : 'The next chapter'}: ${to.title}`} aria-label=${`${mark === 'before' ? 'The chapter before' : 'The next chapter'}: ${to.title}`} @click=${() => host.open(to)}>${icon(mark)}</button>`
        : nothing;
    render(
      html`<div class="lesson-head"><span>Chapter ${at + 1} of ${all.length}</span>${go(before, 'before')}${go(next, 'next')}<button class="tool" title="Close the chapter" aria-label="Close the chapter" @click=${() => {
        closed = true;
        draw();
      }}>${icon('close')}</button></div>
      <div class="lesson-text" tabindex="0" role="region" aria-label=${chapter.title} data-chapter=${chapter.path}>${unsafeHTML(chapter.prose)}</div>
      <div class="verdict ${answer?.solved === true && begun ? 'is-solved' : ''}"><div class="answer" role="status">${begun ? said(answer, next === undefined) : html`<p>Do the exercise in the text. While you type, it is said here what is not there yet.</p>`}</div>
        <div class="buttons">${
          answer?.solved === true && begun && next
            ? html`<button class="button is-main" @click=${() => host.open(next)}>Next: ${next.title}</button>`
            : html`<button class="button is-main" id="check" @click=${() => {
                begun = true;
                draw();
                void check();
              }}>Check</button>`
        }
          <button class="button" @click=${() => host.again(chapter)}>Start over</button><button class="button" @click=${() => show(chapter)}>A solution</button></div></div>`,
      element,
    );
    const text = element.querySelector<HTMLElement>('.lesson-text');
    if (text && text.dataset['drawn'] !== chapter.path) {
      text.dataset['drawn'] = chapter.path;
      text.scrollTop = 0;
    }
  }
  function show(chapter: Chapter): void {
    openDialog(
      'A solution',
      (dialog) => html`<p>There is more than one. It takes the place of your text; Ctrl+Z brings that back.</p>
      <pre class="solution" tabindex="0">${chapter.solution}</pre>
      <div class="buttons"><button class="button" @click=${() => dialog.close()}>Not yet</button><button class="button is-main" @click=${() => {
        dialog.close();
        host.replace(chapter.solution);
      }}>Take it</button></div>`,
    );
  }

  host.connection.onState((state) => {
    if (state === 'running') checkSoon();
  });
  return {
    project({ origin, edited }) {
      const now = origin.kind === 'chapter' ? origin.path : undefined;
      if (now === path && now !== undefined && answer) return;
      const other = now !== path;
      path = now;
      answer = undefined;
      closed = false;
      begun = edited;
      if (other) shownBefore = false;
      draw();
      if (chapterNow()) checkSoon();
      if (!shownBefore && chapterNow()) {
        shownBefore = true;
        showPane('lesson');
      }
    },
    changed() {
      if (path === undefined) return;
      begun = true;
      checkSoon();
    },
    isOpen: () => chapterNow() !== undefined && !closed,
    solved: () => solved,
  };

  function said(found: Answer | undefined, last: boolean): unknown {
    if (!found) return html`<p>Looking at it…</p>`;
    if (found.solved)
      return html`<p><b>${icon('check')}Solved.</b> ${last ? 'That was the last chapter: now write what you came for.' : ''}</p>`;
    return html`<p><b>Not yet.</b>${found.notYet.length === 1 ? prose(` ${found.notYet[0] ?? ''}`) : nothing}</p>${found.notYet.length > 1 ? html`<ul>${found.notYet.map((each) => html`<li>${prose(each)}</li>`)}</ul>` : nothing}`;
  }
}
