// The configurations of a search and the moves between them, in typed arrays: who came from where, and what goes round
// for ever.

type Actors = Uint8Array | Uint16Array | Int32Array;

/** Configurations that lead to each other, with the machines that move among them. */
export interface Round {
  /** In order. */
  readonly members: readonly number[];
  /** The actors that move among them: machines, or their threads. */
  readonly moved: ReadonlySet<number>;
}

export interface Graph {
  /** The next configuration, first reached from another (-1: none) by a machine's move. */
  add(parent: number, mover: number): void;
  /** The moves told from now on begin in this configuration. Configurations are opened once each, in order. */
  open(id: number): void;
  /** The same for more moves of one that was opened before. */
  reopen(id: number): void;
  /** A move of the open configuration to another one. */
  connect(to: number, actor: number): void;
  /** Something is wrong in a configuration, and nothing is followed from there. */
  stop(id: number): void;
  isStopped(id: number): boolean;
  parent(id: number): number;
  mover(id: number): number;
  count(): number;
  /** Tells each move of a configuration. */
  each(id: number, tell: (to: number, actor: number) => void): void;
  /**
   * The strongly connected components that are not left again: what goes on for ever, ends, or is stuck. Cost: linear
   */
  lasting(): readonly Round[];
  /**
   * All strongly connected components with a move inside, of the graph without the moves of an actor (-1: with all),
   * and without those from configurations that are left out. Cost: linear
   */
  rounds(actor: number, out: Uint8Array): readonly Round[];
  bytes(): number;
}

/**
 * Creates an empty graph.
 * @param machines how many machines there are
 * @param moves whether to keep the moves; without them, nothing can be said of what goes on for ever
 * @param threaded whether machines have threads, which are actors of their own
 */
export function createGraph(machines: number, moves: boolean, threaded = false): Graph {
  const small = (size: number): Uint8Array | Uint16Array =>
    machines < 256 ? new Uint8Array(size) : new Uint16Array(size);
  const actors = (size: number): Actors => (threaded ? new Int32Array(size) : small(size));
  let parents = new Int32Array(64);
  let movers = small(64);
  let starts = new Int32Array(64);
  let targets = new Int32Array(128);
  let edgeMovers = actors(128);
  let count = 0;
  let opened = 0;
  let edges = 0;
  const late = new Map<number, { to: number; mover: number }[]>();
  let lateEdges = 0;
  const stopped = new Set<number>();
  let open: { to: number; mover: number }[] | undefined;
  let known: { readonly edges: number; readonly rounds: readonly Round[] } | undefined;

  const each = (id: number, tell: (to: number, mover: number) => void): void => {
    if (id < opened) {
      const end = id + 1 < opened ? (starts[id + 1] as number) : edges;
      for (let edge = starts[id] as number; edge < end; edge++)
        tell(targets[edge] as number, edgeMovers[edge] as number);
    }
    if (late.size > 0) for (const { to, mover } of late.get(id) ?? []) tell(to, mover);
  };

  /** All moves as arrays: those of a configuration stand between `first[id]` and `first[id + 1]`. */
  const flat = (): { first: Int32Array; to: Int32Array; by: Actors } => {
    const first = new Int32Array(count + 1);
    if (late.size === 0) {
      first.set(starts.subarray(0, opened));
      first.fill(edges, opened);
      return { first, to: targets, by: edgeMovers };
    }
    const to = new Int32Array(edges + lateEdges);
    const by = actors(edges + lateEdges);
    let at = 0;
    for (let id = 0; id < count; id++) {
      first[id] = at;
      each(id, (target, mover) => {
        to[at] = target;
        by[at++] = mover;
      });
    }
    first[count] = at;
    return { first, to, by };
  };

  /**
   * The number of each configuration's component (Tarjan, SIAM J. Comput. 1(2), 1972, without recursion); those that a
   * component leads to have smaller numbers.
   */
  const components = (
    { first, to, by }: ReturnType<typeof flat>,
    but: number,
    out: Uint8Array | undefined,
  ): { of: Int32Array; count: number } => {
    const of = new Int32Array(count).fill(-1);
    // 0 while it was not entered; then its number in the order of entering + 1.
    const index = new Int32Array(count);
    const low = new Int32Array(count);
    const next = new Int32Array(count);
    const stack = new Int32Array(count);
    const path = new Int32Array(count);
    let height = 0;
    let depth = 0;
    let entered = 0;
    let found = 0;
    for (let root = 0; root < count; root++) {
      if (index[root] !== 0) continue;
      path[depth++] = root;
      while (depth > 0) {
        const at = path[depth - 1] as number;
        if (index[at] === 0) {
          index[at] = low[at] = ++entered;
          stack[height++] = at;
          next[at] = first[at] as number;
        }
        const end = out?.[at] === 1 ? (first[at] as number) : (first[at + 1] as number);
        let edge = next[at] as number;
        let lowest = low[at] as number;
        let inner = -1;
        for (; edge < end; edge++) {
          if (by[edge] === but) continue;
          const target = to[edge] as number;
          if (index[target] === 0) {
            inner = target;
            break;
          }
          if (of[target] === -1 && (index[target] as number) < lowest) lowest = index[target] as number;
        }
        low[at] = lowest;
        if (inner >= 0) {
          next[at] = edge + 1;
          path[depth++] = inner;
          continue;
        }
        depth--;
        if (depth > 0) {
          const above = path[depth - 1] as number;
          if (lowest < (low[above] as number)) low[above] = lowest;
        }
        if (lowest !== index[at]) continue;
        for (let member = -1; member !== at;) {
          member = stack[--height] as number;
          of[member] = found;
        }
        found++;
      }
    }
    return { of, count: found };
  };

  /** The components that are wanted, with their members and who moves inside. */
  const gather = (
    from: ReturnType<typeof flat>,
    { of, count: all }: { of: Int32Array; count: number },
    wanted: Uint8Array,
    but: number,
    out: Uint8Array | undefined,
  ): readonly Round[] => {
    const place = new Int32Array(all).fill(-1);
    const result: { members: number[]; moved: Set<number> }[] = [];
    for (let id = 0; id < count; id++) {
      const component = of[id] as number;
      if (wanted[component] !== 1) continue;
      if (place[component] === -1) place[component] = result.push({ members: [], moved: new Set() }) - 1;
      const round = result[place[component] as number] as { members: number[]; moved: Set<number> };
      round.members.push(id);
      if (out?.[id] === 1) continue;
      const end = from.first[id + 1] as number;
      for (let edge = from.first[id] as number; edge < end; edge++) {
        const mover = from.by[edge] as number;
        if (mover !== but && of[from.to[edge] as number] === component) round.moved.add(mover);
      }
    }
    return result;
  };

  return {
    each,
    add(parent, mover) {
      if (count === parents.length) {
        parents = grown(parents, new Int32Array(count * 2));
        movers = grown(movers, small(count * 2));
        if (moves) starts = grown(starts, new Int32Array(count * 2));
      }
      parents[count] = parent;
      movers[count++] = mover;
    },
    open(id) {
      open = undefined;
      opened = id + 1;
      if (moves) starts[id] = edges;
    },
    reopen(id) {
      open = late.get(id) ?? [];
      late.set(id, open);
    },
    connect(to, mover) {
      if (!moves) return;
      if (open) {
        open.push({ to, mover });
        lateEdges++;
        return;
      }
      if (edges === targets.length) {
        targets = grown(targets, new Int32Array(edges * 2));
        edgeMovers = grown(edgeMovers, actors(edges * 2));
      }
      targets[edges] = to;
      edgeMovers[edges++] = mover;
    },
    stop: (id) => void stopped.add(id),
    isStopped: (id) => stopped.has(id),
    parent: (id) => parents[id] as number,
    mover: (id) => movers[id] as number,
    count: () => count,
    lasting() {
      if (known?.edges === edges + lateEdges) return known.rounds;
      const all = flat();
      const found = components(all, -1, undefined);
      const wanted = new Uint8Array(found.count).fill(1);
      for (let id = 0; id < count; id++) {
        const end = all.first[id + 1] as number;
        for (let edge = all.first[id] as number; edge < end; edge++)
          if (found.of[all.to[edge] as number] !== found.of[id]) wanted[found.of[id] as number] = 0;
      }
      const rounds = gather(all, found, wanted, -1, undefined);
      known = { edges: edges + lateEdges, rounds };
      return rounds;
    },
    rounds(machine, out) {
      const all = flat();
      const found = components(all, machine, out);
      const wanted = new Uint8Array(found.count);
      for (let id = 0; id < count; id++) {
        if (out[id] === 1) continue;
        const end = all.first[id + 1] as number;
        for (let edge = all.first[id] as number; edge < end; edge++) {
          if (all.by[edge] !== machine && found.of[all.to[edge] as number] === found.of[id])
            wanted[found.of[id] as number] = 1;
        }
      }
      return gather(all, found, wanted, machine, out);
    },
    bytes: () =>
      count * (4 + movers.BYTES_PER_ELEMENT + (moves ? 4 : 0)) +
      (edges + lateEdges) * (4 + edgeMovers.BYTES_PER_ELEMENT),
  };
}

function grown<T extends Actors>(from: T, into: T): T {
  into.set(from);
  return into;
}
