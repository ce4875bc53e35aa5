// Trees to the core, with origins; what works on the core never sees a tree again.
import type * as ast from '../grammar/generated/ast.js';
import type { Parsed } from '../syntax/declaration.js';
import type { Segment } from '../syntax/parse.js';
import type { Statement } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import type { Declaration, ImportDeclaration } from '../ir/file.js';
import { ChoreographyLowering } from './choreography.js';
import { ExpressionLowering } from './expression.js';
import type { Documentation } from './expression.js';
import { NetworkLowering } from './network.js';

export type Top =
  | { readonly kind: 'import'; readonly import: ImportDeclaration }
  | { readonly kind: 'declaration'; readonly declaration: Declaration };

/** What stands beside a tree: where its text starts, its comments, its tokens, and whether there are errors in it. */
export type Surrounding = Pick<Segment, 'offset' | 'documentation' | 'issues' | 'tokens'>;

/** Lowers an import. */
export function lowerImport(node: ast.Import, { offset, issues, tokens }: Surrounding): ImportDeclaration {
  const lowering = new ExpressionLowering(offset, new Map());
  const token = tokens.find(({ kind }) => kind === 'string');
  const origin: TextRange = { start: offset + (token?.start ?? 0), end: offset + (token?.end ?? 0) };
  const names =
    node.names.length > 0 || tokens.some(({ text }) => text === '{')
      ? node.names.map((name) => lowering.name(name))
      : undefined;
  return { names, path: { text: node.path, origin }, origin: lowering.origin(node), broken: issues.length > 0 };
}

/** Lowers a declaration. Cost: linear in the tree */
export function lowerDeclaration(node: ast.Declaration, surrounding: Surrounding): Declaration {
  const { offset, issues } = surrounding;
  const docs = documentation(surrounding);
  const lowering = new ExpressionLowering(offset, docs);
  const common = {
    name: lowering.name(node.name),
    origin: lowering.origin(node),
    doc: lowering.doc(node),
    broken: issues.length > 0,
  };
  switch (node.$type) {
    case 'Choreography':
      return { kind: 'choreography', ...common, ...new ChoreographyLowering(offset, docs).choreography(node) };
    case 'Network':
      return { kind: 'network', ...common, ...new NetworkLowering(offset, docs).network(node) };
    case 'Record':
      return { kind: 'record', ...common, fields: node.fields.map((field) => lowering.param(field)) };
    case 'Enum':
      return {
        kind: 'enum',
        ...common,
        cases: node.cases.map((each) => ({
          name: lowering.name(each.name),
          fields: each.fields.map((field) => lowering.param(field)),
          doc: lowering.doc(each),
        })),
      };
    case 'TypeAlias':
      return { kind: 'type', ...common, type: lowering.type(node.type) };
    case 'Constant':
      return {
        kind: 'const',
        ...common,
        type: node.type && lowering.type(node.type),
        value: lowering.expr(node.value),
      };
    case 'LocalFunction':
      return {
        kind: 'function',
        ...common,
        params: node.params.map((param) => lowering.param(param)),
        result: node.result && lowering.type(node.result),
        body: lowering.expr(node.body),
      };
    case 'ExternType':
      return { kind: 'extern-type', ...common };
    case 'ExternFunction':
      return {
        kind: 'extern-function',
        ...common,
        params: node.params.map((param) => lowering.param(param)),
        result: node.result && lowering.type(node.result),
      };
  }
}

/**
 * Lowers a statement whose tree counts its offsets from `base`; it is more than one where it holds what could not be
 * read as one.
 */
export function lowerStatement(node: ast.Statement, base: number): readonly Statement[] {
  return new ChoreographyLowering(base, new Map()).statements([node]);
}

/** The text of each documentation comment, by the offset (in the segment) of what it stands before. */
function documentation(segment: Pick<Parsed, 'documentation'>): Documentation {
  return new Map(
    segment.documentation.map(({ text, before }) => [
      before,
      text
        .slice(3, -2)
        .split('\n')
        .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
        .join('\n')
        .trim(),
    ]),
  );
}
