// The contents of one channel's queue, each kept once and known by a number: 0 is the empty one.

/**
 * What a queue can hold, by number: each list in a field has an entry for each of them. Messages are small non-negative
 * numbers.
 */
export class Queues {
  /** The oldest message; -1 of the empty queue. */
  readonly heads: number[] = [-1];
  /** The label of the oldest message; -1 of the empty queue. */
  readonly labels: number[] = [-1];
  /** The queue without its oldest message. */
  readonly tails: number[] = [0];
  readonly lengths: number[] = [0];
  private readonly longer: number[][] = [[]];

  /** @param labelOf the label of a message */
  constructor(private readonly labelOf: (message: number) => number) {}

  /** The queue with one more message at its end. Cost: constant, amortised */
  push(queue: number, message: number): number {
    const made = (this.longer[queue] as number[])[message];
    if (made !== undefined) return made;
    const tail = queue === 0 ? 0 : this.push(this.tails[queue] as number, message);
    const id = this.heads.length;
    this.heads.push(queue === 0 ? message : (this.heads[queue] as number));
    this.labels.push(queue === 0 ? this.labelOf(message) : (this.labels[queue] as number));
    this.tails.push(tail);
    this.lengths.push((this.lengths[queue] as number) + 1);
    this.longer.push([]);
    (this.longer[queue] as number[])[message] = id;
    return id;
  }

  /**
   * Where the first message is whose label is not among those that are passed over, 0 for the oldest; -1 where there is
   * none. Cost: linear in the queue
   */
  position(queue: number, passes: ReadonlySet<number> | undefined): number {
    let at = queue;
    for (let position = 0; at !== 0; position++) {
      if (passes?.has(this.labels[at] as number) !== true) return position;
      at = this.tails[at] as number;
    }
    return -1;
  }

  /** The message at a place. Cost: linear in the place */
  at(queue: number, position: number): number {
    let at = queue;
    for (let i = 0; i < position; i++) at = this.tails[at] as number;
    return this.heads[at] as number;
  }

  /** The queue without the message at a place. Cost: linear in the queue, but for the oldest */
  without(queue: number, position: number): number {
    if (position === 0) return this.tails[queue] as number;
    let made = 0;
    let at = queue;
    for (let i = 0; at !== 0; i++) {
      if (i !== position) made = this.push(made, this.heads[at] as number);
      at = this.tails[at] as number;
    }
    return made;
  }
}
