// All moves between the configurations of a search, with what each does, and read both ways.
import type { Search } from './search.js';

export const receives = 0;
const sends = 1;
/** It sends, while its machine could as well send something else if that found room. */
export const sendsInstead = 2;

/** Moves by number: those of configuration c are `first[c]` up to, but without, `first[c + 1]`. */
export interface Moves {
  readonly first: Int32Array;
  /** Where a move leads. */
  readonly to: Int32Array;
  readonly mover: Uint16Array;
  readonly channel: Int32Array;
  /** `receives`, `sends` or `sendsInstead`. */
  readonly kind: Uint8Array;
  /**
   * 1 for the configurations that are marked, or from which a marked one is reached by moves that are allowed.
   * Cost: linear in the moves
   */
  reaching(marked: Uint8Array, allowed?: (move: number) => boolean): Uint8Array;
}

/**
 * The moves of a search of machines that have queues, do nothing on their own, and go one way on each message.
 * @param found a search that kept its moves
 * Cost: linear in the moves, times the moves of one state
 */
export function movesOf({ graph, view, isReady }: Search): Moves {
  const count = graph.count();
  const first = new Int32Array(count + 1);
  /** For each configuration, how many moves lead there, and then where they stand in `into`. */
  const last = new Int32Array(count + 1);
  for (let id = 0; id < count; id++) {
    let own = 0;
    graph.each(id, (to) => {
      own++;
      last[to] = (last[to] as number) + 1;
    });
    first[id + 1] = (first[id] as number) + own;
  }
  for (let id = 1; id <= count; id++) last[id] = (last[id] as number) + (last[id - 1] as number);
  const all = first[count] as number;
  const [from, to, channel, into] = [
    new Int32Array(all),
    new Int32Array(all),
    new Int32Array(all),
    new Int32Array(all),
  ];
  const mover = new Uint16Array(all);
  const kind = new Uint8Array(all);
  for (let id = 0; id < count; id++) {
    let move = first[id] as number;
    graph.each(id, (target, machine) => {
      from[move] = id;
      to[move] = target;
      mover[move++] = machine;
    });
    const here = view(id);
    const ready = new Map<number, { readonly channel: number; readonly length: number; readonly kind: number }[]>();
    for (const machine of new Set(mover.subarray(first[id], move))) {
      const { moves } = here.state(machine);
      const instead = moves.some((m) => m.kind === 'send' && !isReady(m));
      ready.set(
        machine,
        moves.filter(isReady).map((m) => ({
          channel: m.channel,
          length: here.length(m.channel),
          kind: m.kind === 'receive' ? receives : instead ? sendsInstead : sends,
        })),
      );
    }
    for (move = first[id] as number; move < (first[id + 1] as number); move++) {
      const there = view(to[move] as number);
      const own = ready.get(mover[move] as number)?.find((m) => there.length(m.channel) !== m.length);
      channel[move] = own?.channel ?? -1;
      kind[move] = own?.kind ?? receives;
    }
  }
  for (let move = all - 1; move >= 0; move--) {
    const target = to[move] as number;
    const at = (last[target] as number) - 1;
    last[target] = at;
    into[at] = move;
  }
  return {
    first,
    to,
    mover,
    channel,
    kind,
    reaching(marked, allowed) {
      const result = marked.slice();
      const work: number[] = [];
      marked.forEach((mark, id) => {
        if (mark === 1) work.push(id);
      });
      for (let id = work.pop(); id !== undefined; id = work.pop()) {
        for (let at = last[id] as number; at < (last[id + 1] as number); at++) {
          const move = into[at] as number;
          const before = from[move] as number;
          if (result[before] === 1 || allowed?.(move) === false) continue;
          result[before] = 1;
          work.push(before);
        }
      }
      return result;
    },
  };
}
