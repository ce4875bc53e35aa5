// What the tree says of the layout of a declaration: where statements start, what each brace is, and which `<`, `-` and
// brackets belong to the token before them. Everything else the formatter knows from the tokens alone.
import type * as ast from '../grammar/generated/ast.js';
import type { Placed } from '../grammar/tree.js';

/** Offsets count from the start of the declaration's text. */
export interface LayoutFacts {
  /** Where a statement, case, branch or process starts: it has a line of its own. */
  readonly starts: ReadonlySet<number>;
  /** Ends of blocks of statements. */
  readonly blocks: ReadonlySet<number>;
  /** Ends of the braces of `match`, `receive` and `network`, whose parts have lines of their own. */
  readonly outers: ReadonlySet<number>;
  /** Ends of `match` expressions. */
  readonly arms: ReadonlySet<number>;
  /** Ends of names: a bracket after one is a call, an index or a list of parameters. */
  readonly names: ReadonlySet<number>;
  /** Ends of the names of types with arguments, and of these types: their angle brackets. */
  readonly generics: ReadonlySet<number>;
  /** Where a negation or a negative literal starts. */
  readonly negations: ReadonlySet<number>;
}

const blockTypes = new Set(['Body', 'Block', 'ProcessBody', 'ProcessBlock']);
const outerTypes = new Set(['Match', 'LocalMatch', 'Receive', 'Network']);

/** Collects the facts of a tree that was parsed without an error. Cost: linear in its size. */
export function layoutFacts(root: ast.Declaration | ast.Import): LayoutFacts {
  const facts = {
    starts: new Set<number>(),
    blocks: new Set<number>(),
    outers: new Set<number>(),
    arms: new Set<number>(),
    names: new Set<number>(),
    generics: new Set<number>(),
    negations: new Set<number>(),
  };
  const visit = (node: Placed & Record<string, unknown>): void => {
    const [start, end] = [node.$start, node.$end];
    if (blockTypes.has(node.$type)) facts.blocks.add(end);
    if (outerTypes.has(node.$type)) facts.outers.add(end);
    if (node.$type === 'MatchExpression') facts.arms.add(end);
    if (node.$type === 'Ident') facts.names.add(end);
    if (node.$type === 'NamedType' && Array.isArray(node.args) && node.args.length > 0) {
      facts.generics.add(end);
      facts.generics.add((node.name as Placed).$end);
    }
    if (
      (node.$type === 'Unary' && node.operator === '-') ||
      (node.$type === 'LiteralPattern' && node.negative === true)
    )
      facts.negations.add(start);
    for (const [key, value] of Object.entries(node)) {
      if (key.startsWith('$')) continue;
      const children = Array.isArray(value) ? (value as unknown[]) : [value];
      for (const child of children) {
        if (typeof child !== 'object' || child === null) continue;
        const placed = child as Placed & Record<string, unknown>;
        const own =
          key === 'statements' ||
          key === 'cases' ||
          key === 'processes' ||
          (key === 'branches' && node.$type === 'Receive');
        if (own && node.$type !== 'Enum') facts.starts.add(placed.$start);
        visit(placed);
      }
    }
  };
  visit(root as unknown as Placed & Record<string, unknown>);
  return facts;
}
