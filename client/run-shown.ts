// Which run the view is to show: the one of the finding that was asked for, found again in every new answer. No vscode
// in here.
import type { Position } from '../protocol/places.js';
import type { Run, RunQuery, Runs } from '../protocol/runs.js';
import type { RunChoice, RunWish, ShowRun } from './run-messages.js';
import { fileName } from './shown.js';
import { english } from './wording.js';
import type { Wording } from './wording.js';

function wishOf(uri: string, { network, code, message, range }: Run): RunWish {
  return { uri, network, code, message, range };
}

/** Runs that may not be the newest any more. */
export interface KnownRuns extends Runs {
  /** Why they are not: the server is not running. */
  readonly outdated?: string;
}

/** How far apart two places are, in lines. */
function distance(run: Run, place: Position | undefined): number {
  if (!place) return 0;
  const { start, end } = run.range;
  return place.line < start.line ? start.line - place.line : Math.max(0, place.line - end.line);
}

/**
 * The run that a command asks for.
 * @param cursor the cursor in the file: of several runs that fit, the nearest is taken
 */
export function runFor(answer: Runs, query: RunQuery, cursor: Position | undefined): Run | undefined {
  const fitting = answer.runs.filter(
    (run) =>
      (query.network === undefined || run.network === query.network) &&
      (query.code === undefined || run.code === query.code),
  );
  const exact = fitting.filter((run) => query.message !== undefined && run.message === query.message);
  const place = query.range?.start ?? (query.network === undefined ? cursor : undefined);
  const best = (runs: readonly Run[]): Run | undefined =>
    [...runs].sort(
      (a, b) =>
        touching(b, cursor) - touching(a, cursor) || distance(a, place) - distance(b, place) || rank(a) - rank(b),
    )[0];
  return best(exact.length > 0 ? exact : fitting);

  /**
   * The finding, or a step of the run, stands on the cursor's line, or its network around it: more than being only
   * near.
   */
  function touching(run: Run, at: Position | undefined): number {
    if (!at || query.code !== undefined || query.network !== undefined) return 0;
    if (distance(run, at) === 0) return 3;
    if ([...run.steps, ...run.ends].some(({ location }) => location?.range.start.line === at.line)) return 2;
    return run.declaration.start.line <= at.line && at.line <= run.declaration.end.line ? 1 : 0;
  }
}

/** Errors before the others, short runs before long ones. */
function rank(run: Run): number {
  return ['error', 'warning', 'information', 'hint'].indexOf(run.severity) * 100_000 + run.steps.length;
}

/**
 * The run that was shown, in a newer answer: the same finding if it is there, else the nearest of its kind in its
 * network, else one of its kind at its place, as in a network that was renamed.
 * @param place where the finding would stand now
 */
export function runAgain({ runs }: Runs, wish: RunWish, place: Position | undefined): Run | undefined {
  const same = runs.filter((run) => run.code === wish.code);
  const here = same.filter((run) => run.network === wish.network);
  const near = (a: Run, b: Run): number => distance(a, place) - distance(b, place);
  return (
    here.filter((run) => run.message === wish.message).sort(near)[0] ??
    here.sort(near)[0] ??
    (place &&
      same.find((run) => run.range.start.line === place.line && !runs.some((other) => other.network === wish.network)))
  );
}

/**
 * Puts together what the view shows.
 * @param answer the newest answer for the wished file
 * @param place where the wished finding would stand now
 * @param t says it in the reader's language
 */
export function showRun(
  wish: RunWish,
  answer: KnownRuns | undefined,
  place: Position | undefined,
  t: Wording = english,
): ShowRun {
  const { uri } = wish;
  const common = {
    type: 'run',
    wish,
    file: uri === undefined ? '' : fileName(uri),
    version: answer?.version ?? 0,
    choices: [],
  } as const;
  if (uri === undefined)
    return {
      ...common,
      state: 'gone',
      empty: t(
        'Put the cursor on an error of a network, and choose “Show the run that leads here” from its quick fixes.',
      ),
    };
  if (!answer)
    return {
      ...common,
      state: 'stale',
      reason: t('Waiting for the language server…'),
      empty: t('Waiting for the language server…'),
    };
  const choices = answer.runs.map((run): RunChoice => ({
    label: t('{0}: {1}, line {2}', run.network, run.code, run.range.start.line + 1),
    wish: wishOf(uri, run),
  }));
  const run = wish.code === undefined ? runFor(answer, wish, place) : runAgain(answer, wish, place);
  const empty = t('No error of {0} comes with a run.', common.file);
  if (run) {
    const chosen = answer.runs.indexOf(run);
    const fresh =
      answer.outdated === undefined
        ? ({ state: 'live' } as const)
        : ({ state: 'stale', reason: answer.outdated } as const);
    return { ...common, wish: wishOf(uri, run), choices, chosen, run, ...fresh, empty };
  }
  const unchecked = answer.unchecked.find(({ network }) => network === wish.network);
  if (unchecked ?? answer.outdated)
    return { ...common, choices, state: 'stale', reason: answer.outdated ?? unchecked?.reason, empty };
  return {
    ...common,
    choices,
    state: 'gone',
    reason: wish.network === undefined ? undefined : goneFrom(wish.network, answer, t),
    empty,
  };
}

function goneFrom(network: string, { runs }: Runs, t: Wording): string {
  return runs.some((run) => run.network === network)
    ? t('{0} does not come to this any more, but another of its errors has a run: see the list.', network)
    : t('{0} does not come to this any more.', network);
}
