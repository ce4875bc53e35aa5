// The extension's manifest says what the code does.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rules } from '../../language/rules/index.js';

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly icon?: { readonly light: string; readonly dark: string };
    }[];
    readonly grammars: readonly { readonly path: string }[];
    readonly languages: readonly {
      readonly configuration: string;
      readonly icon: { readonly light: string; readonly dark: string };
    }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly when: string }[];
    readonly configurationDefaults: Readonly<Record<string, object>>;
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly properties?: Readonly<Record<string, { readonly default: string }>> }>
      >;
    };
  };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const { contributes } = manifest;

describe('package.json', () => {
  test('names files that exist', () => {
    const icons = [...contributes.languages, ...contributes.commands].flatMap(({ icon }) =>
      icon ? [icon.light, icon.dark] : [],
    );
    const files = [
      manifest.icon,
      ...icons,
      ...contributes.grammars.map(({ path }) => path),
      ...contributes.languages.map(({ configuration }) => configuration),
    ];
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  test('puts only commands into menus and on keys that there are', () => {
    const known = new Set(contributes.commands.map(({ command }) => command));
    // With `runCommands`, a key runs several of VS Code's own.
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings]
      .map(({ command }) => command)
      .filter((command) => command !== 'runCommands');
    expect(used.filter((command) => !known.has(command))).toEqual([]);
  });

  test('offers nothing of its own while somebody types, and takes nothing for Enter: completion is the server’s, and Tab’s', () => {
    expect(contributes).not.toHaveProperty('snippets');
    expect(contributes.configurationDefaults['[chor]']).toMatchObject({
      'editor.wordBasedSuggestions': 'off',
      'editor.suggest.selectionMode': 'never',
      'editor.acceptSuggestionOnEnter': 'smart',
      'editor.acceptSuggestionOnCommitCharacter': false,
    });
    expect(contributes.keybindings.find(({ key }) => key === 'tab')?.when).toContain(
      '!suggestWidgetHasFocusedSuggestion',
    );
  });

  test('lets the severity of every code be set, and no other (npm run generate writes it)', () => {
    const settings = contributes.configuration.properties['chor.diagnostics.severity']?.properties ?? {};
    expect(
      Object.fromEntries(Object.entries(settings).map(([code, { default: severity }]) => [code, severity])),
    ).toEqual(Object.fromEntries(rules.map(({ code, severity }) => [code, severity])));
  });
});
