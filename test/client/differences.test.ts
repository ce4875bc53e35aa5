// Processes beside what their design wants of them: which lines differ.
import { describe, expect, test } from 'vitest';
import { differencesOf } from '../../client/view/differences.js';
import { designOf, processViews } from '../../language/features/projections.js';
import { Workspace } from '../../language/workspace.js';

const design = `choreography Ask(Buyer(n: int), Seller) {
  Buyer.n -> Seller.wanted: order
  if Seller.wanted > 2 {
    Seller.1 -> Buyer.price: offer
    Buyer -> Seller: thanks
  } else {
    Seller -> Buyer: sorry
  }
}
`;

/** The lines of the process that differ, and those of the design. */
function between(process: string, role = 'Buyer'): { written: string[]; wanted: string[] } {
  const workspace = new Workspace();
  workspace.set('file:///a.chor', `${design}network Net implements Ask {\n${process}\n}\n`);
  const network = workspace.analyze('file:///a.chor')?.file.declarations.find((d) => d.kind === 'network');
  const wanted = designOf(workspace, 'file:///a.chor', 'Ask')?.roles.find((each) => each.role === role);
  const written = network?.kind === 'network' ? processViews(network).find((each) => each.role === role) : undefined;
  if (!wanted || !written) throw new Error('nothing to compare');
  const place = { line: 0, character: 0 };
  const plain = (view: typeof wanted) => ({
    role: view.role,
    text: view.text,
    map: [],
    holes: view.holes.map(({ code, message }) => ({ code, message, local: { start: place, end: place } })),
  });
  const found = differencesOf(plain(written), plain(wanted));
  const texts = (text: string, lines: ReadonlySet<number>): string[] =>
    [...lines].map((line) => text.split('\n')[line]?.trim() ?? '');
  return { written: texts(written.text, found.written), wanted: texts(wanted.text, found.wanted) };
}

const good =
  'process Buyer(count: int) {\n  send count to Seller: order\n  receive from Seller {\n    offer(p) { print(p) send to Seller: thanks }\n    sorry {}\n  }\n}';

describe('a process that', () => {
  test('does what is wanted, with other names and steps of its own, differs nowhere', () =>
    expect(between(good)).toEqual({ written: [], wanted: [] }));

  test('says another label, or leaves something out, differs there on both sides', () => {
    expect(between(good.replace('order', 'odrer'))).toEqual({
      written: ['send count to Seller: odrer'],
      wanted: ['send n to Seller: order'],
    });
    expect(between(good.replace(' send to Seller: thanks', ''))).toEqual({
      written: [],
      wanted: ['send to Seller: thanks'],
    });
    expect(between(good.replace('sorry {}', ''))).toEqual({ written: [], wanted: ['sorry {}'] });
    expect(
      between(good.replace('send count to Seller: order', 'send count to Seller: order send to Seller: more')),
    ).toEqual({ written: ['send to Seller: more'], wanted: [] });
    expect(between(good.replace('send count to', 'send to'))).toEqual({
      written: ['send to Seller: order'],
      wanted: ['send n to Seller: order'],
    });
  });

  test('decides where it is to, by whatever it goes', () => {
    const seller =
      'process Seller {\n  receive x from Buyer: order\n  if x > 100 { send 2 to Buyer: offer receive from Buyer: thanks } else { send to Buyer: sorry }\n}';
    expect(between(seller, 'Seller')).toEqual({ written: [], wanted: [] });
    expect(between(seller.replace('receive from Buyer: thanks', ''), 'Seller')).toEqual({
      written: [],
      wanted: ['receive from Buyer: thanks'],
    });
  });
});
