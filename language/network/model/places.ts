// Where machines are: places of processes that they run, of called ones and of threads too.
import type { Target } from '../../ir/target.js';
import type { ControlFlowGraph, GraphNode, NodeId } from './control-flow.js';

/** A process being run by a machine: the root, or one that was called. */
export interface Instance {
  readonly id: number;
  readonly machine: number;
  readonly cfg: ControlFlowGraph;
  /** The machine that plays each role of the process's network; a role that nobody plays is missing. */
  readonly players: ReadonlyMap<string, number>;
  /** Where the caller goes on. */
  readonly caller?: LocalState;
  /** What takes its result there. */
  readonly into?: Target;
}

export interface LocalState {
  readonly id: number;
  readonly machine: number;
  readonly instance: Instance;
  readonly nodeId: NodeId;
  readonly node: GraphNode;
  /**
   * Of a place where several go on at the same time, where each of these is; then `node` is the fork that they come
   * from.
   */
  readonly threads?: readonly LocalState[];
}

/** A thread as it is run. */
export interface RunningThread {
  /** From 1 on. */
  readonly id: number;
  readonly machine: number;
  /** The same for those that go on beside it. */
  readonly fork: string;
  /** The one that it is a part of; undefined where that is the machine itself. */
  readonly outer?: RunningThread;
  /**
   * By machine, the labels of its messages that others beside this one take, and this one does not: it takes what lies
   * behind them.
   */
  readonly passes: ReadonlyMap<number, ReadonlySet<string>>;
  /** By machine, the labels of its messages that others beside this one take. */
  readonly beside: ReadonlyMap<number, ReadonlySet<string>>;
  /** The machines that others beside this one send to. */
  readonly sendsBeside: ReadonlySet<number>;
}
