// Networks that implement a choreography: what conforms, what does not, and what is taken from the projection.
import { describe, expect, it } from 'vitest';
import { checkNetwork } from '../../language/network/check.js';
import { check, limits, networkOf, outcome, read } from './helpers.js';

const greeting = 'choreography Greeting(Alice, Bob) {\n Alice."hello" -> Bob.greeting\n Bob."hi" -> Alice.reply\n}\n';
const shop = `choreography Shop(Buyer, Seller) {
  choice at Buyer { Buyer -> Seller: accept Seller.1 -> Buyer.parcel: ship } or { Buyer -> Seller: reject } or { Buyer -> Seller: wait Buyer.2 -> Seller.days: days }
}
`;
const codes = (text: string): string[] => check(text).findings.map((f) => f.code);

describe('implements', () => {
  it('takes the roles that are not written from the choreography', () => {
    expect(outcome(`${greeting} network N implements Greeting { process Bob { receive g from Alice send "hi" to Alice } }`)).toBe('proved');
    expect(outcome(`${greeting} network N implements Greeting { process Bob { receive g from Alice } }`)).toBe('refuted unmatched-receive');
    expect(outcome(`${greeting} network N implements Greeting { }`)).toBe('proved');
  });
  it('allows to send fewer choices and to receive more', () => {
    expect(codes(`${shop} network N implements Shop { process Buyer { send to Seller: reject } }`)).toEqual([]);
    expect(codes(`${shop} network N implements Shop { process Seller { receive from Buyer {
      accept { send 1 to Buyer: ship } reject { } wait { receive d from Buyer: days } other { } } } }`)).toEqual(['unreachable']);
  });
  it('tells a deadlock alone, and not that a process differs as well', () => {
    const { findings, verdict } = check(`${greeting} network Broken implements Greeting {
      process Alice { receive reply from Bob send "hello" to Bob }
      process Bob { receive greeting from Alice send "hi" to Alice } }`);
    expect(findings.map((f) => f.code)).toEqual(['deadlock']);
    expect(verdict.verdict).toBe('refuted');
  });
  it('calls what differs and works all the same reordered', () => {
    const { findings } = check(`${greeting} network N implements Greeting { process Bob { send "hi" to Alice receive g from Alice } }`);
    expect(findings.map((f) => [f.code, f.severity])).toEqual([['reordered-but-safe', 'information']]);
  });
  it('says after which run a process differs', () => {
    const { findings } = check(`${greeting} network N implements Greeting {
      process Alice { send "hello" to Bob send 1 to Bob receive reply from Bob }
      process Bob { receive g from Alice receive n from Alice send "hi" to Alice } }`);
    expect(findings.map((f) => f.message)).toEqual([
      'Alice does not do what `Greeting` says. After it sends "hello" to Bob, Alice sends 1 to Bob, where the choreography has it that Alice receives reply from Bob. Take the projection’s code, or change the choreography.',
      'Bob does not do what `Greeting` says. After it receives g from Alice, Bob receives n from Alice, where the choreography has it that Bob sends "hi" to Alice. Take the projection’s code, or change the choreography.',
    ]);
  });
  it('does not mind what is computed in between, nor how a loop is written', () => {
    const loop = 'extern more(): bool\nchoreography Loop(A, B) { rec X { if A.more() -> B { A.1 -> B.x continue X } } }\n';
    expect(codes(`${loop} network N implements Loop { process A { while more() { send to B: yes y = 1 send y to B } send to B: no } }`)).toEqual([]);
    expect(codes(`${loop} network N implements Loop { process A { while more() { send to B: yes send 1 to B send to B: yes send 2 to B } send to B: no } }`)).toEqual([]);
  });
  it('says nothing against a choreography that does not read', () => {
    const broken = 'choreography Greeting(Alice, Bob) {\n Alice."hello" -> \n}\n';
    const { file, scope } = read(`${broken} network N implements Greeting { process Alice { send "hello" to Bob receive x from Bob } }`, true);
    const { verdict, findings } = checkNetwork(networkOf(file), scope, limits);
    expect([verdict.verdict, findings]).toEqual(['bounded', []]);
  });
  it('follows calls', () => {
    const twice = 'choreography Ping(P, Q) { P.1 -> Q.x Q.2 -> P.y }\nchoreography Twice(A, B) { do Ping(A, B) do Ping(B, A) }\n';
    expect(codes(`${twice} network N implements Twice { process A { do Ping(A, B) do Ping(B, A) } process B { do Ping(A, B) do Ping(B, A) } }`)).toEqual([]);
    expect(codes(`${twice} network N implements Twice { process A { send 1 to B receive y from B receive x from B send 2 to B } }`)).toEqual([]);
    // Both send first then, which is fine over queues.
    expect(codes(`${twice} network N implements Twice { process A { do Ping(A, B) do Ping(A, B) } }`)).toEqual(['reordered-but-safe']);
    expect(outcome(`${twice} network N implements Twice { process A { do Ping(B, A) do Ping(A, B) } }`)).toBe('refuted deadlock');
  });
});
