// Answers to the tutorial's exercises that are typically given, and what they are told.

interface Given {
  readonly what: string;
  /** What is changed: the text that the exercise starts with, or the solution. */
  readonly from: 'start' | 'solution';
  readonly changes: readonly (readonly [before: string, after: string])[];
}

export interface Answers {
  readonly chapter: string;
  /** What the start is told. */
  readonly start: readonly string[];
  readonly wrong: readonly (Given & { readonly notYet: readonly string[] })[];
  /** Other answers that are as good as the solution. */
  readonly right?: readonly Given[];
}

export const answers: readonly Answers[] = [
  {
    chapter: '01-two-programs',
    start: [
      'Line 4: Alice and Bob wait for each other, and neither can go on: Alice waits for `reply` from Bob at line 4, Bob waits for `greeting` from Alice at line 9. Let one of them send before it waits.',
    ],
    wrong: [
      {
        what: 'Alice does not wait at all',
        from: 'start',
        changes: [
          ['    receive reply from Bob\n', ''],
          ['    print(reply)\n', ''],
        ],
        notYet: [
          'Line 8: Bob sends `"hi"` to Alice, which is never received: Alice has ended by then. Let Alice receive it, or don’t send it.',
        ],
      },
      {
        what: 'Bob speaks first',
        from: 'start',
        changes: [
          [
            '    receive greeting from Alice\n    send "hi" to Alice\n',
            '    send "hi" to Alice\n    receive greeting from Alice\n',
          ],
        ],
        notYet: [
          'Alice first receives reply from Bob; asked for is that Alice first sends "hello" to Bob. Only the order of Alice’s first two lines was wrong.',
        ],
      },
      {
        what: 'nobody says anything',
        from: 'start',
        changes: [
          ['    receive reply from Bob\n    send "hello" to Bob\n    print(reply)\n', '    print("hello")\n'],
          ['    receive greeting from Alice\n    send "hi" to Alice\n    print(greeting)\n', '    print("hi")\n'],
        ],
        notYet: [
          'Alice does nothing; asked for is that Alice first sends "hello" to Bob. Only the order of Alice’s first two lines was wrong.',
        ],
      },
      {
        what: 'Bob does not print',
        from: 'solution',
        changes: [['    print(greeting)\n', '']],
        notYet: ['`Bob` does not use `print`. He should print how he was greeted.'],
      },
      {
        what: 'Bob is gone',
        from: 'solution',
        changes: [
          ['  process Bob {\n    receive greeting from Alice\n    send "hi" to Alice\n    print(greeting)\n  }\n', ''],
        ],
        notYet: [
          'Line 4: `Talk` has no process Bob: its only process is Alice. Add one, or use one of these. Bob is used at another place as well.',
        ],
      },
    ],
    right: [
      {
        what: 'Bob prints before he answers',
        from: 'solution',
        changes: [['    send "hi" to Alice\n    print(greeting)\n', '    print(greeting)\n    send "hi" to Alice\n']],
      },
    ],
  },
  {
    chapter: '02-one-text',
    start: [
      '`Bob` does not send to `Alice`. An answer is an arrow the other way: `Bob.… -> Alice.…`.',
      '`Alice` does not use `print`. She should print the answer: `Alice.print(…)`.',
    ],
    wrong: [
      {
        what: 'Alice prints what only Bob has',
        from: 'start',
        changes: [['  // Bob answers, and Alice prints what he says.\n', '  Alice.print(greeting)\n']],
        notYet: [
          'Line 5: `greeting` is Bob’s, and Alice does not have it. Send it there first: `Bob.greeting -> Alice.greeting`.',
        ],
      },
      {
        what: 'Alice does not print the answer',
        from: 'solution',
        changes: [['  Alice.print(reply)\n', '']],
        notYet: ['`Alice` does not use `print`. She should print the answer: `Alice.print(…)`.'],
      },
      {
        what: 'Alice sends twice',
        from: 'solution',
        changes: [
          ['Bob."hi" -> Alice.reply', 'Alice."hi" -> Bob.reply'],
          ['Alice.print(reply)', 'Bob.print(reply)'],
        ],
        notYet: [
          '`Bob` does not send to `Alice`. An answer is an arrow the other way: `Bob.… -> Alice.…`.',
          '`Alice` does not use `print`. She should print the answer: `Alice.print(…)`.',
        ],
      },
      {
        what: 'Bob answers twice',
        from: 'solution',
        changes: [['  Alice.print(reply)\n', '  Bob."hi again" -> Alice.reply\n  Alice.print(reply)\n']],
        notYet: [
          'After it sends "hello" to Bob, then receives reply from Bob, Alice receives reply from Bob; asked for is that Alice then ends.',
        ],
      },
    ],
    right: [
      {
        what: 'Bob answers with what he heard',
        from: 'solution',
        changes: [['Bob."hi" -> Alice.reply', 'Bob.greeting + "!" -> Alice.reply']],
      },
    ],
  },
  {
    chapter: '03-what-each-does',
    start: [
      'Line 11: Alice does not do what `Relay` says. After it sends "hello" to Bob, Alice receives answer from Carol, where the choreography has it that Alice ends. Take the projection’s code, or change the choreography.',
      'Line 17: Bob does not do what `Relay` says. After it receives word from Alice, Bob sends word to Carol, where the choreography has it that Bob ends. Take the projection’s code, or change the choreography.',
      'Line 20: Carol does not do what `Relay` says. Carol first receives heard from Bob, where the choreography has it that Carol ends. Take the projection’s code, or change the choreography.',
    ],
    wrong: [
      {
        what: 'Carol answers Bob',
        from: 'solution',
        changes: [
          ['Carol.heard + "!" -> Alice.answer', 'Carol.heard + "!" -> Bob.answer'],
          ['  Alice.print(answer)\n}\n\nnetwork', '  Bob.print(answer)\n}\n\nnetwork'],
        ],
        notYet: [
          'Line 13: Alice does not do what `Relay` says. After it sends "hello" to Bob, Alice receives answer from Carol, where the choreography has it that Alice ends. Take the projection’s code, or change the choreography.',
          'Line 20: Bob does not do what `Relay` says. After it receives word from Alice, then sends word to Carol, Bob ends, where the choreography has it that Bob receives answer from Carol. Take the projection’s code, or change the choreography.',
          'Line 23: Carol does not do what `Relay` says. After it receives heard from Bob, Carol sends heard + "!" to Alice, where the choreography has it that Carol sends heard + "!" to Bob. Take the projection’s code, or change the choreography.',
        ],
      },
      {
        what: 'the programs are taken away',
        from: 'solution',
        changes: [[' implements Relay', '']],
        notYet: [
          '`ThreePrograms` does not say what it is to do: `network ThreePrograms implements Relay`. The programs are to stay; only the choreography is yours.',
        ],
      },
      {
        what: 'a program is left out',
        from: 'solution',
        changes: [['  process Carol {\n    receive heard from Bob\n    send heard + "!" to Alice\n  }\n', '']],
        notYet: [
          '`ThreePrograms` has no process `Carol` yet. The programs are to stay; only the choreography is yours.',
        ],
      },
      {
        what: 'Alice does not print',
        from: 'solution',
        changes: [['  Alice.print(answer)\n}\n\nnetwork', '}\n\nnetwork']],
        notYet: ['`Alice` does not use `print`. Her program ends with `print(answer)`, so the choreography does, too.'],
      },
    ],
  },
  {
    chapter: '04-who-must-know',
    start: [
      '`Shipper` gets a message of its own at line 3, `yes`, which carries nothing else. It gets something from Seller in both branches anyway: two different labels on these messages tell it as much.',
      '`Order` takes 4 messages on its longest way; 3 are enough.',
    ],
    wrong: [
      {
        what: 'the Shipper is not told at all',
        from: 'start',
        changes: [['-> Seller, Shipper {', '-> Seller {']],
        notYet: [
          'Line 3: Shipper can’t tell whether `price < 100` holds at Buyer: after `parcel` from Seller it does `deliver(parcel)` in one branch and `print(note)` in the other. Tell Shipper the choice, or send it a first message from the same sender in both branches.',
        ],
      },
      {
        what: 'one label only',
        from: 'start',
        changes: [
          ['-> Seller, Shipper {', '-> Seller {'],
          ['Shipper.parcel\n', 'Shipper.parcel: ship\n'],
          ['    Seller."nothing today" -> Shipper.note\n    Shipper.print(note)\n', ''],
        ],
        notYet: [
          'Line 3: Shipper can’t tell whether `price < 100` holds at Buyer: it gets `ship` from Seller in one branch and sends `"done"` to Buyer in the other. Tell Shipper the choice, or send it a first message from the same sender in both branches.',
        ],
      },
      {
        what: 'the Seller tells it first',
        from: 'start',
        changes: [
          ['-> Seller, Shipper {', '-> Seller {\n    Seller -> Shipper: ship'],
          ['  } else {\n', '  } else {\n    Seller -> Shipper: idle\n'],
        ],
        notYet: [
          '`Shipper` gets a message of its own at line 4, `ship`, which carries nothing else. It gets something from Seller in both branches anyway: two different labels on these messages tell it as much.',
          '`Order` takes 4 messages on its longest way; 3 are enough.',
        ],
      },
      {
        what: 'the note is not sent',
        from: 'start',
        changes: [['    Seller."nothing today" -> Shipper.note\n    Shipper.print(note)\n', '']],
        notYet: [
          '`Shipper` gets a message of its own at line 3, `yes`, which carries nothing else. It gets something from Seller in both branches anyway: two different labels on these messages tell it as much.',
          '`Shipper` should receive from `Seller` twice, and does so once. A parcel in one branch, a note in the other: each with a label of its own.',
          '`Shipper` does not use `print`. Where there is no parcel, it prints the note.',
          '`Order` takes 4 messages on its longest way; 3 are enough.',
        ],
      },
    ],
    right: [
      {
        what: 'the Buyer’s labels by hand',
        from: 'solution',
        changes: [
          ['< 100 -> Seller {', '< 100 {\n    Buyer -> Seller: accept'],
          ['  } else {\n', '  } else {\n    Buyer -> Seller: reject\n'],
        ],
      },
    ],
  },
  {
    chapter: '05-again-and-again',
    start: [
      '`Server` sends and receives nothing again and again in `Ask`. It answers one question and is done. Put `rec Again { … }` around what is asked and answered, and `continue Again` where it is to go round once more; or use `while`.',
      '`Client` should send to `Server` twice, and does so once. Besides its question it has to tell Server whether it asks again: Server can’t see what Client makes of an answer.',
    ],
    wrong: [
      {
        what: 'the Server is not told',
        from: 'solution',
        changes: [[' -> Server {', ' {']],
        notYet: [
          'Line 6: Server can’t tell whether `isNone(found)` holds at Client: it gets `question` from Client in one branch and nothing in the other. Tell Server the choice, or send it a first message from the same sender in both branches.',
        ],
      },
      {
        what: 'asked twice, and no more',
        from: 'start',
        changes: [
          [
            '  Client.print(',
            '  if Client.isNone(found) -> Server {\n    Client.question -> Server.question\n    Server.search(question) -> Client.found\n  }\n  Client.print(',
          ],
        ],
        notYet: [
          '`Server` sends and receives nothing again and again in `Ask`. It answers one question and is done. Put `rec Again { … }` around what is asked and answered, and `continue Again` where it is to go round once more; or use `while`.',
        ],
      },
      {
        what: 'the Client counts alone',
        from: 'solution',
        changes: [
          ['  rec Again {\n', '  Client.tries = 0\n  while Client.tries < 3 {\n    Client.tries = tries + 1\n  }\n'],
          ['    if Client.isNone(found) -> Server {\n      continue Again\n    }\n  }\n', ''],
        ],
        notYet: [
          '`Server` sends and receives nothing again and again in `Ask`. It answers one question and is done. Put `rec Again { … }` around what is asked and answered, and `continue Again` where it is to go round once more; or use `while`.',
          '`Client` should send to `Server` twice, and does so once. Besides its question it has to tell Server whether it asks again: Server can’t see what Client makes of an answer.',
        ],
      },
      {
        what: 'nobody prints',
        from: 'solution',
        changes: [['  Client.print(getOr(found, "nothing"))\n', '']],
        notYet: ['`Client` does not use `print`. At the end it prints what was found.'],
      },
    ],
    right: [
      {
        what: 'with `while`',
        from: 'start',
        changes: [
          [
            '  Client.print(',
            '  while Client.isNone(found) -> Server {\n    Client.question -> Server.question\n    Server.search(question) -> Client.found\n  }\n  Client.print(',
          ],
        ],
      },
      {
        what: 'with `leave`',
        from: 'solution',
        changes: [
          [
            'if Client.isNone(found) -> Server {\n      continue Again\n    }',
            'if Client.isSome(found) -> Server { leave Again }\n    continue Again',
          ],
        ],
      },
    ],
  },
  {
    chapter: '06-calls',
    start: [
      '`South` does not use `Price`. The Buyer asks South as it asks North: only the role in the second place is another.',
      '`Buyer` should use `Price` twice, and does so once.',
      '`Buyer` does not use `min`. Of two prices, the Buyer returns the lower one.',
      'Line 8: South takes part in nothing in `Compare`. Take it out of the header, or give it something to do.',
    ],
    wrong: [
      {
        what: 'North is asked twice',
        from: 'solution',
        changes: [['Price(Buyer(title), South)', 'Price(Buyer(title), North)']],
        notYet: [
          '`South` does not use `Price`. The Buyer asks South as it asks North: only the role in the second place is another.',
          'Line 8: South takes part in nothing in `Compare`. Take it out of the header, or give it something to do.',
        ],
      },
      {
        what: 'South is asked without a call',
        from: 'solution',
        changes: [
          [
            '  Buyer.south = do Price(Buyer(title), South)\n',
            '  Buyer.title -> South.title\n  South.priceOf(title) -> Buyer.south\n',
          ],
        ],
        notYet: [
          '`South` does not use `Price`. The Buyer asks South as it asks North: only the role in the second place is another.',
          '`Buyer` should use `Price` twice, and does so once.',
        ],
      },
      {
        what: 'the first price is returned',
        from: 'solution',
        changes: [['return Buyer.min(north, south)', 'return Buyer.north']],
        notYet: ['`Buyer` does not use `min`. Of two prices, the Buyer returns the lower one.'],
      },
    ],
  },
  {
    chapter: '07-data',
    start: [
      '`total(Order(tea: "green", pieces: 2, each: 3))` should be `6`, and is not. Two pieces at 3 are 6.',
      '`total(Order(tea: "black", pieces: 3, each: 5))` should be `15`, and is not. Three pieces at 5 are 15.',
      'In `TeaHouse`, nobody decides anything that others have to do with. House decides: `match House.stock -> Guest { case enough { … } case soldOut { … } }`.',
      '`House` does not send to `Guest`. It tells what it found, in both cases, and the bill in one of them.',
      '`House` does not use `total`. The bill is the `total` of the order.',
      '`Guest` does not use `print`. In both cases the Guest prints what it learned.',
    ],
    wrong: [
      {
        what: 'a sum for a product',
        from: 'solution',
        changes: [['order.pieces * order.each', 'order.pieces + order.each']],
        notYet: [
          '`total(Order(tea: "green", pieces: 2, each: 3))` should be `6`, and is not. Two pieces at 3 are 6.',
          '`total(Order(tea: "black", pieces: 3, each: 5))` should be `15`, and is not. Three pieces at 5 are 15.',
        ],
      },
      {
        what: 'the Guest is not told',
        from: 'solution',
        changes: [['match House.stock -> Guest {', 'match House.stock {']],
        notYet: [
          'Line 13: Guest can’t tell which case `stock` is at House: it gets `bill` from House in one branch and does `print("no tea")` in the other. Tell Guest the choice, or send it a first message from the same sender in both branches.',
        ],
      },
      {
        what: 'no bill',
        from: 'solution',
        changes: [
          ['      House.total(order) -> Guest.bill\n      Guest.print(toString(bill))\n', '      Guest.print("tea")\n'],
        ],
        notYet: ['`House` does not use `total`. The bill is the `total` of the order.'],
      },
      {
        what: 'a case is left out',
        from: 'solution',
        changes: [['    case soldOut {\n      Guest.print("no tea")\n    }\n', '']],
        notYet: [
          '`Guest` should use `print` twice, and does so once. In both cases the Guest prints what it learned.',
          'Line 13: No case takes `soldOut`, which `House.stock` may be. Add the case, or an `else`.',
        ],
      },
      {
        what: 'only `total` is right',
        from: 'start',
        changes: [['int = order.pieces', 'int = order.pieces * order.each']],
        notYet: [
          'In `TeaHouse`, nobody decides anything that others have to do with. House decides: `match House.stock -> Guest { case enough { … } case soldOut { … } }`.',
          '`House` does not send to `Guest`. It tells what it found, in both cases, and the bill in one of them.',
          '`House` does not use `total`. The bill is the `total` of the order.',
          '`Guest` does not use `print`. In both cases the Guest prints what it learned.',
        ],
      },
    ],
    right: [
      {
        what: 'with labels by hand',
        from: 'solution',
        changes: [
          ['match House.stock -> Guest {', 'match House.stock {'],
          ['House.total(order) -> Guest.bill', 'House.total(order) -> Guest.bill: bill'],
          ['      Guest.print("no tea")', '      House -> Guest: none_left\n      Guest.print("no tea")'],
        ],
      },
    ],
  },
  {
    chapter: '08-by-hand',
    start: ['`ByHand` has no process `Seller` yet. While it is not written, the projection stands in its place.'],
    wrong: [
      {
        what: 'the Seller takes `accept` alone',
        from: 'solution',
        changes: [['      reject {}\n', '']],
        notYet: [
          'Line 29: Buyer sends `reject`, but Seller waits for `accept`. It happens when Buyer’s `price < 100` is false. Add a branch for it at Seller, or send what Seller takes.',
        ],
      },
      {
        what: 'the date is forgotten',
        from: 'solution',
        changes: [['accept(address) { send dateFor(address) to Buyer }', 'accept(address) { print(address) }']],
        notYet: ['Line 21: `date` is an `int` here, but `print` takes a `string`.'],
      },
      {
        what: 'the price is made up',
        from: 'solution',
        changes: [['send priceOf(title) to Buyer', 'send 5 to Buyer']],
        notYet: ['`Seller` does not use `priceOf`. The design says that Seller asks its host for the price.'],
      },
      {
        what: 'the design is changed',
        from: 'solution',
        changes: [
          ['    Buyer -> Seller: reject\n', '    Buyer -> Seller: no\n'],
          ['      send to Seller: reject\n', '      send to Seller: no\n'],
          ['      reject {}\n', '      no {}\n'],
        ],
        notYet: [
          'After it sends title to Seller, then receives price from Seller, Buyer sends no to Seller; asked for is that Buyer then sends accept("Elm Street 1") to Seller or sends reject to Seller. The design stays; only the Seller is yours.',
        ],
      },
    ],
  },
  {
    chapter: '09-any-number',
    start: ['`Vote` has no role `Member` yet. In the header, `Member[n]` takes the place of Anna and Ben.'],
    wrong: [
      {
        what: 'one member',
        from: 'solution',
        changes: [
          ['Member[n])', 'Member)'],
          ['Member.decide(motion) -> Chair.votes', 'Member.decide(motion) -> Chair.vote'],
          ['all(votes, v => v)', 'vote'],
        ],
        notYet: [
          '`Member` is one role in `Vote`, and should be any number of them: `Member[n]` in the header. In the header, `Member[n]` takes the place of Anna and Ben.',
        ],
      },
      {
        what: 'only the first is asked',
        from: 'solution',
        changes: [
          ['Member[n])', 'Member[n >= 1])'],
          ['Member.decide(motion) -> Chair.votes', 'Member[0].decide(motion) -> Chair.vote'],
          ['all(votes, v => v)', 'vote'],
        ],
        notYet: ['`Chair` does not use `all`. The motion is carried if all agree.'],
      },
      {
        what: 'nobody is told',
        from: 'solution',
        changes: [['if Chair.agreed -> Member {', 'if Chair.agreed {']],
        notYet: [
          'Line 6: Member can’t tell whether `agreed` holds at Chair: it does `celebrate()` in one branch and does nothing in the other. Tell Member the choice, or send it a first message from the same sender in both branches.',
        ],
      },
      {
        what: 'any for all',
        from: 'solution',
        changes: [['all(votes', 'any(votes']],
        notYet: ['`Chair` does not use `all`. The motion is carried if all agree.'],
      },
    ],
    right: [
      {
        what: 'one after the other, by a loop',
        from: 'solution',
        changes: [
          [
            '  Member.decide(motion) -> Chair.votes\n',
            '  for i in Member {\n    Member[i].decide(motion) -> Chair.votes[i]\n  }\n',
          ],
        ],
      },
    ],
  },
  {
    chapter: '10-your-own',
    start: ['There is no choreography yet.'],
    wrong: [
      {
        what: 'two roles',
        from: 'start',
        changes: [
          [
            'own\n',
            'own\nchoreography Ping(A, B) {\n  if A.ready() -> B {\n    B -> A: pong\n  }\n}\nextern ready(): bool\n',
          ],
        ],
        notYet: [
          '`Ping` has 2 roles; it should have 3 at least. With two alone, nobody has to be told by a third.',
          '`Ping` takes 2 messages on its longest way; it should be 4 at least.',
        ],
      },
      {
        what: 'nobody decides',
        from: 'start',
        changes: [
          [
            'own\n',
            'own\nchoreography Round(A, B, C) {\n  A -> B: one\n  B -> C: two\n  C -> A: three\n  A -> B: four\n}\n',
          ],
        ],
        notYet: [
          'In `Round`, nobody decides anything that others have to do with. Let a role ask something, by `if`, `match` or `choice at`, and let the others learn what came of it.',
        ],
      },
      {
        what: 'the Rider is not told',
        from: 'solution',
        changes: [['    Guest -> Rider: rest\n', '']],
        notYet: [
          'Line 9: Rider can’t tell whether `inStock(dish)` holds at Kitchen: it gets `fetch` from Guest in one branch and nothing in the other. Tell Rider the choice, or send it a first message from the same sender in both branches.',
        ],
      },
      {
        what: 'a network alone',
        from: 'start',
        changes: [['own\n', 'own\nnetwork N {\n  process A { send to B }\n  process B { receive from A }\n}\n']],
        notYet: ['There is no choreography yet.'],
      },
    ],
  },
];
