// The contents of one channel's queue, each kept once and known by a number: 0 is the empty one.

/** What a queue can hold, by number. Messages are small non-negative numbers. */
export interface Queues {
  /** The queue with one more message at its end. */
  push(queue: number, message: number): number;
  /** The oldest message of a queue that is not empty. */
  head(queue: number): number;
  /** Its label; -1 of an empty queue. */
  label(queue: number): number;
  /** The queue without its oldest message. */
  tail(queue: number): number;
  length(queue: number): number;
}

/**
 * Creates the table of a channel.
 * @param labelOf the label of a message
 * Cost: constant for each call, amortised
 */
export function createQueues(labelOf: (message: number) => number): Queues {
  const heads: number[] = [-1];
  const labels: number[] = [-1];
  const tails: number[] = [0];
  const lengths: number[] = [0];
  const longer: number[][] = [[]];
  const push = (queue: number, message: number): number => {
    const made = (longer[queue] as number[])[message];
    if (made !== undefined) return made;
    const tail = queue === 0 ? 0 : push(tails[queue] as number, message);
    const id = heads.length;
    heads.push(queue === 0 ? message : heads[queue] as number);
    labels.push(queue === 0 ? labelOf(message) : labels[queue] as number);
    tails.push(tail);
    lengths.push((lengths[queue] as number) + 1);
    longer.push([]);
    (longer[queue] as number[])[message] = id;
    return id;
  };
  return {
    push,
    head: (queue) => heads[queue] as number,
    label: (queue) => labels[queue] as number,
    tail: (queue) => tails[queue] as number,
    length: (queue) => lengths[queue] as number,
  };
}
