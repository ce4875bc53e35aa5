// Files are read for the server only from where something is open.
import { expect, test } from 'vitest';
import { URI } from 'vscode-uri';
import { isAtHand } from '../../client/at-hand.js';

test('no text can have the editor fetch things from elsewhere', () => {
  const open = ['vscode-vfs://github/me/it', 'untitled:Untitled-1'].map((uri) => ({ uri: URI.parse(uri) }));
  for (const near of ['vscode-vfs://github/me/it/a.chor', 'vscode-vfs://github/me/other/a.chor'])
    expect(isAtHand(URI.parse(near), open), near).toBe(true);
  for (const far of [
    'https://example.org/a.chor',
    'vscode-vfs://example.org/a.chor',
    'vscode-userdata:/User/a.chor',
    'file:///a.chor',
  ])
    expect(isAtHand(URI.parse(far), open), far).toBe(false);
  expect(isAtHand(URI.parse('file:///a.chor'), [])).toBe(false);
});
