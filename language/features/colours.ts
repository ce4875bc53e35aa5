// Semantic tokens: what each name is, with a number for each role, so that an editor can give every role its own
// colour.
import type { TextRange } from '../ir/expression.js';
import type { SymbolKind } from '../scoping/symbols.js';
import type { FileAnalysis } from '../workspace.js';

export const tokenTypes = [
  'role',
  'variable',
  'parameter',
  'property',
  'function',
  'type',
  'enum',
  'enumMember',
  'struct',
  'class',
  'interface',
  'label',
] as const;
export type TokenType = (typeof tokenTypes)[number];

/** Roles beyond the eighth start over. */
const roleColours = 8;
export const tokenModifiers = [
  'declaration',
  'modification',
  'readonly',
  'defaultLibrary',
  ...Array.from({ length: roleColours }, (_, index) => `role${index}`),
] as const;

export interface ColouredToken {
  readonly origin: TextRange;
  readonly type: TokenType;
  readonly modifiers: readonly string[];
}

/**
 * The names of a file with their colours, in source order.
 * Cost: linear in the names of the file
 * @param within only those that touch this range
 */
export function colouredTokens(analysis: FileAnalysis, within?: TextRange): ColouredToken[] {
  const numbers = roleNumbers(analysis);
  const tokens: ColouredToken[] = [];
  let last = -1;
  for (const { symbol, origin, role } of analysis.occurrences) {
    if (origin.start < last || (within && (origin.end < within.start || origin.start > within.end))) continue;
    const type = typeOf(symbol.kind);
    if (!type || origin.start === origin.end) continue;
    const modifiers: string[] = role === 'definition' ? ['declaration'] : role === 'write' ? ['modification'] : [];
    if (symbol.kind === 'constant') modifiers.push('readonly');
    if (!symbol.origin) modifiers.push('defaultLibrary');
    const isRole = symbol.kind === 'role' || symbol.kind === 'process';
    const owner = isRole
      ? symbol.name
      : symbol.kind === 'variable' || symbol.kind === 'input'
        ? symbol.role
        : undefined;
    const number = owner === undefined ? undefined : numbers.get(`${symbol.container ?? ''}/${owner}`);
    if (number !== undefined) modifiers.push(`role${number % roleColours}`);
    tokens.push({ origin, type, modifiers });
    last = origin.end;
  }
  return tokens;
}

/**
 * The place of every role in the header of its choreography; a process of an implementation has its role's place there.
 */
export function roleNumbers(analysis: FileAnalysis): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  const add = (container: string, names: readonly string[]): void =>
    names.forEach((name, index) => numbers.set(`${container}/${name}`, index));
  for (const { declaration } of analysis.scope.all().values()) {
    if (declaration.kind === 'choreography')
      add(
        declaration.name.text,
        declaration.roles.map((r) => r.name.text),
      );
    if (declaration.kind !== 'network') continue;
    const design = declaration.implements && analysis.scope.lookup(declaration.implements.text)?.declaration;
    const own = declaration.processes.map((p) => p.name.text);
    const roles = design?.kind === 'choreography' ? design.roles.map((r) => r.name.text) : [];
    add(declaration.name.text, [...roles, ...own.filter((name) => !roles.includes(name))]);
  }
  return numbers;
}

function typeOf(kind: SymbolKind): TokenType | undefined {
  switch (kind) {
    case 'choreography':
      return 'class';
    case 'network':
      return 'interface';
    case 'record':
      return 'struct';
    case 'enum':
      return 'enum';
    case 'enum-case':
      return 'enumMember';
    case 'type':
      return 'type';
    case 'function':
      return 'function';
    case 'field':
      return 'property';
    case 'role':
    case 'process':
      return 'role';
    case 'variable':
    case 'constant':
      return 'variable';
    case 'input':
    case 'parameter':
    case 'local':
    case 'size':
    case 'index':
      return 'parameter';
    case 'recursion':
    case 'label':
      return 'label';
    // Built-in functions and types are told apart by the colours of the grammar.
    case 'builtin':
      return undefined;
  }
}
