// Signature help: what a call takes, while its arguments are being written. Works on tokens, so on broken text too.
import { choreographiesOf } from '../ir/choreography.js';
import type { Signature } from '../ir/choreography.js';
import type { Declaration } from '../ir/file.js';
import type { Param } from '../ir/expression.js';
import { declarationSymbol, showParameter, showRole } from '../scoping/declared.js';
import { plainName } from '../syntax/names.js';
import { printParams, printType } from '../syntax/print.js';
import { scan } from '../syntax/tokens.js';
import type { Token } from '../syntax/tokens.js';
import { library, showSignature } from '../typing/library.js';
import { showType } from '../typing/types.js';
import type { Workspace } from '../workspace.js';

export interface SignatureInfo {
  readonly label: string;
  /** The parameters, each a part of `label`. */
  readonly parameters: readonly { readonly label: string; readonly doc?: string }[];
  readonly doc?: string;
}

export interface SignatureHelp {
  readonly signatures: readonly SignatureInfo[];
  readonly active: number;
}

/**
 * The call around an offset: the name before its bracket, the number of commas before the offset, names given so far.
 */
function callAt(
  tokens: readonly Token[],
  offset: number,
): { callee: string; position: number; named?: string; isDo: boolean } | undefined {
  const before = tokens.filter((t) => t.end <= offset && t.kind !== 'comment');
  let depth = 0;
  let commas = 0;
  let named: string | undefined;
  for (let index = before.length - 1; index >= 0; index--) {
    const token = before[index] as Token;
    if (token.kind !== 'symbol') {
      if (depth === 0 && commas === 0 && named === undefined && before[index + 1]?.text === ':') named = token.text;
      continue;
    }
    if (token.text === ')' || token.text === ']') depth++;
    else if (token.text === '{' || token.text === '}') return undefined;
    else if (token.text === ',' && depth === 0) commas++;
    else if (token.text === '[' && depth-- === 0) return undefined;
    else if (token.text === '(' && depth-- === 0) {
      const callee = before[index - 1];
      if (callee?.kind !== 'word') return undefined;
      return { callee: plainName(callee.text), position: commas, named, isDo: before[index - 2]?.text === 'do' };
    }
  }
  return undefined;
}

/** The signatures of the call around an offset. Cost: linear in the text. */
export function signatureHelp(workspace: Workspace, uri: string, offset: number): SignatureHelp | undefined {
  const analysis = workspace.analyze(uri);
  const call = analysis && callAt(scan(analysis.file.text), offset);
  if (!call) return undefined;
  const signatures: SignatureInfo[] = [];
  let isDeclared = false;
  // What the choreography around is given comes first.
  const around = analysis.file.declarations.find(({ origin }) => origin.start <= offset && offset <= origin.end);
  const own =
    call.isDo && around?.kind === 'choreography'
      ? choreographiesOf(around.parameters).find(({ name }) => name.text === call.callee)
      : undefined;
  if (own)
    return {
      signatures: [{ label: showParameter(own), doc: own.doc, parameters: placesOf(own) }],
      active: call.position,
    };
  for (const { declaration, uri: home } of analysis.scope.all().values()) {
    if (declaration.name.text === call.callee) {
      isDeclared = true;
      signatures.push(...ofDeclaration(home, declaration));
    }
    if (declaration.kind !== 'enum') continue;
    for (const c of declaration.cases) {
      if (c.name.text === call.callee && c.fields.length > 0)
        signatures.push(of(c.name.text, c.fields, declaration.name.text, c.doc));
    }
  }
  // A case with the name of a function of the library leaves that one to be called.
  if (!isDeclared && !call.isDo) {
    const entry = library.get(call.callee);
    for (const overload of entry?.overloads ?? []) {
      const signature = overload();
      signatures.push({
        label: showSignature(call.callee, signature),
        doc: entry?.doc,
        parameters: signature.params.map((p) => ({ label: `${p.name}: ${showType(p.type)}` })),
      });
    }
  }
  if (signatures.length === 0) return undefined;
  const byName = signatures[0]?.parameters.findIndex((p) => p.label.startsWith(`${call.named ?? ''}:`)) ?? -1;
  return { signatures, active: call.named !== undefined && byName >= 0 ? byName : call.position };
}

function of(
  name: string,
  params: readonly Param[],
  result: string | undefined,
  doc: string | undefined,
): SignatureInfo {
  return {
    label: `${name}(${printParams(params)})${result ? `: ${result}` : ''}`,
    doc,
    parameters: params.map((p) => ({ label: printParams([p]), doc: p.doc })),
  };
}

/** What a call of a choreography gives. */
function placesOf({ roles, parameters }: Signature): SignatureInfo['parameters'] {
  return [
    ...roles.map((role) => ({ label: showRole(role), doc: role.doc })),
    ...parameters.map((parameter) => ({ label: showParameter(parameter), doc: parameter.doc })),
  ];
}

function ofDeclaration(uri: string, declaration: Declaration): SignatureInfo[] {
  const name = declaration.name.text;
  switch (declaration.kind) {
    case 'function':
    case 'extern-function':
      return [of(name, declaration.params, declaration.result && printType(declaration.result), declaration.doc)];
    case 'record':
      return [of(name, declaration.fields, name, declaration.doc)];
    case 'choreography':
      return [
        { label: declarationSymbol(uri, declaration).detail, doc: declaration.doc, parameters: placesOf(declaration) },
      ];
    case 'network':
      return [
        {
          label: `network ${name}(${[...declaration.processes.map(showRole), ...declaration.values.map(showParameter)].join(', ')})`,
          doc: declaration.doc,
          parameters: [
            ...declaration.processes.map((process) => ({ label: showRole(process), doc: process.doc })),
            ...declaration.values.map((value) => ({ label: showParameter(value), doc: value.doc })),
          ],
        },
      ];
    case 'const':
    case 'enum':
    case 'extern-type':
    case 'type':
      return [];
  }
}
