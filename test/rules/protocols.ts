// Textbook protocols without an error: choreographies with the networks that come of them, and networks written by
// hand.

/** Choreographies; the last declaration of each text is the one that is looked at. */
export const choreographies: Readonly<Record<string, string>> = {
  ping: `choreography Ping(Client, Server) {
  Client."ping" -> Server.word
  Server.word -> Client.back
  Client.log(back)
}
extern log(line: string)
`,
  handshake: `extern fresh(): int
choreography Handshake(Client, Server) {
  Client.seq = fresh()
  Client.seq -> Server.theirs: syn
  Server.own = fresh()
  Server.(theirs + 1, own) -> Client.answer: synack
  Client.own = seq + 1
  Client.own -> Server.last: ack
  Server.done(last)
  Client.finish(answer)
}
extern done(n: int)
extern finish(pair: (int, int))
`,
  bookshop: `extern priceOf(title: string): int
extern date(title: string): string
choreography Bookshop(Buyer(title: string, budget: int), Seller, Shipper): string@Buyer {
  Buyer.title -> Seller.wanted
  Seller.priceOf(wanted) -> Buyer.price
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
  oauth: `extern check(user: string, secret: string): bool
extern token(user: string): string
choreography Login(User(name: string, secret: string), App, Provider) {
  User.name -> App.name: login
  App.name -> Provider.user: request
  Provider -> User: challenge
  User.secret -> Provider.secret: password
  if Provider.check(user, secret) {
    Provider.token(user) -> App.token: granted
    App.token -> User.token: welcome
    User.open(token)
  } else {
    Provider -> App: denied
    App -> User: sorry
  }
}
extern open(token: string)
`,
  cash: `enum Order { deposit(amount: int), balance, quit }
extern next(): Order
choreography Cash(Customer, Machine, Bank) {
  rec Menu {
    Customer.order = next()
    match Customer.order {
      case deposit(amount) {
        Customer.amount -> Machine.sum: deposit
        Machine.sum -> Bank.sum: credit
        Bank.add(sum)
        continue Menu
      }
      case balance {
        Customer -> Machine: balance
        Machine -> Bank: query
        Bank.total() -> Machine.total
        Machine.total -> Customer.total
        Customer.show(total)
        continue Menu
      }
      case quit {
        Customer -> Machine: quit
        Machine -> Bank: close
      }
    }
  }
}
extern add(sum: int)
extern total(): int
extern show(total: int)
`,
  auction: `extern bid(price: int): bool
extern sell(price: int)
choreography Auction(Seller(start: int), Ann, Bert) {
  Seller.start -> Ann.price, Bert.price
  Ann.bid(price) -> Seller.ann
  Bert.bid(price) -> Seller.bert
  if Seller.(ann or bert) -> Ann, Bert {
    Seller.sell(start)
    Ann.log("sold")
    Bert.log("sold")
  }
}
extern log(line: string)
`,
  vote: `extern opinion(topic: string): bool
choreography Vote(Chair(topic: string), Ann, Bert): bool@Chair {
  Chair.topic -> Ann.topic
  Chair.topic -> Bert.topic
  Ann.opinion(topic) -> Chair.first
  Bert.opinion(topic) -> Chair.second
  Chair.passed = first and second
  if Chair.passed -> Ann, Bert {
    Ann.celebrate()
    Bert.celebrate()
  } else {
    Ann.mourn()
  }
  return Chair.passed
}
extern celebrate()
extern mourn()
`,
  mail: `extern more(): bool
extern line(): string
choreography Mail(Client(from: string), Server) {
  Server."220 ready" -> Client.banner
  Client.from -> Server.from: hello
  Server.accept(from)
  while Client.more() {
    Client.line() -> Server.text: line
    Server.store(text)
    Server -> Client: ok
  }
  Client -> Server: quit
  Client.log(banner)
}
extern accept(name: string)
extern store(text: string)
extern log(text: string)
`,
  file: `extern exists(name: string): bool
extern read(name: string): string
choreography Fetch(Client(name: string), Server): option<string>@Client {
  Client.name -> Server.name: get
  if Server.exists(name) {
    Server.read(name) -> Client.text: data
    Client.result = some(text)
  } else {
    Server -> Client: missing
    Client.result = none
  }
  return Client.result
}
`,
  barrier: `choreography Barrier(Master, North, South) {
  North -> Master: ready
  South -> Master: ready
  Master -> North: go
  Master -> South: go
  North.work()
  South.work()
}
extern work()
`,
  ring: `choreography Ring(First(token: int), Second, Third) {
  First.token -> Second.token
  Second.count = token + 1
  Second.count -> Third.token
  Third.count = token + 1
  Third.count -> First.count
  First.show(count)
}
extern show(n: int)
`,
  stream: `extern frame(): string
extern wanted(): bool
choreography Watch(Viewer, Proxy, Camera) {
  rec Frame {
    if Viewer.wanted() {
      Viewer -> Proxy: next
      Proxy -> Camera: next
      Camera.frame() -> Proxy.picture
      Proxy.picture -> Viewer.picture
      Viewer.show(picture)
      continue Frame
    } else {
      Viewer -> Proxy: stop
      Proxy -> Camera: stop
    }
  }
}
extern show(picture: string)
`,
  resolver: `extern cached(name: string): bool
extern local(name: string): int
extern lookup(name: string): int
choreography Resolve(Client(name: string), Resolver, Root) {
  Client.name -> Resolver.name
  if Resolver.cached(name) {
    Resolver.local(name) -> Client.address: answer
    Resolver -> Root: nothing
  } else {
    Resolver.name -> Root.name: query
    Root.lookup(name) -> Resolver.found
    Resolver.found -> Client.address: answer
  }
  Client.connect(address)
}
extern connect(address: int)
`,
  travel: `extern offer(place: string): int
choreography Travel(Customer(place: string, limit: int), Agency, Airline) {
  Customer.place -> Agency.place
  Agency.place -> Airline.place
  Airline.offer(place) -> Agency.price
  Agency.price + 10 -> Customer.price
  if Customer.price < limit -> Agency, Airline {
    Customer."Main Street" -> Airline.address
    Airline.deliver(address)
    Agency.note("booked")
  } else {
    Agency.note("refused")
  }
}
extern deliver(address: string)
extern note(line: string)
`,
  haggle: `extern good(price: int): bool
choreography Haggle(Buyer(price: int), Seller) {
  rec Offer {
    Buyer.price -> Seller.offer
    if Seller.good(offer) {
      Seller -> Buyer: deal
      Seller.pack()
    } else {
      Seller.offer + 1 -> Buyer.price: higher
      continue Offer
    }
  }
}
extern pack()
`,
  game: `extern move(): int
extern better(a: int, b: int): bool
choreography Game(Ann, Bert, Judge) {
  Ann.move() -> Judge.ann
  Bert.move() -> Judge.bert
  if Judge.better(ann, bert) {
    Judge -> Ann: won
    Judge -> Bert: lost
    Ann.cheer()
  } else {
    Judge -> Ann: lost
    Judge -> Bert: won
    Bert.cheer()
  }
}
extern cheer()
`,
  lock: `extern work()
choreography Locked(Ann, Bert, Lock) {
  Ann -> Lock: acquire
  Lock -> Ann: granted
  Ann.work()
  Ann -> Lock: release
  Bert -> Lock: acquire
  Lock -> Bert: granted
  Bert.work()
  Bert -> Lock: release
}
`,
  store: `enum Request { put(key: string, value: string), get(key: string) }
extern ask(): Request
extern save(key: string, value: string)
extern find(key: string): string
choreography Store(Client, Primary, Backup) {
  Client.request = ask()
  match Client.request {
    case put(key, value) {
      Client.(key, value) -> Primary.pair: put
      Primary.pair -> Backup.pair: put
      Backup -> Primary: stored
      Primary -> Client: stored
      Client.log("stored")
    }
    case get(key) {
      Client.key -> Primary.key: get
      Primary -> Backup: idle
      Primary.find(key) -> Client.value: value
      Client.log(value)
    }
  }
}
extern log(line: string)
`,
  escrow: `extern funds(amount: int): bool
choreography Escrow(Buyer(amount: int), Agent, Seller) {
  Buyer.amount -> Agent.amount
  if Agent.funds(amount) {
    Agent -> Seller: deliver
    Seller."parcel" -> Buyer.goods: goods
    Buyer -> Agent: received
    Agent.amount -> Seller.money: payment
    Seller.bank(money)
    Buyer.unpack(goods)
  } else {
    Agent -> Seller: cancel
    Seller -> Buyer: sorry
  }
}
extern bank(money: int)
extern unpack(goods: string)
`,
  sum: `choreography Sum(Left(value: int), Right(value: int), Root) {
  Left.value -> Root.left
  Right.value -> Root.right
  Root.total = left + right
  Root.total -> Left.total, Right.total
  Left.show(total)
  Right.show(total)
}
extern show(n: int)
`,
  undo: `extern refund()
extern ok(): bool
choreography Undo(Ship, Orders, Pay) {
  if Ship.ok() {
    Ship -> Orders: shipped
    Orders -> Pay: keep
  } else {
    Ship -> Orders: failed
    Orders -> Pay: undo
    Pay.refund()
  }
}
`,
};

/** Networks as somebody writes them, which implement nothing. */
export const networks: Readonly<Record<string, string>> = {
  greeting: `network Greeting {
  process Alice {
    send "hello" to Bob
    receive reply from Bob
    log(reply)
  }
  process Bob {
    receive greeting from Alice
    send "hi" to Alice
    log(greeting)
  }
}
extern log(text: string)
`,
  asking: `network Asking {
  process Client {
    while more() {
      send 1 to Server: ask
      receive answer from Server
      show(answer)
    }
    send to Server: quit
  }
  process Server {
    rec Serve {
      receive from Client {
        ask(n) {
          send n + 1 to Client
          continue Serve
        }
        quit {
          send "over" to Log
        }
      }
    }
  }
  process Log {
    receive line from Server
    write(line)
  }
}
extern more(): bool
extern show(n: int)
extern write(line: string)
`,
  commit: `extern ready(): bool
network Commit {
  process Coordinator {
    send to North: prepare
    send to South: prepare
    receive north: bool from North
    receive south: bool from South
    if north and south {
      send to North: commit
      send to South: commit
    } else {
      send to North: abort
      send to South: abort
    }
  }
  process North {
    receive from Coordinator: prepare
    send ready() to Coordinator
    receive from Coordinator {
      commit { log("yes") }
      abort { log("no") }
    }
  }
  process South {
    receive from Coordinator: prepare
    send ready() to Coordinator
    receive from Coordinator {
      commit { log("yes") }
      abort { log("no") }
    }
  }
}
extern log(text: string)
`,
  answers: `network Answers {
  process A(ok: bool) {
    if ok {
      send to B: yes
    } else {
      send to B: no
    }
    receive answer: string from B
    log(answer)
  }
  process B {
    receive from A {
      yes { log("yes") }
      no { log("no") }
    }
    send "thanks" to A
    send "bye" to C
  }
  process C {
    receive word: string from B
    log(word)
  }
}
extern log(text: string)
`,
  counting: `network Counting {
  process A {
    while more() {
      send to B: again
      send 1 to B
    }
    send to B: done
  }
  process B {
    rec X {
      receive from A {
        again {
          receive n from A
          add(n)
          continue X
        }
        done {
          send "done" to C
        }
      }
    }
  }
  process C {
    receive word from B
    log(word)
  }
}
extern more(): bool
extern add(n: int)
extern log(text: string)
`,
  pipeline: `extern part(): string
network Pipeline {
  process Source {
    send part() to Filter
    send part() to Filter
    send to Filter: over
  }
  process Filter {
    receive first from Source
    receive second from Source
    receive from Source: over
    send first + second to Sink
  }
  process Sink {
    receive all from Filter
    keep(all)
    send to Source: received
  }
}
extern keep(all: string)
`.replace('    send to Filter: over\n  }', '    send to Filter: over\n    receive from Sink: received\n  }'),
  chat: `extern line(): string
network Chat {
  process Ann {
    send line() to Room: say
    receive from Room {
      heard(text) { show(text) }
      closed { }
    }
  }
  process Bert {
    receive from Room {
      heard(text) { show(text) }
      closed { }
    }
  }
  process Room {
    receive text from Ann: say
    if text == "" {
      send to Ann: closed
      send to Bert: closed
    } else {
      send text to Ann: heard
      send text to Bert: heard
    }
  }
}
extern show(text: string)
`,
  rendezvous: `network Swap sync {
  process Left {
    send 1 to Right
    receive n from Right
    show(n)
  }
  process Right {
    receive n from Left
    send n + 1 to Left
    show(n)
  }
}
extern show(n: int)
`,
};
