// Completion: what can stand at the cursor, found from the tokens before it, filled from the newest analysis that knows more.
import type { Param } from '../ir/expression.js';
import type { Declaration } from '../ir/file.js';
import { declarationSymbol, showRole } from '../scoping/declared.js';
import type { Resolved } from '../scoping/scope.js';
import { resolvePath } from '../scoping/scope.js';
import type { ChorSymbol, SymbolKind } from '../scoping/symbols.js';
import { writeName } from '../syntax/names.js';
import { printParams, printType } from '../syntax/print.js';
import { scan } from '../syntax/tokens.js';
import type { Token } from '../syntax/tokens.js';
import { basicTypes, library, showLibraryFunction } from '../typing/library.js';
import type { FileAnalysis, Workspace } from '../workspace.js';
import type { Edit } from '../diagnostics/rule.js';
import { contextAt, processesIn, rolesInHeader, variablesInTokens } from './context.js';
import type { CursorContext } from './context.js';
import { relativePath } from './links.js';

export interface Completion {
  readonly label: string;
  readonly kind: SymbolKind | 'keyword' | 'snippet' | 'file';
  readonly detail?: string;
  readonly doc?: string;
  /** The text to insert, when it is not the label; with `snippet`, in LSP's snippet syntax. */
  readonly insert?: string;
  readonly snippet?: boolean;
  /** The smaller, the higher in the list. */
  readonly rank: number;
  /** Edits elsewhere that go with it: the import of what it names. */
  readonly edits?: readonly Edit[];
}

export interface Completions {
  /** What is replaced. */
  readonly range: { readonly start: number; readonly end: number };
  readonly items: readonly Completion[];
}

/** What completion knows besides the text: the analysis of now, and the last one that was without syntax errors. */
interface Known {
  readonly workspace: Workspace;
  readonly uri: string;
  readonly analysis: FileAnalysis;
  readonly good: FileAnalysis | undefined;
  readonly context: CursorContext;
  /** The tokens of the whole declaration around the cursor, the word at the cursor left out. */
  readonly tokens: readonly Token[];
}

/**
 * What can stand at an offset.
 * @param good the last analysis of this file without syntax errors, for what the broken text no longer shows
 * Cost: linear in the file, and in the files that could be imported
 */
export function complete(workspace: Workspace, uri: string, offset: number, good?: FileAnalysis): Completions {
  const analysis = workspace.analyze(uri);
  const context = contextAt(analysis?.file.text ?? '', offset);
  if (!analysis || context.quiet) return { range: context.word, items: [] };
  const known: Known = { workspace, uri, analysis, good, context, tokens: [...context.before, ...context.after] };
  if (context.path) return { range: context.path, items: importPaths(known) };
  const seen = new Set<string>();
  const items = itemsAt(known).filter((item) => !seen.has(item.label) && seen.add(item.label)).sort((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : 1));
  return { range: context.word, items };
}

function itemsAt(known: Known): Completion[] {
  const { context } = known;
  switch (context.keyword) {
    case undefined: return declarationStarts();
    case 'import': return context.depth > 0 ? importNames(known) : lastText(context) === 'import' ? [keyword('{', '{ $0 } from ""')] : context.freshLine ? declarationStarts() : [keyword('from')];
    case 'choreography': return context.depth === 0 ? choreographyHeader(known) : inChoreography(known);
    case 'network': return context.depth === 0 ? networkHeader(known) : inNetwork(known);
    case 'function': case 'extern': case 'record': case 'enum': case 'type': return inSmallDeclaration(known);
    default: return [];
  }
}

const lastText = (context: CursorContext, back = 1): string | undefined => context.before.at(-back)?.text;

// ---- declarations ----

function keyword(label: string, snippet?: string, doc?: string): Completion {
  return snippet === undefined ? { label, kind: 'keyword', rank: 60 } : { label, kind: 'snippet', insert: snippet, snippet: true, rank: 55, doc };
}

function declarationStarts(): Completion[] {
  return [
    keyword('choreography', 'choreography ${1:Name}(${2:Alice}, ${3:Bob}) {\n\t$0\n}', 'What all roles do together.'),
    keyword('network', 'network ${1:Name} {\n\tprocess ${2:Alice} {\n\t\t$0\n\t}\n}', 'What each role does alone.'),
    keyword('record', 'record ${1:Name} { ${2:field}: ${3:int} }'), keyword('enum', 'enum ${1:Name} { ${2:first}, ${3:second} }'),
    keyword('type', 'type ${1:Name} = ${2:int}'), keyword('function', 'function ${1:name}(${2:x}: ${3:int}): ${4:int} = $0'),
    keyword('extern', 'extern ${1:name}(${2:x}: ${3:int}): ${4:int}', 'A function of the host program.'),
    keyword('extern type', 'extern type ${1:Name}', 'A type of the host program.'), keyword('import', 'import { $2 } from "./$1.chor"'),
  ].map((item) => ({ ...item, rank: 10 }));
}

function inSmallDeclaration(known: Known): Completion[] {
  const { context } = known;
  const body = context.keyword === 'function' && context.before.some((t, i) => t.text === '=' && context.before[i - 1] !== undefined);
  if (context.freshLine && context.depth === 0 && context.brackets.length === 0 && !['=', ':', ',', '('].includes(lastText(context) ?? '') && !isOperator(lastText(context))) return declarationStarts();
  if (body) {
    if (lastText(context) === '.') return fieldsBefore(known, () => undefined);
    const declaration = declarationOf(known);
    const params = declaration?.kind === 'function' ? declaration.params : [];
    return [
      ...params.map((p): Completion => ({ label: writeName(p.name.text), kind: 'parameter', detail: printParams([p]), doc: p.doc, rank: 1 })),
      ...expressions(known),
    ];
  }
  return [':', '=', '<', ','].includes(lastText(context) ?? '') || (context.keyword === 'enum' && lastText(context) === '(') ? typeNames(known) : [];
}

// ---- types ----

function typeNames(known: Known): Completion[] {
  const basic = [...basicTypes].map(([name, { arity, doc }]): Completion => ({
    label: name, kind: 'type', doc, rank: 5, ...(arity > 0 ? { insert: `${name}<$1>`, snippet: true } : {}),
  }));
  return [...declared(known, (d) => ['record', 'enum', 'type', 'extern-type'].includes(d.kind), 3), ...basic];
}

// ---- what is declared, and what could be imported ----

/** The declarations in scope that pass, and those of other files, which bring their import along. */
function declared(known: Known, pass: (declaration: Declaration) => boolean, rank: number, shape: (d: Declaration) => Partial<Completion> = () => ({})): Completion[] {
  const { workspace, uri, analysis, context } = known;
  const names = new Set<string>();
  const items: Completion[] = [];
  const add = ({ declaration, uri: home }: Resolved, more: Partial<Completion>): void => {
    if (!pass(declaration) || names.has(declaration.name.text)) return;
    names.add(declaration.name.text);
    const symbol = declarationSymbol(home, declaration);
    items.push({ label: writeName(symbol.name), kind: symbol.kind, detail: symbol.detail, doc: symbol.doc, rank, ...shape(declaration), ...more });
  };
  for (const resolved of analysis.scope.all().values()) add(resolved, {});
  for (const resolved of known.good?.scope.all().values() ?? []) {
    if (resolved.uri === uri && analysis.file.lost.some((name) => name.text === resolved.declaration.name.text)) add(resolved, {});
  }
  for (const name of analysis.file.lost) names.add(name.text);
  // Others are offered once something of their name is typed.
  if (context.prefix.length === 0 || !uri.startsWith('file:')) return items;
  for (const other of workspace.uris()) {
    if (other === uri || !other.startsWith('file:')) continue;
    for (const declaration of workspace.file(other)?.declarations ?? []) {
      add({ uri: other, declaration }, { rank: rank + 40, detail: `import from ${relativePath(uri, other)}`, edits: [importEdit(known, other, declaration.name.text)] });
    }
  }
  return items;
}

/** The smallest edit that imports a name: into the braces of an import of the file that is there, else a new line. */
function importEdit(known: Known, target: string, name: string): Edit {
  const { uri, analysis: { file } } = known;
  const there = file.imports.find((i) => i.names && i.names.length > 0 && resolvePath(uri, i.path.text) === target);
  const last = there?.names?.at(-1);
  if (last) return { uri, start: last.origin.end, end: last.origin.end, newText: `, ${writeName(name)}` };
  const line = `import { ${writeName(name)} } from "${relativePath(uri, target)}"`;
  const after = file.imports.at(-1)?.origin.end;
  if (after !== undefined) return { uri, start: after, end: after, newText: `\n${line}` };
  const [first] = scan(file.text);
  const at = first?.start ?? 0;
  return { uri, start: at, end: at, newText: `${line}\n\n` };
}

function importPaths(known: Known): Completion[] {
  const { workspace, uri } = known;
  return workspace.uris().filter((other) => other !== uri && other.startsWith('file:') && workspace.text(other) !== undefined)
    .map((other): Completion => ({ label: relativePath(uri, other), kind: 'file', rank: relativePath(uri, other).split('/').length }))
    .sort((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : 1));
}

function importNames(known: Known): Completion[] {
  const { workspace, uri, context } = known;
  const path = context.after.find((t) => t.kind === 'string')?.text.slice(1, -1);
  const listed = new Set(known.tokens.filter((t) => t.kind === 'word').map((t) => t.text));
  const file = path === undefined ? undefined : workspace.file(resolvePath(uri, path));
  return (file?.declarations ?? []).filter((d) => !listed.has(d.name.text)).map((d): Completion => {
    const symbol = declarationSymbol(file?.uri ?? uri, d);
    return { label: writeName(symbol.name), kind: symbol.kind, detail: symbol.detail, doc: symbol.doc, rank: 1 };
  });
}

// ---- choreographies ----

function declarationOf(known: Known): Declaration | undefined {
  const named = (analysis: FileAnalysis | undefined): Declaration | undefined =>
    analysis?.file.declarations.find((d) => d.name.text === known.context.name);
  return named(known.analysis) ?? named(known.good);
}

function choreographyHeader(known: Known): Completion[] {
  const { context } = known;
  const last = lastText(context);
  if (last === '@') return roles(known, rolesInHeader(known.tokens));
  if (last === ':' || last === '<') return typeNames(known);
  return [];
}

function roles(known: Known, names: readonly string[], rank = 1, suffix = ''): Completion[] {
  const declaration = declarationOf(known);
  const described = declaration?.kind === 'choreography' ? declaration.roles : declaration?.kind === 'network' ? declaration.processes : [];
  return names.map((name): Completion => {
    const found = described.find((r) => r.name.text === name);
    return { label: writeName(name), kind: 'role', detail: found ? showRole(found) : undefined, doc: found?.doc, rank, ...(suffix ? { insert: writeName(name) + suffix } : {}) };
  });
}

const operators = new Set(['+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', 'and', 'or', 'not', '=>']);
const isOperator = (text: string | undefined): boolean => text !== undefined && operators.has(text);

function inChoreography(known: Known): Completion[] {
  const { context } = known;
  const { before } = context;
  const names = rolesInHeader(known.tokens);
  const last = lastText(context);
  const statement = statementTokens(before, names);
  const speaker = speakerOf(statement, names);
  switch (last) {
    case '->': return roles(known, names.filter((n) => n !== speaker));
    case '.': {
      const owner = before.at(-2);
      if (owner?.kind === 'word' && names.includes(plain(owner)) && before.at(-3)?.text !== '.') {
        const receiving = isReceiver(statement);
        return receiving ? variables(known, plain(owner)) : [...variables(known, plain(owner)), ...expressions(known)];
      }
      return fieldsBefore(known, (variable) => (speaker === undefined ? undefined : variableType(known, speaker, variable)));
    }
    case ',': {
      if (isInDo(statement)) return context.brackets.length > 1 ? valuesOf(known, lastRole(statement, names)) : roles(known, names);
      const arrow = statement.some((t) => t.text === '->');
      if (arrow && context.brackets.length === 0) return roles(known, names.filter((n) => n !== speaker));
      return context.brackets.length > 0 ? valuesOf(known, speaker) : roles(known, names, 1, '.');
    }
    case ':': return context.brackets.length > 0 && !statement.some((t) => t.text === '->') ? valuesOf(known, speaker) : labels(known);
    case 'do': return choreographies(known, names);
    case 'at': return roles(known, names);
    case 'if': case 'while': case 'match': case 'return':
      return statement.length > 1 && speaker !== undefined ? valuesOf(known, speaker) : roles(known, names, 1, '.');
    case 'case': return patterns(known);
    case 'continue': return loops(known);
    case 'choice': return [keyword('at')];
    case 'rec': return [];
    case '(': {
      if (isInDo(statement)) return context.brackets.length > 1 ? valuesOf(known, lastRole(statement, names)) : roles(known, names);
      if (statement.some((t) => t.text === '->')) return typeNames(known);
      return valuesOf(known, speaker);
    }
    case '=': return [keyword('do', 'do $0'), ...valuesOf(known, speaker)];
    case 'then': case 'else': case '[': if (last !== 'else' && speaker !== undefined) return valuesOf(known, speaker); break;
    default: break;
  }
  if (isOperator(last) && speaker !== undefined && !(last === 'or' && before.at(-2)?.text === '}')) return valuesOf(known, speaker);
  if (last === '}' && !context.freshLine) return [keyword('else', 'else {\n\t$0\n}'), keyword('or', 'or {\n\t$0\n}')];
  if (last === '{' || last === '}' || context.freshLine) return statementStarts(known, names);
  return afterExpression(statement);
}

const plain = (token: Token): string => token.text.replace(/^\^/, '');

const starters = new Set(['if', 'match', 'choice', 'while', 'rec', 'continue', 'do', 'return']);

/** The tokens of the statement that is being written: from its first role or keyword on. */
function statementTokens(before: readonly Token[], names: readonly string[]): readonly Token[] {
  let depth = 0;
  for (let index = before.length - 1; index >= 0; index--) {
    const token = before[index] as Token;
    if (token.text === ')' || token.text === ']') depth++;
    if (token.text === '(' || token.text === '[') depth--;
    if (token.text === '{' || token.text === '}' || token.text === ';') return before.slice(index + 1);
    if (token.kind !== 'word' || depth > 0) continue;
    const previous = before[index - 1];
    // A statement begins where a role or keyword follows something that an expression can end with.
    const ended = previous === undefined || ['word', 'string', 'number'].includes(previous.kind) || [')', ']', '{', '}', ';'].includes(previous.text);
    if (!ended || (previous?.kind === 'word' && (starters.has(previous.text) || operators.has(previous.text) || ['then', 'at', 'case'].includes(previous.text)))) continue;
    if (starters.has(token.text) || (names.includes(plain(token)) && !['if', 'while', 'match', 'do'].includes(previous?.text ?? ''))) return before.slice(index);
  }
  return before;
}

/** The role whose expression the cursor is in: the last one that is followed by a dot. */
function speakerOf(statement: readonly Token[], names: readonly string[]): string | undefined {
  const arrow = statement.findIndex((t) => t.text === '->');
  const part = arrow === -1 ? statement : statement.slice(0, arrow);
  const at = part.findLastIndex((t, i) => t.kind === 'word' && names.includes(plain(t)) && part[i - 1]?.text !== '.' && (part[i + 1]?.text === '.' || part[i - 1]?.text === 'at' || i === 0));
  const token = part[at];
  return token && plain(token);
}

function lastRole(statement: readonly Token[], names: readonly string[]): string | undefined {
  const token = statement.findLast((t) => t.kind === 'word' && names.includes(plain(t)));
  return token && plain(token);
}

function isReceiver(statement: readonly Token[]): boolean {
  return statement.some((t) => t.text === '->');
}

function isInDo(statement: readonly Token[]): boolean {
  const at = statement.findLastIndex((t) => t.text === 'do');
  if (at === -1) return false;
  const rest = statement.slice(at);
  return rest.filter((t) => t.text === '(').length > rest.filter((t) => t.text === ')').length;
}

function afterExpression(statement: readonly Token[]): Completion[] {
  if (statement.length === 0) return [];
  const arrow = statement.some((t) => t.text === '->');
  return arrow ? [] : [{ label: '->', kind: 'keyword', rank: 5 }, keyword('and'), keyword('or'), keyword('with', 'with ($0)')];
}

function statementStarts(known: Known, names: readonly string[]): Completion[] {
  const [decider = 'Role', other = 'Role'] = names;
  const loop = loops(known).map((l): Completion => ({ ...l, label: `continue ${l.label}`, kind: 'keyword', rank: 30 }));
  return [
    ...roles(known, names),
    keyword('if', `if \${1:${decider}}.\${2:condition} -> \${3:${other}} {\n\t$0\n} else {\n\t\n}`, 'A choice that a value decides.'),
    keyword('match', `match \${1:${decider}}.\${2:value} -> \${3:${other}} {\n\tcase \${4:pattern} {\n\t\t$0\n\t}\n}`, 'A choice between the cases of a value.'),
    keyword('choice', `choice at \${1:${decider}} {\n\t$0\n} or {\n\t\n}`, 'A choice by means that are not stated.'),
    keyword('while', `while \${1:${decider}}.\${2:condition} -> \${3:${other}} {\n\t$0\n}`), keyword('rec', 'rec ${1:X} {\n\t$0\n\tcontinue ${1:X}\n}'),
    keyword('do', 'do $0', 'Runs another choreography.'), keyword('return', `return \${1:${decider}}.$0`), ...loop,
  ].map((item) => (item.kind === 'snippet' ? { ...item, rank: 20 } : item));
}

function choreographies(known: Known, names: readonly string[]): Completion[] {
  return declared(known, (d) => d.kind === 'choreography', 1, (d) => {
    if (d.kind !== 'choreography') return {};
    const args = d.roles.map((role, index) => {
      const inputs = role.params.length > 0 ? `(${role.params.map((p) => p.name.text).join(', ')})` : '';
      return `\${${index + 1}:${names.includes(role.name.text) ? role.name.text : names[index] ?? role.name.text}${inputs}}`;
    });
    return { insert: `${writeName(d.name.text)}(${args.join(', ')})`, snippet: true };
  });
}

function loops(known: Known): Completion[] {
  const found = known.context.before.flatMap((t, i) => (t.text === 'rec' && known.context.before[i + 1]?.kind === 'word' ? [known.context.before[i + 1]?.text ?? ''] : []));
  return [...new Set(found)].map((label): Completion => ({ label, kind: 'recursion', rank: 1 }));
}

/** The labels of the file's messages, those of this declaration first. */
function labels(known: Known): Completion[] {
  const here = labelsIn(known.tokens);
  const others = [...known.analysis.occurrences, ...(known.good?.occurrences ?? [])].filter((o) => o.symbol.kind === 'label').map((o) => o.symbol.name);
  return [
    ...here.map((label): Completion => ({ label: writeName(label), kind: 'label', rank: 1 })),
    ...[...new Set(others)].map((label): Completion => ({ label: writeName(label), kind: 'label', rank: 2 })),
  ];
}

function labelsIn(tokens: readonly Token[]): string[] {
  const found = new Set<string>();
  let arrow = false;
  tokens.forEach((token, index) => {
    if (token.text === '->' || token.text === 'to' || token.text === 'from') arrow = true;
    else if (token.text === '{' || token.text === '}') arrow = false;
    else if (token.text === ':' && arrow) {
      const label = tokens[index + 1];
      if (label?.kind === 'word') found.add(plain(label));
      arrow = false;
    }
  });
  return [...found];
}

function patterns(known: Known): Completion[] {
  const cases = [...known.analysis.scope.all().values()].flatMap(({ declaration: d }) => (d.kind === 'enum' ? d.cases.map((c): Completion => {
    const fields = c.fields.map((f, i) => `\${${i + 1}:${f.name.text}}`).join(', ');
    return {
      label: writeName(c.name.text), kind: 'enum-case', detail: d.name.text, doc: c.doc, rank: 1,
      ...(fields ? { insert: `${writeName(c.name.text)}(${fields})`, snippet: true } : {}),
    };
  }) : []));
  return [...cases, { label: 'some', kind: 'enum-case', insert: 'some(${1:x})', snippet: true, rank: 2 }, { label: 'none', kind: 'keyword', rank: 2 }, keyword('true'), keyword('false')];
}

// ---- expressions ----

/** The symbols of the variables and inputs of a role, from the newest analysis that has them. */
function symbolsAt(known: Known, role: string): readonly ChorSymbol[] {
  const { name } = known.context;
  if (name === undefined) return [];
  const now = known.analysis.names.variables.get(name)?.get(role) ?? [];
  const then = known.good?.names.variables.get(name)?.get(role) ?? [];
  return [...now, ...then.filter((s) => !now.some((n) => n.name === s.name))];
}

function variables(known: Known, role: string): Completion[] {
  const symbols = symbolsAt(known, role);
  const written = variablesInTokens(known.tokens, role).filter((v) => !symbols.some((s) => s.name === v));
  // A variable that stands nowhere in the text any more is a leftover of the last good analysis.
  const words = new Set(known.tokens.map(plain));
  return [
    ...symbols.filter((s) => words.has(s.name)).map((s): Completion => ({ label: writeName(s.name), kind: s.kind, detail: s.detail, doc: s.doc, rank: 1 })),
    ...written.map((v): Completion => ({ label: writeName(v), kind: 'variable', detail: `${role}.${v}`, rank: 1 })),
  ];
}

function valuesOf(known: Known, role: string | undefined): Completion[] {
  return [...(role === undefined ? [] : variables(known, role)), ...expressions(known)];
}

/** What any expression can use: functions, constructors, the library. */
function expressions(known: Known): Completion[] {
  const call = (name: string, count: number): Partial<Completion> => ({ insert: count === 0 ? `${name}()` : `${name}($0)`, snippet: true });
  const cases = [...known.analysis.scope.all().values()].flatMap(({ declaration: d }) => (d.kind === 'enum' ? d.cases.map((c): Completion => ({
    label: writeName(c.name.text), kind: 'enum-case', detail: d.name.text, doc: c.doc, rank: 12, ...(c.fields.length > 0 ? call(writeName(c.name.text), 1) : {}),
  })) : []));
  return [
    ...declared(known, (d) => ['function', 'extern-function', 'record'].includes(d.kind), 10, (d) => {
      const name = writeName(d.name.text);
      if (d.kind === 'record') return { insert: `${name}(${d.fields.map((f, i) => `${writeName(f.name.text)}: \${${i + 1}}`).join(', ')})`, snippet: true };
      return d.kind === 'function' || d.kind === 'extern-function' ? call(name, d.params.length) : {};
    }),
    ...cases,
    ...[...library.values()].map((f): Completion => ({ label: f.name, kind: 'builtin', detail: showLibraryFunction(f).split('\n')[0], doc: f.doc, rank: 20, ...call(f.name, 1) })),
    ...['true', 'false', 'none', 'not', 'if', 'match'].map((word): Completion => ({ label: word, kind: 'keyword', rank: 30 })),
  ];
}

function variableType(known: Known, role: string, variable: string): string | undefined {
  const symbol = symbolsAt(known, role).find((s) => s.name === variable);
  return symbol && /: (.+)$/s.exec(symbol.detail)?.[1];
}

/** The fields of the record before the dot; `typeOf` says the type of the name that the chain of fields begins with. */
function fieldsBefore(known: Known, typeOf: (variable: string) => string | undefined): Completion[] {
  const { before } = known.context;
  const chain: string[] = [];
  let index = before.length - 1;
  while (before[index]?.text === '.' && before[index - 1]?.kind === 'word') {
    chain.unshift(plain(before[index - 1] as Token));
    index -= 2;
  }
  const role = rolesInHeader(known.tokens);
  const [head, ...rest] = chain.length > 1 && role.includes(chain[0] ?? '') ? chain.slice(1) : chain;
  const declaration = declarationOf(known);
  const parameter = declaration?.kind === 'function' ? declaration.params.find((p) => p.name.text === head) : undefined;
  let type = parameter ? printType(parameter.type) : head === undefined ? undefined : typeOf(head);
  for (const field of rest) {
    const found = fieldsOf(known, type).find((f) => f.name.text === field);
    type = found && printType(found.type);
  }
  return fieldsOf(known, type).map((f): Completion => ({ label: writeName(f.name.text), kind: 'field', detail: printParams([f]), doc: f.doc, rank: 1 }));
}

function fieldsOf(known: Known, type: string | undefined, depth = 0): readonly Param[] {
  const declaration = type === undefined ? undefined : known.analysis.scope.lookup(type)?.declaration;
  if (declaration?.kind === 'type' && depth < 10) return fieldsOf(known, printType(declaration.type), depth + 1);
  return declaration?.kind === 'record' ? declaration.fields : [];
}

// ---- networks ----

function networkHeader(known: Known): Completion[] {
  const last = lastText(known.context);
  if (last === 'implements') return declared(known, (d) => d.kind === 'choreography', 1);
  return known.context.before.length >= 2 ? [keyword('implements'), keyword('sync'), keyword('fifo'), keyword('buffer')] : [];
}

/** All who take part in a network: its processes, and the roles of what it implements. */
function participants(known: Known): string[] {
  const at = known.tokens.findIndex((t) => t.text === 'implements');
  const design = at === -1 ? undefined : known.analysis.scope.lookup(known.tokens[at + 1]?.text ?? '')?.declaration;
  return [...new Set([...processesIn(known.tokens), ...(design?.kind === 'choreography' ? design.roles.map((r) => r.name.text) : [])])];
}

function inNetwork(known: Known): Completion[] {
  const { context } = known;
  const last = lastText(context);
  const all = participants(known);
  if (context.process === undefined || context.depth < 2) {
    if (last === 'process') return roles(known, all.filter((n) => !processesIn(known.tokens).includes(n)));
    if (last === ':' || last === '<') return typeNames(known);
    return last === '{' || last === '}' ? processStarts(known, all) : [];
  }
  const self = context.process;
  const others = roles(known, all.filter((n) => n !== self));
  const values = (): Completion[] => [...localVariables(known, self), ...expressions(known)];
  const statement = localStatement(context.before);
  switch (last) {
    case 'to': return others;
    case 'from': return others;
    case 'send': return [...values(), { label: 'to', kind: 'keyword', rank: 15 }];
    case 'receive': return [{ label: 'from', kind: 'keyword', rank: 1 }, ...localVariables(known, self).map((v) => ({ ...v, rank: 5 }))];
    case 'do': return declared(known, (d) => d.kind === 'choreography' || d.kind === 'network', 1, (d) => ({ insert: `${writeName(d.name.text)}($0)`, snippet: true }));
    case 'case': return patterns(known);
    case 'continue': return loops(known);
    case '.': return fieldsBefore(known, (variable) => variableType(known, self, variable));
    case ':': return statement[0]?.text === 'receive' && statement.length <= 3 ? typeNames(known) : context.brackets.length > 0 ? values() : labels(known);
    case '=': return [keyword('do', 'do $0'), ...values()];
    case 'if': case 'while': case 'match': case 'return': case '(': case ',': case '[':
      return statement[0]?.text === 'do' && context.brackets.length === 1 ? roles(known, all) : values();
    default: break;
  }
  if (isOperator(last) && !(last === 'or' && context.before.at(-2)?.text === '}')) return values();
  if (statement[0]?.text === 'send' && !statement.some((t) => t.text === 'to')) return [{ label: 'to', kind: 'keyword', rank: 1 }];
  if (statement[0]?.text === 'receive' && !statement.some((t) => t.text === 'from')) return [{ label: 'from', kind: 'keyword', rank: 1 }];
  if (last === '}' && !context.freshLine) return [keyword('else', 'else {\n\t$0\n}'), keyword('or', 'or {\n\t$0\n}')];
  const branching = branchingOf(context.before);
  if (branching) return branchLabels(known, branching, self);
  return last === '{' || last === '}' || context.freshLine ? actionStarts(known, self, all.find((n) => n !== self) ?? 'Role') : [];
}

const actionKeywords = new Set(['send', 'receive', 'if', 'while', 'match', 'choice', 'rec', 'continue', 'do', 'return']);

function localStatement(before: readonly Token[]): readonly Token[] {
  const at = before.findLastIndex((t) => t.text === '{' || t.text === '}' || (t.kind === 'word' && actionKeywords.has(t.text)));
  return before[at]?.kind === 'word' ? before.slice(at) : before.slice(at + 1);
}

/** The sender of the `receive from p {` whose braces the cursor is directly in. */
function branchingOf(before: readonly Token[]): string | undefined {
  let depth = 0;
  for (let index = before.length - 1; index >= 0; index--) {
    if (before[index]?.text === '}') depth++;
    if (before[index]?.text !== '{' || depth-- > 0) continue;
    const sender = before[index - 1];
    return before[index - 2]?.text === 'from' && sender?.kind === 'word' ? plain(sender) : undefined;
  }
  return undefined;
}

/** The labels that the sender's process sends to this one. */
function branchLabels(known: Known, sender: string, self: string): Completion[] {
  const { tokens } = known;
  const found = new Set<string>();
  let process: string | undefined;
  tokens.forEach((token, index) => {
    if (token.text === 'process') process = tokens[index + 1] && plain(tokens[index + 1] as Token);
    if (process !== sender || token.text !== 'to' || plain(tokens[index + 1] ?? token) !== self) return;
    const label = tokens[index + 2]?.text === ':' ? tokens[index + 3] : undefined;
    found.add(label?.kind === 'word' ? plain(label) : '_');
  });
  const sent = [...found].map((label): Completion => ({ label, kind: 'label', insert: `${label} {\n\t$0\n}`, snippet: true, rank: 1 }));
  return [...sent, ...labels(known).map((l): Completion => ({ ...l, insert: `${l.label} {\n\t$0\n}`, snippet: true, rank: 5 }))];
}

function processStarts(known: Known, all: readonly string[]): Completion[] {
  const written = new Set(processesIn(known.tokens));
  const missing = all.filter((name) => !written.has(name));
  return [
    keyword('process', 'process ${1:Name} {\n\t$0\n}'),
    ...missing.map((name): Completion => ({ label: `process ${name}`, kind: 'snippet', insert: `process ${writeName(name)} {\n\t$0\n}`, snippet: true, rank: 1 })),
  ];
}

function localVariables(known: Known, process: string): Completion[] {
  const symbols = symbolsAt(known, process);
  const written = new Set<string>();
  const { before } = known.context;
  const start = before.findLastIndex((t) => t.text === 'process');
  const own = before.slice(start);
  own.forEach((token, index) => {
    const next = own[index + 1];
    if (token.text === 'receive' && next?.kind === 'word' && next.text !== 'from') written.add(plain(next));
    if (token.kind === 'word' && next?.text === '=') written.add(plain(token));
  });
  return [
    ...symbols.map((s): Completion => ({ label: writeName(s.name), kind: s.kind, detail: s.detail, doc: s.doc, rank: 2 })),
    ...[...written].filter((v) => !symbols.some((s) => s.name === v)).map((v): Completion => ({ label: v, kind: 'variable', rank: 2 })),
  ];
}

function actionStarts(known: Known, self: string, other: string): Completion[] {
  const loop = loops(known).map((l): Completion => ({ ...l, label: `continue ${l.label}`, kind: 'keyword', rank: 15 }));
  return [
    keyword('send', `send \${1:value} to \${2:${other}}`), keyword('receive', `receive \${1:x} from \${2:${other}}`),
    keyword('receive from', `receive from \${1:${other}} {\n\t\${2:label} {\n\t\t$0\n\t}\n}`), keyword('if', 'if ${1:condition} {\n\t$0\n} else {\n\t\n}'),
    keyword('while', 'while ${1:condition} {\n\t$0\n}'), keyword('match', 'match ${1:value} {\n\tcase ${2:pattern} {\n\t\t$0\n\t}\n}'),
    keyword('choice', 'choice {\n\t$0\n} or {\n\t\n}'), keyword('rec', 'rec ${1:X} {\n\t$0\n\tcontinue ${1:X}\n}'), keyword('do', 'do $0'), keyword('return', 'return $0'),
  ].map((item): Completion => ({ ...item, rank: 10 })).concat(loop, localVariables(known, self).map((v) => ({ ...v, rank: 25 })));
}
