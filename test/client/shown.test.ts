// What the view is told to show.
import { describe, expect, test } from 'vitest';
import { outdated } from '../../client/outdated.js';
import { choreographyAt, emptyWish, fileName, show, urisOf, wishFor } from '../../client/shown.js';
import type { ChoreographyProjection, Projections } from '../../protocol/projections.js';

const choreography = (
  name: string,
  first: number,
  last: number,
  more: Partial<ChoreographyProjection> = {},
): ChoreographyProjection => ({
  name,
  version: 1,
  range: { start: { line: first, character: 0 }, end: { line: last, character: 1 } },
  stale: false,
  roles: ['Alice', 'Bob'].map((role) => ({ role, text: `process ${role} {\n}\n`, map: [], holes: [] })),
  ...more,
});
const answer = (...choreographies: ChoreographyProjection[]): Projections => ({
  version: 1,
  stale: choreographies.some(({ stale }) => stale),
  choreographies,
  networks: [],
});
const two = answer(choreography('One', 0, 4), choreography('Two', 6, 9));

describe('the choreography that is shown', () => {
  test('is the one that the cursor is in', () => {
    expect(choreographyAt(two, { line: 7, character: 0 }, 'One')?.name).toBe('Two');
  });

  test('stays while the cursor is between choreographies', () => {
    expect(choreographyAt(two, { line: 5, character: 0 }, 'Two')?.name).toBe('Two');
  });

  test('is the nearest above the cursor when none was shown', () => {
    expect(choreographyAt(two, { line: 20, character: 0 }, undefined)?.name).toBe('Two');
  });

  test('stays when it is pinned, wherever the cursor goes', () => {
    const shown = show({ ...emptyWish, uri: 'file:///a.chor', choreography: 'One', pinned: true }, () => two, {
      line: 7,
      character: 0,
    });
    expect(shown.choreography?.name).toBe('One');
    expect(shown.wish.pinned).toBe(true);
  });

  test('is no longer pinned when it is gone', () => {
    expect(
      show({ ...emptyWish, uri: 'file:///a.chor', choreography: 'Gone', pinned: true }, () => two, undefined).wish
        .pinned,
    ).toBe(false);
  });
});

describe('networks', () => {
  const design = { uri: 'file:///b.chor', name: 'One', roles: choreography('One', 0, 4).roles };
  const network = { ...choreography('Net', 11, 20), implements: 'One', design };
  const mixed: Projections = { ...two, networks: [network] };

  test('stand among the choreographies, in the order of the text, and are shown where the cursor is in them', () => {
    const shown = show({ ...emptyWish, uri: 'file:///a.chor' }, () => mixed, { line: 12, character: 0 });
    expect(shown.names).toEqual(['One', 'Two', 'Net']);
    expect(shown.choreography).toMatchObject({ name: 'Net', written: true, design: { name: 'One' } });
    expect(
      show({ ...emptyWish, uri: 'file:///a.chor' }, () => mixed, { line: 1, character: 0 }).choreography,
    ).not.toHaveProperty('written');
  });

  test('are shown where there is no choreography', () => {
    const shown = show(
      { ...emptyWish, uri: 'file:///a.chor' },
      () => ({ ...answer(), networks: [network] }),
      undefined,
    );
    expect(shown.choreography?.name).toBe('Net');
  });

  test('can have their processes pinned', () => {
    const pin = { uri: 'file:///a.chor', choreography: 'Net', role: 'Bob' };
    expect(
      show(
        { ...emptyWish, uri: 'file:///c.chor', roles: [pin] },
        (uri) => (uri === pin.uri ? mixed : answer()),
        undefined,
      ).pinned,
    ).toMatchObject([{ pin, index: 1, written: true }]);
  });
});

describe('what is wished for', () => {
  test('starts anew in another file, and stays in the same', () => {
    const wish = { ...emptyWish, uri: 'file:///a.chor', choreography: 'Two' };
    expect(wishFor(wish, { uri: 'file:///b.chor' })).toMatchObject({ uri: 'file:///b.chor', choreography: undefined });
    expect(wishFor(wish, { uri: 'file:///b.chor', choreography: 'One' })).toMatchObject({ choreography: 'One' });
    expect(wishFor(wish, { uri: 'file:///a.chor' })).toMatchObject({ choreography: 'Two' });
    expect(wishFor(wish, { pinned: true })).toMatchObject({ uri: 'file:///a.chor', choreography: 'Two', pinned: true });
  });
});

describe('what is shown', () => {
  test('is stale for its own sake only: another choreography that is broken does not make it so', () => {
    const known = answer(choreography('One', 0, 4, { stale: true, reason: 'Line 2' }), choreography('Two', 6, 9));
    expect(show({ ...emptyWish, uri: 'file:///a.chor' }, () => known, { line: 7, character: 0 }).stale).toBe(false);
    expect(show({ ...emptyWish, uri: 'file:///a.chor' }, () => known, { line: 1, character: 0 })).toMatchObject({
      stale: true,
      reason: 'Line 2',
    });
  });

  test('is stale altogether when the server is away', () => {
    const known = outdated(two, 'Starting the language server…');
    expect(show({ ...emptyWish, uri: 'file:///a.chor' }, () => known, undefined)).toMatchObject({
      stale: true,
      reason: 'Starting the language server…',
    });
  });

  test('has the pinned roles of other files, with the colours that they have there', () => {
    const pin = { uri: 'file:///b.chor', choreography: 'Two', role: 'Bob' };
    const shown = show({ ...emptyWish, uri: 'file:///a.chor', roles: [pin] }, () => two, undefined);
    expect(shown.pinned).toMatchObject([{ pin, index: 1, roles: ['Alice', 'Bob'] }]);
    expect(urisOf(shown.wish)).toEqual(['file:///a.chor', 'file:///b.chor']);
  });

  test('says something when there is nothing', () => {
    expect(show(emptyWish, () => undefined, undefined).empty).toContain('.chor');
    expect(show({ ...emptyWish, uri: 'file:///a.chor' }, () => answer(), undefined).empty).toContain('choreography');
  });

  test('names the file as people do', () => {
    expect(fileName('file:///x/a%20shop.chor?y#z')).toBe('a shop.chor');
  });
});
