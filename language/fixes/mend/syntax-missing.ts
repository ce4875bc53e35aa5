// Words and signs that were left out: `->`, `=`, `:`, `{`, `do`, `rec`, `case`, the name of a loop, the role before a
// value. Candidates near the error; whether the text reads then is found by trying.
import type { Declaration, SourceFile } from '../../ir/file.js';
import { lineEnd, lineStart } from '../../edits/text.js';
import type { TextRange } from '../../ir/expression.js';
import { writeName } from '../../syntax/names.js';
import type { Token } from '../../syntax/tokens.js';

export type Offer = (title: string, start: number, end: number, newText: string, doubt: number) => void;

/** What is known of the place of an error. */
export interface Around {
  readonly text: string;
  readonly file: SourceFile | undefined;
  readonly declaration: Declaration | undefined;
  /** The line of the error. */
  readonly own: TextRange;
  /** Those of its line, and of the ones beside it. */
  readonly tokens: readonly Token[];
}

const types = new Set(['int', 'float', 'bool', 'string', 'list', 'option', 'map', 'set']);
const heads =
  /^(choreography|network|process|server|if|else|match|case|while|rec|choice|for|par|pick|receive|or|and|when|at)$/;

/** All that may be left out at a place. */
export function leftOut(around: Around, offer: Offer): void {
  const { tokens, text } = around;
  const startsLine = (i: number): boolean => {
    const [token, before] = [tokens[i], tokens[i - 1]];
    return token !== undefined && (!before || text.slice(before.end, token.start).includes('\n'));
  };
  const roles = rolesOf(around.declaration);
  const known = new Set(around.file?.declarations.map((d) => d.name.text));
  const choreographies = new Set(
    around.file?.declarations.flatMap((d) => (d.kind === 'choreography' ? [d.name.text] : [])),
  );
  const loops = loopsBefore(around);
  tokens.forEach((token, i) => {
    const [before, next] = [tokens[i - 1], tokens[i + 1]];
    const first = startsLine(i);
    const put = (word: string, doubt: number): void => {
      offer(`Add the missing \`${word}\``, token.start, token.start, `${word} `, doubt);
    };
    if (token.kind === 'word') {
      if (
        choreographies.has(token.text) &&
        next?.text === '(' &&
        before?.text !== 'choreography' &&
        before?.text !== 'do'
      )
        put('do', 0.3);
      if (first && next?.text === '{' && !heads.test(token.text))
        put('rec', loops.goneRound.has(token.text) ? 0.3 : 1.5);
      if (first && !heads.test(token.text) && isHead(tokens, i)) put('case', 1);
      if (
        /^(continue|leave)$/.test(token.text) &&
        (startsLine(i + 1) || !next || next.text === '}' || next.text === ';')
      )
        loops.around.forEach((loop, k) => {
          offer(`Name the loop \`${loop}\``, token.end, token.end, ` ${writeName(loop)}`, 0.3 + k / 2);
        });
    }
    if (before && !first && ends(before) && begins(token)) {
      put('->', roles.has(token.text) ? 0.8 : 1.4);
      put('=', 1.3);
      offer('Add the missing `:`', before.end, before.end, ':', isType(token, known) ? 0.7 : 1.2);
      const line = tokens.filter(
        (t) => lineStart(text, t.start) === lineStart(text, token.start) && t.start < token.start,
      );
      if (line.some((t) => t.text === 'send')) put('to', 0.5);
      if (line.some((t) => t.text === 'receive')) put('from', 0.5);
    }
  });
  for (const line of linesOf(around)) {
    const [head] = tokens.filter((t) => t.start >= line.start && t.end <= line.end && !/^[}]$/.test(t.text));
    const last = tokens.filter((t) => t.kind !== 'comment' && t.start >= line.start && t.end <= line.end).at(-1);
    if (head && last && (heads.test(head.text) || /^\w+$/.test(head.text)) && !/[{}]$/.test(last.text))
      offer(
        'Add the missing `{`',
        last.end,
        last.end,
        ' {',
        heads.test(head.text) ? (line.end < around.own.start ? -1.2 : 0.9) : 1.6,
      );
  }
  for (const role of roles) whoDoes(around, role, offer);
}

function ends(token: Token): boolean {
  return token.kind === 'string' || /[\p{L}\p{Nd}_)\]]$/u.test(token.text);
}

function begins(token: Token): boolean {
  return token.kind === 'string' || /^[\p{L}\p{Nd}_([]/u.test(token.text);
}

function isType({ text }: Token, known: ReadonlySet<string>): boolean {
  return types.has(text) || known.has(text);
}

/** Whether a pattern with a block stands at a token: a word, with or without brackets, and `{`. */
function isHead(tokens: readonly Token[], i: number): boolean {
  let at = i + 1;
  if (tokens[at]?.text === '(') {
    while (at < tokens.length && tokens[at]?.text !== ')') at++;
    at++;
  }
  return tokens[at]?.text === '{';
}

function linesOf({ own, tokens, text }: Around): TextRange[] {
  const starts = new Set(tokens.map((t) => lineStart(text, t.start)));
  return [...new Set([own.start, ...starts])].map((start) => ({ start, end: lineEnd(text, start) }));
}

/** The roles of a choreography, as far as it could be read. */
function rolesOf(declaration: Declaration | undefined): ReadonlySet<string> {
  if (declaration?.kind === 'choreography') return new Set(declaration.roles.map((r) => r.name.text));
  return new Set(declaration?.kind === 'network' ? declaration.processes.map((p) => p.name.text) : []);
}

/** The loops that start before an error, the last first; and those that are gone round somewhere. */
function loopsBefore({ text, declaration, own }: Around): {
  readonly around: readonly string[];
  readonly goneRound: ReadonlySet<string>;
} {
  const start = declaration?.origin.start ?? 0;
  const names = (part: string, word: RegExp): string[] => [...part.matchAll(word)].map((m) => m[1] ?? '');
  return {
    around: [...new Set(names(text.slice(start, own.end), /\brec\s+([\p{L}_][\p{L}\p{Nd}_]*)/gu).reverse())],
    goneRound: new Set(
      names(text.slice(start, declaration?.origin.end), /\b(?:continue|leave)\s+([\p{L}_][\p{L}\p{Nd}_]*)/gu),
    ),
  };
}

/** A role before what decides, or is worked out, without one. */
function whoDoes({ own, text, tokens, declaration }: Around, role: string, offer: Offer): void {
  if (declaration?.kind !== 'choreography') return;
  const whole = text.slice(declaration.origin.start, declaration.origin.end);
  tokens.forEach((token, i) => {
    const before = tokens[i - 1];
    if (!begins(token) || before?.text === '.') return;
    const isFirst =
      !before ||
      (before.end < own.start && own.start <= token.start) ||
      /^(if|while|match|->|,|return)$/.test(before.text);
    if (!isFirst || heads.test(token.text)) return;
    // Who has it, as far as the text tells.
    const has =
      token.kind === 'word' &&
      (new RegExp(`\\b${role}\\.${token.text}\\b`).test(whole) ||
        new RegExp(`\\b${role}\\([^)]*\\b${token.text}:`).test(whole));
    offer(`Write \`${role}.${token.text}\``, token.start, token.start, `${writeName(role)}.`, has ? 0.6 : 1.7);
  });
}
