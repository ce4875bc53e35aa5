// Choreographies by passages, where they stand: their bodies are put together passage by passage, where somebody asks
// for the whole.
import type { Making, Passage, Passages } from '../syntax/passage.js';
import type { Segment } from '../syntax/parse.js';
import type { Body, Frame } from '../syntax/passages.js';
import { walkBlock } from '../ir/choreography.js';
import type { Block, Choreography, Statement } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import { lowerDeclaration, lowerStatement } from './tree.js';
import { moved } from '../ir/moved.js';
import { keep } from '../ir/shelf.js';

/** The head of a choreography with passages, in offsets of its frame. */
const shells = new WeakMap<Frame, Choreography>();

function shellOf(frame: Frame): Choreography {
  const known = shells.get(frame);
  if (known) return known;
  const shell = lowerDeclaration(frame.node, { offset: 0, documentation: frame.documentation, issues: [], tokens: [] });
  if (shell.kind !== 'choreography') throw new Error('The frame of a choreography is none.');
  shells.set(frame, shell);
  return shell;
}

export interface PlacedBody {
  readonly declaration: Choreography;
  /** The statements of a passage, by its index: the same objects as in the body. */
  statements(index: number): readonly Statement[];
}

/** A choreography with passages where it stands. Its body is put together where somebody asks for the whole. */
export function placeBody({ offset, text, issues }: Segment, { frame, passages }: Body): PlacedBody {
  const shell = shellOf(frame);
  const below = offset + passages.end - frame.end;
  const across = ({ start, end }: TextRange): TextRange => ({ start: start + offset, end: end + below });
  let body: Block | undefined;
  let roles: Choreography['roles'] | undefined;
  let parameters: Choreography['parameters'] | undefined;
  /** The passages that were looked into; forgotten together with the whole, so that each statement is one object. */
  const parts = new Map<number, readonly Statement[]>();
  const forget = (): void => {
    parts.clear();
    body = undefined;
  };
  const statements = (index: number): readonly Statement[] => {
    let own = parts.get(index);
    if (!own) {
      if (parts.size === 0) keep(text.length, forget);
      parts.set(index, (own = statementsOf(passages.list[index] as Passage, offset + (passages.starts[index] ?? 0))));
    }
    return own;
  };
  const declaration: Choreography = {
    kind: 'choreography',
    name: moved(shell.name, offset),
    origin: across(shell.origin),
    doc: shell.doc,
    broken: issues.length > 0,
    get roles() {
      return (roles ??= moved(shell.roles, offset));
    },
    get parameters() {
      return (parameters ??= moved(shell.parameters, offset));
    },
    get results() {
      return moved(shell.results, offset);
    },
    get body() {
      return (body ??= {
        statements: passages.list.flatMap((_, i) => statements(i)),
        origin: across(shell.body.origin),
      });
    },
    get returns() {
      return moved(shell.returns, below);
    },
  };
  return { declaration, statements };
}

/** How passages come to have statements. */
const core: Making<readonly Statement[]> = { make: lowerStatement, move: moved, keep };

/** The statements of a passage that starts at an offset of the file. */
function statementsOf(passage: Passage, start: number): readonly Statement[] {
  return passage.at(start, core);
}

/** What the passages call, each once. */
export function callsIn({ list, words }: Passages, statements: (index: number) => readonly Statement[]): string[] {
  const calls = new Set<string>();
  if (!words.has('do')) return [];
  list.forEach((passage, i) => {
    if (!passage.words.includes('do')) return;
    walkBlock(statements(i), (statement) => statement.kind === 'call' && calls.add(statement.callee.text));
  });
  return [...calls];
}
