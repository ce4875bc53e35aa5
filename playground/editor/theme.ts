// Light and dark: as the system has it, or as the reader chose. The editor’s colours are those of the view beside it.
import { monaco } from './monaco.js';

export type Scheme = 'light' | 'dark';

/** The colours of roles, in the order of the header, as the view has them. */
const roles: Readonly<Record<Scheme, readonly string[]>> = {
  dark: ['6cb6ff', 'f0a45d', '7ee0a1', 'e08bd6', 'f2d06b', '6fdce0', 'ff8f8f', 'b7a6ff'],
  light: ['0b5fc1', 'a84b00', '0f7a43', 'a1258f', '7a5d00', '00707a', 'c02626', '6040c9'],
};

/** Of other words, by what they are to the eye, and to the server. */
const words: Readonly<Record<Scheme, Readonly<Record<string, string>>>> = {
  dark: {
    keyword: 'c586c0',
    storage: '569cd6',
    type: '4ec9b0',
    function: 'dcdcaa',
    string: 'ce9178',
    number: 'b5cea8',
    comment: '7fae6a',
    constant: '569cd6',
    label: '79b8ff',
    variable: '9cdcfe',
    operator: 'd4d4d4',
  },
  light: {
    keyword: '9a00c0',
    storage: '0000d0',
    type: '1f6f81',
    function: '795e26',
    string: 'a31515',
    number: '0a6b4c',
    comment: '0a7000',
    constant: '0000d0',
    label: '0000d0',
    variable: '001080',
    operator: '333333',
  },
};

/** The server’s kinds of names, with the colour that each has. */
const kinds: Readonly<Record<string, string>> = {
  variable: 'variable',
  parameter: 'variable',
  property: 'variable',
  function: 'function',
  type: 'type',
  enum: 'type',
  enumMember: 'constant',
  struct: 'type',
  class: 'function',
  interface: 'type',
  label: 'label',
};

/** Of menus and lists of suggestions, fixes and commands. */
function lists(background: string, foreground: string, focus: string, focused: string): Record<string, string> {
  return {
    'editorActionList.background': background,
    'editorActionList.foreground': foreground,
    'editorActionList.focusBackground': focus,
    'editorActionList.focusForeground': focused,
    'menu.background': background,
    'menu.foreground': foreground,
    'menu.selectionBackground': focus,
    'menu.selectionForeground': focused,
    'quickInput.background': background,
    'quickInput.foreground': foreground,
    'quickInputList.focusBackground': focus,
    'quickInputList.focusForeground': focused,
    'editorSuggestWidget.background': background,
    'editorSuggestWidget.selectedBackground': focus,
    'editorSuggestWidget.selectedForeground': focused,
    'list.focusBackground': focus,
    'list.hoverBackground': focus,
    'editorHoverWidget.background': background,
  };
}

function define(scheme: Scheme): void {
  const own = words[scheme];
  const colour = (kind: string): string => own[kind] ?? own['variable'] ?? '';
  const rules: monaco.editor.ITokenThemeRule[] = [
    ...Object.entries(own).map(([token, foreground]) => ({ token, foreground })),
    ...Object.entries(kinds).map(([token, kind]) => ({ token, foreground: colour(kind) })),
    // Rules are found by the kind and all that it is besides, in this order.
    ...['', '.declaration', '.modification'].flatMap((also) =>
      roles[scheme].map((foreground, i) => ({ token: `role${also}.role${i}`, foreground, fontStyle: 'bold' })),
    ),
  ];
  const dark = scheme === 'dark';
  monaco.editor.defineTheme(`chor-${scheme}`, {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules,
    colors: {
      'editor.background': dark ? '#1b1f2a' : '#ffffff',
      'editor.foreground': dark ? '#d8dce6' : '#20242e',
      'editorLineNumber.foreground': dark ? '#7f879b' : '#6b7280',
      'editorLineNumber.dimmedForeground': dark ? '#7f879b' : '#6b7280',
      'editorUnnecessaryCode.opacity': '#000000e0',
      'editorLineNumber.activeForeground': dark ? '#d8dce6' : '#20242e',
      'editorCodeLens.foreground': dark ? '#9aa3b8' : '#5b6270',
      'editorInlayHint.foreground': dark ? '#9aa3b8' : '#5b6270',
      'editorInlayHint.background': '#00000000',
      'editorWidget.background': dark ? '#232838' : '#f6f7fa',
      'editor.lineHighlightBackground': dark ? '#232838' : '#f4f6fb',
      'editor.lineHighlightBorder': '#00000000',
      focusBorder: dark ? '#6cb6ff' : '#0b5fc1',
      'peekView.border': dark ? '#6cb6ff' : '#0b5fc1',
      'peekViewTitle.background': dark ? '#232838' : '#f4f6fb',
      'peekViewEditor.background': dark ? '#1b1f2a' : '#ffffff',
      'peekViewEditorGutter.background': dark ? '#1b1f2a' : '#ffffff',
      'peekViewResult.background': dark ? '#232838' : '#f4f6fb',
      'peekViewEditor.matchHighlightBackground': dark ? '#34405c' : '#dfeafb',
      'peekViewResult.matchHighlightBackground': dark ? '#34405c' : '#dfeafb',
      'peekViewResult.lineForeground': dark ? '#d8dce6' : '#20242e',
      'peekViewResult.fileForeground': dark ? '#d8dce6' : '#20242e',
      'peekViewResult.selectionBackground': dark ? '#34405c' : '#dfeafb',
      'peekViewResult.selectionForeground': dark ? '#ffffff' : '#10243f',
      ...lists(
        dark ? '#232838' : '#ffffff',
        dark ? '#d8dce6' : '#20242e',
        dark ? '#34405c' : '#dfeafb',
        dark ? '#ffffff' : '#10243f',
      ),
    },
  });
}

export interface Theme {
  readonly scheme: () => Scheme;
  /** The other one; if that is what the system has, it is followed again. */
  toggle(): void;
}

/**
 * Follows the system’s colours, or the reader’s choice.
 * @param chosen what was chosen before
 * @param changed told of another scheme, and of what is to be kept as the reader’s choice
 */
export function createTheme(
  chosen: string | undefined,
  changed: (scheme: Scheme, choice: Scheme | 'system') => void,
): Theme {
  define('light');
  define('dark');
  const system = matchMedia('(prefers-color-scheme: dark)');
  let choice: Scheme | 'system' = chosen === 'light' || chosen === 'dark' ? chosen : 'system';
  const systems = (): Scheme => (system.matches ? 'dark' : 'light');
  const scheme = (): Scheme => (choice === 'system' ? systems() : choice);
  const apply = (): void => {
    document.documentElement.dataset['scheme'] = scheme();
    monaco.editor.setTheme(`chor-${scheme()}`);
  };
  apply();
  const change = (): void => {
    apply();
    changed(scheme(), choice);
  };
  system.addEventListener('change', change);
  return {
    scheme,
    toggle() {
      const next = scheme() === 'dark' ? 'light' : 'dark';
      choice = next === systems() ? 'system' : next;
      change();
    },
  };
}
