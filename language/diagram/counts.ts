// How many messages a choreography takes, and how long the longest chain of messages is that wait for each other. Each
// loop is gone through once, and a call that leads back to itself counts as nothing.
import { componentsOf } from '../scoping/cycles.js';
import { english } from '../text/wording.js';
import type { Wording } from '../text/wording.js';

/** Of all ways through: the fewest and the most messages, and the longest chain. */
export interface Count {
  readonly least: number;
  readonly most: number;
  readonly rounds: number;
  /** There is a loop in it, or a call that leads back: it may be more. */
  readonly repeats: boolean;
}

/** What of the elements of a diagram counts. */
export type Counted =
  | { readonly kind: 'message'; readonly from: number; readonly to: number }
  | { readonly kind: 'step' }
  | { readonly kind: 'jump'; readonly text: string }
  | {
      readonly kind: 'frame';
      readonly form: 'if' | 'match' | 'choice' | 'while' | 'rec' | 'for' | 'par' | 'pick';
      readonly title: string;
      readonly parts: readonly { readonly items: readonly Counted[] }[];
    }
  | { readonly kind: 'call'; readonly section?: string; readonly lanes: readonly number[] };

export interface Counter {
  /** Of items, on so many lanes. */
  of(items: readonly Counted[], lanes: number): Count;
}

/**
 * What all ways have in common that lead to one place: of each role the longest chain that it has waited for; -∞ where
 * there is none.
 */
interface Ways {
  readonly least: number;
  readonly most: number;
  readonly depth: number[];
  /** The longest chain anywhere. */
  readonly longest: number;
}

/** What a callee adds: from each of its roles, the longest chains to each, and to anywhere. */
interface Summary {
  readonly least: number;
  readonly most: number;
  readonly from: readonly { readonly depth: readonly number[]; readonly longest: number }[];
}

/**
 * @param sections all that is called, by the keys that calls name
 * Cost of counting: linear in the items; for a callee, once, times its roles
 */
export function counterOf(
  sections: ReadonlyMap<string, { readonly lanes: readonly unknown[]; readonly items: readonly Counted[] }>,
): Counter {
  const calleesIn = (items: readonly Counted[]): string[] =>
    items.flatMap((item) => {
      switch (item.kind) {
        case 'call':
          return item.section ?? [];
        case 'frame':
          return item.parts.flatMap((part) => calleesIn(part.items));
        case 'jump':
        case 'message':
        case 'step':
          return [];
      }
    });
  const callees = new Map([...sections].map(([key, { items }]) => [key, calleesIn(items)]));
  const called = new Set([...callees.values()].flat());
  const summaries = new Map<string, Summary>();
  const looping = new Set<string>();

  const repeats = (items: readonly Counted[]): boolean =>
    items.some((item) => {
      switch (item.kind) {
        case 'call':
          return item.section !== undefined && looping.has(item.section);
        case 'frame':
          return (
            item.form === 'while' ||
            item.form === 'rec' ||
            item.form === 'for' ||
            item.parts.some((part) => repeats(part.items))
          );
        case 'jump':
        case 'message':
        case 'step':
          return false;
      }
    });

  const run = (items: readonly Counted[], start: Ways, exits: Map<string, Ways>): Ways | undefined => {
    // What is counted from message to message is this one's own.
    let now: Ways | undefined = { ...start, depth: [...start.depth] };
    for (const item of items) {
      if (!now) return undefined;
      switch (item.kind) {
        case 'step':
          break;
        case 'message': {
          const chain: number = (now.depth[item.from] ?? -Infinity) + 1;
          now.depth[item.to] = Math.max(now.depth[item.to] ?? -Infinity, chain);
          now = { least: now.least + 1, most: now.most + 1, depth: now.depth, longest: Math.max(now.longest, chain) };
          break;
        }
        case 'call': {
          const summary = item.section === undefined ? undefined : summaries.get(item.section);
          if (summary) now = after(now, summary, item.lanes);
          break;
        }
        case 'jump':
          exits.set(nameOf(item.text), together(exits.get(nameOf(item.text)), now));
          return undefined;
        case 'frame': {
          const before: Ways = now;
          const outer = exits.get(item.title);
          exits.delete(item.title);
          const ends = item.parts.map((part) => run(part.items, before, exits));
          // All of them, from the same place on: what each adds.
          if (item.form === 'par') {
            now = ends.every((end) => end !== undefined)
              ? ends.reduce<Ways>((sum, end) => beside(sum, end, before), before)
              : undefined;
            break;
          }
          // What has one way alone, and is no loop, may be passed over.
          const all = item.form === 'if' && item.parts.length === 1 ? [...ends, before] : ends;
          let next = all.reduce<Ways | undefined>((sum, end) => (end ? together(sum, end) : sum), undefined);
          if (item.form === 'rec') {
            const out = exits.get(item.title);
            exits.delete(item.title);
            next = out ? together(next, out) : next;
          }
          if (outer) exits.set(item.title, outer);
          now = next;
        }
      }
    }
    return now;
  };

  /** All ways, wherever they end. */
  const through = (items: readonly Counted[], start: Ways): Ways => {
    const exits = new Map<string, Ways>();
    const end = run(items, start, exits);
    return [...exits.values()].reduce<Ways | undefined>((sum, each) => together(sum, each), end) ?? start;
  };

  // What is called comes before what calls it.
  for (const component of componentsOf([...sections.keys()], (key) => callees.get(key) ?? [])) {
    const [key = ''] = component;
    const { items = [], lanes = [] } = sections.get(key) ?? {};
    if (component.length > 1 || callees.get(key)?.includes(key)) component.forEach((each) => looping.add(each));
    else {
      const from = (called.has(key) ? lanes : []).map((_, own) =>
        through(items, {
          least: 0,
          most: 0,
          longest: -Infinity,
          depth: lanes.map((__, lane) => (lane === own ? 0 : -Infinity)),
        }),
      );
      summaries.set(key, { least: from[0]?.least ?? 0, most: from[0]?.most ?? 0, from });
      if (repeats(items)) looping.add(key);
    }
  }

  return {
    of(items, lanes) {
      const { least, most, longest } = through(items, {
        least: 0,
        most: 0,
        longest: 0,
        depth: Array.from({ length: lanes }, () => 0),
      });
      const whole = (number: number): number => Math.min(Math.max(number, 0), Number.MAX_SAFE_INTEGER);
      return { least: whole(least), most: whole(most), rounds: whole(longest), repeats: repeats(items) };
    },
  };
}

/** The loop of a `continue` or `leave`. */
function nameOf(text: string): string {
  return text.slice(text.indexOf(' ') + 1);
}

function together(left: Ways | undefined, right: Ways): Ways {
  if (!left) return right;
  return {
    least: Math.min(left.least, right.least),
    most: Math.max(left.most, right.most),
    longest: Math.max(left.longest, right.longest),
    depth: left.depth.map((each, lane) => Math.max(each, right.depth[lane] ?? -Infinity)),
  };
}

/** What is done beside something else, both from one place on. */
function beside(left: Ways, right: Ways, before: Ways): Ways {
  return {
    least: left.least + right.least - before.least,
    most: left.most + right.most - before.most,
    longest: Math.max(left.longest, right.longest),
    depth: left.depth.map((each, lane) => Math.max(each, right.depth[lane] ?? -Infinity)),
  };
}

function after(now: Ways, summary: Summary, lanes: readonly number[]): Ways {
  const depth = [...now.depth];
  let { longest } = now;
  lanes.forEach((lane, role) => {
    const before = now.depth[lane] ?? -Infinity;
    const own = summary.from[role];
    if (!own || before === -Infinity) return;
    longest = Math.max(longest, before + own.longest);
    lanes.forEach((to, other) => {
      depth[to] = Math.max(depth[to] ?? -Infinity, before + (own.depth[other] ?? -Infinity));
    });
  });
  return { least: now.least + summary.least, most: now.most + summary.most, depth, longest };
}

/** `3 messages`, `2–5 messages, 4 rounds, each loop once`; of a branch, the messages alone. */
export function countText(
  { least, most, rounds, repeats }: Count,
  messagesAlone = false,
  t: Wording = english,
): string {
  const number = (value: number): string => (value >= Number.MAX_SAFE_INTEGER ? t('countless') : String(value));
  const range = `${least === most ? '' : `${number(least)}–`}${number(most)}`;
  return [
    least === 1 && most === 1 ? t('1 message') : t('{0} messages', range),
    ...(messagesAlone ? [] : [rounds === 1 ? t('1 round') : t('{0} rounds', number(rounds))]),
    ...(repeats ? [t('each loop once')] : []),
  ].join(', ');
}
