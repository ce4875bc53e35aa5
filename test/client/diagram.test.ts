// Diagrams in the view, without a page: what is at the cursor, what is found.
import { describe, expect, test } from 'vitest';
import { placedGraph, placedSequence } from '../../language/diagram/places.js';
import type { Place } from '../../language/diagram/sequence.js';
import { flat, shownOf } from '../../language/diagram/shown.js';
import { lineIndex } from '../../language/text/lines.js';
import { foundInSequence, litInSequence, litInStates } from '../../client/view/diagram-sync.js';
import type { Location, Position } from '../../protocol/places.js';
import { sequenceIn, statesDrawn, uri } from '../diagram/helpers.js';

const text = `choreography Shop(Buyer(n: int), Seller) {
  Buyer.n -> Seller.wanted: order
  if Buyer.n > 2 -> Seller {
    Buyer -> Seller: accept
    do Ship(Seller, Buyer)
  } else {
    Buyer.n = 1
  }
}
choreography Ship(From, To) {
  From -> To: parcel
}
`;
const line = lineIndex(text);
const at = (offset: number): Position => ({
  line: line(offset),
  character: offset - text.lastIndexOf('\n', offset - 1) - 1,
});
const location = ({ uri: file, origin: { start, end } }: Place): Location => ({
  uri: file,
  range: { start: at(start), end: at(end) },
});
const diagram = placedSequence(sequenceIn(text), location);
const states = placedGraph(statesDrawn(text), location);
const drawn = (turned: readonly string[] = []) => {
  const drawing = shownOf(diagram, { turned: new Set(turned) });
  if (!drawing) throw new Error('nothing is drawn');
  return drawing;
};
const cursor = (wanted: string, within = 0): Position => at(text.indexOf(wanted) + within);
const texts = (ids: Iterable<string>, turned: readonly string[] = []): string[] =>
  [...ids].map((id) => {
    const item = flat(drawn(turned).items).find((each) => each.id === id);
    return item?.kind === 'frame' ? `${item.form} ${item.title}` : (item?.text ?? '?');
  });

describe('at the cursor', () => {
  const lit = (wanted: string, turned: readonly string[] = []) =>
    texts(litInSequence(drawn(turned).items, uri, cursor(wanted, 1)), turned);

  test('is the message, step or call of the line', () => {
    expect(lit('Buyer.n -> Seller.wanted')).toEqual(['order(n)']);
    expect(lit('  Buyer.n -> Seller.wanted')).toEqual(['order(n)']);
    expect(lit('Buyer.n = 1')).toEqual(['n = 1']);
    expect(lit('do Ship(')).toEqual(['do do Ship(Seller, Buyer)']);
  });

  test('are the messages that an arrow list tells; else the innermost frame, also where it is folded', () => {
    expect(lit('if Buyer.n')).toEqual(['yes', 'no']);
    expect(lit('} else {')).toEqual(['alt ']);
    const [frame] = flat(drawn().items).filter(({ kind }) => kind === 'frame');
    expect(lit('Buyer -> Seller: accept', [frame?.id ?? ''])).toEqual(['alt if Buyer: n > 2']);
  });

  test('is nothing in a header, or in another file', () => {
    expect(litInSequence(drawn().items, uri, cursor('choreography Shop', 3)).size).toBe(0);
    expect(litInSequence(drawn().items, 'file:///b.chor', cursor('Buyer.n -> Seller', 3)).size).toBe(0);
  });

  test('of a callee is what is unfolded of it', () => {
    const call = flat(drawn().items).find((item) => item.kind === 'frame' && item.form === 'do');
    expect(lit('From -> To')).toEqual([]);
    expect(lit('From -> To', [call?.id ?? ''])).toEqual(['parcel']);
  });

  test('are the states of each role that do it, with their transitions', () => {
    const [buyer, seller] = litInStates(states, uri, cursor('Buyer.n -> Seller.wanted', 3));
    expect([
      buyer?.states.size,
      [...(buyer?.transitions ?? [])].map((i) => states.roles[0]?.transitions[i]?.text),
    ]).toEqual([1, ['Seller!order(n)']]);
    expect([...(seller?.transitions ?? [])].map((i) => states.roles[1]?.transitions[i]?.text)).toEqual([
      'Buyer?order(wanted)',
    ]);
    expect(
      litInStates(states, uri, cursor('choreography Shop', 3)).every(
        (role) => role.states.size + role.transitions.size === 0,
      ),
    ).toBe(true);
  });
});

test('what is looked for is found in messages, statements, notes and frames, whatever its case', () => {
  const find = (wanted: string) => texts(foundInSequence(drawn(), wanted));
  expect(find('ORDER')).toEqual(['order(n)']);
  expect(find('wanted')).toEqual(['order(n)']);
  expect(find('n > 2')).toEqual(['alt ']);
  expect(find('ship')).toEqual(['do do Ship(Seller, Buyer)']);
  expect(find('n = 1')).toEqual(['n = 1']);
  expect([find('  '), find('nothing')]).toEqual([[], []]);
});
