// The check of what is in a bundle, and the bundles of the language itself.
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Metafile } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { checkBundle, editorPackages, generatorPackages } from '../../scripts/bundles.mjs';

const root = join(import.meta.dirname, '../..');
const bundle = async (contents: string): Promise<Metafile> => {
  const { metafile } = await build({
    absWorkingDir: root,
    stdin: { contents, resolveDir: root, sourcefile: 'entry.ts' },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  });
  return metafile;
};

describe('a bundle', () => {
  test.each(['language/index.ts', 'server/worker.ts', 'server/browser-worker.ts'])(
    'of %s has no package in it',
    async (entry) => {
      const metafile = await bundle(`import './${entry}';`);
      expect(() => checkBundle(metafile, entry, [...generatorPackages, ...editorPackages])).not.toThrow();
      expect(
        Object.values(metafile.outputs)
          .flatMap(({ inputs }) => Object.keys(inputs))
          .filter((file) => file.includes('node_modules')),
      ).toEqual([]);
    },
  );
  test('of the server speaks with an editor, and has nothing that makes the parser', async () => {
    const metafile = await bundle("import './server/main.ts';");
    expect(() => checkBundle(metafile, 'server', generatorPackages)).not.toThrow();
    expect(() => checkBundle(metafile, 'server', editorPackages)).toThrow(
      /^The bundle server must not have the package vscode-[a-z-]+ in it: entry\.ts → server\/main\.ts → .*node_modules/,
    );
  });
  test.each([
    ['langium', "import { URI } from 'langium'; console.log(URI);", 'langium'],
    ['what langium brings along', "export * from './test/syntax/stock-parser.ts';", 'langium'],
    ['chevrotain', "import { EOF } from 'chevrotain'; console.log(EOF);", 'chevrotain'],
  ])('with %s is told', async (_, contents, name) => {
    const metafile = await bundle(contents);
    expect(() => checkBundle(metafile, 'server', generatorPackages)).toThrow(
      `The bundle server must not have the package`,
    );
    expect(() => checkBundle(metafile, 'server', [name])).toThrow(
      new RegExp(`package ${name}(-[a-z]+)? in it: entry\\.ts → `),
    );
  });
  test.each(['vscode-jsonrpc', 'vscode-languageserver', 'vscode-languageserver-types'])(
    'with %s is told, where it may have no package of an editor',
    async (name) => {
      const metafile = await bundle(
        `import * as all from '${name === 'vscode-languageserver' ? 'vscode-languageserver/node' : name}'; console.log(all);`,
      );
      expect(() => checkBundle(metafile, 'thread', editorPackages)).toThrow(
        'The bundle thread must not have the package vscode-',
      );
      expect(() => checkBundle(metafile, 'thread', generatorPackages)).not.toThrow();
    },
  );
});
