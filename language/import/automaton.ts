// Communicating automata, as the k-MC tool has them: the form between its texts and a network's code.

export interface Transition {
  readonly from: string;
  readonly to: string;
  readonly way: 'send' | 'receive';
  readonly peer: string;
  /** With its payload, as in `offer(Int)` or `offer<int>`. */
  readonly label: string;
  /** Where it stands in the text. */
  readonly at: number;
}

export interface Automaton {
  readonly role: string;
  readonly initial: string;
  readonly transitions: readonly Transition[];
  readonly at: number;
}
