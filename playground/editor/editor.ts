// The editor of the page: set as the extension sets VS Code for Chor, and with the places that links and definitions
// lead to.
import { monaco } from './monaco.js';

export interface EditorActions {
  /** Looks at another file; whether there is one at that address. */
  show(uri: string): boolean;
  /** Copies a link: what Ctrl+S does, as all is kept anyway. */
  share(): void;
}

export interface Editor {
  readonly own: monaco.editor.IStandaloneCodeEditor;
  /** The cursor, by the address of the file that is looked at. */
  cursor(): { readonly uri: string; readonly position: monaco.Position } | undefined;
  /**
   * Puts the cursor at a place of the file that is looked at, and shows it; with focus, the keyboard goes there, too.
   */
  goTo(range: monaco.IRange, focus: boolean, select?: boolean): void;
  /** Takes the light off a place that was shown. */
  clear(): void;
  /** Of a file that is left and come back to: where it was scrolled to, and the cursor. */
  look(model: monaco.editor.ITextModel): void;
}

/** Creates the editor in an element. */
export function createEditor(element: HTMLElement, actions: EditorActions): Editor {
  const narrow = matchMedia('(max-width: 800px)');
  const own = monaco.editor.create(element, {
    model: null,
    automaticLayout: true,
    minimap: { enabled: false },
    'semanticHighlighting.enabled': true,
    tabSize: 2,
    insertSpaces: true,
    detectIndentation: false,
    wordBasedSuggestions: 'off',
    suggest: { selectionMode: 'never', showWords: false, localityBonus: false },
    acceptSuggestionOnEnter: 'smart',
    acceptSuggestionOnCommitCharacter: false,
    quickSuggestions: { other: true, strings: true, comments: false },
    fontFamily: 'ui-monospace, "SF Mono", Menlo, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace',
    scrollBeyondLastLine: false,
    smoothScrolling: true,
    fixedOverflowWidgets: true,
    formatOnType: true,
    formatOnPaste: false,
    occurrencesHighlight: 'singleFile',
    renderLineHighlight: 'line',
    stickyScroll: { enabled: false },
    accessibilityPageSize: 200,
    ariaLabel: 'Text in Chor',
    links: true,
    lightbulb: { enabled: monaco.editor.ShowLightbulbIconMode.On },
    unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false },
    padding: { top: 10, bottom: 10 },
    overviewRulerLanes: 2,
    scrollbar: { alwaysConsumeMouseWheel: false },
    // In a shadow, the menu would have none of the page’s colours.
    useShadowDOM: false,
  });
  const adapt = (): void =>
    own.updateOptions(
      narrow.matches
        ? {
            fontSize: 16,
            lineNumbersMinChars: 2,
            glyphMargin: false,
            folding: false,
            wordWrap: 'on',
            wrappingIndent: 'deepIndent',
            lineDecorationsWidth: 6,
          }
        : {
            fontSize: 14,
            lineNumbersMinChars: 3,
            glyphMargin: false,
            folding: true,
            wordWrap: 'off',
            lineDecorationsWidth: 14,
          },
    );
  narrow.addEventListener('change', adapt);
  adapt();

  const lit = own.createDecorationsCollection();
  const views = new WeakMap<monaco.editor.ITextModel, monaco.editor.ICodeEditorViewState | null>();

  // Nothing is taken for Enter, and Tab takes the first: so a line that is finished stays as it is.
  own.addAction({
    id: 'chor.takeFirst',
    label: 'Take the First Suggestion',
    keybindings: [monaco.KeyCode.Tab],
    precondition: 'editorTextFocus && suggestWidgetVisible && !suggestWidgetHasFocusedSuggestion && !inSnippetMode',
    run() {
      own.trigger('chor', 'selectFirstSuggestion', undefined);
      own.trigger('chor', 'acceptSelectedSuggestion', undefined);
    },
  });
  own.addAction({
    id: 'chor.share',
    label: 'Copy a Link to This',
    keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS],
    run: () => actions.share(),
  });

  const goTo: Editor['goTo'] = (range, focus, select = false) => {
    const model = own.getModel();
    if (!model) return;
    // Of a block its head is meant.
    const first =
      range.startLineNumber === range.endLineNumber
        ? range
        : {
            ...range,
            endLineNumber: range.startLineNumber,
            endColumn: model.getLineMaxColumn(Math.min(range.startLineNumber, model.getLineCount())),
          };
    const shown = select ? first : range;
    own.setSelection(
      select ? shown : { ...shown, endLineNumber: shown.startLineNumber, endColumn: shown.startColumn },
      'chor.goTo',
    );
    own.revealRangeInCenterIfOutsideViewport(shown, monaco.editor.ScrollType.Smooth);
    lit.set([{ range: shown, options: { isWholeLine: true, className: 'revealed' } }]);
    if (focus) own.focus();
  };

  monaco.editor.registerEditorOpener({
    openCodeEditor(_source, resource, at) {
      if (!actions.show(resource.toString())) return false;
      if (at)
        goTo(
          'lineNumber' in at
            ? {
                startLineNumber: at.lineNumber,
                startColumn: at.column,
                endLineNumber: at.lineNumber,
                endColumn: at.column,
              }
            : at,
          true,
        );
      return true;
    },
  });
  monaco.editor.registerLinkOpener({
    open: (resource) => resource.scheme === 'file' && actions.show(resource.toString()),
  });
  // Only what the reader did: a cursor that was put somewhere keeps its light.
  own.onDidChangeCursorPosition(({ source }) => {
    if (source !== 'chor.goTo') lit.clear();
  });

  return {
    own,
    goTo,
    clear: () => lit.clear(),
    cursor() {
      const [model, position] = [own.getModel(), own.getPosition()];
      return model && position ? { uri: model.uri.toString(), position } : undefined;
    },
    look(model) {
      const before = own.getModel();
      if (before === model) return;
      if (before) views.set(before, own.saveViewState());
      own.setModel(model);
      own.restoreViewState(views.get(model) ?? null);
    },
  };
}
