// The command as a process: what can't be read or written is one line, whoever is at the other end of a stream may go,
// and devices and pipes stay.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../cli/main.js';
import { sandbox } from './helpers.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const script = join(root, 'scripts', 'chor.mjs');
const good = 'choreography C(A, B) {\n  A.1 -> B.x\n  B.note(x)\n}\nextern note(n: int)\n';

// Builds the command if need be.
beforeAll(() => {
  expect(spawnSync(process.execPath, [script, '--version']).status).toBe(0);
}, 60_000);

/** Runs the command in a folder; `stdout` is a file to write into. */
function chor(
  folder: string,
  args: readonly string[],
  stdout?: string,
): { code: number | null; out: string; err: string } {
  const file = stdout === undefined ? undefined : openSync(stdout, 'w');
  const {
    status,
    stdout: out,
    stderr,
  } = spawnSync(process.execPath, [script, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', file ?? 'pipe', 'pipe'],
  });
  if (file !== undefined) closeSync(file);
  return { code: status, out: out ?? '', err: stderr };
}

describe.skipIf(process.platform === 'win32')('what can’t be read is told in one line', () => {
  test.each([
    ['a circle of links', 'loop.chor', 'can’t read loop.chor: its links lead round in a circle'],
    ['a path through a file', 'a.chor/x.chor', 'can’t read a.chor/x.chor: there is no such file'],
    ['a name that is too long', `${'x'.repeat(300)}.chor`, `can’t read ${'x'.repeat(300)}.chor: its name is too long`],
    ['a device', '/dev/zero', 'can’t read ../../dev/zero: it is a device, not a file'],
    ['a pipe', 'pipe.chor', 'can’t read pipe.chor: it is a pipe, not a file'],
    ['a link to a device', 'zero.chor', 'can’t read zero.chor: it is a device, not a file'],
    ['a very large file', 'large.chor', 'can’t read large.chor: it is larger than 8 MiB'],
    ['a name that no file can have', 'a\0.chor', 'can’t read a\0.chor: its name is none that a file can have'],
  ])('%s', async (_, name, message) => {
    const { chor: command, folder } = sandbox({ 'a.chor': good, 'large.chor': '' });
    symlinkSync('loop.chor', join(folder, 'loop.chor'));
    symlinkSync('/dev/zero', join(folder, 'zero.chor'));
    execFileSync('mkfifo', [join(folder, 'pipe.chor')]);
    truncateSync(join(folder, 'large.chor'), 1_900_000_000);
    for (const args of [['check'], ['fmt'], ['fix'], ['project'], ['extract'], ['import']]) {
      expect(await command(...args, name)).toEqual({
        code: 2,
        out: '',
        err: `chor: ${message.replace('../../dev', `${'../'.repeat(folder.split('/').length - 1)}dev`)}\n`,
      });
    }
  });
  test('and at its import, at once', async () => {
    const imports = ['/dev/zero', '/dev/random', './pipe.chor', './large.chor', './folder', '//host/share/x.chor'];
    const { chor: command, folder } = sandbox({
      'main.chor': imports.map((path) => `import "${path}"\n`).join(''),
      'large.chor': '',
      'folder/x': '',
    });
    execFileSync('mkfifo', [join(folder, 'pipe.chor')]);
    truncateSync(join(folder, 'large.chor'), 1_900_000_000);
    const { code, out } = await command('check', 'main.chor');
    expect(code).toBe(1);
    expect([...out.matchAll(/is not read: (.*)\./g)].map(([, why]) => why)).toEqual([
      'it is a device, not a file',
      'it is a device, not a file',
      'it is a pipe, not a file',
      'it is larger than 8 MiB',
      'it is a folder',
      'it is on another host, `host`',
    ]);
  });
  test('a folder without permission', () => {
    const { folder } = sandbox({});
    mkdirSync(join(folder, 'locked'), { mode: 0o700 });
    const user = process.getuid?.() === 0;
    // Whoever may do everything has to be somebody else for this.
    if (!user) mkdirSync(join(folder, 'locked'), { mode: 0o000, recursive: true });
    const args = user ? ['setpriv', '--reuid=65534', '--clear-groups', process.execPath] : [process.execPath];
    execFileSync('chmod', ['755', folder]);
    const { status, stderr } = spawnSync(
      args[0] ?? '',
      [...args.slice(1), join(root, 'dist/cli/main.cjs'), 'check', 'locked/a.chor'],
      { cwd: folder, encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 2, stderr: 'chor: can’t read locked/a.chor: permission denied\n' });
  });
});

describe.skipIf(process.platform !== 'linux')('what can’t be written is told in one line', () => {
  test('a full disk', () => {
    const { folder } = sandbox({ 'a.chor': good });
    expect(chor(folder, ['check', 'a.chor'], '/dev/full')).toEqual({
      code: 2,
      out: '',
      err: 'chor: can’t write standard output: the disk is full\n',
    });
    expect(chor(folder, ['project', 'a.chor', '-o', '/dev/full'])).toEqual({
      code: 2,
      out: '',
      err: 'chor: can’t write /dev/full: the disk is full\n',
    });
  });
  test('nobody who reads any more is no error', async () => {
    const { folder } = sandbox({ 'a.chor': good });
    const child = spawn(process.execPath, [script, 'check', 'a.chor'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (bytes: Buffer) => {
      err += bytes.toString();
    });
    child.stdout.destroy();
    expect(
      await new Promise((resolve) => {
        child.on('exit', resolve);
      }),
    ).toBe(0);
    expect(err).toBe('');
  });
});

describe.skipIf(process.platform === 'win32')('a device or a pipe', () => {
  test('is written into, and stays', async () => {
    const { folder } = sandbox({ 'a.chor': good });
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'ignore'] });
    let read = '';
    reader.stdout.on('data', (bytes: Buffer) => {
      read += bytes.toString();
    });
    expect(chor(folder, ['project', 'a.chor', '-o', 'pipe'])).toEqual({ code: 0, out: '', err: '' });
    await new Promise((resolve) => {
      reader.on('close', resolve);
    });
    expect(read).toContain('process A');
    expect(lstatSync(pipe).isFIFO()).toBe(true);
    expect(chor(folder, ['project', 'a.chor', '-o', '/dev/null'])).toEqual({ code: 0, out: '', err: '' });
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });
  test('may be standard output, whatever that is', () => {
    const { folder } = sandbox({ 'a.chor': good });
    expect(chor(folder, ['project', 'a.chor', '-o', '/dev/stdout']).out).toContain('process A');
    const log = join(folder, 'log');
    writeFileSync(log, '');
    expect(chor(folder, ['project', 'a.chor', '-o', '/dev/stdout'], log)).toMatchObject({ code: 0, err: '' });
    expect(readFileSync(log, 'utf8')).toContain('process A');
  });
});

test('whatever goes wrong is told in one line', async () => {
  const { folder } = sandbox({ 'a.chor': good });
  const wrong = async (error: Error): Promise<string> => {
    let err = '';
    const io = {
      cwd: folder,
      env: {},
      terminal: false,
      out: () => {
        throw error;
      },
      err: (text: string) => {
        err += text;
      },
      input: () => new Uint8Array(),
    };
    expect(await run(['check', 'a.chor'], io)).toBe(2);
    return err;
  };
  expect(await wrong(new RangeError('Maximum call stack size exceeded'))).toBe(
    'chor: a file is nested too deeply, or a chain in it is too long, for this command\n',
  );
  expect(await wrong(new TypeError('x is not\na function'))).toBe(
    'chor: this is a mistake in chor itself, please report it with the file: x is not a function\n',
  );
});
