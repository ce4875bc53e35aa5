// The npm package, as it is packed: it has what `chor` and the library need, and works where nothing else is installed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const scratch = mkdtempSync(join(tmpdir(), 'chor-package-'));
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

const program = `import { applyEdits, fixesFor, format, projectionFile, Workspace } from 'chor';
import type { Finding } from 'chor';

export function look(text: string): readonly string[] {
  const workspace = new Workspace();
  workspace.set('memory:/a.chor', text);
  const findings: readonly Finding[] = workspace.analyze('memory:/a.chor')?.findings ?? [];
  return findings.map(({ code }) => code);
}

export function mended(text: string): string {
  const workspace = new Workspace();
  workspace.set('memory:/a.chor', text);
  const [finding] = workspace.analyze('memory:/a.chor')?.findings ?? [];
  const [fix] = finding ? fixesFor(workspace, finding) : [];
  return fix ? format(applyEdits(text, fix.edits)) : text;
}

export function projected(text: string): string | undefined {
  const workspace = new Workspace();
  workspace.set('memory:/a.chor', text);
  return projectionFile(workspace, 'memory:/a.chor', 'Greeting')?.text;
}
`;
const greeting =
  'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting\n  Bob.show(greeting)\n}\nextern show(line: string)\n';

beforeAll(() => {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--silent', '--json', '--pack-destination', scratch], {
      cwd: root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    }),
  ) as { filename: string }[];
  const home = join(scratch, 'node_modules', 'chor');
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['xzf', join(scratch, packed?.filename ?? ''), '--strip-components=1', '-C', home]);
  writeFileSync(join(scratch, 'program.ts'), program);
  writeFileSync(join(scratch, 'package.json'), '{ "type": "module" }\n');
});

describe('the packed package', () => {
  const manifest = (): Record<string, unknown> =>
    JSON.parse(readFileSync(join(scratch, 'node_modules', 'chor', 'package.json'), 'utf8')) as Record<string, unknown>;
  const bundled = async (): Promise<string> => {
    const { outputFiles } = await build({
      absWorkingDir: scratch,
      entryPoints: ['program.ts'],
      bundle: true,
      write: false,
      platform: 'browser',
      format: 'iife',
      globalName: 'program',
      logLevel: 'silent',
    });
    return outputFiles[0]?.text ?? '';
  };

  test('has the licences of what is bundled', () => {
    const licences = readFileSync(join(scratch, 'node_modules', 'chor', 'dist', 'licences.txt'), 'utf8');
    for (const name of ['elkjs', 'commander', 'vscode-languageserver', 'zod'])
      expect(licences).toMatch(new RegExp(`^${name} [0-9.]+ \\(`, 'm'));
  });

  test('needs nothing else, and names only what is there', () => {
    expect(manifest().dependencies).toBeUndefined();
    for (const file of ['dist/library/index.js', 'dist/library/index.d.ts', 'dist/cli/main.cjs'])
      expect(readFileSync(join(scratch, 'node_modules', 'chor', file), 'utf8').length).toBeGreaterThan(1000);
  });

  test('has types that hold by themselves', () => {
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const options = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      'false',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      'program.ts',
    ];
    expect(
      execFileSync(process.execPath, [tsc, '--ignoreConfig', ...options], { cwd: scratch, encoding: 'utf8' }),
    ).toBe('');
  });

  test('checks, mends and projects in Node', () => {
    // As the manual shows it.
    const [, code = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, 'docs', 'embedding.md'), 'utf8')) ?? [];
    writeFileSync(join(scratch, 'run.mjs'), code);
    const said = execFileSync(process.execPath, ['run.mjs'], { cwd: scratch, encoding: 'utf8' });
    expect(said).toContain('unknown-role: `Greeting` has no role Bab');
    expect(said).toContain('Greeting is proved');
    expect(said).toContain('receive greeting from Alice');
  });

  test('and where there is no Node, as in a browser', async () => {
    const world: {
      program?: {
        look(text: string): string[];
        mended(text: string): string;
        projected(text: string): string | undefined;
      };
    } = {};
    runInNewContext(
      await bundled(),
      Object.assign(world, { URL, TextEncoder, TextDecoder, setTimeout, clearTimeout, performance }),
    );
    const { program: found } = {
      ...world,
      program: runInNewContext('program', world) as NonNullable<typeof world.program>,
    };
    expect(found.look(greeting)).toEqual([]);
    expect(found.look(greeting.replace('Alice.', 'Alise.'))).toContain('unknown-role');
    expect(found.mended(greeting.replace('Alice.', 'Alise.'))).toBe(greeting);
    expect(found.projected(greeting)).toContain('process Bob');
  });

  test('has the command', () => {
    writeFileSync(join(scratch, 'a.chor'), greeting);
    expect(
      execFileSync(
        process.execPath,
        [join(scratch, 'node_modules', 'chor', 'dist', 'cli', 'main.cjs'), 'check', 'a.chor'],
        { cwd: scratch, encoding: 'utf8' },
      ),
    ).toContain('no errors');
  });
});
