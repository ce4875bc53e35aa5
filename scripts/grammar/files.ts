// The files that are made from the grammar: the types of nodes, the names of rules, and the tables of the parser.
import type { GrammarAST } from 'langium';
import type { GrammarTables } from '../../language/grammar/tables.ts';
import { declarations } from './nodes.ts';
import { tablesOf } from './tables.ts';
import type { TreatmentOf } from './tables.ts';

const head = '// Made from chor.langium by `npm run generate`: do not edit.\n';

/** The files by their names in language/grammar/generated/. */
export function generated(grammar: GrammarAST.Grammar, treatment: TreatmentOf): ReadonlyMap<string, string> {
  const tables = tablesOf(grammar, treatment);
  return new Map([
    ['ast.ts', `${head}import type { Placed } from '../tree.js';\n\n${declarations(grammar)}`],
    [
      'names.ts',
      `${head}\n${union('RuleName', 'The rules of the grammar, but for the one of whole files.', Object.keys(tables.rules))}\n${union('TokenName', 'The terminals, and the keywords as they are written.', tables.tokens)}`,
    ],
    [
      'tables.ts',
      `${head}import type { GrammarTables } from '../tables.js';\n\nexport const tables: GrammarTables = {\n${written(tables)}};\n`,
    ],
  ]);
}

function union(name: string, what: string, members: readonly string[]): string {
  const lines = members
    .map((member) => quoted(member))
    .reduce<string[]>((all, member) => {
      const last = all.at(-1);
      if (last !== undefined && last.length + member.length < 110) return [...all.slice(0, -1), `${last} | ${member}`];
      return [...all, member];
    }, []);
  return `/** ${what} */\nexport type ${name} =\n${lines.map((line) => `  | ${line}`).join('\n')};\n`;
}

/** A rule, or a set, a line. */
function written(tables: GrammarTables): string {
  return Object.entries(tables)
    .map(([key, value]) => {
      if (key === 'rules' || key === 'nodes')
        return `  ${key}: {\n${Object.entries(value as object)
          .map(([name, one]) => `    ${name}: ${literal(one)},\n`)
          .join('')}  },\n`;
      if (key === 'sets')
        return `  ${key}: [\n${(value as readonly unknown[]).map((one) => `    ${literal(one)},\n`).join('')}  ],\n`;
      return `  ${key}: ${literal(value)},\n`;
    })
    .join('');
}

function literal(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, one]) => `${key}: ${literal(one)}`)
      .join(', ')} }`;
  return JSON.stringify(value);
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
