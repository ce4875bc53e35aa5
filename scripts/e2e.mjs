// The end-to-end tests: the packaged extension in a real VS Code, the server in a real Neovim and Emacs, diagrams in
// the real Mermaid, the playground in a browser. What they need is fetched. `npm run e2e`; `npm run e2e -- --no-build
// vscode` takes dist/, chor.vsix and site/ as they are, and only tests of that name; `CHOR_TYPING=all npm run e2e --
// typing` types all its lines, which takes a quarter of an hour.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { fetchMermaid } from './mermaid.mjs';
import { need } from './programs.mjs';
import { fetchVSCode } from './vscode.mjs';

const args = process.argv.slice(2);
const say = (line) => console.log(line);

function run(command, ...rest) {
  const { status } = spawnSync(command, rest, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

if (!args.includes('--no-build')) {
  run(process.execPath, 'scripts/build.mjs');
  run(process.execPath, 'scripts/package.mjs');
  run(process.execPath, 'scripts/playground.mjs');
}

let env;
try {
  const chromium =
    process.env.CHOR_CHROMIUM || need('chromium', ['chromium', 'chromium-browser', 'google-chrome'], say);
  const neovim = need('neovim', ['nvim'], say);
  // Eglot is a package of its own where Emacs is older than 29.
  const emacs = need('emacs-nox elpa-eglot', ['emacs'], say);
  const vscode = await fetchVSCode(say);
  const mermaid = await fetchMermaid(say);
  env = {
    CHOR_E2E: '1',
    CHOR_CHROMIUM: chromium,
    CHOR_NEOVIM: neovim,
    CHOR_EMACS: emacs,
    CHOR_VSCODE: JSON.stringify(vscode),
    CHOR_MERMAID: JSON.stringify(mermaid),
    CHOR_VSIX: resolve('chor.vsix'),
  };
} catch (error) {
  console.error(`The end-to-end tests can’t run: ${error.message}`);
  process.exit(1);
}

rmSync('test-results', { recursive: true, force: true });
const wanted = args.filter((argument) => argument !== '--no-build');
const named = wanted.filter((argument) => !argument.startsWith('-')).map((name) => `test/e2e/${name}`);
const usual = readdirSync('test/e2e')
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => `test/e2e/${file}`);
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    ...(named.length > 0 ? named : usual),
    '--no-file-parallelism',
    ...wanted.filter((argument) => argument.startsWith('-')),
  ],
  { stdio: 'inherit', env: { ...process.env, ...env } },
);
process.exit(status ?? 1);
