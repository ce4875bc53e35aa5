// Ordinary lines of every construct, to be typed. Names are made up as people make them up: short, like keywords, like
// one another.
import process from 'node:process';

export const library = `/** What others import. */
record Order { title: string, copies: int }
enum Verdict { accept, reject, perhaps(until: string) }
extern priceOf(title: string): int
extern print(line: string)
extern send2(line: string)
function total(order: Order, unit: int): int = order.copies * unit
choreography Quote(Customer(t: string), Shop): int@Customer {
  Customer.t -> Shop.wanted
  Shop.priceOf(wanted) -> Customer.price
  return Customer.price
}
`;

const parts = {
  declarations: `import "./library.chor"
// What a shop knows of its books; send, match and receive are only words here.
type Title = string
type Basket = list<Book>
type Pair = (int, string)
type Ref = Book
record Book { title: Title, i: int, sent: bool }
record Money {
  r: int,
  m: string
}
enum Answer { yes, no, maybe(why: string) }
enum State {
  s,
  re(w: int, i: float)
}
extern type Handle
extern look(handle: Handle, t: Title): option<Book>
extern note(line: string)
extern ask(): Answer
/** Twice a number. */
function twice(n: int): int = n * 2
function f(x: int, y: int): int = x + y
function name(b: Book): string = b.title
function first(o: option<int>): int = match o { case some(v) => v, else => 0 }
function sum(items: list<int>): int = fold(items, 0, (s, item) => s + item)
function all(items: list<int>): list<int> = map(items, i => i + 1)
function pick(c: bool, m: int): int = if c then m else twice(m)
function again(b: Book): Book = b with (title: "x", i: 2)
function make(t: Title): Book = Book(title: t, i: 1, sent: false)
function or2(a: bool, b: bool): bool = a or not b
function word(a: Answer): string = match a { case maybe(w) => w, else => "no" }
`,
  messages: `import { print, priceOf } from "./library.chor"
choreography Tea(Host(i: int), Guest, M) {
  Host."tea?" -> Guest.m
  Guest.m -> Host.message
  Guest -> Host: s
  Guest -> Host: send2
  Host.i -> Guest.n: re
  Host -> Guest: order(string, int)
  Host.message -> Guest.w, M.w
  Host.message -> M
  Guest.word = m
  Guest.r = n + 1
  Guest.print(m)
  Host.price = priceOf("tea")
  M.do2 = "x"
  if Host.price > 2 -> Guest, M {
    Host.price -> Guest.p
  } else {
    Host."no" -> M.c
  }
  if Host.i == 0 {
    Host -> Guest: zero
    Host -> M: zero
  } else if Host.i > 9 -> Guest {
    Host -> M: nine
  } else {
    Host -> Guest: i
    Host -> M: i
  }
  Host.t = Host2
  Guest.m
}
`,
  decisions: `import { Verdict, Quote, print } from "./library.chor"
extern ask(): Verdict
choreography Deal(Ann(n: int, t: string), Ben, Cy) {
  Ben.v = ask()
  match Ben.v -> Ann {
    case accept {
      Ben."good" -> Ann.g
    }
    case perhaps(u) {
      Ben.u -> Ann.d
    }
    else {
      Ben.print("no")
    }
  }
  choice at Ann {
    Ann -> Ben: first
    Ann -> Cy: f
  } or {
    Ann -> Ben: or2
    Ann -> Cy: o
  }
  Ann.p = do Quote(Ann(t), Ben)
  do Close(Cy, Ann)
  while Ann.n > 0 -> Ben, Cy {
    Ann.n -> Ben.k
    Ann.n = n - 1
  }
  Ben.k -> Cy.re
  rec M {
    if Cy.re > 3 -> Ann, Ben {
      Cy.re = re - 1
      continue M
    }
  }
  Cy.b = true
  Cy.b -> Ann.b
  if Cy.b, Ann.b {
    Cy.m = map([1, 2], x => x + re)
  }
}
choreography Close(Left, Right) {
  Left -> Right: over
}
`,
  processes: `extern print(line: string)
extern ready(): bool
network Chat {
  process A(secret: int, i: int): int {
    send secret to B
    send "hi" to B: r
    send to C: s
    receive x from B
    receive m: int from B: more
    receive from C: stop
    total = x + m
    print("done")
    if total > 2 {
      send total to B: t
    } else {
      send to B: f
    }
    return total
  }
  process B {
    receive s from A
    receive word from A: r
    send s to A
    receive from A {
      t(n) {
        print("t")
      }
      f {
        m = s
      }
    }
  }
  process C {
    receive from A: s
    choice {
      send to A: stop
    } or {
      send to A: stop
    }
  }
}
`,
  networks: `import { Quote, Verdict, print, priceOf } from "./library.chor"
network Sell implements Quote {
  process Shop {
    receive w from Customer
    p = priceOf(w)
    send p to Customer
  }
}
network Loop buffer 2 {
  process P(n: int, v: Verdict) {
    i = n
    rec Re {
      match v {
        case accept {
          send i to Q: item
          i = i - 1
          continue Re
        }
        case perhaps(u) {
          send u to Q: until
        }
        else {
          send to Q: end
        }
      }
    }
  }
  process Q {
    go = true
    while go {
      receive from P {
        item(k) {
          print(toString(k))
        }
        end {
          go = false
        }
      }
    }
    do Chain(Q, P)
  }
}
network Chain sync {}
`,
};

/**
 * A few lines of each: names where they are made up, as short as or like keywords, and ends of lines after names,
 * labels, literals and brackets.
 */
const brief = {
  declarations: `import "./library.chor"
type Ref = Book
record Book { title: string, i: int }
enum Answer { yes, maybe(why: string) }
function first(o: option<int>): int = match o { case some(v) => v, else => 0 }
function all(items: list<int>): list<int> = map(items, i => i + 1)
network Chat {
  process A(i: int) {
    send i to B: r
    receive from B: stop
  }
  process B {
    receive from A {
      r(n) {
        m = n
        send to A: stop
      }
    }
  }
}
`,
  messages: `import { print } from "./library.chor"
choreography Tea(Host(i: int), Guest, M) {
  Host."tea?" -> Guest.m
  Guest -> Host: send2
  Host -> Guest: order(string, int)
  Guest.m -> Host.w, M.w
  Guest.r = m
  Guest.print(r)
  if Host.i > 2 -> Guest, M {
    Host -> Guest: s
  } else {
    Host."no" -> M.c
  }
  Guest.m
}
network Loop buffer 2 {
  process P {
    rec Re {
      continue Re
    }
  }
}
`,
  families: `extern f(n: int): int
choreography Vote(Chair(m: string), Member[n], server Log) {
  for i in Member {
    Member[i].m -> others Member.w[i]
  }
  par {
    Chair.m -> Log.l: one
  } and {
    at Log {
      n = 1
    }
  }
  Member.v -> Chair.q any majority by who
}
network Ring(Node[k >= 2]) {
  process Node[i] {
    when i > 0 {
      receive t from Node[i - 1]
    } else {
      send 1 to Node[1]
    }
  }
}
`,
  decisions: `import { Verdict, Quote, print } from "./library.chor"
choreography Deal(Ann(n: int, v: Verdict, t: string), Ben) {
  match Ann.v -> Ben {
    case perhaps(u) {
      Ann.u -> Ben.d
    }
    else {
      Ben.print("no")
    }
  }
  choice at Ann {
    Ann -> Ben: f
  } or {
    Ann -> Ben: or2
  }
  Ann.p = do Quote(Ann(t), Ben)
  while Ann.n > 0 -> Ben {
    Ann.n = n - 1
  }
}
`,
};

/** What is typed in one go, each in a file of its own: all lines, or a few of each kind. */
export const sheets: Readonly<Record<string, string>> =
  process.env['CHOR_TYPING'] === 'all'
    ? {
        'declarations-and-processes': parts.declarations + parts.processes,
        'messages-and-networks': parts.messages + parts.networks,
        decisions: parts.decisions,
      }
    : {
        'declarations-and-processes': brief.declarations,
        'messages-and-networks': brief.messages,
        'decisions-and-families': brief.decisions + brief.families,
      };
