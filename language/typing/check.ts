// Names and types: resolves every name of a file, infers the types of variables, and reports what does not fit. Each
// declaration is checked by itself (own.ts); here is what concerns the whole file.
import type { TextRange, TypeExpr } from '../ir/expression.js';
import type { Declaration } from '../ir/file.js';
import type { ByMessage } from '../ir/message.js';
import { keep, tidy } from '../ir/shelf.js';
import { kindOf } from '../scoping/declared.js';
import type { Files, Scope } from '../scoping/scope.js';
import type { ChorSymbol, Occurrence } from '../scoping/symbols.js';
import { createContext, occur, report, findingsOf } from './context.js';
import type { Context } from './context.js';
import { checkImports, checkUnusedImports } from './imports.js';
import { basicTypes } from './library.js';
import { checkAgain, inferResult } from './own.js';
import type { KeptNames } from './own.js';
import type { Type } from './types.js';
import { createWorld } from './world.js';
import type { Finding } from '../findings/finding.js';

/** What is known by the name of a choreography or network. */
interface ByName<T> {
  get(name: string): T | undefined;
}

export interface TypingResult {
  readonly findings: readonly Finding[];
  /** Every name of the file with what it stands for, in source order. */
  readonly occurrences: readonly Occurrence[];
  /**
   * The variables and inputs of a choreography or network: by its name, then by role. For completion and projection.
   */
  readonly variables: ByName<ReadonlyMap<string, readonly ChorSymbol[]>>;
  /**
   * The innermost expression around an offset, with its type as it is shown; undefined where there is none, or its type
   * is not known.
   */
  typeAt(offset: number): { readonly origin: TextRange; readonly type: string } | undefined;
  /** The type of the expression that stands exactly there. */
  typeOf(origin: TextRange): Type | undefined;
  /** What a type means that is written in the file; unknown where it is wrong. */
  meant(type: TypeExpr): Type;
  /**
   * What the messages of a choreography or network carry, by its name and then by the kind of message;
   * `unknown` where senders differ. For comparing what is received with what is sent.
   */
  readonly payloads: ByName<Pick<ByMessage<Type>, 'get'>>;
}

/**
 * Resolves and types a file.
 * @param scope the file with what it can name
 * @param files the files around it
 * @returns the findings of all declarations that read, and the occurrences of all, which are worked out where somebody
 *   asks for them. Cost: linear in the declarations that changed or name something that did, and in the words of all
 */
export function checkNames(scope: Scope, files: Files): TypingResult {
  const world = createWorld(scope, files, inferResult);
  const context = createContext(world, scope.file.uri);
  const { declarations } = scope.file;
  const first = new Map<string, Declaration>();
  const kept: KeptNames[] = [];
  checkImports(context);
  const imported = [...context.occurrences];
  for (const declaration of declarations) {
    const name = declaration.name.text;
    const before = first.get(name);
    if (before)
      report(context, 'duplicate-name', declaration.name.origin, {
        name: declaration.name,
        what: kindOf(before),
        first: { uri: context.uri, origin: before.name.origin },
        taken: [...scope.all().keys()],
      });
    else first.set(name, declaration);
    if (basicTypes.has(name) && ['record', 'enum', 'type', 'extern-type'].includes(declaration.kind))
      report(context, 'duplicate-name', declaration.name.origin, {
        name: declaration.name,
        what: 'built-in type',
        taken: [...scope.all().keys()],
      });
    const own = checkAgain(world, declaration, context.similar);
    kept.push(own);
    for (const found of own.findings)
      context.reported.push({ code: found.code, origin: found.origin, finding: () => found });
    tidy();
  }
  for (const lost of scope.file.lost) lostOccurrence(context, lost);
  if (scope.file.imports.length > 0) checkUnusedImports(context, new Set(kept.flatMap(({ foreign }) => foreign)));

  const byDeclaration = new Map(kept.map((own) => [own.declaration, own]));
  const named = (name: string): KeptNames | undefined => {
    const declaration = first.get(name);
    return declaration && byDeclaration.get(declaration);
  };
  let occurrences: readonly Occurrence[] | undefined;
  const forget = (): void => {
    occurrences = undefined;
  };
  return {
    findings: findingsOf(context),
    get occurrences() {
      if (!occurrences) {
        const lost = context.occurrences.slice(imported.length);
        occurrences = [...imported, ...kept.flatMap((own) => own.full().occurrences), ...lost].sort(
          (a, b) => a.origin.start - b.origin.start,
        );
        keep(scope.file.text.length, forget);
      }
      return occurrences;
    },
    variables: { get: (name) => named(name)?.full().roles?.variables },
    payloads: { get: (name) => named(name)?.full().roles?.payloads },
    typeAt(offset) {
      return kept
        .findLast(({ declaration: { origin } }) => origin.start <= offset && offset <= origin.end)
        ?.full()
        .typeAt(offset);
    },
    typeOf(origin) {
      return kept
        .find(({ declaration }) => declaration.origin.start <= origin.start && origin.end <= declaration.origin.end)
        ?.full()
        .typeOf(origin);
    },
    meant: (type) => world.type(type, context.uri),
  };
}

function lostOccurrence(context: Context, name: { readonly text: string; readonly origin: TextRange }): void {
  if (context.scope.lookup(name.text)) return;
  const symbol: ChorSymbol = {
    id: `${context.uri}#${name.text}`,
    kind: 'choreography',
    name: name.text,
    uri: context.uri,
    origin: name.origin,
    detail: name.text,
  };
  occur(context, symbol, name.origin, 'definition');
}
