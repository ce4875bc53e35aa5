// Channels: one for each ordered pair of the machines of a system, known by a number.

/**
 * The channel from one machine to another.
 * @param size how many machines there are
 */
export function channelOf(from: number, to: number, size: number): number {
  return from * size + to;
}

/** The machine that sends on a channel. */
export function senderOf(channel: number, size: number): number {
  return Math.floor(channel / size);
}

/** The machine that receives on a channel. */
export function receiverOf(channel: number, size: number): number {
  return channel % size;
}
