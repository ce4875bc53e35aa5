// The server in another editor: Emacs, as Debian ships it, with Eglot, without a screen.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildServer } from '../server/bundle.js';
import { greeting } from './support/greeting.js';

test('Emacs shows the error and the hover, applies the fix, and the error goes', () => {
  const emacs = process.env['CHOR_EMACS'] || 'emacs';
  const eglot = spawnSync(emacs, ['--batch', '--eval', '(progn (package-initialize) (require (quote eglot)))'], {
    encoding: 'utf8',
  });
  if (eglot.status !== 0)
    throw new Error(`This test needs Emacs with Eglot: \`apt-get install emacs-nox elpa-eglot\`. ${eglot.stderr}`);
  const folder = mkdtempSync(join(tmpdir(), 'chor-emacs-'));
  const server = buildServer();
  try {
    const file = join(folder, 'greeting.chor');
    writeFileSync(file, greeting);
    const output = execFileSync(emacs, ['--batch', '-l', join(import.meta.dirname, 'emacs.el')], {
      encoding: 'utf8',
      timeout: 60_000,
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, HOME: folder, CHOR_FILE: file, CHOR_SERVER: server.path, CHOR_NODE: process.execPath },
    });
    const seen = new Map(output.split('\n').map((l) => [l.split(' ')[0] ?? '', l.slice(l.indexOf(' ') + 1)]));
    expect(seen.get('mode')).toBe('chor-mode');
    expect(seen.get('raised')).toBe('t');
    expect(seen.get('code')).toBe('deadlock');
    expect(seen.get('hover')).toContain('process Alice');
    expect(seen.get('action')).not.toBe('none');
    expect(seen.get('cleared')).toBe('t');
    expect(readFileSync(file, 'utf8')).not.toBe(greeting);
  } finally {
    server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
});
