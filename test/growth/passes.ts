// What is done with a text on the way of a keystroke, and what editors ask for, each timed by itself. It runs in a
// thread that can be ended.
import process from 'node:process';
import { shownOf } from '../../language/diagram/shown.js';
import { svgSequence } from '../../language/diagram/svg.js';
import { repairs } from '../../language/features/actions.js';
import { callItem, incomingCalls, outgoingCalls } from '../../language/features/calls.js';
import { colouredTokens } from '../../language/features/colours.js';
import { complete } from '../../language/features/completion.js';
import { extraction, networkAt } from '../../language/features/extract.js';
import { hover } from '../../language/features/hover.js';
import { inlays } from '../../language/features/inlays.js';
import { lenses } from '../../language/features/lenses.js';
import { links } from '../../language/features/links.js';
import { definition, highlights, references } from '../../language/features/navigation.js';
import { createViewHistory, roleViews } from '../../language/features/projections.js';
import { prepareRename, rename } from '../../language/features/rename.js';
import { signatureHelp } from '../../language/features/signature.js';
import { folds, selectionsAt } from '../../language/features/structure.js';
import { outline } from '../../language/features/symbols.js';
import { formatTyped } from '../../language/features/on-type-formatting.js';
import { projectAgain } from '../../language/projection/cache.js';
import { scopeOf } from '../../language/scoping/scope.js';
import { format } from '../../language/syntax/format.js';
import { parse } from '../../language/syntax/parse.js';
import { checkNames } from '../../language/typing/check.js';
import { Workspace } from '../../language/workspace.js';
import { inWords } from '../in-words.js';

export interface Measured {
  /** Milliseconds of the processor, by pass. */
  readonly times: Readonly<Record<string, number>>;
  readonly findings: number;
  /** How many characters the answers have together. */
  readonly answered: number;
  /** Megabytes in use afterwards. */
  readonly heap: number;
}

const uri = 'file:///growth.chor';

/** How much of a network is explored: what exploring costs has bounds of its own, and is tested elsewhere. */
const limits = { states: 100, buffer: 2 };

/** How long fixes and a choreography are looked for, in milliseconds: as in the server. */
const timeout = 500;

/**
 * Does everything with a text, once.
 * @param told is called with each pass before it begins
 */
export function measure(text: string, told: (pass: string) => void): Measured {
  const times: Record<string, number> = {};
  let answered = 0;
  const timed = <T>(pass: string, run: () => T): T => {
    told(pass);
    const { user, system } = process.cpuUsage();
    try {
      return run();
    } finally {
      const spent = process.cpuUsage({ user, system });
      times[pass] = (spent.user + spent.system) / 1000;
    }
  };
  const ask = (pass: string, run: () => unknown): void => {
    answered += timed(
      pass,
      () =>
        JSON.stringify(run() ?? null, (key, value: unknown) =>
          value instanceof Map
            ? [...(value as Map<unknown, unknown>)]
            : key === 'declaration' || key === 'data'
              ? undefined
              : value,
        ).length,
    );
  };
  timed('parse', () => parse(text));
  timed('format', () => format(text));
  const workspace = new Workspace({ read: () => undefined, limits, timeout: 1000 });
  workspace.set(uri, text);
  const file = timed('lower', () => workspace.file(uri));
  if (!file) throw new Error('no file');
  const scope = scopeOf(file, workspace);
  timed('names', () => checkNames(scope, workspace));
  timed('project', () => {
    for (const declaration of file.declarations)
      if (declaration.kind === 'choreography') projectAgain(declaration, scope);
  });
  const analysis = timed('check', () => workspace.analyze(uri));
  if (!analysis) throw new Error('no analysis');
  answered += timed('messages', () => analysis.findings.reduce((sum, f) => sum + inWords(f).message.length, 0));
  ask('projections', () => analysis.projections.flatMap(roleViews).map((view) => view.text));
  const history = createViewHistory();
  history.update(analysis, 1);
  // One is shown at a time: its picture with all calls unfolded is as much as one may be.
  const shown = [...history.views(), ...history.networks()].at(-1);
  ask('sequence', () => {
    const sequence = shown?.sequence();
    const drawing = sequence && shownOf(sequence, { all: true });
    return drawing && svgSequence(drawing);
  });
  ask('states', () => shown?.states().roles.length);
  ask('symbols', () => outline(analysis.file));
  ask('folding', () => folds(text));
  ask('tokens', () => colouredTokens(analysis));
  ask('hints', () => inlays(analysis, { start: 0, end: text.length }, { types: true, choice: true }));
  ask('lenses', () => lenses(analysis));
  ask('links', () => links(workspace, uri));
  const last = analysis.occurrences.at(-1)?.origin.start ?? 0;
  const middle = analysis.occurrences[analysis.occurrences.length >> 1]?.origin.start ?? 0;
  const start = analysis.occurrences[0]?.origin.start ?? 0;
  for (const offset of new Set([start, middle, text.length >> 1, last])) {
    ask('hover', () => hover(workspace, uri, offset));
    ask('completion', () => complete(workspace, uri, offset));
    ask('signature', () => signatureHelp(workspace, uri, offset));
    ask('definition', () => [
      definition(workspace, uri, offset),
      references(workspace, uri, offset, true),
      highlights(workspace, uri, offset),
    ]);
    ask('rename', () => [prepareRename(workspace, uri, offset), rename(workspace, uri, offset, 'renamed')]);
    ask('selections', () => selectionsAt(text, offset));
    ask('typed', () => formatTyped(text, offset, '}'));
    ask('calls', () => {
      const item = callItem(workspace, uri, offset);
      return item && [incomingCalls(workspace, item), outgoingCalls(workspace, item)];
    });
  }
  const cursor = analysis.findings[0]?.origin.start ?? middle;
  ask('actions', () =>
    [...repairs(workspace, uri, { start: cursor, end: cursor }, timeout)].map((found) => found?.fixes),
  );
  ask('actions everywhere', () =>
    [...repairs(workspace, uri, { start: 0, end: text.length }, timeout)].map((found) => found?.fixes),
  );
  ask('extraction', () => {
    const until = Date.now() + timeout;
    const network = networkAt(workspace, uri, { start: cursor, end: cursor });
    return network && extraction(workspace, uri, network, () => Date.now() > until)?.kind;
  });
  return { times, findings: analysis.findings.length, answered, heap: process.memoryUsage().heapUsed / 2 ** 20 };
}
