// Wrong use is told in one line, with exit code 2 and nothing on standard output.
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { version } from '../../package.json';
import { sandbox } from './helpers.js';

const good = 'choreography C(A, B) {\n  A.1 -> B.x\n  B.note(x)\n}\nextern note(n: int)\n';

describe('wrong use', () => {
  const cases: [string, string[], RegExp][] = [
    ['no command', [], /which command/],
    ['an unknown command', ['chek'], /unknown command 'chek'.*check/],
    ['an unknown option', ['check', 'a.chor', '--fromat', 'json'], /unknown option '--fromat'.*--format/],
    ['an unknown format', ['check', 'a.chor', '--format', 'xml'], /xml.*text, json, sarif, gitlab/],
    ['no file', ['check'], /missing required argument/],
    ['a file that does not exist', ['check', 'b.chor'], /can’t read b\.chor: there is no such file/],
    ['one of several files that does not exist', ['check', 'a.chor', 'b.chor'], /b\.chor/],
    ['a pattern that matches nothing', ['check', 'x/**/*.chor'], /no file matches x\/\*\*\/\*\.chor/],
    ['a folder', ['check', 'folder'], /folder is a folder/],
    ['an empty name', ['check', ''], /empty/],
    ['an unknown code', ['fix', 'a.chor', '--code', 'dead-lock'], /no code dead-lock/],
    ['a missing file to project', ['project', 'b.chor'], /can’t read b\.chor/],
    ['an unknown choreography', ['project', 'a.chor', '--choreography', 'D'], /no choreography D.*C/],
    ['an unknown role', ['project', 'a.chor', '--role', 'Z'], /no role Z.*A.*B/],
    ['a root that is not there', ['mcp', '--root', 'nowhere'], /can’t use nowhere as root: there is no such file/],
    ['a root that is a file', ['mcp', '--root', 'a.chor'], /a\.chor is not a folder/],
    ['a chapter that there is not', ['learn', '11'], /no chapter 11; there are 10/],
    ['an answer to no chapter', ['learn', 'a.chor'], /a\.chor is no exercise of the tutorial/],
    ['the start of no chapter', ['learn', '-o', 'b.chor'], /which chapter/],
    ['an answer as the start of one', ['learn', 'a.chor', '-o', 'b.chor'], /only the start/],
    ['a missing file to format', ['fmt', 'b.chor'], /can’t read b\.chor/],
  ];
  test.each(cases)('%s', async (_name, args, message) => {
    const { chor } = sandbox({ 'a.chor': good, 'folder/c.chor': good });
    const { code, out, err } = await chor(...args);
    expect(err).toMatch(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toMatch(/^chor: /);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  test.skipIf(process.getuid?.() === 0)('a file that may not be read', async () => {
    const { chor, folder } = sandbox({ 'a.chor': good });
    chmodSync(join(folder, 'a.chor'), 0);
    expect(await chor('check', 'a.chor')).toMatchObject({
      code: 2,
      err: 'chor: can’t read a.chor: permission denied\n',
    });
  });
});

describe('help and version', () => {
  test('--version prints the version of the package', async () => {
    expect(await sandbox({}).chor('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  test('--help lists the commands', async () => {
    const { code, out } = await sandbox({}).chor('--help');
    expect(code).toBe(0);
    for (const command of ['check', 'project', 'extract', 'fix', 'fmt', 'import', 'export', 'learn', 'lsp', 'mcp'])
      expect(out).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  });
});
