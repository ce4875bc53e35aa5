// The projection of a family: one text for all members, for any size.
import { describe, expect, test } from 'vitest';
import { atSize, read, roleText } from './helpers.js';

const texts = {
  stops: `choreography Stops(Node[n >= 2]) {
  rec Round {
    Node[0].text() -> Node[1].token: token
    for i in 1 until n - 1 { Node[i].token -> Node[i + 1].token: token }
    Node[n - 1].token -> Node[0].back: token
    if Node[0].more() { continue Round } else {
      Node[0] -> Node[1]: stop
      for i in 1 until n - 1 { Node[i] -> Node[i + 1]: stop }
    }
  }
}`,
  late: `choreography Late(Client, Node[n >= 2]) {
  rec Next {
    Client.reads() -> Node.reads: reads
    if Client.asks() { Client -> Node: hey }
    if Client.more() { continue Next } else { Client -> Node: over }
  }
}`,
  lateOne: `choreography LateOne(Client, server Node[n >= 2]) {
  rec Next {
    Client.reads() -> Node.reads: reads
    if Client.asks() { Client -> Node[1]: hey }
    if Client.more() { continue Next } else { Client -> Node[0]: over }
  }
}`,
  vote: `choreography Vote(Chair(motion: string), Member[n >= 1], Clerk): bool@Chair {
  Chair.motion -> Member.motion
  Member.vote = decide(motion)
  Member.vote -> Chair.votes
  Chair.ayes = length(filter(votes, v => v))
  Chair.ayes -> Clerk.ayes
  if Chair.ayes * 2 > n -> Member { Member.done = true } else { Chair."sorry" -> Member[0].sorry }
  return Chair.ayes * 2 > n
}`,
  chain: `choreography Chain(Client(e: int), Node[n >= 1]) {
  Client.e -> Node[0].entry
  for k in 0 until n - 1 { Node[k].entry -> Node[k + 1].entry }
  Node[n - 1].entry -> Client.ack
}`,
  ring: `choreography Ring(Node[n >= 2](id: int)) {
  for k in Node { Node[k].id -> Node[(k + 1) % n].other }
}`,
  reduce: `choreography Reduce(Worker[n >= 2](x: int)): int@Worker {
  Worker[0].x -> Worker[1].sum: partial
  for k in 1 until n - 1 { Worker[k].sum + x -> Worker[k + 1].sum: partial }
  Worker[n - 1].total = sum + x
  for k in 0 until n - 1 { Worker[(k + n - 1) % n].total -> Worker[k].total: total }
  return Worker.total
}`,
  back: `choreography Back(Node[n >= 1](id: int)) {
  for k in 0 until n - 1 { Node[n - 1 - k].id -> Node[n - 2 - k].other }
}`,
  star: `choreography Star(Node[n >= 2](id: int)) {
  for k in 1 until n {
    Node[k].id -> Node[0].got[k]
    Node[0].k -> Node[k].back
  }
}`,
  shares: `choreography Shares(Peer[n >= 2](salt: int)) {
  for k in Peer {
    Peer[k].theirs[k] = salt
    Peer[k].salt -> others Peer.theirs[k]
  }
  Peer.all = total(theirs)
}`,
  mapReduce: `choreography MapReduce(Master(input: list<string>), Mapper[m], Reducer[r]) {
  for i in Mapper { Master.input[i] -> Mapper[i].chunk }
  Mapper.counts = count(chunk)
  for i in Mapper { for j in Reducer { Mapper[i].share(counts, j) -> Reducer[j].from[i] } }
  Reducer.total = merge(from)
  Reducer.total -> Master.totals
}`,
  rounds: `choreography Rounds(Leader, Node[n]) {
  rec Next {
    if Leader.more() -> Node {
      for i in Node { if Node[i].ready() -> Leader { Node[i].x -> Leader.y } else { } }
      continue Next
    }
  }
}`,
  relay: `choreography Relay(Leader, Node[n >= 2]) {
  for i in 0 until n - 1 {
    if Node[i].ready() -> Node[i + 1], Leader { Node[i + 1].x -> Leader.y } else { Leader.z -> Node[i].u }
  }
}`,
  toldOne: `choreography ToldOne(Client, Node[n >= 2]) {
  while Client.more() -> Node[0] { Client.next() -> Node[0].x }
  while Client.more() -> Node[1 until n] { Client.next() -> Node[1 until n].x }
  Client -> Node: over
}`,
  threads: `choreography Threads(A, Node[n >= 1], C) {
  for i in Node {
    par { A.1 -> Node[i].x: one Node[i].(x + 1) -> A.k[i]: back } and { C.2 -> Node[i].x: two Node[i].x -> C.l[i]: forth }
  }
  for i in 0 until n - 1 {
    par { Node[i].1 -> Node[i + 1].y: up } and { Node[i + 1].1 -> Node[i].z: down }
  }
  par { for i in Node { A.3 -> Node[i].v: three } } and { C.4 -> Node[0].w: four }
}`,
  rounds3: `choreography Rounds3(Node[n >= 2](value: int)): int@Node {
  Node.best = value
  for round in 0 until 3 {
    par i in Node { Node[i].best -> Node[(i + 1) % n].left: left }
    Node.best = if left > best then left else best
  }
  par i in 0 until n - 1 { Node[i].best -> Node[i + 1].last: last }
  return Node.best
}`,
  before: `choreography Before(Node[n >= 2](a: int)) {
  for i in Node { for j in 0 until i { Node[j].a -> Node[i].b[j] } }
}`,
  parts: `choreography Parts(Node[n >= 2](x: int), A) {
  Node[1 until n].x -> A.xs
  A.xs -> Node[0 until n - 1].ys
  if A.ok() -> Node { do Vote(A, Node[1 until n], Node[0]) } else { }
}
choreography Vote(Chair, Member[m], Clerk) {
  Chair.v() -> Member.w
  Member.w -> Clerk.ws
  Clerk.ws -> Chair.all
}`,
} as const;

describe('members that differ', () => {
  test('first, inner and last ones of a chain', () => {
    expect(roleText(texts.chain, 'Node')).toBe(`process Node[i] {
  when i == 0 {
    receive entry from Client
  } else {
    receive entry from Node[i - 1]
  }
  when i < n - 1 {
    send entry to Node[i + 1]
  } else {
    send entry to Client
  }
}
`);
  });

  test('in a ring, one begins', () => {
    expect(roleText(texts.ring, 'Node')).toBe(`process Node[i](id: int) {
  when i == 0 {
    send id to Node[1]
    receive other from Node[n - 1]
  } else {
    receive other from Node[i - 1]
    send id to Node[(i + 1) % n]
  }
}
`);
  });

  test('in a ring, the last one goes round, and so do loops of others', () => {
    expect(
      roleText(
        `choreography Round(Node[n >= 2], A) {
  for k in Node { Node[(k + 1) % n].f() -> Node[k].x }
  for k in Node { A.f() -> Node[(k + 1) % n].z }
}
`,
        'Node',
      ),
    ).toBe(`process Node[i] {
  when i > 0 {
    send f() to Node[i - 1]
    receive x from Node[(i + 1) % n]
  } else {
    receive x from Node[1]
    send f() to Node[n - 1]
  }
  receive z from A
}
`);
    expect(
      roleText(
        `choreography Round(Node[n >= 2], A) {
  for k in 0 until n - 1 { A.f() -> Node[(k + 1) % n].y }
  for k in Node { A.f() -> Node[(k + 1) % n].z }
}
`,
        'A',
      ),
    ).toBe(`process A {
  for k in 0 until n - 1 {
    send f() to Node[k + 1]
  }
  for k in Node {
    send f() to Node[(k + 1) % n]
  }
}
`);
  });

  test('in the order of the loop, also from behind', () => {
    expect(roleText(texts.back, 'Node')).toBe(`process Node[i](id: int) {
  when i < n - 1 {
    receive other from Node[i + 1]
  }
  when i > 0 {
    send id to Node[i - 1]
  }
}
`);
  });

  test('one has more to do in a branch', () => {
    expect(roleText(texts.vote, 'Member')).toBe(`process Member[i] {
  receive motion from Chair
  vote = decide(motion)
  send vote to Chair
  receive from Chair {
    yes {
      done = true
    }
    no {
      when i == 0 {
        receive sorry from Chair
      }
    }
  }
}
`);
  });

  test('each decides, and is told, in its turn', () => {
    expect(roleText(texts.relay, 'Node')).toBe(`process Node[j] {
  when j > 0 {
    receive from Node[j - 1] {
      yes {
        send x to Leader
      }
      no {}
    }
  }
  when j < n - 1 {
    if ready() {
      send to Node[j + 1]: yes
      send to Leader: yes
    } else {
      send to Node[j + 1]: no
      send to Leader: no
      receive u from Leader
    }
  }
}
`);
  });
});

describe('members that play alike', () => {
  test('have a text without their number', () => {
    expect(roleText(texts.mapReduce, 'Mapper')).toBe(`process Mapper[k] {
  receive chunk from Master
  counts = count(chunk)
  for j in Reducer {
    send share(counts, j) to Reducer[j]
  }
}
`);
    expect(roleText(texts.mapReduce, 'Reducer')).toBe(`process Reducer[k] {
  for i in Mapper {
    receive from[i] from Mapper[i]
  }
  total = merge(from)
  send total to Master
}
`);
  });

  test('go through each other', () => {
    expect(roleText(texts.shares, 'Peer')).toBe(`process Peer[i](salt: int) {
  for k in Peer {
    when i == k {
      theirs[k] = salt
      send salt to others Peer
    } else {
      receive theirs[k] from Peer[k]
    }
  }
  all = total(theirs)
}
`);
  });

  test('call with the part that they belong to', () => {
    expect(roleText(texts.parts, 'Node')).toContain('do Vote(A, Node[1 until n], Node[0])');
  });
});

describe('what depends on numbers is said as shortly as can be', () => {
  test('where one member is a case of what others do', () => {
    expect(roleText(texts.reduce, 'Worker')).toBe(`process Worker[i](x: int): int {
  when i == 0 {
    send x to Worker[1]: partial
  } else {
    receive sum from Worker[i - 1]: partial
  }
  when i >= 1 and i < n - 1 {
    send sum + x to Worker[i + 1]: partial
  }
  when i == n - 1 {
    total = sum + x
    send total to Worker[0]: total
  } else {
    receive total from Worker[(i + n - 1) % n]: total
    when i < n - 2 {
      send total to Worker[i + 1]: total
    }
  }
  return total
}
`);
  });
  test('where one thing after the other is asked', () => {
    const steps = `choreography Steps(A(x: int), Node[n >= 1]) {
  par k in Node {
    A.x -> Node[k].y: one
    A.x -> Node[(k + 1) % n].z: two
  }
}`;
    expect(roleText(steps, 'Node')).toBe(`process Node[i] {
  par k in Node {
    when i == k {
      receive y from A: one
    }
    when i == (k + 1) % n {
      receive z from A: two[k]
    }
  }
}
`);
    const ends = `choreography Ends(A(x: int), Node[n >= 3]) {
  A.x -> Node[0].y: one
  Node[0].y -> Node[n - 1].z: two
  Node[n - 1].u = z + 1
}`;
    expect(roleText(ends, 'Node')).toBe(`process Node[i] {
  when i == 0 {
    receive y from A: one
    send y to Node[n - 1]: two
  } else when i == n - 1 {
    receive z from Node[0]: two
    u = z + 1
  }
}
`);
  });
});

describe('single roles', () => {
  test('send to all, gather from all, and go through them', () => {
    expect(roleText(texts.vote, 'Chair')).toContain('  send motion to Member\n  receive votes from Member\n');
    expect(roleText(texts.mapReduce, 'Master')).toBe(`process Master(input: list<string>) {
  for i in Mapper {
    send input[i] to Mapper[i]
  }
  receive totals from Reducer
}
`);
  });
});

test('at the same time, members do what is theirs, and no branch is left of what is not', () => {
  expect(roleText(texts.threads, 'Node')).toBe(`process Node[j] {
  par {
    receive x from A: one
    send x + 1 to A: back
  } and {
    receive x from C: two
    send x to C: forth
  }
  when j > 0 {
    par {
      receive y from Node[j - 1]: up
    } and {
      send 1 to Node[j - 1]: down
    }
  }
  when j < n - 1 {
    par {
      send 1 to Node[j + 1]: up
    } and {
      receive z from Node[j + 1]: down
    }
  }
  par {
    receive v from A: three
  } and {
    when j == 0 {
      receive w from C: four
    }
  }
}
`);
});

test('rounds at the same time are threads of those who have a part in two of them', () => {
  expect(roleText(texts.rounds3, 'Node')).toBe(`process Node[j](value: int): int {
  best = value
  for round in 0 until 3 {
    par {
      send best to Node[(j + 1) % n]: left[j]
    } and {
      receive left from Node[(j + n - 1) % n]: left[(j + n - 1) % n]
    }
    best = if left > best then left else best
  }
  par {
    when j < n - 1 {
      send best to Node[j + 1]: last[j]
    }
  } and {
    when j > 0 {
      receive last from Node[j - 1]: last[j - 1]
    }
  }
  return best
}
`);
});

describe('at each size, the text does what the choreography at that size projects to', () => {
  for (const [name, text] of Object.entries(texts)) {
    test(name, () => {
      const whole = read(text);
      expect(whole.projected.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      for (let size = 0; size <= 5; size++) {
        const { own, unrolled } = atSize(whole, size);
        expect(own).toBe(unrolled);
      }
    });
  }
});
