// A text that several tests begin with.

/** A network in which Alice and Bob each wait for the other, after a message. */
export const stuck = (name: string): string => `network ${name} {
  process Alice {
    send "hi" to Bob
    receive reply from Bob
    send reply to Bob
  }
  process Bob {
    receive x from Alice
    receive greeting from Alice
    send "hi" to Alice
  }
}
`;
