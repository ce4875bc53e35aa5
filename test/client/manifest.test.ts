// The extension's manifest says what the code does.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rules } from '../../language/diagnostics/index.js';

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly icon?: { readonly light: string; readonly dark: string } }[];
    readonly grammars: readonly { readonly path: string }[];
    readonly snippets: readonly { readonly path: string }[];
    readonly languages: readonly { readonly configuration: string; readonly icon: { readonly light: string; readonly dark: string } }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly keybindings: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly properties?: Readonly<Record<string, { readonly default: string }>> }>> };
  };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const { contributes } = manifest;

describe('package.json', () => {
  test('names files that exist', () => {
    const icons = [...contributes.languages, ...contributes.commands].flatMap(({ icon }) => (icon ? [icon.light, icon.dark] : []));
    const files = [manifest.icon, ...icons, ...contributes.grammars.map(({ path }) => path), ...contributes.snippets.map(({ path }) => path), ...contributes.languages.map(({ configuration }) => configuration)];
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  test('puts only commands into menus and on keys that there are', () => {
    const known = new Set(contributes.commands.map(({ command }) => command));
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(({ command }) => command);
    expect(used.filter((command) => !known.has(command))).toEqual([]);
  });

  test('lets the severity of every code be set, and no other (npm run generate writes it)', () => {
    const settings = contributes.configuration.properties['chor.diagnostics.severity']?.properties ?? {};
    expect(Object.fromEntries(Object.entries(settings).map(([code, { default: severity }]) => [code, severity])))
      .toEqual(Object.fromEntries(rules.map(({ code, severity }) => [code, severity])));
  });
});
