// Chor as the editor knows it before the server is there: brackets, comments, and colours of words by how they look.
import configuration from '../../language-configuration.json';
import { spansByLine } from '../../client/view/tokens.js';
import { monaco } from './monaco.js';

/** Whether a line starts inside of a comment. */
interface Line extends monaco.languages.IState {
  readonly inComment: boolean;
}

function line(inComment: boolean): Line {
  return { inComment, clone: () => line(inComment), equals: (other) => (other as Line).inComment === inComment };
}

const noRoles: ReadonlySet<string> = new Set();

/**
 * The tokens of a line, and how the next one starts. The server’s colours lie over these: it knows what each name is.
 */
function tokenize(text: string, { inComment }: Line): { tokens: monaco.languages.IToken[]; endState: Line } {
  const end = inComment ? text.indexOf('*/') : -2;
  if (end === -1) return { tokens: [{ startIndex: 0, scopes: 'comment' }], endState: line(true) };
  const from = end === -2 ? 0 : end + 2;
  const tokens: monaco.languages.IToken[] = from > 0 ? [{ startIndex: 0, scopes: 'comment' }] : [];
  let open = false;
  for (const span of spansByLine(text.slice(from), noRoles)[0] ?? []) {
    // A comment without its end is no string, though both are not at an end.
    open = span.text.startsWith('/*') && (span.text.length < 4 || !span.text.endsWith('*/'));
    tokens.push({ startIndex: from + span.start, scopes: open ? 'comment' : span.class === 'plain' ? '' : span.class });
  }
  return { tokens, endState: line(open) };
}

/** Registers the language. */
export function registerLanguage(): void {
  const { languages } = monaco;
  languages.register({ id: 'chor', extensions: ['.chor'], aliases: ['Chor'] });
  const {
    comments,
    brackets,
    autoClosingPairs,
    autoCloseBefore,
    surroundingPairs,
    wordPattern,
    indentationRules,
    folding,
    onEnterRules,
  } = configuration;
  const expression = (source: string | undefined): RegExp | undefined =>
    source === undefined ? undefined : new RegExp(source);
  const indents = { none: languages.IndentAction.None, indentOutdent: languages.IndentAction.IndentOutdent };
  languages.setLanguageConfiguration('chor', {
    comments: { lineComment: comments.lineComment, blockComment: pair(comments.blockComment) },
    brackets: brackets.map(pair),
    colorizedBracketPairs: [],
    autoClosingPairs,
    autoCloseBefore,
    surroundingPairs: surroundingPairs.map(pair).map(([open, close]) => ({ open, close })),
    wordPattern: new RegExp(wordPattern.pattern, wordPattern.flags),
    indentationRules: {
      increaseIndentPattern: new RegExp(indentationRules.increaseIndentPattern),
      decreaseIndentPattern: new RegExp(indentationRules.decreaseIndentPattern),
    },
    folding: { markers: { start: new RegExp(folding.markers.start), end: new RegExp(folding.markers.end) } },
    onEnterRules: onEnterRules.map(({ beforeText, afterText, action }) => ({
      beforeText: new RegExp(beforeText),
      afterText: expression(afterText),
      action: {
        indentAction: indents[action.indent as keyof typeof indents],
        appendText: action.appendText,
        removeText: action.removeText,
      },
    })),
  });
  languages.setTokensProvider('chor', {
    getInitialState: () => line(false),
    tokenize: (text, state) => tokenize(text, state as Line),
  });
}

function pair(both: readonly string[]): [string, string] {
  return [both[0] ?? '', both[1] ?? ''];
}
