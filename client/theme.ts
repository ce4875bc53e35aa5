// The colours of the editor's theme for the tokens of a projection. VS Code gives a webview the colours of its own
// parts but not those of tokens, so they are read from the theme's file; where that can't be, the view has colours of
// its own.
import * as vscode from 'vscode';
import type { TokenClass } from './messages.js';

/** For each class of tokens the TextMate scopes that it has in syntaxes/chor.tmLanguage.json, best first. */
const scopes: Readonly<Record<TokenClass, readonly string[]>> = {
  keyword: ['keyword.control', 'keyword'],
  storage: ['storage.type', 'storage', 'keyword'],
  label: ['entity.name.label', 'constant.language', 'constant'],
  type: ['entity.name.type', 'support.type', 'entity.name'],
  function: ['entity.name.function'],
  string: ['string'],
  number: ['constant.numeric', 'constant'],
  comment: ['comment'],
  constant: ['constant.language', 'constant'],
  variable: ['variable.other', 'variable'],
  operator: ['keyword.operator'],
};

interface ThemeFile {
  readonly include?: string;
  readonly tokenColors?: readonly {
    readonly scope?: string | readonly string[];
    readonly settings?: { readonly foreground?: string };
  }[];
}

/** The colours of the theme that is active now; empty where it can't be found. Never fails. */
export async function themeColours(): Promise<Partial<Record<TokenClass, string>>> {
  try {
    const file = activeThemeFile();
    if (!file) return {};
    const rules = await tokenRules(file, 0);
    const colours: Partial<Record<TokenClass, string>> = {};
    for (const [kind, wanted] of Object.entries(scopes) as [TokenClass, readonly string[]][]) {
      const colour = colourOf(wanted, rules);
      if (colour) colours[kind] = colour;
    }
    return colours;
  } catch {
    return {};
  }
}

function activeThemeFile(): vscode.Uri | undefined {
  const workbench = vscode.workspace.getConfiguration('workbench');
  const { kind } = vscode.window.activeColorTheme;
  const byKind: Record<vscode.ColorThemeKind, string> = {
    [vscode.ColorThemeKind.Light]: 'preferredLightColorTheme',
    [vscode.ColorThemeKind.Dark]: 'preferredDarkColorTheme',
    [vscode.ColorThemeKind.HighContrast]: 'preferredHighContrastColorTheme',
    [vscode.ColorThemeKind.HighContrastLight]: 'preferredHighContrastLightColorTheme',
  };
  const highContrast = kind === vscode.ColorThemeKind.HighContrast || kind === vscode.ColorThemeKind.HighContrastLight;
  const automatic = highContrast || vscode.workspace.getConfiguration('window').get<boolean>('autoDetectColorScheme');
  const candidates = [automatic ? byKind[kind] : 'colorTheme', 'colorTheme', byKind[kind]].map((key) =>
    workbench.get<string>(key),
  );
  for (const wanted of candidates) {
    for (const extension of vscode.extensions.all) {
      const { contributes } = extension.packageJSON as {
        contributes?: { themes?: readonly { id?: string; label?: string; path: string; uiTheme?: string }[] };
      };
      const theme = contributes?.themes?.find(
        ({ id, label }) => wanted !== undefined && (id === wanted || label === wanted),
      );
      if (theme && fits(theme.uiTheme, kind)) return vscode.Uri.joinPath(extension.extensionUri, theme.path);
    }
  }
  return undefined;
}

function fits(uiTheme: string | undefined, kind: vscode.ColorThemeKind): boolean {
  switch (kind) {
    case vscode.ColorThemeKind.Light:
      return uiTheme === 'vs';
    case vscode.ColorThemeKind.Dark:
      return uiTheme === 'vs-dark';
    case vscode.ColorThemeKind.HighContrast:
      return uiTheme === 'hc-black';
    case vscode.ColorThemeKind.HighContrastLight:
      return uiTheme === 'hc-light';
  }
}

/** The token rules of a theme and of those that it builds on, those first. */
async function tokenRules(file: vscode.Uri, depth: number): Promise<NonNullable<ThemeFile['tokenColors']>> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const theme = JSON.parse(withoutComments(text)) as ThemeFile;
  const below =
    theme.include && depth < 8 ? await tokenRules(vscode.Uri.joinPath(file, '..', theme.include), depth + 1) : [];
  return [...below, ...(Array.isArray(theme.tokenColors) ? theme.tokenColors : [])];
}

/** The most specific rule for the first scope that has any; of equally specific ones the last. */
function colourOf(wanted: readonly string[], rules: NonNullable<ThemeFile['tokenColors']>): string | undefined {
  for (const scope of wanted) {
    let best: { readonly length: number; readonly colour: string } | undefined;
    for (const { scope: given, settings } of rules) {
      const colour = settings?.foreground;
      if (!colour || !/^#[0-9a-f]{3,8}$/i.test(colour)) continue;
      for (const selector of typeof given === 'string' ? given.split(',') : (given ?? [])) {
        const name = selector.trim();
        if ((scope === name || scope.startsWith(`${name}.`)) && name.length >= (best?.length ?? 0))
          best = { length: name.length, colour };
      }
    }
    if (best) return best.colour;
  }
  return undefined;
}

/** JSON as people write it in themes: with comments, and commas at the end. */
function withoutComments(text: string): string {
  return text
    .replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string: string | undefined) => string ?? '')
    .replace(
      /("(?:[^"\\]|\\.)*")|,(\s*[}\]])/g,
      (_, string: string | undefined, end: string | undefined) => string ?? end ?? '',
    );
}
