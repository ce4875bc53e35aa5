// What completion offers anywhere: types, declarations, expressions, fields, labels; and what it knows when it is
// asked.
import { choreographiesOf, valuesOf } from '../ir/choreography.js';
import type { Role, Signature } from '../ir/choreography.js';
import type { Declaration } from '../ir/file.js';
import { valuesIn } from '../parameters/network.js';
import { declarationSymbol, showParameter, showRole } from '../scoping/declared.js';
import { relativePath, resolvePath } from '../scoping/paths.js';
import type { Resolved } from '../scoping/scope.js';
import type { ChorSymbol, SymbolKind } from '../scoping/symbols.js';
import { plainName, writeName } from '../syntax/names.js';
import { escapeString } from '../syntax/strings.js';
import { scan } from '../syntax/tokens.js';
import type { SymbolType } from '../scoping/symbols.js';
import type { Token } from '../syntax/tokens.js';
import { basicTypes, library, showLibraryFunction } from '../typing/library.js';
import type { FileAnalysis, Workspace } from '../workspace.js';
import { boundNames, familiesInHeader, loopNumbers, parametersInHeader } from './context.js';
import type { CursorContext } from './context.js';
import { importCaptures } from '../edits/captures.js';
import type { Edit } from '../edits/fix.js';

export interface Completion {
  readonly label: string;
  readonly kind: SymbolKind | 'keyword' | 'snippet' | 'file';
  readonly detail?: string;
  readonly doc?: string;
  /** The text to insert, when it is not the label; with `snippet`, in LSP's snippet syntax. */
  readonly insert?: string;
  readonly snippet?: boolean;
  /** The label is no text of the language: there is nothing to insert where snippets can't be. */
  readonly template?: boolean;
  /** The smaller, the higher in the list. */
  readonly rank: number;
  /** Edits elsewhere that go with it: the import of what it names. */
  readonly edits?: readonly Edit[];
}

/** What completion knows besides the text: the analysis of now, and the last one that was without syntax errors. */
export interface Known {
  readonly workspace: Workspace;
  readonly uri: string;
  readonly analysis: FileAnalysis;
  readonly good: FileAnalysis | undefined;
  readonly context: CursorContext;
  /** The tokens of the whole declaration around the cursor, the word at the cursor left out. */
  readonly tokens: readonly Token[];
}

export const lastText = (context: CursorContext, back = 1): string | undefined => context.before.at(-back)?.text;

export const plain = (token: Token): string => plainName(token.text);

const operators = new Set(['+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', 'and', 'or', 'not', '=>']);

export const isOperator = (text: string | undefined): boolean => text !== undefined && operators.has(text);

export function keyword(label: string, snippet?: string, doc?: string): Completion {
  return snippet === undefined
    ? { label, kind: 'keyword', rank: 60 }
    : { label, kind: 'snippet', insert: snippet, snippet: true, rank: 55, doc };
}

/** A snippet under a name that is no word of the language. */
export function template(label: string, snippet: string, doc: string): Completion {
  return { ...keyword(label, snippet, doc), detail: doc, template: true };
}

export function typeNames(known: Known): Completion[] {
  const basic = [...basicTypes].map(([name, { arity, doc }]): Completion => ({
    label: name,
    kind: 'type',
    doc,
    rank: 5,
    ...(arity > 0 ? { insert: `${name}<${arity > 1 ? '$1, $2' : '$1'}>`, snippet: true } : {}),
  }));
  return [...declared(known, (d) => ['record', 'enum', 'type', 'extern-type'].includes(d.kind), 3), ...basic];
}

/** The declarations in scope that pass, and those of other files, which bring their import along. */
export function declared(
  known: Known,
  pass: (declaration: Declaration) => boolean,
  rank: number,
  shape: (d: Declaration) => Partial<Completion> = () => ({}),
): Completion[] {
  const { workspace, uri, analysis, context } = known;
  const names = new Set<string>();
  const items: Completion[] = [];
  const add = ({ declaration, uri: home }: Resolved, more: Partial<Completion>): void => {
    if (!pass(declaration) || names.has(declaration.name.text)) return;
    names.add(declaration.name.text);
    const symbol = declarationSymbol(home, declaration);
    items.push({
      label: writeName(symbol.name),
      kind: symbol.kind,
      detail: symbol.detail,
      doc: symbol.doc,
      rank,
      ...shape(declaration),
      ...more,
    });
  };
  for (const resolved of analysis.scope.all().values()) add(resolved, {});
  for (const resolved of known.good?.scope.all().values() ?? []) {
    if (resolved.uri === uri && analysis.file.lost.some((name) => name.text === resolved.declaration.name.text))
      add(resolved, {});
  }
  for (const name of analysis.file.lost) names.add(name.text);
  // Others are offered once something of their name is typed.
  if (context.prefix.length === 0 || !uri.startsWith('file:')) return items;
  for (const other of workspace.uris()) {
    if (other === uri || !other.startsWith('file:')) continue;
    for (const declaration of workspace.file(other)?.declarations ?? []) {
      if (importCaptures(analysis, other, declaration)) continue;
      add(
        { uri: other, declaration },
        {
          rank: rank + 40,
          detail: `import from ${relativePath(uri, other) ?? other}`,
          edits: [importEdit(known, other, declaration.name.text)],
        },
      );
    }
  }
  return items;
}

/** The smallest edit that imports a name: into the braces of an import of the file that is there, else a new line. */
function importEdit(known: Known, target: string, name: string): Edit {
  const {
    workspace,
    uri,
    analysis: { file },
  } = known;
  const there = file.imports.find(
    (i) => i.names && i.names.length > 0 && workspace.file(resolvePath(uri, i.path.text))?.uri === target,
  );
  const last = there?.names?.at(-1);
  if (last) return { uri, start: last.origin.end, end: last.origin.end, newText: `, ${writeName(name)}` };
  const line = `import { ${writeName(name)} } from ${escapeString(relativePath(uri, target) ?? target)}`;
  const after = file.imports.at(-1)?.origin.end;
  if (after !== undefined) return { uri, start: after, end: after, newText: `\n${line}` };
  const [first] = scan(file.text);
  const at = first?.start ?? 0;
  return { uri, start: at, end: at, newText: `${line}\n\n` };
}

function declarationOf(known: Known): Declaration | undefined {
  const named = (analysis: FileAnalysis | undefined): Declaration | undefined =>
    analysis?.file.declarations.find((d) => d.name.text === known.context.name);
  return named(known.analysis) ?? named(known.good);
}

export function roles(known: Known, names: readonly string[], rank = 1, suffix = ''): Completion[] {
  const declaration = declarationOf(known);
  const described =
    declaration?.kind === 'choreography'
      ? declaration.roles
      : declaration?.kind === 'network'
        ? declaration.processes
        : [];
  return names.map((name): Completion => {
    const found = described.find((r) => r.name.text === name);
    return {
      label: writeName(name),
      kind: 'role',
      detail: found ? showRole(found) : undefined,
      doc: found?.doc,
      rank,
      ...(suffix ? { insert: writeName(name) + suffix } : {}),
    };
  });
}

/** In a network: the roles of the choreography that it implements. */
export function designedRoles({ tokens, analysis }: Known): readonly Role[] {
  const at = tokens.findIndex((token) => token.text === 'implements');
  const design =
    at < 0 ? undefined : analysis.scope.lookup(plain(tokens[at + 1] ?? (tokens[at] as Token)))?.declaration;
  return design?.kind === 'choreography' ? design.roles : [];
}

/** What all roles know without being told: sizes of families, and numbers of loops over members. */
export function numbers(known: Known): Completion[] {
  const { context, tokens } = known;
  const sizes = [
    ...familiesInHeader(tokens).flatMap(({ size }) => size ?? []),
    ...designedRoles(known).flatMap(({ family }) => family?.size?.text ?? []),
  ];
  const process = context.before.findLastIndex((token) => token.text === 'process');
  const own =
    process >= 0 && context.before[process + 2]?.text === '[' && context.before[process + 3]?.kind === 'word'
      ? [plain(context.before[process + 3] as Token)]
      : [];
  const found = [...own, ...loopNumbers(context.before), ...new Set(sizes)].map((name): Completion => ({
    label: writeName(name),
    kind: sizes.includes(name) ? 'size' : 'index',
    detail: `${name}: int`,
    rank: 3,
  }));
  return [...found, ...sharedValues(known)];
}

/** The values that all roles know: those of the header, and of the choreography that a network implements. */
function sharedValues(known: Known): Completion[] {
  const declaration = declarationOf(known);
  const own =
    declaration?.kind === 'choreography'
      ? valuesOf(declaration.parameters)
      : declaration?.kind === 'network'
        ? valuesIn(declaration, known.analysis.scope).values
        : [];
  const written = parametersInHeader(known.tokens).filter(
    ({ kind, name }) => kind === 'value' && !own.some((each) => each.name.text === name),
  );
  return [
    ...own.map((each): Completion => ({
      label: writeName(each.name.text),
      kind: 'parameter',
      detail: showParameter(each),
      doc: each.doc,
      rank: 3,
    })),
    ...written.map(({ name, type }): Completion => ({
      label: writeName(name),
      kind: 'parameter',
      detail: `${name}: ${type}`,
      rank: 3,
    })),
  ];
}

/** The choreographies that the one around is given. */
export function givenChoreographies(known: Known): Completion[] {
  const declaration = declarationOf(known);
  const own = declaration?.kind === 'choreography' ? choreographiesOf(declaration.parameters) : [];
  return parametersInHeader(known.tokens)
    .filter(({ kind }) => kind === 'choreography')
    .map(({ name }): Completion => {
      const found = own.find((each) => each.name.text === name);
      return {
        label: writeName(name),
        kind: 'choreography',
        detail: found ? showParameter(found) : undefined,
        doc: found?.doc,
        rank: 0,
        ...(found ? callOf(name, found) : {}),
      };
    });
}

/** A call with the names of what it gives. */
export function callOf(
  name: string,
  { roles: places, parameters }: Signature,
  names: readonly string[] = [],
): Pick<Completion, 'insert' | 'snippet'> {
  const args = [
    ...places.map((role, index) => {
      const inputs = role.params.length > 0 ? `(${role.params.map((p) => p.name.text).join(', ')})` : '';
      return `${names.includes(role.name.text) ? role.name.text : (names[index] ?? role.name.text)}${inputs}`;
    }),
    ...parameters.map((each) => each.name.text),
  ];
  return {
    insert: `${writeName(name)}(${args.map((arg, index) => `\${${index + 1}:${arg}}`).join(', ')})`,
    snippet: true,
  };
}

export function loops(known: Known): Completion[] {
  const found = known.context.before.flatMap((t, i) =>
    t.text === 'rec' && known.context.before[i + 1]?.kind === 'word' ? [known.context.before[i + 1]?.text ?? ''] : [],
  );
  return [...new Set(found)].map((label): Completion => ({ label, kind: 'recursion', rank: 1 }));
}

/** The labels of the file's messages, those of this declaration first; the word at the cursor is none of them. */
export function labels(known: Known): Completion[] {
  const { word, words, prefix } = known.context;
  const here = labelsIn(known.tokens);
  const others = known.analysis.occurrences
    .filter((o) => o.symbol.kind === 'label' && !(o.origin.start <= word.end && word.start <= o.origin.end))
    .map((o) => o.symbol.name);
  // What was half typed at the cursor is in the last good analysis still.
  const then = (known.good?.occurrences ?? [])
    .filter(
      (o) =>
        o.symbol.kind === 'label' && words.has(o.symbol.name) && !prefix.replace(/^\^/, '').startsWith(o.symbol.name),
    )
    .map((o) => o.symbol.name);
  return [
    ...here.map((label): Completion => ({ label: writeName(label), kind: 'label', rank: 1 })),
    ...[...new Set([...others, ...then])].map((label): Completion => ({
      label: writeName(label),
      kind: 'label',
      rank: 2,
    })),
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

export function patterns(known: Known): Completion[] {
  const cases = [...known.analysis.scope.all().values()].flatMap(({ declaration: d }) =>
    d.kind === 'enum'
      ? d.cases.map((c): Completion => {
          const fields = c.fields.map((f, i) => `\${${i + 1}:${f.name.text}}`).join(', ');
          return {
            label: writeName(c.name.text),
            kind: 'enum-case',
            detail: d.name.text,
            doc: c.doc,
            rank: 1,
            ...(fields ? { insert: `${writeName(c.name.text)}(${fields})`, snippet: true } : {}),
          };
        })
      : [],
  );
  return [
    ...cases,
    { label: 'some', kind: 'enum-case', insert: 'some(${1:x})', snippet: true, rank: 2 },
    { label: 'none', kind: 'keyword', rank: 2 },
    keyword('true'),
    keyword('false'),
  ];
}

/** The symbols of the variables and inputs of a role, from the newest analysis that has them. */
export function symbolsAt(known: Known, role: string): readonly ChorSymbol[] {
  const { name } = known.context;
  if (name === undefined) return [];
  const now = known.analysis.names.variables.get(name)?.get(role) ?? [];
  const then = known.good?.names.variables.get(name)?.get(role) ?? [];
  return [...now, ...then.filter((s) => !now.some((n) => n.name === s.name))];
}

/** What any expression can use: constants, functions, constructors, the library. */
export function expressions(known: Known): Completion[] {
  const call = (name: string, count: number): Partial<Completion> => ({
    insert: count === 0 ? `${name}()` : `${name}($0)`,
    snippet: true,
  });
  const cases = [...known.analysis.scope.all().values()].flatMap(({ declaration: d }) =>
    d.kind === 'enum'
      ? d.cases.map((c): Completion => ({
          label: writeName(c.name.text),
          kind: 'enum-case',
          detail: d.name.text,
          doc: c.doc,
          rank: 12,
          ...(c.fields.length > 0 ? call(writeName(c.name.text), 1) : {}),
        }))
      : [],
  );
  return [
    ...numbers(known),
    ...boundNames(known.context.before).map((label): Completion => ({ label, kind: 'local', rank: 0 })),
    ...declared(
      known,
      (d) => d.kind === 'const' && !(known.context.keyword === 'const' && d.name.text === known.context.name),
      8,
    ),
    ...declared(
      known,
      (d) => ['function', 'extern-function', 'record'].includes(d.kind),
      10,
      (d) => {
        const name = writeName(d.name.text);
        if (d.kind === 'record')
          return {
            insert: `${name}(${d.fields.map((f, i) => `${writeName(f.name.text)}: \${${i + 1}}`).join(', ')})`,
            snippet: true,
          };
        return d.kind === 'function' || d.kind === 'extern-function' ? call(name, d.params.length) : {};
      },
    ),
    ...cases,
    ...[...library.values()].map((f): Completion => ({
      label: f.name,
      kind: 'builtin',
      detail: showLibraryFunction(f).split('\n')[0],
      doc: f.doc,
      rank: 20,
      ...call(f.name, 1),
    })),
    ...['true', 'false', 'none', 'not', 'if', 'let', 'match'].map((word): Completion => ({
      label: word,
      kind: 'keyword',
      rank: 30,
    })),
  ];
}

export function variableType(known: Known, role: string, variable: string): SymbolType | undefined {
  return symbolsAt(known, role).find((s) => s.name === variable)?.type;
}

/** How many messages are waited for, where several send: what can follow the receiver. */
export function quorums(known: Known, after: readonly Token[]): Completion[] {
  const at = after.findIndex((t) => t.text === 'any');
  if (at < 0) return [keyword('any', 'any ${1:majority}', 'The first messages that come; the others are dropped.')];
  if (at === after.length - 1) return [keyword('majority'), ...numbers(known)];
  return after.some((t) => t.text === 'by') ? [] : [keyword('by', 'by ${1:who}', 'Keeps who sent what came.')];
}
