import { test } from 'vitest';
import { lowerFile } from '../../language/lowering/source.js';
import { printProcess } from '../../language/projection/print.js';
import { projectText, uri } from '../projection/helpers.js';

const texts = [`
choreography Vote(Chair(motion: string), Member[n], Clerk): bool@Chair {
  Chair.motion -> Member.motion
  Member.vote = decide(motion)
  Member.vote -> Chair.votes
  Chair.ayes = length(filter(votes, v => v))
  Chair.ayes -> Clerk.ayes
  if Chair.ayes * 2 > n -> Member { Member.x = 1 } else { Chair.sorry -> Member[0].s }
  return Chair.ayes * 2 > n
}`, `
choreography Chain(Client(e: int), Node[n >= 1]) {
  Client.e -> Node[0].entry
  for k in 0 until n - 1 { Node[k].entry -> Node[k + 1].entry }
  Node[n - 1].entry -> Client.ack
}`, `
choreography Ring(Node[n >= 2]) {
  for k in Node { Node[k].id -> Node[(k + 1) % n].other }
}`, `
choreography Shares(Peer[n >= 2](salt: int)) {
  for k in Peer { 
    Peer[k].theirs[k] = salt
    Peer[k].salt -> others Peer.theirs[k]
  }
  Peer.all = sum(theirs)
}`, `
choreography MapReduce(Master(input: list<string>), Mapper[m], Reducer[r]) {
  for i in Mapper { Master.input[i] -> Mapper[i].chunk }
  Mapper.counts = count(chunk)
  for i in Mapper { for j in Reducer { Mapper[i].share(counts, j) -> Reducer[j].from[i] } }
  Reducer.total = merge(from)
  Reducer.total -> Master.totals
}`, `
choreography Rounds(Leader, Node[n]) {
  rec Next {
    if Leader.more() -> Node { 
      for i in Node { if Node[i].ready() -> Leader { Node[i].x -> Leader.y } else { } }
      continue Next
    }
  }
}`];
test('try', () => {
  for (const text of texts) {
    const file = lowerFile(uri, text);
    for (const e of file.syntaxErrors) console.log('SYNTAX', e.message, text.slice(e.origin.start, e.origin.end));
    for (const p of projectText(text)) {
      for (const f of p.findings) console.log('FINDING', f.code, JSON.stringify(f.args).slice(0, 300));
      console.log(p.network.processes.map((q) => printProcess(q).text).join(''));
    }
  }
});
