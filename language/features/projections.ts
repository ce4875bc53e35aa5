// The projections of a file as an editor shows them: live ones, and the last good ones of what does not parse now.
import type { Origin } from '../ir/expression.js';
import { printProcess } from '../projection/print.js';
import type { Projected } from '../projection/project.js';
import type { FileAnalysis } from '../workspace.js';
import { touches } from './cursor.js';

export interface RoleView {
  readonly role: string;
  readonly text: string;
  readonly map: readonly { readonly local: Origin; readonly source: Origin }[];
  readonly holes: readonly { readonly local: Origin; readonly code: string; readonly message: string }[];
}

/** The projection of one choreography, of the text that it was made from. */
export interface ChoreographyView {
  readonly name: string;
  readonly range: Origin;
  readonly roles: () => readonly RoleView[];
  readonly text: string;
  readonly version: number;
  /** Why it is not that of the newest text; undefined where it is. */
  readonly reason?: string;
}

const printed = new WeakMap<Projected, readonly RoleView[]>();

/** The roles' views of a projection; printed once. */
export function roleViews(projected: Projected): readonly RoleView[] {
  let views = printed.get(projected);
  if (!views) {
    views = projected.network.processes.map((process) => ({ role: process.name.text, ...printProcess(process) }));
    printed.set(projected, views);
  }
  return views;
}

/** The views of one file over time. */
export interface ViewHistory {
  /**
   * Takes in a new state of the file. Cost: linear in its choreographies; nothing is printed.
   * @param version the version of the text that was analysed
   */
  update(analysis: FileAnalysis, version: number): void;
  /** In the order of the text; what does not parse keeps its place. */
  views(): readonly ChoreographyView[];
  /** The views around an offset of the newest text; all of them where none is there. */
  at(offset: number): readonly ChoreographyView[];
}

/**
 * Remembers the last good projection of every choreography of a file.
 * A choreography is forgotten when it is gone from a text without syntax errors.
 */
export function createViewHistory(): ViewHistory {
  let current: readonly ChoreographyView[] = [];
  let places: readonly { readonly name: string; readonly range: Origin }[] = [];
  let seen: FileAnalysis | undefined;

  return {
    update(analysis, version) {
      if (seen === analysis) {
        current = current.map((view) => (view.reason === undefined ? { ...view, version } : view));
        return;
      }
      seen = analysis;
      const before = new Map(current.map((view) => [view.name, view]));
      const { text } = analysis.file;
      const next: ChoreographyView[] = analysis.projections.map((projected) => {
        const { name, origin, broken } = projected.choreography;
        const live = liveView(projected, text, version);
        if (!broken) return live;
        const reason = reasonAt(analysis, origin);
        const last = before.get(name.text);
        // Opened broken: what could be read is better than nothing.
        return last ? { ...last, reason } : { ...live, reason };
      });
      const names = new Set(next.map((view) => view.name));
      if (analysis.file.syntaxErrors.length > 0) {
        current.forEach((view, index) => {
          if (names.has(view.name)) return;
          const lost = analysis.file.lost.find((name) => name.text === view.name);
          next.splice(Math.min(index, next.length), 0, { ...view, reason: reasonAt(analysis, lost?.origin) });
        });
      }
      current = next;
      places = analysis.projections.map(({ choreography }) => ({ name: choreography.name.text, range: choreography.origin }));
    },
    views: () => current,
    at(offset) {
      const place = places.find(({ range }) => touches(range, offset));
      const found = place ?? (places.length < current.length ? current.find((view) => view.reason !== undefined && touches(view.range, offset)) : undefined);
      return found ? current.filter((view) => view.name === found.name) : current;
    },
  };
}

/** Made apart from the history: a function made there would hold on to all states of the file that were. */
function liveView(projected: Projected, text: string, version: number): ChoreographyView {
  const { name, origin } = projected.choreography;
  return { name: name.text, range: origin, roles: () => roleViews(projected), text, version };
}

/** The first syntax error in a range, else the first of the file: its message and line. */
function reasonAt(analysis: FileAnalysis, origin: Origin | undefined): string {
  const { syntaxErrors, text } = analysis.file;
  const error = syntaxErrors.find((e) => origin && touches(origin, e.origin.start)) ?? syntaxErrors[0];
  if (!error) return 'The text can’t be read.';
  return `Line ${text.slice(0, error.origin.start).split('\n').length}: ${error.message}`;
}
