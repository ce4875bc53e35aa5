import { test } from 'vitest';
import { lowerFile } from '../../language/lowering/source.js';
import { scopeOf } from '../../language/scoping/scope.js';
import { declaredAt, sizedScope } from '../../language/families/sized.js';
import { project } from '../../language/projection/project.js';
import { printNetwork } from '../../language/projection/print.js';
import type { Choreography } from '../../language/ir/choreography.js';
import { diagnosticsIn } from '../../language/rules/render.js';
import { workspaceOf } from '../typing/helpers.js';

const uri = 'file:///t/main.chor';
const texts = [`
choreography Vote(Chair(motion: string), Member[n >= 1], Clerk): bool@Chair {
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
choreography Back(Node[n >= 1]) {
  for k in 0 until n - 1 { Node[n - 1 - k].id -> Node[n - 2 - k].other }
}`, `
choreography Cross(Node[n >= 2]) {
  for k in 1 until n { Node[k].id -> Node[0].got[k] 
   Node[0].k -> Node[k].back }
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
}`, `
choreography Two(Leader, Node[n >= 2]) {
  for i in 0 until n - 1 { if Node[i].ready() -> Node[i + 1], Leader { Node[i + 1].x -> Leader.y } else { Leader.z -> Node[i].u } }
}`, `
choreography Nest(Node[n >= 2]) {
  for i in Node { for j in 0 until i { Node[j].a -> Node[i].b[j] } }
}`, `
choreography Half(Node[n >= 2], A) {
  Node[1 until n].x -> A.xs
  A.xs -> Node[0 until n - 1].ys
  if A.ok -> Node { do Vote(A, Node[1 until n], Node[0]) } else { }
}
choreography Vote(Chair, Member[m], Clerk) {
  Chair.v -> Member.w
  Member.w -> Clerk.ws
  Clerk.ws -> Chair.all
}`];
test('try', () => {
  for (const text of texts) {
    const file = lowerFile(uri, text);
    const scope = sizedScope(scopeOf(file, { file: (other) => (other === uri ? file : undefined) }));
    for (const e of file.syntaxErrors) console.log('SYNTAX', e.message, text.slice(e.origin.start, e.origin.end));
    for (const c of file.declarations.filter((d): d is Choreography => d.kind === 'choreography')) {
      const whole = project(c, scope);
      for (const f of whole.findings) console.log('FINDING', c.name.text, f.code, JSON.stringify(f.args).slice(0, 300));
      for (let n = 1; n < 5; n++) {
        if (c.roles.some((r) => r.family && r.family.least > n)) continue;
        const sizes = new Map(c.roles.flatMap((r) => (r.family ? [[r.name.text, n] as const] : [])));
        const own = printNetwork(declaredAt(whole.network, sizes, scope), 'X').text;
        const unrolled = project(declaredAt(c, sizes, scope), scope);
        const other = printNetwork(unrolled.network, 'X').text;
        if (own !== other) { console.log('DIFFERENT', c.name.text, n, '\n', printNetwork(whole.network, 'X').text, own, other); break; }
      }
    }
    console.log(printNetwork(project(file.declarations.find((d): d is Choreography => d.kind === 'choreography')!, scope).network, 'X').text);
  }
  const net = `
network Chain(Node[n >= 1]) {
  process Client { send 1 to Node[0] receive x from Node[n - 1] }
  process Node[i] {
    when i == 0 { receive e from Client } else { receive e from Node[i - 1] }
    when i < n - 1 { send e to Node[i + 1] } else { send e to Client }
  }
}
network Bad(Node[n >= 1]) {
  process Node[i] {
    receive e from Node[(i + n - 1) % n]
    send 1 to Node[(i + 1) % n]
  }
}
`;
  for (const d of diagnosticsIn(workspaceOf(net), uri)) console.log(d.severity, d.code, d.message);
  console.log(JSON.stringify(workspaceOf(net).analyze(uri)!.verdicts.map((v) => [v.name, v.verdict, v.sizes, v.run.map((s) => s.text)])));
});
