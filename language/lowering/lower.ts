// Declarations where they stand: each text is lowered once, and what is below its head where somebody asks for it.
import type * as ast from '../grammar/generated/ast.js';
import type { Segment } from '../syntax/parse.js';
import type { Body } from '../syntax/passages.js';
import { walkBlock } from '../ir/choreography.js';
import type { Choreography, Statement } from '../ir/choreography.js';
import type { Name, TextRange } from '../ir/expression.js';
import type { Declaration } from '../ir/file.js';
import { lowerDeclaration, lowerImport } from './tree.js';
import type { Top } from './tree.js';
import { callsIn, placeBody } from './passages.js';
import { namesIn } from '../ir/readings.js';
import { keep } from '../ir/shelf.js';

/**
 * What each text was lowered to, and for which offset: a declaration that did not change or move stays the same object.
 */
const known = new WeakMap<
  object,
  { readonly offset: number; readonly top: Top | undefined; readonly head: Head | undefined }
>();

/**
 * The core of a segment; undefined where it has no tree. Cost: none where its text was lowered for the same place, and
 * little where for another
 */
export function lower(segment: Segment): Top | undefined {
  const before = known.get(segment.content);
  if (before?.offset === segment.offset) return before.top;
  let top: Top | undefined;
  let head = before?.head;
  if (segment.body) {
    const { declaration, statements } = placeBody(segment, segment.body);
    top = { kind: 'declaration', declaration };
    known.set(segment.content, { offset: segment.offset, top, head });
    contents.set(declaration, {
      content: segment.content,
      words: segment.words,
      calls: callsIn(segment.body.passages, statements),
      body: segment.body,
      offset: segment.offset,
      statements,
    });
    return top;
  }
  if (head) top = { kind: 'declaration', declaration: place(head, segment) };
  else if (segment.node) {
    if (segment.node.$type === 'Import') top = { kind: 'import', import: lowerImport(segment.node, segment) };
    else {
      const declaration = lowerDeclaration(segment.node, segment);
      head = headOf(declaration, segment.offset);
      top = { kind: 'declaration', declaration: place(head, segment, declaration) };
    }
  }
  known.set(segment.content, { offset: segment.offset, top, head });
  if (top?.kind === 'declaration')
    contents.set(top.declaration, { content: segment.content, words: segment.words, calls: head?.calls ?? [] });
  return top;
}

interface Content {
  /** Stands for the text of the declaration: the same object as long as the text is the same, wherever it stands. */
  readonly content: object;
  /** The words in the text, keywords too, each once: all that it can name is among them. */
  readonly words: readonly string[];
  /** What a choreography calls, each once. */
  readonly calls: readonly string[];
  /** Its statements by passages, where it has any, and where its text starts. */
  readonly body?: Body;
  readonly offset?: number;
  /** The statements of a passage, by its index: the same objects as in the body. */
  readonly statements?: (index: number) => readonly Statement[];
}

const contents = new WeakMap<Declaration, Content>();

/** What is known of a declaration wherever it stands. */
export function contentOf(declaration: Declaration): Content {
  return contents.get(declaration) ?? { content: declaration, words: [], calls: [] };
}

/** The names in a choreography, whatever they name. Cost: linear in it, but where it is that of a text: there in its words */
export function namesUsed(choreography: Choreography): ReadonlySet<string> {
  const { content, words } = contentOf(choreography);
  return content === choreography ? namesIn(choreography) : new Set(words);
}

/** Has what was made of a declaration depend on what that names. */
export function standFor(made: Declaration, declaration: Declaration): void {
  contents.set(made, { content: made, words: contentOf(declaration).words, calls: contentOf(declaration).calls });
}

/** What is kept of a declaration, in offsets of its text; the rest is lowered again where it is asked for. */
interface Head {
  readonly kind: Declaration['kind'];
  readonly name: Name;
  readonly origin: TextRange;
  readonly doc: string | undefined;
  readonly broken: boolean;
  readonly calls: readonly string[];
}

function headOf(declaration: Declaration, offset: number): Head {
  const { kind, name, origin, doc, broken } = declaration;
  const calls = new Set<string>();
  if (declaration.kind === 'choreography')
    walkBlock(
      declaration.body.statements,
      (statement) => statement.kind === 'call' && calls.add(statement.callee.text),
    );
  return {
    kind,
    name: { text: name.text, origin: shifted(name.origin, -offset) },
    origin: shifted(origin, -offset),
    doc,
    broken,
    calls: [...calls],
  };
}

function shifted({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}

/**
 * A declaration where it stands. What is below its head is lowered again where it is asked for and was put away (see
 * shelf.ts).
 */
function place(head: Head, segment: Segment, lowered?: Declaration): Declaration {
  let whole: Declaration | undefined;
  const forget = (): void => {
    whole = undefined;
  };
  const hold = (declaration: Declaration): Declaration => {
    keep(segment.text.length, forget);
    return (whole = declaration);
  };
  if (lowered) hold(lowered);
  const { broken, doc } = head;
  const common = {
    name: { text: head.name.text, origin: shifted(head.name.origin, segment.offset) },
    origin: shifted(head.origin, segment.offset),
    doc,
    broken,
  };
  const full = <K extends Declaration['kind']>(_kind: K): Extract<Declaration, { kind: K }> => {
    return (whole ?? hold(lowerDeclaration(segment.node as ast.Declaration, segment))) as Extract<
      Declaration,
      { kind: K }
    >;
  };
  switch (head.kind) {
    case 'choreography':
      return {
        kind: 'choreography',
        ...common,
        get roles() {
          return full('choreography').roles;
        },
        get parameters() {
          return full('choreography').parameters;
        },
        get results() {
          return full('choreography').results;
        },
        get body() {
          return full('choreography').body;
        },
        get returns() {
          return full('choreography').returns;
        },
      };
    case 'network':
      return {
        kind: 'network',
        ...common,
        get channels() {
          return full('network').channels;
        },
        get implements() {
          return full('network').implements;
        },
        get families() {
          return full('network').families;
        },
        get values() {
          return full('network').values;
        },
        get processes() {
          return full('network').processes;
        },
      };
    case 'record':
      return {
        kind: 'record',
        ...common,
        get fields() {
          return full('record').fields;
        },
      };
    case 'enum':
      return {
        kind: 'enum',
        ...common,
        get cases() {
          return full('enum').cases;
        },
      };
    case 'type':
      return {
        kind: 'type',
        ...common,
        get type() {
          return full('type').type;
        },
      };
    case 'const':
      return {
        kind: 'const',
        ...common,
        get type() {
          return full('const').type;
        },
        get value() {
          return full('const').value;
        },
      };
    case 'function':
      return {
        kind: 'function',
        ...common,
        get params() {
          return full('function').params;
        },
        get result() {
          return full('function').result;
        },
        get body() {
          return full('function').body;
        },
      };
    case 'extern-type':
      return { kind: 'extern-type', ...common };
    case 'extern-function':
      return {
        kind: 'extern-function',
        ...common,
        get params() {
          return full('extern-function').params;
        },
        get result() {
          return full('extern-function').result;
        },
      };
  }
}
