// What other editors are shown: a choreography, and a network by hand with a mistake in it.
export const greeting = `/** Alice greets Bob, and Bob answers. */
choreography Greeting(Alice, Bob) {
  Alice."hello" -> Bob.greeting
  Bob."hi" -> Alice.reply
}

/** By hand, with a mistake: Alice waits before she speaks. */
network Broken implements Greeting {
  process Alice {
    receive reply from Bob
    send "hello" to Bob
  }
  process Bob {
    receive greeting from Alice
    send "hi" to Alice
  }
}
`;
