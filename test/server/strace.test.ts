// What the server touches, seen by the system: its own program, the workspace, and what is imported; it starts nothing
// and speaks to nobody.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildServer } from './bundle.js';
import type { Bundle } from './bundle.js';
import { startRaw } from './raw.js';

const installed = spawnSync('strace', ['-V']).status === 0;
const required = process.env['CHOR_REQUIRE_STRACE'] === '1';
const base = mkdtempSync(join(realpathSync(tmpdir()), 'chor-strace-'));
const workspace = join(base, 'workspace');
let bundle: Bundle;
beforeAll(() => {
  bundle = buildServer();
}, 60_000);
afterAll(() => {
  bundle.remove();
  rmSync(base, { recursive: true, force: true });
});

const network =
  'network N {\n  process P {\n    send 1 to Q\n    receive y from Q\n  }\n  process Q {\n    receive x from P\n    send x to P\n  }\n}\n';
const files = {
  'main.chor': `import { mk } from "./lib/types.chor"\nimport { far } from "../outside/far.chor"\nimport { linked } from "./link.chor"\nimport "/dev/zero"\nimport "//host/share/x.chor"\nimport "./gone.chor"\nchoreography G(A, B) {\n  A.mk() -> B.f\n  B.unknown(f)\n}\n${network}`,
  'lib/types.chor': 'extern mk(): int\n',
  'lib/other.chor': 'extern other(): int\n',
  // Nobody’s business.
  'secret.txt': '',
  '.env': '',
  '.hidden/a.chor': '',
  'node_modules/x/a.chor': '',
  'package.json': '{}',
  'lib/types.chor.bak': '',
  '../outside/far.chor': 'import "./next.chor"\nextern far(): int\n',
  '../outside/next.chor': '',
  '../outside/secret.chor': '',
  '../outside/linked.chor': 'extern linked(): int\n',
};

/** What a session does, call by call, as strace tells it; numbers of processes are left out. */
async function calls(name: string, folder: string | undefined): Promise<string[]> {
  const log = join(base, `${name}.log`);
  const server = startRaw(
    '-f',
    [
      '-y',
      '-s',
      '4096',
      '-e',
      'trace=open,openat,openat2,creat,execve,execveat,connect,sendto,bind,listen,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat,getdents64,truncate,link,linkat,symlink,symlinkat,chmod,fchmodat,kill',
      '-o',
      log,
      process.execPath,
      bundle.path,
      '--stdio',
    ],
    'strace',
  );
  let id = 1;
  const ask = async (method: string, params: object): Promise<void> => {
    server.message({ id: ++id, method, params });
    await server.answer(id);
  };
  await ask('initialize', {
    processId: null,
    rootUri: null,
    workspaceFolders: folder === undefined ? null : [{ uri: pathToFileURL(folder).toString(), name: 'w' }],
    capabilities: {},
  });
  server.message({ method: 'initialized', params: {} });
  const uri = folder === undefined ? 'untitled:a.chor' : pathToFileURL(join(folder, 'main.chor')).toString();
  server.message({
    method: 'textDocument/didOpen',
    params: {
      textDocument: { uri, languageId: 'chor', version: 1, text: folder === undefined ? network : files['main.chor'] },
    },
  });
  const [textDocument, position] = [{ uri }, { line: 7, character: 5 }];
  for (const method of [
    'hover',
    'completion',
    'definition',
    'references',
    'documentSymbol',
    'documentLink',
    'formatting',
    'codeLens',
    'semanticTokens/full',
  ]) {
    await ask(`textDocument/${method}`, { textDocument, position, options: {}, context: { includeDeclaration: true } });
  }
  const range = { start: { line: 0, character: 0 }, end: { line: 30, character: 0 } };
  await ask('textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } });
  await ask('textDocument/rename', { textDocument, position: { line: 8, character: 12 }, newName: 'other' });
  await ask('workspace/symbol', { query: 'other' });
  await ask('chor/projections', { textDocument });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  server.message({ method: 'textDocument/didClose', params: { textDocument } });
  await ask('shutdown', {});
  server.message({ method: 'exit' });
  await server.ended;
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => !/ENOENT|ENOTDIR|resumed|^\d+ +(?:\+\+\+|---)/.test(line))
    .map((line) => line.replace(/^\d+ +/, ''));
}

/** The file that a call names, or its descriptor is of. */
const fileOf = (call: string): string | undefined =>
  /^(?:open|creat|getdents)/.test(call)
    ? (/= \d+<([^>]*)>/.exec(call) ?? /^getdents64\(\d+<([^>]*)>/.exec(call))?.[1]?.replace(
        /\/proc\/\d+(?:\/task\/\d+)?/,
        '/proc/N',
      )
    : undefined;
const filesOf = (all: readonly string[]): Set<string> => new Set(all.flatMap((call) => fileOf(call) ?? []));

test.skipIf(!installed && !required)(
  'reads nothing but its program, the workspace and its imports',
  async () => {
    expect(installed, 'strace is not installed').toBe(true);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(workspace, name)), { recursive: true });
      writeFileSync(join(workspace, name), text);
    }
    symlinkSync('../outside/linked.chor', join(workspace, 'link.chor'));
    const program = filesOf(await calls('alone', undefined));
    const all = await calls('workspace', workspace);
    const more = [...filesOf(all)]
      .filter((file) => !program.has(file))
      .map((file) => file.replace(`${base}/`, ''))
      .sort();
    expect(more).toEqual([
      'outside/far.chor',
      'outside/linked.chor',
      'outside/next.chor',
      'workspace',
      'workspace/lib',
      'workspace/lib/other.chor',
      'workspace/lib/types.chor',
      'workspace/main.chor',
    ]);
    // It starts nothing, speaks to nobody, and writes nothing.
    expect(
      all.filter((call) =>
        /^(?:connect|bind|listen|unlink|rename|mkdir|creat|truncate|link|symlink|chmod|fchmodat)/.test(call),
      ),
    ).toEqual([]);
    expect(
      all.filter((call) => /^open.*O_(?:WRONLY|RDWR|CREAT)/.test(call) && !/"\/dev\/(?:null|tty)"/.test(call)),
    ).toEqual([]);
    expect(all.filter((call) => call.startsWith('execve')).length).toBe(1);
    // What belongs to the program lies in no place where a person’s files are.
    expect(
      [...program].filter(
        (file) =>
          !/^\/(?:proc|sys|dev|etc|lib|lib64|usr|opt)\//.test(file) &&
          !file.startsWith(dirname(bundle.path)) &&
          !file.startsWith(dirname(dirname(process.execPath))),
      ),
    ).toEqual([]);
  },
  120_000,
);
