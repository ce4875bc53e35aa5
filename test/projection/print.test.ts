// The text of projections, and the way back from it to the source.
import { describe, expect, it } from 'vitest';
import { projectionFile } from '../../language/projection/file.js';
import { relativePath } from '../../language/scoping/paths.js';
import { printProcess } from '../../language/projection/print.js';
import { Workspace } from '../../language/workspace.js';
import { projectText } from './helpers.js';
import { inWords } from '../in-words.js';

describe('the map of a printed process', () => {
  const source = 'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting: hi\n}\n';
  const printed = projectText(source)[0]?.network.processes.map(printProcess) ?? [];
  const links = (index: number): string[] =>
    printed[index]?.map.map(
      ({ local, source: from }) =>
        `${printed[index]?.text.slice(local.start, local.end) ?? ''} <- ${source.slice(from.start, from.end)}`,
    ) ?? [];
  it('leads from each end of a communication to the whole of it', () => {
    expect(links(0)).toContain('send "hello" to Bob: hi <- Alice."hello" -> Bob.greeting: hi');
    expect(links(1)).toContain('receive greeting from Alice: hi <- Alice."hello" -> Bob.greeting: hi');
  });
  it('leads from the parts to the parts', () => {
    expect(links(0)).toContain('"hello" <- "hello"');
    expect(links(1)).toContain('greeting <- greeting');
    expect(links(1)).toContain('Alice <- Alice');
    expect(links(1)).toContain('hi <- hi');
  });
  it('has outer ranges before inner ones', () => {
    const map = printed[1]?.map ?? [];
    map.forEach(({ local }, i) =>
      map.slice(i + 1).forEach((later) => {
        expect(later.local.start < local.start && later.local.end > local.end).toBe(false);
      }),
    );
  });
  it('tells where the holes are', () => {
    const [, q] =
      projectText('choreography C(P(n: int), Q) { if P.n > 0 { Q -> P: x } }')[0]?.network.processes.map(
        printProcess,
      ) ?? [];
    const [hole] = q?.holes ?? [];
    expect(hole?.code).toBe('knowledge-of-choice');
    expect(q?.text.slice(hole?.local.start, hole?.local.end)).toMatch(/^\/\/ ✗ Q can’t tell/);
  });
});

describe('a projection file', () => {
  const files: Record<string, string> = {
    'file:///w/types.chor': 'record Order { title: string, copies: int }\nextern type Money\n',
    'file:///w/lib/quote.chor':
      'import { Order } from "../types.chor"\nfunction price(o: Order): int = o.copies\nchoreography Quote(Asker(o: Order), Giver): int@Asker {\n  Asker.o -> Giver.o\n  Giver.price(o) -> Asker.p\n  return Asker.p\n}\n',
    'file:///w/main.chor':
      'import { Order } from "./types.chor"\nimport { Quote } from "./lib/quote.chor"\nenum Verdict { accept, reject }\nfunction judge(p: int): Verdict = if p > 3 then reject else accept\nchoreography Shop(Buyer, Seller) {\n  Buyer.p = do Quote(Buyer(Order(title: "t", copies: 2)), Seller)\n  match Buyer.judge(p) {\n    case accept {\n      Buyer.accept -> Seller.v: yes\n    }\n    else {\n      Buyer -> Seller: no\n    }\n  }\n}\n',
  };
  const workspace = new Workspace({ read: (uri) => files[uri] });
  const errors = (uri: string): string[] =>
    workspace
      .analyze(uri)
      ?.findings.filter((f) => f.severity === 'error')
      .map((f) => inWords(f, workspace).message) ?? [];

  it('imports what it uses, from where that is, and has the networks that it calls', () => {
    expect(errors('file:///w/main.chor')).toEqual([]);
    const text = projectionFile(workspace, 'file:///w/main.chor', 'Shop')?.text ?? '';
    expect(text.split('\n\n')[0]).toBe(
      'import { Shop, Verdict, judge } from "./main.chor"\nimport { Quote, price } from "./lib/quote.chor"\nimport { Order } from "./types.chor"',
    );
    expect(text).toContain(
      'network Shop_Network implements Shop {\n  process Buyer {\n    p = do Quote_Network(Buyer(Order(title: "t", copies: 2)), Seller)\n',
    );
    expect(text).toContain('network Quote_Network implements Quote {\n  process Asker(o: Order): int {');
    workspace.set('file:///w/all.chor', text);
    expect(errors('file:///w/all.chor')).toEqual([]);
  });
  it('of one role implements the choreography, and so does what it calls', () => {
    const text = projectionFile(workspace, 'file:///w/main.chor', 'Shop', { role: 'Seller' })?.text ?? '';
    expect(text).toContain(
      'network Shop_Seller implements Shop {\n  process Seller {\n    do Quote_Giver(Buyer, Seller)\n',
    );
    expect(text).toContain('network Quote_Giver implements Quote {\n  process Giver {');
    workspace.set('file:///w/seller.chor', text);
    expect(errors('file:///w/seller.chor')).toEqual([]);
  });
  it('gives no network the name of something that it imports', () => {
    const own = new Workspace();
    own.set('file:///w/main.chor', 'choreography C_A(A, B) { A -> B: l }\nchoreography C(A, B) { do C_A(A, B) }\n');
    const text = projectionFile(own, 'file:///w/main.chor', 'C', { role: 'A' })?.text ?? '';
    expect(text).toContain('network C_A2 implements C {\n  process A {\n    do C_A_A(A, B)\n');
    own.set('file:///w/a.chor', text);
    expect(own.analyze('file:///w/a.chor')?.findings).toEqual([]);
  });
  it('maps into the file that each part comes from', () => {
    const file = projectionFile(workspace, 'file:///w/main.chor', 'Shop');
    const link = file?.map.find(({ local }) => file.text.slice(local.start, local.end) === 'send price(o) to Asker');
    expect(link?.uri).toBe('file:///w/lib/quote.chor');
    expect(files['file:///w/lib/quote.chor']?.slice(link?.source.start, link?.source.end)).toBe(
      'Giver.price(o) -> Asker.p',
    );
  });
  it('is not there for what is not there', () => {
    expect(projectionFile(workspace, 'file:///w/main.chor', 'Nothing')).toBeUndefined();
    expect(projectionFile(workspace, 'file:///w/main.chor', 'Shop', { role: 'Nobody' })).toBeUndefined();
  });
});

describe('relative paths', () => {
  it('go up and down', () => {
    expect(relativePath('file:///a/b/c.chor', 'file:///a/b/d.chor')).toBe('./d.chor');
    expect(relativePath('file:///a/b/c.chor', 'file:///a/d.chor')).toBe('../d.chor');
    expect(relativePath('file:///a/c.chor', 'file:///a/x/y/d.chor')).toBe('./x/y/d.chor');
    expect(relativePath('file:///a/c.chor', 'http://h/d.chor')).toBeUndefined();
  });
});
