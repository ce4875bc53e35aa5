// What the status item says of explorations.
import { describe, expect, test } from 'vitest';
import { explorationItem } from '../../client/exploring.js';
import type { Status } from '../../protocol/exploring.js';

const uri = 'file:///a.chor';
const idle: Status = {
  exploring: [],
  waiting: 0,
  documents: [
    { uri, version: 1, summary: '2 networks proved' },
    { uri: 'file:///b.chor', version: 1, summary: '1 network undecided' },
  ],
};

describe('the status item', () => {
  test('says what is known of the document that is looked at', () => {
    expect(explorationItem(idle, uri)).toEqual({ text: '2 networks proved', busy: false, offer: 'log' });
    expect(explorationItem(idle, 'file:///b.chor')).toEqual({
      text: '1 network undecided',
      busy: false,
      offer: 'again',
    });
  });
  test('offers what can be done about it', () => {
    const offered = (summary: string): string | undefined =>
      explorationItem({ ...idle, documents: [{ uri, version: 1, summary }] }, uri)?.offer;
    expect(offered('1 network holds up to 20 states')).toBe('bound');
    expect(offered('2 networks holds up to 20 states, 1 holds up to 30 states, buffer 8 (stopped)')).toBe('again');
    expect(offered('1 network proved, 1 undecided')).toBe('again');
    expect(offered('1 network refuted')).toBe('log');
  });
  test('says nothing where there is nothing to say', () => {
    expect(explorationItem(undefined, uri)).toBeUndefined();
    expect(explorationItem(idle, 'file:///c.chor')).toBeUndefined();
    expect(explorationItem(idle, undefined)).toBeUndefined();
  });
  test('is busy while something is explored, with the states so far and what waits', () => {
    const busy: Status = {
      ...idle,
      exploring: [
        { uri: 'file:///b.chor', name: 'Other', states: 1 },
        { uri, name: 'Own', states: 12345 },
      ],
      waiting: 2,
    };
    expect(explorationItem(busy, uri)).toEqual({
      text: 'Exploring Own (12,345 states), Other (1 state)',
      detail: '2 more waiting',
      busy: true,
      offer: 'stop',
    });
    expect(
      explorationItem(
        {
          ...busy,
          exploring: [
            { uri, name: 'Own', states: 7, fixes: true },
            { uri, name: 'New', states: 0 },
          ],
          waiting: 0,
        },
        uri,
      )?.text,
    ).toBe('Exploring New · Trying fixes of Own (7 states)');
    expect(
      explorationItem({ ...busy, exploring: [{ uri, name: 'Own', states: 7, fixes: true }], waiting: 0 }, uri),
    ).toMatchObject({ text: 'Trying fixes of Own (7 states)', busy: true, offer: 'stop' });
    expect(
      explorationItem({ ...busy, exploring: [{ uri, name: 'Own', states: 0 }], waiting: 0, documents: [] }, uri),
    ).toEqual({ text: 'Exploring Own', detail: undefined, busy: true, offer: 'stop' });
  });
});
