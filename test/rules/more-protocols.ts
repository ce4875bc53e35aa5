// Further protocols without an error, for the mistakes that few of the others allow: decisions with several cases,
// loops gone round from their branches, labels that tell ways apart beside a value, texts, and calls.

/** Choreographies; the last declaration of each text is the one that is looked at. */
export const moreChoreographies: Readonly<Record<string, string>> = {
  elevator: `enum Button { up(floor: int), down(floor: int), hold, open }
extern pressed(): Button
extern drive(floor: int)
extern ring(text: string)
choreography Elevator(Panel, Motor, Door) {
  rec Ride {
    Panel.button = pressed()
    match Panel.button {
      case up(floor) {
        Panel.floor -> Motor.target: up
        Motor -> Door: close
        Motor.drive(target)
        continue Ride
      }
      case down(floor) {
        Panel.floor -> Motor.target: down
        Motor -> Door: lock
        Motor.drive(target)
        continue Ride
      }
      case hold {
        Panel -> Motor: hold
        Motor -> Door: wait
        Door.ring("waiting")
        continue Ride
      }
      case open {
        Panel -> Motor: halt
        Motor -> Door: open
        Door.ring("good bye")
      }
    }
  }
}
`,
  library: `enum Wish { borrow(title: string), give(title: string), quit }
extern wish(): Wish
extern lend(title: string): bool
extern shelve(title: string)
extern tell(text: string)
choreography Library(Reader, Desk, Store) {
  rec Visit {
    match Reader.wish() {
      case borrow(title) {
        Reader.title -> Desk.title: borrow
        Desk.title -> Store.title: fetch
        if Store.lend(title) {
          Store.title -> Desk.book: found
          Desk.book -> Reader.book: here
          Reader.tell(book)
        } else {
          Store -> Desk: gone
          Desk -> Reader: sorry
          Reader.tell("try again later")
        }
        continue Visit
      }
      case give(title) {
        Reader.title -> Desk.title: give
        Desk.title -> Store.title: shelve
        Store.shelve(title)
        Desk -> Reader: thanks
        continue Visit
      }
      case quit {
        Reader -> Desk: quit
        Desk -> Store: close
      }
    }
  }
}
`,
  haggle: `extern offer(last: int): int
extern accept(price: int): bool
extern patient(): bool
extern pack(price: int)
choreography Haggle(Buyer, Seller(price: int), Porter) {
  Seller.price -> Buyer.price
  rec Round {
    Buyer.offered = offer(price)
    Buyer.offered -> Seller.bid
    if Seller.accept(bid) {
      Seller -> Buyer: deal
      Seller.bid -> Porter.paid: carry
      Porter.pack(paid)
    } else {
      if Seller.patient() {
        Seller.price -> Buyer.price: no
        continue Round
      } else {
        Seller -> Buyer: quit
        Seller -> Porter: home
      }
    }
  }
}
`,
  sensor: `extern measure(): int
extern store(value: int)
extern alarm(text: string)
extern running(): bool
choreography Sense(Sensor, Logger, Siren) {
  while Sensor.running() {
    Sensor.value = measure()
    if Sensor.value > 100 {
      Sensor.value -> Logger.value: high
      Sensor.value -> Siren.value: high
      Siren.alarm("too high")
    } else if Sensor.value < 0 {
      Sensor.value -> Logger.value: low
      Sensor.value -> Siren.value: low
      Siren.alarm("too low")
    } else {
      Sensor.value -> Logger.value: fine
      Sensor -> Siren: quiet
    }
    Logger.store(value)
  }
  Sensor -> Logger: done
  Sensor -> Siren: done
}
`,
  travel: `extern trips(place: string): list<string>
extern seats(place: string): bool
extern card(): string
extern charge(card: string, price: int): bool
extern print(line: string)
choreography Travel(Traveller(place: string), Agency(price: int), Airline) {
  Traveller.place -> Agency.place: plan
  Agency.place -> Airline.place: ask
  if Airline.seats(place) {
    Airline -> Agency: free
    Agency.price -> Traveller.price: quote
    Traveller.card() -> Agency.card: pay
    if Agency.charge(card, price) {
      Agency -> Airline: book
      Agency.("ticket to " + place) -> Traveller.ticket: ticket
      Traveller.print(ticket)
    } else {
      Agency -> Airline: release
      Agency."no money" -> Traveller.reason: refused
      Traveller.print(reason)
    }
  } else {
    Airline -> Agency: full
    Agency."no seats" -> Traveller.reason: full
    Traveller.print(reason)
  }
}
`,
  cards: `extern draw(): int
extern more(sum: int): bool
extern show(text: string)
choreography Cards(Dealer, Player): int@Player {
  Dealer.draw() -> Player.sum
  rec Turn {
    if Player.more(sum) {
      Player -> Dealer: card
      Dealer.draw() -> Player.next
      Player.sum = sum + next
      continue Turn
    } else {
      Player.sum -> Dealer.final: stay
      Dealer.show("the game is over")
    }
  }
  return Player.sum
}
`,
  lunch: `extern hungry(): bool
extern dish(): string
extern serve(dish: string)
choreography Order(Guest, Waiter): string@Waiter {
  Guest.dish() -> Waiter.wanted
  Waiter.note = "one " + wanted
  return Waiter.note
}
choreography Lunch(Guest, Waiter, Cook) {
  if Guest.hungry() -> Waiter, Cook {
    Waiter.ordered = do Order(Guest, Waiter)
    Waiter.ordered -> Cook.order
    Cook.serve(order)
    choice at Cook {
      Cook."salt" -> Guest.extra: more
      Guest.serve(extra)
    } or {
      Cook -> Guest: ready
    }
  } else {
    Guest."bye" -> Waiter.word
    Waiter.serve(word)
  }
}
`,
  login: `enum Answer { granted(token: string), retry(left: int), locked }
extern check(name: string, secret: string): Answer
extern read(prompt: string): string
extern enter(token: string)
extern tell(text: string)
choreography Session(User(name: string), Gate, Audit) {
  User.name -> Gate.name: hello
  rec Try {
    User.read("secret") -> Gate.secret: secret
    match Gate.check(name, secret) {
      case granted(token) {
        Gate.token -> User.token: welcome
        Gate.name -> Audit.who: entered
        User.enter(token)
      }
      case retry(left) {
        Gate.left -> User.left: again
        Gate -> Audit: failed
        User.tell("once more")
        continue Try
      }
      case locked {
        Gate -> User: locked
        Gate.name -> Audit.who: locked
        User.tell("go away")
      }
    }
  }
}
`,
  queue: `enum Job { work(n: int), sleep, stop }
extern next(): Job
extern done(n: int)
extern log(text: string)
choreography Work(Boss, Worker, Watch) {
  Boss."start" -> Worker.word, Watch.word
  Worker.log(word)
  Watch.log("watching: " + word)
  rec Day {
    match Boss.next() -> Worker._, Watch {
      case work(n) {
        Boss.log("work")
        Worker.done(n)
        Worker -> Watch: finished
        continue Day
      }
      case sleep {
        Worker.log("asleep")
        continue Day
      }
      case stop {
        Worker."tired" -> Boss.report
        Boss.log(report)
      }
    }
  }
}
`,
};

/** Networks written by hand. */
export const moreNetworks: Readonly<Record<string, string>> = {
  lift: `extern pressed(): int
extern drive(floor: int)
network Lift {
  process Panel {
    rec Ride {
      floor = pressed()
      if floor > 0 {
        send floor to Motor: go
        receive from Motor: there
        continue Ride
      } else {
        send to Motor: off
      }
    }
  }
  process Motor {
    rec Ride {
      receive from Panel {
        go(target) {
          drive(target)
          send to Panel: there
          continue Ride
        }
        off { }
      }
    }
  }
}
`,
  pipeline: `extern line(): string
extern more(): bool
extern print(line: string)
network Pipeline {
  process Source {
    while more() {
      send line() to Filter: text
    }
    send to Filter: end
  }
  process Filter {
    rec Next {
      receive from Source {
        text(line) {
          send "> " + line to Sink: text
          continue Next
        }
        end {
          send to Sink: end
        }
      }
    }
  }
  process Sink {
    rec Next {
      receive from Filter {
        text(line) {
          print(line)
          continue Next
        }
        end {
          print("the end")
        }
      }
    }
  }
}
`,
  loan: `extern rate(sum: int): int
extern good(sum: int): bool
extern sign(sum: int)
network Loan {
  process Customer(sum: int) {
    send sum to Clerk: ask
    receive from Clerk {
      offer(percent) {
        if percent < 5 {
          send to Clerk: agreed
          receive money from Vault: cash
          sign(money)
        } else {
          send to Clerk: no
          receive from Vault: nothing
        }
      }
      refused {
        receive from Vault: nothing
      }
    }
  }
  process Clerk {
    receive sum from Customer: ask
    if good(sum) {
      send rate(sum) to Customer: offer
      receive from Customer {
        agreed { send sum to Vault: pay }
        no { send to Vault: close }
      }
    } else {
      send to Customer: refused
      send to Vault: close
    }
  }
  process Vault {
    receive from Clerk {
      pay(sum) { send sum to Customer: cash }
      close { send to Customer: nothing }
    }
  }
}
`,
};
