// The server in another editor: Neovim, as Debian ships it, without a screen.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildServer } from '../server/bundle.js';
import { greeting } from './support/greeting.js';

test('Neovim shows the error and the hover, applies the fix, and the error goes', () => {
  const neovim = process.env['CHOR_NEOVIM'] || 'nvim';
  const version = spawnSync(neovim, ['--version'], { encoding: 'utf8' });
  if (version.status !== 0) throw new Error('This test needs Neovim on the PATH: `apt-get install neovim`.');
  const folder = mkdtempSync(join(tmpdir(), 'chor-neovim-'));
  const server = buildServer();
  try {
    const file = join(folder, 'greeting.chor');
    writeFileSync(file, greeting);
    const output = execFileSync(
      neovim,
      ['--headless', '--clean', '-n', '-S', join(import.meta.dirname, 'neovim.lua')],
      {
        encoding: 'utf8',
        timeout: 30_000,
        cwd: folder,
        env: { ...process.env, HOME: folder, CHOR_FILE: file, CHOR_SERVER: server.path, CHOR_NODE: process.execPath },
      },
    );
    const seen = new Map(output.split('\n').map((l) => [l.split(' ')[0] ?? '', l.slice(l.indexOf(' ') + 1)]));
    expect(seen.get('raised')).toBe('true');
    expect(seen.get('code')).toBe('deadlock');
    expect(seen.get('hover')).toContain('process Alice');
    expect(seen.get('action')).not.toBe('none');
    expect(seen.get('cleared')).toBe('true');
    expect(readFileSync(file, 'utf8')).not.toBe(greeting);
  } finally {
    server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
});
