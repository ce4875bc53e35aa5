// Text to trees. The text is cut at the top-level keywords and every declaration is parsed alone, so that a broken one
// can't harm its neighbours and an unchanged one is not parsed again. Trees are always whole: what can't be read in a
// declaration is told, and left out of its tree (see engine/).
import type { Passage } from './passage.js';
import { changeOf, cut, recut } from './cut.js';
import type { Change, Cut, CutPiece, Piece } from './cut.js';
import { parseDeclaration } from './declaration.js';
import type { Parsed, SyntaxIssue } from './declaration.js';
import { bodyOf, replaced, wordsOf } from './passages.js';
import type { Body } from './passages.js';
import { scan } from './tokens.js';
import type { Token } from './tokens.js';
import { mostParsed } from './limits.js';

/** One import or declaration with all of its text. Offsets inside `node` count from `offset`. */
export interface Segment extends Piece, Parsed {
  readonly text: string;
  readonly offset: number;
  /** Stands for the text: the same object wherever, and as long as, the text is the same. */
  readonly content: object;
  /** The tokens of the segment, comments included; their offsets count from `offset`. Scanned when asked for. */
  readonly tokens: readonly Token[];
  /** Of a choreography, its body by statements, and what is around. */
  readonly body: Body | undefined;
}

/**
 * What is known of a text that was parsed. Its tree is forgotten when others are needed more, and made again when it is
 * needed.
 */
class Content {
  private parsed: Parsed | undefined;

  /** @param reads whether there is a tree */
  private constructor(
    readonly text: string,
    readonly issues: readonly SyntaxIssue[],
    readonly words: readonly string[],
    readonly reads: boolean,
    readonly body: Body | undefined,
  ) {}

  /** @param old passages of a text much like it */
  static of(text: string, tokens: Token[], old: readonly Passage[]): Content {
    const parsed = parseDeclaration(text, tokens);
    // Long words would hold on to the whole text that they were cut from.
    const words = parsed.words.map((word) => (word.length < 13 ? word : ownCopy(word)));
    const content = new Content(
      text,
      parsed.issues,
      words,
      parsed.node !== undefined,
      bodyOf(text, parsed, tokens, old),
    );
    // The passages have what they need of the tree, and let go of it when they are lowered.
    if (!content.body) content.parsed = parsed;
    touch(content);
    return content;
  }

  /** The text with a part of it replaced, if that part can be read by itself: see `replaced`. */
  edited(text: string, from: number, to: number): Content | undefined {
    const next = this.body && replaced(text, this.text, this.body, this.issues, from, to);
    return next && new Content(text, next.issues, wordsOf(next.body), true, next.body);
  }

  get tree(): Parsed {
    if (!this.parsed) {
      this.parsed = parseDeclaration(this.text, scan(this.text));
      touch(this);
    }
    return this.parsed;
  }

  forget(): void {
    this.parsed = undefined;
  }
}

/** What has a tree, the one that was used longest ago first. */
const cache = new Map<string, Content>();
let cached = 0;

function touch(content: Content): void {
  const known = cache.get(content.text);
  if (known) {
    cache.delete(content.text);
    cached -= content.text.length;
    if (known !== content) known.forget();
  }
  cache.set(content.text, content);
  cached += content.text.length;
  for (const [oldest, old] of cache) {
    if (cached <= mostParsed || old === content) break;
    old.forget();
    cache.delete(oldest);
    cached -= oldest.length;
  }
}

/** Empties the cache: what is parsed next without `before` owes nothing to what was parsed until now. */
export function forgetTrees(): void {
  for (const content of cache.values()) content.forget();
  cache.clear();
  cached = 0;
}

/**
 * Cuts a file into declarations and parses each.
 * @param text the file's text
 * @param before what was made of a text much like it: what did not change is taken from there
 * @returns the segments in order; together they cover every token of the text
 * Cost: linear in what changed, but for comparing the texts; without `before`, linear in the text, where declarations
 * whose text was parsed lately are taken from a cache.
 */
export function parse(text: string, before?: Cut<Segment>): Segment[] {
  if (!before) return cut(text).map((piece) => read(text, piece, []));
  const change = changeOf(text, before.text);
  const { kept, again, rest, by } = within(text, before, change) ?? recut(text, before, change);
  // What is the same text as before, somewhere around, is the same content.
  const replacing = before.pieces.slice(kept, rest);
  const around = new Map(replacing.map((segment) => [segment.text, segment]));
  const old = replacing.flatMap((segment) => segment.body?.passages.list ?? []);
  const same = ({ start, end, open }: Piece): Segment | undefined => {
    const segment = around.get(text.slice(start, end));
    return segment && placed(segment.content as Content, start, open);
  };
  return [
    ...before.pieces.slice(0, kept),
    ...again.map((piece) => ('content' in piece ? piece : (same(piece) ?? read(text, piece, old)))),
    ...(by === 0
      ? before.pieces.slice(rest)
      : before.pieces
          .slice(rest)
          .map((segment) => placed(segment.content as Content, segment.start + by, segment.open))),
  ];
}

/** As `recut`, where the change is within the body of a choreography and can be read by itself. */
function within(
  text: string,
  { text: old, pieces }: Cut<Segment>,
  { same, tail, by }: Change,
): { kept: number; again: readonly (CutPiece | Segment)[]; rest: number; by: number } | undefined {
  // How far a comment without its end reaches is not to be seen from a part of the text.
  if (pieces.some((piece) => piece.open)) return undefined;
  const index = pieces.findLastIndex(({ start }) => start <= same);
  const segment = pieces[index];
  if (!segment || segment.end < old.length - tail) return undefined;
  const content = (segment.content as Content).edited(
    ownCopy(text.slice(segment.start, segment.end + by)),
    same - segment.start,
    old.length - tail - segment.start,
  );
  return content && { kept: index, again: [placed(content, segment.start, false)], rest: index + 1, by };
}

function read(text: string, { start, end, open, tokens }: CutPiece, old: readonly Passage[]): Segment {
  const segment = text.slice(start, end);
  const known = cache.get(segment);
  if (known) touch(known);
  return placed(
    known ??
      Content.of(
        ownCopy(segment),
        start === 0 ? tokens : tokens.map((t) => ({ ...t, start: t.start - start, end: t.end - start })),
        old,
      ),
    start,
    open,
  );
}

/** The same text, that does not hold on to the whole that it was cut from. */
function ownCopy(text: string): string {
  return ` ${text}`.slice(1);
}

function placed(content: Content, offset: number, open: boolean): Segment {
  const { text, issues, words, reads } = content;
  let tokens: readonly Token[] | undefined;
  return {
    text,
    offset,
    content,
    issues,
    words,
    open,
    start: offset,
    end: offset + text.length,
    body: content.body,
    get node() {
      return reads ? content.tree.node : undefined;
    },
    get documentation() {
      return content.tree.documentation;
    },
    // The tokens of a long file take more memory than its tree: they are not kept with it.
    get tokens() {
      tokens ??= scan(text);
      return tokens;
    },
  };
}
