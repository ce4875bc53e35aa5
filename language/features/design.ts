// What the choreography that a network implements wants next of a process that is being written: its projection is
// followed along what stands before the cursor, all decisions that are not known going every way.
import type { Action, LocalBlock, Network, Process, Receive } from '../ir/process.js';
import { printProcess } from '../projection/print.js';
import { printLabel, printPicked, printTarget } from '../syntax/print.js';
import type { FileAnalysis, Workspace } from '../workspace.js';
import { touches } from './cursor.js';
import { mostSilentSteps } from './limits.js';

/** A place in a projection: the next action of some, and where it goes on behind them. */
interface Place {
  readonly actions: readonly Action[];
  readonly index: number;
  readonly up?: Place;
  /**
   * The loop whose body these are: `continue` with its name starts them anew; at the end of a `while`'s, its head comes
   * again.
   */
  readonly loop?: string;
}

export interface Wanted {
  /** The statements that may come next, whole, in the design's own words. */
  readonly statements: readonly string[];
  /**
   * The branches that what is received here may take, where the cursor is between those of a `receive from`: the label
   * and the variable.
   */
  readonly branches: readonly {
    readonly label: string;
    /** The label as a branch has it. */ readonly head: string;
    /** As it is written. */ readonly variable?: string;
    /** Where a branch says it itself. */ readonly from?: string;
  }[];
}

/**
 * Follows the design to a place in a process.
 * @param analysis of the text as it is, or of one that has this network
 * @param offset of the cursor, or of the word at it
 * @returns undefined where the network implements nothing that projects, or has no such process
 * Cost: linear in the process times the projection
 */
export function wantedAt(
  workspace: Workspace,
  analysis: FileAnalysis,
  networkName: string,
  role: string,
  offset: number,
): Wanted | undefined {
  const network = analysis.file.declarations.find(
    (d): d is Network => d.kind === 'network' && d.name.text === networkName,
  );
  const process = network?.processes.find(({ name }) => name.text === role);
  const design = network?.implements && analysis.scope.lookup(network.implements.text);
  if (!process || design?.declaration.kind !== 'choreography') return undefined;
  const home = workspace.analyze(design.uri);
  const projected = home?.projections.find(({ choreography }) => choreography === design.declaration);
  const wanted = projected?.network.processes.find(({ name }) => name.text === role);
  if (!wanted) return undefined;
  const found = walk([{ actions: wanted.body.actions, index: 0 }], process.body, offset);
  const next = found.places.flatMap((place) => settled(place) ?? []);
  const printed = new Set(next.flatMap(({ actions, index }) => printedAction(wanted, actions[index]) ?? []));
  return {
    statements: found.receive ? [] : [...printed],
    branches: found.receive ? branchesOf(next, found.receive) : [],
  };
}

/** Where the design may be at the cursor; `receive` where that is between the branches of one. */
interface Found {
  readonly places: readonly Place[];
  readonly receive?: Receive;
}

function walk(start: readonly Place[], block: LocalBlock, offset: number): Found {
  let places = start;
  for (const action of block.actions) {
    const origin = action.origins[0];
    if (!origin || origin.start >= offset) break;
    if (origin.end > offset || (origin.end === offset && !isDone(action))) return inside(places, action, offset);
    places = after(places, action);
  }
  return { places };
}

/** Whether the text of an action ends with it: behind a closing brace, another statement begins. */
function isDone(action: Action): boolean {
  return action.kind !== 'send' && action.kind !== 'gather' && !(action.kind === 'receive' && action.form === 'single');
}

/** In one of the blocks of an action. */
function inside(places: readonly Place[], action: Action, offset: number): Found {
  const isAt = (block: LocalBlock | undefined): block is LocalBlock =>
    block !== undefined && block.origin.start < offset && offset < block.origin.end;
  switch (action.kind) {
    case 'receive': {
      if (action.form === 'single') return { places };
      const branch = action.branches.find(
        ({ origins: [origin] }) => origin && touches(origin, offset) && origin.start < offset,
      );
      if (!branch) return { places, receive: action };
      const taken = received(places, branch.sender.key, branch.label?.text);
      return isAt(branch.body) ? walk(taken, branch.body, offset) : { places, receive: action };
    }
    case 'if':
    case 'when':
      return isAt(action.then)
        ? walk(entered(places, action.kind, 0), action.then, offset)
        : isAt(action.else)
          ? walk(entered(places, action.kind, 1), action.else, offset)
          : { places };
    case 'match': {
      const blocks = [...action.cases.map(({ body }) => body), action.else];
      const at = blocks.findIndex(isAt);
      const block = blocks[at];
      return block ? walk(entered(places, 'match', at), block, offset) : { places };
    }
    case 'choice':
    case 'par': {
      const at = action.branches.findIndex(isAt);
      const block = action.branches[at];
      return block ? walk(entered(places, action.kind, at), block, offset) : { places };
    }
    case 'while':
    case 'for':
    case 'rec':
    case 'at':
    case 'pick':
      return isAt(action.body) ? walk(entered(places, action.kind, 0), action.body, offset) : { places };
    case 'assignment':
    case 'call':
    case 'continue':
    case 'effect':
    case 'gather':
    case 'hole':
    case 'leave':
    case 'send':
      return { places };
  }
}

/** Where the design may be once an action is done. */
function after(places: readonly Place[], action: Action): readonly Place[] {
  const all = (start: readonly Place[], { actions }: LocalBlock): readonly Place[] => actions.reduce(after, start);
  switch (action.kind) {
    case 'send':
      return visible(places).flatMap((place) => {
        const next = place.actions[place.index];
        return next?.kind === 'send' &&
          next.receiver.key === action.receiver.key &&
          next.label?.name.text === action.label?.name.text
          ? [behind(place)]
          : [];
      });
    case 'receive':
      return action.branches.flatMap((branch) =>
        all(received(places, branch.sender.key, branch.label?.text), branch.body),
      );
    case 'call':
    case 'gather':
      return visible(places).flatMap((place) =>
        place.actions[place.index]?.kind === action.kind ? [behind(place)] : [],
      );
    case 'assignment':
    case 'effect':
      return places.map((place) => {
        const next = settled(place);
        return next?.actions[next.index]?.kind === action.kind ? behind(next) : place;
      });
    case 'if':
    case 'when':
      return [
        ...all(entered(places, action.kind, 0), action.then),
        ...all(entered(places, action.kind, 1), action.else),
      ];
    case 'match':
      return [...action.cases.map(({ body }) => body), ...(action.else ? [action.else] : [])].flatMap((block, index) =>
        all(entered(places, 'match', index), block),
      );
    case 'choice':
      return action.branches.flatMap((block, index) => all(entered(places, 'choice', index), block));
    // What the design does at the same time is over behind it.
    case 'par':
      return passed(places, 'par');
    case 'at':
    case 'pick':
      return all(entered(places, action.kind, 0), action.body);
    case 'while':
    case 'for':
      return distinct([
        ...passed(places, 'while', 'for'),
        ...places,
        ...all(entered(places, action.kind, 0), action.body),
      ]);
    case 'rec':
      return all(entered(places, 'rec', 0), action.body);
    // Nothing comes behind them.
    case 'continue':
    case 'leave':
      return [];
    case 'hole':
      return places;
  }
}

/** Behind what is of these kinds, where the design has one there. */
function passed(places: readonly Place[], ...kinds: readonly Action['kind'][]): readonly Place[] {
  return places.flatMap((place) => {
    const next = settled(place);
    const kind = next?.actions[next.index]?.kind;
    return next && kind && kinds.includes(kind) ? [behind(next)] : [];
  });
}

/** The places behind the receipt of a message. */
function received(places: readonly Place[], sender: string, label: string | undefined): readonly Place[] {
  return visible(places).flatMap((place) => {
    const next = place.actions[place.index];
    if (next?.kind !== 'receive') return [];
    return next.branches
      .filter((branch) => branch.sender.key === sender && branch.label?.text === label)
      .map(({ body }): Place => ({ actions: body.actions, index: 0, up: behind(place) }));
  });
}

/** In a block of a decision or a loop: in the design's, where that comes next there, and else where it was. */
function entered(places: readonly Place[], kind: Action['kind'], index: number): readonly Place[] {
  return places.flatMap((place) => {
    let next = settled(place);
    for (let kept = next; kept; kept = settled(behind(kept))) {
      const here = kept.actions[kept.index]?.kind;
      if (here === kind) next = kept;
      if (here !== 'assignment' && here !== 'effect') break;
    }
    const action = next?.actions[next.index];
    if (!next || action?.kind !== kind) return [place];
    const block = ways(next)[index];
    return block ? [block] : [];
  });
}

const behind = ({ actions, index, up, loop }: Place): Place => ({ actions, index: index + 1, up, loop });

/** The same where the next action stands, out of the blocks that end before it; undefined at the end. */
function settled(place: Place): Place | undefined {
  let at: Place | undefined = place;
  for (let steps = 0; at && steps < mostSilentSteps; steps++) {
    const next = at.actions[at.index];
    if (next?.kind === 'continue') {
      const name = next.name.text;
      let loop: Place | undefined = at;
      while (loop && loop.loop !== name) loop = loop.up;
      at = loop && { ...loop, index: 0 };
    } else if (next) return at;
    else at = at.up;
  }
  return undefined;
}

/** The places in the blocks of the next action. */
function ways(place: Place): Place[] {
  const action = place.actions[place.index];
  const up = behind(place);
  const into = ({ actions }: LocalBlock, more: Partial<Place> = {}): Place => ({ actions, index: 0, up, ...more });
  switch (action?.kind) {
    case 'if':
    case 'when':
      return [into(action.then), into(action.else)];
    case 'match':
      return [...action.cases.map(({ body }) => into(body)), ...(action.else ? [into(action.else)] : [])];
    case 'choice':
    case 'par':
      return action.branches.map((block) => into(block));
    case 'at':
    case 'pick':
      return [into(action.body)];
    case 'while':
    case 'for':
      return [into(action.body, { up: place })];
    case 'rec':
      return [into(action.body, { loop: action.name.text })];
    case undefined:
    case 'assignment':
    case 'call':
    case 'continue':
    case 'effect':
    case 'gather':
    case 'hole':
    case 'leave':
    case 'receive':
    case 'send':
      return [];
  }
}

/** The places where something is sent, received or called next, whatever is decided until then. */
function visible(places: readonly Place[]): readonly Place[] {
  const found = new Map<Action, Place>();
  const seen = new Set<Action>();
  const work = [...places];
  for (let place = work.pop(); place; place = work.pop()) {
    const at = settled(place);
    const action = at?.actions[at.index];
    if (!at || !action || seen.has(action)) continue;
    seen.add(action);
    if (action.kind === 'send' || action.kind === 'receive' || action.kind === 'gather' || action.kind === 'call')
      found.set(action, at);
    else if (action.kind === 'assignment' || action.kind === 'effect') work.push(behind(at));
    else {
      work.push(...ways(at));
      if (action.kind === 'while') work.push(behind(at));
    }
  }
  return [...found.values()].reverse();
}

function distinct(places: readonly Place[]): readonly Place[] {
  const found = new Map<Action | undefined, Place>();
  for (const place of places) {
    const at = settled(place);
    found.set(at?.actions[at.index], at ?? place);
  }
  return [...found.values()];
}

/** What may be received where a `receive from` stands, less what it has branches for. */
function branchesOf(places: readonly Place[], { from, branches }: Receive): Wanted['branches'] {
  const written = new Set(branches.map(({ sender, label }) => `${sender.key} ${label?.text ?? ''}`));
  const found = new Map<string, Wanted['branches'][number]>();
  for (const { actions, index } of visible(places)) {
    const action = actions[index];
    if (action?.kind !== 'receive') continue;
    for (const { sender, label, pick, into } of action.branches) {
      if (
        !label ||
        (from && from.key !== sender.key) ||
        written.has(`${sender.key} ${label.text}`) ||
        found.has(`${sender.key} ${label.text}`)
      )
        continue;
      found.set(`${sender.key} ${label.text}`, {
        label: label.text,
        head: pick ? printPicked(label, pick) : printLabel(label),
        ...(into ? { variable: printTarget(into) } : {}),
        ...(from ? {} : { from: sender.key }),
      });
    }
  }
  return [...found.values()];
}

/** An action as it stands in the design's projection; undefined for one that can't be projected. */
function printedAction(process: Process, action: Action | undefined): string | undefined {
  if (!action || action.kind === 'continue') return undefined;
  const { text, holes } = printProcess({
    ...process,
    params: [],
    result: undefined,
    returns: undefined,
    body: { ...process.body, actions: [action] },
  });
  if (holes.length > 0) return undefined;
  return text
    .trimEnd()
    .split('\n')
    .slice(1, -1)
    .map((line) => line.slice(2))
    .join('\n');
}
