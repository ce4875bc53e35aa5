// `npm start`: opens the examples in VS Code with the extension: the `code` on the PATH, or else VS Code in the
// browser, fetched at first use. `npm start -- --browser` takes the browser in any case; `--folder PATH`, `--port N`.
// Ctrl-C stops.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { find } from './programs.mjs';
import { fetchVSCode, startVSCode } from './vscode.mjs';

function fail(message, code = 1) {
  console.error(message);
  process.exit(code);
}

function option(name) {
  const at = process.argv.indexOf(name);
  if (at < 0) return undefined;
  const value = process.argv[at + 1];
  if (value === undefined || value.startsWith('--')) fail(`${name} needs a value.`, 2);
  return value;
}

const known = new Set(['--browser', '--folder', '--port']);
const unknown = process.argv
  .slice(2)
  .find((argument, i, all) => !known.has(argument) && all[i - 1] !== '--folder' && all[i - 1] !== '--port');
if (unknown) fail(`npm start does not know \`${unknown}\`. It knows --browser, --folder PATH and --port N.`, 2);

const folder = resolve(option('--folder') ?? 'examples');
if (!existsSync(folder) || !statSync(folder).isDirectory()) fail(`There is no folder ${folder}.`, 2);
const port = Number(option('--port') ?? 0);
if (!Number.isInteger(port) || port < 0 || port > 65535) fail('--port needs a number from 0 to 65535.', 2);

const vsix = resolve('chor.vsix');
const packed = spawnSync(process.execPath, ['scripts/package.mjs'], { encoding: 'utf8' });
if (packed.status !== 0) fail(`The extension can’t be packaged:\n${packed.stderr || packed.stdout}`);

const code = find('code');
if (code && !process.argv.includes('--browser')) await inDesktop(code);
else await inBrowser();

/** Opens a window of the VS Code that is installed, with extensions and settings of its own. */
async function inDesktop(program) {
  const own = mkdtempSync(join(tmpdir(), 'chor-code-'));
  const dirs = ['--extensions-dir', join(own, 'extensions'), '--user-data-dir', join(own, 'user')];
  const shell = process.platform === 'win32';
  const installed = spawnSync(program, [...dirs, '--install-extension', vsix, '--force'], { encoding: 'utf8', shell });
  if (installed.status !== 0) {
    console.error(
      `\`code\` can’t install the extension (${(installed.stderr || installed.error?.message || '').trim().split('\n').at(-1)}), so VS Code is opened in the browser instead.`,
    );
    rmSync(own, { recursive: true, force: true });
    await inBrowser();
    return;
  }
  console.log(`VS Code opens ${folder} with the extension, in a window of its own. Close it, or press Ctrl-C, to end.`);
  const window = spawn(program, [...dirs, '--new-window', '--wait', '--disable-workspace-trust', folder], {
    stdio: 'inherit',
    shell,
  });
  const end = () => window.kill();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  window.on('exit', (status) => {
    rmSync(own, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    process.exit(status ?? 0);
  });
}

async function inBrowser() {
  if (port !== 0 && !(await free(port)))
    fail(`Port ${port} of 127.0.0.1 is taken; choose another with --port N, or none.`, 2);
  let running;
  try {
    const vscode = await fetchVSCode((line) => console.log(line));
    running = await startVSCode({ vscode, vsix, folder, port, settings: { 'explorer.autoReveal': true } });
  } catch (error) {
    fail(
      `${error.message}\nWith a VS Code of your own: npm run package, then \`Extensions: Install from VSIX…\` and chor.vsix.`,
    );
  }
  const first = join(folder, 'shop', 'bookseller.chor');
  const payload = existsSync(first) ? [['openFile', running.resource(first)]] : [];
  console.log(
    `\nVS Code with the extension, in the browser, for this machine alone:\n\n  ${running.url(payload)}\n\nCtrl+K V (⌘K V) in a .chor file shows its projections. Ctrl-C stops.`,
  );
  let stopping = false;
  const end = async () => {
    if (stopping) return;
    stopping = true;
    await running.stop();
    process.exit(0);
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

function free(wanted) {
  return new Promise((done) => {
    const probe = createServer()
      .once('error', () => done(false))
      .once('listening', () => probe.close(() => done(true)));
    probe.listen(wanted, '127.0.0.1');
  });
}
