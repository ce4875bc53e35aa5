// The grammar as a page of the manual that a person can read: rules without what they become in the tree. Part of `npm
// run generate`.
import { GrammarAST } from 'langium';

/** The sections of the grammar, by the rule that each begins with. */
const sections: readonly (readonly [rule: string, title: string])[] = [
  ['File', 'Files and names'],
  ['Type', 'Types and declarations'],
  ['Expression', 'Expressions'],
  ['Choreography', 'Choreographies'],
  ['Network', 'Networks'],
];

/** What is only there for texts with errors. */
const left: ReadonlySet<string> = new Set(['BareBlock', 'LocalBareBlock']);

/** What words and signs look like, in words. */
const terminals: Readonly<Record<string, string>> = {
  ID: 'a name',
  INT: 'digits',
  FLOAT: 'digits with a point or an exponent',
  STRING: 'a text in double quotes',
};

const indent = '    ';
const widest = 110;

/**
 * The page.
 * @param grammar the grammar, with its references resolved
 * Cost: linear in the grammar
 */
export function grammarPage(grammar: GrammarAST.Grammar): string {
  const rules = grammar.rules.filter((rule) => !GrammarAST.isTerminalRule(rule) && !left.has(rule.name));
  const parts: string[] = [
    '# The grammar\n',
    'The whole syntax, as the parser has it. `"word"` is written as it is; `x?` may be left out, `x*` is any number of them, `x+` one at least; `|` is one or the other. Line breaks and blanks separate words and mean nothing else, but that what follows `->`, `=`, `:` or a `.` stands on the same line, or further in on the next.',
    '\nNames are made of Unicode’s letters, digits and `_`; a reserved word becomes one by a `^` before it. Comments are `// …`, `/* … */` and, for documentation, `/** … */`. What the words mean is told in [the language](language.md).',
  ];
  for (const rule of rules) {
    const section = sections.find(([first]) => first === rule.name);
    if (section) parts.push(parts.length > 3 ? '```\n' : '', `## ${section[1]}\n`, '```');
    parts.push(
      GrammarAST.isInfixRule(rule) ? infix(rule) : wrapped(rule.name, (rule as GrammarAST.ParserRule).definition),
    );
  }
  return `${parts.join('\n')}\n\`\`\`\n`;
}

/** Operators, from those that bind most. */
function infix({ name, call, operators }: GrammarAST.InfixRule): string {
  const levels = operators.precedences.map(({ operators: level }) =>
    level.map((each) => JSON.stringify((each as GrammarAST.Keyword).value)).join(' | '),
  );
  const operand = call.rule.$refText;
  return `${name} = ${operand} ((${levels.join(' | ')}) ${operand})*        (* the first bind most *)`;
}

/** A rule on one line, or on several. */
function wrapped(name: string, definition: GrammarAST.AbstractElement): string {
  const line = `${name} = ${text(definition)}`;
  if (line.length <= widest) return line;
  return [`${name} =`, ...folded(`${indent}${text(definition)}`)].join('\n');
}

/** A line broken at blanks where it is too long. */
function folded(line: string): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > widest) {
    const at = rest.lastIndexOf(' ', widest);
    if (at <= indent.length + 2) break;
    lines.push(rest.slice(0, at));
    rest = `${indent}  ${rest.slice(at + 1)}`;
  }
  return [...lines, rest];
}

function text(element: GrammarAST.AbstractElement, inside = false): string {
  const { cardinality } = element as { readonly cardinality?: string };
  const own = plain(element, inside || cardinality !== undefined);
  return `${own}${cardinality ?? ''}`;
}

function plain(element: GrammarAST.AbstractElement, inside: boolean): string {
  const bracketed = (whole: string, several: boolean): string => (inside && several ? `(${whole})` : whole);
  if (GrammarAST.isAlternatives(element)) {
    const ways = element.elements.map((each) => text(each)).filter((way) => way !== '');
    return bracketed(ways.join(' | '), ways.length > 1);
  }
  if (GrammarAST.isGroup(element)) {
    const parts = element.elements
      .map((each) => text(each, GrammarAST.isAlternatives(each)))
      .filter((part) => part !== '');
    return bracketed(parts.join(' '), parts.length > 1);
  }
  if (GrammarAST.isAssignment(element))
    return element.feature === 'broken' ? '' : text(element.terminal, GrammarAST.isAlternatives(element.terminal));
  if (GrammarAST.isKeyword(element)) return JSON.stringify(element.value);
  if (GrammarAST.isRuleCall(element)) {
    const name = element.rule.$refText;
    return left.has(name) ? '' : terminals[name] === undefined ? name : bracketed(`<${terminals[name]}>`, false);
  }
  // What a node becomes in the tree.
  if (GrammarAST.isAction(element)) return '';
  throw new Error(`No way to write ${element.$type}.`);
}
