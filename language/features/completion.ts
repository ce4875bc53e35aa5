// Completion: what can stand at the cursor, found from the tokens before it, filled from the newest analysis that knows
// more.
import { declarationSymbol } from '../scoping/declared.js';
import { relativePath, resolvePath } from '../scoping/paths.js';
import { writeName } from '../syntax/names.js';
import { escapeString, unescapeString } from '../syntax/strings.js';
import type { SymbolType } from '../scoping/symbols.js';
import type { Token } from '../syntax/tokens.js';
import type { FileAnalysis, Workspace } from '../workspace.js';
import { choreographyHeader, inChoreography, inStepsOf } from './completion-choreography.js';
import { expressions, isOperator, keyword, lastText, template, typeNames } from './completion-items.js';
import type { Completion, Known } from './completion-items.js';
import { inNetwork, networkHeader } from './completion-network.js';
import { argumentNames, fieldsBefore } from './completion-fields.js';
import { contextAt, paramsInTokens } from './context.js';
import { functionBody, introducesName, inType } from './introducing.js';

export type { Completion } from './completion-items.js';

export interface Completions {
  /** What is replaced. */
  readonly range: { readonly start: number; readonly end: number };
  readonly items: readonly Completion[];
}

/**
 * What can stand at an offset.
 * @param good the last analysis of this file without syntax errors, for what the broken text no longer shows
 * Cost: linear in the file, and in the files that could be imported
 */
export function complete(workspace: Workspace, uri: string, offset: number, good?: FileAnalysis): Completions {
  const analysis = workspace.analyze(uri);
  const context = contextAt(analysis?.file.text ?? '', offset);
  if (!analysis || context.quiet || introducesName(context)) return { range: context.word, items: [] };
  const known: Known = { workspace, uri, analysis, good, context, tokens: [...context.before, gap, ...context.after] };
  if (context.path)
    return {
      range: context.path,
      items: unfinished(importPaths(known), analysis.file.text.slice(context.path.start, context.path.end)),
    };
  const seen = new Set<string>();
  const items = itemsAt(known)
    .filter((item) => !seen.has(item.label) && seen.add(item.label))
    .sort((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : 1));
  return {
    range: context.word,
    items: unfinished(items, analysis.file.text.slice(context.word.start, context.word.end)),
  };
}

/**
 * Nothing where the word at the cursor is whole: whoever goes on with Enter or Tab means it as it stands. A keyword
 * alone keeps what it could become.
 */
function unfinished(items: readonly Completion[], word: string): readonly Completion[] {
  if (word === '' || !items.some((item) => isWhole(item, word))) return items;
  return items.filter(
    (item) =>
      item.kind === 'snippet' && (item.label === word || item.label.startsWith(`${word} `)) && !lineEnds.has(word),
  );
}

/** Keywords that a line ends with, behind which another one may start. */
const lineEnds = new Set(['else', 'or', 'and', 'return']);

function isWhole(item: Completion, word: string): boolean {
  return item.label.replace(/^\^|:$/g, '') === word.replace(/^\^/, '');
}

/** Stands for the word at the cursor, so that what is before it and after it is not read as one. */
const gap: Token = { kind: 'symbol', text: '', start: 0, end: 0 };

function itemsAt(known: Known): Completion[] {
  const { context } = known;
  switch (context.keyword) {
    case undefined:
      return declarationStarts(known);
    case 'import':
      return context.depth > 0
        ? importNames(known)
        : lastText(context) === 'import'
          ? [keyword('{', '{ $0 } from ""')]
          : context.freshLine
            ? declarationStarts(known)
            : [keyword('from')];
    case 'choreography':
      return context.depth === 0
        ? choreographyHeader(known)
        : context.local === undefined
          ? inChoreography(known)
          : inStepsOf(known, context.local);
    case 'network':
      return context.depth === 0 ? networkHeader(known) : inNetwork(known);
    case 'function':
    case 'extern':
    case 'record':
    case 'enum':
    case 'type':
    case 'const':
      return inSmallDeclaration(known);
    default:
      return [];
  }
}

function declarationStarts(known: Known): Completion[] {
  const design = [...known.analysis.scope.all().values()]
    .map((r) => r.declaration)
    .find((d) => d.kind === 'choreography');
  const [name, role] =
    design?.kind === 'choreography'
      ? [design.name.text, design.roles[0]?.name.text ?? 'Alice']
      : ['Choreography', 'Alice'];
  return [
    keyword(
      'choreography',
      'choreography ${1:Name}(${2:Alice}, ${3:Bob}) {\n\t${2:Alice}.${4:"hello"} -> ${3:Bob}.${5:greeting}$0\n}',
      'What all roles do together.',
    ),
    keyword(
      'network',
      'network ${1:Name} {\n\tprocess ${2:Alice} {\n\t\tsend ${4:"hello"} to ${3:Bob}\n\t}\n\n\tprocess ${3:Bob} {\n\t\treceive ${5:greeting} from ${2:Alice}$0\n\t}\n}',
      'Processes written by hand, each on its own.',
    ),
    template(
      'network implements',
      `network \${1:Name} implements \${2:${writeName(name)}} {\n\tprocess \${3:${writeName(role)}} {\n\t\t$0\n\t}\n}`,
      'Roles of a choreography, written by hand; the others are its projections.',
    ),
    keyword('record', 'record ${1:Name} { ${2:field}: ${3|int,float,bool,string|} }$0', 'A type with named fields.'),
    keyword('enum', 'enum ${1:Name} { ${2:first}, ${3:second} }$0', 'A type that is one of several cases.'),
    keyword('type', 'type ${1:Name} = ${2:int}$0', 'Another name for a type.'),
    keyword('const', 'const ${1:name} = ${2:3}$0', 'A value that every role knows.'),
    keyword(
      'function',
      'function ${1:name}(${2:x}: ${3:int}): ${4:int} = ${5:x}$0',
      'A function that any role can compute alone.',
    ),
    keyword('extern', 'extern ${1:name}(${2:x}: ${3:int}): ${4:int}$0', 'A function that the host program gives.'),
    keyword('extern type', 'extern type ${1:Name}$0', 'A type that the host program gives.'),
    keyword('import', 'import { ${2:Name} } from "./${1:file}.chor"$0', 'Takes declarations from another file.'),
  ].map((item) => ({ ...item, rank: 10 }));
}

function inSmallDeclaration(known: Known): Completion[] {
  const { context } = known;
  if (
    context.freshLine &&
    context.depth === 0 &&
    context.brackets.length === 0 &&
    !['=', ':', ',', '('].includes(lastText(context) ?? '') &&
    !isOperator(lastText(context))
  )
    return declarationStarts(known);
  if ((context.keyword === 'function' || context.keyword === 'const') && functionBody(context.before) !== -1) {
    const params = context.keyword === 'function' ? paramsInTokens(context.before) : [];
    const typeOf = (name: string): SymbolType | undefined => params.find((p) => p.name === name)?.type;
    if (lastText(context) === '.') return fieldsBefore(known, typeOf);
    return [
      ...argumentNames(known, typeOf),
      ...params.map((p): Completion => ({
        label: writeName(p.name),
        kind: 'parameter',
        detail: `${p.name}: ${p.type.text}`,
        rank: 1,
      })),
      ...expressions(known),
    ];
  }
  return inType(context.before) || (context.keyword === 'type' && lastText(context) === '=') ? typeNames(known) : [];
}

function importPaths(known: Known): Completion[] {
  const { workspace, uri } = known;
  return workspace
    .uris()
    .filter((other) => other !== uri && other.startsWith('file:') && workspace.text(other) !== undefined)
    .map((other): Completion => {
      const path = relativePath(uri, other) ?? other;
      return { label: path, insert: escapeString(path).slice(1, -1), kind: 'file', rank: path.split('/').length };
    })
    .sort((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : 1));
}

function importNames(known: Known): Completion[] {
  const { workspace, uri, context } = known;
  const literal = context.after.find((t) => t.kind === 'string');
  const listed = new Set(known.tokens.filter((t) => t.kind === 'word').map((t) => t.text));
  const file = literal && workspace.file(resolvePath(uri, unescapeString(literal.text)));
  return (file?.declarations ?? [])
    .filter((d) => !listed.has(d.name.text))
    .map((d): Completion => {
      const symbol = declarationSymbol(file?.uri ?? uri, d);
      return { label: writeName(symbol.name), kind: symbol.kind, detail: symbol.detail, doc: symbol.doc, rank: 1 };
    });
}
