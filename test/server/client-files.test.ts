// Files that the client reads for the server.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Connection } from 'vscode-languageserver';
import { withClientFiles } from '../../server/client-files.js';
import type { ClientFiles } from '../../server/client-files.js';

interface Asked {
  readonly uri: string;
  answer(text: string | null): void;
}

let asked: Asked[];
let found: string[];
let arrived: string[][];
let offers: boolean;
let files: ClientFiles;
const uri = 'vscode-vfs://github/me/it/a.chor';

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  found = [];
  arrived = [];
  offers = true;
  const connection = {
    sendRequest: (method: string, params?: { uri: string }) =>
      method === 'chor/findFiles'
        ? Promise.resolve(found)
        : new Promise((resolve) => asked.push({ uri: params?.uri ?? '', answer: (text) => resolve({ text }) })),
  } as unknown as Connection;
  const host = {
    reaches: (uri: string) => uri.startsWith('file:'),
    read: () => 'on disk',
    scan: () => Promise.resolve(['file:///b.chor']),
  };
  files = withClientFiles(
    connection,
    host,
    () => offers,
    (uris) => arrived.push([...uris]),
  );
});
afterEach(() => {
  files.dispose();
  vi.useRealTimers();
});

const answer = async (at: number, text: string | null): Promise<void> => {
  asked[at]?.answer(text);
  await vi.advanceTimersByTimeAsync(20);
};

test('are asked for once, waited for, and there when they arrive', async () => {
  expect(files.read(uri)).toBeUndefined();
  expect(files.read(uri)).toBeUndefined();
  expect(asked.map((a) => a.uri)).toEqual([uri]);
  expect(files.isWaiting()).toBe(true);
  await answer(0, '\uFEFFtext');
  expect(arrived).toEqual([[uri]]);
  expect(files.read(uri)).toBe('text');
  expect(files.isWaiting()).toBe(false);
});

test('that are not there end the waiting, and are not asked for again', async () => {
  files.read(uri);
  await answer(0, null);
  expect(arrived).toEqual([[]]);
  expect(files.read(uri)).toBeUndefined();
  expect(asked.length).toBe(1);
  expect(files.isWaiting()).toBe(false);
});

test('that take long are waited for no longer, but taken in all the same', async () => {
  files.read(uri);
  await vi.advanceTimersByTimeAsync(4000);
  expect(files.isWaiting()).toBe(false);
  expect(arrived).toEqual([[]]);
  await answer(0, 'late');
  expect(arrived).toEqual([[], [uri]]);
  expect(files.read(uri)).toBe('late');
});

test('that changed are what they were until the newest answer', async () => {
  files.read(uri);
  await answer(0, 'old');
  files.refresh([uri]);
  files.refresh([uri]);
  expect(files.read(uri)).toBe('old');
  expect(files.isWaiting()).toBe(false);
  await answer(2, 'newest');
  await answer(1, 'newer');
  expect(files.read(uri)).toBe('newest');
  expect(arrived.length).toBe(2);
  files.refresh([uri]);
  await answer(3, null);
  expect(files.read(uri)).toBeUndefined();
  expect(arrived.at(-1)).toEqual([uri]);
});

test('are only those that the host does not reach, that have a folder, and that the client offers', () => {
  expect(files.read('file:///a.chor')).toBe('on disk');
  files.refresh(['file:///a.chor']);
  files.read('untitled:Untitled-1');
  files.read('./a.chor');
  offers = false;
  files.read(uri);
  expect(asked).toEqual([]);
  expect(files.isWaiting()).toBe(false);
});

test('are found by the client where a folder is not the host’s, and nobody waits for them', async () => {
  found = [uri, 'vscode-vfs://github/me/it/b%20%281%29.chor'];
  expect(await files.scan(['vscode-vfs://github/me/it'])).toEqual(['file:///b.chor']);
  expect(asked.map((a) => a.uri)).toEqual(found);
  expect(files.isWaiting()).toBe(false);
  await answer(1, 'text');
  expect(files.read('vscode-vfs://github/me/it/b%20(1).chor')).toBe('text');
  await files.scan(['file:///']);
  expect(asked.length).toBe(2);
});
