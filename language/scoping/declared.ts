// The symbols of declarations and of their parts: ids, and the lines that hovers show of them.
import type { Choreography, ChoreographyParameter, Parameter, Role, Signature } from '../ir/choreography.js';
import type { Name, Param, TypeExpr } from '../ir/expression.js';
import type { Declaration, EnumDeclaration } from '../ir/file.js';
import type { Network, Process } from '../ir/process.js';
import { printExpr, printFamily, printMembers, printParams, printResults, printType } from '../syntax/print.js';
import { shorten } from '../text/words.js';
import { writeName } from '../syntax/names.js';
import { holders } from './symbols.js';
import type { ChorSymbol, SymbolKind, SymbolType } from './symbols.js';

/** What kind of symbol a declaration introduces. */
export function kindOf(declaration: Declaration): SymbolKind {
  switch (declaration.kind) {
    case 'extern-type':
      return 'type';
    case 'extern-function':
      return 'function';
    case 'const':
      return 'constant';
    case 'choreography':
    case 'enum':
    case 'function':
    case 'network':
    case 'record':
    case 'type':
      return declaration.kind;
  }
}

/** The id of a top-level declaration; those of its parts begin with it. */
export function idOf(uri: string, declaration: { readonly name: Name }): string {
  return `${uri}#${declaration.name.text}`;
}

/**
 * The symbol of a top-level declaration.
 * @param inferred the type of a constant or of a function's result, where it is not stated
 */
export function declarationSymbol(uri: string, declaration: Declaration, inferred?: SymbolType): ChorSymbol {
  return {
    id: idOf(uri, declaration),
    kind: kindOf(declaration),
    name: declaration.name.text,
    uri,
    origin: declaration.name.origin,
    detail: `${keywords[declaration.kind]} ${writeName(declaration.name.text)}${declaredAs(declaration, inferred)}`,
    doc: declaration.doc,
    type: typeOfDeclared(declaration) ?? inferred,
  };
}

const keywords: Readonly<Record<Declaration['kind'], string>> = {
  choreography: 'choreography',
  network: 'network',
  record: 'record',
  enum: 'enum',
  type: 'type',
  const: 'const',
  function: 'function',
  'extern-type': 'extern type',
  'extern-function': 'extern',
};

/** What a declaration says behind its name, on one line: `(o: Order): int`, ` { title: Title }`. */
export function declaredAs(declaration: Declaration, inferred?: SymbolType): string {
  const result = (type: TypeExpr | undefined): string =>
    type ? `: ${printType(type)}` : inferred ? `: ${inferred.text}` : '';
  switch (declaration.kind) {
    case 'choreography':
      return showSignature(declaration);
    case 'network':
      return `${declaration.implements ? ` implements ${writeName(declaration.implements.text)}` : ''}${showChannels(declaration)}`;
    case 'record':
      return ` { ${printParams(declaration.fields)} }`;
    case 'enum':
      return ` { ${declaration.cases.map(showCase).join(', ')} }`;
    case 'type':
      return ` = ${printType(declaration.type)}`;
    case 'const':
      return `${result(declaration.type)} = ${shorten(printExpr(declaration.value))}`;
    case 'function':
    case 'extern-function':
      return `(${printParams(declaration.params)})${result(declaration.result)}`;
    case 'extern-type':
      return '';
  }
}

/** What a choreography takes and gives: `(Buyer(budget: int), rounds: int): bool@Buyer`. */
function showSignature({ roles, parameters, results }: Signature): string {
  return `(${[...roles.map(showRole), ...parameters.map(showParameter)].join(', ')})${results.length > 0 ? `: ${printResults(results)}` : ''}`;
}

/** What a choreography is given, as its header has it: `rounds: int`, `decide: choreography(Buyer): bool@Buyer`. */
export function showParameter(parameter: Parameter): string {
  return `${writeName(parameter.name.text)}: ${parameter.kind === 'value' ? printType(parameter.type) : `choreography${showSignature(parameter)}`}`;
}

function typeOfDeclared(declaration: Declaration): SymbolType | undefined {
  switch (declaration.kind) {
    case 'choreography':
      return declaration.results.length === 1 && declaration.results[0]
        ? writtenType(declaration.results[0].type)
        : undefined;
    case 'const':
      return declaration.type && writtenType(declaration.type);
    case 'function':
    case 'extern-function':
      return declaration.result && writtenType(declaration.result);
    case 'record':
    case 'enum':
    case 'type':
    case 'extern-type':
      return typeNamed(declaration.name.text);
    case 'network':
      return undefined;
  }
}

function typeNamed(name: string): SymbolType {
  return { text: writeName(name), meaning: writeName(name), names: [name] };
}

/** A type as it is written; what aliases in it stand for is not looked up. Cost: linear in it */
export function writtenType(type: TypeExpr): SymbolType {
  const text = printType(type);
  if (type.kind === 'tuple') return { text, meaning: text, names: [] };
  const [item, other] = type.args;
  const form = holders.find((name) => name === type.name.text);
  if (!item) return { text, meaning: text, names: [type.name.text] };
  return { text, meaning: text, names: [], ...(form && !other ? { holds: { form, item: writtenType(item) } } : {}) };
}

function showChannels(network: Network): string {
  switch (network.channels.kind) {
    case 'fifo':
      return '';
    case 'sync':
      return ' sync';
    case 'buffer':
      return ` buffer ${network.channels.size}`;
  }
}

/** A role as it stands in a header: `Buyer(title: Title, budget: int)`. */
export function showRole(role: Role | Process): string {
  const several =
    'family' in role && role.family
      ? printFamily(role.family)
      : 'members' in role && role.members
        ? printMembers(role.members)
        : '';
  return (
    (role.server === true ? 'server ' : '') +
    writeName(role.name.text) +
    several +
    (role.params.length > 0 ? `(${printParams(role.params)})` : '')
  );
}

type Case = EnumDeclaration['cases'][number];

function showCase(c: Case): string {
  return writeName(c.name.text) + (c.fields.length > 0 ? `(${printParams(c.fields)})` : '');
}

/** A case of an enum. */
export function caseSymbol(uri: string, declaration: EnumDeclaration, c: Case): ChorSymbol {
  return {
    id: `${idOf(uri, declaration)}/${c.name.text}`,
    kind: 'enum-case',
    name: c.name.text,
    uri,
    origin: c.name.origin,
    container: declaration.name.text,
    detail: `${writeName(declaration.name.text)}.${showCase(c)}`,
    doc: c.doc,
    type: typeNamed(declaration.name.text),
  };
}

/** A field of a record or of an enum's case. `owner` is what it is part of: `Order`, `Request.put`. */
export function fieldSymbol(uri: string, owner: string, field: Param): ChorSymbol {
  return {
    id: `${uri}#${owner}/${field.name.text}`,
    kind: 'field',
    name: field.name.text,
    uri,
    origin: field.name.origin,
    container: owner,
    detail: `${owner}.${writeName(field.name.text)}: ${printType(field.type)}`,
    doc: field.doc,
    type: writtenType(field.type),
  };
}

/** A parameter of a function. */
export function parameterSymbol(uri: string, owner: string, param: Param): ChorSymbol {
  return {
    id: `${uri}#${owner}/${param.name.text}`,
    kind: 'parameter',
    name: param.name.text,
    uri,
    origin: param.name.origin,
    container: owner,
    detail: `${writeName(param.name.text)}: ${printType(param.type)}`,
    doc: param.doc,
    type: writtenType(param.type),
  };
}

/** A choreography that another is given. */
export function choreographySymbol(uri: string, owner: string, parameter: ChoreographyParameter): ChorSymbol {
  return {
    id: `${uri}#${owner}/${parameter.name.text}`,
    kind: 'choreography',
    name: parameter.name.text,
    uri,
    origin: parameter.name.origin,
    container: owner,
    detail: showParameter(parameter),
    doc: parameter.doc,
    type: parameter.results[0] && writtenType(parameter.results[0].type),
  };
}

/** A role of a choreography. */
export function roleSymbol(uri: string, choreography: Choreography, role: Role): ChorSymbol {
  return {
    id: `${idOf(uri, choreography)}/${role.name.text}`,
    kind: 'role',
    name: role.name.text,
    uri,
    origin: role.name.origin,
    container: choreography.name.text,
    detail: `role ${showRole(role)}`,
    doc: role.doc,
  };
}

/**
 * A process of a network.
 * @param owner the id of what it is a role of: the choreography that the network implements, else the network. A
 *   process and the role that it implements have one id, so that they are renamed together; the symbol's origin is the
 *   process.
 */
export function processSymbol(uri: string, owner: string, network: Network, process: Process): ChorSymbol {
  return {
    id: `${owner}/${process.name.text}`,
    kind: 'process',
    name: process.name.text,
    uri,
    origin: process.name.origin,
    container: network.name.text,
    detail: `process ${showRole(process)}${process.result ? `: ${printType(process.result)}` : ''}`,
    doc: process.doc,
    type: process.result && writtenType(process.result),
  };
}
