// What the extension has the editor start for assistants.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { serversFor } from '../../client/assistant-servers.js';

const inExtension = (path: string): string => `/ext/${path}`;
const of = (name: string, scheme = 'file'): { name: string; scheme: string; path: string } => ({
  name,
  scheme,
  path: `/w/${name}`,
});

test('one server for each folder on disk, which it reads and nothing else', () => {
  expect(serversFor([of('a'), of('b'), of('c', 'vscode-vfs')], '/node', inExtension)).toEqual(
    ['a', 'b'].map((name) => ({
      label: `Chor (${name})`,
      command: '/node',
      args: ['/ext/dist/cli/main.cjs', 'mcp', '--root', `/w/${name}`],
      env: { ELECTRON_RUN_AS_NODE: '1' },
      cwd: `/w/${name}`,
    })),
  );
  expect(serversFor([of('a')], '/node', inExtension).map(({ label }) => label)).toEqual(['Chor']);
});

test('one that reads the examples, where no folder on disk is open', () => {
  expect(serversFor([of('c', 'vscode-vfs')], '/node', inExtension).map(({ label, cwd }) => ({ label, cwd }))).toEqual([
    { label: 'Chor', cwd: '/ext/examples' },
  ]);
});

test('the manifest names the provider that the code registers, and the package has what is started', () => {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    contributes: { mcpServerDefinitionProviders: { id: string }[] };
  };
  expect(contributes.mcpServerDefinitionProviders.map(({ id }) => id)).toEqual([
    /const id = '(.*)'/.exec(readFileSync('client/assistants.ts', 'utf8'))?.[1],
  ]);
  const packed = readFileSync('.vscodeignore', 'utf8').split('\n');
  for (const file of ['main', 'layout', 'mcp', 'mcp-worker']) expect(packed).toContain(`!dist/cli/${file}.cjs`);
});
