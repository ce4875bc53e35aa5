import { test } from 'vitest';
import { diagnosticsIn } from '../../language/rules/render.js';
import { workspaceOf, uri } from '../typing/helpers.js';
import { projectText } from '../projection/helpers.js';
import { printNetwork } from '../../language/projection/print.js';

const defs = `
extern decide(motion: string): bool
extern share(counts: int, to: int): int
extern ready(): bool
extern more(): bool
extern counted(chunk: string): int
`;
const texts: Record<string, string> = {
vote: `choreography Vote(Chair(motion: string), Member[n], Clerk): bool@Chair {
  Chair.motion -> Member.motion
  Member.vote = decide(motion)
  Member.vote -> Chair.votes
  Chair.ayes = length(filter(votes, v => v))
  Chair.ayes -> Clerk.ayes
  if Chair.ayes * 2 > n -> Member { Member.x = 1 } else { Chair."sorry" -> Member[0].s }
  return Chair.ayes * 2 > n
}`,
vote1: `choreography Vote(Chair(motion: string), Member[n >= 1]) {
  Chair.motion -> Member.motion
  Member.vote = decide(motion)
  Member.vote -> Chair.votes
  if Chair.length(filter(votes, v => v)) * 2 > n -> Member { Member.x = 1 } else { Chair."sorry" -> Member[0].s }
}`,
chain: `choreography Chain(Client(e: int), Node[n >= 1]) {
  Client.e -> Node[0].entry
  for k in 0 until n - 1 { Node[k].entry -> Node[k + 1].entry }
  Node[n - 1].entry -> Client.ack
}`,
chainBad: `choreography Chain(Client(e: int), Node[n >= 1]) {
  Client.e -> Node[0].entry
  for k in 1 until n - 1 { Node[k].entry -> Node[k + 1].entry }
  Node[n - 1].entry -> Client.ack
}`,
ring: `choreography Ring(Node[n](id: int)) {
  for k in Node { Node[k].id -> Node[(k + 1) % n].other }
  Node.sum = id + other
}`,
ring2: `choreography Ring(Node[n >= 2](id: int)) {
  for k in Node { Node[k].id -> Node[(k + 1) % n].other }
  Node.sum = id + other
}`,
shares: `choreography Shares(Peer[n](salt: int)) {
  for k in Peer { 
    Peer[k].theirs[k] = salt
    Peer[k].salt -> others Peer.theirs[k]
  }
  Peer.all = fold(theirs, 0, (a, b) => a + b)
}`,
sharesBad: `choreography Shares(Peer[n](salt: int)) {
  for k in Peer { 
    Peer[k].salt -> others Peer.theirs[k]
  }
  Peer.all = fold(theirs, 0, (a, b) => a + b)
}`,
mapreduce: `choreography MapReduce(Master(input: list<string>), Mapper[m], Reducer[r]) {
  for i in Mapper { Master.input[i] -> Mapper[i].chunk }
  Mapper.counts = counted(chunk)
  for i in Mapper { for j in Reducer { Mapper[i].share(counts, j) -> Reducer[j].from[i] } }
  Reducer.total = fold(from, 0, (a, b) => a + b)
  Reducer.total -> Master.totals
}`,
wrong: `choreography Wrong(A(x: int), Node[n](v: int), M[k]): int@Node {
  Node.v -> M.w
  Node[x].v -> A.y
  A[0].x -> Node[n].z
  A.x -> Node[i].z
  if Node.v > 1 -> A { }
  for i in A { }
  for x in Node { }
  Node.v -> Node.w
  Node[0].v -> Node.w
  for i in Node { for j in Node { Node[i].v -> Node[j].u } }
}`,
gathers: `choreography G(A, Node[n](v: int)) {
  Node.v -> A.vs
  A.vs -> Node.vs
  Node[0].q = 1
  Node.p = q
  do G(A, Node(3))
  do G(A, Node[1 until n](3))
  do G(Node[0], Node(3))
}`,
};
test('try', () => {
  for (const [name, text] of Object.entries(texts)) {
    const whole = defs + text;
    console.log(`---- ${name}`);
    for (const d of diagnosticsIn(workspaceOf(whole), uri)) console.log(`${d.severity} ${d.code} «${whole.slice(d.origin.start, d.origin.end)}» ${d.message}`);
    if (name.startsWith('wrong')) continue;
    const { network } = projectText(whole).at(-1)!;
    const printed = `${printNetwork(network, 'P').text}\n${printNetwork(network, 'Q', network.name.text).text}`;
    const both = whole + '\n' + printed;
    for (const d of diagnosticsIn(workspaceOf(both), uri)) if (d.origin.start >= whole.length) console.log(`PROJECTED ${d.severity} ${d.code} «${both.slice(d.origin.start, d.origin.end)}» ${d.message}`);
  }
});
