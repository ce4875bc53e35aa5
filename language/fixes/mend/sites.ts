// The places of a process where something may be put: between its actions, and at the ends of its blocks.
import type { Action, LocalBlock, Process } from '../../ir/process.js';
import { localBlocksOf } from '../../ir/process.js';
import { insertionAfter, insertionAtEnd, insertionBefore, rangeOf } from '../../edits/process.js';
import type { Edit } from '../../edits/fix.js';
import { mostSites } from '../limits.js';

/** An action where it stands. */
export interface Site {
  readonly process: Process;
  readonly block: LocalBlock;
  readonly index: number;
  readonly action: Action;
  /** The loops around, the innermost last. */
  readonly loops: readonly string[];
  /** Nothing follows it in the innermost of these loops. */
  readonly tail: boolean;
}

/** A place between two actions of a block, or at one of its ends. */
export interface Gap {
  readonly process: Process;
  readonly block: LocalBlock;
  readonly before?: Action;
  readonly after?: Action;
}

/** A block with what it belongs to. */
export interface BlockSite {
  readonly process: Process;
  readonly block: LocalBlock;
  /** The decision, or the receive, whose branch it is; or the loop. */
  readonly owner: Action;
  readonly loops: readonly string[];
  readonly tail: boolean;
}

/** All actions of a process, parents first. */
export function sitesOf(process: Process): Site[] {
  const sites: Site[] = [];
  visit(
    process,
    (site) => sites.push(site),
    () => undefined,
  );
  return sites;
}

/** The blocks of decisions, receives and loops that are written with braces. */
export function blocksOf(process: Process): BlockSite[] {
  const blocks: BlockSite[] = [];
  visit(
    process,
    () => undefined,
    (block) => blocks.push(block),
  );
  return blocks.filter(({ block }) => isWritten(block));
}

function visit(process: Process, action: (site: Site) => void, block: (block: BlockSite) => void): void {
  const go = (current: LocalBlock, loops: readonly string[], tail: boolean): void =>
    current.actions.forEach((each, index) => {
      const last = tail && index === current.actions.length - 1;
      action({ process, block: current, index, action: each, loops, tail: last });
      if (each.kind === 'rec') {
        const inside = [...loops, each.name.text];
        block({ process, block: each.body, owner: each, loops: inside, tail: true });
        go(each.body, inside, true);
      } else if (each.kind === 'while') go(each.body, [], false);
      else {
        for (const inner of localBlocksOf(each)) {
          block({ process, block: inner, owner: each, loops, tail: last });
          go(inner, loops, last);
        }
      }
    });
  go(process.body, [], false);
}

function isWritten(block: LocalBlock): boolean {
  return block.origin.end > block.origin.start;
}

/** All places of a process, from its start to its end. Nothing can stand after a `continue` or `leave`. */
export function gapsOf(process: Process): Gap[] {
  const gaps: Gap[] = [];
  const go = (block: LocalBlock): void => {
    block.actions.forEach((after, i) => {
      gaps.push({ process, block, before: block.actions[i - 1], after });
      localBlocksOf(after)
        .filter((inner) => isWritten(inner))
        .forEach(go);
    });
    const last = block.actions.at(-1);
    if (last?.kind !== 'continue' && last?.kind !== 'leave') gaps.push({ process, block, before: last });
  };
  go(process.body);
  return gaps;
}

/** Where a statement in a place comes to stand: before what the process returns. */
export function placeOf({ process, block, after }: Gap): number {
  if (after) return rangeOf(after).start;
  return block === process.body && process.returns ? process.returns.origin.start : block.origin.end - 1;
}

/** Puts a statement into a place. */
export function insertAt(uri: string, text: string, gap: Gap, statement: string): Edit[] {
  if (gap.after) return insertionBefore(uri, text, statement, gap.after);
  if (gap.before) return insertionAfter(uri, text, statement, gap.before);
  return insertionAtEnd(uri, text, statement, gap.block, gap.process);
}

/** The places around another one, where there are too many to look at all. They keep their order. */
export function nearest<T>(all: readonly T[], at: number, offsetOf: (one: T) => number): readonly T[] {
  if (all.length <= mostSites) return all;
  const kept = new Set(
    [...all].sort((a, b) => Math.abs(offsetOf(a) - at) - Math.abs(offsetOf(b) - at)).slice(0, mostSites),
  );
  return all.filter((one) => kept.has(one));
}
