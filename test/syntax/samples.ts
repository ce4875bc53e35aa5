// Valid files that between them use every construct, for tests of all that reads or lays out text.

/** Whole files without an error. */
export const samples: readonly string[] = [
  `/** Alice greets Bob. */
choreography Greeting(Alice, Bob) {
  Alice."hello" -> Bob.greeting
  Bob."hi" -> Alice.reply
}
`,
  `import { Order, Verdict } from "./shop.chor"
import "./other.chor"

type Title = string
record Order { title: Title, copies: int, }
enum Verdict { accept, reject(why: string), put(key: string, value: list<option<int>>) }
extern type Money
extern priceOf(title: Title): int
extern log(line: string)
function total(o: Order, unit: int): int = o.copies * unit + 1 - 2 % 3
function pick(xs: list<(int, string)>) = xs[0]
record Empty { }
`,
  `function f(x: int): bool = not x == 1 and x + 2 * 3 < 4 or -x >= 5 and not true
function g(o: Order): Order = o with (copies: 3, title: "a\\n\\u{1F600}") with (copies: o.copies)
function h(xs: list<int>) = fold(xs, 0, (a, x) => a + x) + length(filter(xs, x => x > 0)) + (() => 1)
function k(v: Verdict) = match v { case accept => 1, case reject(why) => 2 case put(k, -1) => 3, else => 4 }
function l(a: int) = if a > 0 then (a, [1, 2.5e3, "x"]) else if a < 0 then ((a)) else ([], none)
function m(o: Order) = Order(title: "t", copies: some(2))
function ^if(^match: int) = ^match.from.to[at].with
`,
  `choreography Bookseller(Buyer(title: Title, budget: int), Seller, Shipper): string@Buyer {
  Buyer.title -> Seller.wanted
  Seller.priceOf(wanted) -> Buyer.price, Shipper: quote
  if Buyer.price <= budget {
    Buyer -> Seller: accept
    Seller.wanted -> Shipper.parcel: ship
    Shipper.date(parcel) -> Buyer.when
  } else {
    Buyer -> Seller: reject
    Seller -> Shipper: idle
    Buyer.when = "never"
  }
  return Buyer.when
}
`,
  `choreography All(A(x: int), B(y: (int, string)), C()) {
  A -> B: label(int, list<string>)
  A.log("x")
  match A.x, B.y -> C { case 1 { } case (some(_), none) { A.x = 2 } case -3 { } else { B -> C } }
  match A.v { }
  choice at A -> B, C { A -> B } or { B.z = 1 } or { }
  while A.x > 0 -> B { A.x = A }
  rec X { if A.x { continue X } else if B.y { A.x = do Quote(A(1, 2), B()) } else { do All(A, B, C) } }
  if A.a, B.a { }
  A.record.type -> B.from
  any.x -> to.y
}
`.replace('A.record.type', 'A.r.t'),
  `network Shop sync implements Bookseller {
  process Seller(title: Title): string {
    receive wanted from Buyer
    receive from: int from to: label
    receive x from Buyer: label(int, string)
    send priceOf(wanted) to Buyer
    send to to to
    send to Buyer
    send x to Buyer: ok
    receive from Buyer {
      accept { send wanted to Shipper: ship }
      reject(why) { send to Shipper: idle }
      pair(_: int, _: string) { }
      _(x) { }
    }
    if x > 0 { } else if y { x = 1 } else { f(x) }
    match x { case 1 { y = do N(A, B(1)) } else { } }
    choice { do N(A, B) } or { rec X { continue X } }
    while not x { log("a").b(1) }
    return x + 1
  }
  process Buyer { }
}
network B buffer 4 { }
network C implements D fifo { process P { } }
network E { }
`.replace('log("a").b(1)', 'log("a")'),
  `enum Command { nick(name: string), quit }
choreography Irc(Client(c: Command), Server, Member[n], Log) {
  match Client.c -> Server.command, Log, others Member.x, Member[0]._ {
    case nick(name) {
      Server.log(name)
    }
    case quit {
    }
  }
}
`,
];
