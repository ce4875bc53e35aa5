// How tasks are started out of the extension.
import { describe, expect, test } from 'vitest';
import { definitionOf, offered, processFor } from '../../client/checking.js';

const inExtension = (path: string): string => `/extension/${path}`;

describe('a task', () => {
  test('is the command of the extension, run by what runs the extension', () => {
    expect(offered.map(({ definition }) => processFor(definition, '/bin/code', inExtension))).toEqual([
      {
        command: '/bin/code',
        args: ['/extension/dist/cli/main.cjs', 'check', '**/*.chor'],
        env: { ELECTRON_RUN_AS_NODE: '1' },
      },
      {
        command: '/bin/code',
        args: ['/extension/dist/cli/main.cjs', 'check', '--watch', '**/*.chor'],
        env: { ELECTRON_RUN_AS_NODE: '1' },
      },
    ]);
  });
  test('has the files and the options that tasks.json says, as far as they make sense', () => {
    const definition = definitionOf({ type: 'chor', files: ['a.chor', 7], watch: 'yes', options: ['--hints'] });
    expect(processFor(definition, 'node', inExtension).args.slice(1)).toEqual(['check', '--hints', 'a.chor']);
    expect(definitionOf({ type: 'chor', files: [] })).toEqual({ type: 'chor', watch: false, options: [] });
  });
});
