// Kinds of messages, and what is known by them.

/** What tells messages apart: who sends them to whom, and under which label. */
export interface MessageKind {
  readonly sender: string;
  readonly receiver: string;
  /** None for a message without a label. */
  readonly label: string | undefined;
}

/** One thing for each kind of message, in the order in which they came. */
export class ByMessage<T> {
  private readonly all = new Map<string, readonly [MessageKind, T]>();

  get(message: MessageKind): T | undefined {
    return this.all.get(keyOf(message))?.[1];
  }

  has(message: MessageKind): boolean {
    return this.all.has(keyOf(message));
  }

  set(message: MessageKind, value: T): void {
    this.all.set(keyOf(message), [message, value]);
  }

  delete(message: MessageKind): void {
    this.all.delete(keyOf(message));
  }

  [Symbol.iterator](): Iterator<readonly [MessageKind, T]> {
    return this.all.values();
  }
}

/** Nobody reads this back: `>` and `:` are in no name. */
function keyOf({ sender, receiver, label }: MessageKind): string {
  return `${sender}>${receiver}:${label ?? '_'}`;
}
