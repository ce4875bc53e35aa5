// The view's thinking, without a page: tokens, cursor sync, common rows. On what projection really gives.
import { describe, expect, test } from 'vitest';
import { gapsOf } from '../../client/view/align.js';
import { columnsOf } from '../../client/view/columns.js';
import { litLines, sourceAt, statementAt } from '../../client/view/sync.js';
import { spansByLine } from '../../client/view/tokens.js';
import { emptyWish } from '../../client/shown.js';
import type { Position, Range } from '../../protocol/places.js';
import type { RoleProjection } from '../../protocol/projections.js';
import { roleViews } from '../../language/features/projections.js';
import { Workspace } from '../../language/workspace.js';

const source = `choreography Shop(Buyer(budget: int), Seller, Shipper) {
  Buyer.1 -> Seller.wanted
  if Buyer.2 <= budget {
    Buyer -> Seller: accept
    Seller.wanted -> Shipper.parcel: ship
    Shipper.parcel -> Buyer.when
  } else {
    Buyer -> Seller: reject
    Seller -> Shipper: idle
  }
}
`;

const place = (text: string, offset: number): Position => {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
};
const rangeOf = (text: string, { start, end }: { start: number; end: number }): Range => ({
  start: place(text, start),
  end: place(text, end),
});

function rolesOf(text: string): RoleProjection[] {
  const workspace = new Workspace();
  workspace.set('file:///shop.chor', text);
  const [projected] = workspace.analyze('file:///shop.chor')?.projections ?? [];
  if (!projected) throw new Error('nothing was projected');
  return roleViews(projected).map((view) => ({
    role: view.role,
    text: view.text,
    map: view.map.map(({ local, source: from }) => ({ local: rangeOf(view.text, local), source: rangeOf(text, from) })),
    holes: view.holes.map((hole) => ({ ...hole, local: rangeOf(view.text, hole.local) })),
  }));
}

const roles = rolesOf(source);
const role = (name: string): RoleProjection =>
  roles.find((each) => each.role === name) ?? { role: name, text: '', map: [], holes: [] };

/** The lines that light up at a text of the source, by role. */
function litAt(text: string, within = 0): Record<string, string[]> {
  const statement = statementAt(roles, place(source, source.indexOf(text) + within));
  return Object.fromEntries(
    roles.flatMap((each) => {
      const heads = statement ? [...litLines(each, statement).heads] : [];
      return heads.length > 0 ? [[each.role, heads.map((line) => each.text.split('\n')[line]?.trim() ?? '')]] : [];
    }),
  );
}

describe('cursor sync', () => {
  test('a communication lights up its send and its receive, and nothing else', () => {
    expect(litAt('Buyer.1 ->')).toEqual({ Buyer: ['send 1 to Seller'], Seller: ['receive wanted from Buyer'] });
  });

  test('of a receive with branches, the branch lights up', () => {
    expect(litAt('Seller.wanted -> Shipper')).toEqual({
      Seller: ['send wanted to Shipper: ship'],
      Shipper: ['ship(parcel) {'],
    });
  });

  test('a part of a communication means the whole of it', () => {
    expect(litAt('wanted -> Shipper', 3)).toEqual(litAt('Seller.wanted -> Shipper'));
    expect(litAt(': ship', 3)).toEqual(litAt('Seller.wanted -> Shipper'));
  });

  test('the indentation before a statement means it too', () => {
    expect(litAt('    Seller.wanted -> Shipper')).toEqual(litAt('Seller.wanted -> Shipper'));
  });

  test('a local line leads to its source', () => {
    const seller = role('Seller');
    const line = seller.text.split('\n').findIndex((text) => text.includes('send wanted'));
    expect(sourceAt(seller, { line, character: 0 })).toEqual(
      rangeOf(source, {
        start: source.indexOf('Seller.wanted ->'),
        end: source.indexOf('Seller.wanted ->') + 'Seller.wanted -> Shipper.parcel: ship'.length,
      }),
    );
  });
});

describe('common rows', () => {
  /** On which row each line of a role stands. */
  function rows(name: string): Map<string, number> {
    const lines = roles.map(({ text }) => text.trimEnd().split('\n'));
    const column = roles.findIndex((each) => each.role === name);
    const gaps =
      gapsOf(
        roles,
        lines.map((own) => own.map(() => 1)),
      )[column] ?? [];
    let row = 0;
    return new Map((lines[column] ?? []).map((line, i) => [line.trim(), (row += (gaps[i] ?? 0) + (i > 0 ? 1 : 0))]));
  }

  test('a send and its receive stand on one row', () => {
    expect(rows('Seller').get('receive wanted from Buyer')).toBe(rows('Buyer').get('send 1 to Seller'));
    expect(rows('Shipper').get('ship(parcel) {')).toBe(rows('Seller').get('send wanted to Shipper: ship'));
    expect(rows('Buyer').get('receive when from Shipper')).toBe(rows('Shipper').get('send parcel to Buyer'));
  });

  test('what opens a block stands right above what it opens', () => {
    const shipper = rows('Shipper');
    expect(shipper.get('receive from Seller {')).toBe((shipper.get('ship(parcel) {') ?? 0) - 1);
  });

  test('higher lines push the others down', () => {
    const lines = roles.map(({ text }) => text.trimEnd().split('\n'));
    const heights = lines.map((own, column) => own.map((_, i) => (column === 0 && i === 0 ? 3 : 1)));
    expect(gapsOf(roles, heights)[1]?.[1]).toBe(2);
  });
});

describe('tokens', () => {
  const classes = (text: string): Record<string, string> =>
    Object.fromEntries(
      spansByLine(text, new Set(['Seller', 'Buyer']))
        .flat()
        .filter((span) => span.text.trim())
        .map((span) => [span.text, span.class]),
    );

  test('join to the text again, line by line', () => {
    for (const { text } of roles)
      expect(
        spansByLine(text, new Set())
          .map((line) => line.map((span) => span.text).join(''))
          .join('\n'),
      ).toBe(text);
  });

  test('say how many are picked', () => {
    expect(classes('pick some ks in Node by f(some) {')).toMatchObject({ pick: 'keyword', ks: 'variable' });
    expect(
      spansByLine('pick some ks in Node by some(ks) {', new Set())
        .flat()
        .filter(({ text }) => text === 'some')
        .map((span) => span.class),
    ).toEqual(['keyword', 'function']);
  });

  test('tell roles, labels, types, functions and variables apart', () => {
    expect(
      classes(
        'process Buyer(title: Title) {\n  send priceOf(x) to Seller: accept\n  receive from Seller {\n    ship(y) {\n      f(y)\n    }\n  }\n}',
      ),
    ).toMatchObject({
      process: 'storage',
      send: 'keyword',
      Buyer: 'role',
      title: 'variable',
      Title: 'type',
      priceOf: 'function',
      Seller: 'role',
      accept: 'label',
      ship: 'label',
      y: 'variable',
      f: 'function',
    });
  });

  test('`map` and `set` are types where they hold some, else names', () => {
    expect(classes('process Buyer(all: map<int, string>) {\n  send x to Seller: set\n}')).toMatchObject({
      map: 'type',
      set: 'label',
    });
    expect(classes('process Buyer(all: list<set<int>>) {\n  x = f(y, map)\n}')).toMatchObject({
      set: 'type',
      map: 'variable',
    });
  });

  test('a condition before a block is no label', () => {
    expect(classes('process A {\n  if x <= budget {\n  }\n}')).toMatchObject({ budget: 'variable' });
  });
});

describe('columns', () => {
  test('pinned roles of another choreography come first, and say where they are from', () => {
    const pin = { uri: 'file:///other.chor', choreography: 'Other', role: 'Ann' };
    const projection = role('Seller');
    const columns = columnsOf({
      type: 'show',
      wish: { ...emptyWish, uri: 'file:///shop.chor', roles: [pin] },
      file: 'shop.chor',
      names: ['Shop'],
      stale: false,
      choreography: {
        name: 'Shop',
        version: 1,
        stale: false,
        range: rangeOf(source, { start: 0, end: source.length }),
        roles,
      },
      pinned: [{ pin, index: 3, roles: ['Ann'], projection, stale: false }],
    });
    expect(columns.map((column) => [column.projection.role, column.elsewhere ?? '', column.index])).toEqual([
      ['Seller', 'Other', 3],
      ['Buyer', '', 0],
      ['Seller', '', 1],
      ['Shipper', '', 2],
    ]);
  });

  test('of a network are in the order of its choreography, each with what that wants of it, also where nobody wrote a process', () => {
    const range = rangeOf(source, { start: 0, end: source.length });
    const columns = columnsOf({
      type: 'show',
      wish: { ...emptyWish, uri: 'file:///net.chor' },
      file: 'net.chor',
      names: ['Net'],
      stale: false,
      pinned: [],
      choreography: {
        name: 'Net',
        version: 1,
        stale: false,
        range,
        roles: [role('Shipper'), { ...role('Seller'), role: 'Extra' }, role('Buyer')],
        written: true,
        implements: 'Shop',
        design: { uri: 'file:///shop.chor', name: 'Shop', roles },
      },
    });
    expect(
      columns.map(({ projection, design, index, written }) => [
        projection.role,
        projection.text === '',
        design?.projection.role ?? '',
        design?.pin.uri ?? '',
        index,
        written,
      ]),
    ).toEqual([
      ['Buyer', false, 'Buyer', 'file:///shop.chor', 0, true],
      ['Seller', true, 'Seller', 'file:///shop.chor', 1, true],
      ['Shipper', false, 'Shipper', 'file:///shop.chor', 2, true],
      ['Extra', false, '', '', 3, true],
    ]);
    expect(new Set(columns.flatMap(({ id, design }) => [id, design?.id])).size).toBe(8);
  });
});
