// The state of one run of the parser: where it is, what it has made, what it has tried, and what did not fit.
import { endOfInput } from '../../grammar/tables.js';
import type { NodeTable } from '../../grammar/tables.js';
import type { Expectation, ParseProblem, Step, TokenInput, TreeNode } from './types.js';
import { longestOperators } from '../limits.js';

/** What a trial found: whether it fits, where its first step ended, and how far it came, for the message. */
interface Trial {
  readonly fits: boolean;
  readonly end: number;
  readonly far: number;
  readonly expected: Expectation[];
}

/** What may be tried: steps one after the other, and the number that trials of it are kept under. */
export interface Attempt {
  readonly number: number;
  readonly steps: readonly Step[];
}

/** What a rule gives where no tree is built. */
export const nothing: TreeNode = { $type: '', $start: 0, $end: 0 };

const noTokens: TokenInput = {
  types: new Uint8Array(1),
  texts: [],
  starts: [0],
  ends: [0],
  length: 0,
  lineStart: () => -1,
  indent: () => 0,
};

export class Run {
  input = noTokens;
  types = noTokens.types;
  position = 0;
  /** The node that is being made. */
  node: TreeNode | undefined = undefined;
  /** Where the rule that is being read began. */
  begin = 0;
  depth = 0;
  /** Above zero while a way is tried that may turn out wrong: nothing is told, nothing is recovered. */
  trial = 0;
  /** Above zero while only fitting counts, and no tree is built. */
  dry = 0;
  /** The furthest token that did not fit, and what was wanted there. */
  far = -1;
  expected: Expectation[] = [];
  /** What `expected` says comes from a trial. */
  private guessed = false;
  tooDeep = false;
  /** The text nests too deep: nothing more of the declaration is read, since recovery would try each level again. */
  gaveUp = false;
  problems: ParseProblem[] = [];
  /** Problems up to this token have been told already. */
  private silentUntil = -1;
  /** An opening brace is missing before this token. */
  openedAt = -1;
  /** The text is taken to end before this token. */
  limit = -1;
  /** The list that a node was put into last. */
  pushed: unknown[] = [];
  /** An operand that was read before it was clear whether an operator follows. */
  operand: TreeNode | undefined = undefined;
  operandStart = -1;
  operandEnd = -1;
  /**
   * What was found out by trials: each is made once at a place, so that trials in trials don't double with each level.
   */
  private trials = new Map<number, Trial>();
  private attempts = 0;

  /** @param nodes the properties that each type of node has in any case */
  constructor(private readonly nodes: Readonly<Record<string, NodeTable>>) {}

  /** Begins with other tokens; nothing is kept of those before. */
  start(tokens: TokenInput): void {
    this.input = tokens;
    this.types = tokens.types;
    this.node = undefined;
    this.position = this.begin = this.depth = this.trial = this.dry = 0;
    this.far = this.silentUntil = this.openedAt = this.limit = this.operandStart = -1;
    this.expected = [];
    this.tooDeep = this.gaveUp = false;
    this.problems = [];
    this.trials = new Map();
  }

  /** Notes that what was wanted is not there. */
  fail(expectation: Expectation): false {
    if (this.position > this.far || (this.position === this.far && this.guessed && this.trial === 0)) {
      this.far = this.position;
      this.expected = [expectation];
      this.guessed = this.trial > 0;
    } else if (this.position === this.far && this.trial === 0) this.expected.push(expectation);
    return false;
  }

  /** Notes that the text nests deeper than what works on trees can go; fails. */
  failTooDeep(expectation: Expectation): false {
    this.tooDeep = true;
    return this.fail(expectation);
  }

  /** Whether the rule that is being read has become a chain of operators that is too long. */
  isTooLong(): boolean {
    return this.position - this.begin > longestOperators;
  }

  /** Tells the problem that was noted, once for a place. */
  report(from: number): void {
    const token = this.reached();
    if (token > this.silentUntil) {
      this.problems.push({
        token,
        begin: from,
        expected: this.expected,
        cutShort: token === this.limit,
        tooDeep: this.tooDeep,
      });
      this.silentUntil = token;
    }
    this.far = -1;
    this.expected = [];
    this.tooDeep = false;
  }

  /** The furthest token that was looked at. */
  reached(): number {
    return Math.max(this.far, this.position);
  }

  /** What makes empty nodes of a type. */
  maker(type: string): () => TreeNode {
    const { lists = [], flags = [] } = this.nodes[type] ?? {};
    return () => {
      const made: TreeNode = { $type: type, $start: -1, $end: -1 };
      for (const list of lists) made[list] = [];
      for (const flag of flags) made[flag] = false;
      return made;
    };
  }

  /** Gives a node the range of the rule that is being read, up to here. */
  close(made: TreeNode): void {
    made.$start = this.input.starts[this.begin] as number;
    made.$end = this.position > 0 ? (this.input.ends[this.position - 1] as number) : 0;
  }

  attempt(...steps: Step[]): Attempt {
    return { number: this.attempts++, steps };
  }

  /**
   * Where the first step of an attempt ends, if all fit at the position; else -1. Nothing is changed. Cost: that of the
   * steps, once at each position.
   */
  endOf({ number, steps }: Attempt): number {
    const key = number * 2 ** 32 + this.position;
    let known = this.trials.get(key);
    if (!known) {
      const { position, begin, far, expected, guessed } = this;
      this.far = -1;
      this.expected = [];
      this.trial++;
      this.dry++;
      const [first, ...others] = steps;
      let fits = first?.() ?? true;
      const end = this.position;
      fits &&= others.every((step) => step());
      this.dry--;
      this.trial--;
      known = { fits, end, far: this.far, expected: this.expected };
      this.position = position;
      this.begin = begin;
      this.far = far;
      this.expected = expected;
      this.guessed = guessed;
      this.trials.set(key, known);
    }
    if (known.far > this.far) {
      this.far = known.far;
      this.expected = known.expected;
      this.guessed = true;
    }
    return known.fits ? known.end : -1;
  }

  /**
   * Does something while the text is taken to end before a token.
   * What trials found out before, or find out meanwhile, holds for another text.
   */
  endingAt(token: number, act: () => void): void {
    const { limit } = this;
    const type = this.types[token] as number;
    this.types[token] = endOfInput;
    this.trials.clear();
    this.limit = token;
    act();
    this.types[token] = type;
    this.trials.clear();
    this.limit = limit;
  }
}
