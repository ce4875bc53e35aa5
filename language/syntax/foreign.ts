// Words and signs of other languages: what is written here instead. Syntax errors tell it, and their fixes try it.

/** Words that mean the same in other languages. */
interface ForeignWords {
  readonly words: readonly string[];
  /** What is written in their place; '' where they are left out. Without it, the text around has to change. */
  readonly here?: string;
  /** What is said where one of them starts a statement, and starts none. */
  readonly advice?: string;
  /** The whole sentence, where it is another than `There is no …`. */
  readonly sentence?: string;
  /** It starts a statement of its own kind: that is said whatever else is wrong behind it. */
  readonly statement?: true;
}

const loops = '`rec Again { … continue Again }` repeats for ever, `while` as long as a condition holds';

const foreignWords: readonly ForeignWords[] = [
  { words: ['property'], sentence: '`property` is not supported yet.', statement: true },
  { words: ['verify'], sentence: '`verify` is not supported yet.', statement: true },
  { words: ['within'], sentence: '`within` (a time limit) is not supported yet.', statement: true },
  { words: ['may'], sentence: '`may crash` is not supported yet.', statement: true },
  {
    words: ['const'],
    here: '',
    sentence:
      '`const` gives a constant of the file: it stands outside of choreographies and networks. A variable comes to be where it is first assigned, as in `Role.x = 1`.',
    statement: true,
  },
  {
    words: ['let'],
    here: '',
    sentence:
      '`let` names a part of an expression, `let x = 1 in x + 1`; a variable comes to be where it is first assigned, as in `Role.x = 1`.',
    statement: true,
  },
  {
    words: ['var'],
    here: '',
    advice: 'a variable comes to be where it is first assigned, as in `Role.x = 1`',
    statement: true,
  },
  { words: ['val', 'mut', 'auto'], here: '' },
  { words: ['loop', 'repeat'], here: 'rec', advice: loops },
  { words: ['mu', 'label'], here: 'rec' },
  { words: ['goto'], here: 'continue', advice: loops },
  { words: ['jump', 'recur', 'again'], here: 'continue' },
  { words: ['forever'], advice: loops },
  {
    words: ['foreach', 'forall'],
    here: 'for',
    advice: '`for i in Node { … }` goes through the members of a family, `Node[i]`',
  },
  { words: ['switch'], here: 'match', advice: '`match` decides by the form of a value' },
  {
    words: ['select'],
    here: 'match',
    advice: '`match` decides by the form of a value, `choice` by means that are not stated',
  },
  { words: ['choose', 'offer'], advice: '`choice` decides by means that are not stated' },
  { words: ['unless'], here: 'if not', advice: 'write `if not`' },
  { words: ['elif', 'elseif', 'elsif', 'elsf'], here: 'else if' },
  {
    words: ['break', 'exit'],
    here: 'leave',
    advice: '`leave Again` leaves the loop `rec Again`, which ends by itself where its block ends without `continue`',
  },
  { words: ['call', 'run', 'invoke', 'spawn'], here: 'do', advice: '`do Name(…)` runs another choreography' },
  { words: ['recv', 'await', 'rcv'], here: 'receive', advice: 'a process takes a message with `receive x from Role`' },
  { words: ['wait'], advice: 'a process takes a message with `receive x from Role`' },
  { words: ['receives', 'read'], here: 'receive' },
  { words: ['sends', 'snd', 'write', 'emit'], here: 'send' },
  { words: ['skip', 'pass', 'noop'], advice: 'an empty block does nothing' },
  { words: ['null', 'nil', 'None', 'undefined', 'Nothing'], here: 'none' },
  { words: ['True', 'TRUE'], here: 'true' },
  { words: ['False', 'FALSE'], here: 'false' },
  { words: ['protocol', 'global', 'chor'], here: 'choreography' },
  { words: ['proc', 'actor', 'thread', 'participant'], here: 'process' },
  { words: ['fn', 'def', 'fun', 'func'], here: 'function' },
  { words: ['struct', 'class'], here: 'record' },
];

const byWord = new Map(foreignWords.flatMap((own) => own.words.map((word) => [word, own])));

/** What to say of a word of another language that starts a statement; undefined where nothing is known of it. */
export function foreignAdvice(word: string): string | undefined {
  const { advice, sentence } = byWord.get(word) ?? {};
  return sentence ?? (advice === undefined ? undefined : `There is no \`${word}\`: ${advice}.`);
}

/** Whether a word starts a statement that there is only in other languages. */
export function isForeignStatement(word: string): boolean {
  return byWord.get(word)?.statement ?? false;
}

/** Another way to write something, by what stands there. */
export interface Reading {
  readonly pattern: RegExp;
  readonly to: string;
  readonly title: string;
  /** Likelier ones come first. */
  readonly doubt?: number;
}

/** The readings of words; what is left out takes the blanks behind it along. */
export const wordReadings: readonly Reading[] = foreignWords.flatMap(({ words, here }) =>
  here === undefined
    ? []
    : [
        {
          pattern: new RegExp(`\\b(?:${words.join('|')})\\b${here === '' ? '\\s+' : ''}`, 'g'),
          to: here,
          title: here === '' ? 'Leave out `$&`' : `Write \`${here}\``,
        },
      ],
);

const arrow = 'Write `->`';

/** The readings of signs, and of words among signs. */
export const signReadings: readonly Reading[] = [
  // Scribble's messages.
  {
    pattern: /\b(\w+)\s*\(([^()\n]*)\)\s+from\s+(\w+)\s+to\s+(\w+)\s*;?/g,
    to: '$3 -> $4: $1($2)',
    title: 'Write it with `->`',
  },
  { pattern: /→|⟶|⇒|⟹|➔/g, to: '->', title: arrow },
  { pattern: /-{2,}>|~>|={2,}>|\|->/g, to: '->', title: arrow },
  { pattern: /=>/g, to: '->', title: arrow },
  { pattern: /->/g, to: '=>', title: 'Write `=>`', doubt: 4 },
  { pattern: /(?<=[\w)"\]] )>(?= \w)/g, to: '->', title: arrow, doubt: 1 },
  { pattern: /(?<=[\w)"\]] )--?(?= \w)/g, to: '->', title: arrow, doubt: 2 },
  { pattern: /#+/g, to: '//', title: 'Write the comment with `//`' },
  { pattern: /(?<=^[ \t]*)--/gm, to: '//', title: 'Write the comment with `//`' },
  { pattern: /&&|(?<!&)&(?!&)|∧/g, to: 'and', title: 'Write `and`' },
  { pattern: /\|\||(?<!\|)\|(?!\|)|∨/g, to: 'or', title: 'Write `or`' },
  { pattern: /!(?!=)|¬/g, to: 'not ', title: 'Write `not`' },
  { pattern: /===/g, to: '==', title: 'Write `==`' },
  { pattern: /!==|<>|≠|\/=/g, to: '!=', title: 'Write `!=`' },
  { pattern: /≤|=</g, to: '<=', title: 'Write `<=`' },
  { pattern: /≥/g, to: '>=', title: 'Write `>=`' },
  { pattern: /:=|<-/g, to: '=', title: 'Write `=`' },
  { pattern: /==/g, to: '=', title: 'Write `=`', doubt: 1 },
  { pattern: /(?<![=!<>:])=(?![=>])/g, to: '==', title: 'Write `==`', doubt: 1 },
  {
    pattern: /'([^'"\n]*)'|`([^`"\n]*)`|[“”„]([^“”"\n]*)[“”]|«([^»"\n]*)»|‘([^’"\n]*)’/g,
    to: '"$1$2$3$4$5"',
    title: 'Write the string with `"`',
  },
  { pattern: /\s+then(?=\s*\{)/g, to: '', title: 'Leave out `then`' },
  { pattern: /\s+do(?=\s*\{)/g, to: '', title: 'Leave out `do`' },
  {
    pattern: /(?<=\b(?:if|while|match)\s*)\(([^\n]*)\)(?=\s*(?:->[^\n{]*)?\{)/g,
    to: ' $1',
    title: 'Leave out the brackets',
  },
  { pattern: /(?<=\belse\s+)if(?=\s*\{)/g, to: '', title: 'Leave out `if`' },
  { pattern: /:(?=[ \t]*\{)/g, to: '', title: 'Leave out `:`', doubt: 1 },
  { pattern: /;/g, to: ',', title: 'Write `,`', doubt: 1 },
  { pattern: /\bdefault\s*:?(?=\s*\{)|\bcase\s+_(?=\s*\{)|(?<!\S)_(?=\s*\{)/g, to: 'else', title: 'Write `else`' },
  // Parts of families and bounds of loops.
  { pattern: /(?<=\b(?:for|par) \w+ )of\b/g, to: 'in', title: 'Write `in`' },
  { pattern: /(?<=\b(?:for|par) \w+ in )range\(([^(),\n]+)\)/g, to: '0 until $1', title: 'Write `until`' },
  {
    pattern: /(?<=\b(?:for|par) \w+ in )range\(([^(),\n]+), *([^(),\n]+)\)/g,
    to: '$1 until $2',
    title: 'Write `until`',
  },
  {
    pattern: /(?<=\[[^[\]\n]{1,60}|\bin [^{}\n]{1,60}) *(?:\.\.+<?|\bto\b|:) */g,
    to: ' until ',
    title: 'Write `until`',
  },
  { pattern: /(?<=\} *)(?:\bor\b|\|\|)(?= *\{)/g, to: 'and', title: 'Write `and`', doubt: 1 },
  // A role's name in its own process, and in its `at`.
  {
    pattern: /(?<=^[ \t]*)[\p{L}_][\p{L}\p{Nd}_]*\.(?=[\p{L}_][\p{L}\p{Nd}_]*(?: =[^=]|\())/gmu,
    to: '',
    title: 'Leave out `$&`',
    doubt: -1,
  },
  // Quorums.
  { pattern: /\bany(?= *(?:$|:|\}))/gm, to: 'any majority', title: 'Write `any majority`' },
  { pattern: /(?<!\bany )\bmajority\b/g, to: 'any majority', title: 'Write `any majority`' },
  { pattern: /\bfirst (?=\d)/g, to: 'any ', title: 'Write `any`' },
  {
    pattern: /(?<=\bsend\b[^\n]*?)\s*(?:->|,|=>|→)\s*(?=[\p{L}_][\p{L}\p{Nd}_]*\s*(?::|;|$|\n|\}))/gmu,
    to: ' to ',
    title: 'Write `to`',
  },
  {
    pattern: /(?<=\breceive\b[^\n]*?)\s*(?:<-|->|,|=|←)\s*(?=[\p{L}_][\p{L}\p{Nd}_]*\s*(?::|;|\{|$|\n|\}))/gmu,
    to: ' from ',
    title: 'Write `from`',
  },
];

/** What a sign that means nothing is taken for, for messages; what is tried as a fix is among it. */
const meant: ReadonlyMap<string, string> = new Map([
  ['&', '`and`'],
  ['|', '`or`'],
  ['!', '`not` or `!=`'],
  ["'", '`"`'],
  ['<-', '`->`'],
]);

/**
 * What a sign of another language is meant for, in words: `` `not` or `!=` ``; undefined where nothing is known of it.
 */
export function meantBySign(sign: string, next = ''): string | undefined {
  return meant.get(sign) ?? meant.get(sign + next);
}
