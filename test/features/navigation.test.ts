// Definitions, references, highlights, renaming, calls, over several files.
import { describe, expect, test } from 'vitest';
import { callItem, incomingCalls, outgoingCalls } from '../../language/features/calls.js';
import { importEdits, links } from '../../language/features/links.js';
import {
  definition,
  highlights,
  implementations,
  references,
  typeDefinition,
} from '../../language/features/navigation.js';
import { prepareRename, rename } from '../../language/features/rename.js';
import { marked } from './marked.js';
import type { Marked } from './marked.js';
import { at, bookseller } from './texts.js';
import { applyEdits } from '../../language/edits/fix.js';

const shop = {
  'shop.chor':
    'record Order { title: string }\nchoreography Quote(Asker(o: Order), Teller): int@Asker {\n  Asker.o.title -> Teller.t\n  Teller.length(t) -> Asker.n\n  return Asker.n\n}\n',
};
const user =
  'import { Quote, Order } from "./shop.chor"\nchoreography Use(A, B) {\n  A.o = Order(title: "x")\n  A.n = do Quote(A(o), B)\n}\n';

function spelled(
  { workspace }: Marked,
  places: readonly { uri: string; origin: { start: number; end: number } }[],
): string[] {
  return places.map(
    ({ uri, origin }) =>
      `${uri.slice(uri.lastIndexOf('/') + 1)}:${(workspace.text(uri) ?? '').slice(0, origin.start).split('\n').length}:${(workspace.text(uri) ?? '').slice(origin.start, origin.end)}`,
  );
}

describe('the type of a name', () => {
  const types =
    'record Order { title: Title, lines: list<option<Line>> }\nrecord Line { of: int }\ntype Title = string\ntype Lines = list<Line>\ntype Mine = Order\nenum Answer { yes, no(why: Title) }\nextern type Money\n';
  const rest = `function first(o: Order) = o.lines[0]
function second(o: Order): Line = Line(of: 1)
extern price(t: Title): Money
choreography Deal(Buyer(title: Title, mine: Mine), Seller): Title@Buyer {
  Buyer.mine -> Seller.order
  Seller.order.lines -> Buyer.lines
  Buyer.[title] -> Seller.titles
  Seller.price(order.title) -> Buyer.money
  Buyer.length(lines) -> Seller.count
  Seller.no("x") -> Buyer.answer
  Seller.[Line(of: 2)] -> Buyer.written
  return Buyer.title
}
choreography Two(A, B) {
  A.title = do Deal(A("t", Order(title: "t", lines: [])), B)
}
network N { process P(lines: Lines) { send lines to Q: some } process Q { receive got from P: some } }
`;
  const found = (source: string): string | undefined => {
    const m = marked(source);
    const place = typeDefinition(m.workspace, m.uri, m.offset);
    return place && spelled(m, [place])[0]?.split(':').at(-1);
  };
  test.each([
    ['Buyer.mi<|>ne ->', 'Mine'],
    ['-> Seller.ord<|>er\n', 'Mine'],
    ['Buyer.li<|>nes\n', 'Line'],
    ['Seller.titl<|>es', 'Title'],
    ['Buyer.mon<|>ey', 'Money'],
    ['Seller.cou<|>nt', undefined],
    ['Buyer.ans<|>wer', 'Answer'],
    ['Buyer.writ<|>ten', 'Line'],
    ['(ti<|>tle: Title, mine', 'Title'],
    ['Deal(Bu<|>yer(', undefined],
    ['choreography De<|>al(', 'Title'],
    ['do De<|>al(', 'Title'],
    ['Seller.pri<|>ce(', 'Money'],
    ['Seller.n<|>o("x")', 'Answer'],
    ['order.ti<|>tle)', 'Title'],
    ['function fir<|>st', 'Line'],
    ['function sec<|>ond', 'Line'],
    ['first(o<|>: Order)', 'Order'],
    ['P(li<|>nes', 'Lines'],
    ['receive go<|>t', 'Lines'],
    ['send li<|>nes', 'Lines'],
  ])('%s', (place, declared) => {
    const plain = place.replace('<|>', '');
    expect(rest.split(plain).length).toBeGreaterThan(1);
    expect(found(types + rest.replace(plain, place))).toBe(declared);
  });
  test.each([
    ['record Or<|>der', 'Order'],
    ['type Ti<|>tle', 'Title'],
    ['extern type Mo<|>ney', 'Money'],
    ['{ ti<|>tle: Title', 'Title'],
    ['li<|>nes: list', 'Line'],
    ['{ o<|>f: int', undefined],
    ['enum An<|>swer', 'Answer'],
    ['n<|>o(why', 'Answer'],
    ['w<|>hy: Title', 'Title'],
  ])('%s', (place, declared) => {
    expect(found(types.replace(place.replace('<|>', ''), place) + rest)).toBe(declared);
  });
});

describe('definition and references', () => {
  test('lead to where a name is introduced, across files', () => {
    const m = marked(at(user, 'Quote(A'), shop);
    const place = definition(m.workspace, m.uri, m.offset);
    expect(place && spelled(m, [place])).toEqual(['shop.chor:2:Quote']);
  });
  test('from an import’s path lead to the file', () => {
    const m = marked(at(user, './shop'), shop);
    expect(definition(m.workspace, m.uri, m.offset)).toEqual({
      uri: 'file:///test/shop.chor',
      origin: { start: 0, end: 0 },
    });
  });
  test('list every use in every file', () => {
    const m = marked(at(user, 'Order }'), shop);
    expect(spelled(m, references(m.workspace, m.uri, m.offset, true)).sort()).toEqual([
      'main.chor:1:Order',
      'main.chor:3:Order',
      'shop.chor:1:Order',
      'shop.chor:2:Order',
    ]);
  });
  test('two roles’ variables of one name are two variables', () => {
    const m = marked('choreography C(A, B) {\n  A.x = 1\n  A.<|>x -> B.x\n  B.x -> A.y\n}\n');
    expect(highlights(m.workspace, m.uri, m.offset).map((o) => o.role)).toEqual(['definition', 'read']);
  });
  test('find the networks that implement a choreography', () => {
    const m = marked(
      `${at(bookseller, 'Bookseller(')}network Shop implements Bookseller {\n  process Seller {\n  }\n}\n`,
    );
    expect(spelled(m, implementations(m.workspace, m.uri, m.offset))).toEqual(['main.chor:21:Shop']);
  });
  test('know who calls whom', () => {
    const m = marked(at(user, 'Quote(A'), shop);
    const item = callItem(m.workspace, m.uri, m.offset);
    expect(item?.name).toBe('Quote');
    expect(item && incomingCalls(m.workspace, item).map((c) => c.item.name)).toEqual(['Use']);
    const caller = callItem(m.workspace, m.uri, m.text.indexOf('Use'));
    expect(caller && outgoingCalls(m.workspace, caller).map((c) => c.item.name)).toContain('Quote');
  });
});

describe('renaming', () => {
  const renamed = (m: Marked, name: string): Record<string, string> | string => {
    const answer = rename(m.workspace, m.uri, m.offset, name);
    if ('refused' in answer) return answer.refused;
    const uris = [...new Set(answer.edits.map((e) => e.uri))];
    return Object.fromEntries(
      uris.map((uri) => [
        uri.slice(uri.lastIndexOf('/') + 1),
        applyEdits(
          m.workspace.text(uri) ?? '',
          answer.edits.filter((e) => e.uri === uri),
        ),
      ]),
    );
  };
  test('goes through all files', () => {
    const result = renamed(marked(at(user, 'Quote(A'), shop), 'Ask');
    expect(result).toEqual({
      'main.chor': user.replaceAll('Quote', 'Ask'),
      'shop.chor': shop['shop.chor'].replaceAll('Quote', 'Ask'),
    });
  });
  test('a role, its process in an implementation, and nothing else of that name', () => {
    const text =
      'choreography C(A, B) {\n  A."A" -> B.A\n}\nnetwork N implements C {\n  process A {\n    send "A" to B\n  }\n}\n';
    expect(renamed(marked(at(text, 'A, B)')), 'Zoe')).toEqual({
      'main.chor':
        'choreography C(Zoe, B) {\n  Zoe."A" -> B.A\n}\nnetwork N implements C {\n  process Zoe {\n    send "A" to B\n  }\n}\n',
    });
  });
  test('writes a reserved word with its escape', () => {
    expect(renamed(marked('choreography C(A, B) {\n  A.1 -> B.<|>x\n  B.x -> A.y\n}\n'), 'case')).toEqual({
      'main.chor': 'choreography C(A, B) {\n  A.1 -> B.^case\n  B.^case -> A.y\n}\n',
    });
  });
  test('is refused where a use may stand in text that can’t be read', () => {
    expect(renamed(marked('choreography C(A, B) {\n  A.1 -> B.<|>x\n  B.x -> -> A.y\n}\n'), 'z')).toMatch(
      /^Line 3 of main\.chor has `x` where the text can’t be read/,
    );
  });
  test('refuses built-ins, texts that are no names, and clashes', () => {
    const source = 'choreography C(A, B) {\n  A.length("x") -> B.x\n  B.y = x + 1\n}\n';
    const builtin = marked(at(source, 'length'));
    expect(prepareRename(builtin.workspace, builtin.uri, builtin.offset)).toEqual({
      refused: '`length` is part of the language; it can’t be renamed.',
    });
    expect(renamed(marked(at(source, 'x\n')), '1x')).toMatch(/can’t be a name/);
    expect(renamed(marked(at(source, 'x\n')), 'y')).toMatch(/already means something else/);
    expect(renamed(marked(at(source, 'A.length')), 'B')).toMatch(/already means something else/);
  });
});

describe('imports', () => {
  test('are links', () => {
    const m = marked(`${user}<|>`, shop);
    expect(links(m.workspace, m.uri).map((l) => [m.text.slice(l.range.start, l.range.end), l.uri])).toEqual([
      ['./shop.chor', 'file:///test/shop.chor'],
    ]);
  });
  test('follow files and folders that are renamed', () => {
    const m = marked(`${user}<|>`, shop);
    const moved = importEdits(m.workspace, [{ from: 'file:///test/shop.chor', to: 'file:///test/lib/store.chor' }]);
    expect(applyEdits(m.text, moved)).toContain('from "./lib/store.chor"');
    const folder = importEdits(m.workspace, [{ from: 'file:///test', to: 'file:///other' }]);
    expect(folder).toEqual([]);
    const own = importEdits(m.workspace, [{ from: m.uri, to: 'file:///test/sub/main.chor' }]);
    expect(applyEdits(m.text, own)).toContain('from "../shop.chor"');
  });
});
